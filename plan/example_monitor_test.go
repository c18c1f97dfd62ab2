package plan_test

import (
	"encoding/json"
	"fmt"
	"log"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
)

func reviewed(p plan.Plan, asOf string, figures ...kpi.Figure) plan.Review {
	r, err := p.Review(plan.Input{AsOf: day(asOf), Known: p.Goals[0].Period, Actuals: figures})
	if err != nil {
		log.Fatal(err)
	}
	return r
}

// What is new, and what of January is not what it was.
func ExampleReview_Since() {
	before := reviewed(team(90000), "2026-02-07", won("ann", "2026-01", 25000))
	now := reviewed(team(90000), "2026-02-14", won("ann", "2026-01", 24000), won("bo", "2026-02", 6000))
	since, err := now.Since(before)
	if err != nil {
		log.Fatal(err)
	}
	line := since.Lines[0]
	fmt.Println(line.Owner, "actual", line.Actual, "= new", line.New, "+ restated", line.Restated, "- landing", line.Landing)
	for _, r := range since.Restated {
		fmt.Println(r.Owner, r.Period, r.From, "→", r.To)
	}
	// Output:
	// team actual 5000 = new 6000 + restated -1000 - landing -2500
	// team 2026-01-01/2026-02-01 25000 → 24000
	// ann 2026-01-01/2026-02-01 25000 → 24000
}

// A seller sees the own line and nothing of colleagues.
func ExampleReview_Of() {
	r := reviewed(team(90000), "2026-02-14", actuals()...)
	bo, ok := r.Of("bo")
	for _, o := range bo.Goals[0].Owners {
		fmt.Println(ok, o.Owner, o.Tracking.Actual, "of", o.Tracking.Target, o.Tracking.Status)
	}
	// Output: true bo 4000 of 30000 behind
}

// An alert is raised once, stands, and is over only beyond a margin.
func ExampleReview_Alerts() {
	rules := []plan.AlertRule{{ID: "behind", Signal: plan.Pace, Below: kpi.Frac(80, 100), Margin: kpi.Frac(5, 100), Severity: check.Critical}}
	var alerts []plan.Alert
	for _, bo := range []int64{11000, 12500, 13000} { // of 15,000 due
		r := reviewed(team(90000), "2026-02-14", won("ann", "2026-01", 40000), won("bo", "2026-01", bo))
		var err error
		if alerts, err = r.Alerts(rules, alerts); err != nil {
			log.Fatal(err)
		}
		for _, a := range alerts {
			fmt.Println(a.Owner, a.Value.Text(2, kpi.HalfEven), a.State)
		}
	}
	// Output:
	// bo 0.73 raised
	// bo 0.83 standing
	// bo 0.87 over
}

// With the earlier reviews at hand a status does not flicker: from behind it
// does not rise at once for being a hair over the threshold.
func ExampleReview_Stood() {
	before := reviewed(team(90000), "2026-02-07", won("ann", "2026-01", 20000), won("bo", "2026-01", 10000))
	in := plan.Input{AsOf: day("2026-02-14"), Known: team(90000).Goals[0].Period,
		Actuals: []kpi.Figure{won("ann", "2026-01", 20000), won("bo", "2026-01", 10000), won("ann", "2026-02", 10600)}, Earlier: before.Stood()}
	now, err := team(90000).Review(in)
	if err != nil {
		log.Fatal(err)
	}
	t := now.Goals[0].Owners[0].Tracking
	fmt.Println(before.Goals[0].Owners[0].Tracking.Status, "then", t.Pace.Text(3, kpi.HalfEven), t.Plain, "shown as", t.Status)
	// Output: behind then 0.902 at_risk shown as behind
}

// What was said, what was decided, and whether it was done.
func ExampleMinutes_Follow() {
	warnings, err := team(90000).Ready()
	if err != nil {
		log.Fatal(err)
	}
	mo := plan.Signature{By: "mo", Day: day("2025-12-20")}
	draft, err := plan.Draft(team(90000))
	if err != nil {
		log.Fatal(err)
	}
	document, err := draft.Commit(mo, plan.SignAll(mo, warnings)...)
	if err != nil {
		log.Fatal(err)
	}
	minutes := plan.Minutes{Plan: "2026",
		Feedback:  []plan.Feedback{{ID: "f1", Day: day("2026-02-10"), Author: "bo", Goal: "q1", Text: "the largest customer has been sold"}},
		Decisions: []plan.Decision{{ID: "d1", Signature: plan.Signature{By: "mo", Day: day("2026-02-14"), Reason: "customer sold"}, Answers: []string{"f1"}, Revision: day("2026-03-01")}}}
	followed, err := minutes.Follow(document, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(followed[0].Decision.ID, followed[0].Outcome, "- unanswered:", len(minutes.Unanswered()))
	// Output: d1 pending - unanswered: 0
}

// A playbook is data: a rule of one's own, read from JSON.
func ExamplePlaybook() {
	var book plan.Playbook
	err := json.Unmarshal([]byte(`{"schema":"saleskpi/playbook/1","id":"ours","rules":[{"id":"late_offers",
		"when":{"all":[{"finding":"goal_missed"},{"metric":{"metric":"sales_cycle","above":"1.5","of_usual":true}}]},
		"do":{"kind":"process","name":"Offers within a day","lever":"cycle","effect":"-0.2","confidence":"measured","source":"pilot 2025"}}]}`), &book)
	if err != nil {
		log.Fatal(err)
	}
	suggestions, err := book.Suggest(plan.Diagnosis{Owner: "team", Findings: []check.Finding{{Code: "goal_missed", Subject: "bo"}},
		Metrics: []kpi.Figure{figure("sales_cycle", "bo", "2026-Q1", kpi.Int(90))}, UsualEach: []kpi.Figure{figure("sales_cycle", "team", "2026-Q1", kpi.Int(50))}})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range suggestions {
		fmt.Println(s.Owner, s.Do.Name, s.Do.Lever, s.Do.Effect, s.Do.Confidence, len(s.Because))
	}
	// Output: bo Offers within a day cycle -0.2 measured 2
}

func ExampleColumns() {
	for _, c := range plan.Columns()[12:16] {
		fmt.Printf("%s (%s): %s\n", c.Name, c.Type, c.Meaning)
	}
	// Output:
	// target (amount): target in force
	// original (amount): target of the baseline
	// actual (amount): reached through the as-of day
	// attainment (ratio): actual against target
}
