package cube

import (
	"math/big"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// cells holds the numbers of a cube or a result: a dense row of words for
// each key, where a key is one code for each dimension and last that of the
// period.
//
// The first word of every measure says how many records feed it. What
// follows depends on its kind:
//
//	sum, mean    a total
//	count        under credit a total of shares
//	mean         under credit, after the sum, a total of shares
//	min, max     an amount
//	first, last  an amount, and its day of the window
//	balance      a total, in results
//
// Under credit each total of sum, count and mean has a second word, of
// millionths below one. Totals and amounts are whole minor units, or shares, in one word; what does
// not fit stands beside in extras. Distinct counts, quantiles and balances
// have what they keep in kept.
type cells struct {
	layout []column
	width  int // words of a cell
	keeps  int // kept things of a cell
	chain  []pairs
	length int      // codes of a key
	keys   []uint32 // length codes for each cell
	words  []int64  // width words for each cell
	kept   []any    // keeps things for each cell: *keySet, *amounts, *readings
	extras map[int]*extra
	answer bool // these are the cells of a result
}

// column is where a measure stands in a cell.
type column struct {
	kind     Kind
	scale    int
	at       int  // of its first word: how many
	keep     int  // of what it keeps
	credited bool // fed by shares of records
	p        kpi.Value
	method   Method
}

func layOut(def Definition) (layout []column, width, keeps int) {
	for _, m := range def.Measures {
		col := column{kind: m.Kind, scale: int(m.Unit.Scale), at: width, keep: keeps, credited: def.Credit != "", p: m.part(), method: m.Method}
		layout = append(layout, col)
		width += col.words()
		if m.Kind.keeps() {
			keeps++
		}
	}
	return layout, width, keeps
}

// parted reports whether the totals of the column are of shares: behind each
// stands a word of millionths.
func (col column) parted() bool {
	return col.credited && (col.kind == Sum || col.kind == Count || col.kind == Mean)
}

// totals gives how many totals or amounts stand in the column.
func (col column) totals() int {
	switch {
	case col.kind == Mean && col.credited:
		return 2
	case col.kind == Count && !col.credited, col.kind == Distinct, col.kind == Quantile:
		return 0
	}
	return 1
}

// word gives the place of a total or amount in the column.
func (col column) word(nth int) int {
	if col.parted() {
		return 1 + 2*nth
	}
	return 1 + nth
}

// words gives how many words the column has.
func (col column) words() int {
	n := col.word(col.totals())
	if col.dated() {
		n++
	}
	return n
}

// newCells makes room for keys of n codes and one for the period.
func newCells(s *shape, n, periods int) *cells {
	c := &cells{layout: s.layout, width: s.width, keeps: s.keeps, length: n + 1, extras: map[int]*extra{}}
	for range n - 1 {
		c.chain = append(c.chain, newPairs(0))
	}
	c.chain = append(c.chain, newPairs(periods))
	return c
}

func (c *cells) len() int { return len(c.keys) / c.length }

func (c *cells) key(cell int) []uint32 {
	return c.keys[cell*c.length : cell*c.length+c.length]
}

// find gives the key's cell, which is made where there is none yet.
func (c *cells) find(key []uint32) int {
	number, rest := uint32(0), key
	if len(key) > 1 {
		number, rest = key[0], key[1:]
	}
	for i, code := range rest {
		number = c.chain[i].number(number, code)
	}
	if at := int(number) * c.width; at == len(c.words) {
		c.make(key)
	}
	return int(number)
}

func (c *cells) make(key []uint32) {
	at := len(c.words)
	c.keys = append(grown(c.keys, len(key)), key...)
	c.words = grown(c.words, c.width)[:at+c.width]
	clear(c.words[at:])
	for _, col := range c.layout {
		switch col.kind {
		case Distinct:
			c.kept = append(c.kept, &keySet{})
		case Quantile:
			c.kept = append(c.kept, &amounts{})
		case Balance:
			c.kept = append(c.kept, &readings{})
		}
	}
}

// grown makes room for n more by doubling: append alone would copy a large
// slice a dozen times.
func grown[E any](s []E, n int) []E {
	if len(s)+n > cap(s) {
		return slices.Grow(s, max(len(s), 64*n))
	}
	return s
}

func (c *cells) keySet(cell int, col column) *keySet {
	return c.kept[cell*c.keeps+col.keep].(*keySet)
}

func (c *cells) amounts(cell int, col column) *amounts {
	return c.kept[cell*c.keeps+col.keep].(*amounts)
}

func (c *cells) readings(cell int, col column) *readings {
	return c.kept[cell*c.keeps+col.keep].(*readings)
}

// amount gives the amount that stands at a word.
func (c *cells) amount(at int) amount {
	if x := c.extras[at]; x != nil {
		return amount{wide: x.wide}
	}
	return amount{small: c.words[at]}
}

// offer puts an amount in the place of that of a least, greatest, first or
// last, if it comes before it.
func (c *cells) offer(col column, at int, a amount, day int64) {
	if c.words[at] > 0 && !col.before(a, day, c.amount(at+1), c.day(col, at)) {
		return
	}
	delete(c.extras, at+1)
	c.words[at+1] = a.small
	if a.wide != nil {
		c.extras[at+1] = &extra{wide: new(big.Int).Set(a.wide)}
	}
	if col.dated() {
		c.words[at+2] = day
	}
}

func (col column) dated() bool { return col.kind == First || col.kind == Last }

// day gives the day of the amount at hand, where the kind has one.
func (c *cells) day(col column, at int) int64 {
	if col.dated() {
		return c.words[at+2]
	}
	return 0
}

// before reports whether one amount comes before another for the kind.
func (col column) before(a amount, day int64, b amount, dayB int64) bool {
	if !col.dated() || day == dayB {
		order := a.compare(b, col.scale)
		return order != 0 && (order < 0) == (col.kind == Min || col.kind == First)
	}
	return (day < dayB) == (col.kind == First)
}

// absorb adds what o holds in a cell of its own to one of ours. The layouts
// are the same; ours gives for each measure our code for each of its keys,
// nil that they are the same. A result has no balances from here.
func (c *cells) absorb(to int, o *cells, from int, ours [][]uint32) {
	for i, col := range c.layout {
		at, of := to*c.width+col.at, from*c.width+col.at
		n := o.words[of]
		if n == 0 || c.answer && col.kind == Balance {
			continue
		}
		switch col.kind {
		case Min, Max, First, Last:
			c.offer(col, at, o.amount(of+1), o.day(col, of))
		case Distinct:
			c.keySet(to, col).absorb(o.keySet(from, col), codesOf(ours, i))
		case Quantile:
			c.amounts(to, col).absorb(o.amounts(from, col))
		case Balance:
			c.readings(to, col).absorb(o.readings(from, col), codesOf(ours, i))
		default:
			for nth := range col.totals() {
				word := col.word(nth)
				c.absorbTotal(at+word, o, of+word)
				if col.parted() {
					c.addMillionths(at+word, o.words[of+word+1])
				}
			}
		}
		c.words[at] += n
	}
}

func codesOf(ours [][]uint32, measure int) []uint32 {
	if ours == nil {
		return nil
	}
	return ours[measure]
}

// count gives how many records stand behind a measure of a cell.
func (c *cells) count(cell, measure int) int64 {
	return c.words[cell*c.width+c.layout[measure].at]
}

// value gives a measure of a cell.
func (c *cells) value(cell, measure int) kpi.Value {
	col := c.layout[measure]
	at := cell*c.width + col.at
	n := c.words[at]
	switch {
	case col.kind == Count && !col.credited:
		return kpi.Int(n)
	case col.kind == Distinct:
		return kpi.Int(int64(c.keySet(cell, col).len()))
	case col.kind == Quantile:
		return c.amounts(cell, col).quantile(col.p, col.method, col.scale)
	case n == 0 && col.kind == Count:
		return kpi.Int(0)
	case n == 0:
		return kpi.Value{}
	}
	total := c.totalOf(col, at, 0)
	switch {
	case col.kind != Mean:
		return total
	case col.credited:
		return total.Div(c.totalOf(col, at, 1))
	}
	return total.Div(kpi.Int(n))
}

// totalOf gives a total or amount of the column that begins at a word.
func (c *cells) totalOf(col column, at, nth int) kpi.Value {
	at += col.word(nth)
	if c.extras[at] == nil && (!col.parted() || c.words[at+1] == 0) {
		return kpi.Minor(c.words[at], col.scaleOf(nth))
	}
	return fromRat(c.rat(col, at, nth))
}

// scaleOf gives the scale of a total or amount: shares are whole records.
func (col column) scaleOf(nth int) int {
	if col.kind == Count || nth == 1 {
		return 0
	}
	return col.scale
}

// What one of them takes.
const (
	pairBytes    = 16
	valueBytes   = 32
	readingBytes = 8 + valueBytes
)

// size gives about how many bytes the cells take.
func (c *cells) size() int64 {
	size := int64(cap(c.keys))*4 + int64(cap(c.words))*8 + int64(cap(c.kept))*16
	for _, p := range c.chain {
		size += int64(cap(p.rows))*4 + int64(cap(p.slots))*pairBytes
	}
	for _, x := range c.extras {
		size += x.size()
	}
	for _, k := range c.kept {
		switch k := k.(type) {
		case *keySet:
			size += 32 + int64(cap(k.codes))*4
		case *amounts:
			size += 48 + int64(cap(k.small))*8 + int64(cap(k.large))*valueBytes
		case *readings:
			size += 32 + int64(cap(k.list))*readingBytes
		}
	}
	return size
}
