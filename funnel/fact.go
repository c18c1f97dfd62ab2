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

// lists are what the codes of facts stand for.
type lists struct {
	places list[place]
	words  list[string] // owners, reasons, activities
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
	case isOwner, isReason, isActivity:
		return cmp.Compare(l.words.items[a.code], l.words.items[b.code])
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
	case isOwner, isReason, isActivity:
		f.code = l.words.code(from.words.items[f.code])
	case isAmount, isListPrice, isProbability:
		f.code = l.values.code(from.values.items[f.code])
	}
	return f
}

// of takes an event apart and appends its facts. The pipeline of the event
// is the one given.
func (l *lists) of(e *Event, pipeline string, facts []fact) []fact {
	at, ok := micro(e.At)
	state := func(k kind, code uint32) { facts = append(facts, fact{at, e.Seq, code, k}) }
	stage := func(k kind, stage string) {
		if stage != "" {
			state(k, l.places.code(place{pipeline, stage}))
		}
	}
	word := func(k kind, word string) {
		if word != "" {
			state(k, l.words.code(word))
		}
	}
	value := func(k kind, v kpi.Value) {
		if v != (kpi.Value{}) {
			state(k, l.values.code(v))
		}
	}
	day := func(k kind, d calendar.Day) {
		switch {
		case d.Valid():
			state(k, uint32(d))
		case !d.IsZero():
			ok = false
		}
	}
	if e.Birth {
		state(isBirth, 0)
	}
	stage(isFrom, e.From)
	stage(isStage, e.Stage)
	word(isOwner, e.Owner)
	value(isAmount, e.Amount)
	value(isListPrice, e.ListPrice)
	value(isProbability, e.Probability)
	day(isClose, e.ExpectedClose)
	if e.Category > 0 && e.Category < categories {
		state(isCategory, uint32(e.Category))
	}
	word(isReason, e.Reason)
	day(isNextStep, e.NextStep)
	word(isActivity, e.Activity)
	if e.Removed {
		state(isRemoved, 0)
	}
	if !ok {
		facts = append(facts, fact{at: undated, kind: isStrange})
	}
	return facts
}
