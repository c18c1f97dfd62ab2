package scorecard

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Evidence says what a place is worth.
//
// Best and Worst are the range of ranks that the intervals leave open:
//
//	best   1 + how many intervals lie wholly on the better side of this one
//	worst  n − how many lie wholly on the worse side
//
// The comparison is with the others together, of rates with their counts, of
// scores with their mean weighted by 1/error². All comparisons of a ranking
// are adjusted together: Q and Verdict are those of [kpi.Confidence.Adjust].
type Evidence struct {
	Interval   kpi.Interval `json:"interval"`
	Best       int          `json:"best"`
	Worst      int          `json:"worst"`
	Difference kpi.Estimate `json:"difference"` // from the others, above zero where better
	kpi.Adjusted
}

// Movement is how a place changed since the last period.
type Movement struct {
	From  int `json:"from"`  // the rank then
	Steps int `json:"steps"` // places up, below zero down
	// WithinChance is true where the ranges of ranks of then and now overlap:
	// such a movement says nothing.
	WithinChance bool `json:"within_chance"`
}

// sample is the number of one place with what chance does to it.
type sample struct {
	x, low, high float64
	error, free  float64 // standard error of x, 0 where nothing varies, and its degrees of freedom
	place        *Place
}

// weigh gives every place that has an interval its evidence, and the ranking
// its share of chance.
func (r *Ranking) weigh(by Contest, sign int) {
	samples := r.samples(by)
	if len(samples) == 0 {
		return
	}
	var against []against
	if r.Metric != "" {
		against = r.compareRates(samples, by.Confidence)
	} else {
		against = r.compareScores(samples, by.Confidence)
	}
	p := make([]kpi.Estimate, len(samples))
	for i, a := range against {
		p[i] = a.p
	}
	adjusted := by.Confidence.Adjust(p)
	lows, highs := bounds(samples)
	for i, s := range samples {
		above, below := len(lows)-upTo(lows, s.high), under(highs, s.low)
		if sign < 0 {
			above, below = below, above
		}
		e := s.place.Evidence
		e.Best, e.Worst, e.Adjusted = 1+above, len(r.Places)-below, adjusted[i]
		e.Difference = against[i].difference(sign)
	}
}

// against is a comparison with the others together.
type against struct {
	by, p kpi.Estimate
}

func (a against) difference(sign int) kpi.Estimate {
	d, known := a.by.Float64()
	if !known {
		return a.by
	}
	return kpi.NewEstimate(d * float64(sign))
}

// bounds gives the low and the high ends, sorted.
func bounds(samples []sample) (lows, highs []float64) {
	for _, s := range samples {
		lows, highs = append(lows, s.low), append(highs, s.high)
	}
	slices.Sort(lows)
	slices.Sort(highs)
	return lows, highs
}

// under gives how many of the sorted numbers lie below x, upTo how many at
// most at it.
func under(sorted []float64, x float64) int {
	n, _ := slices.BinarySearch(sorted, x)
	return n
}

func upTo(sorted []float64, x float64) int { return under(sorted, math.Nextafter(x, math.Inf(1))) }

// ten keeps ten significant digits: what hangs on a number must not hang on
// bits that differ between platforms.
func ten(x float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', 9, 64), 64)
	if err != nil {
		return x
	}
	return short
}

// follows reports a last ranking that this one cannot be compared with.
func (r *Ranking) follows(problems *check.List, last *Ranking) {
	switch {
	case last == nil || len(last.Places) == 0:
	case last.Scorecard != r.Scorecard || last.Metric != r.Metric:
		problems.Add(check.ErrDefinition, "last", "other_scorecard", cmp.Or(last.Scorecard, last.Metric), "want", cmp.Or(r.Scorecard, r.Metric))
	case r.Period.IsZero(): // reported as missing
	case r.Period.Start() < last.Period.End():
		problems.Add(check.ErrInvalid, "last.period", "not_before", last.Period, "period", r.Period)
	}
}

// move compares the places with those of the last period, where both have
// evidence.
func (r *Ranking) move(last *Ranking) {
	if last == nil {
		return
	}
	before := map[string]*Place{}
	for i := range last.Places {
		before[last.Places[i].Owner] = &last.Places[i]
	}
	for i := range r.Places {
		p := &r.Places[i]
		b := before[p.Owner]
		if b == nil || b.Evidence == nil || p.Evidence == nil {
			continue
		}
		overlap := p.Evidence.Best <= b.Evidence.Worst && b.Evidence.Best <= p.Evidence.Worst
		p.Movement = &Movement{From: b.Rank, Steps: b.Rank - p.Rank, WithinChance: overlap}
	}
}
