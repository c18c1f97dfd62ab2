package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"github.com/saleskpi/saleskpi/target"
)

// smart is a goal of 90,000 that passes all five letters, and its evidence: 20 %
// more than the 75,000 of the year before, as in five years (see fiveYears).
// With Student's t of 14 degrees, the base of 85,000 lies under the 85,512 that
// are reached with 0.75 (t = −0.6924), the stretch of 94,000 between the 92,020
// of 0.30 (t = 0.5366) and the 96,568 of 0.10 (t = 1.3450).
func smart(t *testing.T) (target.Goal, target.Evidence) {
	t.Helper()
	m := metric()
	m.Population = "won deals"
	catalog, err := kpi.NewCatalog(m)
	must(t, err)
	g := goal()
	g.Base, g.Stretch, g.Baseline = kpi.Int(85000), kpi.Int(94000), kpi.Int(75000)
	h := fiveYears()
	return g, target.Evidence{Catalog: catalog, Measures: []string{"won_value"}, Past: target.Past{Grain: h.Grain, Actuals: h.Figures},
		Breakdown: quarter(t).Breakdowns[0], Checkpoints: []target.Checkpoint{{Day: day("2026-02-14")}}}
}

// letters assesses the goal with a change, and gives its letters that do not
// pass, with what is found against each.
func letters(t *testing.T, change func(*target.Goal, *target.Evidence)) (string, target.Assessment) {
	t.Helper()
	g, e := smart(t)
	change(&g, &e)
	a, err := target.Assess(g, e)
	must(t, err)
	var failing []string
	for _, l := range []struct {
		name string
		target.Criterion
	}{{"specific", a.Specific}, {"measurable", a.Measurable}, {"achievable", a.Achievable}, {"relevant", a.Relevant}, {"time-bound", a.TimeBound}} {
		if l.Verdict != target.Pass {
			failing = append(failing, fmt.Sprintf("%s %v: %s", l.name, l.Verdict, strings.Join(codes(l.Findings), " ")))
		}
	}
	return strings.Join(failing, "; "), a
}

// fails wants letters not to pass, and the finding against one of them to say
// what is wrong or what would pass, or where that is plain whose it is, in both
// languages.
func fails(t *testing.T, why, want string, change func(*target.Goal, *target.Evidence), of func(target.Assessment) target.Criterion, arg, says string) {
	t.Helper()
	got, a := letters(t, change)
	if got != want {
		t.Errorf("%s: %q, want %q", why, got, want)
	}
	f := of(a).Findings[0]
	if arg == "subject" && f.Subject != says || arg != "subject" && f.Args[arg] != says {
		t.Errorf("%s: %+v, want %s %q", why, f, arg, says)
	}
	for _, lang := range []string{"en", "zh"} {
		if text := target.Findings().Text(f, lang); !strings.Contains(text, says) || strings.HasPrefix(text, f.Code) {
			t.Errorf("%s: %q does not say %q", why, text, says)
		}
	}
}

func untouched(*target.Goal, *target.Evidence) {}

// passes wants all five letters to pass, and gives the assessment.
func passes(t *testing.T) target.Assessment {
	t.Helper()
	failing, a := letters(t, untouched)
	if failing != "" || a.Verdict() != target.Pass {
		t.Errorf("%s, %v", failing, a.Verdict())
	}
	return a
}

// "Sell more" is no goal: neither is growth without a rate.
func specific(t *testing.T) {
	passes(t)
	of := func(a target.Assessment) target.Criterion { return a.Specific }
	fails(t, "grow, but by how much", "specific fail: goal_incomplete",
		func(g *target.Goal, _ *target.Evidence) { g.Growth = target.Growth{Over: "2025-Q1"} }, of, "field", "growth.rate")
	fails(t, "sell more", "specific fail: goal_incomplete; achievable warn: no_outlook",
		func(g *target.Goal, _ *target.Evidence) { g.Target = kpi.Value{} }, of, "field", "target")
}

// What is not counted is not measured. What is, is looked at every month:
// January brought 29,000 of 30,000, February 31,500 of 30,000.
func measurable(t *testing.T) {
	passes(t)
	fails(t, "nobody counts won value", "measurable fail: measures_missing",
		func(_ *target.Goal, e *target.Evidence) { e.Measures = []string{} },
		func(a target.Assessment) target.Criterion { return a.Measurable }, "subject", "q1")
	r := review(t, quarter(t), plan.Input{AsOf: day("2026-02-28"), Known: period("2026-Q1"), Actuals: []kpi.Figure{
		won("ann", "2026-01", 21000), won("bo", "2026-01", 8000), won("ann", "2026-02", 20500), won("bo", "2026-02", 11000)}})
	months := r.Goals[0].Owners[0].Periods
	amount(t, "January", months[0].Attainment, kpi.Frac(29, 30))
	amount(t, "February", months[1].Attainment, kpi.Frac(21, 20))
}

// Neither too high nor too low, by the history of fiveYears. Of an amount x the
// chance is that of a t of at least (ln(x ÷ 90,000) ÷ d + 0.201453) ÷ 1.223184.
//
//	90,000   t = 0.164696: 0.4358 passes
//	97,500   t = 1.505909: 0.0772 is too high; 0.40 passes, 90,000 × e^( 0.114388·d) = 90,503.696
//	80,000   t = −1.808903: 0.9540 is too low; 0.80 passes, 90,000 × e^(−1.263244·d) = 84,620.436
func achievable(t *testing.T) {
	near(t, "chance", passes(t).Chance, 0.4358, 0.0001)
	of := func(a target.Assessment) target.Criterion { return a.Achievable }
	fails(t, "30 % more", "achievable fail: target_too_high",
		func(g *target.Goal, _ *target.Evidence) { g.Target, g.Stretch = kpi.Int(97500), kpi.Value{} }, of, "passes", "90,503.69 USD")
	fails(t, "hardly more than last year", "achievable warn: target_too_low",
		func(g *target.Goal, _ *target.Evidence) { g.Target, g.Base = kpi.Int(80000), kpi.Value{} }, of, "passes", "84,620.44 USD")

	for x, want := range map[int64]float64{97500: 0.0772, 80000: 0.9540} {
		_, a := letters(t, func(g *target.Goal, _ *target.Evidence) {
			g.Target, g.Base, g.Stretch = kpi.Int(x), kpi.Value{}, kpi.Value{}
		})
		near(t, fmt.Sprint("chance of ", x), a.Chance, want, 0.00005)
	}
	_, e := smart(t)
	o, err := e.Past.Outlook(period("2026-Q1"))
	must(t, err)
	near(t, "P50", o.P50, 89119.728, 0.001) // e^(−0.201453·d)
	near(t, "P10", o.P10, 82245.626, 0.001) // e^(−1.846673·d)
	near(t, "P90", o.P90, 96568.369, 0.001) // e^( 1.443766·d)
}

// A goal serves what the company wants, and what it wants has a goal.
func relevant(t *testing.T) {
	passes(t)
	fails(t, "what for?", "relevant fail: objective_missing", func(g *target.Goal, _ *target.Evidence) { g.Objective = "" },
		func(a target.Assessment) target.Criterion { return a.Relevant }, "subject", "q1")
	p := quarter(t)
	p.Objectives = []plan.Objective{{ID: "grow", Name: "Grow"}, {ID: "green", Name: "Sell green products"}}
	warnings, err := p.Ready()
	must(t, err)
	if f := found(t, warnings, "objective_without_goal"); f.Subject != "green" {
		t.Errorf("%+v", f)
	}
	g := goal()
	g.ID, g.Metric, g.Objective = "green", "green_value", "green"
	p.Metrics, p.Goals = append(p.Metrics, kpi.Metric{ID: "green_value", Unit: kpi.Money("USD", 2)}), append(p.Goals, g)
	if warnings, err = p.Ready(); err != nil || strings.Contains(fmt.Sprint(codes(warnings)), "objective_without_goal") {
		t.Errorf("%v, %v", codes(warnings), err)
	}
}

// By when, and by month: half a month is no period that can be compared.
func timeBound(t *testing.T) {
	passes(t)
	of := func(a target.Assessment) target.Criterion { return a.TimeBound }
	odd, err := calendar.Through(day("2026-01-15"), day("2026-03-31"))
	must(t, err)
	fails(t, "from the middle of January", "achievable warn: too_few_pairs; time-bound fail: goal_off_boundary",
		func(g *target.Goal, _ *target.Evidence) { g.Period = odd }, of, "passes", "2026-Q1")
	fails(t, "a quarter in one piece", "time-bound warn: not_broken_down",
		func(_ *target.Goal, e *target.Evidence) { e.Breakdown = nil }, of, "subject", "q1")
}

// "20 % more next quarter" is SMART: over 75,000 it is 90,000, resolved once.
func twentyPercentMore(t *testing.T) {
	g, e := smart(t)
	g.Target, g.Base, g.Stretch = kpi.Value{}, kpi.Value{}, kpi.Value{}
	g.Growth = target.Growth{Over: "won in 2025-Q1", Rate: kpi.Frac(1, 5)}
	m, _ := e.Catalog.Lookup("won_value")
	resolved, err := g.Resolve(m, day("2025-12-20"))
	must(t, err)
	amount(t, "20 % more than 75,000", resolved.Target, kpi.Int(90000))
	a, err := target.Assess(resolved, e)
	must(t, err)
	same(t, "SMART", []target.Verdict{a.Specific.Verdict, a.Measurable.Verdict, a.Achievable.Verdict, a.Relevant.Verdict, a.TimeBound.Verdict},
		[]target.Verdict{target.Pass, target.Pass, target.Pass, target.Pass, target.Pass})
	amount(t, "growth asked for", a.Needed, kpi.Frac(1, 5))
}

// No guessing: what the last five years say, to the thousand.
//
//	base     0.75: t = −0.6924, 90,000 × e^(−1.048407·d) = 85,512
//	target   0.55: t = −0.1280, 90,000 × e^(−0.357973·d) = 88,442
//	stretch  0.20: t =  0.8681, 90,000 × e^( 0.860337·d) = 93,858
func targetsFromData(t *testing.T) {
	p := quarter(t)
	p.Preparation.History = fiveYears()
	proposal, err := p.Propose("q1", period("2026-Q1"), nil, target.Odds{}, kpi.Int(1000))
	must(t, err)
	same(t, "proposal", []kpi.Value{proposal.Base, proposal.Target, proposal.Stretch}, []kpi.Value{kpi.Int(86000), kpi.Int(88000), kpi.Int(94000)})
}

// ann takes 50,000 of 60,000 and bo all of 30,000: the team lacks 10,000.
func participation(t *testing.T) {
	p := quarter(t)
	says := func(owner string, amount int64) target.Commitment {
		return target.Commitment{Owner: owner, Period: period("2026-Q1"), Amount: kpi.Int(amount), Day: day("2025-12-01"), Author: owner}
	}
	p.Commitments = []plan.Commitments{{Goal: "q1", Commitments: []target.Commitment{says("ann", 50000), says("bo", 30000)}}}
	r, ok := p.Reconcile("q1")
	if !ok {
		t.Fatal("no reconciliation")
	}
	var gaps []string
	for _, g := range r.Gaps {
		gaps = append(gaps, fmt.Sprint(g.Owner, " ", g.Committed, " of ", g.Target, ", ", g.Gap, ": ", g.Answer))
	}
	same(t, "gaps", gaps, []string{"team 80000 of 90000, -10000: too_low", "ann 50000 of 60000, -10000: too_low", "bo 30000 of 30000, 0: accepted"})
	if _, ok := p.Reconcile("q9"); ok {
		t.Error("an unknown goal")
	}
	warnings, err := p.Ready()
	must(t, err)
	if f := found(t, warnings, "commitments_below"); f.Args["gap"] != "10,000.00 USD" {
		t.Errorf("%v", f.Args)
	}
}

// A quarter of 90,000 is months of 30,000, of which ann has 20,000. She has just
// all of her January, and with 16,000 in February the team has just half of the
// quarter, 45,000: each is told of once, and a meeting praises ann.
func stagesOfAGoal(t *testing.T) {
	p := quarter(t)
	p.Goals = append(p.Goals, target.Goal{ID: "january", Metric: "won_value", Owner: "ann", Period: period("2026-01"), Target: p.Breakdowns[0].Cell("ann", period("2026-01"))})
	r := review(t, p, plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: []kpi.Figure{won("ann", "2026-01", 20000), won("bo", "2026-01", 9000), won("ann", "2026-02", 16000)}})
	stage, _ := r.Goal("january")
	marks, _ := stage.Owners[0].Tracking.Crossed(target.DefaultMarks(), target.Told{})
	same(t, "January, 20 of 20", marks, []kpi.Value{kpi.Frac(1, 2), kpi.Frac(9, 10), kpi.Int(1)})
	whole, _ := r.Goal("q1")
	marks, told := whole.Owners[0].Tracking.Crossed(target.DefaultMarks(), target.Told{})
	same(t, "the quarter, 45 of 90", marks, []kpi.Value{kpi.Frac(1, 2)})
	again, _ := whole.Owners[0].Tracking.Crossed(target.DefaultMarks(), told)
	same(t, "told once", again, []kpi.Value{})
	var praise []string
	for _, item := range (plan.Meeting{Review: r}).Agenda() {
		if item.Topic == plan.Praise {
			praise = append(praise, item.Goal+" "+item.Owner)
		}
	}
	same(t, "praise", praise, []string{"january ann"})
}

// bo gets another territory in March: 10,000 become 16,000 and the quarter
// 96,000. The 72,000 are 80 % of the original and 75 % of the new target;
// February keeps the target it was closed with.
func flexibleAdjustment(t *testing.T) {
	first, err := target.Publish(target.Version{Breakdown: quarter(t).Breakdowns[0], Known: day("2025-12-20")})
	must(t, err)
	next, err := first.Revise(target.Revision{Effective: day("2026-03-01"), Known: day("2026-02-20"), Reason: "another territory",
		Edits: []target.Edit{{Owner: "bo", Period: period("2026-03"), Value: kpi.Int(16000)}}})
	must(t, err)
	s := next.Attainment("team", period("2026-Q1"), kpi.Int(72000), day("2026-03-20"), day("2026-03-20"))
	amount(t, "original", s.Original, kpi.Int(90000))
	amount(t, "of it", s.AgainstOriginal, kpi.Frac(80, 100))
	amount(t, "revised", s.InForce, kpi.Int(96000))
	amount(t, "of it", s.AgainstInForce, kpi.Frac(75, 100))
	amount(t, "February", next.Attainment("bo", period("2026-02"), kpi.Int(0), day("2026-03-20"), day("2026-03-20")).InForce, kpi.Int(10000))
	if _, err := next.Revise(target.Revision{Effective: day("2026-03-05"), Known: day("2026-03-05"), Edits: []target.Edit{{Owner: "bo", Period: period("2026-02"), Value: kpi.Int(1)}}}); len(check.All(err)) == 0 {
		t.Error("February is closed")
	}
}

// bo's deals of 25,000 and 15,000 against a quota of 30,000 pay 5 % up to the
// quota and 8 % above.
//
//	D1 25,000 × 5 % = 1,250
//	D2  5,000 × 5 % = 250 and 10,000 × 8 % = 800
//	    2,300
func commission(t *testing.T) {
	s := statement(t)
	amount(t, "payout", s.Payout, kpi.Int(2300))
	amount(t, "attainment", s.Components[0].Attainment, kpi.Frac(4, 3))
	of := map[string]kpi.Value{}
	for _, line := range s.Lines {
		of[line.Credit] = of[line.Credit].Or(kpi.Int(0)).Add(line.Paid)
	}
	amount(t, "D1", of["D1"], kpi.Int(1250))
	amount(t, "D2", of["D2"], kpi.Int(1050))
}

func statement(t *testing.T) incentive.Statement {
	t.Helper()
	pay := incentive.Plan{ID: "p", Unit: kpi.Money("USD", 2), Components: []incentive.Component{{ID: "commission", By: incentive.ByAttainment,
		Tiers: []incentive.Tier{{Name: "base", From: kpi.Int(0), Rate: kpi.Frac(5, 100)}, {Name: "more", From: kpi.Int(1), Rate: kpi.Frac(8, 100)}}}}}
	s, err := pay.Statement(incentive.Input{Payee: "bo", Period: period("2026-Q1"), Results: []incentive.Result{{Component: "commission", Quota: kpi.Int(30000)}},
		Credits: []incentive.Credit{{ID: "D1", Day: day("2026-01-20"), Amount: kpi.Int(25000)}, {ID: "D2", Day: day("2026-02-20"), Amount: kpi.Int(15000)}}})
	must(t, err)
	return s
}
