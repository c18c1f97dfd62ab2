package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// AlertState is where an alert stands. The zero AlertState is Raised.
type AlertState uint8

const (
	Raised   AlertState = iota // since this review
	Standing                   // since an earlier one
	Over                       // no more, for the first time
	Watched                    // beyond the bound, not yet at as many reviews as the rule wants: nobody is told
	Resting                    // over, and not raised again for the rule's days of rest
)

func alertWords() []string { return []string{"raised", "standing", "over", "watched", "resting"} }

// String gives raised, standing, over, watched or resting.
func (s AlertState) String() string { return enum.String(alertWords(), s) }

// MarshalText gives the word.
func (s AlertState) MarshalText() ([]byte, error) {
	return enum.Marshal("plan.AlertState", alertWords(), s)
}

// UnmarshalText reads the word.
func (s *AlertState) UnmarshalText(text []byte) error {
	return enum.Unmarshal("plan.AlertState", alertWords(), text, s)
}

// Alert says that a rule applies to an owner. Keep those of a review for the
// next one, all of them: what is watched and what rests is told by them alone.
type Alert struct {
	Rule     string          `json:"rule"`          // its ID
	Name     string          `json:"name,omitzero"` // the rule's
	NameZH   string          `json:"name_zh,omitzero"`
	Severity check.Severity  `json:"severity"`
	Goal     string          `json:"goal,omitzero"` // none of OfMetric
	Owner    string          `json:"owner"`
	Part     calendar.Period `json:"part,omitzero"`    // of the review, none of OfMetric
	Version  string          `json:"version,omitzero"` // of the target
	Value    kpi.Value       `json:"value"`
	Bound    kpi.Value       `json:"bound"`
	State    AlertState      `json:"state"`
	Since    calendar.Day    `json:"since"`            // the first review at which it was beyond the bound
	Ended    calendar.Day    `json:"ended,omitzero"`   // the review at which it was over, from which it rests
	Seen     calendar.Day    `json:"seen,omitzero"`    // the last review at which it was looked at
	Reviews  int             `json:"reviews,omitzero"` // in a row at which it was beyond the bound, through Seen

	// Retargeted is the first review at which it stood against another version
	// of the target than before; none: it was always the same one.
	Retargeted calendar.Day `json:"retargeted,omitzero"`

	// Muted is who has seen it and wants to hear no more of it for some time.
	// Set it on an alert that is kept: it stays while the alert stands, through
	// its last day.
	Muted *Mute `json:"muted,omitempty"`
}

// Mute says who took note of an alert, and until when it is not to be told.
type Mute struct {
	By     string       `json:"by"`
	Until  calendar.Day `json:"until"` // that day included
	Reason string       `json:"reason,omitzero"`
}

// Active reports whether somebody is to be told: it was raised or stands, and
// nobody has muted it.
func (a Alert) Active() bool { return a.stands() && a.Muted == nil }

func (a Alert) stands() bool { return a.State == Raised || a.State == Standing }

// Alerts tries the rules on the review, knowing the alerts of the one before
// it. A signal that is undefined raises nothing and ends nothing. Where the
// target has another version, what stands or is watched goes on, with its Since,
// and Retargeted says so; what is over or rests starts afresh. An earlier alert of a rule or an owner
// that is there no more is dropped. Alerts come by what they are (raised or
// standing, watched, over, resting), then by severity, the gravest first, rule,
// goal and owner.
//
// Errors are those of [AlertRule.Validate], with the path rules[i], rules that
// stand twice, and an earlier alert that is muted by nobody or without a last
// day (earlier[i].muted).
func (r Review) Alerts(rules []AlertRule, earlier []Alert) ([]Alert, error) {
	problems := check.List{Op: "plan.Alerts"}
	ids := once{}
	for i, rule := range rules {
		problems.Nest(check.At("rules", i), rule.Validate())
		if rule.ID != "" {
			ids.add(&problems, check.At("rules", i, "id"), rule.ID)
		}
	}
	stood := map[Alert]Alert{}
	for i, a := range earlier {
		if a.Muted != nil {
			problems.ID(check.At("earlier", i, "muted", "by"), "missing_name", a.Muted.By)
			checkDay(&problems, check.At("earlier", i, "muted", "until"), a.Muted.Until)
		}
		if b, twice := stood[a.key()]; !twice || cmp.Or(cmp.Compare(b.Seen, a.Seen), cmp.Compare(b.Version, a.Version)) < 0 {
			stood[a.key()] = a
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	alerts := []Alert{}
	for _, rule := range rules {
		for _, seen := range r.signals(rule) {
			before, known := stood[seen.key()]
			known = known && seen.follows(before)
			if a, ok := seen.settle(rule, before, known, r.AsOf); ok {
				alerts = append(alerts, a)
			}
		}
	}
	slices.SortFunc(alerts, func(a, b Alert) int {
		return cmp.Or(cmp.Compare(a.State.order(), b.State.order()), cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Goal, b.Goal), cmp.Compare(a.Owner, b.Owner))
	})
	return alerts, nil
}

// order puts what is to be told before the rest.
func (s AlertState) order() int {
	return [...]int{Raised: 0, Standing: 0, Watched: 1, Over: 2, Resting: 3}[s]
}

// key is what makes two alerts of different days the same one.
func (a Alert) key() Alert {
	return Alert{Rule: a.Rule, Goal: a.Goal, Owner: a.Owner, Part: a.Part}
}

// follows reports whether it is the same thing as before, whose target may have
// changed while it stood or was watched.
func (a Alert) follows(before Alert) bool {
	return a.Version == before.Version || before.stands() || before.State == Watched
}

// settle gives what becomes of a signal, knowing what it was before; ok is
// false where there is nothing to keep.
func (a Alert) settle(rule AlertRule, before Alert, known bool, asOf calendar.Day) (settled Alert, ok bool) {
	if !known {
		before = Alert{Version: a.Version}
	}
	a.Seen, a.Since, a.Reviews, a.State, a.Retargeted = asOf, before.Since, before.Reviews, before.State, before.Retargeted
	if a.Version != before.Version {
		a.Retargeted = asOf
	}
	if known && before.stands() {
		a.State, a.Muted = Standing, before.muted(asOf)
	}
	resting := known && (before.State == Over || before.State == Resting) && asOf < before.Ended.Add(rule.RestDays)
	if resting {
		a.State, a.Ended = Resting, before.Ended
	}
	switch {
	case !a.Value.Defined():
		return a, resting || known && (before.stands() || before.State == Watched)
	case resting:
		return a, true
	case known && before.stands():
		if rule.beyond(a.Value, true) {
			a.count(before, asOf)
		} else {
			a.State, a.Ended, a.Reviews, a.Muted = Over, asOf, 0, nil
		}
		return a, true
	case !rule.beyond(a.Value, false):
		return Alert{}, false
	case !known || before.State != Watched:
		a.Since, a.Reviews, a.Retargeted = asOf, 1, 0
	default:
		a.count(before, asOf)
	}
	a.State = Watched
	if a.Reviews >= max(rule.Reviews, 1) {
		a.State = Raised
	}
	return a, true
}

// count adds a review at which it was beyond the bound, each day once.
func (a *Alert) count(before Alert, asOf calendar.Day) {
	if before.Seen < asOf {
		a.Reviews = before.Reviews + 1
	}
}

// muted gives who has muted it, while that holds.
func (a Alert) muted(asOf calendar.Day) *Mute {
	if a.Muted == nil || a.Muted.Until < asOf {
		return nil
	}
	m := *a.Muted
	return &m
}

// signals gives what a rule looks at, as alerts without a state.
func (r Review) signals(rule AlertRule) []Alert {
	seen := []Alert{}
	base := Alert{Rule: rule.ID, Name: rule.Name, NameZH: rule.NameZH, Severity: rule.Severity, Bound: rule.Below}
	if rule.Above.Defined() {
		base.Bound = rule.Above
	}
	if rule.Signal == OfMetric {
		for _, f := range r.Beside.Metrics {
			if f.Metric == rule.Metric {
				a := base
				a.Owner, a.Value = f.Owner, f.Value
				seen = append(seen, a)
			}
		}
		return seen
	}
	for _, g := range r.Goals {
		for i, o := range g.Owners {
			if rule.Metric != "" && rule.Metric != g.Metric.ID || rule.Top && i > 0 {
				continue
			}
			a := base
			a.Goal, a.Owner, a.Part, a.Version, a.Value = g.Goal.ID, o.Owner, r.Part, o.Tracking.Version, signalOf(rule.Signal, g.Metric.Direction, o.Tracking)
			seen = append(seen, a)
		}
	}
	return seen
}

// signalOf gives the number of a line. Before there is something to judge only
// a forecast says anything.
func signalOf(s Signal, d kpi.Direction, t target.Tracking) kpi.Value {
	early := t.Status == target.TooEarly || t.Status == target.NotStarted
	switch {
	case s == ForecastShare:
		return kpi.Attainment(d, t.Landing.Forecast, t.PeriodTarget)
	case early:
		return kpi.Undefined(kpi.NotYetDue)
	case s == Attained:
		return t.Attainment
	case s == LandingShare:
		return kpi.Attainment(d, t.Landing.RestOfPlan, t.Target)
	}
	return t.Pace
}
