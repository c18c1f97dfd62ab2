package kpi

import (
	"math"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Confidence says how intervals are drawn and from when on a difference
// counts. It is a record; what is left out has its default, so
// Confidence{}.Share(r) is the 95 % Wilson interval. The defaults are a
// practice, and carry no evidence of their own.
//
// An interval knows nothing of what was not sampled: young deals, deals that
// were never entered, a market that turned. Where deals of one owner or month
// go together it is too narrow, see [Confidence.ClusteredShare].
type Confidence struct {
	Method        IntervalMethod `json:"method,omitzero"`         // of a share: Wilson, ClopperPearson or Jeffreys
	Level         Value          `json:"level,omitzero"`          // 0.95: of the intervals, two-sided
	Fewest        int64          `json:"fewest,omitzero"`         // 10: records, under which no interval is drawn
	FewestAnswers int64          `json:"fewest_answers,omitzero"` // 30: answers of a survey, under which none is drawn
	Clustered     Value          `json:"clustered,omitzero"`      // 1.5: times the plain variance from which groups count
	FalseAlarms   Value          `json:"false_alarms,omitzero"`   // 0.1: share of them among what counts as more than chance
}

// DefaultConfidence gives the defaults, written out.
func DefaultConfidence() Confidence { return Confidence{}.orDefault() }

func (c Confidence) orDefault() Confidence {
	if c.Fewest == 0 {
		c.Fewest = 10
	}
	if c.FewestAnswers == 0 {
		c.FewestAnswers = 30
	}
	leftOut := func(v *Value, standard Value) {
		if *v == (Value{}) {
			*v = standard
		}
	}
	leftOut(&c.Level, Frac(95, 100))
	leftOut(&c.Clustered, Frac(3, 2))
	leftOut(&c.FalseAlarms, Frac(1, 10))
	return c
}

// Validate reports a method that is none of a share and a number that is
// undefined for another reason than being left out (check.ErrInvalid), a level
// or share of false alarms that is not between 0 and 1, a number of records
// below 1, and a variance factor below 1 (check.ErrRange). A record that is
// not valid draws no interval: its ends are undefined, reason NotApplicable.
func (c Confidence) Validate() error {
	problems := check.List{Op: "kpi.Confidence"}
	if c.Method > Jeffreys {
		problems.Add(check.ErrInvalid, "method", "not_a_method_of_shares", c.Method)
	}
	defined := func(path string, v Value) {
		if v != (Value{}) && !v.Defined() {
			problems.Add(check.ErrInvalid, path, "undefined_threshold", v.Reason())
		}
	}
	defined("level", c.Level)
	defined("clustered", c.Clustered)
	defined("false_alarms", c.FalseAlarms)
	c = c.orDefault()
	between := func(path string, v Value) {
		if v.Defined() && (v.Sign() <= 0 || !v.Less(Int(1))) {
			problems.Add(check.ErrRange, path, "not_between_zero_and_one", v)
		}
	}
	between("level", c.Level)
	if c.Fewest < 1 {
		problems.Add(check.ErrRange, "fewest", "below_one", c.Fewest)
	}
	if c.FewestAnswers < 1 {
		problems.Add(check.ErrRange, "fewest_answers", "below_one", c.FewestAnswers)
	}
	if c.Clustered.Less(Int(1)) {
		problems.Add(check.ErrRange, "clustered", "below_one", c.Clustered)
	}
	between("false_alarms", c.FalseAlarms)
	return problems.Err()
}

// start gives an interval without ends, and the reason why there can be none
// yet: NotApplicable where the record is not valid, the rate's own where it
// is undefined, and TooFew under fewest.
func (c Confidence) start(m IntervalMethod, rate, n Value, fewest int64) (Interval, Reason) {
	i := Interval{Method: m, Level: c.Level, Rate: rate, N: n}
	switch {
	case c.Validate() != nil:
		return i, NotApplicable
	case !rate.Defined() || !n.Defined():
		return i, Stronger(rate.Reason(), n.Reason())
	case n.Less(Int(fewest)):
		return i, TooFew
	}
	return i, 0
}

func (c Confidence) level() float64 {
	f, _ := c.Level.Float64()
	return f
}

// Share gives the interval of k of n counted records by c.Method. With z the
// normal quantile of (1 + Level)/2, α = 1 − Level and p = k/n:
//
//	Wilson          (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
//	ClopperPearson  α/2 quantile of Beta(k, n − k + 1) to 1 − α/2 of Beta(k + 1, n − k)
//	Jeffreys        α/2 to 1 − α/2 quantile of Beta(k + ½, n − k + ½)
//
// Counts need not be whole: split credit counts in parts. A share of money is
// no count: its interval is [Confidence.Jackknife]. Low and High are
// undefined under c.Fewest records (TooFew), and where k lies outside 0 to n
// or n beyond 10¹² (NotApplicable). Sources: Wilson, JASA 22 (1927); Clopper
// and Pearson, Biometrika 26 (1934); Brown, Cai and DasGupta, Statistical
// Science 16 (2001).
func (c Confidence) Share(r Ratio) Interval {
	c = c.orDefault()
	return c.share(r, c.Fewest, 1)
}

// share draws the interval as if factor records were one.
func (c Confidence) share(r Ratio, fewest int64, factor float64) Interval {
	i, none := c.start(c.Method, r.Value(), r.den, fewest)
	switch {
	case none != 0:
		return i.without(none)
	case !isShare(r) || Int(mostCounted).Less(r.den):
		return i.without(NotApplicable)
	}
	k, n := floats(r).Num/factor, floats(r).Den/factor
	switch c.Method {
	case ClopperPearson:
		return i.within(stat.ClopperPearson(k, n, c.level()))
	case Jeffreys:
		return i.within(stat.Jeffreys(k, n, c.level()))
	}
	return i.within(stat.Wilson(k, n, c.level()))
}

const mostCounted = 1_000_000_000_000 // records of one rate

// isShare reports whether the numerator lies between 0 and the denominator.
func isShare(r Ratio) bool {
	return r.num.Defined() && r.den.Defined() && r.num.Sign() >= 0 && !r.den.Less(r.num)
}

func floats(r Ratio) stat.Pair {
	num, _ := r.num.Float64()
	den, _ := r.den.Float64()
	return stat.Pair{Num: num, Den: den}
}

// CSAT gives the interval of the share of satisfied answers (the top box) as
// Share does, and none under c.FewestAnswers (TooFew). It stands beside the
// metric csat.
func (c Confidence) CSAT(satisfied, respondents int64) Interval {
	c = c.orDefault()
	return c.share(RatioOf(satisfied, respondents), c.FewestAnswers, 1)
}

// NPS gives the net promoter score, as the metric nps does, from −100 to 100,
// with the normal interval. With p and d the shares of promoters and
// detractors among n respondents:
//
//	score ± 100·z·√((p + d − (p − d)²)/n)
//
// kept inside −100 to 100. Low and High are undefined under c.FewestAnswers
// and where all answered alike, as no spread tells nothing of the next answer
// (TooFew), and where more promote and detract than answered (NotApplicable).
// Source: the variance of a mean of answers −1, 0 and 1.
func (c Confidence) NPS(promoters, detractors, respondents int64) Interval {
	c = c.orDefault()
	p, d, n := Int(promoters), Int(detractors), Int(respondents)
	net := p.Sub(d).Div(n)
	i, none := c.start(NormalInterval, net.Mul(Int(100)), n, c.FewestAnswers)
	variance := p.Add(d).Div(n).Sub(net.Mul(net)).Div(n)
	switch {
	case none != 0:
		return i.without(none)
	case promoters < 0 || detractors < 0 || n.Less(p.Add(d)):
		return i.without(NotApplicable)
	case variance.Sign() == 0:
		return i.without(TooFew)
	}
	score, _ := i.Rate.Float64()
	square, _ := variance.Float64()
	half := float64(100 * c.z() * math.Sqrt(square))
	return i.within(max(score-half, -100), min(score+half, 100))
}

func (c Confidence) z() float64 { return -stat.NormalQuantile((1 - c.level()) / 2) }

// Product gives the product of rates, such as the way from a lead through all
// stages to a win, with the interval of the delta method on the log scale,
// where kᵢ of nᵢ are the counts of each rate:
//
//	exp(ln ∏ kᵢ/nᵢ ± z·√(Σ 1/kᵢ − 1/nᵢ))
//
// at most 1. N is the least of the nᵢ. How many must start for one to arrive
// is 1 ÷ the product, between 1 ÷ High and 1 ÷ Low. Low and High are
// undefined where one of the nᵢ is under c.Fewest, and where nobody or
// everybody passed all of them, which leaves nothing to measure chance by
// (TooFew); where a kᵢ lies outside 0 to nᵢ (NotApplicable); and of no rates
// (NoData).
func (c Confidence) Product(rates []Ratio) Interval {
	i, _ := c.orDefault().product(rates, 1)
	return i
}

// product draws the interval with a variance that is factor times as large,
// and gives the one by record, which is 0 where there is no interval.
func (c Confidence) product(rates []Ratio, factor float64) (i Interval, variance float64) {
	product, n := Int(1), Value{}
	square := Int(0) // Σ 1/k − 1/n, exact
	if len(rates) == 0 {
		product = Value{}
	}
	for _, r := range rates {
		product = product.Mul(r.Value())
		square = square.Add(Int(1).Div(r.num).Sub(Int(1).Div(r.den)))
		if r.den.Defined() && (!n.Defined() || r.den.Less(n)) {
			n = r.den
		}
	}
	i, none := c.start(LogDelta, product, n, c.Fewest)
	if none != 0 {
		return i.without(none), 0
	}
	for _, r := range rates {
		if !isShare(r) {
			return i.without(NotApplicable), 0
		}
	}
	if square.Sign() <= 0 {
		return i.without(TooFew), 0
	}
	variance, _ = square.Float64()
	rate, _ := product.Float64()
	spread := math.Exp(c.z() * math.Sqrt(float64(variance*factor)))
	return i.within(rate/spread, min(float64(rate*spread), 1)), variance
}
