package funnel

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// TimeBy names what counts as time. The zero TimeBy is CalendarDays.
type TimeBy uint8

const (
	CalendarDays TimeBy = iota // whole days, from the day of one instant to the day of the other
	WorkingDays                // the working days among them: from the first day on, without the last
	Elapsed                    // every microsecond, as a fraction of a day
)

func timeByWords() []string { return []string{"calendar_days", "working_days", "elapsed"} }

// String gives calendar_days, working_days or elapsed.
func (t TimeBy) String() string { return enum.String(timeByWords(), t) }

// MarshalText gives the word; a measure outside the constants is an error.
func (t TimeBy) MarshalText() ([]byte, error) {
	return enum.Marshal("funnel.TimeBy", timeByWords(), t)
}

// UnmarshalText reads the word.
func (t *TimeBy) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.TimeBy", timeByWords(), text, t)
}

// Measure says how time is measured. The zero Measure is calendar days. A work
// calendar is needed for working days alone; what lies outside the days that
// it covers counts as not known, and is said.
type Measure struct {
	By   TimeBy                `json:"by"`
	Work calendar.WorkCalendar `json:"work,omitzero"`
}

func (m Measure) validate(problems *check.List) {
	switch {
	case m.By > Elapsed:
		problems.Add(check.ErrUnknown, "measure.by", "unknown_word", uint8(m.By))
	case m.By == WorkingDays && m.Work.Covers().IsZero():
		problems.Add(check.ErrMissing, "measure.work", "missing_work_calendar", nil)
	}
}

// perDay gives how many units make a day.
func (m Measure) perDay() int64 {
	if m.By == Elapsed {
		return microsPerDay
	}
	return 1
}

const microsPerDay = 24 * 60 * 60 * 1_000_000

// between gives the time from one instant to another in units; ok is false
// where it is not known. It is negative where the later instant comes first.
func (r *reading) between(from, to int64, m Measure) (units int64, ok bool) {
	if from == undated || to == undated {
		return 0, false
	}
	if m.By == Elapsed {
		return to - from, true
	}
	first, last := r.dayOf(from), r.dayOf(to)
	if m.By == CalendarDays || last == first {
		return int64(last.Sub(first)), true
	}
	if last < first {
		units, ok = m.worked(last, first)
		return -units, ok
	}
	return m.worked(first, last)
}

// worked gives the working days from one day on and before another.
func (m Measure) worked(first, end calendar.Day) (days int64, ok bool) {
	p, err := calendar.NewPeriod(first, end)
	if err != nil {
		return 0, false
	}
	n, err := m.Work.Count(p)
	return n, err == nil
}
