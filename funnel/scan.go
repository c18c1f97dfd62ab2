package funnel

// scan is what one look at the facts of a deal tells, before its way is
// followed.
type scan struct {
	n          int   // how many facts lie up to the as-of instant
	birth      fact  // undated where none is on record
	seen       flaws // what looks wrong
	attributes bool  // something else than stages is stated

	staged, later   bool // a stage is stated, and one after the as-of instant
	begun, known    bool // one up to it with an instant, and one that some pipeline has
	removed, strays bool // it was deleted; its latest stage is one of another pipeline
}

// scan looks at the facts of a deal, in order, and sorts out its arrivals.
func (r *reading) scan(facts []fact) scan {
	s := scan{n: len(facts), birth: fact{at: undated}}
	r.dated, r.undated = r.dated[:0], r.undated[:0]
	for i := range facts {
		f := &facts[i]
		if f.at > r.asOf {
			s.n = i
			s.seen |= ahead
			s.afterwards(facts[i:], r.pipelines)
			break
		}
		switch f.kind {
		case isStage, isFrom:
			s.staged, s.begun = true, s.begun || f.at != undated
			s.removed = s.removed && f.kind == isFrom
			r.enter(&s, f)
		case isBirth:
			r.born(&s, f)
		case isRemoved:
			s.removed = true
		case isStrange:
			s.seen |= strange
		case isReason, isActivity: // several of an instant are no contradiction
		default:
			s.attributes = true
			if i > 0 && sameField(facts[i-1], *f) {
				s.seen |= conflicting
			}
		}
	}
	return s
}

func sameField(f, g fact) bool { return f.at == g.at && f.seq == g.seq && f.kind == g.kind }

// born notes a birth. Where there is one pipeline it says as much as a stage.
func (r *reading) born(s *scan, f *fact) {
	if f.at == undated {
		return
	}
	if s.birth.at == undated {
		s.birth = *f
	}
	if r.pipelines == 1 {
		s.staged, s.begun, s.known, s.removed, s.strays = true, true, true, false, false
	}
}

// afterwards looks at facts after the as-of instant.
func (s *scan) afterwards(facts []fact, pipelines int) {
	for i := range facts {
		if k := facts[i].kind; k == isStage || k == isFrom || k == isBirth && pipelines == 1 {
			s.staged, s.later = true, true
			return
		}
	}
}

// enter notes an arrival, and what is wrong with it.
func (r *reading) enter(s *scan, f *fact) {
	here := r.spots[f.code]
	if !here.known {
		s.seen |= strayed
		return
	}
	s.known, s.strays = true, here.rank < 0
	if here.rank < 0 {
		s.seen |= moved
		return
	}
	into := &r.dated
	if f.at == undated {
		into = &r.undated
	}
	e := next(into)
	e.at, e.seq, e.rank, e.order, e.untimed = f.at, f.seq, here.rank, byStage, f.at == undated
	switch {
	case f.kind == isFrom:
		e.order, e.untimed = byFrom, true
	case f.at == s.birth.at && f.seq == s.birth.seq:
		e.order = byBirth
	}
}

// countable decides by the reasons in the order of the constants.
func (s *scan) countable(id string) (why Exclusion, ok bool) {
	switch {
	case id == "":
		return NoID, false
	case !s.staged:
		return NoStage, false
	case s.later && !s.begun:
		return NotBegun, false
	case !s.known:
		return UnknownStage, false
	case s.strays:
		return OtherPipeline, false
	}
	return WasRemoved, !s.removed
}
