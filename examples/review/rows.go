package main

import (
	"encoding/csv"
	"io"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// writeRows writes the plan's review as flat rows, for a BI tool: a line for
// every owner and period, the names of the columns first. Their meaning is
// that of plan.Columns. Without a target there is nothing to write, and a
// header alone would read as if nobody had sold: that is an error.
func (g *Goals) writeRows(w io.Writer) error {
	if g.Review == nil {
		problems := check.List{Op: "review"}
		problems.Add(check.ErrMissing, "format", "no_target", "csv", "remedy", "-target or "+targetsFile)
		return problems.Err()
	}
	return csv.NewWriter(w).WriteAll(g.Review.Rows().Records())
}
