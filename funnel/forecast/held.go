package forecast

import (
	"strconv"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
)

// Held says whether a range held what came. The zero Held is HeldUnknown.
type Held uint8

const (
	HeldUnknown Held = iota // there was no range, or nothing came that is known
	HeldIn                  // it lay in the range, ends included
	HeldOut                 // it lay outside
)

func heldWords() []string { return []string{"unknown", "held", "missed"} }

// String gives unknown, held or missed.
func (h Held) String() string { return enum.String(heldWords(), h) }

// MarshalText gives the word; a number outside the constants is an error.
func (h Held) MarshalText() ([]byte, error) { return enum.Marshal("forecast.Held", heldWords(), h) }

// UnmarshalText reads the word.
func (h *Held) UnmarshalText(text []byte) error {
	return enum.Unmarshal("forecast.Held", heldWords(), text, h)
}

// Held says whether the 80 % range, P10 to P90, held an actual.
func (s Spread) Held(actual kpi.Value) Held {
	low, hasLow := s.P10.Float64()
	high, hasHigh := s.P90.Float64()
	came, known := actual.Float64()
	switch {
	case !hasLow || !hasHigh || !known:
		return HeldUnknown
	case tenDigits(low) <= tenDigits(came) && tenDigits(came) <= tenDigits(high):
		return HeldIn
	}
	return HeldOut
}

// tenDigits gives a number as it is printed, so that nothing hangs on the
// digits after.
func tenDigits(f float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 10, 64), 64)
	if err != nil {
		return f
	}
	return short
}
