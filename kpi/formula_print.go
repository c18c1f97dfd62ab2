package kpi

import "strconv"

// span says where a part of a formula stands in its canonical text: from
// start to end, with the operator at.
type span struct{ start, at, end int }

// printer writes a formula and remembers where its parts stand, in the
// order in which they are met: a part before its arguments.
type printer struct {
	text  []byte
	spans []span
}

// String gives the canonical text: one space around + − * / and after
// commas, numbers without trailing zeros, and no parentheses but those that
// the tree needs. Reading it back gives an equal Formula. The zero Formula
// gives "".
func (f Formula) String() string { return string(f.print().text) }

func (f Formula) print() printer {
	var p printer
	if !f.IsZero() {
		p.term(f.root.Value(), 0)
	}
	return p
}

// precedence says how tightly an operation binds its operands.
func precedence(op Op) int {
	switch op {
	case OpAdd, OpSub:
		return 1
	case OpMul, OpDiv:
		return 2
	case OpNeg:
		return 3
	}
	return 4
}

// term writes a part where something of at least this precedence must stand.
func (p *printer) term(t term, least int) {
	if precedence(t.op) < least {
		p.text = append(p.text, '(')
		p.term(t, 0)
		p.text = append(p.text, ')')
		return
	}
	i := len(p.spans)
	p.spans = append(p.spans, span{start: len(p.text), at: len(p.text)})
	switch {
	case t.op == OpNumber:
		p.text = t.number.appendExact(p.text)
	case t.op == OpRef:
		p.text = append(p.text, t.ref...)
	case t.op == OpNeg:
		p.text = append(p.text, '-')
		p.term(t.left.Value(), precedence(OpNeg))
	case t.op.function():
		p.call(t)
	default:
		p.term(t.left.Value(), precedence(t.op))
		p.text = append(p.text, ' ')
		p.spans[i].at = len(p.text)
		p.text = append(p.text, symbol(t.op), ' ')
		p.term(t.right.Value(), precedence(t.op)+1)
	}
	p.spans[i].end = len(p.text)
}

func (p *printer) call(t term) {
	p.text = append(append(p.text, t.op.String()...), '(')
	for i, arg := range t.args() {
		if i > 0 {
			p.text = append(p.text, ", "...)
		}
		p.term(arg.Value(), 0)
	}
	p.text = append(p.text, ')')
}

func symbol(op Op) byte { return "+-*/"[op-OpAdd] }

// column gives the place of the operator of the i-th part, as people count:
// from 1. Canonical text is ASCII, so bytes are characters.
func (p printer) column(i int) string { return strconv.Itoa(p.spans[i].at + 1) }
