package action

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// LeverQuestion asks what would have to change to reach a goal, of which more
// is better, in the time that is left.
type LeverQuestion struct {
	Goal   string          `json:"goal"`
	Owner  string          `json:"owner,omitzero"` // whose goal it is, and whose drivers; not looked at here
	Period calendar.Period `json:"period"`
	AsOf   calendar.Day    `json:"as_of"` // the last day that is over
	Target kpi.Value       `json:"target"`
	Actual kpi.Value       `json:"actual"`        // reached by the as-of day
	Unit   kpi.Unit        `json:"unit,omitzero"` // in which findings write the amounts; none: as plain numbers

	// Formula gives what still comes in the days after the as-of day, from
	// the drivers as they are expected over those days. Of all drivers of one
	// lever, with the lever's way of being better: more, or a shorter cycle.
	Formula   kpi.Formula           `json:"formula"`
	Levers    []LeverDriver         `json:"levers"`
	LeadTimes []LeadTime            `json:"lead_times"`
	Work      calendar.WorkCalendar `json:"work,omitzero"` // none: every day counts alike
}

// LeverDriver is a driver with what it was in the quarters before.
type LeverDriver struct {
	Driver
	// Quarters is the last quarters, the latest last: of more than eight the
	// last eight count. Recent is the level that Value stands for, on the terms
	// of the quarters; Value itself where it is left out. Leads of 45 in half a
	// quarter are a Recent of 90.
	Quarters []kpi.Value `json:"quarters,omitempty"`
	Recent   kpi.Value   `json:"recent,omitzero"`
}

// quartersBack is how many quarters say what a lever can be.
const quartersBack = 8

// Validate reports every problem of the question at once.
func (q LeverQuestion) Validate() error {
	problems := check.List{Op: "action.LeverQuestion"}
	c := checker{problems: &problems}
	problems.ID("goal", "missing_goal", q.Goal)
	c.day("as_of", q.AsOf, false)
	switch {
	case q.Period.IsZero():
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	case !q.AsOf.IsZero() && q.Period.Last() <= q.AsOf:
		problems.Add(check.ErrRange, "period", "period_over", q.Period, "day", q.AsOf)
	default:
		clock{q.Work}.cover(&problems, "period", q.Period.Start(), q.Period.Last())
	}
	if q.Owner != "" {
		problems.ID("owner", "", q.Owner)
	}
	problems.Nest("unit", q.Unit.Validate())
	checkNumber(&problems, "target", q.Target, true)
	checkNumber(&problems, "actual", q.Actual, true)
	c.levers(q)
	c.leadTimes(q.LeadTimes)
	return problems.Err()
}

func (c checker) levers(q LeverQuestion) {
	drivers := make([]Driver, len(q.Levers))
	for i, d := range q.Levers {
		drivers[i] = d.Driver
		at := check.At("levers", i) + "."
		if d.Lever == NoLever {
			continue
		}
		checkNumber(c.problems, at+"recent", d.Recent, false)
		if v := d.recent(); v.Defined() && v.Sign() <= 0 {
			c.problems.Add(check.ErrRange, at+"recent", "not_positive", v)
		}
		if _, stated := leadTime(q.LeadTimes, d.Lever); !stated {
			c.problems.Add(check.ErrMissing, "lead_times", "missing_lead_time", d.Lever)
		}
	}
	c.formula(q.Formula, "levers", drivers)
}

func (d LeverDriver) recent() kpi.Value { return d.Recent.Or(d.Value) }

// best gives the best of the last quarters of which there is a number.
func (d LeverDriver) best() (best kpi.Value, n int) {
	last := d.Quarters[max(0, len(d.Quarters)-quartersBack):]
	for _, v := range last {
		if !v.Defined() {
			continue
		}
		n++
		switch {
		case !best.Defined():
			best = v
		case d.Lever == Cycle:
			best = best.Min(v)
		default:
			best = best.Max(v)
		}
	}
	return best, n
}

// room gives how much better than now the best quarter was, as a relative
// change; 0 where now is the best.
func (d LeverDriver) room() kpi.Value {
	best, _ := d.best()
	room := best.Sub(d.recent()).Div(d.recent())
	if d.Lever == Cycle {
		room = room.Neg()
	}
	return room.Max(kpi.Int(0))
}

// LeverPlan is the smallest change that reaches a goal in the time left.
type LeverPlan struct {
	Goal     string          `json:"goal"`
	Owner    string          `json:"owner,omitzero"`
	Rest     calendar.Period `json:"rest"` // the days after the as-of day
	Target   kpi.Value       `json:"target"`
	Expected kpi.Value       `json:"expected"` // actual + what still comes, nothing changed
	Gap      kpi.Value       `json:"gap"`      // target − expected; 0 or less: there is nothing to close

	Levers   []LeverNeed     `json:"levers"`   // one alone, in the order of levers
	Together LeverNeed       `json:"together"` // all of them at once, by the same change
	Closed   bool            `json:"closed"`   // by one of them or by all together; or there is nothing to close
	Findings []check.Finding `json:"findings"`
}

// LeverNeed is what it takes of one lever, or of all of them.
type LeverNeed struct {
	Lever    Lever        `json:"lever"`           // none: all together
	LeadTime int          `json:"lead_time"`       // days
	Begins   calendar.Day `json:"begins,omitzero"` // when a change made now shows; no day where that is after the period
	Share    kpi.Value    `json:"share"`           // of the working days left on which it shows
	Quarters int          `json:"quarters"`        // that the cap was taken from
	Cap      kpi.Value    `json:"cap"`             // what the best quarter was above now; undefined where there is none (no data)

	// Change is the smallest relative change that closes the gap, in steps of
	// 0.01 %: for a cycle a shortening. It is undefined (not applicable) where
	// even the cap does not, and 0 where there is nothing to close.
	Change kpi.Value `json:"change"`
	Most   kpi.Value `json:"most"`  // what would be reached at the cap
	Short  kpi.Value `json:"short"` // what would then still be missing; 0 where the gap is closed
}

// Levers gives the lever plan: the smallest relative change of one lever,
// and of all levers together, that closes the gap in the time left.
//
//	expected     actual + formula(drivers)
//	with change  actual + (1 − s)·formula(drivers) + s·formula(drivers, the lever better by x)
//	s            working days left after the lead time ÷ working days left
//
// x is at most what the best of the last eight quarters was better than now.
// All levers together change by the same x, each at most by its own cap and
// each from its own day on. Closed by none is an answer: then Closed is
// false, and Most and Short say how far the levers reach.
//
// Where a formula falls as a lever gets better, what is found closes the gap
// and need not be the smallest that does. Errors are those of
// [LeverQuestion.Validate].
func Levers(q LeverQuestion) (LeverPlan, error) {
	if err := q.Validate(); err != nil {
		return LeverPlan{}, err
	}
	s := newSearch(q)
	p := LeverPlan{Goal: q.Goal, Owner: q.Owner, Rest: s.rest, Target: q.Target, Expected: s.with(kpi.Int(0), s.every), Levers: []LeverNeed{}}
	p.Gap = q.Target.Sub(p.Expected)
	for l := Leads; l < levers; l++ {
		if moves(q.Formula, s.list, l) {
			p.Levers = append(p.Levers, s.need(l, []Lever{l}))
		}
	}
	p.Together = s.need(NoLever, s.every)
	p.Closed = p.Gap.Defined() && p.Gap.Sign() <= 0 || p.Together.Change.Defined() ||
		slices.ContainsFunc(p.Levers, func(n LeverNeed) bool { return n.Change.Defined() })
	p.Findings = p.findings(q.Unit)
	return p, nil
}
