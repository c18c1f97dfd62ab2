package plan_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("run go test -update where this is meant:\n%s", diff)
	}
}

func indented(t rapid.TB, v any) []byte {
	t.Helper()
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(text, '\n')
}

// revisedDocument is the quarter with bo's March raised in February.
func revisedDocument(t *testing.T) plan.Document {
	p := satisfaction(t)
	d, err := active(t, p).Revise(raised(t, p), plan.Revision{Effective: day("2026-03-01"), Signature: by("2026-02-20", "a hire")})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func marchReview(t *testing.T) plan.Review {
	csat := kpi.Figure{Metric: "csat", Owner: "co", Period: period("2026-Q1"), Value: kpi.Frac(72, 100)}
	r, err := revisedDocument(t).Review(plan.Input{AsOf: day("2026-03-10"), Known: period("2026-Q1"), Actuals: append(actuals(), csat)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The table is held as a file: a column that moves is a change for whoever
// reads it.
func TestGoldenRows(t *testing.T) {
	rows := marchReview(t).Rows()
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	if err := w.WriteAll(rows.Records()); err != nil {
		t.Fatal(err)
	}
	golden(t, "rows-1.csv", text.Bytes())
	golden(t, "rows-1.json", indented(t, rows))
	for _, record := range rows.Records() {
		if len(record) != len(plan.Columns()) {
			t.Fatalf("%d cells in %d columns: %q", len(record), len(plan.Columns()), record)
		}
	}
	var back plan.Rows
	text2, err := os.ReadFile("testdata/rows-1.json")
	if err != nil || json.Unmarshal(text2, &back) != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rows, back); diff != "" {
		t.Error(diff)
	}
	if text, _ := json.Marshal(plan.Rows(nil)); !strings.Contains(string(text), `"rows":[]`) {
		t.Errorf("no rows: %s", text)
	}
}

// The nested documents are held as files too, and read by every later
// release.
func TestGoldenDocuments(t *testing.T) {
	d, r := revisedDocument(t), marchReview(t)
	golden(t, "plan_document-1.json", indented(t, d))
	golden(t, "review-1.json", indented(t, r))
	text, err := os.ReadFile("testdata/plan_document-1.json")
	if err != nil {
		t.Fatal(err)
	}
	var document plan.Document
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	golden(t, "plan_document-1.json", indented(t, document))
	if text, err = os.ReadFile("testdata/review-1.json"); err != nil {
		t.Fatal(err)
	}
	var stored plan.Review
	if err := json.Unmarshal(text, &stored); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, stored); diff != "" {
		t.Error(diff)
	}
}

// A review that was stored before it said what became of each owner's figures
// is read all the same.
func TestEarlierReviewIsRead(t *testing.T) {
	text, err := os.ReadFile("testdata/review-1-first.json")
	var stored plan.Review
	if err != nil || json.Unmarshal(text, &stored) != nil {
		t.Fatal(err)
	}
	if stored.Plan != "2026" || len(stored.Goals) != 2 || stored.Use != (plan.Use{Read: 4, Counted: 4}) || stored.Uses != nil {
		t.Errorf("%+v", stored)
	}
}

// What a document says of its targets is what target.Versions says.
func TestReviewOfADocument(t *testing.T) {
	d := revisedDocument(t)
	for _, c := range []struct {
		asOf, known   string
		version       int
		bo, boOfMarch int64
	}{
		{"2026-02-28", "2026-02-28", 1, 30000, 10000},
		{"2026-03-10", "2026-02-10", 1, 30000, 10000},
		{"2026-03-10", "2026-03-10", 2, 36000, 16000},
	} {
		r, err := d.Review(plan.Input{AsOf: day(c.asOf), KnownAt: day(c.known), Known: period("2026-Q1"), Actuals: actuals()})
		if err != nil {
			t.Fatal(err)
		}
		goal, _ := r.Goal("q1")
		bo, _ := goal.Owner("bo")
		march := bo.Periods[2]
		if r.Version != c.version || bo.Tracking.Target != kpi.Int(c.bo) || march.Target != kpi.Int(c.boOfMarch) {
			t.Errorf("%s known %s: version %d, bo %v, March %v", c.asOf, c.known, r.Version, bo.Tracking.Target, march.Target)
		}
		if bo.Original != kpi.Int(30000) || march.Original != kpi.Int(10000) {
			t.Errorf("original %v, March %v", bo.Original, march.Original)
		}
		for _, p := range bo.Periods {
			s := d.Targets("q1").Attainment("bo", p.Period, p.Actual, day(c.asOf), day(c.known))
			if s.Prorated != p.Target || s.Original != p.Original || s.AgainstProrated != p.Attainment {
				t.Errorf("%v: %v of %v, target says %v of %v", p.Period, p.Attainment, p.Target, s.AgainstProrated, s.Prorated)
			}
		}
	}
	_, err := d.Review(plan.Input{AsOf: day("2025-12-01")})
	if got := paths(err); len(got) != 1 || got[0] != "input.as_of no_version" {
		t.Errorf("before there was a plan: %v", err)
	}
}

func ExampleReview_Rows() {
	p := team(90000)
	r, err := p.Review(plan.Input{AsOf: day("2026-02-14"), Known: p.Goals[0].Period, Actuals: actuals()})
	if err != nil {
		log.Fatal(err)
	}
	for _, record := range r.Rows().Records()[:3] {
		fmt.Println(strings.Join(record[8:17], ","))
	}
	// Output:
	// owner,parent,start,end,target,original,actual,attainment,expected
	// team,,2026-01-01,2026-03-31,90000.00,,41000.00,0.455556,45000.00
	// team,,2026-01-01,2026-01-31,30000.00,,29000.00,0.966667,
}

// Required rate, best rate and every landing have a column of their own, and a
// band its edges: 49,000 in 45 days, 8,000 in 45 at best, 82,000 at the rate so
// far and 460,000 ÷ 3 by curve, as worked in TestLearnedCurve.
func TestRowsOfRatesAndBands(t *testing.T) {
	p, in := learned(t)
	d := discounts(t)
	p.Metrics, p.Goals = append(p.Metrics, d.Metrics[1]), append(p.Goals, d.Goals[1])
	in.Actuals = append(in.Actuals, figure("discount_rate", "team", "2026-Q1", kpi.Frac(18, 100)))
	records := review(t, p, in).Rows().Records()
	column := map[string]int{}
	for i, name := range records[0] {
		column[name] = i
	}
	for _, c := range []struct {
		goal string
		want map[string]string
	}{
		{"q1", map[string]string{"required": "1088.89", "best_rate": "177.78", "run_rate": "82000.00", "by_curve": "153333.33", "landing": "93500.00", "low": "", "high": ""}},
		{"discount", map[string]string{"target": "", "low": "0.050000", "high": "0.150000", "actual": "0.180000", "attainment": "0.800000", "required": "", "best_rate": ""}},
	} {
		at := slices.IndexFunc(records, func(r []string) bool { return r[column["goal"]] == c.goal && r[column["owner"]] == "team" })
		for name, want := range c.want {
			if got := records[at][column[name]]; got != want {
				t.Errorf("%s: %s is %q, want %q", c.goal, name, got, want)
			}
		}
	}
	// A period has none of them, and no reason for it.
	for _, r := range records[1:] {
		if r[column["kind"]] == "period" && (r[column["required"]] != "" || strings.Contains(r[column["undefined"]], "required")) {
			t.Errorf("%q", r)
		}
	}
}
