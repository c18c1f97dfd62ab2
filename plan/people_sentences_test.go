package plan_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// named gives everything in a plan a name in both languages, in which the
// Chinese one has no Latin letter.
func named(t *testing.T, p plan.Plan) plan.Plan {
	t.Helper()
	p.Metrics, p.Goals, p.Objectives = slices.Clone(p.Metrics), slices.Clone(p.Goals), slices.Clone(p.Objectives)
	for i := range p.Metrics {
		p.Metrics[i].Name, p.Metrics[i].NameZH = "Metric", "指标"
	}
	for i := range p.Goals {
		p.Goals[i].Name, p.Goals[i].NameZH = "Goal", "目标"
	}
	p.Breakdowns = slices.Clone(p.Breakdowns)
	for i, b := range p.Breakdowns {
		g := p.Goals[slices.IndexFunc(p.Goals, func(g target.Goal) bool { return g.ID == b.Goal().ID })]
		again, err := target.BreakDown(g, metricOf(p, g.Metric), b.Split())
		must(t, err)
		p.Breakdowns[i] = again
	}
	for i := range p.Objectives {
		p.Objectives[i].NameZH = "战略"
	}
	prep := p.Preparation
	p.Preparation.Segments, p.Preparation.Needs, p.Preparation.Assumptions = slices.Clone(prep.Segments), slices.Clone(prep.Needs), slices.Clone(prep.Assumptions)
	for i := range p.Preparation.Segments {
		p.Preparation.Segments[i].Name, p.Preparation.Segments[i].NameZH = "Segment", "市场"
	}
	for i := range p.Preparation.Needs {
		p.Preparation.Needs[i].Name, p.Preparation.Needs[i].NameZH = "Need", "需求"
	}
	for i := range p.Preparation.Assumptions {
		p.Preparation.Assumptions[i].TextZH = "假设内容"
	}
	if p.Actions != nil {
		do := *p.Actions
		do.Actions, do.Strategies, do.Milestones = slices.Clone(do.Actions), slices.Clone(do.Strategies), slices.Clone(do.Milestones)
		for i := range do.Actions {
			do.Actions[i].Name, do.Actions[i].NameZH = "Action", "行动"
		}
		for i := range do.Strategies {
			do.Strategies[i].Name, do.Strategies[i].NameZH = "Strategy", "策略"
		}
		for i := range do.Milestones {
			do.Milestones[i].Name, do.Milestones[i].NameZH = "Milestone", "里程碑"
		}
		p.Actions = &do
	}
	return p
}

// peopleRead is what people are told in a year, found by its code.
type peopleRead map[string][]check.Finding

func (all peopleRead) add(found ...check.Finding) {
	for _, f := range found {
		all[f.Code] = append(all[f.Code], f)
	}
}

func (all peopleRead) review(r plan.Review) {
	all.add(r.Findings...)
	for _, g := range r.Goals {
		for _, o := range g.Owners {
			all.add(o.Findings...)
		}
	}
	if r.Beside.Execution != nil {
		all.add(r.Beside.Execution.Findings...)
	}
}

// What a sales manager reads holds no snake_case, no code or JSON name, no
// half-open period and no plural of one; and what he reads in Chinese no Latin
// word in lower case but the IDs of people, teams and deals that the caller
// handed in.
func TestSentencesForPeople(t *testing.T) {
	all := peopleRead{}
	p, in := allOfIt(t, target.ByPlan)
	p = named(t, p)
	in.Drivers[0].Actual = kpi.Int(310)
	in.Beside.Funnels[4] = risky()
	in.Beside.Funnels[4].Owner = "company"
	in.Beside.Execution.Costs = append(in.Beside.Execution.Costs, action.Cost{Action: "do-annika", Day: day("2026-01-12"), Kind: action.Spent, Amount: kpi.Int(300)})
	in.History.Series[1].Owner = "zoe"
	in.Actuals = append(in.Actuals, won("zoe", "2026-01", 5))
	all.review(review(t, p, in))
	in.Beside.Execution.Work = workdays(t, "2025-01-01/2027-01-01")
	all.review(review(t, p, in))
	in.Beside.Execution = nil
	all.review(review(t, p, in))
	in.Part = period("2026-01")
	all.review(review(t, p, in))

	ready := named(t, assessed(t))
	ready.Objectives = []plan.Objective{{ID: "grow", Name: "Grow", NameZH: "增长"}, {ID: "wide", Name: "Wide", NameZH: "广度"}}
	ready.Preparation = prepared()
	ready.Preparation.History = plan.History{Grain: calendar.Quarterly, Figures: []kpi.Figure{won("team", "2025-Q1", 1), won("team", "2025-Q3", 2)}}
	ready.Actions = framed()
	ready.Goals = append(ready.Goals, target.Goal{ID: "odd", Metric: "won_value", Owner: "team", Period: period("2026-04-15/2026-07-15"), Target: kpi.Int(1)})
	ready = named(t, ready)
	warnings, err := ready.Ready()
	must(t, err)
	all.add(warnings...)
	assessment, err := named(t, ready).Assess(nil)
	must(t, err)
	for _, a := range assessment.Assessments {
		for _, c := range []target.Criterion{a.Specific, a.Measurable, a.Achievable, a.Relevant, a.TimeBound} {
			all.add(c.Findings...)
		}
	}
	held, err := ready.Prepare(day("2026-02-14"))
	must(t, err)
	all.add(held.Findings...)

	closing, c := closed(t)
	for _, f := range evaluated(t, named(t, closing), c).Findings {
		all.add(f.Finding)
	}
	for _, item := range agendaOfAll(t) {
		all.add(item.Finding)
	}

	texts := slices.Concat(plan.Findings(), action.Findings())
	// People, teams, deals and customers are handed in. Of an evaluation, goals,
	// assumptions and actions still are called by their IDs and in their English
	// text; that is for its own sentences to mend.
	ids := strings.Fields("company north south annika bertil celine dmitri zoe team ann bo mo cfo acme east west co")
	byID := []string{"actions_undone", "milestones_unreached", "missed_on_assumption", "missed_unchecked", "driver_behind", "strategy_unmeasured"}
	never := regexp.MustCompile(`[a-z]\w*_\w+|\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d|\b1 (working )?(others|periods|days|months|owners|sellers|customers|deals|actions|landings|milestones)\b|[{}]`)
	latin := regexp.MustCompile(`[A-Za-z]*[a-z][A-Za-z]*`)
	for _, code := range slices.Sorted(maps.Keys(all)) {
		for _, f := range all[code] {
			en, zh := texts.Text(f, "en"), texts.Text(f, "zh")
			if bad := never.FindString(en + " " + zh); bad != "" {
				t.Errorf("%s: %q in %q and %q", code, bad, en, zh)
			}
			if slices.Contains(byID, code) {
				continue
			}
			for _, word := range latin.FindAllString(zh, -1) {
				if !slices.Contains(ids, word) {
					t.Errorf("%s: %q in %q", code, word, zh)
				}
			}
		}
	}
	for _, code := range []string{"smart_warned", "actions_over_frame", "execution_not_tracked", "action_holds_up", "action_delays_end", "overdue", "over_budget", "alert", "alert_retargeted", "decision_open",
		"past_changed", "assumption_overdue", "assumption_fails", "goal_on_failed_assumption", "history_gaps", "need_unproven", "above_reachable", "objective_without_goal", "baseline_missing", "history_without_goal",
		"owner_without_goal", "goal_without_part", "drivers_differ", "late_wins", "without_breakdown", "goal_off_boundary"} {
		if len(all[code]) == 0 {
			t.Errorf("%s was not read", code)
		}
	}
}

// framed is a strategy with 100 for two actions that cost 150.
func framed() *action.Plan {
	does := func(id string, cost int64) action.Action {
		return action.Action{ID: id, Strategy: "fair", Start: day("2026-01-05"), Due: day("2026-01-09"), Budget: kpi.Int(cost), Roles: []action.Role{{Person: "mo", Part: action.Accountable}, {Person: "mo", Part: action.Responsible}}}
	}
	return &action.Plan{ID: "do", Period: period("2026-Q1"), Unit: kpi.Money("USD", 0), People: []action.Person{{ID: "mo"}},
		Strategies: []action.Strategy{{ID: "fair", Kind: action.Kind(1), Start: day("2026-01-05"), Budget: kpi.Int(100), Effects: []action.Effect{{Lever: action.Leads, Change: kpi.Frac(1, 10)}}}},
		Actions:    []action.Action{does("stand", 90), does("post", 60)}}
}

// agendaOfAll is a meeting with all that there is to talk about: bo is behind
// on the 14th and, against 16,000 more in March, on the 10th of that month.
func agendaOfAll(t *testing.T) []plan.AgendaItem {
	t.Helper()
	d, err := active(t, named(t, quarter(t))).Revise(raised(t, named(t, quarter(t))), plan.Revision{Effective: day("2026-03-01"), Signature: by("2026-02-20", "a hire")})
	must(t, err)
	in := plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals()}
	before, err := d.Review(in)
	must(t, err)
	kept, err := before.Alerts(plan.DefaultAlerts(), nil)
	must(t, err)
	in.AsOf, in.Actuals = day("2026-03-10"), actuals()
	in.Actuals[0].Value = kpi.Int(24000)
	now, err := d.Review(in)
	must(t, err)
	since, err := now.Since(before)
	must(t, err)
	alerts, err := now.Alerts(append(plan.DefaultAlerts(), plan.AlertRule{ID: "any_pace", NameZH: "任何进度", Below: kpi.Int(9)}), kept)
	must(t, err)
	decided := func(o plan.Outcome) plan.Followed {
		return plan.Followed{Outcome: o, Decision: plan.Decision{ID: "d_1", Signature: plan.Signature{By: "mo", Day: day("2026-02-16"), Reason: "价格"}}}
	}
	return plan.Meeting{Review: now, Since: &since, Alerts: alerts, Followed: []plan.Followed{decided(plan.Pending), decided(plan.Planned), decided(plan.Done)},
		Feedback: []plan.Feedback{{ID: "f_1", Author: "ann", Day: day("2026-02-10"), Text: "价格太高"}}}.Agenda()
}
