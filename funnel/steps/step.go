package steps

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Step is one step of a funnel: the events that may be it.
type Step struct {
	ID     string      `json:"id"`               // its name in results
	Events []string    `json:"events,omitempty"` // any of these names; none: the ID is the name
	Where  []Condition `json:"where,omitempty"`  // and all of these hold

	// Optional marks a step that may be left out. It is reached if it happens
	// between the mandatory steps around it, with an event that these do not
	// need; no other step depends on it.
	Optional bool `json:"optional,omitzero"`

	// MinGap and MaxGap bound the time since the mandatory step before: at
	// least and at most so long after it. 0 is no bound.
	MinGap Span `json:"min_gap,omitzero"`
	MaxGap Span `json:"max_gap,omitzero"`
}

// Condition is what an attribute of an event must be: one of the values that
// Is lists, or Missing. An attribute that is missing is none of any values.
type Condition struct {
	Attribute string   `json:"attribute"`
	Is        []string `json:"is,omitempty"`
	Missing   bool     `json:"missing,omitzero"`
}

// names gives the names of the events that may be the step.
func (s Step) names() []string {
	if len(s.Events) == 0 {
		return []string{s.ID}
	}
	return s.Events
}

func (s Step) check(problems *check.List, at string, first bool, o Order) {
	checkNames(problems, at+".events", s.Events)
	checkWhere(problems, at+".where", s.Where)
	switch {
	case s.Optional && first:
		problems.Add(check.ErrInvalid, at+".optional", "first_step_optional", nil)
	case s.Optional && o == Unordered:
		problems.Add(check.ErrInvalid, at+".optional", "optional_without_order", nil)
	}
	checkSpan(problems, at+".min_gap", s.MinGap)
	checkSpan(problems, at+".max_gap", s.MaxGap)
	if s.MinGap == Unlimited || s.MaxGap > 0 && s.MinGap > s.MaxGap {
		problems.Add(check.ErrInvalid, at+".min_gap", "least_above_most", s.MinGap, "most", s.MaxGap)
	}
	for _, gap := range []struct {
		name string
		span Span
	}{{"min_gap", s.MinGap}, {"max_gap", s.MaxGap}} {
		switch {
		case gap.span == 0:
		case first:
			problems.Add(check.ErrInvalid, check.At(at, gap.name), "gap_before_first_step", gap.span)
		case o == Unordered:
			problems.Add(check.ErrInvalid, check.At(at, gap.name), "gap_without_order", gap.span)
		}
	}
}

func checkNames(problems *check.List, path string, names []string) {
	if len(names) > MostEventNames {
		problems.Add(check.ErrRange, path, "too_many_events", len(names), "most", MostEventNames)
		return
	}
	for i, name := range names {
		problems.ID(check.At(path, i), "missing_event", name)
		if name != "" && slices.Contains(names[:i], name) {
			problems.Add(check.ErrDuplicate, check.At(path, i), "duplicate_event", name)
		}
	}
}

func checkWhere(problems *check.List, path string, where []Condition) {
	for i, c := range where {
		at := check.At(path, i)
		problems.ID(at+".attribute", "missing_attribute", c.Attribute)
		switch {
		case len(c.Is) == 0 && !c.Missing:
			problems.Add(check.ErrMissing, at+".is", "missing_values", nil)
		case len(c.Is) > 0 && c.Missing:
			problems.Add(check.ErrInvalid, at+".missing", "values_and_missing", nil)
		}
		for j, value := range c.Is {
			if value != "" {
				problems.ID(check.At(at, "is", j), "", value)
			}
		}
	}
}
