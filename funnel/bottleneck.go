package funnel

import (
	"cmp"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// BottleneckRule says which time is compared with which earlier ones.
type BottleneckRule struct {
	// Period is the time that is looked at, up to the as-of day; required.
	Period calendar.Period

	// Every is the grain by whole periods of which the like periods lie before
	// it: quarterly compares February with the Novembers, Augusts and Mays that
	// have the same place in their quarter, and never with January, since a
	// quarter ends as it does. None given: quarterly.
	Every calendar.Grain

	// Periods is how many of them, at the same elapsed share. 0: 4. Only those
	// wholly inside the observation window count.
	Periods int

	// Wins is the average worth of a won deal; none given: that of the deals
	// won in the period and the like ones.
	Wins kpi.Value

	Confidence kpi.Confidence
}

// Bottlenecks is what each stage would bring by returning to its own usual
// level, over all parts that were compared in one call.
type Bottlenecks struct {
	Period calendar.Period   `json:"period"` // as far as it has come
	Like   []calendar.Period `json:"like"`   // the earlier ones, latest first

	// Stages is every stage of every part, the dearest bottleneck first. Those
	// that are not distinguishable are within chance, whatever their gain.
	Stages []Bottleneck `json:"stages"`

	// Worst is the first of Stages that is distinguishable, lost against its
	// usual level and brings something, as far as wins have a value; nil where
	// no stage does worse by more than chance, which is an answer.
	Worst *Bottleneck `json:"worst,omitzero"`

	Findings []check.Finding `json:"findings"`
}

// Bottleneck is one stage of one part.
type Bottleneck struct {
	Part  string `json:"part,omitzero"`
	Stage string `json:"stage"`

	// Now and Usual are the deals that went on from the stage, of those that
	// went on or ended there, lost or disqualified, in the period and in the
	// like ones together. Moves back decide nothing; a deal that came back
	// counts once, by its latest decision.
	Now   kpi.Ratio `json:"now"`
	Usual kpi.Ratio `json:"usual"`

	Difference   kpi.Difference `json:"difference"` // now − usual
	kpi.Adjusted                // of all stages and parts of the call

	// OnwardShare is the share of deals that were won, of those that went on
	// from the stage and were decided since: in the like periods and this one.
	OnwardShare kpi.Ratio `json:"onward_share"`

	// Gain is the won value that the stage would have brought at its usual
	// level; negative where it does better than usual:
	//
	//	decided now × (usual − now) × onward share × worth of a win
	//
	// GainLow and GainHigh are Gain at the ends of the difference's interval.
	Gain     kpi.Value    `json:"gain"`
	GainLow  kpi.Estimate `json:"gain_low"`
	GainHigh kpi.Estimate `json:"gain_high"`
}

// Bottleneck looks for the stage whose return to its own usual level would
// bring the most won value; see [BottlenecksOf].
func (a *Analysis) Bottleneck(rule BottleneckRule) (Bottlenecks, error) {
	return BottlenecksOf([]Part{{Analysis: a}}, rule)
}

// BottlenecksOf looks for it among the stages of many parts at once, such as
// teams: the more are compared, the more differ by chance, so all of one call
// are adjusted together (see [kpi.Confidence.Adjust]).
//
// Errors, all at once: no parts; no period, or one that has not begun; a grain
// that is none; a negative number of periods; a worth that is undefined or not
// above 0; the confidence.
func BottlenecksOf(parts []Part, rule BottleneckRule) (Bottlenecks, error) {
	if err := rule.validate(parts); err != nil {
		return Bottlenecks{}, err
	}
	a := parts[0].Analysis
	now, like := rule.periods(a)
	b := Bottlenecks{Period: now, Like: like, Stages: []Bottleneck{}, Findings: []check.Finding{}}
	for _, p := range parts {
		b.Stages = append(b.Stages, p.bottlenecks(rule, now, like)...)
	}
	b.adjust(rule.Confidence)
	b.note()
	return b, nil
}

func (rule BottleneckRule) validate(parts []Part) error {
	problems := check.List{Op: "funnel.Bottleneck"}
	day := calendar.Day(0)
	for i, p := range parts {
		if p.Analysis == nil {
			problems.Add(check.ErrMissing, check.At("parts", i, "analysis"), "missing_analysis", nil)
		} else {
			day = p.Analysis.day
		}
	}
	if len(parts) == 0 {
		problems.Add(check.ErrMissing, "parts", "missing_parts", nil)
	}
	switch {
	case rule.Period.IsZero():
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	case day != 0 && rule.Period.Start() > day:
		problems.Add(check.ErrRange, "period", "period_not_begun", rule.Period, "day", day)
	}
	if rule.Every > calendar.Yearly {
		problems.Add(check.ErrUnknown, "every", "unknown_grain", uint8(rule.Every))
	}
	if rule.Periods < 0 {
		problems.Add(check.ErrRange, "periods", "negative_count", rule.Periods)
	}
	if w := rule.Wins; w != (kpi.Value{}) && (!w.Defined() || w.Sign() <= 0) {
		problems.Add(check.ErrRange, "wins", "not_positive", w)
	}
	problems.Nest("confidence", rule.Confidence.Validate())
	return problems.Err()
}

// bottlenecks gives the stages of one part.
func (p Part) bottlenecks(rule BottleneckRule, now calendar.Period, like []calendar.Period) []Bottleneck {
	a := p.Analysis
	here, usual := a.decisions(now), a.decisions(like...)
	wins := rule.Wins
	if !wins.Defined() {
		wins = a.averageWorth(append(slices.Clone(like), now))
	}
	onward := a.onward(append(slices.Clone(like), now))
	stages := make([]Bottleneck, a.route.open)
	for i := range stages {
		b := &stages[i]
		*b = Bottleneck{Part: p.Key, Stage: a.route.stages[i].ID, OnwardShare: onward[i],
			Now: kpi.RatioOf(here.on[i], here.on[i]+here.ended[i]), Usual: kpi.RatioOf(usual.on[i], usual.on[i]+usual.ended[i])}
		b.Difference = rule.Confidence.Difference(b.Now, b.Usual)
		each := b.Now.Den().Mul(onward[i].Value()).Mul(wins)
		b.Gain = b.Difference.Difference.Neg().Mul(each)
		b.GainLow, b.GainHigh = scaled(b.Difference.High, each), scaled(b.Difference.Low, each)
	}
	return stages
}

// scaled gives −e × v.
func scaled(e kpi.Estimate, v kpi.Value) kpi.Estimate {
	x, ok := e.Float64()
	by, defined := v.Float64()
	switch {
	case !ok:
		return e
	case !defined:
		return kpi.NoEstimate(v.Reason())
	}
	return kpi.NewEstimate(-x * by)
}

// adjust judges all stages together and puts the dearest first.
func (b *Bottlenecks) adjust(c kpi.Confidence) {
	p := make([]kpi.Estimate, len(b.Stages))
	for i, s := range b.Stages {
		p[i] = s.Difference.P
	}
	for i, adjusted := range c.Adjust(p) {
		b.Stages[i].Adjusted = adjusted
	}
	slices.SortStableFunc(b.Stages, func(x, y Bottleneck) int {
		return cmp.Or(cmp.Compare(y.Verdict, x.Verdict), y.Gain.Compare(x.Gain), strings.Compare(x.Part, y.Part))
	})
	for i := range b.Stages {
		if s := b.Stages[i]; s.worse() {
			b.Worst = &s
			break
		}
	}
}

// worse reports whether the stage lost against its usual level by more than
// chance, and its return would bring something; what is not known where no win
// has a value.
func (s Bottleneck) worse() bool {
	return s.Verdict == kpi.Distinguishable && s.Difference.Difference.Sign() < 0 && (s.Gain.Sign() > 0 || !s.Gain.Defined())
}

const fewestLike = 2

func (b *Bottlenecks) note() {
	found := notes{}
	if len(b.Like) < fewestLike {
		found.add("few_like_periods", check.Warning, "periods", len(b.Like), "least", fewestLike)
	}
	known := 0
	for _, s := range b.Stages {
		if s.Verdict != kpi.ChanceUnknown {
			known++
		}
	}
	switch {
	case known == 0:
		found.add("bottleneck_unknown", check.Info, "stages", len(b.Stages))
	case b.Worst == nil:
		found.add("no_bottleneck", check.Info, "compared", known)
	}
	b.Findings = append(b.Findings, found...)
}
