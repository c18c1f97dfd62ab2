package plan

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// ReviewSchema names the JSON form of a [Review].
const ReviewSchema = "saleskpi/review/1"

// Review says how a plan stands on a day.
type Review struct {
	Plan  string          `json:"plan"` // the plan's ID
	AsOf  calendar.Day    `json:"as_of"`
	Known calendar.Period `json:"known,omitzero"` // the window whose records are complete; none: not said
	Use   Use             `json:"use"`            // what became of the figures
	Goals []GoalReview    `json:"goals"`          // in the order of the plan

	// Findings are those of the whole plan; each owner of a goal has its own.
	Findings []check.Finding `json:"findings"`
}

// GoalReview says how one goal stands: its own line and, where it is broken
// down, one for each owner, parents before their children.
type GoalReview struct {
	Goal   target.Goal   `json:"goal"`
	Owners []OwnerReview `json:"owners"` // the first is the goal's owner
}

// OwnerReview says how one owner stands against a goal.
type OwnerReview struct {
	Owner    string          `json:"owner"`
	Parent   string          `json:"parent,omitzero"`
	Tracking target.Tracking `json:"tracking"` // target, actual, attainment, expected, pace, landing, status
	Periods  []PeriodReview  `json:"periods"`  // those of the breakdown; for a goal without one, the whole
	Findings []check.Finding `json:"findings"`
}

// PeriodReview compares one period of a breakdown. Its actual is undefined
// with reason NotYetDue for a period that begins after the as-of day, and no
// data for one that is not wholly known; a running period has its actual so
// far, and Running says so: it is no miss.
type PeriodReview struct {
	Period     calendar.Period `json:"period"`
	Target     kpi.Value       `json:"target"`
	Actual     kpi.Value       `json:"actual"`
	Attainment kpi.Value       `json:"attainment"`
	Running    bool            `json:"running,omitzero"`
}

// Review compares the plan's goals with what was reached through the as-of
// day. The same plan and figures in any order give the same review.
//
// Errors are those of [Plan.Validate] and [Input.Validate], and a figure of
// an owner that has children in a breakdown (check.ErrInvalid,
// owner_has_children): what such an owner reached is the sum of its
// children.
func (p Plan) Review(in Input) (Review, error) {
	problems := check.List{Op: "plan.Review"}
	problems.Nest("plan", p.Validate())
	problems.Nest("input", in.Validate())
	if problems.Empty() {
		p.checkParents(&problems, in)
	}
	if err := problems.Err(); err != nil {
		return Review{}, err
	}
	r := Review{Plan: p.ID, AsOf: in.AsOf, Known: in.Known, Goals: make([]GoalReview, len(p.Goals))}
	found := index(in)
	for i, g := range p.Goals {
		goal, err := p.reviewGoal(g, in, found)
		if err != nil {
			problems.Nest(check.At("goals", i), err)
			return Review{}, problems.Err()
		}
		r.Goals[i] = goal
	}
	use, strangers := p.use(in)
	r.Use, r.Findings = use, strangerFindings(strangers)
	return r, nil
}

// checkParents refuses figures that would count twice.
func (p Plan) checkParents(problems *check.List, in Input) {
	parents := map[key]bool{}
	for _, b := range p.Breakdowns {
		for _, owner := range b.Owners() {
			if len(b.Children(owner)) > 0 {
				parents[key{b.Goal().Metric, owner}] = true
			}
		}
	}
	for i, f := range in.Actuals {
		if parents[key{f.Metric, f.Owner}] {
			problems.Add(check.ErrInvalid, check.At("input", "actuals", i, "owner"), "owner_has_children", f.Owner, "metric", f.Metric)
		}
	}
}

func (p Plan) reviewGoal(g target.Goal, in Input, found actuals) (GoalReview, error) {
	m, _ := p.metric(g.Metric)
	b := p.breakdown(g.ID)
	review := GoalReview{Goal: g}
	for _, line := range lines(g, b) {
		owner := subject{goal: g, line: line, leaves: line.leaves(b)}
		tracked := target.Input{Metric: m, Plan: line.plan, AsOf: in.AsOf, Known: in.Known, Curve: p.Curve, Thresholds: p.Thresholds}
		if window := tracked.Window(); !window.IsZero() {
			tracked.Actual = owner.reached(found, window)
		}
		tracking, err := target.Track(tracked)
		if err != nil {
			return GoalReview{}, err
		}
		review.Owners = append(review.Owners, OwnerReview{
			Owner: line.owner, Parent: line.parent, Tracking: tracking,
			Periods:  owner.periods(m, in, found),
			Findings: owner.findings(m, tracking),
		})
	}
	return review, nil
}

// line is one owner of a goal with what it aims at.
type line struct {
	owner, parent string
	plan          []kpi.Figure
}

func lines(g target.Goal, b *target.Breakdown) []line {
	if b == nil {
		return []line{{owner: g.Owner, plan: g.Plan()}}
	}
	var all []line
	for _, owner := range b.Owners() {
		parent, _ := b.Parent(owner)
		all = append(all, line{owner, parent, b.Plan(owner, g.Period)})
	}
	return all
}

// leaves gives the owners whose figures are this one's.
func (l line) leaves(b *target.Breakdown) []string {
	if b == nil {
		return []string{l.owner}
	}
	return below(b, l.owner)
}

func below(b *target.Breakdown, owner string) []string {
	children := b.Children(owner)
	if len(children) == 0 {
		return []string{owner}
	}
	var leaves []string
	for _, child := range children {
		leaves = append(leaves, below(b, child)...)
	}
	return leaves
}

// subject is whose figures are compared with which targets.
type subject struct {
	goal   target.Goal
	line   line
	leaves []string
}

func (s subject) reached(found actuals, window calendar.Period) kpi.Value {
	return kpi.Sum(func(yield func(kpi.Value) bool) {
		for _, owner := range s.leaves {
			if !yield(found.in(window, key{s.goal.Metric, owner})) {
				return
			}
		}
	})
}

func (s subject) periods(m kpi.Metric, in Input, found actuals) []PeriodReview {
	all := make([]PeriodReview, len(s.line.plan))
	for i, cell := range s.line.plan {
		review := PeriodReview{Period: cell.Period, Target: cell.Value}
		switch {
		case cell.Period.Start() > in.AsOf:
			review.Actual = kpi.Undefined(kpi.NotYetDue)
		case in.known(cell.Period):
			review.Actual = s.reached(found, cell.Period)
			review.Running = cell.Period.Last() > in.AsOf
		}
		review.Attainment = kpi.Attainment(m.Direction, review.Actual, review.Target)
		all[i] = review
	}
	return all
}

// known reports whether the records of a period are complete through its end
// or the as-of day.
func (in Input) known(p calendar.Period) bool {
	return in.Known.IsZero() || in.Known.Contains(p.Start()) && in.Known.Contains(min(p.Last(), in.AsOf))
}

type plainReview Review

type reviewDocument struct {
	Schema string `json:"schema"`
	plainReview
}

// MarshalJSON gives the document, with "schema":"saleskpi/review/1".
func (r Review) MarshalJSON() ([]byte, error) {
	return json.Marshal(reviewDocument{ReviewSchema, plainReview(r)})
}

// UnmarshalJSON reads what MarshalJSON writes. Another schema and unknown
// fields are errors, each with its path.
func (r *Review) UnmarshalJSON(data []byte) error {
	const op = "plan.Review"
	var doc reviewDocument
	if err := check.Decode(op, data, &doc); err != nil {
		return err
	}
	if doc.Schema != ReviewSchema {
		return check.New(op, check.ErrInvalid, "schema", "other_schema", doc.Schema, "want", ReviewSchema)
	}
	*r = Review(doc.plainReview)
	return nil
}
