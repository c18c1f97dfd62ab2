package calendar

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// MovingHoliday is a holiday that lies on another date each year, with the
// days around it on which business is not as usual: 春节, Ramadan, Easter. The
// caller gives its days, one for each year; which they are is a matter of the
// moon and of authorities, and no formula of this package.
//
// The days from Before days before to After days after an anchor are its
// window. Give the anchors of every year that is compared: what is not there
// counts as no holiday.
type MovingHoliday struct {
	Name   string `json:"name"`
	Before int    `json:"before"`        // days of the window before the anchor
	After  int    `json:"after"`         // and after it
	Days   []Day  `json:"days,omitzero"` // the anchors, in any order
}

// longestWindow bounds each side of a window, so that two years of one
// holiday can stay apart.
const longestWindow = 180

// Validate reports every problem: no name or no day (check.ErrMissing), a side
// of the window that is negative or longer than 180 days, a day outside
// 1900–2200 (check.ErrRange), and a day whose window overlaps that of another
// (check.ErrOverlap).
func (h MovingHoliday) Validate() error {
	problems := check.List{Op: "calendar.MovingHoliday"}
	if h.Name == "" {
		problems.Add(check.ErrMissing, "name", "missing_name", nil)
	}
	for _, side := range []struct {
		name string
		days int
	}{{"before", h.Before}, {"after", h.After}} {
		if side.days < 0 || side.days > longestWindow {
			problems.Add(check.ErrRange, side.name, "window_out_of_range", side.days, "longest", longestWindow)
		}
	}
	for i, d := range h.Days {
		path := check.At("days", i)
		switch {
		case d.IsZero():
			problems.Add(check.ErrMissing, path, "missing_day", nil)
		case !d.Valid():
			problems.Add(check.ErrRange, path, codeYear, d.Year(), "first", FirstYear, "last", LastYear)
		}
		for j, e := range h.Days[:i] {
			if gap := max(d-e, e-d); gap <= Day(h.Before)+Day(h.After) {
				problems.Add(check.ErrOverlap, path, "windows_overlap", d, "other", check.At("days", j))
				break
			}
		}
	}
	return problems.Err()
}

// DaysIn gives how many days of a period lie in a window of the holiday.
func (h MovingHoliday) DaysIn(p Period) int64 {
	n := int64(0)
	for _, d := range h.Days {
		if both, ok := h.window(d).Intersect(p); ok {
			n += int64(both.Days())
		}
	}
	return n
}

func (h MovingHoliday) window(anchor Day) Period {
	return Period{anchor - Day(h.Before), anchor + Day(h.After) + 1}
}

// anchor gives the anchor in whose window a day lies.
func (h MovingHoliday) anchor(d Day) (Day, bool) {
	for _, a := range h.Days {
		if h.window(a).Contains(d) {
			return a, true
		}
	}
	return 0, false
}

// Anchors of one holiday in years that follow each other lie 350 to 385 days
// apart, by the moon or not; what lies farther away belongs to another year.
const (
	nearestYear  = 330
	farthestYear = 400
)

// yearBefore gives the anchor of the year before.
func (h MovingHoliday) yearBefore(anchor Day) (Day, bool) {
	i := slices.IndexFunc(h.Days, func(d Day) bool { return anchor-d >= nearestYear && anchor-d <= farthestYear })
	if i < 0 {
		return 0, false
	}
	return h.Days[i], true
}

// CompareHolidays gives the finding moving_holiday for each holiday of which
// two periods that are to be compared hold different numbers of days. It
// serves whoever compares periods by other means than [LikeForLike]; the
// holidays are taken as they are and come in their order.
func CompareHolidays(now, then Period, holidays []MovingHoliday) []check.Finding {
	found := []check.Finding{}
	for _, h := range holidays {
		if here, there := h.DaysIn(now), h.DaysIn(then); here != there {
			found = append(found, check.Finding{Code: codeHoliday, Severity: check.Warning, Subject: h.Name,
				Args: check.Args("now", here, "then", there)})
		}
	}
	return found
}

// JanuaryFebruary gives the two months together. China's statistics report
// them as one figure, because 春节 moves between them, and so does a
// comparison with the year before that is to mean something: hand the period
// to [LikeForLike.ToDate]. A year outside 1900–2200 is check.ErrRange.
func JanuaryFebruary(year int) (Period, error) {
	if year < FirstYear || year > LastYear {
		return Period{}, yearError("calendar.JanuaryFebruary", year)
	}
	return Period{newDay(year, 1, 1), newDay(year, 3, 1)}, nil
}

// DayPair is a day and the day of the year before that stands against it.
type DayPair struct {
	Now  Day `json:"now"`
	Then Day `json:"then"`
}

// DayMatch is the days of a period, each with its counterpart or without.
type DayMatch struct {
	Pairs   []DayPair `json:"pairs"`
	LeftOut []Day     `json:"left_out"` // days of the period without a counterpart
}

// MatchDays puts each day of a period against a day of the year before, so
// that moving holidays stand against themselves:
//
//	in the window of a holiday   the day as far from its anchor of the year before
//	elsewhere                    the same date; of 52/53-week years the same day of the week of
//	                             the same number, or 52 weeks before where Week53 is Restated
//
// A day has no counterpart, and is left out, where it would have to share one
// (29 February), or where an ordinary day would stand against one in a
// window; where the anchor of the year before was not given; and in week 53 by
// number. So every day of the year before serves once at most. Of overlapping
// windows of two holidays the one given first counts.
//
// Errors: those of Validate; no period (check.ErrMissing); and a LikeForLike
// that is not against the year before (check.ErrInvalid). Match is not asked.
func (l LikeForLike) MatchDays(p Period) (DayMatch, error) {
	const op = "calendar.MatchDays"
	if err := l.validate(op); err != nil {
		return DayMatch{}, err
	}
	switch {
	case p.IsZero():
		return DayMatch{}, check.New(op, check.ErrMissing, "period", "missing_period", nil)
	case l.Against != YearBefore:
		return DayMatch{}, check.New(op, check.ErrInvalid, "against", "not_year_before", l.Against)
	}
	match := DayMatch{Pairs: []DayPair{}, LeftOut: []Day{}}
	for d := p.start; d < p.end; d++ {
		if then, ok := l.counterpart(d); ok {
			match.Pairs = append(match.Pairs, DayPair{d, then})
		} else {
			match.LeftOut = append(match.LeftOut, d)
		}
	}
	return match, nil
}

// holidayOf gives the holiday in whose window a day lies, and its anchor; −1
// for none.
func (l LikeForLike) holidayOf(d Day) (i int, anchor Day) {
	for i, h := range l.Holidays {
		if a, ok := h.anchor(d); ok {
			return i, a
		}
	}
	return -1, 0
}

func (l LikeForLike) counterpart(d Day) (Day, bool) {
	i, anchor := l.holidayOf(d)
	before, then, ok := Day(0), Day(0), false
	if i < 0 {
		then, ok = l.ordinary(d)
	} else if before, ok = l.Holidays[i].yearBefore(anchor); ok {
		then = before + d - anchor
	}
	if !ok || !then.Valid() {
		return 0, false
	}
	j, there := l.holidayOf(then)
	return then, j == i && there == before
}

// ordinary gives the counterpart of a day outside every window.
func (l LikeForLike) ordinary(d Day) (Day, bool) {
	c := l.Calendar
	switch {
	case c.isRetail() && l.Week53 == Restated:
		return d - fullYear, true
	case c.isRetail():
		p, code := c.sameWeekday(Period{d, d + 1})
		return p.start, code == ""
	default:
		_, month, day := civil(d)
		return yearEarlier(d), month != 2 || day != 29
	}
}
