package bridge

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Members explains a gap by who or what made it: which rep, which product,
// which region. It is for numbers that add up over the members; a rate is
// split by [RateMix]. It is a record and a document to be stored: its JSON
// carries "schema":"saleskpi/members/1".
type Members struct {
	Dimension string `json:"dimension"`    // its name, such as owner or product
	Top       int    `json:"top,omitzero"` // how many members stand alone, the others together as the rest; 0 is all
}

// Validate reports a dimension without a name and a top below zero.
func (m Members) Validate() error {
	problems := check.List{Op: "bridge.Members"}
	problems.ID("dimension", "missing_id", m.Dimension)
	if m.Top < 0 {
		problems.Add(check.ErrRange, "top", "below_zero", m.Top)
	}
	return problems.Err()
}

// Bridge splits the gap between two sums by member. A figure belongs to the
// member that is its owner; all are of the question's metric and, on each
// side, of one period. A member's part is its current figure less its base
// one, and one that stands on one side alone counts with 0 on the other.
//
// Parts come by size, whichever way they pull, and equal ones by ID. With
// Top, the others stand together as one part without an ID behind them.
// Up and Down are gross over all members, those of the rest too: a rest of
// little may hide much.
//
// A figure of no data adds nothing, and a side without any number is no
// data. Any other reason makes the part of its member and the gap undefined.
//
// Errors are those of Validate, of [Question.Validate] and of
// [kpi.Figure.Validate]; a figure of another metric or period
// (check.ErrInvalid), and a member that stands twice on a side
// (check.ErrDuplicate).
func (m Members) Bridge(q Question, base, current []kpi.Figure) (Bridge, error) {
	problems := check.List{Op: "bridge.Members"}
	problems.Nest("question", q.Validate())
	problems.Nest("", m.Validate())
	places := memberValues(&problems, &q, &q.Base, "base", base)
	currentPlaces := memberValues(&problems, &q, &q.Current, "current", current)
	if err := problems.Err(); err != nil {
		return Bridge{}, err
	}
	b := Bridge{Kind: ByMembers, Question: q, Members: &m}
	b.Values = Pair{sumOf(base), sumOf(current)}
	b.Parts = make([]Part, 0, max(len(base), len(current)))
	for _, f := range current {
		var before kpi.Value
		if i, both := places[f.Owner]; both {
			before = base[i].Value
		}
		b.member(f.Owner, Pair{before, f.Value})
	}
	for _, f := range base {
		if _, both := currentPlaces[f.Owner]; !both {
			b.member(f.Owner, Pair{Base: f.Value})
		}
	}
	b.total(m.Top)
	return b, nil
}

func sumOf(figures []kpi.Figure) kpi.Value {
	return kpi.Sum(func(yield func(kpi.Value) bool) {
		for _, f := range figures {
			if !yield(f.Value) {
				return
			}
		}
	})
}

// member adds the part of one member.
func (b *Bridge) member(id string, v Pair) {
	none := kpi.Value{}
	switch {
	case v == Pair{}:
		b.Counts.LeftOut++
		return
	case v.Base == none:
		b.Counts.CurrentOnly++
	case v.Current == none:
		b.Counts.BaseOnly++
	default:
		b.Counts.Both++
	}
	b.Parts = append(b.Parts, Part{ID: id, Values: v, Amount: change(v)})
}

// change is current − base, where no data adds nothing.
func change(v Pair) kpi.Value {
	return orNothing(v.Current).Sub(orNothing(v.Base))
}

// orNothing gives 0 for no data, which adds nothing to a sum.
func orNothing(v kpi.Value) kpi.Value {
	if v == (kpi.Value{}) {
		return kpi.Int(0)
	}
	return v
}

// total orders the parts, gathers the rest, and says what there is to say.
func (b *Bridge) total(top int) {
	slices.SortFunc(b.Parts, func(x, y Part) int {
		return cmp.Or(y.Amount.Abs().Compare(x.Amount.Abs()), cmp.Compare(x.ID, y.ID))
	})
	if !b.Values.Change().Defined() {
		b.findSides()
		if b.Values.Base == (kpi.Value{}) || b.Values.Current == (kpi.Value{}) {
			b.withhold()
		}
	}
	b.finish()
	if c := b.Counts; c.BaseOnly+c.CurrentOnly > 0 {
		b.find(codeOneSide, check.Info, b.Members.Dimension, "current_only", c.CurrentOnly, "base_only", c.BaseOnly,
			"current", b.Question.Current.Name, "base", b.Question.Base.Name)
	}
	b.explainGap()
	if top > 0 && len(b.Parts) > top {
		b.Parts = append(b.Parts[:top:top], rest(b.Parts[top:]))
	}
}

// Largest gives the bridge with the n largest parts, and the others together as
// the rest, for printing: as with Members.Top. It is for a bridge by members;
// any other, one that has a rest already and one of no more parts stay as they
// are.
func (b Bridge) Largest(n int) Bridge {
	if b.Kind != ByMembers || n < 1 || n >= len(b.Parts) || b.Parts[len(b.Parts)-1].Rest > 0 {
		return b
	}
	b.Parts = append(b.Parts[:n:n], rest(b.Parts[n:]))
	return b
}

// rest puts members together.
func rest(parts []Part) Part {
	r := Part{Rest: len(parts), Amount: kpi.Int(0), Values: Pair{kpi.Int(0), kpi.Int(0)}}
	for _, p := range parts {
		r.Amount = r.Amount.Add(p.Amount)
		r.Values.Base = r.Values.Base.Add(orNothing(p.Values.Base))
		r.Values.Current = r.Values.Current.Add(orNothing(p.Values.Current))
	}
	return r
}
