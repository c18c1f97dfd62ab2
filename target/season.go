package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Season learns from earlier years how much of a year falls on each period.
// It is learned per working day, so that a holiday that moves does not become
// a season.
type Season struct {
	Calendar calendar.Calendar     `json:"calendar"`
	Grain    calendar.Grain        `json:"grain"` // month, quarter or half
	Years    int                   `json:"years"` // how many years back to look, at least 1
	Known    calendar.Period       `json:"known"` // the days whose records are known; periods not wholly inside are no data
	Work     calendar.WorkCalendar `json:"work"`  // none: by calendar days

	// History has the amounts of periods of the grain. A period inside Known
	// that it does not name is zero.
	History []kpi.Figure `json:"history"`
}

// Weights gives one weight for each period, by the label of the calendar:
//
//	rate     amount of the like period ÷ its working days
//	index    rate ÷ mean rate of its year, the mean of the years that count
//	weight   index × working days of the period
//
// The mean rate of a year is the sum of its amounts over the sum of its
// working days, so every year counts alike whatever its size.
//
// Years count whose like periods are all complete, lying wholly inside Known.
// Where no year is complete, those with some complete periods count, and a
// period without any has the index 1 (season_incomplete). Where there is no
// history at all every index is 1: the weights are the working days
// (season_unknown). A year of zero or less does not count, and an index
// below zero counts as zero (season_negative).
//
// Errors are a grain of which years are not made up, fewer than one year, a
// history off the grain (check.ErrInvalid), of several owners or metrics or
// with a period twice, and days that the work calendar does not cover.
func (s Season) Weights(periods []calendar.Period) (Weights, []check.Finding, error) {
	problems := check.List{Op: "target.Season"}
	read := s.read(&problems, periods)
	if err := problems.Err(); err != nil {
		return nil, nil, err
	}
	return read.weigh(periods)
}

// season is a Season that has been checked.
type season struct {
	Season
	amounts map[calendar.Period]kpi.Value
	days    map[calendar.Period]kpi.Value
	like    [][]calendar.Period // by year back and period
}

func (s Season) perYear() (n int, ok bool) {
	n, ok = map[calendar.Grain]int{calendar.Monthly: 12, calendar.Quarterly: 4, calendar.HalfYearly: 2}[s.Grain]
	return n, ok
}

func (s Season) read(problems *check.List, periods []calendar.Period) season {
	read := season{Season: s, amounts: map[calendar.Period]kpi.Value{}, days: map[calendar.Period]kpi.Value{}}
	perYear, ok := s.perYear()
	if !ok {
		problems.Add(check.ErrInvalid, "grain", "not_part_of_a_year", s.Grain)
	}
	if s.Years < 1 || s.Years > calendar.LastYear-calendar.FirstYear {
		problems.Add(check.ErrRange, "years", "not_a_number_of_years", s.Years)
	}
	if !ok {
		return read
	}
	for i, p := range periods {
		read.count(problems, check.At("periods", i), p)
		if g, _ := s.Calendar.Split(p, s.Grain); len(g) != 1 {
			problems.Add(check.ErrInvalid, check.At("periods", i), "off_boundary", p, "grain", s.Grain)
		}
	}
	for i, f := range s.History {
		read.enter(problems, check.At("history", i), f)
	}
	if !problems.Empty() {
		return read
	}
	for back := 1; back <= s.Years; back++ {
		var year []calendar.Period
		for i, p := range periods {
			like, err := s.Calendar.Shift(p, s.Grain, -back*perYear)
			if err != nil || !s.Known.Covers(like) {
				like = calendar.Period{}
			} else {
				read.count(problems, check.At("periods", i), like)
			}
			year = append(year, like)
		}
		read.like = append(read.like, year)
	}
	return read
}

func (s season) count(problems *check.List, at string, p calendar.Period) {
	if s.Work.IsZero() {
		s.days[p] = kpi.Int(int64(p.Days()))
		return
	}
	n, err := s.Work.Count(p)
	problems.Nest(at, err)
	s.days[p] = kpi.Int(n)
}

func (s season) enter(problems *check.List, at string, f kpi.Figure) {
	first := s.History[0]
	if f.Owner != first.Owner || f.Metric != first.Metric {
		problems.Add(check.ErrInvalid, at, "other_series", f.Owner, "metric", f.Metric)
	}
	if cut, err := s.Calendar.Split(f.Period, s.Grain); err != nil || len(cut) != 1 {
		problems.Add(check.ErrInvalid, at+".period", "off_boundary", f.Period, "grain", s.Grain)
	}
	if _, twice := s.amounts[f.Period]; twice {
		problems.Add(check.ErrDuplicate, at+".period", "duplicate_period", f.Period)
	}
	if !f.Value.Defined() {
		problems.Add(check.ErrMissing, at+".value", "missing_amount", nil, "reason", f.Value.Reason())
	}
	s.amounts[f.Period] = f.Value
}

// weigh takes the mean index over the years that count.
func (s season) weigh(periods []calendar.Period) (Weights, []check.Finding, error) {
	complete, partial := [][]kpi.Value{}, [][]kpi.Value{}
	for _, year := range s.like {
		if index, all := s.index(year); index != nil && all {
			complete = append(complete, index)
		} else if index != nil {
			partial = append(partial, index)
		}
	}
	found := []check.Finding{}
	years := complete
	switch {
	case len(complete) == 0 && len(partial) == 0:
		found = append(found, warning("season_unknown", ""))
	case len(complete) == 0:
		years = partial
		found = append(found, warning("season_incomplete", "", "years", len(partial)))
	}
	w := Weights{}
	for i, p := range periods {
		label := s.Calendar.Label(p)
		index := meanIndex(years, i)
		if index.Sign() < 0 {
			found = append(found, warning("season_negative", label))
			index = kpi.Int(0)
		}
		w[label] = index.Mul(s.days[p])
	}
	return w, found, w.Validate()
}

func meanIndex(years [][]kpi.Value, at int) kpi.Value {
	sum, n := kpi.Int(0), int64(0)
	for _, year := range years {
		if year[at].Defined() {
			sum, n = sum.Add(year[at]), n+1
		}
	}
	return sum.Div(kpi.Int(n)).Or(kpi.Int(1))
}

// index gives the index of each period of one year, undefined where the
// period is not known, and none at all where the year does not count.
func (s season) index(year []calendar.Period) (index []kpi.Value, complete bool) {
	amount, days := kpi.Int(0), kpi.Int(0)
	complete = true
	for _, p := range year {
		if p.IsZero() || s.days[p].Sign() == 0 {
			complete = complete && !p.IsZero()
			continue
		}
		amount, days = amount.Add(s.amounts[p].Or(kpi.Int(0))), days.Add(s.days[p])
	}
	if amount.Sign() <= 0 {
		return nil, false
	}
	mean := amount.Div(days)
	for _, p := range year {
		if p.IsZero() || s.days[p].Sign() == 0 {
			index = append(index, kpi.Value{})
			continue
		}
		index = append(index, s.amounts[p].Or(kpi.Int(0)).Div(s.days[p]).Div(mean))
	}
	return index, complete
}
