package plan

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Since is what changed from one review of a plan to a later one.
type Since struct {
	From  calendar.Day `json:"from"` // the as-of days
	To    calendar.Day `json:"to"`
	Lines []SinceLine  `json:"lines"` // of goals and owners that both have, in the order of the later review

	Restated []Restated `json:"restated"` // closed periods whose figures are not what they were
}

// SinceLine is what changed for one owner of a goal. All amounts are changes;
//
//	actual      = new + restated, where both are known
//	landing     = new + restated + target − due: by what was reached since, by what
//	              was corrected, by another target, less what came due
//	forecast    as it was handed in
//
// The landing is actual and rest of plan: a target that is raised by 900 raises
// it by 900 less what of that is due already, and that is no better landing. No
// data on one of the days adds nothing to actual, new and restated; the landing
// is undefined then, and that of an owner above one without data does not come
// from these four alone.
type SinceLine struct {
	Goal     string              `json:"goal"`
	Owner    string              `json:"owner"`
	Status   Pair[target.Status] `json:"status"`
	Target   kpi.Value           `json:"target"`
	Actual   kpi.Value           `json:"actual"`
	New      kpi.Value           `json:"new"`      // in periods that were not over
	Restated kpi.Value           `json:"restated"` // in periods that were
	Landing  kpi.Value           `json:"landing"`
	Due      kpi.Value           `json:"due"` // what was expected by the day; also where another target asks for more
	Forecast kpi.Value           `json:"forecast"`
}

// Restated is a closed period whose figure changed afterwards. Which records
// did it: cube.Restate compares two fillings record by record.
type Restated struct {
	Goal   string          `json:"goal"`
	Owner  string          `json:"owner"`
	Period calendar.Period `json:"period"`
	From   kpi.Value       `json:"from"`
	To     kpi.Value       `json:"to"`
	Change kpi.Value       `json:"change"`
}

// Since gives what changed since an earlier review of the same plan. Errors
// are another plan (check.ErrDefinition, other_plan), another part of it
// (other_part), and a review that is not
// earlier (check.ErrRange, not_earlier).
func (r Review) Since(before Review) (Since, error) {
	problems := check.List{Op: "plan.Since"}
	if before.Plan != r.Plan {
		problems.Add(check.ErrDefinition, "before.plan", "other_plan", before.Plan, "plan", r.Plan)
	}
	if before.Part != r.Part {
		problems.Add(check.ErrDefinition, "before.part", "other_part", before.Part, "part", r.Part)
	}
	if before.AsOf > r.AsOf {
		problems.Add(check.ErrRange, "before.as_of", "not_earlier", before.AsOf, "as_of", r.AsOf)
	}
	if err := problems.Err(); err != nil {
		return Since{}, err
	}
	s := Since{From: before.AsOf, To: r.AsOf, Lines: []SinceLine{}, Restated: []Restated{}}
	for _, g := range r.Goals {
		earlier, known := before.Goal(g.Goal.ID)
		if !known {
			continue
		}
		was := map[string]OwnerReview{}
		for _, o := range earlier.Owners {
			was[o.Owner] = o
		}
		for _, o := range g.Owners {
			if b, known := was[o.Owner]; known {
				s.compare(g, b, o)
			}
		}
	}
	return s, nil
}

// changeOf is what one value is more than the one before. No data adds nothing;
// of nothing on both sides there is none either.
func changeOf(before, after kpi.Value) kpi.Value {
	none := kpi.Value{}
	switch {
	case before == after:
		return after.Sub(before)
	case before == none:
		return after
	case after == none:
		return before.Neg()
	}
	return after.Sub(before)
}

func (s *Since) compare(g GoalReview, before, after OwnerReview) {
	a, b := before.Tracking, after.Tracking
	line := SinceLine{Goal: g.Goal.ID, Owner: after.Owner, Status: Pair[target.Status]{From: a.Status, To: b.Status},
		Target: b.Target.Sub(a.Target), Actual: changeOf(a.Actual, b.Actual), Due: b.Expected.Sub(a.Expected),
		Landing: b.Landing.RestOfPlan.Sub(a.Landing.RestOfPlan), Forecast: b.Landing.Forecast.Sub(a.Landing.Forecast), Restated: kpi.Int(0)}
	was := map[calendar.Period]PeriodReview{}
	for _, p := range before.Periods {
		was[p.Period] = p
	}
	for _, p := range after.Periods {
		then, known := was[p.Period]
		if !known || then.Actual == p.Actual || p.Period.Last() > s.From {
			continue
		}
		change := Restated{g.Goal.ID, after.Owner, p.Period, then.Actual, p.Actual, changeOf(then.Actual, p.Actual)}
		s.Restated = append(s.Restated, change)
		line.Restated = line.Restated.Add(change.Change)
	}
	if g.Metric.Additivity != kpi.Additive {
		line.Restated = kpi.Undefined(kpi.NotApplicable)
	}
	line.New = line.Actual.Sub(line.Restated)
	s.Lines = append(s.Lines, line)
}
