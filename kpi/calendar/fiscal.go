package calendar

import (
	"time"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// YearNaming says which calendar year gives a fiscal year its number, where
// it touches two. The zero value is by its start.
type YearNaming uint8

const (
	NamedByStart YearNaming = iota // the year from April 2026 is FY2026
	NamedByEnd                     // the year from April 2026 is FY2027
)

func namingWords() []string { return []string{"start", "end"} }

// String gives start or end.
func (n YearNaming) String() string { return enum.String(namingWords(), n) }

// MarshalText gives the word; a naming outside the constants is an error.
func (n YearNaming) MarshalText() ([]byte, error) {
	if n > NamedByEnd {
		return nil, check.New("calendar.YearNaming", check.ErrUnknown, "", codeNaming, uint8(n))
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
	return check.New("calendar.YearNaming", check.ErrUnknown, "", codeNaming, string(text))
}

const codeNaming = "unknown_year_naming"

// Fiscal gives the calendar whose years begin on the first day of a month.
// Quarters and halves are counted from there; months and weeks stay those of
// the calendar. From January both namings are one and give the zero
// Calendar. A month that does not exist is check.ErrRange, a naming outside
// the constants check.ErrUnknown.
func Fiscal(first time.Month, named YearNaming) (Calendar, error) {
	return fiscal("calendar.Fiscal", first, 1, named)
}

// FiscalFrom gives the calendar whose years begin on any day of a month, such
// as the British tax year from 6 April. Months, quarters and halves begin on
// that day of their month too, and on the last day of a month that is too
// short for it: a year from 31 May has quarters from 31 August, 30 November
// and the end of February. 31 stands for the last day of every month, of a
// short first month too.
//
// Any other day must be one that the first month has in every year, so 29
// and 30 February and the like are check.ErrRange, as is a month that does
// not exist.
func FiscalFrom(first time.Month, day int, named YearNaming) (Calendar, error) {
	return fiscal("calendar.FiscalFrom", first, day, named)
}

// lastOfMonth is the first day that stands for the last one of every month.
const lastOfMonth = 31

func fiscal(op string, first time.Month, day int, named YearNaming) (Calendar, error) {
	problems := check.List{Op: op}
	if first < time.January || first > time.December {
		problems.Add(check.ErrRange, "first_month", "not_a_month", int(first), "first", 1, "last", 12)
	} else if day < 1 || day != lastOfMonth && day > daysIn(FirstYear, first) {
		problems.Add(check.ErrRange, "first_day", "not_a_day_of_month", day, "first_month", int(first))
	}
	if named > NamedByEnd {
		problems.Add(check.ErrUnknown, "year_named_by", codeNaming, uint8(named))
	}
	if err := problems.Err(); err != nil {
		return Calendar{}, err
	}
	if first == time.January && day == 1 {
		named = NamedByStart // touches one year, which has one name
	}
	return Calendar{month: uint8(first - time.January), day: uint8(day - 1), naming: named}, nil
}

// WeeksFrom gives the same calendar with weeks that begin on a weekday, such
// as Sunday. They are numbered as ISO 8601 numbers its own: week 1 is the
// first with at least four days in the new calendar year. From Sunday these
// are the weeks of U.S. epidemiology (MMWR).
//
// The weeks of a 52/53-week year begin where its years do: another weekday is
// check.ErrInvalid. A weekday that does not exist is check.ErrRange.
func (c Calendar) WeeksFrom(first time.Weekday) (Calendar, error) {
	const op = "calendar.WeeksFrom"
	if !isWeekday(first) {
		return Calendar{}, check.New(op, check.ErrRange, "week_start", codeWeekday, int(first))
	}
	if c.isRetail() && first != c.WeekStart() {
		return Calendar{}, check.New(op, check.ErrInvalid, "week_start", "weeks_follow_year", weekday(first), "week_start", weekday(c.WeekStart()))
	}
	c.week = toMonday(first)
	return c, nil
}

// monthNumber counts the months of the year's making: those of the calendar,
// or those from its first day to the day before the next one.
func (c Calendar) monthNumber(d Day) int {
	year, month, day := civil(d)
	n := year*12 + int(month-time.January) - int(c.month)
	if c.day > 0 && day < c.dayOf(year, month) {
		n--
	}
	return n
}

// monthBegin gives the first day of the n-th of them.
func (c Calendar) monthBegin(n int) Day {
	n += int(c.month)
	year, month := n/12, time.January+time.Month(n%12)
	if c.day == 0 {
		return newDay(year, month, 1)
	}
	return newDay(year, month, c.dayOf(year, month))
}

// dayOf gives the day on which a month of the year begins.
func (c Calendar) dayOf(year int, month time.Month) int {
	return min(int(c.day)+1, daysIn(year, month))
}
