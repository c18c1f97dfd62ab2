package funnel

import (
	"slices"
	"time"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// sameQuestion reports what keeps two analyses from being compared.
func sameQuestion(op string, before, after *Analysis) error {
	problems := check.List{Op: op}
	for _, side := range []struct {
		path string
		a    *Analysis
	}{{"before", before}, {"after", after}} {
		switch {
		case side.a == nil:
			problems.Add(check.ErrMissing, side.path, "missing_analysis", nil)
		case side.a.isPart:
			problems.Add(check.ErrDefinition, side.path, "part_of_an_analysis", nil)
		}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if before.asOf > after.asOf {
		problems.Add(check.ErrInvalid, "after", "before_the_other", time.UnixMicro(after.asOf).UTC(), "before", time.UnixMicro(before.asOf).UTC())
	}
	for _, d := range before.differences(after) {
		problems.Add(check.ErrDefinition, check.At("after", d), "questions_differ", nil)
	}
	return problems.Err()
}

// differences names what differs in pipeline and question, the as-of instant
// apart. Names of stages are for people and may differ.
func (a *Analysis) differences(b *Analysis) []string {
	p, q := a.q, b.q
	var names []string
	for _, field := range []struct {
		name string
		same bool
	}{
		{"pipeline", a.route.pipeline.ID == b.route.pipeline.ID && slices.EqualFunc(a.route.pipeline.Stages, b.route.pipeline.Stages, Stage.same)},
		{"location", p.Location.String() == q.Location.String()},
		{"start", p.Start == q.Start},
		{"closings_from", p.ClosingsFrom == q.ClosingsFrom},
		{"policy", p.Policy == q.Policy},
		{"value_by", p.ValueBy == q.ValueBy},
		{"calendar", p.Calendar.Equal(q.Calendar)},
		{"cohorts", p.Cohorts == q.Cohorts},
		{"horizon", p.Horizon == q.Horizon},
		{"ages_to", slices.Equal(p.AgesTo, q.AgesTo)},
		{"stale", p.Stale == q.Stale},
	} {
		if !field.same {
			names = append(names, field.name)
		}
	}
	return names
}

func (s Stage) same(t Stage) bool {
	s.Name, t.Name = "", ""
	return s == t
}
