package plan

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// Settings are the fields of a plan that are no lists.
type Settings struct {
	ID         string            `json:"id"`
	Name       string            `json:"name,omitzero"`
	Calendar   calendar.Calendar `json:"calendar"`
	Curve      target.Curve      `json:"curve"`
	Thresholds target.Thresholds `json:"thresholds,omitzero"`
}

func (p Plan) settings() Settings {
	return Settings{p.ID, p.Name, p.Calendar, p.Curve, p.Thresholds}
}

func (p *Plan) set(s Settings) {
	p.ID, p.Name, p.Calendar, p.Curve, p.Thresholds = s.ID, s.Name, s.Calendar, s.Curve, s.Thresholds
}

// PreparationDiff is what leads from one preparation to another. Teams and
// figures of the past are known by owner, metric and period.
type PreparationDiff struct {
	Settings    *Pair[PreparationSettings] `json:"settings,omitempty"` // nil where they are the same
	Segments    Changes[Segment]           `json:"segments"`
	Needs       Changes[Need]              `json:"needs"`
	Teams       Changes[Team]              `json:"teams"`
	History     Changes[kpi.Figure]        `json:"history"`
	Assumptions Changes[Assumption]        `json:"assumptions"`
}

// PreparationSettings are the fields of a preparation that are not lists of
// things with a key; a season and its shares differ as a whole.
type PreparationSettings struct {
	Scale   kpi.Value       `json:"scale,omitzero"`
	Ranking Ranking         `json:"ranking,omitzero"`
	Grain   calendar.Grain  `json:"grain"`          // of the history
	Known   calendar.Period `json:"known,omitzero"` // of the history

	WorkDays calendar.WorkCalendar `json:"work_days,omitzero"`
	Season   []target.SeasonPart   `json:"season,omitempty"`
	Shares   []target.SharePoint   `json:"shares,omitempty"`
}

func (p Preparation) settings() PreparationSettings {
	return PreparationSettings{p.Scale, p.Ranking, p.History.Grain, p.History.Known, p.WorkDays, p.Season, p.Shares}
}

func (p Preparation) diff(to Preparation) PreparationDiff {
	return PreparationDiff{
		Settings:    pairOf(p.settings(), to.settings()),
		Segments:    changes(p.Segments, to.Segments, segmentID),
		Needs:       changes(p.Needs, to.Needs, needID),
		Teams:       changes(p.Teams, to.Teams, teamKey),
		History:     changes(p.History.Figures, to.History.Figures, figureKey),
		Assumptions: changes(p.Assumptions, to.Assumptions, assumptionID),
	}
}

func (d PreparationDiff) empty() bool {
	return d.Settings == nil && d.Segments.empty() && d.Needs.empty() && d.Teams.empty() && d.History.empty() && d.Assumptions.empty()
}

func (p Preparation) apply(problems *check.List, d PreparationDiff) Preparation {
	s := d.Settings.apply(problems, "preparation.settings", p.settings())
	return Preparation{
		Segments: d.Segments.apply(problems, "preparation.segments", p.Segments, segmentID),
		Needs:    d.Needs.apply(problems, "preparation.needs", p.Needs, needID),
		Scale:    s.Scale,
		Ranking:  s.Ranking,
		Teams:    d.Teams.apply(problems, "preparation.teams", p.Teams, teamKey),
		History: History{Grain: s.Grain, Known: s.Known,
			Figures: d.History.apply(problems, "preparation.history", p.History.Figures, figureKey)},
		Assumptions: d.Assumptions.apply(problems, "preparation.assumptions", p.Assumptions, assumptionID),
		WorkDays:    s.WorkDays,
		Season:      s.Season,
		Shares:      s.Shares,
	}
}

// ActionsDiff is what leads from one action plan to another.
type ActionsDiff struct {
	Settings   *Pair[*ActionsSettings]   `json:"settings,omitempty"` // nil where they are the same; a side is null where it has no action plan
	Strategies Changes[action.Strategy]  `json:"strategies"`
	Actions    Changes[action.Action]    `json:"actions"`
	Milestones Changes[action.Milestone] `json:"milestones"`
	People     Changes[action.Person]    `json:"people"`
	Routines   Changes[action.Routine]   `json:"routines"`
	Activities Changes[action.Activity]  `json:"activities"`
}

// ActionsSettings are the fields of an action plan that are no lists.
type ActionsSettings struct {
	ID       string          `json:"id"`
	Name     string          `json:"name,omitzero"`
	NameZH   string          `json:"name_zh,omitzero"`
	Period   calendar.Period `json:"period"`
	Unit     kpi.Unit        `json:"unit"`
	Stacking action.Stacking `json:"stacking"`
}

func actionsSettings(p *action.Plan) *ActionsSettings {
	if p == nil {
		return nil
	}
	return &ActionsSettings{p.ID, p.Name, p.NameZH, p.Period, p.Unit, p.Stacking}
}

// someActions gives the action plan, an empty one where there is none.
func someActions(p *action.Plan) action.Plan {
	if p == nil {
		return action.Plan{}
	}
	return *p
}

func actionsDiff(before, after *action.Plan) ActionsDiff {
	from, to := someActions(before), someActions(after)
	return ActionsDiff{
		Settings:   pairOf(actionsSettings(before), actionsSettings(after)),
		Strategies: changes(from.Strategies, to.Strategies, strategyID),
		Actions:    changes(from.Actions, to.Actions, actionID),
		Milestones: changes(from.Milestones, to.Milestones, milestoneID),
		People:     changes(from.People, to.People, personID),
		Routines:   changes(from.Routines, to.Routines, routineID),
		Activities: changes(from.Activities, to.Activities, activityID),
	}
}

func (d ActionsDiff) empty() bool { return d.Settings == nil && d.partsEmpty() }

func (d ActionsDiff) partsEmpty() bool {
	return d.Strategies.empty() && d.Actions.empty() && d.Milestones.empty() && d.People.empty() && d.Routines.empty() && d.Activities.empty()
}

// apply gives the action plan, nil where the diff leads to none.
func (d ActionsDiff) apply(problems *check.List, before *action.Plan) *action.Plan {
	s := d.Settings.apply(problems, "actions.settings", actionsSettings(before))
	p := someActions(before)
	after := action.Plan{
		Strategies: d.Strategies.apply(problems, "actions.strategies", p.Strategies, strategyID),
		Actions:    d.Actions.apply(problems, "actions.actions", p.Actions, actionID),
		Milestones: d.Milestones.apply(problems, "actions.milestones", p.Milestones, milestoneID),
		People:     d.People.apply(problems, "actions.people", p.People, personID),
		Routines:   d.Routines.apply(problems, "actions.routines", p.Routines, routineID),
		Activities: d.Activities.apply(problems, "actions.activities", p.Activities, activityID),
	}
	if s != nil {
		after.ID, after.Name, after.NameZH, after.Period, after.Unit, after.Stacking = s.ID, s.Name, s.NameZH, s.Period, s.Unit, s.Stacking
		return &after
	}
	if rest := actionsDiff(nil, &after); !rest.partsEmpty() { // nothing is lost without a word
		problems.Add(check.ErrInvalid, "actions.settings.to", "parts_without_a_plan", nil)
	}
	return nil
}

// CommitmentsDiff is what leads from what people commit to of a goal to
// another state of it, by owner and day. A side of Acceptance is null where
// the plan has no commitments to the goal.
type CommitmentsDiff struct {
	Goal        string                     `json:"goal"`
	Acceptance  *Pair[*target.Acceptance]  `json:"acceptance,omitempty"` // nil where they are the same
	Commitments Changes[target.Commitment] `json:"commitments"`
}

func (p Plan) acceptance(goal string) *target.Acceptance {
	for _, c := range p.Commitments {
		if c.Goal == goal {
			return &c.Acceptance
		}
	}
	return nil
}

// commitmentsDiff compares what two plans have of each goal's commitments.
func commitmentsDiff(from, to Plan) []CommitmentsDiff {
	all := []CommitmentsDiff{}
	for _, goal := range eitherKey(from.Commitments, to.Commitments, commitmentsGoal) {
		d := CommitmentsDiff{goal, pairOf(from.acceptance(goal), to.acceptance(goal)),
			changes(from.committed(goal).Commitments, to.committed(goal).Commitments, commitmentKey)}
		if d.Acceptance != nil || !d.Commitments.empty() {
			all = append(all, d)
		}
	}
	return all
}

func (p Plan) applyCommitments(problems *check.List, diffs []CommitmentsDiff) []Commitments {
	all, done := by(p.Commitments, commitmentsGoal), map[string]bool{}
	for i, d := range diffs {
		at := check.At("commitments", i)
		if done[d.Goal] {
			problems.Add(check.ErrDuplicate, at+".goal", "goal_twice", d.Goal)
			continue
		}
		done[d.Goal] = true
		now := p.committed(d.Goal)
		acceptance := d.Acceptance.apply(problems, at+".acceptance", p.acceptance(d.Goal))
		now.Commitments = d.Commitments.apply(problems, at+".commitments", now.Commitments, commitmentKey)
		all = without(all, d.Goal, commitmentsGoal)
		switch {
		case acceptance != nil:
			now.Acceptance = *acceptance
			all = append(all, now)
		case len(now.Commitments) > 0:
			problems.Add(check.ErrInvalid, at+".acceptance.to", "parts_without_a_plan", d.Goal)
		}
	}
	return by(all, commitmentsGoal)
}
