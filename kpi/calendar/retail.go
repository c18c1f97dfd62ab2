package calendar

import (
	"time"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// RetailYear describes years of 52 or 53 whole weeks, which close on one
// weekday near the end of one month. Its quarters have 13 weeks, its months
// 4 or 5 by a pattern, and in a year of 53 weeks one month has a week more.
//
//	NRF (U.S. retail)      January, Saturday, nearest, 4-5-4, named by start
//	Johnson & Johnson      December, Sunday, nearest
//	Micron                 August, Thursday, nearest, named by end
//
// See [Retail] for the calendar. Two years may close within one calendar
// year (1 January and 31 December 2006 are both Sundays nearest the end of a
// December), so a year is named by the closing month that it belongs to and
// not by the day on which it happens to end.
type RetailYear struct {
	ClosingMonth time.Month
	ClosingDay   time.Weekday // the last day of the year and of every week
	Closing      Closing      // which of these weekdays; zero: the last one of the month
	Pattern      WeekPattern  // weeks of the months of a quarter; zero: 4-4-5
	LongMonth    int          // the month, 1 to 12, that takes week 53; zero: the last. Quarter 1 takes it by month 3
	NamedBy      YearNaming   // by the calendar year of the first month, or of the closing month
}

// Closing says on which weekday a 52/53-week year closes.
type Closing uint8

const (
	LastWeekday      Closing = iota // the last one in the closing month: 0 to 6 days before its end
	NearestWeekday                  // the one nearest to its end: from 3 days before to 3 days after
	FollowingWeekday                // the first from its last day on, so that years begin on the first such day of a month
)

func closingWords() []string { return []string{"last", "nearest", "following"} }

// String gives last, nearest or following.
func (c Closing) String() string { return enum.String(closingWords(), c) }

// MarshalText gives the word; a closing outside the constants is an error.
func (c Closing) MarshalText() ([]byte, error) {
	return enum.Marshal("calendar.Closing", closingWords(), c)
}

// UnmarshalText reads the word.
func (c *Closing) UnmarshalText(text []byte) error {
	return enum.Unmarshal("calendar.Closing", closingWords(), text, c)
}

// beyond gives how many days after the end of the closing month the year may
// close at the latest.
func (c Closing) beyond() int { return 3 * int(c) }

// WeekPattern says how the 13 weeks of a quarter are laid out over its
// months.
type WeekPattern uint8

const (
	Weeks445 WeekPattern = iota // 4, 4 and 5 weeks
	Weeks454                    // 4, 5 and 4
	Weeks544                    // 5, 4 and 4
)

func patternWords() []string { return []string{"4-4-5", "4-5-4", "5-4-4"} }

// String gives 4-4-5, 4-5-4 or 5-4-4.
func (p WeekPattern) String() string { return enum.String(patternWords(), p) }

// MarshalText gives the word; a pattern outside the constants is an error.
func (p WeekPattern) MarshalText() ([]byte, error) {
	return enum.Marshal("calendar.WeekPattern", patternWords(), p)
}

// UnmarshalText reads the word.
func (p *WeekPattern) UnmarshalText(text []byte) error {
	return enum.Unmarshal("calendar.WeekPattern", patternWords(), text, p)
}

// starts gives the week in which each month of a quarter begins, from 0.
func (p WeekPattern) starts() (second, third int) {
	switch p {
	case Weeks454:
		return 4, 9
	case Weeks544:
		return 5, 9
	default:
		return 4, 8
	}
}

// Validate reports every problem: a month that does not exist, a weekday
// that does not, a closing, pattern or naming outside the constants.
func (y RetailYear) Validate() error { return y.validate("calendar.RetailYear") }

func (y RetailYear) validate(op string) error {
	problems := check.List{Op: op}
	month := func(path string, m int) {
		problems.Add(check.ErrRange, path, "not_a_month", m, "first", 1, "last", 12)
	}
	if y.ClosingMonth < time.January || y.ClosingMonth > time.December {
		month("closing_month", int(y.ClosingMonth))
	}
	if !isWeekday(y.ClosingDay) {
		problems.Add(check.ErrRange, "closing_day", codeWeekday, int(y.ClosingDay))
	}
	if y.Closing > FollowingWeekday {
		problems.Add(check.ErrUnknown, "closing", "unknown_closing", uint8(y.Closing))
	}
	if y.Pattern > Weeks544 {
		problems.Add(check.ErrUnknown, "pattern", "unknown_pattern", uint8(y.Pattern))
	}
	if y.LongMonth < 0 || y.LongMonth > 12 {
		month("long_month", y.LongMonth)
	}
	if y.NamedBy > NamedByEnd {
		problems.Add(check.ErrUnknown, "year_named_by", codeNaming, uint8(y.NamedBy))
	}
	return problems.Err()
}

// retail is what a calendar keeps of a RetailYear beside its month and
// weekday. long is never 0, so the zero value is no such year.
type retail struct {
	closing Closing
	pattern WeekPattern
	long    uint8 // month that takes week 53, from 1
}

// Retail gives the calendar of 52/53-week years. Its weeks begin on the day
// after the closing one; week 1 is the first of the year. The errors are
// those of [RetailYear.Validate].
func Retail(y RetailYear) (Calendar, error) {
	if err := y.validate("calendar.Retail"); err != nil {
		return Calendar{}, err
	}
	if y.LongMonth == 0 {
		y.LongMonth = 12
	}
	if y.ClosingMonth == time.December {
		y.NamedBy = NamedByStart // first and closing month are of one year
	}
	return Calendar{
		month:  uint8(y.ClosingMonth - time.January),
		week:   toMonday((y.ClosingDay + 1) % 7),
		naming: y.NamedBy,
		weeks:  retail{y.Closing, y.Pattern, uint8(y.LongMonth)},
	}, nil
}

// RetailYear gives the description of 52/53-week years with nothing left to
// defaults, and false for a calendar of months.
func (c Calendar) RetailYear() (RetailYear, bool) {
	if !c.isRetail() {
		return RetailYear{}, false
	}
	return RetailYear{
		ClosingMonth: time.January + time.Month(c.month),
		ClosingDay:   (c.WeekStart() + 6) % 7,
		Closing:      c.weeks.closing,
		Pattern:      c.weeks.pattern,
		LongMonth:    int(c.weeks.long),
		NamedBy:      c.naming,
	}, true
}

// A year of weeks is numbered, among the others, by the calendar year of its
// closing month; naming is a matter of labels alone.

// closes gives the last day of a year.
func (c Calendar) closes(year int) Day {
	month := time.January + time.Month(c.month)
	latest := newDay(year, month, daysIn(year, month)) + Day(c.weeks.closing.beyond())
	return latest - Day(mod(int(latest)-int(c.week)+1, 7)) // day 0 is a Monday
}

// retailYear gives the year of a day, its first day, and its weeks.
func (c Calendar) retailYear(d Day) (year int, start Day, weeks int) {
	year, _, _ = civil(d)
	last := c.closes(year)
	if d > last {
		year++
		return year, last + 1, int(c.closes(year)-last) / 7
	}
	before := c.closes(year - 1)
	if d <= before {
		year--
		last, before = before, c.closes(year-1)
	}
	return year, before + 1, int(last-before) / 7
}

// monthOf gives the month, from 0, of a week of a year, from 0.
func (c Calendar) monthOf(week, weeks int) int {
	if weeks == 53 && week >= c.monthWeek(int(c.weeks.long), 52) {
		week--
	}
	second, third := c.weeks.pattern.starts()
	month, week := week/13*3, week%13
	switch {
	case week >= third:
		return month + 2
	case week >= second:
		return month + 1
	default:
		return month
	}
}

// monthWeek gives the week, from 0, in which a month from 0 to 12 begins.
func (c Calendar) monthWeek(month, weeks int) int {
	second, third := c.weeks.pattern.starts()
	week := month / 3 * 13
	switch month % 3 {
	case 1:
		week += second
	case 2:
		week += third
	}
	if weeks == 53 && month >= int(c.weeks.long) {
		week++
	}
	return week
}

// retailPeriod gives the bounds of the month, quarter, half or year of a day.
func (c Calendar) retailPeriod(g Grain, d Day) (start, end Day) {
	_, first, weeks := c.retailYear(d)
	month := g.floor(c.monthOf(int(d-first)/7, weeks))
	return first + Day(7*c.monthWeek(month, weeks)), first + Day(7*c.monthWeek(month+g.months(), weeks))
}

func (c Calendar) retailNumber(g Grain, d Day) int {
	year, first, weeks := c.retailYear(d)
	return (year*12 + c.monthOf(int(d-first)/7, weeks)) / g.months()
}

func (c Calendar) retailBegin(g Grain, i int) Day {
	month := i * g.months()
	year := month / 12
	before := c.closes(year - 1)
	if month%12 == 0 {
		return before + 1
	}
	return before + 1 + Day(7*c.monthWeek(month%12, int(c.closes(year)-before)/7))
}
