package steps

import "github.com/saleskpi/saleskpi/kpi"

// Conversion is what became of those that reached one step, on the way to
// another:
//
//	Entered = Converted + NotConverted + StillOpen
//
// Beside them stand those that were dropped by an exclusion.
type Conversion struct {
	Entered      int64 `json:"entered"`
	Converted    int64 `json:"converted"`
	NotConverted int64 `json:"not_converted"` // and no time is left
	StillOpen    int64 `json:"still_open"`    // not yet, and some time is left
	Dropped      int64 `json:"dropped"`

	// Observed is Converted of Entered as it stands; whoever is still open
	// counts as not converted so far.
	Observed kpi.Ratio `json:"observed"`

	// Mature is the same of those attempts alone that had all their time by
	// the as-of instant, whatever came of them: comparable between periods. It
	// is undefined (NotApplicable) where no window or gap ends that time.
	Mature kpi.Ratio `json:"mature"`

	// The intervals are drawn by the question's Confidence: of entities as
	// counted shares; of attempts as shares of records that go together by
	// entity, see [kpi.Confidence.ClusteredShare].
	ObservedInterval kpi.Interval `json:"observed_interval"`
	MatureInterval   kpi.Interval `json:"mature_interval"`
}

// tally counts for a Conversion.
type tally struct {
	fates           [Dropped + 1]int64
	ripe, ripeThere int64
}

// conversion gives the Conversion to a step, without intervals.
func (a *analysis) conversion(t *tally, to int) Conversion {
	c := Conversion{
		Converted: t.fates[Converted], NotConverted: t.fates[NotConverted],
		StillOpen: t.fates[StillOpen], Dropped: t.fates[Dropped],
	}
	c.Entered = c.Converted + c.NotConverted + c.StillOpen
	c.Observed = kpi.RatioOf(c.Converted, c.Entered)
	c.Mature = kpi.RatioOf(t.ripeThere, t.ripe)
	if !a.bounded(to) {
		c.Mature = kpi.NewRatio(kpi.Undefined(kpi.NotApplicable), kpi.Undefined(kpi.NotApplicable))
	}
	return c
}

// ofEntities gives the Conversion of entities.
func (a *analysis) ofEntities(t *tally, to int) Conversion {
	c := a.conversion(t, to)
	c.ObservedInterval = a.q.Confidence.Share(c.Observed)
	c.MatureInterval = a.q.Confidence.Share(c.Mature)
	return c
}

// ofVisits gives the Conversion of attempts.
func (a *analysis) ofVisits(t *visitTally, to int) Conversion {
	c := a.conversion(&t.tally, to)
	c.ObservedInterval = t.all.interval(a.q.Confidence, c.Observed)
	c.MatureInterval = t.ripeOnes.interval(a.q.Confidence, c.Mature)
	return c
}

// passage is what became of an entity on the way to a step, whichever step it
// came from.
type passage struct {
	fate  Fate
	ripe  *verdict // by the attempts alone that had all their time
	there bool     // by them it reached the step
}

func (a *analysis) passage(v *verdict, to int) passage {
	p := passage{fate: a.fate(v, to), ripe: a.ripe(v, to)}
	p.there = a.by(p.ripe, to) != nil
	return p
}

// count adds an entity, if it came to the step from which the tally counts.
func (t *tally) count(a *analysis, v *verdict, p passage, from int) {
	if a.entered(v, from) {
		t.fates[p.fate]++
	}
	if p.ripe.stands != nil && a.entered(p.ripe, from) {
		t.ripe++
		if p.there {
			t.ripeThere++
		}
	}
}

// fate says what became of an entity on the way to a step.
func (a *analysis) fate(v *verdict, to int) Fate {
	switch {
	case v.dropped:
		return Dropped
	case a.by(v, to) != nil:
		return Converted
	}
	for i := range v.attempts {
		if !v.attempts[i].excluded() && a.couldReach(&v.attempts[i], to, a.asOf) {
			return StillOpen
		}
	}
	return NotConverted
}

// entered reports whether an entity came to a mandatory step, dropped later
// or not.
func (a *analysis) entered(v *verdict, step int) bool { return v.level > a.place[step] }

// ripe judges those of the attempts alone that had all their time to reach a
// step. The verdict is good until the next.
func (a *analysis) ripe(v *verdict, step int) *verdict {
	n := len(v.attempts)
	for n > 0 && !a.isRipe(&v.attempts[n-1], step) { // they are in the order of their starts
		n--
	}
	if n == len(v.attempts) {
		return v
	}
	a.older = a.judge(v.attempts[:n])
	return &a.older
}

// visitTally counts attempts, and how many of them each entity has.
type visitTally struct {
	tally
	all, ripeOnes spread
}

// visits counts every attempt of an entity for itself.
func (a *analysis) visits(t *visitTally, attempts []attempt, from, to int) {
	var all, ripe share
	for i := range attempts {
		visit := &attempts[i]
		if !a.has(visit, from) {
			continue
		}
		there := a.has(visit, to)
		switch {
		case visit.excluded():
			t.fates[Dropped]++
			continue
		case there:
			t.fates[Converted]++
		case a.couldReach(visit, to, a.asOf):
			t.fates[StillOpen]++
		default:
			t.fates[NotConverted]++
		}
		all.add(there)
		if a.isRipe(visit, to) {
			ripe.add(there)
		}
	}
	t.ripe += ripe.n
	t.ripeThere += ripe.k
	t.all.add(all)
	t.ripeOnes.add(ripe)
}
