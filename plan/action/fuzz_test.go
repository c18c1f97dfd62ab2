package action_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
	"pgregory.net/rapid"
)

// Whatever question is read, it is answered or refused with paths; nothing
// panics, and what comes out goes through JSON and comes back equal.
func FuzzAsk(f *testing.F) {
	q := rest(f, "115")
	for _, v := range []any{q, weak(), product(f), action.Input{AsOf: day("2026-04-15"), Work: work(), Records: []action.Record{{Action: "stand", Done: day("2026-04-03")}},
		Costs: []action.Cost{{Action: "stand", Day: day("2026-04-03"), Kind: action.Spent, Amount: num("1")}}, Gains: []action.Gain{{Strategy: "fair", Promised: num("1")}}},
		action.AgendaQuestion{AsOf: day("2026-04-15"), Needs: []action.Need{{Person: "chen", Deals: num("12"), Until: day("2026-05-15"), Activities: []action.ActivityRate{{Activity: "call", PerDeal: kpi.RatioOf(3, 2)}}}}},
		action.LoadQuestion{AsOf: day("2026-04-15"), Period: period("2026-Q2"), Grain: calendar.Weekly}} {
		f.Add(encode(f, v))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var levers action.LeverQuestion
		if check.Decode("fuzz", text, &levers) == nil {
			if p, err := action.Levers(levers); err == nil {
				back(t, p)
			}
			if worth, err := levers.Worth(action.Leads, num("0.1"), levers.AsOf); err == nil {
				back(t, worth)
			}
		}
		var one action.Case
		if check.Decode("fuzz", text, &one) == nil {
			if e, err := action.Evaluate([]action.Case{one}, kpi.Confidence{}); err == nil {
				back(t, e[0])
				for _, finding := range e[0].Findings {
					action.Findings().Text(finding, "en")
				}
			}
		}
		var aim action.Aim
		if check.Decode("fuzz", text, &aim) == nil {
			if p, err := spring().Promise(aim); err == nil {
				back(t, p)
			}
		}
		var in action.Input
		if check.Decode("fuzz", text, &in) == nil {
			if r, err := spring().Track(in); err == nil {
				back(t, r)
			}
		}
		var agenda action.AgendaQuestion
		if check.Decode("fuzz", text, &agenda) == nil {
			if a, err := spring().Agenda(agenda); err == nil {
				back(t, a)
			}
		}
		var load action.LoadQuestion
		if check.Decode("fuzz", text, &load) == nil {
			if w, err := spring().Workload(load); err == nil {
				back(t, w)
			}
		}
	})
}

// Numbers of every size, sign and reason, in every place: an answer or a
// refusal, and never a float that is none.
func TestOddNumbersEverywhere(t *testing.T) {
	odd := func(t *rapid.T, name string) kpi.Value {
		return rapid.SampledFrom([]kpi.Value{num("0"), num("1"), num("-1"), num("0.3"), kpi.Frac(1, 3), kpi.Minor(1, 18), num("-1" + strings.Repeat("0", 45)), num(strings.Repeat("9", 64)),
			{}, kpi.Undefined(kpi.ZeroDenominator), kpi.Undefined(kpi.TooFew)}).Draw(t, name)
	}
	odds := func(t *rapid.T, name string, n int) (all []kpi.Value) {
		for range n {
			all = append(all, odd(t, name))
		}
		return all
	}
	answered := 0
	rapid.Check(t, func(t *rapid.T) {
		c := action.Case{ID: "c", Promised: odd(t, "promised"), Chosen: rapid.Bool().Draw(t, "chosen"), Slope: odd(t, "slope"), Direction: kpi.Direction(rapid.IntRange(0, 1).Draw(t, "direction"))}
		before, after := rapid.IntRange(1, 4).Draw(t, "before"), rapid.IntRange(1, 2).Draw(t, "after")
		for i := range rapid.IntRange(1, 12).Draw(t, "units") {
			c.Units = append(c.Units, action.Unit{ID: fmt.Sprint("u", i), Before: odds(t, "b", before), After: odds(t, "a", after)})
			c.Others = append(c.Others, action.Unit{ID: fmt.Sprint("o", i), Before: odds(t, "b", before), After: odds(t, "a", after)})
		}
		if all, err := action.Evaluate([]action.Case{c}, kpi.Confidence{}); err == nil {
			answered++
			back(t, all[0])
			sentences(t, map[string]bool{}, all[0].Findings)
		}
		q := rest(t, "115")
		q.Target, q.Actual = odd(t, "target"), odd(t, "actual")
		for i := range q.Levers {
			q.Levers[i].Value, q.Levers[i].Recent, q.Levers[i].Quarters = odd(t, "value"), odd(t, "recent"), odds(t, "quarters", 3)
		}
		if p, err := action.Levers(q); err == nil {
			answered++
			back(t, p)
			sentences(t, map[string]bool{}, p.Findings)
		}
		if worth, err := q.Worth(action.Conversion, odd(t, "change"), day("2026-04-09")); err == nil {
			back(t, worth)
		}
		aim := product(t)
		aim.Target = odd(t, "aim")
		for i := range aim.Drivers {
			aim.Drivers[i].Value = odd(t, "driver")
		}
		plan := moving(action.Lever(rapid.IntRange(1, 3).Draw(t, "lever")), "0.1", "-0.5")
		plan.Strategies[0].Effects[0].Change = odd(t, "effect")
		if p, err := plan.Promise(aim); err == nil {
			answered++
			back(t, p)
			sentences(t, map[string]bool{}, p.Findings)
		}
	})
	if answered == 0 {
		t.Error("nothing was answered")
	}
}
