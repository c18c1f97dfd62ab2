package plan

import (
	"bytes"
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// DiffSchema names the JSON form of a [Diff].
const DiffSchema = "saleskpi/plan_diff/1"

// Diff is what leads from one plan to another, down to the cells of their
// breakdowns. It is a record and a stored document.
type Diff struct {
	Settings    *Pair[Settings]            `json:"settings,omitempty"` // nil where they are the same
	Preparation *Pair[Preparation]         `json:"preparation,omitempty"`
	Actions     *Pair[*action.Plan]        `json:"actions,omitempty"`
	Metrics     Changes[kpi.Metric]        `json:"metrics"`
	Objectives  Changes[Objective]         `json:"objectives"`
	Goals       Changes[target.Goal]       `json:"goals"`
	Assessments Changes[target.Assessment] `json:"assessments"`
	Commitments Changes[Commitments]       `json:"commitments"`
	Cadences    Changes[Cadence]           `json:"cadences"`
	Stated      Changes[*target.Stated]    `json:"stated"`
	Breakdowns  Changes[*target.Breakdown] `json:"breakdowns"` // those whose metric, calendar, grain or period differ are in Changed
	Cells       []CellDiff                 `json:"cells"`      // of the breakdowns that both have
}

// Settings are the fields of a plan that are no lists.
type Settings struct {
	ID         string            `json:"id"`
	Name       string            `json:"name,omitzero"`
	Calendar   calendar.Calendar `json:"calendar"`
	Owners     target.Node       `json:"owners,omitzero"`
	Curve      target.Curve      `json:"curve"`
	Thresholds target.Thresholds `json:"thresholds,omitzero"`
}

// Changes are the members of a list, by ID, that only one side has or that
// differ.
type Changes[T any] struct {
	Added   []T       `json:"added"`
	Removed []T       `json:"removed"`
	Changed []Pair[T] `json:"changed"`
}

// Pair is the same thing on both sides.
type Pair[T any] struct {
	From T `json:"from"`
	To   T `json:"to"`
}

// CellDiff is what leads from one breakdown of a goal to another.
type CellDiff struct {
	Goal string      `json:"goal"`
	Diff target.Diff `json:"diff"`
}

// DiffOf gives what leads from one plan to another: applied to from it gives
// to, in the order of [Plan.Sorted]. Errors are those of [Plan.Validate], with
// the path from or to.
func DiffOf(from, to Plan) (Diff, error) {
	problems := check.List{Op: "plan.Diff"}
	problems.Nest("from", from.Validate())
	problems.Nest("to", to.Validate())
	if err := problems.Err(); err != nil {
		return Diff{}, err
	}
	from, to = from.Sorted(), to.Sorted()
	d := Diff{
		Metrics:     changes(from.Metrics, to.Metrics, metricID),
		Objectives:  changes(from.Objectives, to.Objectives, objectiveID),
		Goals:       changes(from.Goals, to.Goals, goalID),
		Assessments: changes(from.Assessments, to.Assessments, assessmentGoal),
		Commitments: changes(from.Commitments, to.Commitments, commitmentsGoal),
		Cadences:    changes(from.Cadences, to.Cadences, cadenceID),
		Stated:      changes(from.Stated, to.Stated, statedGoal),
		Breakdowns:  changes(from.Breakdowns, to.Breakdowns, breakdownGoal),
		Cells:       []CellDiff{},
	}
	if a, b := from.settings(), to.settings(); !same(a, b) {
		d.Settings = &Pair[Settings]{a, b}
	}
	if !same(from.Preparation, to.Preparation) {
		d.Preparation = &Pair[Preparation]{from.Preparation, to.Preparation}
	}
	if !same(from.Actions, to.Actions) {
		d.Actions = &Pair[*action.Plan]{from.Actions, to.Actions}
	}
	d.intoCells()
	return d, nil
}

// intoCells turns pairs of breakdowns that have cells in common into
// differences of cells.
func (d *Diff) intoCells() {
	whole := []Pair[*target.Breakdown]{}
	for _, pair := range d.Breakdowns.Changed {
		cells, err := pair.From.Diff(pair.To)
		if err != nil {
			whole = append(whole, pair)
			continue
		}
		d.Cells = append(d.Cells, CellDiff{pair.From.Goal().ID, cells})
	}
	d.Breakdowns.Changed = whole
}

// Empty reports whether both plans are the same.
func (d Diff) Empty() bool {
	return d.Settings == nil && d.Preparation == nil && d.Actions == nil && d.Metrics.empty() && d.Objectives.empty() && d.Goals.empty() && d.Assessments.empty() &&
		d.Commitments.empty() && d.Cadences.empty() && d.Stated.empty() && d.Breakdowns.empty() && len(d.Cells) == 0
}

func (p Plan) settings() Settings {
	return Settings{p.ID, p.Name, p.Calendar, p.Owners, p.Curve, p.Thresholds}
}

// changes compares two lists in the order of their keys.
func changes[T any](from, to []T, key func(T) string) Changes[T] {
	c := Changes[T]{Added: []T{}, Removed: []T{}, Changed: []Pair[T]{}}
	for len(from) > 0 || len(to) > 0 {
		switch {
		case len(to) == 0 || len(from) > 0 && key(from[0]) < key(to[0]):
			c.Removed, from = append(c.Removed, from[0]), from[1:]
		case len(from) == 0 || key(to[0]) < key(from[0]):
			c.Added, to = append(c.Added, to[0]), to[1:]
		default:
			if !same(from[0], to[0]) {
				c.Changed = append(c.Changed, Pair[T]{from[0], to[0]})
			}
			from, to = from[1:], to[1:]
		}
	}
	return c
}

func (c Changes[T]) empty() bool { return len(c.Added)+len(c.Removed)+len(c.Changed) == 0 }

// same compares what is stored: two records are the same if their JSON is.
func same[T any](a, b T) bool {
	if x, ok := any(a).(*target.Breakdown); ok {
		y := any(b).(*target.Breakdown)
		return x == y || x != nil && y != nil && x.Equal(y)
	}
	x, err := json.Marshal(a)
	if err != nil {
		return false
	}
	y, err := json.Marshal(b)
	return err == nil && bytes.Equal(x, y)
}

type plainPlanDiff Diff

type diffDocument struct {
	Schema string `json:"schema"`
	plainPlanDiff
}

// MarshalJSON gives the document, with "schema":"saleskpi/plan_diff/1".
func (d Diff) MarshalJSON() ([]byte, error) {
	return json.Marshal(diffDocument{DiffSchema, plainPlanDiff(d)})
}

// UnmarshalJSON reads what MarshalJSON writes; null leaves the diff as it is.
// Whether it fits a plan is for [Plan.Apply].
func (d *Diff) UnmarshalJSON(data []byte) error {
	var doc diffDocument
	if ok, err := check.DecodeStored("plan.Diff", DiffSchema, data, &doc); !ok {
		return err
	}
	*d = Diff(doc.plainPlanDiff)
	return nil
}
