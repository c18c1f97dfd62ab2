package target_test

import (
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// A quarter by working days: the curve is the line through them, and so are
// the rates.
func ExampleInput_workDays() {
	work, err := calendar.NewWorkCalendar(calendar.WorkDays{
		Covers:   calendar.Calendar{}.MustParse("2026"),
		Weekend:  calendar.WeekdaysOf(time.Saturday, time.Sunday),
		Holidays: []calendar.Day{calendar.MustDay("2026-01-01")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "Amy", Period: calendar.Calendar{}.MustParse("2026-Q1"), Target: kpi.Int(630_000)}
	t, err := target.Track(target.Input{
		Metric: wonValue(), Plan: goal.Plan(), Actual: kpi.Int(290_000), AsOf: calendar.MustDay("2026-02-15"),
		Curve: target.Linear, WorkDays: work, Forecast: kpi.Int(640_000),
	})
	fmt.Println(t.Elapsed, "of", t.Days, "working days", err)
	fmt.Println("required", t.Required.Text(0, kpi.Up), "a working day")
	fmt.Println("landing by run rate", t.Landing.RunRate.Text(0, kpi.HalfEven), "and by forecast", t.Landing.Forecast)
	// Output:
	// 31 of 63 working days <nil>
	// required 10625 a working day
	// landing by run rate 589355 and by forecast 640000
}

// Half of every earlier quarter came in its last third; so 40 % half way
// through is nothing to worry about.
func ExampleHistory() {
	cal, history := calendar.Calendar{}, target.History{}
	for _, label := range []string{"2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"} {
		quarter := cal.MustParse(label)
		months, _ := cal.Split(quarter, calendar.Monthly)
		history.Periods = append(history.Periods, quarter)
		for i, amount := range []int64{20_000, 30_000, 50_000} {
			history.Days = append(history.Days, target.DayAmount{Day: months[i].Start().Add(13), Value: kpi.Int(amount)})
		}
	}
	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "Amy", Period: cal.MustParse("2026-Q1"), Target: kpi.Int(120_000)}
	in := target.Input{
		Metric: wonValue(), Plan: goal.Plan(), Actual: kpi.Int(48_000), AsOf: calendar.MustDay("2026-02-12"),
		Curve: target.Learned, History: &history,
	}
	t, err := target.Track(in)
	fmt.Println("expected", t.Expected, "learned from", t.Learned.Periods, "quarters:", t.Status, err)
	fmt.Println("required", t.Required.Text(0, kpi.Up), "a day; best ever held that long", t.BestRate.Text(0, kpi.Down))
	in.Curve = target.Linear
	t, err = target.Track(in)
	fmt.Println("by days", t.Expected, t.Status, err)
	// Output:
	// expected 24000 learned from 8 quarters: on_track <nil>
	// required 1532 a day; best ever held that long 1702
	// by days 57333.333333333333 behind <nil>
}

// A year that sells in autumn.
func ExampleSeasonalShares() {
	cal := calendar.Calendar{}
	season := []target.SeasonPart{
		{Period: cal.MustParse("2025-Q1"), Weight: kpi.Int(1)}, {Period: cal.MustParse("2025-Q2"), Weight: kpi.Int(2)},
		{Period: cal.MustParse("2025-Q3"), Weight: kpi.Int(5)}, {Period: cal.MustParse("2025-Q4"), Weight: kpi.Int(2)},
	}
	shares, err := target.SeasonalShares(season, calendar.WorkCalendar{})
	if err != nil {
		fmt.Println(err)
		return
	}
	t, err := target.Track(target.Input{
		Metric: wonValue(), Plan: revenue2026().Plan(), Actual: kpi.Int(3_700_000), AsOf: calendar.MustDay("2026-06-30"),
		Curve: target.ByShares, Shares: shares,
	})
	fmt.Println("expected", t.Expected, t.Status, err)
	fmt.Println("tomorrow", t.RequiredNext.Text(0, kpi.Up), "and not", t.Required.Text(0, kpi.Up))
	// Output:
	// expected 3600000 on_track <nil>
	// tomorrow 64441 and not 45109
}

// A status that has fallen does not rise again for a hair.
func ExampleStood() {
	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "Amy", Period: calendar.Calendar{}.MustParse("2026-Q1"), Target: kpi.Int(900)}
	in := target.Input{Metric: wonValue(), Plan: goal.Plan(), Version: "original"}
	for _, week := range []struct {
		asOf   string
		actual int64
	}{{"2026-02-14", 420}, {"2026-02-19", 490}, {"2026-02-24", 540}} {
		in.AsOf, in.Actual = calendar.MustDay(week.asOf), kpi.Int(week.actual)
		t, err := target.Track(in)
		fmt.Println(t.AsOf, t.Pace.Text(3, kpi.HalfEven), t.Plain, "shown as", t.Status, err)
		in.Earlier = append(in.Earlier, t.Stood())
	}
	// Output:
	// 2026-02-14 0.933 at_risk shown as at_risk <nil>
	// 2026-02-19 0.980 on_track shown as at_risk <nil>
	// 2026-02-24 0.982 on_track shown as on_track <nil>
}

func ExampleTracking_Crossed() {
	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "Amy", Period: calendar.Calendar{}.MustParse("2026-Q1"), Target: kpi.Int(900)}
	in, told := target.Input{Metric: wonValue(), Plan: goal.Plan()}, target.Told{}
	for _, actual := range []int64{400, 850, 430, 880} {
		in.AsOf, in.Actual = calendar.MustDay("2026-02-14"), kpi.Int(actual)
		t, err := target.Track(in)
		if err != nil {
			fmt.Println(err)
			return
		}
		var crossed []kpi.Value
		crossed, told = t.Crossed(target.DefaultMarks(), told)
		fmt.Println(actual, crossed)
	}
	// Output:
	// 400 []
	// 850 [0.5 0.9]
	// 430 []
	// 880 []
}

func ExampleDueCheckpoints() {
	checkpoints := []target.Checkpoint{
		{Day: calendar.MustDay("2026-01-20"), Name: "second third"}, {Day: calendar.MustDay("2026-01-10"), Name: "first third"}, {Day: calendar.MustDay("2026-01-31"), Name: "close"},
	}
	for _, c := range target.DueCheckpoints(checkpoints, calendar.MustDay("2026-01-05"), calendar.MustDay("2026-01-20")) {
		fmt.Println(c.Day, c.Name)
	}
	// Output:
	// 2026-01-10 first third
	// 2026-01-20 second third
}

func ExampleRollUp() {
	quarter := calendar.Calendar{}.MustParse("2026-Q1")
	var people []target.Tracking
	for _, person := range []struct {
		name           string
		target, actual int64
	}{{"Amy", 900_000, 420_000}, {"Bo", 600_000, 330_000}} {
		goal := target.Goal{ID: "q1", Metric: "won_value", Owner: person.name, Period: quarter, Target: kpi.Int(person.target)}
		t, err := target.Track(target.Input{Metric: wonValue(), Plan: goal.Plan(), Actual: kpi.Int(person.actual), AsOf: calendar.MustDay("2026-02-14")})
		if err != nil {
			fmt.Println(err)
			return
		}
		people = append(people, t)
	}
	team, err := target.RollUp(wonValue(), "east", people, nil)
	fmt.Println(team.Owner, team.Actual, "of", team.Target, "expected", team.Expected, team.Status, err)
	all := target.Distribute(kpi.HigherIsBetter, people, target.DefaultEdges())
	fmt.Println("mean", all.Mean.Text(4, kpi.HalfEven), "pooled", all.Pooled, "best first", all.BestFirst)
	// Output:
	// east 750000 of 1500000 expected 750000 on_track <nil>
	// mean 0.5083 pooled 0.5 best first [Bo Amy]
}

func ExampleDistribute() {
	var people []target.Tracking
	for i, attained := range []int64{45, 80, 99, 100, 130} {
		goal := target.Goal{ID: "q1", Metric: "won_value", Owner: fmt.Sprint("seller ", i+1), Period: calendar.Calendar{}.MustParse("2026-Q1"), Target: kpi.Int(100)}
		t, err := target.Track(target.Input{Metric: wonValue(), Plan: goal.Plan(), Actual: kpi.Int(attained), AsOf: calendar.MustDay("2026-03-31")})
		if err != nil {
			fmt.Println(err)
			return
		}
		people = append(people, t)
	}
	all := target.Distribute(kpi.HigherIsBetter, people, target.DefaultEdges())
	fmt.Println(all.Met, "of", all.Owners, "bands", all.Bands, "median", all.Median)
	// Output:
	// 2 of 5 bands [1 0 2 1 1] median 0.99
}
