package action

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func (c checker) strategies() {
	ids := map[string]int{}
	c.count("strategies", len(c.plan.Strategies), MaxStrategies)
	for i, s := range c.plan.Strategies {
		at := check.At("strategies", i) + "."
		c.id("strategies", i, s.ID, ids)
		c.text(at, s.Name, s.NameZH)
		c.word(at+"kind", uint8(s.Kind), uint8(Channel))
		if s.Kind == NoKind {
			c.problems.Add(check.ErrMissing, at+"kind", "missing_kind", nil)
		}
		if s.Goal != "" {
			c.problems.ID(at+"goal", "", s.Goal)
		}
		c.optionalRef(at+"owner", "person", s.Owner, c.known.people)
		c.days(at+"start", s.Start, false, at+"end", s.End, true)
		c.effects(at+"effects", s.Effects)
		c.amount(at+"budget", s.Budget)
	}
}

func (c checker) effects(at string, effects []Effect) {
	if len(effects) == 0 {
		c.problems.Add(check.ErrMissing, at, "missing_effect", nil)
	}
	var moved [levers]bool
	for i, e := range effects {
		path := check.At(at, i) + "."
		c.lever(path+"lever", e.Lever)
		if e.Lever < levers {
			if moved[e.Lever] && e.Lever != NoLever {
				c.problems.Add(check.ErrDuplicate, path+"lever", "duplicate_lever", e.Lever)
			}
			moved[e.Lever] = true
		}
		checkNumber(c.problems, path+"change", e.Change, true)
		switch {
		case !e.Change.Defined():
		case e.Change.Sign() == 0:
			c.problems.Add(check.ErrRange, path+"change", "no_change", e.Change)
		case !kpi.Int(-1).Less(e.Change):
			c.problems.Add(check.ErrRange, path+"change", "not_above", e.Change, "least", -1)
		}
		if e.Evidence != "" {
			c.problems.ID(path+"evidence", "", e.Evidence)
		}
	}
}

func (c checker) lever(path string, l Lever) {
	c.word(path, uint8(l), levers-1)
	if l == NoLever {
		c.problems.Add(check.ErrMissing, path, "missing_lever", nil)
	}
}

func (c checker) actions() {
	ids := map[string]int{}
	c.count("actions", len(c.plan.Actions), MaxActions)
	for i := range c.plan.Actions {
		a := &c.plan.Actions[i]
		at := check.At("actions", i) + "."
		c.id("actions", i, a.ID, ids)
		c.text(at, a.Name, a.NameZH)
		c.optionalRef(at+"strategy", "strategy", a.Strategy, c.known.strategies)
		c.roles(at+"roles", a.Roles)
		c.days(at+"start", a.Start, false, at+"due", a.Due, false)
		c.refs(at+"after", "action", a.After, c.known.actions, MaxLinks)
		c.order(at+"start", a)
		c.amount(at+"budget", a.Budget)
	}
	for _, circle := range circles(c.plan) {
		first := c.known.actions[circle[0]]
		c.problems.Add(check.ErrCycle, check.At("actions", first, "after"), "cycle", strings.Join(circle, " → "), "n", len(circle)-1)
	}
}

// order reports the actions that are not due before this one starts although
// it waits for them.
func (c checker) order(at string, a *Action) {
	for _, id := range a.After {
		i, there := c.known.actions[id]
		if !there || a.Start.IsZero() || id == a.ID {
			continue
		}
		if due := c.plan.Actions[i].Due; due >= a.Start {
			c.problems.Add(check.ErrInvalid, at, "starts_before_dependency", a.Start, "after", id, "due", due)
		}
	}
}

func (c checker) roles(at string, roles []Role) {
	c.count(at, len(roles), MaxLinks)
	held := make(map[Role]bool, len(roles))
	var n [Informed + 1]int
	for i, r := range roles {
		path := check.At(at, i) + "."
		c.ref(path+"person", "person", r.Person, c.known.people)
		c.word(path+"part", uint8(r.Part), uint8(Informed))
		if r.Part == NoPart {
			c.problems.Add(check.ErrMissing, path+"part", "missing_part", nil)
		}
		c.amount(path+"effort", r.Effort)
		key := Role{Person: r.Person, Part: r.Part}
		if held[key] {
			c.problems.Add(check.ErrDuplicate, path+"part", "duplicate_role", r.Part, "person", r.Person)
		}
		held[key] = true
		if r.Part <= Informed {
			n[r.Part]++
		}
	}
	if n[Accountable] != 1 {
		c.problems.Add(check.ErrInvalid, at, "not_one_accountable", n[Accountable])
	}
	if n[Responsible] == 0 {
		c.problems.Add(check.ErrMissing, at, "nobody_responsible", nil)
	}
}

func (c checker) milestones() {
	c.count("milestones", len(c.plan.Milestones), MaxParts)
	known := map[string]int{}
	for i, m := range c.plan.Milestones {
		at := check.At("milestones", i) + "."
		c.id("milestones", i, m.ID, known)
		c.text(at, m.Name, m.NameZH)
		c.day(at+"due", m.Due, false)
		if len(m.Actions) == 0 {
			c.problems.Add(check.ErrMissing, at+"actions", "missing_action", nil)
		}
		c.refs(at+"actions", "action", m.Actions, c.known.actions, MaxLinks)
	}
}

func (c checker) people() {
	ids := map[string]int{}
	c.count("people", len(c.plan.People), MaxPeople)
	for i := range c.plan.People {
		p := &c.plan.People[i]
		at := check.At("people", i) + "."
		c.id("people", i, p.ID, ids)
		c.text(at, p.Name, "")
		checkNumber(c.problems, at+"share", p.Share, false)
		if p.Share.Defined() && (p.Share.Sign() <= 0 || kpi.Int(1).Less(p.Share)) {
			c.problems.Add(check.ErrRange, at+"share", "not_a_share", p.Share, "above", 0, "most", 1)
		}
		c.away(at+"away", p.Away)
	}
}

func (c checker) away(at string, away []calendar.Period) {
	c.count(at, len(away), MaxLinks)
	for i, period := range away {
		if period.IsZero() {
			c.problems.Add(check.ErrMissing, check.At(at, i), "missing_period", nil)
		}
	}
	order := make([]int, len(away))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return away[i].Compare(away[j]) })
	for k := 1; k < len(order); k++ {
		before, now := away[order[k-1]], away[order[k]]
		if both, overlap := before.Intersect(now); overlap {
			c.problems.Add(check.ErrOverlap, check.At(at, order[k]), "away_overlap", now, "with", check.At(at, order[k-1]), "days", both)
		}
	}
}

func (c checker) routines() {
	c.count("routines", len(c.plan.Routines), MaxParts)
	known := map[string]int{}
	for i, r := range c.plan.Routines {
		at := check.At("routines", i) + "."
		c.id("routines", i, r.ID, known)
		c.text(at, r.Name, r.NameZH)
		if r.Every != calendar.Daily && r.Every != calendar.Weekly && r.Every != calendar.Monthly {
			c.problems.Add(check.ErrInvalid, at+"every", "not_a_rhythm", r.Every, "known", "day week month")
		}
		if len(r.People) == 0 {
			c.problems.Add(check.ErrMissing, at+"people", "missing_person", nil)
		}
		c.refs(at+"people", "person", r.People, c.known.people, MaxPeople)
		c.amount(at+"effort", r.Effort)
	}
}

func (c checker) activities() {
	ids := map[string]int{}
	c.count("activities", len(c.plan.Activities), MaxParts)
	for i, a := range c.plan.Activities {
		at := check.At("activities", i) + "."
		c.id("activities", i, a.ID, ids)
		c.text(at, a.Name, a.NameZH)
		c.amount(at+"effort", a.Effort)
	}
}
