package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// The revision of 20 April is known on the 30th and not on the 17th, whatever
// was decided since.
func TestKnownInApril(t *testing.T) {
	known := lived(t).Closing.Known
	if len(known) != 2 || known[0].Version != 1 || known[0].Target != kpi.Int(2_360_000) || known[1].Version != 2 || known[1].Target != kpi.Int(2_400_000) {
		t.Errorf("%+v", known)
	}
}

// What a day knew of the deals does not change with what was recorded later:
// a company whose records end on that day expects the same.
func TestKnownIsWhatWasOnRecord(t *testing.T) {
	l := lived(t)
	for _, known := range l.Closing.Known {
		then := &Life{deals: l.deals, Document: l.Document}
		var err error
		if then.histories, err = histories(recordedBy(l.deals, known.Day)); err != nil {
			t.Fatal(err)
		}
		got, err := then.knownOn(known.Day)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(text(t, known.Landing), text(t, got.Landing)); diff != "" {
			t.Errorf("%s: %s", known.Day, diff)
		}
	}
}

// recordedBy takes away everything that was recorded after a day.
func recordedBy(all []deal, day calendar.Day) (then []deal) {
	for _, d := range all {
		if d.Qualified > day {
			continue
		}
		if d.Proposal > day {
			d.Proposal = 0
		}
		if d.Negotiation > day {
			d.Negotiation = 0
		}
		if d.Closed > day {
			d.Closed, d.Outcome, d.Reason = 0, "", ""
		}
		var moves []move
		for _, m := range d.Moves {
			if m.On <= day {
				moves = append(moves, m)
			}
		}
		d.Moves = moves
		then = append(then, d)
	}
	return then
}
