package main

import "math/rand/v2"

// dice is a sequence of numbers that looks random and is the same everywhere:
// PCG, whose every step is fixed by its definition. Nothing above it is that
// of math/rand, so that the sample does not change with a version of Go.
type dice struct{ pcg *rand.PCG }

func newDice(seed uint64) *dice { return &dice{rand.NewPCG(seed, 2026)} }

// below gives a number from 0 to n−1.
func (d *dice) below(n int) int { return int(d.pcg.Uint64() % uint64(n)) }

// percent tells whether something of p per cent probability happens.
func (d *dice) percent(p int) bool { return d.below(100) < p }

// pick gives an index, each with the probability of its weight.
func (d *dice) pick(weights []int) (at int) {
	total := 0
	for _, w := range weights {
		total += w
	}
	for left := d.below(total); left >= weights[at]; at++ {
		left -= weights[at]
	}
	return at
}
