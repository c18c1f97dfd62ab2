package kpi

import (
	"math"
	"strconv"

	"github.com/saleskpi/saleskpi/internal/enum"
)

// IntervalMethod says how an interval was drawn. The zero IntervalMethod is
// Wilson.
type IntervalMethod uint8

const (
	Wilson         IntervalMethod = iota // score interval of a share of counts
	ClopperPearson                       // exact interval of a share of counts: covers at least its level, and is wide
	Jeffreys                             // equal-tailed interval of Beta(k + ½, n − k + ½)
	Jackknife                            // leaving out one group at a time, with Student's t: any ratio of sums
	NormalInterval                       // mean ± z standard errors
	LogDelta                             // delta method on the log scale: a product of rates
	Newcombe                             // difference of two shares, from their Wilson intervals
)

func intervalWords() []string {
	return []string{"wilson", "clopper_pearson", "jeffreys", "jackknife", "normal", "log_delta", "newcombe"}
}

// String gives the word of the method, such as clopper_pearson.
func (m IntervalMethod) String() string { return enum.String(intervalWords(), m) }

// MarshalText gives the word.
func (m IntervalMethod) MarshalText() ([]byte, error) {
	return enum.Marshal("kpi.IntervalMethod", intervalWords(), m)
}

// UnmarshalText reads the word.
func (m *IntervalMethod) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kpi.IntervalMethod", intervalWords(), text, m)
}

// Interval is a rate with what chance makes of it: had as many records been
// drawn again, from where these came from, the interval would have held the
// true rate in the share Level of all draws. It is a record, and comparable.
// [Confidence] draws it.
//
// Low and High are undefined together, for the reason that the rate is, or
// for one of their own: TooFew where too little was counted to say anything,
// NotApplicable where the method does not fit the numbers.
type Interval struct {
	Method IntervalMethod `json:"method"`
	Level  Value          `json:"level"` // two-sided, such as 0.95
	Rate   Value          `json:"rate"`  // what the interval is of, exact
	N      Value          `json:"n"`     // what was counted: deals, answers
	Groups int64          `json:"groups,omitzero"`
	Low    Estimate       `json:"low"`
	High   Estimate       `json:"high"`
}

// Contains reports whether a number lies in the interval, its ends included,
// at ten significant digits; ok is false where either is undefined.
func (i Interval) Contains(v Value) (inside, ok bool) {
	low, high, drawn := i.ends()
	x, defined := v.Float64()
	if !drawn || !defined {
		return false, false
	}
	x = tenDigits(x)
	return low <= x && x <= high, true
}

// Above reports whether the whole interval lies above the whole other one, at
// ten significant digits. It is false where either is undefined: nothing can
// be told apart then. Intervals that overlap may still differ; that is asked
// of [Confidence.Difference].
func (i Interval) Above(other Interval) bool {
	low, _, drawn := i.ends()
	_, high, also := other.ends()
	return drawn && also && low > high
}

func (i Interval) ends() (low, high float64, ok bool) {
	if !i.Low.Defined() || !i.High.Defined() {
		return 0, 0, false
	}
	return tenDigits(i.Low.f), tenDigits(i.High.f), true
}

// within sets the two ends.
func (i Interval) within(low, high float64) Interval {
	i.Low, i.High = NewEstimate(low), NewEstimate(high)
	return i
}

// without says why there are no ends.
func (i Interval) without(r Reason) Interval {
	i.Low, i.High = NoEstimate(r), NoEstimate(r)
	return i
}

// tenDigits rounds to what an [Estimate] promises on every platform, so that
// no verdict hangs on the bits behind it.
func tenDigits(f float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'e', 9, 64), 64)
	if err != nil {
		return math.Copysign(math.MaxFloat64, f) // rounded beyond the range
	}
	return short
}
