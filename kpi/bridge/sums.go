package bridge

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// flow sums up the products of one unit of measure that are sold on both
// sides.
type flow struct {
	unit     string
	quantity Pair
	value    kpi.Value // of the base side
}

// sums are those of an inner branch.
type sums struct {
	values, weights Pair
	units           []string // of its quantities, in order
	flows           []flow   // by unit
}

// addProduct adds one product.
func (s *sums) addProduct(p *product, unit string) {
	values, weights := p.pairs()
	s.add(values, weights)
	if weights != (Pair{}) {
		s.addUnit(unit)
	}
	if p.sold == [2]bool{true, true} {
		s.addFlow(flow{unit, Pair{p.quantity[0], p.quantity[1]}, p.value[0]})
	}
}

// addSums adds what lies below.
func (s *sums) addSums(below *sums) {
	s.add(below.values, below.weights)
	for _, unit := range below.units {
		s.addUnit(unit)
	}
	for _, f := range below.flows {
		s.addFlow(f)
	}
}

func (s *sums) add(values, weights Pair) {
	s.values.add(0, values.Base)
	s.values.add(1, values.Current)
	s.weights.add(0, weights.Base)
	s.weights.add(1, weights.Current)
}

func (s *sums) addUnit(unit string) {
	if i, found := slices.BinarySearch(s.units, unit); !found {
		s.units = slices.Insert(s.units, i, unit)
	}
}

func (s *sums) addFlow(f flow) {
	i, found := slices.BinarySearchFunc(s.flows, f.unit, func(f flow, unit string) int { return cmp.Compare(f.unit, unit) })
	if !found {
		s.flows = slices.Insert(s.flows, i, f)
		return
	}
	to := &s.flows[i]
	to.quantity.add(0, f.quantity.Base)
	to.quantity.add(1, f.quantity.Current)
	to.value = to.value.Add(f.value)
}

// pairs gives what a product shows: no data where nothing is there.
func (p *product) pairs() (values, weights Pair) {
	for side := range 2 {
		if p.there[side] {
			values.set(side, p.value[side])
		}
		if p.sold[side] {
			weights.set(side, p.quantity[side])
		}
	}
	return values, weights
}

// sumUp sums up every inner branch; those below come behind in the list, so
// it is walked from its end.
func (v *volume) sumUp() {
	v.sums = make([]*sums, len(v.tree.branches))
	for at := len(v.sums) - 1; at >= 0; at-- {
		if v.tree.isProduct(at) {
			continue
		}
		s := &sums{}
		for _, child := range v.tree.children[at] {
			if v.tree.isProduct(child) {
				s.addProduct(&v.products[child], v.tree.branches[child].unit)
			} else {
				s.addSums(v.sums[child])
			}
		}
		v.sums[at] = s
	}
}

// average works out what mix is measured against, by unit of measure.
func (v *volume) average(b *Bridge) {
	v.units = map[string]*average{}
	for _, f := range v.sums[0].flows {
		v.units[f.unit] = newAverage(f, v.places)
		if f.quantity.Base.Sign() == 0 {
			b.find(codeNoBasis, check.Critical, f.unit, "base", b.Question.Base.Name)
		}
	}
}

// levels splits the mix: what the branches of one level are worth at their
// own average base prices, less what those above are, is the mix of that
// level. Of the last it is what is left.
func (v *volume) levels(names []string, mix kpi.Value) []Level {
	worth := make([][]kpi.Value, len(names))
	for at, s := range v.sums {
		if s == nil {
			continue
		}
		level := v.tree.branches[at].level
		for _, f := range s.flows {
			worth[level] = append(worth[level], f.quantity.Current.Mul(f.value.Div(f.quantity.Base)))
		}
	}
	levels := make([]Level, len(names))
	for i := range levels[:len(names)-1] {
		levels[i] = Level{names[i], v.worth(worth[i+1]).Sub(v.worth(worth[i]))}
		mix = mix.Sub(levels[i].Mix)
	}
	levels[len(names)-1] = Level{names[len(names)-1], mix}
	for i := range levels {
		if !levels[i].Mix.Defined() {
			levels[i].Mix = kpi.Undefined(kpi.UndefinedMix)
		}
	}
	return levels
}

func (v *volume) worth(values []kpi.Value) kpi.Value {
	if v.places > 0 {
		shorten(values, v.places)
	}
	return sum(slices.Values(values))
}
