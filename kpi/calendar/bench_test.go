package calendar_test

import (
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// BenchmarkPeriodOf places a day that is new each time, as a caller does who
// keeps no period between two records.
func BenchmarkPeriodOf(b *testing.B) {
	british, err := calendar.FiscalFrom(time.April, 6, calendar.NamedByStart)
	if err != nil {
		b.Fatal(err)
	}
	for _, of := range []struct {
		name string
		c    calendar.Calendar
	}{{"calendar year", calendar.Calendar{}}, {"from 6 April", british}, {"retail", nrf(b)}} {
		for _, g := range []calendar.Grain{calendar.Weekly, calendar.Monthly, calendar.Quarterly, calendar.Yearly} {
			b.Run(of.name+"/"+g.String(), func(b *testing.B) {
				d, start := calendar.MustDay("2024-01-01"), calendar.Day(0)
				for b.Loop() {
					start += of.c.PeriodOf(g, d+start%731).Start() & 1
				}
			})
		}
	}
}

// nrf is the calendar of the U.S. National Retail Federation.
func nrf(t interface{ Fatal(...any) }) calendar.Calendar {
	return retail(t, calendar.RetailYear{ClosingMonth: time.January, ClosingDay: time.Saturday,
		Closing: calendar.NearestWeekday, Pattern: calendar.Weeks454})
}

func retail(t interface{ Fatal(...any) }, y calendar.RetailYear) calendar.Calendar {
	c, err := calendar.Retail(y)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPeriodOfAllocatesNothing(t *testing.T) {
	for _, c := range []calendar.Calendar{{}, nrf(t), fiscalFrom(t, time.April, 6, calendar.NamedByStart)} {
		for _, g := range everyGrain() {
			if n := testing.AllocsPerRun(10, func() { c.PeriodOf(g, calendar.MustDay("2026-03-05")) }); n != 0 {
				t.Errorf("%v %s: %v allocations", c, g, n)
			}
		}
	}
}
