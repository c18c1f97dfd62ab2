package kpi_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

func ExampleCompare() {
	c := kpi.Compare(kpi.HigherIsBetter, kpi.Int(10), kpi.Int(-50)) // a loss was planned
	fmt.Println(c.Attainment, c.Variance, c.Outcome)
	for _, f := range c.Findings {
		fmt.Println(kpi.Findings().Text(f, "en"))
	}
	// Output:
	// 2.2 60 met
	// 10 stands against -50, which is of the other sign: the percentage is computed but says little.
}

func ExampleComparison() {
	c := kpi.Compare(kpi.LowerIsBetter, kpi.Int(0), kpi.Int(0)) // complaints
	fmt.Println(c.Outcome, c.Attainment)
	fmt.Println(kpi.Findings().Text(c.Findings[0], "zh"))
	// Output:
	// met undefined: zero_denominator
	// 目标为零，只判断达成与否，不计算达成率（实际值 0）。
}

func ExampleCompareBand() {
	discount := kpi.Band{Low: kpi.Int(0), High: kpi.MustParse("0.10"), Tolerance: kpi.MustParse("0.05")}
	fmt.Println(kpi.CompareBand(kpi.MustParse("-0.02"), discount).Attainment) // sold above list
	fmt.Println(kpi.CompareBand(kpi.MustParse("0.12"), discount).Attainment)
	// Output:
	// 0.6
	// 0.8
}

func ExampleBand() {
	b := kpi.Band{Low: kpi.Int(10), High: kpi.Int(20)}
	fmt.Println(b.Contains(kpi.Int(20)))
	fmt.Println(b.Distance(kpi.Int(8)), b.Validate())
	// Output:
	// true true
	// -2 <nil>
}

func ExampleChangeFrom() {
	lastYear, thisYear := kpi.Int(-20), kpi.Int(30)
	c := kpi.ChangeFrom(lastYear, thisYear)
	fmt.Println(c.Growth)
	fmt.Println(kpi.Findings().Text(c.Findings[0], "en"))
	// Output:
	// undefined: base_not_positive
	// The base is -20: there is no growth rate; the difference is 50.
}

func ExampleIndex() {
	fmt.Println(kpi.Index(kpi.Int(150), kpi.Int(120)))
	// Output: 125
}

func ExamplePartOf() {
	fmt.Println(kpi.PartOf(kpi.Int(30), kpi.Int(120)))
	fmt.Println(kpi.PartOf(kpi.Int(30), kpi.Int(-120)))
	// Output:
	// 0.25
	// undefined: base_not_positive
}

func ExampleWeightedMean() {
	parts := []kpi.Weighted{
		{Value: kpi.Int(90), Weight: kpi.Int(2)},
		{Value: kpi.Undefined(kpi.TooFew), Weight: kpi.Int(1)},
	}
	fmt.Println(kpi.WeightedMean(parts))
	fmt.Printf("%v of weight %v of %v\n", kpi.PartialMean(parts).Mean, kpi.PartialMean(parts).Weight, kpi.PartialMean(parts).Of)
	// Output:
	// undefined: too_few
	// 90 of weight 2 of 3
}

func ExamplePartialMean() {
	m := kpi.PartialMean([]kpi.Weighted{{Value: kpi.Int(90), Weight: kpi.Int(2)}, {Weight: kpi.Int(1)}})
	fmt.Println(m.Mean, m.Weight, m.Of)
	// Output: 90 2 3
}

func ExampleReason_Title() {
	v := kpi.Undefined(kpi.TooFew)
	fmt.Println(v.Reason(), v.Reason().Title("en"), v.Reason().Title("zh"))
	// Output: too_few too few 样本太少
}

func ExampleStronger() {
	fmt.Println(kpi.Stronger(kpi.TooFew, kpi.Unpriced))
	// Output: unpriced
}

// Each deal is priced at the rate of its day, or at the last one known.
func ExampleFX() {
	fx, err := kpi.NewFX([]kpi.Rate{
		{From: "EUR", To: "USD", Day: calendar.MustDay("2026-01-30"), Rate: kpi.MustParse("1.1025")},
	})
	fmt.Println(err)
	usd, err := fx.Converter(kpi.Conversion{To: "USD", Policy: kpi.LastKnownRate, MaxAge: 7})
	fmt.Println(usd.Convert(kpi.Int(1000), "EUR", calendar.MustDay("2026-02-01")), err)
	fmt.Println(usd.Convert(kpi.Int(1000), "CHF", calendar.MustDay("2026-02-01"))) // never zero
	// Output:
	// <nil>
	// 1102.5 <nil>
	// undefined: unpriced
}

// Against a target, actual and target take one fixed rate.
func ExampleConversion() {
	fx, _ := kpi.NewFX([]kpi.Rate{{From: "USD", To: "CNY", Plan: "budget 2026", Rate: kpi.MustParse("7.10")}})
	plan := kpi.Conversion{To: "USD", Policy: kpi.PlanRate, Plan: "budget 2026", Inverse: true}
	usd, err := fx.Converter(plan)
	fmt.Println(usd.Convert(kpi.Int(710), "CNY", calendar.MustDay("2026-05-05")), err)
	// Output: 100 <nil>
}

func ExampleConverter() {
	day := calendar.MustDay("2026-02-02")
	fx, _ := kpi.NewFX([]kpi.Rate{
		{From: "CHF", To: "EUR", Day: day, Rate: kpi.MustParse("1.05")},
		{From: "EUR", To: "USD", Day: day, Rate: kpi.MustParse("1.20")},
	})
	direct, _ := fx.Converter(kpi.Conversion{To: "USD"})
	through, _ := fx.Converter(kpi.Conversion{To: "USD", Via: "EUR"})
	fmt.Println(direct.Rate("CHF", day))
	fmt.Println(through.Rate("CHF", day))
	// Output:
	// undefined: unpriced
	// 1.26
}

// A reader of records converts as it reads, and the tally says what had no
// rate.
func ExampleTally() {
	type deal struct {
		amount   int64
		currency string
		closed   calendar.Day
	}
	day := calendar.MustDay("2026-02-02")
	fx, _ := kpi.NewFX([]kpi.Rate{{From: "EUR", To: "USD", Day: day, Rate: kpi.MustParse("1.20")}})
	usd, _ := fx.Converter(kpi.Conversion{To: "USD"})
	tally := usd.Tally()
	for _, d := range []deal{{100, "EUR", day}, {50, "USD", day}, {70, "CHF", day}} {
		fmt.Println(tally.Convert(kpi.Int(d.amount), d.currency, d.closed))
	}
	for _, f := range tally.Report().Findings() {
		fmt.Println(kpi.Findings().Text(f, "en"))
	}
	// Output:
	// 120
	// 50
	// undefined: unpriced
	// 1 amounts in CHF have no rate to USD, from 2026-02-02 to 2026-02-02; they are not in the total.
}

func ExampleRate() {
	r := kpi.Rate{From: "EUR", To: "EUR", Rate: kpi.Int(0)}
	fmt.Println(r.Validate())
	// Output:
	// kpi.Rate: to: same currency "EUR": invalid
	// kpi.Rate: day: neither day nor plan: missing
	// kpi.Rate: rate: not above zero "0": out of range
}
