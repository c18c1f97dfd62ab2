package forecast

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// enumerated gives the distribution by its definition: every outcome of every
// open deal, times every number of new deals of each size, by the Poisson
// formula as far as it is not nothing.
func enumerated(bets []bet, rates map[int64]float64) map[int64]float64 {
	all := map[int64]float64{0: 1}
	for _, b := range bets {
		next := map[int64]float64{}
		for sum, p := range all {
			next[sum] += p * (1 - b.chance)
			next[sum+b.steps] += p * b.chance
		}
		all = next
	}
	for size, rate := range rates {
		next := map[int64]float64{}
		for sum, p := range all {
			term := math.Exp(-rate)
			for n := range int64(60) {
				next[sum+n*size] += p * term
				term *= rate / float64(n+1)
			}
		}
		all = next
	}
	return all
}

func TestCompoundIsTheEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bets := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) bet {
			return bet{rapid.Int64Range(-4, 9).Draw(t, "steps"), float64(rapid.IntRange(0, 8).Draw(t, "eighths")) / 8}
		}), 0, 7).Draw(t, "bets")
		rates := map[int64]float64{}
		for range rapid.IntRange(0, 3).Draw(t, "sizes") {
			rates[rapid.Int64Range(1, 6).Draw(t, "size")] = rapid.Float64Range(0.01, 3).Draw(t, "rate")
		}
		model := enumerated(bets, rates)
		c := compounded(2, slices.Clone(bets), rates)
		for k, m := range c.mass {
			if want := model[c.base+int64(k)]; math.Abs(m-want) > 1e-9 {
				t.Fatalf("sum %d: %v, want %v", c.base+int64(k), m, want)
			}
		}
		if total := tail(c.mass, 0); math.Abs(total-1) > 1e-9 {
			t.Fatal("adds up to", total)
		}
		for sum := range int64(12) {
			want := 0.0
			for s, p := range model {
				if s >= sum {
					want += p
				}
			}
			if got := c.atLeast(float64(2 * sum)); math.Abs(got-want) > 1e-9 {
				t.Fatalf("at least %d: %v, want %v", sum, got, want)
			}
		}
	})
}

// Taking a bet out of a distribution leaves that of the others.
func TestWithout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bets := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) bet {
			return bet{rapid.Int64Range(-9, 9).Draw(t, "steps"), float64(rapid.IntRange(0, 100).Draw(t, "percent")) / 100}
		}), 1, 30).Draw(t, "bets")
		out := rapid.IntRange(0, len(bets)-1).Draw(t, "out")
		all, others := compounded(1, slices.Clone(bets), nil), compounded(1, slices.Delete(slices.Clone(bets), out, out+1), nil)
		rest := compound{unit: 1, base: all.base - min(bets[out].steps, 0), mass: without(all.mass, int(bets[out].steps), bets[out].chance)}
		if rest.base != others.base || len(rest.mass) != len(others.mass) {
			t.Fatalf("from %d, %d places; want %d, %d", rest.base, len(rest.mass), others.base, len(others.mass))
		}
		for k := range rest.mass {
			if math.Abs(rest.mass[k]-others.mass[k]) > 1e-9 {
				t.Fatalf("place %d: %v, want %v", k, rest.mass[k], others.mass[k])
			}
		}
	})
}

// New deals in the thousands do not vanish in e^−λ: a Poisson number of ones
// with λ = 2,000 has that mean and variance.
func TestManyNewDeals(t *testing.T) {
	c := compounded(1, nil, map[int64]float64{1: 2000})
	mean, square := 0.0, 0.0
	for k, m := range c.mass {
		mean += float64(k) * m
		square += float64(k) * float64(k) * m
	}
	if math.Abs(mean-2000) > 1e-3 || math.Abs(square-mean*mean-2000) > 0.1 {
		t.Errorf("mean %v, variance %v", mean, square-mean*mean)
	}
}

// The ratio is at least 1, however well past landings did, and leaves out
// what has no error or no variance.
func TestOverdispersion(t *testing.T) {
	if ratio, n := overdispersion(nil); ratio != 1 || n != 0 {
		t.Error("of nothing", ratio, n)
	}
	if got := tenDigits(0.1 + 0.2); got != 0.3 {
		t.Error("ten digits", got)
	}
}
