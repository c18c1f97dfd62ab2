package plan

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// DiffSchema names the JSON form of a [Diff].
const DiffSchema = "saleskpi/plan_diff/1"

// Diff is what leads from one plan to another, down to the cells of their
// breakdowns, the strategies and actions, the needs and assumptions. It is a
// record and a stored document; [Changed] says the same in sentences.
//
// Whatever both plans have stands in a list of changes by its ID, with both
// sides; what has no ID is known by its owner and days.
type Diff struct {
	Settings    *Pair[Settings]            `json:"settings,omitempty"` // nil where they are the same
	Preparation PreparationDiff            `json:"preparation"`
	Metrics     Changes[kpi.Metric]        `json:"metrics"`
	Objectives  Changes[Objective]         `json:"objectives"`
	Goals       Changes[target.Goal]       `json:"goals"`
	Assessments Changes[target.Assessment] `json:"assessments"`
	Commitments []CommitmentsDiff          `json:"commitments"` // of the goals whose commitments differ
	Cadences    Changes[Cadence]           `json:"cadences"`
	Owners      Changes[target.Owner]      `json:"owners"` // the tree as a table

	Breakdowns  Changes[*target.Breakdown] `json:"breakdowns"`   // those whose metric, calendar, grain or period differ are in Changed
	Cells       []CellDiff                 `json:"cells"`        // of the other breakdowns that both have
	Stated      Changes[*target.Stated]    `json:"stated"`       // those whose metric, calendar or grain differ are in Changed
	StatedCells []StatedDiff               `json:"stated_cells"` // of the other stated goals that both have

	Actions ActionsDiff `json:"actions"`
}

// CellDiff is what leads from one breakdown of a goal to another.
type CellDiff struct {
	Goal string      `json:"goal"`
	Diff target.Diff `json:"diff"`
}

// DiffOf gives what leads from one plan to another: applied to from it gives
// to, in the order of [Plan.Sorted]. Plans are the same where they are stored
// the same, so the order of lists makes no difference. Errors are those of
// [Plan.Validate], with the path from or to.
func DiffOf(from, to Plan) (Diff, error) {
	problems := check.List{Op: "plan.Diff"}
	problems.Nest("from", from.Validate())
	problems.Nest("to", to.Validate())
	if err := problems.Err(); err != nil {
		return Diff{}, err
	}
	return diff(from.Sorted(), to.Sorted()), nil
}

// diff compares two sorted plans.
func diff(from, to Plan) Diff {
	d := Diff{
		Settings:    pairOf(from.settings(), to.settings()),
		Preparation: from.Preparation.diff(to.Preparation),
		Metrics:     changes(from.Metrics, to.Metrics, metricID),
		Objectives:  changes(from.Objectives, to.Objectives, objectiveID),
		Goals:       changes(from.Goals, to.Goals, goalID),
		Assessments: changes(from.Assessments, to.Assessments, assessmentGoal),
		Commitments: commitmentsDiff(from, to),
		Cadences:    changes(from.Cadences, to.Cadences, cadenceID),
		Owners:      changes(rowsOf(from.Owners), rowsOf(to.Owners), ownerID),
		Actions:     actionsDiff(from.Actions, to.Actions),
	}
	d.Breakdowns, d.Cells = breakdownChanges(from, to)
	d.Stated, d.StatedCells = statedChanges(from, to)
	return d
}

// breakdownChanges parts the breakdowns that both plans have into those that
// have cells in common and those that have not.
func breakdownChanges(from, to Plan) (whole Changes[*target.Breakdown], cells []CellDiff) {
	whole, cells = changes(from.Breakdowns, to.Breakdowns, breakdownGoal), []CellDiff{}
	pairs := whole.Changed
	whole.Changed = []Pair[*target.Breakdown]{}
	for _, pair := range pairs {
		d, err := pair.From.Diff(pair.To)
		if err != nil {
			whole.Changed = append(whole.Changed, pair)
			continue
		}
		cells = append(cells, CellDiff{pair.From.Goal().ID, d})
	}
	return whole, cells
}

// Empty reports whether both plans are the same.
func (d Diff) Empty() bool {
	return d.Settings == nil && d.Preparation.empty() && d.Metrics.empty() && d.Objectives.empty() && d.Goals.empty() &&
		d.Assessments.empty() && len(d.Commitments) == 0 && d.Cadences.empty() && d.Owners.empty() &&
		d.Breakdowns.empty() && len(d.Cells) == 0 && d.Stated.empty() && len(d.StatedCells) == 0 && d.Actions.empty()
}

type plainPlanDiff Diff

type diffDocument struct {
	Schema string `json:"schema"`
	plainPlanDiff
}

// MarshalJSON gives the document, with "schema":"saleskpi/plan_diff/1".
func (d Diff) MarshalJSON() ([]byte, error) {
	d.Commitments, d.Cells, d.StatedCells = orEmpty(d.Commitments), orEmpty(d.Cells), orEmpty(d.StatedCells)
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
