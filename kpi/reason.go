package kpi

import "github.com/saleskpi/saleskpi/internal/enum"

// Reason says why a number is undefined. The reasons stand in the order in
// which one wins over another when both operands of a calculation are
// undefined. The zero Reason belongs to a defined number.
type Reason uint8

// The reasons, strongest first.
const (
	Unpriced        Reason = iota + 1 // an amount has no exchange rate
	NoTarget                          // there is nothing to compare with
	ZeroDenominator                   // a division by zero
	BaseNotPositive                   // growth on a base of zero or less
	UndefinedMix                      // a mixed case of two sides is undefined
	NotYetDue                         // the period or deadline has not come
	NoTimeLeft                        // the period is over
	Immature                          // too young to be judged
	TooFew                            // too few observations
	NotApplicable                     // the question does not fit the number
	NoAmount                          // the records carry no amounts
	NoData                            // there are no records, or none are known
)

func reasonWords() []string {
	return []string{"", "unpriced", "no_target", "zero_denominator", "base_not_positive", "undefined_mix",
		"not_yet_due", "no_time_left", "immature", "too_few", "not_applicable", "no_amount", "no_data"}
}

// String gives the word of the reason, such as zero_denominator, and "" for
// the zero Reason.
func (r Reason) String() string { return enum.String(reasonWords(), r) }

// MarshalText gives the word; a Reason outside the constants is an error.
func (r Reason) MarshalText() ([]byte, error) { return enum.Marshal("kpi.Reason", reasonWords(), r) }

// UnmarshalText reads the word.
func (r *Reason) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kpi.Reason", reasonWords(), text, r)
}

// stronger gives the reason that wins; zero stands for none.
func stronger(a, b Reason) Reason {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
