package bridge_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"pgregory.net/rapid"
)

// A manager clicks on a bar of the waterfall: which deals of this quarter are
// behind ann's part, and which behind that of all others?
func ExampleBridge_Figures() {
	figure := func(owner string, label string, v int64) kpi.Figure {
		return kpi.Figure{Metric: "won_value", Owner: owner, Period: calendar.Calendar{}.MustParse(label), Value: kpi.Int(v)}
	}
	b, err := bridge.Members{Dimension: "owner", Top: 1}.Bridge(
		bridge.Question{Metric: "won_value", Unit: kpi.Money("EUR", 0), Base: bridge.Side{Name: "last quarter"}, Current: bridge.Side{Name: "this quarter"}},
		[]kpi.Figure{figure("ann", "2025-Q4", 90), figure("bo", "2025-Q4", 30), figure("cem", "2025-Q4", 20)},
		[]kpi.Figure{figure("ann", "2026-Q1", 50), figure("bo", "2026-Q1", 35), figure("cem", "2026-Q1", 21)})
	if err != nil {
		fmt.Println(err)
		return
	}
	day := calendar.MustDay("2026-02-01")
	deals := []kpi.Source{
		{ID: "D1", Metric: "won_value", Owner: "ann", Day: day}, {ID: "D2", Metric: "won_value", Owner: "bo", Day: day},
		{ID: "D3", Metric: "won_value", Owner: "cem", Day: day}, {ID: "D4", Metric: "won_value", Owner: "cem", Day: calendar.MustDay("2025-12-01")},
	}
	catalog, _ := kpi.Standard("EUR", 0)
	for _, part := range b.Parts {
		_, current := b.Figures(part)
		behind, err := catalog.Behind(current, func(s kpi.Source) bool { return b.Holds(part, s.Owner) }, slices.Values(deals), kpi.Page{Limit: 50})
		fmt.Println(part.ID, part.Amount, behind.IDs, "of", behind.Total, err)
	}
	// Output:
	// ann -40 [D1] of 1 <nil>
	//  6 [D2 D3] of 2 <nil>
}

// Whoever sold what: the records behind both sides of every part add up to
// its amount, and each record is behind exactly one part.
func TestRecordsBehindMembersAddUp(t *testing.T) {
	quarters := []calendar.Period{calendar.Calendar{}.MustParse("2025-Q4"), calendar.Calendar{}.MustParse("2026-Q1")}
	catalog, err := kpi.Standard("EUR", 0)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		amounts := map[string]kpi.Value{}
		sums := [2]map[string]kpi.Value{{}, {}}
		var records []kpi.Source
		for i := range rapid.IntRange(1, 20).Draw(t, "records") {
			side := rapid.IntRange(0, 1).Draw(t, "side")
			s := kpi.Source{ID: fmt.Sprint("r", i), Metric: "won_value", Owner: rapid.SampledFrom([]string{"ann", "bo", "cem", "dee"}).Draw(t, "owner"),
				Day: quarters[side].Start().Add(rapid.IntRange(0, 89).Draw(t, "day"))}
			amounts[s.ID] = kpi.Int(rapid.Int64Range(-9, 99).Draw(t, "amount"))
			sums[side][s.Owner] = sums[side][s.Owner].Or(kpi.Int(0)).Add(amounts[s.ID])
			records = append(records, s)
		}
		figures := func(side int) (all []kpi.Figure) {
			for owner, v := range sums[side] {
				all = append(all, kpi.Figure{Metric: "won_value", Owner: owner, Period: quarters[side], Value: v})
			}
			return all
		}
		if len(sums[0]) == 0 || len(sums[1]) == 0 {
			return // a side without a record has no number, and the bridge no amounts
		}
		b, err := bridge.Members{Dimension: "owner", Top: rapid.IntRange(0, 3).Draw(t, "top")}.Bridge(bridge.Question{Metric: "won_value", Unit: kpi.Money("EUR", 0),
			Base: bridge.Side{Name: "base"}, Current: bridge.Side{Name: "current"}}, figures(0), figures(1))
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, part := range b.Parts {
			base, current := b.Figures(part)
			sum := func(f kpi.Figure) kpi.Value {
				behind, err := catalog.Behind(f, func(s kpi.Source) bool { return b.Holds(part, s.Owner) }, slices.Values(records), kpi.Page{})
				if err != nil {
					t.Fatal(err)
				}
				seen += behind.Total
				total := kpi.Int(0)
				for _, id := range behind.IDs {
					total = total.Add(amounts[id])
				}
				if total != f.Value.Or(kpi.Int(0)) {
					t.Fatalf("%s behind %+v", total, f)
				}
				return total
			}
			if amount := sum(current).Sub(sum(base)); amount != part.Amount {
				t.Fatalf("%s behind %+v", amount, part)
			}
		}
		if seen != len(records) {
			t.Fatalf("%d of %d records are behind a part", seen, len(records))
		}
	})
}

// Of drivers the figures are the drivers' own, of price and mix the whole's.
func TestFiguresOfOtherParts(t *testing.T) {
	f, err := kpi.ParseFormula("deals * size")
	if err != nil {
		t.Fatal(err)
	}
	q1 := calendar.Calendar{}.MustParse("2026-Q1")
	figure := func(metric string, v int64) kpi.Figure {
		return kpi.Figure{Metric: metric, Owner: "ann", Period: q1, Value: kpi.Int(v)}
	}
	q := bridge.Question{Metric: "revenue", Unit: kpi.Money("EUR", 0), Base: bridge.Side{Name: "target"}, Current: bridge.Side{Name: "actual"}}
	b, err := bridge.Drivers{Formula: f}.Bridge(q, []kpi.Figure{figure("deals", 2), figure("size", 5)}, []kpi.Figure{figure("deals", 3), figure("size", 4)})
	if err != nil {
		t.Fatal(err)
	}
	if base, current := b.Figures(b.Parts[0]); base != figure("deals", 2) || current != figure("deals", 3) {
		t.Errorf("%+v, %+v", base, current)
	}
	q.Owner, q.Current.Period = "co", q1
	m, err := bridge.MarketShare{}.Bridge(q, kpi.RatioOf(20, 100), kpi.RatioOf(18, 80))
	if err != nil {
		t.Fatal(err)
	}
	_, current := m.Figures(m.Parts[0])
	if want := (kpi.Figure{Metric: "revenue", Owner: "co", Period: q1, Value: kpi.Int(18)}); current != want {
		t.Errorf("%+v, want %+v", current, want)
	}
}
