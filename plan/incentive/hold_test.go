package incentive_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"pgregory.net/rapid"
)

func heldPlan(h incentive.Hold, policy incentive.Policy) incentive.Plan {
	p := one(flatRate("0.1"))
	p.Components[0].Hold = h
	p.Reversal.Policy = policy
	return p
}

func cash(deal, on, amount string) incentive.Payment {
	return incentive.Payment{Deal: deal, Day: day(on), Amount: num(amount)}
}

// 1,000 at 10 % with different cash: what is paid in the first quarter, and
// what is still held. By hand.
func TestHold(t *testing.T) {
	all := incentive.Hold{Share: kpi.Int(1)}
	for name, test := range map[string]struct {
		why       string
		hold      incentive.Hold
		due       string
		payments  []incentive.Payment
		paid      string
		collected string
	}{
		"nothing in":          {"commission on collected cash: nothing yet", all, "", nil, "0", "0"},
		"a third in":          {"33.33 of 100: the held part is rounded, 66.67", all, "3000", []incentive.Payment{cash("d", "2026-02-01", "1000")}, "33.33", "0.333333333333"},
		"in parts":            {"payments add up", all, "", []incentive.Payment{cash("d", "2026-02-01", "300"), cash("d", "2026-03-31", "200")}, "50", "0.5"},
		"after the period":    {"cash of April is not of the first quarter", all, "", []incentive.Payment{cash("d", "2026-04-01", "1000")}, "0", "0"},
		"another deal":        {"only the deal's own cash counts", all, "", []incentive.Payment{cash("e", "2026-02-01", "1000")}, "0", "0"},
		"with tax":            {"1,190 is due, 595 in", all, "1190", []incentive.Payment{cash("d", "2026-02-01", "595")}, "50", "0.5"},
		"too much":            {"an overpayment releases no more than all", all, "", []incentive.Payment{cash("d", "2026-02-01", "2000")}, "100", "1"},
		"cash that went back": {"a refund lowers what is in, not below nothing", all, "", []incentive.Payment{cash("d", "2026-02-01", "-10")}, "0", "0"},
		"half on booking":     {"half at once, half of the rest at half the cash", incentive.Hold{Share: num("0.5")}, "", []incentive.Payment{cash("d", "2026-02-01", "500")}, "75", "0.5"},
		"only when whole":     {"half the cash is not all of it", incentive.Hold{Share: kpi.Int(1), Whole: true}, "", []incentive.Payment{cash("d", "2026-02-01", "500")}, "0", "0.5"},
		"whole":               {"now it is", incentive.Hold{Share: kpi.Int(1), Whole: true}, "", []incentive.Payment{cash("d", "2026-02-01", "1000")}, "100", "1"},
		"nothing due":         {"where no cash is expected none is missing", all, "0", nil, "100", "1"},
	} {
		t.Run(name, func(t *testing.T) {
			needWhy(t, test.why)
			c := credit("d", "2026-01-10", "1000")
			if test.due != "" {
				c.Due = num(test.due)
			}
			in := q1(c)
			in.Payments = test.payments
			s := state(t, heldPlan(test.hold, incentive.OnOwnDay), in)
			pays(t, s, test.paid)
			if got := s.Lines[0].Collected.String(); got != test.collected {
				t.Errorf("collected %s, want %s", got, test.collected)
			}
			if held := heldBy(s.Closing); held != num("100").Sub(s.Payout) {
				t.Errorf("held %v", held)
			}
		})
	}
}

// What was held is released as cash comes in, and what was released is not
// held again when cash goes back.
func TestRelease(t *testing.T) {
	p := heldPlan(incentive.Hold{Share: kpi.Int(1)}, incentive.OnOwnDay)
	in := q1(credit("d", "2026-01-10", "1000"))
	payments := []incentive.Payment{cash("d", "2026-02-01", "250"), cash("d", "2026-05-01", "500"), cash("d", "2026-08-01", "-500"), cash("d", "2026-11-01", "750")}
	var got []string
	for _, quarter := range []string{"2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"} {
		in.Period, in.Payments = period(quarter), payments
		s := state(t, p, in)
		got = append(got, s.Payout.String())
		in.Opening, in.Credits = s.Closing, nil
	}
	if want := []string{"25", "50", "0", "25"}; !slices.Equal(got, want) {
		t.Errorf("paid %q, want %q", got, want)
	}
}

func reversal(id, on, original, amount string) incentive.Credit {
	c := credit(id, on, amount)
	c.Reverses = original
	return c
}

// A deal of 1,000, at 5 % up to 600 and 10 % above, is reversed by 300 in
// the next quarter, when 500 are sold. By hand, under each policy.
func TestReversalPolicies(t *testing.T) {
	for name, test := range map[string]struct {
		why    string
		policy incentive.Policy
		want   string
	}{
		// position 0 → 500 → 200: 200 × 5 %
		"on its own day": {"at the rate of the day it comes", incentive.OnOwnDay, "10"},
		// 500 × 5 % = 25 less 30 % of 30 + 40 = 21
		"as paid": {"at what it was paid, moving no other deal", incentive.AsPaid, "4"},
		// left to Restate: 500 × 5 %
		"restated": {"not in this statement", incentive.Restate, "25"},
	} {
		t.Run(name, func(t *testing.T) {
			needWhy(t, test.why)
			p := one(incentive.Component{Tiers: []incentive.Tier{rate("0", "0.05"), rate("600", "0.1")}})
			p.Reversal.Policy = test.policy
			first := state(t, p, q1(credit("d", "2026-01-10", "1000")))
			pays(t, first, "70")
			in := incentive.Input{Payee: "li", Period: period("2026-Q2"), Opening: first.Closing, Posted: first.Lines,
				Credits: []incentive.Credit{credit("e", "2026-04-10", "500"), reversal("r", "2026-05-10", "d", "-300")}}
			s := state(t, p, in)
			pays(t, s, test.want)
			credited := num("1200")
			if test.policy == incentive.Restate {
				credited = num("1500")
			}
			if got := s.Closing.Components[0].Credited; got != credited {
				t.Errorf("closes at %v, want %v", got, credited)
			}
		})
	}
}

// In the period of its deal a reversal takes back exactly what the deal's
// last part earned: 300 of the 400 that lie above 600.
func TestReversalInItsPeriod(t *testing.T) {
	for _, policy := range []incentive.Policy{incentive.AsPaid, incentive.Restate} {
		p := one(incentive.Component{Tiers: []incentive.Tier{rate("0", "0.05"), rate("600", "0.1")}})
		p.Reversal.Policy = policy
		s := state(t, p, q1(credit("d", "2026-01-10", "1000"), credit("e", "2026-01-20", "100"), reversal("r", "2026-03-10", "d", "-300")))
		pays(t, s, "50") // 700 from d: 30 + 10, and 100 from e at 10 %
		if s.Lines[2].Credit != "r" || s.Lines[2].Amount != kpi.Int(-30) {
			t.Errorf("lines %+v", s.Lines)
		}
	}
}

// A reversed deal first loses what is still held.
func TestReversalTakesHeldPayFirst(t *testing.T) {
	for _, policy := range []incentive.Policy{incentive.OnOwnDay, incentive.AsPaid} {
		p := heldPlan(incentive.Hold{Share: kpi.Int(1)}, policy)
		in := q1(credit("d", "2026-01-10", "1000"))
		in.Payments = []incentive.Payment{cash("d", "2026-02-01", "400")}
		first := state(t, p, in)
		pays(t, first, "40")
		next := incentive.Input{Payee: "li", Period: period("2026-Q2"), Opening: first.Closing, Posted: first.Lines, Payments: in.Payments,
			Credits: []incentive.Credit{reversal("r", "2026-05-10", "d", "-500")}}
		s := state(t, p, next)
		pays(t, s, "0") // 50 of the 60 that are held
		if h := s.Closing.Held[0]; h.Left != kpi.Int(10) || h.Due != kpi.Int(500) || h.Earned != kpi.Int(50) {
			t.Errorf("held %+v", h)
		}
		next.Credits[0].Amount = num("-1000")
		s = state(t, p, next)
		pays(t, s, "-40") // all 60, and the 40 that were paid
		if len(s.Closing.Held) != 0 {
			t.Errorf("held %+v", s.Closing.Held)
		}
	}
}

// Parts reversed one after the other take back exactly the whole, whatever
// the rates and roundings.
func TestPartialReversalsTakeBackTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		p.Reversal = incentive.Reversal{Policy: incentive.AsPaid}
		p.Draw, p.Limit = incentive.Draw{}, incentive.Limit{}
		for i := range p.Components {
			p.Components[i].Limit.Floor = kpi.Value{}
			p.Components[i].Tiers = slices.DeleteFunc(p.Components[i].Tiers, func(t incentive.Tier) bool { return t.Min.Defined() || t.Flat.Defined() })
			if p.Components[i].Tiers = append(p.Components[i].Tiers, rate("99", "0.01")); len(p.Components[i].Curve) > 0 {
				p.Components[i].Tiers = nil
			}
		}
		in := q1(credit("d", "2026-01-10", "777.77"), credit("e", "2026-01-11", "555.55"))
		for _, c := range p.Components {
			in.Results = append(in.Results, incentive.Result{Component: c.ID, Quota: kpi.Int(1000)})
		}
		in.Payments = drawPayments(t, in.Credits)
		s := state(t, p, in)
		earned := kpi.Int(0)
		for _, l := range s.Lines {
			if l.Credit == "d" {
				earned = earned.Add(l.Amount)
			}
		}
		next := incentive.Input{Payee: "li", Period: period("2026-Q2"), Opening: s.Closing, Posted: s.Lines, Results: in.Results}
		left := num("777.77")
		for i := range rapid.IntRange(1, 4).Draw(t, "parts") {
			part := left.Mul(share(t, "part", 1, 99))
			left = left.Sub(part)
			next.Credits = append(next.Credits, incentive.Credit{ID: string(rune('p' + i)), Day: day("2026-05-01"), Reverses: "d", Amount: part.Neg()})
		}
		next.Credits = append(next.Credits, incentive.Credit{ID: "z", Day: day("2026-05-02"), Reverses: "d", Amount: left.Neg()})
		back := kpi.Int(0)
		after := state(t, p, next)
		for _, l := range after.Lines {
			if l.Reverses == "d" {
				back = back.Sub(l.Amount)
			}
		}
		if back != earned {
			t.Errorf("earned %v, taken back %v; %s", earned, back, lines(after))
		}
		for _, h := range after.Closing.Held {
			if h.Credit == "d" {
				t.Errorf("still held: %+v", h)
			}
		}
	})
}

// Every credit is counted or left out under one reason.
func TestExclusions(t *testing.T) {
	p := heldPlan(incentive.Hold{}, incentive.AsPaid)
	p.Reversal.Days = 30
	other := credit("m", "2026-01-10", "100")
	other.Metric = "calls"
	overlay := credit("o", "2026-01-10", "100")
	overlay.Overlay = true
	nothing := credit("n", "2026-01-10", "1")
	nothing.Amount = kpi.Value{}
	in := q1(credit("a", "2026-01-10", "1000"), credit("p", "2026-04-01", "1000"), other, overlay, nothing,
		reversal("late", "2026-02-10", "a", "-100"), reversal("r", "2026-02-09", "a", "-100"), reversal("lost", "2026-02-09", "x", "-100"))
	s := state(t, p, in)
	pays(t, s, "90")
	want := []incentive.Exclusion{{"late", incentive.TooLate}, {"m", incentive.NoComponent}, {"n", incentive.NoAmount}, {"o", incentive.NoComponent},
		{"lost", incentive.OriginalUnknown}, {"p", incentive.OutsidePeriod}}
	if !slices.Equal(s.Excluded, want) || s.Read != 8 || s.Counted != 2 {
		t.Errorf("read %d, counted %d, excluded %v", s.Read, s.Counted, s.Excluded)
	}
	wantCodes := []string{"excluded_outside_period li", "excluded_no_component li", "excluded_no_amount li", "excluded_original_unknown li", "excluded_too_late li"}
	if got := codes(s.Findings); !slices.Equal(got, wantCodes) {
		t.Errorf("findings %q", got)
	}
}

// An amount without exchange rate is neither zero nor left out: the position
// is not known, and neither is the pay.
func TestUnpricedCredit(t *testing.T) {
	c := credit("d", "2026-01-10", "1")
	c.Amount = kpi.Undefined(kpi.Unpriced)
	s := state(t, one(flatRate("0.1")), q1(credit("a", "2026-01-10", "1000"), c))
	if s.Payout.Reason() != kpi.Unpriced {
		t.Errorf("payout %v", s.Payout)
	}
	if got := codes(s.Findings); !slices.Equal(got, []string{"pay_undefined commission", "credit_undefined d"}) {
		t.Errorf("findings %q", got)
	}
}

// Reversing more than was counted takes back no more than was earned, and
// says so.
func TestReversedMore(t *testing.T) {
	p := heldPlan(incentive.Hold{}, incentive.AsPaid)
	first := state(t, p, q1(credit("d", "2026-01-10", "1000")))
	s := state(t, p, incentive.Input{Payee: "li", Period: period("2026-Q2"), Posted: first.Lines, Credits: []incentive.Credit{reversal("r", "2026-05-10", "d", "-1500")}})
	pays(t, s, "-100")
	if got := codes(s.Findings); !slices.Contains(got, "reversed_more r") {
		t.Errorf("findings %q", got)
	}
}

// A reversal of a deal without amount has nothing to take back.
func TestReversalOfNoAmount(t *testing.T) {
	d := credit("d", "2026-01-10", "1")
	d.Amount = kpi.Value{}
	s := state(t, heldPlan(incentive.Hold{}, incentive.AsPaid), q1(d, reversal("r", "2026-02-10", "d", "-100")))
	pays(t, s, "0")
	if want := []incentive.Exclusion{{Credit: "d", Reason: incentive.NoAmount}, {Credit: "r", Reason: incentive.OriginalUnknown}}; !slices.Equal(s.Excluded, want) {
		t.Errorf("excluded %v", s.Excluded)
	}
}

// A reversal of the same day follows its deal whatever their IDs: all 400
// that lie above 600 are taken back, at 10 %.
func TestReversalFollowsItsDeal(t *testing.T) {
	p := one(incentive.Component{Tiers: []incentive.Tier{rate("0", "0.05"), rate("600", "0.1")}})
	p.Reversal.Policy = incentive.AsPaid
	s := state(t, p, q1(credit("d", "2026-01-10", "1000"), reversal("a", "2026-01-10", "d", "-400"), credit("b", "2026-01-10", "300")))
	var got []string
	for _, l := range s.Lines {
		got = append(got, l.Credit+" "+l.Amount.String())
	}
	// b comes before d by ID: 15; d: 300 at 5 % and 700 at 10 %.
	if want := []string{"b 15", "d 15", "d 70", "a -40"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A deal held in two tiers, 30 and 40: a reversal of 300 at 10 % takes 30
// from them together, and no more.
func TestReversalOfADealInTwoTiers(t *testing.T) {
	p := one(incentive.Component{Tiers: []incentive.Tier{rate("0", "0.05"), rate("600", "0.1")}, Hold: incentive.Hold{Share: kpi.Int(1)}})
	s := state(t, p, q1(credit("d", "2026-01-10", "1000"), reversal("r", "2026-02-10", "d", "-300")))
	pays(t, s, "0")
	if held := heldBy(s.Closing); held != kpi.Int(40) {
		t.Errorf("held %v, want 70 − 30", held)
	}
}
