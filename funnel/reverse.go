package funnel

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Aim is what is to be won, and from what experience the way there is worked
// out.
type Aim struct {
	Amount kpi.Value       // to be won in Period, above 0; required
	Period calendar.Period // what is won in it by the as-of day counts; required, not over

	// Reference is the time whose closings teach the average amount, the rates
	// and the lead times. None given: the observation window.
	Reference calendar.Period

	AverageWon kpi.Value            // in place of the learned one, above 0
	Rates      map[string]kpi.Ratio // by stage: the share that goes on to the next open stage, of the last one that is won; in place of the learned one, above 0 and at most 1; intervals take its parts as counts

	// LeadTime is the quantile of the times from a stage to won that is
	// allowed for. None given: the median.
	LeadTime kpi.Value

	Confidence kpi.Confidence        // how the intervals are drawn
	Work       calendar.WorkCalendar // for numbers by working day; none: calendar days
}

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
	// is by deal; where deals of an owner go together it is too narrow.
	WinShare   kpi.Value    `json:"win_share"`
	Interval   kpi.Interval `json:"interval"`
	NeededLow  kpi.Estimate `json:"needed_low"`
	NeededHigh kpi.Estimate `json:"needed_high"`

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

func (aim Aim) withDefaults() Aim {
	if aim.LeadTime == (kpi.Value{}) {
		aim.LeadTime = kpi.Frac(1, 2)
	}
	return aim
}

func (aim Aim) validate(a *Analysis) error {
	problems := check.List{Op: "funnel.Reverse"}
	positive := func(path string, v kpi.Value, required bool) {
		switch {
		case v == (kpi.Value{}) && !required:
		case !v.Defined():
			problems.Add(check.ErrMissing, path, "missing_amount", nil)
		case v.Sign() <= 0:
			problems.Add(check.ErrRange, path, "not_positive", v)
		}
	}
	positive("amount", aim.Amount, true)
	switch {
	case aim.Period.IsZero():
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	case aim.Period.Last() < a.day:
		problems.Add(check.ErrRange, "period", "period_over", aim.Period, "day", a.day)
	}
	positive("average_won", aim.AverageWon, false)
	stages := make([]string, 0, len(aim.Rates))
	for stage := range aim.Rates {
		stages = append(stages, stage)
	}
	slices.Sort(stages)
	for _, stage := range stages {
		path := "rates." + stage
		a.openRank(&problems, path, stage)
		if v := aim.Rates[stage].Value(); !isShare(v) || v.Sign() == 0 {
			problems.Add(check.ErrRange, path, "not_a_rate", v)
		}
	}
	if v := aim.LeadTime; v != (kpi.Value{}) && !isShare(v) {
		problems.Add(check.ErrRange, "lead_time", "not_a_share", v, "least", 0, "most", 1)
	}
	problems.Nest("confidence", aim.Confidence.Validate())
	return problems.Err()
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

// experience is what decided deals teach.
type experience struct {
	won    Closed
	stages []ReverseStage
	stale  int64
}

// experience learns rates and lead times from the deals that were decided in
// the reference: closed in it, or begun in it and now stale.
func (a *Analysis) experience(aim Aim) experience {
	e := experience{stages: make([]ReverseStage, a.route.open)}
	reached, next := make([]int64, a.route.open), make([]int64, a.route.open)
	lead, unknown := make([][]int, a.route.open), make([]int64, a.route.open)
	var won closedTally
	for _, l := range a.lives {
		if !a.decided(l, aim.Reference) {
			continue
		}
		if l.outcome == Open {
			e.stale++
		}
		if l.outcome == Won {
			won.add(l, a.worth(l), a.value(l.listPrice))
			a.leads(l, lead, unknown)
		}
		for rank := range a.route.open {
			if l.reached>>rank&1 == 0 {
				continue
			}
			reached[rank]++
			if l.outcome == Won || l.reached>>(rank+1) != 0 {
				next[rank]++
			}
		}
	}
	e.won = won.done()
	for rank := range e.stages {
		s := &e.stages[rank]
		s.Stage, s.Rate = a.route.stages[rank].ID, kpi.RatioOf(next[rank], reached[rank])
		if rate, stated := aim.Rates[s.Stage]; stated {
			s.Rate, s.Stated = rate, true
		}
		s.LeadTime = describe(lead[rank], unknown[rank])
		days := lead[rank]
		s.Days = ceil(quantile(len(days), func(i int) kpi.Value { return kpi.Int(int64(days[i])) }, aim.LeadTime))
	}
	winShares(e.stages, aim.Confidence)
	return e
}

func (a *Analysis) decided(l *life, reference calendar.Period) bool {
	switch {
	case l.outcome == Open && !a.stale(l):
		return false
	case reference.IsZero():
		return l.outcome == Open || a.inside(l)
	case l.outcome == Open:
		return reference.Contains(l.startedDay)
	}
	return reference.Contains(l.closedDay)
}

// leads notes the days from the first entry into each stage to won; a stage
// that was jumped over has none.
func (a *Analysis) leads(l *life, lead [][]int, unknown []int64) {
	var seen uint64
	for _, v := range l.visits {
		rank := int(v.rank)
		if rank >= a.route.open || seen>>rank&1 == 1 {
			continue
		}
		seen |= 1 << rank
		days, ok := a.between(v.at, l.closed, Measure{})
		if !ok || days < 0 || l.flaws&closedBeforeStart != 0 {
			unknown[rank]++
			continue
		}
		lead[rank] = append(lead[rank], int(days))
	}
}

// have counts what is open in the stages.
func (a *Analysis) have(stages []ReverseStage) {
	for _, l := range a.lives {
		if l.outcome == Open && !a.stale(l) && a.categoryOf(l) != Omitted {
			stages[l.here].Have++
		}
	}
}

// winShares multiplies the rates from the end.
func winShares(stages []ReverseStage, c kpi.Confidence) {
	share := kpi.Int(1)
	for i := len(stages) - 1; i >= 0; i-- {
		share = share.Mul(stages[i].Rate.Value())
		stages[i].WinShare = share
		stages[i].Interval = c.Product(ratesFrom(stages[i:]))
	}
}

func ratesFrom(stages []ReverseStage) []kpi.Ratio {
	rates := make([]kpi.Ratio, len(stages))
	for i, s := range stages {
		rates[i] = s.Rate
	}
	return rates
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

// daily spreads the new deals and their activities over the days in which
// they can still be created.
func (r *Reverse) daily(a *Analysis, aim Aim) {
	last := r.Stages[0].By
	if !last.IsZero() && last > a.day {
		r.DaysLeft = int64(last.Sub(a.day))
		if p, err := calendar.Through(a.day.Add(1), last); err == nil && !aim.Work.IsZero() {
			r.DaysLeft, err = aim.Work.Count(p)
			if err != nil {
				r.DaysLeft = -1
			}
		}
	}
	perDay := func(total kpi.Value) kpi.Value {
		switch {
		case total.Sign() == 0 && total.Defined():
			return kpi.Int(0)
		case last.IsZero() || r.DaysLeft < 0:
			return kpi.Undefined(kpi.NoData)
		case r.DaysLeft == 0:
			return kpi.Undefined(kpi.NoTimeLeft)
		}
		return total.Div(kpi.Int(r.DaysLeft))
	}
	r.PerDay = perDay(r.New)
	for _, need := range a.activityRates() {
		need.Total = need.PerDeal.Value().Mul(r.New)
		need.PerDay = perDay(need.Total)
		r.Activities = append(r.Activities, need)
	}
	r.DaysLeft = max(r.DaysLeft, 0)
}

// activityRates gives how many activities of each kind there were for each
// deal.
func (a *Analysis) activityRates() []ActivityNeed {
	counts := map[uint32]int64{}
	for _, l := range a.lives {
		for _, f := range l.facts {
			if f.kind == isActivity {
				counts[f.code]++
			}
		}
	}
	needs := make([]ActivityNeed, 0, len(counts))
	for code, n := range counts {
		needs = append(needs, ActivityNeed{Activity: a.words[code], PerDeal: kpi.RatioOf(n, int64(len(a.lives)))})
	}
	slices.SortFunc(needs, func(x, y ActivityNeed) int { return strings.Compare(x.Activity, y.Activity) })
	return needs
}

func (r *Reverse) note(stale int64) {
	found := notes{}
	if r.Remaining.Sign() == 0 {
		found.add("aim_reached", check.Info, "amount", r.Amount)
	}
	if !r.AverageWon.Defined() {
		found.add("no_average_won", check.Warning)
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
