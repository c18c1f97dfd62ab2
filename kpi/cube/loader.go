package cube

import (
	"iter"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/shopspring/decimal"
)

// Loader feeds records into a cube through one reader. It belongs to one
// goroutine, the cube's.
type Loader[T any] struct {
	skip       func(*T) bool
	day        func(*T) (calendar.Day, bool)
	dimensions []source[T]
	feeds      []feed[T]
	start      calendar.Day
	table      []uint32 // the definition's, by day from start
	cells      *cells
	key        []uint32 // of the record at hand
	record     T        // the one at hand in AddSeq

	climbers []*climber
	credits  func(*T, []Credit) []Credit
	credited source[T] // the credit dimension
	creditAt int       // its place in the key
	kinds    *members  // hard and overlay
	splits   []Credit  // of the record at hand
	targets  []target

	report *Report
}

type source[T any] struct {
	at      int // in the key
	value   func(*T) (string, bool)
	members *members
	report  *DimensionReport
}

type feed[T any] struct {
	column
	keys    *members
	key     func(*T) (string, bool)
	minor   func(*T) (int64, bool)
	decimal func(*T) (decimal.Decimal, bool)
	when    func(*T) bool
	report  *MeasureReport
}

// Load binds a reader to a cube. A reader without a day, without one of the
// dimensions or without any measure (check.ErrMissing), a name that the
// definition lacks (check.ErrUnknown), a measure without the amount or key
// that it needs (check.ErrMissing), with two amounts or a key that it has no
// use for (check.ErrInvalid) and an amount for a count (check.ErrUnit) are
// reported all at once.
func Load[T any](c *Cube, r Reader[T]) (*Loader[T], error) {
	if err := c.ready("cube.Load", "cube"); err != nil {
		return nil, err
	}
	if err := r.check(c.shape); err != nil {
		return nil, err
	}
	report := newReport(c.def)
	c.reports = append(c.reports, report)
	l := &Loader[T]{
		skip: r.Skip, day: r.Day, start: c.def.Window.Start(), table: c.table, cells: c.cells,
		key: make([]uint32, c.codes()+1), report: report, credits: r.Credits,
	}
	for nth, name := range c.def.read() {
		i := c.dimension(name)
		from := source[T]{i, r.Dimensions[name], c.members[i], &report.Dimensions[nth]}
		if name == c.def.Credit {
			l.credited, l.creditAt, l.kinds = from, i, c.members[len(c.def.Dimensions)]
		} else {
			l.dimensions = append(l.dimensions, from)
		}
	}
	l.climbers = newClimbers(c, r.Org, c.def.Levels)
	for i, m := range c.def.Measures {
		if f, bound := r.Measures[m.ID]; bound {
			l.feeds = append(l.feeds, feed[T]{c.layout[i], c.keyed[i], f.Key, f.Minor, f.Decimal, f.When, &report.Measures[i]})
		}
	}
	return l, nil
}

// Add reads one record. It never fails: what cannot be used is counted under
// its reason, see [Loader.Report]. It allocates nothing unless the record
// brings a new member, cell or key, an amount that does not fit 64 bits at the
// measure's scale, or a measure that keeps its values has to grow.
func (l *Loader[T]) Add(record *T) {
	if l.skip != nil && l.skip(record) {
		l.report.Skipped++
		return
	}
	day, ok := l.day(record)
	if !ok || day.IsZero() {
		l.report.NoDay++
		return
	}
	nth := uint64(day - l.start) // before the window it is beyond any table
	if nth >= uint64(len(l.table)) {
		l.report.OutsideWindow++
		return
	}
	if l.credits != nil && !l.split(record) {
		l.report.WrongShares++
		return
	}
	l.report.Counted++
	for i := range l.dimensions {
		from := &l.dimensions[i]
		l.key[from.at] = from.code(record)
	}
	l.key[len(l.key)-1] = l.table[nth]
	if l.credits != nil {
		l.addCredits(record, day, int64(nth))
		return
	}
	for _, up := range l.climbers {
		up.climb(l.key, day)
	}
	cell := l.cells.find(l.key)
	for i := range l.feeds {
		l.feeds[i].add(record, l.cells, cell, int64(nth))
	}
}

// AddSeq reads every record of a sequence. The caller checks the error of
// what it comes from, such as rows.Err().
func (l *Loader[T]) AddSeq(records iter.Seq[T]) {
	for l.record = range records {
		l.Add(&l.record)
	}
	var none T
	l.record = none // keep nothing of the caller's
}

// Report accounts for what this loader has read so far.
func (l *Loader[T]) Report() Report {
	return l.report.clone()
}

func (s *source[T]) code(record *T) uint32 {
	name, ok := s.value(record)
	if !ok || name == "" {
		s.report.Missing++
		return 0
	}
	return s.members.code(name)
}

func (f *feed[T]) add(record *T, cells *cells, cell int, day int64) {
	if f.when != nil && !f.when(record) {
		f.report.NotMeant++
		return
	}
	at := cell*cells.width + f.at
	if f.kind == Count {
		cells.words[at]++
		f.report.Used++
		return
	}
	if f.kind == Sum {
		if a, ok := f.amount(record); ok {
			cells.add(at+1, a)
			cells.words[at]++
			f.report.Used++
		}
		return
	}
	name, ok := f.name(record)
	if !ok {
		return
	}
	a, ok := f.amount(record)
	if !ok {
		return
	}
	f.put(cells, cell, at, name, a, day)
	cells.words[at]++
	f.report.Used++
}

// name gives the key of a record where the kind needs one, or counts that it
// is missing.
func (f *feed[T]) name(record *T) (name string, ok bool) {
	if f.key == nil {
		return "", true
	}
	if name, ok = f.key(record); !ok || name == "" {
		f.report.Missing++
		return "", false
	}
	return name, true
}

// amount gives the amount of a record where the kind needs one, or counts why
// there is none.
func (f *feed[T]) amount(record *T) (a amount, ok bool) {
	if f.kind.counts() {
		return a, true
	}
	if f.minor != nil {
		if a.small, ok = f.minor(record); !ok {
			f.report.Missing++
		}
		return a, ok
	}
	d, ok := f.decimal(record)
	if !ok {
		f.report.Missing++
		return a, false
	}
	if a, ok = fromDecimal(d, f.scale); !ok {
		f.report.TooLarge++
	}
	return a, ok
}

// put gives key and amount to the measure. The record is counted after that.
func (f *feed[T]) put(cells *cells, cell, at int, key string, a amount, day int64) {
	switch f.kind {
	case Sum, Mean:
		cells.add(at+1, a)
	case Min, Max, First, Last:
		cells.offer(f.column, at, a, day)
	case Distinct:
		cells.keySet(cell, f.column).add(f.keys.code(key))
	case Quantile:
		cells.amounts(cell, f.column).add(a)
	case Balance:
		cells.readings(cell, f.column).add(reading{f.keys.code(key), int32(day), a.value(f.scale)})
	}
}
