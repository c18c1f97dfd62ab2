package funnel_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// manyDeals gives 20,000 deals of five events each over a year.
func manyDeals(b *testing.B) *funnel.Histories {
	h, err := funnel.New(hardware())
	if err != nil {
		b.Fatal(err)
	}
	for i := range 20_000 {
		id := fmt.Sprintf("deal-%013d", i)
		for step, stage := range []string{"lead", "demo", "offer", "", "won"} {
			h.Add(funnel.Event{Deal: id, At: on(1 + i%300 + 9*step), Stage: stage, Amount: kpi.Int(int64(1000 + i + step)), ExpectedClose: january(60 + i%300 + 20*step)})
		}
	}
	return h
}

func BenchmarkMovement(b *testing.B) {
	h := manyDeals(b)
	analysis := func(day int) *funnel.Analysis {
		a, err := funnel.Analyze(h, funnel.Question{AsOf: funnel.EndOf(january(day), time.UTC), Location: time.UTC})
		if err != nil {
			b.Fatal(err)
		}
		return a
	}
	before, after := analysis(200), analysis(365)
	for name, run := range map[string]func() error{
		"flow of a year":  func() error { _, err := after.Flow(calendar.Calendar{}.MustParse("2026")); return err },
		"flow of a month": func() error { _, err := after.Flow(calendar.Calendar{}.MustParse("2026-06")); return err },
		"change":          func() error { _, err := funnel.Between(before, after, funnel.Scope{}); return err },
		"slippage":        func() error { _, err := after.Slippage(funnel.SlipRule{}); return err },
		"concentration":   func() error { _, err := after.Concentration(10); return err },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
