package calendar

import (
	"time"

	"github.com/rickb777/date/v2"
)

// The arithmetic of the Gregorian calendar on day numbers, without a detour
// over instants: periods are found for every record of a filling. Both
// directions count years from March, so that the leap day comes last (H.
// Hinnant, "chrono-Compatible Low-Level Date Algorithms"). They hold for
// years from 1 on; callers stay within 1900–2200 and a year or two around.

// untilMarch is the number of days from 1 March of year 0 to day 0, which is
// 1 January of year 1.
const untilMarch = 306

// newDay gives the number of a day that exists.
func newDay(year int, month time.Month, day int) Day {
	y, m := year, int(month)-3
	if m < 0 {
		y, m = y-1, m+12
	}
	return Day(365*y + y/4 - y/100 + y/400 + (153*m+2)/5 + day - 1 - untilMarch)
}

// civil takes a day apart.
func civil(d Day) (year int, month time.Month, day int) {
	n := int(d) + untilMarch
	era, n := n/146097, n%146097
	y := (n - n/1460 + n/36524 - n/146096) / 365
	n -= 365*y + y/4 - y/100
	m := (5*n + 2) / 153
	day = n - (153*m+2)/5 + 1
	year, month = y+era*400, time.Month(m+3)
	if month > time.December {
		return year + 1, month - 12, day
	}
	return year, month, day
}

// daysIn gives the length of a month.
func daysIn(year int, month time.Month) int {
	switch month {
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	default:
		return 31
	}
}

// dateOf takes any day apart, those outside 1900–2200 too.
func dateOf(d Day) (year int, month time.Month, day int) {
	if d.Valid() {
		return civil(d)
	}
	return date.Date(d).Date()
}

// mod gives what is left of n whole divisors, from 0 on for a negative n too.
func mod(n, divisor int) int {
	if n %= divisor; n < 0 {
		return n + divisor
	}
	return n
}
