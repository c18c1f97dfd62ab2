package plan_test

import (
	"fmt"
	"log"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// ahead is what ann and bo expect of the second quarter: 3 days of selling to
// a deal take nothing away here, leads × conversion × deal size are what comes.
func ahead(owner string, leads int64) action.LeverQuestion {
	formula, err := kpi.ParseFormula("leads * conversion * deal_size")
	if err != nil {
		log.Fatal(err)
	}
	driver := func(id string, l action.Lever, v kpi.Value) action.LeverDriver {
		return action.LeverDriver{Driver: action.Driver{ID: id, Lever: l, Value: v}}
	}
	return action.LeverQuestion{Goal: "q2", Owner: owner, Period: calendar.Calendar{}.MustParse("2026-Q2"), AsOf: calendar.MustDay("2026-03-31"),
		Target: kpi.Int(50_000), Actual: kpi.Int(0), Unit: kpi.Money("USD", 2), Formula: formula,
		Levers:    []action.LeverDriver{driver("leads", action.Leads, kpi.Int(leads)), driver("conversion", action.Conversion, kpi.Frac(1, 4)), driver("deal_size", action.DealSize, kpi.Int(4_000))},
		LeadTimes: []action.LeadTime{{Lever: action.Leads, Days: 30}, {Lever: action.Conversion, Days: 0}, {Lever: action.DealSize, Days: 0}}}
}

// Which suggestion first? With the drivers of what comes each has a worth in
// money of the goal.
func ExampleSuggestion_Compare() {
	q1 := calendar.Calendar{}.MustParse("2026-Q1")
	number := func(metric, owner string, v kpi.Value) kpi.Figure {
		return kpi.Figure{Metric: metric, Owner: owner, Period: q1, Value: v}
	}
	suggestions, err := plan.DefaultPlaybook().Suggest(plan.Diagnosis{Owner: "team",
		Metrics: []kpi.Figure{number("win_rate", "ann", kpi.Frac(19, 100)), number("activities", "ann", kpi.Int(100)),
			number("win_rate", "bo", kpi.Frac(18, 100)), number("activities", "bo", kpi.Int(60)), number("collection_rate", "bo", kpi.Frac(3, 4))},
		UsualEach: []kpi.Figure{number("win_rate", "team", kpi.Frac(30, 100)), number("activities", "team", kpi.Int(100))},
		Levers:    []action.LeverQuestion{ahead("ann", 40), ahead("bo", 24)}})
	if err != nil {
		log.Fatal(err)
	}
	slices.SortFunc(suggestions, plan.Suggestion.Compare)
	for _, s := range suggestions {
		fmt.Println(s.Owner, "-", s.Do.Name, "-", kpi.Money("USD", 0).Text(s.Worth), s.Do.Confidence)
	}
	// Output:
	// ann - Train discovery and closing - 1,363 USD assumed
	// bo - Weekly look at calls and meetings - 818 USD assumed
	// bo - Chase overdue receivables weekly - – assumed
}

// What a course changed, beyond chance, takes the place of the rule of thumb.
func ExamplePlaybook_Learn() {
	course := action.Case{ID: "course of 2025"}
	for i := range int64(10) {
		before := kpi.Frac(245+i, 1000) // win rates of ten who had it, and of ten who had not
		course.Units = append(course.Units, action.Unit{ID: fmt.Sprint("a", i), Before: []kpi.Value{before}, After: []kpi.Value{before.Add(kpi.Frac(30+i%3, 1000))}})
		course.Others = append(course.Others, action.Unit{ID: fmt.Sprint("b", i), Before: []kpi.Value{before}, After: []kpi.Value{before.Add(kpi.Frac(i%3, 1000))}})
	}
	changed, err := action.Evaluate([]action.Case{course}, kpi.Confidence{})
	if err != nil {
		log.Fatal(err)
	}
	book, err := plan.DefaultPlaybook().Learn("win_rate", changed[0])
	if err != nil {
		log.Fatal(err)
	}
	do := book.Rules[0].Do
	fmt.Println(do.Name, "-", do.Lever, do.Effect, do.Confidence, "-", do.Source)
	_, err = book.Learn("stale", changed[0])
	fmt.Println(err)
	// Output:
	// Train discovery and closing - conversion 0.1202 measured - changed after course of 2025: 10 units, 10 without it
	// plan.Learn: rule: moves no lever "stale": invalid
}

// A suggestion becomes an action with an owner and a day, and a strategy that
// promises its effect from the day after.
func ExampleSuggestion_Plan() {
	s := plan.Suggestion{Owner: "bo", Rule: "win_rate", Do: plan.DefaultPlaybook().Rules[0].Do}
	training, strategy := s.Plan(plan.Assignment{ID: "closing", Goal: "q2", Kind: action.CustomerRelationship,
		Start: calendar.MustDay("2026-04-07"), Due: calendar.MustDay("2026-04-30"), Accountable: "mo", Responsible: []string{"bo"}})
	fmt.Println(training.Name, "by", training.Due, "-", training.Owner(), "answers for it")
	fmt.Println(strategy.Effects[0].Lever, strategy.Effects[0].Change, "from", strategy.Start, "-", strategy.Effects[0].Evidence)
	// Output:
	// Train discovery and closing by 2026-04-30 - mo answers for it
	// conversion 0.1 from 2026-05-01 - rule win_rate, assumed
}

// A rule of one's own: many calls, few wins, and not the price.
func ExampleCondition() {
	usual := func(l plan.Limit) plan.Condition { l.OfUsual = true; return plan.Condition{Metric: &l} }
	discounting := usual(plan.Limit{Metric: "discount_rate", Above: kpi.Frac(5, 4)})
	book := plan.Playbook{ID: "ours", Rules: []plan.Rule{{ID: "listen", When: plan.Condition{All: []plan.Condition{
		usual(plan.Limit{Metric: "activities", Above: kpi.Int(1)}), usual(plan.Limit{Metric: "win_rate", Below: kpi.Frac(4, 5)}), {Not: &discounting}}},
		Do: plan.Template{Kind: plan.Training, Name: "Listen before offering", Lever: action.Conversion, Effect: kpi.Frac(1, 20)}}}}
	if err := book.Validate(); err != nil {
		log.Fatal(err)
	}
	suggestions, err := book.Suggest(plan.Diagnosis{Owner: "team",
		Metrics:   []kpi.Figure{figure("activities", "bo", "2026-Q1", kpi.Int(130)), figure("win_rate", "bo", "2026-Q1", kpi.Frac(1, 5)), figure("discount_rate", "bo", "2026-Q1", kpi.Frac(1, 10))},
		UsualEach: []kpi.Figure{figure("activities", "team", "2026-Q1", kpi.Int(100)), figure("win_rate", "team", "2026-Q1", kpi.Frac(3, 10)), figure("discount_rate", "team", "2026-Q1", kpi.Frac(1, 10))}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(suggestions[0].Owner, "-", suggestions[0].Do.Name)
	// Output: bo - Listen before offering
}

func ExampleDefaultPlaybook() {
	for _, r := range plan.DefaultPlaybook().Rules[:4] {
		fmt.Println(r.ID, "-", r.Do.Kind, "-", r.Do.Name, "-", r.Do.Lever, r.Do.Effect, r.Do.Confidence)
	}
	// Output:
	// win_rate - training - Train discovery and closing - conversion 0.1 assumed
	// missed_alone - coaching - Go along to customers and coach on deals - deal_size 0.05 assumed
	// activity - coaching - Weekly look at calls and meetings - leads 0.1 assumed
	// discount - pricing - Limit discounts and have them approved - deal_size 0.05 assumed
}

// A rule without a name, and one that rests on two things at once.
func ExamplePlaybook_Validate() {
	err := plan.Playbook{ID: "ours", Rules: []plan.Rule{{ID: "a", When: plan.Condition{Finding: "goal_missed", Any: []plan.Condition{{Finding: "goal_behind"}}}}}}.Validate()
	for _, e := range check.All(err) {
		fmt.Println(e.Path, e.Code)
	}
	// Output:
	// rules[0].when not_one_condition
	// rules[0].do.name missing_name
}

// What did we promise, and what came? A fair that cost more than it was to and
// brought less, and an assumption that did not hold.
func ExampleClosing() {
	p := team(90000)
	p.Preparation.Assumptions = []plan.Assumption{{ID: "market", Text: "the market grows by 5 %", Owner: "mo", Made: day("2025-11-01"), Review: day("2026-02-01"), Goals: []string{"q1"}, State: plan.Fails}}
	p.Actions = &action.Plan{ID: "do", Period: p.Goals[0].Period, Unit: kpi.Money("USD", 0), People: []action.Person{{ID: "ann"}},
		Strategies: []action.Strategy{{ID: "fair", Name: "The fair", Kind: action.Promotion, Start: day("2026-01-05"), Effects: []action.Effect{{Lever: action.Leads, Change: kpi.Frac(1, 10)}}}},
		Actions: []action.Action{{ID: "stand", Strategy: "fair", Start: day("2026-01-05"), Due: day("2026-01-30"), Budget: kpi.Int(4000),
			Roles: []action.Role{{Person: "ann", Part: action.Accountable}, {Person: "ann", Part: action.Responsible}}}}}
	c := plan.Closing{Owner: "team"}
	c.AsOf, c.Known = day("2026-03-31"), p.Goals[0].Period
	c.Actuals = []kpi.Figure{won("ann", "2026-01", 25000), won("ann", "2026-02", 36000), won("bo", "2026-02", 12000)}
	c.Beside.Execution = &action.Input{Records: []action.Record{{Action: "stand", Started: day("2026-01-05"), Done: day("2026-02-03")}},
		Costs: []action.Cost{{Action: "stand", Day: day("2026-01-30"), Kind: action.Spent, Amount: kpi.Int(5500)}},
		Gains: []action.Gain{{Strategy: "fair", Promised: kpi.Int(20000), Seen: kpi.Int(12000)}}}
	e, err := p.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range e.Findings {
		if strings.HasPrefix(f.Finding.Code, "strategy_") || strings.HasPrefix(f.Finding.Code, "missed_") {
			fmt.Println(plan.Findings().Text(f.Finding, "en"))
			for _, x := range f.Evidence {
				fmt.Println("   ", x.Is, x.Value)
			}
		}
	}
	fair := e.Strategies[0]
	fmt.Println("done", fair.Progress.Done, "of", fair.Progress.Planned, "on time", fair.Progress.OnTime, "- return", kpi.Share(0).Text(fair.Budget.Return), "promised", kpi.Share(0).Text(fair.Budget.PromisedReturn))
	// Output:
	// team missed Revenue 2026-Q1, and it rested on what did not hold. mo was to look at it: the market grows by 5 %
	//     actual 73000
	//     target 90000
	// The fair promised 20,000 USD; what changed after it is 12,000 USD, 8,000 USD less.
	//     promised 20000
	//     seen 12000
	// The fair took 5,500 USD, 1,500 USD more than its budget of 4,000 USD.
	//     budget 4000
	//     spent 5500
	// done 1 of 1 on time 0 - return 118 % promised 400 %
}

// The suggestions of an evaluation, for a BI tool.
func ExampleEvaluation_Tables() {
	p := team(90000)
	c := plan.Closing{Owner: "team", Playbook: plan.DefaultPlaybook()}
	c.AsOf, c.Actuals = day("2026-03-31"), []kpi.Figure{won("ann", "2026-01", 25000), won("bo", "2026-02", 12000)}
	c.Metrics = []kpi.Figure{figure("discount_rate", "bo", "2026-Q1", kpi.Frac(18, 100))}
	c.UsualEach = []kpi.Figure{figure("discount_rate", "team", "2026-Q1", kpi.Frac(10, 100))}
	e, err := p.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	for _, table := range e.Tables() {
		if table.Name == "suggestions" {
			for _, record := range table.Records() {
				fmt.Println(strings.Join(record[2:6], ","))
			}
		}
	}
	// Output:
	// owner,rule,kind,name
	// bo,discount,pricing,Limit discounts and have them approved
}

// Nobody has answered what ann said.
func ExampleMinutes_Unanswered() {
	m := plan.Minutes{Plan: "2026",
		Feedback: []plan.Feedback{{ID: "f1", Day: day("2026-02-10"), Author: "bo", Goal: "q1", Text: "the list is no use"},
			{ID: "f2", Day: day("2026-02-12"), Author: "ann", Action: "calls", Text: "no time for it"}},
		Decisions: []plan.Decision{{ID: "d1", Signature: plan.Signature{By: "mo", Day: day("2026-02-14"), Reason: "another list"}, Answers: []string{"f1"}, Action: "list"}}}
	if err := m.Validate(); err != nil {
		log.Fatal(err)
	}
	for _, f := range m.Unanswered() {
		fmt.Println(f.Author, "on", f.Day, "about", f.Action+":", f.Text)
	}
	// Output: ann on 2026-02-12 about calls: no time for it
}

// A decision must lead to one thing, and answer what was said.
func ExampleMinutes_Validate() {
	err := plan.Minutes{Plan: "2026", Decisions: []plan.Decision{{ID: "d1", Signature: plan.Signature{By: "mo", Day: day("2026-02-14")}, Answers: []string{"f1"}}}}.Validate()
	for _, e := range check.All(err) {
		fmt.Println(e.Path, e.Code)
	}
	// Output:
	// decisions[0] leads_not_to_one_thing
	// decisions[0].answers[0] unknown_feedback
}

// Which reviews have come since the sixth of February?
func ExamplePlan_DueReviews() {
	p := plan.Plan{Cadences: []plan.Cadence{{ID: "week", Every: calendar.Weekly, On: 1}, {ID: "month", Every: calendar.Monthly, On: 10}}}
	due, err := p.DueReviews(calendar.WorkCalendar{}, day("2026-02-06"), day("2026-02-14")) // no work calendar: every day counts
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range due {
		fmt.Println(d.Cadence, d.Day, p.Calendar.Label(d.Period))
	}
	// Output:
	// week 2026-02-09 2026-W07
	// month 2026-02-10 2026-02
}

// The review as CSV: hand the records to csv.Writer.WriteAll.
func ExampleRows_Records() {
	r := reviewed(team(90000), "2026-02-14", actuals()...)
	records := r.Rows().Records()
	fmt.Println(len(records)-1, "rows of", len(records[0]), "columns, one of", len(plan.Columns()), "for each")
	// Output: 12 rows of 30 columns, one of 30 for each
}

// A document knows what was aimed at first: both attainments stand there.
func ExampleDocument_Evaluate() {
	mo := plan.Signature{By: "mo", Day: day("2025-12-20")}
	warnings, err := team(90000).Ready()
	if err != nil {
		log.Fatal(err)
	}
	draft, err := plan.Draft(team(90000))
	if err != nil {
		log.Fatal(err)
	}
	document, err := draft.Commit(mo, plan.SignAll(mo, warnings)...)
	if err != nil {
		log.Fatal(err)
	}
	c := plan.Closing{Owner: "team"}
	c.AsOf, c.Known, c.Actuals = day("2026-03-31"), team(90000).Goals[0].Period, []kpi.Figure{won("ann", "2026-01", 61000), won("bo", "2026-02", 20000)}
	e, err := document.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	g := e.Goals[0]
	fmt.Println(g.Tracking.Status, kpi.Share(0).Text(g.Tracking.Attainment), "of", g.Tracking.Target, "and", kpi.Share(0).Text(g.Against), "of", g.Original)
	// Output: missed 90 % of 90000 and 90 % of 90000
}
