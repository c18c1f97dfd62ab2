package plan

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Tables gives what stands beside the goals of a review as flat tables, always
// all of them and in this order; a table that nobody handed anything in for has
// no rows. The alerts are those of [Review.Alerts].
//
//	actions     one row for each action, by ID
//	milestones  by their day, then ID
//	progress    of all actions, of each strategy and of each accountable person, by ID
//	budget      one row for each strategy, by ID; they add up to the total of the report
//	coverage    open deals against what is missing, by owner
//	landings    where the period ends, by owner
//	stages      the open stages of each owner's funnel, in their order
//	scores      of each card first the whole (kind card), then its items in their order
//	metrics     numbers of owners, by metric and owner
//	alerts      in the order in which they are handed in
//	findings    of the whole review, then of each goal's owners
func (r Review) Tables(alerts []Alert) []Table {
	all := []Table{}
	for _, table := range []func(sheet) *Table{r.actionTable, r.milestoneTable, r.progressTable, r.budgetTable, r.coverageTable, r.landingTable,
		r.stageTable, r.scoreTable, r.metricTable, func(s sheet) *Table { return r.alertTable(s, alerts) }, r.findingTable} {
		all = append(all, *table(sheet{plan: r.Plan, asOf: r.AsOf}))
	}
	return all
}

// execution gives what was tracked; nothing where nobody did.
func (r Review) execution() action.Report {
	if r.Beside.Execution == nil {
		return action.Report{}
	}
	return *r.Beside.Execution
}

func (s sheet) in(u kpi.Unit) sheet {
	s.scale = u.Scale
	if u == (kpi.Unit{}) {
		s.scale = ratioPlaces // nobody says which currency
	}
	return s
}

func (r Review) actionTable(s sheet) *Table {
	s.Table = newTable("actions", "action text ID of the action", "strategy text ID of its strategy", "owner text who is accountable", "status text where it stands",
		"start day first day of work", "due day last day of work", "started day when it was begun", "done day when it was done", "days_late integer working days late",
		"blocked_by text what it waits for, separated by blanks", "blocks integer actions that wait for it", "expected day when it is done at the earliest",
		"slack integer working days to spare", "unit text currency", "scale integer places of the amounts",
		"planned amount budget", "committed amount ordered and not paid", "spent amount paid")
	report := r.execution()
	s = s.in(report.Budget.Unit)
	for _, a := range report.Actions {
		slack := a.Slack
		if a.Status == action.Done || a.Status == action.Dropped {
			slack = kpi.Undefined(kpi.NotApplicable)
		}
		s.row(a.Action, a.Strategy, a.Owner, a.Status, a.Start, a.Due, a.Started, a.Done, a.DaysLate, a.BlockedBy, a.Blocks, a.Expected, slack,
			report.Budget.Unit.Currency, s.scale, a.Spending.Planned, a.Spending.Committed, a.Spending.Spent)
	}
	return s.Table
}

func (r Review) milestoneTable(s sheet) *Table {
	s.Table = newTable("milestones", "milestone text ID of the milestone", "status text where it stands", "due day its day", "done integer actions done",
		"of integer actions that count", "done_share ratio done of those that count", "reached day when the last was done", "expected day when it will be at the earliest",
		"days_late integer working days late", "waiting text actions not done, separated by blanks")
	for _, m := range r.execution().Milestones {
		s.row(m.Milestone, m.Status, m.Due, m.Done.Num(), m.Done.Den(), m.Done.Value(), m.Reached, m.Expected, m.DaysLate, m.Waiting)
	}
	return s.Table
}

func (r Review) progressTable(s sheet) *Table {
	s.Table = newTable("progress", "kind text all, strategy or owner", "id text of the strategy or person", "planned integer actions that were not dropped",
		"to_come integer not begun, and need not be", "late_to_start integer not begun, and should be", "running integer begun and not due", "overdue integer not done, and should be",
		"done integer done", "dropped integer given up", "started integer begun, whatever became of them", "due integer whose last day is over", "on_time integer done no later than due",
		"done_share ratio done of planned", "on_time_share ratio on time of done and overdue")
	if r.Beside.Execution == nil {
		return s.Table
	}
	report := r.execution()
	write := func(kind, id string, p action.Progress) {
		s.row(kind, id, p.Planned, p.ToCome, p.LateToStart, p.Running, p.Overdue, p.Done, p.Dropped, p.Started, p.Due, p.OnTime, p.DoneShare.Value(), p.OnTimeShare.Value())
	}
	write("all", "", report.Progress)
	for _, p := range report.Strategies {
		write("strategy", p.ID, p.Progress)
	}
	for _, p := range report.Owners {
		write("owner", p.ID, p.Progress)
	}
	return s.Table
}

func (r Review) budgetTable(s sheet) *Table {
	s.Table = newTable("budget", "strategy text ID of the strategy; empty for what belongs to none", "unit text currency", "scale integer places of the amounts",
		"frame amount the strategy's own budget", "planned amount budgets of its actions", "committed amount ordered and not paid", "spent amount paid",
		"available amount planned less committed and spent", "promised amount what it was to be worth", "seen amount what changed after it",
		"promised_return ratio (promised - planned) / planned", "return ratio (seen - spent) / spent")
	report := r.execution()
	s = s.in(report.Budget.Unit)
	for _, l := range report.Budget.Strategies {
		s.row(l.Strategy, report.Budget.Unit.Currency, s.scale, l.Frame, l.Planned, l.Committed, l.Spent, l.Available, l.Promised, l.Seen, l.PromisedReturn, l.Return)
	}
	return s.Table
}

func (r Review) metricTable(s sheet) *Table {
	s.Table = newTable("metrics", "metric text ID of the metric", "owner text ID of the owner", "start day first day of the period", "end day last day of the period", "value number its value")
	for _, f := range r.Beside.Metrics {
		s.row(f.Metric, f.Owner, f.Period.Start(), f.Period.Last(), f.Value)
	}
	return s.Table
}

func (r Review) alertTable(s sheet, alerts []Alert) *Table {
	s.Table = newTable("alerts", "rule text ID of the rule", "severity text info, warning or critical", "state text raised, standing or over", "goal text ID of the goal",
		"metric text of the goal", "owner text ID of the owner", "value ratio what the rule looks at", "bound ratio where the alert begins", "since day when it was raised", "version text of the target")
	for _, a := range alerts {
		g, _ := r.Goal(a.Goal)
		s.row(a.Rule, a.Severity, a.State, a.Goal, g.Metric.ID, a.Owner, a.Value, a.Bound, a.Since, a.Version)
	}
	return s.Table
}

func (r Review) findingTable(s sheet) *Table {
	s.Table = newTable("findings", "goal text ID of the goal; empty of the whole review", "severity text info, warning or critical", "code text what was found", "subject text what it is about",
		"english text in a sentence", "chinese text likewise")
	sentences := Findings()
	write := func(goal string, found []check.Finding) {
		for _, f := range found {
			s.row(goal, f.Severity, f.Code, f.Subject, sentences.Text(f, "en"), sentences.Text(f, "zh"))
		}
	}
	write("", r.Findings)
	for _, g := range r.Goals {
		for _, o := range g.Owners {
			write(g.Goal.ID, o.Findings)
		}
	}
	return s.Table
}
