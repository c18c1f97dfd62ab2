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
