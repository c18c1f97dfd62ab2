package action_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

func workload(t tester, p action.Plan, q action.LoadQuestion) action.Workload {
	t.Helper()
	w, err := p.Workload(q)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Two weeks from Monday 2026-06-01, by hand.
//
//	a  Wednesday 3 to Tuesday 9, five working days, 10 days of work of Li: 2 a
//	   day, so 6 in the first week and 4 in the second
//	b  Saturday 6 to Sunday 7, no working day: 1 day of work, half on each
//	routine  every week 1 day, on his working days; he is away on Monday 8
func TestWorkloadByHand(t *testing.T) {
	p := planOf(did("a", "li", "2026-06-03", "2026-06-09", "10"), did("b", "li", "2026-06-06", "2026-06-07", "1"))
	p.People[0].Away = []calendar.Period{through("2026-06-08", "2026-06-08")}
	p.People[0].Share = num("0.5")
	p.Routines = []action.Routine{{ID: "r", Every: calendar.Weekly, People: []string{"li"}, Effort: num("1")}, {ID: "d", Every: calendar.Daily, People: []string{"li"}, Effort: num("0.1")}}
	w := workload(t, p, action.LoadQuestion{Period: through("2026-06-01", "2026-06-14"), Grain: calendar.Weekly, Work: weekdays(t)})
	first, second := w.People[0].Periods[0], w.People[0].Periods[1]
	if first.Actions != num("7") || first.Routines != num("1.5") || first.Capacity != num("2.5") || !first.Over || first.Free() != num("-6") {
		t.Errorf("%+v", first)
	}
	if second.Actions != num("4") || second.Routines != num("1.4") || second.Capacity != num("2") || second.Use().Value() != num("2.7") {
		t.Errorf("%+v", second)
	}
	if w.Effort != num("11") || w.Outside != num("0") {
		t.Errorf("%v %v", w.Effort, w.Outside)
	}
	if got := codes(w.Findings); !slices.Equal(got, []string{"all_overloaded p", "overloaded li"}) {
		t.Errorf("%v", got)
	}
}

// What is left on the evening of Thursday 2026-06-04.
func TestWorkLeftByHand(t *testing.T) {
	ten := did("a", "li", "2026-06-03", "2026-06-09", "10") // 2 a day over 3, 4, 5, 8, 9
	for _, tc := range []struct {
		name, why      string
		action         action.Action
		record         action.Record
		friday, second string // on Friday 5, and in the week from Monday 8
	}{
		{"not begun", "all of it, over the three days that are left", ten, action.Record{}, "3.33", "6.67"},
		{"begun", "what the plan has for the days to come", ten, action.Record{Started: day("2026-06-03")}, "2", "4"},
		{"reckoned", "what those who do it say is left", ten, action.Record{Started: day("2026-06-03"), Left: num("9")}, "3", "6"},
		{"done", "nothing", ten, action.Record{Done: day("2026-06-04")}, "0", "0"},
		{"dropped", "nothing", ten, action.Record{Dropped: day("2026-06-04")}, "0", "0"},
		{"overdue", "on the next working day", did("a", "li", "2026-06-01", "2026-06-04", "4"), action.Record{}, "4", "0"},
		{"overdue and begun", "nobody knows: nothing, and a finding says so", did("a", "li", "2026-06-01", "2026-06-04", "4"), action.Record{Started: day("2026-06-01")}, "0", "0"},
		{"overdue and reckoned", "on the next working day", did("a", "li", "2026-06-01", "2026-06-04", "4"), action.Record{Started: day("2026-06-01"), Left: num("1.5")}, "1.5", "0"},
		{"no effort planned", "what is left falls to who does it", did("a", "li", "2026-06-03", "2026-06-09", ""), action.Record{Started: day("2026-06-03"), Left: num("3")}, "1", "2"},
	} {
		needWhy(t, tc.why)
		q := action.LoadQuestion{Period: through("2026-06-01", "2026-06-14"), Grain: calendar.Weekly, Work: weekdays(t), AsOf: day("2026-06-04")}
		if tc.record != (action.Record{}) {
			tc.record.Action = "a"
			q.Records = []action.Record{tc.record}
		}
		w := workload(t, planOf(tc.action), q)
		if got := w.People[0].Periods; got[0].Actions != num(tc.friday) || got[1].Actions != num(tc.second) || w.Periods[0] != through("2026-06-05", "2026-06-07") {
			t.Errorf("%s: %v and %v in %v", tc.name, got[0].Actions, got[1].Actions, w.Periods)
		}
		if unknown := slices.Contains(codes(w.Findings), "left_unknown p"); unknown != (tc.name == "overdue and begun") {
			t.Errorf("%s: %v", tc.name, codes(w.Findings))
		}
	}
}

// Ten days that are left of an action of two people, planned 1 to 2, are
// 3.33 and 6.67: hundredths, and nothing is lost.
func TestLeftIsDividedAsPlanned(t *testing.T) {
	a := did("a", "li", "2026-06-05", "2026-06-05", "1")
	a.Roles = append(a.Roles, action.Role{Person: "wu", Part: action.Responsible, Effort: num("2")})
	w := workload(t, planOf(a), action.LoadQuestion{Period: through("2026-06-01", "2026-06-14"), Grain: calendar.Monthly, AsOf: day("2026-06-04"),
		Records: []action.Record{{Action: "a", Left: num("10")}}})
	if w.People[0].Total.Actions != num("3.33") || w.People[1].Total.Actions != num("6.67") || w.Effort != num("10") {
		t.Errorf("%+v", w.People)
	}
}

// Nine calls for three deals until Friday: 2 working days, ⌈9/2⌉ on the
// first.
func TestAgendaByHand(t *testing.T) {
	p := planOf(did("late", "li", "2026-06-01", "2026-06-02", ""), did("begin", "li", "2026-06-04", "2026-06-10", ""), did("finish", "li", "2026-06-04", "2026-06-05", "", "late"),
		did("on", "li", "2026-06-01", "2026-06-30", ""), did("far", "li", "2026-07-01", "2026-07-02", ""))
	p.Activities = []action.Activity{{ID: "call"}}
	p.Routines = []action.Routine{{ID: "stand_up", Every: calendar.Daily, People: []string{"li"}}, {ID: "report", Every: calendar.Monthly, People: []string{"li"}}}
	q := action.AgendaQuestion{AsOf: day("2026-06-03"), Work: weekdays(t),
		Records: []action.Record{{Action: "on", Started: day("2026-06-01")}},
		Needs:   []action.Need{{Person: "li", Deals: num("2.5"), Until: day("2026-06-05"), Activities: []action.ActivityRate{{Activity: "call", PerDeal: kpi.RatioOf(36, 10)}}}}}
	a, err := p.Agenda(q)
	if err != nil {
		t.Fatal(err)
	}
	show := func(tasks []action.Task) string {
		all := []string{}
		for _, t := range tasks {
			all = append(all, t.Kind.String()+" "+t.ID+" "+t.Count.String())
		}
		return strings.Join(all, ", ")
	}
	li := a.People[0]
	for _, tc := range []struct{ got, want string }{
		{show(li.Day), "catch_up late 1, begin finish 1, begin begin 1, go_on on 1, new_deals  2, activity call 5, routine stand_up 1"},
		{show(li.Week), "catch_up late 1, finish finish 1, begin begin 1, go_on on 1, new_deals  3, activity call 9"},
		{show(li.Month), "catch_up late 1, finish finish 1, finish begin 1, finish on 1, new_deals  3, activity call 9, routine report 1"},
	} {
		if tc.got != tc.want {
			t.Errorf("got  %s\nwant %s", tc.got, tc.want)
		}
	}
	if a.Day != through("2026-06-04", "2026-06-04") || a.Week != through("2026-06-04", "2026-06-07") || a.Month != through("2026-06-04", "2026-06-30") {
		t.Errorf("%v %v %v", a.Day, a.Week, a.Month)
	}
	p.People[0].Away = []calendar.Period{through("2026-06-04", "2026-06-05")}
	a, _ = p.Agenda(q)
	if len(a.People[0].Day) != 0 || !slices.Equal(codes(a.Findings), []string{"no_days_left li"}) {
		t.Errorf("%+v %v", a.People[0].Day, codes(a.Findings))
	}
}

// How many calls a deal takes is not known: the number of calls is not known
// either, and never zero.
func TestUnknownRate(t *testing.T) {
	p := planOf(did("a", "li", "2026-06-04", "2026-06-10", ""))
	p.Activities = []action.Activity{{ID: "call", Effort: num("0.1")}}
	needs := []action.Need{{Person: "li", Deals: num("3"), Until: day("2026-06-30"), Activities: []action.ActivityRate{{Activity: "call", PerDeal: kpi.RatioOf(0, 0)}}}}
	a, err := p.Agenda(action.AgendaQuestion{AsOf: day("2026-06-03"), Needs: needs})
	if err != nil || a.People[0].Day[len(a.People[0].Day)-1].Count.Reason() != kpi.ZeroDenominator || !slices.Equal(codes(a.Findings), []string{"rate_unknown li"}) {
		t.Errorf("%v %+v", err, a)
	}
	w := workload(t, p, action.LoadQuestion{Period: period("2026-06"), Grain: calendar.Monthly, AsOf: day("2026-06-03"), Needs: needs})
	if w.Total.Total.Defined() || w.Total.Over || !slices.Contains(codes(w.Findings), "rate_unknown li") {
		t.Errorf("%+v %v", w.Total, codes(w.Findings))
	}
}

func TestQuestionMistakes(t *testing.T) {
	p := planOf(did("a", "li", "2026-06-04", "2026-06-10", ""))
	needs := []action.Need{{Person: "li", Deals: num("-1"), Until: day("2026-06-30"), Activities: []action.ActivityRate{{Activity: "call", PerDeal: kpi.RatioOf(-1, 2)}}}, {Person: "li"}}
	for _, tc := range []struct {
		name string
		err  error
		want []string
	}{
		{"load", second(p.Workload(action.LoadQuestion{Records: []action.Record{{Action: "a"}}, Needs: needs})),
			[]string{"period missing_period", "grain no_grain", "as_of missing_day", "needs[0].deals below_zero", "needs[0].activities[0].per_deal below_zero", "needs[0].activities[0] unknown_activity",
				"needs[1].person duplicate_person", "needs[1].until missing_day", "as_of missing_day"}},
		{"over", second(p.Workload(action.LoadQuestion{Period: period("2026-05"), Grain: calendar.Weekly, AsOf: day("2026-05-31")})), []string{"period period_over"}},
		{"not covered", second(p.Workload(action.LoadQuestion{Period: period("2029-05"), Grain: calendar.Weekly, Work: weekdays(t)})), []string{"period outside_covers"}},
		{"agenda", second(p.Agenda(action.AgendaQuestion{Needs: needs[:1]})), []string{"as_of missing_day", "needs[0].deals below_zero", "needs[0].activities[0].per_deal below_zero", "needs[0].activities[0] unknown_activity", "as_of missing_day"}},
		{"aim", second(p.Promise(action.Aim{Direction: kpi.InBand, Drivers: []action.Driver{{ID: "x", Lever: 9}, {ID: "x", Value: num("1")}}, LeadTimes: []action.LeadTime{{Days: -1}, {Lever: action.Leads}, {Lever: action.Leads, Days: 9999}}})),
			[]string{"goal missing_goal", "period missing_period", "target missing_number", "direction no_direction", "formula missing_formula", "drivers[0].lever unknown_word", "drivers[0].value missing_number",
				"drivers[1].id duplicate_id", "lead_times[0].lever missing_lever", "lead_times[0].days out_of_range", "lead_times[2].days out_of_range", "lead_times[2].lever duplicate_lever"}},
	} {
		if got := problems(tc.err); !slices.Equal(got, tc.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", tc.name, strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
		}
	}
}
