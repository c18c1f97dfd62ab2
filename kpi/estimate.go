package kpi

import (
	"cmp"
	"encoding/json"
	"math"
	"strconv"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Estimate is a statistic that has no exact form, such as a bound of an
// interval: a float64, or the reason why there is none. It is never NaN or
// infinite, and never becomes a [Value] by itself. The zero Estimate is no
// data. It prints and marshals with ten significant digits, the same on
// every platform; its last bits are not promised across platforms.
type Estimate struct {
	f       float64
	defined bool
	reason  Reason
}

// NewEstimate gives an estimate; NaN and the infinities are undefined with
// reason NotApplicable.
func NewEstimate(f float64) Estimate {
	if !(math.Abs(f) <= math.MaxFloat64) {
		return NoEstimate(NotApplicable)
	}
	if f == 0 {
		f = 0 // −0 is 0, so that == holds
	}
	return Estimate{f: f, defined: true}
}

// NoEstimate gives an undefined estimate with the reason. A Reason outside
// the constants counts as NoData.
func NoEstimate(r Reason) Estimate { return Estimate{reason: Undefined(r).reason} }

// Float64 gives the number, and whether there is one.
func (e Estimate) Float64() (f float64, ok bool) { return e.f, e.defined }

// Defined reports whether there is a number.
func (e Estimate) Defined() bool { return e.defined }

// Reason says why there is no number; it is zero where there is one.
func (e Estimate) Reason() Reason {
	if e.defined {
		return 0
	}
	return Value{reason: e.reason}.Reason()
}

// Equal reports whether both are the same number, bit for bit, or undefined
// for the same reason. It is ==.
func (e Estimate) Equal(o Estimate) bool { return e == o }

// Compare orders estimates: the undefined first, by reason, then by number.
func (e Estimate) Compare(o Estimate) int {
	if !e.defined || !o.defined {
		return cmp.Compare(e.Reason()-1, o.Reason()-1)
	}
	return cmp.Compare(e.f, o.f)
}

// String gives ten significant digits, and "undefined: " with the word of
// the reason where there is no number.
func (e Estimate) String() string {
	if !e.defined {
		return "undefined: " + e.Reason().String()
	}
	return strconv.FormatFloat(e.f, 'g', 10, 64)
}

type estimateJSON struct {
	Estimate  *float64 `json:"estimate,omitzero"`
	Undefined Reason   `json:"undefined,omitzero"`
}

// MarshalJSON gives {"estimate":0.6282} with ten significant digits, or
// {"undefined":"too_few"}.
func (e Estimate) MarshalJSON() ([]byte, error) {
	if !e.defined {
		return json.Marshal(estimateJSON{Undefined: e.Reason()})
	}
	short, err := strconv.ParseFloat(e.String(), 64)
	if err != nil { // ten digits of the largest numbers may round beyond float64
		short = e.f
	}
	return json.Marshal(estimateJSON{Estimate: &short})
}

// UnmarshalJSON reads what MarshalJSON writes; null leaves the Estimate as
// it is.
func (e *Estimate) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var j estimateJSON
	if err := check.Decode("kpi.Estimate", data, &j); err != nil {
		return err
	}
	switch {
	case j.Estimate != nil && j.Undefined != 0:
		return check.New("kpi.Estimate", check.ErrInvalid, "undefined", "value_and_undefined", *j.Estimate)
	case j.Estimate != nil:
		*e = NewEstimate(*j.Estimate)
	default:
		*e = NoEstimate(j.Undefined)
	}
	return nil
}
