package target

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Limits say from when on [Breakdown.Lint] speaks. What is left out has its
// default; the defaults are a practice, not a law, and carry no evidence of
// their own.
type Limits struct {
	Compounded kpi.Value `json:"compounded,omitzero"` // 0.2: how much more all cushions together may hand on
	Cliff      kpi.Value `json:"cliff,omitzero"`      // 0.5: how far a target per working day may rise or fall from one period to the next
	Growth     kpi.Value `json:"growth,omitzero"`     // 0.5: how far a target may lie above the last actual
	Ratchet    kpi.Value `json:"ratchet,omitzero"`    // 0.5: how much of an over-performance the next target may take back
}

// DefaultLimits gives the defaults, written out.
func DefaultLimits() Limits { return Limits{}.orDefault() }

func (l Limits) orDefault() Limits {
	half := kpi.Frac(1, 2)
	return Limits{l.Compounded.Or(kpi.Frac(1, 5)), l.Cliff.Or(half), l.Growth.Or(half), l.Ratchet.Or(half)}
}

// check reports limits below zero.
func (l Limits) check(problems *check.List) {
	limit := func(at string, v kpi.Value) {
		if v.Sign() < 0 {
			problems.Add(check.ErrRange, at, "negative_limit", v)
		}
	}
	limit("limits.compounded", l.Compounded)
	limit("limits.cliff", l.Cliff)
	limit("limits.growth", l.Growth)
	limit("limits.ratchet", l.Ratchet)
}

// Facts are what a breakdown is held against before it is published. All of
// it is optional, and what is not given is not judged.
type Facts struct {
	Work     calendar.WorkCalendar `json:"work,omitzero"`
	Sellers  []string              `json:"sellers,omitempty"`  // everybody who is to have a target
	Capacity Weights               `json:"capacity,omitempty"` // what each can carry in the goal's period
	Actuals  []kpi.Figure          `json:"actuals,omitempty"`  // what each reached in earlier periods as long as the goal's
	Targets  []kpi.Figure          `json:"targets,omitempty"`  // what each was to reach in them
}

// Lint gives what should be looked at before a plan is published: the
// [Breakdown.Findings], with the limits given, and then
//
//	cliff                  full target per working day from one period to the next, where the parent's has none;
//	                       what ramp, leave and vacancies take away is meant, and no cliff
//	owner_without_target   a seller who is not among the owners without children
//	target_without_owner   an owner who sells and is not among the sellers
//	over_capacity          target above capacity
//	far_above_history      target above last actual × (1 + growth)
//	above_own_best         target above every earlier actual
//	ratchet                (target − last target) ÷ (last actual − last target) above the limit,
//	                       where the last target was exceeded
//
// Sellers are compared by ID; history and capacity with what an owner carries
// in all, and only where higher is better: a target for losses says nothing
// of what somebody can do. Figures of another metric and those without a
// number are not looked at.
//
// Errors are days that the work calendar does not cover, limits and capacities
// below zero, and figures of the metric that are not over when the goal begins or are of
// another grain (check.ErrInvalid). Owners come in the order of Owners,
// sellers that are missing in that of their IDs.
func (b *Breakdown) Lint(facts Facts, limits Limits) ([]check.Finding, error) {
	problems := check.List{Op: "target.Lint"}
	limits.check(&problems)
	for _, owner := range facts.Capacity.keys() {
		if c := facts.Capacity[owner]; c.Sign() < 0 {
			problems.Add(check.ErrRange, check.At("capacity", owner), "negative_number", c)
		}
	}
	days := b.workingDays(&problems, facts.Work)
	actuals, targets := b.byOwner(&problems, "actuals", facts.Actuals), b.byOwner(&problems, "targets", facts.Targets)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	limits = limits.orDefault()
	found := b.findings(limits)
	for _, n := range b.nodes {
		found = append(found, b.cliffs(n, days, limits.Cliff)...)
		if b.metric.Direction != kpi.HigherIsBetter {
			continue
		}
		if due := n.total(); facts.Capacity[n.id].Less(due) {
			found = append(found, warning("over_capacity", n.id, "target", b.show(due), "capacity", b.show(facts.Capacity[n.id])))
		}
		found = append(found, b.against(n, actuals[n.id], targets[n.id], limits)...)
	}
	return append(found, b.orphans(facts.Sellers)...), nil
}

func (b *Breakdown) workingDays(problems *check.List, work calendar.WorkCalendar) []kpi.Value {
	days := make([]kpi.Value, len(b.periods))
	for i, p := range b.periods {
		days[i] = kpi.Int(int64(p.Days()))
		if !work.IsZero() {
			n, err := work.Count(p)
			problems.Nest("work", err)
			days[i] = kpi.Int(n)
		}
	}
	return days
}

// cliffs finds where the target per working day changes by more than the
// limit. Where a parent's does so at the same place, it is the parent's.
func (b *Breakdown) cliffs(n node, days []kpi.Value, limit kpi.Value) []check.Finding {
	var found []check.Finding
	for p := 1; p < len(b.periods); p++ {
		before, after, steep := cliff(n, p, days, limit)
		if !steep {
			continue
		}
		if n.parent >= 0 {
			if _, _, above := cliff(b.nodes[n.parent], p, days, limit); above {
				continue
			}
		}
		found = append(found, warning("cliff", n.id, "from", b.split.Calendar.Label(b.periods[p-1]), "to", b.split.Calendar.Label(b.periods[p]),
			"before", before.Text(2, kpi.HalfEven), "after", after.Text(2, kpi.HalfEven)))
	}
	return found
}

func cliff(n node, p int, days []kpi.Value, limit kpi.Value) (before, after kpi.Value, steep bool) {
	full := func(p int) kpi.Value { return sumOfValues(n.cells[p], cellOf(n.relief, p)).Div(days[p]) }
	before, after = full(p-1), full(p)
	step := after.Sub(before).Abs()
	return before, after, before.Abs().Mul(limit).Less(step)
}

// byOwner gives the figures of the goal's metric that are defined, and
// reports those that cannot be compared with the goal.
func (b *Breakdown) byOwner(problems *check.List, name string, figures []kpi.Figure) map[string][]kpi.Figure {
	owned := map[string][]kpi.Figure{}
	grain, named := b.split.Calendar.GrainOf(b.goal.Period)
	for i, f := range figures {
		if f.Metric != b.metric.ID || !f.Value.Defined() {
			continue
		}
		other, _ := b.split.Calendar.GrainOf(f.Period)
		switch at := check.At(name, i, "period"); {
		case f.Period.IsZero():
			problems.Add(check.ErrMissing, at, "missing_period", nil)
		case f.Period.End() > b.goal.Period.Start():
			problems.Add(check.ErrInvalid, at, "not_earlier", f.Period, "goal", b.goal.Period)
		case named && other != grain:
			problems.Add(check.ErrInvalid, at, "other_grain", f.Period, "grain", grain)
		}
		owned[f.Owner] = append(owned[f.Owner], f)
	}
	return owned
}

// against holds an owner's target against its own history.
func (b *Breakdown) against(n node, actuals, targets []kpi.Figure, limits Limits) []check.Finding {
	if len(actuals) == 0 {
		return nil
	}
	var found []check.Finding
	due, last, best := n.total(), actuals[0], actuals[0].Value
	for _, f := range actuals {
		best = best.Max(f.Value)
		if last.Period.Compare(f.Period) < 0 {
			last = f
		}
	}
	if last.Value.Mul(limits.Growth.Add(kpi.Int(1))).Less(due) {
		found = append(found, warning("far_above_history", n.id, "target", b.show(due), "last", b.show(last.Value), "growth", text(kpi.Growth(due, last.Value))))
	}
	if best.Less(due) {
		found = append(found, notice("above_own_best", n.id, "target", b.show(due), "best", b.show(best)))
	}
	for _, f := range targets {
		over := last.Value.Sub(f.Value)
		share := due.Sub(f.Value).Div(over)
		if f.Period == last.Period && over.Sign() > 0 && limits.Ratchet.Less(share) {
			found = append(found, warning("ratchet", n.id, "over", b.show(over), "share", percent(share)))
		}
	}
	return found
}

// orphans finds sellers without a target and targets without a seller.
func (b *Breakdown) orphans(sellers []string) []check.Finding {
	var found []check.Finding
	if len(sellers) == 0 {
		return nil
	}
	named := map[string]bool{}
	for _, seller := range sellers {
		named[seller] = true
	}
	for _, n := range b.nodes {
		if !n.sells() || named[n.id] {
			continue
		}
		if own := sumRow(*n.statedRow(), 0, len(b.periods)); own.Sign() != 0 {
			found = append(found, warning("target_without_owner", n.id, "target", b.show(own)))
		}
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(sellers)))
	for _, seller := range sorted {
		if i, known := b.index[seller]; !known || b.nodes[i].statedRow() == nil {
			found = append(found, warning("owner_without_target", seller, b.goal.called()...))
		}
	}
	return found
}

// LintFigures gives what is wrong with a table of targets before
// [FromFigures] refuses it, by owner, metric and period:
//
//	period_off_boundary   a period that is not made up of whole ones of the grain
//	target_twice          the same owner, metric and period again
//	targets_overlap       two periods of one owner and metric that share days
func LintFigures(cal calendar.Calendar, grain calendar.Grain, figures []kpi.Figure) []check.Finding {
	sorted := slices.SortedStableFunc(slices.Values(figures), func(f, g kpi.Figure) int {
		return cmp.Or(cmp.Compare(f.Owner, g.Owner), cmp.Compare(f.Metric, g.Metric), f.Period.Compare(g.Period), f.Value.Compare(g.Value))
	})
	found := []check.Finding{}
	reach := 0 // of the figures so far, the one of this owner and metric that ends last
	for i, f := range sorted {
		if _, err := cal.Split(f.Period, grain); err != nil {
			found = append(found, warning("period_off_boundary", f.Owner, "period", f.Period, "grain", grain))
		}
		longest, last := sorted[reach], sorted[max(i-1, 0)]
		same := i > 0 && last.Owner == f.Owner && last.Metric == f.Metric
		switch _, both := longest.Period.Intersect(f.Period); {
		case same && last.Period == f.Period: // figures of one period stand together
			found = append(found, warning("target_twice", f.Owner, "period", cal.Label(f.Period), "first", last.Value, "second", f.Value))
		case same && both:
			found = append(found, warning("targets_overlap", f.Owner, "period", cal.Label(longest.Period), "with", cal.Label(f.Period)))
		}
		if !same || longest.Period.End() < f.Period.End() {
			reach = i
		}
	}
	return found
}
