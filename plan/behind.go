package plan

import (
	"iter"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Figure names a number of a review, so that the records behind it can be
// listed, see [Plan.Behind]:
//
//	the actual of a line of a goal           {Goal: id, Owner: owner}
//	of one of its periods                    with Period: period
//	of a goal that does not add up, one side with Metric: won_count, see [kpi.Catalog.Sides]
//	a metric beside the goals, an alert of one, the actual of a line of a card
//	                                         {Metric: id, Owner: owner, Period: period}
//
// It is a record.
type Figure struct {
	Goal   string          `json:"goal,omitzero"`
	Metric string          `json:"metric,omitzero"` // of a goal: a measure that its metric is computed from; none: all of them
	Owner  string          `json:"owner"`
	Period calendar.Period `json:"period,omitzero"` // of a goal a part of its own; none: all of it
}

// Behind gives the IDs of the records behind a figure, page by page. The
// records are handed in again, for the review keeps none: all of them or those
// of the metric, in any order. A record counts once, under the metric itself
// or under a measure that it is computed from, and where the review counts a
// figure of its owner and day; the days after the as-of day, and those that are
// not known, do not. The figure of an owner that has people is that of
// everybody below it, by the goal's own tree of owners or else the plan's, or
// that of another goal.
//
// Of deals the page comes from funnel.Analysis.Behind and
// forecast.Forecast.Behind, and of metrics that the plan does not have from
// [kpi.Catalog.Behind], all in the same manner.
//
// Errors are those of [Plan.Validate], Input.Validate and the page, an unknown
// goal or owner, a metric that the goal is not computed from, and of a metric
// beside the goals a missing metric, owner or period.
func (p Plan) Behind(in Input, f Figure, records iter.Seq[kpi.Source], page kpi.Page) (kpi.Behind, error) {
	problems := check.List{Op: "plan.Behind"}
	problems.Nest("plan", p.Validate())
	problems.Nest("input", in.Validate())
	problems.Nest("page", page.Validate())
	if err := problems.Err(); err != nil {
		return kpi.Behind{}, err
	}
	counts := p.behindMetric
	if f.Goal != "" {
		counts = p.behindGoal
	}
	is := counts(&problems, in, f)
	if err := problems.Err(); err != nil {
		return kpi.Behind{}, err
	}
	ids := []string{}
	for r := range records {
		if is(r) {
			ids = append(ids, r.ID)
		}
	}
	return page.Of(ids), nil
}

// behindGoal says which records are behind the actual of an owner in a goal.
func (p Plan) behindGoal(problems *check.List, in Input, f Figure) func(kpi.Source) bool {
	scopes := p.Sorted().scopes(in)
	at := slices.IndexFunc(scopes, func(s scope) bool { return s.goal.ID == f.Goal && slices.Contains(s.owners(), f.Owner) })
	if at < 0 {
		problems.Add(check.ErrUnknown, "figure.owner", "unknown_line", f.Owner, "goal", f.Goal)
		return nil
	}
	s := scopes[at]
	metrics, people := p.measures(s.goal.Metric), s.peopleBehind(p, f.Owner)
	if f.Metric != "" {
		if !slices.Contains(metrics, f.Metric) {
			problems.Add(check.ErrUnknown, "figure.metric", "not_of_the_goal", f.Metric, "goal", f.Goal)
		}
		metrics = p.measures(f.Metric)
	}
	return func(r kpi.Source) bool {
		return slices.Contains(metrics, r.Metric) && slices.Contains(people, r.Owner) && s.counts(in, r.Day) && (f.Period.IsZero() || f.Period.Contains(r.Day))
	}
}

// peopleBehind gives the owners whose records are behind a line of the goal.
func (s scope) peopleBehind(p Plan, owner string) []string {
	if s.people != nil {
		return s.people[owner]
	}
	node := target.Node{ID: owner}
	if s.stated != nil {
		node = find(s.stated.Split().Owners, owner)
	}
	for _, tree := range p.trees() {
		if len(node.Children) == 0 {
			node = find(tree, owner)
		}
	}
	return append(below(node), owner)
}

// trees gives the owners of the plan and those of its breakdowns, in which
// somebody without a tree of its own is looked for.
func (p Plan) trees() []target.Node {
	all := []target.Node{p.Owners}
	for _, b := range p.Breakdowns {
		all = append(all, b.Split().Owners)
	}
	return all
}

// behindMetric says which records are behind a metric beside the goals.
func (p Plan) behindMetric(problems *check.List, in Input, f Figure) func(kpi.Source) bool {
	problems.Nest("figure", kpi.Figure{Metric: f.Metric, Owner: f.Owner, Period: f.Period}.Validate())
	metrics, people := p.measures(f.Metric), scope{}.peopleBehind(p, f.Owner)
	return func(r kpi.Source) bool {
		return slices.Contains(metrics, r.Metric) && slices.Contains(people, r.Owner) && f.Period.Contains(r.Day) && r.Day <= in.AsOf
	}
}

// measures gives a metric and all that it is computed from, through the
// plan's metrics.
func (p Plan) measures(id string) []string {
	all := []string{id}
	for i := 0; i < len(all); i++ {
		m, _ := p.metric(all[i])
		for _, ref := range m.Formula.References() {
			if !slices.Contains(all, ref) {
				all = append(all, ref)
			}
		}
	}
	return all
}

// counts reports whether what happened on a day is in the actual.
func (s scope) counts(in Input, d calendar.Day) bool {
	if s.adds() {
		return s.window.Contains(d)
	}
	return s.goal.Period.Contains(d) && d <= in.AsOf
}
