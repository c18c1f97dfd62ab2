package forecast

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
)

// stand is a landing with what each deal does for it.
type stand struct {
	parts Parts
	reach kpi.Estimate
	deals map[string]dealStand
	said  kpi.Value // what people say beyond the deals
}

// dealStand is one deal, all its lives together.
type dealStand struct {
	owner     string
	won, open kpi.Value

	due         bool // of its open life
	worth, paid kpi.Value
}

// known gives 0 for what has no amount or no chance and so adds nothing.
func known(v kpi.Value) kpi.Value {
	if r := v.Reason(); r == kpi.NoAmount || r == kpi.NoData {
		return kpi.Int(0)
	}
	return v
}

func (f *Forecast) stand(m Method) stand {
	e := learn(f.look, f.past, f.agesTo)
	p := f.projectAll(f.look, m, e)
	open := kpi.Int(0)
	s := stand{deals: map[string]dealStand{}, reach: f.spread(p, f.trials(m)).Reach}
	for _, d := range f.look.deals {
		if d.Outcome == funnel.Won && f.look.period.Contains(d.Closed) {
			s.update(d, func(one *dealStand) { one.won = one.won.Add(known(f.look.worth(d))) })
		}
	}
	for _, c := range p.given {
		open = open.Add(known(c.expected()))
		s.update(c.deal, func(one *dealStand) {
			one.open = one.open.Add(known(c.expected()))
			one.due, one.worth, one.paid = c.due, c.worth, c.paid
		})
	}
	total := p.total()
	s.parts = Parts{p.Won.Value, p.open().Value, p.New.Value, total.Value}
	if total.Value.Defined() {
		s.parts = partsOf(known(p.Won.Value), openOf(p), known(p.New.Value))
	}
	s.said = s.parts.Open.Sub(open)
	return s
}

// openOf gives what is expected of open deals, as the total has it.
func openOf(p *projection) kpi.Value {
	if v := p.open().Value; v.Reason() != kpi.NoAmount {
		return v
	}
	return kpi.Int(0)
}

func (s *stand) update(d funnel.Deal, change func(*dealStand)) {
	one, has := s.deals[d.ID]
	if !has {
		one = dealStand{won: kpi.Int(0), open: kpi.Int(0)}
	}
	one.owner = d.Owner
	change(&one)
	s.deals[d.ID] = one
}

// changing reads a change of the pipeline as one of the landing.
type changing struct {
	pipeline funnel.PipelineChange
	was, is  stand
}

// reason is what a line stands for.
type reason struct {
	cause funnel.Cause
	other Other
}

func (c changing) lines() []ChangeLine {
	causes := map[string]funnel.Cause{}
	for _, l := range slices.Concat(c.pipeline.Lines, c.pipeline.Through) {
		for _, d := range l.Deals {
			causes[d.Deal] = l.Cause
		}
	}
	all := map[reason]*ChangeLine{}
	for _, id := range c.ids() {
		c.deal(all, id, causes[id])
	}
	zero := kpi.Int(0)
	add(all, reason{other: CallsMoved}, DealEffect{}, partsOf(zero, c.is.said.Sub(c.was.said), zero))
	add(all, reason{other: NewDeals}, DealEffect{}, partsOf(zero, zero, c.is.parts.New.Sub(c.was.parts.New)))
	return sortedLines(all)
}

func (c changing) ids() []string {
	ids := map[string]bool{}
	for id := range c.was.deals {
		ids[id] = true
	}
	for id := range c.is.deals {
		ids[id] = true
	}
	return slices.Sorted(maps.Keys(ids))
}

// deal puts what one deal does to the landing in its line; a change of value
// apart from the change of the chance.
func (c changing) deal(all map[reason]*ChangeLine, id string, cause funnel.Cause) {
	zero := kpi.Int(0)
	was, had := c.was.deals[id]
	is, has := c.is.deals[id]
	if !had {
		was = dealStand{won: zero, open: zero}
	}
	if !has {
		is = dealStand{won: zero, open: zero, owner: was.owner}
	}
	effect := DealEffect{Deal: id, Owner: is.owner, Was: was.won.Add(was.open), Is: is.won.Add(is.open)}
	won, open := is.won.Sub(was.won), is.open.Sub(was.open)
	if cause == funnel.NoCause || cause.Deals() == 0 {
		value := zero
		if cause != funnel.NoCause {
			value = was.valueEffect(is, open)
		}
		add(all, reason{cause: cause}, effect, partsOf(zero, value, zero))
		add(all, reason{other: was.other(is, won)}, effect, partsOf(won, open.Sub(value), zero))
		return
	}
	add(all, reason{cause: cause}, effect, partsOf(won, open, zero))
}

// valueEffect gives what the change of a deal's value did, at the chance it
// had; all of the change where it had no value or has none now.
func (d dealStand) valueEffect(is dealStand, open kpi.Value) kpi.Value {
	if !d.worth.Defined() || !is.worth.Defined() {
		return open
	}
	return known(is.worth.Sub(d.worth).Mul(d.paid))
}

// other gives why a deal that stayed where it was is judged otherwise.
func (d dealStand) other(is dealStand, won kpi.Value) Other {
	switch {
	case won.Sign() != 0:
		return Restated
	case d.due && !is.due:
		return StoodAside
	case !d.due && is.due:
		return CameBack
	}
	return ChanceMoved
}

// add adds to the line of a reason what is not nothing.
func add(all map[reason]*ChangeLine, r reason, effect DealEffect, parts Parts) {
	if parts.Won.Sign() == 0 && parts.Open.Sign() == 0 && parts.New.Sign() == 0 {
		return
	}
	l := all[r]
	if l == nil {
		zero := kpi.Int(0)
		l = &ChangeLine{Cause: r.cause, Other: r.other, Adds: partsOf(zero, zero, zero), Deals: []DealEffect{}}
		all[r] = l
	}
	l.Adds = l.Adds.plus(parts)
	if effect.Deal != "" {
		effect.Adds = parts.Total
		l.Deals = append(l.Deals, effect)
	}
}

func sortedLines(all map[reason]*ChangeLine) []ChangeLine {
	lines := []ChangeLine{}
	for _, r := range slices.SortedFunc(maps.Keys(all), func(a, b reason) int {
		return cmp.Or(cmp.Compare(a.other, b.other), cmp.Compare(a.cause, b.cause))
	}) {
		l := *all[r]
		slices.SortFunc(l.Deals, func(a, b DealEffect) int {
			return cmp.Or(b.Adds.Abs().Compare(a.Adds.Abs()), strings.Compare(a.Deal, b.Deal))
		})
		lines = append(lines, l)
	}
	return lines
}
