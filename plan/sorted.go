package plan

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Sorted gives the plan with its lists, and those inside them, in the order of
// their IDs, compared as bytes; breakdowns, stated goals, assessments and
// commitments follow the IDs of their goals, the children of owners their own.
// An empty list is none. Nothing is shared with p but what is immutable.
func (p Plan) Sorted() Plan {
	p.Preparation = p.Preparation.sorted()
	p.Actions = sortedActions(p.Actions)
	p.Metrics = by(p.Metrics, metricID)
	p.Objectives = by(p.Objectives, objectiveID)
	p.Goals = by(p.Goals, goalID)
	p.Assessments = by(p.Assessments, assessmentGoal)
	p.Breakdowns = by(p.Breakdowns, breakdownGoal)
	p.Stated = by(p.Stated, statedGoal)
	p.Commitments = by(p.Commitments, commitmentsGoal)
	p.Cadences = by(p.Cadences, cadenceID)
	p.Owners = sortedOwners(p.Owners, 1)
	for i := range p.Assessments {
		p.Assessments[i] = ownAssessment(p.Assessments[i])
	}
	for i := range p.Commitments {
		p.Commitments[i].Commitments = sortedBy(p.Commitments[i].Commitments, compareCommitments)
	}
	for i := range p.Cadences {
		p.Cadences[i].Owners = sortedBy(p.Cadences[i].Owners, strings.Compare)
	}
	return p
}

func (p Preparation) sorted() Preparation {
	p.Segments = by(p.Segments, segmentID)
	p.Needs = by(p.Needs, needID)
	p.Assumptions = by(p.Assumptions, assumptionID)
	p.Teams = sortedBy(p.Teams, func(a, b Team) int {
		return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Metric, b.Metric), a.Period.Compare(b.Period))
	})
	p.Season, p.Shares = p.sortedSeason(), slices.Clone(p.Shares)
	p.History.Figures = sortedBy(p.History.Figures, kpi.Figure.Compare)
	for i := range p.Needs {
		p.Needs[i].Evidence = sortedBy(p.Needs[i].Evidence, strings.Compare)
	}
	for i := range p.Assumptions {
		p.Assumptions[i].Goals = sortedBy(p.Assumptions[i].Goals, strings.Compare)
	}
	return p
}

// sortedOwners gives a tree of its own with children in the order of their
// IDs. Below the greatest depth, which Validate refuses, it is left as it is.
func sortedOwners(n target.Node, depth int) target.Node {
	if n.ID == "" && len(n.Children) == 0 {
		return target.Node{} // nobody, whatever weight it has
	}
	if n.Phasing != nil {
		own := *n.Phasing
		own.Weights = slices.Clone(own.Weights)
		n.Phasing = &own
	}
	n.Children = by(n.Children, func(child target.Node) string { return child.ID })
	for i := range n.Children {
		if depth < target.MaxDepth {
			n.Children[i] = sortedOwners(n.Children[i], depth+1)
		}
	}
	return n
}

// ownAssessment shares nothing with an assessment.
func ownAssessment(a target.Assessment) target.Assessment {
	for _, c := range []*target.Criterion{&a.Specific, &a.Measurable, &a.Achievable, &a.Relevant, &a.TimeBound} {
		c.Findings = slices.Clone(c.Findings)
		for i := range c.Findings {
			c.Findings[i] = ownFinding(c.Findings[i])
		}
	}
	a.Outlook.Errors = slices.Clone(a.Outlook.Errors)
	return a
}

func ownFinding(f check.Finding) check.Finding {
	f.Args = maps.Clone(f.Args)
	return f
}

// by gives a copy in the order of keys; equal keys keep their order.
func by[T any](list []T, key func(T) string) []T {
	return sortedBy(list, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}

func sortedBy[T any](list []T, compare func(a, b T) int) []T {
	if len(list) == 0 {
		return nil
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, compare)
	return list
}

func compareCommitments(a, b target.Commitment) int {
	return cmp.Or(cmp.Compare(a.Owner, b.Owner), a.Day.Compare(b.Day), cmp.Compare(a.Author, b.Author))
}

// The keys of the lists, by which they are sorted and compared.

func metricID(m kpi.Metric) string              { return m.ID }
func objectiveID(o Objective) string            { return o.ID }
func goalID(g target.Goal) string               { return g.ID }
func assessmentGoal(a target.Assessment) string { return a.Goal }
func cadenceID(c Cadence) string                { return c.ID }
func commitmentsGoal(c Commitments) string      { return c.Goal }
func segmentID(s Segment) string                { return s.ID }
func needID(n Need) string                      { return n.ID }
func assumptionID(a Assumption) string          { return a.ID }

func breakdownGoal(b *target.Breakdown) string {
	if b == nil {
		return ""
	}
	return b.Goal().ID
}

func statedGoal(s *target.Stated) string {
	if s == nil {
		return ""
	}
	return s.Goal().ID
}

// Where there is no ID, everything that tells two entries apart is the key.

func teamKey(t Team) string                    { return manyKey(t.Owner, t.Metric, t.Period) }
func figureKey(f kpi.Figure) string            { return manyKey(f.Owner, f.Metric, f.Period) }
func cellKey(c target.StatedCell) string       { return manyKey(c.Owner, "", c.Period) }
func commitmentKey(c target.Commitment) string { return c.Owner + " " + c.Day.String() }

// manyKey cannot be read in two ways: neither metrics nor periods have blanks.
func manyKey(owner, metric string, p calendar.Period) string {
	return owner + " " + metric + " " + p.Start().String() + " " + p.End().String()
}
