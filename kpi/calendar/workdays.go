package calendar

import (
	"encoding/json"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// WorkDays is the data of a work calendar: what a company, country or plant
// works. [NewWorkCalendar] checks it and counts.
//
// It knows the days of Covers and no others. Public holidays are announced a
// year or so ahead, and a day of which nobody has said yet whether it is one
// is neither a working day nor a day off: to count it is an error. So Covers
// ends where the list of holidays does.
type WorkDays struct {
	Covers   Period   `json:"covers"`   // the days that the data speaks of
	Weekend  Weekdays `json:"weekend"`  // required; WeekdaysOf() where there is none
	Holidays []Day    `json:"holidays"` // days off; those on a weekend may stand here too
	Extra    []Day    `json:"extra"`    // days of the weekend that are worked, such as China's 调休
}

// Validate reports every problem: covers or weekend missing (check.ErrMissing),
// a day that is missing, lies outside Covers (check.ErrRange), stands twice or
// is both a holiday and an extra workday (check.ErrDuplicate), and an extra
// workday that is none of the weekend (check.ErrInvalid): it is worked anyway,
// so the date or the list is wrong.
func (w WorkDays) Validate() error { return w.validate("calendar.WorkDays") }

func (w WorkDays) validate(op string) error {
	problems := check.List{Op: op}
	if w.Covers.IsZero() {
		problems.Add(check.ErrMissing, "covers", "missing_period", nil)
	}
	if w.Weekend.IsZero() {
		problems.Add(check.ErrMissing, "weekend", "missing_weekend", nil)
	}
	seen := map[Day]string{}
	w.checkDays(&problems, "holidays", w.Holidays, seen)
	w.checkDays(&problems, "extra", w.Extra, seen)
	for i, d := range w.Extra {
		if !w.Weekend.IsZero() && !d.IsZero() && !w.Weekend.Has(d.Weekday()) {
			problems.Add(check.ErrInvalid, check.At("extra", i), "worked_anyway", d, "weekday", weekday(d.Weekday()))
		}
	}
	return problems.Err()
}

func (w WorkDays) checkDays(problems *check.List, name string, days []Day, seen map[Day]string) {
	for i, d := range days {
		path := check.At(name, i)
		other, twice := seen[d]
		switch {
		case d.IsZero():
			problems.Add(check.ErrMissing, path, "missing_day", nil)
		case !w.Covers.IsZero() && !w.Covers.Contains(d):
			problems.Add(check.ErrRange, path, "outside_covers", d, "start", w.Covers.Start(), "last", w.Covers.Last())
		case twice:
			problems.Add(check.ErrDuplicate, path, "day_twice", d, "other", other)
		default:
			seen[d] = path
		}
	}
}

// plainWorkDays is a WorkDays without its own JSON form.
type plainWorkDays WorkDays

// MarshalJSON writes lists without a day as [].
func (w WorkDays) MarshalJSON() ([]byte, error) {
	if w.Holidays == nil {
		w.Holidays = []Day{}
	}
	if w.Extra == nil {
		w.Extra = []Day{}
	}
	return json.Marshal(plainWorkDays(w))
}

// UnmarshalJSON reads what MarshalJSON writes; null leaves the data as it is,
// an unknown field is an error. Whether the days fit together is asked by
// Validate.
func (w *WorkDays) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	return check.Decode("calendar.WorkDays", data, (*plainWorkDays)(w))
}

// WorkDaysFunc asks about every day of a period whether it is worked and
// writes the answers down as data, so that any source of holidays will do.
// With github.com/rickar/cal/v2 and its calendar c it is
//
//	calendar.WorkDaysFunc(p, func(d calendar.Day) bool { return c.IsWorkday(d.In(time.UTC)) })
//
// The weekend is made of the days of the week that are off more often than
// not; what differs from it is a holiday or an extra workday. No period and no
// function are check.ErrMissing.
func WorkDaysFunc(p Period, worked func(Day) bool) (WorkDays, error) {
	problems := check.List{Op: "calendar.WorkDaysFunc"}
	if p.IsZero() {
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	}
	if worked == nil {
		problems.Add(check.ErrMissing, "worked", "missing_function", nil)
	}
	if err := problems.Err(); err != nil {
		return WorkDays{}, err
	}
	var off []Day
	var all, offBy [7]int
	for d := p.start; d < p.end; d++ {
		all[d.Weekday()]++
		if !worked(d) {
			offBy[d.Weekday()]++
			off = append(off, d)
		}
	}
	w := WorkDays{Covers: p, Weekend: WeekdaysOf()}
	for day, n := range offBy {
		if 2*n > all[day] {
			w.Weekend.bits |= 1 << day
		}
	}
	for d := p.start; d < p.end; d++ {
		_, isOff := slices.BinarySearch(off, d)
		switch weekend := w.Weekend.Has(d.Weekday()); {
		case isOff && !weekend:
			w.Holidays = append(w.Holidays, d)
		case !isOff && weekend:
			w.Extra = append(w.Extra, d)
		}
	}
	return w, nil
}
