package steps

import (
	"math"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Analyze answers a question about a step funnel. It only reads the journeys.
// The definition, the question and what they contradict are errors; data never
// are: what cannot be used is counted under its reason.
//
// It takes time in proportion to the events and steps, and to sort the events
// of each entity; a breakdown by AllEvents or AtStep takes as much again for
// every value that an entity has.
func Analyze(j *Journeys, d Definition, q Question) (Report, error) {
	a, err := newAnalysis("steps.Analyze", j, d, q)
	if err != nil {
		return Report{}, err
	}
	trend := a.newTrend()
	groups := a.newGroups()
	counts := newCounter(a)
	j.each(func(entity uint32, facts []fact) {
		visits, fate := a.visitsOf(entity, facts, &counts.events)
		counts.add(visits, fate)
		trend.add(visits)
		groups.add(visits)
	})
	r := counts.report()
	r.Trend = trend.report()
	r.Breakdown = groups.report()
	r.Findings = a.findings(&r, counts)
	return r, nil
}

// analysis is a question being answered.
type analysis struct {
	engine
	j        *Journeys
	q        Question
	hash     string
	asOf     int64
	from, to int     // the steps asked for
	horizons []int64 // by step
	touch    toucher
	older    verdict // see ripe

	entriesFrom, entriesBefore int64 // bound the starts of attempts
}

func newAnalysis(op string, j *Journeys, d Definition, q Question) (*analysis, error) {
	problems := check.List{Op: op}
	if j == nil {
		problems.Add(check.ErrMissing, "journeys", "missing_journeys", nil)
	}
	hash, err := d.Hash()
	problems.Nest("definition", err)
	if err == nil {
		q.check(&problems, d)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	a := &analysis{j: j, q: q, hash: hash, asOf: micro(q.AsOf), entriesFrom: math.MinInt64, entriesBefore: math.MaxInt64}
	a.plan, a.timeline = newPlan(d, &j.lists), newTimeline(d)
	a.from, a.to = d.between(&problems, q.From, q.To)
	for step := range d.Steps {
		a.horizons = append(a.horizons, a.horizon(step))
	}
	if !q.Entries.IsZero() {
		a.entriesFrom, a.entriesBefore = startOf(q.Entries.Start(), q.Location), startOf(q.Entries.End(), q.Location)
	}
	a.touch = newToucher(q.Breakdown, &j.lists)
	return a, nil
}

// visitsOf gives the attempts of an entity that count for the question, and
// why there are none.
func (a *analysis) visitsOf(entity uint32, facts []fact, n *eventCounter) ([]attempt, Fate) {
	if a.def.Order == Unordered { // there it hangs on the order which events open attempts
		facts = tidy(facts, a.j.compare)
	} else {
		facts = tidyFew(facts)
	}
	n.Read += int64(len(facts))
	if a.j.ids[entity] == "" {
		n.NoID += int64(len(facts))
		return nil, NoID
	}
	dated := a.dated(facts, n)
	begun := a.begun(dated, n)
	switch {
	case len(dated) == 0:
		return nil, NoTime
	case len(begun) == 0:
		return nil, NotBegun
	}
	a.touch.see(begun, &a.j.lists)
	a.load(a.relevant(begun, n), a.def.Ties == BySequence)
	a.run()
	visits := a.among(a.attempts)
	if len(visits) == 0 {
		return nil, NoEntry
	}
	return visits, Converted
}

// dated gives the facts that have an instant.
func (a *analysis) dated(facts []fact, n *eventCounter) []fact {
	for len(facts) > 0 && facts[0].at <= strange {
		if facts[0].at == undated {
			n.NoTime++
		} else {
			n.OutOfRange++
		}
		facts = facts[1:]
	}
	return facts
}

// begun gives the facts up to the as-of instant.
func (a *analysis) begun(facts []fact, n *eventCounter) []fact {
	for len(facts) > 0 && facts[len(facts)-1].at > a.asOf {
		n.AfterAsOf++
		facts = facts[:len(facts)-1]
	}
	return facts
}

// relevant keeps, in place, the facts that can matter, and what they may be.
func (a *analysis) relevant(facts []fact, n *eventCounter) []fact {
	a.may = a.may[:0]
	kept := facts[:0]
	for _, f := range facts {
		m := a.byKind[f.kind]
		if m == (masks{}) {
			n.Other++
			if a.def.Order != Strict {
				continue
			}
		} else {
			n.count(m)
		}
		kept = append(kept, f)
		a.may = append(a.may, m)
	}
	return kept
}

// among gives those of the attempts that start among the entries asked for.
func (a *analysis) among(attempts []attempt) []attempt {
	for len(attempts) > 0 && attempts[0].start < a.entriesFrom {
		attempts = attempts[1:]
	}
	for len(attempts) > 0 && attempts[len(attempts)-1].start >= a.entriesBefore {
		attempts = attempts[:len(attempts)-1]
	}
	return attempts
}

// isRipe reports whether an attempt had all its time to reach a step.
func (a *analysis) isRipe(visit *attempt, step int) bool {
	horizon := a.horizons[step]
	return horizon != unbounded && visit.start+horizon <= a.asOf
}
