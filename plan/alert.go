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

// Signal is the number of a review that an alert looks at. The zero Signal is
// Pace.
type Signal uint8

const (
	Pace          Signal = iota // actual against what is due
	Attained                    // actual against target
	LandingShare                // actual and rest of plan against target
	ForecastShare               // the forecast that was handed in against target
	OfMetric                    // a metric of Beside.Metrics, by its owner
)

func signalWords() []string {
	return []string{"pace", "attainment", "landing", "forecast", "metric"}
}

// String gives the word, such as pace.
func (s Signal) String() string { return enum.String(signalWords(), s) }

// MarshalText gives the word.
func (s Signal) MarshalText() ([]byte, error) {
	return enum.Marshal("plan.Signal", signalWords(), s)
}

// UnmarshalText reads the word.
func (s *Signal) UnmarshalText(text []byte) error {
	return enum.Unmarshal("plan.Signal", signalWords(), text, s)
}

// AlertRule says when somebody is to be told. It is a record. An alert is
// raised where the signal lies below or above the bound at as many reviews in a
// row as the rule wants, and is over only where it is better than the bound by
// the margin, so that it does not flicker. Then it rests: for some days it is
// not raised again.
type AlertRule struct {
	ID       string         `json:"id"`
	Signal   Signal         `json:"signal"`
	Metric   string         `json:"metric,omitzero"` // whose goals; all where left out. Of OfMetric which one
	Below    kpi.Value      `json:"below,omitzero"`  // one of the two
	Above    kpi.Value      `json:"above,omitzero"`
	Margin   kpi.Value      `json:"margin,omitzero"`    // left out: 0
	Reviews  int            `json:"reviews,omitzero"`   // in a row, on different days; left out: 1
	RestDays int            `json:"rest_days,omitzero"` // after it was over; left out: none
	Severity check.Severity `json:"severity"`
	Top      bool           `json:"top,omitzero"` // of the goals' own owners alone
}

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
	Rule     string         `json:"rule"`
	Severity check.Severity `json:"severity"`
	Goal     string         `json:"goal,omitzero"` // none of OfMetric
	Owner    string         `json:"owner"`
	Version  string         `json:"version,omitzero"` // of the target
	Value    kpi.Value      `json:"value"`
	Bound    kpi.Value      `json:"bound"`
	State    AlertState     `json:"state"`
	Since    calendar.Day   `json:"since"`            // the first review at which it was beyond the bound
	Ended    calendar.Day   `json:"ended,omitzero"`   // the review at which it was over, from which it rests
	Seen     calendar.Day   `json:"seen,omitzero"`    // the last review at which it was looked at
	Reviews  int            `json:"reviews,omitzero"` // in a row at which it was beyond the bound, through Seen

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

// DefaultAlerts gives rules for the usual: they are practice and carry no
// evidence of their own.
//
//	behind            pace below 80 %, over from 85 %       critical
//	landing_short     landing below 90 %, over from 93 %    warning, of goals' own owners
//	forecast_short    forecast below 95 %, over from 97 %   critical, likewise
//	stale             stale share above 30 %, over at 25 %  warning
func DefaultAlerts() []AlertRule {
	share := func(hundredths int64) kpi.Value { return kpi.Frac(hundredths, 100) }
	return []AlertRule{
		{ID: "behind", Signal: Pace, Below: share(80), Margin: share(5), Severity: check.Critical},
		{ID: "landing_short", Signal: LandingShare, Below: share(90), Margin: share(3), Severity: check.Warning, Top: true},
		{ID: "forecast_short", Signal: ForecastShare, Below: share(95), Margin: share(2), Severity: check.Critical, Top: true},
		{ID: "stale", Signal: OfMetric, Metric: "stale_share", Above: share(30), Margin: share(5), Severity: check.Warning},
	}
}

// Validate reports a missing ID, a bound that is missing or given twice,
// numbers that are undefined, a margin or a number of reviews or days below
// zero, an unknown word, and a metric that OfMetric does not have.
func (a AlertRule) Validate() error {
	problems := check.List{Op: "plan.AlertRule"}
	problems.ID("id", "missing_id", a.ID)
	if a.Below.Defined() == a.Above.Defined() {
		problems.Add(check.ErrInvalid, "below", "not_one_bound", nil)
	}
	notBelowZero(&problems, "margin", a.Margin)
	if a.Reviews < 0 {
		problems.Add(check.ErrRange, "reviews", "below_zero", a.Reviews)
	}
	if a.RestDays < 0 {
		problems.Add(check.ErrRange, "rest_days", "below_zero", a.RestDays)
	}
	if a.Signal > OfMetric {
		problems.Add(check.ErrUnknown, "signal", "unknown_word", uint8(a.Signal))
	}
	if a.Signal == OfMetric {
		problems.ID("metric", "missing_metric", a.Metric)
	}
	if a.Severity > check.Critical {
		problems.Add(check.ErrUnknown, "severity", "unknown_word", uint8(a.Severity))
	}
	return problems.Err()
}

// beyond reports whether a value calls for an alert; one that stands is held
// to the bound and the margin.
func (a AlertRule) beyond(v kpi.Value, stands bool) bool {
	margin := kpi.Int(0)
	if stands {
		margin = a.Margin.Or(margin)
	}
	if a.Below.Defined() {
		return v.Less(a.Below.Add(margin))
	}
	return a.Above.Sub(margin).Less(v)
}

// Alerts tries the rules on the review, knowing the alerts of the one before
// it. A signal that is undefined raises nothing and ends nothing; another
// version of the target starts afresh. An earlier alert of a rule or an owner
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
		stood[a.key()] = a
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	alerts := []Alert{}
	for _, rule := range rules {
		for _, seen := range r.signals(rule) {
			before, known := stood[seen.key()]
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
	return Alert{Rule: a.Rule, Goal: a.Goal, Owner: a.Owner, Version: a.Version}
}

// settle gives what becomes of a signal, knowing what it was before; ok is
// false where there is nothing to keep.
func (a Alert) settle(rule AlertRule, before Alert, known bool, asOf calendar.Day) (settled Alert, ok bool) {
	a.Seen, a.Since, a.Reviews, a.State = asOf, before.Since, before.Reviews, before.State
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
		a.Since, a.Reviews = asOf, 1
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
	base := Alert{Rule: rule.ID, Severity: rule.Severity, Bound: rule.Below}
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
			a.Goal, a.Owner, a.Version, a.Value = g.Goal.ID, o.Owner, o.Tracking.Version, signalOf(rule.Signal, g.Metric.Direction, o.Tracking)
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
