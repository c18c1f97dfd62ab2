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

	// Observed is Converted of Entered as it stands: while some are still
	// open it can only rise.
	Observed kpi.Ratio `json:"observed"`

	// Mature is the same of those attempts alone that had all their time by
	// the as-of instant, whatever came of them: comparable between periods. It
	// is undefined (NotApplicable) where no window or gap ends that time.
	Mature kpi.Ratio `json:"mature"`
}

// tally counts for a Conversion.
type tally struct {
	fates           [Dropped + 1]int64
	ripe, ripeThere int64
}

func (t *tally) conversion(bounded bool) Conversion {
	c := Conversion{
		Converted: t.fates[Converted], NotConverted: t.fates[NotConverted],
		StillOpen: t.fates[StillOpen], Dropped: t.fates[Dropped],
	}
	c.Entered = c.Converted + c.NotConverted + c.StillOpen
	c.Observed = kpi.RatioOf(c.Converted, c.Entered)
	c.Mature = kpi.RatioOf(t.ripeThere, t.ripe)
	if !bounded {
		c.Mature = kpi.NewRatio(kpi.Undefined(kpi.NotApplicable), kpi.Undefined(kpi.NotApplicable))
	}
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

// visits counts every attempt for itself.
func (a *analysis) visits(t *tally, attempts []attempt, from, to int) {
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
		if a.isRipe(visit, to) {
			t.ripe++
			if there {
				t.ripeThere++
			}
		}
	}
}
