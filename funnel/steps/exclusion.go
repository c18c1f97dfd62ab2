package steps

import "github.com/saleskpi/saleskpi/kpi/check"

// Exclusion is what must not happen on the way: an attempt is excluded if one
// of the events lies strictly between two mandatory steps that follow one
// another, from the step From to the step To; or, where the attempt did not
// come so far, strictly between the last step it reached and the end of the
// time it had for the next. An event at the very instant of a step does not
// exclude.
//
// In an unordered funnel an exclusion excludes nothing: it ends the attempt.
type Exclusion struct {
	Events []string    `json:"events"`
	Where  []Condition `json:"where,omitempty"`
	From   string      `json:"from,omitzero"` // a mandatory step; empty: the first
	To     string      `json:"to,omitzero"`   // a later one; empty: the last mandatory step
}

func (x Exclusion) check(problems *check.List, at string, d Definition) {
	if len(x.Events) == 0 {
		problems.Add(check.ErrMissing, at+".events", "missing_events", nil)
	}
	checkNames(problems, at+".events", x.Events)
	checkWhere(problems, at+".where", x.Where)
	main := d.main()
	if len(main) == 0 {
		return
	}
	last := len(main) - 1
	from, fromOK := x.end(problems, at+".from", x.From, 0, d, main)
	to, toOK := x.end(problems, at+".to", x.To, last, d, main)
	switch {
	case !fromOK || !toOK:
	case from >= to:
		problems.Add(check.ErrInvalid, at+".to", "to_not_after_from", x.To, "from", x.From)
	case d.Order == Unordered && (from > 0 || to < last):
		problems.Add(check.ErrInvalid, at, "part_without_order", nil)
	}
}

// end gives the place of one end among the mandatory steps.
func (x Exclusion) end(problems *check.List, path, id string, otherwise int, d Definition, main []int) (place int, ok bool) {
	if id == "" {
		return otherwise, true
	}
	i := d.index(id)
	switch {
	case i < 0:
		problems.Add(check.ErrUnknown, path, "unknown_step", id)
		return 0, false
	case d.Steps[i].Optional:
		problems.Add(check.ErrInvalid, path, "optional_step", id)
		return 0, false
	}
	return d.place(i), true
}

// place gives how many mandatory steps stand before step i.
func (d Definition) place(i int) int {
	n := 0
	for _, s := range d.Steps[:i] {
		if !s.Optional {
			n++
		}
	}
	return n
}
