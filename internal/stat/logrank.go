package stat

import "math"

// LogRank compares how fast one cause ends the records of two tables. With
// dᵢ events of the cause among nᵢ at risk, d and n those of both tables, at
// every age:
//
//	O − E     Σ (d₁ − d·n₁/n)
//	variance  Σ d·(n₁/n)·(n₂/n)·(n − d)/(n − 1)
//	χ²        (O − E)² ÷ variance, on one degree of freedom
//
// It compares the speed of that cause among those still open, not the share
// that ends by it: where losses differ, so do the shares won. ok is false
// where no event tells the two apart. Source: Mantel, Cancer Chemotherapy
// Reports 50 (1966).
func LogRank(a, b Table, cause Cause) (chiSquare, p float64, ok bool) {
	if !a.Valid() || !b.Valid() {
		return 0, 1, false
	}
	off, variance, n1 := 0.0, 0.0, a.started()
	next := 0
	for r, n := range a.Merge(b).atRisk() {
		var own Row
		if next < len(a) && a[next].Age == r.Age {
			own = a[next]
			next++
		}
		if d := float64(cause.count(r)); d > 0 && n > 1 {
			share := float64(n1) / float64(n)
			off += float64(cause.count(own)) - float64(d*share)
			variance += float64(d * share * (1 - share) * (float64(n) - d) / (float64(n) - 1))
		}
		n1 += own.Entered - own.ended()
	}
	if !(variance > 0) {
		return 0, 1, false
	}
	chiSquare = float64(off*off) / variance
	return chiSquare, ChiSquareSurvival(chiSquare, 1), true
}

// CompareIncidence gives how much more of a than of b has ended by the cause
// at one age, each by [AalenJohansen], with the normal interval of the two
// variances together and the two-sided p-value. It is the comparison of two
// cohorts' or sellers' chance of winning. ok is false where either curve is
// not known at the age, or neither has a standard error. Source: Zhang and
// Fine, Summarizing differences in cumulative incidence functions,
// Statistics in Medicine 27 (2008).
func CompareIncidence(a, b Table, cause Cause, age int64, conf float64) (result Difference, ok bool) {
	one, known1 := AalenJohansen(a, cause).At(age)
	two, known2 := AalenJohansen(b, cause).At(age)
	if !known1 || !known2 {
		return Difference{}, false
	}
	return CompareSteps(one, two, conf)
}

// CompareSteps gives the same of two steps, whose errors may have been drawn
// otherwise, such as by groups.
func CompareSteps(one, two Step, conf float64) (result Difference, ok bool) {
	variance := float64(one.Error*one.Error) + float64(two.Error*two.Error)
	if !(variance > 0 && conf > 0 && conf < 1) {
		return Difference{}, false
	}
	d := one.Share - two.Share
	half := float64(-NormalQuantile((1-conf)/2) * math.Sqrt(variance))
	return Difference{d, between(d-half, -1, 1), between(d+half, -1, 1), twoSided(d, variance)}, true
}
