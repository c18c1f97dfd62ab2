package calendar

import "github.com/saleskpi/saleskpi/kpi/check"

// Grain is a kind of period. The constants run from the shortest to the
// longest; whether periods of one grain make up those of another is a matter
// of the calendar, see [Calendar.Nests]. The zero Grain is "no grain": what
// has none is not cut by time.
type Grain uint8

const (
	NoGrain    Grain = iota // not cut by time
	Daily                   // one day
	Weekly                  // seven days, from Monday and numbered by ISO 8601 unless the calendar says otherwise
	Monthly                 // a month: of the calendar, from another day to the same of the next, or of 4 or 5 weeks
	Quarterly               // three months of the fiscal year
	HalfYearly              // six months of the fiscal year
	Yearly                  // the fiscal year
)

func grainWords() []string {
	return []string{"none", "day", "week", "month", "quarter", "half", "year"}
}

// String gives none, day, week, month, quarter, half or year.
func (g Grain) String() string {
	if words := grainWords(); int(g) < len(words) {
		return words[g]
	}
	return "unknown"
}

// MarshalText gives the word; a grain outside the constants is an error.
func (g Grain) MarshalText() ([]byte, error) {
	if g > Yearly {
		return nil, check.New("calendar.Grain", check.ErrUnknown, "", "unknown_grain", uint8(g))
	}
	return []byte(g.String()), nil
}

// UnmarshalText reads the word.
func (g *Grain) UnmarshalText(text []byte) error {
	for i, word := range grainWords() {
		if word == string(text) {
			*g = Grain(i)
			return nil
		}
	}
	return check.New("calendar.Grain", check.ErrUnknown, "", "unknown_grain", string(text))
}

// cuts reports whether the grain has periods.
func (g Grain) cuts() bool { return g > NoGrain && g <= Yearly }

// months gives how many months a period of the grain lasts, 0 where it is
// not made of months.
func (g Grain) months() int {
	switch g {
	case Monthly:
		return 1
	case Quarterly:
		return 3
	case HalfYearly:
		return 6
	case Yearly:
		return 12
	default:
		return 0
	}
}

// floor gives the month, among those counted from the beginning of a year,
// in which the period of the grain around month n begins. Its divisors are
// constants, which the many calls of [Calendar.PeriodOf] notice.
func (g Grain) floor(n int) int {
	switch g {
	case Quarterly:
		return n - n%3
	case HalfYearly:
		return n - n%6
	case Yearly:
		return n - n%12
	default:
		return n
	}
}
