package steps

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// noValue stands for the value of an attribute that is missing.
const noValue = ^uint32(0)

// toucher finds the value that an entity has by its first or last event.
type toucher struct {
	by     Attribution
	values []uint32 // the value of each kind of event, as a code of texts
	value  uint32
}

func newToucher(b Breakdown, l *lists) toucher {
	t := toucher{by: b.By}
	if b.Attribute == "" {
		return t
	}
	for _, k := range l.kinds {
		code := noValue
		if value, ok := l.value(k.attributes, b.Attribute); ok {
			code = l.texts.codes[value]
		}
		t.values = append(t.values, code)
	}
	return t
}

// see notes the value of the entity that has these events, which are in
// order. Where events of one instant and Seq differ the least text counts.
func (t *toucher) see(facts []fact, l *lists) {
	t.value = noValue
	if t.values == nil || t.by > LastTouch {
		return
	}
	var found fact
	for i := range facts {
		f := facts[i]
		if t.by == LastTouch {
			f = facts[len(facts)-1-i]
		}
		if t.value != noValue && (f.at != found.at || f.seq != found.seq) {
			return
		}
		if value := t.values[f.kind]; value != noValue && (t.value == noValue || l.texts.items[value] < l.texts.items[t.value]) {
			t.value, found = value, f
		}
	}
}

// groups counts by the values of an attribute.
type groups struct {
	a      *analysis
	step   int // for AtStep
	values map[uint32]*groupTally
	own    []uint32
}

type groupTally struct {
	reached  []Reached
	entities tally
	attempts visitTally
}

func (a *analysis) newGroups() *groups {
	g := &groups{a: a, values: map[uint32]*groupTally{}}
	if a.q.Breakdown.By == AtStep {
		g.step = a.def.index(a.q.Breakdown.Step)
	}
	return g
}

// single reports whether an entity has one value.
func (g *groups) single() bool {
	by := g.a.q.Breakdown.By
	return by == FirstTouch || by == LastTouch
}

// add counts an entity whose timeline the engine holds. It may leave another
// there.
func (g *groups) add(visits []attempt) {
	b := g.a.q.Breakdown
	switch {
	case b.Attribute == "" || len(visits) == 0:
	case g.single():
		g.count(g.a.touch.value, visits)
	default:
		g.each(visits, g.count)
	}
}

// each gives the attempts of an entity for every value that it has by its
// events.
func (g *groups) each(visits []attempt, do func(value uint32, visits []attempt)) {
	a := g.a
	all := slices.Clone(a.may)
	g.own = g.own[:0]
	for i, f := range a.facts {
		if g.mustHave(all[i].steps) == 0 {
			continue
		}
		if value := a.touch.values[f.kind]; !slices.Contains(g.own, value) {
			g.own = append(g.own, value)
		}
	}
	placed := false
	for _, value := range g.own {
		for i, f := range a.facts {
			a.may[i] = all[i]
			if a.touch.values[f.kind] != value {
				a.may[i].steps &^= g.mustHave(all[i].steps)
			}
		}
		own := a.again()
		if a.q.Breakdown.By == AtStep && !g.comesTo(own) {
			continue
		}
		placed = placed || len(own) > 0
		do(value, own)
	}
	copy(a.may, all)
	if own := a.again(); !placed {
		do(noValue, own)
	}
}

// mustHave gives those of the steps for which an event must have the value.
func (g *groups) mustHave(steps uint32) uint32 {
	if g.a.q.Breakdown.By == AtStep {
		return steps & (1 << g.step)
	}
	return steps
}

// comesTo reports whether the furthest attempts come to the step whose value
// is asked for.
func (g *groups) comesTo(visits []attempt) bool {
	v := g.a.judge(visits)
	return v.dropped && g.a.entered(&v, g.step) || g.a.by(&v, g.step) != nil
}

// again finds the attempts anew, after what events may be was changed.
func (a *analysis) again() []attempt {
	a.load(a.facts, a.def.Ties == BySequence)
	a.run()
	return a.among(a.attempts)
}

func (g *groups) count(value uint32, visits []attempt) {
	if len(visits) == 0 {
		return
	}
	t := g.values[value]
	if t == nil {
		t = &groupTally{reached: make([]Reached, len(g.a.def.Steps))}
		g.values[value] = t
	}
	v := g.a.judge(visits)
	for step := range t.reached {
		if g.a.by(&v, step) != nil {
			t.reached[step].Entities++
		}
		t.reached[step].Attempts += g.a.visitsAt(&v, step)
	}
	t.entities.count(g.a, &v, g.a.passage(&v, g.a.to), g.a.from)
	g.a.visits(&t.attempts, visits, g.a.from, g.a.to)
}

func (g *groups) report() *Groups {
	b := g.a.q.Breakdown
	if b.Attribute == "" {
		return nil
	}
	r := &Groups{Attribute: b.Attribute, By: b.By, Step: b.Step, Additive: g.single(), Groups: []Group{}}
	for _, value := range g.sorted() {
		t := g.values[value]
		group := Group{
			Missing: value == noValue, Steps: t.reached,
			Entities: g.a.ofEntities(&t.entities, g.a.to),
			Attempts: g.a.ofVisits(&t.attempts, g.a.to),
		}
		if !group.Missing {
			group.Value = g.a.j.texts.items[value]
		}
		for step := range group.Steps {
			group.Steps[step].Step = g.a.def.label(step)
		}
		r.Groups = append(r.Groups, group)
	}
	r.compare(g.a.q.Confidence)
	return r
}

// sorted gives the values in the order of their texts, none last.
func (g *groups) sorted() []uint32 {
	return slices.SortedFunc(maps.Keys(g.values), func(a, b uint32) int {
		switch {
		case a == noValue:
			return 1
		case b == noValue:
			return -1
		}
		return cmp.Compare(g.a.j.texts.items[a], g.a.j.texts.items[b])
	})
}

// compare sets what is said of all groups together.
func (r *Groups) compare(c kpi.Confidence) {
	var rates []kpi.Ratio
	for _, g := range r.Groups {
		rates = append(rates, g.Entities.Observed)
	}
	if !r.Additive {
		rates = []kpi.Ratio{kpi.NewRatio(kpi.Undefined(kpi.NotApplicable), kpi.Undefined(kpi.NotApplicable))}
	}
	r.Homogeneity, r.Clustered = c.Homogeneity(rates), c.ClusteredShare(r.Attribute, rates)
}
