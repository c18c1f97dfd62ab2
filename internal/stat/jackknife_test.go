package stat

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// jackknifeSlow is the definition: the ratio again without each group.
func jackknifeSlow(groups []Pair) (variance float64) {
	ratioWithout := func(skip int) float64 {
		num, den := 0.0, 0.0
		for i, g := range groups {
			if i != skip {
				num, den = num+g.Num, den+g.Den
			}
		}
		return num / den
	}
	g, mean := float64(len(groups)), 0.0
	for i := range groups {
		mean += ratioWithout(i) / g
	}
	for i := range groups {
		variance += (g - 1) / g * (ratioWithout(i) - mean) * (ratioWithout(i) - mean)
	}
	return variance
}

func pairs() *rapid.Generator[[]Pair] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Pair {
		return Pair{float64(rapid.IntRange(-500, 1000).Draw(t, "num")), float64(rapid.IntRange(1, 1000).Draw(t, "den"))}
	}), 2, 40)
}

func TestJackknifeIsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := pairs().Draw(t, "groups")
		got, ok := Jackknife(groups, 0.95)
		if want := jackknifeSlow(groups); !ok || math.Abs(got.Variance-want) > 1e-9*want+1e-14 {
			t.Fatalf("variance %v, %t; want %v", got.Variance, ok, want)
		}
		again, _ := Jackknife(rapid.Permutation(groups).Draw(t, "order"), 0.95)
		if again != got {
			t.Fatalf("another order gives %v and not %v", again, got)
		}
		for i := range groups {
			groups[i].Num, groups[i].Den = groups[i].Num*4, groups[i].Den*2
		}
		if doubled, _ := Jackknife(groups, 0.95); !near(doubled.Ratio, 2*got.Ratio, 1e-12) || !near(doubled.Variance, 4*got.Variance, 1e-9) {
			t.Fatalf("twice the ratio has %v, once %v", doubled, got)
		}
	})
}

// With every denominator 1 it is the mean, its standard error s/√n and
// Student's interval, which R's t.test(c(3, 5, 8, 12)) gives as
// 0.7691201373278455 to 13.2308798626721540; by hand s²/4 = 46/3/4 = 23/6.
func TestJackknifeOfAMean(t *testing.T) {
	got, ok := Jackknife([]Pair{{3, 1}, {5, 1}, {8, 1}, {12, 1}}, 0.95)
	if !ok || got.Groups != 4 || got.Ratio != 7 || !near(got.Variance, 23.0/6, 1e-14) || !near(got.Low, 0.7691201373278455, 1e-13) || !near(got.High, 13.2308798626721540, 1e-13) {
		t.Errorf("%+v, %t", got, ok)
	}
}

func TestJackknifeNeedsGroups(t *testing.T) {
	for name, test := range map[string]struct {
		groups []Pair
		conf   float64
		count  int
	}{
		"none":                       {nil, 0.95, 0},
		"one":                        {[]Pair{{1, 2}}, 0.95, 1},
		"one and an empty one":       {[]Pair{{1, 2}, {0, 0}}, 0.95, 1},
		"all of it in one":           {[]Pair{{1, 2}, {1, 0}}, 0.95, 2},
		"less than none without one": {[]Pair{{1, 5}, {1, -1}, {1, -2}}, 0.95, 3},
		"no denominator":             {[]Pair{{1, 0}, {2, 0}}, 0.95, 2},
		"a level of one":             {[]Pair{{1, 2}, {1, 3}}, 1, 2},
		"no level":                   {[]Pair{{1, 2}, {1, 3}}, math.NaN(), 2},
		"not a number":               {[]Pair{{math.NaN(), 2}, {1, 3}}, 0.95, 2},
		"infinite":                   {[]Pair{{1, math.Inf(1)}, {1, 3}}, 0.95, 2},
		"too large to add":           {[]Pair{{1, math.MaxFloat64}, {1, math.MaxFloat64}}, 0.95, 2},
	} {
		if got, ok := Jackknife(test.groups, test.conf); ok || got != (Jackknifed{Groups: test.count}) {
			t.Errorf("%s: %+v, %t", name, got, ok)
		}
	}
	if got, ok := Jackknife([]Pair{{0, 0}, {1, 2}, {1, 2}, {0, 0}}, 0.95); !ok || got.Groups != 2 || got.Variance != 0 || got.Low != 0.5 || got.High != 0.5 {
		t.Errorf("empty groups tell nothing: %+v, %t", got, ok)
	}
}
