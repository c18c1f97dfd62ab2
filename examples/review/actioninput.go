package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// readActions reads how the goal is to be reached, and what became of it.
func (in *input) readActions() {
	strategies, actions := map[string]bool{}, map[string]bool{}
	in.readStrategies(strategies)
	rows := in.optional(actionsFile, "action", "action_zh", "strategy", "accountable", "responsible", "effort", "start", "due", "after", "budget")
	for _, r := range rows {
		in.records.Plan.Actions = append(in.records.Plan.Actions, in.action(r, actions, strategies))
	}
	for _, r := range rows {
		for _, before := range r.list("after") {
			if !actions[before] {
				r.problem(check.ErrUnknown, "after", "unknown_action")
			}
		}
	}
	in.readProgress(actions)
	in.checkActions(rows)
}

func (in *input) readStrategies(seen map[string]bool) {
	for _, r := range in.optional(strategiesFile, "strategy", "strategy_zh", "kind", "lever", "change", "evidence", "evidence_zh", "start", "owner", "budget", "sellers", "chosen_low") {
		var s Strategy
		s.Start, s.Owner, s.Budget = r.needDay("start"), r.need("owner"), r.notNegative("budget")
		s.Sellers, s.ChosenLow = r.list("sellers"), r.yes("chosen_low")
		r.need("kind")
		r.word("kind", &s.Kind, "promotion", "customer_relationship", "pricing", "product", "channel")
		s.Effects = []action.Effect{r.effect()}
		for _, seller := range s.Sellers {
			if in.sellers != nil && !in.sellers[seller] {
				r.problem(check.ErrUnknown, "sellers", "unknown_seller", "known_from", teamsFile)
			}
		}
		s.ID = in.named(r, "strategy", seen)
		in.records.Plan.chinese[s.Effects[0].Evidence] = r.text("evidence_zh")
		s.Name, s.NameZH = s.ID, cmp.Or(r.text("strategy_zh"), s.ID)
		in.records.Plan.Strategies = append(in.records.Plan.Strategies, s)
	}
}

func (r row) effect() action.Effect {
	e := action.Effect{Change: r.number("change"), Evidence: r.text("evidence")}
	r.need("lever")
	r.word("lever", &e.Lever, "leads", "conversion", "deal_size")
	if r.need("change") != "" && e.Change.Defined() && (e.Change.Sign() == 0 || !kpi.Int(-1).Less(e.Change)) {
		r.problem(check.ErrRange, "change", "not_a_change")
	}
	return e
}

// yes reads yes, no or nothing, which is no.
func (r row) yes(column string) bool {
	s := r.text(column)
	if s != "" && s != "yes" && s != "no" {
		r.problem(check.ErrUnknown, column, "unknown_word", "known", "yes no")
	}
	return s == "yes"
}

// action reads one action. Its effort is that of each who does it.
func (in *input) action(r row, seen, strategies map[string]bool) action.Action {
	a := action.Action{Strategy: r.text("strategy"), Start: r.needDay("start"), Due: r.needDay("due"), After: r.list("after"), Budget: r.notNegative("budget")}
	a.ID = in.named(r, "action", seen)
	a.Name, a.NameZH = a.ID, cmp.Or(r.text("action_zh"), a.ID)
	a.Roles = []action.Role{{Person: r.need("accountable"), Part: action.Accountable}}
	effort := r.notNegative("effort")
	r.need("responsible")
	for _, person := range r.list("responsible") {
		a.Roles = append(a.Roles, action.Role{Person: person, Part: action.Responsible, Effort: effort})
	}
	switch {
	case !in.records.Plan.Has[strategiesFile]:
		a.Strategy = "" // left out, and with it what belongs to which
	case a.Strategy != "" && !strategies[a.Strategy]:
		r.problem(check.ErrUnknown, "strategy", "unknown_strategy", "known_from", strategiesFile)
	}
	return a
}

// readProgress reads the journal of the actions; without actions there is
// nothing that it could be about.
func (in *input) readProgress(actions map[string]bool) {
	if !in.records.Plan.Has[actionsFile] {
		return
	}
	for _, r := range in.optional(progressFile, "day", "action", "what", "amount") {
		e := Event{Day: r.needDay("day"), Action: r.need("action"), What: r.need("what"), Amount: r.number("amount")}
		if !actions[e.Action] && e.Action != "" {
			r.problem(check.ErrUnknown, "action", "unknown_action", "known_from", actionsFile)
		}
		switch e.What {
		case "started", "done", "dropped", "":
		case "left", "spent", "committed":
			r.need("amount")
		default:
			r.problem(check.ErrUnknown, "what", "unknown_word", "known", "started done dropped left spent committed")
		}
		in.records.Plan.Progress = append(in.records.Plan.Progress, e)
	}
}

// checkActions has the library look for what no cell shows alone, such as
// actions that wait for one another or a person twice, and gives that its line
// in the file.
func (in *input) checkActions(rows []row) {
	if !in.problems.Empty() || len(rows) == 0 {
		return
	}
	p := in.records.Plan
	all := p.ActionPlan(p.days(), kpi.Money("XXX", 2))
	for _, problem := range check.All(all.Validate()) {
		in.problems.Nest(lineOf(problem.Path, rows), problem)
	}
	for _, problem := range check.All(action.Input{AsOf: all.Period.Last(), Records: p.records(all.Period.Last()), Costs: p.costs()}.ValidateFor(all)) {
		in.problems.Nest(progressFile, problem)
	}
}

// lineOf gives where an action of the plan stands in the file.
func lineOf(path string, rows []row) string {
	var i int
	if _, err := fmt.Sscanf(path, "actions[%d]", &i); err != nil || !strings.HasPrefix(path, "actions[") || i >= len(rows) {
		return actionsFile
	}
	return fmt.Sprintf("%s:%d", actionsFile, rows[i].line)
}
