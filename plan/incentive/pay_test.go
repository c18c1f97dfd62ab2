package incentive_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

func rate(from, r string) incentive.Tier { return incentive.Tier{From: num(from), Rate: num(r)} }

func flat(from, pay string) incentive.Tier { return incentive.Tier{From: num(from), Flat: num(pay)} }

// steps is the ladder of peers' case 50: 6 %, from 100 % on 8 %, from 125 %
// on 10 %.
func steps(mode incentive.Mode) incentive.Component {
	return incentive.Component{By: incentive.ByAttainment, Mode: mode, Tiers: []incentive.Tier{rate("0", "0.06"), rate("1", "0.08"), rate("1.25", "0.1")}}
}

func with(c incentive.Component, change func(*incentive.Component)) incentive.Component {
	change(&c)
	return c
}

// Figures worked by hand unless a source is named.
func TestPay(t *testing.T) {
	margin := func(amount, cost string) incentive.Credit {
		c := credit("d", "2026-01-10", amount)
		c.Cost = num(cost)
		return c
	}
	for name, test := range map[string]struct {
		why       string
		component incentive.Component
		credits   []incentive.Credit
		quota     string
		want      string
	}{
		"whole 110 %":    {"PEERS case 50, SalesCookie: 110,000 × 8 %", steps(incentive.Whole), []incentive.Credit{credit("d", "2026-01-10", "110000")}, "100000", "8800"},
		"marginal 110 %": {"PEERS case 50, SalesCookie: 6,000 + 800", steps(incentive.Marginal), []incentive.Credit{credit("d", "2026-01-10", "110000")}, "100000", "6800"},
		"a start is included": {"exactly at quota the second step is reached: 100,000 × 8 %", steps(incentive.Whole),
			[]incentive.Credit{credit("d", "2026-01-10", "100000")}, "100000", "8000"},
		"an end is not": {"a cent below it is not: 99,999.99 × 6 % = 5,999.9994", steps(incentive.Whole),
			[]incentive.Credit{credit("d", "2026-01-10", "99999.99")}, "100000", "6000"},
		"a credit note": {"PEERS case 51, adempiere 1628: (1000 − 200) × 4 %, not 48", flatRate("0.04"),
			[]incentive.Credit{credit("d", "2026-01-10", "1000"), credit("n", "2026-02-10", "-200")}, "", "32"},
		"a credit note alone": {"PEERS 108: a refund posts negative commission in its own settlement", flatRate("0.04"),
			[]incentive.Credit{credit("n", "2026-02-10", "-200")}, "", "-8"},
		"a return below a threshold": {"a ladder that starts above zero paid nothing there and takes nothing back",
			incentive.Component{Tiers: []incentive.Tier{rate("100", "0.1")}}, []incentive.Credit{credit("n", "2026-02-10", "-200")}, "", "0"},
		"net margin": {"PEERS 101, OCA: 10 % of max(0, amount − cost): 400 and, below cost, 0",
			with(flatRate("0.1"), func(c *incentive.Component) { c.Basis = incentive.OnMargin }), []incentive.Credit{margin("1000", "600")}, "", "40"},
		"below cost": {"PEERS 101, OCA: a sale below cost earns 0",
			with(flatRate("0.1"), func(c *incentive.Component) { c.Basis = incentive.OnMargin }), []incentive.Credit{margin("1000", "1600")}, "", "0"},
		"margin of a return": {"the return takes back what the sale earned", with(flatRate("0.1"), func(c *incentive.Component) { c.Basis = incentive.OnMargin }),
			[]incentive.Credit{margin("-1000", "-600")}, "", "-40"},
		"a gap": {"what lies between two tiers is paid nothing: 100 + 50 of 300",
			incentive.Component{Tiers: []incentive.Tier{{From: num("0"), To: num("100"), Rate: num("1")}, rate("250", "1")}},
			[]incentive.Credit{credit("d", "2026-01-10", "300")}, "", "150"},
		"a maximum of zero": {"a real maximum of 0 can be stated, unlike in the .NET peer",
			incentive.Component{Tiers: []incentive.Tier{{From: num("0"), Rate: num("0.1"), Max: num("0")}}}, []incentive.Credit{credit("d", "2026-01-10", "300")}, "", "0"},
		"a minimum": {"10 % of 300 is 30, raised to 50", incentive.Component{Tiers: []incentive.Tier{{From: num("0"), Rate: num("0.1"), Min: num("50")}}},
			[]incentive.Credit{credit("d", "2026-01-10", "300")}, "", "50"},
		"target pay": {"20,000 on 500,000 is 4 %: 550,000 at rates 1 and 2 is 20,000 + 2 × 2,000",
			incentive.Component{By: incentive.ByAttainment, TargetPay: num("20000"), Tiers: []incentive.Tier{rate("0", "1"), rate("1", "2")}},
			[]incentive.Credit{credit("d", "2026-01-10", "550000")}, "500000", "24000"},
		"a cap in target pay": {"at most one and a half times the target pay of 20,000",
			incentive.Component{By: incentive.ByAttainment, TargetPay: num("20000"), Tiers: []incentive.Tier{rate("0", "1"), rate("1", "2")}, Limit: incentive.Limit{Cap: num("1.5")}},
			[]incentive.Credit{credit("d", "2026-01-10", "900000")}, "500000", "30000"},
		"a curve below its threshold": {"nothing below the first point", incentive.Component{By: incentive.ByAttainment, Curve: []incentive.Point{{At: num("0.5"), Pay: num("500")}, {At: num("1"), Pay: num("1000")}}},
			[]incentive.Credit{credit("d", "2026-01-10", "49999")}, "100000", "0"},
		"a curve at its threshold": {"the first point belongs to the curve", incentive.Component{By: incentive.ByAttainment, Curve: []incentive.Point{{At: num("0.5"), Pay: num("500")}, {At: num("1"), Pay: num("1000")}}},
			[]incentive.Credit{credit("d", "2026-01-10", "50000")}, "100000", "500"},
		"between two points": {"3/4 between 500 and 1,000 at 87.5 %: 875", incentive.Component{By: incentive.ByAttainment, Curve: []incentive.Point{{At: num("1"), Pay: num("1000")}, {At: num("0.5"), Pay: num("500")}}},
			[]incentive.Credit{credit("d", "2026-01-10", "80000"), credit("e", "2026-01-11", "7500")}, "100000", "875"},
		"a closed gate": {"79 % is below 80 %", with(flatRate("0.1"), func(c *incentive.Component) { c.Gate = incentive.Gate{AtLeast: num("0.8")} }),
			[]incentive.Credit{credit("d", "2026-01-10", "79000")}, "100000", "0"},
		"a floor behind a closed gate": {"a guarantee is paid whatever the gate", with(flatRate("0.1"), func(c *incentive.Component) {
			c.Gate, c.Limit.Floor = incentive.Gate{AtLeast: num("0.8")}, num("1500")
		}), []incentive.Credit{credit("d", "2026-01-10", "79000")}, "100000", "1500"},
		"an accelerator": {"1.5 times from 100 % on, the highest open one alone", with(flatRate("0.1"), func(c *incentive.Component) {
			c.Accelerators = []incentive.Accelerator{{Gate: incentive.Gate{AtLeast: num("1")}, Factor: num("1.5")}, {Gate: incentive.Gate{AtLeast: num("0.9")}, Factor: num("1.2")}}
		}), []incentive.Credit{credit("d", "2026-01-10", "100000")}, "100000", "15000"},
		"renewals count half": {"the first weight that matches: 1,000 / 2 + 1,000", with(flatRate("0.1"), func(c *incentive.Component) {
			c.Weights = []incentive.Weight{{When: map[string]string{"type": "renewal"}, Factor: num("0.5")}}
		}), []incentive.Credit{tagged("a", "renewal"), tagged("b", "new")}, "", "150"},
		"no credits": {"nothing sold, nothing paid", flatRate("0.1"), nil, "", "0"},
		"shares":     {"60 % of 1,000 at 10 %", flatRate("0.1"), []incentive.Credit{{ID: "d", Day: day("2026-01-10"), Amount: num("1000"), Share: num("0.6")}}, "", "60"},
		"a huge amount": {"64 digits are no reason for an error, nor for a rounding", flatRate("1"),
			[]incentive.Credit{credit("d", "2026-01-10", "99999999999999999999999999999999999999999999999999999999999999.01")}, "", "99999999999999999999999999999999999999999999999999999999999999.01"},
	} {
		t.Run(name, func(t *testing.T) {
			needWhy(t, test.why)
			in := q1(test.credits...)
			if test.quota != "" {
				in.Results = quota(test.quota)
			}
			s := state(t, one(test.component), in)
			if s.Payout != num(test.want) {
				t.Errorf("%s: got %v, want %s; lines %s", test.why, s.Payout, test.want, lines(s))
			}
		})
	}
}

func tagged(id, kind string) incentive.Credit {
	c := credit(id, "2026-01-10", "1000")
	c.Tags = map[string]string{"type": kind}
	return c
}

// A quota of zero has no attainment: the pay is undefined and says so, and so
// is the whole payout. It is never a silent zero.
func TestZeroQuota(t *testing.T) {
	for name, test := range map[string]struct {
		why    string
		r      []incentive.Result
		reason kpi.Reason
	}{
		"zero": {"a division by it", quota("0"), kpi.ZeroDenominator},
		"none": {"nothing to compare with", nil, kpi.NoTarget},
	} {
		t.Run(name, func(t *testing.T) {
			needWhy(t, test.why)
			for _, credits := range [][]incentive.Credit{nil, {credit("d", "2026-01-10", "100")}} {
				in := q1(credits...)
				in.Results = test.r
				s := state(t, one(steps(incentive.Marginal)), in)
				if s.Payout.Reason() != test.reason || s.Components[0].Earned.Reason() != test.reason || s.Totals.Earned.Reason() != test.reason {
					t.Errorf("%d credits: payout %v", len(credits), s.Payout)
				}
				if got := codes(s.Findings); !slices.Equal(got, []string{"pay_undefined commission"}) {
					t.Errorf("findings %q", got)
				}
				in.Opening = s.Closing
				if _, err := one(steps(incentive.Marginal)).Statement(in); len(problems(err)) == 0 {
					t.Error("its closing position opened another statement")
				}
			}
		})
	}
}

// A quarter's upper tier is paid only while the year is above plan (PEERS
// 105). 90 % and 120 % of two quarters are 105 % of both; 80 % and 110 % are
// 95 %.
func TestTierGatedToDate(t *testing.T) {
	c := steps(incentive.Marginal)
	c.Tiers[1].Gate = incentive.Gate{ToDate: true, AtLeast: kpi.Int(1)}
	for _, test := range []struct{ before, now, want string }{
		{"90000", "120000", "7600"}, // 100,000 × 6 % + 20,000 × 8 %
		{"80000", "110000", "6600"}, // all at 6 %
	} {
		in := q1(credit("d", "2026-01-10", test.now))
		in.Results = quota("100000")
		in.Opening.Components = []incentive.Standing{{Component: "commission", Credited: num(test.before), Quota: num("100000")}}
		pays(t, state(t, one(c), in), test.want)
	}
}

// A gate may look at another component: the accelerator pays only where the
// margin target is met.
func TestGateOfAnother(t *testing.T) {
	p := incentive.Plan{ID: "p", Unit: usd(), Components: []incentive.Component{
		with(flatRate("0.1"), func(c *incentive.Component) {
			c.ID, c.Gate = "commission", incentive.Gate{Component: "satisfaction", AtLeast: num("0.9")}
		}),
		{ID: "satisfaction", By: incentive.ByAttainment, Mode: incentive.Whole, Tiers: []incentive.Tier{flat("1", "500")}},
	}}
	for actual, want := range map[string]string{"80": "0", "90": "100", "100": "600"} {
		in := q1(credit("d", "2026-01-10", "1000"))
		in.Results = []incentive.Result{{Component: "satisfaction", Quota: num("100"), Actual: num(actual)}}
		in.Credits[0].Metric = "won_value"
		p.Components[0].Metric = "won_value"
		pays(t, state(t, p, in), want)
	}
	in := q1()
	in.Results = []incentive.Result{{Component: "satisfaction", Quota: num("100"), Actual: kpi.Undefined(kpi.TooFew)}}
	if s := state(t, p, in); s.Payout.Reason() != kpi.TooFew {
		t.Errorf("too few answers pay %v", s.Payout)
	}
}

// Where lower is better pay is read at the attainment alone: 12 complaints
// of 10 are 80 %.
func TestLowerIsBetter(t *testing.T) {
	p := one(incentive.Component{Direction: kpi.LowerIsBetter, By: incentive.ByAttainment, Mode: incentive.Whole, Tiers: []incentive.Tier{flat("0.8", "100"), flat("1", "300")}})
	for actual, want := range map[string]string{"13": "0", "12": "100", "11": "100", "10": "300", "0": "300"} {
		in := q1()
		in.Results = []incentive.Result{{Component: "commission", Quota: num("10"), Actual: num(actual)}}
		pays(t, state(t, p, in), want)
	}
}

// Whole tiers to date: when the second quarter reaches 8 %, the first is
// raised to it in a line of its own. 60,000 were paid 6 %, 50,000 come:
// 110,000 × 8 % − 3,600 = 5,200 = 50,000 × 8 % + 60,000 × 2 %.
func TestRevaluation(t *testing.T) {
	c := steps(incentive.Whole)
	c.ToDate = true
	in := q1(credit("d", "2026-01-10", "50000"))
	in.Results = quota("100000")
	in.Opening.Components = []incentive.Standing{{Component: "commission", Credited: num("60000")}}
	s := state(t, one(c), in)
	pays(t, s, "5200")
	if l := s.Lines[1]; len(s.Lines) != 2 || l.Kind != incentive.Revaluation || l.Amount != kpi.Int(1200) {
		t.Errorf("lines %+v", s.Lines)
	}
}

// Marginal tiers give each deal its tier by day, then by ID.
func TestDealsLieInTiersByDayAndID(t *testing.T) {
	in := q1(credit("z", "2026-01-05", "600"), credit("b", "2026-01-10", "600"), credit("a", "2026-01-10", "600"))
	s := state(t, one(incentive.Component{Tiers: []incentive.Tier{rate("0", "0.1"), rate("1000", "0.2")}}), in)
	var got []string
	for _, l := range s.Lines {
		got = append(got, l.Credit+" "+l.Tier+" "+l.Base.String()+" "+l.Amount.String())
	}
	want := []string{"z 0–1,000 600 60", "a 0–1,000 400 40", "a ≥ 1,000 200 40", "b ≥ 1,000 600 120"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Somebody who came for a third of the quarter: target pay, flats, limits
// and draw shrink, rates do not.
func TestProration(t *testing.T) {
	third := kpi.Frac(1, 3)
	for name, test := range map[string]struct {
		why  string
		p    incentive.Plan
		want string
	}{
		"a rate":         {"30,000 at 10 %", one(flatRate("0.1")), "3000"},
		"a flat":         {"a third of 900", one(incentive.Component{Tiers: []incentive.Tier{flat("0", "900")}}), "300"},
		"target pay":     {"30,000 on a quota of 30,000 is the whole of a third of 9,000", one(with(flatRate("1"), func(c *incentive.Component) { c.TargetPay = num("9000") })), "3000"},
		"a cap":          {"a third of 6,000", one(with(flatRate("0.1"), func(c *incentive.Component) { c.Limit.Cap = num("6000") })), "2000"},
		"the plan's cap": {"a third of 6,000", func() incentive.Plan { p := one(flatRate("0.1")); p.Limit.Cap = num("6000"); return p }(), "2000"},
		"a draw":         {"a third of 12,000", func() incentive.Plan { p := one(flatRate("0.1")); p.Draw.Amount = num("12000"); return p }(), "4000"},
	} {
		t.Run(name, func(t *testing.T) {
			needWhy(t, test.why)
			in := q1(credit("d", "2026-03-10", "30000"))
			in.Results, in.Proration = quota("30000"), third
			pays(t, state(t, test.p, in), test.want)
		})
	}
}

// The plan's cap over three components with thirds of a cent: what is paid is
// the cap, to the cent.
func TestPlanCapIsExact(t *testing.T) {
	p := incentive.Plan{ID: "p", Unit: usd(), Limit: incentive.Limit{Cap: num("100")}}
	for _, id := range []string{"a", "b", "c"} {
		p.Components = append(p.Components, with(flatRate("0.1"), func(c *incentive.Component) { c.ID = id }))
	}
	s := state(t, p, q1(credit("d", "2026-01-10", "1000")))
	pays(t, s, "100")
	got := []string{s.Components[0].Earned.String(), s.Components[1].Earned.String(), s.Components[2].Earned.String()}
	if want := []string{"33.34", "33.33", "33.33"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q: the cent left goes to the earlier", got, want)
	}
}

// A cap to date looks at what was earned before.
func TestCapToDate(t *testing.T) {
	p := one(with(flatRate("0.1"), func(c *incentive.Component) { c.Limit.CapToDate = num("1000") }))
	for before, want := range map[string]string{"0": "500", "700": "300", "1000": "0", "1200": "0"} {
		in := q1(credit("d", "2026-01-10", "5000"))
		in.Opening.Components = []incentive.Standing{{Component: "commission", Earned: num(before)}}
		pays(t, state(t, p, in), want)
	}
}

// A draw of 1,000 a quarter, recoverable: pay of 400, 1,300 and 2,000.
func TestDraw(t *testing.T) {
	p := one(flatRate("0.1"))
	p.Draw = incentive.Draw{Amount: num("1000"), Recoverable: true}
	opening := incentive.Position{}
	for _, test := range []struct{ sold, pays, owed string }{
		{"4000", "1000", "600"},  // advanced 600
		{"13000", "1000", "300"}, // 300 above the draw are paid back
		{"20000", "1700", "0"},   // and the last 300
	} {
		in := q1(credit("d", "2026-01-10", test.sold))
		in.Opening = opening
		s := state(t, p, in)
		pays(t, s, test.pays)
		if s.Closing.Draw != num(test.owed) {
			t.Errorf("owed %v, want %s", s.Closing.Draw, test.owed)
		}
		opening = s.Closing
	}
	p.Draw.Recoverable = false
	s := state(t, p, q1(credit("d", "2026-01-10", "4000")))
	pays(t, s, "1000")
	if s.Closing.Draw != kpi.Int(0) {
		t.Errorf("a guarantee is owed: %v", s.Closing.Draw)
	}
}

// A recoverable draw of 0: what a return takes back is carried on and paid
// back from later pay, and nobody pays in cash.
func TestNegativePayIsCarried(t *testing.T) {
	p := one(flatRate("0.1"))
	p.Draw = incentive.Draw{Amount: num("0"), Recoverable: true}
	s := state(t, p, q1(credit("n", "2026-01-10", "-3000")))
	pays(t, s, "0")
	in := q1(credit("d", "2026-01-10", "5000"))
	in.Opening = s.Closing
	pays(t, state(t, p, in), "200") // 500 − 300
	p.Draw = incentive.Draw{}
	s = state(t, p, q1(credit("n", "2026-01-10", "-3000")))
	pays(t, s, "-300")
	if got := codes(s.Findings); !slices.Equal(got, []string{"payout_negative li"}) {
		t.Errorf("findings %q", got)
	}
}

// PEERS case 56: 75,000 on 1,500,000 is 5 %, and not the 50 % that the
// documentation of a peer prints.
func TestAttainmentOfThePeersExample(t *testing.T) {
	in := q1(credit("d", "2026-01-10", "75000"))
	in.Results = quota("1500000")
	if got := state(t, one(flatRate("0.1")), in).Components[0].Attainment; got != num("0.05") {
		t.Errorf("attainment %v", got)
	}
}
