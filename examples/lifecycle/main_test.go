package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
)

func TestWrongOptions(t *testing.T) {
	for name, test := range map[string]struct{ why, args, want string }{
		"language": {"there are two", "-lang de", "want en or zh"},
		"format":   {"yaml is no format of this program", "-format yaml", "want text, csv or json"},
		"argument": {"there is nothing to read", "deals.csv", `unexpected argument "deals.csv"`},
		"table":    {"there is no such table", "-format csv -table deals", "goals, actions,"},
		"no csv":   {"a page has no tables", "-table alerts", "-table goes with -format csv"},
		"unknown":  {"a typing error", "-long zh", "not defined"},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			status := run(strings.Fields(test.args), &stdout, &stderr)
			if status != 2 || !strings.Contains(stderr.String(), test.want) || stdout.Len() > 0 {
				t.Errorf("%s: status %d, %s", test.why, status, stderr.String())
			}
		})
	}
	if status := run([]string{"-h"}, &bytes.Buffer{}, &bytes.Buffer{}); status != 0 {
		t.Errorf("who asks for help gets it with status %d", status)
	}
}

// The company's line of each review: won is the sum of deals.csv to the day
// (577, 590, 456.5 and 664 thousand a quarter, see TestFiguresOfTheDeals), the
// target the one of the version in force, the original that of the baseline.
func TestRows(t *testing.T) {
	records, err := csv.NewReader(strings.NewReader(output(t, "-format", "csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range plan.Columns() {
		names = append(names, c.Name)
	}
	if !slices.Equal(records[0], names) {
		t.Errorf("columns %v", records[0])
	}
	var got []string
	for _, r := range records[1:] {
		at := func(name string) string { return r[slices.Index(names, name)] }
		if at("kind") == "goal" && at("owner") == company {
			got = append(got, strings.Join([]string{at("as_of"), at("original"), at("target"), at("actual"), at("status")}, " "))
		}
	}
	want := []string{
		"2026-03-31 2360000.00 2360000.00 577000.00 on_track",
		"2026-06-30 2360000.00 2400000.00 1167000.00 on_track",
		"2026-09-30 2360000.00 2400000.00 1623500.00 at_risk",
		"2026-12-31 2360000.00 2320000.00 2287500.00 missed",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %s", strings.Join(got, "\n"))
	}
}

// No revision changes the baseline or a month that was over, and the whole
// document is stored and read back as it was.
func TestDocument(t *testing.T) {
	l := lived(t)
	versions := l.Document.Versions()
	if len(versions) != 3 || l.Document.Phase() != plan.Closed || versions[0].Plan.Goals[0].Target != kpi.Int(2_360_000) {
		t.Fatalf("%d versions, %v", len(versions), l.Document.Phase())
	}
	for i, v := range versions[1:] {
		for _, cell := range versions[i].Plan.Breakdowns[0].Figures() {
			now := v.Plan.Breakdowns[0].Cell(cell.Owner, cell.Period)
			if cell.Period.Last() < v.Effective && now != cell.Value {
				t.Errorf("version %d: %s in %v was %v and is %v", i+2, cell.Owner, cell.Period, cell.Value, now)
			}
		}
	}
	text, err := json.Marshal(l.Document)
	if err != nil {
		t.Fatal(err)
	}
	var back plan.Document
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(back)
	if err != nil || !bytes.Equal(text, again) {
		t.Errorf("came back as another: %v", err)
	}
}

// Every warning of the baseline was signed by name, and without that the plan
// could not have been committed.
func TestWarningsAreSigned(t *testing.T) {
	l := lived(t)
	v, _ := l.Document.Baseline()
	warnings, err := v.Plan.Ready()
	if err != nil || len(warnings) == 0 || len(v.Accepted) != len(warnings) {
		t.Errorf("%d warnings, %d signed, %v", len(warnings), len(v.Accepted), err)
	}
	unsigned, err := plan.Draft(v.Plan)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := unsigned.Commit(v.Signed); err == nil {
		t.Error("committed without a signature under its warnings")
	}
}

// Every table is there with the names of its columns once; that of the budget
// says of four reviews what two strategies cost: 33,400 for the fair by March,
// 33,400 + 2,100 and 11,500 for the course by the end of April (costs).
func TestTables(t *testing.T) {
	l := lived(t)
	for _, name := range tableNames() {
		records := l.records(name)
		for i, r := range records {
			if len(r) != len(records[0]) || (i > 0) == (r[0] == "plan") {
				t.Errorf("%s: row %d is %v", name, i, r)
			}
		}
	}
	var spent []string
	budget := l.records("budget")
	for _, r := range budget[1:] {
		spent = append(spent, r[2]+" "+r[slices.Index(budget[0], "spent")])
	}
	want := []string{"course 0.00", "fair 33400.00", "course 11500.00", "fair 35500.00", "course 11500.00", "fair 35500.00", "course 11500.00", "fair 35500.00"}
	if !slices.Equal(spent, want) {
		t.Errorf("spent %v", spent)
	}
}
