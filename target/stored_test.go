package target_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// storedVersions has an original with every row there is, own quotas, own
// selling, relief and uncovered plan, and a revision of it.
func storedVersions(t testing.TB) target.Versions {
	t.Helper()
	s := cushioned()
	s.Grain = calendar.Quarterly
	b, err := target.BreakDown(goalOf("all", "2026", "1000"), money(0), s)
	if err != nil {
		t.Fatal(err)
	}
	b, err = b.Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "bo", Active: []calendar.Period{through("2026-02-15", "2026-12-31")}})
	if err != nil {
		t.Fatal(err)
	}
	v, err := target.Publish(target.Version{Breakdown: b, Known: day("2025-12-10"), Author: "cfo"})
	if err != nil {
		t.Fatal(err)
	}
	v, err = v.Revise(target.Revision{Effective: day("2026-07-01"), Known: day("2026-06-20"), Author: "cfo", Reason: "new product", Target: kpi.Int(1200)})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func storedStated(t testing.TB) *target.Stated {
	t.Helper()
	h1 := period("2026-H1")
	s, err := target.State(goalFor("win_rate", "", "0.5"), kind("win_rate", kpi.RatioOfSums, kpi.Share(4)), two(), []target.StatedCell{
		target.Pair("amy", h1, kpi.Int(1), kpi.Int(3)), {Owner: "bo", Period: h1, Value: kpi.Frac(1, 2)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func storedDiff(t testing.TB) target.Diff {
	t.Helper()
	v := storedVersions(t).All()
	d, err := v[0].Breakdown.Diff(v[1].Breakdown)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var update = flag.Bool("update", false, "write the golden documents anew")

// The golden documents hold the first version of each schema: every later one
// must read them, and this one write the same.
func TestGoldenDocuments(t *testing.T) {
	documents := map[string]struct{ want, read any }{
		"versions_1.json":       {storedVersions(t), &target.Versions{}},
		"stated_1.json":         {storedStated(t), &target.Stated{}},
		"breakdown_diff_1.json": {storedDiff(t), &target.Diff{}},
	}
	for name, d := range documents {
		t.Run(name, func(t *testing.T) {
			written, err := json.MarshalIndent(d.want, "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			written = append(written, '\n')
			if *update {
				if err := os.WriteFile("testdata/"+name, written, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			golden, err := os.ReadFile("testdata/" + name)
			if err != nil || !bytes.Equal(golden, written) {
				t.Errorf("%v: it is written otherwise\n%s", err, written)
			}
			if err := json.Unmarshal(golden, d.read); err != nil {
				t.Fatal(err)
			}
			again, err := json.MarshalIndent(d.read, "", "\t")
			if err != nil || !bytes.Equal(golden, append(again, '\n')) {
				t.Error("another document was read:", err)
			}
		})
	}
}

// Whatever is read is written so that it reads the same.
func fuzzDocument[T any](f *testing.F, stored any) {
	seed, err := json.Marshal(stored)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Fuzz(func(t *testing.T, data []byte) {
		var read, again T
		if json.Unmarshal(data, &read) != nil {
			return
		}
		text, err := json.Marshal(read)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if twice, err := json.Marshal(again); err != nil || !bytes.Equal(text, twice) {
			t.Fatalf("%v\n%s\n%s", err, text, twice)
		}
	})
}

func FuzzVersionsJSON(f *testing.F) { fuzzDocument[target.Versions](f, storedVersions(f)) }

func FuzzStatedJSON(f *testing.F) { fuzzDocument[target.Stated](f, storedStated(f)) }

func FuzzDiffJSON(f *testing.F) {
	f.Add([]byte(`{"schema":"saleskpi/breakdown_diff/1"}`))
	fuzzDocument[target.Diff](f, storedDiff(f))
}

// A diff of any form is refused or leads to a breakdown that adds up.
func FuzzApply(f *testing.F) {
	seed, _ := json.Marshal(storedDiff(f))
	f.Add(seed)
	b := storedVersions(f).All()[0].Breakdown
	f.Fuzz(func(t *testing.T, data []byte) {
		var d target.Diff
		if json.Unmarshal(data, &d) != nil {
			return
		}
		c, err := b.Apply(d)
		if err != nil {
			return
		}
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var read target.Breakdown
		if err := json.Unmarshal(text, &read); err != nil || !read.Equal(c) {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}
