package apportion

import (
	"math/big"
	"math/bits"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// TwoWay splits a total two ways at once, in minor units: rows and columns
// are the sums that the cells must have. It is [Table] without keys and
// locks, with the earlier row and column in the place of the smaller key.
//
// Errors: check.ErrInfeasible where rows and columns have different sums, or
// where one has the other sign than the sum; check.ErrMissing without rows or
// columns; check.ErrRange where both have more than 64.
func TwoWay(rows, columns []int64) ([][]int64, error) {
	problems := check.List{Op: "apportion.TwoWay"}
	m := margins{rows: wideOf(rows), columns: wideOf(columns)}
	checkSides(&problems, len(rows), len(columns))
	m.check(&problems)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	cells := m.cells()
	table := make([][]int64, len(rows))
	for i := range rows {
		table[i] = make([]int64, len(columns))
		for j := range columns {
			table[i][j] = int64(cells[i*len(columns)+j].lo)
		}
	}
	return table, nil
}

func wideOf(numbers []int64) []*big.Int {
	wide := make([]*big.Int, len(numbers))
	for i, n := range numbers {
		wide[i] = big.NewInt(n)
	}
	return wide
}

// margins are the sums of the rows and columns of a full rectangle, in units.
type margins struct {
	rows, columns []*big.Int
}

// cells gives the cells of margins that have been checked, row by row.
func (m margins) cells() []int128 {
	grand := total(m.rows)
	lines, places := sizes(m.rows), sizes(m.columns)
	isTurned := len(places) > len(lines)
	if isTurned {
		lines, places = places, lines
	}
	cells := make([]int128, len(lines)*len(places))
	if grand.Sign() != 0 {
		fillCells(cells, lines, places, from128(new(big.Int).Abs(grand)), isTurned)
	}
	if isTurned {
		cells = transposed(cells, len(lines), len(places))
	}
	if grand.Sign() < 0 {
		for i, n := range cells {
			cells[i] = int128{}.sub(n)
		}
	}
	return cells
}

func sizes(numbers []*big.Int) []int128 {
	all := make([]int128, len(numbers))
	for i, n := range numbers {
		all[i] = from128(new(big.Int).Abs(n))
	}
	return all
}

func transposed(cells []int128, rows, columns int) []int128 {
	turned := make([]int128, len(cells))
	for i := range rows {
		for j := range columns {
			turned[j*rows+i] = cells[i*columns+j]
		}
	}
	return turned
}

// fillCells gives every cell the floor or the ceiling of its share. Where
// the sides are turned, the order of the cells is place by place.
func fillCells(cells, lines, places []int128, grand int128, isTurned bool) {
	r := newRounding(cells, lines, places, grand)
	r.balance()
	g := newGreatest(r)
	if isTurned {
		for place := range places {
			for line := range lines {
				g.settle(line, place)
			}
		}
	} else {
		for line := range lines {
			for place := range places {
				g.settle(line, place)
			}
		}
	}
	for line, on := range r.on {
		for ; on != 0; on &= on - 1 {
			cell := &cells[line*len(places)+bits.TrailingZeros64(on)]
			*cell = cell.add(from64(1))
		}
	}
}

// newRounding fills the cells with whole units and begins the rounding of
// what is left.
func newRounding(cells, lines, places []int128, grand int128) *rounding {
	r := &rounding{narrow: len(places), rests: make([]int128, len(cells)),
		can: make([]uint64, len(lines)), on: make([]uint64, len(lines)), spare: make([]int, len(places))}
	needs := make([]int128, len(places))
	copy(needs, places)
	for i, line := range lines {
		left := line
		for j, place := range places {
			k := i*len(places) + j
			cells[k], r.rests[k] = mulDiv(line, place, grand)
			if r.rests[k] != (int128{}) {
				r.can[i] |= 1 << j
			}
			left, needs[j] = left.sub(cells[k]), needs[j].sub(cells[k])
		}
		r.begin(i, int(left.lo))
	}
	for j, n := range needs {
		r.spare[j] -= int(n.lo)
	}
	return r
}

// checkSides reports a table without cells, and one that is too wide.
func checkSides(problems *check.List, rows, columns int) {
	if rows == 0 {
		problems.Add(check.ErrMissing, "rows", "no_rows", nil)
	}
	if columns == 0 {
		problems.Add(check.ErrMissing, "columns", "no_columns", nil)
	}
	if min(rows, columns) > maxNarrow {
		problems.Add(check.ErrRange, "columns", "table_too_wide", columns, "rows", rows, "most_of_either", maxNarrow)
	}
}

// codeOtherSign is the code of a margin that has, or of which locks leave,
// the other sign than the total.
const codeOtherSign = "other_sign"

// maxTableDigits is how many digits the total of a table may have, in units:
// below 2^120, so that sums along a way of 64 places fit int128.
const maxTableDigits = 36

func (m margins) check(problems *check.List) {
	grand := total(m.rows)
	checkSums(problems, grand, total(m.columns), (*big.Int).String)
	for i, n := range m.rows {
		checkSign(problems, check.At("rows", i), n, grand.Sign())
	}
	for j, n := range m.columns {
		checkSign(problems, check.At("columns", j), n, grand.Sign())
	}
}

func checkSums(problems *check.List, rows, columns *big.Int, text func(*big.Int) string) {
	if by := new(big.Int).Sub(columns, rows); by.Sign() != 0 {
		problems.Add(check.ErrInfeasible, "columns", "margins_differ", text(columns), "rows", text(rows), "by", text(by))
	}
}

func checkSign(problems *check.List, path string, n *big.Int, sign int) {
	if n.Sign() != 0 && n.Sign() != sign {
		problems.Add(check.ErrInfeasible, path, codeOtherSign, n, "by", new(big.Int).Abs(n))
	}
}

func checkDigits(problems *check.List, grand *big.Int) {
	if grand.CmpAbs(power10(maxTableDigits)) >= 0 {
		problems.Add(check.ErrRange, "rows", "number_too_large", nil, "most_digits", maxTableDigits)
	}
}
