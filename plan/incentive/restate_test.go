package incentive_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"pgregory.net/rapid"
)

// Records of earlier quarters change; the corrections bring what was posted
// to what it would have been, and a second look finds nothing more.
func TestRestatementsAreConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		inputs, posted := chain(t, p, drawYear(t, p))
		now := make([]incentive.Input, len(inputs))
		for i, in := range inputs {
			now[i] = in
			now[i].Credits = nil
			for _, c := range in.Credits {
				switch rapid.IntRange(0, 4).Draw(t, "what happened") {
				case 0:
					c.Amount = c.Amount.Mul(kpi.Frac(1, 2))
				case 1:
					if c.Reverses == "" {
						c.Amount = c.Amount.Mul(kpi.Int(2))
					}
				}
				now[i].Credits = append(now[i].Credits, c)
			}
		}
		for _, s := range posted {
			if !s.Payout.Defined() {
				return
			}
		}
		r, err := p.Restate(posted, mix(t, now))
		if err != nil {
			t.Fatal(err)
		}
		paid, restated := kpi.Int(0), kpi.Int(0)
		for i := range posted {
			paid, restated = paid.Add(posted[i].Payout), restated.Add(r.Statements[i].Payout)
		}
		if !restated.Defined() {
			return
		}
		if paid.Add(r.Amount) != restated {
			t.Errorf("posted %v, corrected by %v, but restated %v", paid, r.Amount, restated)
		}
		next := incentive.Input{Payee: "li", Period: period("2026-Q4"), Opening: r.Closing, Corrections: r.Lines, Payments: inputs[0].Payments}
		for _, c := range p.Components {
			next.Results = append(next.Results, incentive.Result{Component: c.ID, Quota: kpi.Int(1000)})
		}
		last := state(t, p, next)
		if last.Totals.Corrected != r.Amount {
			t.Errorf("posted %v of the corrections of %v", last.Totals.Corrected, r.Amount)
		}
		again, err := p.Restate(append(posted, last), append(now, next))
		if err != nil {
			t.Fatal(err)
		}
		if len(again.Lines) != 0 {
			t.Errorf("a second look finds %v", again.Lines)
		}
		back(t, r)
	})
}

// A deal of the first quarter turns out to be 60,000 and not 50,000, after
// 110 % were paid on it: the whole difference lies above the quota.
func TestCorrectionByHand(t *testing.T) {
	p := one(incentive.Component{By: incentive.ByAttainment, Tiers: []incentive.Tier{{From: kpi.Int(0), Rate: num("0.05")}, {From: kpi.Int(1), Rate: num("0.1")}}})
	first := q1(credit("a", "2026-01-10", "60000"), credit("b", "2026-02-10", "50000"))
	first.Results = quota("100000")
	posted := state(t, p, first)
	pays(t, posted, "6000") // 100,000 × 5 % + 10,000 × 10 %
	first.Credits = []incentive.Credit{credit("a", "2026-01-10", "60000"), credit("b", "2026-02-10", "60000")}
	r, err := p.Restate([]incentive.Statement{posted}, []incentive.Input{first})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Lines) != 1 || r.Amount != kpi.Int(1000) || r.Lines[0].Credit != "b" || r.Lines[0].Tier != "≥ 100 %" || r.Lines[0].Base != kpi.Int(10_000) {
		t.Errorf("corrections %+v", r.Lines)
	}
	second := incentive.Input{Payee: "li", Period: period("2026-Q2"), Opening: r.Closing, Corrections: r.Lines,
		Results: quota("100000"), Credits: []incentive.Credit{credit("c", "2026-04-10", "1000")}}
	s := state(t, p, second)
	pays(t, s, "1050") // 1,000 × 5 %, and the correction
	if s.Closing.Components[0].Credited != kpi.Int(121_000) || s.Closing.Components[0].Earned != kpi.Int(7050) {
		t.Errorf("closing %+v", s.Closing.Components)
	}
}

// Under the policy restate a return of the second quarter changes the first.
func TestReversalRestatesItsPeriod(t *testing.T) {
	p := one(incentive.Component{By: incentive.ByAttainment, Tiers: []incentive.Tier{{From: kpi.Int(0), Rate: num("0.05")}, {From: kpi.Int(1), Rate: num("0.1")}}})
	p.Reversal.Policy = incentive.Restate
	first := q1(credit("a", "2026-01-10", "80000"), credit("b", "2026-02-10", "40000"))
	first.Results = quota("100000")
	posted := state(t, p, first)
	pays(t, posted, "7000") // 100,000 × 5 % + 20,000 × 10 %
	reversal := credit("r", "2026-05-01", "-40000")
	reversal.Reverses = "b"
	second := incentive.Input{Payee: "li", Period: period("2026-Q2"), Opening: posted.Closing, Results: quota("100000"), Credits: []incentive.Credit{reversal}}
	s := state(t, p, second)
	pays(t, s, "0")
	if len(s.Excluded) != 1 || s.Excluded[0] != (incentive.Exclusion{Credit: "r", Reason: incentive.RestatesEarlier}) {
		t.Errorf("excluded %v", s.Excluded)
	}
	r, err := p.Restate([]incentive.Statement{posted, s}, []incentive.Input{first, second})
	if err != nil {
		t.Fatal(err)
	}
	if r.Amount != kpi.Int(-3000) { // 80,000 × 5 % = 4,000 is what is left of 7,000
		t.Errorf("corrected by %v: %+v", r.Amount, r.Lines)
	}
}

// Posting one period twice took its pay back twice; two periods that share
// days counted a deal in both.
func TestRestateErrorsAtOnce(t *testing.T) {
	p := one(flatRate("0.1"))
	a := q1(credit("a", "2026-01-10", "100"))
	posted := state(t, p, a)
	bad := q1(credit("", "2026-02-10", "100"))
	bad.Period = period("2026-02")
	p.ID = ""
	_, err := p.Restate([]incentive.Statement{posted, posted}, []incentive.Input{bad, a})
	want := []string{
		"plan.id missing_id",
		"inputs.2026-02-01/2026-03-01 periods_overlap",
		"inputs.2026-02-01/2026-03-01.credits[0].id missing_id",
		"posted[1].period duplicate_period",
	}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRestateErrors(t *testing.T) {
	p := one(flatRate("0.1"))
	a := q1(credit("a", "2026-01-10", "100"))
	posted := state(t, p, a)
	other := posted
	other.Payee = "wang"
	stranger := posted
	stranger.Period = period("2026-Q3")
	broken := q1(credit("", "2026-01-10", "100"))
	for name, test := range map[string]struct {
		why    string
		posted []incentive.Statement
		inputs []incentive.Input
		want   string
	}{
		"two of one period": {"both would count", nil, []incentive.Input{a, a}, "inputs.2026-01-01/2026-04-01 duplicate_period"},
		"another payee":     {"one person's pay is not corrected by another's", []incentive.Statement{other}, []incentive.Input{a}, "posted[0].payee other_payee"},
		"no input":          {"all of it would be taken back", []incentive.Statement{stranger}, []incentive.Input{a}, "posted[0].period period_without_input"},
		"a bad input":       {"the path leads to it", []incentive.Statement{posted}, []incentive.Input{broken}, "inputs.2026-01-01/2026-04-01.credits[0].id missing_id"},
	} {
		t.Run(name, func(t *testing.T) {
			needWhy(t, test.why)
			_, err := p.Restate(test.posted, test.inputs)
			if got := problems(err); len(got) != 1 || got[0] != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A correction of the first quarter moves the deals of the second: to date
// they begin at 120,000 and not at 80,000. Tiers 5 % and, from 100,000 on,
// 10 %.
func TestCorrectionMovesLaterQuarters(t *testing.T) {
	p := one(incentive.Component{ToDate: true, Tiers: []incentive.Tier{rate("0", "0.05"), rate("100000", "0.1")}})
	first := q1(credit("a", "2026-01-10", "80000"))
	posted := []incentive.Statement{state(t, p, first)}
	second := incentive.Input{Payee: "li", Period: period("2026-Q2"), Opening: posted[0].Closing, Credits: []incentive.Credit{credit("b", "2026-04-10", "50000")}}
	posted = append(posted, state(t, p, second))
	pays(t, posted[0], "4000")
	pays(t, posted[1], "4000") // 20,000 × 5 % + 30,000 × 10 %
	first.Credits[0].Amount = num("120000")
	r, err := p.Restate(posted, []incentive.Input{second, first})
	if err != nil {
		t.Fatal(err)
	}
	pays(t, r.Statements[0], "7000") // 100,000 × 5 % + 20,000 × 10 %
	pays(t, r.Statements[1], "5000") // 50,000 × 10 %
	if r.Amount != kpi.Int(4000) || r.Closing.Components[0].Credited != kpi.Int(170_000) {
		t.Errorf("corrected by %v, closing %+v", r.Amount, r.Closing)
	}
}

// A deal of the year before is taken back as paid: its lines come from
// outside the restated periods, and restating finds nothing.
func TestRestateKeepsEarlierLines(t *testing.T) {
	p := one(flatRate("0.1"))
	p.Reversal.Policy = incentive.AsPaid
	last := q1(credit("d", "2025-11-10", "1000"))
	last.Period = period("2025-Q4")
	before := state(t, p, last)
	in := q1(reversal("r", "2026-02-10", "d", "-400"))
	in.Opening, in.Posted = before.Closing.NewYear(), before.Lines
	posted := state(t, p, in)
	pays(t, posted, "-40")
	r, err := p.Restate([]incentive.Statement{posted}, []incentive.Input{in})
	if err != nil || len(r.Lines) != 0 {
		t.Errorf("corrections %+v, %v", r.Lines, err)
	}
}
