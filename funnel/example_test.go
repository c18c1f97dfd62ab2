package funnel_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// hardware is a pipeline of three open stages and three ends.
func hardware() funnel.Pipeline {
	return funnel.Pipeline{ID: "hardware", Stages: []funnel.Stage{
		{ID: "lead", Probability: kpi.Frac(1, 10)},
		{ID: "demo", Probability: kpi.Frac(3, 10)},
		{ID: "offer", Probability: kpi.Frac(6, 10)},
		{ID: "won", Outcome: funnel.Won},
		{ID: "lost", Outcome: funnel.Lost},
		{ID: "duplicate", Outcome: funnel.Disqualified},
	}}
}

// A CRM that keeps a log of stages: one event for each row.
func Example() {
	log := []struct {
		ID        int64
		Deal      string
		ChangedAt string
		Stage     string
		Cents     int64
	}{
		{1, "D1", "2026-01-05T09:00:00Z", "lead", 100_000_00},
		{2, "D1", "2026-01-19T15:30:00Z", "offer", 100_000_00}, // no demo was needed
		{3, "D1", "2026-02-04T11:00:00Z", "won", 90_000_00},
		{4, "D2", "2026-01-12T10:00:00Z", "lead", 40_000_00},
		{5, "D2", "2026-01-20T10:00:00Z", "demo", 40_000_00},
		{6, "D2", "2026-02-11T10:00:00Z", "lost", 40_000_00},
		{7, "D3", "2026-02-02T10:00:00Z", "lead", 60_000_00},
		{8, "D3", "2026-02-20T10:00:00Z", "demo", 60_000_00},
	}

	histories, err := funnel.New(hardware())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range log {
		at, _ := time.Parse(time.RFC3339, row.ChangedAt)
		histories.Add(funnel.Event{Deal: row.Deal, At: at, Seq: row.ID, Stage: row.Stage, Amount: kpi.Minor(row.Cents, 2)})
	}

	deals, err := funnel.Analyze(histories, funnel.Question{
		AsOf:     funnel.EndOf(calendar.MustDay("2026-03-31"), time.UTC),
		Location: time.UTC,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	report := deals.Report()
	for _, s := range report.Stages {
		fmt.Printf("%-6s reached %d, skipped %d, to next %s\n", s.Stage, s.Reached, s.Skipped, s.ToNext)
	}
	fmt.Println("win rate", report.WinRate)
	fmt.Println("by value", report.WinRateByValue)
	fmt.Println("median cycle of won deals", report.Won.Cycle.Median, "days")
	fmt.Println("open", report.Open.Total().Value.Sum, "weighted", report.Open.Total().Weighted.Sum)
	// Output:
	// lead   reached 3, skipped 0, to next 3/3 = 1
	// demo   reached 3, skipped 1, to next 1/3 = 0.333333333333
	// offer  reached 1, skipped 0, to next 1/1 = 1
	// win rate 1/2 = 0.5
	// by value 90000/130000 = 0.692307692308
	// median cycle of won deals 30 days
	// open 60000 weighted 18000
}

// A table with one row a deal and a few date columns, some of them empty.
// Every deal has been a prospect, nobody knows since when.
func Example_flatTable() {
	rows := []struct{ ID, Seller, Stage, Engaged, Closed, Value string }{
		{"1C1I7A6R", "Moses", "Won", "2016-10-20", "2017-03-01", "1054"},
		{"Z063OYW0", "Darcel", "Won", "2016-10-25", "2017-03-11", "4514"},
		{"EG7J1NAQ", "Darcel", "Lost", "2017-01-20", "2017-03-08", "0"},
		{"EC4QE1BX", "Darcel", "Engaging", "2017-02-20", "", ""},
		{"MV1LWRNH", "Moses", "Prospecting", "", "", ""},
	}
	histories, err := funnel.New(funnel.Pipeline{ID: "sales", Stages: []funnel.Stage{
		{ID: "Prospecting"}, {ID: "Engaging"}, {ID: "Won", Outcome: funnel.Won}, {ID: "Lost", Outcome: funnel.Lost}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range rows {
		histories.Add(funnel.Event{Deal: r.ID, Stage: "Prospecting", Owner: r.Seller})
		if day, err := calendar.ParseDay(r.Engaged); err == nil {
			histories.Add(funnel.Event{Deal: r.ID, At: funnel.StartOf(day, time.UTC), Stage: "Engaging"})
		}
		if day, err := calendar.ParseDay(r.Closed); err == nil {
			value, _ := kpi.Parse(r.Value)
			histories.Add(funnel.Event{Deal: r.ID, At: funnel.EndOf(day, time.UTC), Stage: r.Stage, Amount: value})
		}
	}

	deals, err := funnel.Analyze(histories, funnel.Question{
		AsOf:     funnel.EndOf(calendar.MustDay("2017-03-31"), time.UTC),
		Location: time.UTC,
		Start:    "Engaging", // cycles and ages count from there
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	report := deals.Report()
	fmt.Println("win rate", report.WinRate)
	fmt.Println("by value", report.WinRateByValue.Value())
	fmt.Println("mean cycle", report.Won.Cycle.Mean)
	for _, s := range report.Open.Stages {
		fmt.Println(s.Stage, "open", s.Total().Deals, "median age", s.Ages.Median)
	}
	for _, f := range report.Findings {
		if f.Code == "no_amount" {
			fmt.Println(funnel.Findings().Text(f, "zh"))
		}
	}
	// Output:
	// win rate 2/3 = 0.666666666667
	// by value undefined: no_amount
	// mean cycle 134.5
	// Prospecting open 1 median age undefined: no_data
	// Engaging open 1 median age 39
	// 1 个丢单商机中只有 0 个有非零金额：按金额计算的赢单率会严重虚高，故不给出。
}

// The same for every seller beside the whole.
func ExampleAnalysis_By() {
	deals := twoSellers()
	sellers, _, err := deals.By(func(d funnel.Deal) (string, bool) { return d.Owner, d.Owner != "" })
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("all", deals.Report().WinRate)
	for _, s := range sellers {
		report := s.Analysis.Report()
		fmt.Println(s.Key, report.WinRate, "open", report.Counts.Open)
	}
	// Output:
	// all 1/2 = 0.5
	// ann 1/1 = 1 open 0
	// bob 0/1 = 0 open 1
}

// twoSellers gives three deals of ann and bob as of 1 March 2026.
func twoSellers() *funnel.Analysis {
	histories, _ := funnel.New(hardware())
	for _, e := range []funnel.Event{
		{Deal: "D1", Owner: "ann", Stage: "lead", At: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)},
		{Deal: "D1", Stage: "won", At: time.Date(2026, 2, 5, 9, 0, 0, 0, time.UTC)},
		{Deal: "D2", Owner: "bob", Stage: "lead", At: time.Date(2026, 1, 8, 9, 0, 0, 0, time.UTC)},
		{Deal: "D2", Stage: "lost", At: time.Date(2026, 2, 8, 9, 0, 0, 0, time.UTC)},
		{Deal: "D3", Owner: "bob", Stage: "demo", At: time.Date(2026, 2, 9, 9, 0, 0, 0, time.UTC)},
	} {
		histories.Add(e)
	}
	deals, _ := funnel.Analyze(histories, funnel.Question{AsOf: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Location: time.UTC})
	return deals
}

// Two parts of the same record, filled apart, are joined as sets: what both
// hold counts once.
func ExampleHistories_Merge() {
	lead := funnel.Event{Deal: "D1", Stage: "lead", At: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}
	won := funnel.Event{Deal: "D1", Stage: "won", At: time.Date(2026, 2, 5, 9, 0, 0, 0, time.UTC)}
	east, _ := funnel.New(hardware())
	east.Add(lead)
	west, _ := funnel.New(hardware())
	west.AddSeq(slices.Values([]funnel.Event{won, lead}))

	state, _ := west.MarshalBinary()
	arrived, _ := funnel.New(hardware())
	fmt.Println(arrived.UnmarshalBinary(state))
	fmt.Println(east.Merge(arrived))
	joined, _ := east.MarshalBinary()
	fmt.Println(east.Len(), string(joined) == string(state))
	// Output:
	// <nil>
	// <nil>
	// 1 true
}

// A record that carries its own list of changes.
func ExampleHistories_AddDeal() {
	histories, _ := funnel.New(hardware())
	histories.AddDeal("D1", slices.Values([]funnel.Event{
		{Birth: true, At: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)},
		{From: "lead", Stage: "demo", At: time.Date(2026, 1, 9, 9, 0, 0, 0, time.UTC)},
	}))
	deals, err := funnel.Analyze(histories, funnel.Question{AsOf: time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC), Location: time.UTC})
	if err != nil {
		fmt.Println(err)
		return
	}
	demo := deals.Report().Open.Stages[1]
	fmt.Println(demo.Stage, demo.Ages.Median)
	// Output:
	// demo 10
}

func ExamplePipeline_Validate() {
	p := hardware()
	p.Stages[1].ID = "lead"
	p.Stages[2].Probability = kpi.Int(60)
	fmt.Println(p.Validate())
	// Output:
	// funnel.Pipeline: stages[1].id: duplicate id "lead"
	// funnel.Pipeline: stages[2].probability: not a share "60" (least 0, most 1): out of range
}

func ExamplePipeline() {
	p := funnel.Pipeline{ID: "short", Stages: []funnel.Stage{{ID: "open", Probability: kpi.Frac(1, 3)}, {ID: "won", Outcome: funnel.Won}}}
	text, _ := json.Marshal(p)
	fmt.Println(string(text))
	// Output:
	// {"schema":"saleskpi/pipeline/1","id":"short","stages":[{"id":"open","outcome":"open","probability":{"value":"0.333333333333","exact":"1/3"}},{"id":"won","outcome":"won"}]}
}

func ExampleEndOf() {
	day := calendar.MustDay("2026-03-31")
	shanghai := time.FixedZone("Asia/Shanghai", 8*60*60)
	fmt.Println(funnel.StartOf(day, shanghai).UTC())
	fmt.Println(funnel.EndOf(day, shanghai).UTC())
	// Output:
	// 2026-03-30 16:00:00 +0000 UTC
	// 2026-03-31 15:59:59.999999 +0000 UTC
}

func ExampleOpenLine_Total() {
	line := funnel.OpenLine{
		Live:  funnel.Holding{Deals: 3, Value: kpi.Partial{Sum: kpi.Int(900), N: 2, Of: 3}},
		Stale: funnel.Holding{Deals: 1, Value: kpi.Partial{Sum: kpi.Int(400), N: 1, Of: 1}},
	}
	all := line.Total()
	fmt.Println(all.Deals, all.Value.Sum, all.Value.N, all.Value.Of)
	// Output:
	// 4 1300 3 4
}

func ExampleFindings() {
	histories, _ := funnel.New(hardware())
	histories.Add(funnel.Event{Deal: "D1", Stage: "closed-maybe", At: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)})
	histories.Add(funnel.Event{Deal: "D1", Stage: "lead", At: time.Date(2026, 1, 6, 9, 0, 0, 0, time.UTC)})
	deals, _ := funnel.Analyze(histories, funnel.Question{AsOf: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), Location: time.UTC})
	report := deals.Report()
	last := report.Findings[len(report.Findings)-1]
	fmt.Println(funnel.Findings().Text(last, "en"))
	// Output:
	// Deals that were in the stage closed-maybe, which the pipeline hardware does not have: 1. That entry is ignored, and the deals are left out of the cycle.
}

// The won deals of a stage log, to feed to a cube.
func ExampleAnalysis_Deals() {
	histories, _ := funnel.New(hardware())
	at := func(day string) time.Time { return funnel.StartOf(calendar.MustDay(day), time.UTC) }
	histories.Add(funnel.Event{Deal: "D1", At: at("2026-01-05"), Stage: "lead", Owner: "ann", Amount: kpi.Int(900)})
	histories.Add(funnel.Event{Deal: "D1", At: at("2026-02-04"), Stage: "won"})
	histories.Add(funnel.Event{Deal: "D2", At: at("2026-01-12"), Stage: "lead"})

	deals, err := funnel.Analyze(histories, funnel.Question{AsOf: funnel.EndOf(calendar.MustDay("2026-03-31"), time.UTC), Location: time.UTC})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range deals.Deals() {
		if d.Outcome == funnel.Won {
			fmt.Println(d.ID, d.Owner, d.Amount, "won on", d.Closed)
		}
	}
	// Output: D1 ann 900 won on 2026-02-04
}

func ExampleAnalysis_ReportBy() {
	by, err := twoSellers().ReportBy(func(d funnel.Deal) (string, bool) { return d.Owner, d.Owner != "" })
	ann, ok := by.Group("ann")
	fmt.Println(ann.WinRate, ok, err)
	_, ok = by.Group("zoe")
	fmt.Println(ok)
	// Output:
	// 1/1 = 1 true <nil>
	// false
}
