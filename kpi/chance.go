package kpi

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/internal/stat"
)

// Difference is how far one share lies above another. It is a record, and
// comparable.
type Difference struct {
	Method     IntervalMethod `json:"method"`
	Level      Value          `json:"level"`
	A          Ratio          `json:"a"`
	B          Ratio          `json:"b"`
	Difference Value          `json:"difference"` // a − b, exact
	Low        Estimate       `json:"low"`
	High       Estimate       `json:"high"`
	P          Estimate       `json:"p"` // of a difference as large as this or larger, were there none
}

// Difference compares two shares of different records: the win rates of two
// sellers, or of one before and after. With the Wilson interval (l, u) of
// each p:
//
//	low   d − √((p₁ − l₁)² + (u₂ − p₂)²)
//	high  d + √((u₁ − p₁)² + (p₂ − l₂)²)
//
// and P from z² = d²/(p(1 − p)(1/n₁ + 1/n₂)), p of both together. Whoever
// compares many gives the P to [Confidence.Adjust], and does not judge by one
// alone. Undefined under c.Fewest records on either side (TooFew), and where
// either is no share (NotApplicable). Source: Newcombe, method 10, Statistics
// in Medicine 17 (1998).
func (c Confidence) Difference(a, b Ratio) Difference {
	c = c.orDefault()
	result := Difference{Method: Newcombe, Level: c.Level, A: a, B: b, Difference: a.Value().Sub(b.Value())}
	none := Stronger(c.Share(a).Low.Reason(), c.Share(b).Low.Reason())
	if none != 0 {
		result.Low, result.High, result.P = NoEstimate(none), NoEstimate(none), NoEstimate(none)
		return result
	}
	one, two := floats(a), floats(b)
	d, _ := stat.CompareProportions(one.Num, one.Den, two.Num, two.Den, c.level())
	result.Low, result.High, result.P = NewEstimate(d.Low), NewEstimate(d.High), NewEstimate(d.P)
	return result
}

// Chance says whether what was seen is more than chance. The zero Chance is
// ChanceUnknown.
type Chance uint8

const (
	ChanceUnknown   Chance = iota // nothing can be told
	WithinChance                  // chance alone gives as much
	Distinguishable               // more than chance, but for a stated share of false alarms
)

func chanceWords() []string { return []string{"unknown", "within_chance", "distinguishable"} }

// String gives unknown, within_chance or distinguishable.
func (c Chance) String() string { return enum.String(chanceWords(), c) }

// MarshalText gives the word.
func (c Chance) MarshalText() ([]byte, error) { return enum.Marshal("kpi.Chance", chanceWords(), c) }

// UnmarshalText reads the word.
func (c *Chance) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kpi.Chance", chanceWords(), text, c)
}

// Title gives words for people, in English ("en") or Chinese ("zh"): "within
// chance" and "在随机波动范围内". Another language gives the English ones.
func (c Chance) Title(lang string) string {
	if lang == "zh" {
		return enum.String([]string{"无法判断", "在随机波动范围内", "差异明显"}, c)
	}
	return enum.String([]string{"cannot be told", "within chance", "distinguishable"}, c)
}

// Adjusted is one of many comparisons after [Confidence.Adjust].
type Adjusted struct {
	P       Estimate `json:"p"` // of the comparison alone
	Q       Estimate `json:"q"` // least share of false alarms at which it still counts
	Verdict Chance   `json:"verdict"`
}

// Adjust judges many comparisons made at once, as among thirty sellers three
// differ "significantly" at 10 % by chance alone. Of m p-values in rising
// order:
//
//	q(i) = min over j ≥ i of p(j)·m/j, at most 1
//
// What has a q of at most c.FalseAlarms is distinguishable, everything else
// within chance; among the distinguishable ones false alarms are at most
// that share, on average. They come back in the order they were given. An
// undefined p-value keeps its reason and does not count; one outside 0 to 1 is
// undefined, reason NotApplicable. Source: Benjamini and Hochberg, JRSS B 57
// (1995).
func (c Confidence) Adjust(p []Estimate) []Adjusted {
	c = c.orDefault()
	valid := c.Validate() == nil
	all := make([]Adjusted, len(p))
	var known []float64
	var places []int
	for i, x := range p {
		switch {
		case !x.defined:
			all[i] = Adjusted{P: x, Q: x}
		case !valid || x.f < 0 || x.f > 1:
			all[i] = Adjusted{P: x, Q: NoEstimate(NotApplicable)}
		default:
			known, places = append(known, x.f), append(places, i)
		}
	}
	for i, q := range stat.BenjaminiHochberg(known) {
		all[places[i]] = Adjusted{P: p[places[i]], Q: NewEstimate(q), Verdict: c.verdict(q)}
	}
	return all
}

// verdict compares at ten digits.
func (c Confidence) verdict(q float64) Chance {
	if limit, _ := c.FalseAlarms.Float64(); tenDigits(q) <= tenDigits(limit) {
		return Distinguishable
	}
	return WithinChance
}

// Homogeneity says whether many rates differ by more than chance.
type Homogeneity struct {
	ChiSquare Estimate `json:"chi_square"`
	Freedom   int64    `json:"freedom"` // degrees: rates that were compared, less one
	P         Estimate `json:"p"`       // of a spread as wide or wider, were they all alike
	// ByChance is the share of the spread that chance alone would give:
	// Freedom ÷ ChiSquare, at most 1.
	ByChance Estimate `json:"by_chance"`
	Verdict  Chance   `json:"verdict"` // of this one test
}

// Homogeneity asks whether the rates of many, such as the win rates of all
// sellers, differ at all, before anybody is ranked by them. With k of n each
// and p = Σk/Σn:
//
//	χ² = Σ (k − n·p)² / (n·p·(1 − p))
//
// on one degree of freedom less than there are rates. Rates of no data or of
// 0 of 0 are left out. Undefined for fewer than two of them (TooFew), for a
// rate that is no share of a count (NotApplicable), and by the reason of one
// that is undefined. Source: Pearson's test of homogeneity.
func (c Confidence) Homogeneity(rates []Ratio) Homogeneity {
	c = c.orDefault()
	total, pairs, parts := pool(rates)
	none := Stronger(total.num.Reason(), total.den.Reason())
	switch {
	case none != 0:
	case !parts || c.Validate() != nil:
		none = NotApplicable
	case len(pairs) < 2:
		none = TooFew
	}
	spread, ok := stat.Homogeneity(pairs)
	if none == 0 && !ok {
		none = NotApplicable
	}
	if none != 0 {
		return Homogeneity{ChiSquare: NoEstimate(none), P: NoEstimate(none), ByChance: NoEstimate(none)}
	}
	byChance := 1.0
	if freedom := float64(spread.Freedom); spread.ChiSquare > freedom {
		byChance = freedom / spread.ChiSquare
	}
	return Homogeneity{ChiSquare: NewEstimate(spread.ChiSquare), Freedom: int64(spread.Freedom), P: NewEstimate(spread.P),
		ByChance: NewEstimate(byChance), Verdict: c.verdict(spread.P)}
}
