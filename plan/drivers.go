package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Driver is what a goal's metric is computed from, as a number of the goal's
// owner and period: what was due of it through the as-of day, and what it is.
// It is a record. Drivers that have goals of their own need none.
type Driver struct {
	Metric string          `json:"metric"` // named in the formula of the goal's metric
	Owner  string          `json:"owner"`  // of the goal
	Period calendar.Period `json:"period"` // of the goal
	Due    kpi.Value       `json:"due"`
	Actual kpi.Value       `json:"actual"`
}

func (d Driver) figure(v kpi.Value) kpi.Figure {
	return kpi.Figure{Metric: d.Metric, Owner: d.Owner, Period: d.Period, Value: v}
}

// drivers holds those that were handed in, by the figure without its value.
type drivers map[kpi.Figure]Driver

func driversOf(in Input) drivers {
	all := drivers{}
	for _, d := range in.Drivers {
		all[d.figure(kpi.Value{})] = d
	}
	return all
}

func checkDriverFigures(problems *check.List, given []Driver) {
	seen := map[kpi.Figure]bool{}
	for i, d := range given {
		at, f := check.At("drivers", i), d.figure(kpi.Value{})
		problems.Nest(at, f.Validate())
		if seen[f] {
			problems.Add(check.ErrDuplicate, at, "driver_twice", d.Metric, "owner", d.Owner)
		}
		seen[f] = true
	}
}

// checkDrivers refuses drivers that no goal of their owner and period has
// (check.ErrUnknown), and those that have a goal themselves
// (check.ErrDuplicate).
func (p Plan) checkDrivers(problems *check.List, given []Driver) {
	if len(given) == 0 {
		return
	}
	named := map[kpi.Figure]bool{}
	for _, g := range p.Goals {
		m, _ := p.metric(g.Metric)
		for _, ref := range m.Formula.References() {
			named[kpi.Figure{Metric: ref, Owner: g.Owner, Period: g.Period}] = true
		}
	}
	for i, d := range given {
		at := check.At("input", "drivers", i)
		if !named[d.figure(kpi.Value{})] {
			problems.Add(check.ErrUnknown, at, "no_driver_of_a_goal", d.Metric, "owner", d.Owner)
		}
		if goal := slices.IndexFunc(p.Goals, func(g target.Goal) bool {
			return g.Metric == d.Metric && g.Owner == d.Owner && g.Period == d.Period
		}); goal >= 0 {
			problems.Add(check.ErrDuplicate, at, "driver_has_a_goal", d.Metric, "goal", p.Goals[goal].ID)
		}
	}
}

// side is one end of a bridge over drivers: what a tracking says of it, and
// what a driver that was handed in does.
type side struct {
	tracked func(target.Tracking) kpi.Value
	given   func(Driver) kpi.Value
}

// driverBridge splits the way from one side to what was reached over the
// drivers of the goal's metric: goals of the same owner and period, or what was
// handed in. It is nil where one of the drivers has neither.
func (r Review) driverBridge(g GoalReview, q bridge.Question, given drivers, from side) (*bridge.Bridge, error) {
	refs := g.Metric.Formula.References()
	if len(refs) == 0 || len(refs) > bridge.MaxDrivers {
		return nil, nil
	}
	base, current := make([]kpi.Figure, 0, len(refs)), make([]kpi.Figure, 0, len(refs))
	for _, ref := range refs {
		f := kpi.Figure{Metric: ref, Owner: g.Goal.Owner, Period: g.Goal.Period}
		due, actual, known := r.driver(f, given, from)
		if !known {
			return nil, nil
		}
		f.Value = due
		base = append(base, f)
		f.Value = actual
		current = append(current, f)
	}
	b, err := bridge.Drivers{Formula: g.Metric.Formula}.Bridge(q, base, current)
	return &b, err
}

// driver gives the two sides of a driver.
func (r Review) driver(f kpi.Figure, given drivers, from side) (due, actual kpi.Value, known bool) {
	i := slices.IndexFunc(r.Goals, func(o GoalReview) bool {
		return o.Metric.ID == f.Metric && o.Goal.Owner == f.Owner && o.Goal.Period == f.Period
	})
	if i >= 0 {
		t := r.Goals[i].Owners[0].Tracking
		return from.tracked(t), t.Actual, true
	}
	d, known := given[f]
	if !known || from.given == nil {
		return kpi.Value{}, kpi.Value{}, false
	}
	return from.given(d), d.Actual, true
}

// explain gives every goal the bridge of its gap over its drivers, from what
// was due to what was reached.
func (r *Review) explain(given drivers) error {
	due := side{func(t target.Tracking) kpi.Value { return t.Expected }, func(d Driver) kpi.Value { return d.Due }}
	for i, g := range r.Goals {
		t := g.Owners[0].Tracking
		if t.Status == target.NotStarted {
			continue
		}
		q := g.question()
		q.Base.Name = "due"
		b, err := r.driverBridge(g, q, given, due)
		if err != nil {
			return err
		}
		if r.Goals[i].ByDriver = b; b != nil && (differ(b.Values.Base, t.Expected) || differ(b.Values.Current, t.Actual)) {
			text := g.Metric.Unit.Text
			r.Findings = append(r.Findings, info("drivers_differ", g.Goal.Owner, append(called(g.Goal.Name, g.Goal.NameZH), "goal", g.Goal.ID, "due", text(b.Values.Base), "actual", text(b.Values.Current),
				"goal_due", text(t.Expected), "goal_actual", text(t.Actual))...))
		}
	}
	return nil
}

func differ(a, b kpi.Value) bool { return a.Defined() && b.Defined() && a != b }
