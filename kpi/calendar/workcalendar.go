package calendar

import (
	"math/bits"
	"slices"
	"sort"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// WorkCalendar counts working days. It is immutable and safe for concurrent
// use; only [NewWorkCalendar] makes one, and the zero WorkCalendar covers no
// day. Counting a period takes the same time however long it is.
//
// Every method refuses days outside what its data covers with check.ErrRange
// and the code outside_covers, and no period with check.ErrMissing.
type WorkCalendar struct {
	data   WorkDays
	worked []uint64 // a bit for each day of the cover
	before []int32  // worked days before each word
}

// NewWorkCalendar checks the data and makes it countable. It keeps nothing
// of the caller's. The errors are those of [WorkDays.Validate].
func NewWorkCalendar(w WorkDays) (WorkCalendar, error) {
	if err := w.validate("calendar.NewWorkCalendar"); err != nil {
		return WorkCalendar{}, err
	}
	w.Holidays, w.Extra = slices.Clone(w.Holidays), slices.Clone(w.Extra)
	words := (w.Covers.Days() + 63) / 64
	c := WorkCalendar{data: w, worked: make([]uint64, words), before: make([]int32, words+1)}
	for d := w.Covers.start; d < w.Covers.end; d++ {
		c.set(d, !w.Weekend.Has(d.Weekday()))
	}
	for _, d := range w.Holidays {
		c.set(d, false)
	}
	for _, d := range w.Extra {
		c.set(d, true)
	}
	for i, word := range c.worked {
		c.before[i+1] = c.before[i] + int32(bits.OnesCount64(word))
	}
	return c, nil
}

func (c WorkCalendar) set(d Day, worked bool) {
	i := d.Sub(c.data.Covers.start)
	if worked {
		c.worked[i/64] |= 1 << (i % 64)
	} else {
		c.worked[i/64] &^= 1 << (i % 64)
	}
}

// WorkDays gives a copy of the data.
func (c WorkCalendar) WorkDays() WorkDays {
	w := c.data
	w.Holidays, w.Extra = slices.Clone(w.Holidays), slices.Clone(w.Extra)
	return w
}

// Covers gives the days that the calendar knows.
func (c WorkCalendar) Covers() Period { return c.data.Covers }

// rank gives how many of the covered days before d are worked.
func (c WorkCalendar) rank(d Day) int64 {
	i := d.Sub(c.data.Covers.start)
	n := int64(c.before[i/64])
	if i%64 != 0 {
		n += int64(bits.OnesCount64(c.worked[i/64] << (64 - i%64)))
	}
	return n
}

// at gives the day with n worked days before it: the covered day of that
// rank, and the end of the cover where there are no more.
func (c WorkCalendar) at(n int64) Day {
	days := c.data.Covers.Days()
	return c.data.Covers.start + Day(sort.Search(days, func(i int) bool {
		return c.rank(c.data.Covers.start+Day(i)+1) > n
	}))
}

func (c WorkCalendar) check(op string, p Period) error {
	switch {
	case p.IsZero():
		return check.New(op, check.ErrMissing, "period", "missing_period", nil)
	case !c.data.Covers.Covers(p):
		return outside(op, "period", p, c.data.Covers)
	default:
		return nil
	}
}

func (c WorkCalendar) checkDay(op string, d Day) error {
	if !c.data.Covers.Contains(d) {
		return outside(op, "day", d, c.data.Covers)
	}
	return nil
}

func outside(op, path string, value any, covers Period) error {
	return check.New(op, check.ErrRange, path, "outside_covers", value, "start", covers.Start(), "last", covers.Last())
}

// Worked reports whether a day is a working day.
func (c WorkCalendar) Worked(d Day) (bool, error) {
	if err := c.checkDay("calendar.Worked", d); err != nil {
		return false, err
	}
	return c.isWorked(d), nil
}

func (c WorkCalendar) isWorked(d Day) bool { return c.rank(d+1) > c.rank(d) }

// Count gives the number of working days of a period.
func (c WorkCalendar) Count(p Period) (int64, error) {
	if err := c.check("calendar.Count", p); err != nil {
		return 0, err
	}
	return c.count(p), nil
}

func (c WorkCalendar) count(p Period) int64 { return c.rank(p.end) - c.rank(p.start) }

// Elapsed gives how many working days of a period have passed at the end of
// the as-of day, which counts as passed; 0 before the period and all of them
// after it.
func (c WorkCalendar) Elapsed(p Period, asOf Day) (int64, error) {
	if err := c.check("calendar.Elapsed", p); err != nil {
		return 0, err
	}
	return c.elapsed(p, asOf), nil
}

func (c WorkCalendar) elapsed(p Period, asOf Day) int64 {
	return c.rank(p.start.Add(p.Elapsed(asOf))) - c.rank(p.start)
}

// Remaining gives how many working days of a period are still to come after
// the as-of day:
//
//	Count − Elapsed
func (c WorkCalendar) Remaining(p Period, asOf Day) (int64, error) {
	if err := c.check("calendar.Remaining", p); err != nil {
		return 0, err
	}
	return c.count(p) - c.elapsed(p, asOf), nil
}

// Nth gives the n-th working day of a period, from 1, or from its end for a
// negative n: −1 is the last one. ok is false where the period has fewer, and
// for n = 0.
func (c WorkCalendar) Nth(p Period, n int64) (day Day, ok bool, err error) {
	if err := c.check("calendar.Nth", p); err != nil {
		return 0, false, err
	}
	count := c.count(p)
	if n < 0 && n >= -count {
		n += count + 1
	}
	if n < 1 || n > count {
		return 0, false, nil
	}
	return c.at(c.rank(p.start) + n - 1), true, nil
}

// Add gives the day n working days after a day, or before it for a negative
// n. A day off counts as the working day before it when one goes forward and
// as the one after it when one goes back; n = 0 gives the day itself.
//
//	Friday + 1 = Monday, Saturday + 1 = Monday, Saturday − 1 = Friday
//
// Where the calendar ends before that, the error is check.ErrRange: what lies
// beyond is not known.
func (c WorkCalendar) Add(d Day, n int64) (Day, error) {
	const op = "calendar.Add"
	if err := c.checkDay(op, d); err != nil {
		return 0, err
	}
	days := int64(c.data.Covers.Days())
	rank := c.rank(d) + min(max(n, -days), days)
	switch {
	case n == 0:
		return d, nil
	case n > 0 && !c.isWorked(d):
		rank--
	}
	if rank < 0 || rank >= c.rank(c.data.Covers.end) {
		return 0, check.New(op, check.ErrRange, "n", "outside_covers", n, "day", d, "start", c.data.Covers.Start(), "last", c.data.Covers.Last())
	}
	return c.at(rank), nil
}

// IsZero reports whether this is the WorkCalendar that covers no day.
func (c WorkCalendar) IsZero() bool { return c.data.Covers.IsZero() }

// Equal reports whether both know the same days and have the same of them
// worked, however their data says so.
func (c WorkCalendar) Equal(o WorkCalendar) bool {
	return c.data.Covers == o.data.Covers && slices.Equal(c.worked, o.worked)
}

// MarshalJSON gives the JSON of the data, and null for the zero WorkCalendar.
func (c WorkCalendar) MarshalJSON() ([]byte, error) {
	if c.IsZero() {
		return []byte("null"), nil
	}
	return c.data.MarshalJSON()
}

// UnmarshalJSON reads the JSON of the data and checks it as
// [NewWorkCalendar] does; null leaves the calendar as it is.
func (c *WorkCalendar) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var w WorkDays
	if err := w.UnmarshalJSON(data); err != nil {
		return err
	}
	read, err := NewWorkCalendar(w)
	if err != nil {
		return err
	}
	*c = read
	return nil
}
