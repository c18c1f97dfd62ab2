package incentive

import "github.com/saleskpi/saleskpi/internal/enum"

// Basis says what of a deal is counted.
type Basis uint8

const (
	OnAmount Basis = iota // its amount
	OnMargin              // its amount less its cost, never of the other sign than the amount: a deal below cost counts 0
)

func basisWords() []string { return []string{"amount", "margin"} }

// String gives amount or margin.
func (b Basis) String() string { return enum.String(basisWords(), b) }

// MarshalText gives the word.
func (b Basis) MarshalText() ([]byte, error) { return enum.Marshal("incentive.Basis", basisWords(), b) }

// UnmarshalText reads the word.
func (b *Basis) UnmarshalText(text []byte) error {
	return enum.Unmarshal("incentive.Basis", basisWords(), text, b)
}

// Axis says what the bounds of tiers and the points of a curve are stated in.
type Axis uint8

const (
	ByAmount     Axis = iota // what is counted: 10,000 of revenue
	ByAttainment             // the quota: 1 is 100 %
)

func axisWords() []string { return []string{"amount", "attainment"} }

// String gives amount or attainment.
func (a Axis) String() string { return enum.String(axisWords(), a) }

// MarshalText gives the word.
func (a Axis) MarshalText() ([]byte, error) { return enum.Marshal("incentive.Axis", axisWords(), a) }

// UnmarshalText reads the word.
func (a *Axis) UnmarshalText(text []byte) error {
	return enum.Unmarshal("incentive.Axis", axisWords(), text, a)
}

// Mode says to what a tier's rate applies.
type Mode uint8

const (
	Marginal Mode = iota // to the part that lies in the tier (累进): 110 of 100 by 6 % and 8 % is 6 + 0.8
	Whole                // to all, once the tier is reached (全额): 110 by 8 % is 8.8
)

func modeWords() []string { return []string{"marginal", "whole"} }

// String gives marginal or whole.
func (m Mode) String() string { return enum.String(modeWords(), m) }

// MarshalText gives the word.
func (m Mode) MarshalText() ([]byte, error) { return enum.Marshal("incentive.Mode", modeWords(), m) }

// UnmarshalText reads the word.
func (m *Mode) UnmarshalText(text []byte) error {
	return enum.Unmarshal("incentive.Mode", modeWords(), text, m)
}

// Policy says at what price a reversed deal is taken back.
type Policy uint8

const (
	// OnOwnDay counts the reversal like any credit, below zero, on its own
	// day: it lowers the position and takes back at the rate that holds there.
	OnOwnDay Policy = iota
	// AsPaid takes back what the reversed credit earned, in proportion where
	// only a part is reversed. It lowers the position from the end of the
	// period on and moves no other deal to another tier.
	AsPaid
	// Restate counts the reversal on the day of the reversed credit. Where
	// that lies in an earlier period the statement leaves it out and says so:
	// [Plan.Restate] gives the difference.
	Restate
)

func policyWords() []string { return []string{"own_day", "as_paid", "restate"} }

// String gives own_day, as_paid or restate.
func (p Policy) String() string { return enum.String(policyWords(), p) }

// MarshalText gives the word.
func (p Policy) MarshalText() ([]byte, error) {
	return enum.Marshal("incentive.Policy", policyWords(), p)
}

// UnmarshalText reads the word.
func (p *Policy) UnmarshalText(text []byte) error {
	return enum.Unmarshal("incentive.Policy", policyWords(), text, p)
}

// Reversal says what becomes of reversed deals: returns, credit notes,
// cancelled wins.
type Reversal struct {
	Policy Policy `json:"policy"`
	// Days is how long a deal may be taken back: a reversal later than so
	// many days after it is left out. 0 sets no end.
	Days int `json:"days,omitzero"`
}
