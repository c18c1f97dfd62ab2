package plan

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"github.com/saleskpi/saleskpi/target"
)

// PayOutcome is what incentives paid, beside who reached what: whether pay
// followed the goals.
type PayOutcome struct {
	Unit   kpi.Unit  `json:"unit"`
	Total  kpi.Value `json:"total"`  // undefined where one payout is
	Payees []PayLine `json:"payees"` // by ID
	Met    PayGroup  `json:"met"`    // those who reached every goal of theirs that is over
	Missed PayGroup  `json:"missed"` // those who did not
	Others PayGroup  `json:"others"` // who have no such goal, or one that nobody can judge
}

// PayLine is what one person was paid, by all statements of the period.
type PayLine struct {
	Payee  string    `json:"payee"`
	Payout kpi.Value `json:"payout"`
	Met    int       `json:"met"`    // goals of the payee that are over and were reached
	Missed int       `json:"missed"` // and that were not
	Open   int       `json:"open"`   // and of which that is not known
}

// PayGroup is what some payees were paid.
type PayGroup struct {
	N       int       `json:"n"`
	Paid    kpi.Value `json:"paid"`
	PerHead kpi.Value `json:"per_head"` // paid ÷ n
}

// pay sets what was paid beside what was reached.
func (e *Evaluation) pay(problems *check.List, review Review, c Closing) {
	if len(c.Statements) == 0 {
		return
	}
	checkStatements(problems, c.Statements)
	lines := map[string]*PayLine{}
	for _, s := range c.Statements {
		if lines[s.Payee] == nil {
			lines[s.Payee] = &PayLine{Payee: s.Payee, Payout: kpi.Int(0)}
		}
		lines[s.Payee].Payout = lines[s.Payee].Payout.Add(s.Payout)
	}
	for _, g := range review.Goals {
		if g.Goal.Period.Last() > c.AsOf {
			continue
		}
		for i := range g.Owners {
			if line := lines[g.Owners[i].Owner]; line != nil {
				line.judge(g.Owners[i].Tracking.Status)
			}
		}
	}
	o := PayOutcome{Unit: c.Statements[0].Unit, Total: kpi.Int(0), Payees: []PayLine{}}
	for _, id := range slices.Sorted(maps.Keys(lines)) {
		o.Payees = append(o.Payees, *lines[id])
	}
	o.add()
	e.Pay = &o
	e.Findings = append(e.Findings, o.findings(c)...)
}

func (l *PayLine) judge(s target.Status) {
	switch s {
	case target.Met:
		l.Met++
	case target.Missed:
		l.Missed++
	default:
		l.Open++
	}
}

func checkStatements(problems *check.List, all []incentive.Statement) {
	type one struct {
		plan, payee string
		period      calendar.Period
	}
	seen := map[one]bool{}
	for i, s := range all {
		at := check.At("statements", i)
		problems.ID(at+".payee", "missing_payee", s.Payee)
		if s.Unit != all[0].Unit {
			problems.Add(check.ErrUnit, at+".unit", "other_unit", s.Unit, "unit", all[0].Unit)
		}
		if k := (one{s.Plan, s.Payee, s.Period}); seen[k] {
			problems.Add(check.ErrDuplicate, at, "statement_twice", s.Payee, "plan", s.Plan, "period", s.Period)
		} else {
			seen[k] = true
		}
	}
}

// add puts the payees in their groups.
func (o *PayOutcome) add() {
	groups := []*PayGroup{&o.Met, &o.Missed, &o.Others}
	for _, g := range groups {
		g.Paid = kpi.Int(0)
	}
	for _, l := range o.Payees {
		g := &o.Others
		switch {
		case l.Missed > 0:
			g = &o.Missed
		case l.Met > 0 && l.Open == 0:
			g = &o.Met
		}
		g.N++
		g.Paid = g.Paid.Add(l.Payout)
		o.Total = o.Total.Add(l.Payout)
	}
	for _, g := range groups {
		g.PerHead = g.Paid.Div(kpi.Int(int64(g.N)))
	}
}

func (o PayOutcome) findings(c Closing) []Found {
	all := []Found{}
	paid := func(l PayLine) Evidence {
		return Evidence{IsPaid, kpi.Figure{Owner: l.Payee, Period: c.Statements[0].Period, Value: l.Payout}}
	}
	for _, l := range o.Payees {
		if why := l.Payout.Reason(); !l.Payout.Defined() {
			all = append(all, Found{warning("pay_unknown", l.Payee, "reason", why.Title("en"), "reason_zh", why.Title("zh")), []Evidence{paid(l)}})
		}
	}
	if !o.Met.PerHead.Defined() || !o.Missed.PerHead.Defined() || o.Missed.PerHead.Less(o.Met.PerHead) {
		return all
	}
	evidence := []Evidence{}
	for _, l := range o.Payees {
		if l.Missed > 0 || l.Met > 0 && l.Open == 0 {
			evidence = append(evidence, paid(l))
		}
	}
	return append(all, Found{warning("pay_not_following", c.Owner, "met", o.Met.N, "missed", o.Missed.N,
		"met_paid", o.Unit.Text(o.Met.PerHead), "missed_paid", o.Unit.Text(o.Missed.PerHead)), evidence})
}
