package plan

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// spreadFindings judges the targets by how many reached them: between 55 and
// 70 % is usual, see target.Standards. Under ten sellers it says nothing.
func spreadFindings(g GoalReview, d target.Distribution) []Found {
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
	f := warning(code, g.Goal.Owner, "goal", g.Goal.ID, "met", d.Met, "of", d.Owners, "share", kpi.Share(0).Text(d.MetShare))
	return []Found{{f, []kpi.Figure{}}}
}

// gapFindings says where few made most of what was missing.
func gapFindings(g GoalReview, b bridge.Bridge) []Found {
	sum, half, evidence := kpi.Int(0), b.Down.Div(kpi.Int(2)), []kpi.Figure{}
	if b.Gap.Sign() >= 0 || !b.Down.Defined() {
		return nil
	}
	for _, part := range b.Parts { // by size
		if part.Amount.Sign() >= 0 {
			continue
		}
		sum = sum.Add(part.Amount)
		evidence = append(evidence, kpi.Figure{Metric: g.Metric.ID, Owner: part.ID, Period: g.Goal.Period, Value: part.Amount})
		if !half.Less(sum) {
			break
		}
	}
	if 4*len(evidence) >= len(b.Parts) {
		return nil
	}
	f := warning("gap_from_few", g.Goal.Owner, "goal", g.Goal.ID, "n", len(evidence), "of", len(b.Parts),
		"amount", g.Metric.Unit.Text(sum.Abs()), "missing", g.Metric.Unit.Text(b.Down.Abs()))
	return []Found{{f, evidence}}
}

// driverFindings names the driver that took most, where one took something.
func driverFindings(g GoalReview, b bridge.Bridge) []Found {
	least := bridge.Part{Amount: kpi.Int(0)}
	for _, part := range b.Parts {
		if part.Amount.Defined() && part.Amount.Less(least.Amount) {
			least = part
		}
	}
	if least.ID == "" {
		return nil
	}
	f := warning("driver_behind", g.Goal.Owner, "goal", g.Goal.ID, "driver", least.ID, "amount", g.Metric.Unit.Text(least.Amount.Abs()))
	return []Found{{f, []kpi.Figure{
		{Metric: least.ID, Owner: g.Goal.Owner, Period: g.Goal.Period, Value: least.Values.Base},
		{Metric: least.ID, Owner: g.Goal.Owner, Period: g.Goal.Period, Value: least.Values.Current},
	}}}
}

// improveTemplates has the sentences of what [Plan.Evaluate] finds.
func improveTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "few_met",
			English: "Only {met} of {of} sellers below {subject} reached their target of {goal} ({share}): the targets may have been too high.",
			Chinese: "{subject}的{of}名销售中仅{met}名达成{goal}目标（{share}）：目标可能偏高。",
		},
		{
			Code:    "many_met",
			English: "{met} of {of} sellers below {subject} reached their target of {goal} ({share}): the targets may have been too low.",
			Chinese: "{subject}的{of}名销售中有{met}名达成{goal}目标（{share}）：目标可能偏低。",
		},
		{
			Code:    "gap_from_few",
			English: "{n} of {of} sellers make up {amount} of the {missing} by which sellers of {subject} fell short in {goal}.",
			Chinese: "{subject}在{goal}上的不足共{missing}，其中{amount}来自{of}名销售中的{n}名。",
		},
		{
			Code:    "driver_behind",
			English: "Most was lost by {driver}: it took {amount} from {goal} of {subject}.",
			Chinese: "{subject}的{goal}损失最大的驱动因素是{driver}，影响{amount}。",
		},
	}
}
