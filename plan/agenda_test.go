package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
)

// Whatever is talked about, somebody is to be asked: who owns the assumption,
// the action, the deal, and not what these are called.
func TestAgendaNamesWhomToAsk(t *testing.T) {
	p, in := beside(t)
	p.Preparation.Assumptions = []plan.Assumption{
		{ID: "hire", Text: "bo is productive by February", Owner: "mo", Made: day("2025-12-01"), Review: day("2026-02-01"), Goals: []string{"q1"}},
		{ID: "rates", Text: "the dollar stays", Owner: "cfo", Made: day("2025-12-01"), Review: day("2026-03-15"), State: plan.Fails, Goals: []string{"q1"}}}
	coverage := in.Beside.Funnels[0]
	in.Beside.Funnels[0] = risky()
	in.Beside.Funnels[0].Coverage, in.Beside.Funnels[0].Needed = coverage.Coverage, coverage.Needed
	r := review(t, p, in)
	alerts, err := r.Alerts(plan.DefaultAlerts(), nil)
	if err != nil {
		t.Fatal(err)
	}
	feedback := []plan.Feedback{{ID: "f1", Author: "ann", Day: day("2026-02-10"), Text: "prices"}}
	var got []string
	for _, item := range (plan.Meeting{Review: r, Alerts: alerts, Feedback: feedback}).Agenda() {
		got = append(got, fmt.Sprint(item.Topic, " ", item.Finding.Code, " ", item.Owner, " ", item.Ref))
		if item.Owner == "" {
			t.Errorf("nobody to ask: %+v", item)
		}
	}
	want := []string{
		"alerts alert bo behind", "alerts alert team forecast_short", "alerts alert bo stale",
		"goals goal_at_risk team ",
		"execution action_holds_up mo list", "execution action_delays_end mo calls",
		"gaps coverage_short team ", "gaps coverage_short team ", "gaps created_slowly team ", "gaps assumption_overdue mo hire", "gaps assumption_fails cfo rates",
		"risks reach_unlikely team ", "risks landing_below team ", "risks landing_fell team ", "risks late_wins team ", "risks hangs_on_one_deal ann D1", "risks hangs_on_one_customer team acme", "risks goal_on_failed_assumption team rates",
		"hygiene deals_untidy bo ",
		"feedback feedback_open ann f1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}

// Every code of the review as a whole that warns has its place on the agenda.
func TestEveryRiskHasATopic(t *testing.T) {
	p, in := beside(t)
	p.Preparation.Assumptions = prepared().Assumptions
	in.Beside.Funnels = append(in.Beside.Funnels, risky())
	in.Beside.Funnels[1].Owner = "ann"
	r := review(t, p, in)
	items := (plan.Meeting{Review: r}).Agenda()
	for _, f := range r.Findings {
		if f.Severity >= check.Warning && !slices.ContainsFunc(items, func(i plan.AgendaItem) bool { return i.Finding.Code == f.Code && i.Finding.Subject == f.Subject }) {
			t.Errorf("%s of %s is not talked about", f.Code, f.Subject)
		}
	}
}
