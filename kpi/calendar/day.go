package calendar

import (
	"cmp"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Day is one calendar day, without time or zone. Days compare with the
// operators and count from 1 January of year 1; the zero Day is "no day",
// which [Day.IsZero] tells, JSON writes as null and text as nothing.
//
// Every way in but plain arithmetic is a strict door: a day that does not
// exist, or lies outside 1900–2200, is an error and never rolls over into
// another. Safe for concurrent use, as every value of this package.
type Day date.Date

// The years that this module works in.
const (
	FirstYear = 1900
	LastYear  = 2200
)

// NewDay gives the day of a year, month and day of month. A day that does
// not exist, such as 31 February, is an error (check.ErrInvalid); so is a
// year outside 1900–2200 (check.ErrRange).
func NewDay(year int, month time.Month, day int) (Day, error) {
	d, code := makeDay(year, month, day)
	switch code {
	case "":
		return d, nil
	case codeYear:
		return 0, yearError("calendar.NewDay", year)
	default:
		return 0, check.New("calendar.NewDay", check.ErrInvalid, "", code, nil,
			"year", year, "month", int(month), "day", day)
	}
}

const (
	codeDay  = "not_a_day"
	codeYear = "year_out_of_range"
)

func yearError(op string, value any) error {
	return check.New(op, check.ErrRange, "", codeYear, value, "first", FirstYear, "last", LastYear)
}

// makeDay is the one door: only what exists goes through.
func makeDay(year int, month time.Month, day int) (Day, string) {
	if month < time.January || month > time.December || day < 1 || day > 31 {
		return 0, codeDay
	}
	if year < FirstYear || year > LastYear {
		return 0, codeYear
	}
	if day > daysIn(year, month) {
		return 0, codeDay
	}
	return newDay(year, month, day), ""
}

// ParseDay reads exactly YYYY-MM-DD. Anything else is an error: another
// form, a date-time, an ordinal or week date, a day that does not exist, a
// year outside 1900–2200.
func ParseDay(s string) (Day, error) {
	return parseDay("calendar.ParseDay", s)
}

func parseDay(op, s string) (Day, error) {
	year, month, day, ok := digits(s)
	if !ok {
		return 0, check.New(op, check.ErrInvalid, "", codeDay, s, "form", "YYYY-MM-DD")
	}
	d, code := makeDay(year, time.Month(month), day)
	switch code {
	case "":
		return d, nil
	case codeYear:
		return 0, yearError(op, s)
	default:
		return 0, check.New(op, check.ErrInvalid, "", code, s, "form", "YYYY-MM-DD")
	}
}

// digits takes YYYY-MM-DD apart, and nothing else.
func digits(s string) (year, month, day int, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, 0, 0, false
	}
	year, ok1 := number(s[:4])
	month, ok2 := number(s[5:7])
	day, ok3 := number(s[8:])
	return year, month, day, ok1 && ok2 && ok3
}

// number reads plain ASCII digits; unlike strconv.Atoi it takes no sign.
func number(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}

// MustDay is ParseDay for constants in tests and examples; it panics on an
// error.
func MustDay(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DayIn gives the day on which an instant falls in a location; it is the
// only door from time.Time. For a DATE column that a driver returned as
// midnight of its own zone, pass t.Location(): the fields are taken as they
// stand. ok is false where the instant is zero, the location is nil, or the
// year lies outside 1900–2200: there is no such day, and in a reader that
// means missing.
func DayIn(t time.Time, loc *time.Location) (day Day, ok bool) {
	if t.IsZero() || loc == nil {
		return 0, false
	}
	day, code := makeDay(t.In(loc).Date())
	return day, code == ""
}

// In gives the instant at which the day begins in a location, as [time.Date]
// finds it; a nil location is UTC. It is for asking other packages about a
// day, such as a calendar of holidays.
func (d Day) In(loc *time.Location) time.Time {
	if loc == nil {
		loc = time.UTC
	}
	year, month, day := d.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, loc)
}

// IsZero reports whether this is "no day".
func (d Day) IsZero() bool { return d == 0 }

// Date gives year, month and day of month.
func (d Day) Date() (year int, month time.Month, day int) { return dateOf(d) }

// Year gives the calendar year.
func (d Day) Year() int {
	year, _, _ := dateOf(d)
	return year
}

// Month gives the month of the year.
func (d Day) Month() time.Month {
	_, month, _ := dateOf(d)
	return month
}

// DayOfMonth gives the day of the month, from 1.
func (d Day) DayOfMonth() int {
	_, _, day := dateOf(d)
	return day
}

// Weekday gives the day of the week.
func (d Day) Weekday() time.Weekday { return date.Date(d).Weekday() }

// Add gives the day n days later, or earlier for a negative n.
func (d Day) Add(n int) Day { return d + Day(n) }

// Sub gives the number of days from e to d.
func (d Day) Sub(e Day) int { return int(d - e) }

// Compare orders days by time; no day comes first.
func (d Day) Compare(e Day) int { return cmp.Compare(d, e) }

// Valid reports whether the day lies within 1900–2200. Arithmetic may leave
// that range; no door lets such a day in.
func (d Day) Valid() bool { return d >= firstDay && d <= lastDay }

// Day numbers of 1900-01-01 and 2200-12-31; a test holds them.
const (
	firstDay Day = 693595
	lastDay  Day = 803532
)

// String gives YYYY-MM-DD, and "" for no day.
func (d Day) String() string {
	text, _ := d.AppendText(nil)
	return string(text)
}

// AppendText appends YYYY-MM-DD, or nothing for no day.
func (d Day) AppendText(b []byte) ([]byte, error) {
	if d.IsZero() {
		return b, nil
	}
	year, month, day := d.Date()
	if year < 0 || year > 9999 {
		return b, yearError("calendar.Day", year)
	}
	return append(b,
		byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-',
		byte('0'+int(month)/10), byte('0'+int(month)%10), '-',
		byte('0'+day/10), byte('0'+day%10)), nil
}

// MarshalText gives YYYY-MM-DD, or nothing for no day. A day outside
// 1900–2200, which only arithmetic can make, is an error: it could not be
// read back.
func (d Day) MarshalText() ([]byte, error) {
	if !d.IsZero() && !d.Valid() {
		return nil, yearError("calendar.Day", d.Year())
	}
	return d.AppendText(nil)
}

// UnmarshalText reads what MarshalText writes.
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	read, err := parseDay("calendar.Day", string(text))
	if err != nil {
		return err
	}
	*d = read
	return nil
}

// MarshalJSON gives "YYYY-MM-DD", and null for no day.
func (d Day) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	text, err := d.MarshalText()
	if err != nil {
		return nil, err
	}
	return append(append([]byte{'"'}, text...), '"'), nil
}

// UnmarshalJSON reads "YYYY-MM-DD"; null leaves the day as it is. An empty
// string is an error: the JSON of an absent day is null.
func (d *Day) UnmarshalJSON(data []byte) error {
	s := string(data)
	if s == "null" {
		return nil
	}
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return check.New("calendar.Day", check.ErrInvalid, "", codeDay, s, "form", "YYYY-MM-DD")
	}
	read, err := parseDay("calendar.Day", s[1:len(s)-1])
	if err != nil {
		return err
	}
	*d = read
	return nil
}
