package forecast

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// CategoryForecast is the deals of a period by forecast category, and what
// owners and managers make of them. A call never changes a deal: what the
// deals say and what people say stand beside each other.
type CategoryForecast struct {
	Period calendar.Period `json:"period"`
	Day    calendar.Day    `json:"day"`

	Won     funnel.Stock `json:"won"`     // in the period to date: the category closed
	Omitted funnel.Stock `json:"omitted"` // open and omitted: in no sum

	Lines  []CategoryLine   `json:"lines"`  // commit, best case, pipeline
	Owners []CategoryByWhom `json:"owners"` // in the order of their bytes; empty: deals of no owner
}

// CategoryLine is one category. Amounts are in full, not weighted.
type CategoryLine struct {
	Category   funnel.Category `json:"category"`
	Single     funnel.Stock    `json:"single"`     // the deals due in the period
	Cumulative kpi.Value       `json:"cumulative"` // won and all categories up to this one; no amount where none of it is known

	OwnerCall   kpi.Value `json:"owner_call"`   // what the owner says; no data where nothing was said
	ManagerCall kpi.Value `json:"manager_call"` // what the manager says
	InForce     kpi.Value `json:"in_force"`     // the manager's call, else the owner's, else Cumulative
}

// CategoryByWhom is the categories of one owner.
type CategoryByWhom struct {
	Owner string         `json:"owner"`
	Won   funnel.Stock   `json:"won"`
	Lines []CategoryLine `json:"lines"`
}

// Categories gives the period by forecast category, single and cumulative,
// with the calls that hold on the as-of day. In the lines of all deals
// OwnerCall is no data, ManagerCall is a manager's call about all, and InForce, without
// one, the sum of what is in force for each owner.
func (f *Forecast) Categories() CategoryForecast {
	l := f.look
	c := CategoryForecast{Period: l.period, Day: l.day, Won: l.won().sums(), Owners: []CategoryByWhom{}}
	var omitted tally
	for _, d := range l.deals {
		if d.Outcome == funnel.Open && d.Category == funnel.Omitted {
			omitted.add(l.worth(d))
		}
	}
	c.Omitted = omitted.sums()
	for _, owner := range l.categoryOwners(f.aim.Calls) {
		c.Owners = append(c.Owners, l.categoriesOf(f.aim.Calls, owner))
	}
	c.Lines = l.categoryLines()
	for i := range c.Lines {
		line := &c.Lines[i]
		line.ManagerCall = called(f.aim.Calls, l.period, l.day, "", ManagerCalls, line.Category)
		owners := make([]kpi.Value, len(c.Owners))
		for j, o := range c.Owners {
			owners[j] = o.Lines[i].InForce
		}
		line.InForce = line.ManagerCall.Or(amounts(owners...))
	}
	return c
}

// categoryOwners names those with deals of the period or a call about it.
func (l *look) categoryOwners(calls []Call) []string {
	names := map[string]bool{}
	for _, d := range l.deals {
		if l.due(d, l.staleAge) || d.Outcome == funnel.Won && l.period.Contains(d.Closed) {
			names[d.Owner] = true
		}
	}
	for _, c := range calls {
		if c.Owner != "" && c.Period == l.period && c.Day <= l.day {
			names[c.Owner] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func (l *look) categoriesOf(calls []Call, owner string) CategoryByWhom {
	own := l.of(func(d funnel.Deal) bool { return d.Owner == owner })
	c := CategoryByWhom{Owner: owner, Won: own.won().sums(), Lines: own.categoryLines()}
	for i := range c.Lines {
		line := &c.Lines[i]
		if owner != "" {
			line.OwnerCall = called(calls, l.period, l.day, owner, OwnerCalls, line.Category)
			line.ManagerCall = called(calls, l.period, l.day, owner, ManagerCalls, line.Category)
		}
		line.InForce = line.ManagerCall.Or(line.OwnerCall).Or(line.Cumulative)
	}
	return c
}

// categoryLines gives the sums of the deals alone.
func (l *look) categoryLines() []CategoryLine {
	var single [4]tally // by the category
	for _, d := range l.deals {
		if l.due(d, l.staleAge) && int(d.Category) < len(single) {
			single[d.Category].add(l.worth(d))
		}
	}
	lines, upTo := []CategoryLine{}, []kpi.Value{l.won().sum()}
	for _, c := range rollUp() {
		upTo = append(upTo, single[c].sum())
		sum := amounts(upTo...)
		lines = append(lines, CategoryLine{Category: c, Single: single[c].sums(), Cumulative: sum, InForce: sum})
	}
	return lines
}

// call puts what people say of all deals in place of the sum of those in
// Commit: a manager's call about all, or else the calls about each owner.
func (p *projection) call(calls []Call, l *look) {
	said := called(calls, l.period, l.day, "", ManagerCalls, funnel.Commit)
	if !said.Defined() {
		owners, anybody := []kpi.Value{}, false
		for _, owner := range l.categoryOwners(calls) {
			line := l.categoriesOf(calls, owner).Lines[0]
			anybody = anybody || line.isCalled()
			owners = append(owners, line.InForce)
		}
		if anybody {
			said = amounts(owners...)
		}
	}
	p.say(said, l)
}

// callOf is call for the deals of one owner.
func (p *projection) callOf(calls []Call, l *look, owner string) {
	if line := l.categoriesOf(calls, owner).Lines[0]; line.isCalled() {
		p.say(line.InForce, l)
	}
}

func (c CategoryLine) isCalled() bool { return c.ManagerCall.Defined() || c.OwnerCall.Defined() }

// say sets what is due so that it makes up, with what is won, what is said.
func (p *projection) say(value kpi.Value, l *look) {
	if value.Defined() && l.daysLeft() > 0 {
		p.Due.Value, p.Due.Missing = value.Sub(known(p.Won.Value)), 0
	}
}
