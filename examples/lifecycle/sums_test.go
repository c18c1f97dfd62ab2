package main

import (
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
)

func lived(t *testing.T) *Life {
	t.Helper()
	l, err := live()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Both bridges of a quarter add up to the same gap, to the cent: that of the
// table above them. What was expected of a quarter and its changes make what
// it brought, and the sellers make the company.
func TestPartsAddUp(t *testing.T) {
	for _, q := range lived(t).Quarters {
		company := q.Review.Goals[0].Owners[0].Tracking
		for name, b := range map[string]bridge.Bridge{"owners": *q.Review.Goals[0].Gap, "drivers": *q.Review.Goals[0].ByDriver} {
			sum := kpi.Int(0)
			for _, part := range b.Parts {
				sum = sum.Add(part.Amount)
			}
			if sum != company.Variance || b.Gap != company.Variance {
				t.Errorf("%s, %s: %v and %v, want %v", label(q.Period), name, sum, b.Gap, company.Variance)
			}
		}
		change := q.view().Change
		sum := change.Before.Total
		for _, line := range change.Lines {
			sum = sum.Add(line.Adds.Total)
		}
		if sum != change.After.Total {
			t.Errorf("%s came to %v, want %v", label(q.Period), sum, change.After.Total)
		}
		sum = kpi.Int(0)
		for _, who := range sellers() {
			o, _ := q.Review.Goals[0].Owner(who)
			sum = sum.Add(o.Tracking.Actual)
		}
		if sum != company.Actual {
			t.Errorf("%s: the sellers won %v of %v", label(q.Period), sum, company.Actual)
		}
	}
}
