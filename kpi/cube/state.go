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
		return c.appendTotal(data, at+1, col.scale)
	}
	for word := 1; word < col.words(); word++ {
		data = c.appendTotal(data, at+word, col.scaleOf(word))
	}
	return data
}

// appendTotal writes the total or amount at a word.
func (c *cells) appendTotal(data []byte, at, scale int) []byte {
	if c.extras[at] == nil {
		return binary.AppendVarint(append(data, formSmall), c.words[at])
	}
	return appendRat(data, c.rat(at, scale), scale)
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
	case First, Last:
		c.words[at+2] = d.day(span)
		c.setRat(at+1, d.rat(col.scale), col.scale)
	default:
		for word := 1; word < col.words(); word++ {
			c.setRat(at+word, d.rat(col.scaleOf(word)), col.scaleOf(word))
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
