package funnel

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"iter"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Histories is what is known of many deals: a set of statements. Events come
// in any order, the same one twice counts once, and two Histories merge into
// the union of both. Amounts, stages, close dates and owners are kept apart,
// so an edit of one never looks like a move of another.
//
// Make one with [New], and do not copy it; it belongs to one goroutine.
// [Analyze] and MarshalBinary only read it, so any number of these may run at
// once as long as nobody adds.
//
// Memory: 28 bytes for each thing that an event states, and for each deal its
// ID and some 60 bytes, or 20 where deals were added in the order of their
// IDs. Five stage events and an ID of 18 characters take 250 bytes or less.
type Histories struct {
	pipelines  []Pipeline
	definition [sha256.Size]byte

	lists
	deals   index
	journal journal // perhaps with the same fact twice, until it is read
	unique  int     // how many facts were left when Merge last looked for doubles
	feed    *feed   // of AddDeal
}

// New gives empty histories of deals in the pipelines. It validates them and
// keeps copies. An ID that stands twice is check.ErrDuplicate.
func New(pipelines ...Pipeline) (*Histories, error) {
	problems := check.List{Op: "funnel.New"}
	if len(pipelines) == 0 {
		problems.Add(check.ErrMissing, "pipelines", "missing_pipelines", nil)
	}
	seen := map[string]bool{}
	h := &Histories{}
	for i, p := range pipelines {
		problems.Nest(check.At("pipelines", i), p.Validate())
		if p.ID != "" && seen[p.ID] {
			problems.Add(check.ErrDuplicate, check.At("pipelines", i, "id"), "duplicate_id", p.ID)
		}
		seen[p.ID] = true
		p.Stages = slices.Clone(p.Stages)
		h.pipelines = append(h.pipelines, p)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	slices.SortFunc(h.pipelines, func(p, q Pipeline) int { return cmp.Compare(p.ID, q.ID) })
	var err error
	h.definition, err = definitionOf(h.pipelines)
	return h, err
}

// definitionOf gives the hash of what gives the events their meaning. Names
// are for people and stay out of it.
func definitionOf(sorted []Pipeline) (hash [sha256.Size]byte, err error) {
	nameless := slices.Clone(sorted)
	for i, p := range nameless {
		nameless[i].Name, nameless[i].Stages = "", slices.Clone(p.Stages)
		for j := range p.Stages {
			nameless[i].Stages[j].Name = ""
		}
	}
	text, err := json.Marshal(nameless)
	return sha256.Sum256(text), err
}

// Len gives the number of deals.
func (h *Histories) Len() int { return len(h.deals.ids) }

// Add takes an event. It never fails: what cannot be used is counted in the
// [Report] under its reason.
func (h *Histories) Add(e Event) { h.note(h.deals.number(e.Deal), &e) }

// AddSeq takes events of many deals, in any order.
func (h *Histories) AddSeq(events iter.Seq[Event]) {
	if events == nil {
		return
	}
	for e := range events {
		h.Add(e)
	}
}

// AddDeal takes the events of one deal, the way a record with its change
// list comes; their own Deal does not matter. The deal counts as read even
// where there are no events. It is looked up once, so this is the fast way to
// fill, and the fastest where deals come in the order of their IDs.
func (h *Histories) AddDeal(id string, events iter.Seq[Event]) {
	if h.feed == nil {
		h.feed = newFeed(h)
	}
	deal := h.deals.number(id)
	if events != nil {
		h.feed.from(deal, events)
	}
}

// pipelineOf gives the pipeline that an event means: the one it names, the
// only one, or the only one that has its stage; else none.
func (h *Histories) pipelineOf(e *Event) string {
	if e.Pipeline != "" {
		return e.Pipeline
	}
	if len(h.pipelines) == 1 {
		return h.pipelines[0].ID
	}
	found := ""
	for _, p := range h.pipelines {
		if p.has(cmp.Or(e.Stage, e.From)) {
			if found != "" {
				return ""
			}
			found = p.ID
		}
	}
	return found
}

func (p Pipeline) has(stage string) bool {
	return slices.ContainsFunc(p.Stages, func(s Stage) bool { return s.ID == stage })
}

// Merge takes in everything that other knows; other is not changed. What both
// know counts once. Other pipelines, or the same with other stages, ends or
// probabilities, are check.ErrDefinition,
// and so is a nil other.
func (h *Histories) Merge(other *Histories) error {
	if other == nil || h.definition != other.definition {
		return check.New("funnel.Merge", check.ErrDefinition, "", "other_pipelines", nil)
	}
	if h == other {
		return nil
	}
	deals := make([]uint32, other.Len())
	for i, id := range other.deals.ids {
		deals[i] = h.deals.number(id)
	}
	codes := h.lists.translate(&other.lists)
	alone := h.journal.n == 0
	for _, b := range other.journal.blocks() {
		for i, f := range b.facts {
			h.journal.put(deals[b.deals[i]], codes.of(f))
		}
	}
	if alone {
		h.unique = h.journal.n
	} else if h.journal.n > 2*h.unique {
		h.compact()
	}
	return nil
}

// compact drops what stands twice. Merge does so whenever there may be twice
// as much as there was without doubles: often enough to bound the memory,
// and seldom enough to cost little for each fact.
func (h *Histories) compact() {
	deals := h.journal.byDeal(h.Len())
	h.journal = journal{}
	for deal := range h.Len() {
		for _, f := range h.ordered(&deals) {
			h.journal.put(uint32(deal), f)
		}
	}
	h.unique = h.journal.n
}

// ordered gives the facts of the next deal in order, each once. They may not
// be changed.
func (h *Histories) ordered(deals *byDeal) []fact {
	facts := deals.next()
	switch {
	case deals.own:
		return h.canonical(facts)
	case h.isCanonical(facts):
		return facts
	}
	return h.canonical(slices.Clone(facts))
}
