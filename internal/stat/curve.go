package stat

import (
	"math"
	"sort"
)

// Step is where a curve moves: at an age with an event.
type Step struct {
	Age    int64
	AtRisk int64   // under observation just before this age
	Events int64   // of the cause that was asked for
	Share  float64 // from this age on to the next step
	Error  float64 // standard error of Share; 0 where Share is 0 or 1 and nothing is told of it
}

// Interval gives the two-sided interval of the share on the log-log scale,
// which stays inside 0 and 1:
//
//	share ^ exp(± z·error / (share · ln share))
//
// ok is false where the share is 0 or 1, or conf not between 0 and 1.
// Source: Kalbfleisch and Prentice, The Statistical Analysis of Failure Time
// Data (1980), 1.4.
func (s Step) Interval(conf float64) (low, high float64, ok bool) {
	if !(s.Share > 0 && s.Share < 1 && s.Error > 0 && conf > 0 && conf < 1) {
		return 0, 0, false
	}
	log := math.Log(s.Share)
	shift := NormalQuantile((1-conf)/2) * s.Error / (s.Share * log)
	low, high = math.Exp(float64(log*math.Exp(shift))), math.Exp(float64(log*math.Exp(-shift)))
	return between(low, 0, s.Share), between(high, s.Share, 1), true
}

// Curve is a share by age.
type Curve struct {
	Records int64
	From    int64 // age after which somebody was under observation; what came before it is taken as given
	To      int64 // greatest age that was seen
	Steps   []Step

	start float64
	ended bool // nobody is left open at the last step
}

// At gives the step in force at an age; ok is false after the greatest age
// that was seen, unless nobody was left open then and the share can change no
// more, and where there are no records.
func (c Curve) At(age int64) (s Step, ok bool) {
	if c.Records == 0 || age > c.To && !c.ended {
		return Step{}, false
	}
	i := sort.Search(len(c.Steps), func(i int) bool { return c.Steps[i].Age > age })
	if i == 0 {
		return Step{Age: c.From, Share: c.start}, true
	}
	return c.Steps[i-1], true
}

// KaplanMeier gives the share that the cause has not ended yet, by age; ends
// by the other cause are censorings. It is meant for the time in a stage,
// with [AnyEnd]. Of winning it would say that whoever was lost might still be
// won: that is [AalenJohansen].
//
// With d events of n at risk at the ages up to t:
//
//	S(t)      Π (1 − d/n)
//	error²    S(t)² · Σ d/(n(n − d))    (Greenwood)
//
// An age at which all at risk end brings the curve to 0 for ever, also where
// few were at risk because most entered later. Source: Kaplan and Meier,
// JASA 53 (1958).
func KaplanMeier(t Table, cause Cause) Curve {
	return t.curve(cause, cause, state.left)
}

// Quantile gives the first age at which less than 1 − p are left open, of a
// curve of [KaplanMeier]; the median is that of 0.5. There may be none. Equal
// to within 10⁻¹² counts as equal.
func (c Curve) Quantile(p float64) (age int64, ok bool) {
	for _, s := range c.Steps {
		if s.Share < 1-p-1e-12 {
			return s.Age, true
		}
	}
	return 0, false
}

// AalenJohansen gives the share that has ended by the cause, by age, while the
// other cause takes its own: the estimator of Aalen and Johansen. With d
// events of the cause and e of both of n at risk, and S the Kaplan–Meier
// share of both causes just before:
//
//	F(t) = Σ S·d/n
//
// The variance is that of the delta method, carried from step to step with
// multinomial steps; it is the one that SAS, Stata and lifelines give.
// Sources: Aalen and Johansen, Scandinavian Journal of Statistics 5 (1978);
// Marubini and Valsecchi, Analysing Survival Data from Clinical Trials and
// Observational Studies (1995), 10.3.
func AalenJohansen(t Table, cause Cause) Curve {
	return t.curve(cause, AnyEnd, state.gone)
}

// state is how a curve stands: the shares that are open and that have ended
// by the cause, with their variances and covariance.
type state struct {
	open, ended                           float64
	openVariance, endedVariance, together float64
}

// move passes an age at which the share e of n at risk ends, d of it by the
// cause.
func (s *state) move(e, d, n float64) {
	square := float64(s.open*s.open) / n
	stay := 1 - e
	s.endedVariance += float64(2*d*s.together) + float64(d*d*s.openVariance) + float64(square*d*(1-d))
	s.together = float64(stay*(s.together+float64(d*s.openVariance))) - float64(square*d*stay)
	s.openVariance = float64(stay*stay*s.openVariance) + float64(square*e*stay)
	s.ended += float64(s.open * d)
	s.open *= stay
}

func (s state) left() (share, variance float64) { return s.open, s.openVariance }
func (s state) gone() (share, variance float64) { return s.ended, s.endedVariance }

// curve walks the ages at which any of the causes of ends ends a record, and
// shows one of the two shares.
func (t Table) curve(cause, ends Cause, show func(state) (share, variance float64)) Curve {
	if len(t) == 0 || !t.Valid() {
		return Curve{}
	}
	now := state{open: 1}
	c := Curve{Records: t.Records(), To: t[len(t)-1].Age, Steps: []Step{}}
	c.start, _ = show(now)
	if t.started() == 0 {
		c.From = t[0].Age
	}
	for r, atRisk := range t.atRisk() {
		if all := ends.count(r); all > 0 {
			n, d := float64(atRisk), cause.count(r)
			now.move(float64(all)/n, float64(d)/n, n)
			share, variance := show(now)
			c.Steps = append(c.Steps, newStep(r.Age, atRisk, d, share, variance))
		}
	}
	c.ended = now.open == 0
	return c
}

func newStep(age, atRisk, events int64, share, variance float64) Step {
	s := Step{Age: age, AtRisk: atRisk, Events: events, Share: between(share, 0, 1)}
	if s.Share > 0 && s.Share < 1 && variance > 0 {
		s.Error = math.Sqrt(variance)
	}
	return s
}
