package calendar

import (
	"encoding/json"
	"time"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// kindMonths is the kind of calendar whose years are twelve whole months.
const kindMonths = "months"

type calendarJSON struct {
	Kind        string     `json:"kind"`
	FirstMonth  int64      `json:"first_month"`
	YearNamedBy YearNaming `json:"year_named_by"`
}

// MarshalJSON gives {"kind":"months","first_month":4,"year_named_by":"end"}.
// The calendar year is written out too, with 1 and start.
func (c Calendar) MarshalJSON() ([]byte, error) {
	return json.Marshal(calendarJSON{kindMonths, int64(c.FirstMonth()), c.naming})
}

// UnmarshalJSON reads what MarshalJSON writes; null leaves the calendar as
// it is. The kind and the first month are required, the naming is by start
// where it is left out, an unknown field is an error.
func (c *Calendar) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	const op = "calendar.Calendar"
	var j calendarJSON
	if err := check.Decode(op, data, &j); err != nil {
		return err
	}
	problems := check.List{Op: op}
	if j.Kind != kindMonths {
		problems.Add(check.ErrUnknown, "kind", "unknown_calendar", j.Kind, "known", kindMonths)
	}
	first := time.Month(min(max(j.FirstMonth, 0), 13)) // a month on any width of int
	read, err := Fiscal(first, j.YearNamedBy)
	problems.Nest("", err)
	if err := problems.Err(); err != nil {
		return err
	}
	*c = read
	return nil
}
