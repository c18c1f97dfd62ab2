package funnel

import (
	"slices"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// flowCount fills a Flow deal by deal.
type flowCount struct {
	a *Analysis
	*walk
	flow   Flow
	matrix []Tally // from × to, by the index of a place
	places int
	once   once
}

func newFlowCount(a *Analysis, from, to int64) *flowCount {
	c := &flowCount{a: a, walk: a.newWalk(from, to), places: len(a.route.stages) + len(outsides())}
	c.flow = Flow{
		Pipeline: a.route.pipeline.ID,
		After:    time.UnixMicro(from).UTC(), Until: time.UnixMicro(to).UTC(),
		ValueBy: a.q.ValueBy, Policy: a.q.Policy,
		Stages: make([]StageMovement, a.route.open), Transitions: []Transition{},
	}
	for i := range c.flow.Stages {
		c.flow.Stages[i].Stage = a.route.stages[i].ID
	}
	c.matrix = make([]Tally, c.places*c.places)
	return c
}

// outsides are the places outside the pipeline, in the order of the matrix.
func outsides() []Exclusion { return []Exclusion{NotBegun, OtherPipeline, WasRemoved} }

func (c *flowCount) index(s standing) int {
	if s.rank >= 0 {
		return len(outsides()) + s.rank
	}
	return slices.Index(outsides(), s.why)
}

func (c *flowCount) place(i int) Place {
	if n := len(outsides()); i >= n {
		return Place{Stage: c.route.stages[i-n].ID}
	}
	return Place{Outside: outsides()[i]}
}

func (c *flowCount) add(t track) {
	opening, closing := c.follow(t)
	if opening.open(&c.route) && t.holds(opening.number) {
		worth := c.value(opening.worth)
		c.flow.Stages[opening.rank].Opening.add(worth)
		c.flow.Whole.Opening.add(worth)
	}
	c.once.begin()
	for _, turn := range c.turns {
		if t.holds(turn.to.number) {
			c.turn(turn)
		}
	}
	if closing.open(&c.route) && t.holds(closing.number) {
		worth := c.value(closing.worth)
		c.flow.Stages[closing.rank].Closing.add(worth)
		c.flow.Whole.Closing.add(worth)
	}
}

// turn counts what the value did where the deal was, and then where it went.
func (c *flowCount) turn(t turn) {
	if t.from.open(&c.route) {
		was, is := c.value(t.was), c.value(t.is)
		c.flow.Stages[t.from.rank].Revalued.add(&c.once, t.to.number, was, is)
		c.flow.Whole.Revalued.add(&c.once, t.to.number, was, is)
	}
	if t.from.samePlace(t.to) {
		return
	}
	c.count(&c.matrix[c.index(t.from)*c.places+c.index(t.to)], t)
	out, in := t.from.open(&c.route), t.to.open(&c.route)
	if out {
		c.exit(&c.flow.Stages[t.from.rank].Left, t)
	}
	if in {
		c.arrival(&c.flow.Stages[t.to.rank].Entered, t)
	}
	if out && !in {
		c.exit(&c.flow.Whole.Left, t)
	}
	if in && !out {
		c.arrival(&c.flow.Whole.Entered, t)
	}
}

func (c *flowCount) count(line *Tally, t turn) { c.once.add(line, t.to.number, c.value(t.is)) }

func (c *flowCount) exit(e *Exits, t turn) {
	c.count(&e.All, t)
	c.count(e.of(t.from, t.to, &c.route), t)
}

func (c *flowCount) arrival(e *Entries, t turn) {
	c.count(&e.All, t)
	c.count(e.of(t.from, t.to, &c.route), t)
}

// of gives the line of a move into an open stage.
func (e *Entries) of(from, to standing, r *route) *Tally {
	switch {
	case from.rank < 0 && from.why == WasRemoved:
		return &e.Restored
	case from.rank < 0 && from.why == OtherPipeline:
		return &e.MovedIn
	case from.rank < 0:
		return &e.New
	case from.rank >= r.open:
		return &e.Reopened
	case from.rank < to.rank:
		return &e.FromEarlier
	default:
		return &e.FromLater
	}
}

// of gives the line of a move out of an open stage.
func (e *Exits) of(from, to standing, r *route) *Tally {
	switch {
	case to.rank < 0 && to.why == OtherPipeline:
		return &e.MovedOut
	case to.rank < 0:
		return &e.Removed
	case to.rank < from.rank:
		return &e.Back
	case to.rank < r.open:
		return &e.Forward
	}
	switch r.stages[to.rank].Outcome {
	case Won:
		return &e.Won
	case Disqualified:
		return &e.Disqualified
	default:
		return &e.Lost
	}
}

func (c *flowCount) done() Flow {
	for i, t := range c.matrix {
		if t.Times > 0 {
			c.flow.Transitions = append(c.flow.Transitions, Transition{c.place(i / c.places), c.place(i % c.places), t})
		}
	}
	c.flow.Findings = c.findings()
	return c.flow
}

func (c *flowCount) findings() []check.Finding {
	found := notes{}
	c.a.windowBegins(&found, c.dayOf(c.from+1))
	valueless := kpi.Partial{}
	for _, t := range c.matrix {
		valueless.N += t.Value.N
		valueless.Of += t.Value.Of
	}
	found.some(int64(valueless.Of-valueless.N), "moves_without_value", check.Info, "moves", valueless.Of, "by", c.a.q.ValueBy)
	return found
}
