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

// cross computes the numerators at the other side's rate. Where one side is
// not there it has the rate of the other, so crossing changes nothing there,
// and gives nothing here.
func (j *joint) cross() {
	j.crossed = [2]kpi.Value{kpi.Int(0), kpi.Int(0)}
	for side := range 2 {
		if other := 1 - side; j.there(other) {
			j.crossed[side] = orNothing(j.rate[side].Den()).Mul(j.rate[other].Value())
		}
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
	shorten(crossed, casePlaces)
	for i := range s.all {
		copy(s.all[i].crossed[:], crossed[2*i:])
	}
	return true
}

// parts gives every segment's and the total's parts. Written with numerators
// n and denominators d of a segment, N and D of all and x the crossed ones,
//
//	rate part  ½ (x₀/D₀ − n₀/D₀ + n₁/D₁ − x₁/D₁)
//	mix part   ½ (x₁/D₁ + n₁/D₁ − n₀/D₀ − x₀/D₀) − (d₁/D₁ − d₀/D₀)(R₀ + R₁)/2
//
// which needs no rate of a segment, and so no case apart.
func (s *segments) parts(b *Bridge) {
	half := kpi.Frac(1, 2)
	mean := b.Values.Base.Add(b.Values.Current).Mul(half)
	total := [3]kpi.Value{kpi.Int(0), kpi.Int(0), kpi.Int(0)}
	for _, j := range s.all {
		if !j.there(0) && !j.there(1) && j.other(s) == kpi.Int(0) {
			continue
		}
		share := Pair{orNothing(j.rate[0].Den()).Div(s.den[0]), orNothing(j.rate[1].Den()).Div(s.den[1])}
		own := Pair{j.own(0).Div(s.den[0]), j.own(1).Div(s.den[1])}
		crossed := Pair{j.crossed[0].Div(s.den[0]), j.crossed[1].Div(s.den[1])}
		if !j.there(1) { // the rate of the other side, at no weight
			crossed.Base = own.Base
		}
		if !j.there(0) {
			crossed.Current = own.Current
		}
		amounts := []kpi.Value{
			own.Change().Sub(crossed.Change()).Mul(half),
			own.Change().Add(crossed.Change()).Mul(half).Sub(share.Change().Mul(mean)),
			j.other(s),
		}
		for i, amount := range amounts {
			total[i] = total[i].Add(amount)
		}
		b.Nodes = append(b.Nodes, Node{Key: j.key, Values: j.values(), Weights: share, Amounts: amounts})
	}
	for i := range b.Parts {
		b.Parts[i].Amount = total[i]
	}
}

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
		b.find(codeSimpson, check.Warning, b.Metric, "segments", compared,
			"segments_went", "up", "total_went", "down", "segments_went_zh", "上升", "total_went_zh", "下降")
	case down == compared && way > 0:
		b.find(codeSimpson, check.Warning, b.Metric, "segments", compared,
			"segments_went", "down", "total_went", "up", "segments_went_zh", "下降", "total_went_zh", "上升")
	}
}
