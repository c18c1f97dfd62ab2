package funnel

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Past is an earlier period seen twice: on the day of it that corresponds to
// the as-of day, with what was known then, and when it was over.
type Past struct {
	Period calendar.Period
	Then   *Analysis // as of that day
	After  *Analysis // as of its last day
}

// LookBack gives the earlier periods, the latest first, each at the same day
// as the as-of day is of the period that contains it: the 31st day of each
// quarter before, and the last where a quarter is shorter. Only periods
// that lie wholly inside the observation window and after the first record
// (see [Window.Begin]) are given, so there may be fewer than asked for, or
// none.
//
// Errors: those of [Analyze]; a grain that is none; a number of periods
// outside 1 to 100.
func LookBack(h *Histories, q Question, grain calendar.Grain, periods int) ([]Past, error) {
	const op = "funnel.LookBack"
	problems := check.List{Op: op}
	if grain == calendar.NoGrain || grain > calendar.Yearly {
		problems.Add(check.ErrUnknown, "grain", "unknown_grain", uint8(grain))
	}
	if periods < 1 || periods > 100 {
		problems.Add(check.ErrRange, "periods", "out_of_range", periods, "least", 1, "most", 100)
	}
	now, err := Analyze(h, q)
	problems.Nest("", err)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	this := q.Calendar.PeriodOf(grain, now.day)
	elapsed := now.day.Sub(this.Start())
	past := []Past{}
	for n := 1; n <= periods; n++ {
		p, err := q.Calendar.Shift(this, grain, -n)
		if err != nil || p.Start() < now.window.Begin() {
			break
		}
		seen := Past{Period: p}
		if seen.Then, err = analyzeOn(h, q, min(p.Start().Add(elapsed), p.Last()), now); err != nil {
			return nil, err
		}
		if seen.After, err = analyzeOn(h, q, p.Last(), now); err != nil {
			return nil, err
		}
		past = append(past, seen)
	}
	return past, nil
}

// analyzeOn asks the question as of the end of a day. Whether a deal was stale
// then is judged by what is known now: too few had closed early on to know.
func analyzeOn(h *Histories, q Question, day calendar.Day, now *Analysis) (*Analysis, error) {
	q.AsOf = EndOf(day, q.Location)
	a, err := Analyze(h, q)
	if err != nil {
		return nil, err
	}
	a.staleAge, a.window.ClosingsFrom = now.staleAge, now.window.ClosingsFrom
	return a, nil
}
