package plan_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

func formula(t rapid.TB, text string) kpi.Formula {
	f, err := kpi.ParseFormula(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// made is 100 leads, half of them won, at 10 each, all at once: 500.
func made(t rapid.TB, leads int64) action.Aim {
	a := action.Aim{Goal: "q1", Formula: formula(t, "leads * conversion * deal_size"),
		Drivers: []action.Driver{{ID: "leads", Lever: action.Leads, Value: kpi.Int(leads)}, {ID: "conversion", Lever: action.Conversion, Value: kpi.Frac(1, 2)}, {ID: "deal_size", Lever: action.DealSize, Value: kpi.Int(10)}}}
	for l := action.Leads; l <= action.Retention; l++ {
		a.LeadTimes = append(a.LeadTimes, action.LeadTime{Lever: l})
	}
	return a
}

func strategy(id string, lever action.Lever, percent int64) action.Strategy {
	return action.Strategy{ID: id, Kind: action.Promotion, Start: day("2026-01-01"), Effects: []action.Effect{{Lever: lever, Change: kpi.Frac(percent, 100)}}}
}

func with(t rapid.TB, stacking action.Stacking, strategies ...action.Strategy) plan.Plan {
	p := quarter(t)
	p.Actions = &action.Plan{ID: "do", Period: period("2026-Q1"), Unit: kpi.Money("USD", 2), Stacking: stacking, Strategies: strategies}
	return p
}

func compare(t rapid.TB, from, to plan.Side) plan.ScenarioGoal {
	s, err := plan.Comparison{From: from, To: to}.Scenario()
	if err != nil {
		t.Fatal(err)
	}
	return s.Goals[0]
}

// Worked by hand from 100 × 1/2 × 10 = 500.
func TestWhatMakesTheDifferenceInPromises(t *testing.T) {
	fair, course := strategy("fair", action.Leads, 10), strategy("course", action.Conversion, 10)
	late := fair
	late.Start = day("2026-02-15") // 45 of 90 days are over: half of the 50
	larger := strategy("mailing", action.Leads, 20)
	slow := made(t, 100)
	slow.LeadTimes[0].Days = 45
	for _, c := range []struct {
		why      string
		from, to plan.Side
		gap      kpi.Value
		causes   []string
	}{
		{"each first and second in turn: 50 or 55", plan.Side{Plan: quarter(t), Aims: []action.Aim{made(t, 100)}},
			plan.Side{Plan: with(t, action.Compound, fair, course), Aims: []action.Aim{made(t, 100)}}, kpi.Int(105), []string{"strategy course conversion 52.5", "strategy fair leads 52.5"}},
		{"more leads by themselves", plan.Side{Plan: quarter(t), Aims: []action.Aim{made(t, 100)}}, plan.Side{Plan: quarter(t), Aims: []action.Aim{made(t, 120)}}, kpi.Int(100), []string{"driver leads none 100"}},
		{"leads +20 % by 10 more: alone 100 and 50, after the other 110 and 60", plan.Side{Plan: quarter(t), Aims: []action.Aim{made(t, 100)}},
			plan.Side{Plan: with(t, action.Compound, fair), Aims: []action.Aim{made(t, 120)}}, kpi.Int(160), []string{"driver leads none 105", "strategy fair leads 55"}},
		{"the larger of two counts: 20 % is 100, and 10 % is 50 before it and 0 after", plan.Side{Plan: with(t, action.Larger), Aims: []action.Aim{made(t, 100)}},
			plan.Side{Plan: with(t, action.Larger, fair, larger), Aims: []action.Aim{made(t, 100)}}, kpi.Int(100), []string{"strategy fair leads 25", "strategy mailing leads 75"}},
		{"the same later in the quarter", plan.Side{Plan: with(t, action.Compound, fair), Aims: []action.Aim{made(t, 100)}}, plan.Side{Plan: with(t, action.Compound, late), Aims: []action.Aim{made(t, 100)}}, kpi.Int(-25), []string{"strategy fair leads -25"}},
		{"given up", plan.Side{Plan: with(t, action.Compound, fair, course), Aims: []action.Aim{made(t, 100)}}, plan.Side{Plan: with(t, action.Compound, course), Aims: []action.Aim{made(t, 100)}}, kpi.Int(-55), []string{"strategy fair leads -55"}},
		{"leads show later than was thought", plan.Side{Plan: with(t, action.Compound, fair), Aims: []action.Aim{made(t, 100)}}, plan.Side{Plan: with(t, action.Compound, fair), Aims: []action.Aim{slow}}, kpi.Int(-25), []string{"terms  none -25"}},
		{"nothing differs", plan.Side{Plan: with(t, action.Compound, fair), Aims: []action.Aim{made(t, 100)}}, plan.Side{Plan: with(t, action.Compound, fair), Aims: []action.Aim{made(t, 100)}}, kpi.Int(0), []string{}},
	} {
		g := compare(t, c.from, c.to).Promise
		got := []string{}
		for _, cause := range g.Causes {
			got = append(got, fmt.Sprint(cause.Of, " ", cause.ID, " ", cause.Lever, " ", cause.Amount))
		}
		if g.Gap != c.gap || !slices.Equal(got, c.causes) || g.Left.Base != kpi.Int(90000).Sub(g.Landings.Base) {
			t.Errorf("%s: %v by %q, want %v by %q", c.why, g.Gap, got, c.gap, c.causes)
		}
	}
	both := compare(t, plan.Side{Plan: quarter(t), Aims: []action.Aim{made(t, 100)}}, plan.Side{Plan: with(t, action.Compound, fair, course), Aims: []action.Aim{made(t, 100)}}).Promise
	if both.Strategy("fair") != kpi.Frac(105, 2) || both.Lever(action.Conversion) != kpi.Frac(105, 2) || both.Lever(action.DealSize) != kpi.Int(0) {
		t.Errorf("%+v", both.Causes)
	}
	if want := []string{"course, by the conversion: 52.50 USD of the difference in what the plans promise for q1.", "fair, by the leads: 52.50 USD of the difference in what the plans promise for q1."}; !slices.Equal(sentences(both.Findings, "en"), want) {
		t.Errorf("%q", sentences(both.Findings, "en"))
	}
	if alone := compare(t, plan.Side{Plan: quarter(t)}, plan.Side{Plan: quarter(t), Aims: []action.Aim{made(t, 100)}}); alone.Promise != nil {
		t.Errorf("an aim on one side: %+v", alone.Promise)
	}
}

// Nine causes are one more than share by Shapley: +1 % leads nine times, one
// after the other, so the first brings 5 and the second 5.05.
func TestManyCausesComeInSequence(t *testing.T) {
	var nine []action.Strategy
	for i := range plan.MaxCauses + 1 {
		nine = append(nine, strategy(fmt.Sprint("s", i), action.Leads, 1))
	}
	g := compare(t, plan.Side{Plan: quarter(t), Aims: []action.Aim{made(t, 100)}}, plan.Side{Plan: with(t, action.Compound, nine...), Aims: []action.Aim{made(t, 100)}}).Promise
	if g.Method != bridge.InSequence || g.Causes[0].Amount != kpi.Int(5) || g.Causes[1].Amount != kpi.Frac(505, 100) || g.Lever(action.Leads) != g.Gap {
		t.Errorf("%v %+v", g.Method, g.Causes)
	}
	if g.Findings[0].Code != "causes_in_sequence" || len(g.Findings) != 10 {
		t.Errorf("%v", g.Findings)
	}
}

// Between what two plans promise may lie what cannot be computed: 10 ÷ 0 with
// the denominator of the one and the numerator of the other.
func TestUndefinedPromises(t *testing.T) {
	side := func(text string, values ...int64) plan.Side {
		a := action.Aim{Goal: "q1", Formula: formula(t, text), Drivers: []action.Driver{{ID: "a", Value: kpi.Int(values[0])}, {ID: "b", Value: kpi.Int(values[1])}, {ID: "c", Value: kpi.Int(values[2])}}}
		return plan.Side{Plan: quarter(t), Aims: []action.Aim{a}}
	}
	mixed := compare(t, side("a / (b - c)", 1, 2, 1), side("a / (b - c)", 1, 4, 2)).Promise // (2, 2) lies between
	if mixed.Gap != kpi.Frac(-1, 2) || mixed.Causes[0].Amount.Reason() != kpi.UndefinedMix || !slices.Equal(codes(mixed.Findings), []string{"causes_mixed"}) {
		t.Errorf("%+v", mixed)
	}
	none := compare(t, side("a / (b - c)", 1, 2, 2), side("a / (b - c)", 1, 4, 2)).Promise
	if none.Gap.Reason() != kpi.ZeroDenominator || none.Causes[0].Amount.Reason() != kpi.ZeroDenominator || none.Left.Base.Reason() != kpi.ZeroDenominator {
		t.Errorf("%+v", none)
	}
}

func TestAimsThatDoNotFit(t *testing.T) {
	other, wrong, strange := made(t, 100), made(t, 100), made(t, 100)
	other.Period, wrong.Target, strange.Goal = period("2026"), kpi.Int(1), "q9"
	broken := made(t, 100)
	broken.Drivers = broken.Drivers[1:]
	_, err := plan.Comparison{From: plan.Side{Plan: quarter(t), Aims: []action.Aim{other, wrong, strange, broken}}, To: plan.Side{Plan: quarter(t)}}.Scenario()
	want := []string{"from.aims[0].period other_period", "from.aims[1].goal duplicate_aim", "from.aims[1].target other_target", "from.aims[2].goal unknown_goal", "from.aims[3].goal duplicate_aim", "from.aims[3].formula unknown_driver"}
	if !slices.Equal(paths(err), want) {
		t.Errorf("%q", paths(err))
	}
	p := with(t, action.Compound)
	_, err = plan.Comparison{From: plan.Side{Plan: p, Load: &action.LoadQuestion{}}, To: plan.Side{Plan: p}}.Scenario()
	if len(paths(err)) == 0 || paths(err)[0] != "from.load.period missing_period" {
		t.Errorf("%q", paths(err))
	}
}

// Whatever two plans do, what they promise is what the action plans promise,
// the causes add up to the gap, and the other way round every part turns its
// sign.
func TestCausesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anySide(t, "a"), anySide(t, "b")
		there, back := compare(t, a, b).Promise, compare(t, b, a).Promise
		for _, side := range []struct {
			plan.Side
			landing kpi.Value
		}{{a, there.Landings.Base}, {b, there.Landings.Current}} {
			aim := side.Aims[0]
			aim.Period, aim.Target = period("2026-Q1"), kpi.Int(90000)
			if p, err := side.Plan.Actions.Promise(aim); err != nil || p.Landing != side.landing {
				t.Fatalf("%v, %v, want %v", p.Landing, err, side.landing)
			}
		}
		sum := kpi.Int(0)
		for i, c := range there.Causes {
			sum = sum.Add(c.Amount)
			if there.Method == bridge.Shapley && back.Causes[i].Amount != c.Amount.Neg() {
				t.Fatalf("%+v, the other way %+v", c, back.Causes[i])
			}
		}
		if sum != there.Gap || (there.Method == bridge.InSequence) != (len(there.Causes) > plan.MaxCauses) {
			t.Fatalf("%v of %d causes is not %v", sum, len(there.Causes), there.Gap)
		}
		if text, err := json.Marshal(there); err != nil {
			t.Fatal(err)
		} else if again := (plan.PromiseGap{}); json.Unmarshal(text, &again) != nil || !slices.Equal(again.Causes, there.Causes) {
			t.Fatalf("%s", text)
		}
	})
}

func anySide(t *rapid.T, name string) plan.Side {
	d := drawer{t, name}
	p := with(t, action.Stacking(d.most("stacking", 1)))
	for i := range d.most("strategies", 3) {
		s := strategy(fmt.Sprint("s", i), action.Leads, int64(10*(1+d.most("percent", 2))))
		s.Start = d.day("start", "2026-01-01").Add(20 * d.most("weeks", 3))
		if d.some("ends") {
			s.End = s.Start.Add(20)
		}
		for l := action.Conversion; l <= action.DealSize; l++ {
			if d.some("more") {
				s.Effects = append(s.Effects, action.Effect{Lever: l, Change: kpi.Frac(int64(1+d.most("change", 2)), 20)})
			}
		}
		p.Actions.Strategies = append(p.Actions.Strategies, s)
	}
	aim := made(t, int64(100+d.most("leads", 2)))
	aim.Drivers[2].Value = kpi.Frac(int64(20+d.most("size", 2)), 2)
	aim.LeadTimes[0].Days = d.most("lead time", 30)
	return plan.Side{Plan: p, Aims: []action.Aim{aim}}
}

// Bo has ten working days of work between 5 and 16 January; in the second
// plan twenty, in ten days. Worked by hand; the budgets too.
func TestMoneyPeopleAndOdds(t *testing.T) {
	q := assessed(t)
	do, more := doing(), doing()
	do.Actions[0].Budget, more.Actions[0].Budget = kpi.Int(1000), kpi.Int(3000)
	more.Actions[0].Roles = []action.Role{{Person: "mo", Part: action.Accountable}, {Person: "bo", Part: action.Responsible, Effort: kpi.Int(20)}}
	from, to := q, q
	from.Actions, to.Actions = &do, &more
	from.Preparation.Assumptions, to.Preparation.Assumptions = prepared().Assumptions[:1], prepared().Assumptions[:1:1]
	to.Preparation.Assumptions = []plan.Assumption{to.Preparation.Assumptions[0]}
	to.Preparation.Assumptions[0].State = plan.Fails
	load := &action.LoadQuestion{Period: period("2026-01-05/2026-01-17"), Grain: calendar.Weekly}
	s, err := plan.Comparison{From: plan.Side{Plan: from, Load: load}, To: plan.Side{Plan: to, Load: load}}.Scenario()
	if err != nil {
		t.Fatal(err)
	}
	// Twelve days, every day a working day, for two people: 24.
	a, b := s.Sides.From, s.Sides.To
	if a.Budget != kpi.Int(1000) || b.Budget != kpi.Int(3000) || a.Work != kpi.Int(10) || b.Work != kpi.Int(20) || a.Capacity != kpi.Int(24) || b.Use != kpi.Frac(20, 24) || len(a.Over) != 0 || !slices.Equal(b.Over, []string{"bo"}) {
		t.Errorf("%+v, %+v", a, b)
	}
	if want := []string{"assumption_differs", "budget_differs", "overload_second"}; !slices.Equal(codes(s.Findings), want) {
		t.Errorf("%v", codes(s.Findings))
	}
	g := s.Goals[0]
	if !slices.Equal(codes(g.Findings), []string{"rests_on_other"}) || g.Findings[0].Args["assumption"] != "hire" {
		t.Errorf("%v", g.Findings)
	}
	// The chance is that of the goal's own assessment, and the median that of
	// its outlook.
	median, _ := q.Assessments[0].Outlook.P50.Float64()
	if g.Odds.From.Chance != q.Assessments[0].Chance || g.Odds.To.Median != q.Assessments[0].Outlook.P50 || g.Odds.To.Needed != kpi.NewEstimate(90000/median) {
		t.Errorf("%+v, %v", g.Odds, q.Assessments[0].Chance)
	}
	euro := more
	euro.Unit = kpi.Money("EUR", 2)
	to.Actions = &euro
	to.Preparation.History = plan.History{}
	s, err = plan.Compare(from, to)
	if err != nil || !slices.Contains(codes(s.Findings), "two_currencies") || s.Goals[0].Odds.To.Chance.Reason() != kpi.NoData || s.Sides.To.Use.Reason() != kpi.NotApplicable {
		t.Errorf("%+v, %v", s, err)
	}
	to.Preparation.History = plan.History{Grain: calendar.Yearly, Figures: []kpi.Figure{won("team", "2025", 5)}}
	if s, err = plan.Compare(from, to); err != nil || s.Goals[0].Odds.To.Chance.Reason() != kpi.NotApplicable {
		t.Errorf("a quarter of years: %+v, %v", s.Goals[0].Odds, err)
	}
	for _, f := range s.Findings {
		for _, lang := range []string{"en", "zh"} {
			if text := plan.Findings().Text(f, lang); text == f.Code+" "+f.Subject {
				t.Errorf("no sentence for %s", f.Code)
			}
		}
	}
}

func TestWordsOfThisSide(t *testing.T) {
	words(t, plan.ByOpportunity, plan.ByGap, plan.ByImportance)
	words(t, plan.OfTerms, plan.OfDriver, plan.OfStrategy)
}

func BenchmarkScenario(b *testing.B) {
	a := plan.Side{Plan: with(b, action.Compound), Aims: []action.Aim{made(b, 100)}}
	to := plan.Side{Plan: with(b, action.Compound), Aims: []action.Aim{made(b, 100)}}
	for i := range 8 {
		s := strategy(fmt.Sprint("s", i), action.Lever(1+i%3), int64(1+i))
		s.Start = s.Start.Add(7 * i)
		to.Plan.Actions.Strategies = append(to.Plan.Actions.Strategies, s)
	}
	for b.Loop() {
		compare(b, a, to)
	}
}

// BenchmarkDiff compares a plan of 1,000 sellers, 12 months, 20 goals and
// 5,000 actions with one in which every cell and every action differs.
func BenchmarkDiff(b *testing.B) {
	from, in := largePlan(b, 1000, 20)
	from, _ = withActions(from, in, 1000, 5000)
	to := from.Sorted()
	for i, g := range to.Goals {
		next, err := to.Breakdowns[i].Edit(target.Edit{Owner: "co", Period: g.Period, Value: kpi.Int(13_000_000)})
		if err != nil {
			b.Fatal(err)
		}
		to.Breakdowns[i], to.Goals[i] = next, next.Goal()
	}
	for i := range to.Actions.Actions {
		to.Actions.Actions[i].Due = to.Actions.Actions[i].Due.Add(1)
	}
	b.Run("Changed", func(b *testing.B) {
		for b.Loop() {
			if found, err := plan.Changed(from, to); err != nil || len(found) < 25_000 {
				b.Fatal(len(found), err)
			}
		}
	})
	d, err := plan.DiffOf(from, to)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("Apply", func(b *testing.B) {
		for b.Loop() {
			if _, err := from.Apply(d); err != nil {
				b.Fatal(err)
			}
		}
	})
}
