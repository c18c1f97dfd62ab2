package main

// dice is a sequence of numbers that looks random and is the same everywhere:
// SplitMix64, whose every step is fixed by its definition, so that the sample
// does not change with a version of Go.
//
// Source: Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators
// (2014), with the constants of the reference implementation by Vigna.
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9E3779B97F4A7C15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below gives a number from 0 to n−1.
func (d *dice) below(n int) int { return int(d.next() % uint64(n)) }

// percent tells whether something of p per cent probability happens.
func (d *dice) percent(p int) bool { return d.below(100) < p }

// pick gives an index, each with the probability of its weight.
func (d *dice) pick(weights []int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	at := d.below(total)
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}
