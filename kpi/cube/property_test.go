package cube_test

import (
	"bytes"
	"cmp"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// drawRows draws records with few members, days in and around the window,
// and amounts of every size.
func drawRows(t *rapid.T, label string) []row {
	start := day("2025-12-20")
	member := rapid.SampledFrom([]string{"", "x", "y", "z", "X", "x ", "王"})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) row {
		r := row{
			key: rapid.SampledFrom([]string{"", "k1", "k2", "k3"}).Draw(t, "key"),
			a:   member.Draw(t, "a"), b: member.Draw(t, "b"), noB: rapid.IntRange(0, 5).Draw(t, "no b") == 0,
			minor:   rapid.OneOf(rapid.Int64Range(-1000, 1000), rapid.SampledFrom([]int64{math.MaxInt64, math.MinInt64})).Draw(t, "minor"),
			missing: rapid.IntRange(0, 5).Draw(t, "missing") == 0,
			skip:    rapid.IntRange(0, 9).Draw(t, "skip") == 0,
			feeds:   rapid.Bool().Draw(t, "feeds"),
			amount:  drawAmount(t),
		}
		if rapid.IntRange(0, 9).Draw(t, "no day") > 0 {
			r.day = start.Add(rapid.IntRange(0, 400).Draw(t, "day"))
		}
		return r
	}), 0, 40).Draw(t, label)
}

func drawAmount(t *rapid.T) decimal.Decimal {
	exponent := rapid.OneOf(rapid.Just(-2), rapid.IntRange(-20, 20)).Draw(t, "exponent")
	amount := decimal.New(rapid.Int64().Draw(t, "coefficient"), int32(exponent))
	if rapid.IntRange(0, 3).Draw(t, "long") == 0 {
		amount = amount.Mul(decimal.New(math.MaxInt64, 0)).Mul(decimal.New(math.MaxInt64, 0))
	}
	return amount
}

func drawGrain(t *rapid.T) calendar.Grain {
	return rapid.SampledFrom([]calendar.Grain{calendar.NoGrain, calendar.Daily, calendar.Monthly, calendar.Quarterly, calendar.Yearly}).Draw(t, "grain")
}

func state(t fataler, c *cube.Cube) []byte {
	data, err := c.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func merge(t fataler, a, b *cube.Cube) *cube.Cube {
	c, err := cube.Merge(a, b)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAnyOrderGivesTheSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rows := rowDefinition(drawGrain(t)), drawRows(t, "rows")
		permuted := rapid.Permutation(rows).Draw(t, "permuted")
		if !bytes.Equal(state(t, load(t, def, rows)), state(t, load(t, def, permuted))) {
			t.Fatal("another order gives other bytes")
		}
	})
}

// Any partition, merged in any order and grouping, is all at once.
func TestMergeIsAllAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rows := rowDefinition(drawGrain(t)), drawRows(t, "rows")
		whole := state(t, load(t, def, rows))
		parts := make([][]row, rapid.IntRange(1, 5).Draw(t, "parts"))
		for _, r := range rows {
			i := rapid.IntRange(0, len(parts)-1).Draw(t, "part")
			parts[i] = append(parts[i], r)
		}
		var cubes []*cube.Cube
		for _, part := range parts {
			cubes = append(cubes, load(t, def, part))
		}
		for len(cubes) > 1 {
			i := rapid.IntRange(0, len(cubes)-2).Draw(t, "next")
			a, b := cubes[i], cubes[i+1]
			if rapid.Bool().Draw(t, "swapped") {
				a, b = b, a
			}
			before := [][]byte{state(t, a), state(t, b)}
			cubes = slices.Replace(cubes, i, i+2, merge(t, a, b))
			if !bytes.Equal(before[0], state(t, a)) || !bytes.Equal(before[1], state(t, b)) {
				t.Fatal("Merge changed what it merged")
			}
		}
		if !bytes.Equal(whole, state(t, cubes[0])) {
			t.Fatal("merged parts differ from the whole")
		}
		if empty := load(t, def, nil); !bytes.Equal(whole, state(t, merge(t, empty, cubes[0]))) {
			t.Fatal("an empty cube is not the identity")
		}
	})
}

// A result of merging lives on its own: feeding a part later, or the merged
// cube itself, changes nothing else.
func TestMergedCubesShareNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def := rowDefinition(calendar.Monthly)
		first, second, later := drawRows(t, "first"), drawRows(t, "second"), drawRows(t, "later")
		a := load(t, def, first)
		merged := merge(t, a, load(t, def, second))
		want := state(t, merged)
		more, err := cube.Load(a, rowReader())
		if err != nil {
			t.Fatal(err)
		}
		more.AddSeq(slices.Values(later))
		if !bytes.Equal(want, state(t, merged)) {
			t.Fatal("feeding a part changed what it was merged into")
		}
		onto, err := cube.Load(merged, rowReader())
		if err != nil {
			t.Fatal(err)
		}
		onto.AddSeq(slices.Values(later))
		if !bytes.Equal(state(t, merged), state(t, load(t, def, slices.Concat(first, second, later)))) {
			t.Fatal("a merged cube is not fed as any other")
		}
	})
}

// model is the slow obvious way: every record anew for every question.
func model(rows []row, q cube.Query) []string {
	type cell struct {
		key    []string
		period calendar.Period
		values [3]kpi.Value
	}
	cells := map[string]*cell{}
	for _, r := range rows {
		b := r.b
		if r.noB {
			b = ""
		}
		members := map[string]string{"a": r.a, "b": b}
		if r.skip || !q.Window.Contains(r.day) || !period("2026").Contains(r.day) {
			continue
		}
		kept := true
		for name, wanted := range q.Where {
			kept = kept && slices.Contains(wanted, members[name])
		}
		if !kept {
			continue
		}
		p := q.Window
		if q.Grain != calendar.NoGrain {
			p = calendar.Calendar{}.PeriodOf(q.Grain, r.day)
		}
		key, id := []string{}, p.String()
		for _, name := range q.By {
			key, id = append(key, members[name]), id+"|"+members[name]
		}
		if cells[id] == nil {
			cells[id] = &cell{key: key, period: p, values: [3]kpi.Value{2: kpi.Int(0)}}
		}
		c := cells[id]
		if !r.missing {
			c.values[0] = c.values[0].Or(kpi.Int(0)).Add(kpi.Minor(r.minor, 2))
			if v, err := kpi.FromDecimal(r.amount); err == nil {
				c.values[1] = c.values[1].Or(kpi.Int(0)).Add(v)
			}
		}
		if r.feeds {
			c.values[2] = c.values[2].Add(kpi.Int(1))
		}
	}
	sorted := slices.SortedFunc(maps.Values(cells), func(x, y *cell) int {
		return cmp.Or(slices.Compare(x.key, y.key), x.period.Compare(y.period))
	})
	r := &cube.Result{}
	for _, c := range sorted {
		r.Rows = append(r.Rows, cube.Row{Key: c.key, Period: c.period, Values: c.values[:]})
	}
	return exactLines(r)
}

// exactLines writes values without rounding.
func exactLines(r *cube.Result) []string {
	all := lines(r)
	for i, row := range r.Rows {
		for _, v := range row.Values {
			exact, _ := v.MarshalJSON()
			all[i] += " " + string(exact)
		}
	}
	return all
}

func TestModelAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		grain := drawGrain(t)
		rows := drawRows(t, "rows")
		q := cube.Query{
			By:     rapid.SampledFrom([][]string{nil, {"a"}, {"b"}, {"a", "b"}, {"b", "a"}}).Draw(t, "by"),
			Grain:  grain,
			Window: period(rapid.SampledFrom([]string{"2026", "2026-H2", "2026-Q2", "2026-07"}).Draw(t, "window")),
		}
		if rapid.Bool().Draw(t, "filtered") {
			q.Where = map[string][]string{"a": {"x", "", "nobody"}}
		}
		kept := rapid.SampledFrom([]calendar.Grain{calendar.Daily, calendar.Monthly, calendar.Quarterly}).Draw(t, "kept")
		c := load(t, rowDefinition(kept), rows)
		r, err := c.Query(q)
		if err != nil {
			t.Skip("the cube cannot answer this")
		}
		if got, want := exactLines(r), model(rows, q); !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
		for _, row := range r.Rows {
			for i, m := range r.Columns {
				if got := r.Value(m.ID, row.Period, row.Key...); got != row.Values[i] {
					t.Fatalf("looked up %v, the row has %v", got, row.Values[i])
				}
			}
		}
	})
}

// Coarser answers are sums of finer ones, whichever way they are cut.
func TestAnswersAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := load(t, rowDefinition(calendar.Monthly), drawRows(t, "rows"))
		total := query(t, c, cube.Query{})
		fine := query(t, c, cube.Query{By: []string{"a", "b"}, Grain: calendar.Monthly})
		for i := range fine.Columns {
			sum, n := kpi.Sum(func(yield func(kpi.Value) bool) {
				for _, row := range fine.Rows {
					if !yield(row.Values[i]) {
						return
					}
				}
			}), int64(0)
			for _, row := range fine.Rows {
				n += row.N[i]
			}
			if len(total.Rows) > 0 && (total.Rows[0].Values[i] != sum || total.Rows[0].N[i] != n) {
				t.Fatalf("%s: the total is %v of %d, its parts %v of %d", fine.Columns[i].ID, total.Rows[0].Values[i], total.Rows[0].N[i], sum, n)
			}
			if used := c.Report().Measures[i].Used; used != n {
				t.Fatalf("%s: %d used, %d in the cells", fine.Columns[i].ID, used, n)
			}
		}
	})
}

func TestReportBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, "rows")
		r := load(t, rowDefinition(calendar.Monthly), rows).Report()
		if r.Read != int64(len(rows)) || r.Read != r.Counted+r.Excluded || r.Excluded != r.Skipped+r.NoDay+r.OutsideWindow {
			t.Fatalf("%+v", r)
		}
		for _, m := range r.Measures {
			if m.Used+m.NotMeant+m.Missing+m.TooLarge != r.Counted {
				t.Fatalf("%+v of %d", m, r.Counted)
			}
		}
	})
}

func TestInputsStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, "rows")
		before := slices.Clone(rows)
		q := cube.Query{By: []string{"b", "a"}, Where: map[string][]string{"a": {"y", "x", "y"}}}
		c := load(t, rowDefinition(calendar.Monthly), rows)
		r := query(t, c, q)
		r.By[0], r.Columns[0].ID, r.Where["a"][0] = "changed", "changed", "changed"
		for i := range r.Rows {
			r.Rows[i].Values[0], r.Report.Read = kpi.Int(7), 0
		}
		if !slices.EqualFunc(rows, before, func(a, b row) bool { return a.minor == b.minor && a.amount.Cmp(b.amount) == 0 && a.a == b.a }) {
			t.Fatal("records changed")
		}
		if !slices.Equal(q.By, []string{"b", "a"}) || !slices.Equal(q.Where["a"], []string{"y", "x", "y"}) {
			t.Fatal("the query changed")
		}
		if !bytes.Equal(state(t, c), state(t, load(t, rowDefinition(calendar.Monthly), before))) {
			t.Fatal("the cube changed with its result")
		}
	})
}
