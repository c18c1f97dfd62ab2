package cube

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math/big"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// The binary form of a cube, version 1. Numbers are unsigned varints, names
// and blobs carry their length first.
//
//	"saleskpi/cube/1\n"
//	the definition's canonical form
//	the report: counted, skipped, no day, outside window;
//	    for each dimension: missing; for each measure: not meant, missing, too large
//	for each dimension: how many members, and their names in byte order
//	how many cells, and each in the order of its key:
//	    for each dimension the rank of its member, 0 for the missing one; the period
//	    for each count: n
//	    for each sum: n, and where it is not 0
//	        0 and the sum at the scale of the unit as a signed varint, or
//	        1 (2 if negative) and the magnitude of the sum × 10^18, big-endian
//	SHA-256 of all before
const magic = "saleskpi/cube/1\n"

const (
	formSmall    = 0
	formPositive = 1
	formNegative = 2
)

// MarshalBinary gives the cube's definition, cells and report in a canonical
// form: the same records give the same bytes, in whatever order and parts
// they were read and merged. The zero Cube is an error (check.ErrMissing).
func (c *Cube) MarshalBinary() ([]byte, error) {
	if err := c.ready("cube.MarshalBinary", ""); err != nil {
		return nil, err
	}
	data := appendBlob([]byte(magic), c.form)
	data = appendReport(data, c.Report())
	ranks := make([][]uint32, len(c.members))
	for i, m := range c.members {
		data, ranks[i] = m.append(data)
	}
	data = c.cells.append(data, ranks)
	sum := sha256.Sum256(data)
	return append(data, sum[:]...), nil
}

func appendNumber(data []byte, n int64) []byte { return binary.AppendUvarint(data, uint64(n)) }

func appendBlob(data, blob []byte) []byte {
	return append(appendNumber(data, int64(len(blob))), blob...)
}

// appendReport leaves out what follows from the rest: sums, and Used, which
// the cells add up to.
func appendReport(data []byte, r Report) []byte {
	for _, n := range []int64{r.Counted, r.Skipped, r.NoDay, r.OutsideWindow} {
		data = appendNumber(data, n)
	}
	for _, d := range r.Dimensions {
		data = appendNumber(data, d.Missing)
	}
	for _, m := range r.Measures {
		for _, n := range []int64{m.NotMeant, m.Missing, m.TooLarge} {
			data = appendNumber(data, n)
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

func (c *cells) append(data []byte, ranks [][]uint32) []byte {
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
		for _, col := range c.layout {
			data = c.appendMeasure(data, col, cell*c.width+col.at)
		}
	}
	return data
}

func (c *cells) appendMeasure(data []byte, col column, at int) []byte {
	data = appendNumber(data, c.words[at])
	if col.kind == Count || c.words[at] == 0 {
		return data
	}
	if c.over[at] == 0 && c.wide[at] == nil {
		return binary.AppendVarint(append(data, formSmall), c.words[at+1])
	}
	total := c.total(at, col.scale)
	if small, ok := narrow(total, col.scale); ok {
		return binary.AppendVarint(append(data, formSmall), small)
	}
	form := byte(formPositive)
	if total.Sign() < 0 {
		form = formNegative
	}
	return appendBlob(append(data, form), total.Bytes())
}

// narrow gives a total of the finest scale at that of the unit, where it is
// whole there and fits a word.
func narrow(total *big.Int, scale int) (small int64, ok bool) {
	whole, rest := new(big.Int).QuoRem(total, pow10(kpi.MaxScale-scale), new(big.Int))
	return whole.Int64(), rest.Sign() == 0 && whole.IsInt64()
}

// UnmarshalBinary replaces the cube by the one that MarshalBinary wrote. What
// is damaged, cut short, foreign or not in the canonical form is
// check.ErrCorrupt and leaves the cube as it is. Loaders of the cube that was
// there before do not feed the new one.
func (c *Cube) UnmarshalBinary(data []byte) error {
	read, code := decodeCube(data)
	if code != "" {
		return check.New("cube.UnmarshalBinary", check.ErrCorrupt, "", code, nil, "bytes", len(data))
	}
	*c = *read
	return nil
}

func decodeCube(data []byte) (*Cube, string) {
	if !bytes.HasPrefix(data, []byte(magic)) {
		return nil, "not_a_cube"
	}
	end := len(data) - sha256.Size
	if end < len(magic) || [sha256.Size]byte(data[end:]) != sha256.Sum256(data[:end]) {
		return nil, "damaged"
	}
	d := decoder{rest: data[len(magic):end]}
	c := d.cube()
	if d.bad || len(d.rest) > 0 {
		return nil, "malformed"
	}
	return c, ""
}

// decoder reads the binary form. After the first problem, which bad holds,
// it reads nothing more and every number is 0.
type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) require(ok bool) {
	if !ok {
		d.bad, d.rest = true, nil
	}
}

// number reads a varint of at most the given size, in its shortest form.
func (d *decoder) number(most int64) int64 {
	n, size := binary.Uvarint(d.rest)
	d.require(size > 0 && n <= uint64(most) && (size == 1 || d.rest[size-1] != 0))
	if d.bad {
		return 0
	}
	d.rest = d.rest[size:]
	return int64(n)
}

// many reads how many things follow, each of which takes at least so many
// bytes.
func (d *decoder) many(bytesEach int) int {
	return int(d.number(int64(len(d.rest) / bytesEach)))
}

func (d *decoder) blob() []byte {
	n := d.many(1)
	d.require(n <= len(d.rest))
	if d.bad {
		return nil
	}
	blob := d.rest[:n]
	d.rest = d.rest[n:]
	return blob
}

func (d *decoder) cube() *Cube {
	form := d.blob()
	var def Definition
	d.require(check.Decode("", form, &def) == nil)
	if d.bad {
		return nil
	}
	c, err := New(def)
	d.require(err == nil && bytes.Equal(c.form, form))
	if d.bad {
		return nil
	}
	report := d.report(def)
	c.reports = []*Report{report}
	for _, m := range c.members {
		d.members(m)
	}
	d.cells(c, report)
	return c
}

func (d *decoder) report(def Definition) *Report {
	r := newReport(def)
	left := int64(most)
	for _, n := range []*int64{&r.Counted, &r.Skipped, &r.NoDay, &r.OutsideWindow} {
		*n = d.number(left)
		left -= *n
	}
	for i := range r.Dimensions {
		r.Dimensions[i].Missing = d.number(r.Counted)
	}
	for i := range r.Measures {
		m, left := &r.Measures[i], r.Counted
		for _, n := range []*int64{&m.NotMeant, &m.Missing, &m.TooLarge} {
			*n = d.number(left)
			left -= *n
		}
	}
	r.sum()
	return r
}

func (d *decoder) members(m *members) {
	last := ""
	for range d.many(2) {
		name := string(d.blob())
		d.require(name > last)
		if d.bad {
			return
		}
		m.add(name)
		last = name
	}
}

func (d *decoder) cells(c *Cube, report *Report) {
	key := make([]uint32, len(c.members)+1)
	last := make([]uint32, 0, len(key))
	met := make([][]bool, len(c.members))
	for i, m := range c.members {
		met[i] = make([]bool, len(m.names))
		met[i][0] = true
	}
	n := d.many(len(key) + len(c.layout))
	d.require(int64(n) <= report.Counted)
	for range n {
		for i, m := range c.members {
			key[i] = uint32(d.number(int64(len(m.names) - 1)))
			met[i][key[i]] = true
		}
		key[len(met)] = uint32(d.number(int64(len(c.periods) - 1)))
		d.require(slices.Compare(last, key) < 0)
		if d.bad {
			return
		}
		last = append(last[:0], key...)
		at := c.cells.find(key)
		for i, col := range c.layout {
			d.measure(c.cells, col, at+col.at, report.Counted, &report.Measures[i])
		}
	}
	for _, m := range met {
		d.require(!slices.Contains(m, false))
	}
}

// measure reads a count or sum. The records of all cells together are those
// that the report has as used, which are no more than were counted.
func (d *decoder) measure(c *cells, col column, at int, counted int64, report *MeasureReport) {
	n := d.number(counted - report.Used - report.NotMeant - report.Missing - report.TooLarge)
	report.Used += n
	c.words[at] = n
	if col.kind == Count || n == 0 {
		return
	}
	switch form := d.number(formNegative); form {
	case formSmall:
		c.words[at+1] = d.signed()
	default:
		total := new(big.Int).SetBytes(d.magnitude())
		if form == formNegative {
			total.Neg(total)
		}
		_, small := narrow(total, col.scale)
		d.require(!small)
		c.wide[at] = total
	}
}

func (d *decoder) signed() int64 {
	n, size := binary.Varint(d.rest)
	d.require(size > 0 && (size == 1 || d.rest[size-1] != 0))
	if d.bad {
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

// magnitude reads a number without leading zeros, and no longer than a sum
// of the largest amounts over the most records can be.
func (d *decoder) magnitude() []byte {
	const longest = 50 // 10^(64+18+18) × 2^62 has 395 bits
	b := d.blob()
	d.require(len(b) > 0 && len(b) <= longest && b[0] != 0)
	return b
}
