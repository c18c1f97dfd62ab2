package calendar

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// LikeForLike says how a period is compared with an earlier one, so that like
// is compared with like: a month of which twenty days have passed with twenty
// days of another, never with the whole of it. It is a record; [LikeForLike.ToDate]
// and [LikeForLike.MatchDays] use it.
//
// The earlier period is a whole number of periods too, those of the longest
// grain of which the period is made:
//
//	PeriodBefore   as many of them, directly before: Q2 and Q1, January–February and November–December
//	YearBefore     the same months a year before; the weeks of the same number; the same dates
//
// Special cases of YearBefore, for periods of at most 371 days:
//   - weeks, and the days of a 52/53-week year, have the week of the same
//     number (and the same day of it) a year before. Week 53 has none where
//     that year has 52 weeks (check.ErrInvalid, no_counterpart), unless Week53
//     is Restated;
//   - days that make up no week or month begin on the same date; 29 February
//     has 28 February there.
type LikeForLike struct {
	Calendar Calendar        `json:"calendar"`
	Against  Against         `json:"against"`
	Match    Match           `json:"match"`
	Week53   Week53          `json:"week53"`
	WorkDays WorkCalendar    `json:"work_days,omitzero"` // required to match by working days
	Holidays []MovingHoliday `json:"holidays,omitzero"`  // that move from year to year
}

// Against says which earlier period a period is compared with.
type Against uint8

const (
	PeriodBefore Against = iota // the one directly before
	YearBefore                  // the same one a year before
)

func againstWords() []string { return []string{"period_before", "year_before"} }

// String gives period_before or year_before.
func (a Against) String() string { return enum.String(againstWords(), a) }

// MarshalText gives the word; a number outside the constants is an error.
func (a Against) MarshalText() ([]byte, error) {
	return enum.Marshal("calendar.Against", againstWords(), a)
}

// UnmarshalText reads the word.
func (a *Against) UnmarshalText(text []byte) error {
	return enum.Unmarshal("calendar.Against", againstWords(), text, a)
}

// Match says how much of the earlier period stands against what has passed of
// this one.
type Match uint8

const (
	ByDays     Match = iota // as many days on both sides
	ByWorkDays              // as many working days on both sides
	BySameDate              // up to the same date, month end to month end: the sides may hold different numbers of days
)

func matchWords() []string { return []string{"days", "work_days", "same_date"} }

// String gives days, work_days or same_date.
func (m Match) String() string { return enum.String(matchWords(), m) }

// MarshalText gives the word; a number outside the constants is an error.
func (m Match) MarshalText() ([]byte, error) {
	return enum.Marshal("calendar.Match", matchWords(), m)
}

// UnmarshalText reads the word.
func (m *Match) UnmarshalText(text []byte) error {
	return enum.Unmarshal("calendar.Match", matchWords(), text, m)
}

// Week53 says what stands against a period a year before where one of the
// years has 53 weeks. After such a year weeks of the same number lie six or
// seven days apart in the calendar, so that one of them holds a holiday that
// the other does not. This year stands as its calendar has it; only the
// earlier side is restated. 52 weeks before week 53 is week 1 of its own year.
type Week53 uint8

const (
	WeekByNumber Week53 = iota // week 1 against week 1; the week more is left out
	Restated                   // 52 weeks before: after a long year week 1 against its week 2, whose week 1 is left out
)

func week53Words() []string { return []string{"by_number", "restated"} }

// String gives by_number or restated.
func (w Week53) String() string { return enum.String(week53Words(), w) }

// MarshalText gives the word; a number outside the constants is an error.
func (w Week53) MarshalText() ([]byte, error) {
	return enum.Marshal("calendar.Week53", week53Words(), w)
}

// UnmarshalText reads the word.
func (w *Week53) UnmarshalText(text []byte) error {
	return enum.Unmarshal("calendar.Week53", week53Words(), text, w)
}

// Validate reports every problem: a number outside the constants
// (check.ErrUnknown), no work calendar where working days are to be matched
// (check.ErrMissing), a holiday's name twice (check.ErrDuplicate), and those
// of each moving holiday.
func (l LikeForLike) Validate() error { return l.validate("calendar.LikeForLike") }

func (l LikeForLike) validate(op string) error {
	problems := check.List{Op: op}
	if l.Against > YearBefore {
		problems.Add(check.ErrUnknown, "against", "unknown_word", uint8(l.Against))
	}
	if l.Match > BySameDate {
		problems.Add(check.ErrUnknown, "match", "unknown_word", uint8(l.Match))
	}
	if l.Week53 > Restated {
		problems.Add(check.ErrUnknown, "week53", "unknown_word", uint8(l.Week53))
	}
	if l.Match == ByWorkDays && l.WorkDays.IsZero() {
		problems.Add(check.ErrMissing, "work_days", "missing_work_days", nil)
	}
	names := map[string]int{}
	for i, h := range l.Holidays {
		problems.Nest(check.At("holidays", i), h.Validate())
		if at, twice := names[h.Name]; twice {
			problems.Add(check.ErrDuplicate, check.At("holidays", i, "name"), "duplicate_name", h.Name, "other", check.At("holidays", at, "name"))
		} else {
			names[h.Name] = i
		}
	}
	return problems.Err()
}

// Base gives the whole earlier period that a period is compared with. Errors:
// those of Validate; no period (check.ErrMissing); a base that reaches out of
// 1900–2200 (check.ErrRange); and, a year before, week 53 without a
// counterpart and a period of more than 371 days (check.ErrInvalid).
func (l LikeForLike) Base(p Period) (Period, error) {
	const op = "calendar.Base"
	if err := l.validate(op); err != nil {
		return Period{}, err
	}
	return l.base(op, p)
}

func (l LikeForLike) base(op string, p Period) (Period, error) {
	if p.IsZero() {
		return Period{}, check.New(op, check.ErrMissing, "period", "missing_period", nil)
	}
	base, code := l.earlier(p)
	switch code {
	case "":
		return base, nil
	case codeYear:
		return Period{}, check.New(op, check.ErrRange, "period", codeYear, p, "first", FirstYear, "last", LastYear)
	default:
		return Period{}, check.New(op, check.ErrInvalid, "period", code, p, "label", l.Calendar.Label(p))
	}
}

// The codes of periods that have nothing to stand against.
const (
	codeNoCounterpart = "no_counterpart"
	codeTooLong       = "longer_than_a_year"
)

// longestYear is the number of days of 53 weeks, and fullYear of 52.
const (
	longestYear = 371
	fullYear    = 364
)

func (l LikeForLike) earlier(p Period) (Period, string) {
	c := l.Calendar
	g, from, to := c.longest(p)
	switch {
	case l.Against == PeriodBefore:
		return inYears(c.begin(g, from-(to-from)), p.start)
	case p.Days() > longestYear:
		return Period{}, codeTooLong
	case l.Week53 == Restated && (c.isRetail() || g == Weekly):
		return inYears(p.start-fullYear, min(p.end-fullYear, p.start))
	case g > Weekly:
		back := 12 / g.months()
		return inYears(c.begin(g, from-back), c.begin(g, to-back))
	case c.isRetail():
		return together(p, Period{p.end - 1, p.end}, c.sameWeekday)
	case g == Weekly:
		return together(p, Period{p.end - 7, p.end}, c.sameWeek)
	default:
		start := yearEarlier(p.start)
		return inYears(start, min(start+p.end-p.start, p.start))
	}
}

// together gives the counterpart of weeks or days that follow one another.
// Where that of the last does not end where that of all would, a week 53
// stands between them on one side alone, and there is none.
func together(p, last Period, counterpart func(Period) (Period, string)) (Period, string) {
	base, code := counterpart(p)
	if code != "" {
		return Period{}, code
	}
	end, code := counterpart(last)
	if code == "" && end.end != base.end {
		code = codeNoCounterpart
	}
	if code != "" {
		return Period{}, code
	}
	return base, ""
}

// longest gives the longest grain of whose periods p is made.
func (c Calendar) longest(p Period) (g Grain, from, to int) {
	for g = Yearly; g > Daily; g-- {
		from, to = c.number(g, p.start), c.number(g, p.end)
		if c.begin(g, from) == p.start && c.begin(g, to) == p.end {
			return g, from, to
		}
	}
	return Daily, int(p.start), int(p.end)
}

// sameWeekday finds the week of the same number in the retail year before,
// and the same day of it.
func (c Calendar) sameWeekday(p Period) (Period, string) {
	year, first, _ := c.retailYear(p.start)
	before := c.begin(Yearly, year-1)
	start := before + p.start - first
	if start >= first {
		return Period{}, codeNoCounterpart
	}
	return inYears(start, start+p.end-p.start)
}

// sameWeek finds the week of the same number in the calendar year before.
func (c Calendar) sameWeek(p Period) (Period, string) {
	middle := p.start + 3
	year, _, _ := civil(middle)
	week := int(middle-newDay(year, 1, 1))/7 + 1
	base, code := c.numberedWeek(year-1, week)
	switch code {
	case "":
		return inYears(base.start, base.start+p.end-p.start)
	case codeLabel:
		return Period{}, codeNoCounterpart
	default:
		return Period{}, code
	}
}

// yearEarlier gives the same date of the year before.
func yearEarlier(d Day) Day {
	year, month, day := civil(d)
	return newDay(year-1, month, min(day, daysIn(year-1, month)))
}
