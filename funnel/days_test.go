package funnel_test

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// byRule gives a zone whose clock goes by a rule alone, as the zones of Go
// itself and of small images do for all years to come: a TZif file (RFC 9636)
// with a footer and no table.
func byRule(t *testing.T, rule string, offset int32) *time.Location {
	t.Helper()
	header := func(types, chars byte) []byte {
		counts := make([]byte, 24)
		counts[19], counts[23] = types, chars
		return append([]byte("TZif2\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"), counts...)
	}
	data := append(header(0, 0), header(1, 4)...)
	data = binary.BigEndian.AppendUint32(data, uint32(offset))
	data = append(data, "\x00\x00STD\x00\n"+rule+"\n"...)
	zone, err := time.LoadLocationFromTZData(rule, data)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// The last day of a leap year is a day like any other, in every zone. By the
// calendar 2100 days lie between 1 June 2023 and 1 March 2029: to 1 June 2028
// five years with two leap days, 1827, and from there 273.
func TestDaysOfLeapYears(t *testing.T) {
	zones := []*time.Location{
		byRule(t, "CET-1CEST,M3.5.0,M10.5.0/3", 3600), byRule(t, "EST5EDT,M3.2.0,M11.1.0", -5*3600),
		byRule(t, "AEST-10AEDT,M10.1.0,M4.1.0/3", 36000), byRule(t, "CST-8", 8*3600), time.UTC,
	}
	for _, zone := range zones {
		h, err := funnel.New(hardware())
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range []string{"2023-06-01", "2024-12-30", "2024-12-31", "2025-01-01", "2028-12-31"} {
			h.Add(funnel.Event{Deal: day + " first", Stage: "lead", At: funnel.StartOf(calendar.MustDay(day), zone)})
			h.Add(funnel.Event{Deal: day + " last", Stage: "lead", At: funnel.EndOf(calendar.MustDay(day), zone)})
		}
		a, err := funnel.Analyze(h, funnel.Question{AsOf: funnel.EndOf(calendar.MustDay("2029-03-01"), zone), Location: zone})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range a.Deals() {
			if d.Created.String() != d.ID[:10] {
				t.Errorf("%s: %s was created on %s", zone, d.ID, d.Created)
			}
		}
		if age := a.Deals()[0].Age; age != 2100 {
			t.Errorf("%s: %d days, want 2100", zone, age)
		}
	}
}
