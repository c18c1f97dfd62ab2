package calendar

import (
	"time"

	"github.com/rickb777/date/v2"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Calendar cuts time into the periods of each [Grain] and names them. It is
// a value: comparable, == is equality, safe for concurrent use. The zero
// Calendar is the calendar year: January to December, weeks by ISO 8601.
//
// Only periods that lie wholly within 1900–2200 exist. A fiscal year from
// April 1899 is not there, nor the ISO week from 2200-12-29, and the days
// inside them have no period of that grain.
type Calendar struct {
	shift  uint8 // first month of the year, counted from January
	naming YearNaming
}

// Equal reports whether both cut and name time alike. It is ==.
func (c Calendar) Equal(o Calendar) bool { return c == o }

// YearNaming says which calendar year gives a fiscal year its number, where
// it touches two. The zero value is by its start.
type YearNaming uint8

const (
	NamedByStart YearNaming = iota // the year from April 2026 is FY2026
	NamedByEnd                     // the year from April 2026 is FY2027
)

func namingWords() []string { return []string{"start", "end"} }

// String gives start or end.
func (n YearNaming) String() string {
	if words := namingWords(); int(n) < len(words) {
		return words[n]
	}
	return "unknown"
}

// MarshalText gives the word; a naming outside the constants is an error.
func (n YearNaming) MarshalText() ([]byte, error) {
	if n > NamedByEnd {
		return nil, check.New("calendar.YearNaming", check.ErrUnknown, "", "unknown_year_naming", uint8(n))
	}
	return []byte(n.String()), nil
}

// UnmarshalText reads the word.
func (n *YearNaming) UnmarshalText(text []byte) error {
	for i, word := range namingWords() {
		if word == string(text) {
			*n = YearNaming(i)
			return nil
		}
	}
	return check.New("calendar.YearNaming", check.ErrUnknown, "", "unknown_year_naming", string(text))
}

// Fiscal gives the calendar whose years begin on the first day of a month.
// Quarters and halves are counted from there; months and weeks stay those of
// the calendar. From January both namings are one and give the zero
// Calendar. A month that does not exist is check.ErrRange, a naming outside
// the constants check.ErrUnknown.
func Fiscal(first time.Month, named YearNaming) (Calendar, error) {
	problems := check.List{Op: "calendar.Fiscal"}
	if first < time.January || first > time.December {
		problems.Add(check.ErrRange, "first_month", "not_a_month", int(first), "first", 1, "last", 12)
	}
	if named > NamedByEnd {
		problems.Add(check.ErrUnknown, "year_named_by", "unknown_year_naming", uint8(named))
	}
	if err := problems.Err(); err != nil {
		return Calendar{}, err
	}
	if first == time.January {
		return Calendar{}, nil
	}
	return Calendar{shift: uint8(first - time.January), naming: named}, nil
}

// FirstMonth gives the month in which the year begins.
func (c Calendar) FirstMonth() time.Month { return time.January + time.Month(c.shift) }

// YearNamedBy says which calendar year gives a year its number.
func (c Calendar) YearNamedBy() YearNaming { return c.naming }

// Nests reports whether every period of the outer grain is made up of whole
// periods of the inner one. Days nest in everything, months in quarters,
// halves and years; a grain nests in itself. Weeks nest in nothing else: most
// months, quarters and years begin in the middle of one.
func (c Calendar) Nests(inner, outer Grain) bool {
	if !inner.cuts() || !outer.cuts() {
		return false
	}
	return inner == outer || inner == Daily ||
		inner.months() > 0 && outer.months() >= inner.months()
}

// PeriodOf gives the period of the grain that contains the day. It is "no
// period" for no grain, for no day, for a day outside 1900–2200, and for the
// few days at both ends of that range whose period would reach beyond it.
//
// To place a great many days, keep the last period and ask anew only where
// it does not contain the next day.
func (c Calendar) PeriodOf(g Grain, d Day) Period {
	if !g.cuts() || !d.Valid() {
		return Period{}
	}
	i := c.number(g, d)
	p, _ := inYears(c.begin(g, i), c.begin(g, i+1))
	return p
}

// inYears gives the period, or a code where it would leave the years of this
// module.
func inYears(start, end Day) (Period, string) {
	if start < firstDay || end > lastDay+1 {
		return Period{}, codeYear
	}
	return Period{start, end}, ""
}

// Split cuts a period into the periods of a grain, in order. The period must
// begin and end where periods of the grain do; otherwise the error
// (check.ErrInvalid) names the side, start or end, that does not.
func (c Calendar) Split(p Period, g Grain) ([]Period, error) {
	from, to, err := c.whole("calendar.Split", p, g)
	if err != nil {
		return nil, err
	}
	parts := make([]Period, 0, to-from)
	for i, start := from, p.start; i < to; i++ {
		end := c.begin(g, i+1)
		parts = append(parts, Period{start, end})
		start = end
	}
	return parts, nil
}

// Shift moves a period of k whole periods of the grain by n of them, back
// for a negative n: the k periods n later. It never counts days, so February
// shifted by one month is the whole of March, and a quarter shifted by -4 is
// the same quarter of the year before.
//
// A period that does not begin and end on the grain is an error as in
// [Calendar.Split]; a result that would leave 1900–2200 is check.ErrRange.
func (c Calendar) Shift(p Period, g Grain, n int) (Period, error) {
	const op = "calendar.Shift"
	from, to, err := c.whole(op, p, g)
	if err != nil {
		return Period{}, err
	}
	const span = int(lastDay - firstDay + 1)
	if n >= -span && n <= span {
		if shifted, code := inYears(c.begin(g, from+n), c.begin(g, to+n)); code == "" {
			return shifted, nil
		}
	}
	return Period{}, check.New(op, check.ErrRange, "", codeYear, p, "shift", n, "grain", g, "first", FirstYear, "last", LastYear)
}

// GrainOf gives the grain of which the period is exactly one, and whether
// there is such a grain.
func (c Calendar) GrainOf(p Period) (Grain, bool) {
	for g := Daily; g <= Yearly; g++ {
		if !p.IsZero() && c.PeriodOf(g, p.start) == p {
			return g, true
		}
	}
	return NoGrain, false
}

// whole gives the numbers of the grain's first period in p and of the first
// one after p.
func (c Calendar) whole(op string, p Period, g Grain) (from, to int, err error) {
	problems := check.List{Op: op}
	switch {
	case !g.cuts():
		problems.Add(check.ErrInvalid, "grain", "not_a_grain", g)
	case p.IsZero():
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	default:
		from, to = c.number(g, p.start), c.number(g, p.end)
		for _, side := range []struct {
			name string
			day  Day
			i    int
		}{{"start", p.start, from}, {"end", p.end, to}} {
			if c.begin(g, side.i) != side.day {
				problems.Add(check.ErrInvalid, side.name, "not_on_grain", side.day, "grain", g,
					"before", c.begin(g, side.i), "after", c.begin(g, side.i+1))
			}
		}
	}
	return from, to, problems.Err()
}

// number and begin are all that the rest is built on: the periods of a grain
// stand in one endless row, number says where in it a day lies, and begin
// where its i-th period starts. Both hold beyond 1900–2200 too.
func (c Calendar) number(g Grain, d Day) int {
	switch g {
	case Daily:
		return int(d)
	case Weekly:
		return int(d) / 7
	default:
		year, month, _ := d.Date()
		return (year*12 + int(month-time.January) - int(c.shift)) / g.months()
	}
}

func (c Calendar) begin(g Grain, i int) Day {
	switch g {
	case Daily:
		return Day(i)
	case Weekly:
		return Day(i) * 7 // day 0, 1 January of year 1, is a Monday
	default:
		months := i*g.months() + int(c.shift)
		return Day(date.New(months/12, time.January+time.Month(months%12), 1))
	}
}
