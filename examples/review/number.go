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
func whole[N int | int64](n N) string { return grouped(strconv.FormatInt(int64(n), 10)) }

// percent writes a share with one decimal, 0.6315 as 63.2 %, and with more
// where one would make 100.0 % of what is not.
func percent(v kpi.Value) string { return percentBy(v, kpi.HalfEven) }

// attained writes an attainment. It is cut and not rounded: what is not
// reached does not look so.
func attained(v kpi.Value) string { return percentBy(v, kpi.Floor) }

func percentBy(v kpi.Value, mode kpi.Rounding) string {
	if !v.Defined() {
		return none
	}
	hundredths, places := v.Mul(kpi.Int(100)), 1
	for v != kpi.Int(1) && places < 6 && isHundred(hundredths.Text(places, mode)) {
		places++
	}
	return grouped(hundredths.Text(places, mode)) + " %"
}

func isHundred(s string) bool { return strings.TrimRight(s, "0") == "100." }

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

// days writes a number of days, with a decimal only where it is no whole one.
func days(v kpi.Value) string {
	if _, ok := v.Int64(); ok {
		return number(v, 0)
	}
	return number(v, 1)
}
