package incentive_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"pgregory.net/rapid"
)

// share draws a fraction of few digits.
func share(t *rapid.T, name string, least, most int64) kpi.Value {
	return kpi.Frac(rapid.Int64Range(least, most).Draw(t, name), 100)
}

// maybe draws a value in one case of three.
func maybe(t *rapid.T, name string, draw func() kpi.Value) kpi.Value {
	if rapid.IntRange(0, 2).Draw(t, name+" is there") > 0 {
		return kpi.Value{}
	}
	return draw()
}

func drawTiers(t *rapid.T, by incentive.Axis, gates bool) []incentive.Tier {
	bounds := rapid.SliceOfNDistinct(rapid.Int64Range(0, 30), 1, 4, rapid.ID).Draw(t, "bounds")
	unit := kpi.Frac(1, 10)
	if by == incentive.ByAmount {
		unit = kpi.Int(100)
	}
	var tiers []incentive.Tier
	for i, b := range bounds {
		tier := incentive.Tier{Name: fmt.Sprint("t", i), From: kpi.Int(b).Mul(unit)}
		if rapid.IntRange(0, 3).Draw(t, "flat") == 0 {
			tier.Flat = kpi.Int(rapid.Int64Range(0, 300).Draw(t, "flat pay"))
		} else {
			tier.Rate = share(t, "rate", 0, 40)
			tier.Min = maybe(t, "min", func() kpi.Value { return share(t, "min", 0, 5000) })
			tier.Max = maybe(t, "max", func() kpi.Value { return share(t, "max", 5000, 20000) })
		}
		if gates && rapid.IntRange(0, 3).Draw(t, "gated") == 0 {
			tier.Gate = incentive.Gate{ToDate: rapid.Bool().Draw(t, "to date"), AtLeast: share(t, "at least", 0, 150)}
		}
		tiers = append(tiers, tier)
	}
	return tiers
}

func drawCurve(t *rapid.T, by incentive.Axis) []incentive.Point {
	unit := kpi.Frac(1, 10)
	if by == incentive.ByAmount {
		unit = kpi.Int(100)
	}
	var curve []incentive.Point
	for _, at := range rapid.SliceOfNDistinct(rapid.Int64Range(0, 30), 1, 4, rapid.ID).Draw(t, "points") {
		curve = append(curve, incentive.Point{At: kpi.Int(at).Mul(unit), Pay: kpi.Int(rapid.Int64Range(0, 500).Draw(t, "pay"))})
	}
	return curve
}

func drawComponent(t *rapid.T, id string) incentive.Component {
	c := incentive.Component{ID: id, By: rapid.SampledFrom([]incentive.Axis{incentive.ByAmount, incentive.ByAttainment}).Draw(t, "by")}
	c.ToDate = rapid.Bool().Draw(t, "runs to date")
	if rapid.IntRange(0, 3).Draw(t, "curve") == 0 {
		c.Curve = drawCurve(t, c.By)
	} else {
		c.Mode = rapid.SampledFrom([]incentive.Mode{incentive.Marginal, incentive.Whole}).Draw(t, "mode")
		c.Tiers = drawTiers(t, c.By, true)
	}
	if rapid.IntRange(0, 3).Draw(t, "weighted") == 0 {
		c.Weights = []incentive.Weight{{When: map[string]string{"type": "renewal"}, Factor: kpi.Frac(1, 2)}}
	}
	c.TargetPay = maybe(t, "target pay", func() kpi.Value { return kpi.Frac(rapid.Int64Range(1, 30).Draw(t, "target pay"), 10) })
	if rapid.IntRange(0, 3).Draw(t, "gated") == 0 {
		c.Gate = incentive.Gate{AtLeast: share(t, "gate", 0, 120)}
	}
	if rapid.IntRange(0, 3).Draw(t, "accelerated") == 0 {
		c.Accelerators = []incentive.Accelerator{{Gate: incentive.Gate{ToDate: true, AtLeast: share(t, "accelerates at", 50, 150)}, Factor: share(t, "factor", 100, 200)}}
	}
	c.Limit = drawLimit(t)
	if rapid.Bool().Draw(t, "held") {
		c.Hold = incentive.Hold{Share: share(t, "held share", 1, 100), Whole: rapid.Bool().Draw(t, "whole")}
	}
	return c
}

func drawLimit(t *rapid.T) incentive.Limit {
	if rapid.IntRange(0, 2).Draw(t, "limited") < 2 {
		return incentive.Limit{}
	}
	return incentive.Limit{
		Floor:     maybe(t, "floor", func() kpi.Value { return share(t, "floor", 0, 2000) }),
		Cap:       maybe(t, "cap", func() kpi.Value { return share(t, "cap", 2000, 50000) }),
		CapToDate: maybe(t, "cap to date", func() kpi.Value { return share(t, "cap to date", 2000, 80000) }),
	}
}

func drawPlan(t *rapid.T) incentive.Plan {
	p := incentive.Plan{ID: "drawn", Unit: usd(), Limit: drawLimit(t)}
	p.Rounding = rapid.SampledFrom([]kpi.Rounding{kpi.HalfEven, kpi.HalfUp, kpi.Down, kpi.Up, kpi.Floor, kpi.Ceiling}).Draw(t, "rounding")
	for i := range rapid.IntRange(1, 3).Draw(t, "components") {
		p.Components = append(p.Components, drawComponent(t, fmt.Sprint("c", i)))
	}
	if rapid.Bool().Draw(t, "drawing") {
		p.Draw = incentive.Draw{Amount: kpi.Int(rapid.Int64Range(0, 100).Draw(t, "draw")), Recoverable: rapid.Bool().Draw(t, "recoverable")}
	}
	p.Reversal.Policy = rapid.SampledFrom([]incentive.Policy{incentive.OnOwnDay, incentive.AsPaid, incentive.Restate}).Draw(t, "policy")
	if rapid.IntRange(0, 3).Draw(t, "limited") == 0 {
		p.Reversal.Days = 60
	}
	return p
}

// quarters are the periods of the drawn years.
func quarters() []calendar.Period {
	return []calendar.Period{period("2026-Q1"), period("2026-Q2"), period("2026-Q3")}
}

// drawYear draws the records of three quarters. Reversals come in the
// quarter of what they reverse or in a later one.
func drawYear(t *rapid.T, p incentive.Plan) []incentive.Input {
	inputs := make([]incentive.Input, 3)
	var sold []incentive.Credit
	reversals := map[string]bool{}
	for q, per := range quarters() {
		in := &inputs[q]
		in.Payee, in.Period = "li", per
		for i, c := range p.Components {
			amount := kpi.Int(1000)
			if !c.ToDate || q == 0 || i > 0 {
				amount = kpi.Int(rapid.Int64Range(5, 20).Draw(t, "quota") * 100)
				if rapid.IntRange(0, 40).Draw(t, "no quota") == 17 {
					amount = kpi.Int(0)
				}
			}
			in.Results = append(in.Results, incentive.Result{Component: c.ID, Quota: amount})
		}
		for i := range rapid.IntRange(0, 6).Draw(t, "credits") {
			c := incentive.Credit{ID: fmt.Sprintf("d%d%d", q, i), Day: drawDay(t, per, per.Start()), Amount: kpi.Int(100 * rapid.Int64Range(1, 9).Draw(t, "hundreds")).Add(share(t, "cents", 0, 9999))}
			switch rapid.IntRange(0, 9).Draw(t, "kind of amount") {
			case 0:
				c.Amount = c.Amount.Neg()
			case 1:
				c.Amount = kpi.Int(0)
			}
			if rapid.Bool().Draw(t, "renewal") {
				c.Tags = map[string]string{"type": "renewal"}
			}
			in.Credits = append(in.Credits, c)
			sold = append(sold, c)
		}
		for _, c := range sold {
			if c.Amount.Sign() <= 0 || reversals[c.ID] || rapid.IntRange(0, 3).Draw(t, "reversed") > 0 {
				continue
			}
			reversals[c.ID] = true
			in.Credits = append(in.Credits, incentive.Credit{ID: "r" + c.ID, Reverses: c.ID, Tags: c.Tags, Day: drawDay(t, per, max(per.Start(), c.Day)),
				Amount: c.Amount.Mul(share(t, "part", -100, -1))})
		}
	}
	payments := drawPayments(t, sold)
	for q := range inputs {
		inputs[q].Payments = payments
	}
	return inputs
}

func drawDay(t *rapid.T, in calendar.Period, first calendar.Day) calendar.Day {
	return first + calendar.Day(rapid.IntRange(0, in.Last().Sub(first)).Draw(t, "day"))
}

func drawPayments(t *rapid.T, sold []incentive.Credit) []incentive.Payment {
	var payments []incentive.Payment
	for _, c := range sold {
		for range rapid.IntRange(0, 2).Draw(t, "payments") {
			payments = append(payments, incentive.Payment{Deal: c.ID, Day: drawDay(t, period("2026"), day("2026-01-01")), Amount: c.Amount.Abs().Mul(share(t, "paid", 1, 100))})
		}
	}
	return payments
}

// chain makes the statements of a year, each opening as the one before
// closes, and none after one that has no payout.
func chain(t *rapid.T, p incentive.Plan, inputs []incentive.Input) (opened []incentive.Input, statements []incentive.Statement) {
	var posted []incentive.Line
	opening := incentive.Position{}
	for _, in := range inputs {
		in.Opening, in.Posted = opening, posted
		s, err := p.Statement(in)
		if err != nil {
			t.Fatal(err)
		}
		opened, statements = append(opened, in), append(statements, s)
		if !s.Payout.Defined() {
			break
		}
		opening = s.Closing
		posted = append(posted[:len(posted):len(posted)], s.Lines...)
	}
	return opened, statements
}
