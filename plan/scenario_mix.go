package plan

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// mix makes plans that have some of one and the rest of another: whatever
// differs between what two plans promise is a cause, and each is taken from
// the one side or the other.
type mix struct {
	doing   Pair[action.Plan]
	aim     Pair[action.Aim]
	drivers Pair[map[string]action.Driver]
	effects Pair[map[effectKey]timed]
	all     []effectKey // of both
	causes  []Cause
}

// effectKey is a strategy and the lever that it moves.
type effectKey struct {
	strategy string
	lever    action.Lever
}

// timed is what a strategy does to a lever, and when.
type timed struct {
	kind       action.Kind
	change     kpi.Value
	start, end calendar.Day
}

func newMix(c Comparison, from, to action.Aim) *mix {
	m := &mix{doing: Pair[action.Plan]{c.From.doing(from), c.To.doing(to)}, aim: Pair[action.Aim]{from, to}}
	m.drivers = Pair[map[string]action.Driver]{driversByID(from), driversByID(to)}
	m.effects = Pair[map[effectKey]timed]{effectsOf(m.doing.From, from.Goal), effectsOf(m.doing.To, to.Goal)}
	m.all = eitherEffect(m.effects)
	if !same(m.terms(m.doing.From, from), m.terms(m.doing.To, to)) || from.Formula != to.Formula || !same(m.levers(from), m.levers(to)) {
		m.causes = append(m.causes, Cause{Of: OfTerms})
	}
	for _, id := range eitherKey(from.Drivers, to.Drivers, func(d action.Driver) string { return d.ID }) {
		before, had := m.drivers.From[id]
		after, has := m.drivers.To[id]
		if had && has && before.Value != after.Value {
			m.causes = append(m.causes, Cause{Of: OfDriver, ID: id})
		}
	}
	for _, k := range m.all {
		if m.effects.From[k] != m.effects.To[k] {
			m.causes = append(m.causes, Cause{Of: OfStrategy, ID: k.strategy, Lever: k.lever})
		}
	}
	m.causes = append([]Cause{}, m.causes...)
	return m
}

func driversByID(a action.Aim) map[string]action.Driver {
	all := map[string]action.Driver{}
	for _, d := range a.Drivers {
		all[d.ID] = d
	}
	return all
}

// effectsOf gives what the strategies that serve a goal do.
func effectsOf(p action.Plan, goal string) map[effectKey]timed {
	all := map[effectKey]timed{}
	for _, s := range p.Strategies {
		if s.Goal != "" && s.Goal != goal {
			continue
		}
		for _, e := range s.Effects {
			all[effectKey{s.ID, e.Lever}] = timed{s.Kind, e.Change, s.Start, s.End}
		}
	}
	return all
}

func eitherEffect(effects Pair[map[effectKey]timed]) []effectKey {
	var all []effectKey
	for _, side := range []map[effectKey]timed{effects.From, effects.To} {
		for k := range side {
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b effectKey) int {
		return cmp.Or(cmp.Compare(a.strategy, b.strategy), cmp.Compare(a.lever, b.lever))
	})
	return slices.Compact(all)
}

// terms are what holds for a promise as a whole. Lead times that only the
// other side states are taken from there.
type terms struct {
	Stacking  action.Stacking
	LeadTimes []action.LeadTime
	Work      calendar.WorkCalendar
}

func (m *mix) terms(p action.Plan, a action.Aim) terms {
	t := terms{Stacking: p.Stacking, Work: a.Work, LeadTimes: slices.Clone(a.LeadTimes)}
	for _, other := range slices.Concat(m.aim.From.LeadTimes, m.aim.To.LeadTimes) {
		if !slices.ContainsFunc(t.LeadTimes, func(l action.LeadTime) bool { return l.Lever == other.Lever }) {
			t.LeadTimes = append(t.LeadTimes, other)
		}
	}
	slices.SortFunc(t.LeadTimes, func(a, b action.LeadTime) int { return cmp.Compare(a.Lever, b.Lever) })
	return t
}

// levers gives every driver of both aims with its lever by this one.
func (m *mix) levers(a action.Aim) []action.Driver {
	own := driversByID(a)
	var all []action.Driver
	for _, id := range eitherKey(m.aim.From.Drivers, m.aim.To.Drivers, func(d action.Driver) string { return d.ID }) {
		d, known := own[id]
		if !known {
			d = cmp.Or(m.drivers.From[id], m.drivers.To[id])
		}
		all = append(all, action.Driver{ID: id, Lever: d.Lever})
	}
	return all
}

// cases gives what is promised where the causes come from one side or the
// other: of every set of them, or as they come one after the other.
func (m *mix) cases(g *PromiseGap) ([]kpi.Value, error) {
	n := len(m.causes)
	sets := make([]func(int) bool, 0, 1<<min(n, MaxCauses))
	if n > MaxCauses {
		g.Method = bridge.InSequence
		for changed := range n + 1 {
			sets = append(sets, func(cause int) bool { return cause < changed })
		}
	} else {
		for set := range 1 << n {
			sets = append(sets, func(cause int) bool { return set>>cause&1 == 1 })
		}
	}
	cases := make([]kpi.Value, len(sets))
	for i, changed := range sets {
		v, err := m.landing(changed)
		if err != nil {
			return nil, err
		}
		cases[i] = v
	}
	return cases, nil
}

// landing asks what is promised where some causes have changed.
func (m *mix) landing(changed func(cause int) bool) (kpi.Value, error) {
	moved := map[Cause]bool{}
	for i, c := range m.causes {
		moved[c] = changed(i)
	}
	doing, aim := m.doing.From, m.aim.From
	if moved[Cause{Of: OfTerms}] {
		doing, aim = m.doing.To, m.aim.To
	}
	t := m.terms(doing, aim)
	aim.LeadTimes, aim.Drivers = t.LeadTimes, m.levers(aim)
	for i, d := range aim.Drivers {
		before, had := m.drivers.From[d.ID]
		if after, has := m.drivers.To[d.ID]; !had || has && moved[Cause{Of: OfDriver, ID: d.ID}] {
			before = after
		}
		aim.Drivers[i].Value = before.Value
	}
	hybrid := action.Plan{ID: doing.ID, Period: doing.Period, Unit: doing.Unit, Stacking: doing.Stacking}
	for i, k := range m.all {
		side := m.effects.From
		if moved[Cause{Of: OfStrategy, ID: k.strategy, Lever: k.lever}] {
			side = m.effects.To
		}
		if e, there := side[k]; there {
			hybrid.Strategies = append(hybrid.Strategies, action.Strategy{ID: strconv.Itoa(i), Kind: e.kind, Start: e.start, End: e.end,
				Effects: []action.Effect{{Lever: k.lever, Change: e.change}}})
		}
	}
	p, err := hybrid.Promise(aim)
	return p.Landing, err
}
