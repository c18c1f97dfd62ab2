package apportion

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// Table is a total that is to be split two ways at once, such as a company's
// year over sellers and months, when every seller's year and every month's
// sum are given. Rows and Columns are these margins: the parts of two other
// splits at the same scale.
//
// The exact share of a cell is
//
//	row × column / total
//
// and the cell is its floor or its ceiling in units of 10^-Scale. Among all
// tables of such cells whose rows and columns add up to their margins (there
// is always one: M. Bacharach, Management Science 12, 1966; L. H. Cox and
// L. R. Ernst, INFOR 20, 1982) it is the one with the least sum of absolute
// deviations from the shares, and among those the lexicographically greatest
// in the order of row keys and then column keys. A total below zero is
// split like its opposite.
//
// Locked cells keep their amounts and are taken out of both margins; shares
// are those of the margins that remain. The other cells must be a full
// rectangle, some rows by some columns: whole rows and whole columns can be
// locked (a seller whose year is agreed, months that are over), a cell in the
// middle cannot.
type Table struct {
	Scale   int    `json:"scale"`
	Rows    []Part `json:"rows"`
	Columns []Part `json:"columns"`
	Locked  []Cell `json:"locked,omitempty"`
}

// Cell is one amount in a table.
type Cell struct {
	Row, Column string
	Amount      decimal.Decimal
}

// Divide gives the rows sorted by key, each with a child for every column,
// sorted by key. Rows add up to their margins, and so do columns.
//
// Errors: those of amounts and keys as in [Nested]; check.ErrMissing without
// rows or columns; check.ErrRange where both have more than 64, or where the
// total has more than 36 digits in units; check.ErrUnknown and
// check.ErrDuplicate for locks of cells that are not there or are locked
// twice. What cannot be met is check.ErrInfeasible, with how much in the
// argument by: columns and rows that differ in sum (columns less rows), a row
// or column whose cells are all locked and do not add up to it (margin less
// locks), a margin that has, or of which locks leave, the other sign than the
// total; and, with row and column, a locked cell that leaves no rectangle.
//
// Of the shorter side n and the longer m, time grows with m × n² and memory
// with m × n² at most; 1,000 sellers by 12 months take a few milliseconds.
func (t Table) Divide() ([]Part, error) {
	g, err := t.checked()
	if err != nil {
		return nil, err
	}
	return g.fill(), nil
}

// Validate gives the errors of Divide.
func (t Table) Validate() error {
	_, err := t.checked()
	return err
}

func (t Table) checked() (*grid, error) {
	problems := check.List{Op: "apportion.Table"}
	t.check(&problems)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	g := t.grid()
	g.check(&problems)
	return g, problems.Err()
}

// side is the rows or the columns: the order of their keys, and what locks
// leave of the margins.
type side struct {
	name  string
	parts []Part         // as they came
	order []int          // positions in parts, by key
	at    map[string]int // key to place in the order
	left  []*big.Int     // by place in the order, in units
	open  []int          // places with a cell that is not locked, ascending
}

func newSide(name string, parts []Part, scale int) side {
	s := side{name: name, parts: parts, order: make([]int, len(parts)), at: make(map[string]int, len(parts)), left: make([]*big.Int, len(parts))}
	for i := range parts {
		s.order[i] = i
	}
	slices.SortFunc(s.order, func(i, j int) int { return strings.Compare(parts[i].Key, parts[j].Key) })
	for place, i := range s.order {
		s.at[parts[i].Key] = place
		s.left[place] = units(parts[i].Amount, scale)
	}
	return s
}

func (s side) key(place int) string { return s.parts[s.order[place]].Key }

// path leads to the margin as it came in.
func (s side) path(place int) string { return check.At(s.name, s.order[place], "amount") }

// openLeft gives what is left for the open places.
func (s side) openLeft() []*big.Int {
	left := make([]*big.Int, len(s.open))
	for k, place := range s.open {
		left[k] = s.left[place]
	}
	return left
}

// grid is a table in units: both sides, and the amounts of locked cells, nil
// elsewhere, row by row.
type grid struct {
	Table
	rows, columns side
	locked        []*big.Int
}

func (t Table) grid() *grid {
	g := &grid{Table: t, rows: newSide("rows", t.Rows, t.Scale), columns: newSide("columns", t.Columns, t.Scale),
		locked: make([]*big.Int, len(t.Rows)*len(t.Columns))}
	for _, cell := range t.Locked {
		i, j := g.rows.at[cell.Row], g.columns.at[cell.Column]
		amount := units(cell.Amount, t.Scale)
		g.locked[i*len(t.Columns)+j] = amount
		g.rows.left[i].Sub(g.rows.left[i], amount)
		g.columns.left[j].Sub(g.columns.left[j], amount)
	}
	for i := range t.Rows {
		if slices.Contains(g.locked[i*len(t.Columns):(i+1)*len(t.Columns)], nil) {
			g.rows.open = append(g.rows.open, i)
		}
	}
	for j := range t.Columns {
		if slices.ContainsFunc(g.rows.open, func(i int) bool { return g.locked[i*len(t.Columns)+j] == nil }) {
			g.columns.open = append(g.columns.open, j)
		}
	}
	return g
}

// fill gives the parts of a grid that has been checked.
func (g *grid) fill() []Part {
	parts := make([]Part, len(g.rows.order))
	width := len(g.columns.order)
	for i := range parts {
		parts[i] = Part{Key: g.rows.key(i), Amount: g.amount(units(g.rows.parts[g.rows.order[i]].Amount, g.Scale)), Children: make([]Part, width)}
		for j := range width {
			parts[i].Children[j].Key = g.columns.key(j)
			if lock := g.locked[i*width+j]; lock != nil {
				parts[i].Children[j].Amount = g.amount(lock)
			}
		}
	}
	cells := margins{g.rows.openLeft(), g.columns.openLeft()}.cells()
	for k, i := range g.rows.open {
		for n, j := range g.columns.open {
			parts[i].Children[j].Amount = cells[k*len(g.columns.open)+n].amount(g.Scale)
		}
	}
	return parts
}

func (g *grid) amount(n *big.Int) decimal.Decimal {
	return decimal.NewFromBigInt(n, int32(-g.Scale))
}

// cellJSON is the JSON form of a Cell.
type cellJSON struct {
	Row    string      `json:"row"`
	Column string      `json:"column"`
	Amount decimalJSON `json:"amount"`
}

// MarshalJSON gives row, column, and amount as a string.
func (c Cell) MarshalJSON() ([]byte, error) {
	return json.Marshal(cellJSON{c.Row, c.Column, decimalJSON(c.Amount)})
}

// UnmarshalJSON reads what MarshalJSON writes, under the rules of [Node].
func (c *Cell) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var read cellJSON
	if err := check.Decode("apportion.Cell", data, &read); err != nil {
		return err
	}
	*c = Cell{read.Row, read.Column, decimal.Decimal(read.Amount)}
	return nil
}
