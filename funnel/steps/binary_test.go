package steps_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/internal/wire"
	"github.com/saleskpi/saleskpi/kpi/check"
)

const stateMark = "saleskpi/journeys/1\n"

func state(t testing.TB, j *steps.Journeys) []byte {
	t.Helper()
	data, err := j.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func sampleEvents() []steps.Event {
	return []steps.Event{
		{Entity: "b", Name: "visit", At: time.UnixMicro(-5), Attributes: map[string]string{"p": "1", "q": ""}},
		{Entity: "a", Name: "paid", At: time.Date(2200, 12, 31, 23, 59, 59, 0, time.UTC), Seq: -3},
		{Entity: "a", Name: "visit", At: time.UnixMicro(7), Seq: 9, Attributes: map[string]string{"p": "2"}},
		{Entity: "a", Name: "", At: time.Time{}},
		{Entity: "", Name: "visit", At: time.Date(1899, 1, 1, 0, 0, 0, 0, time.UTC)},
	}
}

func sampleJourneys() *steps.Journeys {
	j := &steps.Journeys{}
	j.AddSeq(slices.Values(sampleEvents()))
	j.AddEntity("silent", func(func(steps.Event) bool) {})
	return j
}

// One state written by hand, as the comment of the form says: it pins the
// form.
func TestStateByHand(t *testing.T) {
	write := func(words []string, rest ...[]byte) []byte {
		data := binary.AppendUvarint([]byte(stateMark), uint64(len(words)))
		for _, w := range words {
			data = wire.AppendString(data, w)
		}
		return wire.Seal(append(data, slices.Concat(rest...)...))
	}
	words := []string{"p", "paid", "visit", "web"}
	sets := []byte{1, 1, 0, 3} // one set, of one pair: p is web
	a := append([]byte{1, 'a', 2},
		10, 0, 2, 1, // at 5, sequence 0, visit, set 1
		14, 1, 1, 0) // at 7, sequence −1, paid, no attributes
	for name, test := range map[string]struct {
		why  string
		data []byte
		ok   bool
	}{
		"one entity":       {"as it is written", write(words, sets, []byte{1}, a), true},
		"silent entity":    {"known, without events", write(nil, []byte{0, 1, 1, 'a', 0}), true},
		"nothing":          {"no words, no sets, no entities", write(nil, []byte{0, 0}), true},
		"words unsorted":   {"words rise", write([]string{"paid", "p", "visit", "web"}, []byte{1, 1, 1, 3, 1}, a), false},
		"idle word":        {"a word that nothing needs", write(append(words, "x"), sets, []byte{1}, a), false},
		"idle set":         {"a set that no event has", write([]string{"p", "web"}, []byte{1, 1, 0, 1, 0}), false},
		"empty set":        {"no attributes are 0", write(words, []byte{2, 0, 1, 0, 3, 1}, a), false},
		"attribute twice":  {"an attribute has one value", write([]string{"p", "visit", "web"}, []byte{1, 2, 0, 2, 0, 2, 1, 1, 'a', 1, 10, 0, 1, 1}), false},
		"pairs unsorted":   {"attributes rise", write([]string{"o", "p", "visit", "web"}, []byte{1, 2, 1, 3, 0, 3, 1, 1, 'a', 1, 10, 0, 2, 1}), false},
		"events unsorted":  {"instants rise", write([]string{"v"}, []byte{0, 1, 1, 'a', 2, 14, 0, 0, 0, 10, 0, 0, 0}), false},
		"event twice":      {"the same event counts once", write([]string{"v"}, []byte{0, 1, 1, 'a', 2, 10, 0, 0, 0, 10, 0, 0, 0}), false},
		"entities turned":  {"IDs rise", write(nil, []byte{0, 2, 1, 'b', 0, 1, 'a', 0}), false},
		"entity twice":     {"IDs rise", write(nil, []byte{0, 2, 1, 'a', 0, 1, 'a', 0}), false},
		"no such word":     {"a code beyond the words", write([]string{"v"}, []byte{0, 1, 1, 'a', 1, 10, 0, 1, 0}), false},
		"no such set":      {"a code beyond the sets", write([]string{"v"}, []byte{0, 1, 1, 'a', 1, 10, 0, 0, 1}), false},
		"long varint":      {"a number has one form", write([]string{"v"}, []byte{0, 1, 1, 'a', 1, 0x8a, 0, 0, 0, 0}), false},
		"year 2300":        {"outside 1900–2200", write([]string{"v"}, append(binary.AppendVarint([]byte{0, 1, 1, 'a', 1}, 10413792000e6), 0, 0, 0)), false},
		"huge count":       {"more than bytes are left", write([]string{"v"}, []byte{0, 0xff, 0xff, 0xff, 0x7f}), false},
		"cut":              {"in the middle of an event", write([]string{"v"}, []byte{0, 1, 1, 'a', 1, 10, 0}), false},
		"left over":        {"a byte too many", write(nil, []byte{0, 0, 0}), false},
		"undated is known": {"an event without an instant is one", write([]string{"v"}, append(binary.AppendVarint([]byte{0, 1, 1, 'a', 1}, -1<<63), 0, 0, 0)), true},
	} {
		j := sampleJourneys()
		before := state(t, j)
		err := j.UnmarshalBinary(test.data)
		if test.ok != (err == nil) || err != nil && !errors.Is(err, check.ErrCorrupt) {
			t.Errorf("%s: %s: %v", name, test.why, err)
		}
		if want := map[bool][]byte{true: test.data, false: before}[err == nil]; !bytes.Equal(state(t, j), want) {
			t.Errorf("%s: it now holds something else", name)
		}
	}
}

// Every byte counts: whichever is changed or cut off, it is noticed.
func TestDamagedState(t *testing.T) {
	data := state(t, sampleJourneys())
	j := &steps.Journeys{}
	if err := j.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	for i := range data {
		damaged := bytes.Clone(data)
		damaged[i] ^= 0x20
		for what, bad := range map[string][]byte{"changed": damaged, "cut": data[:i]} {
			if err := j.UnmarshalBinary(bad); !errors.Is(err, check.ErrCorrupt) {
				t.Errorf("%s at %d: %v", what, i, err)
			}
		}
	}
	if !bytes.Equal(state(t, j), data) {
		t.Error("damage changed the journeys")
	}
}

// FuzzUnmarshalBinary seals whatever comes, so that the reader behind the
// checksum is reached: what it accepts is canonical, and can be analysed.
func FuzzUnmarshalBinary(f *testing.F) {
	data := state(f, sampleJourneys())
	f.Add(data[len(stateMark) : len(data)-4])
	f.Add([]byte{0, 0, 0})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, body []byte) {
		sealed := wire.Seal(append([]byte(stateMark), body...))
		var j steps.Journeys
		if err := j.UnmarshalBinary(sealed); err != nil {
			if !errors.Is(err, check.ErrCorrupt) {
				t.Fatal(err)
			}
			return
		}
		if !bytes.Equal(state(t, &j), sealed) {
			t.Fatal("accepted what it would write otherwise")
		}
		for _, order := range []steps.Order{steps.Ordered, steps.Strict, steps.Unordered} {
			d := steps.Definition{ID: "f", Steps: []steps.Step{{ID: "visit"}, {ID: "paid"}}, Order: order, Window: steps.Unlimited,
				Exclusions: []steps.Exclusion{{Events: []string{"p", "q"}}}}
			r, err := steps.Analyze(&j, d, steps.Question{AsOf: time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)})
			if err != nil || r.Counts.Read != int64(j.Len()) {
				t.Fatal(err)
			}
		}
	})
}
