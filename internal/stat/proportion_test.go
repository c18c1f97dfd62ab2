package stat

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func intervals() []func(k, n, conf float64) (low, high float64) {
	return []func(k, n, conf float64) (low, high float64){Wilson, ClopperPearson, Jeffreys}
}

// R, binom.confint of the package binom, as statsmodels keeps them in
// stats/tests/results/results_proportion.py; the bounds of Jeffreys are R's
// qbeta at k + ½ and n − k + ½. To the six digits of the least of them.
func TestProportionsAgreeWithR(t *testing.T) {
	for _, test := range []struct {
		k, n                              float64
		wilson, clopperPearson, equalTail [2]float64
	}{
		{4, 20, [2]float64{0.0806576625797981, 0.4160174322518935}, [2]float64{0.05733399705003284, 0.436614002996668}, [2]float64{0.0715200525, 0.4082257625}},
		{4, 200, [2]float64{0.00780442641634947, 0.05028708690582643}, [2]float64{0.005475565879556443, 0.05041360908989634}, [2]float64{0.0067875988, 0.046846567}},
		{190, 200, [2]float64{0.910421851861224, 0.972617354399236}, [2]float64{0.9099724622986486, 0.975765834527891}, [2]float64{0.9131249119, 0.9740066028}},
		{29, 30, [2]float64{0.8332961, 0.9940914}, [2]float64{0.8278305, 0.9991564}, [2]float64{0.8545822226, 0.9963795356}},
		{0, 30, [2]float64{0, 0.11351339}, [2]float64{0, 0.11570331}, [2]float64{1.62319e-05, 0.0796781738}},
	} {
		for i, want := range [][2]float64{test.wilson, test.clopperPearson, test.equalTail} {
			low, high := intervals()[i](test.k, test.n, 0.95)
			if math.Abs(low-want[0]) > 1e-7 || math.Abs(high-want[1]) > 1e-7 {
				t.Errorf("%v of %v by method %d: %v to %v; want %v", test.k, test.n, i, low, high, want)
			}
		}
	}
}

// Rounding must not lead out of 0 to 1, nor away from it where everybody or
// nobody succeeded: statsmodels, test_confint_proportion_wilson_clip.
func TestWilsonKeepsToTheEnds(t *testing.T) {
	for n := 1.0; n < 2000; n++ {
		low, high := Wilson(0, n, 0.95)
		if low != 0 || !(high > 0 && high < 1) {
			t.Errorf("0 of %v: %v to %v", n, low, high)
		}
		low, high = Wilson(n, n, 0.95)
		if high != 1 || !(low > 0 && low < 1) {
			t.Errorf("%v of %v: %v to %v", n, n, low, high)
		}
	}
	low, high := Wilson(19, 38, 0.95)
	if math.Abs(low-0.348499283643951) > 1e-14 || math.Abs(high-0.651500716356049) > 1e-14 {
		t.Errorf("19 of 38: %v to %v", low, high)
	}
}

func TestNoProportionSaysNothing(t *testing.T) {
	for _, bad := range [][3]float64{{0, 0, 0.95}, {1, 0, 0.95}, {-1, 5, 0.95}, {6, 5, 0.95}, {1, 5, 0}, {1, 5, 1}, {math.NaN(), 5, 0.95},
		{1, math.NaN(), 0.95}, {1, 5, math.NaN()}, {1, math.Inf(1), 0.95}} {
		for i, interval := range intervals() {
			if low, high := interval(bad[0], bad[1], bad[2]); low != 0 || high != 1 {
				t.Errorf("method %d of %v: %v to %v", i, bad, low, high)
			}
		}
	}
}

// The laws that all three share, of whole and of split counts.
func TestProportionLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Float64Range(0.1, 1e6).Draw(t, "n")
		if rapid.Bool().Draw(t, "whole") {
			n = math.Ceil(n)
		}
		k := math.Floor(rapid.Float64Range(0, n).Draw(t, "k"))
		conf := rapid.Float64Range(0.5, 0.999).Draw(t, "conf")
		for i, interval := range intervals() {
			low, high := interval(k, n, conf)
			if !(0 <= low && low <= high && high <= 1) {
				t.Fatalf("method %d: %v to %v", i, low, high)
			}
			if i < 2 && !(low <= k/n && k/n <= high) {
				t.Fatalf("method %d: %v to %v leaves out %v", i, low, high, k/n)
			}
			mirrorLow, mirrorHigh := interval(n-k, n, conf)
			if math.Abs(low+mirrorHigh-1) > 1e-9 || math.Abs(high+mirrorLow-1) > 1e-9 {
				t.Fatalf("method %d: the mirror of %v to %v is %v to %v", i, low, high, mirrorLow, mirrorHigh)
			}
			if wideLow, wideHigh := interval(k, n, (1+conf)/2); wideLow > low || wideHigh < high {
				t.Fatalf("method %d: more confidence is narrower", i)
			}
			if wideLow, wideHigh := interval(k/2, n/2, conf); wideHigh-wideLow < (high-low)*(1-1e-9) {
				t.Fatalf("method %d: half the count is narrower", i)
			}
		}
	})
}

// Wilson's bounds are the shares that a score test just does not reject:
// |k/n − p| = z·√(p(1 − p)/n).
func TestWilsonInvertsTheScoreTest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := float64(rapid.IntRange(1, 100_000).Draw(t, "n"))
		k := float64(rapid.IntRange(0, int(n)).Draw(t, "k"))
		low, high := Wilson(k, n, 0.9)
		for _, p := range []float64{low, high} {
			if p == 0 || p == 1 {
				continue
			}
			if z := math.Abs(k/n-p) / math.Sqrt(p*(1-p)/n); math.Abs(z-1.6448536269514722) > 1e-6 { // R: qnorm(0.95)
				t.Fatalf("%v of %v: the bound %v is %v errors off", k, n, p, z)
			}
		}
	})
}
