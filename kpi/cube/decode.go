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
	for _, m := range slices.Concat(c.members, c.keyed) {
		if m != nil {
			d.members(m)
		}
	}
	d.cells(c, report)
	return c
}

func (d *decoder) report(def Definition) *Report {
	r := newReport(def)
	left := int64(most)
	sizes := []*int64{&r.Counted, &r.Skipped, &r.NoDay, &r.OutsideWindow}
	if def.Credit != "" {
		sizes = append(sizes, &r.WrongShares)
	}
	for _, n := range sizes {
		*n = d.number(left)
		left -= *n
	}
	for i := range r.Dimensions {
		r.Dimensions[i].Missing = d.number(mostOf(r.Counted, def))
	}
	for i := range r.Measures {
		m, left := &r.Measures[i], r.Counted
		parts := []*int64{&m.NotMeant, &m.Missing, &m.TooLarge}
		if def.Credit != "" {
			parts = append(parts, &m.Used)
		}
		for _, n := range parts {
			*n = d.number(left)
			left -= *n
		}
	}
	r.sum()
	return r
}

// mostOf bounds what so many records can count to: a record that is split
// counts for every credit.
func mostOf(records int64, def Definition) int64 {
	if def.Credit != "" && records > 0 {
		return most
	}
	return records
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
	met, metKeys := unmet(c.members), unmet(c.keyed)
	n := d.many(len(key) + len(c.layout))
	d.require(int64(n) <= mostOf(report.Counted, c.def))
	if c.def.Credit != "" {
		kinds := c.members[len(c.def.Dimensions)].names
		d.require(len(kinds) == 1 || len(kinds) == 2 && kinds[1] == overlay)
	}
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
		cell := c.cells.find(key)
		span := daysOf(c.def.Window, c.periods[key[len(met)]])
		for i, col := range c.layout {
			d.measure(c.cells, col, cell, span, metKeys[i], d.used(col, report, i))
		}
	}
	for _, m := range append(met, metKeys...) {
		d.require(!slices.Contains(m, false))
	}
}

// unmet makes a mark for every member; that of the missing one is set.
func unmet(all []*members) [][]bool {
	met := make([][]bool, len(all))
	for i, m := range all {
		if m != nil {
			met[i] = make([]bool, len(m.names))
			met[i][0] = true
		}
	}
	return met
}

// used reads how many records a cell has of a measure. Those of all cells
// together are the report's, no more than were counted; under credit the
// report has its own number, and each credit is one.
func (d *decoder) used(col column, report *Report, i int) int64 {
	if col.credited {
		return d.number(mostCredits)
	}
	m := &report.Measures[i]
	n := d.number(report.Counted - m.Used - m.NotMeant - m.Missing - m.TooLarge)
	m.Used += n
	return n
}

// mostCredits is how many credits a cell of a stored cube may have, so that
// the sum over all cells fits 64 bits.
const mostCredits = 1 << 40

// measure reads what a cell has of a measure behind n records.
func (d *decoder) measure(c *cells, col column, cell int, span days, met []bool, n int64) {
	at := cell*c.width + col.at
	c.words[at] = n
	if n == 0 {
		return
	}
	switch col.kind {
	case Distinct:
		d.keySet(c.keySet(cell, col), n, met)
	case Quantile:
		d.amounts(c.amounts(cell, col), n, col.scale)
	case Balance:
		d.readings(c.readings(cell, col), n, span, met, col.scale)
	default:
		if col.dated() {
			c.words[at+2] = d.day(span)
		}
		for nth := range col.totals() {
			scale := col.scaleOf(nth)
			c.setRat(at+col.word(nth), d.rat(scale), scale)
		}
	}
}

// day reads a day of the window, which must be one of the span's.
func (d *decoder) day(span days) int64 {
	day := d.number(span.end - 1)
	d.require(day >= span.start)
	return day
}

// few reads how many different things n records left behind.
func (d *decoder) few(n int64) int64 {
	few := d.number(n)
	d.require(few > 0 && few <= int64(len(d.rest)))
	return few
}

// keyOf reads the rank of a key.
func (d *decoder) keyOf(met []bool) uint32 {
	rank := d.number(int64(len(met) - 1))
	d.require(rank > 0)
	met[rank] = true
	return uint32(rank)
}

func (d *decoder) keySet(s *keySet, n int64, met []bool) {
	last := uint32(0)
	for left := d.few(n); left > 0 && !d.bad; left-- {
		rank := d.keyOf(met)
		d.require(rank > last)
		s.codes, last = append(s.codes, rank), rank
	}
}

func (d *decoder) amounts(a *amounts, n int64, scale int) {
	d.require(n <= int64(len(d.rest))/2)
	var last kpi.Value
	for ; n > 0 && !d.bad; n-- {
		v := d.value(scale)
		d.require(last.Compare(v) <= 0)
		last = v
		if small, fits := v.Minor(scale, kpi.Down); fits && kpi.Minor(small, scale) == v {
			a.small = append(a.small, small)
		} else {
			a.large = append(a.large, v)
		}
	}
}

func (d *decoder) readings(s *readings, n int64, span days, met []bool, scale int) {
	last := reading{}
	for left := d.few(n); left > 0 && !d.bad; left-- {
		r := reading{key: d.keyOf(met), day: int32(d.day(span))}
		r.value = d.value(scale)
		d.require(last.compare(r) < 0)
		s.list, last = append(s.list, r), r
	}
}

func (d *decoder) value(scale int) kpi.Value {
	n := d.rat(scale)
	if small, fits := whole(n, scale); fits && small.IsInt64() {
		return kpi.Minor(small.Int64(), scale)
	}
	return fromRat(n)
}

// rat reads a number in the one form that appendRat writes.
func (d *decoder) rat(scale int) *big.Rat {
	form := d.number(formFraction + 1)
	if form == formSmall {
		n := new(big.Rat).SetInt64(d.signed())
		return n.Mul(n, unitOf(scale))
	}
	n := new(big.Rat).SetInt(d.magnitude())
	if form < formFraction {
		n.Mul(n, unitOf(kpi.MaxScale))
		small, fits := whole(n, scale)
		d.require(!fits || !small.IsInt64())
	} else if den := d.magnitude(); !d.bad {
		digits := n.Num().BitLen()
		n.Quo(n, new(big.Rat).SetInt(den))
		_, fits := whole(n, kpi.MaxScale)
		d.require(!fits && n.Num().BitLen() == digits)
	}
	if form == formNegative || form == formFraction+1 {
		n.Neg(n)
	}
	return n
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

// magnitude reads a number without leading zeros, and no longer than a sum of
// amounts in shares of every denominator can be.
func (d *decoder) magnitude() *big.Int {
	const longest = 1 << 18 // the denominators up to 10^6 have a common one of 1.44 million bits
	b := d.blob()
	d.require(len(b) > 0 && len(b) <= longest && b[0] != 0)
	return new(big.Int).SetBytes(b)
}
