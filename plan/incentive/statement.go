package incentive

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Statement says what one payee is paid for one period, line by line. It is
// a record that goes through JSON and comes back equal.
//
//	payout = earned − held + released + taken back + corrected + drawn
//
// and it is also the sum of what the lines pay. Of the credits handed in
// each is counted or excluded, under one reason:
//
//	read = counted + len(excluded)
//
// A payout is undefined, with the reason, where one of the components has no
// number (a quota of zero, say); such a statement cannot be posted, and its
// closing position is refused as the opening of another.
type Statement struct {
	Plan       string          `json:"plan"`
	Payee      string          `json:"payee"`
	Period     calendar.Period `json:"period"`
	Unit       kpi.Unit        `json:"unit"`
	Components []ComponentPay  `json:"components"` // in the order of the plan
	Lines      []Line          `json:"lines"`
	Totals     Totals          `json:"totals"`
	Payout     kpi.Value       `json:"payout"`
	Read       int             `json:"read"`
	Counted    int             `json:"counted"`
	Excluded   []Exclusion     `json:"excluded"` // in the order of days and IDs
	Closing    Position        `json:"closing"`
	Findings   []check.Finding `json:"findings"`
}

// Totals is what the payout is made of.
type Totals struct {
	Earned    kpi.Value `json:"earned"`     // by the components in the period
	Held      kpi.Value `json:"held"`       // of it, until cash is collected
	Released  kpi.Value `json:"released"`   // held pay whose cash came in
	TakenBack kpi.Value `json:"taken_back"` // clawed back from what was paid, below zero
	Corrected kpi.Value `json:"corrected"`  // earlier periods' differences
	Drawn     kpi.Value `json:"drawn"`      // advanced by the draw; below zero where paid back
}

// ComponentPay says what one component came to.
type ComponentPay struct {
	Component  string    `json:"component"`
	Credited   kpi.Value `json:"credited"` // counted in the period
	Position   kpi.Value `json:"position"` // where tiers and curve were read
	Quota      kpi.Value `json:"quota"`
	Attainment kpi.Value `json:"attainment"` // of the position
	ToDate     kpi.Value `json:"to_date"`    // attainment from the opening on, this period and reversals included
	Gate       bool      `json:"gate"`       // open
	Factor     kpi.Value `json:"factor"`     // of the accelerator; 1 without
	Exact      kpi.Value `json:"exact"`      // pay before rounding
	Earned     kpi.Value `json:"earned"`
}

// Statement computes what a payee is paid for a period.
//
// The same input in any order gives the same statement, to the byte. Within
// a period credits are taken by day and then by ID, which matters only where
// marginal tiers say which deal lies in which tier; a reversal that counts on
// the day of its original follows it at once, so it takes back what that
// earned.
//
// It returns an error, every problem at once and with its path, if the plan
// or the input is not valid. Time is linear in credits but for their sorting,
// and for reversals, each of which looks through Posted and what is held.
func (p Plan) Statement(in Input) (Statement, error) {
	if err := p.validate(&in); err != nil {
		return Statement{}, err
	}
	return p.statement(&in), nil
}

func (p Plan) statement(in *Input) Statement {
	items, excluded := p.choose(in)
	accounts := p.accounts(in, items)
	floor, cut := p.round(accounts, earnedBefore(in.Opening), prorationOf(in))
	s := Statement{Plan: p.ID, Payee: in.Payee, Period: in.Period, Unit: p.Unit,
		Read: len(in.Credits), Counted: len(items), Excluded: excluded}
	n := len(floor)
	for i := range accounts {
		n += len(accounts[i].lines)
	}
	s.Lines = make([]Line, 0, n+8)
	for i := range accounts {
		s.Lines = append(s.Lines, accounts[i].lines...)
	}
	s.Lines = append(s.Lines, floor...)
	b := p.settle(&s, in, accounts)
	s.close(in, accounts, b)
	s.Findings = s.findings(accounts, cut)
	return s
}

// accounts computes what every component earns, exactly.
func (p Plan) accounts(in *Input, items []item) []account {
	accounts := make([]account, len(p.Components))
	for i := range accounts {
		a := &accounts[i]
		a.c, a.proration = &p.Components[i], prorationOf(in)
		if a.c.ToDate {
			a.proration = kpi.Int(1)
		}
		for _, it := range items {
			if !a.c.takes(it.credit) {
				continue
			}
			e := entry{credit: it.credit, base: a.c.counted(it.credit)}
			if it.credit.Reverses != "" && it.original == nil && p.Reversal.Policy == AsPaid {
				a.earlier = append(a.earlier, e)
			} else {
				a.entries = append(a.entries, e)
			}
		}
		a.measure(in, resultOf(in.Results, a.c.ID))
	}
	for i := range accounts {
		accounts[i].gates(accounts)
	}
	for i := range accounts {
		a := &accounts[i]
		a.earn(in.Period, accounts)
		a.within()
	}
	return accounts
}

func prorationOf(in *Input) kpi.Value { return in.Proration.Or(kpi.Int(1)) }

func resultOf(results []Result, component string) Result {
	for _, r := range results {
		if r.Component == component {
			return r
		}
	}
	return Result{}
}

func earnedBefore(o Position) kpi.Value {
	sum := kpi.Int(0)
	for _, s := range o.Components {
		sum = plus(sum, s.Earned)
	}
	return sum
}

// close adds up.
func (s *Statement) close(in *Input, accounts []account, b *book) {
	s.Components = make([]ComponentPay, len(accounts))
	s.Closing.Components = make([]Standing, len(accounts))
	for i := range accounts {
		a := &accounts[i]
		s.Components[i] = a.summary()
		standing := a.closing()
		standing.Earned = plus(a.opening.Earned, s.Components[i].Earned)
		s.Closing.Components[i] = standing
	}
	slices.SortFunc(s.Closing.Components, func(a, b Standing) int { return cmp.Compare(a.Component, b.Component) })
	zero := kpi.Int(0)
	t := Totals{zero, zero, zero, zero, zero, zero}
	s.Payout = zero
	for i := range s.Lines {
		l := &s.Lines[i]
		s.Lines[i].Of = periodOr(l.Of, in.Period)
		t.add(l)
		s.Payout = s.Payout.Add(l.Paid)
	}
	s.Totals = t
	s.Closing.Held = b.left()
	s.Closing.Draw = b.draw
}

func periodOr(p, other calendar.Period) calendar.Period {
	if p.IsZero() {
		return other
	}
	return p
}

func (t *Totals) add(l *Line) {
	switch l.Kind {
	case Release:
		t.Released = t.Released.Add(l.Paid)
	case Clawback:
		t.TakenBack = t.TakenBack.Add(l.Paid)
	case Correction:
		t.Corrected = t.Corrected.Add(l.Paid)
	case Advance, Recovery:
		t.Drawn = t.Drawn.Add(l.Paid)
	default:
		t.Earned = t.Earned.Add(l.Amount)
		t.Held = t.Held.Add(l.Held)
	}
}

func (a *account) summary() ComponentPay {
	c := ComponentPay{Component: a.c.ID, Credited: a.credited, Position: a.position, Quota: a.quota, Attainment: a.attainment, ToDate: a.toDate,
		Gate: a.open, Factor: a.factor, Exact: a.exact(), Earned: kpi.Int(0)}
	if a.undefined != 0 {
		c.Earned = c.Exact
		return c
	}
	for i := range a.lines {
		c.Earned = c.Earned.Add(a.lines[i].Amount)
	}
	return c
}
