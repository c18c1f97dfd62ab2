package funnel

import "slices"

// issue is one line of a [Quality]: a line here is all that another one takes.
type issue struct {
	code string
	kind IssueKind
	in   func(*Analysis, *sight) bool
}

// issues are the issues of deals that count, in the order in which they are
// given. Those of deals that do not are their exclusions.
func issues() []issue {
	flaw := func(f flaws) func(*Analysis, *sight) bool {
		return func(_ *Analysis, s *sight) bool { return s.life.flaws&f != 0 }
	}
	mark := func(m marks) func(*Analysis, *sight) bool {
		return func(_ *Analysis, s *sight) bool { return s.marks&m != 0 }
	}
	return []issue{
		{"closed_before_created", Suspicious, flaw(closedBeforeStart)},
		{"event_before_created", Suspicious, flaw(beforeBirth)},
		{"reopened", Suspicious, flaw(reopened)},
		{"moved_pipeline", Suspicious, flaw(moved)},
		{"conflicting_values", Suspicious, flaw(conflicting)},
		{"probability_out_of_range", Suspicious, flaw(badProbability)},
		{"time_out_of_range", Suspicious, flaw(strange)},
		{"in_unknown_stage", Suspicious, flaw(strayed)},
		{"after_as_of", Suspicious, flaw(ahead)},
		{"moved_back", Suspicious, func(a *Analysis, s *sight) bool { return a.movedBack(s.life) }},
		{"sequence_against_time", Suspicious, mark(disorderly)},
		{"no_start_time", Suspicious, func(a *Analysis, s *sight) bool {
			return s.life.startedDay.IsZero() && int(s.life.level) >= a.start // else it has not come to its start
		}},
		{"no_close_time", Suspicious, func(_ *Analysis, s *sight) bool { return s.life.outcome != Open && s.life.closedDay.IsZero() }},
		{"history_begins_late", Suspicious, func(_ *Analysis, s *sight) bool { return s.life.entered&1 == 0 && !s.life.born }},
		{"started_before_window", Suspicious, func(a *Analysis, s *sight) bool {
			return !s.life.startedDay.IsZero() && s.life.startedDay < a.window.ClosingsFrom
		}},
		{"open_without_value", Suspicious, unvalued(Open)},
		{"won_without_value", Suspicious, unvalued(Won)},
		{"lost_without_value", Suspicious, unvalued(Lost)},
		{"negative_value", Suspicious, func(a *Analysis, s *sight) bool {
			return a.value(s.life.amount).Sign() < 0 || a.value(s.life.listPrice).Sign() < 0
		}},
		{"stale_age", Suspicious, func(a *Analysis, s *sight) bool { return s.life.outcome == Open && a.tooOld(s.life) }},
		{"stale_past_close", Suspicious, func(a *Analysis, s *sight) bool { return s.life.outcome == Open && a.pastClose(s.life, a.q.Stale) }},
		{"expected_before_created", Suspicious, func(_ *Analysis, s *sight) bool {
			return !s.life.expected.IsZero() && s.life.expected < s.life.createdDay
		}},

		{"creation_assumed", Repaired, func(_ *Analysis, s *sight) bool {
			return s.life.number == 1 && !s.life.born && !s.life.createdDay.IsZero()
		}},
		{"creation_without_stage", Repaired, mark(stageless)},
		{"stage_repeated", Repaired, mark(repeated)},
		{"undated_stage_placed", Repaired, mark(placed)},
		{"undated_stage_left_out", Repaired, mark(leftOut)},
		{"stage_from_next_row", Repaired, mark(inferred)},
		{"ordered_by_stage", Repaired, mark(tied)},
	}
}

// unvalued finds deals of an outcome that have no value, or take it back.
func unvalued(outcome Outcome) func(*Analysis, *sight) bool {
	return func(a *Analysis, s *sight) bool { return s.life.outcome == outcome && !a.worth(s.life).Defined() }
}

// movedBack reports whether a life went from an open stage to an earlier one.
func (a *Analysis) movedBack(l *life) bool {
	for i := 1; i < len(l.visits); i++ {
		if before := l.visits[i-1].rank; l.visits[i].rank < before && int(before) < a.route.open {
			return true
		}
	}
	return false
}

// sight is a life with what a second look at the facts of its deal shows.
type sight struct {
	life  *life
	marks marks // of the deal, with its last life alone
}

// marks are what a reading puts right and does not keep.
type marks uint8

const (
	repeated   marks = 1 << iota // the stage where it already was was stated again
	placed                       // an undated stage took its place before a later one
	leftOut                      // an undated stage says what a dated one does
	tied                         // two stages of one instant: the order of the stages decided
	stageless                    // its creation names no stage
	inferred                     // a stage is on record only as the one that the next row came from
	disorderly                   // a later event has a smaller sequence number
)

// inspect looks at every life again.
func (a *Analysis) inspect(do func(*sight)) {
	r := a.reading
	r.visits, r.dated, r.undated, r.merged = nil, nil, nil, nil // its own
	for i, l := range a.lives {
		s := sight{life: l}
		if i+1 == len(a.lives) || a.lives[i+1].deal != l.deal {
			s.marks = r.marks(l.ofDeal())
		}
		do(&s)
	}
}

// marks looks at the facts of a deal.
func (r *reading) marks(facts []fact) (m marks) {
	s := r.scan(facts)
	slices.SortFunc(r.dated, entry.compare)
	var known uint64 // a bit for each rank
	before := entry{rank: -1}
	for _, e := range r.dated {
		known |= 1 << e.rank
		m |= e.marks(before)
		before = e
	}
	for i := range r.undated {
		switch {
		case known>>r.undated[i].rank&1 != 0:
			m |= leftOut
		case !r.ends(&r.undated[i]) && len(r.dated)+len(r.undated) > 1:
			m |= placed
		}
	}
	if s.birth.at != undated && (len(r.dated) == 0 || r.dated[0].order != byBirth) {
		m |= stageless
	}
	return m
}

// marks compares an arrival with the one before it.
func (e entry) marks(before entry) (m marks) {
	switch {
	case e.order == byFrom && e.rank != before.rank:
		m |= inferred
	case e.order != byFrom && e.rank == before.rank:
		m |= repeated
	}
	if before.rank < 0 || e.order == byBirth || before.order == byBirth {
		return m
	}
	if e.at == before.at && e.seq == before.seq && e.rank != before.rank && e.order == before.order {
		m |= tied
	}
	if e.at > before.at && e.seq < before.seq && e.seq != 0 {
		m |= disorderly
	}
	return m
}
