package calendar

import (
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Pair is two ranges of days that are compared, and what they were taken
// from. The figures of both sides are those of Now and Then, nothing more:
// where like had to be made of unlike, the days left out are in neither, and a
// finding says so. Then is "no period" where nothing comparable has passed.
type Pair struct {
	Now       Period          `json:"now"`        // the days of this period that count
	Then      Period          `json:"then"`       // the days of the earlier one that stand against them
	Period    Period          `json:"period"`     // this period as a whole
	Base      Period          `json:"base"`       // the earlier one as a whole
	Match     Match           `json:"match"`      // how the days were matched
	NowCount  int64           `json:"now_count"`  // days of Now; working days where they were matched
	ThenCount int64           `json:"then_count"` // the same of Then
	Findings  []check.Finding `json:"findings"`
}

// ToDate gives the two sides of a comparison of what has passed of a period
// at the end of the as-of day, which counts as passed. After its end the
// whole period has passed.
//
//	ByDays       Then is the first n days of Base, n the days that have passed
//	ByWorkDays   Then is the first days of Base up to its n-th working day, n
//	             the working days that have passed; with the days off after it
//	             where the as-of day is one or the period is over
//	BySameDate   Then ends on the same day of the same month of Base, on that
//	             month's last day where it is too short or where the as-of day
//	             ends its month; of periods that are not made of months, after
//	             as many days
//
// By days and by working days both sides count the same. Where Base is too
// short, Now ends earlier: by days, March as of its 31st stands against the
// 28 days of February with its first 28, and a leap year loses its last day.
// The finding days_left_out says which days of either side an ended comparison
// leaves out. BySameDate asks for an unequal comparison, and the finding
// unequal_days says where it is one. The finding moving_holiday says that
// the sides hold different numbers of days around a moving holiday, and
// week_53 that weeks of the same number lie 53 weeks apart.
//
// Errors: those of [LikeForLike.Base]; an as-of day before the period
// (check.ErrInvalid, not_begun) or none (check.ErrMissing); days that the work
// calendar does not cover (check.ErrRange).
func (l LikeForLike) ToDate(p Period, asOf Day) (Pair, error) {
	const op = "calendar.ToDate"
	if err := l.validate(op); err != nil {
		return Pair{}, err
	}
	base, err := l.base(op, p)
	if err != nil {
		return Pair{}, err
	}
	switch {
	case asOf.IsZero():
		return Pair{}, check.New(op, check.ErrMissing, "as_of", "missing_day", nil)
	case asOf < p.start:
		return Pair{}, check.New(op, check.ErrInvalid, "as_of", "not_begun", asOf, "start", p.start)
	}
	t := toDate{l, p, base, p.start.Add(p.Elapsed(asOf)), asOf >= p.Last()}
	pair := Pair{Period: p, Base: base, Match: l.Match}
	switch l.Match {
	case ByWorkDays:
		if err := t.byWorkDays(op, &pair); err != nil {
			return Pair{}, err
		}
	case BySameDate:
		t.bySameDate(&pair)
	default:
		t.byDays(&pair)
	}
	pair.Findings = append(CompareHolidays(pair.Now, pair.Then, l.Holidays), t.findings(pair)...)
	return pair, nil
}

// toDate is one question.
type toDate struct {
	l       LikeForLike
	p, base Period
	passed  Day // the first day that has not
	over    bool
}

// span gives the days from start up to end, and no period for none.
func span(start, end Day) Period {
	if end <= start {
		return Period{}
	}
	return Period{start, end}
}

func (t toDate) byDays(pair *Pair) {
	n := min(t.passed-t.p.start, t.base.end-t.base.start)
	pair.Now, pair.Then = span(t.p.start, t.p.start+n), span(t.base.start, t.base.start+n)
	pair.NowCount, pair.ThenCount = int64(n), int64(n)
}

func (t toDate) bySameDate(pair *Pair) {
	end := t.base.end
	if !t.over {
		end = min(end, t.sameDate(t.passed-1)+1)
	}
	pair.Now, pair.Then = span(t.p.start, t.passed), span(t.base.start, end)
	pair.NowCount, pair.ThenCount = int64(pair.Now.Days()), int64(pair.Then.Days())
}

// sameDate finds the day of the base that an as-of day stands against. Base
// and period begin on months alike, or neither does.
func (t toDate) sameDate(d Day) Day {
	c := t.l.Calendar
	here, there := c.number(Monthly, t.p.start), c.number(Monthly, t.base.start)
	if c.begin(Monthly, here) != t.p.start || c.begin(Monthly, there) != t.base.start {
		return t.base.start + d - t.p.start
	}
	month := c.number(Monthly, d)
	same := month - here + there
	if d+1 == c.begin(Monthly, month+1) {
		return c.begin(Monthly, same+1) - 1
	}
	// A month that begins on the 6th holds every date once; where February is
	// shorter, the days before and after keep their dates.
	for day := c.begin(Monthly, same); day < c.begin(Monthly, same+1); day++ {
		if day.DayOfMonth() == d.DayOfMonth() {
			return day
		}
	}
	return min(c.begin(Monthly, same)+d-c.begin(Monthly, month), c.begin(Monthly, same+1)-1)
}

func (t toDate) byWorkDays(op string, pair *Pair) error {
	w := t.l.WorkDays
	now := span(t.p.start, t.passed)
	problems := check.List{Op: op}
	for _, side := range []struct {
		name string
		p    Period
	}{{"period", now}, {"base", t.base}} {
		if !w.Covers().Covers(side.p) {
			problems.Nest("work_days", outside(op, side.name, side.p, w.Covers()))
		}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	passed, whole := w.count(now), w.count(t.base)
	pair.Now = now
	if passed > whole {
		pair.Now = w.first(now, whole, true)
	}
	n := min(passed, whole)
	pair.Then = w.first(t.base, n, t.over || passed > whole || !w.isWorked(t.passed-1))
	pair.NowCount, pair.ThenCount = n, n
	return nil
}

// first gives the first days of a period that hold n working days, with the
// days off after the last of them or without.
func (c WorkCalendar) first(p Period, n int64, daysOff bool) Period {
	rank := c.rank(p.start) + n
	if daysOff {
		return span(p.start, min(p.end, c.at(rank)))
	}
	if n == 0 {
		return Period{}
	}
	return span(p.start, c.at(rank-1)+1)
}

func (t toDate) findings(pair Pair) []check.Finding {
	var found []check.Finding
	c := t.l.Calendar
	if t.l.Against == YearBefore && t.p.start-t.base.start == longestYear { // years of months are 365 or 366 days apart
		found = append(found, check.Finding{Code: codeWeek53, Severity: check.Info, Subject: c.Label(t.p),
			Args: check.Args("base", c.Label(t.base))})
	}
	left := func(whole, compared, passed Period) {
		if days := passed.Days() - compared.Days(); days > 0 {
			found = append(found, check.Finding{Code: codeLeftOut, Severity: check.Warning, Subject: c.Label(whole),
				Args: check.Args("first", passed.Last().Add(1-days), "last", passed.Last(), "days", days)})
		}
	}
	left(t.p, pair.Now, span(t.p.start, t.passed))
	if t.over {
		left(t.base, pair.Then, t.base)
	}
	if pair.NowCount != pair.ThenCount {
		found = append(found, check.Finding{Code: codeUnequal, Severity: check.Warning, Subject: c.Label(t.p),
			Args: check.Args("now", pair.NowCount, "then", pair.ThenCount)})
	}
	return found
}
