package bridge

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
)

// Explain gives the gap as a tree: its parts, and below each what it is made
// of. Of a driver or a member that is its value on both sides, of a product
// or a segment its own share of the part, level by level. Its String is the
// tree as text.
func (b Bridge) Explain() kpi.Explanation {
	unit := b.Question.Unit
	root := kpi.Explanation{Op: kpi.OpAdd, Value: b.Gap, Unit: &unit,
		Text: fmt.Sprintf("%s: %s − %s", b.Question.Metric, b.Question.Current.Name, b.Question.Base.Name)}
	for i, p := range b.Parts {
		part := kpi.Explanation{Op: kpi.OpRef, Text: p.ID, Value: p.Amount, Unit: &unit}
		if p.Rest > 0 {
			part.Text = fmt.Sprintf("rest of %d", p.Rest)
		}
		if p.Values != (Pair{}) {
			part.Args = []kpi.Explanation{
				{Op: kpi.OpRef, Text: b.Question.Current.Name, Value: p.Values.Current},
				{Op: kpi.OpRef, Text: b.Question.Base.Name, Value: p.Values.Base},
			}
		}
		part.Args = append(part.Args, explainNodes(b.Nodes, i, &unit)...)
		root.Args = append(root.Args, part)
	}
	return root
}

// explainNodes gives what each node adds to one part, without those that add
// nothing.
func explainNodes(nodes []Node, part int, unit *kpi.Unit) []kpi.Explanation {
	var args []kpi.Explanation
	for _, n := range nodes {
		amount := n.amount(part)
		if amount == kpi.Int(0) {
			continue
		}
		name := n.Key
		if n.UnitOfMeasure != "" {
			name += " (" + n.UnitOfMeasure + ")"
		}
		args = append(args, kpi.Explanation{Op: kpi.OpAdd, Text: name, Value: amount, Unit: unit,
			Args: explainNodes(n.Nodes, part, unit)})
	}
	return args
}
