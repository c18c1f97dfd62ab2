package calendar

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Period is a half-open range of days: Start belongs to it, End does not.
// It holds at least one day; the zero Period is "no period" and holds none.
// Periods are comparable: == is equality.
type Period struct {
	start, end Day
}

// NewPeriod gives the days from start up to but without end. A missing day
// is check.ErrMissing, a day outside 1900–2200 check.ErrRange, and an end
// that does not lie after the start check.ErrInvalid. An end of 2201-01-01
// is allowed, so that the last year is whole.
func NewPeriod(start, end Day) (Period, error) { return newPeriod("calendar.NewPeriod", start, end) }

func newPeriod(op string, start, end Day) (Period, error) {
	problems := check.List{Op: op}
	bound := func(path string, d, last Day) {
		switch {
		case d.IsZero():
			problems.Add(check.ErrMissing, path, "missing_day", nil)
		case d < firstDay || d > last:
			problems.Add(check.ErrRange, path, codeYear, d.Year(), "first", FirstYear, "last", LastYear)
		}
	}
	bound("start", start, lastDay)
	bound("end", end, lastDay+1)
	if problems.Empty() && end <= start {
		problems.Add(check.ErrInvalid, "end", "end_not_after_start", end, "start", start)
	}
	if err := problems.Err(); err != nil {
		return Period{}, err
	}
	return Period{start, end}, nil
}

// Through gives the days from first to last, both included: the way most
// tables and people write a range. Errors are those of NewPeriod.
func Through(first, last Day) (Period, error) {
	if !last.IsZero() {
		last++
	}
	return newPeriod("calendar.Through", first, last)
}

// Start gives the first day.
func (p Period) Start() Day { return p.start }

// End gives the first day after the period.
func (p Period) End() Day { return p.end }

// Last gives the last day that belongs to the period, and no day for no
// period.
func (p Period) Last() Day {
	if p.IsZero() {
		return 0
	}
	return p.end - 1
}

// Days gives the number of days.
func (p Period) Days() int { return int(p.end - p.start) }

// IsZero reports whether this is "no period".
func (p Period) IsZero() bool { return p == Period{} }

// Contains reports whether the day belongs to the period.
func (p Period) Contains(d Day) bool { return p.start <= d && d < p.end }

// Covers reports whether every day of q belongs to p. No period covers
// nothing and is covered by nothing.
func (p Period) Covers(q Period) bool {
	return !q.IsZero() && p.start <= q.start && q.end <= p.end
}

// Intersect gives the days that belong to both, and whether there are any.
func (p Period) Intersect(q Period) (both Period, ok bool) {
	both = Period{max(p.start, q.start), min(p.end, q.end)}
	if both.end <= both.start {
		return Period{}, false
	}
	return both, true
}

// Elapsed gives how many days have passed at the end of the as-of day, which
// counts as passed:
//
//	asOf − start + 1, at least 0 and at most Days
//
// It is 0 for no period, and before the start, where no day counts as well.
func (p Period) Elapsed(asOf Day) int {
	return int(min(max(asOf-p.start+1, 0), p.end-p.start))
}

// Equal reports whether both hold the same days. It is ==.
func (p Period) Equal(q Period) bool { return p == q }

// Compare orders periods by start, then by end.
func (p Period) Compare(q Period) int {
	return cmp.Or(cmp.Compare(p.start, q.start), cmp.Compare(p.end, q.end))
}

// String gives start and end as days, "2026-01-01/2026-04-01", the end not
// included; no period is "". For a label such as 2026-Q1 see
// [Calendar.Label].
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	return p.start.String() + "/" + p.end.String()
}

// ParsePeriod reads what String writes: two days joined by a slash, the
// second not included.
func ParsePeriod(s string) (Period, error) { return parsePeriod("calendar.ParsePeriod", s) }

func parsePeriod(op, s string) (Period, error) {
	start, end, found := strings.Cut(s, "/")
	if !found {
		return Period{}, check.New(op, check.ErrInvalid, "", "not_a_period", s, "form", "YYYY-MM-DD/YYYY-MM-DD")
	}
	return parseBounds(op, start, end)
}

func parseBounds(op, start, end string) (Period, error) {
	problems := check.List{Op: op}
	first, err := parseBound(start)
	problems.Nest("start", err)
	after, err := parseBound(end)
	problems.Nest("end", err)
	if err := problems.Err(); err != nil {
		return Period{}, err
	}
	return newPeriod(op, first, after)
}

// parseBound reads a bound of a period, which may be the day after the last
// one. An empty text is no day.
func parseBound(s string) (Day, error) {
	switch s {
	case "":
		return 0, nil
	case dayAfterLast:
		return lastDay + 1, nil
	default:
		return parseDay("calendar.Period", s)
	}
}

const dayAfterLast = "2201-01-01"

type periodJSON struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

// MarshalJSON gives {"start":"2026-01-01","end":"2026-04-01"}, the end not
// included, and null for no period.
func (p Period) MarshalJSON() ([]byte, error) {
	if p.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(periodJSON{p.start.String(), p.end.String()})
}

// UnmarshalJSON reads what MarshalJSON writes; null leaves the period as it
// is, an unknown field is an error.
func (p *Period) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	const op = "calendar.Period"
	var j periodJSON
	if err := check.Decode(op, data, &j); err != nil {
		return err
	}
	read, err := parseBounds(op, j.Start, j.End)
	if err != nil {
		return err
	}
	*p = read
	return nil
}
