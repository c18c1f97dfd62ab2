package bridge

import "github.com/saleskpi/saleskpi/kpi"

// amounts gives the parts of a product, in the order of the bridge's.
func (v *volume) amounts(to []kpi.Value, p *product, unit string) []kpi.Value {
	zero := kpi.Int(0)
	price, cost, mix, quantity := zero, zero, zero, zero
	entered, left, other := zero, zero, zero
	switch p.sold {
	case [2]bool{true, true}:
		price, cost = p.constant.Sub(p.atBase).Sub(p.cost), p.cost
		mix = v.units[unit].mix(p, v.places)
		quantity = p.atBase.Sub(p.value[0]).Sub(mix)
	case [2]bool{false, true}:
		entered, other = p.constant, p.value[0].Neg()
	case [2]bool{true, false}:
		left, other = p.value[0].Neg(), p.constant
	default:
		other = p.constant.Sub(p.value[0])
	}
	to = append(to, price)
	if v.basis == Margins {
		to = append(to, cost)
	}
	return append(to, mix, quantity, entered, left, p.value[1].Sub(p.constant), other)
}

// answer fills the bridge.
func (v *volume) answer(b *Bridge) {
	v.sumUp()
	v.average(b)
	b.Nodes = v.nodes(0, len(b.Parts))
	for i, amount := range add(b.Nodes, len(b.Parts)) {
		b.Parts[i].Amount = amount
	}
	mix, _ := b.Part(Mix)
	b.Levels = v.levels(b.PriceVolumeMix.Levels, mix.Amount)
}

// nodes gives the children of a branch.
func (v *volume) nodes(at, parts int) []Node {
	children := v.tree.children[at]
	nodes, amounts := make([]Node, len(children)), make([]kpi.Value, 0, parts*len(children))
	for i, child := range children {
		branch, n := v.tree.branches[child], &nodes[i]
		n.Key, n.UnitOfMeasure = branch.name, branch.unit
		if v.tree.isProduct(child) {
			n.Values, n.Weights = v.products[child].pairs()
			amounts = v.amounts(amounts, &v.products[child], branch.unit)
			n.Amounts = amounts[len(amounts)-parts : len(amounts) : len(amounts)]
			continue
		}
		s := v.sums[child]
		n.Values, n.Weights = s.values, s.weights
		if len(s.units) > 1 {
			n.Weights = Pair{kpi.Undefined(kpi.NotApplicable), kpi.Undefined(kpi.NotApplicable)}
		}
		n.Nodes = v.nodes(child, parts)
		n.Amounts = add(n.Nodes, parts)
	}
	return nodes
}

// add adds up the amounts of nodes, by part.
func add(nodes []Node, parts int) []kpi.Value {
	total := make([]kpi.Value, parts)
	for i := range total {
		total[i] = kpi.Int(0)
		for _, n := range nodes {
			total[i] = total[i].Add(n.Amounts[i])
		}
	}
	return total
}
