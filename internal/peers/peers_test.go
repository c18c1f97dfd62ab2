package main

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// size is how many records the tests and benchmarks take; -short keeps them
// from rotting at little cost.
func size(whole int) int {
	if testing.Short() {
		return 10_000
	}
	return whole
}

func testField(t testing.TB, n int) *field {
	t.Helper()
	f, err := makeField(makeOrders(n))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.close)
	if err := f.store(); err != nil {
		t.Fatal(err)
	}
	if f.db == nil {
		t.Log("built without DuckDB")
	}
	return f
}

func contests(t testing.TB, f *field) []*contest {
	t.Helper()
	alone, err := f.alone("Alone")
	if err != nil {
		t.Fatal(err)
	}
	return []*contest{
		f.contest("OwnerMonth", false, decimals),
		f.contest("OwnerMonthCents", false, cents),
		f.contest("OwnerProductMonth", true, decimals),
		f.contest("OwnerProductMonthCents", true, cents),
		alone,
	}
}

func testSales(t testing.TB, n int) *sales {
	t.Helper()
	s, err := makeSales(n)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	return s
}

func (s *sales) contests() []*contest {
	return []*contest{s.conversion("Conversion"), s.alone("ConversionAlone")}
}

// Every contender gives the same sum and count for every cell: the array of
// codes says which, and TestArray proves the array. Of the stage log the
// definition says it, see chained.
func TestSameSums(t *testing.T) {
	all := append(contests(t, testField(t, size(100_000))), splits()...)
	for _, c := range append(all, testSales(t, size(100_000)).contests()...) {
		t.Run(c.name, func(t *testing.T) {
			if err := c.check(); err != nil {
				t.Error(err)
			}
		})
	}
}

// What the contenders are compared with is itself compared with the plainest
// loop there is.
func TestArray(t *testing.T) {
	orders := makeOrders(size(100_000))
	byMonth, byProduct := map[cell]tally{}, map[cell]tally{}
	add := func(cells map[cell]tally, k cell, cents int64) {
		cells[k] = tally{cells[k].Cents + cents, cells[k].Count + 1}
	}
	for _, o := range orders {
		if centsOf(o.Amount) != o.Cents {
			t.Fatalf("%v and %d cents", o.Amount, o.Cents)
		}
		add(byMonth, cell{o.Owner, "", monthOf(o.Day)}, o.Cents)
		add(byProduct, cell{o.Owner, o.Product, monthOf(o.Day)}, o.Cents)
	}
	c := encode(orders)
	if err := c.ownerMonth().agrees(byMonth); err != nil {
		t.Error(err)
	}
	if err := c.ownerProductMonth().agrees(byProduct); err != nil {
		t.Error(err)
	}
}

// A wrong sum, a missing cell and a cell too many are seen.
func TestDifferencesAreSeen(t *testing.T) {
	f := &field{orders: makeOrders(1000)}
	f.coded = encode(f.orders)
	for _, c := range append(contests(t, f), testSales(t, 1000).contests()...) {
		right := c.want
		for name, spoil := range map[string]func(map[cell]tally, cell){
			"a wrong sum":    func(m map[cell]tally, k cell) { m[k] = tally{m[k].Cents + 1, m[k].Count} },
			"a missing cell": func(m map[cell]tally, k cell) { delete(m, k) },
			"one too many":   func(m map[cell]tally, k cell) { m[cell{Owner: "nobody"}] = tally{1, 1} },
		} {
			c.want = map[cell]tally{}
			var some cell
			for k, v := range right {
				c.want[k], some = v, k
			}
			spoil(c.want, some)
			for _, one := range c.contenders {
				r, err := one.run()
				if err != nil {
					t.Fatal(err)
				}
				if r.agrees(c.want) == nil {
					t.Errorf("%s, %s: %s goes unseen", c.name, one.name, name)
				}
			}
		}
	}
}

// A lost cent, row or leaf is seen.
func TestLossesAreSeen(t *testing.T) {
	c, err := twoWays()
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.contenders[0].run()
	if err != nil || r.agrees(nil) != nil {
		t.Fatal(err)
	}
	table := r.(twoWay)
	table.cells[7][3]--
	if table.agrees(nil) == nil {
		t.Error("a cent of a table")
	}
	table.cells[7][4]++
	if table.agrees(nil) == nil {
		t.Error("a cent in another month")
	}
	r, err = trees(1000).contenders[0].run()
	if err != nil || r.agrees(nil) != nil {
		t.Fatal(err)
	}
	company := r.(tree)
	company.leaves++
	if company.agrees(nil) == nil {
		t.Error("a leaf")
	}
	company.leaves--
	team := company.parts[3].Children
	team[5].Amount = team[5].Amount.Add(decimal.New(1, -2))
	if company.agrees(nil) == nil {
		t.Error("a cent of a tree")
	}
}

// The stage log holds what makes a conversion hard: skips, steps back,
// repeats, moves of one instant, in random order.
func TestStageLog(t *testing.T) {
	var skips, back, repeats, ties, disorder int
	s := testSales(t, 10_000)
	rank := map[string]int{"won": 6, "lost": 6}
	for i, stage := range openStages() {
		rank[stage] = i
	}
	for _, r := range s.records {
		for i := 1; i < len(r.Changes); i++ {
			step := rank[r.Changes[i].Stage] - rank[r.Changes[i-1].Stage]
			skips += min(max(step-1, 0), 1)
			back += min(max(-step, 0), 1)
			if step == 0 {
				repeats++
			}
			if r.Changes[i].At.Equal(r.Changes[i-1].At) {
				ties++
			}
		}
	}
	for i := 1; i < len(s.random); i++ {
		if s.random[i].At.Before(s.random[i-1].At) {
			disorder++
		}
	}
	if least := min(skips, back, repeats, ties, disorder); least < 100 {
		t.Errorf("%d skips, %d back, %d repeats, %d ties, %d in disorder", skips, back, repeats, ties, disorder)
	}
	if len(s.random) != 10_000 || len(s.records) != 2_000 || len(s.random[0].Deal) != 18 {
		t.Errorf("%d changes of %d deals, ID %q", len(s.random), len(s.records), s.random[0].Deal)
	}
}

// The whole command runs and prints its nine tables.
func TestTable(t *testing.T) {
	p := program{records: size(10_000) / 10, rounds: 1}
	var b strings.Builder
	if err := p.run(&b); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "--:|\n"); n != 9 {
		t.Errorf("%d tables; want 9:\n%s", n, b.String())
	}
}
