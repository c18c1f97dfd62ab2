package target_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

func tracked(t *testing.T, amount string, actual kpi.Value) target.Tracking {
	t.Helper()
	got, err := target.Track(target.Input{Metric: money(0), Plan: tenDays(amount), Actual: actual, AsOf: calendar.MustDay("2026-01-05")})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestCrossed(t *testing.T) {
	half, most, all := kpi.Frac(1, 2), kpi.Frac(9, 10), kpi.Int(1)
	var told target.Told
	steps := []struct {
		why    string
		target string
		actual kpi.Value
		expect []kpi.Value
	}{
		{"nothing yet", "100", kpi.Int(49), nil},
		{"exactly half", "100", kpi.Int(50), []kpi.Value{half}},
		{"half was told", "100", kpi.Int(60), nil},
		{"a return takes it back", "100", kpi.Int(40), nil},
		{"and is not told again when it comes back", "100", kpi.Int(60), nil},
		{"not known is not lost", "100", kpi.Value{}, nil},
		{"two at once", "100", kpi.Int(120), []kpi.Value{most, all}},
		{"a raised target starts afresh", "200", kpi.Int(120), []kpi.Value{half}},
		{"no target to speak of", "0", kpi.Int(120), nil},
		{"which was not forgotten", "200", kpi.Int(180), []kpi.Value{most}},
	}
	for _, step := range steps {
		var got []kpi.Value
		got, told = tracked(t, step.target, step.actual).Crossed(target.DefaultMarks(), told)
		if !slices.Equal(got, step.expect) {
			t.Errorf("%s: %v; want %v", step.why, got, step.expect)
		}
	}
}

func TestDueCheckpoints(t *testing.T) {
	day := calendar.MustDay
	points := []target.Checkpoint{{Day: day("2026-01-30"), Name: "last"}, {Day: day("2026-01-20"), Name: "b"}, {Day: day("2026-01-20"), Name: "a"}, {Day: day("2026-01-10"), Name: "first"}, {Name: "no day"}}
	for name, test := range map[string]struct {
		after, asOf calendar.Day
		expect      []string
	}{
		"since the 10th":          {day("2026-01-10"), day("2026-01-29"), []string{"a", "b"}},
		"never looked at":         {calendar.Day(0), day("2026-01-10"), []string{"first"}},
		"on the day":              {day("2026-01-29"), day("2026-01-30"), []string{"last"}},
		"looked at on that day":   {day("2026-01-30"), day("2026-01-30"), nil},
		"nothing has come so far": {calendar.Day(0), day("2026-01-09"), nil},
	} {
		var got []string
		for _, c := range target.DueCheckpoints(points, test.after, test.asOf) {
			got = append(got, c.Name)
		}
		if !slices.Equal(got, test.expect) {
			t.Errorf("%s: %v; want %v", name, got, test.expect)
		}
	}
}
