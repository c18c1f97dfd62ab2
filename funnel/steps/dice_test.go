package steps_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
)

// dice draws definitions and histories in which ties, repeats, exclusions and
// edges of windows are common. Time counts in microseconds from a start.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 1))} }

// one reports true in one of n cases.
func (r dice) one(n int) bool { return r.IntN(n) == 0 }

func clockStart() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

func ticks(n int) steps.Span { return steps.Span(time.Duration(n) * time.Microsecond) }

func (r dice) names(most int) []string {
	all := []string{"a", "b", "c", "d", "x"}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:1+r.IntN(most)]
}

func (r dice) where() []steps.Condition {
	switch r.IntN(12) {
	case 0:
		return []steps.Condition{{Attribute: "p", Is: []string{"1"}}}
	case 1:
		return []steps.Condition{{Attribute: "p", Is: []string{"1", "2"}}}
	case 2:
		return []steps.Condition{{Attribute: "p", Missing: true}}
	case 3:
		return []steps.Condition{{Attribute: "p", Is: []string{"9"}}, {Attribute: "q", Missing: true}}
	}
	return nil
}

func (r dice) definition() steps.Definition {
	d := steps.Definition{
		ID:     "random",
		Order:  steps.Order(r.IntN(3)),
		Window: ticks(1 + r.IntN(12)),
		Edge:   steps.Edge(r.IntN(2)),
		Clock:  steps.Clock(r.IntN(3)),
	}
	if r.one(6) {
		d.Window = steps.Unlimited
	}
	if d.Order != steps.Unordered {
		d.Ties = steps.Ties(r.IntN(3))
	}
	for i := range 1 + r.IntN(4) {
		s := steps.Step{ID: fmt.Sprint("s", i), Events: r.names(2), Where: r.where()}
		if i > 0 && d.Order != steps.Unordered {
			s.Optional = r.one(4)
			if r.one(4) {
				s.MinGap = ticks(r.IntN(3))
			}
			if r.one(4) {
				s.MaxGap = ticks(1+r.IntN(6)) + s.MinGap
			}
		}
		d.Steps = append(d.Steps, s)
	}
	r.exclude(&d)
	return d
}

func (r dice) exclude(d *steps.Definition) {
	var main []string
	for _, s := range d.Steps {
		if !s.Optional {
			main = append(main, s.ID)
		}
	}
	for range r.IntN(3) {
		x := steps.Exclusion{Events: r.names(2), Where: r.where()}
		if d.Order != steps.Unordered && r.one(2) && len(main) > 1 {
			from := r.IntN(len(main) - 1)
			x.From, x.To = main[from], main[from+1+r.IntN(len(main)-1-from)]
		}
		if len(main) > 1 {
			d.Exclusions = append(d.Exclusions, x)
		}
	}
}

// history draws the events of one entity, some of them twice.
func (r dice) history() []bruteEvent {
	var events []bruteEvent
	most := 9
	if r.one(10) {
		most = 15
	}
	for range r.IntN(most) {
		e := bruteEvent{at: r.Int64N(13), seq: r.Int64N(2), name: []string{"a", "b", "c", "d", "x"}[r.IntN(5)]}
		if r.one(3) {
			e.p = []string{"1", "2"}[r.IntN(2)]
		}
		events = append(events, e)
		if r.one(8) {
			events = append(events, e)
		}
	}
	return events
}

// event gives an event as a caller would.
func (e bruteEvent) event(entity string) steps.Event {
	event := steps.Event{Entity: entity, Name: e.name, At: clockStart().Add(time.Duration(e.at) * time.Microsecond), Seq: e.seq}
	if e.p != "" {
		event.Attributes = map[string]string{"p": e.p}
	}
	return event
}
