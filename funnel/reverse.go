package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Reverse is the way back from an amount to the deals that it takes: how many
// must enter each stage, by when, with what is already there taken into
// account.
type Reverse struct {
	Period     calendar.Period `json:"period"`
	Amount     kpi.Value       `json:"amount"`
	Won        kpi.Partial     `json:"won"`         // in the period by the as-of day
	Remaining  kpi.Value       `json:"remaining"`   // 0 where the amount is reached
	AverageWon kpi.Value       `json:"average_won"` // of the won deals with an amount
	Wins       kpi.Value       `json:"wins"`        // ⌈remaining ÷ average won⌉; of an average below zero undefined (BaseNotPositive)

	Stages []ReverseStage `json:"stages"` // the open stages in order

	// New is the deals that must still be created, DaysLeft the working days
	// (or calendar days) in which they can be and still be won in time, and
	// PerDay the one by the other.
	New      kpi.Value    `json:"new"`
	NewLow   kpi.Estimate `json:"new_low"` // from NeededLow of the first stage, less what it has
	NewHigh  kpi.Estimate `json:"new_high"`
	DaysLeft int64        `json:"days_left"`
	PerDay   kpi.Value    `json:"per_day"`

	Activities []ActivityNeed  `json:"activities"` // by kind, in the order of their bytes
	Findings   []check.Finding `json:"findings"`
}

// ReverseStage is what must happen at one open stage. From the end, with wins
// what must come out of the last stage:
//
//	Needed = ⌈what must come out of it ÷ rate⌉
//	Enter  = max(Needed − Have, 0), which must come out of the stage before
//
// Whole deals at each stage: half a deal cannot be won.
type ReverseStage struct {
	Stage string `json:"stage"`

	// Rate is the share that went on, to a later stage or to won, of the deals
	// that reached the stage (by the question's [Policy]) and were decided in
	// the reference: closed, or given up as stale.
	Rate   kpi.Ratio `json:"rate"`
	Stated bool      `json:"stated"` // by the caller

	// WinShare is the product of the rates from here on, with the interval of
	// their uncertainty: NeededLow and NeededHigh are the deals it takes here
	// at its upper and lower end, unrounded, for the wins that the deals
	// further on are not expected to bring (their WinShare each). The interval
	// is by deal, or by owner where deals of an owner go together: ByOwner has
	// both.
	WinShare   kpi.Value     `json:"win_share"`
	Interval   kpi.Interval  `json:"interval"`
	ByOwner    kpi.Clustered `json:"by_owner"`
	NeededLow  kpi.Estimate  `json:"needed_low"`
	NeededHigh kpi.Estimate  `json:"needed_high"`

	Needed kpi.Value `json:"needed"`
	Have   int64     `json:"have"`  // open in the stage, live and not omitted
	Enter  kpi.Value `json:"enter"` // must still come to it

	// LeadTime is the days from an entry here to won, and By the last day on
	// which an entry is still won in time. Late: that day has passed.
	LeadTime Durations    `json:"lead_time"`
	Days     kpi.Value    `json:"days"` // the named quantile of LeadTime, in whole days
	By       calendar.Day `json:"by"`
	Late     bool         `json:"late"`
}

// ActivityNeed is what the new deals cost in activities of one kind, at the
// rate of these deals' owners so far.
type ActivityNeed struct {
	Activity string    `json:"activity"`
	PerDeal  kpi.Ratio `json:"per_deal"` // activities on record ÷ deals created, over all of the analysis
	Total    kpi.Value `json:"total"`    // per deal × new deals
	PerDay   kpi.Value `json:"per_day"`
}

// Reverse works back from an amount to the deals that it takes. A part of
// [Analysis.By] gives the way of one seller by the seller's own experience.
//
// Errors, all at once: an amount or average that is missing or not above 0; no
// period, or one that is over; a rate outside 0…1 or of 0, or of a stage that
// is not an open one; a quantile outside 0…1; the confidence.
func (a *Analysis) Reverse(aim Aim) (Reverse, error) {
	if err := aim.validate(a); err != nil {
		return Reverse{}, err
	}
	aim = aim.withDefaults()
	r := Reverse{Period: aim.Period, Amount: aim.Amount, AverageWon: aim.AverageWon, Activities: []ActivityNeed{}, Findings: []check.Finding{}}
	past := a.experience(aim)
	if !r.AverageWon.Defined() {
		r.AverageWon = past.won.Average
	}
	for _, l := range a.lives {
		if l.outcome == Won && aim.Period.Contains(l.closedDay) {
			count(&r.Won, a.worth(l))
		}
	}
	r.Remaining = aim.Amount.Sub(r.Won.Sum.Or(kpi.Int(0))).Max(kpi.Int(0))
	r.Wins = ceil(r.Remaining.Div(r.AverageWon))
	if r.AverageWon.Sign() < 0 {
		r.Wins = kpi.Undefined(kpi.BaseNotPositive)
	}
	r.Stages = past.stages
	a.have(r.Stages)
	r.walkBack()
	r.deadlines(aim, a.day)
	r.daily(a, aim)
	r.note(past.stale)
	return r, nil
}

// ceil gives the least whole number that is not below v.
func ceil(v kpi.Value) kpi.Value {
	if n, ok := v.Minor(0, kpi.Ceiling); ok {
		return kpi.Int(n)
	}
	if v.Defined() {
		return kpi.Undefined(kpi.NotApplicable) // beyond 64 bits there is no such number of deals
	}
	return v
}

// have counts what is open in the stages.
func (a *Analysis) have(stages []ReverseStage) {
	for _, l := range a.lives {
		if l.outcome == Open && !a.stale(l) && a.categoryOf(l) != Omitted {
			stages[l.here].Have++
		}
	}
}

// winShares multiplies the rates from the end. owners has what each owner
// adds to them.
func winShares(stages []ReverseStage, owners [][]kpi.Ratio, c kpi.Confidence) {
	share, rates := kpi.Int(1), make([]kpi.Ratio, len(stages))
	for i := len(stages) - 1; i >= 0; i-- {
		s := &stages[i]
		rates[i], share = s.Rate, share.Mul(s.Rate.Value())
		s.WinShare = share
		s.ByOwner = c.ClusteredProduct("owner", rates[i:], from(i, owners))
		s.Interval = s.ByOwner.Interval
	}
}

func from(i int, owners [][]kpi.Ratio) [][]kpi.Ratio {
	rest := make([][]kpi.Ratio, len(owners))
	for g, rates := range owners {
		rest[g] = rates[i:]
	}
	return rest
}

// walkBack goes from the wins to the first stage.
func (r *Reverse) walkBack() {
	out, wins := r.Wins, r.Wins // wins: those that deals further on are not expected to bring
	for i := len(r.Stages) - 1; i >= 0; i-- {
		s := &r.Stages[i]
		s.Needed = ceil(out.Div(s.Rate.Value()))
		s.NeededLow, s.NeededHigh = divided(wins, s.Interval.High), divided(wins, s.Interval.Low)
		s.Enter = s.Needed.Sub(kpi.Int(s.Have)).Max(kpi.Int(0))
		out = s.Enter
		wins = wins.Sub(kpi.Int(s.Have).Mul(s.WinShare)).Max(kpi.Int(0))
	}
	r.New = out
	if len(r.Stages) > 0 {
		first := r.Stages[0]
		r.NewLow, r.NewHigh = less(first.NeededLow, first.Have), less(first.NeededHigh, first.Have)
	}
}

// less gives an estimated number of deals without those at hand, at least 0.
func less(e kpi.Estimate, have int64) kpi.Estimate {
	if n, ok := e.Float64(); ok {
		return kpi.NewEstimate(max(n-float64(have), 0))
	}
	return e
}

// divided gives a number of wins by a share.
func divided(wins kpi.Value, share kpi.Estimate) kpi.Estimate {
	n, defined := wins.Float64()
	by, known := share.Float64()
	switch {
	case !defined:
		return kpi.NoEstimate(wins.Reason())
	case !known:
		return kpi.NoEstimate(share.Reason())
	case !(by > 0):
		return kpi.NoEstimate(kpi.ZeroDenominator)
	}
	return kpi.NewEstimate(n / by)
}

// deadlines gives for each stage the last day on which an entry is still won
// in the period.
func (r *Reverse) deadlines(aim Aim, day calendar.Day) {
	for i := range r.Stages {
		s := &r.Stages[i]
		if days, ok := s.Days.Int64(); ok {
			s.By = aim.Period.Last().Add(-int(days))
			s.Late = s.By < day && s.Enter.Sign() > 0
		}
	}
}

func (r *Reverse) note(stale int64) {
	found := notes{}
	if r.Remaining.Sign() == 0 {
		found.add("aim_reached", check.Info, "amount", r.Amount)
	}
	if !r.AverageWon.Defined() {
		found.add("no_average_won", check.Warning)
	}
	if len(r.Stages) > 0 {
		found = append(found, Rate{By: []kpi.Clustered{r.Stages[0].ByOwner}}.findings("win_share")...)
	}
	for _, s := range r.Stages {
		if s.Late {
			found = append(found, check.Finding{Code: "too_late_for_stage", Severity: check.Warning, Subject: s.Stage,
				Args: check.Args("by", s.By, "days", s.Days, "enter", s.Enter)})
		}
		if s.Rate.Value().Sign() == 0 {
			found = append(found, check.Finding{Code: "nothing_goes_on", Severity: check.Warning, Subject: s.Stage,
				Args: check.Args("reached", s.Rate.Den())})
		}
	}
	found.some(stale, "stale_count_as_not_won", check.Info)
	r.Findings = append(r.Findings, found...)
}
