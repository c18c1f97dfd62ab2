package funnel

import "github.com/saleskpi/saleskpi/kpi/calendar"

// Scope is the part of the open pipeline that a change is asked for. The zero
// Scope is all of it.
type Scope struct {
	// Of says which deals belong to it, as they stand at an instant: those of
	// an owner, of a team's owners, of a region. None given: all.
	Of func(Deal) bool

	// ExpectedIn keeps to the deals whose expected close lies in a period; a
	// deal without that date is in none. No period: whatever the date.
	ExpectedIn calendar.Period
}

// of reports whether a deal belongs to the scope but for its date.
func (s Scope) of(d Deal) bool { return s.Of == nil || s.Of(d) }

// due reports whether a day is in the scope's period.
func (s Scope) due(day calendar.Day) bool { return s.ExpectedIn.IsZero() || s.ExpectedIn.Contains(day) }

// holds reports whether an open deal belongs to the scope.
func (s Scope) holds(d Deal) bool { return d.Outcome == Open && s.due(d.ExpectedClose) && s.of(d) }
