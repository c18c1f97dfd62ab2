package kpi

// Attainment (达成率) compares an actual with its target:
//
//	higher is better:  1 + (actual − target) / |target|
//	lower is better:   1 − (actual − target) / |target|
//
// which for a target above zero is actual/target and 2 − actual/target. It
// is 1 (100 %) at equality; there is no floor and no cap.
//
// Special cases are:
//
//	target no data            undefined, NoTarget
//	actual undefined          undefined, with its reason
//	target 0, higher          undefined, ZeroDenominator
//	target 0, lower           undefined, ZeroDenominator: it is met or not, see [Met]
//	direction InBand          undefined, NotApplicable: see [BandAttainment]
//
// Source: the two attainment formulas of Infor CPM, with its tables for
// targets 50 and −50. Where actual and target have different signs, see
// [SignChange].
func Attainment(d Direction, actual, target Value) Value {
	if target.Reason() == NoData {
		target = Undefined(NoTarget)
	}
	if d == HigherIsBetter && target.Sign() > 0 {
		return actual.Div(target) // the same number, in one step
	}
	relative := actual.Sub(target).Div(target.Abs())
	switch d {
	case HigherIsBetter:
		return Int(1).Add(relative)
	case LowerIsBetter:
		return Int(1).Sub(relative)
	}
	return Undefined(NotApplicable)
}

// BandAttainment compares an actual with a band from low to high, both
// included:
//
//	inside:   1
//	outside:  1 − distance to the nearer edge / |that edge|
//
// Outside an edge of zero it is undefined (ZeroDenominator): such an edge
// needs a stated tolerance, see [Band]. A band whose low lies above its high
// is undefined too (NotApplicable).
func BandAttainment(actual, low, high Value) Value {
	return Band{Low: low, High: high}.Attainment(actual)
}

// Met reports whether the target is reached, equality included; ok is false
// where either is undefined or the direction is InBand. It needs no division
// and so answers for a target of zero too.
func Met(d Direction, actual, target Value) (met, ok bool) {
	if !actual.Defined() || !target.Defined() || d > LowerIsBetter {
		return false, false
	}
	if d == LowerIsBetter {
		return actual.Compare(target) <= 0, true
	}
	return actual.Compare(target) >= 0, true
}

// Variance gives actual − target, in plain sign.
func Variance(actual, target Value) Value { return actual.Sub(target) }

// Favourable gives the variance with good positive: actual − target where
// higher is better, target − actual where lower is better. For InBand it is
// undefined (NotApplicable).
func Favourable(d Direction, actual, target Value) Value {
	switch d {
	case HigherIsBetter:
		return actual.Sub(target)
	case LowerIsBetter:
		return target.Sub(actual)
	}
	return Undefined(NotApplicable)
}

// Growth gives (current − base) / base. On a base of zero or less it is
// undefined with reason BaseNotPositive; show the difference instead.
func Growth(current, base Value) Value {
	if base.Defined() && base.Sign() <= 0 {
		return Undefined(Stronger(BaseNotPositive, current.Reason()))
	}
	return current.Sub(base).Div(base)
}

// Index gives the level against a base of 100:
//
//	100 × current / base
//
// On a base of zero or less it is undefined with reason BaseNotPositive.
func Index(current, base Value) Value { return Int(100).Mul(Growth(current, base).Add(Int(1))) }

// PartOf gives the share of a part in a total:
//
//	part / total
//
// A total of zero is undefined with reason ZeroDenominator, a negative total
// with BaseNotPositive: its largest part would have the smallest share. A
// negative part of a positive total has a negative share, and the shares of
// all parts still add up to 1.
func PartOf(part, total Value) Value {
	if total.Sign() < 0 {
		return Undefined(Stronger(BaseNotPositive, part.Reason()))
	}
	return part.Div(total)
}

// SignChange reports whether actual and target are of different sign, so
// that their attainment is computed but says little.
func SignChange(actual, target Value) bool {
	return actual.Sign()*target.Sign() < 0
}
