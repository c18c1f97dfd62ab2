package action

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// factors is what each lever is multiplied by.
type factors [levers]kpi.Value

func none() (f factors) {
	for l := range f {
		f[l] = kpi.Int(1)
	}
	return f
}

// composer works out what strategies do to a goal.
type composer struct {
	aim        Aim
	stacking   Stacking
	strategies []*Strategy       // that serve the goal, rising by ID
	effects    [][]EffectPromise // of each
	cuts       []calendar.Period // of the period, where effects begin and end
	shares     []kpi.Value       // of the cuts, in working days
	drivers    map[string]Driver
}

func (p *Plan) composer(aim Aim) *composer {
	c := &composer{aim: aim, stacking: p.Stacking, drivers: make(map[string]Driver, len(aim.Drivers))}
	for _, d := range aim.Drivers {
		c.drivers[d.ID] = d
	}
	for i := range p.Strategies {
		if p.Strategies[i].serves(aim.Goal) {
			c.strategies = append(c.strategies, &p.Strategies[i])
		}
	}
	slices.SortFunc(c.strategies, func(a, b *Strategy) int { return cmp.Compare(a.ID, b.ID) })
	edges := []calendar.Day{aim.Period.Start(), aim.Period.End()}
	for _, s := range c.strategies {
		effects := c.promises(s)
		for _, e := range effects {
			if !e.Landing.IsZero() && e.Counted {
				edges = append(edges, e.Landing.Start(), e.Landing.End())
			}
		}
		c.effects = append(c.effects, effects)
	}
	c.cut(edges)
	return c
}

// promises says when the effects of a strategy show.
func (c *composer) promises(s *Strategy) []EffectPromise {
	all := make([]EffectPromise, 0, len(s.Effects))
	for _, e := range s.Effects {
		lead, _ := leadTime(c.aim.LeadTimes, e.Lever)
		promise := EffectPromise{Lever: e.Lever, Change: e.Change, Begins: later(s.Start, lead), Share: kpi.Int(0), Counted: c.aim.moves(e.Lever)}
		end := c.aim.Period.End()
		if !s.End.IsZero() {
			promise.Ends = later(s.End, lead)
			end = min(end, s.End.Add(lead+1))
		}
		if landing, err := calendar.NewPeriod(max(s.Start.Add(lead), c.aim.Period.Start()), end); err == nil {
			promise.Landing, promise.Share = landing, c.share(landing)
		}
		all = append(all, promise)
	}
	slices.SortFunc(all, func(a, b EffectPromise) int { return cmp.Compare(a.Lever, b.Lever) })
	return all
}

// later gives the day so many days later, or no day after 2200.
func later(d calendar.Day, days int) calendar.Day {
	if d = d.Add(days); d.Valid() {
		return d
	}
	return calendar.Day(0)
}

// share gives what part of the period's working days some of its days are;
// of a period without any, of all its days.
func (c *composer) share(p calendar.Period) kpi.Value {
	within, n := clock{c.aim.Work}.effort(c.aim.Period.Start(), c.aim.Period.Last())
	return kpi.Frac(within.count(p.Start(), p.Last()), n)
}

func (c *composer) cut(edges []calendar.Day) {
	slices.Sort(edges)
	edges = slices.Compact(edges)
	for i := 1; i < len(edges); i++ {
		if p, err := calendar.NewPeriod(edges[i-1], edges[i]); err == nil {
			c.cuts, c.shares = append(c.cuts, p), append(c.shares, c.share(p))
		}
	}
}

func (c *composer) every() []int {
	all := make([]int, len(c.strategies))
	for i := range all {
		all[i] = i
	}
	return all
}

// value is the formula over the whole period, each driver times the factor
// of its lever.
func (c *composer) value(f factors) kpi.Value {
	return evaluate(c.aim.Formula, c.drivers, f)
}

func evaluate(formula kpi.Formula, drivers map[string]Driver, f factors) kpi.Value {
	return formula.Eval(func(id string) kpi.Value {
		d, known := drivers[id]
		if !known {
			return kpi.Value{}
		}
		v := d.Value.Mul(f[d.Lever])
		if d.tops(v) {
			return kpi.Int(1)
		}
		return v
	})
}

// tops reports whether a share that was at most 1 would be more.
func (d Driver) tops(v kpi.Value) bool {
	one := kpi.Int(1)
	return d.Lever.isShare() && one.Less(v) && !one.Less(d.Value)
}

// factors gives what some of the strategies do together, those of their
// effects that show when asked.
func (c *composer) factors(of []int, shows func(EffectPromise) bool) factors {
	f := none()
	rises, falls := none(), none()
	for _, i := range of {
		for _, e := range c.effects[i] {
			if !shows(e) {
				continue
			}
			factor := kpi.Int(1).Add(e.Change)
			f[e.Lever] = f[e.Lever].Mul(factor)
			rises[e.Lever], falls[e.Lever] = rises[e.Lever].Max(factor), falls[e.Lever].Min(factor)
		}
	}
	if c.stacking == Larger {
		for l := range f {
			f[l] = rises[l].Mul(falls[l])
		}
	}
	return f
}

func (c *composer) full(of []int) kpi.Value {
	return c.value(c.factors(of, func(EffectPromise) bool { return true }))
}

// on gives the factors on the days of a cut.
func (c *composer) on(of []int, cut calendar.Period) factors {
	return c.factors(of, func(e EffectPromise) bool { return e.Landing.Covers(cut) })
}

func (c *composer) landing(of []int) kpi.Value {
	sum := kpi.Int(0)
	for i, cut := range c.cuts {
		sum = sum.Add(c.value(c.on(of, cut)).Mul(c.shares[i]))
	}
	return sum
}

func (c *composer) spans(of []int) []Span {
	spans := make([]Span, 0, len(c.cuts))
	for i, cut := range c.cuts {
		f := c.on(of, cut)
		span := Span{Period: cut, Share: c.shares[i], Changes: []LeverChange{}, Value: c.value(f).Mul(c.shares[i])}
		for l := Leads; l < levers; l++ {
			if f[l] != kpi.Int(1) && c.aim.moves(l) {
				span.Changes = append(span.Changes, LeverChange{l, f[l].Sub(kpi.Int(1))})
			}
		}
		spans = append(spans, span)
	}
	return spans
}
