package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
)

// Change is a row of a stage log as a backend scans it, with string bytes of
// its own.
type Change struct {
	Deal, Stage string
	At          time.Time
}

// Record is a deal with its list of changes, the way a document or a query
// that sorts by deal gives it.
type Record struct {
	Deal    string
	Changes []Entry
}

// Entry is one of them.
type Entry struct {
	Stage string
	At    time.Time
}

// perDeal is how many changes a deal has on the average.
const perDeal = 5

// openStages are the six stages of the funnel, in order.
func openStages() []string {
	return []string{"new", "qualified", "meeting", "proposal", "negotiation", "contract"}
}

func salesPipeline() funnel.Pipeline {
	p := funnel.Pipeline{ID: "sales"}
	for _, stage := range openStages() {
		p.Stages = append(p.Stages, funnel.Stage{ID: stage})
	}
	p.Stages = append(p.Stages, funnel.Stage{ID: "won", Outcome: funnel.Won}, funnel.Stage{ID: "lost", Outcome: funnel.Lost})
	return p
}

// makeLog gives n changes of a fifth as many deals, deal after deal. A deal
// mostly moves on, at times jumps over a stage, goes back or is edited where
// it is, one move in twenty has the instant of the one before, and it ends
// won, lost or open. Deals come in no order; IDs have 18 characters.
func makeLog(n int) []Change {
	random := rand.New(rand.NewPCG(5, 6))
	deals := (n + perDeal - 1) / perDeal
	rows := make([]int, deals)
	for i := range n {
		if i < deals {
			rows[i]++
		} else {
			rows[random.IntN(deals)]++
		}
	}
	log := make([]Change, 0, n)
	for _, deal := range random.Perm(deals) {
		log = appendDeal(log, random, fmt.Sprintf("0068c000%010d", deal), rows[deal])
	}
	return log
}

func appendDeal(log []Change, random *rand.Rand, id string, rows int) []Change {
	names := append(openStages(), "won", "lost")
	at, stage := firstDay().In(time.UTC).Add(time.Duration(random.Int64N(500*24*60))*time.Minute), 0
	for i := range rows {
		switch end := random.IntN(10); {
		case i == 0:
		case i == rows-1 && end < 7:
			stage = len(openStages()) + end/3%2
		default:
			stage += []int{1, 1, 1, 1, 1, 1, 1, 2, 0, -1}[random.IntN(10)]
			stage = min(max(stage, 0), len(openStages())-1)
		}
		log = append(log, Change{id, names[stage], at})
		if random.IntN(20) > 0 {
			at = at.Add(time.Duration(1+random.Int64N(30*24*60)) * time.Minute)
		}
	}
	return log
}

// inDisorder gives the same changes in random order, each with its strings
// where it is read.
func inDisorder(log []Change) []Change {
	all := make([]Change, len(log))
	for i, from := range rand.New(rand.NewPCG(7, 8)).Perm(len(log)) {
		c := log[from]
		all[i] = Change{strings.Clone(c.Deal), strings.Clone(c.Stage), c.At}
	}
	return all
}

// recordsOf gives the same changes as records, in the order of the log.
func recordsOf(log []Change) []Record {
	entries := make([]Entry, len(log))
	for i, c := range log {
		entries[i] = Entry{strings.Clone(c.Stage), c.At}
	}
	var records []Record
	for begin, end := 0, 0; begin < len(log); begin = end {
		for end = begin; end < len(log) && log[end].Deal == log[begin].Deal; end++ {
		}
		records = append(records, Record{strings.Clone(log[begin].Deal), entries[begin:end]})
	}
	return records
}

// byDeal gives the same changes in the order of their deals.
func byDeal(log []Change) []Change {
	sorted := slices.Clone(log)
	slices.SortStableFunc(sorted, func(c, d Change) int { return strings.Compare(c.Deal, d.Deal) })
	return sorted
}

// halves parts changes by deal.
func halves(log []Change) (all [2][]Change) {
	for _, c := range log {
		half := int(c.Deal[len(c.Deal)-1]) % 2
		all[half] = append(all[half], c)
	}
	return all
}

// reached counts deals by the open stages that they reached in order.
type reached []int64

// agrees compares with cells of which the owner is a stage.
func (r reached) agrees(want map[cell]tally) error {
	return same(r.cells(), want)
}

func (r reached) cells() map[cell]tally {
	cells := map[cell]tally{}
	for i, stage := range openStages() {
		cells[cell{Owner: stage}] = tally{Count: r[i]}
	}
	return cells
}

// chained counts by the definition, without sorting: a deal reaches a stage
// at its first entry there that is not before it reached the stage before.
func chained(records []Record) reached {
	all := make(reached, len(openStages()))
	for _, r := range records {
		var since time.Time
		for i, stage := range openStages() {
			var first time.Time
			for _, e := range r.Changes {
				if e.Stage == stage && !e.At.Before(since) && (first.IsZero() || e.At.Before(first)) {
					first = e.At
				}
			}
			if first.IsZero() {
				break
			}
			since = first
			all[i]++
		}
	}
	return all
}
