package bridge

import (
	"math/bits"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// game asks a formula what it gives with some drivers at their current and
// the others at their base values.
type game struct {
	formula kpi.Formula
	drivers []Part
}

// moved gives the drivers whose values differ. The others have no part in
// any case, so they need no cases.
func (g game) moved() []int {
	var moved []int
	for i, d := range g.drivers {
		if d.Values.Base != d.Values.Current {
			moved = append(moved, i)
		}
	}
	return moved
}

// eval gives the value of a case.
func (g game) eval(atCurrent func(driver int) bool) kpi.Value {
	return g.formula.Eval(func(id string) kpi.Value {
		i := slices.IndexFunc(g.drivers, func(d Part) bool { return d.ID == id })
		if atCurrent(i) {
			return g.drivers[i].Values.Current
		}
		return g.drivers[i].Values.Base
	})
}

// all gives every case once. Bit i of its number says that the i-th driver
// which moved stands at its current value; so the first case is the base and
// the last the current side.
func (g game) all() []kpi.Value {
	moved := g.moved()
	cases := make([]kpi.Value, 1<<len(moved))
	for set := range cases {
		cases[set] = g.eval(func(driver int) bool {
			bit := slices.Index(moved, driver)
			return bit >= 0 && set>>bit&1 == 1
		})
	}
	return cases
}

// inSequence gives the cases in which the first 0, 1, … n drivers have
// changed.
func (g game) inSequence() []kpi.Value {
	cases := make([]kpi.Value, len(g.drivers)+1)
	for changed := range cases {
		cases[changed] = g.eval(func(driver int) bool { return driver < changed })
	}
	return cases
}

// decisive gives the drivers whose change alone makes some case undefined or
// defined.
func (g game) decisive(cases []kpi.Value, m Method) []string {
	var ids []string
	if m == InSequence {
		for i, d := range g.drivers {
			if cases[i].Defined() != cases[i+1].Defined() {
				ids = append(ids, d.ID)
			}
		}
		return ids
	}
	for bit, driver := range g.moved() {
		for set, v := range cases {
			if v.Defined() != cases[set^1<<bit].Defined() {
				ids = append(ids, g.drivers[driver].ID)
				break
			}
		}
	}
	return ids
}

// shapley gives each of n players
//
//	sum over sets S without it of  |S|! (n − |S| − 1)! / n! × (v(S and it) − v(S))
//
// exactly. Sets of one size weigh the same, so values are added up by size
// first.
func shapley(n int, v []kpi.Value) []kpi.Value {
	all := bySize(n, v, func(int) bool { return true })
	weights := shapleyWeights(n)
	amounts := make([]kpi.Value, n)
	for i := range amounts {
		with := bySize(n, v, func(set int) bool { return set>>i&1 == 1 })
		amounts[i] = kpi.Int(0)
		for size := range n {
			gain := with[size+1].Sub(all[size].Sub(with[size]))
			amounts[i] = amounts[i].Add(weights[size].Mul(gain))
		}
	}
	return amounts
}

// bySize adds up the values of the sets that count, by size from 0 to n.
func bySize(n int, v []kpi.Value, counts func(set int) bool) []kpi.Value {
	sums := make([]kpi.Value, n+1)
	for size := range sums {
		sums[size] = kpi.Int(0)
	}
	for set, value := range v {
		if counts(set) {
			size := bits.OnesCount(uint(set))
			sums[size] = sums[size].Add(value)
		}
	}
	return sums
}

// shapleyWeights gives size! (n − size − 1)! / n! for the sizes 0 to n − 1,
// which is 1/n divided by the number of sets of that size among n − 1.
func shapleyWeights(n int) []kpi.Value {
	weights := make([]kpi.Value, n)
	sets := int64(1)
	for size := range weights {
		weights[size] = kpi.Frac(1, int64(n)*sets)
		sets = sets * int64(n-1-size) / int64(size+1)
	}
	return weights
}
