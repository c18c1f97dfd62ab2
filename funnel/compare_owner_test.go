package funnel_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// closing gives deals of an owner that began on 5 January and closed 20 days
// later, some of them won.
func closing(owner string, won, lost int) (events []funnel.Event) {
	events = append(many(owner+"W", won, "2026-01-05", 20, "won", kpi.Int(1)), many(owner+"L", lost, "2026-01-05", 20, "lost", kpi.Int(1))...)
	for i := range events {
		events[i].Owner = owner
	}
	return events
}

// Worked by hand. Both teams won half of a hundred, a variance of 0.5²/100 =
// 0.0025 each by deal. Without ann east won 5 of 50, without bob 45 of 50: by
// owner ½·2·0.4² = 0.16, 64 times as much. Without cem or dee west won half:
// no more than chance. So the difference is 0 ± 1.959964·√(0.16 + 0.0025).
func TestCompareByOwner(t *testing.T) {
	events := slices.Concat(closing("ann", 45, 5), closing("bob", 5, 45), closing("cem", 25, 25), closing("dee", 25, 25))
	parts, _, err := deals(t, 1, seenOn("2026-03-31"), events...).By(func(d funnel.Deal) (string, bool) {
		return map[string]string{"ann": "east", "bob": "east"}[d.Owner], true
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := funnel.Compare(parts, funnel.CompareRule{Within: 30})
	if err != nil || len(c.Parts) != 2 || c.Parts[1].Key != "east" {
		t.Fatalf("%+v, %v", c, err)
	}
	east := c.Parts[1].ByAge
	low, _ := east.Low.Float64()
	high, _ := east.High.Float64()
	if half := 1.959963984540054 * math.Sqrt(0.1625); math.Abs(low+half) > 1e-9 || math.Abs(high-half) > 1e-9 {
		t.Errorf("%v to %v, want ± %v", low, high, half)
	}
	own, _ := east.Own.By[0].Factor.Float64()
	rest, _ := east.Rest.By[0].Factor.Float64()
	if math.Abs(own-64) > 1e-9 || math.Abs(rest) > 1e-9 || east.Own.By[0].Groups != 2 {
		t.Errorf("%v and %v", own, rest)
	}
	if len(c.Findings) != 2 || c.Findings[0].Code != "rate_clustered" || c.Findings[0].Subject != "east" || c.Findings[0].Args["factor"] != "64.0" {
		t.Errorf("%+v", c.Findings)
	}
}

// Of whatever deals, each side of a comparison by age is what the same deals
// give when they are asked alone.
func TestCompareAsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, err := funnel.Analyze(filled(t, rapid.SliceOfN(anyEvent(), 0, 60).Draw(t, "events")), anyQuestion(t))
		must(t, err)
		teams := map[string]string{"ann": "x", "bob": "y", "": rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "team of nobody's")}
		by := func(key func(string) string) map[string]*funnel.Analysis {
			parts, _, err := a.By(func(d funnel.Deal) (string, bool) { return key(d.ID + d.Owner), true })
			must(t, err)
			all := map[string]*funnel.Analysis{}
			for _, p := range parts {
				all[p.Key] = p.Analysis
			}
			return all
		}
		team := func(of string) string { // some of an owner's deals are in another team
			if of[1]%2 == 0 {
				return "x"
			}
			return teams[of[2:]]
		}
		var parts []funnel.Part
		alone := by(team)
		for key, p := range alone {
			parts = append(parts, funnel.Part{Key: key, Analysis: p})
		}
		if len(parts) < 2 {
			return
		}
		sure := kpi.Confidence{Fewest: 2, Clustered: kpi.Int(1)}
		rule := funnel.ConversionRule{Within: 9, Sampling: funnel.Sampling{Confidence: sure}}
		c, err := funnel.Compare(parts, funnel.CompareRule{Within: 9, Confidence: sure})
		must(t, err)
		for _, p := range c.Parts {
			own, err := alone[p.Key].Conversion(rule)
			must(t, err)
			others := by(func(of string) string { return fmt.Sprint(team(of) == p.Key) })["false"]
			rest, err := others.Conversion(rule)
			must(t, err)
			if !reflect.DeepEqual(p.ByAge.Own, own.Adjusted) || !reflect.DeepEqual(p.ByAge.Rest, rest.Adjusted) {
				t.Fatalf("%s: %+v\n%+v\n%+v", p.Key, p.ByAge, own.Adjusted, rest.Adjusted)
			}
		}
	})
}

// Worked by hand. Of lead ten of twenty went on, and all of these were won: a
// variance of 1/10 − 1/20 = 0.05 of the logarithm by deal. Without ann 1 of 10
// went on, without bob 9 of 10: by owner (ln 9)²/4, 24.1 times as much.
func TestReverseByOwner(t *testing.T) {
	a := deals(t, 1, seenOn("2026-03-31"), append(closing("ann", 9, 1), closing("bob", 1, 9)...)...)
	r, err := a.Reverse(funnel.Aim{Amount: kpi.Int(100), Period: calendar.Calendar{}.MustParse("2026-Q2")})
	if err != nil {
		t.Fatal(err)
	}
	lead := r.Stages[0]
	factor, _ := lead.ByOwner.Factor.Float64()
	low, _ := lead.Interval.Low.Float64()
	plain, _ := lead.ByOwner.Plain.Low.Float64()
	half := math.Log(9) / 2
	if math.Abs(factor-half*half/0.05) > 1e-9 || math.Abs(low-0.5*math.Exp(-1.959963984540054*half)) > 1e-9 || lead.ByOwner.Groups != 2 {
		t.Errorf("%+v", lead)
	}
	if math.Abs(plain-0.5*math.Exp(-1.959963984540054*math.Sqrt(0.05))) > 1e-9 {
		t.Errorf("by deal from %v", plain)
	}
	if high, _ := lead.NeededHigh.Float64(); math.Abs(high-100/low) > 1e-6 {
		t.Errorf("needed up to %v, by owner 100 ÷ %v", high, low)
	}
	if demo := r.Stages[1]; demo.ByOwner.Factor.Reason() != kpi.TooFew || demo.Interval.Low.Reason() != kpi.TooFew {
		t.Errorf("everybody went on: %+v", demo)
	}
	if !slices.ContainsFunc(r.Findings, func(f check.Finding) bool { return f.Code == "rate_clustered" && f.Subject == "win_share" }) {
		t.Errorf("%+v", r.Findings)
	}
	// A stated rate is as sure as its counts, whoever sold.
	r, err = a.Reverse(funnel.Aim{Amount: kpi.Int(100), Period: calendar.Calendar{}.MustParse("2026-Q2"), Rates: map[string]kpi.Ratio{"lead": kpi.RatioOf(10, 20)}})
	if err != nil || r.Stages[0].Interval.Groups != 0 || r.Stages[0].WinShare != kpi.Frac(1, 2) {
		t.Errorf("%+v, %v", r.Stages[0], err)
	}
	if factor, ok := r.Stages[0].ByOwner.Factor.Float64(); !ok || math.Abs(factor-1) > 1e-9 {
		t.Errorf("factor %v", factor)
	}
}
