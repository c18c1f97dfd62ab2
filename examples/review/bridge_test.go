package main

import (
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// What is printed adds up: the parts to the gap, the gap to what stands in the
// lines above it (1,721,685 of 1,803,722 due), and the quarters to the sums of
// their months' actuals: 83,274 + 282,200 + 267,503 in the second, of the third
// the first 91 of its 92 days.
func TestBridgesAddUp(t *testing.T) {
	t.Parallel()
	r, err := compose(Options{}, sample(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]*bridge.Bridge{"target": r.Bridges.ToTarget, "quarter": r.Bridges.ToQuarter} {
		sum := kpi.Int(0)
		for _, p := range b.Parts {
			sum = sum.Add(p.Amount)
		}
		if sum != b.Gap || b.Gap.Sign() >= 0 {
			t.Errorf("%s: parts of %s make %s", name, b.Gap, sum)
		}
	}
	if got := r.Bridges.ToTarget.Gap; got != kpi.Int(-82_037) {
		t.Errorf("%s against due", got)
	}
	quarter := r.Sales.between(calendar.Calendar{}.MustParse("2026-Q2"), "won_value")
	if got := quarter.Text(0, kpi.HalfEven); got != "632977" {
		t.Errorf("the second quarter brought %s", got)
	}
	if got := r.Bridges.ToQuarter.Values.Base.Text(0, kpi.HalfEven); got != "632977" {
		t.Errorf("the bridge begins at %s", got)
	}
}
