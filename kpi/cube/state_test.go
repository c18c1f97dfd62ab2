package cube_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"pgregory.net/rapid"
)

func TestStateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := load(t, rowDefinition(drawGrain(t)), drawRows(t, "rows"))
		data := state(t, want)
		kept := bytes.Clone(data)
		var got cube.Cube
		if err := got.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(data, kept) {
			t.Fatal("changed its input")
		}
		if !bytes.Equal(state(t, &got), data) {
			t.Fatal("comes back as other bytes")
		}
		q := cube.Query{By: []string{"a", "b"}}
		a, b := query(t, want, q), query(t, &got, q)
		if strings.Join(exactLines(a), "\n") != strings.Join(exactLines(b), "\n") || a.Hash != b.Hash {
			t.Fatal("answers otherwise")
		}
		if !bytes.Equal(state(t, merge(t, want, want)), state(t, merge(t, &got, want))) {
			t.Fatal("merges otherwise")
		}
	})
}

// Every byte counts: whichever is changed or cut off, it is noticed.
func TestDamagedState(t *testing.T) {
	data := state(t, load(t, rowDefinition(calendar.Monthly), sixRows()))
	refused := func(what string, at int, damaged []byte) {
		c := load(t, rowDefinition(calendar.Monthly), sixRows()[:2])
		before := state(t, c)
		if err := c.UnmarshalBinary(damaged); !errors.Is(err, check.ErrCorrupt) {
			t.Errorf("%s at %d: %v", what, at, err)
		}
		if !bytes.Equal(before, state(t, c)) {
			t.Errorf("%s at %d: the cube changed", what, at)
		}
	}
	for i := range data {
		damaged := bytes.Clone(data)
		damaged[i] ^= 0x20
		refused("changed", i, damaged)
		refused("cut", i, data[:i])
		if i != len(data)-sha256.Size {
			refused("cut and sealed", i, seal(data[:i]))
		}
	}
	refused("more", len(data), append(bytes.Clone(data), 0))
	refused("more, sealed", len(data), seal(append(bytes.Clone(data[:len(data)-sha256.Size]), 0)))
	refused("foreign", 0, []byte("saleskpi/cube/2\n"))
}

// seal puts a right checksum under what may be wrong.
func seal(data []byte) []byte {
	sum := sha256.Sum256(data)
	return append(bytes.Clone(data), sum[:]...)
}

// One cell written by hand, as the format's comment says: it pins the form.
func TestStateByHand(t *testing.T) {
	def := cube.Definition{ID: "s", Window: period("2026"), Dimensions: []string{"d"}, Measures: []cube.Measure{{ID: "v", Unit: kpi.Money("USD", 2)}, {ID: "n", Kind: cube.Count}}}
	form := `{"id":"s","version":0,"window":{"start":"2026-01-01","end":"2027-01-01"},` +
		`"calendar":{"kind":"months","first_month":1,"year_named_by":"start"},"grain":"none","dimensions":["d"],` +
		`"measures":[{"id":"v","kind":"sum","unit":{"money":1,"currency":"USD","scale":2}},{"id":"n","kind":"count","unit":{}}]}`
	head := append(binary.AppendUvarint([]byte("saleskpi/cube/1\n"), uint64(len(form))), form...)
	write := func(body ...byte) []byte { return seal(append(bytes.Clone(head), body...)) }
	report := []byte{3, 1, 0, 0 /* counted, skipped, no day, outside */, 0 /* d missing */, 0, 1, 0 /* v */, 0, 0, 0 /* n */}
	for name, test := range map[string]struct {
		why  string
		data []byte
		ok   bool
	}{
		"one cell":        {"x: 2 amounts, 5 cents (zigzag 10); 3 records", write(append(report, 1, 1, 'x', 1, 1, 0, 2, 0, 10, 3)...), true},
		"wide":            {"10⁻¹⁸ is no whole cent", write(append(report, 1, 1, 'x', 1, 1, 0, 2, 1, 1, 1, 3)...), true},
		"empty":           {"nothing counted, nothing there", write(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), true},
		"small as wide":   {"0 has one form only", write(append(report, 1, 1, 'x', 1, 1, 0, 2, 1, 0, 3)...), false},
		"leading zero":    {"a magnitude has one form only", write(append(report, 1, 1, 'x', 1, 1, 0, 2, 1, 2, 0, 1, 3)...), false},
		"long varint":     {"a number has one form only", write(append(report, 1, 1, 'x', 1, 1, 0, 2, 0, 0x8a, 0, 3)...), false},
		"idle member":     {"a member without a cell", write(append(report, 2, 1, 'x', 1, 'y', 1, 1, 0, 2, 0, 10, 3)...), false},
		"members unsort":  {"names rise", write(append(report, 2, 1, 'y', 1, 'x', 2, 1, 0, 1, 0, 10, 1, 2, 0, 1, 0, 10, 1)...), false},
		"cells unsorted":  {"keys rise", write(append(report, 1, 1, 'x', 2, 1, 0, 1, 0, 10, 1, 0, 0, 1, 0, 10, 1)...), false},
		"cell twice":      {"keys rise", write(append(report, 1, 1, 'x', 2, 1, 0, 1, 0, 10, 1, 1, 0, 1, 0, 10, 1)...), false},
		"no such member":  {"a rank beyond the members", write(append(report, 1, 1, 'x', 1, 2, 0, 2, 0, 10, 3)...), false},
		"no such period":  {"a period beyond the window", write(append(report, 1, 1, 'x', 1, 1, 1, 2, 0, 10, 3)...), false},
		"too many":        {"more records than were counted", write(append(report, 1, 1, 'x', 1, 1, 0, 2, 0, 10, 4)...), false},
		"missing and not": {"2 used and 1 missing are 3; 3 used are one too many", write(append(report, 1, 1, 'x', 1, 1, 0, 3, 0, 10, 3)...), false},
		"huge length":     {"a length is checked before memory is taken", write(append(report, 0xff, 0xff, 0xff, 0xff, 0x7f)...), false},
	} {
		var c cube.Cube
		err := c.UnmarshalBinary(test.data)
		if test.ok != (err == nil) || err != nil && !errors.Is(err, check.ErrCorrupt) {
			t.Errorf("%s: %s: %v", name, test.why, err)
		}
		if err == nil && !bytes.Equal(state(t, &c), test.data) {
			t.Errorf("%s: written otherwise", name)
		}
		hash, _ := def.Hash()
		if err == nil && query(t, &c, cube.Query{}).Hash != hash {
			t.Errorf("%s: another definition", name)
		}
	}
}

func TestMergeErrors(t *testing.T) {
	other := rowDefinition(calendar.Monthly)
	other.Version = 2
	_, err := cube.Merge(load(t, rowDefinition(calendar.Monthly), nil), load(t, other, nil))
	if !errors.Is(err, check.ErrDefinition) {
		t.Errorf("two definitions were merged: %v", err)
	}
	// A state that claims to have read 2^62 records, all of them skipped.
	data := state(t, load(t, rowDefinition(calendar.Monthly), nil))
	body := data[:len(data)-sha256.Size]
	at := bytes.LastIndexByte(body, '}') + 1
	full := append(bytes.Clone(body[:at]), 0)
	full = binary.AppendUvarint(full, 1<<62)
	full = append(full, body[at+2:]...)
	var c cube.Cube
	if err := c.UnmarshalBinary(seal(full)); err != nil || c.Report().Read != 1<<62 {
		t.Fatalf("%v, %d read", err, c.Report().Read)
	}
	if _, err := cube.Merge(&c, &c); !errors.Is(err, check.ErrRange) {
		t.Errorf("2^63 records fit: %v", err)
	}
}

func FuzzUnmarshalBinary(f *testing.F) {
	for _, rows := range [][]row{nil, sixRows()[:1], sixRows()} {
		data, err := load(f, rowDefinition(calendar.Monthly), rows).MarshalBinary()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:len(data)-sha256.Size])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		data := seal(body)
		var c cube.Cube
		if err := c.UnmarshalBinary(data); err != nil {
			if !errors.Is(err, check.ErrCorrupt) {
				t.Fatal(err)
			}
			return
		}
		if !bytes.Equal(state(t, &c), data) {
			t.Fatal("read a form that it does not write")
		}
		query(t, &c, cube.Query{By: c.Definition().Dimensions})
		merge(t, &c, load(t, c.Definition(), nil))
	})
}
