package incentive_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"pgregory.net/rapid"
)

// wholeCents reports whether a number has no more than two decimals.
func wholeCents(v kpi.Value) bool {
	_, whole := v.Mul(kpi.Int(100)).Int64()
	return whole
}

// What a statement says adds up, whatever the plan and the records.
func TestStatementsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		inputs, statements := chain(t, p, drawYear(t, p))
		for i, s := range statements {
			if s.Payout.Defined() {
				addsUp(t, inputs[i], s)
			}
			if s.Read != s.Counted+len(s.Excluded) || s.Read != len(inputs[i].Credits) {
				t.Errorf("read %d, counted %d, excluded %d", s.Read, s.Counted, len(s.Excluded))
			}
		}
	})
}

func addsUp(t *rapid.T, in incentive.Input, s incentive.Statement) {
	paid, held := kpi.Int(0), kpi.Int(0)
	earned := map[string]kpi.Value{}
	base := map[string]kpi.Value{}
	for _, l := range s.Lines {
		if l.Amount != l.Paid.Add(l.Held) || !wholeCents(l.Amount) || !wholeCents(l.Paid) {
			t.Errorf("line %+v", l)
		}
		paid, held = paid.Add(l.Paid), held.Add(l.Held)
		if l.Kind <= incentive.Floor {
			earned[l.Component] = earned[l.Component].Or(kpi.Int(0)).Add(l.Amount)
			if off := l.Amount.Sub(l.Exact).Abs(); !off.Less(kpi.Frac(1, 100)) && l.Exact.Defined() {
				t.Errorf("%v became %v", l.Exact, l.Amount)
			}
		}
		if l.Kind == incentive.Commission {
			base[l.Component] = base[l.Component].Or(kpi.Int(0)).Add(l.Base)
		}
	}
	o := s.Totals
	sum := o.Earned.Sub(o.Held).Add(o.Released).Add(o.TakenBack).Add(o.Corrected).Add(o.Drawn)
	if s.Payout != paid || s.Payout != sum {
		t.Errorf("payout %v, lines pay %v, totals %v", s.Payout, paid, sum)
	}
	if left := heldBy(s.Closing); left != heldBy(in.Opening).Add(held) {
		t.Errorf("held %v, opening %v and lines %v", left, heldBy(in.Opening), held)
	}
	for _, c := range s.Components {
		if c.Earned != earned[c.Component].Or(kpi.Int(0)) || c.Credited != base[c.Component].Or(kpi.Int(0)) {
			t.Errorf("%s earned %v of %v, lines %v of %v", c.Component, c.Earned, c.Credited, earned[c.Component], base[c.Component])
		}
	}
}

func heldBy(p incentive.Position) kpi.Value {
	sum := kpi.Int(0)
	for _, h := range p.Held {
		sum = sum.Add(h.Left)
	}
	return sum
}

// The same records in any order give the same bytes, and are not touched.
func TestStatementsDoNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		inputs, statements := chain(t, p, drawYear(t, p))
		for i, in := range inputs {
			before := encode(t, in)
			mixed := in
			mixed.Credits = mix(t, in.Credits)
			mixed.Payments = mix(t, in.Payments)
			mixed.Results = mix(t, in.Results)
			mixed.Posted = mix(t, in.Posted)
			mixed.Opening.Components = mix(t, in.Opening.Components)
			mixed.Opening.Held = mix(t, in.Opening.Held)
			other := p
			other.Components = slices.Clone(p.Components)
			for j := range other.Components {
				other.Components[j].Tiers = mix(t, other.Components[j].Tiers)
				other.Components[j].Curve = mix(t, other.Components[j].Curve)
			}
			s, err := other.Statement(mixed)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := encode(t, s), encode(t, statements[i]); !bytes.Equal(got, want) {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if after := encode(t, in); !bytes.Equal(before, after) {
				t.Errorf("the input became %s", after)
			}
		}
	})
}

func mix[E any](t *rapid.T, list []E) []E {
	if len(list) == 0 {
		return list
	}
	return rapid.Permutation(list).Draw(t, "order")
}

func encode(t tester, v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Everything goes through JSON and comes back equal.
func TestRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		inputs, statements := chain(t, p, drawYear(t, p))
		back(t, p)
		for i := range statements {
			back(t, statements[i])
			back(t, inputs[i])
		}
	})
}

func back[V any](t tester, v V) {
	text := encode(t, v)
	var got V
	if err := check.Decode("test", text, &got); err != nil {
		t.Fatal(err)
	}
	if again := encode(t, got); !bytes.Equal(again, text) {
		t.Errorf("%s\ncame back as %s", text, again)
	}
	if s, is := any(v).(incentive.Statement); is && !reflect.DeepEqual(any(got), any(s)) {
		t.Errorf("%s did not come back equal", text)
	}
}

// Caps and floors hold to the cent, but for what is rounded.
func TestLimitsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		p.Rounding = kpi.HalfEven
		_, statements := chain(t, p, drawYear(t, p))
		for _, s := range statements {
			if !s.Payout.Defined() {
				continue
			}
			if s.Totals.Earned.Less(p.Limit.Floor) || p.Limit.Cap.Less(s.Totals.Earned) {
				t.Errorf("earned %v between %v and %v", s.Totals.Earned, p.Limit.Floor, p.Limit.Cap)
			}
			for i, c := range p.Components {
				unit := kpi.Int(1)
				if c.TargetPay.Defined() {
					unit = c.TargetPay
				}
				got := s.Components[i].Exact
				if most := c.Limit.Cap; most.Defined() && most.Mul(unit).Less(got) {
					t.Errorf("%s earned %v over its cap of %v", c.ID, got, most.Mul(unit))
				}
			}
		}
	})
}

// A recoverable draw is a loan: all payouts together are what was payable
// and what is still owed. And nobody goes home with less than the draw.
func TestDrawsAreConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		p.Draw = incentive.Draw{Amount: share(t, "draw", 0, 30000), Recoverable: true}
		_, statements := chain(t, p, drawYear(t, p))
		payouts, payable := kpi.Int(0), kpi.Int(0)
		for _, s := range statements {
			if !s.Payout.Defined() {
				return
			}
			payouts, payable = payouts.Add(s.Payout), payable.Add(s.Payout.Sub(s.Totals.Drawn))
			if s.Payout.Less(p.Draw.Amount) {
				t.Errorf("paid %v below the draw of %v", s.Payout, p.Draw.Amount)
			}
			if payouts != payable.Add(s.Closing.Draw) {
				t.Errorf("paid %v, payable %v, owed %v", payouts, payable, s.Closing.Draw)
			}
		}
	})
}

// When all cash is in, all that was held is paid, and no cent more.
func TestHeldPayIsPaidInTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		p.Draw = incentive.Draw{}
		inputs, statements := chain(t, p, drawYear(t, p))
		last := statements[len(statements)-1]
		if !last.Payout.Defined() {
			return
		}
		end := incentive.Input{Payee: "li", Period: period("2026-Q4"), Opening: last.Closing.NewYear()}
		for i := range p.Components {
			p.Components[i].Limit.Floor = kpi.Value{}
			p.Components[i].Tiers, p.Components[i].Curve = []incentive.Tier{{From: kpi.Int(0), Rate: kpi.Int(0)}}, nil
			p.Components[i].Mode, p.Components[i].By, p.Components[i].Gate, p.Components[i].Accelerators = 0, 0, incentive.Gate{}, nil
			p.Components[i].TargetPay = kpi.Value{}
		}
		p.Limit.Floor = kpi.Value{}
		for _, in := range inputs {
			for _, c := range in.Credits {
				end.Payments = append(end.Payments, incentive.Payment{Deal: c.ID, Day: day("2026-10-01"), Amount: c.Amount.Abs()})
			}
		}
		s, err := p.Statement(end)
		if err != nil {
			t.Fatal(err)
		}
		if s.Payout != heldBy(last.Closing) || len(s.Closing.Held) != 0 {
			t.Errorf("paid %v of the %v held, left %v", s.Payout, heldBy(last.Closing), s.Closing.Held)
		}
	})
}

// A component that runs to date pays over three quarters what it pays for the
// same deals in one period: cutting the year changes nothing.
func TestCuttingTheYearChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawComponent(t, "commission")
		c.ToDate, c.Gate, c.Accelerators, c.Limit = true, incentive.Gate{}, nil, incentive.Limit{}
		for i := range c.Tiers {
			c.Tiers[i].Gate = incentive.Gate{}
		}
		p := one(c)
		inputs := drawYear(t, p)
		whole := incentive.Input{Payee: "li", Period: period("2026"), Results: inputs[0].Results}
		for i := range inputs {
			inputs[i].Results = whole.Results
			whole.Credits = append(whole.Credits, inputs[i].Credits...)
		}
		sum := kpi.Int(0)
		_, statements := chain(t, p, inputs)
		for _, s := range statements {
			sum = sum.Add(s.Components[0].Exact)
		}
		if got := state(t, p, whole).Components[0].Exact; got != sum {
			t.Errorf("three quarters earn %v, the year %v", sum, got)
		}
	})
}

// What a component earns depends on the sum of its credits alone: the same
// total in one credit earns the same.
func TestOnlyTheSumEarns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := one(drawComponent(t, "commission"))
		p.Components[0].Weights = nil
		in := drawYear(t, p)[0]
		in.Opening = incentive.Position{}
		several := state(t, p, in)
		if len(in.Credits) == 0 || several.Counted != len(in.Credits) {
			return
		}
		total := incentive.Credit{ID: "all", Day: day("2026-02-01"), Amount: several.Components[0].Credited}
		in.Credits = []incentive.Credit{total}
		if got, want := state(t, p, in).Components[0].Exact, several.Components[0].Exact; got != want {
			t.Errorf("together %v, one by one %v; %s", got, want, lines(several))
		}
	})
}
