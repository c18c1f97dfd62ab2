package main

import (
	"encoding/csv"
	"io"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
)

// goalRows names the rows of the review of the targets, beside the tables of
// the library.
const goalRows = "goals"

// tableNames gives what -table may ask for: the rows of the targets, then the
// tables of the review, then those of the evaluation of the last quarter.
func tableNames() []string {
	names := []string{goalRows}
	for _, t := range slices.Concat(plan.Review{}.Tables(nil), plan.Evaluation{}.Tables()) {
		names = append(names, t.Name)
	}
	return names
}

// writeTable writes a flat table for a BI tool, the names of the columns first:
// their meaning is that of plan.Columns and of plan.Table. Without a target
// there is nothing to write, and a header alone would read as if nobody had
// sold: that is an error. The tables of the evaluation have no rows while no
// quarter is over.
func (r *Review) writeTable(w io.Writer, name string) error {
	if r.Goals.Review == nil {
		problems := check.List{Op: "review"}
		problems.Add(check.ErrMissing, "format", "no_target", "csv", "remedy", "-target or "+targetsFile)
		return problems.Err()
	}
	return csv.NewWriter(w).WriteAll(r.table(name))
}

func (r *Review) table(name string) [][]string {
	if name == goalRows {
		return r.Goals.Review.Rows().Records()
	}
	closed := plan.Evaluation{}
	if r.Closed != nil {
		closed = r.Closed.Evaluation
	}
	tables := slices.Concat(r.Goals.Review.Tables(r.Monitor.Alerts), closed.Tables())
	return tables[slices.IndexFunc(tables, func(t plan.Table) bool { return t.Name == name })].Records()
}
