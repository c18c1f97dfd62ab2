package calendar

import (
	"time"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Calendar cuts time into the periods of each [Grain] and names them. It is
// a value: comparable, == is equality, safe for concurrent use. The zero
// Calendar is the calendar year: January to December, weeks by ISO 8601.
// [Fiscal] and [FiscalFrom] give years of twelve months, [Retail] years of
// 52 or 53 weeks, and [Calendar.WeeksFrom] moves the first day of the week.
//
// Only periods that lie wholly within 1900–2200 exist. A fiscal year from
// April 1899 is not there, nor the ISO week from 2200-12-29, and the days
// inside them have no period of that grain.
type Calendar struct {
	month  uint8 // in which the year begins, or for retail closes; January is 0
	day    uint8 // of that month on which the year begins; the 1st is 0; not for retail
	week   uint8 // weekday on which weeks begin; Monday is 0
	naming YearNaming
	weeks  retail // the zero value: years are made of months
}

// Equal reports whether both cut and name time alike. It is ==.
func (c Calendar) Equal(o Calendar) bool { return c == o }

// isRetail reports whether years are made of weeks.
func (c Calendar) isRetail() bool { return c.weeks != retail{} }

// FirstMonth gives the month in which the year begins. A year of 52 or 53
// weeks begins a few days before or after the first of it.
func (c Calendar) FirstMonth() time.Month {
	if c.isRetail() {
		return time.January + time.Month((c.month+1)%12)
	}
	return time.January + time.Month(c.month)
}

// FirstDay gives the day of the first month on which the year begins, where
// 31 stands for the last day of a month; it is 0 for years of weeks, which
// begin on a weekday.
func (c Calendar) FirstDay() int {
	if c.isRetail() {
		return 0
	}
	return int(c.day) + 1
}

// WeekStart gives the weekday on which weeks begin.
func (c Calendar) WeekStart() time.Weekday { return fromMonday(c.week) }

// YearNamedBy says which calendar year gives a year its number.
func (c Calendar) YearNamedBy() YearNaming { return c.naming }

// fromMonday and toMonday translate weekdays counted from Monday.
func fromMonday(n uint8) time.Weekday { return time.Weekday((n + 1) % 7) }
func toMonday(w time.Weekday) uint8   { return uint8(mod(int(w)-1, 7)) }

// Nests reports whether every period of the outer grain is made up of whole
// periods of the inner one. Days nest in everything, months in quarters,
// halves and years; a grain nests in itself. Weeks nest in the months of a
// 52/53-week year and all that is made of them, and elsewhere in nothing
// else: most calendar months, quarters and years begin in the middle of one.
func (c Calendar) Nests(inner, outer Grain) bool {
	if !inner.cuts() || !outer.cuts() {
		return false
	}
	return inner == outer || inner == Daily ||
		inner == Weekly && c.isRetail() && outer > Weekly ||
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
	p, _ := inYears(c.around(g, d))
	return p
}

// around gives the bounds of the period around a day. It says what number
// and begin say, at once.
func (c Calendar) around(g Grain, d Day) (start, end Day) {
	switch {
	case g <= Weekly:
		i := c.number(g, d)
		return c.begin(g, i), c.begin(g, i+1)
	case c.isRetail():
		return c.retailPeriod(g, d)
	default:
		first := g.floor(c.monthNumber(d))
		return c.monthBegin(first), c.monthBegin(first + g.months())
	}
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

// Cut cuts a period where periods of a grain begin, wherever it begins and
// ends itself: the first and the last part may be less than a period of the
// grain. A month cut by weeks gives the slices of its weeks. No grain
// (check.ErrInvalid) and no period (check.ErrMissing) are errors.
func (c Calendar) Cut(p Period, g Grain) ([]Period, error) {
	const op = "calendar.Cut"
	problems := check.List{Op: op}
	if !g.cuts() {
		problems.Add(check.ErrInvalid, "grain", "not_a_grain", g)
	}
	if p.IsZero() {
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	var parts []Period
	for start := p.start; start < p.end; {
		end := min(c.begin(g, c.number(g, start)+1), p.end)
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
	lowest, highest := c.number(g, firstDay), c.number(g, lastDay)+1
	if n >= -span && n <= span && from+n >= lowest && to+n <= highest {
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
	switch {
	case g == Daily:
		return int(d)
	case g == Weekly:
		return (int(d) - int(c.week)) / 7 // day 0, 1 January of year 1, is a Monday
	case c.isRetail():
		return c.retailNumber(g, d)
	default:
		return c.monthNumber(d) / g.months()
	}
}

func (c Calendar) begin(g Grain, i int) Day {
	switch {
	case g == Daily:
		return Day(i)
	case g == Weekly:
		return Day(i*7 + int(c.week))
	case c.isRetail():
		return c.retailBegin(g, i)
	default:
		return c.monthBegin(i * g.months())
	}
}
