package funnel

import (
	"cmp"
	"math"
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

	By []IncidenceBy `json:"by"` // owner first, then as named
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
	curve := curveOf{table, cause, e.days, step}
	i.By = []IncidenceBy{curve.by("owner", e.a.tablesByOwner(ways))}
	for _, c := range e.sampling.Clusters {
		i.By = append(i.By, curve.by(c.By, tablesBy(ways, func(l *life) string { return c.Key(e.a.deal(l)) })))
	}
	i.widen(step, e.sampling.Confidence)
	return i
}

func (a *Analysis) tablesByOwner(ways []way) map[string]stat.Table {
	return tablesBy(ways, func(l *life) string { return a.word(l.owner) })
}

// tablesBy counts the ways of each group by age.
func tablesBy(ways []way, key func(*life) string) map[string]stat.Table {
	groups := map[string][]way{}
	for _, w := range ways {
		if w.known {
			groups[key(w.life)] = append(groups[key(w.life)], w)
		}
	}
	tables := map[string]stat.Table{}
	for group, ways := range groups {
		tables[group] = tableOf(ways)
	}
	return tables
}

// curveOf is the share of a table that has ended by a cause, at one age.
type curveOf struct {
	table stat.Table
	cause stat.Cause
	days  int64
	step  stat.Step
}

// by compares the variance between groups with that by deal.
func (c curveOf) by(name string, groups map[string]stat.Table) IncidenceBy {
	b := IncidenceBy{By: name, Groups: int64(len(groups)), Factor: kpi.NoEstimate(kpi.TooFew)}
	if len(groups) < 2 || !(c.step.Error > 0) {
		return b
	}
	shares, without := make([]float64, 0, len(groups)), stat.NewWithout(c.table, c.cause, c.days)
	for _, group := range groups {
		share, ok := without.Share(group)
		if !ok {
			return b
		}
		shares = append(shares, share)
	}
	b.Factor = kpi.NewEstimate(stat.JackknifeVariance(shares) / float64(c.step.Error*c.step.Error)) // which puts them in order
	return b
}

// widen draws the interval by the groups with the greatest variance, where it
// counts, and gives the step with the error that is then in force.
func (i *Incidence) widen(step stat.Step, c kpi.Confidence) stat.Step {
	most := 0.0
	for _, b := range i.By {
		if f, ok := b.Factor.Float64(); ok && isClustered(c, f) {
			most = max(most, f)
		}
	}
	if most == 0 || !i.Low.Defined() {
		return step
	}
	step.Error *= math.Sqrt(most)
	if low, high, ok := step.Interval(levelOf(c)); ok {
		i.Low, i.High = kpi.NewEstimate(low), kpi.NewEstimate(high)
	}
	return step
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
