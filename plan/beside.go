package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Beside is what other packages say on the same day, to stand beside the goals
// of a [Review]. All of it is optional. It is a record.
type Beside struct {
	// Execution is what the plan's actions are tracked with; its as-of day is
	// that of the review.
	Execution *action.Input `json:"execution,omitempty"`

	Funnels []FunnelView     `json:"funnels,omitempty"`
	Cards   []scorecard.Card `json:"cards,omitempty"`

	// Limits say what of the deals is a risk.
	Limits RiskLimits `json:"limits,omitzero"`

	// Metrics are numbers of owners that alerts look at: stale share, discount
	// rate, hygiene; one for each metric and owner.
	Metrics []kpi.Figure `json:"metrics,omitempty"`
}

// FunnelView is how the deals of an owner stand: of a company, team or person.
type FunnelView struct {
	Owner    string           `json:"owner"`
	Report   *funnel.Report   `json:"report,omitempty"`
	Coverage *funnel.Coverage `json:"coverage,omitempty"`

	Landing   *forecast.Landing   `json:"landing,omitempty"`   // where the period ends
	Change    *forecast.Change    `json:"change,omitempty"`    // why that is not what was said at the last review
	Decisive  *forecast.Decisive  `json:"decisive,omitempty"`  // which deals decide
	Cover     *forecast.Cover     `json:"cover,omitempty"`     // whether the coming periods are covered
	Hygiene   *forecast.Hygiene   `json:"hygiene,omitempty"`   // who has not cleaned up
	Linearity *forecast.Linearity `json:"linearity,omitempty"` // whether it all comes at the end

	// Customers is what open deals are expected to bring in the period, by
	// customer, as the caller knows them; each stands once.
	Customers []CustomerPart `json:"customers,omitempty"`

	// Needed is the coverage that earlier periods needed on the same day;
	// under it coverage_short is found. No data: nothing is judged.
	Needed kpi.Value `json:"needed,omitzero"`
}

// CustomerPart is what open deals with one customer are expected to bring.
type CustomerPart struct {
	Customer string    `json:"customer"`
	Expected kpi.Value `json:"expected"`
}

// Forecast gives the landing as a figure of a metric, for Input.Forecasts; ok
// is false where there is none.
func (f FunnelView) Forecast(metric string) (figure kpi.Figure, ok bool) {
	if f.Landing == nil {
		return kpi.Figure{}, false
	}
	return kpi.Figure{Metric: metric, Owner: f.Owner, Period: f.Landing.Period, Value: f.Landing.Total.Value}, true
}

// Standings is what stands beside the goals of a review. Reports, cards and
// metrics are handed on as they were handed in: share them, and change neither.
type Standings struct {
	Execution  *action.Report     `json:"execution,omitempty"`
	Milestones []action.Milestone `json:"milestones,omitempty"` // what those of the execution are made of, by ID
	Funnels    []FunnelView       `json:"funnels"`              // by owner
	Cards      []scorecard.Card   `json:"cards"`                // by owner and scorecard
	Metrics    []kpi.Figure       `json:"metrics"`              // by metric and owner
}

func (b Beside) check(problems *check.List, at string) {
	owners := once{}
	for i, f := range b.Funnels {
		owners.add(problems, check.At(at, "funnels", i, "owner"), f.Owner)
		customers := once{}
		for k, c := range f.Customers {
			customers.add(problems, check.At(at, "funnels", i, "customers", k, "customer"), c.Customer)
		}
	}
	checkTable(problems, check.At(at, "metrics"), b.Metrics)
	problems.Nest(at+".limits", b.Limits.Validate())
}

// stand tracks the actions and puts everything in order.
func (p Plan) stand(problems *check.List, in Input) Standings {
	s := Standings{
		Funnels: append([]FunnelView{}, in.Beside.Funnels...),
		Cards:   append([]scorecard.Card{}, in.Beside.Cards...),
		Metrics: append([]kpi.Figure{}, in.Beside.Metrics...),
	}
	slices.SortStableFunc(s.Funnels, func(a, b FunnelView) int { return cmp.Compare(a.Owner, b.Owner) })
	for i, f := range s.Funnels {
		s.Funnels[i].Customers = by(f.Customers, func(c CustomerPart) string { return c.Customer })
	}
	slices.SortStableFunc(s.Cards, func(a, b scorecard.Card) int {
		return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Scorecard, b.Scorecard), a.Period.Compare(b.Period))
	})
	slices.SortStableFunc(s.Metrics, kpi.Figure.Compare)
	if in.Beside.Execution == nil || p.Actions == nil {
		return s
	}
	tracked := *in.Beside.Execution
	tracked.AsOf = in.AsOf
	report, err := p.Actions.Track(tracked)
	problems.Nest("input.beside.execution", err)
	s.Execution, s.Milestones = &report, slices.Clone(p.Actions.Milestones)
	for i, m := range s.Milestones {
		s.Milestones[i].Actions = slices.Sorted(slices.Values(m.Actions))
	}
	return s
}

// findings says what the deals do not cover and what of them is a risk, and
// which actions hold others up; or that nobody says how the actions stand.
func (s Standings) findings(p Plan, in Beside) []check.Finding {
	found, limits := []check.Finding{}, in.Limits.orDefault()
	for _, f := range s.Funnels {
		found = append(append(append(found, f.uncovered(p)...), f.risks(p, limits)...), f.untidy(limits)...)
	}
	switch {
	case s.Execution != nil:
		for _, late := range s.Execution.Late {
			found = append(found, p.holdsUp(late, *in.Execution)...)
		}
	case p.Actions != nil && len(p.Actions.Actions) > 0:
		found = append(found, info("execution_not_tracked", p.ID, "n", len(p.Actions.Actions)))
	}
	return found
}

// holdsUp says what a late action holds up: others, or the end of the plan.
func (p Plan) holdsUp(late action.Late, in action.Input) []check.Finding {
	args := slices.Concat(p.actionCalled(late.Action), lateBy(late, in), []any{"owner", late.Owner, "who", p.personCalled(late.Owner), "blocks", late.Blocks})
	switch {
	case late.Blocks > 0:
		return []check.Finding{warning("action_holds_up", late.Action, args...)}
	case late.Critical:
		return []check.Finding{warning("action_delays_end", late.Action, args...)}
	}
	return nil
}
