package target

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

const breakdownSchema = "saleskpi/breakdown/1"

type breakdownDocument struct {
	Schema   string            `json:"schema"`
	Goal     Goal              `json:"goal"`
	Metric   kpi.Metric        `json:"metric"`
	Calendar calendar.Calendar `json:"calendar"`
	Grain    calendar.Grain    `json:"grain"`
	Phasing  Phasing           `json:"phasing"`
	Owners   Node              `json:"owners"`
	Rows     []rowDocument     `json:"rows"`
}

// rowDocument holds one owner's cells in the order of the periods. Parents
// and totals are written too: whoever reads the document sees them, and a
// cell that was changed by hand shows.
type rowDocument struct {
	Owner string      `json:"owner"`
	Total kpi.Value   `json:"total"`
	Cells []kpi.Value `json:"cells"`

	Direct    []kpi.Value `json:"direct,omitempty"`
	Relief    []kpi.Value `json:"relief,omitempty"`
	Uncovered []kpi.Value `json:"uncovered,omitempty"`
}

// MarshalJSON gives the stored document: schema saleskpi/breakdown/1, goal,
// metric, calendar, grain, phasing, the tree of owners, and a row of cells
// with its total for every owner, beside it what is direct, relieved and
// uncovered where there is any. No breakdown is null.
func (b Breakdown) MarshalJSON() ([]byte, error) {
	if len(b.nodes) == 0 {
		return []byte("null"), nil
	}
	rows := make([]rowDocument, len(b.nodes))
	for i, n := range b.nodes {
		rows[i] = rowDocument{n.id, n.total(), n.cells, n.direct, n.relief, n.uncovered}
	}
	return json.Marshal(breakdownDocument{
		Schema: breakdownSchema, Goal: b.goal, Metric: b.metric,
		Calendar: b.split.Calendar, Grain: b.split.Grain, Phasing: b.split.Phasing, Owners: b.split.Owners,
		Rows: rows,
	})
}

// UnmarshalJSON reads what MarshalJSON writes, and checks that every row
// adds up to its total, every parent to the sum of its children, and all to
// the goal; where not, the error names the cell. Weights are kept as the
// record of how it was split; the cells hold. Unknown fields are errors;
// null leaves the breakdown as it is.
func (b *Breakdown) UnmarshalJSON(data []byte) error {
	const op = "target.Breakdown"
	var doc breakdownDocument
	if ok, err := check.DecodeStored(op, breakdownSchema, data, &doc); !ok {
		return err
	}
	problems := check.List{Op: op}
	read := doc.breakdown(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	*b = *read
	return nil
}

func (doc breakdownDocument) breakdown(problems *check.List) *Breakdown {
	doc.Goal.checkAmounts(problems, "goal.")
	b := lay(problems, doc.Goal, doc.Metric, Split{doc.Calendar, doc.Grain, doc.Owners, doc.Phasing})
	if b == nil {
		return nil
	}
	at := make([]string, len(b.nodes)) // where the row of each owner stands
	complete := true
	for i, row := range doc.Rows {
		complete = b.readRow(problems, at, check.At("rows", i), row) && complete
	}
	for i, n := range b.nodes {
		if at[i] == "" {
			problems.Add(check.ErrMissing, "rows", "missing_row", nil, "owner", n.id)
			complete = false
		}
	}
	if complete {
		b.verify(problems, at)
	}
	return b
}

// readRow takes the cells of one owner and reports whether they are as many
// as there are periods.
func (b *Breakdown) readRow(problems *check.List, at []string, path string, row rowDocument) bool {
	i, known := b.index[row.Owner]
	switch {
	case !known:
		problems.Add(check.ErrUnknown, path+".owner", "unknown_owner", row.Owner)
		return false
	case at[i] != "":
		problems.Add(check.ErrDuplicate, path+".owner", "duplicate_owner", row.Owner, "first", at[i])
		return false
	}
	at[i] = path
	whole := b.readCells(problems, path, i, row)
	if total := b.nodes[i].total(); total != row.Total {
		problems.Add(check.ErrInvalid, path+".total", "not_the_sum", row.Total, "owner", row.Owner, "sum", total)
	}
	return whole
}

// readCells takes the rows of one owner and reports whether all that must be
// there are, as long as there are periods.
func (b *Breakdown) readCells(problems *check.List, path string, i int, row rowDocument) bool {
	n := &b.nodes[i]
	n.cells, n.direct, n.relief, n.uncovered = row.Cells, row.Direct, row.Relief, row.Uncovered
	whole := b.checkCells(problems, path+".cells", row.Cells)
	optional := func(name string, cells []kpi.Value, fits bool) {
		switch {
		case cells == nil:
		case !fits:
			problems.Add(check.ErrInvalid, path+"."+name, "not_used", nil, "owner", n.id, "mode", n.mode)
		default:
			whole = b.checkCells(problems, path+"."+name, cells) && whole
		}
	}
	optional("direct", row.Direct, n.mode == DirectPlusTeam)
	optional("relief", row.Relief, n.sells())
	optional("uncovered", row.Uncovered, len(n.children) > 0)
	if n.mode == DirectPlusTeam && row.Direct == nil {
		problems.Add(check.ErrMissing, path+".direct", "missing_row", nil, "owner", n.id)
		whole = false
	}
	return whole
}

func (b *Breakdown) checkCells(problems *check.List, path string, cells []kpi.Value) (whole bool) {
	if len(cells) != len(b.periods) {
		problems.Add(check.ErrInvalid, path, "wrong_number", len(cells), "periods", len(b.periods))
	}
	for p, cell := range cells {
		if !cell.Defined() && cell.Reason() != kpi.NoData {
			problems.Add(check.ErrInvalid, path+check.At(p), "undefined_amount", cell.Reason())
		}
		checkPlaces(problems, path+check.At(p), cell, b.metric.Unit.Places())
	}
	return len(cells) == len(b.periods)
}

// verify compares every parent that is a sum with its children, and the root
// with the goal.
func (b *Breakdown) verify(problems *check.List, at []string) {
	for i, n := range b.nodes {
		for p := 0; p < len(b.periods) && len(n.children) > 0 && !n.mode.ownQuota(); p++ {
			if sum := b.handedOn(n, p); sum != n.cells[p] {
				problems.Add(check.ErrInvalid, at[i]+".cells"+check.At(p), "not_the_sum", n.cells[p],
					"owner", n.id, "period", b.split.Calendar.Label(b.periods[p]), "sum", sum)
			}
		}
	}
	if total := b.nodes[0].total(); total != b.goal.Target {
		problems.Add(check.ErrInvalid, "goal.target", "not_the_sum", b.goal.Target, "sum", total)
	}
}
