package funnel

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
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
	isStrange          // an instant or day that is outside 1900–2200
	kinds         = iota
)

// fact is one statement about one deal: an event is taken apart into as many
// as it states. code stands for what is stated, in the lists of the
// Histories; of an expected close it is the day itself.
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

// lists are what the codes of facts stand for.
type lists struct {
	places list[place]
	owners list[string]
	values list[kpi.Value]
}

// compare orders facts by instant, sequence, kind and content. The order does
// not depend on the codes, and is 0 only for the same fact.
func (l *lists) compare(a, b fact) int {
	if c := cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.seq, b.seq), cmp.Compare(a.kind, b.kind)); c != 0 || a.code == b.code {
		return c
	}
	switch a.kind {
	case isFrom, isStage:
		return l.places.items[a.code].compare(l.places.items[b.code])
	case isOwner:
		return cmp.Compare(l.owners.items[a.code], l.owners.items[b.code])
	case isAmount, isListPrice, isProbability:
		return l.values.items[a.code].Compare(l.values.items[b.code])
	default:
		return cmp.Compare(a.code, b.code)
	}
}

// canonical sorts facts and drops what stands twice, in place.
func (l *lists) canonical(facts []fact) []fact {
	slices.SortFunc(facts, l.compare)
	return slices.Compact(facts)
}

// take gives a fact of other lists in the codes of these.
func (l *lists) take(f fact, from *lists) fact {
	switch f.kind {
	case isFrom, isStage:
		f.code = l.places.code(from.places.items[f.code])
	case isOwner:
		f.code = l.owners.code(from.owners.items[f.code])
	case isAmount, isListPrice, isProbability:
		f.code = l.values.code(from.values.items[f.code])
	}
	return f
}

// of takes an event apart and appends its facts. The pipeline of the event
// is the one given.
func (l *lists) of(e Event, pipeline string, facts []fact) []fact {
	at, ok := micro(e.At)
	closeOK := e.ExpectedClose.IsZero() || e.ExpectedClose.Valid()
	if !ok || !closeOK {
		facts = append(facts, fact{at: undated, kind: isStrange})
	}
	if e.Birth {
		facts = append(facts, fact{at, e.Seq, 0, isBirth})
	}
	if e.From != "" {
		facts = append(facts, fact{at, e.Seq, l.places.code(place{pipeline, e.From}), isFrom})
	}
	if e.Stage != "" {
		facts = append(facts, fact{at, e.Seq, l.places.code(place{pipeline, e.Stage}), isStage})
	}
	if e.Owner != "" {
		facts = append(facts, fact{at, e.Seq, l.owners.code(e.Owner), isOwner})
	}
	if e.Amount != (kpi.Value{}) {
		facts = append(facts, fact{at, e.Seq, l.values.code(e.Amount), isAmount})
	}
	if e.ListPrice != (kpi.Value{}) {
		facts = append(facts, fact{at, e.Seq, l.values.code(e.ListPrice), isListPrice})
	}
	if e.Probability != (kpi.Value{}) {
		facts = append(facts, fact{at, e.Seq, l.values.code(e.Probability), isProbability})
	}
	if closeOK && !e.ExpectedClose.IsZero() {
		facts = append(facts, fact{at, e.Seq, uint32(e.ExpectedClose), isClose})
	}
	return facts
}
