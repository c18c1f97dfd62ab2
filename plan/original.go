package plan

import (
	"strconv"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Review is [Plan.Review] of the version that is in force on the as-of day, as
// far as it was known on Input.KnownAt. Beside every target stands the
// original one, of the first version that has the goal. Where no version was
// in force that is check.ErrMissing (no_version); other errors are those of
// Plan.Review.
func (d Document) Review(in Input) (Review, error) {
	problems := check.List{Op: "plan.Review"}
	problems.Nest("input", in.Validate())
	if in.KnownAt.IsZero() {
		in.KnownAt = in.AsOf
	}
	v, at, ok := d.InForce(in.AsOf, in.KnownAt)
	if !ok && problems.Empty() {
		problems.Add(check.ErrMissing, "input.as_of", "no_version", in.AsOf, "known_at", in.KnownAt)
	}
	if err := problems.Err(); err != nil {
		return Review{}, err
	}
	r, err := v.Plan.review(in, d.originals(at))
	r.Version, r.KnownAt = at+1, in.KnownAt
	return r, err
}

// originals are the goals as they were first, by ID.
type originals map[string]original

// original is a goal as it was first: with the breakdown or the stated cells
// that it had first.
type original struct {
	goal      target.Goal
	breakdown *target.Breakdown
	stated    *target.Stated
	version   string // the last one, through that in force, in which its targets changed
}

// originals looks at the versions through the one in force.
func (d Document) originals(at int) originals {
	all := originals{}
	for i, v := range d.versions[:at+1] {
		for _, g := range v.Plan.Goals {
			o, known := all[g.ID]
			if !known {
				o.goal = g
			}
			if o.breakdown == nil {
				o.breakdown = v.Plan.breakdown(g.ID)
			}
			if o.stated == nil {
				o.stated = v.Plan.stated(g.ID)
			}
			if i == 0 || d.retargeted(i, g) {
				o.version = "v" + strconv.Itoa(i+1)
			}
			all[g.ID] = o
		}
	}
	return all
}

// retargeted reports whether a version changed the targets of a goal.
func (d Document) retargeted(i int, g target.Goal) bool {
	before, now := d.versions[i-1].Plan, d.versions[i].Plan
	had, known := before.goal(g.ID)
	return !known || had != g || !same(before.breakdown(g.ID), now.breakdown(g.ID)) || !same(before.stated(g.ID), now.stated(g.ID))
}

// of gives what an owner was first to reach in a period, before proration and
// ramp, as [target.Versions.Attainment] does; no data where nobody asked.
func (o original) of(owner string, period calendar.Period) kpi.Value {
	switch {
	case o.goal.ID == "":
		return kpi.Value{}
	case o.breakdown != nil:
		return o.breakdown.Quota(owner, period).Full
	case owner == o.goal.Owner && period == o.goal.Period:
		return o.goal.Plan()[0].Value
	case o.stated != nil:
		return o.stated.Cell(owner, period)
	}
	return kpi.Undefined(kpi.NoTarget)
}
