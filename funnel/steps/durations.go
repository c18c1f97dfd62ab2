package steps

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// Durations describes how long something took, in seconds. Where N is 0 every
// value is no data.
//
// Quantiles are of type 7: with the times in order as x(0)…x(n−1) and
// h = (n−1)·p,
//
//	x(⌊h⌋) + (h − ⌊h⌋)·(x(⌊h⌋+1) − x(⌊h⌋))
//
// so the median of an even number is the mean of the middle two.
//
// Source: Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996.
type Durations struct {
	N      int64     `json:"n"`
	Min    kpi.Value `json:"min"`
	P25    kpi.Value `json:"p25"`
	Median kpi.Value `json:"median"`
	P75    kpi.Value `json:"p75"`
	P90    kpi.Value `json:"p90"`
	Mean   kpi.Value `json:"mean"`
	Max    kpi.Value `json:"max"`
}

// In gives the same in another unit, such as Days(1). A unit that is not
// longer than 0, or Unlimited, makes every value undefined (NotApplicable).
func (d Durations) In(unit Span) Durations {
	seconds := kpi.Frac(int64(unit), 1e9)
	if unit <= 0 || unit == Unlimited {
		seconds = kpi.Undefined(kpi.NotApplicable)
	}
	for _, v := range []*kpi.Value{&d.Min, &d.P25, &d.Median, &d.P75, &d.P90, &d.Mean, &d.Max} {
		*v = v.Div(seconds)
	}
	return d
}

// describe takes over times in microseconds and changes their order.
func describe(times []int64) Durations {
	n := int64(len(times))
	d := Durations{N: n}
	if n == 0 {
		return d
	}
	places := []int{0, int(n - 1)}
	for _, p := range [][2]int64{{1, 4}, {1, 2}, {3, 4}, {9, 10}} {
		k := int((n - 1) * p[0] / p[1])
		places = append(places, k, min(k+1, int(n-1)))
	}
	slices.Sort(places)
	sortAt(times, slices.Compact(places))
	d.Min, d.Max = seconds(times[0]), seconds(times[n-1])
	d.P25, d.Median, d.P75 = quantile(times, 1, 4), quantile(times, 1, 2), quantile(times, 3, 4)
	d.P90 = quantile(times, 9, 10)
	whole, rest := int64(0), int64(0) // apart, for microseconds could overflow
	for _, t := range times {
		whole += t / 1e6
		rest += t % 1e6
	}
	d.Mean = kpi.Int(whole).Add(seconds(rest)).Div(kpi.Int(n))
	return d
}

func seconds(micros int64) kpi.Value { return kpi.Frac(micros, 1e6) }

// quantile gives the type 7 quantile for the share a/b of times that are in
// order at the places it looks at.
func quantile(times []int64, a, b int64) kpi.Value {
	h := int64(len(times)-1) * a
	k, rest := h/b, h%b
	if rest == 0 {
		return seconds(times[k])
	}
	return kpi.Frac(times[k]*b+rest*(times[k+1]-times[k]), b*1e6)
}
