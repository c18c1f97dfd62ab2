package forecast

import (
	"cmp"
	"math"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Prospect is an open deal as a bet: what it is worth, and how likely it is
// won, from 0 to 1.
type Prospect struct {
	Value       kpi.Value `json:"value"`
	Probability kpi.Value `json:"probability"`
}

// Limits of a [Distribution].
const (
	MostProspects = 4096    // open deals of one distribution
	MostPlaces    = 1 << 20 // sums that it tells apart
)

// Distribution is how likely each sum is that some deals bring together, if
// none of them knows of another: every one is won or not by itself, so the
// spread is too narrow for deals of one period (see [DealsIndependent]). It
// is immutable and safe for concurrent use. The zero Distribution is that of
// no deals: 0 for sure.
type Distribution struct {
	unit kpi.Value // of one place
	base int64     // the least sum, in units
	mass []float64 // of base, base + 1, … units
	mean kpi.Value
	vary float64
}

// Money gives the distribution of what prospects bring. Values are taken in
// steps of the least amount, such as kpi.Minor(1, 2) for cents, rounded half
// to even. Prospect by prospect, over the sums s that are possible,
//
//	P(s) = P(s)·(1 − p) + P(s − value)·p
//
// A negative value, such as a return, is one that may be taken away. Time
// grows with the number of prospects times the number of sums, memory with
// the latter: from the least to the greatest sum in units of the greatest
// common divisor of the values.
//
// Errors: a step that is not above zero; more than 4,096 prospects; a value
// that is none or beyond 2⁵³ steps, a probability outside 0…1, each with its
// path; more than 1,048,576 sums, for which a coarser step is needed
// (check.ErrRange, too_many_sums).
func Money(step kpi.Value, prospects []Prospect) (Distribution, error) {
	problems := check.List{Op: "forecast.Money"}
	if step.Sign() <= 0 {
		problems.Add(check.ErrRange, "step", "not_above_zero", step)
	}
	if len(prospects) > MostProspects {
		problems.Add(check.ErrRange, "prospects", "too_many_prospects", len(prospects), "most", MostProspects)
		return Distribution{}, problems.Err()
	}
	bets := make([]bet, 0, len(prospects))
	for i, p := range prospects {
		steps, ok := inSteps(p.Value, step)
		if !ok && (step.Sign() > 0 || !p.Value.Defined()) {
			problems.Add(check.ErrRange, check.At("prospects", i, "value"), "not_an_amount", p.Value)
		}
		chance, known := p.Probability.Float64()
		if !known || p.Probability.Sign() < 0 || kpi.Int(1).Less(p.Probability) {
			problems.Add(check.ErrRange, check.At("prospects", i, "probability"), "not_a_share", p.Probability, "least", 0, "most", 1)
		}
		bets = append(bets, bet{steps, chance})
	}
	if err := problems.Err(); err != nil {
		return Distribution{}, err
	}
	d, places := layOut(step, bets)
	if places > MostPlaces {
		return Distribution{}, check.New("forecast.Money", check.ErrRange, "prospects", "too_many_sums", places, "most", MostPlaces)
	}
	d.mean = meanOf(step, prospects)
	d.fill(bets, int(places))
	return d, nil
}

// Count gives the distribution of how many of some deals are won: the
// Poisson binomial distribution. It takes the square of their number in
// steps; errors are those of [Money].
func Count(probabilities []kpi.Value) (Distribution, error) {
	prospects := make([]Prospect, len(probabilities))
	for i, p := range probabilities {
		prospects[i] = Prospect{kpi.Int(1), p}
	}
	return Money(kpi.Int(1), prospects)
}

const mostSteps = 1 << 53

// inSteps gives a value in steps, half to even.
func inSteps(v, step kpi.Value) (steps int64, ok bool) {
	steps, ok = v.Div(step).Minor(0, kpi.HalfEven)
	return steps, ok && steps >= -mostSteps && steps <= mostSteps
}

// bet is a prospect in steps.
type bet struct {
	steps  int64
	chance float64
}

func meanOf(step kpi.Value, prospects []Prospect) kpi.Value {
	mean := kpi.Int(0)
	for _, p := range prospects {
		steps, _ := inSteps(p.Value, step)
		mean = mean.Add(kpi.Int(steps).Mul(step).Mul(p.Probability))
	}
	return mean
}

// layOut gives the unit and least sum of some bets, and how many sums there
// are. It takes the bets to that unit.
func layOut(step kpi.Value, bets []bet) (d Distribution, places float64) {
	common := int64(0)
	for _, b := range bets {
		common = gcd(common, b.steps)
	}
	common = max(common, 1)
	d.unit = step.Mul(kpi.Int(common))
	places = 1
	for i := range bets {
		bets[i].steps /= common
		places += math.Abs(float64(bets[i].steps))
		d.base += min(bets[i].steps, 0) // checked by places before it is used
	}
	return d, places
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// fill convolves. A bet that takes away is one that gives back where it is
// not lost: base has all of them lost.
func (d *Distribution) fill(bets []bet, places int) {
	for i, b := range bets {
		d.vary += float64(float64(float64(b.steps)*float64(b.steps)) * float64(b.chance*(1-b.chance)))
		if b.steps < 0 {
			bets[i] = bet{-b.steps, 1 - b.chance}
		}
	}
	sortBets(bets)
	d.mass = make([]float64, places)
	d.mass[0] = 1
	top := 0
	for _, b := range bets {
		if b.steps > 0 {
			top += int(b.steps)
			convolve(d.mass[:top+1], int(b.steps), b.chance)
		}
	}
}

// sortBets puts bets in an order that does not depend on that of the deals.
func sortBets(bets []bet) {
	slices.SortFunc(bets, func(a, b bet) int { return cmp.Or(cmp.Compare(a.steps, b.steps), cmp.Compare(a.chance, b.chance)) })
}

func convolve(mass []float64, steps int, chance float64) {
	stays := 1 - chance
	for k := len(mass) - 1; k >= steps; k-- {
		mass[k] = float64(mass[k]*stays) + float64(mass[k-steps]*chance)
	}
	for k := range steps {
		mass[k] *= stays
	}
}

// Mean gives what is expected of all together: Σ value × probability.
func (d Distribution) Mean() kpi.Value { return d.mean.Or(kpi.Int(0)) }

// Deviation gives the standard deviation, √ Σ value² × p(1 − p).
func (d Distribution) Deviation() kpi.Estimate {
	unit, _ := d.unit.Or(kpi.Int(0)).Float64()
	return kpi.NewEstimate(unit * math.Sqrt(d.vary))
}

// lost is what adding a million probabilities may lose; a quantile does not
// hang on it.
const lost = 1e-12

// Quantile gives the least sum that is not exceeded with a probability of at
// least p: of 0.1 the P10. Undefined (NotApplicable) for a p outside 0…1.
func (d Distribution) Quantile(p kpi.Value) kpi.Value {
	share, ok := p.Float64()
	switch {
	case !ok || p.Sign() < 0 || kpi.Int(1).Less(p):
		return kpi.Undefined(kpi.NotApplicable)
	case len(d.mass) == 0:
		return kpi.Int(0)
	}
	upTo, last := 0.0, 0
	for k, m := range d.mass {
		if m == 0 {
			continue
		}
		last = k
		if upTo += m; upTo >= share-lost {
			break
		}
	}
	return kpi.Int(d.base + int64(last)).Mul(d.unit)
}

// AtLeast gives the probability that the sum is at least an amount,
// undefined for the reason of an undefined one.
func (d Distribution) AtLeast(amount kpi.Value) kpi.Estimate {
	switch {
	case !amount.Defined():
		return kpi.NoEstimate(amount.Reason())
	case len(d.mass) == 0:
		return certain(amount.Sign() <= 0)
	}
	from, ok := amount.Div(d.unit).Minor(0, kpi.Ceiling)
	switch {
	case !ok:
		return certain(amount.Sign() < 0)
	case from <= d.base:
		return certain(true)
	}
	return kpi.NewEstimate(min(tail(d.mass, float64(from)-float64(d.base)), 1))
}

// tail gives the mass from a place on, the small parts first.
func tail(mass []float64, from float64) float64 {
	sum := 0.0
	for k := len(mass) - 1; k >= 0 && float64(k) >= from; k-- {
		sum += mass[k]
	}
	return sum
}

func certain(yes bool) kpi.Estimate {
	if yes {
		return kpi.NewEstimate(1)
	}
	return kpi.NewEstimate(0)
}

// Probability gives how likely exactly this sum is.
func (d Distribution) Probability(sum kpi.Value) kpi.Estimate {
	switch {
	case !sum.Defined():
		return kpi.NoEstimate(sum.Reason())
	case len(d.mass) == 0:
		return certain(sum.Sign() == 0)
	}
	k, whole := sum.Div(d.unit).Int64()
	if !whole || k < d.base || k-d.base >= int64(len(d.mass)) {
		return kpi.NewEstimate(0)
	}
	return kpi.NewEstimate(d.mass[k-d.base])
}
