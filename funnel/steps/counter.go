package steps

// counter counts what a report says of the whole.
type counter struct {
	a      *analysis
	fates  [fates]int64
	read   int64
	events eventCounter

	steps    []stepCounter
	entities tally
	attempts visitTally
	times    []int64

	again int64 // entities with several attempts
	tied  int64 // entities that reached two steps in one instant
}

type stepCounter struct {
	entities, attempts      int64
	fromFirst, fromPrevious tally
	times                   []int64
}

// eventCounter counts events, and those that may be each step and exclusion.
type eventCounter struct {
	EventCounts
	steps, bars [MostSteps]int64
}

func (n *eventCounter) count(m masks) {
	n.Steps++
	for rest := m.steps; rest != 0; rest &= rest - 1 {
		n.steps[first(rest)]++
	}
	for rest := m.bars; rest != 0; rest &= rest - 1 {
		n.bars[first(rest)]++
	}
}

func newCounter(a *analysis) *counter {
	return &counter{a: a, steps: make([]stepCounter, len(a.def.Steps))}
}

// add counts an entity whose timeline the engine holds.
func (c *counter) add(visits []attempt, fate Fate) {
	c.read++
	if len(visits) == 0 {
		c.fates[fate]++
		return
	}
	v := c.a.judge(visits)
	if v.dropped {
		c.fates[Dropped]++
	}
	if len(visits) > 1 {
		c.again++
	}
	if v.stands != nil && c.a.tied(v.stands) {
		c.tied++
	}
	for step := range c.steps {
		c.step(step, &v)
	}
	c.entities.count(c.a, &v, c.a.passage(&v, c.a.to), c.a.from)
	c.a.visits(&c.attempts, visits, c.a.from, c.a.to)
	c.times = c.a.times(c.times, &v, c.a.from, c.a.to)
}

func (c *counter) step(step int, v *verdict) {
	s, before := &c.steps[step], c.a.before(step)
	if c.a.by(v, step) != nil {
		s.entities++
	}
	s.attempts += c.a.visitsAt(v, step)
	p := c.a.passage(v, step)
	s.fromFirst.count(c.a, v, p, 0)
	s.fromPrevious.count(c.a, v, p, before)
	if step > 0 {
		s.times = c.a.times(s.times, v, before, step)
	}
}

// visitsAt counts the attempts that reached a step and are not excluded.
func (e *engine) visitsAt(v *verdict, step int) int64 {
	n := int64(0)
	for i := range v.attempts {
		if !v.attempts[i].excluded() && e.has(&v.attempts[i], step) {
			n++
		}
	}
	return n
}

// before gives the mandatory step before a step, the first of the first.
func (p *plan) before(step int) int { return p.main[max(p.place[step]-1, 0)] }

// times appends how long it took from a mandatory step to another.
func (a *analysis) times(times []int64, v *verdict, from, to int) []int64 {
	if a.def.Clock != EachVisit {
		if by := a.by(v, to); by != nil {
			times = append(times, a.at(by, to)-a.at(by, from))
		}
		return times
	}
	for i := range v.attempts {
		if visit := &v.attempts[i]; !visit.excluded() && a.has(visit, to) {
			times = append(times, a.at(visit, to)-a.at(visit, from))
		}
	}
	return times
}

// tied reports whether an attempt reached two steps in one instant, which only
// the policy for ties put in order.
func (a *analysis) tied(visit *attempt) bool {
	row := a.row(visit)
	for i, block := range row {
		for _, other := range row[:i] {
			if block != none && block == other {
				return true
			}
		}
	}
	return false
}

func (c *counter) report() Report {
	d := c.a.def
	r := Report{
		Definition: d.ID, Hash: c.a.hash, AsOf: timeOf(c.a.asOf), Entries: c.a.q.Entries,
		From: d.label(c.a.from), To: d.label(c.a.to),
		Counts: c.counts(), Events: c.events.EventCounts,
		Entities: c.a.ofEntities(&c.entities, c.a.to),
		Attempts: c.a.ofVisits(&c.attempts, c.a.to),
		Time:     describe(c.times),
	}
	bounds := c.a.q.Bounds
	if len(bounds) == 0 {
		bounds = Bounds(c.a.q.Bins, r.Time)
	}
	r.Histogram = histogram(c.times, bounds)
	for i := range c.steps {
		s := &c.steps[i]
		r.Steps = append(r.Steps, StepCount{
			Step: d.label(i), Optional: d.Steps[i].Optional,
			Entities: s.entities, Attempts: s.attempts, Events: c.events.steps[i],
			FromFirst:    c.a.ofEntities(&s.fromFirst, i),
			FromPrevious: c.a.ofEntities(&s.fromPrevious, i),
			Time:         describe(s.times),
		})
	}
	return r
}

func (c *counter) counts() Counts {
	counts := Counts{Read: c.read, Excluded: []Excluded{}}
	counts.Counted = c.read
	for f, n := range c.fates {
		if n > 0 {
			counts.Excluded = append(counts.Excluded, Excluded{Fate(f), n})
			counts.Counted -= n
		}
	}
	return counts
}

// bounded reports whether it ever is certain that a step is not reached.
func (a *analysis) bounded(step int) bool { return a.horizons[step] != unbounded }
