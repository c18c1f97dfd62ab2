package steps

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/saleskpi/saleskpi/kpi"
)

// share is k of n attempts of one entity.
type share struct{ k, n int64 }

func (s *share) add(there bool) {
	s.n++
	if there {
		s.k++
	}
}

// spread counts the entities that have k of n attempts: all that the variance
// between entities takes, in the space of the few different shares there are.
type spread map[share]int64

func (s *spread) add(one share) {
	if one.n == 0 {
		return
	}
	if *s == nil {
		*s = spread{}
	}
	(*s)[one]++
}

// interval gives what [kpi.Confidence.ClusteredShare] gives for the same
// groups.
func (s spread) interval(c kpi.Confidence, rate kpi.Ratio) kpi.Interval {
	plain := c.Share(rate)
	factor, ok := s.factor()
	if !ok || !plain.Low.Defined() || factor.Less(c.Clustered.Or(kpi.DefaultConfidence().Clustered)) {
		return plain
	}
	c.Fewest = 1 // of the plain records there are enough
	i := c.Share(kpi.NewRatio(rate.Num().Div(factor), rate.Den().Div(factor)))
	i.Rate, i.N, i.Groups = plain.Rate, plain.N, s.groups()
	return i
}

func (s spread) groups() int64 {
	g := int64(0)
	for _, m := range s {
		g += m
	}
	return g
}

// factor gives the variance by entities over that of independent attempts, to
// nine places. With K of N attempts of g entities, p = K/N, kᵢ of nᵢ those of
// one, and m the mean of the dᵢ:
//
//	dᵢ = (K − kᵢ)/(N − nᵢ) − K/N = (K·nᵢ − kᵢ·N) / (N·(N − nᵢ))
//	factor = (g − 1)/g · Σ (dᵢ − m)² ÷ (p(1 − p)/N)
//
// There is none for fewer than two entities, and where all or none converted.
func (s spread) factor() (factor kpi.Value, ok bool) {
	var k, n int64
	for one, m := range s {
		k, n = k+one.k*m, n+one.n*m
	}
	g := float64(s.groups())
	if g < 2 || k == 0 || k == n {
		return factor, false
	}
	shares := slices.SortedFunc(maps.Keys(s), func(a, b share) int { return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.k, b.k)) })
	shifts, mean := make([]float64, len(shares)), 0.0
	for i, one := range shares {
		shifts[i] = float64(k*one.n-one.k*n) / (float64(n) * float64(n-one.n))
		mean += float64(shifts[i] * (float64(s[one]) / g))
	}
	squares := 0.0
	for i, one := range shares {
		d := shifts[i] - mean
		squares += float64(float64(s[one]) * float64(d*d))
	}
	p := float64(k) / float64(n)
	value, err := kpi.Parse(strconv.FormatFloat((g-1)/g*squares/(p*(1-p)/float64(n)), 'f', 9, 64))
	return value, err == nil
}
