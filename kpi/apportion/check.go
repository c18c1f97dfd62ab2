package apportion

import (
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// codeNegative is the code of a weight below zero.
const codeNegative = "negative_weight"

// Limits of what comes in.
const (
	MaxDigits = 64 // digits of a decimal total or weight, and digits of a weight after its point
	MaxScale  = 18 // digits of a total or a part after the point, or zeros before it
	MaxDepth  = 64 // levels of a tree
)

// addNobody reports that nobody can receive: n weights, all of them zero.
func addNobody(problems *check.List, path string, n int) {
	if n == 0 {
		problems.Add(check.ErrInfeasible, path, "no_weights", nil)
		return
	}
	problems.Add(check.ErrInfeasible, path, "all_weights_zero", nil, "count", n)
}

// checkTotal reports a scale or a total beyond the limits, and a total that
// is no whole number of units of 10^-scale.
func checkTotal(problems *check.List, total decimal.Decimal, scale int) {
	fits := within(total, MaxScale)
	if !fits {
		addTooLarge(problems, "total", total, MaxScale)
	}
	if checkScale(problems, scale) && fits && !isWhole(total, scale) {
		addNoMultiple(problems, "total", total, scale)
	}
}

func checkScale(problems *check.List, scale int) (fits bool) {
	if scale < -MaxScale || scale > MaxScale {
		problems.Add(check.ErrRange, "scale", "scale_out_of_range", scale, "first", -MaxScale, "last", MaxScale)
		return false
	}
	return true
}

func addNoMultiple(problems *check.List, path string, d decimal.Decimal, scale int) {
	problems.Add(check.ErrInvalid, path, "not_a_multiple_of_unit", text(d), "unit", text(decimal.New(1, int32(-scale))))
}

// checkWeight reports a weight beyond the limits or below zero. The path is
// written only for a problem.
func checkWeight(problems *check.List, weight decimal.Decimal, path func() string) {
	switch {
	case !within(weight, MaxDigits):
		addTooLarge(problems, path(), weight, MaxDigits)
	case weight.Sign() < 0:
		problems.Add(check.ErrRange, path(), codeNegative, text(weight))
	}
}

// within reports whether the digits and the scale of a number are inside the
// limits. It is asked before anything is computed with the number.
func within(d decimal.Decimal, maxScale int32) bool {
	return d.NumDigits() <= MaxDigits && isNear(d, maxScale)
}

func addTooLarge(problems *check.List, path string, d decimal.Decimal, maxScale int) {
	problems.Add(check.ErrRange, path, "number_too_large", nil,
		"digits", d.NumDigits(), "scale", -int64(d.Exponent()), "most_digits", MaxDigits, "most_scale", maxScale)
}
