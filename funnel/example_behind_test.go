package funnel_test

import (
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
)

// A click on a number opens the deals behind it, fifty on a page.
func ExampleAnalysis_Behind() {
	deals := twoSellers()
	report := deals.Report()
	fmt.Println("reached demo:", report.Stages[1].Reached)

	page, err := deals.Behind(funnel.Figure{Stage: "demo"}, funnel.Page{From: 0, Most: 50})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range page.Deals {
		fmt.Println(d.ID, d.Owner, d.Outcome, d.Stage)
	}
	fmt.Println(len(page.Deals), "of", page.Total)
	// Output:
	// reached demo: 2
	// D1 ann won lead
	// D3 bob open demo
	// 2 of 2
}

// A seller asks why a deal is not in the number.
func ExampleAnalysis_Why() {
	deals := twoSellers()
	for _, deal := range []string{"D2", "D3", "D4"} {
		answers, err := deals.Why(deal, funnel.Figure{Which: funnel.WonInWindow})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, answer := range answers {
			fmt.Println(funnel.Findings().Text(answer.Why, "en"))
			fmt.Println(funnel.Findings().Text(answer.Why, "zh"))
		}
	}
	// Output:
	// Deal D2 was lost (lost).
	// 商机 D2 已丢单（lost）。
	// Deal D3 is open, in the stage demo.
	// 商机 D3 仍在进行中，处于阶段“demo”。
	// No event of deal D4 was read.
	// 没有读到商机 D4 的任何记录。
}

// What a manager has cleaned up before a review, with the deals to look at.
func ExampleAnalysis_Quality() {
	histories, _ := funnel.New(hardware())
	at := func(day int) time.Time { return time.Date(2026, 1, day, 9, 0, 0, 0, time.UTC) }
	for _, e := range []funnel.Event{
		{Deal: "D1", Birth: true, Stage: "lead", At: at(5)}, {Deal: "D1", Stage: "won", At: at(2)},
		{Deal: "D2", Birth: true, Stage: "lead", At: at(6)}, {Deal: "D2", Stage: "Demo", At: at(9)},
		{Deal: "D3", Stage: "Demo", At: at(7)},
	} {
		histories.Add(e)
	}
	deals, err := funnel.Analyze(histories, funnel.Question{AsOf: at(31), Location: time.UTC})
	if err != nil {
		fmt.Println(err)
		return
	}
	quality := deals.Quality()
	fmt.Println(quality.Read, "read,", quality.Counted, "counted,", quality.Clean, "clean")
	for _, issue := range quality.Issues {
		affected, _ := deals.Affected(issue.Code, funnel.Page{Most: 20})
		fmt.Println(issue.Kind, issue.Code, affected.Deals)
	}
	fmt.Println(funnel.Findings().Text(quality.Issues[0].Finding(), "en"))
	// Output:
	// 3 read, 2 counted, 0 clean
	// left_out unknown_stage [{D3 0}]
	// suspicious closed_before_created [{D1 1}]
	// suspicious in_unknown_stage [{D2 1}]
	// suspicious open_without_value [{D2 1}]
	// suspicious won_without_value [{D1 1}]
	// Deals left out because no pipeline has any of their stages: 1. Stages compare as bytes, so check the spelling.
}
