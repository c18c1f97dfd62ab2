package plan

import "github.com/saleskpi/saleskpi/kpi"

// Tables gives an evaluation as flat tables, always all of them and in this
// order:
//
//	strategies   what was promised of each and what came, by ID
//	changes      what changed after each case, in the order of the cases
//	pay          what each payee was paid beside the goals reached, by ID
//	evidence     one row for each figure of each finding, in their order; one without figures has a row of its own
//	suggestions  in the order of the evaluation
func (e Evaluation) Tables() []Table {
	all := []Table{}
	for _, table := range []func(sheet) *Table{e.strategyTable, e.changeTable, e.payTable, e.evidenceTable, e.suggestionTable} {
		all = append(all, *table(sheet{plan: e.Plan, asOf: e.AsOf}))
	}
	return all
}

func (e Evaluation) strategyTable(s sheet) *Table {
	s.Table = newTable("strategies", "strategy text ID of the strategy", "kind text promotion, customer relationship, pricing, product or channel", "goal text that it served; empty: every goal",
		"owner text who answers for it", "planned_actions integer that were not dropped", "done_actions integer done", "on_time_share ratio on time of done and overdue",
		"unit text currency", "scale integer places of the amounts", "planned amount budgets of its actions", "spent amount paid", "promised amount what it was to be worth",
		"seen amount what changed after it", "return ratio (seen - spent) / spent", "outcome text seen against promised")
	unit := kpi.Unit{}
	if e.Execution != nil {
		unit = e.Execution.Budget.Unit
	}
	s = s.in(unit)
	for _, o := range e.Strategies {
		s.row(o.Strategy, o.Kind, o.Goal, o.Owner, o.Progress.Planned, o.Progress.Done, o.Progress.OnTimeShare.Value(), unit.Currency, s.scale,
			o.Budget.Planned, o.Budget.Spent, o.Budget.Promised, o.Budget.Seen, o.Budget.Return, o.Outcome)
	}
	return s.Table
}

func (e Evaluation) changeTable(s sheet) *Table {
	s.Table = newTable("changes", "case text ID of the case", "units integer that counted", "others integer without the action that counted", "before number mean of the units", "after number likewise",
		"changed number after less before", "promised number change that was promised", "expected number change that was to be expected without it", "net number changed less expected",
		"low number of the net", "high number of the net", "q ratio how likely as much is by chance, adjusted", "basis text what was expected by", "verdict text beyond chance or not")
	for _, c := range e.Changes {
		promised := c.Promised
		if promised == (kpi.Value{}) {
			promised = kpi.Undefined(kpi.NotApplicable)
		}
		s.row(c.ID, c.Units.Counted, c.Others.Counted, c.Units.Before, c.Units.After, c.Units.Changed, promised, c.Expected, c.Net, c.Low, c.High, c.Q, c.Basis, c.Verdict)
	}
	return s.Table
}

func (e Evaluation) payTable(s sheet) *Table {
	s.Table = newTable("pay", "payee text ID of the person", "unit text currency", "scale integer places of the amounts", "payout amount what was paid", "met integer goals that are over and were reached",
		"missed integer and that were not", "open integer and of which that is not known")
	if e.Pay == nil {
		return s.Table
	}
	s = s.in(e.Pay.Unit)
	for _, l := range e.Pay.Payees {
		s.row(l.Payee, e.Pay.Unit.Currency, s.scale, l.Payout, l.Met, l.Missed, l.Open)
	}
	return s.Table
}

func (e Evaluation) evidenceTable(s sheet) *Table {
	s.Table = newTable("evidence", "finding integer its place, from 1 on", "severity text info, warning or critical", "code text what was found", "subject text what it is about",
		"is text what the figure is", "metric text of the figure", "owner text of the figure", "start day first day of its period", "end day last day of its period", "value number the figure")
	for i, f := range e.Findings {
		for _, x := range f.Evidence {
			s.row(i+1, f.Finding.Severity, f.Finding.Code, f.Finding.Subject, x.Is, x.Metric, x.Owner, x.Period.Start(), x.Period.Last(), x.Value)
		}
		if len(f.Evidence) == 0 {
			s.row(i+1, f.Finding.Severity, f.Finding.Code, f.Finding.Subject, "", "", "", "", "", kpi.Undefined(kpi.NotApplicable))
		}
	}
	return s.Table
}

func (e Evaluation) suggestionTable(s sheet) *Table {
	s.Table = newTable("suggestions", "owner text who it is for", "rule text ID of the rule", "kind text what sort of action", "name text what to do", "name_zh text likewise",
		"lever text that it moves", "effect ratio expected change of the lever", "confidence text in the effect", "source text where the effect is from",
		"goal text that it is held against", "worth number what the effect brings to it", "needed ratio change of the lever alone that closes its gap")
	none := kpi.Undefined(kpi.NotApplicable)
	for _, x := range e.Suggestions {
		effect, worth, needed := x.Do.Effect, x.Worth, x.Needed
		for _, v := range []*kpi.Value{&effect, &worth, &needed} {
			if *v == (kpi.Value{}) {
				*v = none // it moves no lever, or nobody asked
			}
		}
		s.row(x.Owner, x.Rule, x.Do.Kind, x.Do.Name, x.Do.NameZH, x.Do.Lever, effect, x.Do.Confidence, x.Do.Source, x.Goal, worth, needed)
	}
	return s.Table
}
