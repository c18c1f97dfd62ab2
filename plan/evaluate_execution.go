package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// StrategyOutcome is one strategy at the end: what was promised of it and what
// came, what it cost, and what became of its actions.
type StrategyOutcome struct {
	Strategy string      `json:"strategy"`
	Kind     action.Kind `json:"kind"`
	Owner    string      `json:"owner,omitzero"`
	Goal     string      `json:"goal,omitzero"` // that it served; none: every goal

	Progress action.Progress   `json:"progress"`
	Budget   action.BudgetLine `json:"budget"`  // with promised, seen and both returns
	Outcome  kpi.Outcome       `json:"outcome"` // of what was seen against what was promised
	Cases    []string          `json:"cases"`   // of Evaluation.Changes that are about it or one of its actions
}

// execute says what became of the actions and strategies.
func (e *Evaluation) execute(p Plan, review Review) {
	e.Strategies = []StrategyOutcome{}
	r := review.Beside.Execution
	if r == nil {
		return
	}
	e.Execution = r
	names := map[string]action.Strategy{}
	for _, s := range p.Actions.Strategies {
		names[s.ID] = s
	}
	for _, line := range r.Budget.Strategies { // by ID
		s, known := names[line.Strategy]
		if !known {
			continue
		}
		o := e.outcome(s, line, r)
		e.Strategies = append(e.Strategies, o)
		e.Findings = append(e.Findings, o.findings(p, s)...)
	}
	e.findUndone(p, r)
	e.findMilestones(p, r)
}

func (e *Evaluation) outcome(s action.Strategy, line action.BudgetLine, r *action.Report) StrategyOutcome {
	o := StrategyOutcome{Strategy: s.ID, Kind: s.Kind, Owner: s.Owner, Goal: s.Goal, Budget: line, Cases: []string{}}
	if i := slices.IndexFunc(r.Strategies, func(x action.ProgressOf) bool { return x.ID == s.ID }); i >= 0 {
		o.Progress = r.Strategies[i].Progress
	}
	if line.Promised.Defined() && line.Seen.Defined() {
		o.Outcome = kpi.TargetMet
		if line.Seen.Less(line.Promised) {
			o.Outcome = kpi.TargetMissed
		}
	}
	for _, c := range e.Changes {
		status, known := r.Status(c.ID)
		if c.ID == s.ID || known && status.Strategy == s.ID {
			o.Cases = append(o.Cases, c.ID)
		}
	}
	slices.Sort(o.Cases)
	return o
}

// findings says whether a strategy kept its promise and its budget.
func (o StrategyOutcome) findings(p Plan, s action.Strategy) []Found {
	all, text, line := []Found{}, p.Actions.Unit.Text, o.Budget
	figure := kpi.Figure{Owner: o.Strategy, Period: p.Actions.Period}
	if g, known := p.goal(o.Goal); known {
		figure.Metric = g.Metric
	}
	name := []any{"name", cmp.Or(s.Name, s.NameZH, s.ID), "name_zh", cmp.Or(s.NameZH, s.Name, s.ID), "promised", text(line.Promised), "seen", text(line.Seen)}
	worth := []Evidence{figureAs(IsPromised, figure, line.Promised), figureAs(IsSeen, figure, line.Seen)}
	switch {
	case o.Outcome == kpi.TargetMissed:
		all = append(all, Found{warning("strategy_below_promise", o.Strategy, append(name, "short", text(line.Promised.Sub(line.Seen)))...), worth})
	case o.Outcome == kpi.TargetMet:
		f := warning("strategy_kept_promise", o.Strategy, name...)
		f.Severity = check.Info
		all = append(all, Found{f, worth})
	case line.Promised.Defined() && len(o.Cases) == 0:
		all = append(all, Found{warning("strategy_unmeasured", o.Strategy, name...), worth[:1]})
	}
	budget, used := line.Frame.Or(line.Planned), line.Committed.Add(line.Spent)
	if budget.Less(used) {
		all = append(all, Found{warning("strategy_over_budget", o.Strategy, append(name, "used", text(used), "over", text(used.Sub(budget)), "budget", text(budget))...),
			[]Evidence{figureAs(IsBudget, figure, budget), figureAs(IsSpent, figure, used)}})
	}
	return all
}

// findUndone says how many actions are not done although they were due.
func (e *Evaluation) findUndone(p Plan, r *action.Report) {
	undone := r.Progress.Overdue + r.Progress.LateToStart
	if undone == 0 {
		return
	}
	args := append(fewCalled("actions", r.Late, func(l action.Late) []any {
		return append([]any{"name", l.Action, "name_zh", l.Action}, p.actionCalled(l.Action)...)
	}),
		"undone", undone, "planned", r.Progress.Planned, "on_time", kpi.Share(0).Text(r.Progress.OnTimeShare.Value()))
	e.Findings = append(e.Findings, Found{warning("actions_undone", p.Actions.ID, args...), []Evidence{}})
}

// findMilestones names those that were not reached by their day.
func (e *Evaluation) findMilestones(p Plan, r *action.Report) {
	late := slices.DeleteFunc(slices.Clone(r.Milestones), func(m action.MilestoneStatus) bool {
		return m.Status != action.Overdue && !(m.Status == action.Done && m.Reached > m.Due)
	})
	if len(late) == 0 {
		return
	}
	args := append(fewCalled("milestones", late, func(m action.MilestoneStatus) []any {
		return append([]any{"name", m.Milestone, "name_zh", m.Milestone}, p.milestoneCalled(m.Milestone)...)
	}),
		"n", len(late), "of", len(r.Milestones))
	e.Findings = append(e.Findings, Found{warning("milestones_unreached", p.Actions.ID, args...), []Evidence{}})
}

// milestoneCalled gives what a milestone is called.
func (p Plan) milestoneCalled(id string) []any {
	for _, m := range p.Actions.Milestones {
		if m.ID == id {
			return called(m.Name, m.NameZH)
		}
	}
	return nil
}

// fewCalled names the first of a list in both languages; name gives arguments
// of which the last name and name_zh count.
func fewCalled[E any](arg string, list []E, name func(E) []any) []any {
	in := func(lang string) string {
		return few(list, func(e E) string { return check.Args(name(e)...)[lang] })
	}
	return []any{arg, in("name"), arg + "_zh", strings.ReplaceAll(in("name_zh"), ", ", "、")}
}

// few names the first five of a list, and how many more there are.
func few[E any](list []E, name func(E) string) string {
	const most = 5
	names := []string{}
	for _, e := range list[:min(len(list), most)] {
		names = append(names, name(e))
	}
	if more := len(list) - most; more > 0 {
		names = append(names, "+ "+kpi.Int(int64(more)).String())
	}
	return strings.Join(names, ", ")
}

// goalPartCalled gives what a goal, or the part of one, is called.
func (p Plan) goalPartCalled(g target.Goal) []any {
	m, _ := p.metric(g.Metric)
	whole, _ := p.goal(g.ID)
	s := scope{goal: g, metric: m, cut: whole.Period != g.Period}
	return inBoth("goal_name", s.name(p.Calendar, "en"), s.name(p.Calendar, "zh"))
}

// rest says what became of the assumptions on which goals rested.
func (e *Evaluation) rest(p Plan, c Closing) {
	e.Assumptions = p.Preparation.believed(c.AsOf)
	for _, g := range e.Goals {
		if g.Tracking.Status != target.Missed {
			continue
		}
		for _, a := range e.Assumptions {
			code := map[Belief]string{Fails: "missed_on_assumption", Unproven: "missed_unchecked"}[a.Assumption.State]
			if code == "" || !slices.Contains(a.Assumption.Goals, g.Goal.ID) {
				continue
			}
			f := warning(code, g.Goal.Owner, append(append(a.Assumption.says(), p.goalPartCalled(g.Goal)...),
				"goal", g.Goal.ID, "assumption", a.Assumption.ID, "owner", a.Assumption.Owner)...)
			e.Findings = append(e.Findings, Found{f, OwnerReview{Owner: g.Goal.Owner, Tracking: g.Tracking}.evidence()})
		}
	}
}
