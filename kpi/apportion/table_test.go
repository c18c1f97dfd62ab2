package apportion_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// margin reads a=3 b=4.
func margin(text string) []apportion.Part {
	parts := []apportion.Part{}
	for _, word := range strings.Fields(text) {
		key, amount, _ := strings.Cut(word, "=")
		parts = append(parts, apportion.Part{Key: key, Amount: decimal.RequireFromString(amount)})
	}
	return parts
}

// cells reads x/a=3 as the cell in row x and column a.
func cells(text string) []apportion.Cell {
	var all []apportion.Cell
	for _, part := range margin(text) {
		row, column, _ := strings.Cut(part.Key, "/")
		all = append(all, apportion.Cell{Row: row, Column: column, Amount: part.Amount})
	}
	return all
}

func TestTable(t *testing.T) {
	for _, c := range []struct {
		name, rows, columns, locked string
		scale                       int
		want                        string
		why                         string // worked by hand
	}{
		{"tie by key", "y=1 x=1", "b=1 a=1", "", 0, "x=1[a=1 b=0] y=1[a=0 b=1]", "all shares are 1/2: x, a is the first cell by key"},
		{"cents", "x=0.10 y=0.05", "a=0.09 b=0.06", "", 2, "x=0.1[a=0.06 b=0.04] y=0.05[a=0.03 b=0.02]", "shares are whole: 10·9/15 = 6"},
		{"thousands", "x=3000 y=2000", "a=4000 b=1000", "", -3, "x=3000[a=2000 b=1000] y=2000[a=2000 b=0]", "2.4, 0.6, 1.6 and 0.4: deviations .4 each"},
		{"locked row", "x=10 y=20 z=30", "a=30 b=30", "x/a=9 x/b=1", 0, "x=10[a=9 b=1] y=20[a=8 b=12] z=30[a=13 b=17]",
			"21 and 29 are left of the columns: y is 8.4 and 11.6"},
		{"locked column", "x=10 y=20", "a=7 b=12 c=11", "x/a=5 y/a=2", 0, "x=10[a=5 b=3 c=2] y=20[a=2 b=9 c=9]",
			"5 and 18 are left of the rows: x is 60/23 = 2.61 and 55/23 = 2.39"},
		{"locked row and column", "x=10 y=20", "a=7 b=12 c=11", "x/a=5 x/b=4 x/c=1 y/a=2", 0, "x=10[a=5 b=4 c=1] y=20[a=2 b=8 c=10]", "one row is left: its columns"},
		{"all locked", "x=1 y=2", "a=3", "x/a=1 y/a=2", 0, "x=1[a=1] y=2[a=2]", "nothing is left"},
		{"below zero", "x=-1 y=-1", "a=-1 b=-1", "", 0, "x=-1[a=-1 b=0] y=-1[a=0 b=-1]", "the opposite of the first"},
		{"nothing", "x=0 y=0", "a=0", "", 0, "x=0[a=0] y=0[a=0]", "a total of zero"},
		{"lock of the other sign", "x=10 y=20", "a=7 b=23", "x/a=-3 y/a=10", 0, "x=10[a=-3 b=13] y=20[a=10 b=10]", "13 and 10 are left for b"},
		{"near 10^30", "x=1000000000000000000000000000000 y=1", "a=500000000000000000000000000001 b=500000000000000000000000000000", "", 0,
			"x=1000000000000000000000000000000[a=500000000000000000000000000000 b=500000000000000000000000000000] y=1[a=1 b=0]",
			"y's shares are 1/2 and a little, and 1/2 less a little"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := apportion.Table{Scale: c.scale, Rows: margin(c.rows), Columns: margin(c.columns), Locked: cells(c.locked)}
			parts, err := table.Divide()
			if got := lines(parts); err != nil || got != c.want || c.why == "" || table.Validate() != nil {
				t.Errorf("got %s, %v; want %s (%s)", got, err, c.want, c.why)
			}
		})
	}
}

// TestTableInfeasible names row and column, and how much.
func TestTableInfeasible(t *testing.T) {
	for _, c := range []struct {
		name, rows, columns, locked string
		want                        []string // path, code, key or cell, by
		why                         string
	}{
		{"sums", "x=10 y=20", "a=7 b=20", "", []string{"columns margins_differ  -3"}, "27 − 30"},
		{"a cell in the middle", "x=10 y=20", "a=7 b=23", "y/b=3", []string{"locked[0] not_a_rectangle y/b "}, "y has a open, b has x open"},
		{"two apart", "x=10 y=20 z=5", "a=7 b=23 c=5", "x/a=1 y/b=3", []string{"locked[0] not_a_rectangle x/a ", "locked[1] not_a_rectangle y/b "}, "each has open cells in row and column"},
		{"a cell that closes a column", "x=10 y=20", "a=7 b=23", "x/a=7 x/b=3 y/b=1", []string{"columns[1].amount locks_differ b 19"}, "all of b is locked, 3 + 1 of 23"},
		{"a locked row short", "y=20 x=10", "a=15 b=15", "x/a=4 x/b=5", []string{"rows[1].amount locks_differ x 1"}, "4 + 5 of 10"},
		{"a locked column beyond", "x=10 y=20", "a=15 b=15", "x/a=4 y/a=12", []string{"columns[0].amount locks_differ a -1"}, "4 + 12 of 15"},
		{"locks beyond a row", "x=10 y=20", "a=15 b=15", "x/a=11 y/a=4", []string{"rows[0].amount other_sign x 1"}, "x has −1 left for b"},
		{"margins of both signs", "x=10 y=-2", "a=8", "", []string{"rows[1].amount other_sign y 2"}, "the total is above zero"},
		{"both signs and sums", "x=10 y=-2", "a=9", "", []string{"columns margins_differ  1", "rows[1].amount other_sign y 2"}, "9 − 8, and the total is above zero"},
		{"locks beyond the whole", "x=1 y=1", "a=1 b=1", "x/a=3 y/a=-2", []string{"rows[0].amount other_sign x 2"}, "x has −2 left"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := apportion.Table{Rows: margin(c.rows), Columns: margin(c.columns), Locked: cells(c.locked)}
			_, err := table.Divide()
			got := []string{}
			for _, e := range check.All(err) {
				place := e.Args["key"]
				if e.Code == "not_a_rectangle" {
					place = e.Args["row"] + "/" + e.Args["column"]
				}
				got = append(got, e.Path+" "+e.Code+" "+place+" "+e.Args["by"])
			}
			if diff := cmp.Diff(c.want, got); diff != "" || c.why == "" || err != nil && !errors.Is(err, check.ErrInfeasible) {
				t.Errorf("%s: %s\n%v", c.why, diff, err)
			}
		})
	}
}

func TestTableErrors(t *testing.T) {
	rows := margin("x=1 x=0.5 =1")
	rows[2].Children = margin("u=1")
	_, err := apportion.Table{Rows: rows, Columns: margin("a=1e40"), Locked: cells("x/a=1 x/a=1 z/b=0.5")}.Divide()
	wantProblems(t, err, check.ErrDuplicate, []string{
		"rows[1].key duplicate_key", "rows[1].amount not_a_multiple_of_unit", "rows[2].key missing_key", "rows[2].children margin_with_children",
		"columns[0].amount number_too_large", "locked[1] duplicate_lock",
		"locked[2].row unknown_key", "locked[2].column unknown_key", "locked[2].amount not_a_multiple_of_unit",
	})
	_, err = apportion.Table{Scale: 20}.Divide()
	wantProblems(t, err, check.ErrRange, []string{"scale scale_out_of_range", "rows no_rows", "columns no_columns"})
	_, err = apportion.Table{Scale: 20, Rows: margin("x=1e40"), Columns: margin("a=0.5")}.Divide()
	wantProblems(t, err, check.ErrRange, []string{"scale scale_out_of_range", "rows[0].amount number_too_large"})
	big := strings.Repeat("9", 37)
	_, err = apportion.Table{Rows: margin("x=" + big), Columns: margin("a=" + big)}.Divide()
	wantProblems(t, err, check.ErrRange, []string{"rows number_too_large"})
}

// TestTableIsTwoWay: a table is the two-way split in the order of keys,
// whatever the order of its margins, and whole rows or columns that are
// locked at what they have leave the others as they would be alone.
func TestTableIsTwoWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := drawTable(t, 7)
		want, err := apportion.TwoWay(rows, columns)
		if err != nil {
			t.Fatal(err)
		}
		table := apportion.Table{Scale: 2}
		for i, n := range rows {
			table.Rows = append(table.Rows, apportion.Part{Key: fmt.Sprint("r", i), Amount: decimal.New(n, -2)})
		}
		for j, n := range columns {
			table.Columns = append(table.Columns, apportion.Part{Key: fmt.Sprint("c", j), Amount: decimal.New(n, -2)})
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		r.Shuffle(len(rows), func(i, j int) { table.Rows[i], table.Rows[j] = table.Rows[j], table.Rows[i] })
		r.Shuffle(len(columns), func(i, j int) { table.Columns[i], table.Columns[j] = table.Columns[j], table.Columns[i] })
		before := asJSON(t, table)
		parts, err := table.Divide()
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range parts {
			if row.Key != fmt.Sprint("r", i) || len(row.Children) != len(columns) || !conserves(row.Children, row.Amount) {
				t.Fatalf("row %d is %s", i, lines(parts[i:i+1]))
			}
			for j, cell := range row.Children {
				if !same(cell.Amount, decimal.New(want[i][j], -2)) {
					t.Fatalf("cell %d, %d is %v; want %v cents", i, j, cell.Amount, want[i][j])
				}
			}
		}
		if asJSON(t, table) != before {
			t.Fatal("the table was changed")
		}
		for _, cell := range parts[0].Children {
			table.Locked = append(table.Locked, apportion.Cell{Row: "r0", Column: cell.Key, Amount: cell.Amount})
		}
		locked, err := table.Divide()
		if err != nil || !sameParts(locked[:1], parts[:1]) {
			t.Fatalf("with the first row locked %s, %v; not %s", lines(locked), err, lines(parts))
		}
		rest, err := apportion.TwoWay(rows[1:], less(columns, want[0]))
		for i := range rest {
			for j, cell := range locked[i+1].Children {
				if err != nil || !same(cell.Amount, decimal.New(rest[i][j], -2)) {
					t.Fatalf("with the first row locked cell %d, %d is %v; want %v cents, %v", i+1, j, cell.Amount, rest[i][j], err)
				}
			}
		}
	})
}

func less(numbers, by []int64) []int64 {
	all := make([]int64, len(numbers))
	for i, n := range numbers {
		all[i] = n - by[i]
	}
	return all
}

func TestTableJSON(t *testing.T) {
	table := apportion.Table{Scale: 2, Rows: margin("x=1.00"), Columns: margin("a=0.40 b=0.60"), Locked: cells("x/a=0.40")}
	const want = `{"scale":2,"rows":[{"key":"x","amount":"1.00"}],"columns":[{"key":"a","amount":"0.40"},{"key":"b","amount":"0.60"}],` +
		`"locked":[{"row":"x","column":"a","amount":"0.40"}]}`
	data, err := json.Marshal(table)
	if err != nil || string(data) != want {
		t.Fatalf("got %s, %v; want %s", data, err, want)
	}
	var back apportion.Table
	if err := check.Decode("test", data, &back); err != nil {
		t.Fatal(err)
	}
	if again, err := json.Marshal(back); err != nil || string(again) != want {
		t.Errorf("read and written again: %s, %v", again, err)
	}
	err = check.Decode("test", []byte(`{"locked":[{"row":"x","amount":"1.x"}]}`), &back)
	if problems := check.All(err); len(problems) != 1 || problems[0].Path != "locked[0].amount" {
		t.Errorf("got %v", err)
	}
}

// FuzzTable reads tables from anywhere: in what is accepted every row adds
// up.
func FuzzTable(f *testing.F) {
	f.Add(`{"scale":2,"rows":[{"key":"x","amount":"1.00"},{"key":"y","amount":2}],"columns":[{"key":"a","amount":"3"}],"locked":[{"row":"x","column":"a","amount":"1"}]}`)
	f.Add(`{"rows":[{"key":"x","amount":"-1"}],"columns":[{"key":"a","amount":"-9"},{"key":"b","amount":"8"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var table apportion.Table
		if check.Decode("fuzz", []byte(text), &table) != nil {
			return
		}
		parts, err := table.Divide()
		for _, row := range parts {
			if err == nil && !conserves(row.Children, row.Amount) {
				t.Errorf("%s", lines(parts))
			}
		}
	})
}
