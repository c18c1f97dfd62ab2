package cube

import (
	"slices"
	"strconv"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Fill says what becomes of cells without records. The two are apart: a row
// may be there and hold no data, and a sum may be 0 without further rows.
// The zero Fill leaves such rows out.
type Fill struct {
	// Rows gives every key of the result a row in every period of its
	// window. Without dimensions there is one key, even over no records.
	Rows bool `json:"rows,omitzero"`
	// Zero makes a sum over nothing 0. Other kinds have no number for
	// nothing, and what is not known stays no data.
	Zero bool `json:"zero,omitzero"`
}

// filled adds a row for every key and period that has none.
func (r *Result) filled(rows []Row, periods []calendar.Period, always bool) []Row {
	var keys [][]string
	met := map[string]bool{}
	for _, row := range rows {
		if id := rowID(row.Key, calendar.Period{}); !met[id] {
			met[id], keys = true, append(keys, row.Key)
		}
		met[rowID(row.Key, row.Period)] = true
	}
	if always && len(keys) == 0 {
		keys = [][]string{{}}
	}
	for _, key := range keys {
		for _, p := range periods {
			if met[rowID(key, p)] {
				continue
			}
			row := Row{Key: slices.Clone(key), Period: p, N: make([]int64, len(r.Columns))}
			for i := range r.Columns {
				row.Values = append(row.Values, r.absent(i, p))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func rowID(key []string, p calendar.Period) string {
	id := p.String()
	for _, member := range key {
		id += strconv.Itoa(len(member)) + ":" + member // whatever bytes a member has
	}
	return id
}

// absent gives a measure of a cell without records.
func (r *Result) absent(column int, p calendar.Period) kpi.Value {
	_, known := reach(r.Calendar, r.Known, r.Grain, r.Over, r.Offset, p)
	switch kind := r.Columns[column].Kind; {
	case !known:
		return kpi.Value{}
	case kind.counts(), kind == Sum && r.Fill.Zero:
		return kpi.Int(0)
	}
	return kpi.Value{}
}
