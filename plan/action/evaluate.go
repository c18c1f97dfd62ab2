package action

import (
	"math"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Bounds of an evaluation.
const (
	MaxUnits = 10_000 // units of a case, and others
	MaxCases = 1_000  // cases of a call
)

// Basis says from what it was learned what would have come without an
// action.
type Basis uint8

const (
	NoBasis  Basis = iota // nothing to compare with
	OwnTrend              // the units' own way before
	ByOthers              // the units without the action
)

func basisWords() []string { return []string{"none", "own_trend", "others"} }

// String gives none, own_trend or others.
func (b Basis) String() string { return enum.String(basisWords(), b) }

// MarshalText gives the word.
func (b Basis) MarshalText() ([]byte, error) { return enum.Marshal("action.Basis", basisWords(), b) }

// UnmarshalText reads the word.
func (b *Basis) UnmarshalText(text []byte) error {
	return enum.Unmarshal("action.Basis", basisWords(), text, b)
}

// Expectation is what was to be expected without the action, and what
// remains when that is taken off.
type Expectation struct {
	N        int          `json:"n"`        // units or periods that it was learned from
	Expected kpi.Value    `json:"expected"` // change
	Net      kpi.Value    `json:"net"`      // changed − expected
	Low      kpi.Estimate `json:"low"`      // of the net
	High     kpi.Estimate `json:"high"`
	P        kpi.Estimate `json:"p"` // of a net as large, were it nothing but chance
}

func expectNothing(n int, why kpi.Reason) Expectation {
	return Expectation{N: n, Expected: kpi.Undefined(why), Net: kpi.Undefined(why)}.with(unjudged(why))
}

func (e Expectation) with(j judged) Expectation {
	e.Low, e.High, e.P = j.low, j.high, j.p
	return e
}

// Regression is how far the units come closer to the others by themselves,
// because they stood apart when they were chosen (regression to the mean).
//
//	expected = (slope − 1) × (before of the units − before of the others)
type Regression struct {
	Slope    kpi.Value `json:"slope"`    // of after on before among the others: 1, all of a distance stays; 0, nothing
	Stated   bool      `json:"stated"`   // by the caller
	Expected kpi.Value `json:"expected"` // change
	TakenOff bool      `json:"taken_off"`
}

// Evaluation says what changed after an action, and how much of it was to be
// expected without it. It does not say what the action brought: who had it
// was not drawn by lot.
type Evaluation struct {
	ID     string `json:"id"`
	Units  Group  `json:"units"`
	Others Group  `json:"others"`

	Promised kpi.Value `json:"promised"` // promised change × before

	Trend      Expectation `json:"trend"`    // by the units' own trend
	Compared   Expectation `json:"compared"` // by the others: difference in differences
	Regression Regression  `json:"regression"`

	Basis    Basis        `json:"basis"`    // of what follows
	Expected kpi.Value    `json:"expected"` // with the regression, where it is taken off
	Net      kpi.Value    `json:"net"`      // changed − expected
	Level    kpi.Value    `json:"level"`
	Low      kpi.Estimate `json:"low"`
	High     kpi.Estimate `json:"high"`
	P        kpi.Estimate `json:"p"`
	Q        kpi.Estimate `json:"q"` // among all the cases of the call
	Verdict  kpi.Chance   `json:"verdict"`

	Findings []check.Finding `json:"findings"`
}

// Evaluate says of each case what changed after it, beside what was promised
// and what was to be expected without it.
//
//	changed       mean after − mean before, of the units
//	by trend      the line through the periods before, carried on
//	by others     the others' change; the net is the difference in differences,
//	              with the interval of Welch's t over units
//	regression    (slope − 1) × distance from the others before; taken off where the
//	              units were chosen because of where they stood
//	net           changed − expected
//
// The others count where there are any, else the trend. Of units that were
// chosen, the trend alone says nothing, for a low that was picked bends it:
// then the net is undefined and a finding says so. The slope is learned from
// at least c.Fewest others; the interval then has the error of their line in
// it. Cases of one call are adjusted together (kpi.Confidence.Adjust).
// Undefined for too few units or periods: kpi.TooFew.
//
// Errors are those of [Case.Validate], with a case that stands twice, and of
// the confidence. Sources: difference in differences with unequal variances,
// Welch, Biometrika 34 (1947); the line of the others, Peters, Journal of
// Educational Research 34 (1941) and Belson, Applied Statistics 5 (1956);
// regression to the mean, Barnett, van der Pols and Dobson, International
// Journal of Epidemiology 34 (2005).
func Evaluate(cases []Case, c kpi.Confidence) ([]Evaluation, error) {
	if err := validateCases(cases, c); err != nil {
		return nil, err
	}
	c = settled(c)
	all, ps, apart := make([]Evaluation, len(cases)), make([]kpi.Estimate, len(cases)), make([]bool, len(cases))
	for i, one := range cases {
		units, others := sampleOf(one.Units), sampleOf(one.Others)
		all[i] = one.evaluate(units, others, c)
		apart[i] = stoodApart(units, others, c)
		ps[i] = all[i].P
	}
	for i, a := range c.Adjust(ps) {
		all[i].Q, all[i].Verdict = a.Q, a.Verdict
		all[i].Findings = all[i].findings(cases[i], apart[i], c.Fewest)
	}
	return all, nil
}

func validateCases(cases []Case, c kpi.Confidence) error {
	problems := check.List{Op: "action.Evaluate"}
	k := checker{problems: &problems}
	k.count("cases", len(cases), MaxCases)
	known := map[string]int{}
	for i, one := range cases {
		problems.Nest(check.At("cases", i), one.Validate())
		k.once("cases", i, "id", one.ID, known)
	}
	problems.Nest("confidence", c.Validate())
	return problems.Err()
}

// settled fills in what evaluations ask of a confidence.
func settled(c kpi.Confidence) kpi.Confidence {
	usual := kpi.DefaultConfidence()
	if c.Fewest == 0 {
		c.Fewest = usual.Fewest
	}
	c.Level = c.Level.Or(usual.Level)
	return c
}

func (one Case) evaluate(units, others sample, c kpi.Confidence) Evaluation {
	e := Evaluation{ID: one.ID, Units: units.group, Others: others.group, Level: c.Level, Promised: one.Promised.Mul(units.group.Before)}
	e.Trend, e.Compared = expectNothing(0, kpi.NoData), expectNothing(0, kpi.NoData)
	e.Regression = Regression{Slope: kpi.Value{}, Expected: kpi.Value{}}
	if units.group.Counted > 0 {
		e.Trend = units.trend(len(one.Units[0].After), c)
		if others.group.Counted > 0 {
			e.Compared = compared(units, others, kpi.Int(1), c)
		}
	}
	verdict := e.judge(one, units, others, c)
	e.Expected, e.Net = verdict.Expected, verdict.Net
	e.Low, e.High, e.P = verdict.Low, verdict.High, verdict.P
	return e
}

// stoodApart reports whether the units stood further from the others before
// than chance would put them, at ten decimals of the p-value.
func stoodApart(units, others sample, c kpi.Confidence) bool {
	before := func(s sample) sample { return sample{group: s.group, before: s.before, after: s.before} }
	p, ok := welch(before(units), before(others), kpi.Int(0), c).p.Float64()
	level, _ := c.Level.Float64()
	return ok && math.Round(p*1e10) <= math.Round((1-level)*1e10)
}

// compared gives the difference in differences, for a slope of 1; for
// another one the units' distance from the others shrinks by it.
func compared(units, others sample, slope kpi.Value, c kpi.Confidence) Expectation {
	far := units.group.Before.Sub(others.group.Before)
	e := Expectation{N: others.group.Counted, Expected: others.group.Changed.Add(slope.Sub(kpi.Int(1)).Mul(far))}
	e.Net = units.group.Changed.Sub(e.Expected)
	return e.with(welch(units, others, slope, c))
}

// judge picks what the verdict hangs on.
func (e *Evaluation) judge(one Case, units, others sample, c kpi.Confidence) Expectation {
	switch {
	case units.group.Counted == 0:
		return expectNothing(0, kpi.NoData)
	case others.group.Counted == 0 && one.Chosen:
		e.Regression.TakenOff = true
		return expectNothing(0, kpi.NoData)
	case others.group.Counted == 0:
		if e.Trend.Expected.Defined() {
			e.Basis = OwnTrend
		}
		return e.Trend
	}
	e.Basis = ByOthers
	regressed := e.regress(one, units, others, c)
	if !one.Chosen {
		return e.Compared
	}
	e.Regression.TakenOff = true
	return regressed
}

// regress finds how far the units come closer to the others by themselves,
// and what remains without that.
func (e *Evaluation) regress(one Case, units, others sample, c kpi.Confidence) Expectation {
	r, far := &e.Regression, units.group.Before.Sub(others.group.Before)
	if r.Stated = one.Slope.Defined(); r.Stated {
		r.Slope = one.Slope
		r.Expected = r.Slope.Sub(kpi.Int(1)).Mul(far)
		return compared(units, others, r.Slope, c)
	}
	slope, spread := others.slope()
	if int64(others.group.Counted) < max(c.Fewest, 3) {
		slope = kpi.Undefined(kpi.TooFew)
	}
	r.Slope, r.Expected = slope, slope.Sub(kpi.Int(1)).Mul(far)
	if !slope.Defined() {
		return expectNothing(others.group.Counted, slope.Reason())
	}
	x := compared(units, others, slope, c)
	return x.with(againstLine(units, others, slope, spread, c))
}
