package funnel_test

import (
	"fmt"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
)

// One history under every policy. Worked by hand: a deal goes lead (1), offer
// (4), back to demo (6), lost (8), is opened again in lead (10) and in offer
// (12), as of 20 January.
func TestPolicies(t *testing.T) {
	events := []funnel.Event{
		{Stage: "lead", At: on(1)}, {Stage: "offer", At: on(4)}, {Stage: "demo", At: on(6)},
		{Stage: "lost", At: on(8)}, {Stage: "lead", At: on(10)}, {Stage: "offer", At: on(12)},
	}
	for name, test := range map[string]struct {
		policy funnel.Policy
		as     int // of January
		start  string
		want   string // reached lead, demo, offer; lives open lost; age or cycle of each life
		why    string
	}{
		"usual":                {funnel.Policy{}, 20, "", "1 1 1, 1 open 0 lost, 19", "the furthest stage implies those before; one life from 1 January"},
		"usual, when lost":     {funnel.Policy{}, 9, "", "1 1 1, 0 open 1 lost, 7", "offer stays reached"},
		"net, when lost":       {funnel.Policy{Back: funnel.Net}, 9, "", "1 1 0, 0 open 1 lost, 7", "it was back in demo when it was lost"},
		"entered":              {funnel.Policy{Skips: funnel.Entered}, 20, "", "1 1 1, 1 open 0 lost, 19", "each was entered, demo on the way back"},
		"entered, early":       {funnel.Policy{Skips: funnel.Entered}, 5, "", "1 0 1, 1 open 0 lost, 4", "demo was jumped over"},
		"strict, early":        {funnel.Policy{Skips: funnel.Strict}, 5, "", "1 0 0, 1 open 0 lost, 4", "offer was not reached through demo"},
		"strict":               {funnel.Policy{Skips: funnel.Strict}, 20, "", "1 1 1, 1 open 0 lost, 19", "lead 1, demo 6, offer 12, each after the one before"},
		"strict and net":       {funnel.Policy{Skips: funnel.Strict, Back: funnel.Net}, 11, "", "1 0 0, 1 open 0 lost, 10", "demo was reached, but it is back in lead"},
		"new life":             {funnel.Policy{Lives: funnel.NewLife}, 20, "", "2 2 2, 1 open 1 lost, 7 10", "the first life ends on the 8th, the second begins on the 10th"},
		"new life and entered": {funnel.Policy{Lives: funnel.NewLife, Skips: funnel.Entered}, 20, "", "2 1 2, 1 open 1 lost, 7 10", "the second life jumps over demo"},
		"clock":                {funnel.Policy{}, 20, "offer", "1 1 1, 1 open 0 lost, 16", "first in offer on the 4th"},
		"latest entry":         {funnel.Policy{Clock: funnel.LastEntry}, 20, "offer", "1 1 1, 1 open 0 lost, 8", "last in offer on the 12th"},
		"latest entry, lead":   {funnel.Policy{Clock: funnel.LastEntry}, 20, "lead", "1 1 1, 1 open 0 lost, 10", "last in lead on the 10th"},
		"latest, never there":  {funnel.Policy{Clock: funnel.LastEntry}, 5, "demo", "1 1 1, 1 open 0 lost, 1", "demo was jumped over: from offer on the 4th"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("no why")
			}
			h, err := funnel.New(hardware())
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range events {
				e.Deal = "D1"
				h.Add(e)
			}
			a, err := funnel.Analyze(h, funnel.Question{AsOf: on(test.as), Location: on(1).Location(), Policy: test.policy, Start: test.start})
			if err != nil {
				t.Fatal(err)
			}
			r := a.Report()
			got := fmt.Sprintf("%d %d %d, %d open %d lost,", r.Stages[0].Reached, r.Stages[1].Reached, r.Stages[2].Reached, r.Counts.Open, r.Counts.Lost)
			for i, d := range a.Deals() {
				if d.Life != i+1 {
					t.Errorf("life %d is numbered %d", i+1, d.Life)
				}
				got += fmt.Sprint(" ", d.Age)
			}
			if got != test.want {
				t.Errorf("%s, want %s: %s", got, test.want, test.why)
			}
		})
	}
}

// A deleted deal counts no more, until a stage is stated again.
func TestRemoved(t *testing.T) {
	deleted := []funnel.Event{{Deal: "D1", Stage: "lead", At: on(1)}, {Deal: "D1", Stage: "demo", At: on(3)}, {Deal: "D1", Removed: true, At: on(3)}}
	for day, want := range map[int]int64{2: 1, 3: 0, 5: 0} {
		if r := ask(t, day, nil, deleted...); r.Counts.Counted != want || r.Counts.Read != 1 {
			t.Errorf("as of %d January %+v", day, r.Counts)
		} else if want == 0 && (len(r.Counts.Excluded) != 1 || r.Counts.Excluded[0].Reason != funnel.WasRemoved) {
			t.Errorf("as of %d January excluded %+v", day, r.Counts.Excluded)
		}
	}
	if r := ask(t, 6, nil, append(deleted, funnel.Event{Deal: "D1", Stage: "demo", At: on(4)})...); r.Counts.Open != 1 {
		t.Errorf("restored: %+v", r.Counts)
	}
}
