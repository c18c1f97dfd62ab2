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
// Make one with [New]; it belongs to one goroutine. [Analyze] and
// MarshalBinary only read it, so any number of these may run at once as long
// as nobody adds.
type Histories struct {
	pipelines  []Pipeline
	definition [sha256.Size]byte

	lists
	deals map[string]int // the index of a deal in ids and facts
	ids   []string
	facts [][]fact // in no order, and perhaps twice, until they are read
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
func (h *Histories) Len() int { return len(h.ids) }

// Add takes an event. It never fails: what cannot be used is counted in the
// [Report] under its reason.
func (h *Histories) Add(e Event) {
	i := h.deal(e.Deal)
	h.facts[i] = h.of(&e, h.pipelineOf(&e), h.facts[i])
}

// AddSeq takes events of many deals, in any order.
func (h *Histories) AddSeq(events iter.Seq[Event]) {
	for e := range events {
		h.Add(e)
	}
}

// AddDeal takes the events of one deal, the way a record with its change
// list comes; their own Deal does not matter. The deal counts as read even
// where there are no events.
func (h *Histories) AddDeal(id string, events iter.Seq[Event]) {
	h.deal(id)
	for e := range events {
		e.Deal = id
		h.Add(e)
	}
}

// deal gives the index of a deal, a new one where it is not yet known.
func (h *Histories) deal(id string) int {
	i, known := h.deals[id]
	if !known {
		if h.deals == nil {
			h.deals = map[string]int{}
		}
		i = len(h.ids)
		h.deals[id] = i
		h.ids = append(h.ids, id)
		h.facts = append(h.facts, nil)
	}
	return i
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
	for i, id := range other.ids {
		j := h.deal(id)
		for _, f := range other.facts[i] {
			h.facts[j] = append(h.facts[j], h.take(f, &other.lists))
		}
		h.facts[j] = h.canonical(h.facts[j])
	}
	return nil
}
