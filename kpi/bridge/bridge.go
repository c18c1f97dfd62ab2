package bridge

import (
	"iter"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Bridge is the gap between the two values of a number, split into parts
// that add up to it exactly. It is a record that goes through JSON and comes
// back equal, and shares nothing with what it was made of.
//
// Where the gap cannot be split, the parts are undefined: with reason
// UndefinedMix where both values are known, and with the reason of the gap
// where one is not. A finding names the cause.
type Bridge struct {
	Kind     Kind            `json:"kind"`
	Question Question        `json:"question"`
	Key      []string        `json:"key,omitzero"` // of the node that it was zoomed into, see [Bridge.At]
	Values   Pair            `json:"values"`
	Gap      kpi.Value       `json:"gap"`    // current − base
	Parts    []Part          `json:"parts"`  // add up to Gap
	Up       kpi.Value       `json:"up"`     // gross: what pulls up, and what stands behind a rest one by one
	Down     kpi.Value       `json:"down"`   // gross: what pulls down; Up + Down = Gap
	Counts   Counts          `json:"counts"` // what was read
	Levels   []Level         `json:"levels,omitzero"`
	Nodes    []Node          `json:"nodes,omitzero"` // the same parts for every product or segment, by key
	Findings []check.Finding `json:"findings"`

	// The definition, one of them; market and share has none.
	Drivers        *Drivers        `json:"drivers,omitzero"`
	PriceVolumeMix *PriceVolumeMix `json:"price_volume_mix,omitzero"`
	RateMix        *RateMix        `json:"rate_mix,omitzero"`
	Members        *Members        `json:"members,omitzero"`
}

// Part is one contribution to the gap.
type Part struct {
	ID     string    `json:"id"` // of a driver or a member, or a word such as price; empty for the rest
	Amount kpi.Value `json:"amount"`
	Values Pair      `json:"values,omitzero"` // of a driver or a member: its own value on both sides, as used
	Rest   int       `json:"rest,omitzero"`   // how many members stand together here, where they do
}

// Node is a product, a family or a segment: its own gap by the same parts.
// The amounts of sibling nodes add up to those of what they belong to.
type Node struct {
	Key           string      `json:"key"`
	UnitOfMeasure string      `json:"unit_of_measure,omitzero"` // of a product
	Values        Pair        `json:"values"`                   // amounts, or rates of a segment; no data where there is nothing
	Weights       Pair        `json:"weights"`                  // quantities, or shares of a segment; not applicable over several units of measure
	Amounts       []kpi.Value `json:"amounts"`                  // one for each part of the bridge, in their order
	Nodes         []Node      `json:"nodes,omitzero"`
}

// amount gives one of the amounts; of a stored node that lacks it, no data.
func (n Node) amount(part int) kpi.Value {
	if part >= len(n.Amounts) {
		return kpi.Value{}
	}
	return n.Amounts[part]
}

// Level says how much of the mix comes from one level of the products: from
// which families were sold, and from which products within them. Levels add
// up to the part mix.
type Level struct {
	Name string    `json:"name"`
	Mix  kpi.Value `json:"mix"`
}

// Counts says what was read: figures, lines or segments, by key.
type Counts struct {
	Both        int `json:"both"` // on both sides
	BaseOnly    int `json:"base_only"`
	CurrentOnly int `json:"current_only"`
	LeftOut     int `json:"left_out"` // no data on either side
}

// Part gives a part by its ID.
func (b Bridge) Part(id string) (p Part, known bool) {
	i := slices.IndexFunc(b.Parts, func(p Part) bool { return p.ID == id && p.Rest == 0 })
	if i < 0 {
		return Part{}, false
	}
	return b.Parts[i], true
}

// At zooms in: it gives the bridge of one node, by its key on every level
// from the top, so that a family has its own waterfall. ok is false where
// there is no such node. Of a product in two units of measure it is the first
// one. Findings and Levels are of the whole alone.
func (b Bridge) At(key ...string) (zoomed Bridge, ok bool) {
	nodes, at := b.Nodes, -1
	var n Node
	for _, name := range key {
		if at = slices.IndexFunc(nodes, func(n Node) bool { return n.Key == name }); at < 0 {
			return Bridge{}, false
		}
		n, nodes = nodes[at], nodes[at].Nodes
	}
	if at < 0 {
		return Bridge{}, false
	}
	return b.zoom(key, n), true
}

func (b Bridge) zoom(key []string, n Node) Bridge {
	z := b
	z.Key = append(slices.Clone(b.Key), key...)
	z.Levels, z.Counts, z.Findings = nil, Counts{}, []check.Finding{}
	z.Values, z.Nodes = n.Values, cloneNodes(n.Nodes)
	z.Parts = slices.Clone(b.Parts)
	for i := range z.Parts {
		z.Parts[i].Amount = n.amount(i)
	}
	z.Gap = sum(slices.Values(n.Amounts))
	z.Up, z.Down = gross(slices.Values(n.Amounts))
	return z
}

func cloneNodes(nodes []Node) []Node {
	clone := slices.Clone(nodes)
	for i := range clone {
		clone[i].Amounts, clone[i].Nodes = slices.Clone(clone[i].Amounts), cloneNodes(clone[i].Nodes)
	}
	return clone
}

// finish fills in what follows from values and parts.
func (b *Bridge) finish() {
	b.Gap = b.Values.Change()
	b.Up, b.Down = gross(b.amounts())
	if b.Findings == nil {
		b.Findings = []check.Finding{}
	}
}

// withhold makes every part undefined, because of the gap or of a mix.
func (b *Bridge) withhold() {
	why := kpi.UndefinedMix
	if gap := b.Values.Change(); !gap.Defined() {
		why = gap.Reason()
	}
	for i := range b.Parts {
		b.Parts[i].Amount = kpi.Undefined(why)
	}
}

func (b *Bridge) amounts() iter.Seq[kpi.Value] {
	return func(yield func(kpi.Value) bool) {
		for _, p := range b.Parts {
			if !yield(p.Amount) {
				return
			}
		}
	}
}

// sum adds up strictly: an undefined value makes the sum undefined, and
// nothing at all is 0.
func sum(values iter.Seq[kpi.Value]) kpi.Value {
	total := kpi.Int(0)
	for v := range values {
		total = total.Add(v)
	}
	return total
}

// gross adds up what lies above zero and what lies below.
func gross(values iter.Seq[kpi.Value]) (up, down kpi.Value) {
	up, down = kpi.Int(0), kpi.Int(0)
	for v := range values {
		switch {
		case !v.Defined():
			up, down = up.Add(v), down.Add(v)
		case v.Sign() > 0:
			up = up.Add(v)
		default:
			down = down.Add(v)
		}
	}
	return up, down
}
