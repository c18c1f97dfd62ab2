package funnel_test

import (
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// movingDeals gives the log of five deals of ann and bob.
func movingDeals() *funnel.Histories {
	histories, _ := funnel.New(hardware())
	for i, row := range []struct {
		Day, Deal, Stage, Owner string
		Amount                  int64
		Close                   string
	}{
		{"2026-01-12", "D1", "demo", "ann", 80_000, "2026-03-31"},
		{"2026-01-14", "D2", "lead", "ann", 50_000, "2026-03-15"},
		{"2026-01-20", "D3", "offer", "bob", 30_000, "2026-02-28"},
		{"2026-02-03", "D1", "offer", "", 70_000, ""}, // a smaller offer
		{"2026-02-04", "D2", "", "", 0, "2026-04-20"}, // next quarter
		{"2026-02-05", "D3", "won", "", 28_000, ""},
		{"2026-02-05", "D4", "lead", "bob", 90_000, "2026-03-20"},
		{"2026-02-06", "D5", "demo", "bob", 5_000, "2026-02-10"},
		{"2026-02-07", "D5", "won", "", 0, ""},
	} {
		e := funnel.Event{Deal: row.Deal, Seq: int64(i), Stage: row.Stage, Owner: row.Owner}
		e.At = funnel.StartOf(calendar.MustDay(row.Day), time.UTC)
		e.ExpectedClose, _ = calendar.ParseDay(row.Close)
		if row.Amount > 0 {
			e.Amount = kpi.Int(row.Amount)
		}
		histories.Add(e)
	}
	return histories
}

func asOf(h *funnel.Histories, day string) *funnel.Analysis {
	deals, _ := funnel.Analyze(h, funnel.Question{
		AsOf: funnel.EndOf(calendar.MustDay(day), time.UTC), Location: time.UTC,
		ClosingsFrom: calendar.MustDay("2026-01-01"),
	})
	return deals
}

// What moved through the stages in February.
func ExampleAnalysis_Flow() {
	february := calendar.Calendar{}.MustParse("2026-02")
	flow, err := asOf(movingDeals(), "2026-02-28").Flow(february)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range flow.Stages {
		fmt.Printf("%-6s %d open, %d came, %d went on, %d won, %d open\n", s.Stage, s.Opening.Deals,
			s.Entered.All.Times, s.Left.Forward.Times, s.Left.Won.Times, s.Closing.Deals)
	}
	all := flow.Whole
	fmt.Println(all.Opening.Value.Sum, "+", all.Entered.New.Value.Sum, "new −", all.Left.Won.Value.Sum, "won",
		"and revalued by", all.Revalued.Net(), "=", all.Closing.Value.Sum)
	for _, t := range flow.Transitions {
		fmt.Println(t.From, "→", t.To, t.Times, "worth", t.Value.Sum)
	}
	// Output:
	// lead   1 open, 1 came, 0 went on, 0 won, 2 open
	// demo   1 open, 1 came, 1 went on, 1 won, 0 open
	// offer  1 open, 1 came, 0 went on, 1 won, 1 open
	// 160000 + 95000 new − 33000 won and revalued by -12000 = 210000
	// not_begun → lead 1 worth 90000
	// not_begun → demo 1 worth 5000
	// demo → offer 1 worth 70000
	// demo → won 1 worth 5000
	// offer → won 1 worth 28000
}

// The deals behind a flow, here of one week, from instant to instant.
func ExampleAnalysis_MovesBetween() {
	monday := time.Date(2026, 2, 2, 9, 0, 0, 0, time.UTC)
	moves, err := asOf(movingDeals(), "2026-02-28").MovesBetween(monday, monday.AddDate(0, 0, 7))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range moves {
		fmt.Println(m.At.Format(time.DateOnly), m.Deal, m.From, "→", m.To, m.Value)
	}
	// Output:
	// 2026-02-03 D1 demo → offer 70000
	// 2026-02-05 D3 offer → won 28000
	// 2026-02-05 D4 not_begun → lead 90000
	// 2026-02-06 D5 not_begun → demo 5000
	// 2026-02-07 D5 demo → won 5000
}

// Monday's meeting: what changed since last week in what is expected to close
// this quarter.
func ExampleBetween() {
	histories := movingDeals()
	change, err := funnel.Between(asOf(histories, "2026-02-01"), asOf(histories, "2026-02-08"), funnel.Scope{
		ExpectedIn: calendar.Calendar{}.MustParse("2026-Q1"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, sentence := range change.Summary() {
		fmt.Println(funnel.Findings().Text(sentence, "en"))
	}
	won := change.Line(funnel.DealWon)
	fmt.Println(won.Deals[0].Deal, "was won at", won.Is.Sum, "and stood at", won.Was.Sum)
	// Output:
	// Deals open before: 3, 160000.
	// Deals created: 1, +90000.
	// Deals lowered: 1, −10000.
	// Deals pushed out to later: 1, −50000.
	// Deals won: 1, −30000 of what was open.
	// Deals open after: 2, 160000.
	// Deals that came and were won in between: 1, 5000.
	// D3 was won at 28000 and stood at 30000
}

// A deal that ann hands to bob leaves her pipeline and enters his; for their
// manager nothing happened.
func ExampleScope() {
	histories := movingDeals()
	histories.Add(funnel.Event{Deal: "D1", Owner: "bob", At: time.Date(2026, 2, 6, 9, 0, 0, 0, time.UTC)})
	before, after := asOf(histories, "2026-02-05"), asOf(histories, "2026-02-08")
	for _, team := range [][]string{{"ann"}, {"bob"}, {"ann", "bob"}} {
		change, err := funnel.Between(before, after, funnel.Scope{Of: func(d funnel.Deal) bool {
			return d.Owner == team[0] || d.Owner == team[len(team)-1]
		}})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(team, change.Opening.Deals, "+", change.Line(funnel.TransferredIn).Count, "−", change.Line(funnel.TransferredOut).Count, "=", change.Closing.Deals)
	}
	// Output:
	// [ann] 2 + 0 − 1 = 1
	// [bob] 1 + 1 − 0 = 2
	// [ann bob] 3 + 0 − 0 = 3
}

// Who keeps moving close dates: edits, crossings of a quarter's end and days.
func ExampleAnalysis_Slippage() {
	histories := movingDeals()
	for i, close := range []string{"2026-03-20", "2026-03-31", "2026-04-15", "2026-04-10"} {
		histories.Add(funnel.Event{Deal: "D4", At: time.Date(2026, 2, 10+i, 9, 0, 0, 0, time.UTC), ExpectedClose: calendar.MustDay(close)})
	}
	sellers, _, err := asOf(histories, "2026-02-28").By(func(d funnel.Deal) (string, bool) { return d.Owner, d.Owner != "" })
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range sellers {
		slippage, err := s.Analysis.Slippage(funnel.SlipRule{Grain: calendar.Quarterly, Often: 2})
		if err != nil {
			fmt.Println(err)
			return
		}
		open := slippage.Open
		fmt.Println(s.Key, open.Pushed, "of", open.Dated, "open deals pushed,", open.Pushes, "pushes,", open.Crossings, "into a later quarter, net days", open.NetDays())
		for _, d := range slippage.Often {
			fmt.Println("  often:", d.Deal, d.First, "to", d.Last)
		}
	}
	// Output:
	// ann 1 of 2 open deals pushed, 1 pushes, 1 into a later quarter, net days 36
	// bob 1 of 1 open deals pushed, 2 pushes, 1 into a later quarter, net days 21
	//   often: D4 2026-03-20 to 2026-04-10
}

// Do we create pipeline fast enough?
func ExampleAnalysis_Created() {
	created, err := asOf(movingDeals(), "2026-02-28").Created(calendar.Calendar{}.MustParse("2026-02"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(created.Deals, "deals, then worth", created.AtStart.Sum, "now", created.Now.Sum)
	for _, d := range created.ByDay {
		fmt.Println(d.Day, d.Deals)
	}
	// Output:
	// 2 deals, then worth 95000 now 95000
	// 2026-02-05 1
	// 2026-02-06 1
}

// How much of the month's wins nobody could see as it began.
func ExampleAnalysis_CreateAndClose() {
	inside, err := asOf(movingDeals(), "2026-02-28").CreateAndClose(calendar.Calendar{}.MustParse("2026-02"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("by count", inside.ByCount)
	fmt.Println("by value", inside.ByValue)
	// Output:
	// by count 1/2 = 0.5
	// by value 5000/33000 = 0.151515151515
}

// What hangs on one deal.
func ExampleAnalysis_Concentration() {
	c, err := asOf(movingDeals(), "2026-02-28").Concentration(2)
	if err != nil {
		fmt.Println(err)
		return
	}
	open := c.Open.ByDeal
	fmt.Println("largest", open.Largest)
	fmt.Println("as concentrated as", open.Effective.Text(1, kpi.HalfEven), "equal deals of", open.N)
	for _, n := range open.Names {
		fmt.Println(n.Rank, n.Name, n.Value, n.Cumulative.Value().Text(2, kpi.HalfEven))
	}
	// Output:
	// largest 90000/210000 = 0.428571428571
	// as concentrated as 2.8 equal deals of 3
	// 1 D4 90000 0.43
	// 2 D1 70000 0.76
}
