package funnel

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// The binary form, version 1: the mark, the definition, the words (names of
// places, owners, reasons and activities, texts of values) in order of their bytes, the deals in
// order of their IDs with their facts in canonical order, and a CRC-32 of all
// that. Counts and codes are unsigned varints, instants and sequences signed
// ones, strings follow their length.
const binaryMark = "saleskpi/histories/1\n"

// undatedBit marks the kind of a fact that has no instant.
const undatedBit = 0x80

// MarshalBinary gives the state in a canonical form: the same statements give
// the same bytes, in whatever order and however often they came. An amount
// whose exact form is longer than 4,096 characters is check.ErrRange.
func (h *Histories) MarshalBinary() ([]byte, error) {
	facts, deals := make([][]fact, h.Len()), h.journal.byDeal(h.Len())
	for i := range facts {
		facts[i] = h.ordered(&deals)
	}
	w, data, err := newWriter(&h.lists, append([]byte(binaryMark), h.definition[:]...))
	if err != nil {
		return nil, err
	}
	data = slices.Grow(data, 16*h.journal.n)
	data = binary.AppendUvarint(data, uint64(h.Len()))
	for _, i := range h.deals.sorted() {
		data = appendString(data, h.deals.ids[i])
		data = binary.AppendUvarint(data, uint64(len(facts[i])))
		for _, f := range facts[i] {
			data = w.fact(data, f)
		}
	}
	return binary.BigEndian.AppendUint32(data, crc32.ChecksumIEEE(data)), nil
}

// writer knows the words of a state and where each stands in it.
type writer struct {
	at            map[string]uint64
	places        [][2]uint64 // pipeline and stage, by the codes of the lists
	words, values []uint64    // likewise
}

// newWriter appends the words of the lists to data, each once and in order.
// Every code of the lists stands in some fact.
func newWriter(l *lists, data []byte) (writer, []byte, error) {
	words := slices.Clone(l.words.items)
	for _, p := range l.places.items {
		words = append(words, p.pipeline, p.stage)
	}
	for _, v := range l.values.items {
		if len(v.Exact()) > mostText {
			return writer{}, nil, check.New("funnel.Histories", check.ErrRange, "", "number_too_long", nil, "most", mostText)
		}
		words = append(words, valueText(v))
	}
	slices.Sort(words)
	words = slices.Compact(words)
	w := writer{at: make(map[string]uint64, len(words))}
	data = binary.AppendUvarint(data, uint64(len(words)))
	for i, word := range words {
		w.at[word] = uint64(i)
		data = appendString(data, word)
	}
	for _, p := range l.places.items {
		w.places = append(w.places, [2]uint64{w.at[p.pipeline], w.at[p.stage]})
	}
	for _, word := range l.words.items {
		w.words = append(w.words, w.at[word])
	}
	for _, v := range l.values.items {
		w.values = append(w.values, w.at[valueText(v)])
	}
	return w, data, nil
}

func (w *writer) fact(data []byte, f fact) []byte {
	if f.at == undated {
		data = append(data, byte(f.kind)|undatedBit)
	} else {
		data = binary.AppendVarint(append(data, byte(f.kind)), f.at)
	}
	data = binary.AppendVarint(data, f.seq)
	switch f.kind {
	case isFrom, isStage:
		p := w.places[f.code]
		return binary.AppendUvarint(binary.AppendUvarint(data, p[0]), p[1])
	case isOwner, isReason, isActivity:
		return binary.AppendUvarint(data, w.words[f.code])
	case isAmount, isListPrice, isProbability:
		return binary.AppendUvarint(data, w.values[f.code])
	case isClose, isNextStep, isCategory:
		return binary.AppendUvarint(data, uint64(f.code))
	default:
		return data
	}
}

func appendString(data []byte, s string) []byte {
	return append(binary.AppendUvarint(data, uint64(len(s))), s...)
}

// mostText is the longest text of a number that kpi.Parse reads.
const mostText = 4096

// valueText gives the exact text of a value, and ? with the reason for one
// that is stated as missing.
func valueText(v kpi.Value) string {
	if !v.Defined() {
		return "?" + v.Reason().String()
	}
	return v.Exact()
}

func parseValue(text string) (kpi.Value, bool) {
	if word, undefined := strings.CutPrefix(text, "?"); undefined {
		var reason kpi.Reason
		err := reason.UnmarshalText([]byte(word))
		return kpi.Undefined(reason), err == nil
	}
	v, err := kpi.Parse(text)
	return v, err == nil
}

// UnmarshalBinary replaces what h knows by a state that MarshalBinary gave
// under the same pipelines. A state of other pipelines is check.ErrDefinition;
// one that is damaged, cut short, foreign or not in the canonical form is
// check.ErrCorrupt. On an error h stays as it is.
func (h *Histories) UnmarshalBinary(data []byte) error {
	const op = "funnel.Histories"
	corrupt := check.New(op, check.ErrCorrupt, "", "not_a_state_of_histories", nil)
	rest, ok := bytes.CutPrefix(data, []byte(binaryMark))
	if !ok || len(rest) < len(h.definition)+crc32.Size {
		return corrupt
	}
	end := len(data) - crc32.Size
	if binary.BigEndian.Uint32(data[end:]) != crc32.ChecksumIEEE(data[:end]) {
		return corrupt
	}
	if !bytes.Equal(rest[:len(h.definition)], h.definition[:]) {
		return check.New(op, check.ErrDefinition, "", "other_pipelines", nil)
	}
	r := reader{data: rest[len(h.definition) : len(rest)-crc32.Size]}
	read := &Histories{pipelines: h.pipelines, definition: h.definition}
	r.histories(read)
	read.unique = read.journal.n
	if r.bad || len(r.data) > 0 {
		return corrupt
	}
	// Whatever is not canonical (order, doubles, unused words, long varints)
	// would be written otherwise.
	if again, err := read.MarshalBinary(); err != nil || !bytes.Equal(again, data) {
		return corrupt
	}
	*h = *read
	return nil
}

// reader takes a state apart. After the first thing that does not fit it is
// bad, and everything further is zero.
type reader struct {
	data  []byte
	words []string
	bad   bool
}

func (r *reader) histories(h *Histories) {
	for range r.count(1) {
		r.words = append(r.words, r.string())
	}
	for range r.count(2) {
		deal := h.deals.number(r.string())
		for range r.count(2) {
			h.journal.put(deal, r.fact(&h.lists))
		}
	}
}

func (r *reader) fact(l *lists) fact {
	k := r.byte()
	f := fact{at: undated, kind: kind(k &^ undatedBit)}
	if k&undatedBit == 0 {
		f.at = r.varint()
		r.bad = r.bad || f.at < firstSecond*1e6 || f.at >= afterSecond*1e6
	}
	f.seq = r.varint()
	switch f.kind {
	case isBirth, isRemoved, isStrange:
	case isFrom, isStage:
		pipeline := r.word()
		f.code = l.places.code(place{pipeline, r.word()})
	case isOwner, isReason, isActivity:
		f.code = l.words.code(r.word())
	case isAmount, isListPrice, isProbability:
		v, ok := parseValue(r.word())
		r.bad = r.bad || !ok
		f.code = l.values.code(v)
	case isCategory:
		c := r.uvarint()
		r.bad = r.bad || c == 0 || c >= categories
		f.code = uint32(c)
	case isClose, isNextStep:
		day := r.uvarint()
		r.bad = r.bad || day > 1<<31-1 || !calendar.Day(day).Valid()
		f.code = uint32(day)
	default:
		r.bad = true
	}
	return f
}

// count reads how many things follow, each at least so many bytes long, so
// that no false count asks for memory or time.
func (r *reader) count(bytesEach int) int {
	n := r.uvarint()
	if n > uint64(len(r.data)/bytesEach) {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint(r.data)
	if !r.skip(size) {
		return 0
	}
	return n
}

func (r *reader) varint() int64 {
	n, size := binary.Varint(r.data)
	if !r.skip(size) {
		return 0
	}
	return n
}

// skip moves on by size bytes and reports whether that was possible.
func (r *reader) skip(size int) bool {
	if r.bad || size <= 0 || size > len(r.data) {
		r.bad = true
		return false
	}
	r.data = r.data[size:]
	return true
}

func (r *reader) byte() byte {
	if r.bad || len(r.data) == 0 {
		r.bad = true
		return 0
	}
	b := r.data[0]
	r.data = r.data[1:]
	return b
}

func (r *reader) string() string {
	n := r.count(1)
	s := string(r.data[:n])
	r.data = r.data[n:]
	return s
}

func (r *reader) word() string {
	i := r.uvarint()
	if i >= uint64(len(r.words)) {
		r.bad = true
		return ""
	}
	return r.words[i]
}
