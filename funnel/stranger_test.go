package funnel_test

import (
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Deals that are left out because the pipeline has none of their stages are
// named: "Won" is not "won". Worked by hand: two deals are in Won, one of
// them was in Lead before; one deal is in a known stage too.
func TestDealsWithoutAnyKnownStageAreNamed(t *testing.T) {
	histories, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	at := funnel.StartOf(calendar.MustDay("2026-01-05"), time.UTC)
	for _, e := range []funnel.Event{
		{Deal: "D1", At: at, Stage: "Won"}, {Deal: "D2", At: at, Stage: "Lead"}, {Deal: "D2", At: at.AddDate(0, 0, 9), Stage: "Won"},
		{Deal: "D3", At: at, Stage: "lead"}, {Deal: "D3", At: at.AddDate(0, 0, 9), Stage: "Won"},
	} {
		histories.Add(e)
	}
	q := funnel.Question{AsOf: funnel.EndOf(calendar.MustDay("2026-03-31"), time.UTC), Location: time.UTC}
	by, err := reportBy(histories, q, func(funnel.Deal) (string, bool) { return "all", true })
	if err != nil {
		t.Fatal(err)
	}
	named := func(r funnel.Report) string {
		var all []string
		for _, f := range r.Findings {
			if f.Code == "no_known_stage" || f.Code == "unknown_stage" {
				all = append(all, f.Code+" "+f.Subject+" "+f.Args["deals"])
			}
		}
		return strings.Join(all, ", ")
	}
	if got, want := named(by.All), "unknown_stage Won 1, no_known_stage Lead 1, no_known_stage Won 2"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	group, _ := by.Group("all")
	if got, want := named(group), "unknown_stage Won 1"; got != want {
		t.Errorf("of a group: %s, want %s", got, want)
	}
	if by.All.Counts.Read != 3 || by.All.Counts.Counted != 1 {
		t.Errorf("counts: %+v", by.All.Counts)
	}
}
