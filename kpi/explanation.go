package kpi

import "strings"

// Explanation is a formula with the value of each of its parts, down to
// measures: what a screen shows to somebody who asks where a number comes
// from. The part of a metric holds the explanation of its formula as its one
// argument; a measure holds none.
type Explanation struct {
	Op    Op            `json:"op"`
	Text  string        `json:"text"` // the part in canonical text; of OpRef the ID
	Value Value         `json:"value"`
	Unit  *Unit         `json:"unit,omitzero"` // of metrics and measures that a catalog knows
	Args  []Explanation `json:"args,omitzero"`
}

// Ratio gives numerator and denominator where the value is a quotient, also
// of a metric whose formula is one; ok is false where it is not.
func (e Explanation) Ratio() (r Ratio, ok bool) {
	switch {
	case e.Op == OpRef && len(e.Args) == 1:
		return e.Args[0].Ratio()
	case e.Op == OpDiv && len(e.Args) == 2:
		return NewRatio(e.Args[0].Value, e.Args[1].Value), true
	}
	return Ratio{}, false
}

// String gives one line for every part but plain numbers, indented by depth.
func (e Explanation) String() string {
	var b strings.Builder
	e.print(&b, 0)
	return strings.TrimSuffix(b.String(), "\n")
}

func (e Explanation) print(b *strings.Builder, depth int) {
	if e.Op == OpNumber && depth > 0 {
		return
	}
	b.WriteString(strings.Repeat("  ", depth) + e.Text + " = ")
	if r, ok := e.Ratio(); ok && e.Op == OpDiv {
		b.WriteString(r.String())
	} else {
		b.WriteString(e.Value.String())
	}
	b.WriteString("\n")
	for _, arg := range e.Args {
		arg.print(b, depth+1)
	}
}

// Explain computes the formula as [Formula.Eval] does and gives the value of
// each part. The zero Formula gives a zero Explanation.
func (f Formula) Explain(lookup func(id string) Value) Explanation {
	return f.explain(func(id string) Explanation {
		return Explanation{Op: OpRef, Text: id, Value: lookup(id)}
	})
}

func (f Formula) explain(ref func(id string) Explanation) Explanation {
	if f.IsZero() {
		return Explanation{}
	}
	p := f.print()
	e := explainer{text: string(p.text), spans: p.spans, ref: ref}
	return e.explain(f.root.Value())
}

// explainer meets the parts in the order in which they were printed.
type explainer struct {
	text  string
	spans []span
	ref   func(id string) Explanation
}

func (e *explainer) explain(t term) Explanation {
	at := e.spans[0]
	e.spans = e.spans[1:]
	switch t.op {
	case OpRef:
		return e.ref(t.ref)
	case OpNumber:
		return Explanation{Text: e.text[at.start:at.end], Value: t.number}
	}
	part := Explanation{Op: t.op, Text: e.text[at.start:at.end]}
	for _, arg := range t.args() {
		part.Args = append(part.Args, e.explain(arg.Value()))
	}
	part.Value = part.Args[0].Value
	if len(part.Args) == 1 {
		part.Value = apply(t.op, part.Value, Value{})
	}
	for _, arg := range part.Args[1:] {
		part.Value = apply(t.op, part.Value, arg.Value)
	}
	return part
}
