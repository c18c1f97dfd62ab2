package kpi

import (
	"math"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// ClusteredProduct does for a product of rates what [Confidence.ClusteredShare]
// does for one: the way from a lead to a win, and the same by owner. Each of
// the groups is what it adds to each of the rates, in their order; a rate of
// which no group has anything is stated, and as sure as its counts. Plain is
// [Confidence.Product], and with kᵢ of nᵢ the counts of the rates, and k and n
// what one group adds to them:
//
//	θ       Σ ln((kᵢ − k)/(nᵢ − n))    without that group
//	factor  ((g − 1)/g · Σ (θ − m)² + Σ stated 1/kᵢ − 1/nᵢ) ÷ (Σ 1/kᵢ − 1/nᵢ)
//
// with m the mean of the θ. From c.Clustered on the finding clustered gives
// it, and the variance is multiplied by it; below, the interval is the plain
// one. The factor is undefined (TooFew) for fewer than two groups, and where
// nothing passes one of the rates without one of them; and (NotApplicable) where
// a group does not have a part for each rate.
func (c Confidence) ClusteredProduct(by string, rates []Ratio, groups [][]Ratio) Clustered {
	c = c.orDefault()
	plain, variance := c.product(rates, 1)
	result := Clustered{By: by, Groups: int64(len(groups)), Plain: plain, Interval: plain, Findings: []check.Finding{}}
	if !plain.Low.Defined() {
		return result.unknown(plain.Low.Reason())
	}
	for _, group := range groups {
		if len(group) != len(rates) {
			return result.unknown(NotApplicable)
		}
	}
	logs, stated, ok := withoutEach(rates, groups)
	if !ok {
		return result.unknown(TooFew)
	}
	result.Factor = NewEstimate((stat.JackknifeVariance(logs) + stated) / variance)
	if c.clustered(result.Factor) {
		result.Interval, _ = c.product(rates, result.Factor.f)
		result.Interval.Groups = result.Groups
		result.find(plain.N)
	}
	return result
}

// withoutEach gives the logarithm of the product without each of the groups,
// the stated rates apart, and the variance of these.
func withoutEach(rates []Ratio, groups [][]Ratio) (logs []float64, stated float64, ok bool) {
	if len(groups) < 2 {
		return nil, 0, false
	}
	logs = make([]float64, len(groups))
	for i, rate := range rates {
		whole, learned := floats(rate), false
		for g, group := range groups {
			part := floats(group[i])
			learned = learned || part != stat.Pair{}
			num, den := whole.Num-part.Num, whole.Den-part.Den
			if !(num > 0 && den > 0) {
				return nil, 0, false
			}
			logs[g] += math.Log(num / den)
		}
		if !learned {
			stated += 1/whole.Num - 1/whole.Den
		}
	}
	return logs, stated, true
}
