package plan

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"github.com/saleskpi/saleskpi/target"
)

// Closing is what a closed period is evaluated with. It is a record.
type Closing struct {
	Input // as for a review on the last day, or later

	Metrics   []kpi.Figure    `json:"metrics,omitempty"`    // of owners, in the period: win rate, cycle, discount …
	Usual     []kpi.Figure    `json:"usual,omitempty"`      // what is usual for an owner, that of the whole for the whole alone, as in [Diagnosis]
	UsualEach []kpi.Figure    `json:"usual_each,omitempty"` // what is usual for everybody else, as figures of the whole
	Found     []check.Finding `json:"found,omitempty"`      // by other packages: funnel, forecast, scorecard
	Owner     string          `json:"owner"`                // the whole: a company or team
	Playbook  Playbook        `json:"playbook"`

	Levers     []action.LeverQuestion `json:"levers,omitempty"` // what would it take in the coming period, as in [Diagnosis]
	Cases      []action.Case          `json:"cases,omitempty"`  // what changed after earlier actions
	Confidence kpi.Confidence         `json:"confidence,omitzero"`

	// Statements are what incentives paid in the period, of one currency.
	Statements []incentive.Statement `json:"statements,omitempty"`
}

// Evaluation is how the goals that are over went and why, what changed after
// what was done, and what to do next. It is a record and a stored document; its
// JSON carries "schema".
type Evaluation struct {
	Plan    string           `json:"plan"`
	Version int              `json:"version,omitzero"` // of a [Document.Evaluate], as in [Review]
	AsOf    calendar.Day     `json:"as_of"`
	Part    calendar.Period  `json:"part,omitzero"` // of the goals' periods; none: all
	Goals   []GoalEvaluation `json:"goals"`         // that are over, by ID
	Running []string         `json:"running"`       // goals that are not: nothing is said of them

	Execution   *action.Report    `json:"execution,omitempty"` // of the plan's actions, where Input.Beside tracks them
	Strategies  []StrategyOutcome `json:"strategies"`          // what was promised and what came, by ID
	Assumptions []AssumptionView  `json:"assumptions"`         // on which goals rested, by review day and ID
	Pay         *PayOutcome       `json:"pay,omitempty"`       // what incentives paid, where statements were handed in

	Changes     []action.Evaluation `json:"changes"` // changed after, never brought about by
	Levers      []action.LeverPlan  `json:"levers"`
	Findings    []Found             `json:"findings"` // the gravest first
	Suggestions []Suggestion        `json:"suggestions"`
}

// GoalEvaluation is one goal that is over.
type GoalEvaluation struct {
	Goal     target.Goal          `json:"goal"`
	Tracking target.Tracking      `json:"tracking"`            // of the goal's owner
	Original kpi.Value            `json:"original,omitzero"`   // the baseline's target; of a [Document.Evaluate] alone
	Against  kpi.Value            `json:"against,omitzero"`    // attainment of the original
	Sellers  *target.Distribution `json:"sellers,omitempty"`   // of the owners without children, where there are several
	ByOwner  *bridge.Bridge       `json:"by_owner,omitempty"`  // from target to actual; likewise
	ByDriver *bridge.Bridge       `json:"by_driver,omitempty"` // where every driver of the metric has a goal of the same owner and period, or is one of Input.Drivers
}

// Evaluate says how the goals went that are over on the as-of day, what
// became of actions, strategies, budgets and assumptions, and what was paid.
// Findings are those of the review and of the owners in it, those that were
// handed in, and
//
//	few_met                 under 55 % of at least ten sellers reached their targets: targets were high
//	many_met                over 70 % did: targets were low
//	gap_from_few            half of what was missing is that of less than a quarter of the sellers
//	driver_behind           the driver that took most from the goal
//	actions_undone          actions that are not done, and the share that was on time
//	milestones_unreached    milestones whose day is over and that were not reached by it
//	strategy_over_budget    spent and committed, above the frame or the budgets of the actions
//	strategy_below_promise  what changed after it is less than was promised; strategy_kept_promise
//	                        where it is not, strategy_unmeasured where nobody looked
//	missed_on_assumption    a goal was missed that rested on what did not hold; missed_unchecked
//	                        where nobody looked whether it holds
//	pay_not_following       those who missed goals were paid as much a head as those who did not, or more
//	pay_unknown             a statement without a number
//
// each with the figures on which it rests. Suggestions are those of the
// playbook, on the same findings.
//
// A month or quarter of longer goals is evaluated with Input.Part: its targets
// are those of the breakdown.
//
// Errors are those of [Plan.Review], [Playbook.Suggest], [action.Levers] and
// [action.Evaluate], with the paths of [Closing], and statements that stand
// twice (check.ErrDuplicate) or of several currencies (check.ErrUnit).
func (p Plan) Evaluate(c Closing) (Evaluation, error) {
	review, err := p.Review(c.Input)
	return p.evaluate(c, review, err)
}

// Evaluate is [Plan.Evaluate] of the version that is in force on the as-of
// day, as far as it was known on Input.KnownAt: goals are held against the
// targets that they were closed with, and the original ones stand beside them.
// It adds the finding
//
//	revision_decides    a goal that is met by the one target and missed by the other
//
// Errors are also those of [Document.Review].
func (d Document) Evaluate(c Closing) (Evaluation, error) {
	review, err := d.Review(c.Input)
	if err != nil {
		return Plan{}.evaluate(c, review, err)
	}
	v, _, _ := d.InForce(c.AsOf, review.KnownAt)
	return v.Plan.evaluate(c, review, nil)
}

// evaluate is Evaluate of a review that may have failed.
func (p Plan) evaluate(c Closing, review Review, err error) (Evaluation, error) {
	problems := check.List{Op: "plan.Evaluate"}
	problems.Nest("", err)
	e := Evaluation{Plan: p.ID, Version: review.Version, AsOf: c.AsOf, Part: c.Part, Goals: []GoalEvaluation{}, Running: []string{}, Levers: []action.LeverPlan{}, Findings: []Found{}}
	e.Changes, err = action.Evaluate(c.Cases, c.Confidence)
	problems.Nest("", err)
	for i, q := range c.Levers {
		plan, err := action.Levers(q)
		problems.Nest(check.At("levers", i), err)
		e.Levers = append(e.Levers, plan)
	}
	evidence, given := c.evidence(), driversOf(c.Input)
	e.findAll(review.Findings, evidence)
	for _, g := range review.Goals {
		if g.Goal.Period.Last() > c.AsOf {
			e.Running = append(e.Running, g.Goal.ID)
			continue
		}
		e.Goals = append(e.Goals, review.evaluateGoal(&problems, g, given, &e))
	}
	e.findAll(c.Found, evidence)
	e.execute(p, review)
	e.rest(p, c)
	e.pay(&problems, review, c)
	slices.SortStableFunc(e.Findings, func(a, b Found) int { return compareFindings(a.Finding, b.Finding) })
	e.suggest(&problems, c, review)
	if err := problems.Err(); err != nil {
		return Evaluation{}, err
	}
	return e, nil
}

// diagnosis gives what a playbook is tried on, without findings and owners.
func (c Closing) diagnosis() Diagnosis {
	return Diagnosis{Owner: c.Owner, Metrics: c.Metrics, Usual: c.Usual, UsualEach: c.UsualEach, Levers: c.Levers}
}

// suggest tries the playbook. A finding about an owner of a goal is of that
// owner.
func (e *Evaluation) suggest(problems *check.List, c Closing, review Review) {
	if !problems.Empty() {
		return
	}
	if len(c.Playbook.Rules) == 0 && c.Playbook.ID == "" {
		e.Suggestions = []Suggestion{}
		return
	}
	d := c.diagnosis()
	d.Owners = review.owners()
	d.Findings = make([]check.Finding, 0, len(e.Findings))
	for _, f := range e.Findings {
		d.Findings = append(d.Findings, f.Finding)
	}
	suggestions, err := c.Playbook.Suggest(d)
	problems.Nest("", err)
	e.Suggestions = suggestions
}

// owners gives everybody who has a part in a goal, by ID.
func (r Review) owners() []string {
	all := once{}
	for i := range r.Goals {
		for k := range r.Goals[i].Owners {
			all[r.Goals[i].Owners[k].Owner] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// evaluateGoal says how one goal went, and adds what it found.
func (r Review) evaluateGoal(problems *check.List, g GoalReview, given drivers, e *Evaluation) GoalEvaluation {
	all, named := GoalEvaluation{Goal: g.Goal, Tracking: g.Owners[0].Tracking, Original: g.Owners[0].Original}, r.goalCalled(g)
	if all.Original.Defined() {
		all.Against = kpi.Attainment(g.Metric.Direction, all.Tracking.Actual, all.Original)
		e.Findings = append(e.Findings, g.revisionFindings(all)...)
	}
	for _, o := range g.Owners {
		for _, f := range o.Findings {
			e.Findings = append(e.Findings, Found{f, o.evidence()})
		}
	}
	if sellers := g.trackings(); len(sellers) > 1 && g.Metric.Additivity == kpi.Additive {
		spread := target.Distribute(g.Metric.Direction, sellers, target.DefaultEdges())
		byOwner, err := g.byOwner("target", targetOf, actualOf)
		problems.Nest(check.At("goals", g.Goal.ID), err)
		all.Sellers, all.ByOwner = &spread, byOwner
		e.Findings = append(e.Findings, spreadFindings(g, named, spread)...)
		e.Findings = append(e.Findings, gapFindings(g, named, *all.ByOwner)...)
	}
	all.ByDriver = r.byDriver(problems, g, given)
	if all.ByDriver != nil {
		e.Findings = append(e.Findings, driverFindings(g, named, *all.ByDriver)...)
	}
	return all
}

// sellers gives the positions of the owners without children.
func (g GoalReview) sellers() []int {
	parents := map[string]bool{}
	for i := range g.Owners {
		parents[g.Owners[i].Parent] = true
	}
	sellers := make([]int, 0, len(g.Owners))
	for i := range g.Owners {
		if !parents[g.Owners[i].Owner] {
			sellers = append(sellers, i)
		}
	}
	return sellers
}

// trackings gives those of the owners without children.
func (g GoalReview) trackings() []target.Tracking {
	sellers := g.sellers()
	all := make([]target.Tracking, 0, len(sellers))
	for _, i := range sellers {
		all = append(all, g.Owners[i].Tracking)
	}
	return all
}

func (g GoalReview) question() bridge.Question {
	return bridge.Question{Metric: g.Metric.ID, Owner: g.Goal.Owner, Unit: g.Metric.Unit,
		Base: bridge.Side{Name: "target", Period: g.Goal.Period}, Current: bridge.Side{Name: "actual", Period: g.Goal.Period}}
}

// byDriver splits the gap over the goals that stand for what the metric is
// computed from or the drivers that were handed in, where there is one for each.
func (r Review) byDriver(problems *check.List, g GoalReview, given drivers) *bridge.Bridge {
	due := func(d Driver) kpi.Value { return d.Due } // of a goal that is over: all of it
	b, err := r.driverBridge(g, g.question(), given, side{tracked: func(t target.Tracking) kpi.Value { return t.Target }, given: due})
	problems.Nest(check.At("goals", g.Goal.ID), err)
	return b
}
