package plan

import (
	"encoding/json"
	"slices"

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
	Plan    string          `json:"plan"`             // the plan's ID
	Version int             `json:"version,omitzero"` // of a [Document.Review]: which version, from 1 on, the baseline
	AsOf    calendar.Day    `json:"as_of"`
	KnownAt calendar.Day    `json:"known_at,omitzero"` // what was decided later is not looked at; of a [Document.Review] alone
	Known   calendar.Period `json:"known,omitzero"`    // the window whose records are complete; none: not said
	Use     Use             `json:"use"`               // what became of the figures
	Goals   []GoalReview    `json:"goals"`             // by ID

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

	// Gap is why the actual is not what was due, by the owners without
	// children: from expected to actual. Nil where there are no several.
	Gap *bridge.Bridge `json:"gap,omitempty"`
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
// bridge from what was due to what was reached.
//
// Errors are those of [Plan.Validate] and [Input.Validate]; a figure of an
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
	checkFigures(&problems, in, scopes)
	if err := problems.Err(); err != nil {
		return Review{}, err
	}
	r := Review{Plan: p.ID, AsOf: in.AsOf, Known: in.Known, Goals: make([]GoalReview, len(scopes)), Findings: []check.Finding{}}
	found := index(in)
	for i, s := range scopes {
		s.first = first[s.goal.ID]
		s.version = s.first.version
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
	r.Beside = p.stand(&problems, in)
	if err := problems.Err(); err != nil {
		return Review{}, err
	}
	r.Findings = append(append(r.Findings, r.Beside.findings(p)...), p.assumptions(in.AsOf)...)
	use, strangers := use(in, scopes)
	r.Use, r.Findings = use, append(r.Findings, p.strangerFindings(strangers, found)...)
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

// reviewSums gives the lines of a goal that adds up.
func (s scope) reviewSums(p Plan, in Input, found actuals) ([]OwnerReview, error) {
	owners, windows := s.owners(), windows{}
	lines := make([]OwnerReview, 0, len(owners))
	for _, owner := range owners {
		plan := s.plan(owner)
		tracked := s.input(p, in, plan)
		if window := windows.of(tracked); !window.IsZero() {
			tracked.Actual = s.reached(owner, found, window)
		}
		s.remember(&tracked, found)
		tracking, err := target.Track(tracked)
		if err != nil {
			return nil, err
		}
		line := OwnerReview{Owner: owner, Parent: s.parent(owner), Original: s.first.of(owner, s.goal.Period), Tracking: tracking,
			Periods: s.periods(owner, plan, in, found)}
		line.Findings = append(s.findings(line), s.gaps(line, in, p.Calendar, found)...)
		lines = append(lines, line)
	}
	return lines, nil
}

// remember fills what is known of a line beside its figures.
func (s scope) remember(in *target.Input, found actuals) {
	owner := in.Plan[0].Owner
	in.Forecast = found.forecast[kpi.Figure{Metric: s.goal.Metric, Owner: owner, Period: s.goal.Period}]
	in.Earlier = found.earlier[goalOwner{s.goal.ID, owner}]
	in.Version = s.version
}

// gap splits the variance of the goal's owner over those without children.
func (g GoalReview) gap() (*bridge.Bridge, error) {
	sellers := g.sellers()
	if len(sellers) < 2 || g.Owners[0].Tracking.Status == target.NotStarted {
		return nil, nil
	}
	base, current := make([]kpi.Figure, 0, len(sellers)), make([]kpi.Figure, 0, len(sellers))
	for _, at := range sellers {
		t := &g.Owners[at].Tracking
		base = append(base, kpi.Figure{Metric: t.Metric, Owner: t.Owner, Period: g.Goal.Period, Value: t.Expected})
		current = append(current, kpi.Figure{Metric: t.Metric, Owner: t.Owner, Period: g.Goal.Period, Value: t.Actual})
	}
	q := g.question()
	q.Base.Name = "due"
	b, err := bridge.Members{Dimension: "owner"}.Bridge(q, base, current)
	return &b, err
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

func (s scope) reached(owner string, found actuals, window calendar.Period) kpi.Value {
	return kpi.Sum(func(yield func(kpi.Value) bool) {
		for _, person := range s.people[owner] {
			if !yield(found.in(window, key{s.goal.Metric, person})) {
				return
			}
		}
	})
}

// actual gives what an owner reached in a period of the goal that has begun: a
// sum to the as-of day, or the figure of exactly that period.
func (s scope) actual(owner string, found actuals, period calendar.Period, asOf calendar.Day) kpi.Value {
	if s.adds() {
		toDate, _ := calendar.Through(period.Start(), min(period.Last(), asOf))
		return s.reached(owner, found, toDate)
	}
	return found.exactly(period, key{s.goal.Metric, owner})
}

func (s scope) periods(owner string, plan []kpi.Figure, in Input, found actuals) []PeriodReview {
	all := make([]PeriodReview, len(plan))
	for i, cell := range plan {
		review := PeriodReview{Period: cell.Period, Target: cell.Value, Original: s.first.of(owner, cell.Period)}
		switch {
		case cell.Period.Start() > in.AsOf:
			review.Actual = kpi.Undefined(kpi.NotYetDue)
		case in.known(cell.Period):
			review.Actual = s.actual(owner, found, cell.Period, in.AsOf)
			review.Running = cell.Period.Last() > in.AsOf
		}
		review.Attainment = kpi.Attainment(s.metric.Direction, review.Actual, review.Target)
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
