package funnel

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// Durations describes how long something took, in days: whole ones, or with a
// fraction where elapsed time is asked for. Where N is 0 every value is no
// data.
//
// Quantiles are of type 7: with the durations in order as x(0)…x(n−1) and
// h = (n−1)·p,
//
//	x(⌊h⌋) + (h − ⌊h⌋)·(x(⌊h⌋+1) − x(⌊h⌋))
//
// which is numpy's default and PERCENTILE.INC of spreadsheets; the median is
// so the mean of the middle two.
//
// Source: Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996.
type Durations struct {
	N       int64 `json:"n"`
	Missing int64 `json:"missing"` // deals left out: a date is not known, or they contradict

	Median  kpi.Value `json:"median"`
	P25     kpi.Value `json:"p25"`
	P75     kpi.Value `json:"p75"`
	P90     kpi.Value `json:"p90"`
	P90Rank kpi.Value `json:"p90_nearest_rank"` // the ⌈0.9·n⌉-th duration, one that did occur
	Mean    kpi.Value `json:"mean"`
	Sum     kpi.Value `json:"sum"`
	Min     kpi.Value `json:"min"`
	Max     kpi.Value `json:"max"`
}

// describe takes over whole days and sorts them.
func describe(days []int, missing int64) Durations { return describeIn(days, 1, missing) }

// describeIn takes over durations, of which so many make a day, and sorts
// them.
func describeIn[N int | int64](durations []N, perDay int64, missing int64) Durations {
	d := Durations{N: int64(len(durations)), Missing: missing}
	if len(durations) == 0 {
		return d
	}
	slices.Sort(durations)
	at := func(i int) kpi.Value { return kpi.Frac(int64(durations[i]), perDay) }
	d.Sum = totalOf(durations).Div(kpi.Int(perDay))
	d.Median = quantile(len(durations), at, kpi.Frac(1, 2))
	d.P25 = quantile(len(durations), at, kpi.Frac(1, 4))
	d.P75 = quantile(len(durations), at, kpi.Frac(3, 4))
	d.P90 = quantile(len(durations), at, kpi.Frac(9, 10))
	d.P90Rank = at((len(durations)*9+9)/10 - 1)
	d.Mean = d.Sum.Div(kpi.Int(d.N))
	d.Min, d.Max = at(0), at(len(durations)-1)
	return d
}

// totalOf adds durations; three hundred years of microseconds a thousand times
// pass 64 bits.
func totalOf[N int | int64](durations []N) kpi.Value {
	const step = 1 << 40
	var whole, rest int64
	for _, n := range durations {
		whole, rest = whole+int64(n)/step, rest+int64(n)%step
	}
	return kpi.Int(whole).Mul(kpi.Int(step)).Add(kpi.Int(rest))
}

// quantile gives the type 7 quantile of n ordered numbers for a share p, and
// no data for none.
func quantile(n int, at func(int) kpi.Value, p kpi.Value) kpi.Value {
	if n == 0 {
		return kpi.Value{}
	}
	h := p.Mul(kpi.Int(int64(n - 1)))
	below, _ := h.Minor(0, kpi.Floor)
	k := int(below)
	rest := h.Sub(kpi.Int(below))
	if rest.Sign() == 0 {
		return at(k)
	}
	return at(k).Add(rest.Mul(at(k + 1).Sub(at(k))))
}

// median gives the median of amounts, which it takes over and sorts.
func median(amounts []kpi.Value) kpi.Value {
	slices.SortFunc(amounts, kpi.Value.Compare)
	return quantile(len(amounts), func(i int) kpi.Value { return amounts[i] }, kpi.Frac(1, 2))
}
