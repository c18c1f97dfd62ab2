package action_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Where one rule meets another: each of these was once free to be otherwise
// without a test noticing.
func TestSeams(t *testing.T) {
	one := planOf(did("a", "p", "2026-04-01", "2026-04-10", "1"), did("b", "p", "2026-04-01", "2026-04-10", "1"), did("c", "p", "2026-04-11", "2026-04-14", "1", "b", "a"))
	one.Milestones = []action.Milestone{{ID: "m", Due: day("2026-04-30"), Actions: []string{"a", "b"}}}
	in := action.Input{AsOf: day("2026-04-13"), Records: []action.Record{{Action: "a", Done: day("2026-04-13")}}}

	t.Run("done today without a word on its start", func(t *testing.T) {
		if s, _ := track(t, one, in).Status("a"); s.Started != day("2026-04-13") || s.Done != s.Started || s.DaysLate != 3 {
			t.Errorf("what is done was begun: %+v", s)
		}
	})
	t.Run("a milestone one of whose actions has begun", func(t *testing.T) {
		begun := action.Input{AsOf: day("2026-04-02"), Records: []action.Record{{Action: "a", Started: day("2026-04-01")}, {Action: "b", Started: day("2026-04-02")}}}
		if m := track(t, one, begun).Milestones[0]; m.Status != action.Running {
			t.Errorf("%+v", m)
		}
		if m := track(t, one, action.Input{AsOf: day("2026-03-31")}).Milestones[0]; m.Status != action.ToCome {
			t.Errorf("%+v", m)
		}
	})
	t.Run("two that end on one day decide together", func(t *testing.T) {
		if c := track(t, one, action.Input{AsOf: day("2026-03-31")}).Chain; !slices.Equal(c.Actions, []string{"a", "c"}) {
			t.Errorf("the first by ID stands for both: %v", c.Actions)
		}
	})
	t.Run("deals and no working day left", func(t *testing.T) {
		p := planOf(did("a", "p", "2026-04-01", "2026-04-10", "1"))
		p.People[0].Away = []calendar.Period{through("2026-04-06", "2026-04-12")}
		q := action.LoadQuestion{Period: period("2026-04"), Grain: calendar.Weekly, AsOf: day("2026-04-05"), Needs: []action.Need{{Person: "p", Deals: num("2.5"), Until: day("2026-04-12")}}}
		load, err := p.Workload(q)
		if err != nil || !slices.Contains(codes(load.Findings), "no_days_left p") {
			t.Errorf("away to the last day that counts: %v, %v", codes(load.Findings), err)
		}
		q.Needs[0].Until = day("2026-04-13")
		if load, err = p.Workload(q); err != nil || slices.Contains(codes(load.Findings), "no_days_left p") {
			t.Errorf("there is one: %v, %v", codes(load.Findings), err)
		}
		q.Needs[0].Until, q.Needs[0].Deals = day("2026-04-12"), num("0")
		if load, err = p.Workload(q); err != nil || slices.Contains(codes(load.Findings), "no_days_left p") {
			t.Errorf("nothing is to be brought in: %v, %v", codes(load.Findings), err)
		}
		for deals, want := range map[string]bool{"0": false, "2.5": true} {
			q.Needs[0].Deals = num(deals)
			agenda, err := p.Agenda(action.AgendaQuestion{AsOf: q.AsOf, Needs: q.Needs})
			if err != nil || slices.Contains(codes(agenda.Findings), "no_days_left p") != want {
				t.Errorf("the agenda of %s deals: %v, %v", deals, codes(agenda.Findings), err)
			}
		}
	})
	t.Run("a period that begins on the day that is over", func(t *testing.T) {
		p := planOf(did("a", "p", "2026-04-06", "2026-04-10", "5"))
		load, err := p.Workload(action.LoadQuestion{Period: through("2026-04-06", "2026-04-10"), Grain: calendar.Weekly, AsOf: day("2026-04-06"), Records: []action.Record{{Action: "a", Started: day("2026-04-06")}}})
		if err != nil || load.Total.Capacity != num("4") || load.Total.Actions != num("4") || load.Periods[0].Start() != day("2026-04-07") {
			t.Errorf("four of five days are left: %+v, %v", load.Total, err)
		}
	})
	t.Run("work left of which no effort was planned", func(t *testing.T) {
		a := did("a", "p", "2026-04-06", "2026-04-10", "")
		a.Roles = []action.Role{{Person: "boss", Part: action.Accountable}, {Person: "p", Part: action.Responsible}, {Person: "q", Part: action.Responsible}, {Person: "x", Part: action.Informed}}
		load, err := planOf(a).Workload(action.LoadQuestion{Period: through("2026-04-06", "2026-04-10"), Grain: calendar.Weekly, AsOf: day("2026-04-06"), Records: []action.Record{{Action: "a", Started: day("2026-04-06"), Left: num("3")}}})
		if err != nil || len(load.People) != 4 || load.People[0].Total.Actions != num("0") || load.People[1].Total.Actions != num("1.5") || load.People[2].Total.Actions != num("1.5") || load.Total.Actions != num("3") {
			t.Errorf("those who do it share it: %+v, %v", load.People, err)
		}
	})
	t.Run("a quarter of which nobody knows", func(t *testing.T) {
		q := rest(t, "115")
		q.Levers[0].Quarters = []kpi.Value{num("110"), {}, num("120"), kpi.Undefined(kpi.TooFew)}
		if n := levers(t, q).Levers[0]; n.Quarters != 2 || n.Cap != num("0.2") {
			t.Errorf("%+v", n)
		}
	})
	t.Run("a work calendar that ends within the period", func(t *testing.T) {
		q := rest(t, "115")
		q.Work = weekdays(t)
		q.Period = through("2027-12-01", "2028-01-31")
		if got := problems(q.Validate()); !slices.Equal(got, []string{"period outside_covers"}) {
			t.Errorf("%v", got)
		}
	})
	t.Run("no change is written without a sign", func(t *testing.T) {
		c := action.Case{ID: "x", Units: units("t", []int64{5, 6}, []int64{6, 5}), Others: units("o", []int64{1}, []int64{1})}
		if f := evaluate(t, c)[0].Findings[0]; f.Args["changed"] != "0.0" || !strings.Contains(action.Findings().Text(f, "en"), "by 0.0.") {
			t.Errorf("%v", f.Args)
		}
	})
}

// Money: what was promised of nothing planned, what was spent without a
// budget, and what was spent on what was given up.
func TestMoneySeams(t *testing.T) {
	p := moving(action.Leads, "0.1", "0.1", "0.1")
	own := func(id, strategy, budget string) action.Action {
		a := did(id, "p", "2026-04-01", "2026-04-10", "")
		a.Strategy = strategy
		if budget != "" {
			a.Budget = num(budget)
		}
		return a
	}
	p.Actions = []action.Action{own("x", "a", "100"), own("y", "b", "300"), own("z", "c", ""), own("gone", "", "50")}
	p.People = []action.Person{{ID: "p"}}
	spent := func(a, s, amount string) action.Cost {
		return action.Cost{Action: a, Strategy: s, Day: day("2026-04-02"), Kind: action.Spent, Amount: num(amount)}
	}
	in := action.Input{AsOf: day("2026-04-05"), Records: []action.Record{{Action: "gone", Dropped: day("2026-04-03")}},
		Costs: []action.Cost{spent("", "c", "7"), spent("gone", "", "20"), spent("x", "", "50")},
		Gains: []action.Gain{{Strategy: "a", Promised: num("300"), Seen: num("100")}, {Strategy: "b", Promised: num("500")}, {Strategy: "c", Promised: num("1000")}}}
	b := track(t, p, in).Budget
	// Of a and b, which planned something: (300 + 500 − 400) ÷ 400 = 1.
	if b.Total.PromisedReturn != num("1") || b.Total.Promised != num("1800") || b.Strategies[1].Return != num("1") {
		t.Errorf("%+v", b.Total)
	}
	// c spent 7 and nobody said what was seen, so that of the total is not known.
	if b.Total.Return.Defined() || b.Strategies[3].Return.Defined() || b.Total.Spent != num("77") {
		t.Errorf("%+v", b.Total)
	}
	if got := codes(track(t, p, in).Findings); !slices.Contains(got, "spent_without_budget c") || slices.Contains(got, "spent_without_budget gone") {
		t.Errorf("%v", got)
	}
	in.Costs = []action.Cost{spent("z", "", "7")}
	if got := codes(track(t, p, in).Findings); !slices.Contains(got, "spent_without_budget z") {
		t.Errorf("%v", got)
	}
	if b := track(t, p, in).Budget; b.Total.Return != kpi.Undefined(kpi.NoData) {
		t.Errorf("%v", b.Total.Return)
	}
	// Of a alone, which spent 50 and of which 100 was seen.
	in.Costs = []action.Cost{spent("x", "", "50")}
	if b := track(t, p, in).Budget; b.Total.Return != num("1") {
		t.Errorf("%v", b.Total.Return)
	}
}
