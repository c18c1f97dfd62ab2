package plan_test

import (
	"fmt"
	"log"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// team is a quarter of 90,000 for ann and bo, by month.
func team(amount int64) plan.Plan {
	q1 := calendar.Calendar{}.MustParse("2026-Q1")
	revenue := kpi.Metric{ID: "won_value", Name: "Revenue", Unit: kpi.Money("USD", 2)}
	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "team", Period: q1, Target: kpi.Int(amount), Objective: "grow"}
	months, err := target.BreakDown(goal, revenue, target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "team",
		Children: []target.Node{{ID: "ann", Weight: kpi.Int(2)}, {ID: "bo", Weight: kpi.Int(1)}}}})
	if err != nil {
		log.Fatal(err)
	}
	return plan.Plan{ID: "2026", Metrics: []kpi.Metric{revenue}, Objectives: []plan.Objective{{ID: "grow", Name: "Grow with the customers we have"}},
		Goals: []target.Goal{goal}, Breakdowns: []*target.Breakdown{months}}
}

// A plan from its draft through a revision: what was signed, which version
// holds on a day, and how one actual stands to both targets.
func ExampleDocument() {
	draft, err := plan.Draft(team(90000))
	if err != nil {
		log.Fatal(err)
	}
	mo := plan.Signature{By: "mo", Day: calendar.MustDay("2025-12-20")}
	if _, err := draft.Commit(mo); err != nil {
		fmt.Println(err)
	}
	warnings, err := draft.Plan().Ready()
	if err != nil {
		log.Fatal(err)
	}
	committed, err := draft.Commit(mo, plan.SignAll(mo, warnings)...)
	if err != nil {
		log.Fatal(err)
	}
	active, err := committed.Activate(plan.Signature{By: "mo", Day: calendar.MustDay("2026-01-01")})
	if err != nil {
		log.Fatal(err)
	}
	known, effective := calendar.MustDay("2026-02-20"), calendar.MustDay("2026-03-01")
	next, err := active.Plan().Revised("q1", target.Revision{Known: known, Effective: effective, Target: kpi.Int(96000)})
	if err != nil {
		log.Fatal(err)
	}
	revised, err := active.Revise(next, plan.Revision{Effective: effective, Signature: plan.Signature{By: "mo", Day: known, Reason: "a third seller"}})
	if err != nil {
		log.Fatal(err)
	}
	s := revised.Targets("q1").Attainment("team", next.Goals[0].Period, kpi.Int(72000), calendar.MustDay("2026-03-20"), calendar.MustDay("2026-03-20"))
	fmt.Println(revised.Phase(), len(revised.Versions()), "versions; of", s.Original, s.AgainstOriginal.Text(2, kpi.HalfEven), "and of", s.Prorated, s.AgainstProrated.Text(2, kpi.HalfEven))
	// Output:
	// plan.Commit: accepted: unsigned warning "q1" (args map[], code not_assessed): missing
	// active 2 versions; of 90000 0.80 and of 96000 0.75
}

func ExamplePlan_Ready() {
	p := team(90000)
	p.Objectives = append(p.Objectives, plan.Objective{ID: "satisfy", Name: "Satisfied customers"})
	p.Commitments = []plan.Commitments{{Goal: "q1", Commitments: []target.Commitment{
		{Owner: "ann", Period: p.Goals[0].Period, Amount: kpi.Int(50000), Day: calendar.MustDay("2025-12-10"), Author: "ann"}}}}
	warnings, err := p.Ready()
	if err != nil {
		log.Fatal(err)
	}
	for _, w := range warnings {
		fmt.Println(plan.Findings().Text(w, "en"))
	}
	// Output:
	// q1 has not been assessed: nobody knows whether it can be reached.
	// 1 of 2 owners have not committed to their part of q1.
	// The objective “Satisfied customers” has no goal.
}

func ExamplePlan_Reconcile() {
	p := team(90000)
	p.Commitments = []plan.Commitments{{Goal: "q1", Acceptance: target.Acceptance{Below: kpi.Frac(5, 100)}, Commitments: []target.Commitment{
		{Owner: "ann", Period: p.Goals[0].Period, Amount: kpi.Int(58000), Day: calendar.MustDay("2025-12-10"), Author: "ann"},
		{Owner: "bo", Period: p.Goals[0].Period, Amount: kpi.Int(24000), Day: calendar.MustDay("2025-12-11"), Author: "bo"}}}}
	r, _ := p.Reconcile("q1")
	for _, g := range r.Gaps {
		fmt.Println(g.Owner, g.Committed, "of", g.Target, g.Answer)
	}
	// Output:
	// team 82000 of 90000 too_low
	// ann 58000 of 60000 accepted
	// bo 24000 of 30000 too_low
}

// Six years of quarters that grow by 3 % a year say what a quarter of 90,000
// asks for.
func ExamplePlan_Assess() {
	catalog, err := kpi.NewCatalog(kpi.Metric{ID: "won_value", Name: "Revenue", Unit: kpi.Money("USD", 2), Population: "won deals"})
	if err != nil {
		log.Fatal(err)
	}
	past := target.Past{Grain: calendar.Quarterly}
	amount := 60000.0
	for year := 2020; year < 2026; year++ {
		for q := 1; q <= 4; q++ {
			past.Actuals = append(past.Actuals, kpi.Figure{Metric: "won_value", Owner: "team",
				Period: calendar.Calendar{}.MustParse(fmt.Sprintf("%d-Q%d", year, q)), Value: kpi.Int(int64(amount) + int64(q*100+year%3*500))})
		}
		amount *= 1.03
	}
	p, err := team(90000).Assess(map[string]target.Evidence{"q1": {Catalog: catalog, Measures: []string{"won_value"}, Past: past}})
	if err != nil {
		log.Fatal(err)
	}
	a := p.Assessments[0]
	fmt.Println(a.Verdict(), "- achievable:", a.Achievable.Verdict, "- growth asked for:", a.Needed.Text(2, kpi.HalfEven))
	_, err = p.Ready()
	fmt.Println(err)
	// Output:
	// fail - achievable: fail - growth asked for: 0.29
	// plan.Ready: assessments[0].achievable: smart failed "q1" (codes target_too_high, why The target of q1 is too high: a chance of 0.0 %, at least 40.0 % passes, that is 71,597.84 USD. Needed is a growth of 29.2 %, seen were 2.8 %., why_zh q1目标过高：达成概率0.0 %，至少应为40.0 %，即71,597.84 USD。需增长29.2 %，以往平均增长2.8 %。): infeasible
}

func ExampleDiffOf() {
	d, err := plan.DiffOf(team(90000), team(96000))
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range d.Cells[0].Diff.Changes[:3] {
		fmt.Println(c.Owner, c.Period.Start(), c.From, "→", c.To)
	}
	same, err := team(90000).Apply(d)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(same.Goals[0].Target)
	// Output:
	// ann 2026-01-01 20000 → 21333.34
	// ann 2026-02-01 20000 → 21333.33
	// ann 2026-03-01 20000 → 21333.33
	// 96000
}

func ExampleCompare() {
	bold := team(96000)
	bold.ID = "bold"
	s, err := plan.Compare(team(90000), bold)
	if err != nil {
		log.Fatal(err)
	}
	g := s.Goals[0]
	fmt.Println(g.Metric, g.Owner, g.Gap)
	for _, part := range g.ByOwner.Parts {
		fmt.Println(part.ID, part.Amount)
	}
	// Output:
	// won_value team 6000
	// ann 4000
	// bo 2000
}
