package funnel

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// life is one deal, or one life of a deal that was opened again (see
// [NewLife]), as it stands on the as-of instant. What it states is kept as
// codes into the lists of the analysis: a hundred thousand deals are cheap.
type life struct {
	deal   int32 // index in the analysis's ids
	number int32 // of the life, from 1

	outcome  Outcome
	here     int8 // rank of the open stage where it is, or was when it closed
	level    int8 // highest rank of an open stage that it reached
	end      int8 // rank of the end of a closed deal
	born     bool // the creation is on record
	category Category
	flaws    flaws
	entered  uint64 // a bit for each open stage with an entry on record
	reached  uint64 // a bit for each open stage that it has reached, by the question's policy

	created, started, closed          int64 // instants, undated where not known
	createdDay, startedDay, closedDay calendar.Day

	age, cycle int // days from start to the as-of day of an open deal, to the close of a closed one; −1 unknown or contradictory

	owner, ownerAtEntry            uint32 // codes of words, none
	amount, listPrice, probability uint32 // codes of values, none
	expected, nextStep             calendar.Day
	visits                         []visit // the stages and ends it was in, in order
	facts                          []fact  // what it states up to the as-of instant, in order
}

// visit is the time in one stage or end, until the next visit or the as-of
// instant.
type visit struct {
	at   int64 // undated where not known
	rank int8
}

// none is the code of what is not stated.
const none = 1<<32 - 1

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
	strayed // it was in a place that stands in no pipeline
	ahead   // something is dated after the as-of instant
)

// reading is the reading of histories for one question. It shares nothing
// with them that changes.
type reading struct {
	pipelines int
	ids       []string
	places    []place
	words     []string
	values    []kpi.Value

	route  route
	spots  []spot // the meaning of every place by its code
	days   days
	asOf   int64
	day    calendar.Day // of asOf
	start  int          // rank of the start stage, −1 for the creation
	policy Policy

	visits         []visit
	dated, undated []entry // of the deal being read
	merged         []entry // likewise: its path, where it is not just the dated ones
}

func (r *reading) dayOf(at int64) calendar.Day { return r.days.of(at) }

// read appends the lives of one deal with these facts in order; counted is
// false, with the reason, where it does not count.
func (r *reading) read(facts []fact, i int, lives []life) (all []life, why Exclusion, counted bool) {
	s := r.scan(facts)
	if why, counted = s.countable(r.ids[i]); !counted {
		return lives, why, false
	}
	birth, path := s.birth, r.path(s.birth.at)
	for begin, number := 0, int32(1); begin < len(path) || number == 1; number++ {
		end := r.lifeEnd(path, begin)
		lives = slices.Grow(lives, 1)[:len(lives)+1]
		l := &lives[len(lives)-1]
		l.deal, l.number, l.end, l.facts = int32(i), number, -1, facts[:s.n:s.n] // see ofDeal
		if number > 1 {
			birth = fact{at: path[begin].since()} // it begins where it was opened again
		}
		l.born, l.flaws = birth.at != undated, s.seen
		if end < len(path) {
			l.facts = before(l.facts, path[end].at)
		}
		r.follow(l, path[begin:end], birth)
		r.attributes(l, s.attributes)
		r.judge(l)
		if end < len(path) { // what is seen once about the deal is said once, of its last life
			l.flaws &^= s.seen
		}
		begin = end
	}
	return lives, 0, true
}

// until gives the facts up to an instant, before those earlier than one.
func until(facts []fact, at int64) []fact {
	n := len(facts)
	for n > 0 && facts[n-1].at > at {
		n--
	}
	return facts[:n]
}

func before(facts []fact, at int64) []fact {
	if at == undated {
		return facts
	}
	return until(facts, at-1)
}

// lifeEnd gives where on the path the life ends that begins there.
func (r *reading) lifeEnd(path []entry, begin int) int {
	if r.policy.Lives == NewLife {
		for i := begin + 1; i < len(path); i++ {
			if r.ends(&path[i-1]) && !r.ends(&path[i]) {
				return i
			}
		}
	}
	return len(path)
}

// ends reports whether an arrival is one in an end.
func (r *reading) ends(e *entry) bool { return int(e.rank) >= r.route.open }

// follow walks the path and notes where it leads and when.
func (r *reading) follow(l *life, path []entry, birth fact) {
	l.created, l.closed = birth.at, undated
	if l.created == undated && len(path) > 0 && !r.ends(&path[0]) {
		l.created = path[0].since()
	}
	clock := clock{start: r.start, policy: r.policy.Clock, since: undated}
	r.room(len(path))
	first := len(r.visits)
	for i := range path {
		e := &path[i]
		r.visits = append(r.visits, visit{e.since(), e.rank})
		if r.ends(e) {
			l.outcome, l.end, l.closed = r.route.stages[e.rank].Outcome, e.rank, e.since()
			continue
		}
		if i > 0 && l.outcome != Open || l.number > 1 && i == 0 {
			l.flaws |= reopened
		}
		l.outcome, l.end, l.closed = Open, -1, undated
		l.here, l.level, l.entered = e.rank, max(l.level, e.rank), l.entered|1<<e.rank
		clock.enter(e)
		if l.born && !e.untimed && r.dayOf(e.at) < r.dayOf(birth.at) {
			l.flaws |= beforeBirth
		}
	}
	l.visits = r.visits[first:len(r.visits):len(r.visits)]
	if l.outcome == Won {
		l.level = int8(r.route.open - 1)
	}
	l.reached = r.policy.reached(l, r.route.open)
	l.started = l.created
	if r.start >= 0 {
		l.started = clock.since
	}
	l.createdDay, l.startedDay, l.closedDay = r.dayOf(l.created), r.dayOf(l.started), r.dayOf(l.closed)
}

// room makes sure that so many visits fit behind those that there are; lives
// keep the ones before.
func (r *reading) room(n int) {
	if cap(r.visits)-len(r.visits) < n {
		r.visits = make([]visit, 0, max(n, min(2*cap(r.visits), largestBlock)))
	}
}

// clock finds the entry from which age, cycle and cohort count.
type clock struct {
	start   int
	policy  Clock
	since   int64
	reached bool
}

func (c *clock) enter(e *entry) {
	if c.start < 0 || int(e.rank) < c.start {
		return
	}
	if !c.reached || c.policy == LastEntry && int(e.rank) == c.start {
		c.since, c.reached = e.since(), true
	}
}

// reached gives the stages that a life has reached, a bit for each of the
// open ones.
func (p Policy) reached(l *life, open int) uint64 {
	top := l.level
	if p.Back == Net && l.outcome != Won {
		top = l.here
	}
	upTo := uint64(1)<<(top+1) - 1
	switch p.Skips {
	case Entered:
		return l.entered & upTo
	case Strict:
		next := int8(0)
		for _, v := range l.visits {
			if v.rank == next && int(next) < open {
				next++
			}
		}
		return (uint64(1)<<next - 1) & upTo
	}
	return upTo
}

// attributes takes the latest of each attribute, if any is stated, and the
// owners of two instants.
func (r *reading) attributes(l *life, any bool) {
	l.owner, l.ownerAtEntry, l.amount, l.listPrice, l.probability = none, none, none, none, none
	if !any {
		return
	}
	for _, f := range l.facts {
		switch f.kind {
		case isOwner:
			if l.owner == none || l.closed == undated || f.at <= l.closed {
				l.owner = f.code
			}
			if l.ownerAtEntry == none || f.at <= l.started {
				l.ownerAtEntry = f.code
			}
		case isAmount:
			l.amount = f.code
		case isListPrice:
			l.listPrice = f.code
		case isProbability:
			r.ownProbability(l, f.code)
		case isClose:
			l.expected = calendar.Day(f.code)
		case isNextStep:
			l.nextStep = calendar.Day(f.code)
		case isCategory:
			l.category = Category(f.code)
		}
	}
}

func (r *reading) ownProbability(l *life, code uint32) {
	switch own := r.values[code]; {
	case isShare(own):
		l.probability = code
	case own.Defined():
		l.flaws |= badProbability
		fallthrough
	default:
		l.probability = none
	}
}

// judge gives age and cycle, where dates are known and do not contradict.
func (r *reading) judge(l *life) {
	l.age, l.cycle = -1, -1
	if !l.closedDay.IsZero() && l.closedDay < max(l.createdDay, l.startedDay) {
		l.flaws |= closedBeforeStart
	}
	switch {
	case l.startedDay.IsZero():
	case l.outcome == Open:
		l.age = r.day.Sub(l.startedDay)
	case l.closedDay.IsZero() || l.flaws&(strayed|closedBeforeStart|beforeBirth) != 0:
	default:
		l.cycle = l.closedDay.Sub(l.startedDay)
	}
}

// value gives the value of a code, no data for none.
func (r *reading) value(code uint32) kpi.Value {
	if code == none {
		return kpi.Value{}
	}
	return r.values[code]
}

func (r *reading) word(code uint32) string {
	if code == none {
		return ""
	}
	return r.words[code]
}

// probability gives a deal's own probability, or that of its stage.
func (r *reading) probability(l *life) kpi.Value {
	if l.probability != none {
		return r.values[l.probability]
	}
	return r.route.stages[l.here].Probability
}

// categoryOf gives a deal's own forecast category, or that of its stage, or
// InPipeline.
func (r *reading) categoryOf(l *life) Category {
	if c := l.category; c != NoCategory {
		return c
	}
	if c := r.route.stages[l.here].Category; c != NoCategory {
		return c
	}
	return InPipeline
}
