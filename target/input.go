package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Input is what [Track] compares. It is a record.
type Input struct {
	Metric kpi.Metric `json:"metric"`

	// Plan is what one owner aims at, by period: [Goal.Plan] gives it in one
	// piece, [Breakdown.Plan] by months. The periods follow one another
	// without gap; their order in the slice has no meaning. Periods without a
	// target before the first or after the last that has one are not compared.
	Plan []kpi.Figure `json:"plan"`

	// Within is what the actual should stay in, of a metric in a band: then Plan
	// is one figure without a value ([Goal.Plan]). Only [TrackStated] takes it.
	Within kpi.Band `json:"within,omitzero"`

	// Actual is what was reached on the days of [Input.Window]. No data is
	// not zero: for somebody who sold nothing it is kpi.Int(0).
	Actual kpi.Value `json:"actual"`

	AsOf calendar.Day `json:"as_of"` // the last day that is over

	// Known is the window of days whose actuals are known; none stands for
	// all days. It matters where records begin later than the plan, or end
	// before the as-of day.
	Known calendar.Period `json:"known,omitzero"`

	Curve      Curve      `json:"curve"`
	Thresholds Thresholds `json:"thresholds,omitzero"`

	// Shares is the curve of ByShares, from the first of the days to the last.
	Shares []SharePoint `json:"shares,omitempty"`

	// History is what the owner reached before: the curve of Learned, and the
	// best rate ever held beside the required one.
	History *History `json:"history,omitzero"`

	// WorkDays says which days count: with it elapsed and remaining days, rates
	// and curves are those of working days. It must cover plan and history.
	WorkDays calendar.WorkCalendar `json:"work_days,omitzero"`

	// Forecast is where somebody or something else says that the period will
	// land; it stands beside the landings that are computed.
	Forecast kpi.Value `json:"forecast,omitzero"`

	// Version names the target that is tracked, such as "2026 rev. 2", and
	// Earlier says how it stood at earlier reviews (see [Stood]).
	Version string  `json:"version,omitzero"`
	Earlier []Stood `json:"earlier,omitempty"`
}

// Validate reports a metric that is wrong, not additive or without a
// direction (both check.ErrUnit); a plan that is missing, of another metric
// or several owners, with gaps or overlaps; a missing as-of day; an unknown
// curve and wrong thresholds.
func (in Input) Validate() error { return in.check("target.Input") }

func (in Input) check(op string) error {
	problems := check.List{Op: op}
	in.checkMetric(&problems)
	in.checkPlan(&problems)
	checkDay(&problems, "as_of", in.AsOf)
	in.checkCurve(&problems)
	problems.Nest("thresholds", in.Thresholds.Validate())
	in.checkWorkDays(&problems)
	checkEarlier(&problems, in.Earlier)
	return problems.Err()
}

func (in Input) checkCurve(problems *check.List) {
	switch {
	case in.Curve > Learned:
		problems.Add(check.ErrUnknown, "curve", "unknown_word", uint8(in.Curve))
	case in.Curve == ByShares && len(in.Shares) == 0:
		problems.Add(check.ErrMissing, "shares", "missing_shares", nil)
	case in.Curve == Learned && in.History == nil:
		problems.Add(check.ErrMissing, "history", "missing_history", nil)
	}
	checkShares(problems, "shares", in.Shares)
	if in.History != nil {
		problems.Nest("history", in.History.Validate())
	}
}

func (in Input) checkWorkDays(problems *check.List) {
	if in.WorkDays.IsZero() {
		return
	}
	for i, f := range in.Plan {
		checkCover(problems, in.WorkDays, check.At("plan", i, "period"), f.Period)
	}
	if in.History == nil {
		return
	}
	for i, p := range in.History.Periods {
		checkCover(problems, in.WorkDays, check.At("history.periods", i), p)
	}
	checkCover(problems, in.WorkDays, "history.known", in.History.Known)
}

func (in Input) checkMetric(problems *check.List) {
	problems.Nest("metric", in.Metric.Validate())
	if a := in.Metric.Additivity; a != kpi.Additive && a <= kpi.Distinct {
		problems.Add(check.ErrUnit, "metric.additivity", "not_additive", a, "metric", in.Metric.ID)
	}
	if in.Within != (kpi.Band{}) {
		problems.Add(check.ErrInvalid, "within", "band_not_used", in.Metric.ID)
	}
	if in.Metric.Direction == kpi.InBand {
		problems.Add(check.ErrUnit, "metric.direction", "no_direction", in.Metric.Direction, "metric", in.Metric.ID)
	}
}

func (in Input) checkPlan(problems *check.List) {
	if len(in.Plan) == 0 {
		problems.Add(check.ErrMissing, "plan", "missing_plan", nil)
	}
	for i, f := range in.Plan {
		if err := f.Validate(); err != nil {
			problems.Nest(check.At("plan", i), err)
		}
		if f.Metric != "" && f.Metric != in.Metric.ID {
			problems.Add(check.ErrInvalid, check.At("plan", i, "metric"), "other_metric", f.Metric, "metric", in.Metric.ID)
		}
		if f.Owner != "" && f.Owner != in.Plan[0].Owner {
			problems.Add(check.ErrInvalid, check.At("plan", i, "owner"), "other_owner", f.Owner, "owner", in.Plan[0].Owner)
		}
	}
	in.checkSequence(problems)
}

// checkSequence wants periods that follow one another. Most plans come in
// order, and one that does without a gap needs no second look.
func (in Input) checkSequence(problems *check.List) {
	inOrder := true
	for i := 1; i < len(in.Plan) && inOrder; i++ {
		before, period := in.Plan[i-1].Period, in.Plan[i].Period
		inOrder = !before.IsZero() && period.Start() == before.End()
	}
	if inOrder {
		return
	}
	order := make([]int, len(in.Plan))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return in.Plan[i].Period.Compare(in.Plan[j].Period) })
	for k := 1; k < len(order); k++ {
		at := check.At("plan", order[k], "period")
		before, period := in.Plan[order[k-1]].Period, in.Plan[order[k]].Period
		switch {
		case before.IsZero():
		case period.Start() < before.End():
			problems.Add(check.ErrOverlap, at, "overlap", period, "with", before)
		case period.Start() > before.End():
			problems.Add(check.ErrInvalid, at, "gap", period, "after", before)
		}
	}
}

// Window gives the days whose actual belongs into Actual: from the first day
// that is compared through the last one that is over and known. It is no
// period where there is no such day: before the start, where nothing is
// known, and for an Input that is not valid.
func (in Input) Window() calendar.Period {
	if in.Validate() != nil {
		return calendar.Period{}
	}
	return in.window(in.course(share))
}

func (in Input) window(c course) calendar.Period {
	observed := c.period()
	if observed.Elapsed(in.through()) == 0 {
		return calendar.Period{}
	}
	over, _ := calendar.Through(observed.Start(), min(in.through(), observed.Last()))
	return over
}

// course gives the slices that are compared.
func (in Input) course(curve shape) course {
	_, observed := in.courses(curve)
	return observed
}

// courses gives all slices, and those that are compared. Before the plan has
// begun that is all of it: no record can be missing yet.
func (in Input) courses(curve shape) (all, observed course) {
	plan, first := in.sorted(), in.Known.Start()
	all = in.lay(plan, calendar.Day(0), curve)
	switch start := plan[0].Period.Start(); {
	case in.AsOf < start || first <= start:
		return all, all
	case first > in.AsOf:
		return all, course{}
	}
	return all, in.lay(plan, first, curve)
}

// sorted gives the plan by time, from the first period with a target to the
// last: what was reached before or after is not held against it.
func (in Input) sorted() []kpi.Figure {
	plan := in.Plan
	if !slices.IsSortedFunc(plan, kpi.Figure.Compare) {
		plan = slices.Clone(plan)
		slices.SortFunc(plan, kpi.Figure.Compare)
	}
	first := slices.IndexFunc(plan, hasTarget)
	if first < 0 {
		return plan
	}
	last := len(plan)
	for !hasTarget(plan[last-1]) {
		last--
	}
	return plan[first:last]
}

func hasTarget(f kpi.Figure) bool { return f.Value.Defined() }

// through gives the last day that is over and known.
func (in Input) through() calendar.Day {
	if in.Known.IsZero() {
		return in.AsOf
	}
	return min(in.AsOf, in.Known.Last())
}
