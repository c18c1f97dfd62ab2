package main

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
)

// The columns are those that the library documents, and the months of the
// company's actual add up to the year's.
func TestRows(t *testing.T) {
	t.Parallel()
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
	at := func(record []string, name string) string { return record[slices.Index(names, name)] }
	sum, whole := kpi.Int(0), kpi.Value{}
	for _, record := range records[1:] {
		switch {
		case at(record, "owner") != wholeCompany, at(record, "status") == "not_started":
		case at(record, "kind") == "goal":
			whole = kpi.MustParse(at(record, "actual"))
		default:
			sum = sum.Add(kpi.MustParse(at(record, "actual")))
		}
	}
	if whole.Sign() <= 0 || sum != whole {
		t.Errorf("months %v, year %v", sum, whole)
	}
}

func TestRowsNeedATarget(t *testing.T) {
	var stdout, stderr bytes.Buffer
	status := run([]string{"-format", "csv", "-asof", "2020-02-29"}, &stdout, &stderr)
	if status != 1 || stdout.Len() > 0 || !strings.Contains(stderr.String(), "-target or targets.csv") {
		t.Errorf("status %d, %q, %s", status, stdout.String(), stderr.String())
	}
}

// Every table is what the library gives: the actions of actions.csv, a row
// each, and in the budget what progress.csv says was spent; tables of what
// nobody handed in have a header alone.
func TestTables(t *testing.T) {
	t.Parallel()
	for _, name := range tableNames() {
		records, err := csv.NewReader(strings.NewReader(output(t, "-format", "csv", "-table", name))).ReadAll()
		if err != nil || len(records) == 0 || records[0][0] != "plan" {
			t.Fatalf("%s: %v", name, err)
		}
		switch name {
		case "actions":
			if want := len(rowsOf(t, actionsFile)); len(records)-1 != want {
				t.Errorf("%d actions, want %d", len(records)-1, want)
			}
		case "budget":
			spent, want := kpi.Int(0), kpi.Int(0)
			for _, record := range records[1:] {
				spent = spent.Add(kpi.MustParse(record[slices.Index(records[0], "spent")]))
			}
			for _, r := range rowsOf(t, progressFile) {
				if r["what"] == "spent" {
					want = want.Add(kpi.MustParse(r["amount"]))
				}
			}
			if spent != want {
				t.Errorf("%v spent, want %v", spent, want)
			}
		case "pay", "coverage":
			if len(records) != 1 {
				t.Errorf("%s: nobody handed anything in, but there are %d rows", name, len(records)-1)
			}
		}
	}
}
