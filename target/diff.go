package target

import (
	"encoding/json"
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Row says which number of an owner a cell holds. The zero Row is CellRow.
type Row uint8

const (
	CellRow      Row = iota // what is carried
	DirectRow               // own selling of an owner with children
	ReliefRow               // what proration and ramp took away
	UncoveredRow            // what nobody below has
)

func rowWords() []string { return []string{"cell", "direct", "relief", "uncovered"} }

func rows() []Row { return []Row{CellRow, DirectRow, ReliefRow, UncoveredRow} }

// String gives cell, direct, relief or uncovered.
func (r Row) String() string { return enum.String(rowWords(), r) }

// MarshalText gives the word.
func (r Row) MarshalText() ([]byte, error) { return enum.Marshal("target.Row", rowWords(), r) }

// UnmarshalText reads the word.
func (r *Row) UnmarshalText(text []byte) error {
	return enum.Unmarshal("target.Row", rowWords(), text, r)
}

func (r Row) of(n *node) *[]kpi.Value {
	switch r {
	case DirectRow:
		return &n.direct
	case ReliefRow:
		return &n.relief
	case UncoveredRow:
		return &n.uncovered
	}
	return &n.cells
}

// CellChange is one cell that differs; no data stands for a cell that is not
// there.
type CellChange struct {
	Owner  string          `json:"owner"`
	Period calendar.Period `json:"period"`
	Row    Row             `json:"row"`
	From   kpi.Value       `json:"from"`
	To     kpi.Value       `json:"to"`
}

// Diff is what leads from one breakdown to another. Goal, Owners and Phasing
// are those of the other where they differ, and nil where not.
type Diff struct {
	Goal    *Goal        `json:"goal,omitempty"`
	Owners  *Node        `json:"owners,omitempty"`
	Phasing *Phasing     `json:"phasing,omitempty"`
	Added   []string     `json:"added"`   // owners that only the other has
	Removed []string     `json:"removed"` // owners that it has no more
	Changes []CellChange `json:"changes"` // by owner, period and row; parents too
}

// Diff gives what leads from this breakdown to another, down to cells. Two
// breakdowns of another metric, calendar, grain or period have no cells in
// common: that is check.ErrDefinition.
func (b *Breakdown) Diff(to *Breakdown) (Diff, error) {
	problems := check.List{Op: "target.Diff"}
	b.checkSameGrid(&problems, to)
	if err := problems.Err(); err != nil {
		return Diff{}, err
	}
	d := Diff{Added: without(to, b), Removed: without(b, to), Changes: []CellChange{}}
	if goal := to.goal; b.goal != goal {
		d.Goal = &goal
	}
	if owners := to.split.Owners.canonical(); !b.split.Owners.equal(owners) {
		d.Owners = &owners
	}
	if phasing := to.split.Phasing.clone(); !b.split.Phasing.equal(phasing) {
		d.Phasing = &phasing
	}
	for _, owner := range b.eitherOwners(to) {
		d.Changes = append(d.Changes, b.changes(to, owner)...)
	}
	return d, nil
}

// checkSameGrid reports breakdowns that have no cells in common.
func (b *Breakdown) checkSameGrid(problems *check.List, to *Breakdown) {
	switch {
	case b == nil || to == nil || len(b.nodes) == 0 || len(to.nodes) == 0:
		problems.Add(check.ErrMissing, "", "missing_breakdown", nil)
	case b.metric != to.metric:
		problems.Add(check.ErrDefinition, "metric", "other_metric", to.metric.ID, "metric", b.metric.ID)
	case b.split.Calendar != to.split.Calendar || b.split.Grain != to.split.Grain || !slices.Equal(b.periods, to.periods):
		problems.Add(check.ErrDefinition, "goal.period", "other_periods", to.goal.Period, "period", b.goal.Period)
	}
}

// without gives the owners of one that the other does not have.
func without(b, other *Breakdown) []string {
	only := []string{}
	for _, n := range b.nodes {
		if _, known := other.index[n.id]; !known {
			only = append(only, n.id)
		}
	}
	slices.Sort(only)
	return only
}

func (b *Breakdown) changes(to *Breakdown, owner string) []CellChange {
	var changed []CellChange
	for p, period := range b.periods {
		for _, row := range rows() {
			before, after := b.cell(owner, row, p), to.cell(owner, row, p)
			if before != after {
				changed = append(changed, CellChange{owner, period, row, before, after})
			}
		}
	}
	return changed
}

// cell gives a cell of a row, no data for an owner that is not there.
func (b *Breakdown) cell(owner string, row Row, p int) kpi.Value {
	i, known := b.index[owner]
	if !known {
		return kpi.Value{}
	}
	return cellOf(*row.of(&b.nodes[i]), p)
}

// Apply gives the breakdown to which a diff leads: applied to a, the diff
// from a to b gives b.
//
// Errors: a change of an owner or period that is not there (check.ErrUnknown),
// one whose cell is not what the diff says it was (check.ErrInvalid,
// not_the_same), and a result that does not add up.
func (b *Breakdown) Apply(d Diff) (*Breakdown, error) {
	problems := check.List{Op: "target.Apply"}
	goal, split := b.goal, b.split
	if d.Goal != nil {
		goal = *d.Goal
	}
	if d.Owners != nil {
		split.Owners = *d.Owners
	}
	if d.Phasing != nil {
		split.Phasing = *d.Phasing
	}
	goal.checkAmounts(&problems, "goal.")
	c := lay(&problems, goal, b.metric, split)
	if c != nil {
		c.takeOver(&problems, b)
		for i, change := range d.Changes {
			c.applyChange(&problems, check.At("changes", i), change)
		}
	}
	if problems.Empty() {
		c.prune()
		c.verify(&problems, slices.Repeat([]string{"changes"}, len(c.nodes)))
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return c, nil
}

// takeOver copies the rows of the owners that both have.
func (b *Breakdown) takeOver(problems *check.List, from *Breakdown) {
	if !slices.Equal(b.periods, from.periods) {
		problems.Add(check.ErrDefinition, "goal.period", "other_periods", b.goal.Period, "period", from.goal.Period)
		return
	}
	for i := range b.nodes {
		n := &b.nodes[i]
		n.cells = make([]kpi.Value, len(b.periods))
		if at, known := from.index[n.id]; known {
			for _, row := range rows() {
				*row.of(n) = slices.Clone(*row.of(&from.nodes[at]))
			}
		}
		if n.mode == DirectPlusTeam && n.direct == nil {
			n.direct = make([]kpi.Value, len(b.periods))
		}
	}
}

// prune leaves out rows in which nothing is left.
func (b *Breakdown) prune() {
	for i := range b.nodes {
		n := &b.nodes[i]
		for _, row := range rows()[1:] {
			optional := row != DirectRow || n.mode != DirectPlusTeam
			if optional && !slices.ContainsFunc(*row.of(n), kpi.Value.Defined) {
				*row.of(n) = nil
			}
		}
	}
}

func (b *Breakdown) applyChange(problems *check.List, at string, change CellChange) {
	i, known := b.index[change.Owner]
	p := slices.Index(b.periods, change.Period)
	switch {
	case !known && change.To.Defined():
		problems.Add(check.ErrUnknown, at+".owner", "unknown_owner", change.Owner)
		return
	case !known: // an owner that is there no more
		return
	case p < 0:
		problems.Add(check.ErrUnknown, at+".period", "unknown_period", change.Period)
		return
	case change.Row > UncoveredRow:
		problems.Add(check.ErrUnknown, at+".row", "unknown_word", uint8(change.Row))
		return
	}
	row := change.Row.of(&b.nodes[i])
	if before := cellOf(*row, p); before != change.From {
		problems.Add(check.ErrInvalid, at+".from", "not_the_same", change.From, "cell", before)
	}
	if !change.To.Defined() && change.To != (kpi.Value{}) {
		problems.Add(check.ErrInvalid, at+".to", "undefined_amount", change.To.Reason())
	}
	checkPlaces(problems, at+".to", change.To, b.metric.Unit.Places())
	if *row == nil {
		*row = make([]kpi.Value, len(b.periods))
	}
	(*row)[p] = change.To
}

const diffSchema = "saleskpi/breakdown_diff/1"

type diffDocument struct {
	Schema string `json:"schema"`
	plainDiff
}

type plainDiff Diff

// MarshalJSON gives the stored form, which carries
// "schema":"saleskpi/breakdown_diff/1".
func (d Diff) MarshalJSON() ([]byte, error) {
	d.Added, d.Removed = append([]string{}, d.Added...), append([]string{}, d.Removed...)
	d.Changes = append([]CellChange{}, d.Changes...)
	return json.Marshal(diffDocument{diffSchema, plainDiff(d)})
}

// UnmarshalJSON reads what MarshalJSON writes; null leaves the diff as it is,
// an unknown field is an error. Whether it fits a breakdown is for Apply.
func (d *Diff) UnmarshalJSON(data []byte) error {
	var doc diffDocument
	if ok, err := check.DecodeStored("target.Diff", diffSchema, data, &doc); !ok {
		return err
	}
	*d = Diff(doc.plainDiff)
	return nil
}
