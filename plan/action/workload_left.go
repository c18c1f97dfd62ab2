package action

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// addActions gives each role its slot: what it has to do, and on which days.
func (l *loader) addActions(p *Plan) {
	asOf := l.question.AsOf
	s := p.schedule(asOf, l.question.Records, l.question.Work)
	left := make(map[string]kpi.Value, len(l.question.Records))
	for _, r := range l.question.Records {
		left[r.Action] = r.Left
	}
	for i, a := range s.actions {
		st := &s.status[i]
		switch {
		case asOf.IsZero():
			l.addRoles(a, a.Effort(), l.window(a.Start, a.Due), a.Start)
		case !st.Status.open():
		default:
			l.addLeft(a, st, left[a.ID])
		}
	}
}

// addLeft adds what is left of an open action after the as-of day.
func (l *loader) addLeft(a *Action, st *ActionStatus, left kpi.Value) {
	tomorrow := l.question.AsOf + 1
	over := l.window(max(a.Start, tomorrow), a.Due)
	if st.Status == Overdue {
		next, ok := l.add(l.question.AsOf, 1)
		if !ok {
			next = tomorrow
		}
		over = l.window(next, next)
	}
	switch {
	case left.Defined():
		l.addRoles(a, left, over, over.first)
	case st.Started.IsZero():
		l.addRoles(a, a.Effort(), over, over.first)
	case st.Status == Overdue:
		l.unknown = append(l.unknown, a.ID)
	default:
		l.addRoles(a, a.Effort(), l.window(a.Start, a.Due), tomorrow)
	}
}

// addRoles gives everybody a slot for the work of an action. What lies before
// a day has been done.
func (l *loader) addRoles(a *Action, total kpi.Value, over window, after calendar.Day) {
	for _, r := range a.divide(total) {
		if r.Effort.Sign() <= 0 {
			continue
		}
		i := l.number[r.Person]
		l.slots[i] = append(l.slots[i], slot{a.ID, r.Effort, over, after})
		l.effort = l.effort.Add(r.Effort).Sub(over.by(r.Effort, after-1))
	}
}

// divide gives the roles their parts of the work: their own efforts, or of
// another total as much in proportion, or evenly among the responsible where
// no effort was planned. The parts are in hundredths and add up to all of it.
func (a *Action) divide(total kpi.Value) []Role {
	roles := slices.Clone(a.Roles)
	slices.SortFunc(roles, func(a, b Role) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Part, b.Part))
	})
	planned := a.Effort()
	if planned == total {
		return roles
	}
	of := kpi.Int(0)
	for i, r := range roles {
		if planned.Sign() == 0 {
			roles[i].Effort = kpi.Int(0)
			if r.Part == Responsible {
				roles[i].Effort = kpi.Int(1)
			}
		}
		of = of.Add(roles[i].Effort.Or(kpi.Int(0)))
	}
	sum, given := kpi.Int(0), kpi.Int(0)
	for i := range roles {
		sum = sum.Add(roles[i].Effort.Or(kpi.Int(0)))
		through := total
		if sum != of {
			through = round2(total.Mul(sum).Div(of))
		}
		roles[i].Effort, given = through.Sub(given), through
	}
	return roles
}
