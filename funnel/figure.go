package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
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
//	won, lost, disqualified      {Which: WonInWindow}, {Which: LostInWindow}, {Which: DisqualifiedInWindow}
//	win_rate                     {Which: WonInWindow} of {Which: DecidedInWindow}
//	cycle_closed.n, missing      {Which: TimedOnes}, {Which: UntimedOnes}
//	won.cycle.n                  {Which: WonTimedOnes}
//	cohorts[i].deals             {Started: period}, likewise with Which: WonOnes, LostOnes, OpenOnes
//	cohorts[i].conversion        {Which: WonInTime, Started: period} of {Started: period}
//	open.live, open.stale        {Which: LiveOnes}, {Which: StaleOnes}
//	open.stages[i]               the same with Last: id
//	buckets[j], no_age           the same with Ages: bucket.Ages(), Ages: Ages{Unknown: true}
//
// Of what else an analysis gives, in the words of its JSON:
//
//	Created        deals; by_day; since_gone; start_unknown
//	               {Started: period}; {Started: day}; {Which: GoneOnes, Started: period}; {Which: NoStartOnes}
//	CreateAndClose won {Which: WonInWindow, Closed: period}; inside the same with Started: period,
//	               unknown with And: NoStartOnes
//	WinRates       closed {Which: WonOnes, Closed: period} of {Which: DecidedOnes, Closed: period};
//	               created, cohort with Started: period in place of Closed
//	Velocity       open, stale {Which: LiveOnes, From: qualified}, {Which: StaleOnes, From: qualified};
//	               win_rate {Which: WonOnes, Closed: reference} of {Which: DecidedOnes, Closed: reference}
//	Coverage       won {Which: WonOnes, Closed: period}; open {Which: DueOnes, Due: period}, or with any close
//	               {Which: InPlayOnes}; stale, omitted, no_close, past_close by their Which;
//	               elsewhere {Which: ElsewhereOnes, Due: period}
//	Slippage       dated, pushed, pulled, crossed by their Which, with And: OpenOnes, WonOnes, LostOnes;
//	               distribution {Which: PushedOnes, Pushes: n}, for none {Which: UnpushedOnes}
//	Reasons        {Which: LostInWindow}; with Reason: reason (its value is parted, see [ReasonCount]),
//	               unstated with And: UnstatedOnes
//	Rework         moved {Which: MovedBackOnes}; stages[i].deals {Which: VisitedOnes, Stage: id};
//	               behind again and opened, which count times, {Which: AgainOnes, Stage: id}, {Which: ReopenedOnes}
//	Stalled        stages[i].moving, unknown, stalled.live, stalled.stale {Which: MovingOnes, Last: id, Stall: &rule},
//	               {Which: UnmeasuredOnes, …}, {Which: StalledOnes, And: LiveOnes, …}, {…, And: StaleOnes, …}
//	Conversion     deals, unknown, truncated {Which: ComingOnes, Conversion: &rule}, UntrackedOnes, TruncatedOnes;
//	               observed {Which: ConvertedOnes, …} of {Which: ObservedOnes, …};
//	               mature {Which: ConvertedOnes, And: MatureOnes, …} of {Which: MatureOnes, …}; stale with And: StaleOnes
//	CohortAges     won[j] {Which: WonOnes, Started: period, Ages: Ages{Below: age + 1}} of {Started: period}
//	Reverse        have {Which: InPlayOnes, Last: id}
//	Concentration  open, live, won {Which: OpenOnes}, {Which: LiveOnes}, {Which: WonInWindow}
//	Quality        [Analysis.Affected]
//	Flow, Between  [Analysis.Moves], [ChangeLine.Behind]
type Figure struct {
	Which   Which           `json:"which"`
	And     Which           `json:"and,omitzero"`     // and are these too
	Stage   string          `json:"stage,omitzero"`   // reached it, by the question's policy; of VisitedOnes and AgainOnes was in it
	Last    string          `json:"last,omitzero"`    // is in this open stage, or closed from it
	From    string          `json:"from,omitzero"`    // is in this open stage or a later one, or closed from one
	Started calendar.Period `json:"started,omitzero"` // started in it: a cohort
	Closed  calendar.Period `json:"closed,omitzero"`  // came to an end in it
	Due     calendar.Period `json:"due,omitzero"`     // is expected to close in it
	Reason  string          `json:"reason,omitzero"`  // states it as a reason for its end
	Ages    Ages            `json:"ages,omitzero"`    // is so old

	Pushes int            `json:"pushes,omitzero"` // of PushedOnes: so often, no more and no less; 0: at least once
	Grain  calendar.Grain `json:"grain,omitzero"`  // of CrossedOnes: that of the [SlipRule]
	Stall  *StallRule     `json:"stall,omitempty"` // of MovingOnes, StalledOnes and UnmeasuredOnes

	Conversion *ConversionRule `json:"conversion,omitempty"` // of ComingOnes to MatureOnes
}

// Validate reports a Which, And or Grain outside the constants, one that asks
// for a Stage or a Stall which is not named, and numbers below zero.
func (f Figure) Validate() error {
	problems := check.List{Op: "funnel.Figure"}
	f.validate(&problems)
	return problems.Err()
}

func (f Figure) validate(problems *check.List) {
	for _, w := range []struct {
		path  string
		which Which
	}{{"which", f.Which}, {"and", f.And}} {
		if w.which >= whiches {
			problems.Add(check.ErrUnknown, w.path, "unknown_word", uint8(w.which))
		}
		if w.which.ofStage() && f.Stage == "" {
			problems.Add(check.ErrMissing, "stage", "missing_stage", nil, "which", w.which)
		}
		if w.which.ofStall() && f.Stall == nil {
			problems.Add(check.ErrMissing, "stall", "missing_rule", nil, "which", w.which)
		}
		if w.which.ofWay() && f.Conversion == nil {
			problems.Add(check.ErrMissing, "conversion", "missing_rule", nil, "which", w.which)
		}
	}
	if f.And == GoneOnes {
		problems.Add(check.ErrInvalid, "and", "not_beside_others", f.And)
	}
	if f.Ages.From < 0 || f.Ages.Below < 0 {
		problems.Add(check.ErrRange, "ages", "negative_days", min(f.Ages.From, f.Ages.Below))
	}
	if f.Pushes < 0 {
		problems.Add(check.ErrRange, "pushes", "negative_count", f.Pushes)
	}
	if f.Grain > calendar.Yearly {
		problems.Add(check.ErrUnknown, "grain", "unknown_grain", uint8(f.Grain))
	}
}

// figure is a Figure of one analysis.
type figure struct {
	Figure
	stage, last, from int            // ranks, −1 for none; from is 0 then
	limits            []StalledStage // of Stall
	way               wayRule        // of Conversion
}

// wayRule is a conversion of one analysis.
type wayRule struct {
	from, to int
	days     int64
}

// figure checks a Figure against the pipeline.
func (a *Analysis) figure(f Figure, problems *check.List) figure {
	f.validate(problems)
	f.Grain = f.grain()
	c := figure{Figure: f, stage: -1, last: -1}
	if f.Stage != "" {
		c.stage = a.openRank(problems, "stage", f.Stage)
	}
	if f.Last != "" {
		c.last = a.openRank(problems, "last", f.Last)
	}
	c.from = a.openRank(problems, "from", f.From)
	if (f.Which == WonInTime || f.And == WonInTime) && !a.horizon.Defined() {
		problems.Add(check.ErrInvalid, "which", "no_horizon", WonInTime)
	}
	if f.Stall != nil {
		rule, err := f.Stall.checked(&a.route)
		problems.Nest("stall", err)
		if err == nil {
			c.Stall, c.limits = &rule, a.stallLimits(rule)
		}
	}
	if f.Conversion != nil {
		c.way = a.wayRule(f, problems)
	}
	return c
}

func (a *Analysis) wayRule(f Figure, problems *check.List) wayRule {
	rule := *f.Conversion
	from, to, err := rule.validate(a, "funnel.Conversion")
	problems.Nest("conversion", err)
	if err != nil {
		return wayRule{}
	}
	days, why := wholeDays(rule.within(a, a.ways(from, to, rule.Entered)))
	if why != 0 && (f.Which.ofDays() || f.And.ofDays()) {
		problems.Add(check.ErrInvalid, "conversion.within", "no_horizon", kpi.Undefined(why))
	}
	return wayRule{from, to, days}
}

// misses says why a life is not in a figure: the first condition that fails.
func (a *Analysis) misses(l *life, f *figure) miss {
	for _, condition := range []func(*life, *figure) miss{a.missesStart, a.missesStage, a.missesFrom, a.missesEnd, a.missesDue, a.missesAges} {
		if m := condition(l, f); m.code != "" {
			return m
		}
	}
	if m := f.Which.misses(a, l, f); m.code != "" {
		return m
	}
	return f.And.misses(a, l, f)
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
	if f.stage >= 0 && !f.Which.ofVisit() && !f.And.ofVisit() && l.reached>>f.stage&1 == 0 {
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
	case f.Which == ElsewhereOnes || f.And == ElsewhereOnes:
		return unless(!f.Due.Contains(l.expected), "why_due", "day", l.expected)
	}
	return unless(f.Due.Contains(l.expected), "why_due_elsewhen", "day", l.expected, "first", f.Due.Start(), "last", f.Due.Last())
}
