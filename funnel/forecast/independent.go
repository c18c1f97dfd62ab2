package forecast

import (
	"maps"
	"math"
	"slices"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
)

// independent gives the spread by value were no deal to know of another.
func (f *Forecast) independent(p *projection) Spread {
	total := p.total().Value
	landing, ok := total.Float64()
	if !ok {
		return noSpread(DealsIndependent, total.Reason())
	}
	deviation := math.Sqrt(p.variance())
	if f.look.daysLeft() == 0 || deviation == 0 {
		return f.settled(DealsIndependent, landing)
	}
	s := f.normal(p, deviation, math.Inf(1))
	s.Assumes = DealsIndependent
	c, few := p.compound(f.aim.Step)
	if !few {
		return s
	}
	won := p.anchor(c)
	s.P10, s.P50, s.P90 = c.estimate(won, 0.1), c.estimate(won, 0.5), c.estimate(won, 0.9)
	if !f.met(p) {
		s.Reach = f.reach(func(target float64) float64 { return c.atLeast(target - won) })
	}
	return s
}

// anchor gives what the distribution is counted from: what is won, or so much
// that its mean is the landing, where people say another one, values were
// rounded to the grid, or returns are not in its shape.
func (p *projection) anchor(c compound) float64 {
	if p.promised || !c.exact || p.negative() {
		landing, _ := p.total().Value.Float64()
		return landing - c.mean
	}
	won, _ := p.Won.Value.Float64()
	return won
}

// independentWins gives the spread of the number of wins were no deal to know
// of another: the Poisson binomial distribution of the open deals, with a
// Poisson number of new ones.
func (p *projection) independentWins() Spread {
	total := p.total().Wins
	if !total.Defined() {
		return noSpread(DealsIndependent, total.Reason())
	}
	bets, variance := []bet{}, 0.0
	for _, c := range p.chances {
		if q, known := share(c.wins); known && q > 0 {
			bets = append(bets, bet{1, q})
			variance += float64(q * (1 - q))
		}
	}
	won, _ := p.Won.Wins.Float64()
	landing, _ := total.Float64()
	fresh, _ := p.New.Wins.Float64()
	deviation := math.Sqrt(variance + fresh)
	s := noSpread(DealsIndependent, kpi.NoTarget)
	s.Deviation = kpi.NewEstimate(deviation)
	if len(bets) > MostProspects {
		off := stat.NormalQuantile(0.9) * deviation
		s.P10, s.P50, s.P90 = kpi.NewEstimate(landing-off), kpi.NewEstimate(landing), kpi.NewEstimate(landing+off)
		return s
	}
	c := compounded(1, bets, map[int64]float64{1: fresh})
	s.P10, s.P50, s.P90 = c.estimate(won, 0.1), c.estimate(won, 0.5), c.estimate(won, 0.9)
	return s
}

// compound is the distribution of what is still to come: open deals, and new
// ones as a Poisson number of deals like those of earlier periods.
type compound struct {
	unit float64
	base int64
	mass []float64

	mean  float64
	exact bool // no value was rounded to the grid
}

// landingPlaces is in how many steps the value of a landing is spread.
const landingPlaces = 1 << 14

// compound spreads the values on a grid, exactly where it is fine enough for
// them; ok is false where there are too many deals for it, or values too
// large.
func (p *projection) compound(step kpi.Value) (c compound, ok bool) {
	bets, rates, ok := p.steps(step)
	if !ok || len(bets) > MostProspects {
		return compound{}, false
	}
	coarse, exact := coarseness(bets, rates)
	mean, rough := 0.0, map[int64]float64{}
	for i, b := range bets {
		bets[i].steps = int64(math.RoundToEven(float64(b.steps) / coarse))
		mean += float64(float64(bets[i].steps) * b.chance)
	}
	for _, x := range sortedSizes(rates) {
		places := int64(math.RoundToEven(float64(x) / coarse))
		rough[places] += rates[x]
		mean += float64(float64(places) * rates[x])
	}
	unit, _ := step.Float64()
	c = compounded(unit*coarse, bets, rough)
	c.mean, c.exact = mean*c.unit, exact
	return c, true
}

// steps gives the values in steps: open deals as bets, and how many new ones of
// a size come in a period. A return among the new ones is left out of the
// shape. ok is false where a value is beyond what is counted in steps.
func (p *projection) steps(step kpi.Value) (bets []bet, rates map[int64]float64, ok bool) {
	rates = map[int64]float64{}
	for _, d := range p.chances {
		q, known := share(d.paid)
		if !known || q == 0 || d.worth.Sign() == 0 {
			continue
		}
		steps, fits := inSteps(d.worth, step)
		if !fits {
			return nil, nil, false
		}
		if steps != 0 {
			bets = append(bets, bet{steps, q})
		}
	}
	for _, v := range p.newWins {
		if v.Sign() <= 0 {
			continue
		}
		steps, fits := inSteps(v, step)
		if !fits {
			return nil, nil, false
		}
		rates[steps] += 1 / float64(p.periods)
	}
	return bets, rates, true
}

// coarseness gives how many steps make a place: the greatest common divisor where
// that is enough, else so many of them that all sums find a place.
func coarseness(bets []bet, rates map[int64]float64) (coarse float64, exact bool) {
	common, reach := int64(0), 1.0
	for _, b := range bets {
		common = gcd(common, b.steps)
		reach += math.Abs(float64(b.steps))
	}
	for x := range rates {
		common = gcd(common, x)
	}
	reach += upTo(rates)
	unit := float64(max(common, 1))
	times := math.Max(math.Ceil(reach/unit/(landingPlaces-2)), 1)
	return unit * times, times == 1
}

// upTo gives what new deals exceed less often than once in a billion: eight deviations
// and, for few and large ones, twelve of the largest over the mean.
func upTo(rates map[int64]float64) float64 {
	mean, squares, largest := 0.0, 0.0, 0.0
	for _, x := range sortedSizes(rates) {
		size := float64(x)
		mean += float64(size * rates[x])
		squares += float64(float64(size*size) * rates[x])
		largest = math.Max(largest, size)
	}
	return mean + float64(8*math.Sqrt(squares)) + float64(12*largest)
}

// compounded spreads what new deals bring and then, deal by deal, the open
// ones over it.
func compounded(unit float64, bets []bet, rates map[int64]float64) compound {
	c := compound{unit: unit}
	fresh := panjer(rates, int(upTo(rates))+1)
	places := len(fresh)
	for i, b := range bets {
		if b.steps < 0 { // what may be taken away is lost first, and may come back
			c.base += b.steps
			bets[i] = bet{-b.steps, 1 - b.chance}
		}
		places += int(bets[i].steps)
	}
	c.mass = make([]float64, places)
	copy(c.mass, fresh)
	top := len(fresh) - 1
	sortBets(bets)
	for _, b := range bets {
		if b.steps > 0 {
			top += int(b.steps)
			convolve(c.mass[:top+1], int(b.steps), b.chance)
		}
	}
	return c
}

// panjer gives the distribution of what a Poisson number of deals brings, by
// the recursion
//
//	s·g(s) = Σ x·λ(x)·g(s − x)
//
// with λ(x) the number of deals of size x. It is linear in g(0), which would
// be too small a number: it begins with 1 and is scaled to add up to 1.
func panjer(rates map[int64]float64, places int) []float64 {
	sizes := sortedSizes(rates)
	g := make([]float64, places)
	g[0] = 1
	for s := 1; s < places; s++ {
		sum := 0.0
		for _, x := range sizes {
			if x > int64(s) {
				break
			}
			if x > 0 {
				sum += float64(float64(float64(x)*rates[x]) * g[int64(s)-x])
			}
		}
		if g[s] = sum / float64(s); g[s] > 1e200 {
			scale(g[:s+1], 1e-200)
		}
	}
	scale(g, 1/tail(g, 0))
	return g
}

// sortedSizes gives the sizes of new deals in order, so that no sum hangs on
// that of a map.
func sortedSizes(rates map[int64]float64) []int64 { return slices.Sorted(maps.Keys(rates)) }

func scale(xs []float64, by float64) {
	for i := range xs {
		xs[i] *= by
	}
}

func (c compound) estimate(from, q float64) kpi.Estimate {
	return kpi.NewEstimate(from + c.quantile(q))
}

// quantile gives the least amount that is not exceeded with probability q.
func (c compound) quantile(q float64) float64 {
	upTo, k := 0.0, 0
	for i, m := range c.mass {
		if m == 0 {
			continue
		}
		k = i
		if upTo += m; upTo >= q-lost {
			break
		}
	}
	return float64(float64(c.base+int64(k)) * c.unit)
}

// atLeast gives the probability of an amount or more. What lies within a
// millionth of a place is that place.
func (c compound) atLeast(amount float64) float64 {
	return min(tail(c.mass, math.Ceil(amount/c.unit-1e-6)-float64(c.base)), 1)
}
