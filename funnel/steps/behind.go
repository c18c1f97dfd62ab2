package steps

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Figure names a number of a [Report] whose entities [Behind] gives: those with
// a fate between two steps. The zero Figure is those that converted from From
// to To of the question.
//
//	how many reached a step         From the first step, To that step, Converted
//	a field of a Conversion         the steps it is about, and the fate of that name
//	the numerator of a Mature rate  Converted and Mature
//	an entry of Counts.Excluded     that fate; of Dropped, From the first step
type Figure struct {
	From string `json:"from,omitzero"` // empty: From of the question, and likewise To
	To   string `json:"to,omitzero"`
	Fate Fate   `json:"fate"`

	Mature bool            `json:"mature,omitzero"` // of attempts that had all their time
	Period calendar.Period `json:"period,omitzero"` // of attempts that started in it

	// InGroup limits to the group of the question's breakdown that has the
	// Value, or, with Missing, to those without one.
	InGroup bool   `json:"in_group,omitzero"`
	Value   string `json:"value,omitzero"`
	Missing bool   `json:"missing,omitzero"`
}

// Behind gives the entities behind a figure, page by page. Errors are those of
// [Analyze] and of the page, and steps or a group that make no sense.
func Behind(j *Journeys, d Definition, q Question, f Figure, page kpi.Page) (kpi.Behind, error) {
	const op = "steps.Behind"
	a, err := newAnalysis(op, j, d, q)
	if err != nil {
		return kpi.Behind{}, err
	}
	s, err := a.newSelection(op, f, page)
	if err != nil {
		return kpi.Behind{}, err
	}
	ids, n := []string{}, eventCounter{}
	j.each(func(entity uint32, facts []fact) {
		visits, fate := a.visitsOf(entity, facts, &n)
		if s.has(visits, fate) {
			ids = append(ids, j.ids[entity])
		}
	})
	return page.Of(ids), nil
}

// selection decides which entities stand behind a figure.
type selection struct {
	a             *analysis
	f             Figure
	from, to      int
	start, before int64 // of the period
	groups        *groups
	value         uint32
	known         bool // some event has the value
}

func (a *analysis) newSelection(op string, f Figure, page kpi.Page) (*selection, error) {
	problems := check.List{Op: op}
	figure := check.List{Op: op}
	s := &selection{a: a, f: f, start: undated, before: unbounded, groups: a.newGroups()}
	if f.Fate >= fates {
		figure.Add(check.ErrUnknown, "fate", "unknown_word", uint8(f.Fate))
	}
	s.from, s.to = a.from, a.to
	if f.From != "" || f.To != "" {
		s.from, s.to = a.def.between(&figure, f.From, f.To)
	}
	if !f.Period.IsZero() {
		if a.q.Location == nil {
			problems.Add(check.ErrMissing, "location", "missing_location", nil)
		} else {
			s.start, s.before = startOf(f.Period.Start(), a.q.Location), startOf(f.Period.End(), a.q.Location)
		}
	}
	switch {
	case f.InGroup && a.q.Breakdown.Attribute == "":
		figure.Add(check.ErrInvalid, "in_group", "no_breakdown", nil)
	case !f.InGroup && (f.Missing || f.Value != ""):
		figure.Add(check.ErrInvalid, "in_group", "value_without_group", f.Value)
	case f.Missing && f.Value != "":
		figure.Add(check.ErrInvalid, "missing", "value_and_missing", f.Value)
	}
	s.value, s.known = noValue, true
	if !f.Missing {
		s.value, s.known = a.j.texts.codes[f.Value]
	}
	problems.Nest("figure", figure.Err())
	problems.Nest("page", page.Validate())
	return s, problems.Err()
}

// has reports whether the entity whose timeline the engine holds stands
// behind the figure.
func (s *selection) has(visits []attempt, fate Fate) bool {
	switch {
	case len(visits) == 0:
		return s.f.Fate == fate && !s.f.InGroup && s.f.Period.IsZero() && !s.f.Mature
	case s.f.InGroup:
		return s.known && s.inGroup(visits)
	}
	return s.fits(visits)
}

func (s *selection) inGroup(visits []attempt) bool {
	if s.groups.single() {
		return s.a.touch.value == s.value && s.fits(visits)
	}
	has := false
	s.groups.each(visits, func(value uint32, own []attempt) {
		has = has || value == s.value && s.fits(own)
	})
	return has
}

// fits reports whether attempts come to the fate that is asked for.
func (s *selection) fits(visits []attempt) bool {
	for len(visits) > 0 && visits[0].start < s.start {
		visits = visits[1:]
	}
	for n := len(visits); n > 0; n-- {
		last := &visits[n-1]
		if last.start < s.before && (!s.f.Mature || s.a.isRipe(last, s.to)) {
			break
		}
		visits = visits[:n-1]
	}
	if len(visits) == 0 {
		return false
	}
	v := s.a.judge(visits)
	return s.a.entered(&v, s.from) && s.a.fate(&v, s.to) == s.f.Fate
}
