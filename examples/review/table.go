package main

import "strings"

// table sets text in aligned columns, also where Chinese and Latin names mix.
type table struct {
	columns []column
	rows    [][]string // an empty row is a rule
}

type column struct {
	head  string
	right bool
	most  int // columns of text beyond which a cell is shortened; 0 for none
}

// left and right make columns by the side at which their text stands.
func left(head string) column  { return column{head: head} }
func right(head string) column { return column{head: head, right: true} }

// atMost shortens long cells of a column.
func (c column) atMost(columns int) column {
	c.most = columns
	return c
}

func newTable(columns ...column) *table { return &table{columns: columns} }

// row adds a row; cells that are not given stay empty, and surplus ones are
// dropped.
func (t *table) row(cells ...string) {
	row := make([]string, len(t.columns))
	copy(row, cells)
	for i, c := range t.columns {
		row[i] = plain(row[i])
		if c.most > 0 {
			row[i] = fit(row[i], c.most)
		}
	}
	t.rows = append(t.rows, row)
}

// rule adds a line between rows, such as above a total.
func (t *table) rule() { t.rows = append(t.rows, nil) }

// String gives the heads, where there are any, and the rows, each line ended;
// columns stand two spaces apart and no line ends in spaces.
func (t *table) String() string {
	widths := t.widths()
	var b strings.Builder
	if heads, any := t.heads(); any {
		t.line(&b, widths, heads)
	}
	for _, row := range t.rows {
		t.line(&b, widths, row)
	}
	return b.String()
}

func (t *table) heads() (heads []string, any bool) {
	for _, c := range t.columns {
		heads = append(heads, c.head)
		any = any || c.head != ""
	}
	return heads, any
}

func (t *table) widths() []int {
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		widths[i] = width(c.head)
		for _, row := range t.rows {
			if row != nil {
				widths[i] = max(widths[i], width(row[i]))
			}
		}
	}
	return widths
}

func (t *table) line(b *strings.Builder, widths []int, row []string) {
	cells := make([]string, len(widths))
	for i, n := range widths {
		switch {
		case row == nil:
			cells[i] = strings.Repeat("─", n)
		case t.columns[i].right:
			cells[i] = padLeft(row[i], n)
		default:
			cells[i] = padRight(row[i], n)
		}
	}
	b.WriteString(strings.TrimRight(strings.Join(cells, "  "), " ") + "\n")
}
