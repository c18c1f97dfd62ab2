package incentive_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"pgregory.net/rapid"
)

func lint(t *testing.T, c incentive.Component, trial incentive.Trial) incentive.LintReport {
	t.Helper()
	report, err := incentive.Lint(one(c), trial)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// What each plan is blamed for, in words a manager reads. Figures by hand.
func TestLint(t *testing.T) {
	tiers := func(mode incentive.Mode, tiers ...incentive.Tier) incentive.Component {
		return incentive.Component{Mode: mode, Tiers: tiers}
	}
	upTo := func(from, to, r string) incentive.Tier {
		return incentive.Tier{From: num(from), To: num(to), Rate: num(r)}
	}
	for name, test := range map[string]struct {
		why   string
		c     incentive.Component
		quota string
		most  string
		want  []string
	}{
		"a sound plan": {"marginal tiers rise and never jump", tiers(incentive.Marginal, rate("0", "0.06"), rate("100000", "0.08")), "", "0.08", nil},
		"whole tiers": {"100,000 × (8 % − 6 %) for one more cent", tiers(incentive.Whole, rate("0", "0.06"), rate("100000", "0.08")), "", "",
			[]string{"commission jumps by 2,000.00 USD at 100,000: 6,000.00 USD just short of it, 8,000.00 USD there. Deals will be moved over that line."}},
		"a flat": {"one more deal pays 500", tiers(incentive.Marginal, rate("0", "0.1"), flat("1000", "500")), "2000", "",
			[]string{"commission jumps by 500.00 USD at 1,000 (50 %): 100.00 USD just short of it, 600.00 USD there. Deals will be moved over that line."}},
		"falling by a jump": {"from 8 % of all to 6 % of all", tiers(incentive.Whole, rate("0", "0.08"), rate("1000", "0.06")), "", "",
			[]string{"commission falls by 20.00 USD at 1,000: more is sold and less is paid."}},
		"falling along a line": {"a curve that goes down", incentive.Component{Curve: []incentive.Point{{At: num("0"), Pay: num("0")}, {At: num("100"), Pay: num("50")}, {At: num("200"), Pay: num("40")}}}, "", "",
			[]string{"commission falls from 100 to 200: each further unit costs the seller 10 %."}},
		"a gap": {"marginal: the hole earns nothing, and pay does not jump", tiers(incentive.Marginal, upTo("0", "100", "0.1"), rate("200", "0.1")), "", "",
			[]string{"commission pays nothing for what lies between 100 and 200: no tier holds it."}},
		"a hole in whole tiers": {"whole: all pay is lost inside, and back behind it", tiers(incentive.Whole, upTo("0", "100", "0.1"), rate("200", "0.1")), "", "",
			[]string{"commission pays nothing for what lies between 100 and 200: no tier holds it.", "commission falls by 10.00 USD at 100: more is sold and less is paid.",
				"commission jumps by 20.00 USD at 200: 0.00 USD just short of it, 20.00 USD there. Deals will be moved over that line."}},
		"an overlap": {"such a plan cannot pay, and nothing else is looked at", tiers(incentive.Marginal, upTo("0", "100", "0.1"), rate("99", "0.2")), "", "",
			[]string{"The tiers 0–100 and ≥ 99 of commission overlap from 99 on; the plan cannot pay."}},
		"too steep": {"20 % of each further unit, 15 % wanted", tiers(incentive.Marginal, rate("0", "0.1"), rate("1000", "0.2")), "2000", "0.15",
			[]string{"commission pays 20 % of each further unit from 1,000 (50 %) to ∞; at most 15 % is wanted."}},
		"no quota": {"by attainment nothing can be said without one", incentive.Component{By: incentive.ByAttainment, Tiers: []incentive.Tier{rate("0", "0.1")}}, "", "",
			[]string{"What commission pays cannot be looked at without a quota (no_target)."}},
		"an accelerator": {"half as much again on everything at 100 %: 1,000 → 1,500", with(flatRate("0.1"), func(c *incentive.Component) {
			c.Accelerators = []incentive.Accelerator{{Gate: incentive.Gate{AtLeast: num("1")}, Factor: num("1.5")}}
		}), "10000", "", []string{"commission jumps by 500.00 USD at 10,000 (100 %): 1,000.00 USD just short of it, 1,500.00 USD there. Deals will be moved over that line."}},
		"lower is better": {"fewer complaints pay more: no fault but the jumps", incentive.Component{Direction: kpi.LowerIsBetter, By: incentive.ByAttainment, Mode: incentive.Whole, Tiers: []incentive.Tier{flat("1", "300")}}, "10", "",
			[]string{"commission jumps by 300.00 USD at 10 (100 %): 0.00 USD just short of it, 300.00 USD there. Deals will be moved over that line."}},
	} {
		t.Run(name, func(t *testing.T) {
			needWhy(t, test.why)
			trial := incentive.Trial{}
			if test.quota != "" {
				trial.Results = quota(test.quota)
			}
			if test.most != "" {
				trial.MostRate = num(test.most)
			}
			var got []string
			for _, f := range lint(t, test.c, trial).Findings {
				got = append(got, incentive.Findings().Text(f, "en"))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%s: got  %q\nwant %q", test.why, got, test.want)
			}
		})
	}
}

// Eleven past attainments, 50 % to 150 % in steps of 10: the quantiles of
// type 7 are their 2nd, 6th and 10th. 5 % to quota, 10 % above, of 100,000.
func TestPastAndBudget(t *testing.T) {
	c := incentive.Component{By: incentive.ByAttainment, Tiers: []incentive.Tier{rate("0", "0.05"), rate("1", "0.1")}}
	trial := incentive.Trial{Results: quota("100000"), Payees: 20, Budget: num("110000"), Past: []incentive.Past{{Component: "commission"}}}
	for i := range int64(11) {
		trial.Past[0].Attainments = append(trial.Past[0].Attainments, kpi.Frac(150-10*i, 100))
	}
	report := lint(t, c, trial)
	got := report.Components[0]
	for _, at := range []struct {
		got             incentive.PayAt
		attainment, pay string
	}{{got.P10, "0.6", "3000"}, {got.P50, "1", "5000"}, {got.P90, "1.4", "9000"}} {
		if at.got != (incentive.PayAt{Attainment: num(at.attainment), Pay: num(at.pay)}) {
			t.Errorf("%+v, want %s pays %s", at.got, at.attainment, at.pay)
		}
	}
	// Mean: 5,000 on average below and at quota (50…150 % average 100 %) plus
	// 5 % of (10 + 20 + 30 + 40 + 50) % of quota by eleven.
	mean := num("5000").Add(kpi.Int(5 * 1500).Div(kpi.Int(11)))
	if got.Mean != mean || report.Cost != mean.Mul(kpi.Int(20)) || got.N != 11 {
		t.Errorf("mean %v, want %v; cost %v", got.Mean, mean, report.Cost)
	}
	if codes := codes(report.Findings); !slices.Equal(codes, []string{"over_budget p"}) {
		t.Errorf("findings %q", codes)
	}
	trial.Past[0].Attainments = trial.Past[0].Attainments[:9]
	report = lint(t, c, trial)
	if report.Cost.Reason() != kpi.TooFew || report.Components[0].P50.Pay.Reason() != kpi.TooFew || len(report.Findings) != 0 {
		t.Errorf("nine are too few: %+v", report)
	}
}

func TestLintErrors(t *testing.T) {
	_, err := incentive.Lint(one(incentive.Component{}), incentive.Trial{Payees: -1, Past: []incentive.Past{{Component: "x"}, {Component: "commission"}, {Component: "commission"}}, Budget: kpi.Undefined(kpi.TooFew)})
	want := []string{"plan.components[0].tiers neither_tiers_nor_curve", "past[0].component unknown_component", "past[2].component duplicate_component", "payees below_zero", "budget undefined_number"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, r := range []incentive.Result{{Component: "x"}, {Component: "commission"}} {
		if _, err := one(steps(incentive.Whole)).Profile(r); len(problems(err)) != 1 {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

// The profile says of every amount what a statement pays for it.
func TestProfileIsWhatStatementsPay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := one(drawComponent(t, "commission"))
		r := incentive.Result{Component: "commission", Quota: kpi.Int(rapid.Int64Range(1, 20).Draw(t, "quota") * 100)}
		segments, err := p.Profile(r)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range segments {
			if i > 0 && s.From != segments[i-1].To {
				t.Fatalf("segments %+v", segments)
			}
			x := s.From
			if rapid.Bool().Draw(t, "inside") {
				if x = s.From.Add(kpi.Int(rapid.Int64Range(1, 1000).Draw(t, "beyond"))); s.To.Defined() {
					x = s.From.Add(s.To.Sub(s.From).Mul(share(t, "at", 1, 99)))
				}
			}
			want := s.Pay
			if x != s.From {
				want = s.Start.Add(s.Rate.Mul(x.Sub(s.From)))
			}
			in := q1(incentive.Credit{ID: "d", Day: day("2026-01-10"), Amount: x})
			in.Results = []incentive.Result{r}
			if got := state(t, p, in).Components[0].Exact; got != want {
				t.Errorf("at %v a statement pays %v, the profile %v: %+v", x, got, want, segments)
			}
		}
	})
}
