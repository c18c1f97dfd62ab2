package target

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Bounds says what becomes of a goal's base and stretch that a [Revision]
// does not state. The zero Bounds is KeepBounds. Neither of them ever moves
// unasked: people are paid by them.
type Bounds uint8

const (
	KeepBounds Bounds = iota // they stay; one that the new target passes has to be stated (restate)
	MoveBounds               // they move in proportion to the target, rounded half-even to the unit
)

func boundsWords() []string { return []string{"keep", "move"} }

// String gives keep or move.
func (b Bounds) String() string { return enum.String(boundsWords(), b) }

// MarshalText gives the word.
func (b Bounds) MarshalText() ([]byte, error) {
	return enum.Marshal("target.Bounds", boundsWords(), b)
}

// UnmarshalText reads the word.
func (b *Bounds) UnmarshalText(text []byte) error {
	return enum.Unmarshal("target.Bounds", boundsWords(), text, b)
}

// bound gives the revised goal its base and stretch, and reports those that
// have to be stated.
func (r Revision) bound(problems *check.List, before Goal, b *Breakdown) {
	g := &b.goal
	ratio := g.Target.Div(before.Target)
	set := func(at string, stated kpi.Value, bound *kpi.Value) {
		switch {
		case stated != (kpi.Value{}):
			*bound = stated
		case r.Bounds == MoveBounds && bound.Defined() && !ratio.Defined():
			problems.Add(check.ErrInfeasible, at, "no_proportion", *bound, "target", before.Target)
		case r.Bounds == MoveBounds:
			*bound = b.rounded(bound.Mul(ratio))
		}
	}
	set("base", r.Base, &g.Base)
	set("stretch", r.Stretch, &g.Stretch)
	if r.Bounds == MoveBounds {
		return
	}
	restate := func(at string, stated, bound kpi.Value, passed bool) {
		if passed && stated == (kpi.Value{}) {
			problems.Add(check.ErrMissing, at, "restate", bound, "target", g.Target)
		}
	}
	d := b.metric.Direction
	restate("base", r.Base, g.Base, kpi.Favourable(d, g.Target, g.Base).Sign() < 0)
	restate("stretch", r.Stretch, g.Stretch, kpi.Favourable(d, g.Stretch, g.Target).Sign() < 0)
}
