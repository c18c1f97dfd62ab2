package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// VelocityRule says what a velocity is made of.
type VelocityRule struct {
	// Reference is the time whose closings teach win rate, amount and cycle.
	// It is required, and must lie inside the observation window.
	Reference calendar.Period

	// Qualified is the open stage from which on an open deal counts. Empty:
	// every open deal does. It does not limit the reference: its win rate is of
	// all deals that closed, those lost before they were qualified too.
	Qualified string
}

// Velocity is what a pipeline wins in a day:
//
//	open × win rate × average won / mean cycle
//
// Open are the qualified deals that are open on the as-of day and not stale;
// the other three come from the same deals, closed in the reference window.
// Amounts are the deals' own, whatever the question's ValueBy. Where one of
// the four is undefined, so is the velocity.
type Velocity struct {
	Day       calendar.Day    `json:"day"`
	Reference calendar.Period `json:"reference"`
	Qualified string          `json:"qualified,omitzero"`

	Open       int64     `json:"open"`     // qualified and not stale
	Stale      int64     `json:"stale"`    // qualified but stale: not counted as open
	WinRate    kpi.Ratio `json:"win_rate"` // won of won and lost
	AverageWon kpi.Value `json:"average_won"`
	MeanCycle  kpi.Value `json:"mean_cycle"` // days from the start to won
	PerDay     kpi.Value `json:"per_day"`    // in the unit of amounts, a day

	// ThroughputPerCycle is what was won in the reference window by mean
	// cycle. From closed deals alone the formula collapses to it, since their
	// number and their rate cancel: it has no levers.
	ThroughputPerCycle kpi.Value `json:"throughput_per_cycle"`

	Findings []check.Finding `json:"findings"`
}

// Velocity gives what the pipeline wins in a day. A part of [Analysis.By] has
// a velocity of its own deals, open and closed.
//
// Errors: no reference, or one that has not begun by the as-of day; a
// qualified stage that the pipeline does not have as an open one. A reference
// that begins before closings were on record is a finding, and its velocity
// undefined (NoData).
func (a *Analysis) Velocity(rule VelocityRule) (Velocity, error) {
	from, err := rule.validate(a)
	if err != nil {
		return Velocity{}, err
	}
	v := Velocity{Day: a.day, Reference: rule.Reference, Qualified: rule.Qualified, Findings: []check.Finding{}}
	var won, lost closedTally
	for _, l := range a.lives {
		switch {
		case l.outcome == Open && int(l.here) >= from && a.stale(l):
			v.Stale++
		case l.outcome == Open && int(l.here) >= from:
			v.Open++
		case !rule.Reference.Contains(l.closedDay):
		case l.outcome == Won:
			won.add(l, a.value(l.amount), a.value(l.listPrice))
		case l.outcome == Lost:
			lost.add(l, a.value(l.amount), a.value(l.listPrice))
		}
	}
	v.fill(won.done(), lost.closed.Deals)
	a.velocityNotes(&v, won.closed)
	return v, nil
}

func (v *Velocity) fill(won Closed, lost int64) {
	v.WinRate = kpi.RatioOf(won.Deals, won.Deals+lost)
	v.AverageWon, v.MeanCycle = won.Average, won.Cycle.Mean
	v.PerDay = kpi.Int(v.Open).Mul(v.WinRate.Value()).Mul(v.AverageWon).Div(v.MeanCycle)
	v.ThroughputPerCycle = won.Amount.Sum.Div(v.MeanCycle)
}

func (rule VelocityRule) validate(a *Analysis) (from int, err error) {
	problems := check.List{Op: "funnel.Velocity"}
	switch {
	case rule.Reference.IsZero():
		problems.Add(check.ErrMissing, "reference", "missing_period", nil)
	case rule.Reference.Start() > a.day:
		problems.Add(check.ErrRange, "reference", "period_not_begun", rule.Reference, "day", a.day)
	}
	from = a.openRank(&problems, "qualified", rule.Qualified)
	return from, problems.Err()
}

// openRank gives the rank of an open stage, 0 for none named.
func (a *Analysis) openRank(problems *check.List, path, stage string) int {
	if stage == "" {
		return 0
	}
	rank := a.route.rank(stage)
	switch {
	case rank < 0:
		problems.Add(check.ErrUnknown, path, "unknown_stage", stage, "pipeline", a.route.pipeline.ID)
	case rank >= a.route.open:
		problems.Add(check.ErrInvalid, path, "not_an_open_stage", stage)
	}
	return max(rank, 0)
}

func (a *Analysis) velocityNotes(v *Velocity, won Closed) {
	found := notes{}
	if v.Reference.Start() < a.window.ClosingsFrom {
		found.add("reference_before_window", check.Warning, "first", v.Reference.Start(), "day", a.window.ClosingsFrom)
		for _, figure := range []*kpi.Value{&v.PerDay, &v.ThroughputPerCycle} {
			*figure = kpi.Undefined(kpi.NoData)
		}
	}
	found.some(v.Stale, "stale_not_in_velocity", check.Info, "open", v.Open+v.Stale)
	found.some(won.Deals-int64(won.Amount.N), "won_without_amount", check.Warning, "won", won.Deals)
	v.Findings = append(v.Findings, found...)
}

// With gives the velocity with each of its levers multiplied by a factor: what
// it would be with a tenth more open deals, the same win rate, … A shorter
// cycle is a factor below 1.
func (v Velocity) With(open, winRate, averageWon, meanCycle kpi.Value) kpi.Value {
	return v.PerDay.Mul(open).Mul(winRate).Mul(averageWon).Div(meanCycle)
}
