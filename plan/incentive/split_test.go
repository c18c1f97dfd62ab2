package incentive_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

// A deal of two sellers and a specialist: hard credit is the deal and no
// more, overlay credit is paid by its own component.
func TestSplits(t *testing.T) {
	deal := credit("d", "2026-01-10", "100.01")
	credits, err := deal.SplitAmong([]incentive.Split{{Payee: "li", Share: kpi.Frac(1, 3)}, {Payee: "wang", Share: kpi.Frac(2, 3)}, {Payee: "chen", Share: kpi.Int(1), Overlay: true}})
	if err != nil {
		t.Fatal(err)
	}
	p := incentive.Plan{ID: "p", Unit: usd(), Components: []incentive.Component{
		with(flatRate("1"), func(c *incentive.Component) { c.ID = "sales" }),
		with(flatRate("0.5"), func(c *incentive.Component) { c.ID, c.Overlay = "overlay", true }),
	}}
	hard := kpi.Int(0)
	for i, want := range []string{"33.34", "66.67", "50"} { // 50.005 is half-even 50.00
		in := q1(credits[i])
		in.Payee = credits[i].Payee
		s := state(t, p, in)
		pays(t, s, want)
		hard = hard.Add(s.Components[0].Credited)
	}
	if hard != deal.Amount {
		t.Errorf("hard credit adds up to %v of %v", hard, deal.Amount)
	}
}

func TestSplitErrors(t *testing.T) {
	for name, test := range map[string]struct {
		why    string
		splits []incentive.Split
		want   []string
	}{
		"not one":      {"a cent would be lost or made", []incentive.Split{{Payee: "a", Share: num("0.5")}, {Payee: "b", Share: num("0.49")}}, []string{"splits shares_not_one"}},
		"nobody":       {"a deal that belongs to nobody", nil, []string{"splits shares_not_one"}},
		"overlay only": {"overlay is no owner", []incentive.Split{{Payee: "a", Share: num("1"), Overlay: true}}, []string{"splits shares_not_one"}},
		"all at once": {"every problem, in order", []incentive.Split{{Payee: "", Share: num("1.5")}, {Payee: "a", Share: num("-0.5")}, {Payee: "a", Share: kpi.Value{}}},
			[]string{"splits[0].payee missing_id", "splits[1].share below_zero", "splits[2].share missing_number", "splits[2].payee duplicate_payee"}},
	} {
		t.Run(name, func(t *testing.T) {
			needWhy(t, test.why)
			credits, err := credit("d", "2026-01-10", "1").SplitAmong(test.splits)
			if got := problems(err); !slices.Equal(got, test.want) || credits != nil {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// PEERS case 53: variant before product before category before global pay
// 150, 50, 20 and 10. The order of precedence is OCA's; amounts (1,000) and
// rates are ours.
func TestMostSpecialWeightCounts(t *testing.T) {
	weights := []incentive.Weight{
		{When: map[string]string{"variant": "v1"}, Factor: num("0.15")},
		{When: map[string]string{"product": "p1"}, Factor: num("0.05")},
		{When: map[string]string{"category": "c1"}, Factor: num("0.02")},
		{Factor: num("0.01")},
	}
	p := one(with(flatRate("1"), func(c *incentive.Component) { c.Weights = weights }))
	for i, tags := range []map[string]string{
		{"variant": "v1", "product": "p1", "category": "c1"}, {"variant": "v2", "product": "p1", "category": "c1"},
		{"product": "p2", "category": "c1"}, {"category": "c2"},
	} {
		c := credit("d", "2026-01-10", "1000")
		c.Tags = tags
		pays(t, state(t, p, q1(c)), []string{"150", "50", "20", "10"}[i])
	}
}

// PEERS case 54, OCA: invoices of 1, 16 and 31 January are two settlements,
// and the second ends with the month.
func TestHalfMonths(t *testing.T) {
	for label, want := range map[string][]string{
		"2026-01": {"2026-01-01/2026-01-16", "2026-01-16/2026-02-01"},
		"2024-02": {"2024-02-01/2024-02-16", "2024-02-16/2024-03-01"}, // a leap year
		"2026-02": {"2026-02-01/2026-02-16", "2026-02-16/2026-03-01"},
	} {
		var got []string
		for _, half := range incentive.HalfMonths(period(label)) {
			got = append(got, half.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
	cut, _ := calendar.Through(day("2025-12-10"), day("2026-01-20"))
	days := 0
	for _, half := range incentive.HalfMonths(cut) {
		days += half.Days()
	}
	if days != cut.Days() || len(incentive.HalfMonths(cut)) != 4 || len(incentive.HalfMonths(calendar.Period{})) != 0 {
		t.Errorf("%v was cut to %v", cut, incentive.HalfMonths(cut))
	}
	if last := period("2200-12"); len(incentive.HalfMonths(last)) != 2 {
		t.Errorf("the last month: %v", incentive.HalfMonths(last))
	}
	settlements := 0
	credits := []incentive.Credit{credit("a", "2026-01-01", "100"), credit("b", "2026-01-16", "100"), credit("c", "2026-01-31", "100")}
	for _, half := range incentive.HalfMonths(period("2026-01")) {
		s := state(t, one(flatRate("0.1")), incentive.Input{Payee: "li", Period: half, Credits: credits})
		pays(t, s, []string{"10", "20"}[settlements])
		settlements++
	}
}
