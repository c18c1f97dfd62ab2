package steps

import (
	"iter"
	"slices"
	"strings"
)

// Journeys is what is known of many entities: a set of events. They come in
// any order, the same one twice counts once, and two Journeys merge into the
// union of both. It holds facts and no definition: any number of funnels can
// be asked of the same Journeys.
//
// The zero Journeys is empty and ready; it must not be copied once it has
// events. It belongs to one goroutine. [Analyze], [Behind], [Explain] and
// MarshalBinary only read it, so any number of these may run at once as long
// as nobody adds.
type Journeys struct {
	lists
	log   log
	ids   []string
	index map[string]uint32 // none as long as the IDs rise

	recent uint32 // the entity asked for last
	last   uint32 // the furthest entity that has facts

	// apart: facts of one entity do not all follow one another.
	apart bool
	// settled is how many facts there were when last all stood in order, each
	// once.
	settled int
}

// Len gives the number of entities.
func (j *Journeys) Len() int { return len(j.ids) }

// Add takes an event. It never fails: what cannot be used is counted in the
// [Report] under its reason.
func (j *Journeys) Add(e Event) {
	f := j.factOf(e)
	f.entity = j.entity(e.Entity)
	j.put(f)
}

// factOf gives an event as a fact, of no entity yet.
func (j *Journeys) factOf(e Event) fact {
	return fact{at: micro(e.At), seq: e.Seq, kind: j.kind(e.Name, e.Attributes)}
}

// AddSeq takes events of many entities, in any order. It is faster than Add
// for each, and fastest for events that come grouped by entity.
func (j *Journeys) AddSeq(events iter.Seq[Event]) {
	var ids [64]string
	var facts [64]fact
	n := 0
	for e := range events {
		ids[n], facts[n] = e.Entity, j.factOf(e)
		if n++; n == len(ids) {
			j.take(ids[:], facts[:])
			n = 0
		}
	}
	j.take(ids[:n], facts[:n])
}

// take takes facts of entities. One search after the other, with nothing
// between them, lets the processor wait for several at once.
func (j *Journeys) take(ids []string, facts []fact) {
	for i, id := range ids {
		facts[i].entity = j.entity(id)
	}
	for _, f := range facts {
		j.put(f)
	}
}

// AddEntity takes the events of one entity; their own Entity does not matter.
// The entity counts as read even where there are no events.
func (j *Journeys) AddEntity(id string, events iter.Seq[Event]) {
	j.entity(id)
	for e := range events {
		e.Entity = id
		j.Add(e)
	}
}

// entity gives the index of an entity, a new one where it is not yet known.
func (j *Journeys) entity(id string) uint32 {
	n := len(j.ids)
	switch {
	case n == 0:
	case j.ids[j.recent] == id:
		return j.recent
	case j.index != nil || id <= j.ids[n-1]:
		j.mustIndex()
		if i, known := j.index[id]; known {
			j.recent = i
			return i
		}
	}
	j.ids, j.recent = append(j.ids, id), uint32(n)
	if j.index != nil {
		j.index[id] = j.recent
	}
	return j.recent
}

// mustIndex makes the index, which is not needed as long as entities come in
// the order of their IDs.
func (j *Journeys) mustIndex() {
	if j.index != nil {
		return
	}
	j.index = make(map[string]uint32, len(j.ids))
	for i, id := range j.ids {
		j.index[id] = uint32(i)
	}
}

// find gives the index of an entity, if it is known.
func (j *Journeys) find(id string) (uint32, bool) {
	if j.index != nil {
		i, known := j.index[id]
		return i, known
	}
	i, known := slices.BinarySearch(j.ids, id)
	return uint32(i), known
}

func (j *Journeys) put(f fact) {
	j.apart = j.apart || f.entity < j.last
	j.last = max(j.last, f.entity)
	j.log.add(f)
}

// Merge takes in everything that other knows; other is not changed. What both
// know counts once. A nil other is nothing.
func (j *Journeys) Merge(other *Journeys) {
	if other == nil || j == other {
		return
	}
	entities := make([]uint32, len(other.ids))
	for i, id := range other.ids {
		entities[i] = j.entity(id)
	}
	translate := j.translator(&other.lists)
	for _, chunk := range other.log.chunks {
		for _, f := range chunk {
			f = translate(f)
			f.entity = entities[f.entity]
			j.put(f)
		}
	}
	if j.log.n > 2*j.settled {
		j.settle()
	}
}

// settle puts the facts in order, each once, so that merging the same again
// and again takes no more room.
func (j *Journeys) settle() {
	settled := log{}
	j.each(func(_ uint32, facts []fact) {
		for _, f := range tidyFew(facts) {
			settled.add(f)
		}
	})
	j.log, j.apart, j.settled = settled, false, settled.n
	j.last = uint32(max(len(j.ids)-1, 0))
}

// each gives the facts of every entity, in the order of the entities. The
// facts may be changed, and are another's with the next entity.
func (j *Journeys) each(do func(entity uint32, facts []fact)) {
	if j.apart {
		j.eachApart(do)
		return
	}
	var own []fact
	entity := uint32(0)
	flush := func(until uint32) {
		for ; entity < until; entity++ {
			do(entity, own)
			own = own[:0]
		}
	}
	for _, chunk := range j.log.chunks {
		for _, f := range chunk {
			flush(f.entity)
			own = append(own, f)
		}
	}
	flush(uint32(len(j.ids)))
}

// eachApart brings the facts of an entity together first: it counts them and
// then puts each where it belongs.
func (j *Journeys) eachApart(do func(entity uint32, facts []fact)) {
	end := make([]uint32, len(j.ids)) // half the room of ints, which counts here
	for _, chunk := range j.log.chunks {
		for _, f := range chunk {
			end[f.entity]++
		}
	}
	total := uint32(0)
	for i, n := range end {
		end[i] = total
		total += n
	}
	together := make([]fact, total)
	for _, chunk := range j.log.chunks {
		for _, f := range chunk {
			together[end[f.entity]] = f
			end[f.entity]++
		}
	}
	start := uint32(0)
	for i, behind := range end {
		do(uint32(i), together[start:behind])
		start = behind
	}
}

// of gives the facts of one entity, in canonical order, each once.
func (j *Journeys) of(entity uint32) []fact {
	var own []fact
	for _, chunk := range j.log.chunks {
		for _, f := range chunk {
			if f.entity == entity {
				own = append(own, f)
			}
		}
	}
	return tidy(own, j.compare)
}

// sorted gives the entities in the order of their IDs.
func (j *Journeys) sorted() []uint32 {
	order := make([]uint32, len(j.ids))
	for i := range order {
		order[i] = uint32(i)
	}
	if j.index != nil {
		slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(j.ids[a], j.ids[b]) })
	}
	return order
}
