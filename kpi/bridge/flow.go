package bridge

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// flow sums up the products of one unit of measure that are sold on both
// sides. Price, mix and quantity of any branch follow from its flows.
type flow struct {
	unit     string
	quantity Pair
	value    Pair // the current one at constant currency
	atBase   kpi.Value
	cost     kpi.Value
}

// whole sums up the lines of a branch.
type whole struct {
	values                     Pair
	weights                    Pair
	unit                       *string // of all its quantities so far
	new, lost, currency, other kpi.Value
	flows                      []flow // by unit
}

// unitBase is what mix is measured against: of the products in one unit of
// measure, the growth of their quantity and their average base price.
type unitBase struct {
	growth, price kpi.Value
}

func nothing() whole {
	zero := kpi.Int(0)
	return whole{new: zero, lost: zero, currency: zero, other: zero}
}

// addProduct adds one product.
func (w *whole) addProduct(p *product, unit string) {
	for side := range 2 {
		if p.there[side] {
			w.values.add(side, p.value[side])
		}
		if p.sold[side] {
			w.weigh(side, p.quantity[side], &unit)
		}
	}
	w.currency = w.currency.Add(p.value[1].Sub(p.constant))
	switch p.sold {
	case [2]bool{true, true}:
		w.flow(unit).add(flow{unit, Pair{p.quantity[0], p.quantity[1]}, Pair{p.value[0], p.constant}, p.atBase, p.cost})
	case [2]bool{false, true}:
		w.new = w.new.Add(p.constant)
		w.other = w.other.Sub(p.value[0])
	case [2]bool{true, false}:
		w.lost = w.lost.Sub(p.value[0])
		w.other = w.other.Add(p.constant)
	default:
		w.other = w.other.Add(p.constant.Sub(p.value[0]))
	}
}

// addWhole adds what lies below.
func (w *whole) addWhole(below *whole) {
	w.values.add(0, below.values.Base)
	w.values.add(1, below.values.Current)
	if below.unit != nil {
		w.weigh(0, below.weights.Base, below.unit)
		w.weigh(1, below.weights.Current, below.unit)
	}
	w.new, w.lost = w.new.Add(below.new), w.lost.Add(below.lost)
	w.currency, w.other = w.currency.Add(below.currency), w.other.Add(below.other)
	for _, f := range below.flows {
		w.flow(f.unit).add(f)
	}
}

// weigh adds a quantity; several units of measure have no common one.
func (w *whole) weigh(side int, quantity kpi.Value, unit *string) {
	if w.unit == nil {
		w.unit = unit
	}
	if *w.unit != *unit {
		none := kpi.Undefined(kpi.NotApplicable)
		w.weights = Pair{none, none}
	}
	w.weights.add(side, quantity)
}

// flow gives the flow of a unit, a new one where there is none.
func (w *whole) flow(unit string) *flow {
	i, found := slices.BinarySearchFunc(w.flows, unit, func(f flow, unit string) int {
		switch {
		case f.unit < unit:
			return -1
		case f.unit > unit:
			return 1
		}
		return 0
	})
	if !found {
		zero := kpi.Int(0)
		w.flows = slices.Insert(w.flows, i, flow{unit, Pair{zero, zero}, Pair{zero, zero}, zero, zero})
	}
	return &w.flows[i]
}

func (f *flow) add(g flow) {
	f.quantity = Pair{f.quantity.Base.Add(g.quantity.Base), f.quantity.Current.Add(g.quantity.Current)}
	f.value = Pair{f.value.Base.Add(g.value.Base), f.value.Current.Add(g.value.Current)}
	f.atBase, f.cost = f.atBase.Add(g.atBase), f.cost.Add(g.cost)
}

// base gives what mix is measured against.
func (f *flow) base() unitBase {
	return unitBase{f.quantity.Current.Div(f.quantity.Base), f.value.Base.Div(f.quantity.Base)}
}

// evenly gives what the current quantity is worth at the average base price
// of the flow.
func (f *flow) evenly() kpi.Value {
	return f.quantity.Current.Mul(f.value.Base.Div(f.quantity.Base))
}

// mix gives the mix part of a flow: with g the growth of quantity in its unit
// of measure,
//
//	q₁p₀ − q₁P₀ − g × (q₀p₀ − q₀P₀)
//
// which is the sum of Q₁ × (s₁ − s₀) × (p₀ − P₀) over its products.
func (f *flow) mix(u unitBase) kpi.Value {
	now := f.atBase.Sub(f.quantity.Current.Mul(u.price))
	before := f.value.Base.Sub(f.quantity.Base.Mul(u.price))
	mix := now.Sub(u.growth.Mul(before))
	if !mix.Defined() {
		return kpi.Undefined(kpi.UndefinedMix)
	}
	return mix
}

// amounts gives the parts of a branch, in the order of the bridge's.
func (v *volume) amounts(w *whole) []kpi.Value {
	price, cost, mix, volume := kpi.Int(0), kpi.Int(0), kpi.Int(0), kpi.Int(0)
	for i := range w.flows {
		f := &w.flows[i]
		price = price.Add(f.value.Current.Sub(f.atBase).Sub(f.cost))
		cost = cost.Add(f.cost)
		mix = mix.Add(f.mix(v.units[f.unit]))
		volume = volume.Add(f.atBase.Sub(f.value.Base))
	}
	amounts := make([]kpi.Value, 0, 8)
	amounts = append(amounts, price)
	if v.basis == Margins {
		amounts = append(amounts, cost)
	}
	return append(amounts, mix, volume.Sub(mix), w.new, w.lost, w.currency, w.other)
}

// answer fills the bridge.
func (v *volume) answer(b *Bridge) {
	wholes := v.sumUp()
	root := wholes[0]
	v.units = map[string]unitBase{}
	for i := range root.flows {
		f := &root.flows[i]
		v.units[f.unit] = f.base()
		if f.quantity.Base.Sign() == 0 {
			b.find(codeNoBasis, check.Critical, f.unit, "base", b.Question.Base.Name)
		}
	}
	for i, amount := range v.amounts(root) {
		b.Parts[i].Amount = amount
	}
	b.Nodes = v.nodes(0, wholes)
	b.Levels = v.levels(wholes, b.PriceVolumeMix.Levels)
}

// sumUp sums up every inner branch; those below come behind in the list, so
// it is walked from its end.
func (v *volume) sumUp() []*whole {
	wholes := make([]*whole, len(v.tree.branches))
	for at := len(wholes) - 1; at >= 0; at-- {
		if v.tree.isProduct(at) {
			continue
		}
		w := nothing()
		for _, child := range v.tree.children[at] {
			if v.tree.isProduct(child) {
				w.addProduct(&v.products[child], v.tree.branches[child].unit)
			} else {
				w.addWhole(wholes[child])
			}
		}
		wholes[at] = &w
	}
	return wholes
}

// nodes gives the children of a branch.
func (v *volume) nodes(at int, wholes []*whole) []Node {
	children := v.tree.children[at]
	nodes := make([]Node, len(children))
	for i, child := range children {
		branch := v.tree.branches[child]
		nodes[i] = Node{Key: branch.name, UnitOfMeasure: branch.unit}
		w := wholes[child]
		if w == nil {
			single := nothing()
			single.addProduct(&v.products[child], branch.unit)
			w = &single
		} else {
			nodes[i].Nodes = v.nodes(child, wholes)
		}
		nodes[i].Values, nodes[i].Weights, nodes[i].Amounts = w.values, w.weights, v.amounts(w)
	}
	return nodes
}

// levels splits the mix: what the branches of one level are worth at their
// own average base prices, less what those above are, is the mix of that
// level.
func (v *volume) levels(wholes []*whole, names []string) []Level {
	worth := make([][]kpi.Value, len(names)+1)
	for at, w := range wholes {
		if w == nil {
			continue
		}
		for i := range w.flows {
			level := v.tree.branches[at].level
			worth[level] = append(worth[level], w.flows[i].evenly())
		}
	}
	products := kpi.Int(0)
	for _, f := range wholes[0].flows {
		products = products.Add(f.atBase)
	}
	worth[len(names)] = []kpi.Value{products}
	levels := make([]Level, len(names))
	above := worthOf(worth[0], false)
	for i, name := range names {
		here := worthOf(worth[i+1], i+1 < len(names))
		levels[i] = Level{name, here.Sub(above)}
		if !levels[i].Mix.Defined() {
			levels[i].Mix = kpi.Undefined(kpi.UndefinedMix)
		}
		above = here
	}
	return levels
}

func worthOf(values []kpi.Value, many bool) kpi.Value {
	if many {
		shorten(values)
	}
	return sum(slices.Values(values))
}
