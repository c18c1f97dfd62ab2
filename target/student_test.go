package target

import (
	"math"
	"testing"
)

// The figures are those of the printed tables of Student's t, to the three
// places that they give: NIST/SEMATECH e-Handbook of Statistical Methods,
// 1.3.6.7.2.
func TestStudentTable(t *testing.T) {
	tests := []struct {
		df   int
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
		if got := studentQuantile(test.p, test.df); math.Abs(got-test.t) > 0.0005 {
			t.Errorf("t(%v; %d) = %v; want %v", test.p, test.df, got, test.t)
		}
		if got := studentQuantile(1-test.p, test.df); math.Abs(got+test.t) > 0.0005 {
			t.Errorf("t(%v; %d) = %v; want %v", 1-test.p, test.df, got, -test.t)
		}
	}
}

// Of one degree of freedom it is Cauchy's, 1/2 + atan(x)/π, and of two it is
// 1/2 + x/(2·√(2 + x²)).
func TestStudentClosedForms(t *testing.T) {
	for x := -40.0; x <= 40; x += 0.37 {
		if got, want := studentCDF(x, 1), 0.5+math.Atan(x)/math.Pi; math.Abs(got-want) > 1e-12 {
			t.Errorf("%v: %v; want %v", x, got, want)
		}
		if got, want := studentCDF(x, 2), 0.5+x/(2*math.Sqrt(2+x*x)); math.Abs(got-want) > 1e-12 {
			t.Errorf("%v: %v; want %v", x, got, want)
		}
		for _, df := range []int{1, 2, 3, 7, 19} {
			if back := studentQuantile(studentCDF(x, df), df); math.Abs(x) < 6 && math.Abs(back-x) > 1e-6 {
				t.Errorf("%v of %d comes back as %v", x, df, back)
			}
		}
	}
	if got := studentQuantile(0.5, 7); math.Abs(got) > 1e-12 {
		t.Error(got)
	}
}
