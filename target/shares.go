package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// SharePoint is one point of a curve of cumulative shares: when the share At
// of the days has passed, Share of the whole is due.
type SharePoint struct {
	At    kpi.Value `json:"at"`    // share of the days, 0 to 1
	Share kpi.Value `json:"share"` // share of the whole
}

// SeasonPart is a part of a season: a month and what usually falls into it.
type SeasonPart struct {
	Period calendar.Period `json:"period"`
	Weight kpi.Value       `json:"weight"` // among the parts; it need not add up to anything
}

// SeasonalShares gives the curve of a season: when a part is over, the
// weights through that part ÷ all weights are due, and inside a part its
// weight is due by its days, working days where there is a work calendar
// (the zero WorkCalendar: all days). Parts of another year than the goal's
// serve as well: what counts are shares of days.
//
// Weights that were learned per working day are to be multiplied by the
// working days of the part, or a shifted holiday becomes a season.
//
// Errors, all at once: no part; a part without a period (check.ErrMissing); parts
// that do not follow one another in time without gap (check.ErrInvalid); a
// weight that is undefined or below zero, or all weights zero; a part
// outside what the work calendar covers (check.ErrRange).
func SeasonalShares(season []SeasonPart, work calendar.WorkCalendar) ([]SharePoint, error) {
	problems := check.List{Op: "target.SeasonalShares"}
	weights := make([]kpi.Value, len(season))
	for i, part := range season {
		weights[i] = part.Weight
		at := check.At("season", i, "period")
		switch {
		case part.Period.IsZero():
			problems.Add(check.ErrMissing, at, "missing_period", nil)
		case i > 0 && part.Period.Start() != season[i-1].Period.End():
			problems.Add(check.ErrInvalid, at, "not_the_next", part.Period, "after", season[i-1].Period)
		}
		checkCover(&problems, work, at, part.Period)
	}
	checkWeights(&problems, "season", weights)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return seasonal(season, counter{work}), nil
}

func seasonal(season []SeasonPart, count counter) []SharePoint {
	days, all := make([]int64, len(season)), int64(0)
	total := kpi.Int(0)
	for i, part := range season {
		days[i] = int64(count.days(part.Period))
		all += days[i]
		total = total.Add(part.Weight)
	}
	points := make([]SharePoint, len(season))
	elapsed, due := int64(0), kpi.Int(0)
	for i, part := range season {
		elapsed, due = elapsed+days[i], due.Add(part.Weight)
		points[i] = SharePoint{At: kpi.Frac(elapsed, max(all, 1)), Share: due.Div(total)}
	}
	return points
}

// sharesAt gives the curve through the points, straight between them, from 0
// at no day to 1 at all of them.
func sharesAt(points []SharePoint) shape {
	return func(elapsed, days int) kpi.Value {
		at := share(elapsed, days)
		from, to := SharePoint{kpi.Int(0), kpi.Int(0)}, SharePoint{kpi.Int(1), kpi.Int(1)}
		i := slices.IndexFunc(points, func(p SharePoint) bool { return at.Less(p.At) })
		if i < 0 {
			i = len(points)
		} else {
			to = points[i]
		}
		if i > 0 {
			from = points[i-1]
		}
		if width := to.At.Sub(from.At); width.Sign() > 0 {
			return from.Share.Add(to.Share.Sub(from.Share).Mul(at.Sub(from.At)).Div(width))
		}
		return from.Share
	}
}

// ValidateShares reports points that are no curve: shares that are undefined
// or outside 0…1, and points that do not rise in both. Two points at one share
// of the days are a step. Paths are the positions, such as [2].at.
func ValidateShares(points []SharePoint) error {
	problems := check.List{Op: "target.Shares"}
	checkShares(&problems, "", points)
	return problems.Err()
}

// checkShares reports points that are no curve: they rise in both, within 0
// and 1. Two points at one share of the days are a step.
func checkShares(problems *check.List, at string, points []SharePoint) {
	before := SharePoint{kpi.Int(0), kpi.Int(0)}
	for i, p := range points {
		path := check.At(at, i)
		inside := func(name string, v, least kpi.Value) {
			switch {
			case !v.Defined():
				problems.Add(check.ErrMissing, path+name, "missing_share", nil, "reason", v.Reason())
			case v.Sign() < 0 || kpi.Int(1).Less(v):
				problems.Add(check.ErrRange, path+name, "not_a_share", v)
			case v.Less(least):
				problems.Add(check.ErrInvalid, path+name, "not_rising", v, "after", least)
			}
		}
		inside(".at", p.At, before.At)
		inside(".share", p.Share, before.Share)
		before = p
	}
}
