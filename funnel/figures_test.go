package funnel_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"pgregory.net/rapid"
)

func must(t *rapid.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func dayOf(d calendar.Day) calendar.Period {
	p, err := calendar.NewPeriod(d, d.Add(1))
	if err != nil {
		panic(err)
	}
	return p
}

// Behind every number of deals that an analysis gives there are as many
// deals, worth as much as it says, of the whole and of every part; page by
// page they are the same; and Why says of every deal what Behind does, with a
// sentence.
func TestBehindEveryFigure(t *testing.T) {
	templates := funnel.Findings()
	rapid.Check(t, func(t *rapid.T) {
		h := filled(t, rapid.SliceOfN(anyEvent(), 0, 40).Draw(t, "events"))
		a, err := funnel.Analyze(h, anyQuestion(t))
		must(t, err)
		parts, _, err := a.By(func(d funnel.Deal) (string, bool) { return d.Owner, true })
		must(t, err)
		page := kpi.Page{Limit: rapid.IntRange(1, 3).Draw(t, "limit")}
		week := weekOf(rapid.IntRange(1, 30).Draw(t, "week"))
		for _, part := range append(parts, funnel.Part{Analysis: a}) {
			var f figures
			f.ofReport(part.Analysis.Report())
			f.ofMovement(t, part.Analysis, week)
			f.ofReasons(t, part.Analysis)
			f.ofWork(t, part.Analysis, week)
			f.ofWays(t, part.Analysis, week)
			for _, is := range f {
				b, err := part.Analysis.Behind(is.figure, kpi.Page{})
				if err != nil || b.Count != is.deals || len(b.Deals) != int(is.deals) || b.Value.Of != int(is.deals) {
					t.Fatalf("%+v: %d deals, %d listed, want %d, %v", is.figure, b.Count, len(b.Deals), is.deals, err)
				}
				if is.value != nil && b.Value != *is.value {
					t.Fatalf("%+v: worth %+v, want %+v", is.figure, b.Value, *is.value)
				}
				paged(t, part.Analysis, is.figure, b, page)
				answers(t, part.Analysis, is.figure, b, templates)
			}
		}
	})
}

// paged puts the pages together.
func paged(t *rapid.T, a *funnel.Analysis, f funnel.Figure, all funnel.Behind, page kpi.Page) {
	deals, ids := []funnel.Deal{}, []string{}
	for range all.Total + 1 {
		b, err := a.Behind(f, page)
		if err != nil || b.Total != all.Total || b.Count != all.Count || b.Value != all.Value || len(b.IDs) > page.Limit {
			t.Fatalf("page %+v: %+v, %v", page, b, err)
		}
		deals, ids = append(deals, b.Deals...), append(ids, b.IDs...)
		if page.After = b.Next; b.Next == "" {
			break
		}
	}
	if !slices.Equal(deals, all.Deals) || !slices.Equal(ids, all.IDs) || len(ids) != all.Total {
		t.Fatalf("the pages of %+v are not the whole", f)
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Fatalf("%q do not rise", ids)
	}
}

// The deals of a line of a change of the pipeline are behind it, on pages.
func TestBehindChange(t *testing.T) {
	line := funnel.ChangeLine{Deals: []funnel.ChangedDeal{{Deal: "D1"}, {Deal: "D5"}, {Deal: "D9"}}}
	b, err := line.Behind(kpi.Page{After: "D1", Limit: 1})
	if err != nil || !slices.Equal(b.IDs, []string{"D5"}) || b.Next != "D5" || b.Total != 3 {
		t.Errorf("%+v, %v", b, err)
	}
	if _, err := line.Behind(kpi.Page{Limit: -1}); err == nil {
		t.Error("a page below zero")
	}
}

// A figure goes through JSON with its rule; the key of a cluster is the
// caller's own function, and stays behind.
func TestFigureJSON(t *testing.T) {
	want := funnel.Figure{Which: funnel.StalledOnes, And: funnel.StaleOnes, Last: "lead", Ages: funnel.Ages{From: 1, Below: 31}, Grain: calendar.Monthly,
		Stall: &funnel.StallRule{Measure: funnel.Measure{By: funnel.Elapsed}, Limits: map[string]kpi.Value{"lead": kpi.Frac(7, 2)}, Quantile: kpi.Frac(1, 2), AtLeast: 5, ActivityCounts: true},
		Conversion: &funnel.ConversionRule{From: "lead", To: "demo", Within: 9, Entered: weekOf(1),
			Sampling: funnel.Sampling{Confidence: kpi.Confidence{Fewest: 4}, Clusters: []funnel.Cluster{{By: "stage", Key: func(d funnel.Deal) string { return d.Stage }}}}}}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got funnel.Figure
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	want.Conversion.Clusters[0].Key = nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s\n%+v", text, got)
	}
	if text, _ := json.Marshal(funnel.Figure{Which: funnel.GoneOnes}); string(text) != `{"which":"gone"}` {
		t.Errorf("%s", text)
	}
}
