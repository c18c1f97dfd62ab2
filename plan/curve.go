package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// checkCurve looks at what the plan's curve needs, and at the days that its
// goals need.
func (p Plan) checkCurve(problems *check.List) {
	season, shares := len(p.Preparation.Season) > 0, len(p.Preparation.Shares) > 0
	switch {
	case p.Curve > target.Learned:
		problems.Add(check.ErrUnknown, "curve", "unknown_word", uint8(p.Curve))
	case p.Curve == target.ByShares && season && shares:
		problems.Add(check.ErrInvalid, "preparation.shares", "shares_and_season", nil)
	case p.Curve == target.ByShares && !season && !shares:
		problems.Add(check.ErrMissing, "preparation.season", "missing_season", nil)
	}
	work := p.Preparation.WorkDays
	for i, g := range p.Goals {
		if g.Period.IsZero() {
			continue
		}
		if !work.IsZero() && !work.Covers().Covers(g.Period) {
			problems.Add(check.ErrRange, "preparation.work_days", "outside_covers", g.Period, "at", check.At("goals", i, "period"))
		}
		if p.Curve != target.ByShares || !season {
			continue
		}
		if len(p.Preparation.seasonOf(g.Period)) == 0 {
			problems.Add(check.ErrRange, check.At("goals", i, "period"), "outside_season", g.Period)
		} else if _, err := p.Preparation.sharesOf(g.Period); err != nil && problems.Empty() {
			problems.Nest("preparation", err) // all of its parts weigh nothing
		}
	}
}

// checkSeason looks at the data of curves.
func (p Preparation) checkSeason(problems *check.List) {
	if len(p.Season) > 0 {
		_, err := target.SeasonalShares(p.sortedSeason(), p.WorkDays)
		problems.Nest("", err)
	}
	problems.Nest("shares", target.ValidateShares(p.Shares))
}

func (p Preparation) sortedSeason() []target.SeasonPart {
	season := slices.Clone(p.Season)
	slices.SortStableFunc(season, func(a, b target.SeasonPart) int { return a.Period.Compare(b.Period) })
	return season
}

// seasonOf gives the parts of the season that make up a period, none where
// they do not.
func (p Preparation) seasonOf(period calendar.Period) []target.SeasonPart {
	parts := slices.DeleteFunc(p.sortedSeason(), func(s target.SeasonPart) bool { return !period.Covers(s.Period) })
	if len(parts) == 0 || parts[0].Period.Start() != period.Start() || parts[len(parts)-1].Period.End() != period.End() {
		return nil
	}
	return parts
}

// sharesOf gives the cumulative shares of a period.
func (p Preparation) sharesOf(period calendar.Period) ([]target.SharePoint, error) {
	if len(p.Season) == 0 {
		return p.Shares, nil
	}
	return target.SeasonalShares(p.seasonOf(period), p.WorkDays)
}

// shape fills how the targets of a goal of a valid plan fall due.
func (s *scope) shape(p Plan, in Input) {
	if !s.adds() {
		return // a rate is due whole on every day
	}
	s.curve, s.work = p.Curve, p.Preparation.WorkDays
	switch {
	case s.curve != target.ByShares:
	case s.cut && len(p.Preparation.seasonOf(s.goal.Period)) == 0:
		s.curve = target.ByPlan // the shares are those of the whole
	default:
		s.shares, _ = p.Preparation.sharesOf(s.goal.Period)
	}
	if !in.History.Known.IsZero() {
		s.past = &target.History{Periods: in.History.comparable(p.Calendar, s.goal.Period), Known: in.History.Known, Least: in.History.Least}
	}
}

// history gives what is known of the days of an owner before, nil where
// nothing was handed in.
func (s scope) history(days []target.DayAmount) *target.History {
	if s.past == nil {
		return nil
	}
	h := *s.past
	h.Days = days
	return &h
}

// along tracks a parent by what its children are due, on a learned curve:
// every owner has a curve of its own, and curves do not add up, but what is
// due by them does. Where the targets of the children do not make up its own,
// or one of them has too little to learn from, own stands: the parent on the
// curve of all that was reached below it.
func (s scope) along(own target.Tracking, lines []OwnerReview, below []int, earlier []target.Stood) (target.Tracking, error) {
	if s.curve != target.Learned || len(below) == 0 {
		return own, nil
	}
	children, short := make([]target.Tracking, len(below)), 0
	for i, at := range below {
		children[i] = lines[at].Tracking
		if children[i].Expected.Reason() == kpi.TooFew {
			short++
		}
	}
	switch {
	case short > 0 && own.Expected.Defined():
		own.Findings = append(own.Findings, info("own_curve", own.Owner, "n", short, "of", len(below)))
		return own, nil
	case short > 0 || !makeUp(own, children):
		return own, nil
	}
	all, err := target.RollUp(s.metric, own.Owner, children, earlier)
	if err != nil {
		return own, err
	}
	all.BestRate, all.Landing.Forecast = own.BestRate, own.Landing.Forecast
	// Who has no data is named by scope.gaps, down to the sellers.
	all.Findings = slices.DeleteFunc(all.Findings, func(f check.Finding) bool { return f.Code == "no_data_below" })
	for _, f := range own.Findings {
		if f.Code == "above_best_rate" {
			all.Findings = append(all.Findings, f)
		}
	}
	return all, nil
}

// makeUp reports whether children were seen on the same days as their parent
// and their targets are its own.
func makeUp(own target.Tracking, children []target.Tracking) bool {
	whole, observed := kpi.Int(0), kpi.Int(0)
	for _, c := range children {
		if c.Period != own.Period || c.Observed != own.Observed || c.Days != own.Days || c.Elapsed != own.Elapsed {
			return false
		}
		whole, observed = whole.Add(c.PeriodTarget), observed.Add(c.Target)
	}
	return whole == own.PeriodTarget && (observed == own.Target || !own.Target.Defined() || !observed.Defined())
}
