package kpi

import (
	"slices"
	"unique"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Limits of a formula; beyond them is an error before any work.
const (
	MaxFormula = 4096 // bytes of its text
	MaxLevels  = 64   // of nesting
	MaxNodes   = 1000 // numbers, references and operations
)

// Formula computes a metric from measures and other metrics. It is made by
// [ParseFormula] from text, as an administrator of a CRM writes it,
//
//	won_count / (won_count + lost_count)
//
// or by [NewFormula] from a tree. The text form has references (the IDs of
// measures and metrics), decimal numbers such as 0.25, + − * / with the
// usual precedence and a unary minus, parentheses, and the functions
//
//	min(a, b, …)       the smallest
//	max(a, b, …)       the largest
//	abs(a)             without sign
//	coalesce(a, b, …)  the first that is defined
//	growth(a, b)       (a − b) / b, undefined on a base of zero or less
//
// It is a value: immutable, comparable, and == is equality of the trees, so
// that "a+b" and "(a + b)" are equal and a+b and b+a are not. The zero
// Formula is "no formula" and belongs to a base measure. Its JSON is its
// text. Safe for concurrent use.
type Formula struct {
	root unique.Handle[term]
}

// NewFormula makes a formula of a tree. A wrong number of arguments, a
// number that is not a decimal of at most 64 digits and 18 places, a
// malformed ID and content that does not belong to the operation are errors
// with the path of the node, all of them at once; too large a tree is
// check.ErrRange. The tree is not kept.
func NewFormula(tree Node) (Formula, error) {
	problems := check.List{Op: "kpi.NewFormula"}
	if tree.nodes() > MaxNodes {
		problems.Add(check.ErrRange, "", "too_many_nodes", nil, "most", MaxNodes)
		return Formula{}, problems.Err()
	}
	f := Formula{tree.term(&problems, "")}
	if problems.Empty() {
		f.checkSize(&problems)
	}
	if err := problems.Err(); err != nil {
		return Formula{}, err
	}
	return f, nil
}

// checkSize holds the tree to the limits, so that what it prints can be read
// back.
func (f Formula) checkSize(problems *check.List) {
	if levels := levels(f.root.Value()); levels > MaxLevels {
		problems.Add(check.ErrRange, "", "nested_too_deep", nil, "levels", levels, "most", MaxLevels)
	}
	if f.nodes() > MaxNodes {
		problems.Add(check.ErrRange, "", "too_many_nodes", nil, "most", MaxNodes)
	}
	if size := len(f.String()); size > MaxFormula {
		problems.Add(check.ErrRange, "", "formula_too_long", nil, "bytes", size, "most", MaxFormula)
	}
}

// levels counts nesting. A chain such as a + b − c or a × b / c is one
// level, and so is min(a, b, c).
func levels(t term) int {
	if t.op <= OpRef {
		return 1
	}
	left := t.left.Value()
	deepest := levels(left)
	if !chained(left.op, t.op) {
		deepest++
	}
	if t.right != (unique.Handle[term]{}) {
		deepest = max(deepest, 1+levels(t.right.Value()))
	}
	return deepest
}

// chained reports whether a left operand of an operation continues the same
// chain.
func chained(left, op Op) bool {
	if op.many() {
		return left == op
	}
	return op >= OpAdd && op <= OpDiv && precedence(left) == precedence(op)
}

// IsZero reports whether there is no formula.
func (f Formula) IsZero() bool { return f == Formula{} }

// Equal reports whether both are the same tree. It is ==.
func (f Formula) Equal(g Formula) bool { return f == g }

// Tree gives the formula as a tree of its own. [NewFormula] of it is f. The
// zero Formula gives the zero Node.
func (f Formula) Tree() Node {
	if f.IsZero() {
		return Node{}
	}
	return tree(f.root.Value())
}

func tree(t term) Node {
	n := Node{Op: t.op, Number: t.number, Ref: t.ref}
	for _, arg := range t.args() {
		n.Args = append(n.Args, tree(arg.Value()))
	}
	return n
}

// References gives the IDs of the measures and metrics that the formula
// names, each once and in order of bytes.
func (f Formula) References() []string {
	ids := []string{}
	f.walk(func(t term) {
		if t.op == OpRef {
			ids = append(ids, t.ref)
		}
	})
	slices.Sort(ids)
	return slices.Compact(ids)
}

// nodes counts numbers, references and operations; a chain of min, max or
// coalesce counts as its pairs.
func (f Formula) nodes() int {
	count := 0
	f.walk(func(term) { count++ })
	return count
}

func (f Formula) walk(visit func(term)) {
	if !f.IsZero() {
		walk(f.root.Value(), visit)
	}
}

func walk(t term, visit func(term)) {
	visit(t)
	for _, part := range []unique.Handle[term]{t.left, t.right} {
		if part != (unique.Handle[term]{}) {
			walk(part.Value(), visit)
		}
	}
}

// MarshalText gives the canonical text, and nothing for the zero Formula.
func (f Formula) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads what [ParseFormula] reads; no text at all gives the
// zero Formula.
func (f *Formula) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*f = Formula{}
		return nil
	}
	read, err := ParseFormula(string(text))
	if err == nil {
		*f = read
	}
	return err
}
