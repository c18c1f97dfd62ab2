package calendar

import (
	"encoding/json"
	"time"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// The kinds of calendars: years of twelve months, and of 52 or 53 weeks.
const (
	kindMonths = "months"
	kindRetail = "retail"
)

type calendarJSON struct {
	Kind        string     `json:"kind"`
	FirstMonth  int64      `json:"first_month"`
	FirstDay    *int64     `json:"first_day,omitzero"` // left out: 1
	YearNamedBy YearNaming `json:"year_named_by"`
	WeekStart   *weekday   `json:"week_start,omitzero"` // left out: monday
}

type retailJSON struct {
	Kind         string      `json:"kind"`
	ClosingMonth int64       `json:"closing_month"`
	ClosingDay   *weekday    `json:"closing_day"`
	Closing      Closing     `json:"closing"`
	Pattern      WeekPattern `json:"pattern"`
	LongMonth    *int64      `json:"long_month"` // left out: 12
	YearNamedBy  YearNaming  `json:"year_named_by"`
}

// MarshalJSON gives {"kind":"months","first_month":4,"year_named_by":"end"},
// with "first_day" where the year does not begin on the 1st and "week_start"
// where weeks do not begin on Monday; or, for 52/53-week years,
// {"kind":"retail","closing_month":1,"closing_day":"saturday",
// "closing":"nearest","pattern":"4-5-4","long_month":12,
// "year_named_by":"start"}. The calendar year is written out too, with 1 and
// start.
func (c Calendar) MarshalJSON() ([]byte, error) {
	if y, ok := c.RetailYear(); ok {
		long, day := int64(y.LongMonth), weekday(y.ClosingDay)
		return json.Marshal(retailJSON{kindRetail, int64(y.ClosingMonth), &day, y.Closing, y.Pattern, &long, y.NamedBy})
	}
	j := calendarJSON{Kind: kindMonths, FirstMonth: int64(c.FirstMonth()), YearNamedBy: c.naming}
	if day := int64(c.FirstDay()); day != 1 {
		j.FirstDay = &day
	}
	if week := weekday(c.WeekStart()); c.week != 0 {
		j.WeekStart = &week
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON writes; null leaves the calendar as
// it is. The kind and the first month are required, and of 52/53-week years
// the closing month and day; the rest has the zero value of its type where
// it is left out. An unknown field is an error, one of the other kind too.
func (c *Calendar) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var read Calendar
	var err error
	if kindOf(data) == kindRetail {
		read, err = decodeRetail(data)
	} else {
		read, err = decodeMonths(data)
	}
	if err != nil {
		return err
	}
	*c = read
	return nil
}

const opCalendar = "calendar.Calendar"

// kindOf looks at the kind alone, whatever else there is.
func kindOf(data []byte) string {
	var j struct {
		Kind string `json:"kind"`
	}
	if json.Unmarshal(data, &j) != nil {
		return ""
	}
	return j.Kind
}

func decodeMonths(data []byte) (Calendar, error) {
	var j calendarJSON
	if err := check.Decode(opCalendar, data, &j); err != nil {
		return Calendar{}, err
	}
	problems := check.List{Op: opCalendar}
	if j.Kind != kindMonths {
		problems.Add(check.ErrUnknown, "kind", "unknown_calendar", j.Kind, "known", kindMonths+" "+kindRetail)
	}
	day := 1
	if j.FirstDay != nil {
		day = small(*j.FirstDay)
	}
	read, err := fiscal(opCalendar, time.Month(small(j.FirstMonth)), day, j.YearNamedBy)
	problems.Nest("", err)
	if err := problems.Err(); err != nil {
		return Calendar{}, err
	}
	if j.WeekStart != nil {
		return read.WeeksFrom(time.Weekday(*j.WeekStart))
	}
	return read, nil
}

func decodeRetail(data []byte) (Calendar, error) {
	var j retailJSON
	if err := check.Decode(opCalendar, data, &j); err != nil {
		return Calendar{}, err
	}
	problems := check.List{Op: opCalendar}
	y := RetailYear{ClosingMonth: time.Month(small(j.ClosingMonth)), Closing: j.Closing, Pattern: j.Pattern, NamedBy: j.YearNamedBy}
	if j.ClosingDay == nil {
		problems.Add(check.ErrMissing, "closing_day", "missing_weekday", nil)
	} else {
		y.ClosingDay = time.Weekday(*j.ClosingDay)
	}
	switch {
	case j.LongMonth == nil:
	case *j.LongMonth == 0: // the default of the record, and no month where it is written out
		problems.Add(check.ErrRange, "long_month", "not_a_month", 0, "first", 1, "last", 12)
	default:
		y.LongMonth = small(*j.LongMonth)
	}
	problems.Nest("", y.validate(opCalendar))
	if err := problems.Err(); err != nil {
		return Calendar{}, err
	}
	return Retail(y)
}

// small keeps what is out of range so on any width of int.
func small(n int64) int { return int(min(max(n, -1), 99)) }
