package cube

import (
	"crypto/sha256"
	"encoding/binary"
	"math/big"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// The binary form of a cube, version 1. Numbers are unsigned varints, names
// and blobs carry their length first.
//
//	"saleskpi/cube/1\n"
//	the definition's canonical form
//	the report: counted, skipped, no day, outside window;
//	    under credit wrong shares;
//	    for each dimension: missing; for each measure: not meant, missing, too large, under credit used
//	for each dimension: how many members, and their names in byte order;
//	    under credit one more, with the only name "overlay"
//	for each distinct count and balance: how many keys, and their names in byte order
//	how many cells, and each in the order of its key:
//	    for each dimension the rank of its member, 0 for the missing one; the period
//	    for each measure: n, and where it is not 0, by kind:
//	        count                nothing; under credit the total
//	        sum, min, max        the number
//	        mean                 the sum; under credit the total of shares
//	        first, last          the day of the window, from 0; the number
//	        distinct             how many keys, and their ranks rising
//	        quantile             n numbers, not falling
//	        balance              how many keys and days, and each rising: the key's rank, the day, the number
//	SHA-256 of all before
//
// A number is one of
//
//	0, and the number at the scale of the unit as a signed varint
//	1 (2 if negative), and the magnitude of the number × 10^18, big-endian
//	3 (4 if negative), and numerator and denominator in lowest terms
//
// the first of these that holds it.
const magic = "saleskpi/cube/1\n"

const (
	formSmall    = 0
	formPositive = 1
	formNegative = 2
	formFraction = 3 // and 4 for a negative one
)

// MarshalBinary gives the cube's definition, cells and report in a canonical
// form: the same records give the same bytes, in whatever order and parts
// they were read and merged. The zero Cube is an error (check.ErrMissing).
func (c *Cube) MarshalBinary() ([]byte, error) {
	if err := c.ready("cube.MarshalBinary", ""); err != nil {
		return nil, err
	}
	data := appendBlob([]byte(magic), c.form)
	data = appendReport(data, c.Report(), c.def.Credit != "")
	ranks := make([][]uint32, len(c.members))
	for i, m := range c.members {
		data, ranks[i] = m.append(data)
	}
	keys := make([][]uint32, len(c.keyed))
	for i, m := range c.keyed {
		if m != nil {
			data, keys[i] = m.append(data)
		}
	}
	data = c.cells.append(data, ranks, keys)
	sum := sha256.Sum256(data)
	return append(data, sum[:]...), nil
}

func appendNumber(data []byte, n int64) []byte { return binary.AppendUvarint(data, uint64(n)) }

func appendBlob(data, blob []byte) []byte {
	return append(appendNumber(data, int64(len(blob))), blob...)
}

// appendReport leaves out what follows from the rest: sums, and Used, which
// the cells add up to where no record is split.
func appendReport(data []byte, r Report, credited bool) []byte {
	for _, n := range []int64{r.Counted, r.Skipped, r.NoDay, r.OutsideWindow} {
		data = appendNumber(data, n)
	}
	if credited {
		data = appendNumber(data, r.WrongShares)
	}
	for _, d := range r.Dimensions {
		data = appendNumber(data, d.Missing)
	}
	for _, m := range r.Measures {
		for _, n := range []int64{m.NotMeant, m.Missing, m.TooLarge} {
			data = appendNumber(data, n)
		}
		if credited {
			data = appendNumber(data, m.Used)
		}
	}
	return data
}

// append writes the names in order and gives the rank of each code.
func (m *members) append(data []byte) (_ []byte, ranks []uint32) {
	sorted := slices.Sorted(slices.Values(m.names)) // "", the missing one, comes first
	data = appendNumber(data, int64(len(sorted)-1))
	ranks = make([]uint32, len(sorted))
	for rank, name := range sorted {
		ranks[m.codes[name]] = uint32(rank)
		if rank > 0 {
			data = appendBlob(data, []byte(name))
		}
	}
	return data, ranks
}

func (c *cells) append(data []byte, ranks, keyRanks [][]uint32) []byte {
	keys := slices.Clone(c.keys)
	order := make([]int, c.len())
	n := c.length
	for cell := range order {
		order[cell] = cell
		for i, rank := range ranks {
			keys[cell*n+i] = rank[keys[cell*n+i]]
		}
	}
	key := func(cell int) []uint32 { return keys[cell*n : cell*n+n] }
	slices.SortFunc(order, func(a, b int) int { return slices.Compare(key(a), key(b)) })
	data = appendNumber(data, int64(len(order)))
	for _, cell := range order {
		for _, code := range key(cell) {
			data = appendNumber(data, int64(code))
		}
		for i, col := range c.layout {
			data = c.appendMeasure(data, col, cell, keyRanks[i])
		}
	}
	return data
}

func (c *cells) appendMeasure(data []byte, col column, cell int, ranks []uint32) []byte {
	at := cell*c.width + col.at
	data = appendNumber(data, c.words[at])
	if c.words[at] == 0 {
		return data
	}
	switch col.kind {
	case Distinct:
		return c.keySet(cell, col).append(data, ranks)
	case Quantile:
		return c.amounts(cell, col).append(data, col.scale)
	case Balance:
		return c.readings(cell, col).append(data, ranks, col.scale)
	case First, Last:
		data = appendNumber(data, c.words[at+2])
	}
	for nth := range col.totals() {
		data = c.appendTotal(data, col, at, nth)
	}
	return data
}

// appendTotal writes a total or amount of the column that begins at a word.
func (c *cells) appendTotal(data []byte, col column, at, nth int) []byte {
	at += col.word(nth)
	if c.extras[at] == nil && (!col.parted() || c.words[at+1] == 0) {
		return binary.AppendVarint(append(data, formSmall), c.words[at])
	}
	return appendRat(data, c.rat(col, at, nth), col.scaleOf(nth))
}

func appendRat(data []byte, n *big.Rat, scale int) []byte {
	if small, fits := whole(n, scale); fits && small.IsInt64() {
		return binary.AppendVarint(append(data, formSmall), small.Int64())
	}
	sign := byte(0)
	if n.Sign() < 0 {
		sign = 1
	}
	if wide, fits := whole(n, kpi.MaxScale); fits {
		return appendBlob(append(data, formPositive+sign), wide.Bytes())
	}
	return appendBlob(appendBlob(append(data, formFraction+sign), n.Num().Bytes()), n.Denom().Bytes())
}

func appendValue(data []byte, v kpi.Value, scale int) []byte {
	if n, fits := v.Minor(scale, kpi.Down); fits && kpi.Minor(n, scale) == v {
		return binary.AppendVarint(append(data, formSmall), n)
	}
	return appendRat(data, toRat(v), scale)
}

func (s *keySet) append(data []byte, ranks []uint32) []byte {
	own := make([]uint32, s.len())
	for i, code := range s.codes {
		own[i] = ranks[code]
	}
	slices.Sort(own)
	data = appendNumber(data, int64(len(own)))
	for _, rank := range own {
		data = appendNumber(data, int64(rank))
	}
	return data
}

func (a *amounts) append(data []byte, scale int) []byte {
	a.sort(scale)
	all := slices.Clone(a.large)
	for _, n := range a.small {
		all = append(all, kpi.Minor(n, scale))
	}
	slices.SortFunc(all, kpi.Value.Compare)
	for _, v := range all {
		data = appendValue(data, v, scale)
	}
	return data
}

func (s *readings) append(data []byte, ranks []uint32, scale int) []byte {
	s.sort()
	own := slices.Clone(s.list)
	for i := range own {
		own[i].key = ranks[own[i].key]
	}
	slices.SortFunc(own, reading.compare)
	data = appendNumber(data, int64(len(own)))
	for _, r := range own {
		data = appendNumber(appendNumber(data, int64(r.key)), int64(r.day))
		data = appendValue(data, r.value, scale)
	}
	return data
}
