package plan

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
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
	Name     string         `json:"name,omitzero"`    // what sentences call it; left out: the Chinese name, else the ID
	NameZH   string         `json:"name_zh,omitzero"` // likewise in Chinese
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
		{ID: "behind", Name: "Behind plan", NameZH: "进度落后", Signal: Pace, Below: share(80), Margin: share(5), Severity: check.Critical},
		{ID: "landing_short", Name: "Landing short of the target", NameZH: "预计收官不足", Signal: LandingShare, Below: share(90), Margin: share(3), Severity: check.Warning, Top: true},
		{ID: "forecast_short", Name: "Forecast short of the target", NameZH: "预测低于目标", Signal: ForecastShare, Below: share(95), Margin: share(2), Severity: check.Critical, Top: true},
		{ID: "stale", Name: "Too many stale deals", NameZH: "停滞商机过多", Signal: OfMetric, Metric: "stale_share", Above: share(30), Margin: share(5), Severity: check.Warning},
	}
}

// Validate reports a missing ID, a bound that is missing or given twice,
// numbers that are undefined, a margin or a number of reviews or days below
// zero, an unknown word, and a metric that OfMetric does not have.
func (a AlertRule) Validate() error {
	problems := check.List{Op: "plan.AlertRule"}
	problems.ID("id", "missing_id", a.ID)
	checkText(&problems, "name", a.Name)
	checkText(&problems, "name_zh", a.NameZH)
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
