package bridge

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// segments are the joined segments and the sums over them, by side.
type segments struct {
	all      []joint
	num, den [2]kpi.Value
}

func newSegments(all []joint) *segments {
	s := &segments{all: all}
	for side := range 2 {
		s.num[side] = s.sum(func(j joint) kpi.Value { return j.rate[side].Num() })
		s.den[side] = s.sum(func(j joint) kpi.Value { return j.rate[side].Den() })
	}
	for i := range all {
		all[i].cross()
	}
	return s
}

func (s *segments) sum(of func(joint) kpi.Value) kpi.Value {
	return kpi.Sum(func(yield func(kpi.Value) bool) {
		for _, j := range s.all {
			if !yield(of(j)) {
				return
			}
		}
	})
}

// rates gives the rate of all segments together.
func (s *segments) rates() Pair { return Pair{s.num[0].Div(s.den[0]), s.num[1].Div(s.den[1])} }

func (s *segments) counts() (c Counts) {
	for _, j := range s.all {
		switch {
		case j.there(0) && j.there(1):
			c.Both++
		case j.there(0):
			c.BaseOnly++
		case j.there(1):
			c.CurrentOnly++
		default:
			c.LeftOut++
		}
	}
	return c
}

// there reports whether a side has a denominator to have a rate of.
func (j joint) there(side int) bool { return orNothing(j.rate[side].Den()).Sign() != 0 }

// cross computes the numerators at the other side's rate.
func (j *joint) cross() {
	j.crossed = [2]kpi.Value{kpi.Int(0), kpi.Int(0)}
	if j.there(0) && j.there(1) {
		j.crossed[0] = j.rate[0].Den().Mul(j.rate[1].Value())
		j.crossed[1] = j.rate[1].Den().Mul(j.rate[0].Value())
	}
}

// shorten rounds the crossed numerators where they are too many or too fine.
func (s *segments) shorten() bool {
	crossed := make([]kpi.Value, 0, 2*len(s.all))
	for _, j := range s.all {
		crossed = append(crossed, j.crossed[:]...)
	}
	if len(s.all) <= mostProducts && !tooFine(crossed) {
		return false
	}
	shorten(crossed, morePlaces)
	for i := range s.all {
		copy(s.all[i].crossed[:], crossed[2*i:])
	}
	return true
}

// parts gives every segment's and the total's parts. Written with numerators
// n and denominators d of a segment, N and D of all and x the crossed ones,
//
//	rate  ((x₀ − n₀)/D₀ + (n₁ − x₁)/D₁) / 2
//	mix   (n₁ − d₁R)/D₁ − (n₀ − d₀R)/D₀ − rate,  R = (R₀ + R₁)/2
//
// which needs no rate of a segment, and few fractions. Of one side alone
// there is no rate part.
func (s *segments) parts(b *Bridge) {
	mean := b.Values.Base.Add(b.Values.Current).Div(kpi.Int(2))
	rates, others := Pair{kpi.Int(0), kpi.Int(0)}, kpi.Int(0)
	for _, j := range s.all {
		other := j.other(s)
		if !j.there(0) && !j.there(1) && other == kpi.Int(0) {
			continue
		}
		share := Pair{j.den(0).Div(s.den[0]), j.den(1).Div(s.den[1])}
		moved := j.moved()
		rate := s.rate(moved)
		before := j.own(0).Sub(j.den(0).Mul(mean)).Div(s.den[0])
		now := j.own(1).Sub(j.den(1).Mul(mean)).Div(s.den[1])
		rates.Base, rates.Current = rates.Base.Add(moved.Base), rates.Current.Add(moved.Current)
		others = others.Add(other)
		b.Nodes = append(b.Nodes, Node{Key: j.key, Values: j.values(), Weights: share,
			Amounts: []kpi.Value{rate, now.Sub(before).Sub(rate), other}})
	}
	rate := s.rate(rates)
	b.Parts[0].Amount, b.Parts[2].Amount = rate, others
	b.Parts[1].Amount = b.Values.Change().Sub(rate).Sub(others)
}

// rate gives the rate part of what numerators moved by rates alone, at the
// base and at the current weights.
func (s *segments) rate(moved Pair) kpi.Value {
	both := moved.Base.Mul(s.den[1]).Add(moved.Current.Mul(s.den[0]))
	return both.Div(kpi.Int(2).Mul(s.den[0]).Mul(s.den[1]))
}

// moved gives what the segment's rate alone did to its numerators.
func (j joint) moved() Pair {
	if !j.there(0) || !j.there(1) {
		return Pair{kpi.Int(0), kpi.Int(0)}
	}
	return Pair{j.crossed[0].Sub(j.own(0)), j.own(1).Sub(j.crossed[1])}
}

func (j joint) den(side int) kpi.Value { return orNothing(j.rate[side].Den()) }

// own gives the numerator where there is a denominator.
func (j joint) own(side int) kpi.Value {
	if j.there(side) {
		return orNothing(j.rate[side].Num())
	}
	return kpi.Int(0)
}

// other gives what numerators without a denominator do to the total.
func (j joint) other(s *segments) kpi.Value {
	amount := Pair{kpi.Int(0), kpi.Int(0)}
	if !j.there(0) {
		amount.Base = orNothing(j.rate[0].Num()).Div(s.den[0])
	}
	if !j.there(1) {
		amount.Current = orNothing(j.rate[1].Num()).Div(s.den[1])
	}
	return amount.Change()
}

func (j joint) values() (v Pair) {
	if j.there(0) {
		v.Base = orNothing(j.rate[0].Num()).Div(j.rate[0].Den())
	}
	if j.there(1) {
		v.Current = orNothing(j.rate[1].Num()).Div(j.rate[1].Den())
	}
	return v
}

// findAll says what the reader of a rate should know.
func (s *segments) findAll(b *Bridge) {
	if c := b.Counts; c.BaseOnly+c.CurrentOnly > 0 {
		b.find(codeOneSide, check.Info, b.RateMix.Dimension, "current_only", c.CurrentOnly, "base_only", c.BaseOnly,
			"current", b.Question.Current.Name, "base", b.Question.Base.Name)
	}
	odd, first := 0, ""
	for _, j := range s.all {
		if j.other(s) != kpi.Int(0) {
			if odd++; odd == 1 {
				first = j.key
			}
		}
	}
	if odd > 0 {
		b.find(codeNoDenominator, check.Warning, first, "n", odd)
	}
	s.findSimpson(b)
}

// findSimpson looks for segments that all went one way while the total went
// the other.
func (s *segments) findSimpson(b *Bridge) {
	compared, up, down := 0, 0, 0
	for _, j := range s.all {
		if j.there(0) && j.there(1) {
			compared++
			switch j.values().Change().Sign() {
			case 1:
				up++
			case -1:
				down++
			}
		}
	}
	way := b.Gap.Sign()
	switch {
	case compared == 0:
	case up == compared && way < 0:
		b.find(codeSimpson, check.Warning, b.Question.Metric, "segments", compared,
			"segments_went", "up", "total_went", "down", "segments_went_zh", "上升", "total_went_zh", "下降")
	case down == compared && way > 0:
		b.find(codeSimpson, check.Warning, b.Question.Metric, "segments", compared,
			"segments_went", "down", "total_went", "up", "segments_went_zh", "下降", "total_went_zh", "上升")
	}
}
