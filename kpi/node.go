package kpi

import (
	"strings"
	"unique"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Op says what a node of a formula does. The zero Op is a number.
type Op uint8

const (
	OpNumber   Op = iota // a number
	OpRef                // a measure or a metric, by its ID
	OpNeg                // −a
	OpAdd                // a + b
	OpSub                // a − b
	OpMul                // a × b
	OpDiv                // a / b
	OpMin                // min(a, b, …): the smallest
	OpMax                // max(a, b, …): the largest
	OpAbs                // abs(a): a without its sign
	OpCoalesce           // coalesce(a, b, …): the first that is defined
	OpGrowth             // growth(a, b): (a − b) / b, see [Growth]
)

func opWords() []string {
	return []string{"number", "ref", "neg", "add", "sub", "mul", "div", "min", "max", "abs", "coalesce", "growth"}
}

// String gives the word of the operation, such as add; of a function it is
// the name in the text form.
func (o Op) String() string { return enum.String(opWords(), o) }

// MarshalText gives the word; an Op outside the constants is an error.
func (o Op) MarshalText() ([]byte, error) { return enum.Marshal("kpi.Op", opWords(), o) }

// UnmarshalText reads the word.
func (o *Op) UnmarshalText(text []byte) error { return enum.Unmarshal("kpi.Op", opWords(), text, o) }

// arity gives the least and the largest number of arguments.
func (o Op) arity() (least, most int) {
	switch o {
	case OpNumber, OpRef:
		return 0, 0
	case OpNeg, OpAbs:
		return 1, 1
	case OpMin, OpMax, OpCoalesce:
		return 2, MaxNodes
	}
	return 2, 2
}

// function reports whether the operation is written as name(…), and many
// whether it takes any number of arguments.
func (o Op) function() bool { return o >= OpMin }
func (o Op) many() bool     { return o == OpMin || o == OpMax || o == OpCoalesce }

// Node is a formula as a tree, for editors that build one without text. It
// is a record; [NewFormula] checks it and makes a [Formula] of it. To store
// a formula store its text, which is shorter and never deep.
type Node struct {
	Op     Op     `json:"op"`
	Number Value  `json:"number,omitzero"` // of OpNumber: a decimal
	Ref    string `json:"ref,omitzero"`    // of OpRef: the ID of a measure or metric
	Args   []Node `json:"args,omitzero"`   // of everything else
}

// term is a node inside a Formula. Terms are interned, so that equal
// formulas are the same handle. More than two arguments stand as a chain to
// the left: min(a, b, c) is min(min(a, b), c), which is the same number.
type term struct {
	op          Op
	number      Value // ≥ 0: a minus is OpNeg
	ref         string
	left, right unique.Handle[term]
}

// args gives the arguments as they are written.
func (t term) args() []unique.Handle[term] {
	switch {
	case t.op <= OpRef:
		return nil
	case t.right == unique.Handle[term]{}:
		return []unique.Handle[term]{t.left}
	}
	if left := t.left.Value(); left.op == t.op && t.op.many() {
		return append(left.args(), t.right)
	}
	return []unique.Handle[term]{t.left, t.right}
}

// nodes counts n and what hangs below it, and stops beyond the limit.
func (n Node) nodes() int {
	count := 1
	for _, arg := range n.Args {
		if count += arg.nodes(); count > MaxNodes {
			break
		}
	}
	return count
}

// term checks a node and what hangs below it, and records every problem
// with its path.
func (n Node) term(problems *check.List, at string) unique.Handle[term] {
	if n.Op > OpGrowth {
		problems.Add(check.ErrUnknown, check.At(at, "op"), "unknown_word", uint8(n.Op))
		return unique.Make(term{})
	}
	n.checkContent(problems, at)
	args := make([]unique.Handle[term], len(n.Args))
	for i, arg := range n.Args {
		args[i] = arg.term(problems, join(at, i))
	}
	if least, most := n.Op.arity(); len(args) < least || len(args) > most {
		problems.Add(check.ErrInvalid, check.At(at, "args"), "wrong_number_of_arguments", len(args), "op", n.Op, "least", least, "most", most)
		return unique.Make(term{})
	}
	return makeTerm(n.Op, n.Number, n.Ref, args)
}

func join(at string, i int) string { return check.At(check.At(at, "args"), i) }

func (n Node) checkContent(problems *check.List, at string) {
	exact := n.Number.Exact()
	_, err := Parse(exact)
	switch {
	case n.Op == OpNumber && (err != nil || strings.Contains(exact, "/")):
		problems.Add(check.ErrInvalid, check.At(at, "number"), "not_a_decimal", n.Number)
	case n.Op != OpNumber && n.Number != Value{}:
		problems.Add(check.ErrInvalid, check.At(at, "number"), "not_of_this_op", n.Number, "op", n.Op)
	}
	switch {
	case n.Op == OpRef && !ValidID(n.Ref):
		problems.Add(check.ErrInvalid, check.At(at, "ref"), "malformed_id", n.Ref, "form", "[a-z][a-z0-9_]*")
	case n.Op != OpRef && n.Ref != "":
		problems.Add(check.ErrInvalid, check.At(at, "ref"), "not_of_this_op", n.Ref, "op", n.Op)
	}
}

// makeTerm interns a checked node.
func makeTerm(op Op, number Value, ref string, args []unique.Handle[term]) unique.Handle[term] {
	switch {
	case op == OpRef:
		return unique.Make(term{op: op, ref: ref})
	case op == OpNumber && number.Sign() < 0:
		return unique.Make(term{op: OpNeg, left: unique.Make(term{number: number.Neg()})})
	case op == OpNumber:
		return unique.Make(term{number: number})
	case len(args) == 1:
		return unique.Make(term{op: op, left: args[0]})
	}
	t := unique.Make(term{op: op, left: args[0], right: args[1]})
	for _, arg := range args[2:] {
		t = unique.Make(term{op: op, left: t, right: arg})
	}
	return t
}
