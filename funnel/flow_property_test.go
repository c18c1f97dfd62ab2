package funnel_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"pgregory.net/rapid"
)

// inTwoPipelines gives histories of deals that may move to another pipeline
// and back.
func inTwoPipelines(t *rapid.T) *funnel.Histories {
	h := twoPipelines(t)
	for _, e := range rapid.SliceOfN(anyEvent(), 0, 40).Draw(t, "events") {
		if stage := rapid.SampledFrom([]string{"", "", "", "due", "kept"}).Draw(t, "other"); stage != "" {
			e.Pipeline, e.Stage, e.From = "renewals", stage, ""
		}
		h.Add(e)
	}
	return h
}

// analysed gives an analysis of any histories under any question, and two
// instants up to its as-of instant.
func analysed(t *rapid.T) (h *funnel.Histories, q funnel.Question, a *funnel.Analysis, after, until time.Time) {
	if rapid.Bool().Draw(t, "two pipelines") {
		h = inTwoPipelines(t)
	} else {
		h = filled(t, rapid.SliceOfN(anyEvent(), 0, 40).Draw(t, "events"))
	}
	q = anyQuestion(t)
	q.Pipeline = "hardware"
	a, err := funnel.Analyze(h, q)
	if err != nil {
		t.Fatal(err)
	}
	last := q.AsOf.Day()
	if q.AsOf.Month() == time.February {
		last += 31
	}
	half := func(n int) time.Time { return on(n / 2).Add(time.Duration(n%2) * 6 * time.Hour) }
	from := rapid.IntRange(0, 2*last).Draw(t, "after")
	return h, q, a, half(from), half(rapid.IntRange(from, 2*last).Draw(t, "until"))
}

func flowOf(t *rapid.T, a *funnel.Analysis, after, until time.Time) funnel.Flow {
	f, err := a.FlowBetween(after, until)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func zero(p kpi.Partial) kpi.Value { return p.Sum.Or(kpi.Int(0)) }

// Whatever the histories hold, every stage and the whole balance: deals,
// value to the last digit, and how many have a value; lines add up to their
// totals, stages and transitions tell the same.
func TestFlowReconciles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, a, after, until := analysed(t)
		f := flowOf(t, a, after, until)
		reconcileFlow(t, f)
		moves, err := a.MovesBetween(after, until)
		if err != nil {
			t.Fatal(err)
		}
		times := int64(0)
		for _, tr := range f.Transitions {
			times += tr.Times
		}
		if times != int64(len(moves)) {
			t.Fatalf("%d moves, the transitions hold %d", len(moves), times)
		}
	})
}

func reconcileFlow(t *rapid.T, f funnel.Flow) {
	balance(t, "whole", f.Whole)
	var in, out int64
	for _, s := range f.Stages {
		balance(t, s.Stage, s.Movement)
		in, out = in+s.Entered.FromEarlier.Times, out+s.Left.Forward.Times
		var entered, left int64
		for _, tr := range f.Transitions {
			if tr.To.Stage == s.Stage {
				entered += tr.Times
			}
			if tr.From.Stage == s.Stage {
				left += tr.Times
			}
		}
		if entered != s.Entered.All.Times || left != s.Left.All.Times {
			t.Fatalf("%s: entered %d, left %d, the transitions have %d and %d", s.Stage, s.Entered.All.Times, s.Left.All.Times, entered, left)
		}
	}
	if in != out {
		t.Fatalf("%d moved forward and %d came from earlier", out, in)
	}
}

func balance(t *rapid.T, what string, m funnel.Movement) {
	e, l, r := m.Entered, m.Left, m.Revalued
	deals := m.Opening.Deals + e.All.Times - l.All.Times
	value := zero(m.Opening.Value).Add(zero(e.All.Value)).Sub(zero(l.All.Value)).Add(r.Net())
	n := m.Opening.Value.N + e.All.Value.N - l.All.Value.N + r.Stated.Value.N - r.Withdrawn.Value.N
	if deals != m.Closing.Deals || value != zero(m.Closing.Value) || n != m.Closing.Value.N {
		t.Fatalf("%s: %d deals, %s of %d, closing %+v\n%+v", what, deals, value, n, m.Closing, m)
	}
	adds(t, what+" entered", e.All, e.New, e.FromEarlier, e.FromLater, e.Reopened, e.Restored, e.MovedIn)
	adds(t, what+" left", l.All, l.Forward, l.Back, l.Won, l.Lost, l.Disqualified, l.Removed, l.MovedOut)
}

func adds(t *rapid.T, what string, all funnel.Tally, lines ...funnel.Tally) {
	var times int64
	n, value := 0, kpi.Int(0)
	for _, l := range append(lines, all) {
		if l.Deals > l.Lives || l.Lives > l.Times || int64(l.Value.Of) != l.Times {
			t.Fatalf("%s: %+v", what, l)
		}
	}
	for _, l := range lines {
		times, n, value = times+l.Times, n+l.Value.N, value.Add(zero(l.Value))
	}
	if times != all.Times || n != all.Value.N || value != zero(all.Value) {
		t.Fatalf("%s: %d of %s, all %+v", what, times, value, all)
	}
}

// Opening and closing are what the report shows as of the two instants, in
// deals and in value.
func TestFlowBetweenSnapshots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, q, a, after, until := analysed(t)
		f := flowOf(t, a, after, until)
		snapshot := func(at time.Time, stock func(funnel.Movement) funnel.Stock) {
			q.AsOf = at
			r, err := report(h, q)
			if err != nil {
				t.Fatal(err)
			}
			for i, s := range f.Stages {
				total := r.Open.Stages[i].Total()
				if got, want := stock(s.Movement), (funnel.Stock{Deals: total.Deals, Value: total.Value}); got != want {
					t.Fatalf("%s as of %s: %+v, the report has %+v", s.Stage, at, got, want)
				}
			}
			total := r.Open.Total()
			if got, want := stock(f.Whole), (funnel.Stock{Deals: total.Deals, Value: total.Value}); got != want {
				t.Fatalf("as of %s: %+v, the report has %+v", at, got, want)
			}
		}
		snapshot(after, func(m funnel.Movement) funnel.Stock { return m.Opening })
		snapshot(until, func(m funnel.Movement) funnel.Stock { return m.Closing })
	})
}

// What two windows in a row count, their whole counts; what parts count, the
// whole counts.
func TestFlowsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, a, after, until := analysed(t)
		all := flowOf(t, a, after, until)
		middle := after.Add(until.Sub(after) / time.Duration(rapid.IntRange(1, 4).Draw(t, "cut")))
		first, second := flowOf(t, a, after, middle), flowOf(t, a, middle, until)
		if got := merged(first, second); got != lines(all) {
			t.Fatalf("in two windows\n%s\nin one\n%s", got, lines(all))
		}
		if first.Whole.Closing != second.Whole.Opening {
			t.Fatalf("%+v closes, %+v opens", first.Whole.Closing, second.Whole.Opening)
		}

		parts, without, err := a.By(func(d funnel.Deal) (string, bool) { return fmt.Sprint(d.Owner, d.Life), true })
		if err != nil || without > 0 {
			t.Fatal(without, err)
		}
		flows := []funnel.Flow{}
		for _, p := range parts {
			f := flowOf(t, p.Analysis, after, until)
			reconcileFlow(t, f)
			flows = append(flows, f)
		}
		if got := merged(flows...); got != lines(all) {
			t.Fatalf("by parts\n%s\nthe whole\n%s", got, lines(all))
		}
	})
}

// lines gives the times and values of every transition, without those that
// have none.
func lines(f funnel.Flow) string { return merged(f) }

func merged(flows ...funnel.Flow) string {
	type sum struct {
		times int64
		value kpi.Value
	}
	sums := map[string]sum{}
	for _, f := range flows {
		for _, tr := range f.Transitions {
			key := tr.From.String() + " → " + tr.To.String()
			s := sums[key]
			sums[key] = sum{s.times + tr.Times, s.value.Or(kpi.Int(0)).Add(zero(tr.Value))}
		}
	}
	var all []string
	for key, s := range sums {
		all = append(all, fmt.Sprint(key, ": ", s.times, " ", s.value))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// slowMoves counts by the definition, dated events alone. In the order of
// instant, sequence and stage a deal goes from stage to stage, those of one
// instant one after the other; a deal that an instant leaves removed goes
// there at once, and it cannot be removed before it has begun. A deal that is
// restored where it was and goes on in the same instant has not entered that
// stage again.
func slowMoves(events []funnel.Event, after, until time.Time) map[string]int64 {
	order := []string{"lead", "demo", "offer", "won", "lost", "duplicate", ""}
	moves, at, stage := map[string]int64{}, map[string]string{}, map[string]string{}
	sorted := slices.SortedStableFunc(slices.Values(events), func(e, f funnel.Event) int {
		return cmp.Or(cmp.Compare(e.Deal, f.Deal), e.At.Compare(f.At), cmp.Compare(e.Seq, f.Seq),
			cmp.Compare(slices.Index(order, e.Stage), slices.Index(order, f.Stage)))
	})
	for len(sorted) > 0 {
		deal, instant, n := sorted[0].Deal, sorted[0].At, 0
		way, begun := []string{}, at[deal] != ""
		for ; n < len(sorted) && sorted[n].Deal == deal && sorted[n].At.Equal(instant); n++ {
			if !sorted[n].Removed {
				way, begun = append(way, sorted[n].Stage), true
			}
		}
		for at[deal] == "removed" && len(way) > 1 && way[0] == stage[deal] {
			way = way[1:]
		}
		if len(way) > 0 {
			stage[deal] = way[len(way)-1]
		}
		if sorted[n-1].Removed {
			way = []string{"removed"}
		}
		for _, to := range way {
			from := cmp.Or(at[deal], "not_begun")
			outside := to == "removed" && from == "not_begun"
			if to != from && !outside && instant.After(after) && !instant.After(until) {
				moves[from+" → "+to]++
			}
			if begun {
				at[deal] = to
			}
		}
		sorted = sorted[n:]
	}
	return moves
}

func TestFlowAgainstTheSlowModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) funnel.Event {
			e := funnel.Event{
				Deal: fmt.Sprint("D", rapid.IntRange(0, 3).Draw(t, "deal")),
				At:   on(rapid.IntRange(1, 9).Draw(t, "day")),
				Seq:  rapid.Int64Range(0, 1).Draw(t, "seq"),
			}
			if e.Removed = rapid.IntRange(0, 7).Draw(t, "removed") == 0; !e.Removed {
				e.Stage = rapid.SampledFrom([]string{"lead", "demo", "offer", "won", "lost", "duplicate"}).Draw(t, "stage")
			}
			return e
		}), 0, 40).Draw(t, "events")
		lives := rapid.SampledFrom([]funnel.Lives{funnel.OneLife, funnel.NewLife}).Draw(t, "lives")
		a, err := funnel.Analyze(filled(t, events), funnel.Question{AsOf: on(10), Location: time.UTC, Policy: funnel.Policy{Lives: lives}})
		if err != nil {
			t.Fatal(err)
		}
		from := rapid.IntRange(0, 9).Draw(t, "after")
		after, until := on(from), on(rapid.IntRange(from, 9).Draw(t, "until"))
		got := map[string]int64{}
		for _, tr := range flowOf(t, a, after, until).Transitions {
			got[tr.From.String()+" → "+tr.To.String()] = tr.Times
		}
		if want := slowMoves(events, after, until); !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %v\nwant %v", got, want)
		}
	})
}

// A flow and its moves come back from JSON as they were; no list is null.
func TestFlowJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, a, after, until := analysed(t)
		moves, err := a.MovesBetween(after, until)
		if err != nil {
			t.Fatal(err)
		}
		roundTrip(t, flowOf(t, a, after, until))
		roundTrip(t, moves)
	})
}

func roundTrip[T any](t *rapid.T, record T, nullable ...string) {
	text, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	bare := text
	for _, name := range nullable {
		bare = bytes.ReplaceAll(bare, []byte(`"`+name+`":null`), nil)
	}
	if bytes.Contains(bare, []byte("null")) {
		t.Fatalf("null in %s", bare)
	}
	var read T
	if err := json.Unmarshal(text, &read); err != nil || !reflect.DeepEqual(read, record) {
		t.Fatalf("%v\n%+v\n%+v", err, read, record)
	}
}
