package incentive

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// number writes a number for people: thousands apart, and with as many
// decimals as it has, up to so many.
func number(v kpi.Value, most int) string {
	scale := 0
	for scale < most && cents(v, scale, kpi.Down) != v {
		scale++
	}
	return kpi.Unit{Scale: int8(scale)}.Text(v)
}

// percent writes a share for people.
func percent(v kpi.Value) string {
	if !v.Defined() {
		return kpi.NoNumber
	}
	return number(v.Mul(kpi.Int(100)), 12) + " %"
}

// about is percent with at most two decimals.
func about(v kpi.Value) string {
	if !v.Defined() {
		return kpi.NoNumber
	}
	return number(cents(v, 4, kpi.HalfEven).Mul(kpi.Int(100)), 2) + " %"
}

// span writes a period for people, its last day included.
func span(p calendar.Period) string {
	if p.IsZero() {
		return ""
	}
	return p.Start().String() + "–" + p.Last().String()
}
