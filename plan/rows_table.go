package plan

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// TableSchema names the JSON form of a [Table], and the columns of its CSV
// file.
const TableSchema = "saleskpi/table/1"

// Table is a flat table for BI tools and CSV, beside that of the goals
// ([Review.Rows]): [Review.Tables] and [Evaluation.Tables] give them. Each row
// begins with the plan and the as-of day, so that tables of several reviews can
// stand in one file.
//
// A cell that is empty is NULL, never 0. Why a number is not known is in the
// last column, undefined, such as "spent:no_data"; a number that a row cannot
// have is empty without a word.
type Table struct {
	Name    string     `json:"name"`
	Columns []Column   `json:"columns"`
	Cells   [][]string `json:"cells"` // row by row, one for each column
}

// newTable makes a table of columns that are written "name type meaning". The
// plan and day before them and the reasons behind them are the same in all.
func newTable(name string, columns ...string) *Table {
	t := &Table{Name: name, Cells: [][]string{}}
	for _, c := range slices.Concat([]string{"plan text ID of the plan", "as_of day last day that is over"}, columns,
		[]string{"undefined text column:reason of every number that should be there and is undefined, separated by blanks"}) {
		parts := strings.SplitN(c, " ", 3)
		t.Columns = append(t.Columns, Column{parts[0], parts[1], parts[2]})
	}
	return t
}

// sheet writes rows of a table for one plan and day.
type sheet struct {
	*Table
	plan  string
	asOf  calendar.Day
	scale int8 // places of amounts
}

// row writes a row: a cell for each column of its own.
func (s sheet) row(cells ...any) {
	row, reasons := []string{s.plan, dayText(s.asOf)}, []string{}
	for _, cell := range cells {
		column := s.Columns[len(row)]
		if why := reasonOf(cell); why != 0 && why != kpi.NotApplicable {
			reasons = append(reasons, column.Name+":"+why.String())
		}
		row = append(row, s.text(column.Type, cell))
	}
	s.Cells = append(s.Cells, append(row, strings.Join(reasons, " ")))
}

// reasonOf gives why a cell has no number, 0 where it has one or is text.
func reasonOf(cell any) kpi.Reason {
	switch v := cell.(type) {
	case kpi.Value:
		return v.Reason()
	case kpi.Estimate:
		return v.Reason()
	}
	return 0
}

// text writes one cell by the type of its column.
func (s sheet) text(kind string, cell any) string {
	switch v := cell.(type) {
	case calendar.Day:
		return dayText(v)
	case []string:
		return strings.Join(v, " ")
	case kpi.Value:
		switch {
		case !v.Defined():
			return ""
		case kind == "amount":
			return v.Text(int(s.scale), kpi.HalfEven)
		case kind == "integer":
			return v.Text(0, kpi.HalfEven)
		}
		return v.Text(ratioPlaces, kpi.HalfEven)
	case kpi.Estimate:
		if !v.Defined() {
			return ""
		}
		return v.String()
	}
	return fmt.Sprint(cell) // words and whole numbers
}

func dayText(d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// Records gives the table as text, the names of the columns first: what
// csv.Writer.WriteAll takes. IDs are given as they are; a tool that reads
// "=1+1" as a formula must be told not to.
func (t Table) Records() [][]string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	records := [][]string{names}
	for _, row := range t.Cells {
		records = append(records, slices.Clone(row))
	}
	return records
}

type plainTable Table

type tableDocument struct {
	Schema string `json:"schema"`
	plainTable
}

// MarshalJSON gives the document, with "schema":"saleskpi/table/1" and what the
// columns mean.
func (t Table) MarshalJSON() ([]byte, error) {
	t.Columns, t.Cells = append([]Column{}, t.Columns...), append([][]string{}, t.Cells...)
	return json.Marshal(tableDocument{TableSchema, plainTable(t)})
}

// UnmarshalJSON reads what MarshalJSON writes. Another schema, an unknown field
// and a row with other cells than there are columns (check.ErrInvalid) are
// errors; null leaves the table as it is.
func (t *Table) UnmarshalJSON(data []byte) error {
	const op = "plan.Table"
	var doc tableDocument
	if ok, err := check.DecodeStored(op, TableSchema, data, &doc); !ok {
		return err
	}
	problems := check.List{Op: op}
	for i, row := range doc.Cells {
		if len(row) != len(doc.Columns) {
			problems.Add(check.ErrInvalid, check.At("cells", i), "not_one_for_each_column", len(row), "columns", len(doc.Columns))
		}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	*t = Table(doc.plainTable)
	return nil
}
