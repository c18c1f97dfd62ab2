package funnel

import (
	"slices"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// life is one deal as it stands on the as-of instant.
type life struct {
	Deal

	here    int    // rank of the open stage where it is, or was when it closed
	level   int    // highest rank of an open stage that it reached
	entered uint64 // a bit for each open stage with an entry on record
	born    bool   // the creation is on record

	flaws   flaws
	unknown []uint32 // codes of places that stand in no pipeline
	age     int      // days from start to the as-of day of an open deal, −1 unknown
	cycle   int      // days from start to close, −1 unknown or contradictory
}

// flaws are what findings count.
type flaws uint16

const (
	reopened flaws = 1 << iota
	moved
	conflicting
	beforeBirth
	closedBeforeStart
	badProbability
	strange
)

// reading is the reading of histories for one question.
type reading struct {
	h     *Histories
	route route
	spots []spot // the meaning of every place by its code
	loc   *time.Location
	asOf  int64
	day   calendar.Day // of asOf
	start int          // rank of the start stage, −1 for the creation

	facts          []fact  // of the deal being read
	dated, undated []entry // likewise
}

func (r *reading) dayOf(at int64) calendar.Day { return dayOf(at, r.loc) }

// read gives one deal; counted is false, with the reason, where it does not
// count.
func (r *reading) read(i int) (l *life, why Exclusion, counted bool) {
	r.facts = r.h.canonical(append(r.facts[:0], r.h.facts[i]...))
	why, counted = r.countable(r.h.ids[i])
	if !counted {
		return nil, why, false
	}
	l = &life{Deal: Deal{ID: r.h.ids[i]}}
	if later := slices.IndexFunc(r.facts, func(f fact) bool { return f.at > r.asOf }); later >= 0 {
		r.facts = r.facts[:later]
	}
	birth := r.collect(l)
	started, closed := r.follow(l, path(r.dated, r.undated, birth.at), birth)
	r.attributes(l, started, closed)
	r.judge(l)
	return l, 0, true
}

// countable decides by the reasons in the order of the constants.
func (r *reading) countable(id string) (why Exclusion, ok bool) {
	var staged, later, begun, known bool
	rank := -1
	for _, f := range r.facts {
		here := spot{known: true}
		switch {
		case f.kind == isFrom || f.kind == isStage:
			here = r.spots[f.code]
		case f.kind != isBirth || f.at == undated || len(r.h.pipelines) > 1:
			continue
		}
		staged = true
		if f.at > r.asOf {
			later = true
			continue
		}
		begun = begun || f.at != undated
		if here.known {
			known, rank = true, here.rank
		}
	}
	switch {
	case id == "":
		return NoID, false
	case !staged:
		return NoStage, false
	case later && !begun:
		return NotBegun, false
	case !known:
		return UnknownStage, false
	}
	return OtherPipeline, rank >= 0
}

// collect sorts out the arrivals of a deal, notes what looks wrong, and gives
// the birth: a fact that is undated where none is on record.
func (r *reading) collect(l *life) (birth fact) {
	birth = fact{at: undated}
	r.dated, r.undated = r.dated[:0], r.undated[:0]
	for _, f := range r.facts {
		if f.kind == isBirth && birth.at == undated {
			birth = f
		}
	}
	for n, f := range r.facts {
		switch f.kind {
		case isBirth:
		case isStrange:
			l.flaws |= strange
		case isFrom, isStage:
			r.enter(l, f, birth)
		default:
			if n > 0 && sameField(r.facts[n-1], f) {
				l.flaws |= conflicting
			}
		}
	}
	l.born = birth.at != undated
	return birth
}

func sameField(f, g fact) bool { return f.at == g.at && f.seq == g.seq && f.kind == g.kind }

func (r *reading) enter(l *life, f, birth fact) {
	here := r.spots[f.code]
	e := entry{at: f.at, seq: f.seq, rank: here.rank, order: byStage, untimed: f.at == undated}
	switch {
	case !here.known:
		l.unknown = append(l.unknown, f.code)
		return
	case here.rank < 0:
		l.flaws |= moved
		return
	case f.kind == isFrom:
		e.order, e.untimed = byFrom, true
	case f.at == birth.at && f.seq == birth.seq:
		e.order = byBirth
	}
	if f.at == undated {
		r.undated = append(r.undated, e)
	} else {
		r.dated = append(r.dated, e)
	}
}

// follow walks the path and gives the instants of start and closing, undated
// where they are not known.
func (r *reading) follow(l *life, path []entry, birth fact) (started, closed int64) {
	created, closed := birth.at, undated
	if created == undated && len(path) > 0 && path[0].rank < r.route.open {
		created = path[0].since()
	}
	started, reached := created, r.start < 0
	if !reached {
		started = undated
	}
	for i, e := range path {
		if e.rank >= r.route.open {
			l.Outcome, l.End, closed = r.route.stages[e.rank].Outcome, r.route.stages[e.rank].ID, e.since()
			continue
		}
		if i > 0 && l.Outcome != Open {
			l.flaws |= reopened
		}
		l.Outcome, l.End, closed = Open, "", undated
		l.here, l.level, l.entered = e.rank, max(l.level, e.rank), l.entered|1<<e.rank
		if !reached && e.rank >= r.start {
			started, reached = e.since(), true
		}
		if l.born && !e.untimed && r.dayOf(e.at) < r.dayOf(birth.at) {
			l.flaws |= beforeBirth
		}
	}
	if l.Outcome == Won {
		l.level = r.route.open - 1
	}
	l.Stage = r.route.stages[l.here].ID
	l.Created, l.Started, l.Closed = r.dayOf(created), r.dayOf(started), r.dayOf(closed)
	return started, closed
}

// attributes takes the latest of each attribute, and the owners of two
// instants.
func (r *reading) attributes(l *life, started, closed int64) {
	l.Probability = r.route.stages[l.here].Probability
	owned := false
	for _, f := range r.facts {
		switch f.kind {
		case isOwner:
			owner := r.h.owners.items[f.code]
			if !owned || closed == undated || f.at <= closed {
				l.Owner = owner
			}
			if !owned || f.at <= started {
				l.OwnerAtEntry = owner
			}
			owned = true
		case isAmount:
			l.Amount = r.h.values.items[f.code]
		case isListPrice:
			l.ListPrice = r.h.values.items[f.code]
		case isClose:
			l.ExpectedClose = calendar.Day(f.code)
		case isProbability:
			r.probability(l, r.h.values.items[f.code])
		}
	}
}

func (r *reading) probability(l *life, own kpi.Value) {
	switch {
	case isShare(own):
		l.Probability = own
	case own.Defined():
		l.flaws |= badProbability
		fallthrough
	default:
		l.Probability = r.route.stages[l.here].Probability
	}
}

// judge gives age and cycle, where dates are known and do not contradict.
func (r *reading) judge(l *life) {
	l.age, l.cycle = -1, -1
	if !l.Closed.IsZero() && l.Closed < max(l.Created, l.Started) {
		l.flaws |= closedBeforeStart
	}
	switch {
	case l.Started.IsZero():
	case l.Outcome == Open:
		l.age = r.day.Sub(l.Started)
	case l.Closed.IsZero() || len(l.unknown) > 0 || l.flaws&(closedBeforeStart|beforeBirth) != 0:
	default:
		l.cycle = l.Closed.Sub(l.Started)
	}
}
