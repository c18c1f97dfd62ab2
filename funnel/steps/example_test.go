package steps_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// row is an event as a CRM keeps it.
type row struct {
	ID                   int64
	Account, What, Since string
	Source               string
}

func rows() []row {
	return []row{
		{1, "acme", "visit", "2026-01-05 09:00", "ads"},
		{2, "acme", "demo", "2026-01-07 14:00", ""},
		{3, "acme", "trial", "2026-01-09 10:00", ""},
		{4, "acme", "invoice paid", "2026-01-20 16:00", ""},
		{5, "bolt", "visit", "2026-01-12 11:00", "fair"},
		{6, "bolt", "trial", "2026-01-12 11:30", ""}, // no demo was needed
		{7, "bolt", "card charged", "2026-02-16 08:00", ""},
		{8, "cord", "visit", "2026-01-28 17:00", "ads"},
		{9, "cord", "trial", "2026-02-02 09:00", ""},
		{10, "cord", "cancelled", "2026-02-03 09:00", ""},
		{11, "cord", "invoice paid", "2026-02-20 12:00", ""},
		{12, "dune", "visit", "2026-02-10 10:00", "fair"},
		{13, "dune", "visit", "2026-02-24 10:00", ""},
		{14, "dune", "demo", "2026-02-25 15:00", ""},
		{15, "edge", "visit", "2026-03-02 08:00", "ads"},
		{16, "edge", "trial", "2026-03-05 08:00", ""},
	}
}

// funnelOfSignups: visit, perhaps a demo, trial, and paid within 30 days of the
// trial unless it was cancelled; all within 60 days of the visit.
func funnelOfSignups() steps.Definition {
	return steps.Definition{
		ID: "signup",
		Steps: []steps.Step{
			{ID: "visit"},
			{ID: "demo", Optional: true},
			{ID: "trial"},
			{ID: "paid", Events: []string{"invoice paid", "card charged"}, MaxGap: steps.Days(30)},
		},
		Window:     steps.Days(60),
		Exclusions: []steps.Exclusion{{Events: []string{"cancelled"}, From: "trial", To: "paid"}},
	}
}

func loaded() *steps.Journeys {
	var journeys steps.Journeys
	for _, r := range rows() {
		at, _ := time.Parse("2006-01-02 15:04", r.Since)
		e := steps.Event{Entity: r.Account, Name: r.What, At: at, Seq: r.ID}
		if r.Source != "" {
			e.Attributes = map[string]string{"source": r.Source}
		}
		journeys.Add(e)
	}
	return &journeys
}

func asOf() time.Time { return time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC) }

// A sign-up funnel over the event log of a CRM.
func Example() {
	log := []struct{ Account, Event, At string }{
		{"acme", "visit", "2026-01-05"}, {"acme", "demo", "2026-01-07"}, {"acme", "trial", "2026-01-09"}, {"acme", "paid", "2026-01-20"},
		{"bolt", "visit", "2026-01-12"}, {"bolt", "trial", "2026-01-13"},
		{"cord", "trial", "2026-01-20"}, {"cord", "visit", "2026-02-01"}, // visited only after the trial
		{"dune", "visit", "2026-02-10"}, {"dune", "demo", "2026-02-12"},
	}
	definition := steps.Definition{
		ID:     "signup",
		Steps:  []steps.Step{{ID: "visit"}, {ID: "demo", Optional: true}, {ID: "trial"}, {ID: "paid"}},
		Window: steps.Days(30),
	}

	var journeys steps.Journeys
	for _, row := range log {
		at, _ := time.Parse(time.DateOnly, row.At)
		journeys.Add(steps.Event{Entity: row.Account, Name: row.Event, At: at})
	}

	report, err := steps.Analyze(&journeys, definition, steps.Question{AsOf: time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range report.Steps {
		fmt.Printf("%-5s %d, of all %s, of the step before %s\n", s.Step, s.Entities, s.FromFirst.Observed, s.FromPrevious.Observed)
	}
	c := report.Entities
	fmt.Printf("%d paid, %d did not, %d still may\n", c.Converted, c.NotConverted, c.StillOpen)
	fmt.Println("of those who had their 30 days", c.Mature)
	fmt.Println("days to pay", report.Time.In(steps.Days(1)).Median)
	// Output:
	// visit 4, of all 4/4 = 1, of the step before 4/4 = 1
	// demo  2, of all 2/4 = 0.5, of the step before 2/4 = 0.5
	// trial 2, of all 2/4 = 0.5, of the step before 2/4 = 0.5
	// paid  1, of all 1/4 = 0.25, of the step before 1/2 = 0.5
	// 1 paid, 1 did not, 2 still may
	// of those who had their 30 days 1/2 = 0.5
	// days to pay 15
}

// Each step in its three counts, and what bounds the conclusions.
func ExampleAnalyze() {
	report, err := steps.Analyze(loaded(), funnelOfSignups(), steps.Question{AsOf: asOf()})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range report.Steps {
		fmt.Printf("%-5s %d accounts, %d attempts, %d events; median %s days\n",
			s.Step, s.Entities, s.Attempts, s.Events, s.Time.In(steps.Days(1)).Median.Text(1, kpi.HalfUp))
	}
	c := report.Entities
	fmt.Printf("converted %d, not %d, still open %d; dropped %d\n", c.Converted, c.NotConverted, c.StillOpen, c.Dropped)
	for _, f := range report.Findings {
		fmt.Println("-", steps.Findings().Text(f, "en"))
	}
	// Output:
	// visit 4 accounts, 5 attempts, 6 events; median undefined: no_data days
	// demo  2 accounts, 3 attempts, 2 events; median 8.7 days
	// trial 3 accounts, 3 attempts, 4 events; median 3.0 days
	// paid  1 accounts, 1 attempts, 3 events; median 11.3 days
	// converted 1, not 1, still open 2; dropped 1
	// - 2 of 4 have not converted yet and still may: the observed rate can rise. The mature one beside it leaves out whoever has not had all the time.
	// - Dropped by an exclusion: 1. They stand beside the 4 that count.
	// - Entered more than once: 1. How far they got is counted over all attempts, and times are those of the attempt that the clock first_entry chooses.
}

// By the month of the visit. What started in February and March has not had
// its 60 days: the rates can still rise, and the mature ones know nobody yet.
func ExampleAnalyze_trend() {
	report, err := steps.Analyze(loaded(), funnelOfSignups(), steps.Question{
		AsOf: asOf().AddDate(0, 0, 2), Location: time.UTC,
		To:    "trial",
		Trend: calendar.Monthly,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range report.Trend {
		e := p.Entities
		fmt.Printf("%s mature %-5v entered %d, trial %s, open %d; mature only %s\n", p.Label, p.Mature, e.Entered, e.Observed, e.StillOpen, e.Mature)
	}
	// Output:
	// 2026-01 mature true  entered 2, trial 2/2 = 1, open 0; mature only 2/2 = 1
	// 2026-02 mature false entered 1, trial 0/1 = 0, open 1; mature only 0/0 = undefined: zero_denominator
	// 2026-03 mature false entered 1, trial 1/1 = 1, open 0; mature only 0/0 = undefined: zero_denominator
}

// By where the account came from: the first event that says so.
func ExampleBreakdown() {
	report, err := steps.Analyze(loaded(), funnelOfSignups(), steps.Question{
		AsOf:      asOf(),
		Breakdown: steps.Breakdown{Attribute: "source", By: steps.FirstTouch},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range report.Breakdown.Groups {
		fmt.Printf("%-4s paid %s, dropped %d\n", g.Value, g.Entities.Observed, g.Entities.Dropped)
	}
	fmt.Println("adds up:", report.Breakdown.Additive, "- differ by more than chance:", report.Breakdown.Homogeneity.Verdict)
	// Output:
	// ads  paid 1/2 = 0.5, dropped 1
	// fair paid 0/2 = 0, dropped 0
	// adds up: true - differ by more than chance: within_chance
}

// Why bolt and cord are not among those who paid.
func ExampleExplain() {
	for _, account := range []string{"acme", "bolt", "cord"} {
		x, err := steps.Explain(loaded(), funnelOfSignups(), steps.Question{AsOf: asOf()}, account)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(account, x.Fate)
		for _, f := range x.WhyNot("paid") {
			fmt.Println(" ", steps.Findings().Text(f, "en"))
			fmt.Println(" ", steps.Findings().Text(f, "zh"))
		}
	}
	// Output:
	// acme converted
	// bolt not_converted
	//   paid came at 2026-02-16T08:00:00Z; the time after trial had ended 4d20h30m earlier, at 2026-02-11T11:30:00Z.
	//   “paid”发生于 2026-02-16T08:00:00Z；“trial”之后的允许间隔已于 4d20h30m 前（2026-02-11T11:30:00Z）结束。
	// cord dropped
	//   Excluded by cancelled at 2026-02-03T09:00:00Z, after trial.
	//   到达“trial”之后，2026-02-03T09:00:00Z 发生“cancelled”，因此被排除。
}

// The way of one account, step by step.
func ExampleExplanation() {
	x, err := steps.Explain(loaded(), funnelOfSignups(), steps.Question{AsOf: asOf()}, "dune")
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, a := range x.Attempts {
		fmt.Println("attempt from", a.Start.Format(time.DateOnly), "stands for the account:", i == x.Stands)
		for _, p := range a.Steps {
			fmt.Println(" ", steps.Findings().Text(p.Why, "en"))
		}
	}
	// Output:
	// attempt from 2026-02-10 stands for the account: true
	//   visit at 2026-02-10T10:00:00Z.
	//   demo at 2026-02-25T15:00:00Z.
	//   trial has not come yet; there is time until 2026-04-11T10:00:00Z.
	//   trial was not reached, which comes before paid.
	// attempt from 2026-02-24 stands for the account: false
	//   visit at 2026-02-24T10:00:00Z.
	//   demo at 2026-02-25T15:00:00Z.
	//   trial has not come yet; there is time until 2026-04-25T10:00:00Z.
	//   trial was not reached, which comes before paid.
}

// Who came to the trial, two at a time.
func ExampleBehind() {
	after := ""
	for {
		page, err := steps.Behind(loaded(), funnelOfSignups(), steps.Question{AsOf: asOf()}, steps.Figure{To: "trial"}, kpi.Page{After: after, Limit: 2})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(page.IDs, "of", page.Total)
		if after = page.Next; after == "" {
			return
		}
	}
	// Output:
	// [acme bolt] of 3
	// [edge] of 3
}

// Two workers take half of the log each; their states travel as bytes.
func ExampleJourneys_Merge() {
	halves := slices.Collect(slices.Chunk(rows(), 8))
	var states [][]byte
	for _, half := range halves {
		var part steps.Journeys
		for _, r := range half {
			at, _ := time.Parse("2006-01-02 15:04", r.Since)
			part.Add(steps.Event{Entity: r.Account, Name: r.What, At: at, Seq: r.ID})
		}
		data, err := part.MarshalBinary()
		if err != nil {
			fmt.Println(err)
			return
		}
		states = append(states, data)
	}
	var whole steps.Journeys
	for _, data := range append(states, states[0]) { // one of them came twice
		var part steps.Journeys
		if err := part.UnmarshalBinary(data); err != nil {
			fmt.Println(err)
			return
		}
		whole.Merge(&part)
	}
	report, err := steps.Analyze(&whole, funnelOfSignups(), steps.Question{AsOf: asOf()})
	fmt.Println(whole.Len(), "accounts,", report.Events.Read, "events", err)
	// Output: 5 accounts, 16 events <nil>
}

// A record with its own list of events.
func ExampleJourneys_AddEntity() {
	type account struct {
		ID       string
		Activity map[string]string
	}
	a := account{"acme", map[string]string{"visit": "2026-01-05", "paid": "2026-01-20"}}
	var journeys steps.Journeys
	journeys.AddEntity(a.ID, func(yield func(steps.Event) bool) {
		for name, day := range a.Activity {
			at, _ := time.Parse(time.DateOnly, day)
			if !yield(steps.Event{Name: name, At: at}) {
				return
			}
		}
	})
	d := steps.Definition{ID: "d", Steps: []steps.Step{{ID: "visit"}, {ID: "paid"}}, Window: steps.Unlimited}
	report, err := steps.Analyze(&journeys, d, steps.Question{AsOf: asOf()})
	fmt.Println(report.Entities.Observed, err)
	// Output: 1/1 = 1 <nil>
}

func ExampleJourneys_AddSeq() {
	var journeys steps.Journeys
	journeys.AddSeq(slices.Values([]steps.Event{{Entity: "acme", Name: "visit", At: asOf()}, {Entity: "bolt", Name: "visit", At: asOf()}}))
	fmt.Println(journeys.Len())
	// Output: 2
}

// A definition is data: an administrator may keep it as JSON.
func ExampleDefinition() {
	var d steps.Definition
	err := json.Unmarshal([]byte(`{
		"schema": "saleskpi/steps/1",
		"id": "reply",
		"steps": [
			{"id": "mail", "where": [{"attribute": "campaign", "is": ["spring"]}]},
			{"id": "reply", "min_gap": "1m"}
		],
		"window": "7d",
		"edge": "exclusive",
		"clock": "last_entry"
	}`), &d)
	if err == nil {
		err = d.Validate()
	}
	fmt.Println(d.Steps[1].MinGap, d.Window, d.Order, err)
	// Output: 1m 7d ordered <nil>
}

// Everything that is wrong is said at once, with its path.
func ExampleDefinition_Validate() {
	d := steps.Definition{ID: "signup", Steps: []steps.Step{{ID: "visit", Optional: true}, {ID: "visit"}}}
	fmt.Println(strings.ReplaceAll(fmt.Sprint(d.Validate()), "\n", " |\n"))
	// Output:
	// steps.Definition: window: missing window (none unlimited) |
	// steps.Definition: steps[0].optional: first step optional: invalid |
	// steps.Definition: steps[1].id: duplicate id "visit"
}

func ExampleDefinition_Hash() {
	d := funnelOfSignups()
	before, _ := d.Hash()
	d.Name = "Sign-ups"
	renamed, _ := d.Hash()
	d.Window = steps.Days(90)
	longer, _ := d.Hash()
	fmt.Println(before == renamed, before == longer)
	// Output: true false
}

// Two attempts to time a reply: from the first mail, or from the last before
// it came.
func ExampleClock() {
	var journeys steps.Journeys
	for name, minutes := range map[string][]int{"mail": {0, 100}, "reply": {110}} {
		for _, m := range minutes {
			journeys.Add(steps.Event{Entity: "acme", Name: name, At: asOf().Add(time.Duration(m) * time.Minute)})
		}
	}
	d := steps.Definition{ID: "reply", Steps: []steps.Step{{ID: "mail"}, {ID: "reply"}}, Window: steps.Days(7)}
	for _, d.Clock = range []steps.Clock{steps.FirstEntry, steps.LastEntry, steps.EachVisit} {
		report, err := steps.Analyze(&journeys, d, steps.Question{AsOf: asOf().AddDate(0, 1, 0)})
		if err != nil {
			fmt.Println(err)
			return
		}
		minutes := report.Time.In(steps.Span(time.Minute))
		fmt.Println(d.Clock, minutes.N, minutes.Mean)
	}
	// Output:
	// first_entry 1 110
	// last_entry 1 10
	// each_visit 2 60
}

// Demo and call in any order, and both within a week.
func ExampleOrder() {
	var journeys steps.Journeys
	for account, names := range map[string][]string{"acme": {"demo", "call"}, "bolt": {"call", "demo"}, "cord": {"call"}} {
		for i, name := range names {
			journeys.Add(steps.Event{Entity: account, Name: name, At: asOf().AddDate(0, 0, i)})
		}
	}
	d := steps.Definition{ID: "met", Steps: []steps.Step{{ID: "demo"}, {ID: "call"}}, Window: steps.Days(7)}
	for _, d.Order = range []steps.Order{steps.Ordered, steps.Unordered} {
		report, err := steps.Analyze(&journeys, d, steps.Question{AsOf: asOf().AddDate(0, 1, 0)})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(d.Order, report.From, report.To, report.Entities.Observed)
	}
	// Output:
	// ordered demo call 1/2 = 0.5
	// unordered 1 2 2/3 = 0.666666666667
}

// Bins in which two groups can be compared.
func ExampleBounds() {
	a := steps.Durations{N: 8, Min: kpi.Int(100), Max: kpi.Int(200)}
	b := steps.Durations{N: 19, Min: kpi.Int(50), Max: kpi.Int(300)}
	fmt.Println(steps.Bounds(0, a, b))
	// Output: [50s 2m14s 3m38s 5m2s]
}

func ExampleDurations_In() {
	d := steps.Durations{N: 1, Median: kpi.Int(129600)}
	fmt.Println(d.In(steps.Days(1)).Median)
	// Output: 1.5
}

func ExampleSpan() {
	fmt.Println(steps.Days(14), steps.Span(36*time.Hour), steps.Unlimited)
	// Output: 14d 1d12h unlimited
}

func ExampleFindings() {
	report, _ := steps.Analyze(loaded(), steps.Definition{ID: "d", Steps: []steps.Step{{ID: "Visit"}}, Window: steps.Unlimited}, steps.Question{AsOf: asOf()})
	fmt.Println(steps.Findings().Text(report.Findings[0], "en"))
	fmt.Println(steps.Findings().Text(report.Findings[0], "zh"))
	// Output:
	// No event can be the step Visit: names compare as bytes, so check the spelling and the conditions.
	// 没有任何事件符合步骤“Visit”；名称按字节比较，请检查写法与条件。
}
