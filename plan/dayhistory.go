package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// DayHistory is what owners reached before, day by day: a learned curve
// (target.Learned) follows it, and the best rate ever held is taken from it.
// It is a record.
//
// Each owner without children has a series; what was reached above is the sum
// of the series below. A day of the window without an amount is one on which
// nothing was reached, so somebody without a series reached nothing.
type DayHistory struct {
	Known calendar.Period `json:"known,omitzero"` // the window of days whose records are complete

	// Periods are those that are comparable with the goals'. Left out: for each
	// goal the earlier periods of its own grain that lie in Known, such as all
	// earlier quarters for a goal of a quarter. A goal whose days are no period
	// of the calendar has none then.
	Periods []calendar.Period `json:"periods,omitempty"`

	Least  int         `json:"least,omitzero"` // periods that a curve needs; left out: 6
	Series []DaySeries `json:"series,omitempty"`
}

// DaySeries is what one owner reached of a metric, by day and in any order;
// several amounts of a day add up.
type DaySeries struct {
	Metric string             `json:"metric"`
	Owner  string             `json:"owner"`
	Days   []target.DayAmount `json:"days"`
}

// Validate reports series without a window, metric or owner, one that stands
// twice, and what [target.History.Validate] says of periods and days.
func (h DayHistory) Validate() error {
	problems := check.List{Op: "plan.DayHistory"}
	if h.Known.IsZero() && (len(h.Series) > 0 || len(h.Periods) > 0 || h.Least != 0) {
		problems.Add(check.ErrMissing, "known", "missing_window", nil)
	}
	problems.Nest("", target.History{Periods: h.Periods, Known: h.Known, Least: h.Least}.Validate())
	seen := map[key]bool{}
	for i, s := range h.Series {
		at := check.At("series", i)
		problems.ID(at+".metric", "missing_metric", s.Metric)
		problems.ID(at+".owner", "missing_owner", s.Owner)
		problems.Nest(at, target.History{Days: s.Days}.Validate())
		if k := (key{s.Metric, s.Owner}); seen[k] {
			problems.Add(check.ErrDuplicate, at, "series_twice", s.Metric, "owner", s.Owner)
		} else {
			seen[k] = true
		}
	}
	return problems.Err()
}

// comparable gives the periods to learn from for a goal's period.
func (h DayHistory) comparable(cal calendar.Calendar, period calendar.Period) []calendar.Period {
	if len(h.Periods) > 0 {
		return h.Periods
	}
	grain, ok := cal.GrainOf(period)
	if !ok {
		return nil
	}
	parts, err := cal.Cut(h.Known, grain)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(parts, func(part calendar.Period) bool {
		return part.Start() >= period.Start() || cal.PeriodOf(grain, part.Start()) != part
	})
}

// byDay gives the amounts of several series by day, one for each day.
func byDay(series ...[]target.DayAmount) []target.DayAmount {
	days := slices.Concat(series...)
	slices.SortStableFunc(days, func(a, b target.DayAmount) int { return cmp.Compare(a.Day, b.Day) })
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

// checkDays refuses a learned curve without a history, a series of an owner that has children, and days that
// the working days do not cover.
func (p Plan) checkDays(problems *check.List, h DayHistory, parents claims, scopes []scope) {
	for _, s := range scopes {
		if s.curve == target.Learned && h.Known.IsZero() {
			problems.Add(check.ErrMissing, "input.history", "missing_history", s.goal.ID)
		}
	}
	for i, s := range h.Series {
		for _, of := range parents[key{s.Metric, s.Owner}] {
			problems.Add(check.ErrInvalid, check.At("input", "history", "series", i, "owner"), "owner_has_children", s.Owner, "goal", of.goal.ID)
		}
	}
	work := p.Preparation.WorkDays
	if work.IsZero() {
		return
	}
	if !h.Known.IsZero() && !work.Covers().Covers(h.Known) {
		problems.Add(check.ErrRange, "plan.preparation.work_days", "outside_covers", h.Known, "at", "input.history.known")
	}
	for i, period := range h.Periods {
		if !work.Covers().Covers(period) {
			problems.Add(check.ErrRange, "plan.preparation.work_days", "outside_covers", period, "at", check.At("input", "history", "periods", i))
		}
	}
}

// strangers names the series that no goal has, sorted.
func (h DayHistory) strangers(p Plan, all claims) []check.Finding {
	found := []check.Finding{}
	for _, s := range h.Series {
		if len(all[key{s.Metric, s.Owner}]) == 0 {
			found = append(found, info("history_without_goal", s.Owner, p.metricCalled(s.Metric)...))
		}
	}
	slices.SortFunc(found, compareFindings)
	return found
}
