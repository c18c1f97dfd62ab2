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

// entities counts an entity by what its attempts come to.
func (a *analysis) entities(t *tally, v verdict, from, to int) {
	if f, ok := a.passage(v, from, to); ok {
		t.fates[f]++
	}
	n := len(v.attempts)
	for n > 0 && !a.isRipe(&v.attempts[n-1], to) { // they are in the order of their starts
		n--
	}
	if n < len(v.attempts) {
		v = a.judge(v.attempts[:n])
	}
	if a.by(v, from) != nil {
		t.ripe++
		if a.by(v, to) != nil {
			t.ripeThere++
		}
	}
}

// passage says what became of an entity between a mandatory step and another;
// ok is false where it did not reach the first.
func (a *analysis) passage(v verdict, from, to int) (f Fate, ok bool) {
	switch {
	case v.dropped:
		return Dropped, v.level > a.place[from]
	case a.by(v, from) == nil:
		return 0, false
	case a.by(v, to) != nil:
		return Converted, true
	}
	for i := range v.attempts {
		if !v.attempts[i].excluded() && a.couldReach(&v.attempts[i], to, a.asOf) {
			return StillOpen, true
		}
	}
	return NotConverted, true
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
