package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/org"
)

// Presence says on which days somebody is there to sell, and how they ramp
// up: an owner without children, or one that sells beside its team. It covers
// hires, leavers, leave and transfers.
type Presence struct {
	Owner string `json:"owner"`

	// Active are the days in the role, without overlap; none stands for all.
	Active []calendar.Period `json:"active,omitempty"`

	Vacant bool `json:"vacant,omitzero"` // nobody is there: no day is active
	Ramp   Ramp `json:"ramp,omitzero"`
}

// PresenceOf gives the days of a period on which a member belongs to a unit
// or to one below it, by the assignments of an organisation; the unit ""
// stands for all. A member that is there on no day is vacant.
func PresenceOf(o *org.Org, member, unit string, period calendar.Period) Presence {
	p := Presence{Owner: member}
	days := append(o.Changes(member), period.Start(), period.End())
	slices.Sort(days)
	for i := 1; i < len(days); i++ {
		stretch, err := calendar.NewPeriod(max(days[i-1], period.Start()), min(days[i], period.End()))
		if err == nil && o.Days(member, unit, stretch) > 0 {
			p.Active = append(p.Active, stretch)
		}
	}
	p.Vacant = len(p.Active) == 0
	return p
}

// Validate reports an owner that is missing, active days of one that is
// vacant or that overlap, and a wrong ramp.
func (p Presence) Validate() error {
	problems := check.List{Op: "target.Presence"}
	problems.ID("owner", "missing_owner", p.Owner)
	if p.Vacant && len(p.Active) > 0 {
		problems.Add(check.ErrInvalid, "active", "active_but_vacant", nil)
	}
	for i, a := range p.Active {
		if a.IsZero() {
			problems.Add(check.ErrMissing, check.At("active", i), "missing_period", nil)
		}
		for _, earlier := range p.Active[:i] {
			if _, both := a.Intersect(earlier); both {
				problems.Add(check.ErrOverlap, check.At("active", i), "overlap", a, "with", earlier)
			}
		}
	}
	problems.Nest("ramp", p.Ramp.Validate())
	return problems.Err()
}

// Prorate gives the breakdown in which owners carry what is due on the days
// on which they are there:
//
//	cell = full target × ramp × active working days ÷ working days
//
// rounded half-even once, at the cell. Working days are those of the work
// calendar, days where there is none or where the period has no working day;
// days before the day of hire are not active. Owners without a presence keep
// their cells, and whoever was prorated before is prorated anew from the full
// target.
//
// What is taken away is not handed to others: the parent carries what it
// carried, and shows it as uncovered until an [Edit] assigns it.
//
// Of an owner that is [DirectPlusTeam] it is the own selling that is
// prorated. What the team carries stays, and what the owner carries falls by
// what was taken away, which the owner above it shows.
//
// Errors, with the path presences[i]: those of [Presence.Validate], an owner
// that is unknown, stands twice, is the root or has children and sells nothing
// itself (has_children), a ramp over
// periods that are not months, and days that the work calendar does not cover.
func (b *Breakdown) Prorate(work calendar.WorkCalendar, presences ...Presence) (*Breakdown, error) {
	problems := check.List{Op: "target.Prorate"}
	c := b.clone()
	seen := map[string]bool{}
	for i, presence := range presences {
		at := check.At("presences", i)
		if c.takesPresence(&problems, at, presence, seen) {
			c.prorate(&problems, at, work, presence)
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return c, nil
}

func (b *Breakdown) takesPresence(problems *check.List, at string, p Presence, seen map[string]bool) bool {
	var found check.List
	found.Nest("", p.Validate())
	i, known := b.index[p.Owner]
	switch {
	case p.Owner == "":
	case !known:
		found.Add(check.ErrUnknown, "owner", "unknown_owner", p.Owner)
	case seen[p.Owner]:
		found.Add(check.ErrDuplicate, "owner", "duplicate_owner", p.Owner)
	case !b.nodes[i].sells():
		found.Add(check.ErrInvalid, "owner", "has_children", p.Owner)
	case i == 0:
		found.Add(check.ErrInvalid, "owner", "nobody_above", p.Owner)
	}
	if !p.Ramp.isZero() && b.split.Grain != calendar.Monthly {
		found.Add(check.ErrInvalid, "ramp", "needs_months", b.split.Grain)
	}
	seen[p.Owner] = true
	problems.Nest(at, found.Err())
	return found.Empty()
}

func (b *Breakdown) prorate(problems *check.List, at string, work calendar.WorkCalendar, presence Presence) {
	n := &b.nodes[b.index[presence.Owner]]
	parent := &b.nodes[n.parent]
	row := *n.statedRow()
	if n.relief == nil {
		n.relief = make([]kpi.Value, len(b.periods))
	}
	if parent.uncovered == nil {
		parent.uncovered = make([]kpi.Value, len(b.periods))
	}
	for p, period := range b.periods {
		if !row[p].Defined() {
			continue
		}
		share, err := presence.share(work, period)
		problems.Nest(at, err)
		if !presence.Ramp.isZero() {
			share = share.Mul(presence.Ramp.Factor(b.split.Calendar, period))
		}
		before := n.relief[p].Or(kpi.Int(0))
		full := row[p].Add(before)
		row[p] = b.rounded(full.Mul(share))
		n.relief[p] = full.Sub(row[p])
		taken := n.relief[p].Sub(before)
		parent.uncovered[p] = parent.uncovered[p].Or(kpi.Int(0)).Add(taken)
		if n.mode == DirectPlusTeam {
			n.cells[p] = n.cells[p].Sub(taken)
		}
	}
}

// share gives the part of a period's working days on which the owner is there.
func (p Presence) share(work calendar.WorkCalendar, period calendar.Period) (kpi.Value, error) {
	if p.Vacant {
		return kpi.Int(0), nil
	}
	count := func(days calendar.Period) (int64, error) { return int64(days.Days()), nil }
	if !work.IsZero() {
		if n, err := work.Count(period); err != nil {
			return kpi.Value{}, err
		} else if n > 0 {
			count = work.Count
		}
	}
	all, err := count(period)
	if err != nil {
		return kpi.Value{}, err
	}
	active, stretches := int64(0), p.Active
	if len(stretches) == 0 {
		stretches = []calendar.Period{period}
	}
	for _, stretch := range stretches {
		there, both := stretch.Intersect(period)
		if both && there.Start() < p.Ramp.Hired {
			if there, err = calendar.NewPeriod(p.Ramp.Hired, there.End()); err != nil {
				continue // the stretch ends before the day of hire
			}
		}
		if !both {
			continue
		}
		n, err := count(there)
		if err != nil {
			return kpi.Value{}, err
		}
		active += n
	}
	return kpi.Frac(active, all), nil
}
