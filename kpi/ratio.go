package kpi

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Ratio is a numerator and a denominator as they were counted: 4238 of 6711.
// It keeps both, so ratios combine by their parts ([Ratio.Add]) and never by
// averaging. The zero Ratio is no data. Comparable: == compares the parts,
// so 1 of 2 is not 2 of 4, though their Values are equal.
type Ratio struct {
	num, den Value
}

// NewRatio gives num of den.
func NewRatio(num, den Value) Ratio { return Ratio{num, den} }

// RatioOf gives num of den for counts.
func RatioOf(num, den int64) Ratio { return Ratio{Int(num), Int(den)} }

// Num gives the numerator.
func (r Ratio) Num() Value { return r.num }

// Den gives the denominator.
func (r Ratio) Den() Value { return r.den }

// Value gives num/den. 0 of n is 0; n of 0 and 0 of 0 are undefined with
// reason ZeroDenominator.
func (r Ratio) Value() Value { return r.num.Div(r.den) }

// Add combines two ratios by their parts:
//
//	(a of b) + (c of d) = (a + c) of (b + d)
//
// which is the ratio of the two populations together.
func (r Ratio) Add(s Ratio) Ratio {
	return Ratio{r.num.Add(s.num), r.den.Add(s.den)}
}

// Equal reports whether the parts are equal. It is ==.
func (r Ratio) Equal(s Ratio) bool { return r == s }

// String gives the parts and the value: 4238/6711 = 0.631500521532.
func (r Ratio) String() string {
	return r.num.Exact() + "/" + r.den.Exact() + " = " + r.Value().String()
}

type ratioJSON struct {
	Num       ratioPart `json:"num"`
	Den       ratioPart `json:"den"`
	Value     string    `json:"value,omitzero"`
	Undefined Reason    `json:"undefined,omitzero"`
}

// ratioPart is a Value that writes itself as plain text where it is defined.
type ratioPart struct{ Value }

func (p ratioPart) MarshalJSON() ([]byte, error) {
	if p.Defined() {
		text := p.Exact()
		if len(text) > maxText {
			return nil, check.New("kpi.Ratio", check.ErrRange, "", "number_too_long", nil, "most", maxText)
		}
		return json.Marshal(text)
	}
	return p.Value.MarshalJSON()
}

// MarshalJSON gives {"num":"4238","den":"6711","value":"0.631500521532"},
// the value rounded to twelve places by HalfEven, and
// {"num":"0","den":"0","undefined":"zero_denominator"} where it is undefined.
// An undefined part stands as an object with its own reason.
func (r Ratio) MarshalJSON() ([]byte, error) {
	j := ratioJSON{Num: ratioPart{r.num}, Den: ratioPart{r.den}}
	if v := r.Value(); v.Defined() {
		j.Value = v.String()
	} else {
		j.Undefined = v.Reason()
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON writes. A value or reason that is not
// that of the parts is an error; both may be left out. null leaves the Ratio
// as it is.
func (r *Ratio) UnmarshalJSON(data []byte) error {
	const op = "kpi.Ratio"
	if string(data) == "null" {
		return nil
	}
	var j ratioJSON
	if err := check.Decode(op, data, &j); err != nil {
		return err
	}
	read := Ratio{j.Num.Value, j.Den.Value}
	v := read.Value()
	if j.Value != "" && j.Value != v.String() || j.Undefined != 0 && j.Undefined != v.Reason() {
		return check.New(op, check.ErrInvalid, "value", "value_is_not_num_by_den", j.Value, "is", v)
	}
	*r = read
	return nil
}
