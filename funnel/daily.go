package funnel

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// daily spreads the new deals and their activities over the days in which
// they can still be created.
func (r *Reverse) daily(a *Analysis, aim Aim) {
	last := r.Stages[0].By
	if !last.IsZero() && last > a.day {
		r.DaysLeft = int64(last.Sub(a.day))
		if p, err := calendar.Through(a.day.Add(1), last); err == nil && !aim.Work.IsZero() {
			r.DaysLeft, err = aim.Work.Count(p)
			if err != nil {
				r.DaysLeft = -1
			}
		}
	}
	perDay := func(total kpi.Value) kpi.Value {
		switch {
		case total.Sign() == 0 && total.Defined():
			return kpi.Int(0)
		case last.IsZero() || r.DaysLeft < 0:
			return kpi.Undefined(kpi.NoData)
		case r.DaysLeft == 0:
			return kpi.Undefined(kpi.NoTimeLeft)
		}
		return total.Div(kpi.Int(r.DaysLeft))
	}
	r.PerDay = perDay(r.New)
	for _, need := range a.activityRates() {
		need.Total = need.PerDeal.Value().Mul(r.New)
		need.PerDay = perDay(need.Total)
		r.Activities = append(r.Activities, need)
	}
	r.DaysLeft = max(r.DaysLeft, 0)
}

// activityRates gives how many activities of each kind there were for each
// deal.
func (a *Analysis) activityRates() []ActivityNeed {
	counts := map[uint32]int64{}
	for _, l := range a.lives {
		for _, f := range l.facts {
			if f.kind == isActivity {
				counts[f.code]++
			}
		}
	}
	needs := make([]ActivityNeed, 0, len(counts))
	for code, n := range counts {
		needs = append(needs, ActivityNeed{Activity: a.words[code], PerDeal: kpi.RatioOf(n, int64(len(a.lives)))})
	}
	slices.SortFunc(needs, func(x, y ActivityNeed) int { return strings.Compare(x.Activity, y.Activity) })
	return needs
}
