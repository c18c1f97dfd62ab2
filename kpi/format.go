package kpi

import "strings"

// NoNumber is what an undefined Value is shown as.
const NoNumber = "–"

// Text gives a number of this unit as people read it, in English and Chinese
// alike: thousands apart by commas, the unit's Scale of decimals rounded by
// HalfEven, a share as a percentage, and the dimension behind it where there
// is one. An undefined Value is [NoNumber], never 0; say beside it why, by
// [Reason.Title].
//
//	Money("USD", 2)   1,234.50 USD
//	Share(1)          47.8 %
//	InDays(0)         57 days
//	Count()           1,234
func (u Unit) Text(v Value) string {
	if !v.Defined() {
		return NoNumber
	}
	if u.Show == AsPercent {
		return grouped(v.Mul(Int(100)).Text(int(u.Scale), HalfEven)) + " %"
	}
	s := grouped(v.Text(int(u.Scale), HalfEven))
	if u.Money != 0 || u.Days != 0 {
		s += " " + u.String()
	}
	return s
}

// Places gives the decimals of the number itself at which nothing is lost of
// what [Unit.Text] shows: the unit's Scale, and two more of a share, since
// Scale counts those of its percentage. Round numbers of a unit at its Places,
// never at its Scale. They are at most MaxScale.
//
//	Money("USD", 2)   2
//	Share(1)          3    47.8 % is 0.478
func (u Unit) Places() int {
	if u.Show == AsPercent {
		return min(int(u.Scale)+2, MaxScale)
	}
	return int(u.Scale)
}

// grouped puts commas between the thousands of a decimal.
func grouped(s string) string {
	digits := strings.TrimPrefix(s, "-")
	whole, places, point := strings.Cut(digits, ".")
	var b strings.Builder
	b.WriteString(s[:len(s)-len(digits)])
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	if point {
		b.WriteString("." + places)
	}
	return b.String()
}
