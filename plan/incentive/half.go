package incentive

import (
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// HalfMonths cuts a period into half months, the way many pay twice a month:
// from the 1st to the 15th, and from the 16th to the last day, whatever the
// month. The first and the last are cut short where the period begins or ends
// inside them. No period gives none.
func HalfMonths(p calendar.Period) []calendar.Period {
	halves := []calendar.Period{}
	for day := p.Start(); day < p.End(); {
		end := nextHalf(day)
		if p.End() < end {
			end = p.End()
		}
		half, err := calendar.NewPeriod(day, end)
		if err != nil {
			break
		}
		halves, day = append(halves, half), end
	}
	return halves
}

// nextHalf gives the first day after the half month of a day.
func nextHalf(day calendar.Day) calendar.Day {
	year, month, of := day.Date()
	if of <= 15 {
		return day + calendar.Day(16-of)
	}
	days := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return day + calendar.Day(days+1-of)
}
