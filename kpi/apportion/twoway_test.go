package apportion_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// bestTable tries every table whose cells are the floor or the ceiling of
// their shares and whose margins are exact, and gives the one with the least
// sum of absolute deviations, the lexicographically greatest of equal ones.
// Deviations are in units of 1/grand, so all is in whole numbers.
func bestTable(rows, columns []int64) []int64 {
	grand := total(rows)
	cells := make([]int64, len(rows)*len(columns))
	if grand == 0 {
		return cells
	}
	var best []int64
	least := int64(-1)
	rest := slices.Clone(rows)
	down := slices.Clone(columns)
	var try func(at int, deviation int64)
	try = func(at int, deviation int64) {
		i, j := at/len(columns), at%len(columns)
		if j == 0 && i > 0 && rest[i-1] != 0 {
			return
		}
		if at == len(cells) {
			if least < 0 || deviation < least || deviation == least && slices.Compare(cells, best) > 0 {
				least, best = deviation, slices.Clone(cells)
			}
			return
		}
		product := rows[i] * columns[j]
		for n := product / grand; n <= (product+grand-1)/grand; n++ {
			off := product - n*grand
			cells[at] = n
			rest[i] -= n
			down[j] -= n
			if rest[i] >= 0 && down[j] >= 0 && (i < len(rows)-1 || down[j] == 0) {
				try(at+1, deviation+max(off, -off))
			}
			rest[i] += n
			down[j] += n
		}
	}
	try(0, 0)
	return best
}

// lists calls yield with every list of n numbers, none below zero, of a sum.
func lists(n int, sum int64, yield func([]int64)) {
	list := make([]int64, n)
	var fill func(at int, left int64)
	fill = func(at int, left int64) {
		if at == n-1 {
			list[at] = left
			yield(list)
			return
		}
		for k := range left + 1 {
			list[at] = k
			fill(at+1, left-k)
		}
	}
	fill(0, sum)
}

// TestTwoWayBruteForce agrees with trying everything, on all tables up to
// 3 × 3 with totals up to 12, and on their opposites.
func TestTwoWayBruteForce(t *testing.T) {
	tables, most := 0, int64(12)
	if testing.Short() {
		most = 7
	}
	for height := 1; height <= 3; height++ {
		for width := 1; width <= 3; width++ {
			for sum := range most + 1 {
				lists(height, sum, func(rows []int64) {
					lists(width, sum, func(columns []int64) {
						tables++
						compareTable(t, rows, columns)
					})
				})
			}
		}
	}
	t.Logf("%d tables", tables)
}

func compareTable(t *testing.T, rows, columns []int64) {
	t.Helper()
	want := bestTable(rows, columns)
	table, err := apportion.TwoWay(rows, columns)
	if got := slices.Concat(table...); err != nil || !slices.Equal(got, want) {
		t.Fatalf("rows %v, columns %v: %v, %v; want %v", rows, columns, got, err, want)
	}
	if total(rows) > 7 {
		return // the sign is turned before anything is computed
	}
	turned, err := apportion.TwoWay(opposite(rows), opposite(columns))
	if got := opposite(slices.Concat(turned...)); err != nil || !slices.Equal(got, want) {
		t.Fatalf("the opposite of rows %v, columns %v: %v, %v; want %v", rows, columns, got, err, want)
	}
}

func opposite(numbers []int64) []int64 {
	all := make([]int64, len(numbers))
	for i, n := range numbers {
		all[i] = -n
	}
	return all
}

// drawTable draws rows and columns of one sum. Few units over many cells and
// columns by equal weights make ties common.
func drawTable(t *rapid.T, most int) (rows, columns []int64) {
	rows = make([]int64, rapid.IntRange(1, most).Draw(t, "rows"))
	sum := rapid.SampledFrom([]int64{0, 5, 60, 1e6, 1e15}).Draw(t, "size")
	same := rapid.Bool().Draw(t, "equal rows")
	for i := range rows {
		if rows[i] = rows[0]; i == 0 || !same {
			rows[i] = rapid.Int64Range(0, sum).Draw(t, "row")
		}
	}
	weights := rapid.SliceOfN(rapid.Int64Range(0, rapid.SampledFrom([]int64{1, 4, 1e6}).Draw(t, "spread")), 1, most).Draw(t, "weights")
	weights[0]++
	columns, err := apportion.Int64(total(rows), weights)
	if err != nil {
		t.Fatal(err)
	}
	return rows, columns
}

func TestTwoWayProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := drawTable(t, 9)
		before := fmt.Sprint(rows, columns)
		table, err := apportion.TwoWay(rows, columns)
		if err != nil {
			t.Fatal(err)
		}
		checkTable(t, table, rows, columns)
		if better := betterTable(table, rows, columns); better != "" {
			t.Fatalf("rows %v, columns %v: %v: %s", rows, columns, table, better)
		}
		if fmt.Sprint(rows, columns) != before {
			t.Fatal("the margins were changed")
		}
	})
}

// failer is a test of either kind.
type failer interface{ Fatalf(string, ...any) }

// checkTable holds every cell against its share and every margin against
// its sum.
func checkTable(t failer, table [][]int64, rows, columns []int64) {
	down, grand := make([]int64, len(columns)), big.NewInt(total(rows))
	for i, row := range table {
		if total(row) != rows[i] {
			t.Fatalf("row %d is %v; want the sum %d", i, row, rows[i])
		}
		for j, n := range row {
			down[j] += n
			off := big.NewInt(n)
			off.Mul(off, grand).Sub(off, new(big.Int).Mul(big.NewInt(rows[i]), big.NewInt(columns[j])))
			if off.CmpAbs(grand) >= 0 && grand.Sign() != 0 {
				t.Fatalf("cell %d, %d is %d, a unit from %d × %d / %v", i, j, n, rows[i], columns[j], grand)
			}
		}
	}
	if !slices.Equal(down, columns) {
		t.Fatalf("the columns are %v; want %v", down, columns)
	}
}

// betterTable looks for a cycle of cells, one up, one down, that makes the
// table better, and says so. The value of a unit in a cell is its remainder,
// and, smaller than any remainder, a power of two that is greater the earlier
// the cell: one number for both rules, of which the best table has the
// largest sum. If no cycle is better, no table is (M. Klein, Management
// Science 14, 1967).
func betterTable(table [][]int64, rows, columns []int64) string {
	grand, cells := big.NewInt(total(rows)), len(rows)*len(columns)
	if grand.Sign() == 0 {
		return ""
	}
	type edge struct {
		from, to int
		cost     *big.Int
	}
	var edges []edge
	for i := range rows {
		for j := range columns {
			product := new(big.Int).Mul(big.NewInt(rows[i]), big.NewInt(columns[j]))
			whole, rest := product.QuoRem(product, grand, new(big.Int))
			if rest.Sign() == 0 {
				continue
			}
			value := rest.Lsh(rest, uint(cells+1))
			value.Add(value, new(big.Int).Lsh(big.NewInt(1), uint(cells-i*len(columns)-j)))
			if whole.Int64() == table[i][j] {
				edges = append(edges, edge{i, len(rows) + j, value.Neg(value)})
			} else {
				edges = append(edges, edge{len(rows) + j, i, value})
			}
		}
	}
	length := make([]big.Int, len(rows)+len(columns))
	sum := new(big.Int)
	for range length {
		changed := false
		for _, e := range edges {
			if sum.Add(&length[e.from], e.cost).Cmp(&length[e.to]) < 0 {
				length[e.to].Set(sum)
				changed = true
			}
		}
		if !changed {
			return ""
		}
	}
	return "a cycle makes it better"
}

// TestTwoWayLarge proves larger tables the best, lines and places of any
// order and a full word of places among them.
func TestTwoWayLarge(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range [][2]int{{40, 12}, {12, 40}, {20, 20}, {70, 64}, {2, 99}} {
		for name, rows := range kindsOfRows(r, size[0]) {
			weights := make([]int64, size[1])
			for j := range weights {
				weights[j] = 1 + r.Int64N(5)
			}
			columns, err := apportion.Int64(total(rows), weights)
			if err != nil {
				t.Fatal(err)
			}
			table, err := apportion.TwoWay(rows, columns)
			if err != nil {
				t.Fatal(err)
			}
			checkTable(t, table, rows, columns)
			if len(rows)*len(columns) < 1500 && name != "random" { // random has few ties, and the proof is slow
				if better := betterTable(table, rows, columns); better != "" {
					t.Errorf("%v, %s rows: %s", size, name, better)
				}
			}
		}
	}
}

// kindsOfRows gives margins of several kinds; a cell's remainder depends on
// both margins, and equal rows make every way a tie.
func kindsOfRows(r *rand.Rand, n int) map[string][]int64 {
	kinds := map[string][]int64{}
	for name, row := range map[string]func(i int) int64{
		"random": func(int) int64 { return r.Int64N(1e9) },
		"skewed": func(i int) int64 { return int64(1e13) / int64(1+i*i) },
		"equal":  func(int) int64 { return 1234567 },
		"nearly": func(i int) int64 { return 1234567 + int64(i) },
		"tiny":   func(int) int64 { return 1 + r.Int64N(6) },
	} {
		rows := make([]int64, n)
		for i := range rows {
			rows[i] = row(i)
		}
		kinds[name] = rows
	}
	return kinds
}

func TestTwoWayEdges(t *testing.T) {
	for _, c := range []struct {
		name          string
		rows, columns []int64
		want          string
		why           string // worked by hand
	}{
		{"one cell", []int64{7}, []int64{7}, "[[7]]", "the total"},
		{"nothing", []int64{0, 0}, []int64{0, 0, 0}, "[[0 0 0] [0 0 0]]", "a total of zero"},
		{"tie", []int64{1, 1}, []int64{1, 1}, "[[1 0] [0 1]]", "all shares are 1/2; the first cell gets its unit"},
		{"row of zero", []int64{0, 3}, []int64{2, 1}, "[[0 0] [2 1]]", "a share of zero gets nothing"},
		{"smallest int64", []int64{math.MinInt64, 0}, []int64{math.MinInt64}, "[[-9223372036854775808] [0]]", "its opposite does not fit"},
		{"sum beyond 64 bits", []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64}, []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64},
			"[[3074457345618258603 3074457345618258602 3074457345618258602] [3074457345618258602 3074457345618258603 3074457345618258602]" +
				" [3074457345618258602 3074457345618258602 3074457345618258603]]",
			"2^63−1 = 3 × 3074457345618258602 + 1: every share has a third, and each row and column one unit"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, err := apportion.TwoWay(c.rows, c.columns)
			if got := fmt.Sprint(table); err != nil || got != c.want || c.why == "" {
				t.Errorf("got %s, %v; want %s (%s)", got, err, c.want, c.why)
			}
		})
	}
}

func TestTwoWayErrors(t *testing.T) {
	_, err := apportion.TwoWay(nil, nil)
	wantProblems(t, err, check.ErrMissing, []string{"rows no_rows", "columns no_columns"})
	_, err = apportion.TwoWay([]int64{5, -1}, []int64{6})
	wantProblems(t, err, check.ErrInfeasible, []string{"columns margins_differ", "rows[1] other_sign"})
	_, err = apportion.TwoWay([]int64{1, -1}, []int64{0})
	wantProblems(t, err, check.ErrInfeasible, []string{"rows[0] other_sign", "rows[1] other_sign"})
	_, err = apportion.TwoWay(make([]int64, 65), make([]int64, 65))
	wantProblems(t, err, check.ErrRange, []string{"columns table_too_wide"})
}

// BenchmarkTable is 1,000 rows by 12 columns in decimals, three columns of
// which are locked.
func BenchmarkTable(b *testing.B) {
	rows := kindsOfRows(rand.New(rand.NewPCG(5, 6)), 1000)["random"]
	columns, err := apportion.Int64(total(rows), year())
	if err != nil {
		b.Fatal(err)
	}
	cells, err := apportion.TwoWay(rows, columns)
	if err != nil {
		b.Fatal(err)
	}
	table := apportion.Table{Scale: 2}
	for j, n := range columns {
		table.Columns = append(table.Columns, apportion.Part{Key: fmt.Sprintf("m%02d", j), Amount: decimal.New(n, -2)})
	}
	for i, n := range rows {
		row := apportion.Part{Key: fmt.Sprintf("r%03d", i), Amount: decimal.New(n, -2)}
		table.Rows = append(table.Rows, row)
		for j := range 3 {
			table.Locked = append(table.Locked, apportion.Cell{Row: row.Key, Column: table.Columns[j].Key, Amount: decimal.New(cells[i][j], -2)})
		}
	}
	for b.Loop() {
		if _, err := table.Divide(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTwoWay is 1,000 rows by 12 columns.
func BenchmarkTwoWay(b *testing.B) {
	for name, rows := range kindsOfRows(rand.New(rand.NewPCG(3, 4)), 1000) {
		columns, err := apportion.Int64(total(rows), year())
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := apportion.TwoWay(rows, columns); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "ms/table")
		})
	}
}
