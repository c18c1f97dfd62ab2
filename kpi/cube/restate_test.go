package cube_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"pgregory.net/rapid"
)

// identified adds the ID of the records, which is their key, as a dimension.
func identified(t fataler, rows []row) *cube.Cube {
	def, reader := minorDefinition(), minorReader()
	def.Dimensions = append(def.Dimensions, "id")
	reader.Dimensions["id"] = func(r *row) (string, bool) { return r.key, true }
	return loadWith(t, def, reader, rows)
}

func filledThen() []row {
	return []row{
		{key: "same", a: "x", day: day("2026-01-05"), minor: 100, feeds: true},
		{key: "dearer", a: "x", day: day("2026-01-05"), minor: 200, feeds: true},
		{key: "gone", a: "x", day: day("2026-01-05"), minor: 30, feeds: true},
		{key: "later", a: "x", day: day("2026-01-31"), minor: 400, feeds: true},
		{key: "given", a: "y", day: day("2026-01-31"), minor: 5, feeds: true},
		{key: "priced", a: "y", day: day("2026-01-31"), missing: true, feeds: true},
		{a: "x", day: day("2026-01-05"), minor: 1, feeds: true},
	}
}

func filledNow() []row {
	return []row{
		{key: "same", a: "x", day: day("2026-01-06"), minor: 100, feeds: true},
		{key: "dearer", a: "x", day: day("2026-01-05"), minor: 250, feeds: true},
		{key: "later", a: "x", day: day("2026-02-01"), minor: 410, feeds: true},
		{key: "given", a: "x", day: day("2026-01-31"), minor: 5, feeds: true},
		{key: "priced", a: "y", day: day("2026-01-31"), minor: 7, feeds: true},
		{key: "new", a: "x", day: day("2026-01-05"), minor: 6000, feeds: true},
		{a: "x", day: day("2026-01-05"), minor: 3, feeds: true},
	}
}

func restated(r *cube.Restatement) (all []string) {
	for _, row := range r.Rows {
		all = append(all, fmt.Sprintf("%s %s: %v→%v %v = %v %v %v %v %v %v", strings.Join(row.Key, "|"), r.Calendar.Label(row.Period), row.Before.Or(kpi.Int(0)), row.After.Or(kpi.Int(0)),
			row.Difference, row.Added, row.Removed, row.Changed, row.MovedIn, row.MovedOut, row.Unidentified))
	}
	return all
}

// Every figure is worked by hand from filledThen and filledNow: added,
// removed, changed, moved in, moved out, unidentified.
func TestRestate(t *testing.T) {
	before, after := identified(t, filledThen()), identified(t, filledNow())
	for name, test := range map[string]struct {
		why     string
		measure string
		q       cube.Query
		want    []string
	}{
		"year":   {"nobody moves within the year: later is 10 dearer, gone −30, new 6000, dearer 50, priced 7, 2 without an ID", "minor", cube.Query{}, []string{" 2026: 7.36→67.75 60.39 = 60 -0.3 0.67 0 0 0.02"}},
		"months": {"later leaves January with 400 and comes to February with 410", "minor", cube.Query{Grain: calendar.Monthly}, []string{" 2026-01: 7.36→63.65 56.29 = 60 -0.3 0.57 0 -4 0.02", " 2026-02: 0→4.1 4.1 = 0 0 0 4.1 0 0"}},
		"owners": {"given goes from y to x", "minor", cube.Query{By: []string{"a"}}, []string{"x 2026: 7.31→67.68 60.37 = 60 -0.3 0.6 0.05 0 0.02", "y 2026: 0.05→0.07 0.02 = 0 0 0.07 0 -0.05 0"}},
		"count":  {"one more, one less, one moved", "n", cube.Query{Grain: calendar.Monthly}, []string{" 2026-01: 7→6 -1 = 1 -1 0 0 -1 0", " 2026-02: 0→1 1 = 0 0 0 1 0 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := cube.Restate(before, after, "id", test.measure, test.q)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, restated(r)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.why, diff)
			}
		})
	}
	r, _ := cube.Restate(before, after, "id", "minor", cube.Query{Grain: calendar.Monthly})
	got := []string{}
	for _, c := range r.Changes {
		got = append(got, fmt.Sprint(c.Record, " ", c.Effect, " ", r.Calendar.Label(c.Period), " ", c.Difference))
	}
	want := []string{" unidentified 2026-01 0.02", "dearer changed 2026-01 0.5", "gone removed 2026-01 -0.3", "later moved_out 2026-01 -4", "later moved_in 2026-02 4.1", "new added 2026-01 60", "priced changed 2026-01 0.07"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRestateAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		then, now := drawRows(t, "then"), drawRows(t, "now")
		before, after := identified(t, then), identified(t, now)
		q := cube.Query{By: []string{"a"}, Grain: rapid.SampledFrom([]calendar.Grain{calendar.Monthly, calendar.Yearly}).Draw(t, "grain")}
		r, err := cube.Restate(before, after, "id", "minor", q)
		if err != nil {
			t.Fatal(err)
		}
		was, is := query(t, before, q), query(t, after, q)
		for _, row := range r.Rows {
			if b, a := was.Value("minor", row.Period, row.Key...), is.Value("minor", row.Period, row.Key...); b != row.Before || a != row.After {
				t.Fatalf("%v→%v, the cubes have %v→%v", row.Before, row.After, b, a)
			}
			sum := row.Added.Add(row.Removed).Add(row.Changed).Add(row.MovedIn).Add(row.MovedOut).Add(row.Unidentified)
			if diff := row.After.Or(kpi.Int(0)).Sub(row.Before.Or(kpi.Int(0))); diff != row.Difference || sum != diff {
				t.Fatalf("%+v does not add up", row)
			}
		}
		back, err := cube.Restate(after, before, "id", "minor", q)
		if err != nil || len(back.Rows) != len(r.Rows) || len(back.Changes) != len(r.Changes) {
			t.Fatal("the other way has other rows", err)
		}
		for i, row := range back.Rows {
			if row.Added != r.Rows[i].Removed.Neg() || row.MovedIn != r.Rows[i].MovedOut.Neg() {
				t.Fatalf("%+v is not the reverse of %+v", row, r.Rows[i])
			}
		}
		if same, err := cube.Restate(before, before, "id", "minor", q); err != nil || len(same.Changes) != 0 {
			t.Fatal("a filling differs from itself", err)
		}
		sameAfterJSON(t, *r, new(cube.Restatement))
	})
}

func TestRestateErrors(t *testing.T) {
	c := identified(t, nil)
	_, err := cube.Restate(c, c, "deal", "x", cube.Query{Top: cube.Top{N: 1}})
	if got := problems(err); !slices.Equal(got, []string{"record unknown_dimension", "measure unknown_measure", "query not_for_restatement"}) {
		t.Errorf("got %v", got)
	}
	_, err = cube.Restate(c, c, "id", "n", cube.Query{By: []string{"id"}})
	if got := problems(err); !slices.Equal(got, []string{"query.by records_are_compared"}) {
		t.Errorf("got %v", got)
	}
	every := loadEvery(t, calendar.Monthly, nil)
	_, err = cube.Restate(every, every, "a", "mean", cube.Query{})
	if got := problems(err); !slices.Equal(got, []string{"measure not_additive"}) {
		t.Errorf("got %v", got)
	}
	if _, err = cube.Restate(c, every, "id", "n", cube.Query{}); !errors.Is(err, check.ErrDefinition) {
		t.Errorf("got %v", err)
	}
	if _, err = cube.Restate(nil, new(cube.Cube), "id", "n", cube.Query{}); !errors.Is(err, check.ErrMissing) || len(check.All(err)) != 2 {
		t.Errorf("got %v", err)
	}
	for i, word := range []string{"added", "removed", "changed", "moved_in", "moved_out", "unidentified"} {
		sameWord(t, word, cube.Effect(i), new(cube.Effect))
	}
}
