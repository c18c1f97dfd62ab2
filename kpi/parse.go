package kpi

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// maxText is the longest text of a number that is read: room for the exact
// form of computed values, and a bound on the work that a text can ask for.
const maxText = 4096

// Parse reads a number: a decimal such as -1234.56 of at most 64 digits and
// 18 places, or a fraction of two whole numbers such as 2/3. Spaces, signs
// other than one leading minus, grouping, exponents, NaN and infinities are
// errors (check.ErrInvalid), and so is a denominator of zero. More digits
// are check.ErrRange: the limit is for amounts that come in, and sums of them
// may have more.
func Parse(s string) (Value, error) {
	return parse("kpi.Parse", s, MaxDigits)
}

// parse reads a number of at most so many digits before and after the point.
func parse(op, s string, most int) (Value, error) {
	if len(s) > maxText {
		return Value{}, check.New(op, check.ErrRange, "", "number_too_long", s, "most", maxText)
	}
	if num, den, found := strings.Cut(s, "/"); found {
		return parseFraction(op, s, num, den)
	}
	whole, places, _ := strings.Cut(s, ".")
	if !isDigits(strings.TrimPrefix(whole, "-")) || strings.Contains(s, ".") && !isDigits(places) {
		return Value{}, notANumber(op, s)
	}
	digits := len(strings.TrimLeft(strings.TrimPrefix(whole, "-"), "0")) + len(places)
	if digits > most || len(places) > MaxScale {
		return Value{}, check.New(op, check.ErrRange, "", "number_too_large", s,
			"digits", digits, "scale", len(places), "most_digits", most, "most_scale", MaxScale)
	}
	if n, err := strconv.ParseInt(whole+places, 10, 64); err == nil {
		return Minor(n, len(places)), nil
	}
	n, _ := new(big.Int).SetString(whole+places, 10)
	return FromBig(n, len(places)), nil
}

func parseFraction(op, s, num, den string) (Value, error) {
	if !isDigits(strings.TrimPrefix(num, "-")) || !isDigits(den) {
		return Value{}, notANumber(op, s)
	}
	n, _ := new(big.Int).SetString(num, 10)
	d, _ := new(big.Int).SetString(den, 10)
	if d.Sign() == 0 {
		return Value{}, check.New(op, check.ErrInvalid, "", "zero_denominator", s)
	}
	return fromRat(new(big.Rat).SetFrac(n, d)), nil
}

func notANumber(op, s string) error {
	return check.New(op, check.ErrInvalid, "", "not_a_number", s)
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// MustParse is Parse for constants in tests and examples; it panics on an
// error.
func MustParse(s string) Value {
	v, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return v
}

type valueJSON struct {
	Value     string `json:"value,omitzero"`
	Exact     string `json:"exact,omitzero"`
	Undefined Reason `json:"undefined,omitzero"`
}

// MarshalJSON gives {"value":"2360.909391222275","exact":"5002767/2119"},
// the value rounded to twelve places by HalfEven, exact left out where value
// is exact (both together at most 4,096 bytes, else check.ErrRange: a sum of
// hundreds of fractions of different denominators may be longer), and {"undefined":"zero_denominator"} for an undefined Value.
func (v Value) MarshalJSON() ([]byte, error) {
	if !v.Defined() {
		return []byte(`{"undefined":"` + v.Reason().String() + `"}`), nil
	}
	var text, full [64]byte
	rounded, exact := v.appendString(text[:0]), v.appendExact(full[:0])
	if len(rounded)+len(exact) > maxText {
		return nil, check.New("kpi.Value", check.ErrRange, "", "number_too_long", nil, "most", maxText)
	}
	b := make([]byte, 0, len(rounded)+len(exact)+len(`{"value":"","exact":""}`))
	b = append(append(b, `{"value":"`...), rounded...)
	if !bytes.Equal(rounded, exact) {
		b = append(append(b, `","exact":"`...), exact...)
	}
	return append(b, `"}`...), nil
}

// UnmarshalJSON reads what MarshalJSON writes, and also a plain string or
// JSON number without exponent, the way people write a target by hand. It
// reads computed numbers, so it has no limit but that of a text's length.
// null leaves the Value as it is; value and exact that contradict each other
// are an error.
func (v *Value) UnmarshalJSON(data []byte) error {
	const op = "kpi.Value"
	switch {
	case string(data) == "null":
		return nil
	case len(data) > 2*maxText:
		return check.New(op, check.ErrRange, "", "number_too_long", nil, "most", maxText)
	case len(data) == 0:
		return notANumber(op, "")
	case data[0] == '"':
		var s string
		if err := check.Decode(op, data, &s); err != nil {
			return err
		}
		return v.read(parse(op, s, maxText))
	case data[0] != '{':
		return v.read(parse(op, string(data), maxText))
	}
	var j valueJSON
	if err := check.Decode(op, data, &j); err != nil {
		return err
	}
	return v.read(j.number(op))
}

// read takes a parsed number over only where there was no error.
func (v *Value) read(w Value, err error) error {
	if err == nil {
		*v = w
	}
	return err
}

func (j valueJSON) number(op string) (Value, error) {
	if j.Undefined != 0 {
		if j.Value != "" || j.Exact != "" {
			return Value{}, check.New(op, check.ErrInvalid, "undefined", "value_and_undefined", j.Value)
		}
		return Undefined(j.Undefined), nil
	}
	if j.Exact == "" {
		return parse(op, j.Value, maxText)
	}
	v, err := parse(op, j.Exact, maxText)
	if err == nil && v.String() != j.Value {
		err = check.New(op, check.ErrInvalid, "value", "value_is_not_exact", j.Value, "exact", j.Exact)
	}
	return v, err
}
