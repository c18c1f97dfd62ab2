// Command quickstart takes a sales quarter from its goal to a score.
package main

import (
	"fmt"
	"log"
	"slices"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// Deal is the struct that the backend has already.
type Deal struct {
	ID, Owner, Stage string // open, won or lost
	Cents            int64
	Created, Closed  time.Time
}

var deals = []Deal{
	{"D-1", "ann", "won", 21_500_00, day(1, 5), day(1, 28)}, {"D-2", "ann", "won", 16_250_50, day(1, 9), day(2, 11)},
	{"D-3", "bo", "won", 9_999_99, day(1, 12), day(1, 30)}, {"D-4", "bo", "lost", 14_000_00, day(1, 7), day(2, 3)},
	{"D-5", "bo", "open", 8_400_00, day(2, 2), time.Time{}}, {"D-6", "ann", "open", 30_000_00, day(2, 9), time.Time{}},
}

func main() {
	usd, percent := kpi.Money("USD", 2), kpi.Share(1)
	q1, asOf := calendar.Calendar{}.MustParse("2026-Q1"), calendar.MustDay("2026-02-14")

	// README begins: a goal, its months, what was won, and where it stands.
	revenue := kpi.Metric{ID: "won_value", Name: "Revenue", Unit: usd}
	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "team", Period: q1, Target: kpi.Int(100_000)}
	months := must(target.BreakDown(goal, revenue, target.Split{
		Grain: calendar.Monthly,
		Owners: target.Node{ID: "team", Children: []target.Node{
			{ID: "ann", Weight: kpi.Int(2)}, {ID: "bo", Weight: kpi.Int(1)},
		}},
	}))
	won := must(load(q1, usd).Query(cube.Query{By: []string{"owner"}, Grain: calendar.Daily}))
	actuals := must(won.Figures("won_value", "unassigned"))
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{revenue}, Goals: []target.Goal{goal}, Breakdowns: []*target.Breakdown{months}}
	review := must(p.Review(plan.Input{AsOf: asOf, Known: q1, Actuals: actuals}))
	for _, o := range review.Goals[0].Owners {
		t := o.Tracking
		fmt.Printf("%s: %s of %s (%s), %s due: %s\n", o.Owner, usd.Text(t.Actual), usd.Text(t.Target), percent.Text(t.Attainment), usd.Text(t.Expected), t.Status)
	}
	// README ends.

	card := must(scorecard.New(scorecard.Definition{ID: "q1", Items: []scorecard.Item{{Metric: "won_value", Weight: kpi.Int(1)}},
		Bands: []scorecard.Band{{Name: "C"}, {Name: "B", From: kpi.Int(80)}, {Name: "A", From: kpi.Int(100)}}}))
	for _, o := range review.Goals[0].Owners {
		score := must(card.Score(o.Owner, q1, []scorecard.Result{{Metric: "won_value", Actual: o.Tracking.Actual, Target: o.Tracking.Expected}}))
		fmt.Println(o.Owner, "scores", score.Score.Text(1, kpi.HalfEven), "against what was due:", score.Band)
	}
	histories := must(funnel.New(funnel.Pipeline{ID: "direct", Stages: []funnel.Stage{
		{ID: "open"}, {ID: "won", Outcome: funnel.Won}, {ID: "lost", Outcome: funnel.Lost}}}))
	for _, d := range deals {
		histories.Add(funnel.Event{Deal: d.ID, At: d.Created, Stage: "open", Amount: kpi.Minor(d.Cents, 2)})
		if d.Stage != "open" {
			histories.Add(funnel.Event{Deal: d.ID, At: d.Closed, Stage: d.Stage})
		}
	}
	r := must(funnel.Analyze(histories, funnel.Question{AsOf: funnel.EndOf(asOf, time.UTC), Location: time.UTC})).Report()
	fmt.Println("win rate", percent.Text(r.WinRate.Value()), "median cycle", r.Won.Cycle.Median, "days, open", usd.Text(r.Open.Live.Value.Sum))
}

// load reads the deals into a cube of won value by owner and day: days let a
// review of any day leave out what came later.
func load(window calendar.Period, unit kpi.Unit) *cube.Cube {
	sales := must(cube.New(cube.Definition{ID: "sales", Window: window, Grain: calendar.Daily,
		Dimensions: []string{"owner"}, Measures: []cube.Measure{{ID: "won_value", Kind: cube.Sum, Unit: unit}}}))
	loader := must(cube.Load(sales, cube.Reader[Deal]{
		Day:        func(d *Deal) (calendar.Day, bool) { return calendar.DayIn(d.Closed, time.UTC) },
		Dimensions: map[string]func(*Deal) (string, bool){"owner": func(d *Deal) (string, bool) { return d.Owner, true }},
		Measures: map[string]cube.Feed[Deal]{"won_value": {
			Minor: func(d *Deal) (int64, bool) { return d.Cents, true },
			When:  func(d *Deal) bool { return d.Stage == "won" },
		}},
	}))
	loader.AddSeq(slices.Values(deals))
	return sales
}

func day(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 12, 0, 0, 0, time.UTC)
}

func must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}
