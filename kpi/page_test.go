package kpi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// A CRM lists what is behind a win rate: its records go by again.
func ExampleCatalog_Behind() {
	catalog, _ := kpi.Standard("USD", 2)
	records := []kpi.Source{
		{ID: "D-7", Metric: "won_count", Owner: "bo", Day: calendar.MustDay("2026-02-03")},
		{ID: "D-1", Metric: "won_count", Owner: "ann", Day: calendar.MustDay("2026-01-20")},
		{ID: "D-4", Metric: "lost_count", Owner: "ann", Day: calendar.MustDay("2026-01-22")},
		{ID: "D-9", Metric: "lost_count", Owner: "ann", Day: calendar.MustDay("2026-04-01")},
	}
	period, _ := calendar.Calendar{}.Parse("2026-Q1")
	figure := kpi.Figure{Metric: "win_rate", Owner: "ann", Period: period}
	behind, err := catalog.Behind(figure, nil, slices.Values(records), kpi.Page{Limit: 1})
	fmt.Println(behind.IDs, "of", behind.Total, "next after", behind.Next, err)

	num, den, _ := catalog.Sides("win_rate")
	fmt.Println(num, "of", den)
	figure.Metric = num[0]
	won, err := catalog.Behind(figure, nil, slices.Values(records), kpi.Page{})
	fmt.Println(won.IDs, err)
	// Output:
	// [D-1] of 2 next after D-1 <nil>
	// [won_count] of [won_count lost_count]
	// [D-1] <nil>
}

// Any list in any order with repeats, by pages of any size: each ID once,
// rising, all of them, and the list as it was.
func TestPagesOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(rapid.SampledFrom([]string{"", "a", "A", "b", "ba", "é", "z"}), 0, 20).Draw(t, "ids")
		given := slices.Clone(ids)
		want := slices.Compact(slices.Sorted(slices.Values(ids)))
		page := kpi.Page{Limit: rapid.IntRange(0, 4).Draw(t, "limit")}
		got := []string{}
		for n := 0; ; n++ {
			b := page.Of(ids)
			if b.IDs == nil || b.Total != len(want) || n > len(want) {
				t.Fatalf("%+v", b)
			}
			got = append(got, b.IDs...)
			if page.After = b.Next; b.Next == "" {
				break
			}
		}
		if !slices.Equal(got, want) || !slices.Equal(ids, given) {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

func TestPage(t *testing.T) {
	ids := []string{"c", "a", "b"}
	for name, test := range map[string]struct {
		page kpi.Page
		want string
		why  string
	}{
		"all":     {kpi.Page{}, `{"ids":["a","b","c"],"total":3}`, "no limit"},
		"first":   {kpi.Page{Limit: 2}, `{"ids":["a","b"],"next":"b","total":3}`, "two of three"},
		"last":    {kpi.Page{After: "b", Limit: 2}, `{"ids":["c"],"total":3}`, "one is left"},
		"exact":   {kpi.Page{After: "a", Limit: 2}, `{"ids":["b","c"],"total":3}`, "no empty page follows"},
		"deleted": {kpi.Page{After: "aa", Limit: 1}, `{"ids":["b"],"next":"b","total":3}`, "the record of the page before is gone meanwhile"},
		"beyond":  {kpi.Page{After: "z", Limit: 1}, `{"ids":[],"total":3}`, "nothing comes after"},
	} {
		got, err := json.Marshal(test.page.Of(ids))
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %s, %v, want %s: %s", name, got, err, test.want, test.why)
		}
	}
	if err := (kpi.Page{Limit: -1}).Validate(); !errors.Is(err, check.ErrRange) || check.All(err)[0].Path != "limit" {
		t.Error(err)
	}
	if b := (kpi.Page{}).Of(ids); !b.Has("b") || b.Has("d") {
		t.Errorf("%+v", b)
	}
}

func TestCatalogBehindErrors(t *testing.T) {
	_, err := kpi.Catalog{}.Behind(kpi.Figure{Metric: "luck"}, nil, slices.Values([]kpi.Source{}), kpi.Page{Limit: -1})
	var paths []string
	for _, e := range check.All(err) {
		paths = append(paths, e.Path)
	}
	if !slices.Equal(paths, []string{"figure.metric", "figure.period", "page.limit"}) {
		t.Errorf("%v", err)
	}
}

// A quotient of quotients is asked for by its root; a product and a measure
// have no sides; another name has those of what it names.
func TestSides(t *testing.T) {
	catalog := func(id, text string) (c kpi.Catalog) {
		f, err := kpi.ParseFormula(text)
		if err != nil {
			t.Fatal(err)
		}
		standard, _ := kpi.Standard("USD", 2)
		c, err = standard.With(kpi.Metric{ID: id, Name: id, Formula: f, Additivity: kpi.RatioOfSums})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for text, want := range map[string]string{
		"won_count / 2": "[won_count] [] true",
		"win_rate":      "[won_count] [won_count lost_count] true",
		"(won_count - lost_count) / created_count": "[won_count lost_count] [created_count] true",
		"won_count + lost_count":                   "[] [] false",
	} {
		num, den, ok := catalog("x", text).Sides("x")
		if got := fmt.Sprint(num, den, ok); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	for _, id := range []string{"won_count", "luck"} {
		if _, _, ok := catalog("x", "win_rate").Sides(id); ok {
			t.Errorf("%s has sides", id)
		}
	}
}

// Any list of IDs goes on pages, in whatever order it comes.
func ExamplePage_Of() {
	deals := []string{"D7", "D1", "D4"}
	first := kpi.Page{Limit: 2}.Of(deals)
	fmt.Println(first.IDs, "of", first.Total, "next after", first.Next, "has D7:", first.Has("D7"))
	last := kpi.Page{After: first.Next, Limit: 2}.Of(deals)
	fmt.Println(last.IDs, "of", last.Total)
	// Output:
	// [D1 D4] of 3 next after D4 has D7: false
	// [D7] of 3
}
