package forecast_test

import (
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// hardware is the pipeline of a hardware seller.
func hardware() funnel.Pipeline {
	return funnel.Pipeline{ID: "hardware", Stages: []funnel.Stage{
		{ID: "lead", Probability: kpi.Minor(20, 2), Category: funnel.InPipeline},
		{ID: "demo", Probability: kpi.Minor(40, 2), Category: funnel.BestCase},
		{ID: "offer", Probability: kpi.Minor(70, 2), Category: funnel.Commit},
		{ID: "won", Outcome: funnel.Won}, {ID: "lost", Outcome: funnel.Lost},
	}}
}

// team gives the deals of three sellers: from 2024 on ten begin each month. A
// deal is shown after two weeks, offered after four and decided after six to
// nine; about half are won, more of them in the last month of a quarter.
// Every tenth is forgotten in the demo, and Bob puts his off.
func team() *funnel.Histories {
	histories, err := funnel.New(hardware())
	if err != nil {
		panic(err)
	}
	first := calendar.MustDay("2024-01-01")
	for i := range 300 {
		start := first.Add(3*i + i%4)
		at := func(days int) time.Time { return funnel.StartOf(start.Add(days), time.UTC) }
		deal := fmt.Sprintf("D%03d", i)
		owner := []string{"Ann", "Bob", "Cem"}[i%3]
		end := 42 + 7*(i%4)
		add := func(e funnel.Event) { e.Deal = deal; histories.Add(e) }
		add(funnel.Event{At: at(0), Stage: "lead", Owner: owner, Amount: kpi.Int(int64(10_000 + 5_000*(i%5))), ExpectedClose: start.Add(56)})
		add(funnel.Event{At: at(14), Stage: "demo", Activity: "demo", NextStep: start.Add(28)})
		if i%10 == 9 {
			for n := 1; i%3 == 1 && n <= 3; n++ { // Bob's are put off, time and again
				add(funnel.Event{At: at(40 * n), ExpectedClose: start.Add(56 + 60*n)})
			}
			continue
		}
		add(funnel.Event{At: at(28), Stage: "offer", NextStep: start.Add(end)})
		last := (int(start.Add(end).Month())+2)%3 == 2
		if (i*7+i/11)%10 < 4 || last && i%2 == 0 {
			add(funnel.Event{At: at(end), Stage: "won"})
		} else {
			add(funnel.Event{At: at(end), Stage: "lost"})
		}
	}
	return histories
}

// monday asks on a Monday, as of the evening before.
func monday(day string) funnel.Question {
	return funnel.Question{AsOf: funnel.EndOf(calendar.MustDay(day).Add(-1), time.UTC), Location: time.UTC}
}

func secondQuarter() forecast.Aim {
	return forecast.Aim{Period: calendar.Calendar{}.MustParse("2026-Q2"), Target: kpi.Int(350_000), Past: 7}
}

func say(findings []check.Finding) {
	for _, f := range findings {
		fmt.Println(forecast.Findings().Text(f, "en"))
	}
}

// Where will we land, and how sure are we?
func ExampleForecast_Landing() {
	f, err := forecast.New(team(), monday("2026-05-25"), secondQuarter())
	if err != nil {
		fmt.Println(err)
		return
	}
	landing := f.Landing()
	say(landing.Findings)
	fmt.Println(forecast.Findings().Text(landing.Findings[0], "zh"))
	// Output:
	// Landing 286,053: 120,000 won to date, 166,053 expected from open deals, 0 from deals that do not exist yet.
	// The target of 350,000 is reached with a chance of 13 %; four times in five the landing lies between 213,203 and 358,903, as wide as past errors were.
	// Were the deals independent the range would be 225,000 to 350,000; they are not, and it is too narrow.
	// 34 open deals are stale, omitted, without a date, past it or due in another period; of all of them 47,919 is expected.
	// 预计收官 286,053：已赢单 120,000，进行中商机预计 166,053，尚未创建的商机预计 0。
}

// The four methods beside each other, each with how it did on the same day of
// earlier quarters.
func ExampleForecast_Methods() {
	f, _ := forecast.New(team(), monday("2026-05-25"), secondQuarter())
	for _, m := range f.Methods() {
		fmt.Printf("%-16s landing %6s, bias %5s %%, accuracy %4s %%, 80 %% range held %d of %d (%d of %d with %s)\n", m.Landing.Method,
			m.Landing.Total.Value.Text(0, kpi.HalfEven), m.Record.Bias.Value().Mul(kpi.Int(100)).Text(1, kpi.HalfEven),
			m.Record.Accuracy.Mul(kpi.Int(100)).Text(1, kpi.HalfEven), m.Record.Held, m.Record.Ranges,
			m.Record.IndependentHeld, m.Record.Independent, forecast.DealsIndependent.Title("en"))
	}
	// Output:
	// stage_age        landing 286053, bias   5.7 %, accuracy 85.3 %, 80 % range held 2 of 2 (5 of 6 with deals independent)
	// snapshot_yield   landing 282250, bias   2.0 %, accuracy 84.9 %, 80 % range held 2 of 2 (6 of 6 with deals independent)
	// deal_probability landing 286919, bias   7.8 %, accuracy 85.6 %, 80 % range held 2 of 2 (5 of 6 with deals independent)
	// categories       landing 277919, bias  10.1 %, accuracy 85.3 %, 80 % range held 2 of 2 (5 of 6 with deals independent)
}

// What changed since last Monday?
func ExampleChanged() {
	histories := team()
	lastWeek, _ := forecast.New(histories, monday("2026-05-18"), secondQuarter())
	today, _ := forecast.New(histories, monday("2026-05-25"), secondQuarter())
	change, err := forecast.Changed(lastWeek, today)
	if err != nil {
		fmt.Println(err)
		return
	}
	say(change.Findings)
	// Output:
	// The landing moved from 320,250 to 286,053 since 2026-05-17: -34,197.
	// Deals lost (3): -25,650 (won 0, expected -25,650).
	// Deals with another chance: moved, grown older, or judged by newer experience (43): 1,951 (won 0, expected 1,951).
	// Deals that are not due any more: stale, omitted or past their close date (1): -6,926 (won 0, expected -6,926).
	// Deals that do not exist yet: -3,571.
}

// Which deals decide the quarter?
func ExampleForecast_Decisive() {
	f, _ := forecast.New(team(), monday("2026-05-25"), secondQuarter())
	d, err := f.Decisive(5)
	if err != nil {
		fmt.Println(err)
		return
	}
	say(d.Findings)
	for _, top := range d.Top {
		fmt.Printf("the %d largest hold %s %% of what is expected\n", top.Deals, top.Share.Value().Mul(kpi.Int(100)).Text(0, kpi.HalfEven))
	}
	// Output:
	// D279 (Ann, 30,000): the target is reached with 19 % if it is won, with 9 % if it is lost.
	// D284 (Cem, 30,000): the target is reached with 17 % if it is won, with 7 % if it is lost.
	// D274 (Bob, 30,000): the target is reached with 16 % if it is won, with 7 % if it is lost.
	// D283 (Bob, 25,000): the target is reached with 16 % if it is won, with 8 % if it is lost.
	// D278 (Cem, 25,000): the target is reached with 16 % if it is won, with 8 % if it is lost.
	// If D274 (30,000) is lost, 124 % of the other 185,000 due must be won to bring the 230,000 that are missing, or come from elsewhere.
	// the 1 largest hold 15 % of what is expected
	// the 5 largest hold 64 % of what is expected
	// the 10 largest hold 100 % of what is expected
}

// Is next quarter covered, and do we create pipeline fast enough?
func ExampleForecast_Cover() {
	f, _ := forecast.New(team(), monday("2026-05-25"), secondQuarter())
	cover, err := f.Cover(kpi.Int(380_000))
	if err != nil {
		fmt.Println(err)
		return
	}
	say(cover.Findings)
	// Output:
	// 2026-Q2: open deals cover 0.9 times what is missing, and 1.9 were needed before: 217,516 of pipeline are missing.
	// 2026-Q3: open deals cover 0.3 times what is missing, and 0.6 were needed before: 127,641 of pipeline are missing.
	// Pipeline is created at 6,296 a day, too slowly: the next periods need 9,511.
}

// Who has not cleaned up?
func ExampleForecast_Hygiene() {
	f, _ := forecast.New(team(), monday("2026-05-25"), secondQuarter())
	h, err := f.Hygiene(forecast.HygieneRule{})
	if err != nil {
		fmt.Println(err)
		return
	}
	say(h.Findings)
	// Output:
	// Ann: 11 of 13 open deals (325,000) are untidy: close date past 9, older than any that closed 9, no next step 11, no activity 9, amount missing 0, pushed often 0.
	// Bob: 11 of 16 open deals (315,000) are untidy: close date past 8, older than any that closed 9, no next step 10, no activity 10, amount missing 0, pushed often 8.
	// Cem: 11 of 15 open deals (300,000) are untidy: close date past 9, older than any that closed 9, no next step 11, no activity 9, amount missing 0, pushed often 0.
}

// A manager clicks on "expected of open deals", and on "no next step" of Bob:
// the CRM shows the first deals that he may see.
func ExampleForecast_Behind() {
	f, _ := forecast.New(team(), monday("2026-05-25"), secondQuarter())
	fmt.Println("due:", f.Landing().Due.Deals, "deals bring", f.Landing().Due.Value)
	due, err := f.Behind(forecast.Figure{Which: forecast.DueOnes}, kpi.Page{Limit: 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range due.Deals {
		fmt.Println(d.ID, d.Owner, d.Amount, "brings", d.Expected)
	}
	fmt.Println(due.IDs, "of", due.Total, "bring", due.Expected, "next after", due.Next)

	bobs := forecast.Figure{Which: forecast.UntidyInOnes, Untidy: forecast.NoNextStep, ByOwner: true, Owner: "Bob"}
	untidy, err := f.Behind(bobs, kpi.Page{Limit: 3})
	fmt.Println(untidy.IDs, "of", untidy.Total, err)
	// Output:
	// due: 10 deals bring 118134.38
	// D274 Bob 30000 brings 18043.05
	// D275 Cem 10000 brings 6014.35
	// D277 Bob 20000 brings 12028.7
	// [D274 D275 D277] of 10 bring 118134.38 next after D277
	// [D019 D049 D079] of 10 <nil>
}

// What people say stands beside the deals and changes none.
func ExampleForecast_Categories() {
	aim := secondQuarter()
	aim.Calls = []forecast.Call{
		{Period: aim.Period, Owner: "Bob", By: forecast.OwnerCalls, Category: funnel.Commit, Value: kpi.Int(120_000), Day: calendar.MustDay("2026-05-20")},
		{Period: aim.Period, Owner: "Bob", By: forecast.ManagerCalls, Category: funnel.Commit, Value: kpi.Int(100_000), Day: calendar.MustDay("2026-05-21"), Note: "Bob hopes"},
	}
	f, err := forecast.New(team(), monday("2026-05-25"), aim)
	if err != nil {
		fmt.Println(err)
		return
	}
	c := f.Categories()
	for _, l := range c.Lines {
		fmt.Printf("%-9s single %6s cumulative %6s in force %6s\n", l.Category, l.Single.Value.Sum, l.Cumulative, l.InForce)
	}
	bob := c.Owners[1].Lines[0]
	fmt.Println("Bob's commit", bob.Cumulative, "he says", bob.OwnerCall, "his manager", bob.ManagerCall)
	// Output:
	// commit    single 110000 cumulative 230000 in force 245000
	// best_case single 105000 cumulative 335000 in force 335000
	// pipeline  single undefined: no_data cumulative 335000 in force 335000
	// Bob's commit 85000 he says 120000 his manager 100000
}

// Does the quarter come in its last week?
func ExampleForecast_Linearity() {
	f, _ := forecast.New(team(), monday("2026-05-25"), secondQuarter())
	l, err := f.Linearity()
	if err != nil {
		fmt.Println(err)
		return
	}
	say(l.Findings)
	// Output:
	// In 7 earlier periods 12 % of what was won came in the last week and 50 % in the last month.
	// 2026-Q2: 1 deals (30,000) that were expected in it as it began are expected later now.
}

// Is somebody always too hopeful?
func ExampleForecast_Owners() {
	f, _ := forecast.New(team(), monday("2026-05-25"), secondQuarter())
	for _, o := range f.Owners(forecast.DealProbability) {
		fmt.Printf("%s: landing %s, in %d earlier quarters %s %% off\n", o.Owner, o.Total.Value.Text(0, kpi.HalfEven), o.Periods,
			o.Bias.Value().Mul(kpi.Int(100)).Text(0, kpi.HalfEven))
	}
	// Output:
	// Ann: landing 100631, in 6 earlier quarters 10 % off
	// Bob: landing 93912, in 6 earlier quarters 8 % off
	// Cem: landing 92375, in 6 earlier quarters 6 % off
}

// Are the probabilities of the stages any good?
func ExampleForecast_Calibration() {
	f, _ := forecast.New(team(), monday("2026-05-25"), secondQuarter())
	c := f.Calibration(forecast.DealProbability)
	for _, bin := range c.Bins {
		fmt.Printf("given %s: %d deals, won %s\n", bin.Key, bin.Predictions, bin.Won.Value().Text(2, kpi.HalfEven))
	}
	fmt.Println("Brier", c.Brier.Text(3, kpi.HalfEven), "skill", c.Skill.Text(2, kpi.HalfEven))
	// Output:
	// given 0.4-0.5: 27 deals, won 0.44
	// given 0.7-0.8: 49 deals, won 0.61
	// Brier 0.246 skill 0.00
}

// The weighted pipeline, and what of it is older than anything that ever came
// in.
func ExampleForecast_Weighted() {
	f, _ := forecast.New(team(), monday("2026-05-25"), secondQuarter())
	w := f.Weighted()
	fmt.Println("weighted", w.All.Weighted.Sum, "of it older than", w.OldestClosed, "days", w.Older.Weighted.Sum)
	// Output:
	// weighted 480500 of it older than 63 days 324000
}

// Three deals as bets: all that they may bring, and how likely.
func ExampleMoney() {
	d, err := forecast.Money(kpi.Int(1), []forecast.Prospect{
		{Value: kpi.Int(50_000), Probability: kpi.Minor(2, 1)},
		{Value: kpi.Int(20_000), Probability: kpi.Minor(5, 1)},
		{Value: kpi.Int(10_000), Probability: kpi.Minor(9, 1)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("expected", d.Mean(), "but half the time at most", d.Quantile(kpi.Frac(1, 2)))
	fmt.Println("30,000 or more:", d.AtLeast(kpi.Int(30_000)))
	// Output:
	// expected 29000 but half the time at most 30000
	// 30,000 or more: 0.56
}

// How many of four deals are won.
func ExampleCount() {
	half := kpi.Frac(1, 2)
	d, _ := forecast.Count([]kpi.Value{half, half, half, half})
	fmt.Println(d.Probability(kpi.Int(2)), d.AtLeast(kpi.Int(3)))
	// Output:
	// 0.375 0.3125
}

// Would it have worked? Each line knows only what was known on its day.
func ExampleBacktestOn() {
	q := funnel.Question{AsOf: funnel.EndOf(calendar.MustDay("2026-03-31"), time.UTC), Location: time.UTC}
	b, err := forecast.BacktestOn(team(), q, forecast.Aim{Period: calendar.Calendar{}.MustParse("2026-Q1"), Past: 2}, 31)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range b.Trials[:3] {
		fmt.Println(t)
	}
	// Output:
	// 2026-01-01/2026-04-01 day 2026-01-31 stage_age: landing 331,462, actual 285,000, error 46,462 (16.3 %), 80 % range 260,000 to 405,000 held
	// 2025-10-01/2026-01-01 day 2025-10-31 stage_age: landing 245,079, actual 255,000, error -9,921 (-3.9 %), 80 % range 185,000 to 310,000 held
	// 2025-07-01/2025-10-01 day 2025-07-31 stage_age: landing undefined: too_few, actual 210,000
}
