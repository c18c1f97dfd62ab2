package forecast

import "github.com/saleskpi/saleskpi/kpi"

// Record is how a method did in earlier periods on the same day. Ratios
// are combined by their parts: the errors of all periods by all that came.
type Record struct {
	Method Method `json:"method"`

	Periods  int       `json:"periods"`  // that could be compared
	Bias     kpi.Ratio `json:"bias"`     // Σ (landing − actual) of Σ actual: above zero is too much
	Absolute kpi.Ratio `json:"absolute"` // Σ |landing − actual| of Σ actual
	Accuracy kpi.Value `json:"accuracy"` // 1 − Absolute

	Held            int     `json:"held"`             // 80 % ranges that held what came
	Ranges          int     `json:"ranges"`           // and how many were given
	IndependentHeld int     `json:"independent_held"` // likewise, of the ranges with deals independent
	Independent     int     `json:"independent"`
	Trials          []Trial `json:"trials"` // the latest first, those that could not be compared too
}

// recorder adds up errors.
type recorder struct {
	periods             int
	bias, absolute, sum kpi.Value
}

func (r *recorder) add(landing, actual kpi.Value) {
	e := landing.Sub(actual)
	if !e.Defined() {
		return
	}
	r.periods++
	zero := kpi.Int(0)
	r.bias, r.absolute, r.sum = r.bias.Or(zero).Add(e), r.absolute.Or(zero).Add(e.Abs()), r.sum.Or(zero).Add(actual)
}

// ratio gives a sum of errors by what came, undefined (BaseNotPositive)
// where that is zero or less, and (TooFew) where nothing was compared.
func (r *recorder) ratio(errors kpi.Value) kpi.Ratio {
	switch {
	case r.periods == 0:
		return kpi.NewRatio(kpi.Undefined(kpi.TooFew), kpi.Undefined(kpi.TooFew))
	case r.sum.Sign() <= 0:
		return kpi.NewRatio(errors, kpi.Undefined(kpi.BaseNotPositive))
	}
	return kpi.NewRatio(errors, r.sum)
}

func recordOf(m Method, trials []Trial) Record {
	rec := Record{Method: m, Trials: trials}
	var sums recorder
	for _, t := range trials {
		sums.add(t.Landing, t.Actual)
		rec.Held, rec.Ranges = tallyHeld(rec.Held, rec.Ranges, t.SpreadHeld)
		rec.IndependentHeld, rec.Independent = tallyHeld(rec.IndependentHeld, rec.Independent, t.IndependentHeld)
	}
	rec.Periods, rec.Bias, rec.Absolute = sums.periods, sums.ratio(sums.bias), sums.ratio(sums.absolute)
	rec.Accuracy = kpi.Int(1).Sub(rec.Absolute.Value())
	return rec
}

func tallyHeld(held, ranges int, h Held) (int, int) {
	switch h {
	case HeldIn:
		return held + 1, ranges + 1
	case HeldOut:
		return held, ranges + 1
	}
	return held, ranges
}

// Record gives how a method did in the earlier periods, each forecast on the
// same day from what was known on it.
func (f *Forecast) Record(m Method) Record {
	if m >= methods {
		m = StageAge
	}
	trials := f.trials(m)
	done := make([]Trial, len(trials))
	for i, t := range trials {
		done[i] = f.spreads(t, trials[i+1:])
	}
	return recordOf(m, done)
}

// MethodResult is one method's landing and how it did before.
type MethodResult struct {
	Landing Landing `json:"landing"`
	Record  Record  `json:"record"`
}

// Methods gives the landing by every method beside each other, each with its
// errors in earlier periods on the same day, in the order of the constants.
func (f *Forecast) Methods() []MethodResult {
	all := []MethodResult{}
	for m := range Method(methods) {
		all = append(all, MethodResult{f.LandingBy(m), f.Record(m)})
	}
	return all
}
