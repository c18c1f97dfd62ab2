package funnel_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"pgregory.net/rapid"
)

// anyID draws IDs around the lengths at which they are kept otherwise, with
// common beginnings.
func anyID() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Repeat("x", rapid.IntRange(0, 40).Draw(t, "length")) + rapid.SampledFrom([]string{"", "a", "b", "\x00", "\xff"}).Draw(t, "end")
	})
}

// Every ID is a deal of its own, in whatever order they come and by whichever
// way they are added.
func TestDealsByID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(anyID(), 0, 60).Draw(t, "ids")
		if rapid.Bool().Draw(t, "sorted") {
			slices.Sort(ids)
		}
		h, err := funnel.New(hardware())
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]int{}
		for i, id := range ids {
			want[id]++
			e := funnel.Event{Deal: id, Stage: "lead", At: on(1), Activity: fmt.Sprint(i)} // none is stated twice
			if rapid.Bool().Draw(t, "grouped") {
				h.AddDeal(id, slices.Values([]funnel.Event{e}))
			} else {
				h.Add(e)
			}
		}
		a, err := funnel.Analyze(h, funnel.Question{AsOf: on(2), Location: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		r := a.Report()
		if h.Len() != len(want) || int(r.Counts.Read) != len(want) {
			t.Fatalf("%d deals, read %d, want %d", h.Len(), r.Counts.Read, len(want))
		}
		for _, d := range a.Deals() {
			if want[d.ID] == 0 {
				t.Fatalf("a deal %q that was never added, or twice", d.ID)
			}
			delete(want, d.ID)
		}
		if delete(want, ""); len(want) > 0 {
			t.Fatalf("missing: %q", want)
		}
	})
}

// Thousands of deals, so that every table grows several times: what is added
// one by one in any order is what comes deal by deal.
func TestManyDeals(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	var events []funnel.Event
	for i := range 20_000 {
		deal := fmt.Sprintf("deal with a long identifier %06d", random.IntN(4_000))
		if i%3 == 0 {
			deal = fmt.Sprint(random.IntN(4_000))
		}
		events = append(events, funnel.Event{Deal: deal, Stage: ranks()[random.IntN(6)], At: on(random.IntN(20)), Seq: random.Int64N(3), Owner: fmt.Sprint(random.IntN(50))})
	}
	want := filledBy(t, func(h *funnel.Histories) { h.AddSeq(slices.Values(events)) })
	byDeal := map[string][]funnel.Event{}
	for _, e := range events {
		byDeal[e.Deal] = append(byDeal[e.Deal], e)
	}
	var ids []string
	for id := range byDeal {
		ids = append(ids, id)
	}
	for name, ids := range map[string][]string{"in no order": ids, "in order": slices.Sorted(slices.Values(ids))} {
		got := filledBy(t, func(h *funnel.Histories) {
			for _, id := range ids {
				h.AddDeal(id, slices.Values(byDeal[id]))
			}
		})
		if !bytes.Equal(got, want) {
			t.Errorf("%s: other bytes", name)
		}
	}
	merged := filledBy(t, func(h *funnel.Histories) {
		for part := range slices.Chunk(events, 999) {
			other, _ := funnel.New(hardware())
			other.AddSeq(slices.Values(part))
			for range 2 {
				if err := h.Merge(other); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
	if !bytes.Equal(merged, want) {
		t.Error("merged: other bytes")
	}
}

// filledBy gives the state of histories, and that of their copy.
func filledBy(t *testing.T, fill func(*funnel.Histories)) []byte {
	t.Helper()
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	fill(h)
	state, err := h.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	read, _ := funnel.New(hardware())
	if err := read.UnmarshalBinary(state); err != nil {
		t.Fatal(err)
	}
	if again, err := read.MarshalBinary(); err != nil || !bytes.Equal(again, state) {
		t.Error("not the same after coming back", err)
	}
	fill(read) // what it has already
	if again, err := read.MarshalBinary(); err != nil || !bytes.Equal(again, state) {
		t.Error("not the same after filling again", err)
	}
	return state
}

// The events of a deal may add another one on their way.
func TestAddDealWithinAddDeal(t *testing.T) {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	h.AddDeal("outer", func(yield func(funnel.Event) bool) {
		yield(funnel.Event{Stage: "lead", At: on(1)})
		h.AddDeal("inner", slices.Values([]funnel.Event{{Stage: "lead", At: on(2)}, {Stage: "won", At: on(3)}}))
		yield(funnel.Event{Stage: "lost", At: on(4)})
	})
	a, err := funnel.Analyze(h, funnel.Question{AsOf: on(9), Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	if d := a.Deals(); len(d) != 2 || d[0].ID != "inner" || d[0].Outcome != funnel.Won || d[1].Outcome != funnel.Lost {
		t.Errorf("%+v", d)
	}
}

// An analysis stays as it was when more is added to its histories, in order
// or not.
func TestAnalysisStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 0, 30).Draw(t, "events")
		if rapid.Bool().Draw(t, "by deal") {
			slices.SortStableFunc(events, func(e, f funnel.Event) int { return strings.Compare(e.Deal, f.Deal) })
		}
		h, q := filled(t, events), anyQuestion(t)
		a, err := funnel.Analyze(h, q)
		if err != nil {
			t.Fatal(err)
		}
		before := fmt.Sprintf("%+v %+v", a.Report(), a.Deals())
		h.AddSeq(slices.Values(rapid.SliceOfN(anyEvent(), 0, 30).Draw(t, "more")))
		if err := h.Merge(filled(t, events)); err != nil {
			t.Fatal(err)
		}
		if after := fmt.Sprintf("%+v %+v", a.Report(), a.Deals()); after != before {
			t.Fatal("the analysis changed")
		}
	})
}

// Days are those that the calendar finds in the location, through changes of
// the clock and beyond the instants of the deals.
func TestDaysOfALocation(t *testing.T) {
	for _, name := range []string{"UTC", "America/New_York", "Europe/Berlin", "Asia/Shanghai", "Pacific/Apia", "Africa/Casablanca", "Australia/Lord_Howe"} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Skip("the machine has no time zones: ", err)
		}
		random := rand.New(rand.NewPCG(4, 2))
		h, err := funnel.New(hardware())
		if err != nil {
			t.Fatal(err)
		}
		first := time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC).Unix()
		last := time.Date(2200, 12, 31, 0, 0, 0, 0, time.UTC).Unix()
		want := map[string]calendar.Day{}
		for i := range 2_000 {
			at := time.Unix(first+random.Int64N(last-first), random.Int64N(1e9)).UTC()
			if i%2 == 0 { // close to a change of the clock
				if _, end := at.In(loc).ZoneBounds(); !end.IsZero() {
					at = end.Add(time.Duration(random.IntN(7)-3) * time.Hour)
				}
			}
			deal := fmt.Sprint(i)
			want[deal], _ = calendar.DayIn(at, loc)
			h.Add(funnel.Event{Deal: deal, Stage: "lead", At: at})
		}
		a, err := funnel.Analyze(h, funnel.Question{AsOf: time.Unix(last, 0), Location: loc})
		if err != nil {
			t.Fatal(err)
		}
		compared := 0
		for _, d := range a.Deals() {
			if want[d.ID].Year() == 1970 && d.Created.IsZero() {
				continue // stands for no date
			}
			compared++
			if d.Created != want[d.ID] {
				t.Errorf("%s: deal %s created on %v, want %v", name, d.ID, d.Created, want[d.ID])
			}
		}
		if compared < 1_900 {
			t.Errorf("%s: only %d compared", name, compared)
		}
	}
}
