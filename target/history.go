package target

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// History is what the same owner reached before, day by day. A learned curve
// and the best rate ever held are taken from it. It is a record.
type History struct {
	// Periods are those that are comparable with the one that is tracked, such
	// as the last twelve quarters, in any order.
	Periods []calendar.Period `json:"periods"`

	// Days is what was reached, by day and in any order; several amounts of a
	// day add up. A day of the window without an amount is a day on which
	// nothing was reached.
	Days []DayAmount `json:"days"`

	// Known is the window of days whose records are complete; none stands for
	// all of Periods. What does not lie wholly inside it, and what is not over
	// on the as-of day, is left out and counted.
	Known calendar.Period `json:"known,omitzero"`

	// Least is how many complete periods a learned curve needs; left out: 6.
	Least int `json:"least,omitzero"`
}

// least gives how many periods are needed to learn from.
func (h History) least() int {
	if h.Least == 0 {
		return 6
	}
	return h.Least
}

// DayAmount is what was reached on a day.
type DayAmount struct {
	Day   calendar.Day `json:"day"`
	Value kpi.Value    `json:"value"`
}

// Validate reports periods that are missing or overlap, days that are
// missing, amounts that are undefined (leave such a day out, or the period if
// it is not known), and a number of periods below zero.
func (h History) Validate() error {
	problems := check.List{Op: "target.History"}
	if h.Least < 0 {
		problems.Add(check.ErrRange, "least", "negative_number", h.Least)
	}
	for i, p := range h.Periods {
		if p.IsZero() {
			problems.Add(check.ErrMissing, check.At("periods", i), "missing_period", nil)
		}
	}
	sorted := h.sorted()
	for i := 1; i < len(sorted); i++ {
		if sorted[i].Start() < sorted[i-1].End() {
			problems.Add(check.ErrOverlap, "periods", "overlap", sorted[i], "with", sorted[i-1])
		}
	}
	for i, d := range h.Days {
		checkDay(&problems, check.At("days", i, "day"), d.Day)
		if !d.Value.Defined() {
			problems.Add(check.ErrMissing, check.At("days", i, "value"), "missing_amount", nil, "reason", d.Value.Reason())
		}
	}
	return problems.Err()
}

// sorted gives the periods that are there by time.
func (h History) sorted() []calendar.Period {
	periods := slices.DeleteFunc(slices.Clone(h.Periods), calendar.Period.IsZero)
	slices.SortFunc(periods, calendar.Period.Compare)
	return periods
}

// complete gives the periods that are over on a day and wholly known, by
// time.
func (h History) complete(asOf calendar.Day) []calendar.Period {
	return slices.DeleteFunc(h.sorted(), func(p calendar.Period) bool {
		return p.Last() > asOf || !h.Known.IsZero() && !h.Known.Covers(p)
	})
}

// amounts gives the sums by day, by time.
func (h History) amounts() []DayAmount {
	days := slices.Clone(h.Days)
	slices.SortFunc(days, func(a, b DayAmount) int { return cmp.Compare(a.Day, b.Day) })
	sums := days[:0]
	for _, d := range days {
		if n := len(sums); n > 0 && sums[n-1].Day == d.Day {
			sums[n-1].Value = sums[n-1].Value.Add(d.Value)
			continue
		}
		sums = append(sums, d)
	}
	return sums
}

// within gives the part of sorted amounts that lies in a period.
func within(days []DayAmount, p calendar.Period) []DayAmount {
	search := func(day calendar.Day) int {
		i, _ := slices.BinarySearchFunc(days, day, func(d DayAmount, day calendar.Day) int { return cmp.Compare(d.Day, day) })
		return i
	}
	return days[search(p.Start()):search(p.End())]
}

// cumulative gives what had been reached when each of the counted days of a
// period was over, from none on. What falls on a day off counts with the
// next counted day, or with the last.
func cumulative(days []DayAmount, p calendar.Period, count counter) []kpi.Value {
	n := count.days(p)
	sums := make([]kpi.Value, n+1)
	sums[0] = kpi.Int(0)
	at, all := 0, kpi.Int(0)
	for _, d := range within(days, p) {
		before := count.elapsed(p, d.Day.Add(-1))
		for ; at < before; at++ {
			sums[at+1] = all
		}
		all = all.Add(d.Value)
	}
	for ; at < n; at++ {
		sums[at+1] = all
	}
	sums[n] = all
	return sums
}
