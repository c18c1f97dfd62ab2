package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// LearnedCurve says how a learned curve came about. The curve itself is
//
//	median over the periods of  reached by then ÷ reached in the whole period
//
// at the same share of their days, with the quartiles (type 7) as its band.
// Of a period of another length that is as many of its days as have wholly
// passed at that share. Where there are fewer periods to learn from than are
// needed ([History.Least]) it is undefined (kpi.TooFew) but for its two ends.
//
// Taking whole days is not a detail: where sales fall on the last days of
// months, a share that is interpolated between two days mixes before and
// after.
type LearnedCurve struct {
	Periods     int       `json:"periods"`               // learned from
	Needed      int       `json:"needed"`                // to learn at all
	Incomplete  int       `json:"incomplete,omitzero"`   // left out: not over, or not wholly known
	NotPositive int       `json:"not_positive,omitzero"` // left out: a total of zero or less has no shares
	Low         kpi.Value `json:"low,omitzero"`          // the lower quartile of the shares on the day
	Median      kpi.Value `json:"median,omitzero"`
	High        kpi.Value `json:"high,omitzero"` // the upper quartile
}

// learning is the history of a curve, ready to be asked.
type learning struct {
	about LearnedCurve
	past  [][]kpi.Value // of each period: the cumulative shares by day
}

// learned makes the curve of the history. Periods that are not over when the
// tracked one begins are not history.
func (in Input) learned() learning {
	var l learning
	if in.Curve != Learned || in.History == nil {
		return l
	}
	days, count := in.History.amounts(), counter{in.WorkDays}
	periods := in.History.complete(in.before())
	l.about.Needed = in.History.least()
	l.about.Incomplete = len(in.History.Periods) - len(periods)
	for _, p := range periods {
		sums := cumulative(days, p, count)
		total := sums[len(sums)-1]
		if total.Sign() <= 0 || len(sums) == 1 {
			l.about.NotPositive++
			continue
		}
		for i, v := range sums {
			sums[i] = v.Div(total)
		}
		l.past = append(l.past, sums)
	}
	l.about.Periods = len(l.past)
	return l
}

// before gives the last day that may be learned from.
func (in Input) before() calendar.Day {
	return min(in.AsOf, in.sorted()[0].Period.Start().Add(-1))
}

func (l learning) median(elapsed, days int) kpi.Value { return l.quantile(elapsed, days, 2) }

// quantile gives the q-th quartile of the shares at a share of the days.
func (l learning) quantile(elapsed, days, q int) kpi.Value {
	if len(l.past) < l.about.Needed {
		return kpi.Undefined(kpi.TooFew)
	}
	shares := make([]kpi.Value, len(l.past))
	for i, past := range l.past {
		shares[i] = past[int(int64(len(past)-1)*int64(elapsed)/int64(days))]
	}
	// With returns in the history a sum so far may exceed its total or lie
	// below zero; of a plan never more than all and never less than nothing is
	// due.
	return quartile(shares, q).Max(kpi.Int(0)).Min(kpi.Int(1))
}

// quartile gives the q-th quartile of values, type 7: the one at the place
// (n − 1) × q/4, between two neighbours in proportion. It sorts them.
func quartile(values []kpi.Value, q int) kpi.Value {
	slices.SortFunc(values, kpi.Value.Compare)
	place := (len(values) - 1) * q
	low := values[place/4]
	if place%4 == 0 {
		return low
	}
	return low.Add(values[place/4+1].Sub(low).Mul(share(place%4, 4)))
}
