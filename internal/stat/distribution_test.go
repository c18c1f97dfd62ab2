package stat

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// near reports whether got is want to a relative error, or both are within
// it of zero.
func near(got, want, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*max(math.Abs(want), math.SmallestNonzeroFloat64) || got == want
}

// R 4.2.2 with options(digits = 15): pnorm, qnorm, pt, qt, pbeta, qbeta,
// pchisq(lower = FALSE), at the arguments named. The tolerance is that of
// the printed digits.
func TestDistributionsAgreeWithR(t *testing.T) {
	for name, test := range map[string]struct{ got, want float64 }{
		"pnorm(-1)":                       {NormalCDF(-1), 0.158655253931457},
		"pnorm(-5)":                       {NormalCDF(-5), 2.86651571879194e-07},
		"pnorm(-10)":                      {NormalCDF(-10), 7.61985302416053e-24},
		"pnorm(-30)":                      {NormalCDF(-30), 4.90671392714819e-198},
		"qnorm(1e-10)":                    {NormalQuantile(1e-10), -6.36134090240406},
		"qnorm(0.025)":                    {NormalQuantile(0.025), -1.95996398454005},
		"qnorm(0.2)":                      {NormalQuantile(0.2), -0.841621233572914},
		"qnorm(0.6)":                      {NormalQuantile(0.6), 0.2533471031358},
		"qt(0.9, 2.5)":                    {StudentQuantile(0.9, 2.5), 1.73025092880718},
		"qt(0.975, 2.5)":                  {StudentQuantile(0.975, 2.5), 3.57465484200369},
		"qt(0.9995, 2.5)":                 {StudentQuantile(0.9995, 2.5), 18.2778935281315},
		"qt(0.975, 0.7)":                  {StudentQuantile(0.975, 0.7), 36.6114150315883},
		"qt(0.975, 1e3)":                  {StudentQuantile(0.975, 1e3), 1.96233908082641},
		"qt(0.975, 1e5)":                  {StudentQuantile(0.975, 1e5), 1.95998770753461},
		"qt(0.975, 33.3)":                 {StudentQuantile(0.975, 33.3), 2.03381922413405},
		"qbeta(0.025, 4.5, 16.5)":         {BetaQuantile(0.025, 4.5, 16.5), 0.0715200524787307},
		"qbeta(0.5, 4.5, 16.5)":           {BetaQuantile(0.5, 4.5, 16.5), 0.20510546730848},
		"qbeta(0.975, 4.5, 16.5)":         {BetaQuantile(0.975, 4.5, 16.5), 0.408225762516926},
		"qbeta(1e-6, 4.5, 16.5)":          {BetaQuantile(1e-6, 4.5, 16.5), 0.0062529505229805},
		"qbeta(0.025, 0.5, 30.5)":         {BetaQuantile(0.025, 0.5, 30.5), 1.62318612234643e-05},
		"qbeta(0.975, 0.5, 30.5)":         {BetaQuantile(0.975, 0.5, 30.5), 0.0796781738172599},
		"qbeta(0.025, 1e5, 2e5)":          {BetaQuantile(0.025, 1e5, 2e5), 0.331647521550699},
		"pchisq(33.34771179925516, 29)":   {ChiSquareSurvival(33.34771179925516, 29), 0.263936979771825},
		"pchisq(3.841458820694124, 1)":    {ChiSquareSurvival(3.841458820694124, 1), 0.05},
		"pchisq(700, 500)":                {ChiSquareSurvival(700, 500), 7.72899211121665e-09},
		"pchisq(1e-3, 0.5)":               {ChiSquareSurvival(1e-3, 0.5), 0.835040249231587},
		"pchisq(15000, 10000)":            {ChiSquareSurvival(15000, 10000), 5.915869e-208},
		"qt(0.025, 1e6), by mpmath 1.3.0": {StudentQuantile(0.025, 1e6), -1.959966356814107035},
	} {
		tolerance := 5e-14
		switch name {
		case "pnorm(-30)":
			tolerance = 2e-13 // one bit of x is x² of the result
		case "pchisq(15000, 10000)":
			tolerance = 5e-7 // printed with seven digits
		}
		if !near(test.got, test.want, tolerance) {
			t.Errorf("%s = %.17g; want %.17g", name, test.got, test.want)
		}
	}
}

// Far out and with large parameters: mpmath 1.3.0 with 60 digits, the
// continued fraction of the beta function and gammainc. Within a few bits
// times the parameter's root, which is what one bit of x is worth.
func TestFarOut(t *testing.T) {
	for _, test := range []struct{ x, a, b, want float64 }{
		{0.3337, 1e6, 2e6, 0.91102737310036047}, {0.332, 1e6, 2e6, 4.7403317981509046e-7},
		{1e-6, 0.5, 1e6, 0.84270084483819636}, {1e-8, 0.5, 1e6, 0.11246290233317854},
		{4e-9, 3, 1e9, 0.76189669620475702}, {1e-10, 3, 1e9, 0.00015465307073971131},
		{0.49995, 1e8, 1e8, 0.078649603265723236}, {0.4998, 1e8, 1e8, 7.7086191090413382e-9},
		{0x1p-20, 10, 1e7, 0.48294710664397066}, {0.25, 40.5, 100.25, 0.16115679046698902},
		{0.001, 0.01, 50, 0.97546030520157481}, {0.999, 2000, 3, 0.67613482691289541},
		{1 - 0x1p-20, 5e6, 2, 0.048997596329904238}, {0.5, 10000, 10300, 0.98238343264559337},
	} {
		if got := BetaCDF(test.x, test.a, test.b); !near(got, test.want, 1e-13+4e-16*math.Sqrt(max(test.a, test.b))) {
			t.Errorf("I(%v; %v, %v) = %.17g; want %.17g", test.x, test.a, test.b, got, test.want)
		}
	}
	for _, test := range []struct{ x, df, want float64 }{
		{10000, 10000, 0.49811936596618264}, {9800, 10000, 0.92205504377348609}, {1004000, 1e6, 0.0023630282386838922},
		{5, 0.3, 0.004774304069235706}, {1e-8, 3, 0.99999999999973404}, {250, 3, 6.5437500309679936e-54},
	} {
		if got := ChiSquareSurvival(test.x, test.df); !near(got, test.want, 1e-13+4e-16*math.Sqrt(test.df)) {
			t.Errorf("chi-square above %v of %v = %.17g; want %.17g", test.x, test.df, got, test.want)
		}
	}
	for _, test := range []struct{ x, df, want float64 }{
		{-2, 1e6, 0.022750266925659604}, {-8, 1e8, 6.2210262541147691e-16}, {-3, 1e4, 0.0013532240949988331},
		{-40, 30, 6.8630225972032014e-28}, {-1e6, 4, 2.99999999998e-24}, {-1.5, 0.2, 0.34502776657647084},
	} {
		if got := StudentCDF(test.x, test.df); !near(got, test.want, 1e-13) {
			t.Errorf("t at %v of %v = %.17g; want %.17g", test.x, test.df, got, test.want)
		}
	}
}

// The figures are those of the printed tables of Student's t, to the three
// places that they give: NIST/SEMATECH e-Handbook of Statistical Methods,
// 1.3.6.7.2.
func TestStudentTable(t *testing.T) {
	tests := []struct {
		df   float64
		p, t float64
	}{
		{1, 0.90, 3.078}, {1, 0.95, 6.314}, {1, 0.975, 12.706}, {1, 0.99, 31.821},
		{2, 0.90, 1.886}, {2, 0.975, 4.303},
		{5, 0.90, 1.476}, {5, 0.95, 2.015}, {5, 0.975, 2.571}, {5, 0.999, 5.893},
		{6, 0.90, 1.440}, {6, 0.975, 2.447},
		{7, 0.90, 1.415}, {7, 0.95, 1.895}, {7, 0.975, 2.365}, {7, 0.99, 2.998},
		{10, 0.90, 1.372}, {10, 0.975, 2.228}, {18, 0.90, 1.330}, {19, 0.975, 2.093},
		{30, 0.95, 1.697}, {100, 0.975, 1.984},
	}
	for _, test := range tests {
		if got := StudentQuantile(test.p, test.df); math.Abs(got-test.t) > 0.0005 {
			t.Errorf("t(%v; %v) = %v; want %v", test.p, test.df, got, test.t)
		}
		if got := StudentQuantile(1-test.p, test.df); math.Abs(got+test.t) > 0.0005 {
			t.Errorf("t(%v; %v) = %v; want %v", 1-test.p, test.df, got, -test.t)
		}
	}
}

// Distributions that have a closed form, over wide ranges.
func TestClosedForms(t *testing.T) {
	check := func(name string, x, got, want, tolerance float64) {
		t.Helper()
		if !near(got, want, tolerance) && math.Abs(got-want) > 1e-15 {
			t.Errorf("%s at %v: %.17g; want %.17g", name, x, got, want)
		}
	}
	for _, x := range []float64{1e-300, 1e-20, 1e-9, 0.001, 0.02, 0.1, 0.25, 0.499, 0.5, 0.6, 0.75, 0.9, 0.999} {
		for _, b := range []float64{1e-3, 0.5, 1, 2, 7.5, 100, 1e4} {
			check("I(x; 1, b) = 1 − (1 − x)^b", x, BetaCDF(x, 1, b), -math.Expm1(b*math.Log1p(-x)), 1e-13)
			check("I(x; b, 1) = x^b", x, BetaCDF(x, b, 1), math.Pow(x, b), 2e-12)
		}
		check("I(x; ½, ½) = 2/π·asin √x", x, BetaCDF(x, 0.5, 0.5), 2/math.Pi*math.Asin(math.Sqrt(x)), 1e-13)
	}
	for x := 1e-6; x < 1400; x *= 1.7 {
		check("chi-square of 2", x, ChiSquareSurvival(x, 2), math.Exp(-x/2), 1e-12)
		check("chi-square of 1", x, ChiSquareSurvival(x, 1), math.Erfc(math.Sqrt(x/2)), 1e-12)
		check("chi-square of 4", x, ChiSquareSurvival(x, 4), math.Exp(-x/2)*(1+x/2), 1e-12)
	}
	for x := -40.0; x <= 40; x += 0.37 {
		check("t of 1 is Cauchy's", x, StudentCDF(x, 1), math.Atan2(1, -x)/math.Pi, 1e-13)
		check("t of 2", x, StudentCDF(x, 2), 1/(2+x*x)/(1-x/math.Sqrt(2+x*x)), 1e-12)
		check("t of infinitely many", x, StudentCDF(x, math.Inf(1)), NormalCDF(x), 0)
	}
}

// Of whole shapes it is a binomial tail, here in exact arithmetic:
// I(x; a, b) = P(at least a of a + b − 1 successes of probability x).
func TestBetaIsABinomialTail(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(1, 60).Draw(t, "a"), rapid.Int64Range(1, 60).Draw(t, "b")
		eighths := rapid.Int64Range(1, 1023).Draw(t, "x·1024")
		x := big.NewRat(eighths, 1024)
		tail, n := new(big.Rat), a+b-1
		for k := a; k <= n; k++ {
			term := new(big.Rat).SetInt(new(big.Int).Binomial(n, k))
			for range k {
				term.Mul(term, x)
			}
			for range n - k {
				term.Mul(term, new(big.Rat).Sub(big.NewRat(1, 1), x))
			}
			tail.Add(tail, term)
		}
		want, _ := tail.Float64()
		if got := BetaCDF(float64(eighths)/1024, float64(a), float64(b)); !near(got, want, 1e-12) {
			t.Fatalf("I(%d/1024; %d, %d) = %.17g; want %.17g", eighths, a, b, got, want)
		}
	})
}

// A quantile put into its distribution gives the probability back.
func TestQuantilesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := math.Exp(-rapid.Float64Range(0.7, 200).Draw(t, "−ln p"))
		if back := NormalCDF(NormalQuantile(p)); !near(back, p, 1e-12) {
			t.Fatalf("normal: %v comes back as %v", p, back)
		}
		df := math.Exp(rapid.Float64Range(-1, 14).Draw(t, "ln df"))
		if x := StudentQuantile(p, df); x > -1e150 && !near(StudentCDF(x, df), p, 1e-12) {
			t.Fatalf("t: %v of %v comes back as %v", p, df, StudentCDF(x, df))
		}
		a, b := math.Exp(rapid.Float64Range(-1, 14).Draw(t, "ln a")), math.Exp(rapid.Float64Range(-1, 14).Draw(t, "ln b"))
		x := BetaQuantile(p, a, b)
		slope := math.Exp(math.Log(a) + (a-1)*math.Log(x)) // where x^a is steep one bit of x is many of p
		if back := BetaCDF(x, a, b); x < 0.5 && x > 1e-290 && math.Abs(back-p) > 1e-10*p+slope*1e-16 {
			t.Fatalf("beta: %v of %v and %v comes back as %v", p, a, b, back)
		}
	})
}

// Symmetries: the other tail is the mirrored distribution.
func TestMirrors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := float64(rapid.IntRange(1, 1023).Draw(t, "x")) / 1024 // 1 − x is exact
		a, b := rapid.Float64Range(0.01, 1e4).Draw(t, "a"), rapid.Float64Range(0.01, 1e4).Draw(t, "b")
		if one, two := BetaCDF(x, a, b), BetaCDF(1-x, b, a); math.Abs(one+two-1) > 1e-14 {
			t.Fatalf("I(%v; %v, %v) = %v, its mirror %v", x, a, b, one, two)
		}
		df := rapid.Float64Range(0.1, 1e6).Draw(t, "df")
		if one, two := StudentCDF(x*10, df), StudentCDF(-x*10, df); math.Abs(one+two-1) > 1e-13 {
			t.Fatalf("t at %v of %v: %v and %v", x*10, df, one, two)
		}
	})
}

// Every argument has a number or an infinity for an answer, in its range.
func TestNothingIsNaN(t *testing.T) {
	odd := []float64{math.NaN(), math.Inf(-1), -1, 0, math.SmallestNonzeroFloat64, 0.5, 1 - epsilon/2, 1, 1e9, math.MaxFloat64, math.Inf(1)}
	share := func(name string, y float64, of ...float64) {
		if !(y >= 0 && y <= 1) {
			t.Errorf("%s of %v is %v", name, of, y)
		}
	}
	for _, x := range odd {
		share("NormalCDF", NormalCDF(x), x)
		if y := NormalQuantile(x); math.IsNaN(y) {
			t.Errorf("NormalQuantile(%v)", x)
		}
		for _, y := range odd {
			share("StudentCDF", StudentCDF(x, y), x, y)
			share("ChiSquareSurvival", ChiSquareSurvival(x, y), x, y)
			if q := StudentQuantile(x, y); math.IsNaN(q) {
				t.Errorf("StudentQuantile(%v, %v)", x, y)
			}
			for _, z := range odd {
				share("BetaCDF", BetaCDF(x, y, z), x, y, z)
				share("BetaQuantile", BetaQuantile(x, y, z), x, y, z)
				for _, interval := range intervals() {
					low, high := interval(x, y, z)
					share("low", low, x, y, z)
					share("high", high, x, y, z)
					if low > high {
						t.Errorf("%v to %v of %v, %v, %v", low, high, x, y, z)
					}
				}
			}
		}
	}
	if x := StudentQuantile(1e-10, 0.001); !math.IsInf(x, -1) { // −10⁹⁹⁹⁷, by the tail p ~ x^−df
		t.Errorf("a quantile beyond what is a number here is %v", x)
	}
	for _, p := range PoissonBinomial(odd) {
		share("PoissonBinomial", p)
	}
}

func TestPoissonBinomial(t *testing.T) {
	if got := PoissonBinomial(nil); len(got) != 1 || got[0] != 1 {
		t.Errorf("of no trial: %v", got)
	}
	// R: dbinom(0:4, 4, 0.3)
	for k, want := range []float64{0.2401, 0.4116, 0.2646, 0.0756, 0.0081} {
		if got := PoissonBinomial([]float64{0.3, 0.3, 0.3, 0.3})[k]; !near(got, want, 1e-14) {
			t.Errorf("%d of 4: %v; want %v", k, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		ps := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 40).Draw(t, "p")
		mass := PoissonBinomial(ps)
		total, mean, want := 0.0, 0.0, 0.0
		for k, m := range mass {
			total += m
			mean += float64(k) * m
		}
		for _, p := range ps {
			want += p
		}
		if math.Abs(total-1) > 1e-13 || math.Abs(mean-want) > 1e-12*float64(len(ps)) {
			t.Fatalf("sums to %v with mean %v; want 1 and %v", total, mean, want)
		}
		for k, m := range PoissonBinomial(rapid.Permutation(ps).Draw(t, "order")) {
			if m != mass[k] {
				t.Fatalf("another order gives %v and not %v for %d", m, mass[k], k)
			}
		}
	})
}
