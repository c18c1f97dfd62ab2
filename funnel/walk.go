package funnel

import "slices"

// A walk follows deals through a window of instants. At every instant a deal
// stands where [Analyze] as of that instant would put it, so a walk begins and
// ends with the snapshots of its window; in between it takes every stage that
// the deal passed, those within one instant too.
type walk struct {
	reading         // a copy, whose asOf is the instant being looked at
	from, to  int64 // after from, up to to
	worthKind kind

	steps []entry // of the deal being followed: its path up to asOf
	turns []turn  // likewise
}

// turn is one step of a deal: first what its value did where it was, then
// where it went. Either may be nothing.
type turn struct {
	at       int64
	from, to standing
	was, is  uint32 // codes of its worth
}

// track is a deal to follow.
type track struct {
	deal  int32
	facts []fact  // up to the as-of instant
	lives []*life // those that the analysis holds; none where it is gone
}

// holds reports whether a life belongs to the analysis. Of a deal that is
// gone every one does.
func (t track) holds(number int32) bool {
	return len(t.lives) == 0 || slices.ContainsFunc(t.lives, func(l *life) bool { return l.number == number })
}

// eachTrack hands out the deals of the analysis, those that are gone last.
func (a *Analysis) eachTrack(do func(track)) {
	for i, n := 0, 0; i < len(a.lives); i = n {
		for n = i + 1; n < len(a.lives) && a.lives[n].deal == a.lives[i].deal; n++ {
		}
		do(track{a.lives[i].deal, a.lives[i].ofDeal(), a.lives[i:n]})
	}
	for _, g := range a.gone {
		do(track{g.life.deal, g.facts, nil})
	}
}

// ofDeal gives the facts of the whole deal. Those of a life that was followed
// by another are cut off at the front of them.
func (l *life) ofDeal() []fact { return l.facts[:cap(l.facts)] }

func (a *Analysis) newWalk(from, to int64) *walk {
	w := &walk{reading: a.reading, from: from, to: to, worthKind: a.q.ValueBy.kind()}
	w.visits, w.dated, w.undated, w.merged = nil, nil, nil, nil // its own
	return w
}

// kind gives the facts that say what a deal is worth.
func (v ValueBy) kind() kind {
	if v == ByListPrice {
		return isListPrice
	}
	return isAmount
}

// stock is where a deal stands and what it is worth there.
type stock struct {
	standing
	worth uint32
}

// follow gives where a deal stands as the window begins and ends, and leaves
// its turns.
func (w *walk) follow(t track) (opening, closing stock) {
	w.turns = w.turns[:0]
	i := len(until(t.facts, w.from))
	here := stock{worth: none}
	for _, f := range t.facts[:i] {
		here.worth = w.worth(here.worth, f)
	}
	if i == len(t.facts) && len(t.lives) > 0 {
		here.standing = t.lives[len(t.lives)-1].standing()
	} else {
		here.standing = w.standing(t, w.from)
	}
	opening = here
	for i < len(t.facts) && t.facts[i].at <= w.to {
		here, i = w.pass(t, i, here)
	}
	return opening, here
}

// pass takes the facts of one instant, the first of which is facts[i].
func (w *walk) pass(t track, i int, here stock) (after stock, next int) {
	at, was, moved := t.facts[i].at, here.worth, false
	for ; i < len(t.facts) && t.facts[i].at == at; i++ {
		here.worth = w.worth(here.worth, t.facts[i])
		switch t.facts[i].kind {
		case isBirth, isFrom, isStage, isRemoved:
			moved = true
		}
	}
	first := len(w.turns)
	if moved {
		here.standing = w.move(here, w.standing(t, at), at)
	}
	if first == len(w.turns) && was != here.worth {
		w.turns = append(w.turns, turn{at, here.standing, here.standing, was, here.worth})
	} else if first < len(w.turns) {
		w.turns[first].was = was
	}
	return here, i
}

func (w *walk) worth(was uint32, f fact) uint32 {
	if f.kind == w.worthKind {
		return f.code
	}
	return was
}

// standing gives where a deal stands at an instant, and leaves the path there in steps.
func (w *walk) standing(t track, at int64) standing {
	w.asOf, w.steps = at, w.steps[:0]
	seen := w.scan(t.facts)
	if why, counted := seen.countable(w.ids[t.deal]); !counted {
		return outside(why)
	}
	w.steps = append(w.steps, w.path(seen.birth.at)...)
	s := standing{number: 1}
	if end := len(w.steps); end > 0 {
		s.rank, s.number = int(w.steps[end-1].rank), w.lifeOf(end-1)
	}
	return s
}

// standing gives where a life stands on the as-of instant.
func (l *life) standing() standing {
	if l.outcome == Open {
		return standing{rank: int(l.here), number: l.number}
	}
	return standing{rank: int(l.end), number: l.number}
}

// lifeOf gives the number of the life to which a step of the path belongs.
func (w *walk) lifeOf(step int) int32 {
	number := int32(1)
	if w.policy.Lives == NewLife {
		for i := 1; i <= step; i++ {
			if w.begins(i) {
				number++
			}
		}
	}
	return number
}

// begins reports whether a step opens again what had come to an end.
func (w *walk) begins(step int) bool {
	return w.ends(&w.steps[step-1]) && !w.ends(&w.steps[step])
}

// move appends the turns of an instant, from where the deal was through the
// stages that it passed in that instant to where it is.
func (w *walk) move(here stock, next standing, at int64) standing {
	worth, from := here.worth, here.standing
	visit := func(to standing) {
		if !from.samePlace(to) && (from.rank >= 0 || to.rank >= 0) {
			w.turns = append(w.turns, turn{at, from, to, worth, worth})
		}
		from = to
	}
	if next.rank < 0 {
		next.number = from.number
	} else {
		for i := w.firstAt(at, from); i < len(w.steps); i++ {
			visit(standing{rank: int(w.steps[i].rank), number: w.lifeOf(i)})
		}
	}
	visit(next)
	return next
}

// firstAt gives the first step of the path that belongs to an instant. Where
// a new life has begun since, it is at the latest the end of the one before.
func (w *walk) firstAt(at int64, from standing) int {
	first := len(w.steps)
	for first > 0 && w.steps[first-1].at == at {
		first--
	}
	if from.rank >= 0 && w.policy.Lives == NewLife {
		for i, number := 1, int32(1); i <= first && i < len(w.steps); i++ {
			if w.begins(i) {
				if number == from.number {
					return i - 1
				}
				number++
			}
		}
	}
	return first
}
