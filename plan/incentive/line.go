package incentive

import (
	"cmp"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Kind says what a line of a statement is.
type Kind uint8

const (
	Commission  Kind = iota // what a credit earns in a tier or on a curve
	Flat                    // a flat pay, of the credit that reached it where tiers are marginal
	TierLimit               // what a tier's minimum adds, or what a limit takes that no credit earned
	Revaluation             // what was counted before the period, at the rate of the tier it now lies in
	Floor                   // what a floor adds
	Release                 // held pay whose cash has come in
	Clawback                // taken back at what it was paid
	Correction              // the difference that an earlier period came out with
	Advance                 // what the draw adds
	Recovery                // what is paid back on earlier draws
)

func kindWords() []string {
	return []string{"commission", "flat", "tier_limit", "revaluation", "floor", "release", "clawback", "correction", "advance", "recovery"}
}

// String gives the word, such as commission.
func (k Kind) String() string { return enum.String(kindWords(), k) }

// MarshalText gives the word.
func (k Kind) MarshalText() ([]byte, error) { return enum.Marshal("incentive.Kind", kindWords(), k) }

// UnmarshalText reads the word.
func (k *Kind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("incentive.Kind", kindWords(), text, k)
}

// Line is one line of a statement. On every line
//
//	amount = paid + held
//
// and the payout is the sum of what is paid. Amount, Paid and Held are whole
// cents; Exact is what Amount was before rounding:
//
//	exact = base × rate × kept
//
// for a commission, with Kept the share that caps, maxima and gates leave.
type Line struct {
	Kind      Kind            `json:"kind"`
	Corrects  Kind            `json:"corrects,omitzero"` // of a correction: the kind of line that differs
	Of        calendar.Period `json:"of"`                // the period that it is about
	Component string          `json:"component,omitzero"`
	Credit    string          `json:"credit,omitzero"`
	Reverses  string          `json:"reverses,omitzero"`
	Deal      string          `json:"deal,omitzero"`
	Day       calendar.Day    `json:"day,omitzero"`  // of the credit
	Tier      string          `json:"tier,omitzero"` // none where the credit lies in no tier, and earns nothing
	Base      kpi.Value       `json:"base,omitzero"` // what of the credit lies in the tier
	Rate      kpi.Value       `json:"rate,omitzero"` // with target pay and accelerator in it
	Kept      kpi.Value       `json:"kept,omitzero"` // 1 where left out
	Exact     kpi.Value       `json:"exact,omitzero"`
	Amount    kpi.Value       `json:"amount"`
	Paid      kpi.Value       `json:"paid"`
	Held      kpi.Value       `json:"held"`               // below zero where held pay is released or taken back
	Collected kpi.Value       `json:"collected,omitzero"` // share of the deal's cash that has come in, where pay was or is held
}

// earned reports whether lines of the kind are pay that a period itself
// earned.
func (k Kind) earned() bool { return k <= Floor }

// lineKey is what a line of a restated statement is compared by.
type lineKey struct {
	of                              calendar.Period
	kind                            Kind
	component, credit, tier, origin string
}

func (l *Line) key() lineKey {
	kind := l.Kind
	if kind == Correction {
		kind = l.Corrects
	}
	return lineKey{l.Of, kind, l.Component, l.Credit, l.Tier, l.Reverses}
}

func (k lineKey) compare(o lineKey) int {
	return cmp.Or(k.of.Compare(o.of), cmp.Compare(k.component, o.component), cmp.Compare(k.credit, o.credit),
		cmp.Compare(k.kind, o.kind), cmp.Compare(k.tier, o.tier), cmp.Compare(k.origin, o.origin))
}

func (l *Line) checkCorrection(problems *check.List, at string) {
	if l.Kind != Correction {
		problems.Add(check.ErrInvalid, at+".kind", "not_a_correction", l.Kind)
	}
	if l.Of.IsZero() {
		problems.Add(check.ErrMissing, at+".of", "missing_period", nil)
	}
	required(problems, at+".amount", l.Amount)
	required(problems, at+".paid", l.Paid)
	required(problems, at+".held", l.Held)
	if l.Amount.Defined() && l.Amount != l.Paid.Add(l.Held) {
		problems.Add(check.ErrInvalid, at+".amount", "not_paid_plus_held", l.Amount, "paid", l.Paid, "held", l.Held)
	}
}
