package kpi

// Weighted is a value and how much it counts.
type Weighted struct {
	Value  Value `json:"value"`
	Weight Value `json:"weight"` // zero or more; only its size beside the others matters
}

// WeightedMean gives
//
//	Σ weight × value / Σ weight
//
// exactly. A part of weight zero is not looked at. Any other part that is
// undefined makes the mean undefined, with the strongest reason, and so does
// an undefined weight; a negative weight is NotApplicable, no weight at all
// ZeroDenominator, and no parts no data. To leave undefined parts out, ask
// for [PartialMean]. A ratio's mean is not the ratio of the whole: for that
// add [Ratio] values.
func WeightedMean(parts []Weighted) Value {
	if len(parts) == 0 {
		return Value{}
	}
	sum, weights := Int(0), Int(0)
	for _, p := range parts {
		switch p.Weight.Sign() {
		case -1:
			sum = sum.Add(Undefined(NotApplicable))
		case 1:
			sum = sum.Add(p.Value.Mul(p.Weight))
		}
		weights = weights.Add(p.Weight) // an undefined weight carries its reason
	}
	return sum.Div(weights)
}

// MeanPart is the mean of what is defined, with how much of the weight that
// is.
type MeanPart struct {
	Mean   Value `json:"mean"`   // no data where nothing is defined
	Weight Value `json:"weight"` // of the defined parts
	Of     Value `json:"of"`     // of all parts
}

// PartialMean gives the weighted mean of the defined values, their weights
// taken as the whole, for a caller who asks for a mean that leaves something
// out. Weights themselves must be defined and not negative, as in
// [WeightedMean].
func PartialMean(parts []Weighted) MeanPart {
	var defined []Weighted
	of, weight := Int(0), Int(0)
	for _, p := range parts {
		of = of.Add(p.Weight)
		if p.Value.Defined() || p.Weight.Sign() < 0 || !p.Weight.Defined() {
			defined = append(defined, p)
			weight = weight.Add(p.Weight)
		}
	}
	return MeanPart{Mean: WeightedMean(defined), Weight: weight, Of: of}
}
