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
// A count is one word. A sum is two: how many amounts, and their sum at the
// scale of the unit. What does not fit a word stands beside, where it costs
// nothing as long as it is not there: over counts the times that a sum went
// beyond 64 bits, and wide holds amounts with more places than the unit, or
// more digits than 64 bits, at the finest scale. So a sum is exactly
//
//	(word + over × 2^64) × 10^−scale + wide × 10^−18
type cells struct {
	layout []column
	width  int
	chain  []pairs
	length int      // codes of a key
	keys   []uint32 // length codes for each cell
	words  []int64  // width words for each cell
	over   map[int]int64
	wide   map[int]*big.Int
}

// column is where a measure stands in a cell.
type column struct {
	kind  Kind
	scale int
	at    int // of its first word: how many
}

func layOut(measures []Measure) (layout []column, width int) {
	for _, m := range measures {
		layout = append(layout, column{m.Kind, int(m.Unit.Scale), width})
		width++
		if m.Kind == Sum {
			width++
		}
	}
	return layout, width
}

// newCells makes room for keys of n codes and one for the period.
func newCells(layout []column, width, n, periods int) *cells {
	c := &cells{layout: layout, width: width, length: n + 1, over: map[int]int64{}, wide: map[int]*big.Int{}}
	c.chain = make([]pairs, max(n, 1))
	if periods <= fewCodes {
		c.chain[len(c.chain)-1].stride = periods
	}
	return c
}

func (c *cells) len() int { return len(c.keys) / c.length }

func (c *cells) key(cell int) []uint32 {
	return c.keys[cell*c.length : cell*c.length+c.length]
}

// find gives the index of the first word of the key's cell, which is made
// where there is none yet.
func (c *cells) find(key []uint32) int {
	number, rest := uint32(0), key
	if len(key) > 1 {
		number, rest = key[0], key[1:]
	}
	for i, code := range rest {
		number = c.chain[i].number(number, code)
	}
	at := int(number) * c.width
	if at == len(c.words) {
		c.keys = append(grown(c.keys, len(key)), key...)
		c.words = grown(c.words, c.width)[:at+c.width]
		clear(c.words[at:])
	}
	return at
}

// grown makes room for n more by doubling: append alone would copy a large
// slice a dozen times.
func grown[E any](s []E, n int) []E {
	if len(s)+n > cap(s) {
		return slices.Grow(s, max(len(s), 64*n))
	}
	return s
}

// addSmall adds an amount to the sum whose first word is at.
func (c *cells) addSmall(at int, amount int64) {
	c.words[at]++
	before := c.words[at+1]
	after := before + amount
	c.words[at+1] = after
	if (before^after)&(amount^after) < 0 {
		c.carry(at, after)
	}
}

// carry notes that a sum went beyond 64 bits: what is negative now went
// above, what is not went below.
func (c *cells) carry(at int, after int64) {
	if after < 0 {
		c.over[at]++
	} else {
		c.over[at]--
	}
}

// addWide adds n amounts whose sum at the finest scale is given.
func (c *cells) addWide(at int, n int64, amount *big.Int) {
	c.words[at] += n
	if sum := c.wide[at]; sum != nil {
		sum.Add(sum, amount)
	} else {
		c.wide[at] = new(big.Int).Set(amount)
	}
}

// absorb adds what o holds in the cell at from to the cell at to. The
// layouts are the same.
func (c *cells) absorb(to int, o *cells, from int) {
	for _, col := range c.layout {
		at, of := to+col.at, from+col.at
		n := o.words[of]
		if col.kind == Sum && n != 0 {
			c.addSmall(at, o.words[of+1])
			c.words[at]-- // the n amounts are added below
			if over := o.over[of]; over != 0 {
				c.over[at] += over
			}
			if wide := o.wide[of]; wide != nil {
				c.addWide(at, 0, wide)
			}
		}
		c.words[at] += n
	}
}

// count gives how many records stand behind a measure of a cell.
func (c *cells) count(cell, measure int) int64 {
	return c.words[cell*c.width+c.layout[measure].at]
}

// value gives a measure of a cell: a sum over nothing is no data, a count
// over nothing 0.
func (c *cells) value(cell, measure int) kpi.Value {
	col := c.layout[measure]
	at := cell*c.width + col.at
	switch {
	case col.kind == Count:
		return kpi.Int(c.words[at])
	case c.words[at] == 0:
		return kpi.Value{}
	case c.over[at] == 0 && c.wide[at] == nil:
		return kpi.Minor(c.words[at+1], col.scale)
	}
	return kpi.FromBig(c.total(at, col.scale), kpi.MaxScale)
}

// total gives the sum whose first word is at, at the finest scale.
func (c *cells) total(at, scale int) *big.Int {
	sum := big.NewInt(c.over[at])
	sum.Lsh(sum, 64).Add(sum, big.NewInt(c.words[at+1]))
	sum.Mul(sum, pow10(kpi.MaxScale-scale))
	if wide := c.wide[at]; wide != nil {
		sum.Add(sum, wide)
	}
	return sum
}

func pow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
