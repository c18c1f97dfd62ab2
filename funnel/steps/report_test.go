package steps_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// A report goes through JSON and says the same again.
func TestReportJSON(t *testing.T) {
	d := funnelOfSignups()
	r := report(t, loaded(), d, steps.Question{AsOf: asOf(), Location: time.UTC, Trend: calendar.Monthly, Breakdown: steps.Breakdown{Attribute: "source"}})
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var again steps.Report
	if err := check.Decode("test", text, &again); err != nil {
		t.Fatal(err)
	}
	if second, err := json.Marshal(again); err != nil || string(second) != string(text) {
		t.Errorf("%v\n%s\n%s", err, text, second)
	}
	if !reflect.DeepEqual(again.Counts, r.Counts) || again.Steps[3].Time != r.Steps[3].Time || again.Entities.Observed != r.Entities.Observed {
		t.Error("comes back otherwise")
	}
	for _, part := range []string{`"definition":"signup"`, `"as_of":"2026-03-31T00:00:00Z"`, `"fate":"dropped"`, `"label":"2026-01"`, `"histogram":[{"from":"15d7h","n":1}]`, `"value":"ads"`} {
		if !strings.Contains(string(text), part) {
			t.Errorf("no %s in %s", part, text)
		}
	}
	empty, _ := json.Marshal(report(t, &steps.Journeys{}, d, steps.Question{AsOf: asOf()}))
	for _, part := range []string{`"histogram":[]`, `"trend":[]`, `"findings":[]`, `"excluded":[]`, `"entries":null`} {
		if !strings.Contains(string(empty), part) {
			t.Errorf("no %s in %s", part, empty)
		}
	}
	if strings.Contains(string(empty), "breakdown") {
		t.Error("a breakdown that was not asked for")
	}
}

// What is counted beside the funnel, and why.
func TestCounts(t *testing.T) {
	j := told("u a 0, u a 0, u x 1, u b 99, late a 99, other b 1")
	j.Add(steps.Event{Entity: "", Name: "a", At: hours(1)})
	j.Add(steps.Event{Entity: "never", Name: "a"})
	j.Add(steps.Event{Entity: "never", Name: "a", At: time.Date(2201, 1, 1, 0, 0, 0, 0, time.UTC)})
	j.AddEntity("silent", slices.Values([]steps.Event{}))
	j.AddEntity("v", slices.Values([]steps.Event{{Entity: "somebody", Name: "a", At: hours(3)}}))
	r := report(t, j, threeSteps(), steps.Question{AsOf: hours(50)})
	want := steps.Counts{Read: 7, Counted: 2, Excluded: []steps.Excluded{
		{Fate: steps.NoEntry, Entities: 1}, {Fate: steps.NotBegun, Entities: 1}, {Fate: steps.NoTime, Entities: 2}, {Fate: steps.NoID, Entities: 1}}}
	if !reflect.DeepEqual(r.Counts, want) {
		t.Errorf("entities %+v, want %+v", r.Counts, want)
	}
	events := steps.EventCounts{Read: 10, Steps: 4, Other: 1, AfterAsOf: 2, NoTime: 1, OutOfRange: 1, NoID: 1}
	if r.Events != events {
		t.Errorf("events %+v, want %+v", r.Events, events)
	}
	var codes []string
	for _, f := range r.Findings {
		codes = append(codes, f.Code+" "+f.Subject+f.Args["n"])
		if text := steps.Findings().Text(f, "en"); strings.Contains(text, "{") {
			t.Error(text)
		}
	}
	if got := strings.Join(codes, ", "); got != "step_never_seen c, entered_again 1, event_without_time 1, event_out_of_range 1, event_without_id 1, event_after_as_of 2" {
		t.Error(got)
	}
}
