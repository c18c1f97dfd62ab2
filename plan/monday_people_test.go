package plan_test

import (
	"fmt"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"github.com/saleskpi/saleskpi/target"
)

// about gives the codes of what is found about somebody.
func about(findings []check.Finding, subject string) []string {
	list := []string{}
	for _, f := range findings {
		if f.Subject == subject {
			list = append(list, f.Code)
		}
	}
	return list
}

// ann has 60,000, sold 61,000 and 55,000 and can carry 100,800: fair. bo has
// 30,000, and can do 1/2 × 800 × 63 = 25,200; he sold 18,000, at most 19,000, and
// 30,000 are 67 % more.
func quotaFair(t *testing.T) {
	bo := target.Capacity{People: kpi.Int(1), Ramp: kpi.Frac(1, 2), Productivity: kpi.Int(800), WorkDays: kpi.Int(63)}
	lint, err := quarter(t).Breakdowns[0].Lint(target.Facts{Capacity: target.Weights{"ann": kpi.Int(100800), "bo": bo.Amount()}, Actuals: []kpi.Figure{
		won("ann", "2025-Q3", 61000), won("ann", "2025-Q4", 55000), won("bo", "2025-Q3", 19000), won("bo", "2025-Q4", 18000)}}, target.Limits{})
	must(t, err)
	same(t, "ann", about(lint, "ann"), []string{})
	same(t, "bo", about(lint, "bo"), []string{"over_capacity", "far_above_history", "above_own_best"})
	if f := found(t, lint, "over_capacity"); f.Args["capacity"] != "25,200.00 USD" || f.Args["target"] != "30,000.00 USD" {
		t.Errorf("%v", f.Args)
	}
	if f := found(t, lint, "far_above_history"); f.Args["last"] != "18,000.00 USD" || f.Args["growth"] != "66.7 %" {
		t.Errorf("%v", f.Args)
	}
}

// ann sold 50,000 of 40,000, 10,000 more than asked, and now has 60,000: 20,000
// more, twice what she gave. bo sold 31,000 of 29,000, and of his 2,000 one half
// is taken back, which is the limit.
func punishedForLastYear(t *testing.T) {
	lint, err := quarter(t).Breakdowns[0].Lint(target.Facts{Targets: []kpi.Figure{won("ann", "2025-Q4", 40000), won("bo", "2025-Q4", 29000)},
		Actuals: []kpi.Figure{won("ann", "2025-Q4", 50000), won("bo", "2025-Q4", 31000)}}, target.Limits{})
	must(t, err)
	f := found(t, lint, "ratchet")
	if f.Subject != "ann" || f.Args["share"] != "200.0 %" || f.Args["over"] != "10,000.00 USD" {
		t.Errorf("%+v", f)
	}
	same(t, "bo", about(lint, "bo"), []string{})
}

// Of two pairs one differs. Each of ann and bo won 8 of 15. cy won 40 of 50 and
// dan 15 of 50: 0.8 − 0.3 = 0.5. By Wilson 0.8 lies in 0.669629 … 0.887563 and 0.3
// in 0.191036 … 0.437504, so by Newcombe the difference in
//
//	0.5 − √(0.130371² + 0.137504²) = 0.310517 to 0.5 + √(0.087563² + 0.108964²) = 0.639787
func differenceReal(t *testing.T) {
	compare := func(won, of map[string]int) funnel.Comparison {
		d := noDeals(t)
		for owner, n := range of {
			for i := range n {
				id := fmt.Sprintf("%s%02d", owner, i)
				d.open(id, owner, 1000, 50, day("2026-01-02").Add(i%20), day("2026-03-20"))
				end := "lost"
				if i < won[owner] {
					end = "won"
				}
				d.end(id, end, day("2026-01-22").Add(i%20))
			}
		}
		a, err := funnel.Analyze(d.Histories, d.question("2026-02-14"))
		must(t, err)
		parts, _, err := a.By(func(d funnel.Deal) (string, bool) { return d.Owner, true })
		must(t, err)
		c, err := funnel.Compare(parts, funnel.CompareRule{Within: 30})
		must(t, err)
		return c
	}
	alike := compare(map[string]int{"ann": 8, "bo": 8}, map[string]int{"ann": 15, "bo": 15})
	for _, p := range alike.Parts {
		amount(t, p.Key, p.WinRate.Difference.Difference, kpi.Int(0))
		if p.WinRate.Verdict != kpi.WithinChance {
			t.Errorf("%s: %v", p.Key, p.WinRate.Verdict)
		}
	}
	found(t, alike.Findings, "within_chance")

	c := compare(map[string]int{"cy": 40, "dan": 15}, map[string]int{"cy": 50, "dan": 50})
	cy := c.Parts[0].WinRate
	amount(t, "cy above dan", cy.Difference.Difference, kpi.Frac(1, 2))
	near(t, "low", cy.Low, 0.310517, 0.000001)
	near(t, "high", cy.High, 0.639787, 0.000001)
	if cy.Verdict != kpi.Distinguishable || len(c.Findings) != 0 {
		t.Errorf("%v, q %v, %v", cy.Verdict, cy.Q, codes(c.Findings))
	}
}

// Of two trainings one shows: the webinar's ten went from 50 to 55 like those
// who had none. Nothing is said to have been brought about.
func didTheTrainingWork(t *testing.T) {
	webinar := trained()
	webinar.ID, webinar.Units = "webinar", nil
	for _, other := range webinar.Others {
		other.ID = "webinar " + other.ID
		webinar.Units = append(webinar.Units, other)
	}
	c := plan.Closing{Owner: "team", Cases: []action.Case{trained(), webinar}}
	c.AsOf = day("2026-03-31")
	e, err := quarter(t).Evaluate(c)
	must(t, err)
	trainingBy(t, e.Changes[0])
	amount(t, "the webinar's net", e.Changes[1].Net, kpi.Int(0))
	if e.Changes[1].Verdict != kpi.WithinChance {
		t.Errorf("%v", e.Changes[1].Verdict)
	}
	alone, err := action.Evaluate([]action.Case{trained()}, kpi.Confidence{})
	must(t, err)
	trainingBy(t, alone[0])
}

// bo 2,300, as commission has it. ann's 20,000 at 5 % are 1,000, of which half
// is held until the customer has paid: 500 are owed now, 500 later.
func whoIsOwedWhat(t *testing.T) {
	amount(t, "bo", statement(t).Payout, kpi.Int(2300))
	pay := incentive.Plan{ID: "p", Unit: kpi.Money("USD", 2), Components: []incentive.Component{{ID: "commission", Tiers: []incentive.Tier{{From: kpi.Int(0), Rate: kpi.Frac(5, 100)}}}}}
	pay.Components[0].Hold.Share = kpi.Frac(1, 2)
	s, err := pay.Statement(incentive.Input{Payee: "ann", Period: period("2026-Q1"), Credits: []incentive.Credit{{ID: "D3", Day: day("2026-03-01"), Amount: kpi.Int(20000)}}})
	must(t, err)
	same(t, "ann", []kpi.Value{s.Totals.Earned, s.Totals.Held, s.Payout}, []kpi.Value{kpi.Int(1000), kpi.Int(500), kpi.Int(500)})
}

// bo lacks 1,000 of the 30,000 for the trip, and is the nearest, but the quarter
// is over. For the promotion he lacks one grade A, and a quarter is to come.
func nearAReward(t *testing.T) {
	d := trip(t)
	if f := found(t, d.Findings, "reward_earned"); f.Subject != "ann" {
		t.Errorf("%+v", f)
	}
	if f := found(t, d.Findings, "reward_nearest_closed"); f.Subject != "bo" {
		t.Errorf("%+v", f)
	}
	amount(t, "lacks", d.Candidates[1].Conditions[0].Gap, kpi.Int(1000))
	if f := found(t, senior(t).Findings, "reward_nearest"); f.Subject != "bo" || f.Args["missing"] != "1" {
		t.Errorf("%+v", f)
	}
}

// Half of the card is satisfaction, which nobody has counted: without it there
// is no score. With 64 of 80 it is 0.5 × 90 + 0.5 × 80 = 85.
func scoreMissing(t *testing.T) {
	s, err := scorecard.New(scorecard.Definition{ID: "q1", Items: []scorecard.Item{{Metric: "revenue", Weight: kpi.Frac(1, 2)}, {Metric: "csat", Weight: kpi.Frac(1, 2), Target: kpi.Int(1)}}})
	must(t, err)
	results := []scorecard.Result{{Metric: "revenue", Actual: kpi.Int(90), Target: kpi.Int(100)}}
	card, err := s.Score("bo", period("2026-Q1"), results)
	must(t, err)
	why, err := s.Explain(card)
	must(t, err)
	same(t, "missing", why.Missing, []scorecard.MissingItem{{Metric: "csat", Reason: kpi.NoData, Treatment: scorecard.MakeUndefined, Weight: kpi.Frac(1, 2)}})
	if card.Score.Defined() {
		t.Errorf("%v", card.Score)
	}
	card, err = s.Score("bo", period("2026-Q1"), append(results, scorecard.Result{Metric: "csat", Actual: kpi.Frac(64, 80)}))
	must(t, err)
	amount(t, "with it", card.Score, kpi.Int(85))
	why, err = s.Explain(card)
	must(t, err)
	same(t, "nothing is missing", why.Missing, []scorecard.MissingItem{})
}

// Two of four sellers are at quota, one has none.
//
//	        won   of    attainment
//	ann     120   100   1.2
//	bo      100   100   1
//	cy       90   100   0.9
//	dan     150   300   0.5
//	eve      10     –
//	        460   600   mean 3.6 ÷ 4 = 0.9, median 0.95, pooled 23/30
func sellersAtQuota(t *testing.T) {
	var trackings []target.Tracking
	for _, s := range []struct {
		owner       string
		won, target int64
	}{{"ann", 120, 100}, {"bo", 100, 100}, {"cy", 90, 100}, {"dan", 150, 300}} {
		trackings = append(trackings, target.Tracking{Owner: s.owner, Actual: kpi.Int(s.won), Target: kpi.Int(s.target), Attainment: kpi.Frac(s.won, s.target)})
	}
	trackings = append(trackings, target.Tracking{Owner: "eve", Actual: kpi.Int(10), Attainment: kpi.Undefined(kpi.NoTarget)})
	d := target.Distribute(kpi.HigherIsBetter, trackings, target.DefaultEdges())
	same(t, "share, mean, median, pooled", []kpi.Value{d.MetShare, d.Mean, d.Median, d.Pooled}, []kpi.Value{kpi.Frac(1, 2), kpi.Frac(9, 10), kpi.Frac(95, 100), kpi.Frac(23, 30)})
	same(t, "under 50, 80, 100, 120 % and over", d.Bands, []int{0, 1, 1, 1, 1})
	same(t, "best first", d.BestFirst, []string{"ann", "bo", "cy", "dan"})
	if d.Met != 2 || d.Owners != 4 || d.LeftOut != 1 {
		t.Errorf("%d of %d, %d left out", d.Met, d.Owners, d.LeftOut)
	}
}
