package steps_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

func TestZeroJourneys(t *testing.T) {
	var j steps.Journeys
	r := report(t, &j, threeSteps(), steps.Question{AsOf: hours(1)})
	if j.Len() != 0 || r.Counts.Read != 0 || r.Entities.Observed.Value().Defined() {
		t.Errorf("%+v", r)
	}
	var k steps.Journeys
	if err := k.UnmarshalBinary(state(t, &j)); err != nil || k.Len() != 0 {
		t.Error(err)
	}
}

// What makes two events the same one: entity, name, instant to the
// microsecond, Seq and attributes.
func TestSameEvent(t *testing.T) {
	first := steps.Event{Entity: "u", Name: "a", At: hours(1), Attributes: map[string]string{"p": "1"}}
	for name, test := range map[string]struct {
		why    string
		change func(*steps.Event)
		same   bool
	}{
		"again":       {"the same row came twice", func(*steps.Event) {}, true},
		"nanoseconds": {"kept to the microsecond", func(e *steps.Event) { e.At = e.At.Add(999) }, true},
		"zone":        {"the same instant", func(e *steps.Event) { e.At = e.At.In(time.FixedZone("", 3600)) }, true},
		"entity":      {"somebody else's", func(e *steps.Event) { e.Entity = "v" }, false},
		"name":        {"something else", func(e *steps.Event) { e.Name = "A" }, false},
		"instant":     {"a microsecond later", func(e *steps.Event) { e.At = e.At.Add(time.Microsecond) }, false},
		"sequence":    {"another row", func(e *steps.Event) { e.Seq = 1 }, false},
		"value":       {"it says something else", func(e *steps.Event) { e.Attributes = map[string]string{"p": "2"} }, false},
		"attribute":   {"about something else", func(e *steps.Event) { e.Attributes = map[string]string{"q": "1"} }, false},
		"missing":     {"it does not say so", func(e *steps.Event) { e.Attributes = nil }, false},
		"no map":      {"an empty map says nothing either", func(e *steps.Event) { e.Attributes = map[string]string{"p": "1"} }, true},
	} {
		other := first
		test.change(&other)
		r := report(t, journeysOf([]steps.Event{first, other}), threeSteps(), steps.Question{AsOf: hours(9)})
		if same := r.Events.Read == 1; same != test.same || test.why == "" {
			t.Errorf("%s: %s: same %v", name, test.why, same)
		}
	}
	bare := steps.Event{Entity: "u", Name: "a", At: hours(1)}
	empty := bare
	empty.Attributes = map[string]string{}
	if r := report(t, journeysOf([]steps.Event{bare, empty}), threeSteps(), steps.Question{AsOf: hours(9)}); r.Events.Read != 1 {
		t.Error("an empty map says something")
	}
}

// Neither the events nor their maps are kept.
func TestNothingIsKept(t *testing.T) {
	attributes := map[string]string{"source": "ads"}
	var j steps.Journeys
	j.Add(steps.Event{Entity: "u", Name: "a", At: hours(0), Attributes: attributes})
	before := state(t, &j)
	attributes["source"] = "fair"
	delete(attributes, "source")
	if !bytes.Equal(before, state(t, &j)) {
		t.Error("the map is kept")
	}
	d := funnelOfSignups()
	q := steps.Question{AsOf: asOf(), Location: time.UTC, Trend: calendar.Monthly, Breakdown: steps.Breakdown{Attribute: "source"}}
	journeys := loaded()
	first := report(t, journeys, d, q)
	first.Steps[0].Entities = 99
	first.Breakdown.Groups[0].Steps[0].Entities = 99
	first.Trend[0].Label = "changed"
	if second := report(t, journeys, d, q); second.Steps[0].Entities == 99 || second.Breakdown.Groups[0].Steps[0].Entities == 99 || second.Trend[0].Label == "changed" {
		t.Error("a report shares something with the next")
	}
	if !reflect.DeepEqual(d, funnelOfSignups()) {
		t.Error("the definition was changed")
	}
}

// IDs that rise need no index, others do; the same comes of both, also where
// the order is lost half-way.
func TestOrderOfEntities(t *testing.T) {
	ids := []string{"a", "b", "c", "d", "e"}
	var want []byte
	for _, order := range [][]string{{"a", "b", "c", "d", "e"}, {"e", "d", "c", "b", "a"}, {"a", "c", "e", "d", "b"}, {"a", "b", "a", "e", "b"}} {
		var j steps.Journeys
		for i, id := range order {
			j.Add(steps.Event{Entity: id, Name: "a", At: hours(i)})
		}
		j.AddEntity("b", slices.Values([]steps.Event{}))
		for i, id := range order {
			if _, err := steps.Explain(&j, threeSteps(), steps.Question{AsOf: hours(99)}, id); err != nil {
				t.Errorf("%v: %s (%d): %v", order, id, i, err)
			}
		}
		if _, err := steps.Explain(&j, threeSteps(), steps.Question{AsOf: hours(99)}, "bb"); err == nil {
			t.Error("found somebody who is not there")
		}
		for _, id := range ids { // now the same for all
			for i := range 5 {
				j.Add(steps.Event{Entity: id, Name: "a", At: hours(i)})
			}
		}
		if want == nil {
			want = state(t, &j)
		}
		if !bytes.Equal(state(t, &j), want) || j.Len() != 5 {
			t.Errorf("%v gives something else", order)
		}
	}
}

// Merging the same again and again takes no more room.
func TestMergingAgainTakesNoRoom(t *testing.T) {
	var all, part steps.Journeys
	for i := range 1000 {
		part.Add(steps.Event{Entity: fmt.Sprint(i % 100), Name: "a", At: hours(i)})
	}
	for range 50 {
		all.Merge(&part)
	}
	if r := report(t, &all, threeSteps(), steps.Question{AsOf: hours(9999)}); r.Events.Read != 1000 {
		t.Errorf("%d events", r.Events.Read)
	}
	grown := testing.AllocsPerRun(1, func() {
		for range 100 {
			all.Merge(&part)
		}
	})
	if grown > 5000 { // 50 a merge, to name the entities and to settle now and then
		t.Errorf("%.0f allocations", grown)
	}
}

// The work of an analysis is bounded by the events, its allocations are not
// in proportion to them.
func TestAllocations(t *testing.T) {
	fill := func(entities int) *steps.Journeys {
		var j steps.Journeys
		for i := range entities * 5 {
			j.Add(steps.Event{Entity: fmt.Sprintf("%06d", i%entities), Name: stages()[i/entities], At: hours(i)})
		}
		return &j
	}
	small, large := fill(200), fill(20_000)
	for _, order := range []steps.Order{steps.Ordered, steps.Strict, steps.Unordered} {
		d := benchDefinition()
		d.Order, d.Window = order, steps.Unlimited
		allocs := func(j *steps.Journeys) float64 {
			return testing.AllocsPerRun(1, func() { report(t, j, d, benchQuestion()) })
		}
		if few, many := allocs(small), allocs(large); many > few+500 {
			t.Errorf("%s: %.0f allocations for 1,000 events, %.0f for 100,000", order, few, many)
		}
	}
}

// Anybody may read at once.
func TestReadingAtOnce(t *testing.T) {
	for _, j := range []*steps.Journeys{loaded(), journeysOf(shuffledRows())} {
		q := steps.Question{AsOf: asOf(), Location: time.UTC, Trend: calendar.Monthly, Breakdown: steps.Breakdown{Attribute: "source", By: steps.AllEvents}}
		want := report(t, j, funnelOfSignups(), q)
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				if r, err := steps.Analyze(j, funnelOfSignups(), q); err != nil || !reflect.DeepEqual(r, want) {
					t.Error("other report", err)
				}
				if _, err := steps.Behind(j, funnelOfSignups(), q, steps.Figure{}, kpi.Page{Limit: 9}); err != nil {
					t.Error(err)
				}
				if _, err := steps.Explain(j, funnelOfSignups(), q, "bolt"); err != nil {
					t.Error(err)
				}
				if _, err := j.MarshalBinary(); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
	}
}

// shuffledRows gives the rows of the examples in another order.
func shuffledRows() []steps.Event {
	var events []steps.Event
	for _, r := range rows() {
		at, _ := time.Parse("2006-01-02 15:04", r.Since)
		events = append(events, steps.Event{Entity: r.Account, Name: r.What, At: at, Seq: r.ID})
	}
	return shuffled(events)
}
