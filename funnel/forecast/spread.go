package forecast

import (
	"math"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
)

// Spread is how far a landing may be off: three points that it stays below
// with probability 0.1, 0.5 and 0.9, so that P10 to P90 is an 80 % range.
//
// By PastErrors it is the spread of independent deals, widened by what past
// periods showed beyond it and with Student's t for how few they are:
//
//	ratio      Σ (actual − landing)² / Σ independent variance, over n earlier
//	           periods on the same day; 1 at least. The sums, not the mean of
//	           ratios: a landing of next to nothing would rule it
//	deviation  √(independent variance × ratio)
//	P10, P90   landing ± t(0.9; n) × deviation
//	reach      P(t(n) ≥ (target − landing) / deviation)
//
// A past bias is in the ratio too: it widens and does not shift. P10 is no
// less than what is won already, unless a deal has a value below zero. It is
// undefined (TooFew) under four periods.
//
// By DealsIndependent it is exact: every open deal is won or not by itself,
// and new ones come as a Poisson number of deals like those of earlier
// periods. Values are taken in as many steps as 16,384 allow; with more than
// 4,096 open deals, or a value beyond 2⁵³ steps, it is the normal distribution
// of the same mean and variance. Source of the compound: Panjer, ASTIN Bulletin 12 (1981).
type Spread struct {
	Assumes   Assumption   `json:"assumes"`
	Deviation kpi.Estimate `json:"deviation"`
	P10       kpi.Estimate `json:"p10"`
	P50       kpi.Estimate `json:"p50"`
	P90       kpi.Estimate `json:"p90"`
	Reach     kpi.Estimate `json:"reach"` // P(the target is reached); undefined (NoTarget) without one

	Periods int          `json:"periods"` // earlier landings that were compared
	Ratio   kpi.Estimate `json:"ratio"`   // observed to independent variance; undefined (NotApplicable) for DealsIndependent
}

// FewestPast is how many earlier landings it takes to say how sure one is.
const FewestPast = 4

func noSpread(a Assumption, why kpi.Reason) Spread {
	no := kpi.NoEstimate(why)
	return Spread{Assumes: a, Deviation: no, P10: no, P50: no, P90: no, Reach: no, Ratio: kpi.NoEstimate(kpi.NotApplicable)}
}

// variance gives the variance of the value that is to come, were the deals
// independent.
func (p *projection) variance() float64 {
	sum := 0.0
	for _, c := range p.chances {
		x, priced := c.worth.Float64()
		if q, known := share(c.paid); priced && known {
			sum += float64(float64(x*x) * float64(q*(1-q)))
		}
	}
	for _, v := range p.newWins {
		if x, priced := v.Float64(); priced {
			sum += float64(x*x) / float64(p.periods)
		}
	}
	return sum
}

// share gives a chance as a number from 0 to 1. A yield by value may be over
// 1, where deals are won for more than they were worth.
func share(v kpi.Value) (q float64, ok bool) {
	q, ok = v.Float64()
	return min(max(q, 0), 1), ok
}

// spread gives the spread that past errors showed.
func (f *Forecast) spread(p *projection, past []trial) Spread {
	landing, ok := p.total().Value.Float64()
	if !ok {
		return noSpread(PastErrors, p.total().Value.Reason())
	}
	if f.look.daysLeft() == 0 {
		return f.settled(PastErrors, landing)
	}
	ratio, n := overdispersion(past)
	if n < FewestPast {
		s := noSpread(PastErrors, kpi.TooFew)
		s.Periods, s.Ratio = n, kpi.NoEstimate(kpi.TooFew)
		return s
	}
	variance := p.variance()
	if !(variance > 0) {
		return noSpread(PastErrors, kpi.NotApplicable)
	}
	s := f.normal(p, math.Sqrt(variance*ratio), float64(n))
	s.Assumes, s.Periods, s.Ratio = PastErrors, n, kpi.NewEstimate(ratio)
	return s
}

// overdispersion gives the ratio of the observed to the independent variance
// of landing errors, and of how many.
func overdispersion(past []trial) (ratio float64, n int) {
	observed, independent := 0.0, 0.0
	for _, t := range past {
		e, ok := t.Error.Float64()
		if ok && t.variance > 0 {
			observed += float64(e * e)
			independent += t.variance
			n++
		}
	}
	if n == 0 {
		return 1, 0
	}
	return max(observed/independent, 1), n
}

// normal gives the spread of Student's t around the landing.
func (f *Forecast) normal(p *projection, deviation, freedom float64) Spread {
	landing, _ := p.total().Value.Float64()
	off := stat.StudentQuantile(0.9, freedom) * deviation
	low := landing - off
	if won, ok := p.Won.Value.Float64(); ok && !p.negative() {
		low = max(low, won)
	}
	s := Spread{Deviation: kpi.NewEstimate(deviation), P10: kpi.NewEstimate(low), P50: kpi.NewEstimate(landing),
		P90: kpi.NewEstimate(landing + off), Ratio: kpi.NoEstimate(kpi.NotApplicable)}
	s.Reach = f.reach(func(target float64) float64 { return stat.StudentCDF((landing-target)/deviation, freedom) })
	if f.met(p) {
		s.Reach = certain(true)
	}
	return s
}

// met reports whether the target is reached whatever is still to come.
func (f *Forecast) met(p *projection) bool {
	return !p.negative() && p.Won.Value.Defined() && f.target().Defined() && !p.Won.Value.Less(f.target())
}

// negative reports whether something may still be taken away.
func (p *projection) negative() bool {
	for _, c := range p.chances {
		if c.worth.Sign() < 0 {
			return true
		}
	}
	for _, v := range p.newWins {
		if v.Sign() < 0 {
			return true
		}
	}
	return false
}

func (f *Forecast) reach(from func(target float64) float64) kpi.Estimate {
	target, ok := f.target().Float64()
	if !ok {
		return kpi.NoEstimate(f.target().Reason())
	}
	return kpi.NewEstimate(from(target))
}

// settled gives the spread of a period with no day left.
func (f *Forecast) settled(a Assumption, landing float64) Spread {
	at := kpi.NewEstimate(landing)
	return Spread{Assumes: a, Deviation: kpi.NewEstimate(0), P10: at, P50: at, P90: at, Ratio: kpi.NoEstimate(kpi.NotApplicable),
		Reach: f.reach(func(target float64) float64 {
			if landing >= target {
				return 1
			}
			return 0
		})}
}
