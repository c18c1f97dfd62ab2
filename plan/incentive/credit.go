package incentive

import (
	"cmp"
	"maps"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Credit is what one deal counts for one payee: amount × share, times the
// weight of the component that counts it. It is a record.
//
// ID, Metric and Overlay together tell it from the others of a statement, so
// one deal may count as revenue and as a new customer. A reversal (return,
// credit note, cancelled win) is a credit with an amount below zero that
// names what it reverses; an amount below zero without that is a deduction
// and counts on its own day under every policy.
type Credit struct {
	ID       string            `json:"id"`
	Payee    string            `json:"payee,omitzero"`
	Metric   string            `json:"metric,omitzero"` // the default one where left out
	Day      calendar.Day      `json:"day"`             // when it counts: booking, invoice or payment, as the plan's text says
	Amount   kpi.Value         `json:"amount"`          // of the whole deal; undefined where there is none
	Share    kpi.Value         `json:"share,omitzero"`  // of this payee; 1 where left out
	Overlay  bool              `json:"overlay,omitzero"`
	Cost     kpi.Value         `json:"cost,omitzero"`     // of the whole deal, for components on margin
	Currency string            `json:"currency,omitzero"` // where stated, that of the plan
	Deal     string            `json:"deal,omitzero"`     // what cash is collected for; the credit's own ID, or the reversed one's, where left out
	Due      kpi.Value         `json:"due,omitzero"`      // cash that the deal will bring; its Amount where left out
	Reverses string            `json:"reverses,omitzero"` // the ID of the credit that is taken back, wholly or in part
	Tags     map[string]string `json:"tags,omitempty"`    // what weights look at
}

func (c *Credit) deal() string { return cmp.Or(c.Deal, c.Reverses, c.ID) }

func (c *Credit) due() kpi.Value { return c.Due.Or(c.Amount) }

// creditKey tells the credits of a statement apart.
type creditKey struct {
	id, metric string
	overlay    bool
}

func (c *Credit) key() creditKey { return creditKey{c.ID, c.Metric, c.Overlay} }

// original gives the key of what a reversal takes back.
func (c *Credit) original() creditKey { return creditKey{c.Reverses, c.Metric, c.Overlay} }

func (c *Credit) check(problems *check.List, payee string, unit kpi.Unit) {
	problems.ID("id", "missing_id", c.ID)
	checkDay(problems, "day", c.Day)
	optional(problems, "share", c.Share)
	if c.Share.Defined() && (c.Share.Sign() < 0 || !c.Overlay && kpi.Int(1).Less(c.Share)) {
		problems.Add(check.ErrRange, "share", "not_a_share", c.Share, "most", 1)
	}
	optional(problems, "due", c.Due)
	if c.Payee != "" && c.Payee != payee {
		problems.Add(check.ErrInvalid, "payee", "other_payee", c.Payee, "payee", payee)
	}
	if c.Currency != "" && c.Currency != unit.Currency {
		problems.Add(check.ErrUnit, "currency", "other_currency", c.Currency, "currency", unit.Currency)
	}
	if c.Reverses != "" && c.Amount.Sign() > 0 {
		problems.Add(check.ErrRange, "amount", "reversal_above_zero", c.Amount)
	}
	if c.Reverses != "" && c.Reverses == c.ID {
		problems.Add(check.ErrCycle, "reverses", "reverses_itself", c.ID)
	}
}

func checkDay(problems *check.List, at string, day calendar.Day) {
	switch {
	case day.IsZero():
		problems.Add(check.ErrMissing, at, "missing_day", nil)
	case !day.Valid():
		problems.Add(check.ErrRange, at, "year_out_of_range", day)
	}
}

// counted gives what a component counts of the credit.
func (c *Component) counted(credit *Credit) kpi.Value {
	v := credit.Amount
	if c.Basis == OnMargin {
		v = v.Sub(credit.Cost.Or(kpi.Int(0)))
		if v.Sign() != credit.Amount.Sign() && v.Defined() {
			v = kpi.Int(0)
		}
	}
	if credit.Share.Defined() {
		v = v.Mul(credit.Share)
	}
	if len(c.Weights) > 0 {
		v = v.Mul(c.weight(credit.Tags))
	}
	return v
}

// Split is the part of one payee in a deal.
type Split struct {
	Payee   string    `json:"payee"`
	Share   kpi.Value `json:"share"`
	Overlay bool      `json:"overlay,omitzero"`
}

// SplitAmong gives the credits of those who share a deal, in the order of
// the splits; Payee, Share and Overlay of the deal itself are replaced.
//
// Hard shares must add up to exactly one, so that all credits together are
// the deal and no more. Overlay shares (specialists, managers) stand apart
// and may be any. Errors: a payee or share that is missing, a share below
// zero, a payee who stands twice among hard or among overlay splits
// (check.ErrDuplicate), and hard shares that are not one (check.ErrInvalid).
func (c Credit) SplitAmong(splits []Split) ([]Credit, error) {
	if err := checkSplits(splits); err != nil {
		return nil, err
	}
	credits := make([]Credit, len(splits))
	for i, s := range splits {
		credits[i] = c
		credits[i].Payee, credits[i].Share, credits[i].Overlay = s.Payee, s.Share, s.Overlay
		credits[i].Tags = maps.Clone(c.Tags)
	}
	return credits, nil
}

func checkSplits(splits []Split) error {
	problems := check.List{Op: "incentive.SplitAmong"}
	sum, seen := kpi.Int(0), map[Split]bool{}
	for i, s := range splits {
		at := check.At("splits", i)
		problems.ID(at+".payee", "missing_id", s.Payee)
		required(&problems, at+".share", s.Share)
		notNegative(&problems, at+".share", s.Share)
		who := Split{Payee: s.Payee, Overlay: s.Overlay}
		if seen[who] {
			problems.Add(check.ErrDuplicate, at+".payee", "duplicate_payee", s.Payee)
		}
		seen[who] = true
		if !s.Overlay {
			sum = sum.Add(s.Share)
		}
	}
	if sum.Defined() && sum != kpi.Int(1) {
		problems.Add(check.ErrInvalid, "splits", "shares_not_one", sum.Exact())
	}
	return problems.Err()
}
