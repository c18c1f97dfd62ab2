package main

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
)

// bar draws a value on a scale from zero to full, in eighths of a column and
// always as wide. What is above zero shows at least a sliver, and what lies
// above full fills the bar. An undefined or negative value draws nothing; the
// number beside the bar says which.
func bar(columns int, value, full kpi.Value) string {
	return padRight(blocks(eighths(columns, value, full)), columns)
}

// barWithTarget draws an actual as bar does, and a | where the target lies.
// The mark has a column of its own, so that the bar reaches it only where the
// target is reached; the whole is one column wider than the scale.
//
//	██████▌   |       below
//	██████████|       reached
//	██████████|██     above
func barWithTarget(columns int, actual, target, full kpi.Value) string {
	drawn := eighths(columns, actual, full)
	if !target.Defined() || target.Sign() < 0 {
		return padRight(blocks(drawn), columns+1)
	}
	// the mark stands at the end of the column that holds the target
	mark := (eighths(columns, target, full) + 7) / 8
	switch {
	case !actual.Defined():
	case actual.Less(target):
		drawn = min(drawn, max(0, mark*8-1))
	default:
		drawn = max(drawn, mark*8)
	}
	before, after := min(drawn, mark*8), max(0, drawn-mark*8)
	return padRight(blocks(before), mark) + "|" + padRight(blocks(after), columns-mark)
}

// eighths gives the length of a bar in eighths of a column, exactly and cut.
func eighths(columns int, value, full kpi.Value) int {
	if value.Sign() <= 0 || full.Sign() <= 0 {
		return 0
	}
	all := 8 * columns
	if full.Less(value) {
		return all
	}
	n, _ := value.Mul(kpi.Int(int64(all))).Div(full).Minor(0, kpi.Down)
	return max(1, int(n))
}

func blocks(eighths int) string {
	const parts = "▏▎▍▌▋▊▉"
	s := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		s += string([]rune(parts)[rest-1])
	}
	return s
}
