package plan

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// ReviewSchema names the JSON form of a [Review].
const ReviewSchema = "saleskpi/review/1"

// Review says how a plan stands on a day. It is a record and a stored document;
// its JSON carries "schema". [Review.Of] gives the part of one owner.
type Review struct {
	Plan     string            `json:"plan"`             // the plan's ID
	Version  int               `json:"version,omitzero"` // of a [Document.Review]: which version, from 1 on, the baseline
	AsOf     calendar.Day      `json:"as_of"`
	Calendar calendar.Calendar `json:"calendar,omitzero"` // the plan's, which names its periods
	KnownAt  calendar.Day      `json:"known_at,omitzero"` // what was decided later is not looked at; of a [Document.Review] alone
	Part     calendar.Period   `json:"part,omitzero"`     // of the goals' periods; none: all
	Known    calendar.Period   `json:"known,omitzero"`    // the window whose records are complete; none: not said
	Use      Use               `json:"use"`               // what became of the figures
	Uses     []OwnerUse        `json:"uses,omitempty"`    // likewise, by owner; they add up to Use
	Goals    []GoalReview      `json:"goals"`             // by ID

	Beside Standings `json:"beside"` // execution, funnels, scorecards and metrics

	// Findings are those of the whole plan; each owner of a goal has its own.
	Findings []check.Finding `json:"findings"`
}

// GoalReview says how one goal stands: its own line and, where it is broken
// down, one for each owner, parents before their children.
type GoalReview struct {
	Goal   target.Goal   `json:"goal"`
	Metric kpi.Metric    `json:"metric"` // with the unit of all amounts
	Owners []OwnerReview `json:"owners"` // the first is the goal's owner

	// Gap is why the actual is not what was due, from expected to actual of the
	// goal's owner: by the owners without children and, of those with children,
	// what they have beyond these (own selling, uncovered plan; below zero a
	// cushion). Nil where there are not several.
	Gap *bridge.Bridge `json:"gap,omitempty"`

	// ByDriver is why, by what the metric is computed from: from what was due
	// of every driver to what it is. Nil where the metric has no formula, or a
	// driver neither has a goal of the same owner and period nor was handed in
	// ([Input].Drivers). Where the drivers do not come to what the goal says,
	// the finding drivers_differ gives both.
	ByDriver *bridge.Bridge `json:"by_driver,omitempty"`
}

// OwnerReview says how one owner stands against a goal.
type OwnerReview struct {
	Owner    string          `json:"owner"`
	Parent   string          `json:"parent,omitzero"`
	Original kpi.Value       `json:"original,omitzero"` // the baseline's target; of a [Document.Review] alone
	Tracking target.Tracking `json:"tracking"`          // target, actual, attainment, expected, pace, landing, status
	Periods  []PeriodReview  `json:"periods"`           // those of the breakdown; for a goal without one, the whole
	Findings []check.Finding `json:"findings"`
}

// PeriodReview compares one period of a breakdown. Its actual is undefined
// with reason NotYetDue for a period that begins after the as-of day, and no
// data for one that is not wholly known; a running period has its actual so
// far, and Running says so: it is no miss.
type PeriodReview struct {
	Period     calendar.Period `json:"period"`
	Target     kpi.Value       `json:"target"`
	Original   kpi.Value       `json:"original,omitzero"` // the baseline's; of a [Document.Review] alone
	Actual     kpi.Value       `json:"actual"`
	Attainment kpi.Value       `json:"attainment"`
	Running    bool            `json:"running,omitzero"`
}

// Review compares the plan's goals with what was reached through the as-of
// day. The same plan and figures in any order give the same review.
//
// Beside the goals stand the execution of the plan's actions, tracked as of the
// same day, and what was handed in; see [Beside]. Each goal that adds up has a
// bridge from what was due to what was reached over its owners, and each whose
// metric is computed from others one over these drivers. Findings say what is a
// risk and who has to clean up; see [RiskLimits].
//
// With Input.Part it is the review of a month or quarter of the plan. A goal
// that has no targets for it (no breakdown, or one by longer periods) is named
// by the finding goal_without_part and left out. Statuses of earlier reviews
// are those of the same part.
//
// Errors are those of [Plan.Validate] and [Input.Validate]; a part that no goal
// touches (check.ErrRange, no_goal_has_it); a figure of an
// owner that has children in a breakdown (check.ErrInvalid,
// owner_has_children), since what such an owner reached is the sum of its
// children; and a figure that does not lie inside one period of a goal's
// breakdown, or inside the goal's period where it has none (check.ErrInvalid,
// not_inside_one_period), since it belongs to neither.
func (p Plan) Review(in Input) (Review, error) { return p.review(in, nil) }

// review is Review beside the targets as they were first.
func (p Plan) review(in Input, first originals) (Review, error) {
	problems := check.List{Op: "plan.Review"}
	problems.Nest("plan", p.Validate())
	problems.Nest("input", in.Validate())
	if err := problems.Err(); err != nil {
		return Review{}, err
	}
	p = p.Sorted()
	scopes := p.scopes(in)
	_, without := p.parted(in.Part)
	if len(scopes)+len(without) == 0 && len(p.Goals) > 0 {
		problems.Add(check.ErrRange, "input.part", "no_goal_has_it", in.Part)
	}
	owned := claimed(scopes)
	p.checkFigures(&problems, in, scopes, owned)
	p.checkDrivers(&problems, in.Drivers)
	if err := problems.Err(); err != nil {
		return Review{}, err
	}
	r := Review{Plan: p.ID, AsOf: in.AsOf, Calendar: p.Calendar, Part: in.Part, Known: in.Known, Goals: make([]GoalReview, len(scopes)), Findings: p.withoutPart(without, in.Part)}
	found := index(in)
	for i, s := range scopes {
		s.first = first[s.goal.ID]
		s.version = s.first.version
		if s.cut {
			s.version = strings.TrimSpace(s.version + " " + p.Calendar.Label(s.goal.Period))
		}
		goal, err := p.reviewGoal(s, in, found)
		if err != nil {
			problems.Nest(check.At("goals", i), err)
			return Review{}, problems.Err()
		}
		r.Goals[i] = goal
		if s.breakdown != nil {
			r.Findings = append(r.Findings, s.breakdown.Findings()...)
		}
	}
	problems.Nest("goals", r.explain(driversOf(in)))
	r.Beside = p.stand(&problems, in)
	if err := problems.Err(); err != nil {
		return Review{}, err
	}
	r.Findings = append(append(r.Findings, r.Beside.findings(p, in.Beside)...), p.assumptions(in.AsOf)...)
	r.Findings = append(r.Findings, p.failed()...)
	uses, strangers := use(in, scopes, owned)
	for _, u := range uses {
		r.Use = r.Use.plus(u.Use)
	}
	r.Uses, r.Findings = uses, append(r.Findings, p.strangerFindings(strangers, found)...)
	r.Findings = append(r.Findings, in.History.strangers(p, owned)...)
	return r, nil
}

// Goal gives the review of a goal by its ID, and whether there is one.
func (r Review) Goal(id string) (goal GoalReview, ok bool) {
	i := slices.IndexFunc(r.Goals, func(g GoalReview) bool { return g.Goal.ID == id })
	if i < 0 {
		return GoalReview{}, false
	}
	return r.Goals[i], true
}

// Owner gives the line of an owner by its ID, and whether there is one.
func (g GoalReview) Owner(id string) (owner OwnerReview, ok bool) {
	i := slices.IndexFunc(g.Owners, func(o OwnerReview) bool { return o.Owner == id })
	if i < 0 {
		return OwnerReview{}, false
	}
	return g.Owners[i], true
}

func (p Plan) reviewGoal(s scope, in Input, found actuals) (goal GoalReview, err error) {
	goal = GoalReview{Goal: s.goal, Metric: s.metric}
	if s.adds() {
		goal.Owners, err = s.reviewSums(p, in, found)
		if err == nil {
			goal.Gap, err = goal.gap()
		}
	} else {
		goal.Owners, err = s.reviewStated(p, in, found)
	}
	return goal, err
}

// reviewSums gives the lines of a goal that adds up, from those without
// children upward.
func (s scope) reviewSums(p Plan, in Input, found actuals) ([]OwnerReview, error) {
	owners, windows := s.owners(), windows{}
	parents, below := s.tree(owners)
	lines, reached := make([]OwnerReview, len(owners)), s.reached(in, found, owners, below)
	for i, owner := range slices.Backward(owners) { // children come after their parents
		line := OwnerReview{Owner: owner, Parent: parents[i], Original: s.first.of(owner, s.goal.Period)}
		plan, r := s.plan(owner), &reached[i]
		tracked := s.input(p, in, plan)
		if window := windows.of(tracked); window == s.window {
			tracked.Actual = r.whole
		} else if !window.IsZero() {
			tracked.Actual = s.within(owner, found, window)
		}
		s.remember(&tracked, found)
		tracked.History = s.history(r.days)
		own, err := target.Track(tracked)
		if err != nil {
			return nil, err
		}
		if line.Tracking, err = s.along(own, lines, below[i], tracked.Earlier); err != nil {
			return nil, err
		}
		line.Periods = s.periods(owner, plan, in, r.cells)
		line.Findings = append(s.findings(p, line), s.gaps(line, in, p.Calendar, *r)...)
		lines[i] = line
	}
	return lines, nil
}

// tree gives the parent of every owner, and the places of its children.
func (s scope) tree(owners []string) (parents []string, children [][]int) {
	at := make(map[string]int, len(owners))
	parents, children = make([]string, len(owners)), make([][]int, len(owners))
	for i, owner := range owners { // parents come before their children
		at[owner], parents[i] = i, s.parent(owner)
		if i > 0 {
			children[at[parents[i]]] = append(children[at[parents[i]]], i)
		}
	}
	return parents, children
}

// remember fills what is known of a line beside its figures.
func (s scope) remember(in *target.Input, found actuals) {
	owner := in.Plan[0].Owner
	in.Forecast = found.forecast[kpi.Figure{Metric: s.goal.Metric, Owner: owner, Period: s.goal.Period}]
	in.Earlier = found.earlier[goalOwner{s.goal.ID, owner}]
	in.Version = s.version
}

// gap splits the variance of the goal's owner over those it is split over.
func (g GoalReview) gap() (*bridge.Bridge, error) {
	if g.Owners[0].Tracking.Status == target.NotStarted {
		return nil, nil
	}
	return g.byOwner("due", expectedOf, actualOf)
}

// owners gives the goal's owner and those that it is split over, parents
// first.
func (s scope) owners() []string {
	switch {
	case s.breakdown != nil:
		return s.breakdown.Owners()
	case s.stated != nil:
		return s.stated.Owners()
	}
	return []string{s.goal.Owner}
}

// parent gives the owner directly above one, where the goal is broken down.
func (s scope) parent(owner string) string {
	switch {
	case s.breakdown != nil:
		parent, _ := s.breakdown.Parent(owner)
		return parent
	case s.stated != nil:
		return parentIn(s.stated.Split().Owners, owner)
	}
	return ""
}

func parentIn(n target.Node, owner string) string {
	for _, child := range n.Children {
		if child.ID == owner {
			return n.ID
		}
		if parent := parentIn(child, owner); parent != "" {
			return parent
		}
	}
	return ""
}

func (s scope) periods(owner string, plan []kpi.Figure, in Input, actual []kpi.Value) []PeriodReview {
	all := make([]PeriodReview, len(plan))
	for i, cell := range plan {
		review := PeriodReview{Period: cell.Period, Target: cell.Value, Original: s.first.of(owner, cell.Period)}
		switch {
		case cell.Period.Start() > in.AsOf:
			review.Actual = kpi.Undefined(kpi.NotYetDue)
		case in.known(cell.Period):
			review.Actual = actual[i]
			review.Running = cell.Period.Last() > in.AsOf
		}
		review.Attainment = s.attainment(review.Actual, review.Target)
		all[i] = review
	}
	return all
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
// fields are errors, each with its path; null leaves the review as it is.
func (r *Review) UnmarshalJSON(data []byte) error {
	const op = "plan.Review"
	var doc reviewDocument
	if ok, err := check.DecodeStored(op, ReviewSchema, data, &doc); !ok {
		return err
	}
	*r = Review(doc.plainReview)
	return nil
}
