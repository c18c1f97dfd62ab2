package bridge

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// product is what the lines of one product on both sides say. What is not
// there is 0.
type product struct {
	there    [2]bool
	sold     [2]bool
	quantity [2]kpi.Value
	value    [2]kpi.Value // amounts or margins, as they are
	constant kpi.Value    // value of the current side at constant currency
	atBase   kpi.Value    // of one that is sold on both sides: the current quantity at the base price
	cost     kpi.Value    // of such a one: its part cost
}

// volume computes a price–volume–mix bridge.
type volume struct {
	basis    Basis
	lines    [2][]Line
	tree     *tree
	products []product // by branch; those of inner branches are empty
	sums     []*sums   // by branch; those of products are nil
	places   int       // to which parts are rounded, 0 where they are kept
	units    map[string]*average
}

// notes count what is odd about lines.
type notes struct {
	noAmount, noValue, noQuantity [2]dropped
	belowZero                     dropped
}

// read takes in the lines, and says what cannot be used of them.
func (v *volume) read(b *Bridge) {
	v.tree.sort()
	v.products = make([]product, len(v.tree.branches))
	var found notes
	for at, branch := range v.tree.branches {
		p, zero := &v.products[at], kpi.Int(0)
		p.quantity, p.value, p.constant = [2]kpi.Value{zero, zero}, [2]kpi.Value{zero, zero}, zero
		for side, i := range branch.line {
			if i >= 0 {
				v.readLine(b, &found, at, side, &v.lines[side][i])
			}
		}
		b.Counts.add(*p, branch)
	}
	v.tell(b, found)
}

func (v *volume) readLine(b *Bridge, found *notes, at, side int, line *Line) {
	p := &v.products[at]
	actual, constant := line.value(v.basis)
	name := func() string { return joined(v.tree.path(at)) }
	switch why := kpi.Stronger(actual.Reason(), constant.Reason()); {
	case why == kpi.NoData:
		found.noAmount[side].add(name(), why)
		return
	case why != 0:
		found.noValue[side].add(name(), why)
		b.Values.add(side, kpi.Undefined(why))
		return
	}
	p.take(side, line, actual, constant)
	b.Values.add(side, actual)
	switch {
	case !p.sold[side] && actual.Sign() != 0:
		found.noQuantity[side].add(name(), line.Quantity.Reason())
	case p.quantity[side].Sign() < 0:
		found.belowZero.add(name(), 0)
	}
}

func (v *volume) tell(b *Bridge, found notes) {
	for side, name := range []string{b.Question.Base.Name, b.Question.Current.Name} {
		b.findDropped(codeNoValue, check.Critical, found.noValue[side], name)
		b.findDropped(codeNoAmount, check.Warning, found.noAmount[side], name)
		b.findDropped(codeNoQuantity, check.Info, found.noQuantity[side], name)
		if b.Values.side(side) == (kpi.Value{}) {
			b.find(codeNoSide, check.Warning, b.Question.Metric, "side", name, "reason", kpi.NoData.Title("en"), "reason_zh", kpi.NoData.Title("zh"))
		}
	}
	b.findDropped(codeBelowZero, check.Warning, found.belowZero, "")
	b.findDropped(codeUnitChanged, check.Warning, v.unitChanges(), "")
}

func (p *product) take(side int, line *Line, actual, constant kpi.Value) {
	p.there[side], p.value[side] = true, actual
	if line.sold() {
		p.sold[side], p.quantity[side] = true, line.Quantity
	}
	if side == 1 {
		p.constant = constant
	}
}

// unitChanges counts the products that are sold in one unit of measure on the
// base side alone and in another on the current side alone.
func (v *volume) unitChanges() (d dropped) {
	for _, children := range v.tree.children {
		for len(children) > 0 {
			first := v.tree.branches[children[0]]
			same := slices.IndexFunc(children, func(c int) bool { return v.tree.branches[c].name != first.name })
			if same < 0 {
				same = len(children)
			}
			only := [2]bool{}
			for _, c := range children[:same] {
				only[0] = only[0] || v.products[c].sold == [2]bool{true, false}
				only[1] = only[1] || v.products[c].sold == [2]bool{false, true}
			}
			if only[0] && only[1] {
				d.add(joined(v.tree.path(children[0])), 0)
			}
			children = children[same:]
		}
	}
	return d
}

func (c *Counts) add(p product, b branch) {
	switch {
	case p.there[0] && p.there[1]:
		c.Both++
	case p.there[0]:
		c.BaseOnly++
	case p.there[1]:
		c.CurrentOnly++
	case b.line != [2]int{-1, -1}:
		c.LeftOut++
	}
}

// value computes what current quantities are worth at base prices, and what
// unit costs did to margins.
func (v *volume) value(b *Bridge) {
	var both []int
	var crossed []kpi.Value
	for at := range v.products {
		if p := &v.products[at]; p.sold == [2]bool{true, true} {
			both = append(both, at)
			growth := p.quantity[1].Div(p.quantity[0])
			crossed = append(crossed, p.value[0].Mul(growth))
			if v.basis == Margins {
				crossed = append(crossed, v.line(at, 0).Cost.Mul(growth))
			}
		}
	}
	if len(both) > mostProducts || tooFine(crossed) {
		v.places = min(int(b.Question.Unit.Scale)+morePlaces, kpi.MaxScale)
		shorten(crossed, v.places)
		b.find(codeRounded, check.Info, b.Question.Metric, "places", v.places)
	}
	for n, at := range both {
		p := &v.products[at]
		if v.basis == Amounts {
			p.atBase, p.cost = crossed[n], kpi.Int(0)
			continue
		}
		_, cost := v.line(at, 1).constant()
		p.atBase, p.cost = crossed[2*n], crossed[2*n+1].Sub(cost)
	}
}

func (v *volume) line(at, side int) *Line { return &v.lines[side][v.tree.branches[at].line[side]] }
