package scorecard_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

// A seller clicks on the win rate of a card and sees the deals behind it.
func ExampleCard_Figures() {
	card, _ := scorecard.New(scorecard.Definition{ID: "rep", Items: []scorecard.Item{{Metric: "win_rate", Weight: kpi.Int(1)}}})
	li, _ := card.Score("li", calendar.Calendar{}.MustParse("2026-Q1"), []scorecard.Result{
		{Metric: "win_rate", Actual: kpi.Frac(1, 2), Target: kpi.Frac(2, 5)},
	})
	day := calendar.MustDay("2026-02-01")
	records := []kpi.Source{
		{ID: "D2", Metric: "lost_count", Owner: "li", Day: day}, {ID: "D1", Metric: "won_count", Owner: "li", Day: day},
		{ID: "D3", Metric: "won_count", Owner: "wu", Day: day},
	}
	catalog, _ := kpi.Standard("CNY", 2)
	for _, figure := range li.Figures() {
		behind, err := catalog.Behind(figure, nil, slices.Values(records), kpi.Page{Limit: 50})
		fmt.Println(figure.Metric, figure.Value, behind.IDs, "of", behind.Total, err)
	}
	// Output: win_rate 0.5 [D1 D2] of 2 <nil>
}

// Of the card of li there are the four items and the breaches, which only the
// gate looks at; a gate over an item adds none.
func TestFigures(t *testing.T) {
	c := li(3)
	got := ""
	for _, f := range c.Figures() {
		if f.Owner != "li" || f.Period != c.Period {
			t.Errorf("%+v", f)
		}
		got += fmt.Sprint(f.Metric, " ", f.Value, "; ")
	}
	if want := "revenue 450; collections 400; csat 0.88; complaints 1; breaches 3; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	c.Gates = append(c.Gates, scorecard.GateResult{Metric: "revenue", Value: kpi.Frac(9, 10)})
	if n := len(c.Figures()); n != 5 {
		t.Errorf("%d figures with a gate over an item", n)
	}
	if none := (scorecard.Card{}).Figures(); none == nil || len(none) != 0 {
		t.Errorf("%v", none)
	}
}
