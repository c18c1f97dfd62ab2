package target

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Told is the highest milestone of a target that was told of, to be kept
// until the next review. The zero Told is none.
type Told struct {
	Period calendar.Period `json:"period,omitzero"`
	Target kpi.Value       `json:"target,omitzero"`
	Mark   kpi.Value       `json:"mark,omitzero"`
}

// DefaultMarks gives half of a target, nine tenths and all of it.
func DefaultMarks() []kpi.Value { return []kpi.Value{kpi.Frac(1, 2), kpi.Frac(9, 10), kpi.Int(1)} }

// Crossed gives the marks, shares of the target, that an actual has reached
// and of which nobody was told, smallest first, and what to keep for the
// next time. A mark that is lost again and reached again is told of once;
// another target or period starts afresh, another name does not.
//
//	reached = actual ÷ target
//
// also where lower is better: then a mark says how much of what may be used
// is used. A target of zero or less, and an actual that is not known, has no
// milestones; what was told stays.
func (t Tracking) Crossed(marks []kpi.Value, told Told) ([]kpi.Value, Told) {
	crossed, keep := []kpi.Value{}, told
	if t.Target.Sign() <= 0 || !t.Actual.Defined() {
		return crossed, keep
	}
	if told.Period != t.Period || told.Target != t.Target {
		keep = Told{Period: t.Period, Target: t.Target}
	}
	reached := t.Actual.Div(t.Target)
	for _, mark := range slices.SortedFunc(slices.Values(marks), kpi.Value.Compare) {
		if mark.Defined() && !reached.Less(mark) && !(keep.Mark.Defined() && mark.Compare(keep.Mark) <= 0) {
			crossed = append(crossed, mark)
			keep.Mark = mark
		}
	}
	return crossed, keep
}

// Checkpoint is a day on which a target is looked at.
type Checkpoint struct {
	Day  calendar.Day `json:"day"`
	Name string       `json:"name,omitzero"`
}

// DueCheckpoints gives the checkpoints that have come since a day, that day
// not included, through the as-of day, by day and name: those since the last
// review, and all until now where after is no day.
func DueCheckpoints(checkpoints []Checkpoint, after, asOf calendar.Day) []Checkpoint {
	due := []Checkpoint{}
	for _, c := range checkpoints {
		if !c.Day.IsZero() && c.Day > after && c.Day <= asOf {
			due = append(due, c)
		}
	}
	slices.SortFunc(due, func(a, b Checkpoint) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Name, b.Name))
	})
	return due
}
