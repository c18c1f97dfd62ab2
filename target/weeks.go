package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Weeks gives the targets of an owner by week. A week is a slice of its
// months by working days: each month is split over the parts of the weeks
// that lie in it, by largest remainder, and a week across two months is the
// sum of its two parts. So the weeks add up to the months, and those of a
// parent are the sums of its children's.
//
// The weeks are those of the breakdown's calendar. The first and the last are
// cut where the period is; their figures have the days that are left. A part
// without a working day gets nothing, unless its month has none at all: then
// days count, as they do without a work calendar.
//
// Errors: an owner that is unknown, a period as in [Breakdown.Edit], and
// days that the work calendar does not cover. Cells without a target add
// nothing.
func (b *Breakdown) Weeks(owner string, period calendar.Period, work calendar.WorkCalendar) ([]kpi.Figure, error) {
	problems := check.List{Op: "target.Weeks"}
	at, known := b.index[owner]
	if !known {
		problems.Add(check.ErrUnknown, "owner", "unknown_owner", owner)
	}
	from, to := (&editor{Breakdown: b, problems: &problems}).spanIn("period", period)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	weeks := []kpi.Figure{}
	for p := from; p < to; p++ {
		parts, err := b.split.Calendar.Cut(b.periods[p], calendar.Weekly)
		problems.Nest("period", err)
		weights := b.partWeights(&problems, parts, work)
		if !problems.Empty() {
			return nil, problems.Err()
		}
		amounts, err := b.slice(at, p, weights)
		if err != nil {
			return nil, err
		}
		for k, part := range parts {
			weeks = b.append(weeks, kpi.Figure{Metric: b.metric.ID, Owner: owner, Period: part, Value: amounts[k]})
		}
	}
	return weeks, nil
}

func (b *Breakdown) partWeights(problems *check.List, parts []calendar.Period, work calendar.WorkCalendar) []kpi.Value {
	weights, days := make([]kpi.Value, len(parts)), make([]kpi.Value, len(parts))
	any := false
	for i, part := range parts {
		days[i] = kpi.Int(int64(part.Days()))
		if work.IsZero() {
			continue
		}
		n, err := work.Count(part)
		problems.Nest("period", err)
		weights[i], any = kpi.Int(n), any || n > 0
	}
	if !any {
		return days
	}
	return weights
}

// slice splits a cell over parts of its period; a sum is the sum of slices.
func (b *Breakdown) slice(i, p int, weights []kpi.Value) ([]kpi.Value, error) {
	n := b.nodes[i]
	if len(n.children) == 0 || n.mode.ownQuota() {
		return b.sliced(n.cells[p], weights)
	}
	total, err := b.sliced(cellOf(n.direct, p), weights)
	if err != nil {
		return nil, err
	}
	add := func(parts []kpi.Value) {
		for k, part := range parts {
			total[k] = sumOfValues(total[k], part)
		}
	}
	uncovered, err := b.sliced(cellOf(n.uncovered, p), weights)
	add(uncovered)
	for _, child := range n.children {
		if err != nil {
			break
		}
		var parts []kpi.Value
		parts, err = b.slice(child, p, weights)
		add(parts)
	}
	return total, err
}

func (b *Breakdown) sliced(amount kpi.Value, weights []kpi.Value) ([]kpi.Value, error) {
	if !amount.Defined() {
		return make([]kpi.Value, len(weights)), nil
	}
	return b.divide(amount, weights)
}

// append puts a part behind the others, or to the last where both are of one
// week.
func (b *Breakdown) append(weeks []kpi.Figure, part kpi.Figure) []kpi.Figure {
	week := func(p calendar.Period) calendar.Period { return b.split.Calendar.PeriodOf(calendar.Weekly, p.Start()) }
	if len(weeks) == 0 || week(weeks[len(weeks)-1].Period) != week(part.Period) {
		return append(weeks, part)
	}
	last := &weeks[len(weeks)-1]
	last.Period, _ = calendar.NewPeriod(last.Period.Start(), part.Period.End())
	last.Value = sumOfValues(last.Value, part.Value)
	return weeks
}
