package funnel_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func sampleState(t testing.TB) []byte {
	t.Helper()
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	h.AddSeq(slices.Values([]funnel.Event{
		{Deal: "D1", Birth: true, At: on(1), Owner: "ann", Amount: kpi.Minor(12345, 2), ExpectedClose: january(20)},
		{Deal: "D1", From: "lead", Stage: "demo", At: on(3), Seq: -7, Probability: kpi.Frac(1, 3)},
		{Deal: "D2", Stage: "legal", Pipeline: "none", ListPrice: kpi.Int(-5), Amount: kpi.Undefined(kpi.NoAmount)},
		{Deal: ""},
	}))
	data, err := h.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Every flipped bit and every cut is found, and nothing is changed by it.
func TestDamagedState(t *testing.T) {
	data := sampleState(t)
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	if err := h.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	try := func(what string, damaged []byte) {
		if err := h.UnmarshalBinary(damaged); !errors.Is(err, check.ErrCorrupt) {
			t.Fatalf("%s: %v", what, err)
		}
		if again, err := h.MarshalBinary(); err != nil || !bytes.Equal(again, data) {
			t.Fatal(what, "changed the histories")
		}
	}
	for i := range data {
		try("cut", data[:i])
		for bit := range 8 {
			damaged := slices.Clone(data)
			damaged[i] ^= 1 << bit
			try("flip", damaged)
		}
	}
	try("more", append(slices.Clone(data), 0))
}

func TestOtherDefinition(t *testing.T) {
	p := hardware()
	p.Name, p.Stages[0].Name = "Hardware", "Lead"
	renamed, err := funnel.New(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := renamed.UnmarshalBinary(sampleState(t)); err != nil {
		t.Error("names are for people:", err)
	}
	p.Stages = slices.Delete(p.Stages, 1, 2)
	other, err := funnel.New(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.UnmarshalBinary(sampleState(t)); !errors.Is(err, check.ErrDefinition) {
		t.Error(err)
	}
	for _, h := range []*funnel.Histories{renamed, nil} {
		if err := other.Merge(h); !errors.Is(err, check.ErrDefinition) {
			t.Error(err)
		}
	}
}

// The square of a number of 3,000 digits makes a text that could not be read
// back.
func TestStateOfTooLongNumber(t *testing.T) {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	huge := kpi.MustParse(strings.Repeat("9", 3000) + "/7")
	h.Add(funnel.Event{Deal: "D", Stage: "lead", Amount: huge.Mul(huge)})
	if _, err := h.MarshalBinary(); !errors.Is(err, check.ErrRange) {
		t.Error(err)
	}
}

// FuzzUnmarshalBinary seals whatever comes with a right checksum, so that the
// reader behind it is reached: what it accepts is canonical.
func FuzzUnmarshalBinary(f *testing.F) {
	data := sampleState(f)
	head := len("saleskpi/histories/1\n") + 32
	f.Add(data[head : len(data)-4])
	f.Add([]byte{0, 0})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, body []byte) {
		sealed := append(slices.Clone(data[:head]), body...)
		sealed = binary.BigEndian.AppendUint32(sealed, crc32.ChecksumIEEE(sealed))
		h, err := funnel.New(hardware())
		if err != nil {
			t.Fatal(err)
		}
		if err := h.UnmarshalBinary(body); err != nil && !errors.Is(err, check.ErrCorrupt) { // as it comes
			t.Fatal(err)
		}
		if err := h.UnmarshalBinary(sealed); err != nil {
			if !errors.Is(err, check.ErrCorrupt) {
				t.Fatal(err)
			}
			return
		}
		if again, err := h.MarshalBinary(); err != nil || !bytes.Equal(again, sealed) {
			t.Fatal("accepted what it would write otherwise", err)
		}
		for _, policy := range everyPolicy() {
			a, err := funnel.Analyze(h, funnel.Question{AsOf: on(20), Location: on(1).Location(), Policy: policy})
			if err != nil {
				t.Fatal(err)
			}
			if r, q := a.Report(), a.Quality(); r.Counts.Read != q.Counted+q.Excluded {
				t.Fatalf("%+v\n%+v", r.Counts, q)
			}
		}
	})
}

func FuzzPipelineJSON(f *testing.F) {
	text, err := json.Marshal(hardware())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"schema":"saleskpi/pipeline/1","id":"p","stages":null}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var p funnel.Pipeline
		if json.Unmarshal(text, &p) != nil {
			return
		}
		_ = p.Validate()
		out, err := json.Marshal(p)
		if err != nil {
			return // a probability that came as text of too many digits
		}
		var again funnel.Pipeline
		if err := json.Unmarshal(out, &again); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if second, err := json.Marshal(again); err != nil || !bytes.Equal(second, out) {
			t.Fatalf("%v\n%s\n%s", err, out, second)
		}
	})
}
