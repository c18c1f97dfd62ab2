package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/shopspring/decimal"
)

// twoWay is a table in cents, and the margins that it must have.
type twoWay struct {
	rows, columns []int64
	cells         [][]int64
}

func (t twoWay) agrees(map[cell]tally) error {
	down := make([]int64, len(t.columns))
	for i, row := range t.cells {
		left := t.rows[i]
		for j, n := range row {
			left, down[j] = left-n, down[j]+n
		}
		if left != 0 {
			return fmt.Errorf("%d cents of row %d are left", left, i)
		}
	}
	if len(t.cells) != len(t.rows) || !slices.Equal(down, t.columns) {
		return fmt.Errorf("columns %v; want %v", down, t.columns)
	}
	return nil
}

// twoWays is 1,000 sellers by twelve months, one contender for each kind of
// sellers.
func twoWays() (*contest, error) {
	c := &contest{name: "1,000 × 12, cents", records: 1, repeat: 10}
	random := rand.New(rand.NewPCG(3, 4))
	for _, kind := range []struct {
		name string
		row  func(i int) int64
	}{
		{"random", func(int) int64 { return random.Int64N(1e9) }},
		{"skewed", func(i int) int64 { return int64(1e13) / int64(1+i*i) }},
		{"equal", func(int) int64 { return 1_234_567 }},
		{"tiny", func(int) int64 { return 1 + random.Int64N(6) }},
	} {
		t := twoWay{rows: make([]int64, 1000)}
		total := int64(0)
		for i := range t.rows {
			t.rows[i] = kind.row(i)
			total += t.rows[i]
		}
		var err error
		if t.columns, err = apportion.Int64(total, history()); err != nil {
			return nil, err
		}
		c.contenders = append(c.contenders, contender{kind.name, func() (result, error) {
			var err error
			t.cells, err = apportion.TwoWay(t.rows, t.columns)
			return t, err
		}})
	}
	return c, nil
}

// tree is what Nested gave of a total.
type tree struct {
	total  decimal.Decimal
	parts  []apportion.Part
	leaves int
}

func (t tree) agrees(map[cell]tally) error {
	leaves, err := conserved(t.parts, t.total)
	if err == nil && leaves != t.leaves {
		err = fmt.Errorf("%d leaves; want %d", leaves, t.leaves)
	}
	return err
}

func conserved(parts []apportion.Part, total decimal.Decimal) (leaves int, err error) {
	for _, p := range parts {
		total = total.Sub(p.Amount)
		if len(p.Children) == 0 {
			leaves++
			continue
		}
		below, err := conserved(p.Children, p.Amount)
		if err != nil {
			return 0, err
		}
		leaves += below
	}
	if total.Sign() != 0 {
		return 0, fmt.Errorf("%v is left", total)
	}
	return leaves, nil
}

// trees is a company of teams of a hundred.
func trees(leaves int) *contest {
	teams := make([]apportion.Node, leaves/100)
	for i := range teams {
		teams[i] = apportion.Node{Key: fmt.Sprintf("%06d", i), Weight: decimal.New(int64(i%13+1), 0), Children: make([]apportion.Node, 100)}
		for j := range teams[i].Children {
			teams[i].Children[j] = apportion.Node{Key: fmt.Sprintf("%02d", j), Weight: decimal.New(int64(j*j%97+1), 0)}
		}
	}
	total := decimal.New(123_456_789_012, -2)
	return &contest{records: leaves, repeat: max(1, 300_000/leaves), contenders: []contender{{"apportion.Nested", func() (result, error) {
		parts, err := apportion.Nested(total, 2, teams)
		return tree{total, parts, leaves}, err
	}}}}
}

// large prints the splits of many parts.
func (p program) large(w io.Writer) error {
	c, err := twoWays()
	if err != nil {
		return err
	}
	times, err := c.checked(p.rounds)
	if err != nil {
		return err
	}
	t := table{head: []string{"two-way", "rows", "ms/table", "slowest ms"}}
	for _, one := range times {
		t.add(c.name, one.name, fmt.Sprintf("%.2f", median(one.rounds)/1e6), fmt.Sprintf("%.2f", slices.Max(one.rounds)/1e6))
	}
	t.print(w)
	return p.trees(w)
}

// trees prints what a leaf costs in trees of three sizes.
func (p program) trees(w io.Writer) error {
	t, ns := table{head: []string{"ns/leaf", "of"}, rows: [][]string{{"apportion.Nested", "decimals"}}}, []float64{}
	for _, leaves := range []int{10_000, 100_000, 1_000_000} {
		times, err := trees(leaves).checked(p.rounds)
		if err != nil {
			return err
		}
		ns = append(ns, median(times[0].rounds))
		t.head, t.rows[0] = append(t.head, fmt.Sprintf("%d leaves", leaves)), append(t.rows[0], nanoseconds(ns[len(ns)-1]))
	}
	t.head, t.rows[0] = append(t.head, "most/least"), append(t.rows[0], fmt.Sprintf("%.2f", slices.Max(ns)/slices.Min(ns)))
	t.print(w)
	return nil
}
