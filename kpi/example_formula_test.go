package kpi_test

import (
	"encoding/json"
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// An administrator of a CRM writes the formula; the backend has the sums.
func ExampleParseFormula() {
	rate, err := kpi.ParseFormula("won_count/(won_count+lost_count)")
	fmt.Println(rate, err)
	sums := map[string]kpi.Value{"won_count": kpi.Int(4238), "lost_count": kpi.Int(2473)}
	fmt.Println(rate.Eval(func(id string) kpi.Value { return sums[id] }))
	// Output:
	// won_count / (won_count + lost_count) <nil>
	// 0.631500521532
}

// What is wrong comes with its column, counted in characters.
func ExampleParseFormula_error() {
	_, err := kpi.ParseFormula("won_value / sqrt(won_count)")
	problem := check.All(err)[0]
	fmt.Println(problem.Code, problem.Value, "at column", problem.Args["column"])
	// Output: unknown_function sqrt at column 13
}

func ExampleFormula() {
	f, _ := kpi.ParseFormula("max(quota - won, 0)")
	text, _ := json.Marshal(f)
	fmt.Println(string(text), f.References())
	// Output: "max(quota - won, 0)" [quota won]
}

// An editor that builds formulas from blocks needs no text.
func ExampleNewFormula() {
	f, err := kpi.NewFormula(kpi.Node{Op: kpi.OpDiv, Args: []kpi.Node{
		{Op: kpi.OpRef, Ref: "won_value"},
		{Op: kpi.OpAdd, Args: []kpi.Node{{Op: kpi.OpRef, Ref: "won_count"}, {Number: kpi.Int(1)}}},
	}})
	fmt.Println(f, err)
	// Output: won_value / (won_count + 1) <nil>
}

func ExampleNode() {
	f, _ := kpi.ParseFormula("-a")
	text, _ := json.Marshal(f.Tree())
	fmt.Println(string(text))
	// Output: {"op":"neg","args":[{"op":"ref","ref":"a"}]}
}

func ExampleFormula_Eval() {
	f, _ := kpi.ParseFormula("coalesce(returns, 0) + sales")
	sums := map[string]kpi.Value{"sales": kpi.Int(120)}
	fmt.Println(f.Eval(func(id string) kpi.Value { return sums[id] }))
	sums["sales"] = kpi.Undefined(kpi.Unpriced)
	fmt.Println(f.Eval(func(id string) kpi.Value { return sums[id] }))
	// Output:
	// 120
	// undefined: unpriced
}

func ExampleFormula_EvalRatio() {
	f, _ := kpi.ParseFormula("won / closed")
	sums := map[string]kpi.Value{"won": kpi.Int(4238), "closed": kpi.Int(6711)}
	r, ok := f.EvalRatio(func(id string) kpi.Value { return sums[id] })
	fmt.Println(r, ok)
	// Output: 4238/6711 = 0.631500521532 true
}

func ExampleFormula_Explain() {
	f, _ := kpi.ParseFormula("1 - won_value / list_value")
	sums := map[string]kpi.Value{"won_value": kpi.Int(80), "list_value": kpi.Int(100)}
	fmt.Println(f.Explain(func(id string) kpi.Value { return sums[id] }))
	// Output:
	// 1 - won_value / list_value = 0.2
	//   won_value / list_value = 80/100 = 0.8
	//     won_value = 80
	//     list_value = 100
}

// Units are checked before anything is computed.
func ExampleFormula_Unit() {
	units := map[string]kpi.Unit{"won_value": kpi.Money("USD", 2), "cycle_days": kpi.InDays(0)}
	lookup := func(id string) (kpi.Unit, bool) { u, known := units[id]; return u, known }
	speed, _ := kpi.ParseFormula("won_value / cycle_days")
	fmt.Println(speed.Unit(lookup))
	wrong, _ := kpi.ParseFormula("won_value + 1")
	_, err := wrong.Unit(lookup)
	fmt.Println(err)
	// Output:
	// USD/days <nil>
	// kpi.Formula.Unit: units differ "won_value + 1" (column 11, left USD, right 1): unit mismatch
}

func ExampleUnit_Mul() {
	perDay, _ := kpi.Money("USD", 2).Div(kpi.InDays(0))
	fmt.Println(perDay.Mul(kpi.InDays(0)))
	_, err := kpi.Money("USD", 2).Mul(kpi.Money("EUR", 2))
	fmt.Println(err)
	// Output:
	// USD <nil>
	// kpi.Unit.Mul: currencies differ (left USD, right EUR): unit mismatch
}

func ExampleUnit_Div() {
	fmt.Println(kpi.Money("USD", 2).Div(kpi.Count()))
	// Output: USD <nil>
}

func ExampleStandard() {
	catalog, err := kpi.Standard("CNY", 2)
	m, _ := catalog.Lookup("win_rate")
	fmt.Println(m.Title("zh"), m.Formula, m.Kind, m.Additivity, err)
	fmt.Println(catalog.Measures("win_rate", "velocity"))
	// Output:
	// 赢单率 won_count / (won_count + lost_count) result ratio <nil>
	// [won_value won_count won_valued_count lost_count cycle_days_won open_qualified_count] <nil>
}

// A company adds its own metrics to the standard ones.
func ExampleCatalog_With() {
	standard, _ := kpi.Standard("USD", 2)
	perCall, _ := kpi.ParseFormula("revenue / activity_call_count")
	ours, err := standard.With(kpi.Metric{
		ID: "revenue_per_call", Name: "Revenue per call", NameZH: "单次电话收入",
		Unit: kpi.Money("USD", 2), Additivity: kpi.RatioOfSums, Formula: perCall,
	})
	fmt.Println(ours.Len()-standard.Len(), err)
	_, err = standard.With(kpi.Metric{ID: "wrong", Unit: kpi.Money("EUR", 2), Formula: perCall})
	for _, problem := range check.All(err) {
		fmt.Println(problem)
	}
	// Output:
	// 1 <nil>
	// kpi.Catalog.With: metrics[0].formula: not the unit of the metric "revenue / activity_call_count" (formula USD, metric EUR): unit mismatch
	// kpi.Catalog.With: metrics[0].formula: not the additivity of the metric "revenue / activity_call_count" (formula ratio, metric additive): invalid
}

func ExampleNewCatalog() {
	a, _ := kpi.ParseFormula("b + 1")
	b, _ := kpi.ParseFormula("a / 2")
	_, err := kpi.NewCatalog(
		kpi.Metric{ID: "a", Formula: a, Additivity: kpi.RatioOfSums},
		kpi.Metric{ID: "b", Formula: b, Additivity: kpi.RatioOfSums},
	)
	fmt.Println(check.All(err)[0].Args["cycle"])
	// Output: a → b → a
}

func ExampleCatalog_Eval() {
	catalog, _ := kpi.Standard("USD", 2)
	sums := map[string]kpi.Value{
		"open_qualified_count": kpi.Int(50), "won_count": kpi.Int(2), "lost_count": kpi.Int(8),
		"won_value": kpi.Int(20000), "won_valued_count": kpi.Int(2), "cycle_days_won": kpi.Int(60),
	}
	velocity, err := catalog.Eval("velocity", func(id string) kpi.Value { return sums[id] })
	fmt.Println(velocity.Text(2, kpi.HalfUp), err)
	// Output: 3333.33 <nil>
}

func ExampleCatalog_EvalRatio() {
	catalog, _ := kpi.Standard("USD", 2)
	sums := map[string]kpi.Value{"won_count": kpi.Int(4238), "lost_count": kpi.Int(2473)}
	fmt.Println(catalog.EvalRatio("win_rate", func(id string) kpi.Value { return sums[id] }))
	// Output: 4238/6711 = 0.631500521532 true
}

func ExampleCatalog_Explain() {
	catalog, _ := kpi.Standard("USD", 2)
	sums := map[string]kpi.Value{"invoiced_value": kpi.Int(200), "cost_value": kpi.Int(150)}
	margin, _ := catalog.Explain("gross_margin", func(id string) kpi.Value { return sums[id] })
	fmt.Println(margin)
	// Output:
	// gross_margin = 0.25
	//   gross_profit / invoiced_value = 50/200 = 0.25
	//     gross_profit = 50
	//       invoiced_value - cost_value = 50
	//         invoiced_value = 200
	//         cost_value = 150
	//     invoiced_value = 200
}

func ExampleExplanation() {
	catalog, _ := kpi.Standard("USD", 2)
	sums := map[string]kpi.Value{"invoiced_value": kpi.Int(200), "cost_value": kpi.Int(150)}
	margin, _ := catalog.Explain("gross_margin", func(id string) kpi.Value { return sums[id] })
	fmt.Println(margin.Ratio())
	// Output: 50/200 = 0.25 true
}

func ExampleCatalog() {
	catalog, _ := kpi.Standard("USD", 2)
	for m := range catalog.Metrics() {
		if m.Kind == kpi.Hygiene && m.Direction == kpi.InBand {
			fmt.Println(m.ID, "=", m.Formula)
		}
	}
	// Output: discount_rate = 1 - won_value / list_value
}
