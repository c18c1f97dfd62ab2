package plan

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Amendment is a revision of a document beside the version before it: who
// decided it, when, why and from when on, and what it changed, exactly and in
// sentences.
type Amendment struct {
	Version int `json:"version"` // from 2 on; 1 is the baseline
	Revision
	Diff     Diff            `json:"diff"`
	Findings []check.Finding `json:"findings"` // revised, and then those of [Changed]
}

// Amendments gives every revision of the document, in the order in which they
// were decided; none of a draft or a plan as it was committed.
func (d Document) Amendments() []Amendment {
	all := []Amendment{}
	for i := 1; i < len(d.versions); i++ {
		before, v := d.versions[i-1].Plan.Sorted(), d.versions[i].Plan.Sorted()
		a := Amendment{Version: i + 1, Revision: Revision{d.versions[i].Effective, d.versions[i].Signed}, Diff: diff(before, v)}
		a.Findings = append([]check.Finding{info("revised", a.By, "version", a.Version, "day", a.Day, "effective", a.Effective, "reason", a.Reason)},
			append(a.backwards(before), tell(before, v, a.Diff)...)...)
		all = append(all, a)
	}
	return all
}

// backwards warns of a revision that was decided when periods that it changes
// were over: who was measured by them is measured by something else now.
func (a Amendment) backwards(before Plan) []check.Finding {
	if a.Effective >= a.Day {
		return nil
	}
	var found []check.Finding
	for _, g := range before.Goals {
		b := before.breakdown(g.ID)
		if b == nil {
			continue
		}
		n := 0
		for _, p := range b.Periods() {
			if p.Last() >= a.Effective && p.Last() < a.Day {
				n++
			}
		}
		if n > 0 && a.retargets(g.ID) {
			found = append(found, warning("revised_backwards", g.ID, "n", n, "effective", a.Effective, "day", a.Day))
		}
	}
	return found
}

// retargets reports whether cells of a goal changed.
func (a Amendment) retargets(goal string) bool {
	return slices.ContainsFunc(a.Diff.Cells, func(c CellDiff) bool { return c.Goal == goal && len(c.Diff.Changes) > 0 })
}

// Changed says in sentences what leads from one plan to another: the findings
// of what [DiffOf] gives, of which none goes unsaid. They come in this order,
// in each part by ID:
//
//	goals        what is aimed at and by whom; of each, who carries more or less, the largest
//	             difference first, and which periods change
//	commitments  what people commit to
//	assumptions  which hold, which failed, which are new
//	preparation  segments, needs, capacity, history
//	strategies   what is begun, given up, expected anew, and their budgets
//	actions      all budgets together; what is new, dropped, moved, handed over; milestones,
//	             people, routines and activities
//	the rest     objectives, assessments, cadences, owners, metrics and settings
//
// Amounts are in the unit of their metric. Errors are those of DiffOf.
func Changed(from, to Plan) ([]check.Finding, error) {
	d, err := DiffOf(from, to)
	if err != nil {
		return nil, err
	}
	return tell(from.Sorted(), to.Sorted(), d), nil
}

// chronicle collects what leads from one sorted plan to another.
type chronicle struct {
	from, to Plan
	found    []check.Finding
}

func tell(from, to Plan, d Diff) []check.Finding {
	c := chronicle{from, to, []check.Finding{}}
	c.goals(d)
	c.commitments(d.Commitments)
	c.assumptions(d.Preparation.Assumptions)
	c.preparation(d.Preparation)
	c.strategies(d.Actions)
	c.actions(d.Actions)
	listed(&c, "objective", d.Objectives, objectiveID)
	c.assessments(d.Assessments)
	listed(&c, "cadence", d.Cadences, cadenceID)
	listed(&c, "place", d.Owners, ownerID)
	listed(&c, "metric", d.Metrics, metricID)
	if s := d.Settings; s != nil {
		c.add("plan_changed", to.ID, fieldsOf(s.From, s.To)...)
	}
	return c.found
}

func (c *chronicle) add(code, subject string, args ...any) {
	c.found = append(c.found, info(code, subject, args...))
}

// step adds a change of one amount: code_up or code_down, with both sides and
// the difference as text; code_set where one side is undefined.
func (c *chronicle) step(code, subject string, text func(kpi.Value) string, from, to kpi.Value, args ...any) {
	change := to.Sub(from)
	args = append(args, "from", text(from), "to", text(to), "change", text(change.Abs()))
	switch {
	case from == to:
		return
	case !change.Defined():
		code += "_set"
	case change.Sign() > 0:
		code += "_up"
	default:
		code += "_down"
	}
	c.add(code, subject, args...)
}

// listed adds what is new, gone or changed of a list of which nothing more is
// said.
func listed[T any](c *chronicle, code string, list Changes[T], key func(T) string) {
	for _, item := range list.Added {
		c.add(code+"_new", key(item))
	}
	for _, item := range list.Removed {
		c.add(code+"_gone", key(item))
	}
	for _, pair := range list.Changed {
		c.add(code+"_changed", key(pair.To), fieldsOf(pair.From, pair.To)...)
	}
}

// unit gives how amounts of a metric are written.
func (p Plan) unit(metric string) func(kpi.Value) string {
	m, _ := p.metric(metric)
	return m.Unit.Text
}

// plainText writes a number without a unit, such as working days.
func plainText(v kpi.Value) string {
	if !v.Defined() {
		return kpi.NoNumber
	}
	return strings.TrimSuffix(v.Text(1, kpi.HalfEven), ".0")
}
