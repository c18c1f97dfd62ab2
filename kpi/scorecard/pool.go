package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// pool scores the numbers of several cards put together.
func (s *Scorecard) pool(whole Card, cards []Card, partial, span bool) Card {
	inputs, pools := make([]input, len(s.slots)), make([]pooling, len(s.def.Items))
	for i := range pools {
		p := &pools[i]
		*p = pooling{item: &s.def.Items[i], i: i, partial: partial, span: span}
		inputs[i] = p.of(cards)
	}
	c := s.card(whole, inputs, cards)
	for i := range pools {
		p, line := &pools[i], &c.Lines[i]
		if line.Base = (kpi.Value{}); p.item.Base != "" && line.Actual.Defined() {
			line.Base = p.bases
		}
		if p.left > 0 && p.partial {
			c.find(codePartial, check.Warning, line.Metric, "left", p.left, "of", len(cards))
		}
	}
	return c
}

// pooling puts one item of several cards together.
type pooling struct {
	item          *Item
	i             int
	partial, span bool

	actual, target kpi.Value // sums, of a rate times its base
	bases, parts   kpi.Value // sums
	why            kpi.Reason
	counted, left  int
	empty          bool // some had nothing in their base
}

func (p *pooling) of(cards []Card) input {
	p.actual, p.target, p.bases, p.parts = kpi.Int(0), kpi.Int(0), kpi.Int(0), kpi.Int(0)
	if p.span && p.item.Additivity == kpi.Level {
		cards = cards[len(cards)-1:]
	}
	for i := range cards {
		p.add(&cards[i].Lines[p.i], max(1, cards[i].Cards))
	}
	return p.result()
}

func (p *pooling) add(line *Line, parts int) {
	actual, target := line.Actual, line.Target
	if p.aimless() { // no target is asked for, so none is missing
		target = kpi.Int(0)
	}
	if line.Actual == (kpi.Value{}) && (p.aimless() || line.Target == kpi.Value{}) {
		return // the item is not this card's
	}
	weight := kpi.Int(1)
	if p.item.Additivity == kpi.RatioOfSums {
		weight = line.Base
		if weight == kpi.Int(0) { // 0 of 0 has no part in the whole
			p.empty = true
			return
		}
	}
	if why := lacks(actual, target, weight); why != 0 {
		if p.left++; !p.partial {
			p.why = kpi.Stronger(p.why, why)
		}
		return
	}
	p.counted++
	p.actual = p.actual.Add(actual.Mul(weight))
	p.target = p.target.Add(target.Mul(weight))
	p.bases = p.bases.Add(weight)
	p.parts = p.parts.Add(kpi.Int(int64(parts)))
}

// lacks gives why a card cannot be pooled, zero where it can. No target is a
// reason of its own; a rate without base has none that fits.
func lacks(actual, target, weight kpi.Value) kpi.Reason {
	if target == (kpi.Value{}) {
		target = kpi.Undefined(kpi.NoTarget)
	}
	if weight == (kpi.Value{}) {
		weight = kpi.Undefined(kpi.NotApplicable)
	}
	return actual.Add(target).Add(weight).Reason()
}

// aimless reports whether the item is scored without a target.
func (p *pooling) aimless() bool {
	return p.item.Direction == kpi.InBand || p.item.Curve.Over == OverActual
}

func (p *pooling) result() input {
	var none kpi.Value
	switch {
	case p.item.Additivity == kpi.Distinct:
		none = kpi.Undefined(kpi.NotApplicable)
	case p.why != 0:
		none = kpi.Undefined(p.why)
	case p.counted == 0 && p.empty:
		none = kpi.Undefined(kpi.ZeroDenominator)
	case p.counted > 0:
		return input{given{p.whole(p.actual), true}, given{p.aim(), true}}
	}
	return input{given{none, true}, given{none, true}}
}

// whole gives what a sum comes to: of a rate its mean by base, of what has
// edges of one person its mean per card, else the sum itself.
func (p *pooling) whole(sum kpi.Value) kpi.Value {
	switch {
	case p.item.Additivity == kpi.RatioOfSums:
		return sum.Div(p.bases)
	case p.aimless():
		return sum.Div(p.parts)
	}
	return sum
}

func (p *pooling) aim() kpi.Value {
	if p.aimless() {
		return kpi.Value{}
	}
	return p.whole(p.target)
}
