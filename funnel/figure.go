package funnel

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Figure names a number of deals, so that the deals behind it can be listed
// (see [Analysis.Behind]) and any deal be told why it is not among them (see
// [Analysis.Why]). Which says which; each other field that is not zero leaves
// only some of them. The zero Figure is every deal that counts. Of a [Report]:
//
//	stages[i].reached            {Stage: id}
//	stages[i].entered            {Which: EnteredOnes, Stage: id}, likewise implied, skipped
//	stages[i].won                {Which: WonOnes, Stage: id}, likewise open, lost, disqualified
//	stages[i].lost_here          {Which: LostOnes, Last: id}, likewise open, disqualified
//	stages[i].to_next            {Which: PassedOnes, Stage: id} of {Stage: id}
//	win_rate                     {Which: WonInWindow} of {Which: DecidedInWindow}
//	cycle_closed.n, missing      {Which: TimedOnes}, {Which: UntimedOnes}
//	won.cycle.n                  {Which: WonTimedOnes}
//	cohorts[i].deals             {Started: period}
//	cohorts[i].conversion        {Which: WonInTime, Started: period} of {Started: period}
//	open.live, open.stale        {Which: LiveOnes}, {Which: StaleOnes}
//	open.stages[i]               the same with Last: id
type Figure struct {
	Which   Which           `json:"which"`
	Stage   string          `json:"stage,omitzero"`   // reached it, by the question's policy
	Last    string          `json:"last,omitzero"`    // is in this open stage, or closed from it
	Started calendar.Period `json:"started,omitzero"` // started in it: a cohort
	Closed  calendar.Period `json:"closed,omitzero"`  // came to an end in it
	Due     calendar.Period `json:"due,omitzero"`     // is expected to close in it
	Reason  string          `json:"reason,omitzero"`  // states it as a reason for its end
}

// Validate reports a Which outside the constants, and one that asks for a
// Stage which is not named.
func (f Figure) Validate() error {
	problems := check.List{Op: "funnel.Figure"}
	f.validate(&problems)
	return problems.Err()
}

func (f Figure) validate(problems *check.List) {
	if f.Which > AncientOnes {
		problems.Add(check.ErrUnknown, "which", "unknown_word", uint8(f.Which))
	}
	if f.Which.ofStage() && f.Stage == "" {
		problems.Add(check.ErrMissing, "stage", "missing_stage", nil, "which", f.Which)
	}
}

// figure is a Figure of one analysis.
type figure struct {
	Figure
	stage, last int // ranks, −1 for none
}

// figure checks a Figure against the pipeline.
func (a *Analysis) figure(f Figure, problems *check.List) figure {
	f.validate(problems)
	c := figure{Figure: f, stage: -1, last: -1}
	if f.Stage != "" {
		c.stage = a.openRank(problems, "stage", f.Stage)
	}
	if f.Last != "" {
		c.last = a.openRank(problems, "last", f.Last)
	}
	if f.Which == WonInTime && !a.horizon.Defined() {
		problems.Add(check.ErrInvalid, "which", "no_horizon", f.Which)
	}
	return c
}

// misses says why a life is not in a figure: the first condition that fails.
func (a *Analysis) misses(l *life, f *figure) miss {
	for _, condition := range []func(*life, *figure) miss{a.missesStart, a.missesStage, a.missesEnd, a.missesDue} {
		if m := condition(l, f); m.code != "" {
			return m
		}
	}
	return f.Which.misses(a, l, f.stage)
}

func (a *Analysis) missesStart(l *life, f *figure) miss {
	switch {
	case f.Started.IsZero():
		return miss{}
	case l.startedDay.IsZero():
		return miss{code: "why_no_start"}
	}
	return unless(f.Started.Contains(l.startedDay), "why_started_elsewhen", "day", l.startedDay, "first", f.Started.Start(), "last", f.Started.Last())
}

func (a *Analysis) missesStage(l *life, f *figure) miss {
	here := a.route.stages[l.here].ID
	if f.stage >= 0 && l.reached>>f.stage&1 == 0 {
		return miss{"why_not_reached", []any{"stage", f.Stage, "here", here}}
	}
	return unless(f.last < 0 || int(l.here) == f.last, "why_elsewhere", "stage", f.Last, "here", here)
}

func (a *Analysis) missesEnd(l *life, f *figure) miss {
	if f.Reason != "" && !a.states(l, f.Reason) {
		return miss{"why_other_reason", []any{"reason", f.Reason}}
	}
	switch {
	case f.Closed.IsZero():
		return miss{}
	case l.outcome == Open:
		return a.unlessEnded(l, Won)
	case l.closedDay.IsZero():
		return miss{code: "why_no_close"}
	}
	return unless(f.Closed.Contains(l.closedDay), "why_closed_elsewhen", "day", l.closedDay, "first", f.Closed.Start(), "last", f.Closed.Last())
}

func (a *Analysis) states(l *life, reason string) bool {
	for _, code := range a.reasonsOf(l) {
		if a.words[code] == reason {
			return true
		}
	}
	return false
}

func (a *Analysis) missesDue(l *life, f *figure) miss {
	switch {
	case f.Due.IsZero():
		return miss{}
	case l.expected.IsZero():
		return miss{code: "why_not_due"}
	}
	return unless(f.Due.Contains(l.expected), "why_due_elsewhen", "day", l.expected, "first", f.Due.Start(), "last", f.Due.Last())
}
