package target

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// checkDay reports a day that is missing, or outside the years that exist.
func checkDay(problems *check.List, at string, d calendar.Day) {
	if d.IsZero() {
		problems.Add(check.ErrMissing, at, "missing_day", nil)
		return
	}
	checkOptionalDay(problems, at, d)
}

// checkOptionalDay is checkDay where no day is allowed.
func checkOptionalDay(problems *check.List, at string, d calendar.Day) {
	if !d.IsZero() && !d.Valid() {
		problems.Add(check.ErrRange, at, "year_out_of_range", d)
	}
}
