package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/target"
)

// spreadFindings judges the targets by how many reached them: between 55 and
// 70 % is usual, see target.Standards. Under ten sellers it says nothing.
func spreadFindings(g GoalReview, named []any, d target.Distribution) []Found {
	if d.Owners < 10 {
		return nil
	}
	s := target.SellerStandards()
	code := ""
	switch {
	case d.MetShare.Less(s.SellersLow):
		code = "few_met"
	case s.SellersHigh.Less(d.MetShare):
		code = "many_met"
	default:
		return nil
	}
	f := warning(code, g.Goal.Owner, append(named, "goal", g.Goal.ID, "met", d.Met, "of", d.Owners, "share", kpi.Share(0).Text(d.MetShare))...)
	return []Found{{f, g.attainments(d.BestFirst)}}
}

// gapFindings says where few made most of what was missing: of what is better
// low, what was too much.
func gapFindings(g GoalReview, named []any, b bridge.Bridge) []Found {
	missing := b.Down
	if g.Metric.Direction == kpi.LowerIsBetter {
		missing = b.Up
	}
	if g.lost(b.Gap).Sign() <= 0 || !missing.Defined() {
		return nil
	}
	sum, half, n, evidence := kpi.Int(0), missing.Abs().Div(kpi.Int(2)), 0, []Evidence{}
	for _, part := range b.Parts { // by size
		lost := g.lost(part.Amount)
		if lost.Sign() <= 0 {
			continue
		}
		sum, n = sum.Add(lost), n+1
		evidence = append(evidence, g.contribution(part)...)
		if !sum.Less(half) {
			break
		}
	}
	if 4*n >= len(b.Parts) {
		return nil
	}
	f := warning("gap_from_few", g.Goal.Owner, append(named, "goal", g.Goal.ID, "n", n, "of", len(b.Parts),
		"amount", g.Metric.Unit.Text(sum), "missing", g.Metric.Unit.Text(missing.Abs()))...)
	return []Found{{f, evidence}}
}

// lost gives how much worse a contribution makes the goal; below zero it
// makes it better. Of what is best inside a band nobody can tell.
func (g GoalReview) lost(amount kpi.Value) kpi.Value {
	switch g.Metric.Direction {
	case kpi.HigherIsBetter:
		return amount.Neg()
	case kpi.LowerIsBetter:
		return amount
	}
	return kpi.Undefined(kpi.NotApplicable)
}

// goalCalled gives what a goal of the review is called; of a part always with
// its days.
func (r Review) goalCalled(g GoalReview) []any {
	s := scope{goal: g.Goal, metric: g.Metric, cut: !r.Part.IsZero()}
	return slices.Clip(inBoth("goal_name", s.name(r.Calendar, "en"), s.name(r.Calendar, "zh")))
}

// driverFindings names the driver that took most, where one took something.
func driverFindings(g GoalReview, named []any, b bridge.Bridge) []Found {
	most, worst := kpi.Int(0), -1
	for i, part := range b.Parts {
		if lost := g.lost(part.Amount); most.Less(lost) {
			most, worst = lost, i
		}
	}
	if worst < 0 {
		return nil
	}
	part := b.Parts[worst]
	driver := kpi.Figure{Metric: part.ID, Owner: g.Goal.Owner, Period: g.Goal.Period}
	whole := kpi.Figure{Metric: g.Metric.ID, Owner: g.Goal.Owner, Period: g.Goal.Period}
	f := warning("driver_behind", g.Goal.Owner, append(named, "goal", g.Goal.ID, "driver", part.ID, "amount", g.Metric.Unit.Text(most))...)
	return []Found{{f, append([]Evidence{figureAs(IsTarget, driver, part.Values.Base), figureAs(IsActual, driver, part.Values.Current),
		figureAs(IsContribution, whole, part.Amount)}, g.Owners[0].evidence()...)}}
}

// revisionFindings says where it hangs on a revision whether a goal was met.
func (g GoalReview) revisionFindings(e GoalEvaluation) []Found {
	t := e.Tracking
	first, known := kpi.Met(g.Metric.Direction, t.Actual, e.Original)
	last, both := kpi.Met(g.Metric.Direction, t.Actual, t.PeriodTarget)
	if !known || !both || first == last {
		return nil
	}
	f := warning("revision_decides", g.Goal.Owner, "goal", g.Goal.ID, "actual", g.Metric.Unit.Text(t.Actual), "target", g.Metric.Unit.Text(t.PeriodTarget),
		"original", g.Metric.Unit.Text(e.Original), "met", metWord(last), "original_met", metWord(first), "met_zh", metWordZH(last), "original_met_zh", metWordZH(first))
	return []Found{{f, append(g.Owners[0].evidence(), figureAs(IsOriginal, kpi.Figure{Metric: t.Metric, Owner: g.Goal.Owner, Period: t.Period}, e.Original))}}
}

func metWord(met bool) string {
	if met {
		return "met"
	}
	return "missed"
}

func metWordZH(met bool) string {
	if met {
		return "达成"
	}
	return "未达成"
}
