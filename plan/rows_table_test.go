package plan_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

// beforeTheEnd is the closed quarter in the middle of March, with a funnel, a
// landing, a card and metrics beside it.
func beforeTheEnd(t testing.TB) (plan.Plan, plan.Input) {
	p, c := closed(t)
	in := c.Input
	in.AsOf, in.Known = day("2026-03-10"), period("2026-Q1")
	worth := func(n int64) kpi.Partial { return kpi.Partial{Sum: kpi.Int(n), N: 1, Of: 1} }
	part := func(v kpi.Value) forecast.Part { return forecast.Part{Value: v} }
	in.Beside.Funnels = []plan.FunnelView{{Owner: "team", Needed: kpi.Int(2),
		Report: &funnel.Report{Pipeline: "new", Stages: []funnel.StageFlow{
			{Stage: "offer", Reached: 9, Entered: 8, Implied: 1, Open: 2, OpenHere: 2, Won: 4, Lost: 3, ToNext: kpi.RatioOf(4, 9), ToWon: kpi.RatioOf(4, 9)},
			{Stage: "contract", ToNext: kpi.RatioOf(0, 0), ToWon: kpi.RatioOf(0, 0)}}},
		Coverage: &funnel.Coverage{Period: period("2026-Q1"), Target: kpi.Int(90000), Won: worth(73000), Remaining: kpi.Int(17000), Open: funnel.Holding{Deals: 3, Value: worth(25500)},
			Stale: funnel.Holding{Value: kpi.Partial{Sum: kpi.Int(0)}}, Ratio: kpi.RatioOf(25500, 17000), OfTarget: kpi.RatioOf(25500, 90000), Findings: []check.Finding{}},
		Landing: &forecast.Landing{Period: period("2026-Q1"), Target: kpi.Int(90000), Won: part(kpi.Int(73000)), Due: part(kpi.Frac(25500, 7)), Elsewhere: part(kpi.Int(0)),
			New: part(kpi.Undefined(kpi.TooFew)), Total: part(kpi.Undefined(kpi.TooFew)), Gap: kpi.Undefined(kpi.TooFew)}}}
	in.Beside.Cards = []scorecard.Card{{Scorecard: "q1", Owner: "bo", Period: period("2026-Q1"), Score: kpi.Frac(183, 2), Band: "good", Findings: []check.Finding{}, Lines: []scorecard.Line{
		{Metric: "won_value", Target: kpi.Int(30000), Actual: kpi.Int(12000), Attainment: kpi.Frac(2, 5), Points: kpi.Int(40), Weight: kpi.Frac(2, 3), Contribution: kpi.Frac(80, 3)},
		{Metric: "win_rate", Target: kpi.Frac(1, 4), Actual: kpi.Undefined(kpi.TooFew), Attainment: kpi.Undefined(kpi.TooFew), Points: kpi.Undefined(kpi.TooFew), Weight: kpi.Int(0), Contribution: kpi.Int(0), Missing: kpi.TooFew}}}}
	in.Beside.Metrics = []kpi.Figure{figure("stale_share", "bo", "2026-Q1", kpi.Frac(2, 5)), figure("stale_share", "ann", "2026-Q1", kpi.Undefined(kpi.ZeroDenominator))}
	return p, in
}

func allTables(t testing.TB) []plan.Table {
	p, in := beforeTheEnd(t)
	r := review(t, p, in)
	alerts, err := r.Alerts(plan.DefaultAlerts(), nil)
	if err != nil {
		t.Fatal(err)
	}
	p, c := closed(t)
	c.Statements = []incentive.Statement{paid("bo", kpi.Int(3000)), paid("ann", kpi.Int(2500))}
	c.Metrics = []kpi.Figure{figure("win_rate", "bo", "2026-Q1", kpi.Frac(1, 5)), figure("activities", "bo", "2026-Q1", kpi.Int(9))}
	c.UsualEach = []kpi.Figure{figure("win_rate", "team", "2026-Q1", kpi.Frac(3, 10)), figure("activities", "team", "2026-Q1", kpi.Int(9))}
	c.Levers = []action.LeverQuestion{lever(t, "q2", "bo", "200")}
	c.Cases = []action.Case{twenty(50)}
	return append(r.Tables(alerts), evaluated(t, p, c).Tables()...)
}

// Every table is held as a file: a column or a row that moves is a change for
// whoever reads it.
func TestGoldenTables(t *testing.T) {
	tables := allTables(t)
	names := map[string]bool{}
	for _, table := range tables {
		var text bytes.Buffer
		if err := csv.NewWriter(&text).WriteAll(table.Records()); err != nil {
			t.Fatal(err)
		}
		golden(t, "tables-1/"+table.Name+".csv", text.Bytes())
		if len(table.Cells) == 0 || names[table.Name] {
			t.Errorf("%s: %d rows", table.Name, len(table.Cells))
		}
		names[table.Name] = true
		columns := map[string]bool{}
		for _, c := range table.Columns {
			if columns[c.Name] || c.Meaning == "" || !slices.Contains([]string{"text", "day", "amount", "ratio", "number", "integer"}, c.Type) {
				t.Errorf("%s: %+v", table.Name, c)
			}
			columns[c.Name] = true
		}
		for _, row := range table.Records() {
			if len(row) != len(table.Columns) {
				t.Fatalf("%s: %d cells in %d columns: %q", table.Name, len(row), len(table.Columns), row)
			}
		}
		_, money := columns["scale"]
		for _, c := range table.Columns {
			if c.Type == "amount" && !money {
				t.Errorf("%s.%s: amounts of which nobody says the places", table.Name, c.Name)
			}
		}
	}
	golden(t, "tables-1.json", indented(t, tables))
	text, err := os.ReadFile("testdata/tables-1.json")
	var back []plan.Table
	if err != nil || json.Unmarshal(text, &back) != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(tables, back); diff != "" {
		t.Error(diff)
	}
}

// Tables add up to what they were made of.
func TestTablesReconcile(t *testing.T) {
	p, in := beforeTheEnd(t)
	r := review(t, p, in)
	tables := map[string]plan.Table{}
	for _, table := range r.Tables(nil) {
		tables[table.Name] = table
	}
	sum := func(table, column string) kpi.Value {
		t := tables[table]
		at := slices.IndexFunc(t.Columns, func(c plan.Column) bool { return c.Name == column })
		total := kpi.Int(0)
		for _, row := range t.Cells {
			if row[at] != "" {
				total = total.Add(kpi.MustParse(row[at]))
			}
		}
		return total
	}
	total := r.Beside.Execution.Budget.Total
	if sum("budget", "spent") != total.Spent || sum("actions", "spent") != total.Spent || sum("budget", "planned") != total.Planned || sum("actions", "planned") != total.Planned {
		t.Errorf("spent %v and %v of %v", sum("budget", "spent"), sum("actions", "spent"), total.Spent)
	}
	if n := r.Beside.Execution.Progress.Planned; sum("progress", "planned") != kpi.Int(3*n) { // all, by strategy and by owner
		t.Errorf("%v planned, %d", sum("progress", "planned"), n)
	}
	empty := plan.Review{}.Tables(nil)
	for i, table := range empty {
		if table.Name != r.Tables(nil)[i].Name || table.Cells == nil || len(table.Cells) != 0 {
			t.Errorf("%s of nothing: %v", table.Name, table.Cells)
		}
	}
	if text, err := json.Marshal(plan.Table{}); err != nil || !strings.Contains(string(text), `"columns":[],"cells":[]`) {
		t.Errorf("%s, %v", text, err)
	}
	part, ok := r.Of("ann")
	if !ok {
		t.Fatal("no ann")
	}
	for _, table := range part.Tables(nil) {
		if table.Name == "actions" && (len(table.Cells) != 3 || kpi.MustParse(table.Cells[0][18]) != kpi.Int(500)) {
			t.Errorf("ann's part: %q", table.Cells)
		}
	}
}

func FuzzTableJSON(f *testing.F) {
	for _, table := range allTables(f) {
		text, err := json.Marshal(table)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	p, c := closed(f)
	text, err := json.Marshal(evaluated(f, p, c))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"schema":"saleskpi/table/1","name":"x","columns":[{"name":"a","type":"text","meaning":"m"}],"cells":[["1"],["1","2"]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		readBack(t, data, &plan.Table{}, &plan.Table{})
		readBack(t, data, &plan.Rows{}, &plan.Rows{})
		readBack(t, data, &plan.Evaluation{}, &plan.Evaluation{})
	})
}

func TestTableProblems(t *testing.T) {
	table := plan.Table{Name: "kept"}
	err := json.Unmarshal([]byte(`{"schema":"saleskpi/table/1","name":"x","columns":[{"name":"a","type":"text","meaning":"m"}],"cells":[["1"],["1","2"]]}`), &table)
	if got := paths(err); !slices.Equal(got, []string{"cells[1] not_one_for_each_column"}) || table.Name != "kept" {
		t.Errorf("%v, %+v", err, table)
	}
}

// The actions of a plan as a file for a BI tool.
func ExampleReview_Tables() {
	p := team(90000)
	role := []action.Role{{Person: "ann", Part: action.Accountable}, {Person: "bo", Part: action.Responsible}}
	p.Actions = &action.Plan{ID: "do", Period: p.Goals[0].Period, Unit: kpi.Money("USD", 2), People: []action.Person{{ID: "ann"}, {ID: "bo"}},
		Actions: []action.Action{{ID: "calls", Roles: role, Start: day("2026-02-02"), Due: day("2026-02-13"), Budget: kpi.Int(400)}}}
	r, err := p.Review(plan.Input{AsOf: day("2026-02-14"), Actuals: actuals(), Beside: plan.Beside{Execution: &action.Input{}}})
	if err != nil {
		log.Fatal(err)
	}
	for _, table := range r.Tables(nil) {
		fmt.Println(table.Name, len(table.Cells))
		if table.Name == "actions" {
			for _, record := range table.Records() {
				fmt.Println(strings.Join(record[:10], ","))
			}
		}
	}
	// Output:
	// actions 1
	// plan,as_of,action,strategy,owner,status,start,due,started,done
	// 2026,2026-02-14,calls,,ann,overdue,2026-02-02,2026-02-13,,
	// milestones 0
	// progress 3
	// budget 1
	// coverage 0
	// landings 0
	// stages 0
	// scores 0
	// metrics 0
	// alerts 0
	// findings 4
}
