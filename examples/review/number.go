package main

import (
	"strconv"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
)

// none stands where there is no number. It is never written as zero.
const none = "–"

// number writes a number with thousands separators and the given decimals:
// 10,005,534.00. An undefined one is a dash.
func number(v kpi.Value, decimals int) string {
	if !v.Defined() {
		return none
	}
	return grouped(v.Text(decimals, kpi.HalfEven))
}

// whole writes a count.
func whole(n int) string { return grouped(strconv.Itoa(n)) }

// percent writes a share with one decimal: 0.6315 is 63.2 %.
func percent(v kpi.Value) string { return percentBy(v, kpi.HalfEven) }

// attained writes an attainment. It is cut and not rounded, so that 100.0 %
// stands only where the target is reached.
func attained(v kpi.Value) string { return percentBy(v, kpi.Floor) }

func percentBy(v kpi.Value, mode kpi.Rounding) string {
	if !v.Defined() {
		return none
	}
	return grouped(v.Mul(kpi.Int(100)).Text(1, mode)) + " %"
}

// orWhy gives the text of a number, or a dash with the reason why there is
// none: – (no target).
func (l Lang) orWhy(v kpi.Value, text string) string {
	if v.Defined() {
		return text
	}
	return none + l.say(" (", "（") + l.reason(v.Reason()) + l.say(")", "）")
}

// grouped puts a comma between thousands of a plain decimal.
func grouped(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	digits, decimals, point := strings.Cut(s, ".")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if point {
		digits += "." + decimals
	}
	return sign + digits
}
