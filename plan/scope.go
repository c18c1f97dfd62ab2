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

// scope is a goal with everything that its review looks at.
type scope struct {
	goal      target.Goal
	metric    kpi.Metric
	breakdown *target.Breakdown // nil where the goal has none
	stated    *target.Stated    // likewise, of a goal that does not add up

	first   original // the goal as it was first
	version string   // of its targets

	// people gives the owners whose figures count for each line: its leaves
	// in the breakdown. For a goal without one, they are those of its owner in
	// another goal's breakdown, or the owner alone.
	people map[string][]string

	curve  target.Curve // how it falls due, with what that needs
	shares []target.SharePoint
	work   calendar.WorkCalendar
	past   *target.History // of its days, without them; nil where nothing was handed in

	cut    bool              // to a part of its periods
	cells  []calendar.Period // figures lie inside one of them
	window calendar.Period   // the days whose figures the goal's owner is compared by; none where there are no such days
}

// scopes gives the scope of every goal of a valid plan.
func (p Plan) scopes(in Input) []scope {
	goals, _ := p.parted(in.Part)
	all := make([]scope, len(goals))
	for i, g := range goals {
		m, _ := p.metric(g.Metric)
		s := scope{goal: g, metric: m, breakdown: p.breakdown(g.ID), stated: p.stated(g.ID), cells: []calendar.Period{g.Period}}
		whole, _ := p.goal(g.ID)
		if s.cut = whole.Period != g.Period; s.cut && s.stated != nil {
			s.stated, _ = statedIn(s.stated, g) // parted has seen that there is one
		}
		switch {
		case !s.adds():
			s.cells = s.grid()
		case s.breakdown != nil:
			s.cells = within(g.Period, s.breakdown.Periods())
			s.people = leaves(s.breakdown)
		default:
			people, _ := p.peopleOf(g)
			s.people = map[string][]string{g.Owner: people}
		}
		s.shape(p, in)
		if s.adds() {
			s.window = windows{}.of(s.input(p, in, s.plan(g.Owner)))
		}
		all[i] = s
	}
	return all
}

// plan gives what one owner of the goal aims at.
func (s scope) plan(owner string) []kpi.Figure {
	switch {
	case s.breakdown != nil:
		return s.breakdown.Plan(owner, s.goal.Period)
	case s.stated != nil:
		plan := []kpi.Figure{}
		for _, period := range s.grid() {
			plan = append(plan, kpi.Figure{Metric: s.goal.Metric, Owner: owner, Period: period, Value: s.stated.Cell(owner, period)})
		}
		return plan
	}
	return s.goal.Plan()
}

func (s scope) input(p Plan, in Input, plan []kpi.Figure) target.Input {
	return target.Input{Metric: s.metric, Plan: plan, AsOf: in.AsOf, Known: in.Known, Curve: s.curve, Shares: s.shares, WorkDays: s.work, Thresholds: p.Thresholds}
}

// windows keeps what target.Input.Window gives, which in one goal depends on
// the first and the last period with a target alone.
type windows map[[2]int]calendar.Period

func (w windows) of(in target.Input) calendar.Period {
	if in.Curve != target.ByPlan {
		in.Curve = target.Linear // all that cut days have the same window
	}
	ends := [2]int{-1, -1}
	for i, f := range in.Plan {
		if f.Value.Defined() {
			if ends[0] < 0 {
				ends[0] = i
			}
			ends[1] = i
		}
	}
	window, known := w[ends]
	if !known {
		window = in.Window()
		w[ends] = window
	}
	return window
}

// leaves gives for every owner of a breakdown the owners without children at
// and below it, sorted.
func leaves(b *target.Breakdown) map[string][]string {
	people := map[string][]string{}
	for _, owner := range slices.Backward(b.Owners()) { // children come before their parents
		if b.Sells(owner) {
			people[owner] = append(people[owner], owner)
		}
		slices.Sort(people[owner])
		if parent, ok := b.Parent(owner); ok {
			people[parent] = append(people[parent], people[owner]...)
		}
	}
	return people
}

// peopleOf gives the owners whose figures count for a goal without a
// breakdown. Where its owner has children in the breakdown of another goal of
// the metric, they are those below it, so that a team's own goal and the
// team's line in the company's goal never differ; else those below it in the
// plan's tree of owners. problem says why there is no one answer.
func (p Plan) peopleOf(g target.Goal) (people []string, problem string) {
	for _, b := range p.Breakdowns {
		other := b.Goal()
		if _, overlap := other.Period.Intersect(g.Period); !overlap || other.Metric != g.Metric || len(b.Children(g.Owner)) == 0 {
			continue
		}
		below := leaves(b)[g.Owner]
		switch {
		case !other.Period.Covers(g.Period):
			problem = "breakdown_covers_a_part"
		case people != nil && !slices.Equal(people, below):
			problem = "breakdowns_differ"
		}
		people = below
	}
	if people == nil {
		people = below(find(p.Owners, g.Owner))
	}
	return people, problem
}

// find gives the node of an owner, alone where the tree has none.
func find(n target.Node, owner string) target.Node {
	if n.ID == owner {
		return n
	}
	for _, child := range n.Children {
		if found := find(child, owner); len(found.Children) > 0 {
			return found
		}
	}
	return target.Node{ID: owner}
}

// below gives the owners without children at and below a node, sorted.
func below(n target.Node) []string {
	if len(n.Children) == 0 {
		return []string{n.ID}
	}
	var people []string
	for _, child := range n.Children {
		people = append(people, below(child)...)
	}
	slices.Sort(people)
	return people
}

// counted gives the owners whose figures the goal uses.
func (s scope) counted() []string {
	if s.adds() {
		return s.people[s.goal.Owner]
	}
	return s.owners()
}

// uses reports whether a figure of such an owner counts: one that begins in
// the days that are compared, or that has exactly the days in question.
func (s scope) uses(f kpi.Figure) bool {
	if s.adds() {
		return s.window.Contains(f.Period.Start())
	}
	return f.Period == s.goal.Period || slices.Contains(s.cells, f.Period)
}

// claims says which scopes the figures of an owner belong to.
type claims map[key][]*scope

func claimed(scopes []scope) claims {
	all := claims{}
	for i := range scopes {
		s := &scopes[i]
		for _, owner := range s.counted() {
			k := key{s.goal.Metric, owner}
			all[k] = append(all[k], s)
		}
	}
	return all
}

// checkFigures refuses figures that would count twice or in the wrong
// period: those of an owner that has children, and those that lie in more
// than one period of a goal.
func (p Plan) checkFigures(problems *check.List, in Input, scopes []scope, owned claims) {
	adds := map[string]bool{}
	for _, s := range scopes {
		adds[s.goal.Metric] = s.adds()
	}
	in.checkOverlaps(problems, adds)
	parents := parents(scopes)
	p.checkDays(problems, in.History, parents, scopes)
	var last key // figures of one owner mostly stand together
	var above, of []*scope
	for i, f := range in.Actuals {
		if k := keyOf(f); k != last {
			last, above, of = k, parents[k], owned[k]
		}
		for _, s := range above {
			if s.goal.Period.Contains(f.Period.Start()) {
				problems.Add(check.ErrInvalid, check.At("input", "actuals", i, "owner"), "owner_has_children", f.Owner, "goal", s.goal.ID)
			}
		}
		for _, s := range of {
			if _, touches := f.Period.Intersect(s.goal.Period); touches && s.adds() && !s.holds(f.Period) {
				problems.Add(check.ErrInvalid, check.At("input", "actuals", i, "period"), "not_inside_one_period", f.Period, "goal", s.goal.ID)
			}
		}
	}
}

func (s *scope) holds(p calendar.Period) bool {
	at, found := slices.BinarySearchFunc(s.cells, p.Start(), func(cell calendar.Period, d calendar.Day) int {
		return cmp.Compare(cell.Start(), d)
	})
	if !found {
		at--
	}
	return at >= 0 && s.cells[at].Covers(p)
}

// parents gives the owners that have children, with the scopes in which they
// do.
func parents(scopes []scope) claims {
	all := claims{}
	for i := range scopes {
		s := &scopes[i]
		for owner, people := range s.people {
			if !slices.Contains(people, owner) {
				k := key{s.goal.Metric, owner}
				all[k] = append(all[k], s)
			}
		}
	}
	return all
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
	AfterAsOf     int `json:"after_as_of"`    // its first day lies after the as-of day
	NotCompared   int `json:"not_compared"`   // its first day lies outside Known, in a period that is known in part, or one without a target
}

// Sum gives the number of excluded figures.
func (e Excluded) Sum() int {
	return e.OtherMetric + e.OtherOwner + e.OutsidePeriod + e.AfterAsOf + e.NotCompared
}

// OwnerUse says what became of the figures of one owner.
type OwnerUse struct {
	Owner string `json:"owner"`
	Use
}

// plus adds up.
func (u Use) plus(o Use) Use {
	e, f := u.Excluded, o.Excluded
	return Use{u.Read + o.Read, u.Counted + o.Counted, Excluded{e.OtherMetric + f.OtherMetric, e.OtherOwner + f.OtherOwner,
		e.OutsidePeriod + f.OutsidePeriod, e.AfterAsOf + f.AfterAsOf, e.NotCompared + f.NotCompared}}
}

// use sorts the figures of every owner into counted and excluded, and gives
// the owners with figures that no goal of their metric has.
func use(in Input, scopes []scope, all claims) (uses []OwnerUse, strangers []key) {
	metrics, unknown := map[string]bool{}, map[key]bool{}
	for _, s := range scopes {
		metrics[s.goal.Metric] = true
	}
	of := map[string]*Use{}
	var last key
	var owned []*scope
	var u *Use
	for _, f := range in.Actuals {
		start := f.Period.Start()
		if k := keyOf(f); k != last || u == nil {
			last, owned, u = k, all[k], of[k.owner]
			if u == nil {
				u = &Use{}
				of[k.owner] = u
			}
		}
		u.Read++
		switch {
		case !metrics[f.Metric]:
			u.Excluded.OtherMetric++
		case len(owned) == 0:
			u.Excluded.OtherOwner++
			unknown[keyOf(f)] = true
		case !slices.ContainsFunc(owned, func(s *scope) bool { return s.goal.Period.Contains(start) }):
			u.Excluded.OutsidePeriod++
		case start > in.AsOf:
			u.Excluded.AfterAsOf++
		case !slices.ContainsFunc(owned, func(s *scope) bool { return s.uses(f) }):
			u.Excluded.NotCompared++
		default:
			u.Counted++
		}
	}
	for _, owner := range slices.Sorted(maps.Keys(of)) {
		uses = append(uses, OwnerUse{owner, *of[owner]})
	}
	return uses, slices.SortedFunc(maps.Keys(unknown), key.compare)
}

func (k key) compare(o key) int {
	return cmp.Or(cmp.Compare(k.metric, o.metric), cmp.Compare(k.owner, o.owner))
}
