package steps_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Why an entity is not at a step, in the words of the templates; worked by
// hand. Hour n is n:00 on 2026-01-01.
func TestWhyNot(t *testing.T) {
	exclude := func(d *steps.Definition) { d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}} }
	for name, test := range map[string]struct {
		why    string
		events string
		change func(*steps.Definition)
		step   string
		want   string // of every attempt
	}{
		"excluded":     {"by what, when", "u a 0, u x 1, u b 2", exclude, "b", "Excluded by x at 2026-01-01T01:00:00Z, after a."},
		"excluded c":   {"where it waited for c", "u a 0, u b 2, u x 3", exclude, "a", "Excluded by x at 2026-01-01T03:00:00Z, after b."},
		"window":       {"by how much", "u a 0, u b 13", nil, "b", "b came at 2026-01-01T13:00:00Z; the window had ended 3h earlier, at 2026-01-01T10:00:00Z."},
		"window edge":  {"exactly at its end", "u a 0, u b 10", func(d *steps.Definition) { d.Edge = steps.Exclusive }, "b", "b came at 2026-01-01T10:00:00Z; the window had ended 0s earlier, at 2026-01-01T10:00:00Z."},
		"gap":          {"the gap was shorter than the window", "u a 0, u b 1, u c 4", func(d *steps.Definition) { d.Steps[2].MaxGap = hourly(2) }, "c", "c came at 2026-01-01T04:00:00Z; the time after b had ended 1h earlier, at 2026-01-01T03:00:00Z."},
		"too soon":     {"and not again", "u a 0, u b 1", func(d *steps.Definition) { d.Steps[1].MinGap = hourly(2) }, "b", "b came at 2026-01-01T01:00:00Z, only 1h after a; at least 2h must lie between."},
		"same instant": {"it must be later", "u a 0, u b 0", func(d *steps.Definition) { d.Ties = steps.LaterInstants }, "b", "b came at 2026-01-01T00:00:00Z, in the same instant as a; it must be later."},
		"taken":        {"one event, one step", "u a 0", func(d *steps.Definition) { d.Steps[1].Events = []string{"a"} }, "b", "The event at 2026-01-01T00:00:00Z that could be b is already another step."},
		"before":       {"out of order", "u b 0, u a 1", nil, "b", "b came at 2026-01-01T00:00:00Z, before a, and not again."},
		"never":        {"within its time", "u a 0", nil, "b", "b did not come by 2026-01-01T10:00:00Z."},
		"so far":       {"b comes first", "u a 0, u c 1", nil, "c", "b was not reached, which comes before c."},
		"open":         {"there is time", "u a 40", nil, "b", "b has not come yet; there is time until 2026-01-03T02:00:00Z."},
		"not yet":      {"after the as-of instant", "u a 40, u b 49", nil, "b", "b comes at 2026-01-03T01:00:00Z, which is after 2026-01-03T00:00:00Z."},
		"for ever":     {"without a window", "u a 40", func(d *steps.Definition) { d.Window = steps.Unlimited }, "b", "b has not come yet; there is time until unlimited."},
		"strict":       {"another event", "u a 0, u y 1, u b 2", func(d *steps.Definition) { d.Order = steps.Strict }, "b", "After a came y at 2026-01-01T01:00:00Z, and not b."},
		"strict tie":   {"in the instant of b", "u a 0, u b 1, u y 1, u c 2", func(d *steps.Definition) { d.Order = steps.Strict }, "c", "After b came y at 2026-01-01T01:00:00Z, and not c."},
		"strict late":  {"the next event, too late", "u a 0, u b 5", func(d *steps.Definition) { d.Order, d.Steps[1].MaxGap = steps.Strict, hourly(2) }, "b", "b came at 2026-01-01T05:00:00Z; the time after a had ended 3h earlier, at 2026-01-01T02:00:00Z."},
		"strict early": {"the next event, too soon", "u a 0, u b 1", func(d *steps.Definition) { d.Order, d.Steps[1].MinGap = steps.Strict, hourly(2) }, "b", "b came at 2026-01-01T01:00:00Z, only 1h after a; at least 2h must lie between."},
		"left out":     {"an optional step", "u a 0, u c 1", func(d *steps.Definition) { d.Steps[1].Optional = true }, "b", "b was left out."},
		"behind":       {"an optional step too late", "u a 0, u c 1, u b 2", func(d *steps.Definition) { d.Steps[1].Optional = true }, "b", "b came at 2026-01-01T02:00:00Z, when c was already reached."},
		"two attempts": {"each for itself", "u a 0, u a 5, u b 16", nil, "b",
			"b came at 2026-01-01T16:00:00Z; the window had ended 6h earlier, at 2026-01-01T10:00:00Z. b came at 2026-01-01T16:00:00Z; the window had ended 1h earlier, at 2026-01-01T15:00:00Z."},
		"one there":         {"what other attempts miss does not matter", "u a 0, u a 5, u b 14", nil, "b", ""},
		"other further":     {"b was not on the way of the furthest attempt", "u a 0, u b 1, u a 20, u c 21", func(d *steps.Definition) { d.Steps[1].Optional = true }, "b", "b at 2026-01-01T01:00:00Z, in an attempt that does not count: another went further. b came at 2026-01-01T01:00:00Z, before a, and not again."},
		"dropped further":   {"the one that got to b is excluded", "u a 0, u x 1, u b 2, u a 30", exclude, "a", "Excluded by x at 2026-01-01T01:00:00Z, after a. a at 2026-01-02T06:00:00Z, in an attempt that does not count: another went further."},
		"either furthest":   {"the second of two that got as far had b", "u a 0, u c 1, u a 20, u b 21, u c 22", func(d *steps.Definition) { d.Steps[1].Optional = true }, "b", ""},
		"no entry":          {"nothing to go on from", "u b 0", nil, "b", "No event could be a."},
		"not begun":         {"all comes later", "u a 50", nil, "b", "The first event lies at 2026-01-03T02:00:00Z, after 2026-01-03T00:00:00Z."},
		"unordered":         {"two of three", "u c 0, u a 1", func(d *steps.Definition) { d.Order = steps.Unordered }, "3", "3 did not come by 2026-01-01T10:00:00Z."},
		"unordered open":    {"two of three, so far", "u c 40, u a 41", func(d *steps.Definition) { d.Order = steps.Unordered }, "3", "3 has not come yet; there is time until 2026-01-03T02:00:00Z."},
		"unordered ended":   {"x ends the attempt", "u c 0, u x 1, u a 2", func(d *steps.Definition) { d.Order = steps.Unordered; exclude(d) }, "2", "x at 2026-01-01T01:00:00Z ended the attempt before 2 steps were done. 2 did not come by 2026-01-01T12:00:00Z."},
		"no such step":      {"nothing to say", "u a 0", nil, "z", ""},
		"gap in the window": {"the gap would last longer", "u a 0, u b 9, u c 12", func(d *steps.Definition) { d.Steps[2].MaxGap = hourly(9) }, "c", "c came at 2026-01-01T12:00:00Z; the window had ended 2h earlier, at 2026-01-01T10:00:00Z."},
		"optional taken":    {"the b is the mandatory one", "u a 0, u b 1", func(d *steps.Definition) { d.Steps[1].Optional, d.Steps[2].Events = true, []string{"b"} }, "b", "The event at 2026-01-01T01:00:00Z that could be b is already another step."},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Error("no why")
			}
			d := threeSteps()
			if test.change != nil {
				test.change(&d)
			}
			x, err := steps.Explain(told(test.events), d, steps.Question{AsOf: hours(48)}, "u")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range x.WhyNot(test.step) {
				got = append(got, steps.Findings().Text(f, "en"))
				if text := steps.Findings().Text(f, "zh"); strings.ContainsAny(text, "{}") || !strings.Contains(text, "。") {
					t.Errorf("in Chinese: %s", text)
				}
			}
			if s := strings.Join(got, " "); s != test.want {
				t.Errorf("%s:\ngot  %s\nwant %s", test.why, s, test.want)
			}
		})
	}
}

func TestWhyNoEntry(t *testing.T) {
	j := told("u a 0")
	j.Add(steps.Event{Entity: "never", Name: "a"})
	j.Add(steps.Event{Name: "a", At: hours(1)})
	february, _ := calendar.Through(calendar.MustDay("2026-02-01"), calendar.MustDay("2026-02-28"))
	q := steps.Question{AsOf: hours(48), Location: newYork(t), Entries: february}
	for entity, want := range map[string]string{
		"u":     "no_entry: a at 2025-12-31T19:00:00-05:00 lies outside the entries asked for.",
		"never": "no_time: No event has an instant.",
		"":      "no_id: Events without the ID of an entity count nowhere.",
	} {
		x, err := steps.Explain(j, threeSteps(), q, entity)
		if err != nil {
			t.Fatal(err)
		}
		if got := x.Fate.String() + ": " + steps.Findings().Text(x.Why, "en"); got != want || x.Stands != -1 || len(x.Attempts) != 0 {
			t.Errorf("%q: %s, %+v", entity, got, x)
		}
	}
}

// Every attempt with its steps, in the question's location, and as JSON.
func TestExplanation(t *testing.T) {
	q := steps.Question{AsOf: hours(48), Location: newYork(t)}
	x, err := steps.Explain(told("u a 0, u a 30, u b 31"), threeSteps(), q, "u")
	if err != nil {
		t.Fatal(err)
	}
	if x.Fate != steps.NotConverted || x.Stands != 1 || len(x.Attempts) != 2 || x.Attempts[1].Steps[1].Reached != true {
		t.Fatalf("%+v", x)
	}
	if at := x.Attempts[1].Steps[1].At; !at.Equal(hours(31)) || at.Location() != q.Location {
		t.Errorf("b at %s", at)
	}
	text, err := json.Marshal(x.Attempts[1].Steps[1:])
	want := `[{"step":"b","reached":true,"at":"2026-01-02T02:00:00-05:00","why":{"code":"reached","severity":"info","subject":"b","args":{"at":"2026-01-02T02:00:00-05:00"}}},` +
		`{"step":"c","reached":false,"why":{"code":"never_came","severity":"info","subject":"c","args":{"ended":"2026-01-02T11:00:00-05:00"}}}]`
	if err != nil || string(text) != want {
		t.Errorf("%v\n%s\n%s", err, text, want)
	}
	q.From = "b" // it never left from there
	if x, _ = steps.Explain(told("u a 0"), threeSteps(), q, "u"); x.Fate != steps.NoEntry {
		t.Errorf("%+v", x)
	}
}

// Each code stands once in the table, with both languages and the same holes.
func TestTemplates(t *testing.T) {
	var codes []string
	holes := func(text string) []string {
		var found []string
		for _, part := range strings.Split(text, "{")[1:] {
			name, _, _ := strings.Cut(part, "}")
			found = append(found, name)
		}
		slices.Sort(found)
		return slices.Compact(found)
	}
	for _, template := range steps.Findings() {
		codes = append(codes, template.Code)
		if !slices.Equal(holes(template.English), holes(template.Chinese)) {
			t.Errorf("%s: %v and %v", template.Code, holes(template.English), holes(template.Chinese))
		}
	}
	slices.Sort(codes)
	if len(slices.Compact(slices.Clone(codes))) != len(codes) {
		t.Error("a code stands twice")
	}
}

// Every finding that any history gives has a sentence without holes.
func TestEveryFindingHasASentence(t *testing.T) {
	for seed := range uint64(400) {
		r := newDice(seed)
		d := r.definition()
		j := filled([][]bruteEvent{r.history(), r.history(), r.history()})
		q := steps.Question{AsOf: clockStart().Add(time.Duration(r.IntN(16)) * time.Microsecond), Location: time.UTC, Trend: calendar.Daily}
		found := report(t, j, d, q).Findings
		for _, id := range []string{"e0", "e1", "e2"} {
			x, err := steps.Explain(j, d, q, id)
			if err != nil { // a history without events
				continue
			}
			if x.Why.Code != "" {
				found = append(found, x.Why)
			}
			for _, a := range x.Attempts {
				if a.Excluded.Code != "" {
					found = append(found, a.Excluded)
				}
				for _, p := range a.Steps {
					found = append(found, p.Why)
				}
			}
		}
		for _, f := range found {
			if strings.HasPrefix(f.Args["late"]+f.Args["gap"], "-") {
				t.Fatalf("seed %d: %+v", seed, f)
			}
			for _, lang := range []string{"en", "zh"} {
				if text := steps.Findings().Text(f, lang); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, f.Code) {
					t.Fatalf("seed %d: %s: %+v", seed, text, f)
				}
			}
		}
	}
}
