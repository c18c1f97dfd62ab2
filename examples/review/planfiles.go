package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// The files of a plan. Each may be left out.
const (
	goalFile        = "goal.csv"
	marketFile      = "market.csv"
	needsFile       = "needs.csv"
	assumptionsFile = "assumptions.csv"
	commitmentsFile = "commitments.csv"
	strategiesFile  = "strategies.csv"
	actionsFile     = "actions.csv"
	progressFile    = "progress.csv"
	historyFile     = "history.csv"
	activitiesFile  = "activities.csv"
)

// PlanFiles is what people wrote down when they planned, and what became of
// it, in the order of the files. Has says which files are there.
type PlanFiles struct {
	Has         map[string]bool
	Goal        *GoalRow
	Segments    []plan.Segment // without metric, owner and period, which goal.csv gives
	Needs       []plan.Need
	Assumptions []plan.Assumption
	Commitments []Commitment
	Strategies  []Strategy
	Actions     []action.Action
	Progress    []Event
	History     []Booked
	Activities  []Activities

	chinese map[string]string // names by the English ones, which are their IDs
}

// GoalRow is the row of goal.csv. The target itself is the sum of targets.csv.
type GoalRow struct {
	From, Through calendar.Day
	Objective     string
	Base, Stretch kpi.Value // no data where none is stated
	LedBy         string
	CommittedOn   calendar.Day
}

// Commitment is one row of commitments.csv: what somebody says to his target
// of the whole plan.
type Commitment struct {
	Owner  string
	Amount kpi.Value
	Given  calendar.Day
}

// Strategy is one row of strategies.csv: its lever and for whom it is, which is
// everybody where nobody is named. ChosenLow says that they were chosen because
// of how low they stood.
type Strategy struct {
	action.Strategy
	Sellers   []string
	ChosenLow bool
}

// Event is one row of progress.csv: an action was started, done or dropped, or
// an amount was spent or committed for it, or days of work were left.
type Event struct {
	Day          calendar.Day
	Action, What string
	Amount       kpi.Value
}

// Booked is one row of history.csv: what a seller won in a month by the
// books, which are older than the deals.
type Booked struct {
	Seller string
	Month  calendar.Period
	Amount kpi.Value
}

// Activities is one row of activities.csv: what a seller did in a month.
type Activities struct {
	Seller          string
	Month           calendar.Period
	Calls, Meetings kpi.Value
}

// called gives the name of something that the plan's files name.
func (p PlanFiles) called(name string, l Lang) string {
	if zh := p.chinese[name]; zh != "" && l == Chinese {
		return zh
	}
	return name
}
