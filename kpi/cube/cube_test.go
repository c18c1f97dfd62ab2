package cube_test

import (
	"encoding"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/shopspring/decimal"
)

var (
	_ encoding.BinaryMarshaler   = (*cube.Cube)(nil)
	_ encoding.BinaryUnmarshaler = (*cube.Cube)(nil)
	_ encoding.TextMarshaler     = cube.Sum
	_ encoding.TextUnmarshaler   = (*cube.Kind)(nil)
)

// row is a record with everything that may be missing.
type row struct {
	a, b    string // dimensions
	key     string
	noB     bool
	day     calendar.Day
	minor   int64
	amount  decimal.Decimal
	missing bool // no amount
	skip    bool
	feeds   bool // When
}

var day = calendar.MustDay

func period(label string) calendar.Period { return calendar.Calendar{}.MustParse(label) }

func days(start, end string) calendar.Period {
	p, err := calendar.NewPeriod(day(start), day(end))
	if err != nil {
		panic(err)
	}
	return p
}

// rowDefinition keeps a sum in minor units, one of decimals and a count.
func rowDefinition(g calendar.Grain) cube.Definition {
	return cube.Definition{
		ID: "rows", Window: period("2026"), Grain: g, Dimensions: []string{"a", "b"},
		Measures: []cube.Measure{
			{ID: "minor", Unit: kpi.Money("USD", 2)},
			{ID: "amount", Unit: kpi.Money("USD", 2)},
			{ID: "n", Kind: cube.Count},
		},
	}
}

func rowReader() cube.Reader[row] {
	return cube.Reader[row]{
		Skip: func(r *row) bool { return r.skip },
		Day:  func(r *row) (calendar.Day, bool) { return r.day, true },
		Dimensions: map[string]func(*row) (string, bool){
			"a": func(r *row) (string, bool) { return r.a, true },
			"b": func(r *row) (string, bool) { return r.b, !r.noB },
		},
		Measures: map[string]cube.Feed[row]{
			"minor":  {Minor: func(r *row) (int64, bool) { return r.minor, !r.missing }},
			"amount": {Decimal: func(r *row) (decimal.Decimal, bool) { return r.amount, !r.missing }},
			"n":      {When: func(r *row) bool { return r.feeds }},
		},
	}
}

type fataler interface{ Fatal(...any) }

// load fills a cube of rows.
func load(t fataler, def cube.Definition, rows []row) *cube.Cube {
	c, err := cube.New(def)
	if err != nil {
		t.Fatal(err)
	}
	l, err := cube.Load(c, rowReader())
	if err != nil {
		t.Fatal(err)
	}
	l.AddSeq(slices.Values(rows))
	return c
}

func query(t fataler, c *cube.Cube, q cube.Query) *cube.Result {
	r, err := c.Query(q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lines writes rows as text: key, period, values.
func lines(r *cube.Result) []string {
	all := []string{}
	for _, row := range r.Rows {
		line := ""
		for _, k := range row.Key {
			line += k + "|"
		}
		line += r.Calendar.Label(row.Period)
		for _, v := range row.Values {
			line += " " + v.String()
		}
		all = append(all, line)
	}
	return all
}

func sixRows() []row {
	d := decimal.New
	return []row{
		{a: "x", b: "p", day: day("2026-01-01"), minor: 100, amount: d(1, 0), feeds: true},
		{a: "x", b: "p", day: day("2026-01-31"), minor: -30, amount: d(125, -2), feeds: true},
		{a: "x", b: "q", day: day("2026-02-01"), minor: 7, amount: d(5, 1), feeds: true},
		{a: "y", noB: true, day: day("2026-03-31"), missing: true, feeds: true},
		{a: "y", b: "", day: day("2026-04-01"), minor: 1, amount: d(1, -3)},
		{a: "X", b: "p ", day: day("2026-12-31"), minor: 5, amount: d(0, 0), feeds: true},
	}
}

// Every figure is worked by hand from sixRows.
func TestQuery(t *testing.T) {
	c := load(t, rowDefinition(calendar.Monthly), sixRows())
	for name, test := range map[string]struct {
		why  string
		q    cube.Query
		want []string
	}{
		"total":       {"100−30+7+1+5 = 83 cents; 1+1.25+50+0.001+0", cube.Query{}, []string{"2026 0.83 52.251 5"}},
		"by a":        {"bytes: X stands apart and before x", cube.Query{By: []string{"a"}}, []string{"X|2026 0.05 0 1", "x|2026 0.77 52.25 3", "y|2026 0.01 0.001 1"}},
		"by b":        {"no value and an empty one are one member, a space is another", cube.Query{By: []string{"b"}}, []string{"|2026 0.01 0.001 1", "p|2026 0.7 2.25 2", "p |2026 0.05 0 1", "q|2026 0.07 50 1"}},
		"order of by": {"the key follows the query", cube.Query{By: []string{"b", "a"}, Where: map[string][]string{"a": {"x"}}}, []string{"p|x|2026 0.7 2.25 2", "q|x|2026 0.07 50 1"}},
		"months": {"only cells with records; without an amount a sum is no data", cube.Query{Grain: calendar.Monthly},
			[]string{"2026-01 0.7 2.25 2", "2026-02 0.07 50 1", "2026-03 undefined: no_data undefined: no_data 1", "2026-04 0.01 0.001 0", "2026-12 0.05 0 1"}},
		"quarters":   {"months add up", cube.Query{Grain: calendar.Quarterly}, []string{"2026-Q1 0.77 52.25 4", "2026-Q2 0.01 0.001 0", "2026-Q4 0.05 0 1"}},
		"window":     {"a part of the year as one period", cube.Query{Window: period("2026-Q1"), By: []string{"a"}}, []string{"x|2026-Q1 0.77 52.25 3", "y|2026-Q1 undefined: no_data undefined: no_data 1"}},
		"where":      {"two members of one dimension", cube.Query{Where: map[string][]string{"b": {"q", "p "}}}, []string{"2026 0.12 50 2"}},
		"and":        {"conditions on two dimensions hold together", cube.Query{Where: map[string][]string{"b": {"p"}, "a": {"x", "y"}}, Grain: calendar.HalfYearly}, []string{"2026-H1 0.7 2.25 2"}},
		"missing":    {"the missing member is asked for by its key", cube.Query{Where: map[string][]string{"b": {""}}, Grain: calendar.Monthly}, []string{"2026-03 undefined: no_data undefined: no_data 1", "2026-04 0.01 0.001 0"}},
		"nobody":     {"a member that is not there has no records", cube.Query{Where: map[string][]string{"a": {"zoe"}}}, []string{}},
		"no records": {"a window without records", cube.Query{Window: period("2026-Q3")}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Error("no why")
			}
			if diff := cmp.Diff(test.want, lines(query(t, c, test.q))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.why, diff)
			}
		})
	}
}

func TestQueryErrors(t *testing.T) {
	fiscal, _ := calendar.Fiscal(4, calendar.NamedByEnd)
	weeks, _ := calendar.NewPeriod(day("2026-01-05"), day("2026-03-02"))
	months := rowDefinition(calendar.Monthly)
	ofWeeks, noGrain, inFiscal := rowDefinition(calendar.Weekly), rowDefinition(calendar.NoGrain), rowDefinition(calendar.Monthly)
	ofWeeks.Window, inFiscal.Calendar = weeks, fiscal
	for name, test := range map[string]struct {
		why  string
		def  cube.Definition
		q    cube.Query
		want []string
	}{
		"unknown dimension":   {"in by and where, in order", months, cube.Query{By: []string{"a", "c"}, Where: map[string][]string{"d": {"x"}}}, []string{"by[1] unknown_dimension", "where.d unknown_dimension"}},
		"twice":               {"a key names a dimension once", months, cube.Query{By: []string{"a", "b", "a"}}, []string{"by[2] duplicate_dimension"}},
		"no members":          {"an empty list would hide everything", months, cube.Query{Where: map[string][]string{"a": {}}}, []string{"where.a no_members"}},
		"finer":               {"months know no days", months, cube.Query{Grain: calendar.Daily}, []string{"grain grain_does_not_nest"}},
		"weeks of months":     {"weeks are not parts of months", months, cube.Query{Grain: calendar.Weekly}, []string{"grain grain_does_not_nest"}},
		"months of weeks":     {"most months begin within a week", ofWeeks, cube.Query{Grain: calendar.Monthly}, []string{"grain grain_does_not_nest"}},
		"grain of nothing":    {"a cube without grain has one period", noGrain, cube.Query{Grain: calendar.Yearly}, []string{"grain grain_does_not_nest"}},
		"part of nothing":     {"and cannot be cut", noGrain, cube.Query{Window: period("2026-Q1")}, []string{"window cube_has_no_grain"}},
		"no such grain":       {"a number beyond the constants", months, cube.Query{Grain: 99}, []string{"grain unknown_grain"}},
		"off the grain":       {"quarters from February", months, cube.Query{Grain: calendar.Quarterly, Window: days("2026-02-01", "2026-07-01")}, []string{"window.start not_on_grain"}},
		"off the cube's":      {"even a total cannot cut a month", months, cube.Query{Window: days("2026-02-01", "2026-02-15")}, []string{"window.end not_on_grain"}},
		"outside":             {"beyond what is kept there is nothing to say", months, cube.Query{Window: days("2026-12-01", "2027-02-01")}, []string{"window outside_window"}},
		"calendar year":       {"the cube's years begin in April, its window in January", inFiscal, cube.Query{Grain: calendar.Yearly}, []string{"window.start not_on_grain", "window.end not_on_grain"}},
		"everything at once":  {"all problems are told", months, cube.Query{By: []string{""}, Grain: calendar.Daily, Window: period("2025")}, []string{"by[0] unknown_dimension", "grain grain_does_not_nest", "window outside_window"}},
		"grain alone is told": {"no window problem where the grain is wrong", months, cube.Query{Grain: calendar.Daily, Window: days("2026-02-01", "2026-02-15")}, []string{"grain grain_does_not_nest"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(t, test.def, nil).Query(test.q)
			if diff := cmp.Diff(test.want, problems(err)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.why, diff)
			}
		})
	}
}

func problems(err error) []string {
	all := []string{}
	for _, e := range check.All(err) {
		all = append(all, e.Path+" "+e.Code)
	}
	return all
}

// A record that is excluded stands under the first reason that applies.
func TestReport(t *testing.T) {
	c := load(t, rowDefinition(calendar.Monthly), []row{
		{skip: true},                     // skipped, and without a day
		{},                               // no day
		{day: day("2025-12-31")},         // the day before the window
		{day: day("2027-01-01")},         // the day after
		{day: math.MinInt32, minor: 1},   // no day that a door lets in
		{a: "x", day: day("2026-06-15")}, // counted: no b, n is not meant
		{a: "x", b: "y", day: day("2026-06-15"), missing: true, feeds: true},
		{a: "x", b: "y", day: day("2026-06-15"), amount: decimal.New(1, 19), feeds: true},
		{b: "y", day: day("2026-06-15"), amount: decimal.New(1, -19), feeds: true},
	})
	want := cube.Report{
		Read: 9, Counted: 4, Excluded: 5, Skipped: 1, NoDay: 1, OutsideWindow: 3,
		Dimensions: []cube.DimensionReport{{Dimension: "a", Missing: 1}, {Dimension: "b", Missing: 1}},
		Measures: []cube.MeasureReport{
			{Measure: "minor", Used: 3, Missing: 1},
			{Measure: "amount", Used: 1, Missing: 1, TooLarge: 2},
			{Measure: "n", Used: 3, NotMeant: 1},
		},
	}
	if diff := cmp.Diff(want, c.Report()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, query(t, c, cube.Query{Where: map[string][]string{"a": {"x"}}}).Report); diff != "" {
		t.Errorf("a result has the report of the whole cube (-want +got):\n%s", diff)
	}
	codes := []string{}
	for _, f := range c.Report().Findings() {
		codes = append(codes, f.Code+" "+f.Subject+" "+f.Args["n"])
		if text := cube.Findings().Text(f, "zh"); text == "" || text == f.Code+" "+f.Subject {
			t.Errorf("no sentence for %s", f.Code)
		}
	}
	wantCodes := []string{"no_day  1", "outside_window  3", "missing_member a 1", "missing_member b 1", "missing_amount minor 1", "missing_amount amount 1", "amount_too_large amount 2"}
	if !slices.Equal(codes, wantCodes) {
		t.Errorf("findings %v, want %v", codes, wantCodes)
	}
}

func TestResultValue(t *testing.T) {
	r := query(t, load(t, rowDefinition(calendar.Monthly), sixRows()), cube.Query{By: []string{"a"}, Grain: calendar.Monthly, Window: period("2026-H1")})
	undefined := kpi.Undefined(kpi.NotApplicable)
	for name, test := range map[string]struct {
		why       string
		got, want kpi.Value
	}{
		"there":           {"70 cents of x in January", r.Value("minor", period("2026-01"), "x"), kpi.Minor(70, 2)},
		"no amounts":      {"records without amounts", r.Value("minor", period("2026-03"), "y"), kpi.Value{}},
		"sum of nothing":  {"no row", r.Value("minor", period("2026-05"), "x"), kpi.Value{}},
		"count of none":   {"no row", r.Value("n", period("2026-05"), "x"), kpi.Int(0)},
		"unknown member":  {"no records either", r.Value("n", period("2026-01"), "zoe"), kpi.Int(0)},
		"unknown measure": {"no answer", r.Value("nn", period("2026-01"), "x"), undefined},
		"other grain":     {"no answer", r.Value("n", period("2026-Q1"), "x"), undefined},
		"outside":         {"no answer", r.Value("n", period("2026-07"), "x"), undefined},
		"no period":       {"no answer", r.Value("n", calendar.Period{}, "x"), undefined},
		"no member":       {"no answer", r.Value("n", period("2026-01")), undefined},
		"two members":     {"no answer", r.Value("n", period("2026-01"), "x", "y"), undefined},
	} {
		if test.got != test.want {
			t.Errorf("%s: %s: got %v, want %v", name, test.why, test.got, test.want)
		}
	}
}

func TestFigures(t *testing.T) {
	c := load(t, rowDefinition(calendar.Monthly), sixRows())
	figures, err := query(t, c, cube.Query{By: []string{"b"}}).Figures("minor", "")
	want := []kpi.Figure{
		{Metric: "minor", Owner: "p", Period: period("2026"), Value: kpi.Minor(70, 2)},
		{Metric: "minor", Owner: "p ", Period: period("2026"), Value: kpi.Minor(5, 2)},
		{Metric: "minor", Owner: "q", Period: period("2026"), Value: kpi.Minor(7, 2)},
	}
	if !slices.Equal(figures, want) || err != nil {
		t.Errorf("got %v, %v, want %v", figures, err, want)
	}
	// The record without a "b" stands under the name that is asked for, and
	// then the figures add up to the total.
	figures, err = query(t, c, cube.Query{By: []string{"b"}}).Figures("minor", "nobody")
	total := kpi.Value{}
	for _, f := range figures {
		total = kpi.Sum(slices.Values([]kpi.Value{total, f.Value}))
	}
	if all := query(t, c, cube.Query{}).Value("minor", period("2026")); err != nil || total != all || !slices.ContainsFunc(figures, func(f kpi.Figure) bool { return f.Owner == "nobody" }) {
		t.Errorf("%v add up to %v of %v, %v", figures, total, all, err)
	}
	_, err = query(t, c, cube.Query{By: []string{"b"}}).Figures("minor", "q")
	if got := problems(err); !slices.Equal(got, []string{"unowned an_owner_has_this_id"}) {
		t.Errorf("got %v", got)
	}
	_, err = query(t, c, cube.Query{By: []string{"a", "b"}}).Figures("other", "")
	if got := problems(err); !slices.Equal(got, []string{"measure unknown_measure", "by not_by_owner"}) {
		t.Errorf("got %v", got)
	}
}

func TestDefinitionErrors(t *testing.T) {
	_, err := cube.New(cube.Definition{
		ID: "Sales", Version: -1, Grain: 9, Window: period("2026"), Dimensions: []string{"a", "", "a", "\xff"},
		Measures: []cube.Measure{{ID: "m", Kind: 99}, {ID: "m"}, {Unit: kpi.Unit{Scale: 19}}, {ID: "n", Kind: cube.Count, Unit: kpi.Money("USD", 2)}},
	})
	want := []string{"id malformed_id", "version negative_version", "grain unknown_grain",
		"dimensions[1] missing_name", "dimensions[2] duplicate_dimension", "dimensions[3] not_utf8",
		"measures[0].kind unknown_word", "measures[1].id duplicate_measure",
		"measures[2].id missing_id", "measures[2].unit.scale scale_out_of_range", "measures[3].unit count_with_dimension"}
	if diff := cmp.Diff(want, problems(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err = cube.New(cube.Definition{})
	if got, want := problems(err), []string{"id missing_id", "window missing_period", "measures no_measures"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLoadErrors(t *testing.T) {
	c := load(t, rowDefinition(calendar.Monthly), nil)
	amount := cube.Feed[row]{
		Minor:   func(*row) (int64, bool) { return 0, false },
		Decimal: func(*row) (decimal.Decimal, bool) { return decimal.Decimal{}, false },
	}
	_, err := cube.Load(c, cube.Reader[row]{Measures: map[string]cube.Feed[row]{"minor": amount, "n": amount}})
	want := []string{"day not_bound", "dimensions.a not_bound", "dimensions.b not_bound", "measures.minor two_amounts", "measures.n amount_for_count"}
	if diff := cmp.Diff(want, problems(err)); diff != "" || !errors.Is(err, check.ErrUnit) {
		t.Errorf("(-want +got):\n%s", diff)
	}
	reader := rowReader()
	reader.Measures = nil
	if _, err := cube.Load(c, reader); !slices.Equal(problems(err), []string{"measures not_bound"}) {
		t.Errorf("got %v", err)
	}
}

func TestZeroCube(t *testing.T) {
	var zero cube.Cube
	full := load(t, rowDefinition(calendar.Monthly), nil)
	_, loading := cube.Load(&zero, rowReader())
	_, asking := zero.Query(cube.Query{})
	_, left := cube.Merge(&zero, full)
	_, right := cube.Merge(full, nil)
	_, writing := zero.MarshalBinary()
	for i, err := range []error{loading, asking, left, right, writing} {
		if !errors.Is(err, check.ErrMissing) {
			t.Errorf("%d: got %v", i, err)
		}
	}
	if zero.Definition().ID != "" || zero.Report().Read != 0 {
		t.Error("the zero cube holds something")
	}
}

func TestHashCoversEveryField(t *testing.T) {
	hash := func(change func(*cube.Definition)) string {
		def := rowDefinition(calendar.Monthly)
		change(&def)
		h, err := def.Hash()
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	fiscal, _ := calendar.Fiscal(4, calendar.NamedByEnd)
	seen := map[string]string{}
	for name, change := range map[string]func(*cube.Definition){
		"as is":             func(*cube.Definition) {},
		"id":                func(d *cube.Definition) { d.ID = "other" },
		"version":           func(d *cube.Definition) { d.Version = 1 },
		"window":            func(d *cube.Definition) { d.Window = period("2027") },
		"calendar":          func(d *cube.Definition) { d.Calendar = fiscal },
		"grain":             func(d *cube.Definition) { d.Grain = calendar.Quarterly },
		"dimension":         func(d *cube.Definition) { d.Dimensions[0] = "c" },
		"order":             func(d *cube.Definition) { slices.Reverse(d.Dimensions) },
		"measure":           func(d *cube.Definition) { d.Measures[0].ID = "other" },
		"kind":              func(d *cube.Definition) { d.Measures[2].Kind = cube.Sum },
		"currency":          func(d *cube.Definition) { d.Measures[0].Unit.Currency = "EUR" },
		"scale":             func(d *cube.Definition) { d.Measures[0].Unit.Scale = 3 },
		"no dimension":      func(d *cube.Definition) { d.Dimensions = nil },
		"one measure fewer": func(d *cube.Definition) { d.Measures = d.Measures[:2] },
	} {
		h := hash(change)
		if other, twice := seen[h]; twice {
			t.Errorf("%s and %s have one hash", name, other)
		}
		seen[h] = name
	}
	invalid := cube.Definition{}
	if h, err := invalid.Hash(); h != "" || err == nil {
		t.Errorf("an invalid definition has the hash %q", h)
	}
}

func TestDefinitionIsKeptApart(t *testing.T) {
	def := rowDefinition(calendar.Monthly)
	c := load(t, def, sixRows())
	def.Dimensions[0], def.Measures[0].ID = "changed", "changed"
	got := c.Definition()
	got.Dimensions[1] = "changed"
	if diff := cmp.Diff(rowDefinition(calendar.Monthly), c.Definition(), cmp.Comparer(func(a, b calendar.Period) bool { return a == b }), cmp.Comparer(func(a, b calendar.Calendar) bool { return a == b })); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Without dimensions and grain a cube is one total.
func TestNoDimensionNoGrain(t *testing.T) {
	c, err := cube.New(cube.Definition{ID: "all", Window: period("2026"), Measures: []cube.Measure{{ID: "n", Kind: cube.Count}}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := cube.Load(c, cube.Reader[row]{
		Day:      func(r *row) (calendar.Day, bool) { return r.day, true },
		Measures: map[string]cube.Feed[row]{"n": {}},
	})
	if err != nil {
		t.Fatal(err)
	}
	l.AddSeq(slices.Values(sixRows()))
	if got := lines(query(t, c, cube.Query{})); !slices.Equal(got, []string{"2026 6"}) {
		t.Errorf("got %v", got)
	}
}

func TestAddAllocatesNothing(t *testing.T) {
	c, err := cube.New(rowDefinition(calendar.Monthly))
	if err != nil {
		t.Fatal(err)
	}
	l, err := cube.Load(c, rowReader())
	if err != nil {
		t.Fatal(err)
	}
	rows := sixRows()
	rows[4].amount = decimal.New(1, -2) // 0.001 would not fit the scale
	rows = append(rows, row{a: "x", b: "p", day: day("2026-01-01"), minor: math.MaxInt64}, row{skip: true}, row{})
	seq := slices.Values(rows)
	l.AddSeq(seq)
	if n := testing.AllocsPerRun(100, func() {
		for i := range rows {
			l.Add(&rows[i])
		}
	}); n != 0 {
		t.Errorf("Add allocates %v times for %d records", n, len(rows))
	}
	if n := testing.AllocsPerRun(100, func() { l.AddSeq(seq) }); n > 2 { // the loop body's own
		t.Errorf("AddSeq allocates %v times for %d records", n, len(rows))
	}
}

func TestKind(t *testing.T) {
	for i, word := range []string{"sum", "count", "min", "max", "mean", "first", "last", "distinct", "balance", "quantile"} {
		sameWord(t, word, cube.Kind(i), new(cube.Kind))
	}
	for i, word := range []string{"linear", "nearest_rank"} {
		sameWord(t, word, cube.Method(i), new(cube.Method))
	}
	for i, word := range []string{"closing", "opening", "average"} {
		sameWord(t, word, cube.Standing(i), new(cube.Standing))
	}
	for _, outside := range []encoding.TextMarshaler{cube.Kind(10), cube.Method(2), cube.Standing(3)} {
		if _, err := outside.MarshalText(); err == nil {
			t.Errorf("%T: a word for a number outside the constants", outside)
		}
	}
	for _, into := range []encoding.TextUnmarshaler{new(cube.Kind), new(cube.Method), new(cube.Standing)} {
		if into.UnmarshalText([]byte("median")) == nil {
			t.Errorf("%T: an unknown word was read", into)
		}
	}
}

func sameWord[E interface {
	comparable
	fmt.Stringer
	encoding.TextMarshaler
}](t *testing.T, word string, e E, back interface{ UnmarshalText([]byte) error }) {
	text, err := e.MarshalText()
	if err != nil || string(text) != word || e.String() != word || back.UnmarshalText(text) != nil || any(back).(*E) == nil || *any(back).(*E) != e {
		t.Errorf("%v: %q, %q, %v, comes back as %v", e, text, e, err, back)
	}
}
