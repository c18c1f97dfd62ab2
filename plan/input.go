package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Input is what a plan is reviewed with. It is a record.
type Input struct {
	AsOf calendar.Day `json:"as_of"` // the last day that is over

	// KnownAt is the day up to which decisions are looked at, for a
	// [Document.Review] of what was known then; no day: the as-of day.
	KnownAt calendar.Day `json:"known_at,omitzero"`

	// Part narrows the review to a month or quarter of longer goals: each is
	// looked at as if its targets of these days were a goal of its own, with a
	// status, findings and alerts of their own. No period: goals as a whole.
	Part calendar.Period `json:"part,omitzero"`

	// Known is the window of days whose records are complete; none leaves
	// that open (see the package comment). Where records go on, let it reach
	// beyond the as-of day, to the end of the plan: a window that ends before
	// it says that later records are missing.
	Known calendar.Period `json:"known,omitzero"`

	// Actuals is what was reached through the as-of day, by metric, owner and
	// period, in any order. A figure lies inside one period of the breakdown:
	// months for a plan by months, or weeks and days inside them. That of the
	// running month holds its records so far. Days are needed where Known
	// begins within a month: a month that is known in part is no data. For a
	// metric that does not add up it has exactly the days of the goal or of one
	// of its periods.
	Actuals []kpi.Figure `json:"actuals"`

	// Forecasts are where goals will land by somebody's or something's word
	// (forecast.Landing): the figure of a goal's metric and whole period, of any
	// of its owners. They stand beside the landings that are computed.
	Forecasts []kpi.Figure `json:"forecasts,omitempty"`

	// Drivers are what goals are computed from, where the plan has no goals for
	// them: for the bridge over drivers, GoalReview.ByDriver.
	Drivers []Driver `json:"drivers,omitempty"`

	// History is what owners reached before, day by day: a plan whose curve is
	// learned needs it, and with any curve the best rate ever held comes of it.
	History DayHistory `json:"history,omitzero"`

	Earlier []Stood `json:"earlier,omitempty"` // of earlier reviews, against flickering
	Beside  Beside  `json:"beside,omitzero"`
}

// Validate reports a missing as-of day, figures that are wrong in themselves,
// and figures of one metric, owner and period, funnels of one owner and
// earlier reviews of one line and day that stand twice (check.ErrDuplicate).
// Whether periods may overlap depends on the metric; see
// [Plan.Review].
func (in Input) Validate() error {
	problems := check.List{Op: "plan.Input"}
	checkDay(&problems, "as_of", in.AsOf)
	if !in.KnownAt.IsZero() {
		checkDay(&problems, "known_at", in.KnownAt)
	}
	for i, f := range in.Actuals {
		if err := f.Validate(); err != nil {
			problems.Nest(check.At("actuals", i), err)
		}
	}
	forecasts := map[kpi.Figure]bool{}
	for i, f := range in.Forecasts {
		problems.Nest(check.At("forecasts", i), f.Validate())
		f.Value = kpi.Value{}
		if forecasts[f] {
			problems.Add(check.ErrDuplicate, check.At("forecasts", i), "forecast_twice", f.Owner)
		}
		forecasts[f] = true
	}
	checkDriverFigures(&problems, in.Drivers)
	problems.Nest("history", in.History.Validate())
	checkStood(&problems, in.Earlier)
	in.Beside.check(&problems, "beside")
	in.eachPair(func(before, at int) {
		if f := in.Actuals[at]; f.Period == in.Actuals[before].Period {
			problems.Add(check.ErrDuplicate, check.At("actuals", at), "actual_twice", f.Period, "first", check.At("actuals", before))
		}
	})
	return problems.Err()
}

// checkOverlaps refuses figures of a metric that adds up whose days would
// count twice.
func (in Input) checkOverlaps(problems *check.List, adds map[string]bool) {
	in.eachPair(func(before, at int) {
		first, f := in.Actuals[before], in.Actuals[at]
		if both, overlap := first.Period.Intersect(f.Period); overlap && adds[f.Metric] {
			problems.Add(check.ErrOverlap, check.At("input", "actuals", at, "period"), "actuals_overlap", f.Period,
				"with", check.At("actuals", before), "days", both)
		}
	})
}

// eachPair visits the figures of one metric and owner that follow one another
// in time, by their positions.
func (in Input) eachPair(visit func(before, at int)) {
	order := make([]int, len(in.Actuals))
	for i := range order {
		order[i] = i
	}
	if !slices.IsSortedFunc(in.Actuals, kpi.Figure.Compare) {
		slices.SortStableFunc(order, func(i, j int) int { return in.Actuals[i].Compare(in.Actuals[j]) })
	}
	for k := 1; k < len(order); k++ {
		before, f := in.Actuals[order[k-1]], in.Actuals[order[k]]
		if !f.Period.IsZero() && keyOf(f) == keyOf(before) {
			visit(order[k-1], order[k])
		}
	}
}

// known reports whether the records of a period are complete through its end
// or the as-of day.
func (in Input) known(p calendar.Period) bool {
	return in.Known.IsZero() || in.Known.Contains(p.Start()) && in.Known.Contains(min(p.Last(), in.AsOf))
}

// key is whose figures of what.
type key struct{ metric, owner string }

func keyOf(f kpi.Figure) key { return key{f.Metric, f.Owner} }

// actuals holds the figures by metric and owner, in order of period.
type actuals struct {
	figures  map[key][]kpi.Figure
	forecast map[kpi.Figure]kpi.Value // by the figure without its value
	earlier  map[goalOwner][]target.Stood
	days     map[key][]target.DayAmount
	known    bool // a window of complete records was stated
}

func index(in Input) actuals {
	a := actuals{map[key][]kpi.Figure{}, map[kpi.Figure]kpi.Value{}, earlier(in.Earlier), map[key][]target.DayAmount{}, !in.Known.IsZero()}
	for _, s := range in.History.Series {
		a.days[key{s.Metric, s.Owner}] = byDay(s.Days)
	}
	for _, f := range in.Forecasts {
		v := f.Value
		f.Value = kpi.Value{}
		a.forecast[f] = v
	}
	figures := slices.Clone(in.Actuals)
	slices.SortFunc(figures, kpi.Figure.Compare)
	for from, at := 0, 1; at <= len(figures); at++ {
		if at == len(figures) || keyOf(figures[at]) != keyOf(figures[from]) {
			a.figures[keyOf(figures[from])] = figures[from:at:at]
			from = at
		}
	}
	return a
}

// sum gives what the figures of an owner, by time, come to on the days of a
// window whose records are complete where that was stated. Without a figure
// that is 0, or no data where nothing was stated. A figure that began before
// the window and reaches into it tells nothing about the window, so that is no
// data too.
func (a actuals) sum(figures []kpi.Figure, window calendar.Period) kpi.Value {
	some, sum := false, kpi.Value{}
	for i := range figures {
		f := &figures[i]
		if f.Period.Start() >= window.End() {
			break
		}
		if f.Period.Start() >= window.Start() {
			some, sum = true, plus(sum, f.Value)
		} else if f.Period.End() > window.Start() {
			return kpi.Value{}
		}
	}
	if !some && a.known {
		return kpi.Int(0)
	}
	return sum
}
