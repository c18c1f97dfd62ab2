package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/action"
)

// money gives how amounts of an action plan are written.
func money(p *action.Plan) func(kpi.Value) string {
	if p == nil {
		return plainText
	}
	return p.Unit.Text
}

// named gives what something is called in both languages, as the arguments of
// a finding.
func named(id, name, zh string) []any {
	return []any{"name", cmp.Or(name, zh, id), "name_zh", cmp.Or(zh, name, id)}
}

// strategies tells what is begun, given up or expected anew.
func (c *chronicle) strategies(d ActionsDiff) {
	text := money(cmp.Or(c.to.Actions, c.from.Actions))
	for _, s := range d.Strategies.Added {
		c.add("strategy_new", s.ID, append(named(s.ID, s.Name, s.NameZH), "start", s.Start, "budget", text(s.Budget))...)
	}
	for _, s := range d.Strategies.Removed {
		c.add("strategy_gone", s.ID, append(named(s.ID, s.Name, s.NameZH), "start", s.Start, "budget", text(s.Budget))...)
	}
	for _, pair := range d.Strategies.Changed {
		c.strategy(pair.From, pair.To, text)
	}
}

func (c *chronicle) strategy(from, to action.Strategy, text func(kpi.Value) string) {
	name := named(to.ID, to.Name, to.NameZH)
	c.effects(from, to, name)
	c.step("frame", to.ID, text, from.Budget, to.Budget, name...)
	if from.Start != to.Start {
		c.add("strategy_moved", to.ID, append(name, "from", from.Start, "to", to.Start)...)
	}
	from.Budget, from.Start, from.Effects = to.Budget, to.Start, to.Effects
	if !same(from, to) {
		c.add("strategy_changed", to.ID, append(name, fieldsOf(from, to)...)...)
	}
}

// effects tells what a strategy is expected to do to its levers.
func (c *chronicle) effects(from, to action.Strategy, name []any) {
	for lever := action.NoLever; lever <= action.Retention; lever++ {
		before, after := effect(from, lever), effect(to, lever)
		if same(before, after) {
			continue
		}
		args := append(slices.Clone(name), "lever", lever.Title("en"), "lever_zh", lever.Title("zh"))
		if before.Change == after.Change {
			c.add("effect_argued", to.ID, args...)
		}
		c.step("effect", to.ID, kpi.Share(1).Text, before.Change.Or(kpi.Int(0)), after.Change.Or(kpi.Int(0)), args...)
	}
}

// effect gives what a strategy does to a lever, nothing where it does not move
// it.
func effect(s action.Strategy, l action.Lever) action.Effect {
	for _, e := range s.Effects {
		if e.Lever == l {
			return e
		}
	}
	return action.Effect{}
}

// actions tells of all budgets together, and of what is done by whom and when.
func (c *chronicle) actions(d ActionsDiff) {
	text := money(cmp.Or(c.to.Actions, c.from.Actions))
	if s := d.Settings; s == nil || s.From != nil && s.To != nil && s.From.Unit == s.To.Unit {
		c.step("budget", c.to.ID, text, budgetOf(c.from.Actions), budgetOf(c.to.Actions))
	}
	for _, a := range d.Actions.Added {
		c.add("action_new", a.ID, append(named(a.ID, a.Name, a.NameZH), "owner", a.Owner(), "start", a.Start, "due", a.Due, "budget", text(a.Budget))...)
	}
	for _, a := range d.Actions.Removed {
		c.add("action_gone", a.ID, append(named(a.ID, a.Name, a.NameZH), "owner", a.Owner(), "start", a.Start, "due", a.Due, "budget", text(a.Budget))...)
	}
	for _, pair := range d.Actions.Changed {
		c.action(pair.From, pair.To, text)
	}
	c.milestones(d.Milestones)
	listed(c, "person", d.People, personID)
	listed(c, "routine", d.Routines, routineID)
	listed(c, "activity", d.Activities, activityID)
	switch s := d.Settings; {
	case s == nil:
	case s.From == nil:
		c.add("actions_new", s.To.ID)
	case s.To == nil:
		c.add("actions_gone", s.From.ID)
	default:
		c.add("actions_changed", s.To.ID, fieldsOf(s.From, s.To)...)
	}
}

// budgetOf adds up the budgets of all actions, of which some may have none.
func budgetOf(p *action.Plan) kpi.Value {
	sum := kpi.Int(0)
	for _, a := range someActions(p).Actions {
		sum = sum.Add(a.Budget.Or(kpi.Int(0)))
	}
	return sum
}

func (c *chronicle) action(from, to action.Action, text func(kpi.Value) string) {
	name := named(to.ID, to.Name, to.NameZH)
	switch {
	case from.Due < to.Due:
		c.add("action_later", to.ID, append(name, "from", from.Due, "to", to.Due, "days", int(to.Due-from.Due))...)
	case from.Due > to.Due:
		c.add("action_sooner", to.ID, append(name, "from", from.Due, "to", to.Due, "days", int(from.Due-to.Due))...)
	case from.Start != to.Start:
		c.add("action_begins", to.ID, append(name, "from", from.Start, "to", to.Start)...)
	}
	if from.Owner() != to.Owner() {
		c.add("action_handed_over", to.ID, append(name, "from", from.Owner(), "to", to.Owner())...)
	}
	c.step("effort", to.ID, plainText, from.Effort(), to.Effort(), name...)
	c.step("action_budget", to.ID, text, from.Budget, to.Budget, name...)
	if from.Owner() != to.Owner() || from.Effort() != to.Effort() {
		from.Roles = to.Roles
	}
	from.Start, from.Due, from.Budget = to.Start, to.Due, to.Budget
	if !same(from, to) {
		c.add("action_changed", to.ID, append(name, fieldsOf(from, to)...)...)
	}
}

func (c *chronicle) milestones(all Changes[action.Milestone]) {
	for _, m := range all.Added {
		c.add("milestone_new", m.ID, append(named(m.ID, m.Name, m.NameZH), "due", m.Due)...)
	}
	for _, m := range all.Removed {
		c.add("milestone_gone", m.ID, append(named(m.ID, m.Name, m.NameZH), "due", m.Due)...)
	}
	for _, pair := range all.Changed {
		from, to := pair.From, pair.To
		name := named(to.ID, to.Name, to.NameZH)
		if from.Due != to.Due {
			c.add("milestone_moved", to.ID, append(name, "from", from.Due, "to", to.Due)...)
		}
		if from.Due = to.Due; !same(from, to) {
			c.add("milestone_changed", to.ID, append(name, fieldsOf(from, to)...)...)
		}
	}
}
