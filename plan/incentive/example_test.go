package incentive_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

// seller is the plan of an account executive: 5 % of what is sold up to the
// quota and 8 % above it, the 8 % only while the year as a whole is on
// quota. Half the pay waits for the customer's cash. A cancelled deal takes
// back what it was paid.
func seller() incentive.Plan {
	return incentive.Plan{
		ID: "ae_2026", Unit: kpi.Money("USD", 2),
		Components: []incentive.Component{{
			ID: "commission", By: incentive.ByAttainment,
			Tiers: []incentive.Tier{
				{Name: "base", From: kpi.Int(0), Rate: kpi.Frac(5, 100)},
				{Name: "accelerator", From: kpi.Int(1), Rate: kpi.Frac(8, 100), Gate: incentive.Gate{ToDate: true, AtLeast: kpi.Int(1)}},
			},
			Hold: incentive.Hold{Share: kpi.Frac(1, 2)},
		}},
		Reversal: incentive.Reversal{Policy: incentive.AsPaid, Days: 180},
	}
}

// A quarter of one seller. One deal crosses the quota, one of the quarter
// before was cancelled, and cash has come in for some.
func ExamplePlan_Statement() {
	plan := seller()
	quarter := func(label string) calendar.Period { return calendar.Calendar{}.MustParse(label) }
	sold := func(id, on string, amount int64) incentive.Credit {
		return incentive.Credit{ID: id, Day: calendar.MustDay(on), Amount: kpi.Int(amount)}
	}
	quota := []incentive.Result{{Component: "commission", Quota: kpi.Int(100_000)}}

	first, err := plan.Statement(incentive.Input{
		Payee: "li", Period: quarter("2026-Q1"), Results: quota,
		Credits: []incentive.Credit{sold("D-1", "2026-01-20", 70_000), sold("D-2", "2026-03-05", 40_000)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	cancelled := sold("C-1", "2026-05-11", -40_000)
	cancelled.Reverses = "D-2"
	second, err := plan.Statement(incentive.Input{
		Payee: "li", Period: quarter("2026-Q2"), Results: quota,
		Opening: first.Closing, // what was counted, and what is still held
		Posted:  first.Lines,   // what D-2 was paid
		Credits: []incentive.Credit{sold("D-3", "2026-04-15", 90_000), sold("D-4", "2026-06-20", 60_000), cancelled},
		Payments: []incentive.Payment{
			{Deal: "D-1", Day: calendar.MustDay("2026-04-02"), Amount: kpi.Int(70_000)},
			{Deal: "D-3", Day: calendar.MustDay("2026-06-01"), Amount: kpi.Int(30_000)},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("first quarter", first.Payout)
	for _, note := range second.Notes() {
		fmt.Println(incentive.Findings().Text(note, "en"))
	}
	t := second.Totals
	fmt.Printf("earned %v − held %v + released %v + taken back %v = payout %v\n", t.Earned, t.Held, t.Released, t.TakenBack, second.Payout)
	for _, f := range second.Findings {
		fmt.Println(incentive.Findings().Text(f, "en"))
	}
	// Output:
	// first quarter 2900
	// D-3: 90,000 at 5 % (base) is 4,500.00 USD; 3,000.00 USD is paid now and 1,500.00 USD held until the cash is in (33.33 % so far).
	// D-4: 10,000 at 5 % (base) is 500.00 USD; 250.00 USD is paid now and 250.00 USD held until the cash is in (0 % so far).
	// D-4: 50,000 at 8 % (accelerator) is 4,000.00 USD; 2,000.00 USD is paid now and 2,000.00 USD held until the cash is in (0 % so far).
	// C-1 reverses D-2: 800.00 USD is taken back as it was paid (accelerator), 400.00 USD of it from pay and 400.00 USD from what was held.
	// C-1 reverses D-2: 1,500.00 USD is taken back as it was paid (base), 750.00 USD of it from pay and 750.00 USD from what was held.
	// D-1: 100 % of the cash is in, so 1,750.00 USD held from 2026-01-01–2026-03-31 is paid.
	// earned 9000 − held 3750 + released 1750 + taken back -1150 = payout 5850
	// 3,750.00 USD of the pay of li waits for customers' cash, 3,750.00 USD of it from this period.
	// 1,150.00 USD is taken back from li for reversed deals.
}

// Bands of a pay curve, in target pay: nothing below 50 % of quota, half of
// it there, all of it at 100 %, twice at 150 %.
func ExampleComponent() {
	bonus := incentive.Plan{ID: "manager", Unit: kpi.Money("CNY", 2), Components: []incentive.Component{{
		ID: "bonus", By: incentive.ByAttainment, TargetPay: kpi.Int(20_000),
		Curve: []incentive.Point{{At: kpi.Frac(1, 2), Pay: kpi.Frac(1, 2)}, {At: kpi.Int(1), Pay: kpi.Int(1)}, {At: kpi.Frac(3, 2), Pay: kpi.Int(2)}},
	}}}
	for _, sold := range []int64{240_000, 250_000, 400_000, 500_000, 600_000, 900_000} {
		s, err := bonus.Statement(incentive.Input{
			Payee: "wang", Period: calendar.Calendar{}.MustParse("2026-Q1"),
			Results: []incentive.Result{{Component: "bonus", Quota: kpi.Int(500_000), Actual: kpi.Int(sold)}},
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(kpi.Share(0).Text(s.Components[0].Attainment), s.Unit.Text(s.Payout))
	}
	// Output:
	// 48 % 0.00 CNY
	// 50 % 10,000.00 CNY
	// 80 % 16,000.00 CNY
	// 100 % 20,000.00 CNY
	// 120 % 28,000.00 CNY
	// 180 % 40,000.00 CNY
}
