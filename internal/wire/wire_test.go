package wire_test

import (
	"encoding/binary"
	"testing"

	"github.com/saleskpi/saleskpi/internal/wire"
)

const mark = "test/1\n"

func state() []byte {
	data := binary.AppendUvarint([]byte(mark), 2) // two texts
	data = wire.AppendString(wire.AppendString(data, "a"), "")
	data = binary.AppendVarint(data, -7)
	return wire.Seal(binary.AppendUvarint(data, 3))
}

func TestReadsWhatWasWritten(t *testing.T) {
	r, ok := wire.Open(state(), mark)
	if !ok {
		t.Fatal("not opened")
	}
	if n := r.Count(1); n != 2 || r.String() != "a" || r.String() != "" || r.Varint() != -7 || r.Below(4) != 3 || !r.Done() {
		t.Error("read otherwise")
	}
}

func TestEveryByteCounts(t *testing.T) {
	data := state()
	for i := range data {
		damaged := append([]byte{}, data...)
		damaged[i] ^= 0x10
		if _, ok := wire.Open(damaged, mark); ok {
			t.Errorf("opened with byte %d changed", i)
		}
		if _, ok := wire.Open(data[:i], mark); ok {
			t.Errorf("opened, cut at %d", i)
		}
	}
}

func TestRefuses(t *testing.T) {
	open := func(body ...byte) *wire.Reader {
		r, ok := wire.Open(wire.Seal(append([]byte(mark), body...)), mark)
		if !ok {
			t.Fatal("not opened")
		}
		return r
	}
	for name, test := range map[string]struct {
		why  string
		read func(*wire.Reader)
		body []byte
	}{
		"count":     {"more things than bytes", func(r *wire.Reader) { r.Count(2) }, []byte{3, 0, 0, 0, 0}},
		"string":    {"longer than what is left", func(r *wire.Reader) { _ = r.String() }, []byte{9, 'a'}},
		"below":     {"a code that stands for nothing", func(r *wire.Reader) { r.Below(2) }, []byte{2}},
		"uvarint":   {"cut in a number", func(r *wire.Reader) { r.Uvarint() }, []byte{0x80}},
		"varint":    {"nothing left", func(r *wire.Reader) { r.Varint() }, nil},
		"left over": {"more than was read", func(*wire.Reader) {}, []byte{1}},
		"refused":   {"the caller says so", (*wire.Reader).Refuse, nil},
	} {
		r := open(test.body...)
		if test.read(r); r.Done() {
			t.Errorf("%s: %s: taken", name, test.why)
		}
		if r.Uvarint() != 0 && name != "left over" || r.Count(1) != 0 {
			t.Errorf("%s: still gives something", name)
		}
	}
}
