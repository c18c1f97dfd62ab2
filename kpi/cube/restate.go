package cube

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Effect says how a record makes two fillings differ in a row.
type Effect uint8

const (
	Added        Effect = iota // the record is only in the later filling
	Removed                    // only in the earlier one
	Changed                    // in this row of both, with another number
	MovedIn                    // in both, but in another row before
	MovedOut                   // in both, but in another row after
	Unidentified               // records without an ID, taken together
)

func effectWords() []string {
	return []string{"added", "removed", "changed", "moved_in", "moved_out", "unidentified"}
}

// String gives added, removed, changed, moved_in, moved_out or unidentified.
func (e Effect) String() string { return enum.String(effectWords(), e) }

// MarshalText gives the word; an effect outside the constants is an error.
func (e Effect) MarshalText() ([]byte, error) { return enum.Marshal("cube.Effect", effectWords(), e) }

// UnmarshalText reads the word.
func (e *Effect) UnmarshalText(text []byte) error {
	return enum.Unmarshal("cube.Effect", effectWords(), text, e)
}

// Restatement says record by record why two fillings of the same period
// differ, such as last month as it was known then and as it is known now.
// In every row
//
//	after − before = added + removed + changed + moved in + moved out + unidentified
//
// where each term is the sum of the differences of that effect, negative for
// what was removed or moved out, and no data counts as 0. Whether a record
// has moved depends on the rows: from January to February it moves between
// months and stays in its year, where only its number can change.
type Restatement struct {
	Cube     string              `json:"cube"`
	Version  int                 `json:"version"`
	Hash     string              `json:"hash"`
	Calendar calendar.Calendar   `json:"calendar"`
	Record   string              `json:"record"` // the dimension of the records' IDs
	Measure  Measure             `json:"measure"`
	By       []string            `json:"by"`
	Grain    calendar.Grain      `json:"grain"`
	Window   calendar.Period     `json:"window"`
	Where    map[string][]string `json:"where,omitzero"`
	Rows     []RestatedRow       `json:"rows"`    // by key, then by period; those that are in either filling
	Changes  []Change            `json:"changes"` // those that make a difference, by record, key, period
}

// RestatedRow is a row of both fillings.
type RestatedRow struct {
	Key          []string        `json:"key"`
	Period       calendar.Period `json:"period"`
	Before       kpi.Value       `json:"before"`
	After        kpi.Value       `json:"after"`
	Difference   kpi.Value       `json:"difference"`
	Added        kpi.Value       `json:"added"`
	Removed      kpi.Value       `json:"removed"`
	Changed      kpi.Value       `json:"changed"`
	MovedIn      kpi.Value       `json:"moved_in"`
	MovedOut     kpi.Value       `json:"moved_out"`
	Unidentified kpi.Value       `json:"unidentified"`
}

// Change is the difference that one record makes in one row.
type Change struct {
	Record     string          `json:"record"`
	Effect     Effect          `json:"effect"`
	Key        []string        `json:"key"`
	Period     calendar.Period `json:"period"`
	Before     kpi.Value       `json:"before"`
	After      kpi.Value       `json:"after"`
	Difference kpi.Value       `json:"difference"`
}

// Restate compares two cubes of one definition, which has a dimension for
// the ID of the records, in a sum or a count. Of the query By, Grain, Window,
// Where and Overlay hold. A record that enters or leaves the window is added
// or removed.
//
// Two definitions are check.ErrDefinition, an unknown dimension or measure
// check.ErrUnknown, another kind of measure or a query with more than that
// check.ErrInvalid; other errors are those of [Cube.Query].
func Restate(before, after *Cube, record, measure string, q Query) (*Restatement, error) {
	const op = "cube.Restate"
	problems := check.List{Op: op}
	problems.Nest("", before.ready(op, "before"))
	problems.Nest("", after.ready(op, "after"))
	if err := problems.Err(); err != nil {
		return nil, err
	}
	if before.hash != after.hash {
		return nil, check.New(op, check.ErrDefinition, "after", "other_definition", after.hash, "want", before.hash)
	}
	column := before.measure(measure)
	before.checkRestate(&problems, record, measure, q)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	r := &Restatement{
		Cube: before.def.ID, Version: before.def.Version, Hash: before.hash, Calendar: before.def.Calendar,
		Record: record, Measure: before.def.Measures[column], By: append([]string{}, q.By...),
		Grain: q.Grain, Window: q.Window, Where: cloneWhere(q.Where), Rows: []RestatedRow{}, Changes: []Change{},
	}
	if r.Window.IsZero() {
		r.Window = before.def.Window
	}
	q.By = append([]string{record}, q.By...)
	var sides [2]*Result
	for i, c := range []*Cube{before, after} {
		answer, err := c.Query(q)
		if err != nil {
			problems.Nest("query", err)
			return nil, problems.Err()
		}
		sides[i] = answer
	}
	r.compare(sides[0].Rows, sides[1].Rows, column)
	return r, nil
}

func (c *Cube) checkRestate(problems *check.List, record, measure string, q Query) {
	if c.dimension(record) < 0 {
		problems.Add(check.ErrUnknown, "record", "unknown_dimension", record)
	}
	if slices.Contains(q.By, record) {
		problems.Add(check.ErrInvalid, "query.by", "records_are_compared", record)
	}
	switch i := c.measure(measure); {
	case i < 0:
		problems.Add(check.ErrUnknown, "measure", "unknown_measure", measure)
	case c.def.Measures[i].Kind > Count:
		problems.Add(check.ErrInvalid, "measure", "not_additive", c.def.Measures[i].Kind)
	}
	if q.Standing != Closing || q.Over != (Over{}) || q.Offset != (Offset{}) || q.Fill != (Fill{}) || q.Top != (Top{}) {
		problems.Add(check.ErrInvalid, "query", "not_for_restatement", nil)
	}
}

// compare takes rows by record, key and period.
func (r *Restatement) compare(before, after []Row, column int) {
	rows := map[string]*RestatedRow{}
	for len(before) > 0 || len(after) > 0 {
		record := firstRecord(before, after)
		old, rest := ofRecord(before, record)
		before = rest
		now, rest := ofRecord(after, record)
		after = rest
		r.compareRecord(rows, record, old, now, column)
	}
	for _, row := range rows {
		r.Rows = append(r.Rows, *row)
	}
	slices.SortFunc(r.Rows, func(a, b RestatedRow) int {
		return cmp.Or(slices.Compare(a.Key, b.Key), a.Period.Compare(b.Period))
	})
}

func firstRecord(before, after []Row) string {
	switch {
	case len(before) == 0:
		return after[0].Key[0]
	case len(after) == 0:
		return before[0].Key[0]
	}
	return min(before[0].Key[0], after[0].Key[0])
}

// ofRecord cuts off the rows of a record, which stand first if it has any.
func ofRecord(rows []Row, record string) (its, rest []Row) {
	n := 0
	for n < len(rows) && rows[n].Key[0] == record {
		n++
	}
	return rows[:n], rows[n:]
}

// compareRecord goes through the rows that one record has in either filling.
func (r *Restatement) compareRecord(rows map[string]*RestatedRow, record string, old, now []Row, column int) {
	both := len(old) > 0 && len(now) > 0
	for len(old) > 0 || len(now) > 0 {
		var was, is *Row
		switch {
		case len(now) == 0 || len(old) > 0 && old[0].compare(now[0]) < 0:
			was, old = &old[0], old[1:]
		case len(old) == 0 || old[0].compare(now[0]) > 0:
			is, now = &now[0], now[1:]
		default:
			was, is, old, now = &old[0], &now[0], old[1:], now[1:]
		}
		c := Change{Record: record, Effect: effectOf(record, was, is, both)}
		for _, side := range []struct {
			row  *Row
			into *kpi.Value
		}{{was, &c.Before}, {is, &c.After}} {
			if side.row != nil {
				*side.into = side.row.Values[column]
				c.Key, c.Period = slices.Clone(side.row.Key[1:]), side.row.Period
			}
		}
		c.Difference = c.After.Or(kpi.Int(0)).Sub(c.Before.Or(kpi.Int(0)))
		r.add(rows, c)
	}
}

func effectOf(record string, was, is *Row, both bool) Effect {
	switch {
	case record == "":
		return Unidentified
	case was != nil && is != nil:
		return Changed
	case both && is != nil:
		return MovedIn
	case both:
		return MovedOut
	case is != nil:
		return Added
	}
	return Removed
}

// add books a change in its row.
func (r *Restatement) add(rows map[string]*RestatedRow, c Change) {
	id := rowID(c.Key, c.Period)
	row := rows[id]
	if row == nil {
		zero := kpi.Int(0)
		row = &RestatedRow{Key: slices.Clone(c.Key), Period: c.Period, Difference: zero, Added: zero, Removed: zero,
			Changed: zero, MovedIn: zero, MovedOut: zero, Unidentified: zero}
		rows[id] = row
	}
	if c.Before.Defined() {
		row.Before = row.Before.Or(kpi.Int(0)).Add(c.Before)
	}
	if c.After.Defined() {
		row.After = row.After.Or(kpi.Int(0)).Add(c.After)
	}
	effect := []*kpi.Value{&row.Added, &row.Removed, &row.Changed, &row.MovedIn, &row.MovedOut, &row.Unidentified}[c.Effect]
	*effect = effect.Add(c.Difference)
	row.Difference = row.Difference.Add(c.Difference)
	if c.Difference.Sign() != 0 {
		r.Changes = append(r.Changes, c)
	}
}
