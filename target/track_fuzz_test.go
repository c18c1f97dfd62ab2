package target_test

import (
	"encoding/json"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Whatever a document says, tracking it is an error or a result that comes
// back from its own JSON.
func FuzzTrack(f *testing.F) {
	for _, in := range []target.Input{
		{Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(40), AsOf: calendar.MustDay("2026-01-05"), Curve: target.Learned, History: history(10, 20, 30, 40, 50, 60, 70)},
		{Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(40), AsOf: calendar.MustDay("2026-01-05"), Curve: target.ByShares, WorkDays: mondayToFriday("2026-01-01", "2026-01-31"),
			Shares: []target.SharePoint{{At: kpi.Frac(1, 2), Share: kpi.Frac(1, 10)}}, Earlier: []target.Stood{stood("2026-01-04", "a", target.Behind, target.AtRisk)}, Version: "a"},
	} {
		text, err := json.Marshal(in)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var in target.Input
		if check.Decode("test", data, &in) != nil || len(data) > 1<<16 {
			return
		}
		got, err := target.Track(in)
		if err != nil {
			return
		}
		roundTrip(t, got)
		twin := got
		twin.Owner += "'"
		if _, err := target.RollUp(in.Metric, "all", []target.Tracking{got, twin}, in.Earlier); err != nil {
			t.Fatal(err)
		}
		got.Crossed(target.DefaultMarks(), target.Told{})
	})
}

// A stored outlook is asked without panic, whatever it says.
func FuzzOutlook(f *testing.F) {
	o, err := rising().Outlook(period("2025"))
	if err != nil {
		f.Fatal(err)
	}
	text, _ := json.Marshal(o)
	f.Add(text)
	f.Add([]byte(`{"projection":{"estimate":-1},"errors":[{"estimate":1},{"estimate":-1}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var o target.Outlook
		if check.Decode("test", data, &o) != nil || len(o.Errors) > 100 {
			return
		}
		o.Chance(kpi.HigherIsBetter, kpi.Int(5))
		if _, err := o.Propose(money(0), target.Odds{}, kpi.Int(1)); err != nil {
			t.Fatal(err)
		}
	})
}
