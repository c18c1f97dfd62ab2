package plan

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Assess gives the plan with a SMART assessment of every goal, by
// [target.Assess]. Evidence is what is known of each goal, by its ID. What is
// left out of it is filled in from the plan:
//
//	catalog      the metrics of the plan; where their formulas name measures that
//	             are not among them, without the formulas
//	past         the history that was prepared
//	capacity     that of the owner's team in the goal's period
//	market       the segments of the owner and the goal's period, with what is
//	             reachable of them: those of the goal's metric, and of a goal for
//	             a share of the market those of its numerator, or else all, where
//	             they are of one metric
//	breakdown    and what is stated of a goal that does not add up
//	siblings     the other goals of the same owner
//	checkpoints  the days of the cadences that review the owner or the whole
//	             plan, by days, since a plan knows no holidays
//
// So an assessment without any evidence is one of what the plan knows.
//
// Errors are those of [Plan.Validate] and [target.Assess], the latter with the
// path evidence.GOAL, and evidence of a goal that is unknown
// (check.ErrUnknown).
func (p Plan) Assess(evidence map[string]target.Evidence) (Plan, error) {
	problems := check.List{Op: "plan.Assess"}
	problems.Nest("", p.Validate())
	if err := problems.Err(); err != nil {
		return Plan{}, err
	}
	p = p.Sorted()
	catalog := p.catalog()
	p.Assessments = make([]target.Assessment, 0, len(p.Goals))
	for _, g := range p.Goals {
		a, err := target.Assess(g, p.evidence(g, catalog, evidence[g.ID]))
		problems.Nest(check.At("evidence", g.ID), err)
		p.nameObjective(g, a.Relevant.Findings)
		p.Assessments = append(p.Assessments, a)
	}
	p.checkEvidence(&problems, evidence)
	if err := problems.Err(); err != nil {
		return Plan{}, err
	}
	return p, nil
}

// nameObjective adds to the findings of an assessment what the goal's objective
// is called.
func (p Plan) nameObjective(g target.Goal, found []check.Finding) {
	for _, o := range p.Objectives {
		for _, f := range found {
			if o.ID == g.Objective && f.Code == "relevant_ok" {
				maps.Copy(f.Args, check.Args(inBoth("objective_name", o.Name, o.NameZH)...))
			}
		}
	}
}

// evidence adds what the plan itself knows of a goal.
func (p Plan) evidence(g target.Goal, catalog kpi.Catalog, e target.Evidence) target.Evidence {
	if e.Catalog.Len() == 0 {
		e.Catalog = catalog
	}
	if e.Breakdown == nil {
		e.Breakdown = p.breakdown(g.ID)
	}
	if e.Stated == nil {
		e.Stated = p.stated(g.ID)
	}
	if e.Checkpoints == nil {
		e.Checkpoints = p.checkpoints(g)
	}
	if e.Market == nil {
		e.Market = p.market(g)
	}
	p.Preparation.fill(g, p.Calendar, &e)
	if e.Siblings == nil {
		for _, other := range p.Goals {
			if other.ID != g.ID && other.Owner == g.Owner {
				e.Siblings = append(e.Siblings, target.Sibling{Goal: other})
			}
		}
	}
	return e
}

// catalog gives the metrics of a valid plan. Without formulas they always fit
// together.
func (p Plan) catalog() kpi.Catalog {
	catalog, err := kpi.NewCatalog(p.Metrics...)
	if err == nil {
		return catalog
	}
	plain := slices.Clone(p.Metrics)
	for i := range plain {
		plain[i].Formula = kpi.Formula{}
	}
	catalog, _ = kpi.NewCatalog(plain...)
	return catalog
}

// checkpoints gives the days of a goal's period on which it is reviewed.
func (p Plan) checkpoints(g target.Goal) []target.Checkpoint {
	var days []target.Checkpoint
	for _, c := range p.Cadences {
		if len(c.Owners) > 0 && !slices.Contains(c.Owners, g.Owner) {
			continue
		}
		for at := g.Period.Start(); g.Period.Contains(at); {
			period := p.Calendar.PeriodOf(c.Every, at)
			if day, ok, err := nth(calendar.WorkCalendar{}, period, c.On); err == nil && ok && g.Period.Contains(day) {
				days = append(days, target.Checkpoint{Day: day, Name: c.ID})
			}
			at = period.End()
		}
	}
	return days
}

// market adds up the segments of a goal, none where there is none. What of it
// is within reach is there where a segment says so; the others are then within
// reach as a whole.
func (p Plan) market(g target.Goal) *target.Market {
	var sizes, before, reachable []kpi.Value
	limited := false
	for _, s := range p.segments(g) {
		sizes, before = append(sizes, s.Size), append(before, s.SizeBefore)
		reachable = append(reachable, s.Size.Mul(s.Reachable.Or(kpi.Int(1))))
		limited = limited || s.Reachable.Defined()
	}
	if sizes == nil {
		return nil
	}
	market := &target.Market{Size: kpi.Sum(slices.Values(sizes)), SizeBefore: whole(before)}
	if limited {
		market.Reachable = kpi.Sum(slices.Values(reachable))
	}
	return market
}

// segments gives the parts of the market that a goal is about.
func (p Plan) segments(g target.Goal) []Segment {
	owned := slices.DeleteFunc(slices.Clone(p.Preparation.Segments), func(s Segment) bool { return s.Owner != g.Owner || s.Period != g.Period })
	of := func(metric string) []Segment {
		return slices.DeleteFunc(slices.Clone(owned), func(s Segment) bool { return s.Metric != metric })
	}
	m, _ := p.metric(g.Metric)
	numerator, share := ofMarket(m)
	switch {
	case len(of(g.Metric)) > 0 || !share:
		return of(g.Metric)
	case len(of(numerator)) > 0:
		return of(numerator)
	case len(owned) > 0 && len(of(owned[0].Metric)) == len(owned):
		return owned
	}
	return nil
}

// ofMarket reports whether a metric is a share of the market, by its formula
// or, without one, by the name of the standard catalog, and gives what it is
// the share of.
func ofMarket(m kpi.Metric) (numerator string, share bool) {
	tree := m.Formula.Tree()
	switch {
	case m.Additivity != kpi.RatioOfSums:
		return "", false
	case m.Formula.IsZero():
		return "", m.ID == "market_share"
	case tree.Op != kpi.OpDiv || len(tree.Args) != 2 || tree.Args[1].Ref != "market_value":
		return "", false
	}
	return tree.Args[0].Ref, true
}

func (p Plan) checkEvidence(problems *check.List, evidence map[string]target.Evidence) {
	var strangers []string
	for id := range evidence {
		if _, known := p.goal(id); !known {
			strangers = append(strangers, id)
		}
	}
	slices.Sort(strangers)
	for _, id := range strangers {
		problems.Add(check.ErrUnknown, check.At("evidence", id), "unknown_goal", id)
	}
}

// letter is one criterion of SMART with its JSON name.
type letter struct {
	name string
	target.Criterion
}

func lettersOf(a target.Assessment) []letter {
	return []letter{{"specific", a.Specific}, {"measurable", a.Measurable}, {"achievable", a.Achievable},
		{"relevant", a.Relevant}, {"time_bound", a.TimeBound}}
}

// grave gives what was found against the letter, the gravest alone.
func (l letter) grave() []check.Finding {
	return slices.DeleteFunc(slices.Clone(l.Findings), func(f check.Finding) bool {
		return !(l.Verdict == target.Fail && f.Severity == check.Critical || l.Verdict == target.Warn && f.Severity == check.Warning)
	})
}

// codes gives the codes of that, each once.
func (l letter) codes() string {
	var codes []string
	for _, f := range l.grave() {
		if !slices.Contains(codes, f.Code) {
			codes = append(codes, f.Code)
		}
	}
	return strings.Join(codes, " ")
}

// called gives the arguments for the letter: its JSON name, and what people call
// it.
func (l letter) called() []any {
	titles := map[string][2]string{"specific": {"specific", "明确"}, "measurable": {"measurable", "可衡量"}, "achievable": {"achievable", "可达成"},
		"relevant": {"relevant", "相关"}, "time_bound": {"time-bound", "有期限"}}
	return []any{"letter", l.name, "letter_name", titles[l.name][0], "letter_zh", titles[l.name][1]}
}

// reasons gives the arguments for what was found against the letter: the codes,
// and for people their sentences.
func (l letter) reasons(g target.Goal) []any {
	var en, zh []string
	for _, f := range l.grave() {
		about := func(name string) check.Finding {
			f := f
			f.Subject = cmp.Or(name, f.Subject)
			return f
		}
		en = append(en, target.Findings().Text(about(cmp.Or(g.Name, g.NameZH)), "en"))
		zh = append(zh, target.Findings().Text(about(cmp.Or(g.NameZH, g.Name)), "zh"))
	}
	return []any{"codes", l.codes(), "why", strings.Join(en, " "), "why_zh", strings.Join(zh, "")}
}

// monthsOf counts the months that a goal is about, whole or not.
func (p Plan) monthsOf(g target.Goal) int {
	n := 0
	for at := g.Period.Start(); g.Period.Contains(at); at = p.Calendar.PeriodOf(calendar.Monthly, at).End() {
		n++
	}
	return n
}
