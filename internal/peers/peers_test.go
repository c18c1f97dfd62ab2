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

// Every contender gives the same sum and count for every cell: the array of
// codes says which, and TestArray proves the array.
func TestSameSums(t *testing.T) {
	for _, c := range append(contests(t, testField(t, size(100_000))), splits()...) {
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
	for _, c := range contests(t, f) {
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

// The whole command runs and prints its six tables.
func TestTable(t *testing.T) {
	p := program{records: size(10_000) / 10, rounds: 1}
	var b strings.Builder
	if err := p.run(&b); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "--:|\n"); n != 6 {
		t.Errorf("%d tables; want 6:\n%s", n, b.String())
	}
}
