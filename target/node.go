package target

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// MaxDepth is the greatest number of levels of an owner tree.
const MaxDepth = 64

// Node is an owner in the tree over which a goal is split: a company, a
// region, a team, a person. The order of children has no meaning.
type Node struct {
	ID string `json:"id"`

	// Weight counts among the siblings alone and need not add up to anything.
	// Where no sibling has a weight, all receive the same. That of the root
	// is not looked at.
	Weight kpi.Value `json:"weight,omitzero"`

	// Phasing spreads the targets of this owner and of all below it over the
	// periods; nil is that of the parent.
	Phasing *Phasing `json:"phasing,omitzero"`

	// Mode says how the target of an owner with children stands to theirs;
	// the zero Mode is their sum.
	Mode Mode `json:"mode,omitzero"`

	// Cushion is how much more the children of an owner that carries its own
	// quota receive: 0.1 is 110 for 100. It is required by Carried alone.
	Cushion kpi.Value `json:"cushion,omitzero"`

	// Direct is the weight of the owner's own selling beside its children,
	// of DirectPlusTeam; without weights it counts like one of them.
	Direct kpi.Value `json:"direct,omitzero"`

	// Floor and Cap are the least and the most that the owner receives of the
	// goal in [BreakDown], at whatever level it stands. Left out: no limit.
	Floor kpi.Value `json:"floor,omitzero"`
	Cap   kpi.Value `json:"cap,omitzero"`

	Children []Node `json:"children,omitempty"`
}

// Validate reports IDs that are missing, not UTF-8 or stand twice, weights that are
// below zero, all zero or given to some siblings only, phasings that are
// wrong in themselves, a mode without children, a cushion or direct weight
// that its mode does not use, a cushion outside 0…1, a floor above its cap, and
// a tree deeper than MaxDepth.
func (n Node) Validate() error {
	problems := check.List{Op: "target.Node"}
	n.check(&problems, "", unknownCount)
	return problems.Err()
}

func (n Node) check(problems *check.List, at string, periods int) (leaves int) {
	c := census{problems: problems, at: at, periods: periods, seen: map[string]bool{}}
	c.visit(&n, nil, 1, true)
	return c.leaves
}

// census walks a tree and writes down what is wrong, in the order of the
// input. Nothing arrives below a weight of zero, so there alone weights may
// all be zero.
type census struct {
	problems *check.List
	at       string
	periods  int
	seen     map[string]bool
	leaves   int
}

func (c *census) visit(n *Node, way *place, depth int, arrives bool) {
	switch { // the path is made only where it is needed
	case n.ID == "" || !utf8.ValidString(n.ID):
		c.problems.ID(c.at+way.path("id"), "missing_id", n.ID)
	case c.seen[n.ID]:
		c.problems.Add(check.ErrDuplicate, c.at+way.path("id"), "duplicate_owner", n.ID)
	}
	c.seen[n.ID] = true
	if n.Phasing != nil {
		n.Phasing.check(c.problems, c.at+way.path("phasing."), c.periods)
	}
	path := func(field string) string { return c.at + way.path(field) }
	n.checkMode(c.problems, path)
	n.checkLimit(c.problems, path)
	switch {
	case len(n.Children) == 0:
		c.leaves++
	case depth == MaxDepth:
		c.problems.Add(check.ErrRange, c.at+way.path("children"), "too_deep", nil, "most", MaxDepth)
	default:
		c.children(n, way, depth, arrives)
	}
}

func (c *census) children(n *Node, way *place, depth int, arrives bool) {
	weighted := n.weighted()
	if weighted && n.Mode == DirectPlusTeam && !(n.Direct.Sign() >= 0 && n.Direct.Defined()) {
		checkWeight(c.problems, c.at+way.path("direct"), n.Direct)
	}
	if weighted && arrives && n.Direct.Sign() == 0 && !slices.ContainsFunc(n.Children, func(child Node) bool { return child.Weight.Sign() != 0 || !child.Weight.Defined() }) {
		c.problems.Add(check.ErrInfeasible, c.at+way.path("children"), "all_weights_zero", nil)
	}
	for i := range n.Children {
		child, step := &n.Children[i], &place{way, i}
		if weighted && !(child.Weight.Sign() >= 0 && child.Weight.Defined()) {
			checkWeight(c.problems, c.at+step.path("weight"), child.Weight)
		}
		c.visit(child, step, depth+1, arrives && (!weighted || child.Weight.Sign() != 0))
	}
}

// place is the way down to a node. It becomes a path only where there is a
// problem.
type place struct {
	up    *place
	index int
}

func (p *place) path(field string) string {
	if p == nil {
		return field
	}
	return p.up.path(check.At("children", p.index) + "." + field)
}

// canonical gives a deep copy with the children in the order of their IDs,
// which makes the order of the input disappear.
func (n Node) canonical() Node {
	if n.Phasing != nil {
		own := n.Phasing.clone()
		n.Phasing = &own
	}
	children := make([]Node, len(n.Children))
	for i, child := range n.Children {
		children[i] = child.canonical()
	}
	slices.SortFunc(children, func(a, b Node) int { return strings.Compare(a.ID, b.ID) })
	n.Children = children
	return n
}

// unweighted gives a copy of the tree without weights and limits, down to a number of
// levels: it runs before anybody has looked how deep the tree is.
func (n Node) unweighted(levels int) Node {
	n.Weight, n.Direct, n.Floor, n.Cap = kpi.Value{}, kpi.Value{}, kpi.Value{}, kpi.Value{}
	n.Children = slices.Clone(n.Children)
	for i := 0; i < len(n.Children) && levels > 1; i++ {
		n.Children[i] = n.Children[i].unweighted(levels - 1)
	}
	return n
}

func (n Node) equal(m Node) bool {
	samePhasing := n.Phasing == m.Phasing ||
		n.Phasing != nil && m.Phasing != nil && n.Phasing.equal(*m.Phasing)
	return n.ID == m.ID && n.Weight == m.Weight && samePhasing &&
		n.Mode == m.Mode && n.Cushion == m.Cushion && n.Direct == m.Direct && n.Floor == m.Floor && n.Cap == m.Cap &&
		slices.EqualFunc(n.Children, m.Children, Node.equal)
}

// weighted reports whether anybody among the children, or the owner beside
// them, has a weight.
func (n Node) weighted() bool {
	return n.Direct != kpi.Value{} ||
		slices.ContainsFunc(n.Children, func(child Node) bool { return child.Weight != kpi.Value{} })
}

// weights gives one weight for each child, and behind them that of the
// owner's own selling where there is any; without weights all count alike.
func (n Node) weights() []kpi.Value {
	weights := make([]kpi.Value, 0, len(n.Children)+1)
	for _, child := range n.Children {
		weights = append(weights, child.Weight)
	}
	if n.Mode == DirectPlusTeam {
		weights = append(weights, n.Direct)
	}
	if !slices.ContainsFunc(weights, kpi.Value.Defined) {
		for i := range weights {
			weights[i] = kpi.Int(1)
		}
	}
	return weights
}
