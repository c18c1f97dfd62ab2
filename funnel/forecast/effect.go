package forecast

import (
	"math"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
)

// effectOf gives the chance to reach the target if a deal is won and if it is
// lost, and the difference.
type effectOf func(chance) (ifWon, ifLost, effect kpi.Estimate)

// effects gives how to compute the effect of a deal under a spread.
func (f *Forecast) effects(p *projection, s Spread, past []trial) effectOf {
	none := func(why kpi.Reason) effectOf {
		return func(chance) (a, b, c kpi.Estimate) { no := kpi.NoEstimate(why); return no, no, no }
	}
	target, ok := f.target().Float64()
	switch {
	case !ok:
		return none(f.target().Reason())
	case !s.Reach.Defined():
		return none(s.Reach.Reason())
	case f.look.daysLeft() == 0 || f.met(p):
		return f.certainly(s)
	case s.Assumes == PastErrors:
		ratio, n := overdispersion(past)
		return f.studentEffects(p, target, ratio, float64(n))
	}
	c, few := p.compound(f.aim.Step)
	if !few {
		return f.studentEffects(p, target, 1, math.Inf(1))
	}
	step, _ := f.aim.Step.Float64()
	return c.effects(target-p.anchor(c), step)
}

// certainly gives no effect: the chance is what it is, whatever becomes of a
// deal.
func (f *Forecast) certainly(s Spread) effectOf {
	return func(chance) (a, b, c kpi.Estimate) { return s.Reach, s.Reach, kpi.NewEstimate(0) }
}

func (f *Forecast) studentEffects(p *projection, target, ratio, freedom float64) effectOf {
	landing, _ := p.total().Value.Float64()
	variance := p.variance()
	return func(c chance) (ifWon, ifLost, effect kpi.Estimate) {
		x, q, ok := c.bet()
		if !ok {
			return difference(math.NaN(), 0)
		}
		rest := math.Sqrt(max(variance-float64(float64(x*x)*float64(q*(1-q))), 0) * ratio)
		at := func(landing float64) float64 {
			if rest == 0 {
				if landing >= target {
					return 1
				}
				return 0
			}
			return stat.StudentCDF((landing-target)/rest, freedom)
		}
		return difference(at(landing+float64(x*(1-q))), at(landing-float64(x*q)))
	}
}

// bet gives a deal as a number and a chance.
func (c chance) bet() (x, q float64, ok bool) {
	x, priced := c.worth.Float64()
	q, known := share(c.paid)
	return x, q, priced && known
}

func difference(ifWon, ifLost float64) (a, b, c kpi.Estimate) {
	if math.IsNaN(ifWon) {
		no := kpi.NoEstimate(kpi.NoAmount)
		return no, no, no
	}
	return kpi.NewEstimate(ifWon), kpi.NewEstimate(ifLost), kpi.NewEstimate(ifWon - ifLost)
}

// effects takes a deal out of the distribution and asks what the rest brings
// with it won and with it lost.
func (c compound) effects(missing, step float64) effectOf {
	return func(d chance) (ifWon, ifLost, effect kpi.Estimate) {
		x, q, ok := d.bet()
		if !ok {
			return difference(math.NaN(), 0)
		}
		if q == 0 { // it is not in the distribution
			return difference(c.atLeast(missing-x), c.atLeast(missing))
		}
		places := int(math.RoundToEven(math.RoundToEven(x/step) * step / c.unit))
		rest := compound{unit: c.unit, base: c.base - int64(min(places, 0)), mass: without(c.mass, places, q)}
		return difference(rest.atLeast(missing-x), rest.atLeast(missing))
	}
}

// without takes a bet out of a distribution, from the end where what is
// divided by is the larger and errors shrink.
func without(mass []float64, places int, q float64) []float64 {
	if places < 0 {
		places, q = -places, 1-q
	}
	if places == 0 || places >= len(mass) {
		return mass
	}
	rest := make([]float64, len(mass)-places)
	if q <= 0.5 {
		for k := range rest {
			m := mass[k]
			if k >= places {
				m -= float64(rest[k-places] * q)
			}
			rest[k] = m / (1 - q)
		}
		return rest
	}
	for k := len(rest) - 1; k >= 0; k-- {
		m := mass[k+places]
		if k+places < len(rest) {
			m -= float64(rest[k+places] * (1 - q))
		}
		rest[k] = m / q
	}
	return rest
}
