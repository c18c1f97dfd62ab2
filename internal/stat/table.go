package stat

import (
	"cmp"
	"iter"
	"slices"
)

// Row counts what happened at one age. Ages are whole numbers of any unit:
// days, or microseconds.
type Row struct {
	Age      int64
	Entered  int64 // came under observation late, at this age
	Won      int64
	Lost     int64
	Censored int64 // were last seen open at this age
}

func (r Row) less(o Row) Row {
	return Row{r.Age, r.Entered - o.Entered, r.Won - o.Won, r.Lost - o.Lost, r.Censored - o.Censored}
}

func (r Row) ended() int64 { return r.Won + r.Lost + r.Censored }

// Table counts, by age, how records ended and which of them came under
// observation only at a later age than 0. Whoever ended and did not enter
// late was there from the start, before age 0, so nothing else need be
// counted, and two tables of different records merge by adding.
//
// At one age events come first, then censorings, then late entries: who
// enters at age a is at risk after a and not at it, the interval (entry,
// exit] of R's survival. So a record created before the observation window
// enters at its age on the last moment *before* the window opens, in days
// its age on the day before the first one; and a record whose entry is its
// exit was never seen and does not belong in the table.
type Table []Row

// NewTable gives the rows by age, those of one age added together.
func NewTable(rows ...Row) Table {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b Row) int { return cmp.Compare(a.Age, b.Age) })
	table := Table{}
	for _, r := range sorted {
		if last := len(table) - 1; last >= 0 && table[last].Age == r.Age {
			table[last].Entered += r.Entered
			table[last].Won += r.Won
			table[last].Lost += r.Lost
			table[last].Censored += r.Censored
			continue
		}
		table = append(table, r)
	}
	return table
}

// Merge gives the table of the records of both.
func (t Table) Merge(other Table) Table { return NewTable(slices.Concat(t, other)...) }

// Less gives the table without the records of a part of it, which has no ages
// of its own.
func (t Table) Less(part Table) Table {
	rest := make(Table, 0, len(t))
	for _, r := range t {
		if len(part) > 0 && part[0].Age == r.Age {
			r, part = r.less(part[0]), part[1:]
		}
		if r != (Row{Age: r.Age}) {
			rest = append(rest, r)
		}
	}
	return rest
}

// Records gives how many records the table counts.
func (t Table) Records() int64 {
	n := int64(0)
	for _, r := range t {
		n += r.ended()
	}
	return n
}

// started gives how many were there from the start.
func (t Table) started() int64 {
	n := t.Records()
	for _, r := range t {
		n -= r.Entered
	}
	return n
}

// atRisk gives each row with how many are under observation just before its
// age.
func (t Table) atRisk() iter.Seq2[Row, int64] {
	return func(yield func(Row, int64) bool) {
		n := t.started()
		for _, r := range t {
			if !yield(r, n) {
				return
			}
			n += r.Entered - r.ended()
		}
	}
}

// Valid reports whether the ages rise and no more end at an age than are at
// risk. Whatever is not valid has an empty curve.
func (t Table) Valid() bool {
	total := int64(0)
	for i, r := range t {
		if i > 0 && t[i-1].Age >= r.Age {
			return false
		}
		for _, n := range [...]int64{r.Entered, r.Won, r.Lost, r.Censored} {
			if total += n; n < 0 || n > mostRecords || total > mostRecords {
				return false
			}
		}
	}
	for r, n := range t.atRisk() {
		if r.ended() > n {
			return false
		}
	}
	return true
}

const mostRecords = 1 << 53 // whole numbers beyond are no longer exact as float64

// Cause says which end is asked for; the other one is then a censoring.
type Cause uint8

// The causes.
const (
	Won Cause = 1 << iota
	Lost
	AnyEnd = Won | Lost
)

func (c Cause) count(r Row) int64 {
	n := int64(0)
	if c&Won != 0 {
		n += r.Won
	}
	if c&Lost != 0 {
		n += r.Lost
	}
	return n
}
