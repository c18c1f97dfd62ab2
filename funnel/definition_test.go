package funnel_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
)

// The definitions of the policies, evaluated without a thought for speed: a
// stage is reached if the path of a life says so, and whether it does is
// looked for in every way there is.

// byDefinition is the way of one life: the ranks of the stages where it was,
// lead, demo, offer, won, lost, duplicate, without repeats.
type byDefinition struct {
	path   []int
	number int
}

const openRanks = 3 // lead, demo and offer

func ranks() []string { return []string{"lead", "demo", "offer", "won", "lost", "duplicate"} }

// livesByDefinition gives the lives of one deal as of an instant; none where
// it does not count.
func livesByDefinition(events []funnel.Event, asOf time.Time, lives funnel.Lives) []byDefinition {
	var seen []funnel.Event
	for _, e := range events {
		if !e.At.After(asOf) && !slices.Contains(seen, e) {
			seen = append(seen, e)
		}
	}
	var path []int
	gone, known := false, false
	for len(seen) > 0 {
		first := 0
		for i := range seen {
			if comesBefore(seen[i], seen[first]) {
				first = i
			}
		}
		e := seen[first]
		seen = slices.Delete(seen, first, first+1)
		if gone = e.Removed; gone {
			continue
		}
		rank := slices.Index(ranks(), e.Stage)
		known = known || rank >= 0
		if rank >= 0 && (len(path) == 0 || path[len(path)-1] != rank) {
			path = append(path, rank)
		}
	}
	if gone || !known {
		return nil
	}
	all := []byDefinition{{path[:1], 1}}
	for i := 1; i < len(path); i++ {
		last := &all[len(all)-1]
		if lives == funnel.NewLife && path[i-1] >= openRanks && path[i] < openRanks {
			all = append(all, byDefinition{path[i : i+1], last.number + 1})
		} else {
			last.path = append(slices.Clone(last.path), path[i])
		}
	}
	return all
}

// comesBefore is the order of a history: by instant, then by sequence, then a
// stage before a removal, then by the order of the stages.
func comesBefore(e, f funnel.Event) bool {
	switch {
	case !e.At.Equal(f.At):
		return e.At.Before(f.At)
	case e.Seq != f.Seq:
		return e.Seq < f.Seq
	case e.Removed != f.Removed:
		return f.Removed
	}
	return slices.Index(ranks(), e.Stage) < slices.Index(ranks(), f.Stage)
}

func (d byDefinition) end() int { return d.path[len(d.path)-1] }

// here is the open stage where it is, or was when it closed.
func (d byDefinition) here() int {
	here := 0
	for _, rank := range d.path {
		if rank < openRanks {
			here = rank
		}
	}
	return here
}

func (d byDefinition) entered(stage int) bool { return slices.Contains(d.path, stage) }

// through reports whether some entries on the path, each after the one
// before, are those into the stages from one to another.
func through(path []int, from, to int) bool {
	for i, rank := range path {
		if rank == from && (from == to || through(path[i+1:], from+1, to)) {
			return true
		}
	}
	return false
}

func (d byDefinition) reached(stage int, p funnel.Policy) bool {
	won := d.end() == slices.Index(ranks(), "won")
	if p.Back == funnel.Net && !won && stage > d.here() {
		return false
	}
	switch p.Skips {
	case funnel.Entered:
		return d.entered(stage)
	case funnel.Strict:
		return through(d.path, 0, stage)
	}
	further := slices.ContainsFunc(d.path, func(rank int) bool { return rank >= stage && rank < openRanks })
	return won || stage == 0 || further
}

// skipped: reached without an entry, and something earlier is on record.
func (d byDefinition) skipped(stage int, p funnel.Policy) bool {
	earlier := slices.ContainsFunc(d.path, func(rank int) bool { return rank < stage })
	return d.reached(stage, p) && !d.entered(stage) && (earlier || d.number > 1)
}

// wildHistory gives the events of one deal, a few in a few days: ties,
// repeats, stages that no pipeline has, removals.
func wildHistory(random *rand.Rand) []funnel.Event {
	stages := append(ranks(), "legal")
	events := make([]funnel.Event, 1+random.IntN(9))
	for i := range events {
		e := funnel.Event{At: on(1 + random.IntN(6)), Seq: random.Int64N(2), Stage: stages[random.IntN(len(stages))]}
		if random.IntN(15) == 0 {
			e.Stage, e.Removed = "", true
		}
		events[i] = e
		if i > 0 && random.IntN(6) == 0 {
			events[i] = events[random.IntN(i)]
		}
	}
	return events
}

// The reached, entered and skipped deals of every stage are those of the
// definition, under every policy, deal by deal. SALESKPI_HISTORIES says how
// many histories there are; see the package's doc.
func TestPoliciesByDefinition(t *testing.T) {
	histories, size := 1_500, 50
	if text := os.Getenv("SALESKPI_HISTORIES"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		histories = n
	}
	for batch := range (histories + size - 1) / size {
		random := rand.New(rand.NewPCG(11, uint64(batch)))
		h, err := funnel.New(hardware())
		if err != nil {
			t.Fatal(err)
		}
		events := map[string][]funnel.Event{}
		for i := range size {
			deal := fmt.Sprint("D", i)
			events[deal] = wildHistory(random)
			h.AddDeal(deal, slices.Values(events[deal]))
		}
		asOf := on(1 + random.IntN(7))
		for _, policy := range everyPolicy() {
			a, err := funnel.Analyze(h, funnel.Question{AsOf: asOf, Location: time.UTC, Policy: policy})
			if err != nil {
				t.Fatal(err)
			}
			if complaint := againstDefinition(a, events, asOf, policy); complaint != "" {
				t.Fatalf("batch %d, as of %v, %+v: %s", batch, asOf, policy, complaint)
			}
		}
	}
}

func everyPolicy() (all []funnel.Policy) {
	for _, skips := range []funnel.Skips{funnel.Implied, funnel.Entered, funnel.Strict} {
		for _, back := range []funnel.Back{funnel.Kept, funnel.Net} {
			for _, lives := range []funnel.Lives{funnel.OneLife, funnel.NewLife} {
				for _, clock := range []funnel.Clock{funnel.FirstEntry, funnel.LastEntry} {
					all = append(all, funnel.Policy{Skips: skips, Back: back, Lives: lives, Clock: clock})
				}
			}
		}
	}
	return all
}

func againstDefinition(a *funnel.Analysis, events map[string][]funnel.Event, asOf time.Time, policy funnel.Policy) string {
	for rank, stage := range ranks()[:openRanks] {
		for which, in := range map[funnel.Which]func(byDefinition) bool{
			funnel.EveryOne:    func(d byDefinition) bool { return d.reached(rank, policy) },
			funnel.EnteredOnes: func(d byDefinition) bool { return d.reached(rank, policy) && d.entered(rank) },
			funnel.SkippedOnes: func(d byDefinition) bool { return d.skipped(rank, policy) },
		} {
			b, err := a.Behind(funnel.Figure{Which: which, Stage: stage}, kpi.Page{})
			if err != nil {
				return err.Error()
			}
			got := map[funnel.DealLife]bool{}
			for _, d := range b.Deals {
				got[funnel.DealLife{Deal: d.ID, Life: d.Life}] = true
			}
			want := 0
			for deal, events := range events {
				for _, d := range livesByDefinition(events, asOf, policy.Lives) {
					if in(d) {
						want++
						if !got[funnel.DealLife{Deal: deal, Life: d.number}] {
							return fmt.Sprintf("%s %s: %s life %d is missing: %v, %+v", which, stage, deal, d.number, d.path, events)
						}
					}
				}
			}
			if want != len(got) {
				return fmt.Sprintf("%s %s: %d deals, the definition has %d", which, stage, len(got), want)
			}
		}
	}
	return ""
}

// The model sees what it should: a deal goes lead, offer, demo, lost, and
// again lead, offer. Worked by hand.
func TestDefinition(t *testing.T) {
	events := []funnel.Event{in("", "lead", 1), in("", "offer", 2), in("", "offer", 3), in("", "demo", 4), in("", "lost", 5), in("", "lead", 6), in("", "offer", 7)}
	one, two := livesByDefinition(events, on(9), funnel.OneLife), livesByDefinition(events, on(9), funnel.NewLife)
	if len(one) != 1 || !slices.Equal(one[0].path, []int{0, 2, 1, 4, 0, 2}) || len(two) != 2 || !slices.Equal(two[1].path, []int{0, 2}) {
		t.Fatalf("%+v, %+v", one, two)
	}
	strict := funnel.Policy{Skips: funnel.Strict}
	if !one[0].reached(2, strict) || two[0].reached(2, strict) || !two[0].reached(1, strict) || two[0].reached(2, funnel.Policy{Back: funnel.Net}) || !two[1].skipped(1, funnel.Policy{}) {
		t.Error("reached by definition")
	}
	if livesByDefinition(append(events, funnel.Event{Removed: true, At: on(8)}), on(9), funnel.OneLife) != nil {
		t.Error("removed")
	}
}
