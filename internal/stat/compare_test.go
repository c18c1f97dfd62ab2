package stat

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Newcombe's own table of examples, method 10 (Statistics in Medicine 17,
// 1998, table II), to its four places; the p-values are R's
// prop.test(correct = FALSE), those of empty or full margins 1.
func TestCompareProportions(t *testing.T) {
	for _, test := range []struct{ k1, n1, k2, n2, low, high, p float64 }{
		{56, 70, 48, 80, 0.0524, 0.3339, 0.00804508136819656},
		{9, 10, 3, 10, 0.1705, 0.8090, 0.006169899321},
		{6, 7, 2, 7, 0.0582, 0.8062, 0.03075356126},
		{5, 56, 0, 29, -0.0381, 0.1926, 0.09718656817},
		{0, 10, 0, 20, -0.1611, 0.2775, 1},
		{0, 10, 0, 10, -0.2775, 0.2775, 1},
		{10, 10, 0, 20, 0.6791, 1, 4.320463058e-08},
		{10, 10, 0, 10, 0.6075, 1, 7.744216431e-06},
	} {
		got, ok := CompareProportions(test.k1, test.n1, test.k2, test.n2, 0.95)
		if !ok || math.Abs(got.Low-test.low) > 5.1e-5 || math.Abs(got.High-test.high) > 5.1e-5 || !near(got.P, test.p, 1e-9) {
			t.Errorf("%v of %v against %v of %v: %+v, %t; want %v to %v, p %v", test.k1, test.n1, test.k2, test.n2, got, ok, test.low, test.high, test.p)
		}
		back, _ := CompareProportions(test.k2, test.n2, test.k1, test.n1, 0.95)
		if back.Difference != -got.Difference || math.Abs(back.Low+got.High) > 1e-15 || back.P != got.P {
			t.Errorf("the other way: %+v against %+v", back, got)
		}
	}
	if _, ok := CompareProportions(1, 0, 1, 2, 0.95); ok {
		t.Error("a comparison with nothing")
	}
}

// R: prop.test(c(83, 90, 129, 70), c(86, 93, 136, 82)), the smokers of its
// help page (Fleiss 1981).
func TestHomogeneity(t *testing.T) {
	smokers := []Pair{{83, 86}, {90, 93}, {129, 136}, {70, 82}}
	got, ok := Homogeneity(smokers)
	if !ok || got.Freedom != 3 || !near(got.ChiSquare, 12.6004112971276, 1e-13) || !near(got.P, 0.00558547666162702, 1e-12) {
		t.Errorf("%+v, %t", got, ok)
	}
	if again, _ := Homogeneity([]Pair{smokers[2], {}, smokers[0], smokers[3], smokers[1]}); again != got {
		t.Errorf("another order, with an empty group: %+v", again)
	}
	for name, alike := range map[string][]Pair{"none": {{0, 3}, {0, 5}}, "all": {{3, 3}, {5, 5}}, "alike": {{2, 4}, {5, 10}}} {
		if got, ok := Homogeneity(alike); !ok || got != (Spread{0, 1, 1}) {
			t.Errorf("%s: %+v, %t", name, got, ok)
		}
	}
	for name, bad := range map[string][]Pair{"one": {{1, 2}}, "nothing": nil, "more than n": {{3, 2}, {1, 2}}, "below zero": {{-1, 2}, {1, 2}},
		"of nothing": {{1, 0}, {1, 2}}, "not a number": {{math.NaN(), 2}, {1, 2}}, "infinite": {{1, math.Inf(1)}, {1, 2}}} {
		if got, ok := Homogeneity(bad); ok {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// R: p.adjust(p, "BH"); the p-values are those of Benjamini and Hochberg's
// own example (1995, section 3.1).
func TestBenjaminiHochberg(t *testing.T) {
	p := []float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0}
	want := []float64{0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571428571429, 0.0638571428571429, 0.0645, 0.0765, 0.486, 0.581181818181818,
		0.714875, 0.753230769230769, 0.813214285714286, 1}
	for i, q := range BenjaminiHochberg(p) {
		if !near(q, want[i], 1e-14) {
			t.Errorf("q of %v is %v; want %v", p[i], q, want[i])
		}
	}
	for i, q := range BenjaminiHochberg([]float64{math.NaN(), -1, 2, 0.02, 0}) {
		if want := []float64{1, 1, 1, 0.05, 0}[i]; q != want {
			t.Errorf("q %d of odd ones is %v; want %v", i, q, want)
		}
	}
	if got := BenjaminiHochberg(nil); len(got) != 0 {
		t.Error(got)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.SampledFrom([]float64{0, 0.001, 0.01, 0.02, 0.04, 0.05, 0.3, 0.7, 1}), 1, 30).Draw(t, "p")
		q := BenjaminiHochberg(p)
		for i := range p {
			if q[i] < p[i] || q[i] > 1 {
				t.Fatalf("q %v of p %v", q[i], p[i])
			}
			for j := range p {
				if p[i] <= p[j] && q[i] > q[j] {
					t.Fatalf("q of %v is %v, of %v %v", p[i], q[i], p[j], q[j])
				}
			}
			// the definition, one by one: the least p(j)·m/#(≤ p(j)) from here up
			least := 1.0
			for j := range p {
				if p[j] >= p[i] {
					count := 0
					for _, x := range p {
						if x <= p[j] {
							count++
						}
					}
					least = min(least, p[j]*(float64(len(p))/float64(count)))
				}
			}
			if q[i] != least {
				t.Fatalf("q of %v is %v; want %v", p[i], q[i], least)
			}
		}
	})
}
