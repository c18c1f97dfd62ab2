package cube_test

import (
	"bytes"
	"crypto/sha256"
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
	"pgregory.net/rapid"
)

// everyKind keeps a measure of each kind over the decimals of a row.
func everyKind(g calendar.Grain) cube.Definition {
	def := rowDefinition(g)
	def.Measures = nil
	for kind := cube.Sum; kind <= cube.Quantile; kind++ {
		m := cube.Measure{ID: kind.String(), Kind: kind, Unit: kpi.Money("USD", 2)}
		if kind == cube.Count || kind == cube.Distinct {
			m.Unit = kpi.Count()
		}
		def.Measures = append(def.Measures, m)
	}
	def.Measures = append(def.Measures, cube.Measure{ID: "p90", Kind: cube.Quantile, Unit: kpi.Money("USD", 2), P: kpi.Frac(9, 10), Method: cube.NearestRank})
	return def
}

func everyReader() cube.Reader[row] {
	r := rowReader()
	r.Measures = map[string]cube.Feed[row]{}
	amount := func(r *row) (decimal.Decimal, bool) { return r.amount, !r.missing }
	key := func(r *row) (string, bool) { return r.key, true }
	for _, id := range []string{"sum", "min", "max", "mean", "first", "last", "quantile", "p90"} {
		r.Measures[id] = cube.Feed[row]{Decimal: amount}
	}
	r.Measures["count"] = cube.Feed[row]{When: func(r *row) bool { return r.feeds }}
	r.Measures["distinct"] = cube.Feed[row]{Key: key}
	r.Measures["balance"] = cube.Feed[row]{Key: key, Decimal: amount}
	return r
}

func loadEvery(t fataler, g calendar.Grain, rows []row) *cube.Cube {
	return loadWith(t, everyKind(g), everyReader(), rows)
}

func loadWith[T any](t fataler, def cube.Definition, r cube.Reader[T], rows []T) *cube.Cube {
	c, err := cube.New(def)
	if err != nil {
		t.Fatal(err)
	}
	l, err := cube.Load(c, r)
	if err != nil {
		t.Fatal(err)
	}
	l.AddSeq(slices.Values(rows))
	return c
}

// obvious works out every measure of the rows that belong to a period, from
// the rows themselves. Balances are those of its end.
func obvious(all []row, belongs func(row) bool, p calendar.Period) []kpi.Value {
	var amounts []kpi.Value
	var sum kpi.Value
	var first, last kpi.Value
	var firstDay, lastDay calendar.Day
	count, keys := int64(0), map[string]bool{}
	for _, r := range all {
		if !belongs(r) || !p.Contains(r.day) {
			continue
		}
		if r.feeds {
			count++
		}
		if r.key != "" {
			keys[r.key] = true
		}
		v, err := kpi.FromDecimal(r.amount)
		if r.missing || err != nil {
			continue
		}
		amounts, sum = append(amounts, v), sum.Or(kpi.Int(0)).Add(v)
		if !first.Defined() || r.day < firstDay || r.day == firstDay && v.Less(first) {
			first, firstDay = v, r.day
		}
		if !last.Defined() || r.day > lastDay || r.day == lastDay && last.Less(v) {
			last, lastDay = v, r.day
		}
	}
	slices.SortFunc(amounts, kpi.Value.Compare)
	var least, most, mean, median, p90 kpi.Value
	if n := len(amounts); n > 0 {
		least, most, mean = amounts[0], amounts[n-1], sum.Div(kpi.Int(int64(n)))
		median = amounts[(n-1)/2].Add(amounts[n/2]).Div(kpi.Int(2))
		p90 = amounts[(9*n+9)/10-1]
	}
	return []kpi.Value{sum, kpi.Int(count), least, most, mean, first, last, kpi.Int(int64(len(keys))),
		standing(all, belongs, p.Last()), median, p90}
}

// standing gives the balance at the end of a day.
func standing(all []row, belongs func(row) bool, asOf calendar.Day) (total kpi.Value) {
	readable := func(r row) bool {
		_, err := kpi.FromDecimal(r.amount)
		return !r.skip && period("2026").Contains(r.day) && r.key != "" && !r.missing && err == nil && r.day <= asOf
	}
	last := map[string]calendar.Day{}
	for _, r := range all {
		if readable(r) {
			last[r.key] = max(last[r.key], r.day)
		}
	}
	for _, r := range all {
		if readable(r) && r.day == last[r.key] && belongs(r) {
			v, _ := kpi.FromDecimal(r.amount)
			total = total.Or(kpi.Int(0)).Add(v)
		}
	}
	return total
}

// The slow obvious model agrees, for every kind.
func TestEveryKindAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, "rows")
		c := loadEvery(t, calendar.Monthly, rows)
		by := rapid.SampledFrom([][]string{{}, {"a"}}).Draw(t, "by")
		r := query(t, c, cube.Query{By: by, Grain: calendar.Quarterly})
		for _, member := range []string{"", "x", "y", "z", "X", "x ", "王"} {
			key := []string{member}[:len(by)]
			belongs := func(r row) bool { return !r.skip && (len(by) == 0 || r.a == member) }
			for _, label := range []string{"2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"} {
				want := obvious(rows, belongs, period(label))
				for i, m := range r.Columns {
					if got := r.Value(m.ID, period(label), key...); got != want[i] {
						t.Fatalf("%s of %q in %s: got %v, want %v", m.ID, member, label, got.Exact(), want[i].Exact())
					}
				}
			}
		}
	})
}

// The laws hold for every kind at once: any order, any partition, merged in
// any order, gives the same bytes, and they come back.
func TestEveryKindLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, g := drawRows(t, "rows"), drawGrain(t)
		whole := state(t, loadEvery(t, g, rows))
		if !bytes.Equal(whole, state(t, loadEvery(t, g, rapid.Permutation(rows).Draw(t, "permuted")))) {
			t.Fatal("another order gives other bytes")
		}
		cut := rapid.IntRange(0, len(rows)).Draw(t, "cut")
		a, b := loadEvery(t, g, rows[:cut]), loadEvery(t, g, rows[cut:])
		before := [][]byte{state(t, a), state(t, b)}
		for _, m := range []*cube.Cube{merge(t, a, b), merge(t, b, a), merge(t, merge(t, a, loadEvery(t, g, nil)), b)} {
			if !bytes.Equal(whole, state(t, m)) {
				t.Fatal("merged parts differ from the whole")
			}
		}
		if !bytes.Equal(before[0], state(t, a)) || !bytes.Equal(before[1], state(t, b)) {
			t.Fatal("Merge changed what it merged")
		}
		var back cube.Cube
		if err := back.UnmarshalBinary(whole); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(whole, state(t, &back)) {
			t.Fatal("comes back as other bytes")
		}
		q := cube.Query{By: []string{"b"}, Grain: g}
		if diff := cmp.Diff(exactLines(query(t, merge(t, a, b), q)), exactLines(query(t, &back, q))); diff != "" {
			t.Fatal(diff)
		}
		if !bytes.Equal(state(t, merge(t, &back, a)), state(t, merge(t, a, &back))) {
			t.Fatal("a cube that came back merges otherwise")
		}
	})
}

// Every byte counts for every kind.
func TestEveryKindDamaged(t *testing.T) {
	rows := sixRows()
	for i := range rows {
		rows[i].key = fmt.Sprint("k", i%3)
	}
	data := state(t, loadEvery(t, calendar.Monthly, rows))
	damageEverywhere(t, data)
}

// damageEverywhere cuts a state short and changes it behind its definition,
// sealed anew each time: what is read at all must be what would be written.
func damageEverywhere(t *testing.T, data []byte) {
	t.Helper()
	body := data[:len(data)-sha256.Size]
	for i := bytes.LastIndexByte(body, '}') + 1; i < len(body); i += 2 { // behind the definition
		var c cube.Cube
		if err := c.UnmarshalBinary(seal(body[:i])); !errors.Is(err, check.ErrCorrupt) {
			t.Errorf("cut at %d: %v", i, err)
		}
		damaged := bytes.Clone(body)
		damaged[i] ^= []byte{1, 0x20, 0x80}[i/2%3]
		if err := c.UnmarshalBinary(seal(damaged)); err == nil && !bytes.Equal(state(t, &c), seal(damaged)) {
			t.Errorf("changed at %d: reads a form that it does not write", i)
		}
	}
}

func FuzzUnmarshalEveryKind(f *testing.F) {
	rows := sixRows()
	for i := range rows {
		rows[i].key = fmt.Sprint("k", i%3)
	}
	for _, rows := range [][]row{nil, rows[:1], rows} {
		data := state(f, loadEvery(f, calendar.Monthly, rows))
		f.Add(data[:len(data)-sha256.Size])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var c cube.Cube
		if err := c.UnmarshalBinary(seal(body)); err != nil {
			return
		}
		if !bytes.Equal(state(t, &c), seal(body)) {
			t.Fatal("read a form that it does not write")
		}
		for standing := cube.Closing; standing <= cube.Average; standing++ {
			query(t, &c, cube.Query{By: c.Definition().Dimensions, Standing: standing})
		}
		merge(t, &c, loadWith(t, c.Definition(), emptyReader(c.Definition()), []row{}))
	})
}

// emptyReader reads nothing into any definition.
func emptyReader(def cube.Definition) cube.Reader[row] {
	r := cube.Reader[row]{Day: func(*row) (calendar.Day, bool) { return 0, false },
		Dimensions: map[string]func(*row) (string, bool){}, Measures: map[string]cube.Feed[row]{}}
	for _, name := range def.Dimensions {
		r.Dimensions[name] = func(*row) (string, bool) { return "", false }
	}
	for _, m := range def.Measures {
		f := cube.Feed[row]{}
		if m.Kind != cube.Count && m.Kind != cube.Distinct {
			f.Minor = func(*row) (int64, bool) { return 0, false }
		}
		if m.Kind == cube.Distinct || m.Kind == cube.Balance {
			f.Key = func(*row) (string, bool) { return "", false }
		}
		r.Measures[m.ID] = f
	}
	return r
}

// reading is a record of a balance: what a deal was worth on a day, and who
// had it then.
type reading struct {
	deal, owner string
	day         calendar.Day
	cents       int64
}

func readings() []reading {
	return []reading{
		{"d1", "ann", day("2026-01-10"), 100},
		{"d2", "bob", day("2026-01-20"), 50},
		{"d1", "ann", day("2026-02-10"), 300},
		{"d2", "ann", day("2026-03-01"), 60}, // d2 goes from bob to ann
		{"d1", "ann", day("2026-03-11"), 0},  // d1 is closed
		{"d3", "bob", day("2026-01-20"), 5},  // two lines of one reading
		{"d3", "bob", day("2026-01-20"), 2},
	}
}

func balanceCube(t fataler, g calendar.Grain) *cube.Cube {
	return loadWith(t, cube.Definition{
		ID: "open", Window: period("2026-Q1"), Grain: g, Dimensions: []string{"owner"},
		Measures: []cube.Measure{{ID: "open_value", Kind: cube.Balance, Unit: kpi.Money("USD", 2)}},
	}, cube.Reader[reading]{
		Day:        func(r *reading) (calendar.Day, bool) { return r.day, true },
		Dimensions: map[string]func(*reading) (string, bool){"owner": func(r *reading) (string, bool) { return r.owner, true }},
		Measures: map[string]cube.Feed[reading]{"open_value": {
			Key:   func(r *reading) (string, bool) { return r.deal, true },
			Minor: func(r *reading) (int64, bool) { return r.cents, true },
		}},
	}, readings())
}

// Every figure is worked by hand from readings.
func TestBalance(t *testing.T) {
	for name, test := range map[string]struct {
		why  string
		q    cube.Query
		want []string
	}{
		"months":   {"Jan d1 100 + d2 50 + d3 7; Feb d1 300; Mar d2 60, d1 closed, d3 stands", cube.Query{Grain: calendar.Monthly}, []string{"2026-01 1.57", "2026-02 3.57", "2026-03 0.67"}},
		"quarter":  {"the last month's, not the sum of months", cube.Query{Grain: calendar.Quarterly}, []string{"2026-Q1 0.67"}},
		"owners":   {"d2 stands with ann from March, no longer with bob; owners add up to the total", cube.Query{By: []string{"owner"}, Grain: calendar.Monthly}, []string{"ann|2026-01 1", "ann|2026-02 3", "ann|2026-03 0.6", "bob|2026-01 0.57", "bob|2026-02 0.57", "bob|2026-03 0.07"}},
		"filter":   {"a filter selects among what stands", cube.Query{Where: map[string][]string{"owner": {"bob"}}, Grain: calendar.Monthly}, []string{"2026-01 0.57", "2026-02 0.57", "2026-03 0.07"}},
		"window":   {"readings before the window still stand", cube.Query{Window: period("2026-02")}, []string{"2026-02 3.57"}},
		"opening":  {"what stood before the first day; before January nothing is known", cube.Query{Grain: calendar.Monthly, Standing: cube.Opening}, []string{"2026-01 undefined: no_data", "2026-02 1.57", "2026-03 3.57"}},
		"average":  {"Feb: d1 9 days 100, 19 days 300, d2 28 days 50, d3 28 days 7: (900+5700+1400+196)/28 cents", cube.Query{Window: period("2026-02"), Standing: cube.Average}, []string{"2026-02 " + kpi.Frac(8196, 2800).String()}},
		"first of": {"Mar: d2 60 × 31, d1 300 × 10, d3 7 × 31: (1860+3000+217)/31", cube.Query{Window: period("2026-03"), Standing: cube.Average}, []string{"2026-03 " + kpi.Frac(5077, 3100).String()}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, lines(query(t, balanceCube(t, calendar.Monthly), test.q))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.why, diff)
			}
		})
	}
}

// The published example of quantiles: x = 1, 2, 3, 4, 10 and the definitions
// of type 7 and type 1 (Hyndman and Fan 1996), worked by hand.
func TestQuantile(t *testing.T) {
	third := kpi.Frac(1, 3)
	for name, test := range map[string]struct {
		why     string
		amounts []int64
		p       kpi.Value
		m       cube.Method
		want    kpi.Value
	}{
		"median":            {"the middle one", []int64{10, 1, 3, 2, 4}, kpi.Value{}, cube.Linear, kpi.Int(3)},
		"median of four":    {"the mean of 2 and 3", []int64{4, 1, 3, 2}, kpi.Value{}, cube.Linear, kpi.Frac(5, 2)},
		"quarter":           {"h = 4/4 + 1 = 2", []int64{10, 1, 3, 2, 4}, kpi.Frac(1, 4), cube.Linear, kpi.Int(2)},
		"tenth":             {"h = 1.4: 1 + 0.4", []int64{10, 1, 3, 2, 4}, kpi.Frac(1, 10), cube.Linear, kpi.Frac(7, 5)},
		"nine tenths":       {"h = 4.6: 4 + 0.6 × 6", []int64{10, 1, 3, 2, 4}, kpi.Frac(9, 10), cube.Linear, kpi.Frac(38, 5)},
		"third":             {"h = 7/3: 2 + 1/3", []int64{10, 1, 3, 2, 4}, third, cube.Linear, kpi.Frac(7, 3)},
		"least":             {"p = 0", []int64{10, 1, 3}, kpi.Int(0), cube.Linear, kpi.Int(1)},
		"greatest":          {"p = 1", []int64{10, 1, 3}, kpi.Int(1), cube.Linear, kpi.Int(10)},
		"rank median":       {"⌈0.5 × 4⌉ = 2", []int64{4, 1, 3, 2}, kpi.Value{}, cube.NearestRank, kpi.Int(2)},
		"rank nine tenths":  {"⌈4.5⌉ = 5", []int64{10, 1, 3, 2, 4}, kpi.Frac(9, 10), cube.NearestRank, kpi.Int(10)},
		"rank exact":        {"⌈0.2 × 5⌉ = 1", []int64{10, 1, 3, 2, 4}, kpi.Frac(1, 5), cube.NearestRank, kpi.Int(1)},
		"rank least":        {"p = 0 is the first", []int64{10, 1, 3}, kpi.Int(0), cube.NearestRank, kpi.Int(1)},
		"one":               {"itself", []int64{7}, third, cube.Linear, kpi.Int(7)},
		"between far words": {"half of 2⁶³−1 and −2⁶³", []int64{math.MaxInt64, math.MinInt64}, kpi.Value{}, cube.Linear, kpi.Frac(-1, 2)},
	} {
		t.Run(name, func(t *testing.T) {
			def := rowDefinition(calendar.Monthly)
			def.Measures = []cube.Measure{{ID: "q", Kind: cube.Quantile, P: test.p, Method: test.m}}
			reader := rowReader()
			reader.Measures = map[string]cube.Feed[row]{"q": {Minor: func(r *row) (int64, bool) { return r.minor, true }}}
			var rows []row
			for _, n := range test.amounts {
				rows = append(rows, row{day: day("2026-01-01"), minor: n})
			}
			if got := query(t, loadWith(t, def, reader, rows), cube.Query{}).Rows[0].Values[0]; got != test.want {
				t.Errorf("%s: got %v, want %v", test.why, got, test.want)
			}
		})
	}
}

func TestMeasureErrors(t *testing.T) {
	def := rowDefinition(calendar.Monthly)
	def.Measures = []cube.Measure{
		{ID: "a", Kind: cube.Quantile, P: kpi.Int(2)}, {ID: "b", P: kpi.Frac(1, 2)}, {ID: "c", Method: cube.NearestRank},
		{ID: "d", Kind: cube.Quantile, Method: 9}, {ID: "e", Kind: cube.Distinct, Unit: kpi.Money("USD", 2)},
	}
	want := []string{"measures[0].p part_out_of_range", "measures[1].p not_a_quantile", "measures[2].method not_a_quantile", "measures[3].method unknown_word", "measures[4].unit count_with_dimension"}
	if diff := cmp.Diff(want, problems(def.Validate())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	c, err := cube.New(everyKind(calendar.Monthly))
	if err != nil {
		t.Fatal(err)
	}
	reader := everyReader()
	key := reader.Measures["distinct"]
	reader.Measures = map[string]cube.Feed[row]{"distinct": {}, "balance": key, "min": {}, "count": key}
	_, err = cube.Load(c, reader)
	if diff := cmp.Diff([]string{"measures.balance no_amount", "measures.count key_without_use", "measures.distinct no_key", "measures.min no_amount"}, problems(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := c.Query(cube.Query{Standing: 9}); !slices.Equal(problems(err), []string{"standing unknown_word"}) {
		t.Errorf("got %v", err)
	}
}

// Size grows with cells where nothing is kept, and with records where a
// quantile keeps them.
func TestSize(t *testing.T) {
	grow := func(ids ...string) int64 {
		def, reader := everyKind(calendar.Monthly), everyReader()
		def.Measures = slices.DeleteFunc(def.Measures, func(m cube.Measure) bool { return !slices.Contains(ids, m.ID) })
		for id := range reader.Measures {
			if !slices.Contains(ids, id) {
				delete(reader.Measures, id)
			}
		}
		rows := slices.Repeat(sixRows(), 1000)
		return loadWith(t, def, reader, rows).Size() - loadWith(t, def, reader, rows[:6]).Size()
	}
	if n := grow("sum", "count", "min", "max", "mean", "first", "last"); n > 100 { // bits of a sum
		t.Errorf("6,000 records of the same cells take %d bytes more than 6", n)
	}
	if n := grow("quantile"); n < 6*1000*8 {
		t.Errorf("a quantile keeps 5,000 amounts in %d bytes", n)
	}
	var zero cube.Cube
	if zero.Size() != 0 {
		t.Error("the zero cube has a size")
	}
}

func TestEveryKindAllocatesNothing(t *testing.T) {
	def, reader := everyKind(calendar.Monthly), everyReader()
	def.Measures = slices.DeleteFunc(def.Measures, func(m cube.Measure) bool { return m.Kind >= cube.Distinct })
	for _, id := range []string{"distinct", "balance", "quantile", "p90"} {
		delete(reader.Measures, id)
	}
	c, err := cube.New(def)
	if err != nil {
		t.Fatal(err)
	}
	l, err := cube.Load(c, reader)
	if err != nil {
		t.Fatal(err)
	}
	rows := sixRows()
	rows[4].amount = decimal.New(1, -2)
	if n := testing.AllocsPerRun(100, func() {
		for i := range rows {
			l.Add(&rows[i])
		}
	}); n != 0 {
		t.Errorf("Add allocates %v times for %d records", n, len(rows))
	}
}
