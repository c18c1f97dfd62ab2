package funnel

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Incidence is a share by a number of days, estimated from deals of which
// some are still open. It is undefined (Immature) where no deal was observed
// for so long.
type Incidence struct {
	N      int64        `json:"n"`       // deals that it is estimated from
	Late   int64        `json:"late"`    // of them under observation only from a later age on
	AtRisk int64        `json:"at_risk"` // that were observed when the share last moved
	Share  kpi.Estimate `json:"share"`

	// Low and High are the interval at the level of the rule's confidence: by
	// deal, or by the groups of By whose variance is the greatest, where that
	// reaches [kpi.Confidence.Clustered] times the variance by deal.
	Low  kpi.Estimate `json:"low"`
	High kpi.Estimate `json:"high"`

	By []IncidenceBy `json:"by"` // owner first, then as named; empty where it is one side of a comparison
}

// IncidenceBy is the variance of an incidence between groups of deals that may
// go together, from leaving out one group at a time:
//
//	factor = (g − 1)/g · Σ (θᵢ − m)² / variance by deal
//
// with θᵢ the share without group i and m the mean of these. It is undefined
// (TooFew) for fewer than two groups, and where the share without one of them
// is not known.
type IncidenceBy struct {
	By     string       `json:"by"`
	Groups int64        `json:"groups"`
	Factor kpi.Estimate `json:"factor"`
}

// incidences estimates shares by one age.
type incidences struct {
	a        *Analysis
	days     int64
	why      kpi.Reason // why there are none, 0 where there are
	sampling Sampling
}

// of estimates the share of ways that end by a cause, with its interval by
// deal and by groups.
func (e incidences) of(ways []way, cause stat.Cause) Incidence {
	late := int64(0)
	for _, w := range ways {
		if w.known && w.late >= 0 {
			late++
		}
	}
	table := tableOf(ways)
	i, step := estimated(stat.AalenJohansen(table, cause), e.days, late, e.why, e.sampling.Confidence)
	i.By = []IncidenceBy{e.by(ways, table, cause, step, "owner", func(l *life) string { return e.a.word(l.owner) })}
	for _, c := range e.sampling.Clusters {
		i.By = append(i.By, e.by(ways, table, cause, step, c.By, func(l *life) string { return c.Key(e.a.deal(l)) }))
	}
	e.widen(&i, step)
	return i
}

// by compares the variance between groups with that by deal.
func (e incidences) by(ways []way, table stat.Table, cause stat.Cause, step stat.Step, name string, key func(*life) string) IncidenceBy {
	groups := map[string][]way{}
	for _, w := range ways {
		if w.known {
			groups[key(w.life)] = append(groups[key(w.life)], w)
		}
	}
	b := IncidenceBy{By: name, Groups: int64(len(groups)), Factor: kpi.NoEstimate(kpi.TooFew)}
	if len(groups) < 2 || !(step.Error > 0) {
		return b
	}
	shares := make([]float64, 0, len(groups))
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		rest, ok := stat.AalenJohansen(lessOf(table, tableOf(groups[group])), cause).At(e.days)
		if !ok {
			return b
		}
		shares = append(shares, rest.Share)
	}
	b.Factor = kpi.NewEstimate(jackknifed(shares) / float64(step.Error*step.Error))
	return b
}

// lessOf takes the records of a part out of a table.
func lessOf(table, part stat.Table) stat.Table {
	rows := slices.Clone(table)
	for _, r := range part {
		rows = append(rows, stat.Row{Age: r.Age, Entered: -r.Entered, Won: -r.Won, Lost: -r.Lost, Censored: -r.Censored})
	}
	return stat.NewTable(rows...)
}

// jackknifed gives the variance of leaving out one at a time. The order of the
// shares is that of the groups' names, so the bits are the same.
func jackknifed(shares []float64) float64 {
	mean := 0.0
	for _, s := range shares {
		mean += s / float64(len(shares))
	}
	sum := 0.0
	for _, s := range shares {
		sum += float64((s - mean) * (s - mean))
	}
	return sum * float64(len(shares)-1) / float64(len(shares))
}

// widen draws the interval by the groups with the greatest variance, where it
// counts.
func (e incidences) widen(i *Incidence, step stat.Step) {
	if !i.Low.Defined() {
		return
	}
	most := 0.0
	for _, b := range i.By {
		if f, ok := b.Factor.Float64(); ok && isClustered(e.sampling.Confidence, f) {
			most = max(most, f)
		}
	}
	if most == 0 {
		return
	}
	step.Error *= math.Sqrt(most)
	if low, high, ok := step.Interval(levelOf(e.sampling.Confidence)); ok {
		i.Low, i.High = kpi.NewEstimate(low), kpi.NewEstimate(high)
	}
}

// isClustered compares at ten digits, as an [kpi.Estimate] promises them.
func isClustered(c kpi.Confidence, factor float64) bool {
	threshold, _ := c.Clustered.Or(kpi.DefaultConfidence().Clustered).Float64()
	short, err := strconv.ParseFloat(kpi.NewEstimate(factor).String(), 64)
	return err == nil && short >= threshold
}

func levelOf(c kpi.Confidence) float64 {
	level, _ := c.Level.Or(kpi.DefaultConfidence().Level).Float64()
	return level
}

// drawn gives the interval of a step of a curve of n deals, undefined (TooFew)
// under the fewest that the confidence asks for.
func drawn(step stat.Step, n int64, c kpi.Confidence) (low, high kpi.Estimate) {
	l, h, ok := step.Interval(levelOf(c))
	if !ok || n < cmp.Or(c.Fewest, kpi.DefaultConfidence().Fewest) {
		return kpi.NoEstimate(kpi.TooFew), kpi.NoEstimate(kpi.TooFew)
	}
	return kpi.NewEstimate(l), kpi.NewEstimate(h)
}

// findings says where deals of a group go together.
func (i Incidence) findings(rate string, c kpi.Confidence) (found []check.Finding) {
	for _, b := range i.By {
		if f, ok := b.Factor.Float64(); ok && isClustered(c, f) {
			found = append(found, check.Finding{Code: "rate_clustered", Severity: check.Warning, Subject: rate,
				Args: check.Args("by", b.By, "factor", strconv.FormatFloat(f, 'f', 1, 64), "n", i.N, "groups", b.Groups)})
		}
	}
	return found
}

// incidence estimates a share by an age, its interval by deal.
func incidence(curve stat.Curve, days, late int64, why kpi.Reason, confidence kpi.Confidence) Incidence {
	i, _ := estimated(curve, days, late, why, confidence)
	return i
}

func estimated(curve stat.Curve, days, late int64, why kpi.Reason, confidence kpi.Confidence) (Incidence, stat.Step) {
	i := Incidence{N: curve.Records, Late: late, By: []IncidenceBy{}}
	step, ok := curve.At(days)
	switch {
	case why != 0:
	case curve.Records == 0:
		why = kpi.NoData
	case !ok:
		why = kpi.Immature
	}
	if why != 0 {
		i.Share, i.Low, i.High = kpi.NoEstimate(why), kpi.NoEstimate(why), kpi.NoEstimate(why)
		return i, step
	}
	i.AtRisk, i.Share = step.AtRisk, kpi.NewEstimate(step.Share)
	i.Low, i.High = drawn(step, i.N, confidence)
	return i, step
}
