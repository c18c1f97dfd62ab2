package plan_test

import (
	"fmt"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
)

// The year of 1,000 sellers, 20 goals and 5,000 actions at its end, ten metrics
// of each seller, with the default playbook; and its review as tables.
func BenchmarkEvaluate(b *testing.B) {
	p, in := largePlan(b, 1000, 20)
	p, in = withActions(p, in, 1000, 5000)
	in.AsOf = day("2026-12-31")
	c := plan.Closing{Input: in, Owner: "co", Playbook: plan.DefaultPlaybook()}
	for m, id := range []string{"win_rate", "activities", "discount_rate", "average_deal_size", "sales_cycle", "lead_response_time", "lead_count", "stale_share", "csat", "collection_rate"} {
		c.Usual = append(c.Usual, figure(id, "co", "2026", kpi.Int(100)))
		for i := range 1000 {
			c.Metrics = append(c.Metrics, figure(id, fmt.Sprintf("s-%04d", i), "2026", kpi.Int(int64(60+(i*7+m*13)%80))))
		}
	}
	b.Run("evaluate", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := p.Evaluate(c); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("tables", func(b *testing.B) {
		r, err := p.Review(in)
		if err != nil {
			b.Fatal(err)
		}
		e, err := p.Evaluate(c)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			for _, t := range append(r.Tables(nil), e.Tables()...) {
				n += len(t.Cells)
			}
			b.ReportMetric(float64(n), "rows")
		}
	})
}
