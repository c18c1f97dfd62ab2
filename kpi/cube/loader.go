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
	report     *Report
}

type source[T any] struct {
	value   func(*T) (string, bool)
	members *members
	report  *DimensionReport
}

type feed[T any] struct {
	column
	minor   func(*T) (int64, bool)
	decimal func(*T) (decimal.Decimal, bool)
	when    func(*T) bool
	report  *MeasureReport
}

// Load binds a reader to a cube. A reader without a day, without one of the
// dimensions or without any measure (check.ErrMissing), a name that the
// definition lacks (check.ErrUnknown), a sum with two amounts
// (check.ErrInvalid) and an amount for a count (check.ErrUnit) are reported
// all at once.
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
		key: make([]uint32, len(c.def.Dimensions)+1), report: report,
	}
	for i, name := range c.def.Dimensions {
		l.dimensions = append(l.dimensions, source[T]{r.Dimensions[name], c.members[i], &report.Dimensions[i]})
	}
	for i, m := range c.def.Measures {
		if f, bound := r.Measures[m.ID]; bound {
			l.feeds = append(l.feeds, feed[T]{c.layout[i], f.Minor, f.Decimal, f.When, &report.Measures[i]})
		}
	}
	return l, nil
}

// Add reads one record. It never fails: what cannot be used is counted under
// its reason, see [Loader.Report]. It allocates nothing unless the record
// brings a new member or cell, or an amount that does not fit 64 bits at the
// measure's scale.
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
	l.report.Counted++
	for i := range l.dimensions {
		l.key[i] = l.dimensions[i].code(record)
	}
	l.key[len(l.dimensions)] = l.table[nth]
	cell := l.cells.find(l.key)
	for i := range l.feeds {
		l.feeds[i].add(record, l.cells, cell)
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

func (f *feed[T]) add(record *T, cells *cells, cell int) {
	if f.when != nil && !f.when(record) {
		f.report.NotMeant++
		return
	}
	at := cell + f.at
	switch {
	case f.kind == Count:
		cells.words[at]++
		f.report.Used++
	case f.minor != nil:
		f.addMinor(record, cells, at)
	default:
		f.addDecimal(record, cells, at)
	}
}

func (f *feed[T]) addMinor(record *T, cells *cells, at int) {
	amount, ok := f.minor(record)
	if !ok {
		f.report.Missing++
		return
	}
	cells.addSmall(at, amount)
	f.report.Used++
}

func (f *feed[T]) addDecimal(record *T, cells *cells, at int) {
	d, ok := f.decimal(record)
	if !ok {
		f.report.Missing++
		return
	}
	if amount, ok := small(d, f.scale); ok {
		cells.addSmall(at, amount)
	} else if amount, ok := finest(d); ok {
		cells.addWide(at, 1, amount)
	} else {
		f.report.TooLarge++
		return
	}
	f.report.Used++
}
