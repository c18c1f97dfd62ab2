package incentive_test

import (
	"fmt"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

// hundred is a quarter of one seller: 100 deals, one of them across the
// quota, half the pay held, cash for every second deal.
func hundred() incentive.Input {
	in := incentive.Input{Payee: "li", Period: period("2026-Q1"), Results: quota("500000")}
	for i := range 99 { // and one line more where a deal lies in two tiers
		c := incentive.Credit{ID: fmt.Sprintf("D-%06d", i), Day: day("2026-01-01") + calendar.Day(i*7%90), Amount: kpi.Minor(int64(123_456+i*9_871), 2)}
		in.Credits = append(in.Credits, c)
		if i%2 == 0 {
			in.Payments = append(in.Payments, incentive.Payment{Deal: c.ID, Day: c.Day, Amount: c.Amount.Mul(kpi.Frac(1, 2))})
		}
	}
	return in
}

func BenchmarkStatement100Lines(b *testing.B) {
	p, in := seller(), hundred()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Statement(in); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStatements10000Of100Lines(b *testing.B) {
	p, in := seller(), hundred()
	in.Results[0].Quota = num("400000")
	lines := 0
	for b.Loop() {
		for range 10_000 {
			s, err := p.Statement(in)
			if err != nil {
				b.Fatal(err)
			}
			lines = len(s.Lines)
		}
	}
	b.ReportMetric(float64(lines), "lines")
}

func BenchmarkNotes100Lines(b *testing.B) {
	s := state(b, seller(), hundred())
	for b.Loop() {
		s.Notes()
	}
}
