package funnel

import (
	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// CompareRule says what sellers, teams or cohorts are compared by.
type CompareRule struct {
	Period     calendar.Period // that their deals closed in; none: the observation window
	Within     int             // days to be won in, see [ConversionRule]; of all parts together where none is named
	Confidence kpi.Confidence
}

// Comparison says whether parts of one pipeline differ by more than chance,
// twice: by their win rates of closed deals, and by the share of their deals
// that is won by the same age, the open ones taken in as far as they have
// come.
type Comparison struct {
	Within kpi.Value  `json:"within"` // days
	Parts  []Compared `json:"parts"`  // as they came

	// Together tells whether their win rates differ at all. Where chance
	// alone gives as wide a spread, a ranking by win rate ranks chance.
	Together kpi.Homogeneity `json:"together"`

	Findings []check.Finding `json:"findings"`
}

// Compared is one part against the rest: all the other parts together.
type Compared struct {
	Key     string         `json:"key"`
	WinRate RateDifference `json:"win_rate"` // won of won and lost, closed in the period
	ByAge   AgeDifference  `json:"by_age"`   // won within the days
	Speed   SpeedOfWinning `json:"speed"`
}

// RateDifference is a difference of two shares of counts, judged among all of its
// call. It is drawn by deal: where the parts hold several owners each,
// [Analysis.WinRates] of a part tells whether deals of an owner go together.
type RateDifference struct {
	Interval kpi.Interval `json:"interval"` // of the part's own rate
	kpi.Difference
	Verdict kpi.Chance   `json:"verdict"`
	Q       kpi.Estimate `json:"q"`
}

// AgeDifference is a difference of two shares by an age. Its interval and its
// p-value are drawn from the two variances together, each by deal, or by owner
// where deals of an owner go together.
type AgeDifference struct {
	Own        Incidence    `json:"own"`
	Rest       Incidence    `json:"rest"`
	Difference kpi.Estimate `json:"difference"`
	Low        kpi.Estimate `json:"low"`
	High       kpi.Estimate `json:"high"`
	kpi.Adjusted
}

// SpeedOfWinning is the log-rank test of how fast open deals are won. It does
// not compare win probabilities: where losses differ, so do these at the same
// speed.
type SpeedOfWinning struct {
	ChiSquare kpi.Estimate `json:"chi_square"`
	P         kpi.Estimate `json:"p"`
}

// Compare compares parts, such as the sellers of [Analysis.By], each with the
// rest. All of one call are adjusted together: among thirty sellers three
// differ at 10 % by chance alone. Fewer than two parts, a part without an
// analysis, a negative Within and the confidence are errors.
//
// Sources: Newcombe, Statistics in Medicine 17 (1998); Benjamini and Hochberg,
// JRSS B 57 (1995); Zhang and Fine, Statistics in Medicine 27 (2008).
func Compare(parts []Part, rule CompareRule) (Comparison, error) {
	if err := rule.validate(parts); err != nil {
		return Comparison{}, err
	}
	all := make([]compared, len(parts))
	for i, p := range parts {
		all[i] = p.compared(rule)
	}
	c := Comparison{Within: rule.within(parts), Parts: make([]Compared, len(parts)), Findings: []check.Finding{}}
	rates := make([]kpi.Ratio, len(parts))
	p, byAge := make([]kpi.Estimate, len(parts)), make([]kpi.Estimate, len(parts))
	whole := together(all)
	for i := range parts {
		rates[i] = all[i].rate
		c.Parts[i] = c.against(rule, parts[i].Key, all[i], whole.less(all[i]))
		p[i], byAge[i] = c.Parts[i].WinRate.P, c.Parts[i].ByAge.P
	}
	for i, a := range rule.Confidence.Adjust(p) {
		c.Parts[i].WinRate.Verdict, c.Parts[i].WinRate.Q = a.Verdict, a.Q
	}
	for i, a := range rule.Confidence.Adjust(byAge) {
		c.Parts[i].ByAge.Adjusted = a
	}
	c.Together = rule.Confidence.Homogeneity(rates)
	c.note(rule.Confidence)
	return c, nil
}

func (rule CompareRule) validate(parts []Part) error {
	problems := check.List{Op: "funnel.Compare"}
	if len(parts) < 2 {
		problems.Add(check.ErrMissing, "parts", "too_few_parts", len(parts), "least", 2)
	}
	for i, p := range parts {
		if p.Analysis == nil {
			problems.Add(check.ErrMissing, check.At("parts", i, "analysis"), "missing_analysis", nil)
		}
	}
	if rule.Within < 0 {
		problems.Add(check.ErrRange, "within", "negative_days", rule.Within)
	}
	problems.Nest("confidence", rule.Confidence.Validate())
	return problems.Err()
}

// within gives the days: named, or the horizon that the parts have learned
// from the whole.
func (rule CompareRule) within(parts []Part) kpi.Value {
	if rule.Within > 0 {
		return kpi.Int(int64(rule.Within))
	}
	return parts[0].Analysis.horizon
}

// against compares one part with the rest.
func (c *Comparison) against(rule CompareRule, key string, own, rest compared) Compared {
	result := Compared{Key: key}
	result.WinRate.Interval = rule.Confidence.Share(own.rate)
	result.WinRate.Difference = rule.Confidence.Difference(own.rate, rest.rate)
	result.ByAge = byAge(own, rest, c.Within, rule.Confidence)
	result.Speed = speed(own, rest)
	return result
}

func byAge(own, rest compared, within kpi.Value, confidence kpi.Confidence) AgeDifference {
	why := within.Reason()
	days, _ := ceil(within).Int64()
	d := AgeDifference{}
	var one, two stat.Step
	d.Own, one = own.incidence(days, why, confidence)
	d.Rest, two = rest.incidence(days, why, confidence)
	result, ok := stat.CompareSteps(one, two, levelOf(confidence))
	switch {
	case why != 0:
	case !d.Own.Low.Defined() || !d.Rest.Low.Defined():
		why = kpi.Stronger(d.Own.Low.Reason(), d.Rest.Low.Reason())
	case !ok:
		why = kpi.TooFew
	}
	if why != 0 {
		none := kpi.NoEstimate(why)
		d.Difference, d.Low, d.High, d.P, d.Q = none, none, none, none, none
		return d
	}
	d.Difference, d.Low, d.High = kpi.NewEstimate(result.Difference), kpi.NewEstimate(result.Low), kpi.NewEstimate(result.High)
	d.P = kpi.NewEstimate(result.P)
	return d
}

func speed(own, rest compared) SpeedOfWinning {
	chiSquare, p, ok := stat.LogRank(own.table, rest.table, stat.Won)
	if !ok {
		return SpeedOfWinning{kpi.NoEstimate(kpi.TooFew), kpi.NoEstimate(kpi.TooFew)}
	}
	return SpeedOfWinning{kpi.NewEstimate(chiSquare), kpi.NewEstimate(p)}
}

func (c *Comparison) note(confidence kpi.Confidence) {
	for _, p := range c.Parts {
		c.Findings = append(c.Findings, p.ByAge.Own.findings(p.Key, confidence)...)
	}
	found, known := notes{}, 0
	for _, p := range c.Parts {
		if p.WinRate.Verdict == kpi.Distinguishable || p.ByAge.Verdict == kpi.Distinguishable {
			return
		}
		if p.WinRate.Verdict != kpi.ChanceUnknown || p.ByAge.Verdict != kpi.ChanceUnknown {
			known++
		}
	}
	if known == 0 {
		found.add("comparison_unknown", check.Info, "compared", len(c.Parts))
	} else {
		found.add("within_chance", check.Info, "compared", known)
	}
	c.Findings = append(c.Findings, found...)
}
