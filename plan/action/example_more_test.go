package action_test

import (
	"fmt"
	"log"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// An action has exactly one who answers for it; who does it is another matter.
func ExampleAction() {
	call := action.Action{ID: "call", Name: "Call every visitor", Start: calendar.MustDay("2026-04-23"), Due: calendar.MustDay("2026-04-30"), Roles: []action.Role{
		{Person: "li", Part: action.Accountable}, {Person: "chen", Part: action.Responsible, Effort: kpi.Frac(13, 2)}, {Person: "wang", Part: action.Consulted, Effort: kpi.Frac(1, 2)}}}
	fmt.Println(call.Owner(), "answers for", call.Effort(), "days of work")
	// Output: li answers for 7 days of work
}

// What a strategy cost and what it brought.
func ExampleBudget() {
	report, err := spring().Track(action.Input{AsOf: calendar.MustDay("2026-06-30"), Work: work(),
		Costs: []action.Cost{
			{Action: "stand", Day: calendar.MustDay("2026-04-03"), Kind: action.Committed, Amount: kpi.Int(28_000)},
			{Action: "stand", Day: calendar.MustDay("2026-05-20"), Kind: action.Committed, Amount: kpi.Int(-28_000)}, // the order is paid
			{Action: "stand", Day: calendar.MustDay("2026-05-20"), Kind: action.Spent, Amount: kpi.Int(28_500)},
		},
		Gains: []action.Gain{{Strategy: "fair", Promised: kpi.Int(90_000), Seen: kpi.Int(57_000)}}})
	if err != nil {
		log.Fatal(err)
	}
	for _, line := range report.Budget.Strategies {
		fmt.Println(line.Strategy, "spent", line.Spent, "of", line.Planned, "- return", kpi.Share(0).Text(line.Return), "promised", kpi.Share(0).Text(line.PromisedReturn))
	}
	// Output:
	// fair spent 28500 of 42000 - return 100 % promised 114 %
	// training spent 0 of 8000 - return – promised –
}

// How much room somebody has in a month.
func ExampleLoad() {
	load, err := spring().Workload(action.LoadQuestion{Period: calendar.Calendar{}.MustParse("2026-04"), Grain: calendar.Monthly, Work: work()})
	if err != nil {
		log.Fatal(err)
	}
	chen := load.People[0].Total
	fmt.Println(chen.Total, "of", chen.Capacity, "days,", chen.Free(), "free,", kpi.Share(0).Text(chen.Use().Value()), "in use")
	// Output: 14.25 of 21 days, 6.75 free, 68 % in use
}

// Two things are wrong with what was handed in, and both are said.
func ExampleInput_ValidateFor() {
	err := action.Input{Records: []action.Record{{Action: "dance", Started: calendar.MustDay("2026-04-03"), Done: calendar.MustDay("2026-04-02")}}}.ValidateFor(spring())
	for _, e := range check.All(err) {
		fmt.Println(e.Path, e.Code)
	}
	// Output:
	// as_of missing_day
	// records[0].action unknown_action
	// records[0].done end_before_start
}

// The words of levers and of where an action stands, for people.
func ExampleLever_Title() {
	fmt.Println(action.DealSize, action.DealSize.Title("en"), action.DealSize.Title("zh"))
	fmt.Println(action.LateToStart, action.LateToStart.Title("en"), action.LateToStart.Title("zh"))
	// Output:
	// deal_size deal size 客单价
	// late_to_start late to start 逾期未启动
}

// A seller who had a course, and one who had not: too few to say anything of
// chance, and it says so.
func ExampleCase() {
	rates := func(hundredths ...int64) []kpi.Value {
		all := []kpi.Value{}
		for _, h := range hundredths {
			all = append(all, kpi.Frac(h, 100))
		}
		return all
	}
	course := action.Case{ID: "course", Name: "the course", Unit: kpi.Share(0), Promised: kpi.Frac(1, 10),
		Units:  []action.Unit{{ID: "di", Before: rates(20, 22), After: rates(26, 28)}},
		Others: []action.Unit{{ID: "bo", Before: rates(30, 32), After: rates(31, 33)}}}
	all, err := action.Evaluate([]action.Case{course}, kpi.DefaultConfidence())
	if err != nil {
		log.Fatal(err)
	}
	say(all[0].Findings, "en")
	// Output:
	// After the course the one unit changed from 21 % to 27 %, by +6 pp. Whether that is more than would have come without it cannot be said: too few, 1 with it and 1 without.
	// +2 pp was promised of the course; +5 pp remains after it.
}

// What was promised goes on into the books: a promise on one side, what is
// spent and seen on the other.
func ExamplePromise_Gains() {
	formula, err := kpi.ParseFormula("leads * 10000")
	if err != nil {
		log.Fatal(err)
	}
	p := spring()
	promise, err := p.Promise(action.Aim{Goal: "q2", Period: calendar.Calendar{}.MustParse("2026-Q2"), Target: kpi.Int(4_400_000), Unit: kpi.Money("CNY", 0), Formula: formula,
		Drivers: []action.Driver{{ID: "leads", Lever: action.Leads, Value: kpi.Int(400)}}, LeadTimes: []action.LeadTime{{Lever: action.Leads, Days: 30}}})
	if err != nil {
		log.Fatal(err)
	}
	gains := promise.Gains()
	gains[0].Seen = kpi.Int(150_000) // what changed after the fair: see Evaluate
	report, err := p.Track(action.Input{AsOf: calendar.MustDay("2026-06-30"), Gains: gains})
	if err != nil {
		log.Fatal(err)
	}
	fair := report.Budget.Strategies[0]
	fmt.Println(fair.Strategy, "promised", kpi.Money("CNY", 0).Text(fair.Promised), "and", kpi.Money("CNY", 0).Text(fair.Seen), "was seen")
	// Output: fair promised 184,615 CNY and 150,000 CNY was seen
}
