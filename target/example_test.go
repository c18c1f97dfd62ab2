package target_test

import (
	"encoding/json"
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/org"
	"github.com/saleskpi/saleskpi/target"
)

// wonValue is the metric that the examples plan: dollars without cents.
func wonValue() kpi.Metric {
	return kpi.Metric{ID: "won_value", Name: "Won value", NameZH: "赢单金额", Unit: kpi.Money("USD", 0)}
}

// revenue2026 is the goal of the examples.
func revenue2026() target.Goal {
	return target.Goal{
		ID: "revenue-2026", Metric: "won_value", Owner: "company",
		Period:    calendar.Calendar{}.MustParse("2026"),
		Base:      kpi.Int(9_000_000),
		Target:    kpi.Int(12_000_000),
		Stretch:   kpi.Int(13_500_000),
		Objective: "Become the second supplier in the region",
	}
}

// salesTeams has two regions, of which the east sells twice as much.
func salesTeams() target.Node {
	return target.Node{ID: "company", Children: []target.Node{
		{ID: "east", Weight: kpi.Int(2), Children: []target.Node{{ID: "Amy"}, {ID: "Bo"}, {ID: "Chen"}}},
		{ID: "west", Weight: kpi.Int(1), Children: []target.Node{{ID: "Dana"}, {ID: "Eli"}}},
	}}
}

func Example() {
	b, err := target.BreakDown(revenue2026(), wonValue(), target.Split{
		Grain:  calendar.Monthly,
		Owners: salesTeams(),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	east, err := target.Track(target.Input{
		Metric: wonValue(),
		Plan:   b.Plan("east", b.Goal().Period),
		Actual: kpi.Int(2_500_000),
		AsOf:   calendar.MustDay("2026-04-30"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("target  ", east.Target)
	fmt.Println("expected", east.Expected)
	fmt.Println("actual  ", east.Actual)
	fmt.Println("pace    ", east.Pace.Text(3, kpi.HalfEven), east.Status)
	// Output:
	// target   8000000
	// expected 2666672
	// actual   2500000
	// pace     0.937 at_risk
}

func ExampleBreakDown() {
	b, err := target.BreakDown(revenue2026(), wonValue(), target.Split{
		Grain:   calendar.Monthly,
		Owners:  salesTeams(),
		Phasing: target.Phasing{By: target.ByDays},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	cal := calendar.Calendar{}
	for _, owner := range b.Owners() {
		fmt.Printf("%-8s", owner)
		for _, label := range []string{"2026-01", "2026-02", "2026-03", "2026-Q1", "2026"} {
			fmt.Printf("%10s", b.Cell(owner, cal.MustParse(label)))
		}
		fmt.Println()
	}
	// Output:
	// company    1019178    920550   1019178   2958906  12000000
	// east        679452    613700    679452   1972604   8000000
	// Amy         226484    204567    226484    657535   2666667
	// Bo          226484    204567    226484    657535   2666667
	// Chen        226484    204566    226484    657534   2666666
	// west        339726    306850    339726    986302   4000000
	// Dana        169863    153425    169863    493151   2000000
	// Eli         169863    153425    169863    493151   2000000
}

func ExampleFromFigures() {
	cal := calendar.Calendar{}
	figure := func(owner, period string, amount int64) kpi.Figure {
		return kpi.Figure{Metric: "won_value", Owner: owner, Period: cal.MustParse(period), Value: kpi.Int(amount)}
	}
	goal := revenue2026()
	goal.Period, goal.Base, goal.Target, goal.Stretch = cal.MustParse("2026-Q1"), kpi.Value{}, kpi.Value{}, kpi.Value{}

	b, err := target.FromFigures(goal, wonValue(), target.Split{Grain: calendar.Monthly, Owners: salesTeams()}, []kpi.Figure{
		figure("Amy", "2026-01", 100_000), figure("Amy", "2026-02", 110_000), figure("Amy", "2026-03", 120_000),
		figure("Bo", "2026-Q1", 300_000), // a quarter is spread over its months
		figure("Dana", "2026-01", 90_000),
		figure("Eli", "2026-Q1", 250_000),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("company", b.Goal().Target, "east", b.Cell("east", goal.Period), "Bo in March", b.Cell("Bo", cal.MustParse("2026-03")))
	for _, f := range b.Findings() {
		fmt.Println(target.Findings().Text(f, "en"))
	}
	// Output:
	// company 970000 east 630000 Bo in March 100000
	// Chen has no target in revenue-2026.
	// Dana has no target for 2026-02 2026-03; its totals are those of the other periods.
}

func ExampleTrack() {
	cal := calendar.Calendar{}
	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "Amy", Period: cal.MustParse("2026-Q1"), Target: kpi.Int(900_000)}
	t, err := target.Track(target.Input{
		Metric: wonValue(), Plan: goal.Plan(), Actual: kpi.Int(420_000), AsOf: calendar.MustDay("2026-02-14"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Elapsed, "of", t.Days, "days")
	fmt.Println("attainment", t.Attainment.Text(4, kpi.HalfEven))
	fmt.Println("expected", t.Expected, "pace", t.Pace.Text(4, kpi.HalfEven), t.Status)
	fmt.Println("required", t.Required.Text(2, kpi.Up), "a day")
	fmt.Println("landing", t.Landing.RunRate.Text(0, kpi.HalfEven), "at run rate,", t.Landing.RestOfPlan.Text(0, kpi.HalfEven), "with the rest of the plan")
	// Output:
	// 45 of 90 days
	// attainment 0.4667
	// expected 450000 pace 0.9333 at_risk
	// required 10666.67 a day
	// landing 840000 at run rate, 870000 with the rest of the plan
}

// Closings are known from 1 March only: January and February are no data,
// and the ten months from March are compared with their own targets.
func ExampleInput_known() {
	cal := calendar.Calendar{}
	goal := revenue2026()
	b, err := target.BreakDown(goal, wonValue(), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "company"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	known, _ := calendar.Through(calendar.MustDay("2026-03-01"), calendar.MustDay("2026-12-31"))
	in := target.Input{
		Metric: wonValue(), Plan: b.Plan("company", goal.Period),
		AsOf: calendar.MustDay("2026-12-31"), Known: known,
	}
	fmt.Println("sum the wins of", cal.Label(in.Window()))
	in.Actual = kpi.Int(10_500_000)

	t, err := target.Track(in)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Target, "of", t.PeriodTarget, "attained", t.Attainment, t.Status)
	for _, f := range t.Findings {
		fmt.Println(target.Findings().Text(f, "en"))
	}

	in.Plan = b.Plan("company", cal.MustParse("2026-02"))
	february, err := target.Track(in)
	fmt.Println("February:", february.Status, february.Actual, err)
	// Output:
	// sum the wins of 2026-03-01/2027-01-01
	// 10000000 of 12000000 attained 1.05 met
	// Actuals of company are known from 2026-03-01 on. 2026-01-01 – 2026-02-28 is no data, not a missed target; compared are the days from 2026-03-01, with 10,000,000 USD of 12,000,000 USD.
	// February: no_data undefined: no_data <nil>
}

func ExampleOwnersOf() {
	o, err := org.New(org.Structure{
		Units:       []org.Unit{{ID: "company"}, {ID: "east", Parent: "company"}, {ID: "west", Parent: "company"}},
		Assignments: []org.Assignment{{Member: "Amy", Unit: "east"}, {Member: "Bo", Unit: "east"}, {Member: "Dana", Unit: "west"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	won := map[string]kpi.Value{"Amy": kpi.Int(500), "Bo": kpi.Int(300), "Dana": kpi.Int(400)}
	b, err := target.BreakDown(revenue2026(), wonValue(), target.Split{
		Grain:  calendar.Quarterly,
		Owners: target.OwnersOf(o.At(calendar.MustDay("2026-01-01")), "company", won),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, owner := range b.Owners() {
		fmt.Println(owner, b.Cell(owner, revenue2026().Period))
	}
	// Output:
	// company 12000000
	// east 8000000
	// Amy 5000000
	// Bo 3000000
	// west 4000000
	// Dana 4000000
}

func ExampleNode_Validate() {
	wrong := target.Node{ID: "company", Children: []target.Node{
		{ID: "east", Weight: kpi.Int(-2)},
		{ID: "", Weight: kpi.Int(1), Children: []target.Node{{ID: "east"}}},
	}}
	for _, e := range check.All(wrong.Validate()) {
		fmt.Println(e.Path, e.Code)
	}
	// Output:
	// children[0].weight negative_weight
	// children[1].id missing_id
	// children[1].children[0].id duplicate_owner
}

func ExampleBreakdown_MarshalJSON() {
	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "Amy", Period: calendar.Calendar{}.MustParse("2026-Q1"), Target: kpi.Int(100)}
	b, err := target.BreakDown(goal, wonValue(), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "Amy"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	stored, _ := json.Marshal(b)
	var read target.Breakdown
	err = json.Unmarshal(stored, &read)
	fmt.Println(read.Equal(b), err)
	fmt.Println(string(stored[:32]))
	// Output:
	// true <nil>
	// {"schema":"saleskpi/breakdown/1"
}
