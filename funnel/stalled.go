package funnel

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// StallRule says when an open deal is stalled: it has stood still for longer
// than its stage allows. Where it is not stale too (see [Stale]) it is not given
// up, and somebody should call.
type StallRule struct {
	Measure Measure `json:"measure,omitzero"` // of how long it has stood still; calendar days unless named

	// Limits are the longest times by stage, in units of the measure: days,
	// with a fraction where elapsed time is measured. For a stage without one
	// the limit is learned.
	Limits map[string]kpi.Value `json:"limits,omitempty"`

	// Quantile is the share of past visits to a stage that were over sooner
	// than the limit to be learned. None given: 0.90, type 7.
	Quantile kpi.Value `json:"quantile,omitzero"`

	// AtLeast is how many visits to a stage must have ended to learn a limit
	// from them. 0: 20; with fewer no deal there is stalled, which is said.
	AtLeast int `json:"at_least,omitzero"`

	// ActivityCounts: an activity with the customer ends the standing still
	// as a move to another stage does. Otherwise only the move does.
	ActivityCounts bool `json:"activity_counts,omitzero"`
}

// Stalled is the open deals that have stood still for too long.
type Stalled struct {
	By       TimeBy          `json:"by"`
	Stages   []StalledStage  `json:"stages"` // the open stages in order
	Deals    []StalledDeal   `json:"deals"`  // stale ones too; the longest over its limit first, equal ones by ID
	Findings []check.Finding `json:"findings"`
}

// StalledStage is one open stage: Open = Moving + Stalled.Total + Unknown.
type StalledStage struct {
	Stage   string    `json:"stage"`
	Limit   kpi.Value `json:"limit"` // undefined (TooFew) where it could not be learned
	Learned bool      `json:"learned"`
	Ended   int64     `json:"ended"` // visits that it could be learned from
	Open    int64     `json:"open"`
	Moving  int64     `json:"moving"`
	Stalled OpenLine  `json:"stalled"` // those that are stale too apart
	Unknown int64     `json:"unknown"` // it is not known since when they stand still, or what the limit is
}

// StalledDeal is one deal that has stood still for too long.
type StalledDeal struct {
	Deal
	Still kpi.Value `json:"still"` // for how long
	Over  kpi.Value `json:"over"`  // by how much that is over the limit
}

// Stalled finds the open deals that have stood still for longer than their
// stage allows. Every field of the rule that is wrong is in the error: a limit
// that is not defined or negative, or of a stage that the pipeline does not
// have as an open one; a quantile outside 0…1; a negative AtLeast; the
// measure.
func (a *Analysis) Stalled(rule StallRule) (Stalled, error) {
	rule, err := rule.checked(&a.route)
	if err != nil {
		return Stalled{}, err
	}
	s := Stalled{By: rule.Measure.By, Stages: a.stallLimits(rule), Deals: []StalledDeal{}, Findings: []check.Finding{}}
	for _, l := range a.lives {
		if l.outcome == Open {
			a.stall(&s, l, rule)
		}
	}
	slices.SortFunc(s.Deals, func(d, e StalledDeal) int {
		return cmp.Or(e.Over.Compare(d.Over), strings.Compare(d.ID, e.ID), cmp.Compare(d.Life, e.Life))
	})
	s.note(rule)
	return s, nil
}

// checked gives the rule with its defaults.
func (rule StallRule) checked(r *route) (StallRule, error) {
	if rule.Quantile == (kpi.Value{}) {
		rule.Quantile = kpi.Frac(9, 10)
	}
	err := rule.validate(r)
	rule.AtLeast = cmp.Or(rule.AtLeast, 20)
	return rule, err
}

func (rule StallRule) validate(r *route) error {
	problems := check.List{Op: "funnel.Stalled"}
	rule.Measure.validate(&problems)
	for _, stage := range slices.Sorted(maps.Keys(rule.Limits)) {
		limit, path := rule.Limits[stage], check.At("limits")+"."+stage
		if rank := r.rank(stage); rank < 0 || rank >= r.open {
			problems.Add(check.ErrUnknown, path, "unknown_stage", stage, "pipeline", r.pipeline.ID)
		}
		if !limit.Defined() || limit.Sign() < 0 {
			problems.Add(check.ErrRange, path, "not_a_time", limit)
		}
	}
	if !isShare(rule.Quantile) {
		problems.Add(check.ErrRange, "quantile", "not_a_share", rule.Quantile, "least", 0, "most", 1)
	}
	if rule.AtLeast < 0 {
		problems.Add(check.ErrRange, "at_least", "negative_count", rule.AtLeast)
	}
	return problems.Err()
}

// stallLimits gives the stages with their limits, stated or learned from the
// visits that have ended.
func (a *Analysis) stallLimits(rule StallRule) []StalledStage {
	tallies := make([]stageTally, a.route.open)
	for _, l := range a.lives {
		a.stays(l, rule.Measure, tallies)
	}
	stages := make([]StalledStage, a.route.open)
	for i := range stages {
		ended := tallies[i].visits.ended
		slices.Sort(ended)
		s := StalledStage{Stage: a.route.stages[i].ID, Limit: kpi.Undefined(kpi.TooFew), Ended: int64(len(ended))}
		if limit, stated := rule.Limits[s.Stage]; stated {
			s.Limit = limit
		} else if s.Learned = len(ended) >= max(rule.AtLeast, 1); s.Learned {
			s.Limit = quantile(len(ended), func(i int) kpi.Value { return kpi.Frac(ended[i], rule.Measure.perDay()) }, rule.Quantile)
		}
		stages[i] = s
	}
	return stages
}

func (a *Analysis) stall(s *Stalled, l *life, rule StallRule) {
	stage := &s.Stages[l.here]
	stage.Open++
	switch is, still := a.standing(l, rule, stage.Limit); is {
	case UnmeasuredOnes:
		stage.Unknown++
	case MovingOnes:
		stage.Moving++
	default:
		stage.Stalled.add(a.stale(l), a.worth(l), a.probability(l))
		s.Deals = append(s.Deals, StalledDeal{a.deal(l), still, still.Sub(stage.Limit)})
	}
}

// standing says whether an open deal has stood still for longer than a limit,
// and for how long.
func (a *Analysis) standing(l *life, rule StallRule, limit kpi.Value) (is Which, still kpi.Value) {
	units, known := a.between(a.stillSince(l, rule.ActivityCounts), a.asOf, rule.Measure)
	still = kpi.Frac(units, rule.Measure.perDay())
	switch {
	case !known || !limit.Defined():
		return UnmeasuredOnes, still
	case !limit.Less(still):
		return MovingOnes, still
	}
	return StalledOnes, still
}

// stillSince gives the instant since when a deal stands still.
func (a *Analysis) stillSince(l *life, activityCounts bool) int64 {
	since := int64(undated)
	if n := len(l.visits); n > 0 {
		since = l.visits[n-1].at
	}
	if activityCounts {
		for _, f := range l.facts {
			if f.kind == isActivity {
				since = max(since, f.at)
			}
		}
	}
	return since
}

func (s *Stalled) note(rule StallRule) {
	found, stale := notes{}, int64(0)
	for _, stage := range s.Stages {
		stale += stage.Stalled.Stale.Deals
		if !stage.Limit.Defined() && stage.Open > 0 {
			found = append(found, check.Finding{Code: "stall_limit_unknown", Severity: check.Info, Subject: stage.Stage,
				Args: check.Args("ended", stage.Ended, "least", rule.AtLeast, "open", stage.Open)})
		}
	}
	found.some(stale, "stalled_and_stale", check.Info, "stalled", len(s.Deals))
	s.Findings = append(s.Findings, found...)
}
