package target

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Status says how a target stands on a day. The zero Status is NoData.
type Status uint8

const (
	NoData     Status = iota // there is no target, no actual is known, or too little is known to say what is due
	NotStarted               // the period begins after the as-of day
	TooEarly                 // too little of the plan has passed to judge
	OnTrack                  // pace at or above Thresholds.OnTrack, and so about on plan; see Track for learned curves
	AtRisk                   // pace at or above Thresholds.AtRisk
	Behind                   // pace below that
	Met                      // the period is over and the target was reached
	Missed                   // the period is over and it was not
)

func statusWords() []string {
	return []string{"no_data", "not_started", "too_early", "on_track", "at_risk", "behind", "met", "missed"}
}

// String gives the word, such as on_track.
func (s Status) String() string { return enum.String(statusWords(), s) }

// MarshalText gives the word.
func (s Status) MarshalText() ([]byte, error) {
	return enum.Marshal("target.Status", statusWords(), s)
}

// UnmarshalText reads the word.
func (s *Status) UnmarshalText(text []byte) error {
	return enum.Unmarshal("target.Status", statusWords(), text, s)
}

// Thresholds say when a running target is judged and how. What is left out
// has its default:
//
//	TooEarly   0.1    share of the plan that must have passed
//	OnTrack    0.97   least pace to be on track; AtRisk where that is stated above it
//	AtRisk     0.9    least pace to be at risk and not behind
//	Margin     0.02   by how much more a status must be reached to rise at once, see [Stood]
//	Landing    0.15   share of the plan from which a landing on the curve is given
//
// OnTrack is below 1 because a pace has noise in it, and a list on which
// everybody stands who is a day late names nobody. In the sample quarters of
// AdventureWorks, when two of three months are over each of the computed
// landings still misses the quarter by 5.6 to 6.4 %: what is up to half of
// that under plan may as well be on it. (Django-CRM draws the lines at 1.00
// and 0.80, Recruiterflow at 0.99 and 0.81.) A learned band ([LearnedCurve])
// knows the noise of the owner's own past and takes the place of both. At the
// end there is no such room: the target is met or it is not.
//
// The rest are a practice, not a law: they carry no evidence of their own.
type Thresholds struct {
	TooEarly kpi.Value `json:"too_early,omitzero"`
	OnTrack  kpi.Value `json:"on_track,omitzero"`
	AtRisk   kpi.Value `json:"at_risk,omitzero"`
	Margin   kpi.Value `json:"margin,omitzero"`
	Landing  kpi.Value `json:"landing,omitzero"`
}

// DefaultThresholds gives the defaults, written out.
func DefaultThresholds() Thresholds { return Thresholds{}.orDefault() }

// Validate reports a share outside 0…1 and a pace outside 0…2 (check.ErrRange:
// it is 0.9 and not 90), a threshold that is
// undefined for another reason than being left out, and an OnTrack below
// AtRisk (check.ErrInvalid).
func (t Thresholds) Validate() error {
	problems := check.List{Op: "target.Thresholds"}
	defined := func(path string, v kpi.Value) {
		if v != (kpi.Value{}) && !v.Defined() {
			problems.Add(check.ErrInvalid, path, "undefined_threshold", v.Reason())
		}
	}
	defined("too_early", t.TooEarly)
	defined("on_track", t.OnTrack)
	defined("at_risk", t.AtRisk)
	defined("margin", t.Margin)
	defined("landing", t.Landing)
	t = t.orDefault()
	pace := func(path string, v kpi.Value) {
		if v.Sign() < 0 || kpi.Int(2).Less(v) {
			problems.Add(check.ErrRange, path, "not_a_pace", v, "least", 0, "most", 2)
		}
	}
	pace("on_track", t.OnTrack)
	pace("at_risk", t.AtRisk)
	share := func(path string, v kpi.Value) {
		if v.Sign() < 0 || kpi.Int(1).Less(v) {
			problems.Add(check.ErrRange, path, "not_a_share", v)
		}
	}
	share("too_early", t.TooEarly)
	share("margin", t.Margin)
	share("landing", t.Landing)
	if t.OnTrack.Less(t.AtRisk) {
		problems.Add(check.ErrInvalid, "on_track", "below_at_risk", t.OnTrack, "at_risk", t.AtRisk)
	}
	return problems.Err()
}

func (t Thresholds) orDefault() Thresholds {
	return Thresholds{
		TooEarly: t.TooEarly.Or(kpi.Frac(1, 10)),
		OnTrack:  t.OnTrack.Or(kpi.Frac(97, 100).Max(t.AtRisk.Or(kpi.Int(0)).Min(kpi.Int(1)))),
		AtRisk:   t.AtRisk.Or(kpi.Frac(9, 10)),
		Margin:   t.Margin.Or(kpi.Frac(2, 100)),
		Landing:  t.Landing.Or(kpi.Frac(15, 100)),
	}
}
