package bridge_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
)

func line(quantity, amount int64, key ...string) bridge.Line {
	return bridge.Line{Key: key, UnitOfMeasure: "pcs", Quantity: kpi.Int(quantity), Amount: kpi.Int(amount)}
}

func budgetAgainstActual() bridge.Question {
	return bridge.Question{Metric: "revenue", Unit: kpi.Money("EUR", 0),
		Base: bridge.Side{Name: "budget"}, Current: bridge.Side{Name: "actual"}}
}

func twoFamilies() bridge.Bridge {
	current := []bridge.Line{
		line(8000, 248_000, "tools", "saw"), line(7000, 280_000, "tools", "drill"),
		line(0, 3_000, "service", "freight"), line(90, 54_000, "machines", "press"),
	}
	current[3].ConstantAmount = kpi.Int(51_000) // sold in dollars, at the budget's rate
	b, err := bridge.PriceVolumeMix{Levels: []string{"family", "product"}}.Bridge(budgetAgainstActual(),
		[]bridge.Line{line(7000, 210_000, "tools", "saw"), line(3000, 120_000, "tools", "drill"), line(20, 9_000, "machines", "mill")},
		current)
	if err != nil {
		panic(err)
	}
	return b
}

// Revenue against budget, for the whole, and for every family and product.
func ExamplePriceVolumeMix() {
	b := twoFamilies()
	show(b)
	fmt.Println()
	fmt.Printf("%-10s", "")
	for _, p := range b.Parts {
		fmt.Printf("%10s", p.ID)
	}
	fmt.Println()
	table(b.Nodes, "")
	// Output:
	// budget           339,000 EUR
	//   price            8,000 EUR
	//   mix             25,000 EUR
	//   quantity       165,000 EUR
	//   new             51,000 EUR
	//   lost            -9,000 EUR
	//   currency         3,000 EUR
	//   other            3,000 EUR
	// actual           585,000 EUR
	// Lines of actual with an amount and no quantity: 1 (first: service, freight). No price or quantity explains them; they are in other.
	// revenue is 246,000 EUR against budget; the largest part of it is quantity with 165,000 EUR.
	//
	//                price       mix  quantity       new      lost  currency     other
	// machines           0         0         0     51000     -9000      3000         0
	//   mill             0         0         0         0     -9000         0         0
	//   press            0         0         0     51000         0      3000         0
	// service            0         0         0         0         0         0      3000
	//   freight          0         0         0         0         0         0      3000
	// tools           8000     25000    165000         0         0         0         0
	//   drill            0     17500    142500         0         0         0         0
	//   saw           8000      7500     22500         0         0         0         0
}

func table(nodes []bridge.Node, indent string) {
	for _, n := range nodes {
		fmt.Printf("%-10s", indent+n.Key)
		for _, amount := range n.Amounts {
			fmt.Printf("%10s", amount.Text(0, kpi.HalfEven))
		}
		fmt.Println()
		table(n.Nodes, indent+"  ")
	}
}

// On margins, the change of unit costs stands beside that of prices.
func ExamplePriceVolumeMix_margins() {
	sold := func(quantity, amount, cost int64) []bridge.Line {
		return []bridge.Line{{Key: []string{"saw"}, Quantity: kpi.Int(quantity), Amount: kpi.Int(amount), Cost: kpi.Int(cost)}}
	}
	b, _ := bridge.PriceVolumeMix{Levels: []string{"product"}, Basis: bridge.Margins}.Bridge(
		bridge.Question{Metric: "gross_profit", Unit: kpi.Money("EUR", 0), Base: bridge.Side{Name: "last year"}, Current: bridge.Side{Name: "this year"}},
		sold(100, 1000, 700), sold(120, 1320, 900))
	show(b)
	// Output:
	// last year            300 EUR
	//   price              120 EUR
	//   cost               -60 EUR
	//   mix                  0 EUR
	//   quantity            60 EUR
	//   new                  0 EUR
	//   lost                 0 EUR
	//   currency             0 EUR
	//   other                0 EUR
	// this year            420 EUR
	// gross_profit is 120 EUR against last year; the largest part of it is price with 120 EUR.
}

// A chart needs nothing but the steps.
func ExampleWaterfall() {
	w, err := twoFamilies().Waterfall().Subtotal("constant currency", bridge.Lost)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range w.Steps {
		fmt.Printf("%-8s %-18s %8s to %8s\n", s.Kind, s.ID, s.From, s.To)
	}
	// Output:
	// start    budget                    0 to   339000
	// change   price                339000 to   347000
	// change   mix                  347000 to   372000
	// change   quantity             372000 to   537000
	// change   new                  537000 to   588000
	// change   lost                 588000 to   579000
	// subtotal constant currency         0 to   579000
	// change   currency             579000 to   582000
	// change   other                582000 to   585000
	// end      actual                    0 to   585000
}

// One family by itself.
func ExampleBridge_At() {
	tools, ok := twoFamilies().At("tools")
	fmt.Println(ok, tools.Key)
	show(tools)
	// Output:
	// true [tools]
	// budget           330,000 EUR
	//   price            8,000 EUR
	//   mix             25,000 EUR
	//   quantity       165,000 EUR
	//   new                  0 EUR
	//   lost                 0 EUR
	//   currency             0 EUR
	//   other                0 EUR
	// actual           528,000 EUR
}

func ExampleBridge_Explain() {
	fmt.Println(twoFamilies().Explain())
	// Output:
	// revenue: actual − budget = 246000
	//   price = 8000
	//     tools = 8000
	//       saw (pcs) = 8000
	//   mix = 25000
	//     tools = 25000
	//       drill (pcs) = 17500
	//       saw (pcs) = 7500
	//   quantity = 165000
	//     tools = 165000
	//       drill (pcs) = 142500
	//       saw (pcs) = 22500
	//   new = 51000
	//     machines = 51000
	//       press (pcs) = 51000
	//   lost = -9000
	//     machines = -9000
	//       mill (pcs) = -9000
	//   currency = 3000
	//     machines = 3000
	//       press (pcs) = 3000
	//   other = 3000
	//     service = 3000
	//       freight (pcs) = 3000
}

// A third of a cent is nobody's: the printed column adds up.
func ExampleBridge_Minor() {
	thirds := bridge.Drivers{Formula: formula("a * b * c")}
	b, _ := thirds.Bridge(question("amount"),
		figures("x", "2025", map[string]kpi.Value{"a": kpi.Int(1), "b": kpi.Int(1), "c": kpi.Int(1)}),
		figures("x", "2026", map[string]kpi.Value{"a": kpi.Int(2), "b": kpi.Int(2), "c": kpi.Int(3)}))
	cents, err := b.Minor(2)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range b.Parts {
		fmt.Println(b.Parts[i].ID, b.Parts[i].Amount.Exact(), cents.Parts[i].Amount)
	}
	fmt.Println("gap", b.Gap, cents.Gap)
	// Output:
	// a 19/6 3.17
	// b 19/6 3.17
	// c 14/3 4.66
	// gap 11 11
}
