package action_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/action"
	"pgregory.net/rapid"
)

func formula(t tester, text string) kpi.Formula {
	t.Helper()
	f, err := kpi.ParseFormula(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// product is leads × conversion × deal size of 100 × 0.5 × 2 = 100 over
// April 2026, every lever at once.
func product(t tester) action.Aim {
	return action.Aim{Goal: "g", Period: period("2026-04"), Target: kpi.Int(115), Formula: formula(t, "leads * conversion * deal_size"),
		Drivers:   []action.Driver{{ID: "leads", Lever: action.Leads, Value: num("100")}, {ID: "conversion", Lever: action.Conversion, Value: num("0.5")}, {ID: "deal_size", Lever: action.DealSize, Value: num("2")}},
		LeadTimes: []action.LeadTime{{Lever: action.Leads}, {Lever: action.Conversion}, {Lever: action.DealSize}}}
}

func moving(l action.Lever, changes ...string) action.Plan {
	p := planOf()
	for i, c := range changes {
		p.Strategies = append(p.Strategies, action.Strategy{ID: string(rune('a' + i)), Kind: action.Promotion, Start: day("2026-03-01"),
			Effects: []action.Effect{{Lever: l, Change: num(c)}}})
	}
	return p
}

func promise(t tester, p action.Plan, a action.Aim) action.Promise {
	t.Helper()
	r, err := p.Promise(a)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The rules of DOMAIN.md, "Effects of strategies and actions", by hand.
func TestPromiseByHand(t *testing.T) {
	two := moving(action.Leads, "0.1")
	two.Strategies = append(two.Strategies, action.Strategy{ID: "b", Kind: action.Pricing, Start: day("2026-03-01"), Effects: []action.Effect{{Lever: action.Conversion, Change: num("0.1")}}})
	larger := func(p action.Plan) action.Plan { p.Stacking = action.Larger; return p }
	starting := func(p action.Plan, on string) action.Plan { p.Strategies[0].Start = day(on); return p }
	ending := func(p action.Plan, on string) action.Plan { p.Strategies[0].End = day(on); return p }
	late := product(t)
	late.LeadTimes[0].Days = 40
	for _, tc := range []struct {
		name, why     string
		plan          action.Plan
		aim           action.Aim
		full, landing string
		findings      []string
	}{
		{"two levers", "+10 % and +10 % promise +21 %", two, product(t), "121", "121", []string{"promise_reaches g"}},
		{"one lever, compounded", "1.1 × 1.2", moving(action.Leads, "0.1", "0.2"), product(t), "132", "132", []string{"promise_reaches g", "same_lever_compound leads"}},
		{"one lever, the larger", "+20 % alone", larger(moving(action.Leads, "0.1", "0.2")), product(t), "120", "120", []string{"promise_reaches g", "same_lever_larger leads"}},
		{"a rise and falls", "the largest rise and the largest fall: 1.2 × 0.9", larger(moving(action.Leads, "0.1", "0.2", "-0.1", "-0.05")), product(t), "108", "108",
			[]string{"promise_falls_short g", "strategy_worsens c", "strategy_worsens d", "same_lever_larger leads"}},
		{"from the middle", "half the 30 days: 50 + 60", starting(moving(action.Leads, "0.2"), "2026-04-16"), product(t), "120", "110", []string{"promise_falls_short g", "lands_partly a"}},
		{"until the middle", "End is the last day of it", ending(moving(action.Leads, "0.2"), "2026-04-15"), product(t), "120", "110", []string{"promise_falls_short g", "lands_partly a"}},
		{"after the period", "from 1 March, 40 days: shows from 10 April on, 21 of 30 days", moving(action.Leads, "0.2"), late, "120", "114", []string{"promise_falls_short g", "lands_partly a"}},
		{"never in it", "from 1 April, 40 days: 11 May", starting(moving(action.Leads, "0.2"), "2026-04-01"), late, "120", "100", []string{"promise_falls_short g", "lands_after a"}},
		{"worn off", "it ended on 1 March, and 30 days later the month has begun: one day of it; ended 28 February is before", ending(starting(moving(action.Leads, "0.2"), "2026-02-01"), "2026-02-28"), product(t),
			"120", "100", []string{"promise_falls_short g", "ended_before a"}},
		{"a full share", "0.5 × 2.2 is more than all", moving(action.Conversion, "1.2"), product(t), "200", "200", []string{"promise_reaches g", "share_full conversion"}},
		{"no such lever", "the formula has no retention", moving(action.Retention, "0.2"), product(t), "100", "100", []string{"promise_falls_short g", "lever_not_in_formula a"}},
	} {
		needWhy(t, tc.why)
		r := promise(t, tc.plan, tc.aim)
		if r.Baseline != num("100") || r.Full != num(tc.full) || r.Landing != num(tc.landing) || r.Beyond != num(tc.full).Sub(num(tc.landing)) {
			t.Errorf("%s: %v, full %v, landing %v", tc.name, r.Baseline, r.Full, r.Landing)
		}
		if got := codes(r.Findings); !slices.Equal(got, tc.findings) {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
	r := promise(t, two, product(t))
	if a := r.Strategies[0]; a.Alone != num("10") || a.Adds != num("11") || a.Full != num("10") {
		t.Errorf("alone 100 → 110, and 110 → 121 beside the other: %+v", a)
	}
}

// A lever that a strategy moves needs its lead time: none is made up.
func TestLeadTimeIsStated(t *testing.T) {
	aim := product(t)
	aim.LeadTimes = aim.LeadTimes[1:]
	p := moving(action.Leads, "0.1")
	if got := problems(second(p.Promise(aim))); !slices.Equal(got, []string{"lead_times missing_lead_time"}) {
		t.Errorf("%v", got)
	}
	p.Strategies[0].Goal = "another"
	if r := promise(t, p, aim); len(r.Strategies) != 0 || r.Full != r.Baseline {
		t.Errorf("a strategy of another goal counts: %+v", r)
	}
}

// rest is 100 leads × 0.5 × 2 in the 30 days of April, from the evening of
// 31 March on, with nothing reached yet.
func rest(t tester, target string) action.LeverQuestion {
	a := product(t)
	quarters := func(driver int, best string) action.LeverDriver {
		low := a.Drivers[driver].Value
		return action.LeverDriver{Driver: a.Drivers[driver], Quarters: []kpi.Value{num("999"), low, low, num(best), low, low, low, low, low}}
	}
	return action.LeverQuestion{Goal: "g", Period: a.Period, AsOf: day("2026-03-31"), Target: num(target), Actual: num("0"), Formula: a.Formula,
		Levers: []action.LeverDriver{quarters(0, "120"), quarters(1, "0.6"), quarters(2, "2.4")}, LeadTimes: a.LeadTimes}
}

func levers(t tester, q action.LeverQuestion) action.LeverPlan {
	t.Helper()
	p, err := action.Levers(q)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestLeversByHand(t *testing.T) {
	cycle := rest(t, "125")
	cycle.Formula = formula(t, "100 * 30 / days")
	cycle.Levers = []action.LeverDriver{{Driver: action.Driver{ID: "days", Lever: action.Cycle, Value: num("30")}, Quarters: []kpi.Value{num("40"), num("20")}}}
	cycle.LeadTimes = []action.LeadTime{{Lever: action.Cycle}}
	late := rest(t, "110")
	late.LeadTimes[0].Days, late.LeadTimes[1].Days = 15, 30
	none := rest(t, "110")
	none.Levers[0].Quarters = nil
	for _, tc := range []struct {
		name, why string
		q         action.LeverQuestion
		want      string // of each lever
		together  string
		closed    bool
	}{
		{"one closes", "10 % of any of them; 1.0323^3 is 1.1000…, 1.0322^3 is 1.0997", rest(t, "110"), "0.1 0.1 0.1", "0.0323", true},
		{"just", "the cap of 20 % is enough to the last", rest(t, "120"), "0.2 0.2 0.2", "0.0627", true},
		{"all together", "no one is enough; 1.2^3 = 1.728", rest(t, "172.8"), "not not not", "0.2", true},
		{"closed by none", "is an answer", rest(t, "172.81"), "not not not", "not", false},
		{"nothing to close", "it is reached already", rest(t, "100"), "0 0 0", "0", true},
		{"a shorter cycle", "30 to 24 days is 20 %, and the best quarter had 20 days", cycle, "0.2", "0.2", true},
		// leads show on half the days: 20 %; conversion not at all; together
		// 50(1+x) + 50(1+x)² = 110, so x² + 3x − 0.2 = 0 and x = (√9.8 − 3)/2 = 0.06525
		{"lead times", "half the days, none of them, all of them", late, "0.2 not 0.1", "0.0653", true},
		{"no quarters", "nobody knows how far leads can be moved: 1.1^(1/2) of the others", none, "no_data 0.1 0.1", "0.0489", true},
	} {
		needWhy(t, tc.why)
		p := levers(t, tc.q)
		got := []string{}
		show := func(v kpi.Value) string {
			if v.Reason() == kpi.NotApplicable {
				return "not"
			}
			return strings.TrimPrefix(v.String(), "undefined: ")
		}
		for _, l := range p.Levers {
			got = append(got, show(l.Change))
		}
		if strings.Join(got, " ") != tc.want || show(p.Together.Change) != tc.together || p.Closed != tc.closed {
			t.Errorf("%s: %v, together %v, closed %v", tc.name, got, p.Together.Change, p.Closed)
		}
		sentences(t, map[string]bool{}, p.Findings)
		back(t, p)
	}
	if p := levers(t, rest(t, "172.81")); p.Together.Most != num("172.8") || p.Together.Short != num("0.01") || !slices.Contains(codes(p.Findings), "closed_by_none g") {
		t.Errorf("%+v", p.Together)
	}
}

// The cap is the best of the last eight quarters, not of the ninth before,
// and on the terms of the quarters.
func TestLeverCap(t *testing.T) {
	q := rest(t, "110")
	q.Levers[0].Recent = num("80") // 100 leads in April are 80 on the terms of a quarter
	if p := levers(t, q); p.Levers[0].Cap != num("0.5") || p.Levers[1].Cap != num("0.2") || p.Levers[0].Quarters != 8 {
		t.Errorf("%+v", p.Levers)
	}
}

// A slow model: the first step of 0.01 % that closes the gap.
func TestLeversAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := rest(t, "0")
		q.Target = kpi.Minor(rapid.Int64Range(9_000, 18_000).Draw(t, "target"), 2)
		q.LeadTimes[0].Days = rapid.IntRange(0, 31).Draw(t, "leads")
		q.LeadTimes[1].Days = rapid.IntRange(0, 31).Draw(t, "conversion")
		p := levers(t, q)
		value := func(x kpi.Value, moved ...int) kpi.Value {
			sum := kpi.Int(0)
			for d := 0; d < 30; d++ {
				v := num("100")
				for _, l := range moved {
					if d >= q.LeadTimes[l].Days {
						v = v.Mul(kpi.Int(1).Add(x))
					}
				}
				sum = sum.Add(v.Div(kpi.Int(30)))
			}
			return sum
		}
		first := func(moved ...int) kpi.Value {
			for x := int64(0); x <= 2000; x++ {
				if !value(kpi.Minor(x, 4), moved...).Less(q.Target) {
					return kpi.Minor(x, 4)
				}
			}
			return kpi.Undefined(kpi.NotApplicable)
		}
		for i, l := range p.Levers {
			if want := first(i); l.Change != want {
				t.Errorf("%v: %v, want %v", l.Lever, l.Change, want)
			}
		}
		if want := first(0, 1, 2); p.Together.Change != want {
			t.Errorf("together %v, want %v", p.Together.Change, want)
		}
	})
}

func TestLeverMistakes(t *testing.T) {
	_, err := action.Levers(action.LeverQuestion{Period: period("2026-04"), AsOf: day("2026-04-30"), Formula: formula(t, "a * b"), Levers: []action.LeverDriver{
		{Driver: action.Driver{ID: "a", Lever: action.Leads, Value: num("0")}}, {Driver: action.Driver{ID: "a", Lever: 9, Value: num("1")}, Recent: num("-1")}}})
	want := []string{"goal missing_goal", "period period_over", "target missing_number", "actual missing_number", "levers[0].recent not_positive", "lead_times missing_lead_time",
		"levers[1].recent not_positive", "lead_times missing_lead_time", "levers[1].id duplicate_id", "levers[1].lever unknown_word", "formula unknown_driver"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

// What a change is worth: 100 leads × 0.5 × 2 = 100 in the 30 days of April.
func TestWorthByHand(t *testing.T) {
	q := rest(t, "115")
	q.LeadTimes[0].Days = 15
	perCycle := q
	perCycle.Formula = formula(t, "leads / cycle")
	perCycle.Levers = append(slices.Clone(q.Levers), action.LeverDriver{Driver: action.Driver{ID: "cycle", Lever: action.Cycle, Value: num("2")}})
	perCycle.LeadTimes = append(slices.Clone(q.LeadTimes), action.LeadTime{Lever: action.Cycle})
	for _, tc := range []struct {
		name, why string
		q         action.LeverQuestion
		lever     action.Lever
		change    string
		on        string
		want      string
	}{
		{"at once", "conversion +10 % on all 30 days", q, action.Conversion, "0.1", "2026-04-01", "10"},
		{"before the days left", "what was done in January shows no more than from 1 April on", q, action.Conversion, "0.1", "2026-01-01", "10"},
		{"lead time", "leads +10 % from 16 April on: 15 of 30 days", q, action.Leads, "0.1", "2026-04-01", "5"},
		{"later", "leads +10 % done on 11 April show from 26 April on: 5 of 30 days", q, action.Leads, "0.1", "2026-04-11", "1.666666666667"},
		{"after the period", "16 April and 15 days are 1 May", q, action.Leads, "0.1", "2026-04-16", "0"},
		{"worse", "deal size −50 %", q, action.DealSize, "-0.5", "2026-04-01", "-50"},
		{"a full share", "0.5 × 2.5 counts as 1: 200 in place of 100", q, action.Conversion, "1.5", "2026-04-01", "100"},
		{"no such lever", "the formula has no retention", q, action.Retention, "0.1", "2026-04-01", "undefined: not_applicable"},
		{"a shorter cycle", "100 ÷ 1.6 − 100 ÷ 2 = 12.5", perCycle, action.Cycle, "-0.2", "2026-04-01", "12.5"},
	} {
		needWhy(t, tc.why)
		got, err := tc.q.Worth(tc.lever, num(tc.change), day(tc.on))
		if err != nil || got.String() != tc.want {
			t.Errorf("%s: %v, want %s, %v", tc.name, got, tc.want, err)
		}
	}
	_, err := action.LeverQuestion{}.Worth(action.NoLever, num("-1"), 0)
	if got := problems(err); !slices.Contains(got, "lever missing_lever") || !slices.Contains(got, "change not_above") || !slices.Contains(got, "on missing_day") || !slices.Contains(got, "goal missing_goal") {
		t.Errorf("%v", got)
	}
}

// A lever plan says what it takes; at that change the worth is the gap.
func TestWorthClosesTheGap(t *testing.T) {
	q := rest(t, "115")
	for _, n := range levers(t, q).Levers {
		worth, err := q.Worth(n.Lever, n.Change, q.AsOf+1)
		if err != nil || worth != num("15") {
			t.Errorf("%v: +%v is worth %v, %v", n.Lever, n.Change, worth, err)
		}
	}
}

// A promise is tracked as what it is worth: of costs, where fewer are better,
// 10 off are worth 10.
func TestGainsOfAPromise(t *testing.T) {
	p := moving(action.Leads, "0.1", "-0.2")
	aim := product(t)
	if got, want := promise(t, p, aim).Gains(), []action.Gain{{Strategy: "a", Promised: num("10")}, {Strategy: "b", Promised: num("-20")}}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	aim.Direction = kpi.LowerIsBetter
	r := promise(t, p, aim)
	if got := r.Gains(); got[0].Promised != num("-10") || got[1].Promised != num("20") {
		t.Errorf("%v", got)
	}
	report := track(t, p, action.Input{AsOf: day("2026-04-30"), Gains: r.Gains()})
	if report.Budget.Total.Promised != num("10") {
		t.Errorf("%v", report.Budget.Total)
	}
	if got := (action.Promise{}).Gains(); got == nil || len(got) != 0 {
		t.Errorf("%v", got)
	}
}
