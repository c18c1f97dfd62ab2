package funnel

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// kind tells what a fact is about. The order is part of the binary form.
type kind uint8

const (
	isBirth       kind = iota
	isFrom             // was in a place until then
	isStage            // is in a place from then on
	isOwner            // and so on
	isAmount           //
	isListPrice        //
	isProbability      //
	isClose            //
	isCategory         //
	isReason           //
	isNextStep         //
	isActivity         // something done at that instant
	isRemoved          // deleted; last, so that it wins over a stage of the same row
	isStrange          // an instant or day that is outside 1900–2200
	kinds         = iota
)

// fact is one statement about one deal: an event is taken apart into as many
// as it states. code stands for what is stated, in the lists of the
// Histories; of a day or a category it is the thing itself.
type fact struct {
	at, seq int64
	code    uint32
	kind    kind
}

// place is a stage of a pipeline as events name it, known or not.
type place struct{ pipeline, stage string }

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.pipeline, q.pipeline), cmp.Compare(p.stage, q.stage))
}

// list numbers the different things it is given.
type list[T comparable] struct {
	items []T
	codes map[T]uint32
}

func (l *list[T]) code(item T) uint32 {
	if code, ok := l.codes[item]; ok {
		return code
	}
	if l.codes == nil {
		l.codes = map[T]uint32{}
	}
	code := uint32(len(l.items))
	l.items = append(l.items, item)
	l.codes[item] = code
	return code
}

// lists are what the codes of facts stand for; every code stands in some fact.
type lists struct {
	places list[place]
	words  list[string] // owners, reasons, activities
	values list[kpi.Value]

	recent [64]recent // places by the shape of their names, see stage
}

// recent is a place as an event named it.
type recent struct {
	pipeline, stage string
	code            uint32
}

// stage gives the code of the place that an event means by a stage. The few
// that come all the time are found without hashing them.
func (h *Histories) stage(e *Event, stage string) uint32 {
	n := len(stage)
	r := &h.recent[(n+int(stage[0])+4*int(stage[n-1]))%len(h.recent)]
	if r.stage == stage && r.pipeline == e.Pipeline {
		return r.code
	}
	code := h.places.code(place{h.pipelineOf(e), stage})
	if len(h.pipelines) == 1 || e.Pipeline != "" { // else From may mean another place in another event
		*r = recent{e.Pipeline, stage, code}
	}
	return code
}

// compare orders facts by instant, sequence, kind and content. The order does
// not depend on the codes, and is 0 only for the same fact.
func (l *lists) compare(a, b fact) int {
	switch {
	case a.at != b.at: // as nearly always
		return cmp.Compare(a.at, b.at)
	case a.seq != b.seq:
		return cmp.Compare(a.seq, b.seq)
	case a.kind != b.kind:
		return cmp.Compare(a.kind, b.kind)
	case a.code == b.code:
		return 0
	}
	switch a.kind {
	case isFrom, isStage:
		return l.places.items[a.code].compare(l.places.items[b.code])
	case isOwner, isReason, isActivity:
		return cmp.Compare(l.words.items[a.code], l.words.items[b.code])
	case isAmount, isListPrice, isProbability:
		return l.values.items[a.code].Compare(l.values.items[b.code])
	default:
		return cmp.Compare(a.code, b.code)
	}
}

// canonical sorts facts and drops what stands twice, in place. Most histories
// are short, and many in order already, for which nothing is faster than
// insertion.
func (l *lists) canonical(facts []fact) []fact {
	if len(facts) >= long {
		slices.SortFunc(facts, l.compare)
		return slices.Compact(facts)
	}
	twice := false
	for i := 1; i < len(facts); i++ {
		f, k := facts[i], i
		for ; k > 0 && f.at <= facts[k-1].at; k-- {
			if f.at == facts[k-1].at {
				c := l.compare(f, facts[k-1])
				twice = twice || c == 0
				if c >= 0 {
					break
				}
			}
			facts[k] = facts[k-1]
		}
		facts[k] = f
	}
	if twice {
		return slices.Compact(facts)
	}
	return facts
}

// isCanonical reports whether facts are in order and each stands once.
func (l *lists) isCanonical(facts []fact) bool {
	for i := 1; i < len(facts); i++ {
		if facts[i-1].at >= facts[i].at && l.compare(facts[i-1], facts[i]) >= 0 {
			return false
		}
	}
	return true
}

// translation gives the codes of these lists for those of others.
type translation struct{ places, words, values []uint32 }

func (l *lists) translate(from *lists) translation {
	return translation{l.places.translate(&from.places), l.words.translate(&from.words), l.values.translate(&from.values)}
}

func (l *list[T]) translate(from *list[T]) []uint32 {
	codes := make([]uint32, len(from.items))
	for i, item := range from.items {
		codes[i] = l.code(item)
	}
	return codes
}

// of gives a fact of other lists in the codes of these.
func (t *translation) of(f fact) fact {
	switch f.kind {
	case isFrom, isStage:
		f.code = t.places[f.code]
	case isOwner, isReason, isActivity:
		f.code = t.words[f.code]
	case isAmount, isListPrice, isProbability:
		f.code = t.values[f.code]
	}
	return f
}

// note takes an event apart and keeps what it states about the deal.
func (h *Histories) note(deal uint32, e *Event) {
	at, ok := micro(e.At)
	if ok && placeholder(at) {
		at, ok = undated, false
	}
	n := noting{h, deal, at, e.Seq}
	if e.Birth {
		n.put(isBirth, 0)
	}
	if e.From != "" {
		n.put(isFrom, h.stage(e, e.From))
	}
	if e.Stage != "" {
		n.put(isStage, h.stage(e, e.Stage))
	}
	if e.Owner != "" {
		n.word(isOwner, e.Owner)
	}
	if e.Amount != (kpi.Value{}) {
		n.value(isAmount, e.Amount)
	}
	if e.ListPrice != (kpi.Value{}) {
		n.value(isListPrice, e.ListPrice)
	}
	if e.Probability != (kpi.Value{}) {
		n.value(isProbability, e.Probability)
	}
	if e.ExpectedClose != 0 {
		ok = n.day(isClose, e.ExpectedClose) && ok
	}
	if e.Category > 0 && e.Category < categories {
		n.put(isCategory, uint32(e.Category))
	}
	if e.Reason != "" {
		n.word(isReason, e.Reason)
	}
	if e.NextStep != 0 {
		ok = n.day(isNextStep, e.NextStep) && ok
	}
	if e.Activity != "" {
		n.word(isActivity, e.Activity)
	}
	if e.Removed {
		n.put(isRemoved, 0)
	}
	if !ok {
		h.journal.put(deal, fact{at: undated, kind: isStrange})
	}
}

// noting is what the facts of one event have in common.
type noting struct {
	h       *Histories
	deal    uint32
	at, seq int64
}

func (n *noting) put(k kind, code uint32) { n.h.journal.put(n.deal, fact{n.at, n.seq, code, k}) }

func (n *noting) word(k kind, word string) { n.put(k, n.h.words.code(word)) }

func (n *noting) value(k kind, v kpi.Value) { n.put(k, n.h.values.code(v)) }

// day reports whether the day can be kept.
func (n *noting) day(k kind, d calendar.Day) bool {
	if !d.Valid() {
		return false
	}
	n.put(k, uint32(d))
	return true
}
