package target

import (
	"cmp"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Assessment says whether a goal is SMART.
type Assessment struct {
	Goal       string    `json:"goal"`
	Judged     Goal      `json:"judged,omitzero"` // the goal as it then was, see Of
	Specific   Criterion `json:"specific"`
	Measurable Criterion `json:"measurable"`
	Achievable Criterion `json:"achievable"`
	Relevant   Criterion `json:"relevant"`
	TimeBound  Criterion `json:"time_bound"`

	Outlook       Outlook      `json:"outlook"`        // what history lets expect
	Chance        kpi.Estimate `json:"chance"`         // that the target is met
	BaseChance    kpi.Estimate `json:"base_chance"`    // that the base is
	StretchChance kpi.Estimate `json:"stretch_chance"` // that the stretch is
	Needed        kpi.Value    `json:"needed"`         // growth that the target asks for over the same period a year before
	MarketShare   kpi.Value    `json:"market_share"`   // that the target implies
}

// Verdict gives the gravest of the five.
func (a Assessment) Verdict() Verdict {
	return min(a.Specific.Verdict, a.Measurable.Verdict, a.Achievable.Verdict, a.Relevant.Verdict, a.TimeBound.Verdict)
}

// Of reports whether it is a goal as it stands that was assessed: nothing but
// its name may have changed since. A target that is raised afterwards, another
// period, owner, baseline or objective, is another goal to judge. An
// assessment that does not say what it judged is of none.
func (a Assessment) Of(g Goal) bool {
	judged := a.Judged
	judged.Name, judged.NameZH, g.Name, g.NameZH = "", "", "", ""
	return a.Goal == g.ID && judged == g
}

// Assess tests a goal against evidence, by the letters of SMART:
//
//	specific    metric, unit, owner, period and value are stated and fit one another (else
//	            fail), and the metric says which records are counted (else warn)
//	measurable  the catalog knows the metric and all its measures are at hand (else fail;
//	            where nobody says which are, the past of the metric speaks for them,
//	            else warn), and there is a baseline (else warn)
//	achievable  the chance of target, base and stretch by history ([Outlook]), capacity,
//	            share of the market and pipeline; too high fails, too low warns, and so does
//	            history of too few pairs: it never passes. A ratio, a level or a
//	            distinct count is judged in periods of the past's own grain alone
//	relevant    an objective, and weights that add up to 1 (else fail); no sibling goal in
//	            the same days that wants a driver of the metric to go the other way (else warn)
//	time-bound  a period on the boundaries of the calendar (else fail), checkpoints inside
//	            it and a breakdown, or what is stated for its periods (else warn)
//
// A chance is rounded to four places before it is judged. The only errors
// are those of [Evidence.Validate]: a goal that is wrong is one that fails.
func Assess(goal Goal, e Evidence) (Assessment, error) {
	if err := e.Validate(); err != nil {
		return Assessment{}, err
	}
	a := Assessment{Goal: goal.ID, Judged: goal, Outlook: e.outlook(goal)}
	m, _ := e.metric(goal)
	a.Chance = a.Outlook.Chance(m.Direction, goal.Target)
	a.BaseChance = a.Outlook.Chance(m.Direction, goal.Base)
	a.StretchChance = a.Outlook.Chance(m.Direction, goal.Stretch)
	a.Needed = kpi.Growth(goal.Target, a.Outlook.Base)
	if e.Market != nil {
		a.MarketShare, _ = e.Market.shares(goal, m)
	}
	a.Specific = specific(goal, e)
	a.Measurable = measurable(goal, e, a.Outlook)
	a.Achievable = achievable(goal, e, a)
	a.Relevant = relevant(goal, e)
	a.TimeBound = timeBound(goal, e)
	for _, c := range []Criterion{a.Specific, a.Measurable, a.Achievable, a.Relevant, a.TimeBound} {
		nameIn(c.Findings, goal, m)
	}
	return a, nil
}

// outlook is undefined where there is no past that speaks of the goal, and
// for a year of quarters where the metric does not add up.
func (e Evidence) outlook(g Goal) Outlook {
	none := kpi.NoEstimate(kpi.TooFew)
	if past := e.Past.Actuals; len(past) > 0 && past[0].Metric == g.Metric && past[0].Owner == g.Owner {
		m, _ := e.metric(g)
		o, err := e.Past.Outlook(g.Period)
		switch whole := e.Past.Calendar.PeriodOf(e.Past.Grain, g.Period.Start()) == g.Period; {
		case err == nil && (whole || m.Additivity == kpi.Additive):
			return o
		case err == nil:
			none = kpi.NoEstimate(kpi.NotApplicable)
		}
	}
	return Outlook{Period: g.Period, Needed: e.Past.orDefault().LeastPairs, Errors: []kpi.Estimate{}, Growth: none, Projection: none, P10: none, P50: none, P90: none}
}

func specific(g Goal, e Evidence) Criterion {
	m, known := e.metric(g)
	err := g.Validate()
	if known {
		err = g.ValidateFor(m)
	}
	var found []check.Finding
	for _, problem := range check.All(err) {
		found = append(found, critical("goal_incomplete", g.ID, "field", problem.Path, "problem", problem.Code))
	}
	if known && m.Population == "" {
		found = append(found, warning("population_missing", g.ID, "metric", g.Metric))
	}
	return criterion(found, notice("specific_ok", g.ID, "metric", g.Metric, "owner", g.Owner, "target", e.aim(g)))
}

func measurable(g Goal, e Evidence, o Outlook) Criterion {
	var found []check.Finding
	_, known := e.metric(g)
	switch missing := e.missing(g); {
	case !known:
		found = append(found, critical("metric_unknown", g.ID, "metric", g.Metric))
	case len(missing) > 0 && e.Measures != nil:
		found = append(found, critical("measures_missing", g.ID, "metric", g.Metric, "passes", e.titles(missing, "en", ", "), "passes_zh", e.titles(missing, "zh", "、")))
	case len(missing) > 0 && !e.measured(g):
		found = append(found, warning("measures_unstated", g.ID, "metric", g.Metric, "passes", e.titles(missing, "en", ", "), "passes_zh", e.titles(missing, "zh", "、")))
	}
	if !g.Baseline.Defined() {
		found = append(found, warning("baseline_missing", g.ID, "passes", e.show(g, o.Base), "passes_zh", e.showZH(g, o.Base)))
	}
	return criterion(found, notice("measurable_ok", g.ID, "metric", g.Metric, "baseline", e.show(g, g.Baseline)))
}

func relevant(g Goal, e Evidence) Criterion {
	var found []check.Finding
	if g.Objective == "" {
		found = append(found, critical("objective_missing", g.ID))
	}
	siblings := e.siblings(g)
	if sum, weighed := weightsOf(e.Weight, siblings); weighed && sum != kpi.Int(1) {
		found = append(found, critical("weights_do_not_add_up", g.ID, "sum", sum, "passes", 1))
	}
	m, _ := e.metric(g)
	for _, s := range siblings {
		other, _ := e.metric(s.Goal)
		if shared := opposed(e.Catalog, m, other); len(shared) > 0 {
			found = append(found, warning("goals_conflict", g.ID, "other", cmp.Or(s.Goal.Name, s.Goal.NameZH, s.Goal.ID), "other_zh", cmp.Or(s.Goal.NameZH, s.Goal.Name, s.Goal.ID), "drivers", strings.Join(shared, ", ")))
		}
	}
	return criterion(found, notice("relevant_ok", g.ID, "objective", g.Objective))
}

// weightsOf gives the sum of a goal's weight and its siblings', and whether
// any is given.
func weightsOf(own kpi.Value, siblings []Sibling) (sum kpi.Value, weighed bool) {
	sum, weighed = own.Or(kpi.Int(0)), own.Defined()
	for _, s := range siblings {
		sum, weighed = sum.Add(s.Weight.Or(kpi.Int(0))), weighed || s.Weight.Defined()
	}
	return sum, weighed
}

func timeBound(g Goal, e Evidence) Criterion {
	var found []check.Finding
	cal := e.Past.Calendar
	if g.Period.IsZero() {
		return criterion([]check.Finding{critical("period_missing", g.ID)}, check.Finding{})
	}
	if _, err := cal.Split(g.Period, calendar.Monthly); err != nil && !ofGrain(cal, g.Period) {
		whole, _ := calendar.NewPeriod(cal.PeriodOf(calendar.Monthly, g.Period.Start()).Start(), cal.PeriodOf(calendar.Monthly, g.Period.Last()).End())
		found = append(found, critical("goal_off_boundary", g.ID, "period", cal.Text(g.Period), "passes", cal.Text(whole)))
	}
	if first := DueCheckpoints(e.Checkpoints, g.Period.Start().Add(-1), g.Period.Last()); len(first) == 0 {
		found = append(found, warning("checkpoints_missing", g.ID, "period", cal.Text(g.Period)))
	}
	broken := e.Breakdown != nil && e.Breakdown.Goal().ID == g.ID && len(e.Breakdown.Periods()) > 1
	stated := e.Stated != nil && e.Stated.Goal().ID == g.ID && len(e.Stated.Periods()) > 1
	if !broken && !stated && !g.banded() { // a band belongs to its owner alone
		found = append(found, warning("not_broken_down", g.ID))
	}
	return criterion(found, notice("time_bound_ok", g.ID, "period", cal.Text(g.Period)))
}

func ofGrain(cal calendar.Calendar, p calendar.Period) bool {
	_, ok := cal.GrainOf(p)
	return ok
}
