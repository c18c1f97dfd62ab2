package incentive_test

import (
	"encoding/json"
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

// After the first quarter was paid, one of its deals turns out to be larger.
// The quarter is computed again, and the difference goes with the next one.
func ExamplePlan_Restate() {
	plan := seller()
	first := incentive.Input{
		Payee: "li", Period: calendar.Calendar{}.MustParse("2026-Q1"),
		Results: []incentive.Result{{Component: "commission", Quota: kpi.Int(100_000)}},
		Credits: []incentive.Credit{{ID: "D-1", Day: calendar.MustDay("2026-01-20"), Amount: kpi.Int(90_000)}},
	}
	posted, err := plan.Statement(first)
	if err != nil {
		fmt.Println(err)
		return
	}
	first.Credits = []incentive.Credit{{ID: "D-1", Day: calendar.MustDay("2026-01-20"), Amount: kpi.Int(110_000)}}
	change, err := plan.Restate([]incentive.Statement{posted}, []incentive.Input{first})
	if err != nil {
		fmt.Println(err)
		return
	}
	second, err := plan.Statement(incentive.Input{
		Payee: "li", Period: calendar.Calendar{}.MustParse("2026-Q2"),
		Results: []incentive.Result{{Component: "commission", Quota: kpi.Int(100_000)}},
		Opening: change.Closing, Corrections: change.Lines,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("posted", posted.Payout, "corrected by", change.Amount, "paid now", second.Payout)
	for _, note := range second.Notes() {
		fmt.Println(incentive.Findings().Text(note, "en"))
		fmt.Println(incentive.Findings().Text(note, "zh"))
	}
	// Output:
	// posted 2250 corrected by 650 paid now 650
	// D-1: corrects 2026-01-01–2026-03-31 by 800.00 USD; 400.00 USD is paid with this statement.
	// D-1：更正 2026-01-01–2026-03-31 的计算，差额 800.00 USD，随本期发放 400.00 USD。
	// D-1: corrects 2026-01-01–2026-03-31 by 500.00 USD; 250.00 USD is paid with this statement.
	// D-1：更正 2026-01-01–2026-03-31 的计算，差额 500.00 USD，随本期发放 250.00 USD。
}

// The deal of two sellers: their hard credit is the deal. The specialist's
// overlay credit stands apart.
func ExampleCredit_SplitAmong() {
	deal := incentive.Credit{ID: "D-7", Day: calendar.MustDay("2026-02-03"), Amount: kpi.Int(90_000)}
	credits, err := deal.SplitAmong([]incentive.Split{
		{Payee: "li", Share: kpi.Frac(2, 3)},
		{Payee: "wang", Share: kpi.Frac(1, 3)},
		{Payee: "chen", Share: kpi.Int(1), Overlay: true},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range credits {
		fmt.Println(c.Payee, c.Amount.Mul(c.Share), c.Overlay)
	}
	_, err = deal.SplitAmong([]incentive.Split{{Payee: "li", Share: kpi.Frac(2, 3)}})
	fmt.Println(err)
	// Output:
	// li 60000 false
	// wang 30000 false
	// chen 90000 true
	// incentive.SplitAmong: splits: shares not one "2/3": invalid
}

// A plan that looks generous and is not: 6 % of everything, 8 % of everything
// from the quota on, and less again for the stars.
func ExampleLint() {
	plan := incentive.Plan{ID: "stars", Unit: kpi.Money("USD", 2), Components: []incentive.Component{{
		ID: "commission", By: incentive.ByAttainment, Mode: incentive.Whole,
		Tiers: []incentive.Tier{
			{From: kpi.Frac(1, 2), To: kpi.Int(1), Rate: kpi.Frac(6, 100)},
			{From: kpi.Int(1), Rate: kpi.Frac(8, 100)},
			{From: kpi.Int(2), Rate: kpi.Frac(7, 100)},
		},
	}}}
	trial := incentive.Trial{
		Results: []incentive.Result{{Component: "commission", Quota: kpi.Int(100_000)}},
		Past:    []incentive.Past{{Component: "commission"}},
		Payees:  12, Budget: kpi.Int(60_000), MostRate: kpi.Frac(75, 1000),
	}
	for _, percent := range []int64{31, 48, 62, 70, 77, 84, 90, 97, 101, 108, 115, 140} {
		trial.Past[0].Attainments = append(trial.Past[0].Attainments, kpi.Frac(percent, 100))
	}
	report, err := incentive.Lint(plan, trial)
	if err != nil {
		fmt.Println(err)
		return
	}
	c := report.Components[0]
	for _, at := range []incentive.PayAt{c.P10, c.P50, c.P90} {
		fmt.Println(kpi.Share(1).Text(at.Attainment), "pays", plan.Unit.Text(at.Pay))
	}
	for _, f := range report.Findings {
		fmt.Println(f.Severity, incentive.Findings().Text(f, "en"))
	}
	// Output:
	// 49.4 % pays 0.00 USD
	// 87.0 % pays 5,220.00 USD
	// 114.3 % pays 9,144.00 USD
	// warning commission jumps by 3,000.00 USD at 50,000 (50 %): 0.00 USD just short of it, 3,000.00 USD there. Deals will be moved over that line.
	// warning commission jumps by 2,000.00 USD at 100,000 (100 %): 6,000.00 USD just short of it, 8,000.00 USD there. Deals will be moved over that line.
	// warning commission pays 8 % of each further unit from 100,000 (100 %) to 200,000 (200 %); at most 7.5 % is wanted.
	// critical commission falls by 2,000.00 USD at 200,000 (200 %): more is sold and less is paid.
	// critical As the past was, stars would cost 65,920.00 USD for 12 payees, 5,920.00 USD over the budget of 60,000.00 USD.
}

// What the next deal pays, for a seller who asks.
func ExamplePlan_Profile() {
	plan := incentive.Plan{ID: "p", Unit: kpi.Money("USD", 2), Components: []incentive.Component{{
		ID: "commission", By: incentive.ByAttainment,
		Tiers: []incentive.Tier{{From: kpi.Int(0), Rate: kpi.Frac(5, 100)}, {From: kpi.Int(1), Rate: kpi.Frac(8, 100)}},
		Limit: incentive.Limit{Cap: kpi.Int(9_000)},
	}}}
	segments, err := plan.Profile(incentive.Result{Component: "commission", Quota: kpi.Int(100_000)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range segments {
		fmt.Println("from", s.From, "at", s.Pay, "each further dollar pays", s.Rate)
	}
	// Output:
	// from 0 at 0 each further dollar pays 0.05
	// from 100000 at 5000 each further dollar pays 0.08
	// from 150000 at 9000 each further dollar pays 0
}

// A promotion: grade A in two quarters of the year, and at least 300,000 in
// total. Marks come from the scorecard of each quarter and from revenue.
func ExampleReward_Decide() {
	quarters := []calendar.Period{}
	for _, label := range []string{"2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"} {
		quarters = append(quarters, calendar.Calendar{}.MustParse(label))
	}
	year := calendar.Calendar{}.MustParse("2026")
	promotion := incentive.Reward{ID: "senior", Conditions: []incentive.Condition{
		{Score: "sales_rep", Grades: []string{"A"}, Periods: quarters, Times: 2},
		{Score: "won_value", Level: kpi.Int(300_000), Periods: []calendar.Period{year}},
	}}
	var marks []incentive.Mark
	for owner, grades := range map[string]string{"li": "ABA", "wang": "BAB", "zhao": "BBC"} {
		for i, grade := range grades { // the fourth quarter is not over
			marks = append(marks, incentive.Mark{Owner: owner, Score: "sales_rep", Period: quarters[i], Grade: string(grade)})
		}
	}
	for owner, won := range map[string]int64{"li": 340_000, "wang": 310_000, "zhao": 280_000} {
		marks = append(marks, incentive.Mark{Owner: owner, Score: "won_value", Period: year, Value: kpi.Int(won)})
	}
	decision, err := promotion.Decide(marks, map[string]string{"chen": "joined in May"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range decision.Findings {
		fmt.Println(incentive.Findings().Text(f, "en"))
	}
	for _, c := range decision.Candidates {
		for _, why := range c.Why(calendar.Calendar{}) {
			fmt.Println(c.Owner+":", incentive.Findings().Text(why, "en"))
		}
	}
	for _, out := range decision.Ineligible {
		fmt.Println(out.Owner, "is not eligible:", out.Reason)
	}
	// Output:
	// li earns senior.
	// wang is nearest to senior; good marks lacking: 1, and they may still come.
	// li: sales_rep A in 2 of 4 periods, 2 needed: 2026-Q1 A ✓, 2026-Q2 B, 2026-Q3 A ✓, 2026-Q4 ….
	// li: won_value reached 300,000 in 1 of 1 periods, 1 needed: 2026 340,000 ✓.
	// wang: sales_rep A in 1 of 4 periods only, 2 needed, 1 still to come: 2026-Q1 B, 2026-Q2 A ✓, 2026-Q3 B, 2026-Q4 ….
	// wang: won_value reached 300,000 in 1 of 1 periods, 1 needed: 2026 310,000 ✓.
	// zhao: sales_rep A in 0 of 4 periods only, 2 needed, 1 still to come: 2026-Q1 B, 2026-Q2 B, 2026-Q3 C, 2026-Q4 ….
	// zhao: won_value reached 300,000 in 0 of 1 periods only, 1 needed, 0 still to come: 2026 280,000.
	// chen is not eligible: joined in May
}

// Two settlements a month.
func ExampleHalfMonths() {
	for _, half := range incentive.HalfMonths(calendar.Calendar{}.MustParse("2026-02")) {
		fmt.Println(half.Start(), "to", half.Last())
	}
	// Output:
	// 2026-02-01 to 2026-02-15
	// 2026-02-16 to 2026-02-28
}

// A new year begins with what is held and owed, and with nothing counted.
func ExamplePosition_NewYear() {
	december := incentive.Position{
		Components: []incentive.Standing{{Component: "commission", Credited: kpi.Int(410_000), Quota: kpi.Int(400_000)}},
		Draw:       kpi.Int(250),
	}
	january := december.NewYear()
	fmt.Println(len(january.Components), january.Draw)
	// Output:
	// 0 250
}

// A plan is data: admins keep it as JSON, and a typing error in it is an
// error with its place.
func ExamplePlan_UnmarshalJSON() {
	var plan incentive.Plan
	err := json.Unmarshal([]byte(`{"schema": "saleskpi/incentive/1", "id": "ae", "unit": {"money": 1, "currency": "USD", "scale": 2},
		"components": [{"id": "commission", "by": "attainment", "tiers": [{"from": 0, "rate": "0.05"}, {"from": 1, "rate": "0.08", "maximum": 9000}]}]}`), &plan)
	fmt.Println(err)
	// Output:
	// incentive.Plan: components[0].tiers[1].maximum: unknown field
}
