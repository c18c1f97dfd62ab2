package target

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Follow says how the rest of a breakdown follows when one cell is changed.
// The zero Follow is ParentChanges.
//
//	parent       everything above that is a sum changes by the difference, the goal too
//	siblings     the parent stays; the siblings give or take the difference
//	uncovered    the parent stays; what nobody has gives or takes the difference
//	children     as parent, and the children of an owner with its own quota scale with it too
//
// Below the owner the children of one that is a sum always scale, for they
// add up to it.
type Follow uint8

const (
	ParentChanges    Follow = iota // everything above that is a sum changes by the difference
	SiblingsAbsorb                 // the siblings give or take the difference
	UncoveredAbsorbs               // what nobody has gives or takes the difference
	ChildrenScale                  // as ParentChanges, and below own quotas too, at whatever depth
)

func followWords() []string { return []string{"parent", "siblings", "uncovered", "children"} }

// String gives parent, siblings, uncovered or children.
func (f Follow) String() string { return enum.String(followWords(), f) }

// MarshalText gives the word.
func (f Follow) MarshalText() ([]byte, error) {
	return enum.Marshal("target.Follow", followWords(), f)
}

// UnmarshalText reads the word.
func (f *Follow) UnmarshalText(text []byte) error {
	return enum.Unmarshal("target.Follow", followWords(), text, f)
}

// Lock holds the cells of an owner in a period, at whatever level it stands:
// nothing may change them. No owner stands for all owners, no period for all
// periods. To break a goal down around amounts that are agreed, break it down
// by weights, and then set each of them by an [Edit] whose siblings absorb,
// with locks on those set before.
type Lock struct {
	Owner  string          `json:"owner,omitzero"`
	Period calendar.Period `json:"period,omitzero"`
}

// Edit changes the target of one owner for a period that is made up of
// periods of the grain.
type Edit struct {
	Owner  string          `json:"owner"`
	Period calendar.Period `json:"period"`
	Value  kpi.Value       `json:"value"`
	Follow Follow          `json:"follow"`
	Locks  []Lock          `json:"locks,omitempty"`
}

// Edit gives the breakdown with one target changed and the rest following as
// the edit says. Over several periods, and over children or siblings, a
// difference goes in proportion to the cells that are there and not locked,
// by largest remainder; where those are all zero, in proportion to the
// weights. A value that is there already changes nothing, and a cell without
// a target that receives nothing stays without. What proration took away from an owner stays taken away, and what
// is uncovered stays so unless it absorbs.
//
// Upwards a change ends below an owner that carries its own quota, [Carried]
// or [Independent]; [Breakdown.Levels] then shows the mismatch.
//
// Errors: an owner that is unknown, a period off the grain or outside the
// goal's, a value that is missing or has too many places, locks that name
// unknown owners or cut a period of the grain; and check.ErrInfeasible, with
// owner and period of the cell, where locks leave nobody to absorb the
// difference (locked), where the rest or a cell of it would have to change its sign
// (not_enough), or where there are no siblings or nobody above. The goal that
// results must be one that [Goal.ValidateFor] takes.
func (b *Breakdown) Edit(e Edit) (*Breakdown, error) {
	problems := check.List{Op: "target.Edit"}
	c := b.editor()
	c.take(&problems, "", e)
	if problems.Empty() {
		c.checkGoal(&problems)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return c.Breakdown, nil
}

// checkGoal reports what is wrong with a goal after edits.
func (b *Breakdown) checkGoal(problems *check.List) {
	b.goal.checkAmounts(problems, "goal.")
	b.goal.checkMetric(problems, "goal.", b.metric)
	checkPlaces(problems, "goal.target", b.goal.Target, b.metric.Unit.Places())
}
