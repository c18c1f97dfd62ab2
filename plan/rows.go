package plan

import (
	"encoding/json"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// RowsSchema names the JSON form of [Rows], and the columns of a CSV file.
const RowsSchema = "saleskpi/rows/1"

// Rows is a review as a flat table, for BI tools and CSV. The order is that of
// the review: goals by ID, in each the owners with parents before their
// children, and of each owner first the whole period (kind goal) and then its
// periods in time (kind period).
type Rows []Row

// Row is one number of one owner against its target. The columns are those of
// [Columns].
type Row struct {
	Plan       string          `json:"plan"`
	AsOf       calendar.Day    `json:"as_of"`
	Kind       string          `json:"kind"` // goal or period
	Goal       string          `json:"goal"`
	Objective  string          `json:"objective,omitzero"`
	Metric     string          `json:"metric"`
	Unit       string          `json:"unit,omitzero"` // the currency, where there is one
	Scale      int8            `json:"scale"`         // places of the amounts in print
	Owner      string          `json:"owner"`
	Parent     string          `json:"parent,omitzero"`
	Period     calendar.Period `json:"period"`
	Target     kpi.Value       `json:"target"`
	Original   kpi.Value       `json:"original"` // of the baseline; no data where none was given
	Actual     kpi.Value       `json:"actual"`
	Attainment kpi.Value       `json:"attainment"`
	Expected   kpi.Value       `json:"expected"` // due through the as-of day; kind goal alone, as everything below
	Variance   kpi.Value       `json:"variance"` // actual − expected
	Pace       kpi.Value       `json:"pace"`     // actual ÷ expected
	Landing    kpi.Value       `json:"landing"`  // actual + rest of plan
	Forecast   kpi.Value       `json:"forecast"` // as it was handed in
	Status     string          `json:"status"`   // of the goal; of a period running, over or not_started
	Findings   []string        `json:"findings"` // codes

	Low      kpi.Value `json:"low,omitzero"`       // of a goal in a band, in place of a target
	High     kpi.Value `json:"high,omitzero"`      // likewise
	Required kpi.Value `json:"required,omitzero"`  // per remaining day, working days where there are any
	BestRate kpi.Value `json:"best_rate,omitzero"` // per day, the best ever held that long; no data without a history
	RunRate  kpi.Value `json:"run_rate,omitzero"`  // landing at the rate so far
	ByCurve  kpi.Value `json:"by_curve,omitzero"`  // landing at actual ÷ share that is due
}

// Column says what a column of a table holds.
type Column struct {
	Name    string `json:"name"`
	Type    string `json:"type"` // text, day, amount (decimal in the unit, scale places), ratio or number (decimal, 6 places) or integer
	Meaning string `json:"meaning"`
}

// Columns gives the columns of a table, in order. A number that is undefined
// is an empty cell, which tools read as NULL, never as 0; why is in the column
// undefined, such as "actual:not_yet_due attainment:not_yet_due". Numbers that
// the kind of row does not have are empty without a word.
func Columns() []Column {
	return []Column{
		{"plan", "text", "ID of the plan"},
		{"as_of", "day", "last day that is over"},
		{"kind", "text", "goal: the whole period of a goal; period: one of its periods"},
		{"goal", "text", "ID of the goal"},
		{"objective", "text", "what the goal serves"},
		{"metric", "text", "ID of the metric"},
		{"unit", "text", "currency of the amounts; empty where they are no money"},
		{"scale", "integer", "places of the amounts"},
		{"owner", "text", "ID of the owner"},
		{"parent", "text", "ID of the owner above"},
		{"start", "day", "first day of the period"},
		{"end", "day", "last day of the period"},
		{"target", "amount", "target in force"},
		{"original", "amount", "target of the baseline"},
		{"actual", "amount", "reached through the as-of day"},
		{"attainment", "ratio", "actual against target"},
		{"expected", "amount", "due through the as-of day"},
		{"variance", "amount", "actual less expected"},
		{"pace", "ratio", "actual against expected"},
		{"landing", "amount", "actual and the rest of the plan"},
		{"forecast", "amount", "landing that was handed in"},
		{"status", "text", "of a goal its status, of a period running, over or not_started"},
		{"findings", "text", "codes, separated by blanks"},
		{"undefined", "text", "column:reason of every number that should be there and is undefined, separated by blanks"},
		{"low", "amount", "low edge of a goal in a band, which has no target"},
		{"high", "amount", "high edge of a goal in a band"},
		{"required", "amount", "to reach per remaining day, or working day where the plan has them"},
		{"best_rate", "amount", "best rate per day ever held for as many days as remain; empty without a history"},
		{"run_rate", "amount", "landing at the rate so far"},
		{"by_curve", "amount", "landing by the curve: actual divided by the share that is due"},
	}
}

// Rows gives the review as a flat table.
func (r Review) Rows() Rows {
	rows := Rows{}
	for _, g := range r.Goals {
		for _, o := range g.Owners {
			rows = append(rows, r.row(g, o))
			for _, p := range o.Periods {
				rows = append(rows, r.periodRow(g, o, p))
			}
		}
	}
	return rows
}

// blank is a row with what both kinds have; numbers that a kind does not have
// are not applicable.
func (r Review) blank(kind string, g GoalReview, o OwnerReview) Row {
	na := kpi.Undefined(kpi.NotApplicable)
	return Row{Plan: r.Plan, AsOf: r.AsOf, Kind: kind, Goal: g.Goal.ID, Objective: g.Goal.Objective, Metric: g.Metric.ID,
		Unit: g.Metric.Unit.Currency, Scale: places(g.Metric.Unit), Owner: o.Owner, Parent: o.Parent,
		Expected: na, Variance: na, Pace: na, Landing: na, Forecast: na, Findings: []string{}}
}

// places gives those of an amount; a share is a ratio, whatever places its
// percentage has in print.
func places(u kpi.Unit) int8 {
	if u.Show == kpi.AsPercent {
		return ratioPlaces
	}
	return u.Scale
}

func (r Review) row(g GoalReview, o OwnerReview) Row {
	row, t := r.blank("goal", g, o), o.Tracking
	row.Period, row.Target, row.Actual, row.Attainment = t.Period, t.Target, t.Actual, t.Attainment
	row.Original = o.Original
	row.Expected, row.Variance, row.Pace = t.Expected, t.Variance, t.Pace
	row.Landing, row.Forecast, row.Status = t.Landing.RestOfPlan, t.Landing.Forecast, t.Status.String()
	row.Low, row.High = t.Within.Low, t.Within.High
	row.Required, row.BestRate, row.RunRate, row.ByCurve = t.Required, t.BestRate, t.Landing.RunRate, t.Landing.Curve
	for _, f := range o.Findings {
		row.Findings = append(row.Findings, f.Code)
	}
	return row
}

func (r Review) periodRow(g GoalReview, o OwnerReview, p PeriodReview) Row {
	row := r.blank("period", g, o)
	row.Period, row.Target, row.Original, row.Actual, row.Attainment = p.Period, p.Target, p.Original, p.Actual, p.Attainment
	row.Status = "over"
	switch {
	case p.Period.Start() > r.AsOf:
		row.Status = target.NotStarted.String()
	case p.Period.Last() > r.AsOf:
		row.Status = "running"
	}
	return row
}

// Records gives the table as text, the names of the columns first: what
// csv.Writer.WriteAll takes. IDs are given as they are; a tool that reads
// "=1+1" as a formula must be told not to.
func (rows Rows) Records() [][]string {
	records := [][]string{}
	var names []string
	for _, c := range Columns() {
		names = append(names, c.Name)
	}
	records = append(records, names)
	for _, row := range rows {
		records = append(records, row.record())
	}
	return records
}

func (row Row) record() []string {
	var reasons []string
	number := func(name string, v kpi.Value, scale int) string {
		if !v.Defined() {
			if v.Reason() != kpi.NotApplicable {
				reasons = append(reasons, name+":"+v.Reason().String())
			}
			return ""
		}
		return v.Text(scale, kpi.HalfEven)
	}
	amount := func(name string, v kpi.Value) string { return number(name, v, int(row.Scale)) }
	ratio := func(name string, v kpi.Value) string { return number(name, v, ratioPlaces) }
	record := []string{row.Plan, row.AsOf.String(), row.Kind, row.Goal, row.Objective, row.Metric, row.Unit, kpi.Int(int64(row.Scale)).String(),
		row.Owner, row.Parent, row.Period.Start().String(), row.Period.Last().String(),
		amount("target", row.Target), amount("original", row.Original), amount("actual", row.Actual), ratio("attainment", row.Attainment),
		amount("expected", row.Expected), amount("variance", row.Variance), ratio("pace", row.Pace),
		amount("landing", row.Landing), amount("forecast", row.Forecast), row.Status, strings.Join(row.Findings, " ")}
	optional := func(name string, v kpi.Value) string { // that most rows do not have, without a word
		if v == (kpi.Value{}) {
			return ""
		}
		return amount(name, v)
	}
	last := []string{optional("low", row.Low), optional("high", row.High), optional("required", row.Required), optional("best_rate", row.BestRate),
		optional("run_rate", row.RunRate), optional("by_curve", row.ByCurve)}
	return append(append(record, strings.Join(reasons, " ")), last...)
}

// ratioPlaces is how many places a ratio has in a table, which is a
// ten-thousandth of a percent.
const ratioPlaces = 6

type rowsDocument struct {
	Schema  string   `json:"schema"`
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
}

// MarshalJSON gives the document, with "schema":"saleskpi/rows/1" and what the
// columns mean.
func (rows Rows) MarshalJSON() ([]byte, error) {
	return json.Marshal(rowsDocument{RowsSchema, Columns(), append([]Row{}, rows...)})
}

// UnmarshalJSON reads what MarshalJSON writes; null leaves the rows as they
// are.
func (rows *Rows) UnmarshalJSON(data []byte) error {
	var doc rowsDocument
	if ok, err := check.DecodeStored("plan.Rows", RowsSchema, data, &doc); !ok {
		return err
	}
	*rows = doc.Rows
	return nil
}
