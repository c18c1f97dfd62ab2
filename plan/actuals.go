package plan

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Input is what a plan is reviewed with. It is a record.
type Input struct {
	AsOf calendar.Day `json:"as_of"` // the last day that is over

	// Known is the window of days whose records are complete; none leaves
	// that open (see the package comment).
	Known calendar.Period `json:"known,omitzero"`

	// Actuals is what was reached through the as-of day, by metric, owner and
	// period: months, weeks or days, in any order. The running month's figure
	// holds its records so far.
	Actuals []kpi.Figure `json:"actuals"`
}

// Validate reports a missing as-of day, figures that are wrong in
// themselves, and figures of one metric and owner whose periods overlap
// (check.ErrOverlap): they would count the same days twice.
func (in Input) Validate() error {
	problems := check.List{Op: "plan.Input"}
	switch {
	case in.AsOf.IsZero():
		problems.Add(check.ErrMissing, "as_of", "missing_day", nil)
	case !in.AsOf.Valid():
		problems.Add(check.ErrRange, "as_of", "year_out_of_range", in.AsOf)
	}
	for i, f := range in.Actuals {
		problems.Nest(check.At("actuals", i), f.Validate())
	}
	in.checkOverlaps(&problems)
	return problems.Err()
}

func (in Input) checkOverlaps(problems *check.List) {
	order := make([]int, len(in.Actuals))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return in.Actuals[i].Compare(in.Actuals[j]) })
	for k := 1; k < len(order); k++ {
		before, f := in.Actuals[order[k-1]], in.Actuals[order[k]]
		if f.Period.IsZero() || (key{f.Metric, f.Owner}) != (key{before.Metric, before.Owner}) {
			continue
		}
		if both, overlap := before.Period.Intersect(f.Period); overlap {
			problems.Add(check.ErrOverlap, check.At("actuals", order[k], "period"), "actuals_overlap", f.Period,
				"with", check.At("actuals", order[k-1]), "days", both)
		}
	}
}

type key struct{ metric, owner string }

// actuals holds the figures by metric and owner, in order of period.
type actuals struct {
	figures map[key][]kpi.Figure
	known   calendar.Period
}

func index(in Input) actuals {
	a := actuals{map[key][]kpi.Figure{}, in.Known}
	for _, f := range slices.SortedFunc(slices.Values(in.Actuals), kpi.Figure.Compare) {
		k := key{f.Metric, f.Owner}
		a.figures[k] = append(a.figures[k], f)
	}
	return a
}

// in gives what an owner reached on the days of a window. A figure belongs to
// it by its first day: the running month's figure, whose period ends later,
// holds its records so far.
func (a actuals) in(window calendar.Period, k key) kpi.Value {
	total := kpi.Value{}
	if !a.known.IsZero() {
		if _, some := a.known.Intersect(window); some {
			total = kpi.Int(0)
		}
	}
	return kpi.Sum(func(yield func(kpi.Value) bool) {
		if !yield(total) {
			return
		}
		for _, f := range a.figures[k] {
			if window.Contains(f.Period.Start()) && !yield(f.Value) {
				return
			}
		}
	})
}

// Use says what became of the figures that were handed in: read is counted
// plus excluded, and each excluded figure stands under the first reason that
// applies, in the order of the fields.
type Use struct {
	Read     int      `json:"read"`
	Counted  int      `json:"counted"`
	Excluded Excluded `json:"excluded"`
}

// Excluded counts figures that no goal uses, by reason.
type Excluded struct {
	OtherMetric   int `json:"other_metric"`   // no goal has this metric
	OtherOwner    int `json:"other_owner"`    // no goal of this metric has actuals of this owner
	OutsidePeriod int `json:"outside_period"` // no such goal contains its first day
	NotKnown      int `json:"not_known"`      // its first day lies before Known or after it
	AfterAsOf     int `json:"after_as_of"`    // its first day lies after the as-of day
}

// Sum gives the number of excluded figures.
func (e Excluded) Sum() int {
	return e.OtherMetric + e.OtherOwner + e.OutsidePeriod + e.NotKnown + e.AfterAsOf
}

// use sorts the figures into counted and excluded, and gives the owners with
// figures that no goal of their metric has.
func (p Plan) use(in Input) (u Use, strangers []key) {
	periods := p.periods()
	unknown := map[key]bool{}
	for _, f := range in.Actuals {
		k := key{f.Metric, f.Owner}
		u.Read++
		start := f.Period.Start()
		switch {
		case len(periods[key{metric: f.Metric}]) == 0:
			u.Excluded.OtherMetric++
		case len(periods[k]) == 0:
			u.Excluded.OtherOwner++
			unknown[k] = true
		case !slices.ContainsFunc(periods[k], func(p calendar.Period) bool { return p.Contains(start) }):
			u.Excluded.OutsidePeriod++
		case !in.Known.IsZero() && !in.Known.Contains(start):
			u.Excluded.NotKnown++
		case start > in.AsOf:
			u.Excluded.AfterAsOf++
		default:
			u.Counted++
		}
	}
	return u, slices.SortedFunc(maps.Keys(unknown), key.compare)
}

// periods gives the goal periods in which each owner's figures count, and
// under an empty owner those of the metric.
func (p Plan) periods() map[key][]calendar.Period {
	periods := map[key][]calendar.Period{}
	for _, g := range p.Goals {
		for _, owner := range append(p.leaves(g), "") {
			k := key{g.Metric, owner}
			periods[k] = append(periods[k], g.Period)
		}
	}
	return periods
}

// leaves gives the owners whose figures count towards a goal.
func (p Plan) leaves(g target.Goal) []string {
	b := p.breakdown(g.ID)
	if b == nil {
		return []string{g.Owner}
	}
	var leaves []string
	for _, owner := range b.Owners() {
		if len(b.Children(owner)) == 0 {
			leaves = append(leaves, owner)
		}
	}
	return leaves
}

func (k key) compare(o key) int {
	return cmp.Or(cmp.Compare(k.metric, o.metric), cmp.Compare(k.owner, o.owner))
}
