package cube_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"pgregory.net/rapid"
)

// Every figure is worked by hand from sixRows: Jan 0.70, Feb 0.07, Mar no
// amount, Apr 0.01, Dec 0.05, and 2, 1, 1, 0 and 1 records that feed n.
func TestReach(t *testing.T) {
	c := loadWith(t, minorDefinition(), minorReader(), sixRows())
	month, last := calendar.Monthly, func(g calendar.Grain) cube.Offset { return cube.Offset{N: -1, Grain: g} }
	for name, test := range map[string]struct {
		why  string
		q    cube.Query
		want []string
	}{
		"all": {"from January on", cube.Query{Grain: calendar.Quarterly, Over: cube.Over{All: true}},
			[]string{"2026-Q1 0.77 4", "2026-Q2 0.78 4", "2026-Q3 0.78 4", "2026-Q4 0.83 5"}},
		"to date": {"the year to date of months, asked for a part of the year: the window does not cut what is gathered", cube.Query{Grain: month, Window: period("2026-Q2"), Over: cube.Over{ToDate: calendar.Yearly}},
			[]string{"2026-04 0.78 4", "2026-05 0.78 4", "2026-06 0.78 4"}},
		"resets": {"the quarter to date begins anew in April", cube.Query{Grain: month, Window: period("2026-H1"), Over: cube.Over{ToDate: calendar.Quarterly}},
			[]string{"2026-01 0.7 2", "2026-02 0.77 3", "2026-03 0.77 4", "2026-04 0.01 0", "2026-05 0.01 0", "2026-06 0.01 0"}},
		"rolling": {"three months; in January and February they are not all known, so there is no row", cube.Query{Grain: month, Window: period("2026-H1"), Over: cube.Over{Rolling: 3}},
			[]string{"2026-03 0.77 4", "2026-04 0.08 2", "2026-05 0.01 1", "2026-06 0.01 0"}},
		"rolling one": {"the period itself", cube.Query{Grain: month, Window: period("2026-H1"), Over: cube.Over{Rolling: 1}},
			[]string{"2026-01 0.7 2", "2026-02 0.07 1", "2026-03 undefined: no_data 1", "2026-04 0.01 0"}},
		"previous month": {"February holds January's; what came before January is not known", cube.Query{Grain: month, Window: period("2026-H1"), Offset: last(month)},
			[]string{"2026-02 0.7 2", "2026-03 0.07 1", "2026-04 undefined: no_data 1", "2026-05 0.01 0"}},
		"month of last quarter": {"April, the first of its quarter, holds January's", cube.Query{Grain: month, Window: period("2026-Q2"), Offset: last(calendar.Quarterly)},
			[]string{"2026-04 0.7 2", "2026-05 0.07 1", "2026-06 undefined: no_data 1"}},
		"quarter by a month": {"Q2 less a month is March to May", cube.Query{Grain: calendar.Quarterly, Window: period("2026-Q2"), Offset: last(month)},
			[]string{"2026-Q2 0.01 1"}},
		"last year to date": {"offset first: the quarter to date of the same month a quarter ago", cube.Query{Grain: month, Window: period("2026-Q2"), Offset: last(calendar.Quarterly), Over: cube.Over{ToDate: calendar.Quarterly}},
			[]string{"2026-04 0.7 2", "2026-05 0.77 3", "2026-06 0.77 4"}},
		"later":             {"an offset may look ahead", cube.Query{Grain: month, Window: period("2026-01"), Offset: cube.Offset{N: 1, Grain: month}}, []string{"2026-01 0.07 1"}},
		"window by quarter": {"without a grain the whole window is shifted", cube.Query{Window: period("2026-Q2"), Offset: last(calendar.Quarterly)}, []string{"2026-Q2 0.77 4"}},
		"rows": {"every period, and no data stays", cube.Query{Grain: calendar.Quarterly, Fill: cube.Fill{Rows: true}},
			[]string{"2026-Q1 0.77 4", "2026-Q2 0.01 0", "2026-Q3 undefined: no_data 0", "2026-Q4 0.05 1"}},
		"zero": {"a row without amounts sums to 0, and no further row", cube.Query{Grain: month, Window: period("2026-Q1"), Fill: cube.Fill{Zero: true}},
			[]string{"2026-01 0.7 2", "2026-02 0.07 1", "2026-03 0 1"}},
		"both": {"every key that is met, in every period", cube.Query{By: []string{"a"}, Grain: month, Window: days("2026-03-01", "2026-05-01"), Fill: cube.Fill{Rows: true, Zero: true}},
			[]string{"y|2026-03 0 1", "y|2026-04 0.01 0"}},
		"fill is not knowledge": {"a month before the cube's window stays no data, its count too", cube.Query{Grain: month, Window: period("2026-01"), Offset: last(month), Fill: cube.Fill{Rows: true, Zero: true}},
			[]string{"2026-01 undefined: no_data undefined: no_data"}},
		"empty": {"a total has its rows over no records", cube.Query{Window: period("2026-Q3"), Grain: calendar.Quarterly, Fill: cube.Fill{Rows: true, Zero: true}}, []string{"2026-Q3 0 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := query(t, c, test.q)
			if diff := cmp.Diff(test.want, lines(r)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.why, diff)
			}
			for _, row := range r.Rows {
				if got := r.Value("minor", row.Period, row.Key...); got != row.Values[0] {
					t.Errorf("looked up %v, the row has %v", got, row.Values[0])
				}
			}
		})
	}
}

func minorDefinition() cube.Definition {
	def := rowDefinition(calendar.Monthly)
	def.Measures = slices.Delete(def.Measures, 1, 2)
	return def
}

func minorReader() cube.Reader[row] {
	r := rowReader()
	delete(r.Measures, "amount")
	return r
}

// What is not known is no data, a count too; what is known to be nothing is 0.
func TestAbsentIsNotUnknown(t *testing.T) {
	r := query(t, loadWith(t, minorDefinition(), minorReader(), sixRows()),
		cube.Query{Grain: calendar.Monthly, Offset: cube.Offset{N: -1, Grain: calendar.Monthly}})
	for label, want := range map[string]kpi.Value{"2026-01": {}, "2026-07": kpi.Int(0)} {
		if got := r.Value("n", period(label)); got != want {
			t.Errorf("%s: got %v, want %v", label, got, want)
		}
	}
}

func TestReachErrors(t *testing.T) {
	c := load(t, rowDefinition(calendar.Monthly), nil)
	for name, test := range map[string]struct {
		why  string
		q    cube.Query
		want []string
	}{
		"two ways":       {"one of them", cube.Query{Grain: calendar.Monthly, Over: cube.Over{Rolling: 2, All: true}}, []string{"over two_ways"}},
		"negative":       {"no periods", cube.Query{Grain: calendar.Monthly, Over: cube.Over{Rolling: -1}}, []string{"over.rolling negative"}},
		"no grain":       {"periods of what", cube.Query{Over: cube.Over{Rolling: 2}}, []string{"over.rolling no_grain"}},
		"shorter":        {"a quarter is no part of a month", cube.Query{Grain: calendar.Quarterly, Over: cube.Over{ToDate: calendar.Monthly}}, []string{"over.to_date grain_does_not_nest"}},
		"days":           {"months know no days", cube.Query{Grain: calendar.Monthly, Offset: cube.Offset{N: -30, Grain: calendar.Daily}}, []string{"offset.grain grain_does_not_nest"}},
		"no offset":      {"periods of what", cube.Query{Grain: calendar.Monthly, Offset: cube.Offset{N: -1}}, []string{"offset.grain no_grain"}},
		"top of nothing": {"keys are ranked by a measure", cube.Query{Top: cube.Top{N: -1, Measure: "x"}}, []string{"top.n not_positive", "top.measure unknown_measure", "by nothing_to_rank"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.Query(test.q)
			if diff := cmp.Diff(test.want, problems(err)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.why, diff)
			}
		})
	}
	_, err := load(t, rowDefinition(calendar.Daily), nil).Query(cube.Query{Grain: calendar.Daily, Offset: cube.Offset{N: -1, Grain: calendar.Yearly}})
	if got := problems(err); !slices.Equal(got, []string{"offset.grain days_have_no_number"}) {
		t.Errorf("got %v", got)
	}
}

// The reach of a row, whatever the kind of measure, is a window of its own.
func TestReachAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, "rows")
		c := loadEvery(t, calendar.Monthly, rows)
		rolling := rapid.IntRange(1, 4).Draw(t, "rolling")
		back := rapid.IntRange(0, 2).Draw(t, "back")
		r := query(t, c, cube.Query{Grain: calendar.Monthly, Over: cube.Over{Rolling: rolling}, Offset: cube.Offset{N: -back, Grain: calendar.Monthly}})
		for m := range 12 {
			label := period("2026").Start().Add(31 * m)
			p := calendar.Calendar{}.PeriodOf(calendar.Monthly, label)
			end, err1 := calendar.Calendar{}.Shift(p, calendar.Monthly, -back)
			start, err2 := calendar.Calendar{}.Shift(end, calendar.Monthly, 1-rolling)
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			all, _ := calendar.NewPeriod(start.Start(), end.End())
			want := obvious(rows, func(r row) bool { return !r.skip }, all)
			for i, column := range r.Columns {
				if !period("2026").Covers(all) {
					want[i] = kpi.Value{}
				}
				if got := r.Value(column.ID, p); got != want[i] {
					t.Fatalf("%s over %v: got %v, want %v", column.ID, all, got, want[i])
				}
			}
		}
	})
}

// Figures worked by hand from sixRows.
func TestTop(t *testing.T) {
	c := loadWith(t, minorDefinition(), minorReader(), sixRows())
	r := query(t, c, cube.Query{By: []string{"a"}, Grain: calendar.HalfYearly, Top: cube.Top{N: 1, Measure: "minor"}})
	if diff := cmp.Diff([]string{"x|2026-H1 0.77 3"}, lines(r)); diff != "" {
		t.Errorf("x is greatest (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"2026-H1 0.01 1", "2026-H2 0.05 1"}, lines(&cube.Result{Rows: r.Rest})); diff != "" || r.Others != 2 {
		t.Errorf("the rest is y in the first half and X in the second, %d keys (-want +got):\n%s", r.Others, diff)
	}
	undefined := kpi.Undefined(kpi.NotApplicable)
	if v := r.Value("n", period("2026-H2"), "x"); v != kpi.Int(0) {
		t.Errorf("a key that is kept has no records in H2: %v", v)
	}
	if v := r.Value("n", period("2026-H1"), "y"); v != undefined {
		t.Errorf("a key of the rest is not told: %v", v)
	}
	ties := query(t, c, cube.Query{By: []string{"a"}, Top: cube.Top{N: 3, Measure: "n"}})
	if diff := cmp.Diff([]string{"x|2026 0.77 3", "X|2026 0.05 1", "y|2026 0.01 1"}, lines(ties)); diff != "" {
		t.Errorf("equal keys by their bytes (-want +got):\n%s", diff)
	}
	before := query(t, c, cube.Query{By: []string{"a"}, Grain: calendar.Monthly, Window: period("2026-02"), Offset: cube.Offset{N: -1, Grain: calendar.Monthly}, Top: cube.Top{N: 1, Measure: "minor"}})
	if diff := cmp.Diff([]string{"x|2026-02 0.7 2"}, lines(before)); diff != "" {
		t.Errorf("ranked by February, filled with January (-want +got):\n%s", diff)
	}
}

// Whatever Top keeps, its rows and the rest are all there is, for every kind.
func TestTopAndRestAreAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, "rows")
		c := loadEvery(t, calendar.Monthly, rows)
		n := rapid.IntRange(1, 8).Draw(t, "n")
		q := cube.Query{By: []string{"a"}, Grain: calendar.Quarterly, Top: cube.Top{N: n, Measure: "sum"}}
		r := query(t, c, q)
		q.Top = cube.Top{}
		all := query(t, c, q)
		kept := map[string]bool{}
		for _, row := range r.Rows {
			kept[row.Key[0]] = true
			if got, want := row.Values[0], all.Value("sum", row.Period, row.Key...); got != want {
				t.Fatalf("%v: %v, want %v", row.Key, got, want)
			}
		}
		if len(kept) > n {
			t.Fatalf("%d keys, asked for %d", len(kept), n)
		}
		others := func(x row) bool { return !x.skip && !kept[x.a] }
		for _, rest := range r.Rest {
			want := obvious(rows, others, rest.Period)
			for i := range r.Columns {
				if rest.Values[i] != want[i] {
					t.Fatalf("rest, %s: %v, want %v", r.Columns[i].ID, rest.Values[i], want[i])
				}
			}
		}
	})
}

// Members are any bytes: these two keys are apart though their bytes in a row
// are the same. Two keys in two months, worked by hand.
func TestMembersWithZeroBytesStayApart(t *testing.T) {
	def := cube.Definition{ID: "z", Grain: calendar.Monthly, Dimensions: []string{"a", "b"}, Measures: []cube.Measure{{ID: "n", Kind: cube.Count}}}
	def.Window, _ = calendar.NewPeriod(calendar.MustDay("2026-01-01"), calendar.MustDay("2026-03-01"))
	c, err := cube.New(def)
	if err != nil {
		t.Fatal(err)
	}
	type record struct {
		a, b string
		day  calendar.Day
	}
	loader, err := cube.Load(c, cube.Reader[record]{
		Day: func(r *record) (calendar.Day, bool) { return r.day, true },
		Dimensions: map[string]func(*record) (string, bool){
			"a": func(r *record) (string, bool) { return r.a, true }, "b": func(r *record) (string, bool) { return r.b, true }},
		Measures: map[string]cube.Feed[record]{"n": {}},
	})
	if err != nil {
		t.Fatal(err)
	}
	loader.Add(&record{"p\x00q", "r", calendar.MustDay("2026-01-05")})
	loader.Add(&record{"p", "q\x00r", calendar.MustDay("2026-02-05")})
	if got := len(query(t, c, cube.Query{By: []string{"a", "b"}, Grain: calendar.Monthly, Fill: cube.Fill{Rows: true}}).Rows); got != 4 {
		t.Errorf("%d rows, want 4", got)
	}
}
