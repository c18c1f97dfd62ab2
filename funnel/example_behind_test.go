package funnel_test

import (
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
)

// A manager clicks on a number. The CRM shows the first fifty of the deals
// behind it that he may see, by permissions that are its own.
func ExampleAnalysis_Behind() {
	deals := twoSellers()
	fmt.Println("reached demo:", deals.Report().Stages[1].Reached)
	maySee := func(deal string) bool { return deal != "D3" }

	var shown []string
	page := kpi.Page{Limit: 50}
	for {
		behind, err := deals.Behind(funnel.Figure{Stage: "demo"}, page)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, id := range behind.IDs {
			if maySee(id) && len(shown) < 50 {
				shown = append(shown, id)
			}
		}
		if page.After = behind.Next; behind.Next == "" || len(shown) == 50 {
			fmt.Println(shown, "of", behind.Total)
			return
		}
	}
	// Output:
	// reached demo: 2
	// [D1] of 2
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
		affected, _ := deals.Affected(issue.Code, kpi.Page{Limit: 20})
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

// A figure that goes by a rule is named with the rule: who stands still for
// longer than two weeks, and which deals are older than ten days.
func ExampleFigure() {
	deals := winter()
	rule := funnel.StallRule{Limits: map[string]kpi.Value{"lead": kpi.Int(14), "demo": kpi.Int(7), "offer": kpi.Int(7)}, ActivityCounts: true}
	for _, figure := range []funnel.Figure{
		{Which: funnel.StalledOnes, Last: "lead", Stall: &rule},
		{Which: funnel.OpenOnes, Ages: funnel.Ages{From: 11}},
		{Which: funnel.LostInWindow, Reason: "price"},
		{Which: funnel.ConvertedOnes, Conversion: &funnel.ConversionRule{From: "lead", To: "demo", Within: 5}},
	} {
		behind, err := deals.Behind(figure, kpi.Page{Limit: 50})
		fmt.Println(figure.Which, behind.IDs, "of", behind.Total, err)
	}
	// Output:
	// stalled [D3] of 1 <nil>
	// open [D3] of 1 <nil>
	// lost_in_window [D1 D4] of 2 <nil>
	// converted [D1] of 1 <nil>
}
