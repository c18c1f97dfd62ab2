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
type spread struct {
	few  [4][4]int64 // by n and k, of the shares that most entities have
	many map[share]int64
}

func (s *spread) add(one share) {
	switch {
	case one.n == 0:
	case one.n < int64(len(s.few)):
		s.few[one.n][one.k]++
	default:
		if s.many == nil {
			s.many = map[share]int64{}
		}
		s.many[one]++
	}
}

// weighted is a share and how many entities have it.
type weighted struct {
	share
	m int64
}

// shares gives the different shares, in a fixed order.
func (s *spread) shares() []weighted {
	var all []weighted
	for n := range s.few {
		for k, m := range s.few[n] {
			if m > 0 {
				all = append(all, weighted{share{int64(k), int64(n)}, m})
			}
		}
	}
	less := func(a, b share) int { return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.k, b.k)) }
	for _, one := range slices.SortedFunc(maps.Keys(s.many), less) {
		all = append(all, weighted{one, s.many[one]})
	}
	return all
}

// interval gives what [kpi.Confidence.ClusteredShare] gives for the same
// groups.
func (s *spread) interval(c kpi.Confidence, rate kpi.Ratio) kpi.Interval {
	plain := c.Share(rate)
	factor, groups, ok := s.factor()
	if !ok || !plain.Low.Defined() || factor.Less(c.Clustered.Or(kpi.DefaultConfidence().Clustered)) {
		return plain
	}
	c.Fewest = 1 // of the plain records there are enough
	i := c.Share(kpi.NewRatio(rate.Num().Div(factor), rate.Den().Div(factor)))
	i.Rate, i.N, i.Groups = plain.Rate, plain.N, groups
	return i
}

// factor gives the variance by entities over that of independent attempts, to
// nine places, and the number of entities. With K of N attempts of g entities,
// p = K/N, kᵢ of nᵢ those of one, and m the mean of the dᵢ:
//
//	dᵢ = (K − kᵢ)/(N − nᵢ) − K/N = (K·nᵢ − kᵢ·N) / (N·(N − nᵢ))
//	factor = (g − 1)/g · Σ (dᵢ − m)² ÷ (p(1 − p)/N)
//
// There is none for fewer than two entities, and where all or none converted.
func (s *spread) factor() (factor kpi.Value, groups int64, ok bool) {
	shares := s.shares()
	var k, n int64
	for _, one := range shares {
		k, n, groups = k+one.k*one.m, n+one.n*one.m, groups+one.m
	}
	if groups < 2 || k == 0 || k == n {
		return factor, groups, false
	}
	g, mean := float64(groups), 0.0
	shifts := make([]float64, len(shares))
	for i, one := range shares {
		shifts[i] = float64(k*one.n-one.k*n) / (float64(n) * float64(n-one.n))
		mean += float64(shifts[i] * (float64(one.m) / g))
	}
	squares := 0.0
	for i, one := range shares {
		d := shifts[i] - mean
		squares += float64(float64(one.m) * float64(d*d))
	}
	p := float64(k) / float64(n)
	binomial := float64(p*(1-p)) / float64(n)
	value, err := kpi.Parse(strconv.FormatFloat((g-1)/g*squares/binomial, 'f', 9, 64))
	return value, groups, err == nil
}
