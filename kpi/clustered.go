package kpi

import (
	"strconv"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Clustered is the interval of a rate of grouped records, such as the deals
// of owners: records of one group share what they depend on and tell less
// than as many independent ones.
type Clustered struct {
	By       string          `json:"by"`       // what the groups are: owner, account, month
	Groups   int64           `json:"groups"`   // with records
	Factor   Estimate        `json:"factor"`   // variance by groups ÷ variance by records
	Plain    Interval        `json:"plain"`    // as if every record stood for itself
	Interval Interval        `json:"interval"` // the one to show
	Findings []check.Finding `json:"findings"`
}

// Jackknife gives the interval of a ratio of sums, such as a share of money,
// by leaving out one group at a time; groups may be single records. n is how
// many records the groups hold. With θ the ratio of all g groups, θᵢ that of
// all but group i, and m the mean of the θᵢ:
//
//	θ ± t·√((g − 1)/g · Σ (θᵢ − m)²)    t of g − 1 degrees of freedom
//
// Where every part lies between 0 and its whole, the interval is kept inside
// 0 to 1. Groups of no data or of 0 of 0 add nothing. Low and High are
// undefined under c.Fewest records, for fewer than two groups, where one
// group holds everything, and where leaving out any changes nothing, as no
// spread tells nothing of chance (TooFew); and for a whole below zero
// (NotApplicable). Source: Efron and Stein, Annals of Statistics 9 (1981).
func (c Confidence) Jackknife(n int64, groups []Ratio) Interval {
	interval, _ := c.orDefault().jackknife(n, groups)
	return interval
}

// jackknife gives the variance too, which is 0 where there is no interval.
func (c Confidence) jackknife(n int64, groups []Ratio) (i Interval, variance float64) {
	total, pairs, parts := pool(groups)
	i, none := c.start(Jackknife, total.Value(), Int(n), c.Fewest)
	i.Groups = int64(len(pairs))
	switch {
	case none != 0:
		return i.without(none), 0
	case total.den.Sign() < 0:
		return i.without(NotApplicable), 0
	}
	result, ok := stat.Jackknife(pairs, c.level())
	switch {
	case !ok || !(result.Variance > 0):
		return i.without(TooFew), 0
	case parts:
		result.Low, result.High = max(result.Low, 0), min(result.High, 1)
	}
	return i.within(result.Low, result.High), result.Variance
}

// pool adds the groups, and says whether each is a part of a whole. A group
// of no data adds nothing; one that is undefined for another reason makes the
// total undefined.
func pool(groups []Ratio) (total Ratio, pairs []stat.Pair, parts bool) {
	total, parts = RatioOf(0, 0), true
	for _, g := range groups {
		if g == (Ratio{}) || g == RatioOf(0, 0) {
			continue
		}
		total = total.Add(g)
		pairs = append(pairs, floats(g))
		parts = parts && isShare(g)
	}
	return total, pairs, parts
}

// ClusteredShare gives the interval of a share of counted records, with the
// counts of every group of theirs: won of closed deals by owner. Factor is
// the jackknife's variance over groups by the binomial one, with p = k/n of
// all:
//
//	factor = variance by groups ÷ (p(1 − p)/n)
//
// From c.Clustered on the finding clustered gives it, and the interval is
// that of [Confidence.Share] with k and n divided by it; below, it is the
// plain one. For fewer than two groups, and where p is 0 or 1, the factor is
// undefined (TooFew), and the interval is the plain one. Of a handful of groups
// the factor is itself a rough estimate.
func (c Confidence) ClusteredShare(by string, groups []Ratio) Clustered {
	c = c.orDefault()
	total, pairs, parts := pool(groups)
	result := Clustered{By: by, Groups: int64(len(pairs)), Plain: c.share(total, c.Fewest, 1), Findings: []check.Finding{}}
	if !parts {
		result.Plain = result.Plain.without(Stronger(result.Plain.Low.Reason(), NotApplicable))
	}
	result.Interval = result.Plain
	if !result.Plain.Low.Defined() {
		return result.unknown(result.Plain.Low.Reason())
	}
	spread, ok := stat.Jackknife(pairs, c.level())
	p, _ := total.Value().Float64()
	binomial := float64(p*(1-p)) / floats(total).Den
	if !ok || !(binomial > 0) {
		return result.unknown(TooFew)
	}
	result.Factor = NewEstimate(spread.Variance / binomial)
	if c.clustered(result.Factor) {
		result.Interval = c.share(total, c.Fewest, result.Factor.f)
		result.Interval.Groups = result.Groups
		result.find(total.den)
	}
	return result
}

// ClusteredRatio does for any ratio of sums what ClusteredShare does for
// counts: won of closed money by deal, and the same deals by owner. Plain is
// the jackknife over records, and the factor that over groups by that over
// records:
//
//	factor = variance by groups ÷ variance by records
//
// From c.Clustered on the finding clustered gives it, and the interval is the
// jackknife over groups; below, it is the plain one. Groups that do not add up
// to the records are of other records: then everything is undefined
// (NotApplicable).
func (c Confidence) ClusteredRatio(by string, records, groups []Ratio) Clustered {
	c = c.orDefault()
	whole, single, _ := pool(records)
	total, pairs, _ := pool(groups)
	plain, variance := c.jackknife(int64(len(single)), records)
	result := Clustered{By: by, Groups: int64(len(pairs)), Plain: plain, Interval: plain, Findings: []check.Finding{}}
	switch {
	case whole != total:
		result.Plain = plain.without(NotApplicable)
		result.Interval = result.Plain
		return result.unknown(NotApplicable)
	case !plain.Low.Defined():
		return result.unknown(plain.Low.Reason())
	}
	grouped, wide := c.jackknife(int64(len(single)), groups)
	if !grouped.Low.Defined() {
		return result.unknown(grouped.Low.Reason())
	}
	result.Factor = NewEstimate(wide / variance)
	if c.clustered(result.Factor) {
		result.Interval = grouped
		result.find(grouped.N)
	}
	return result
}

func (r Clustered) unknown(why Reason) Clustered {
	r.Factor = NoEstimate(why)
	return r
}

// clustered compares at ten digits.
func (c Confidence) clustered(factor Estimate) bool {
	threshold, _ := c.Clustered.Float64()
	return factor.Defined() && tenDigits(factor.f) >= tenDigits(threshold)
}

func (r *Clustered) find(n Value) {
	r.Findings = append(r.Findings, check.Finding{Code: findClustered, Severity: check.Warning, Subject: r.By,
		Args: check.Args("factor", strconv.FormatFloat(r.Factor.f, 'f', 1, 64), "n", n, "groups", r.Groups)})
}
