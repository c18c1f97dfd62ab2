package forecast

import "github.com/saleskpi/saleskpi/internal/enum"

// Assumption says what a spread takes for granted. The zero Assumption is
// PastErrors.
type Assumption uint8

const (
	// PastErrors: the landing will miss by as much as it did in earlier
	// periods on the same day.
	PastErrors Assumption = iota

	// DealsIndependent: no deal knows of another. They do: deals of one
	// period share a market and a quarter end, so this spread is too narrow,
	// and is given for comparison.
	DealsIndependent
)

func assumptionWords() []string { return []string{"past_errors", "deals_independent"} }

// String gives past_errors or deals_independent.
func (a Assumption) String() string { return enum.String(assumptionWords(), a) }

// MarshalText gives the word; a number outside the constants is an error.
func (a Assumption) MarshalText() ([]byte, error) {
	return enum.Marshal("forecast.Assumption", assumptionWords(), a)
}

// UnmarshalText reads the word.
func (a *Assumption) UnmarshalText(text []byte) error {
	return enum.Unmarshal("forecast.Assumption", assumptionWords(), text, a)
}

// Title gives the label that stands beside a range for people, in English
// ("en") or Chinese ("zh"): "deals independent" and "假设商机相互独立". Another
// language gives the English ones.
func (a Assumption) Title(lang string) string {
	if lang == "zh" {
		return enum.String([]string{"按历史误差", "假设商机相互独立"}, a)
	}
	return enum.String([]string{"past errors", "deals independent"}, a)
}
