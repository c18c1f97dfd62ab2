package target_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// storedQuarter is 100.00 over two sellers, 2 to 1, by days: a 66.67 and
// b 33.33, and of a January 66.67 × 31/90 = 22.964… and so on.
func storedQuarter(t testing.TB) *target.Breakdown {
	t.Helper()
	b, err := target.BreakDown(goalOf("all", "2026-Q1", "100"), money(2), target.Split{
		Grain: calendar.Monthly,
		Owners: target.Node{ID: "all", Children: []target.Node{
			{ID: "b", Weight: kpi.Int(1), Phasing: &target.Phasing{By: target.ByWeights, Weights: ints(1, 1, 1)}},
			{ID: "a", Weight: kpi.Int(2)},
		}},
		Phasing: target.Phasing{By: target.ByDays},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The golden document holds the first version of the schema: it must be read
// by every later one, and written the same by this one.
func TestGoldenDocument(t *testing.T) {
	golden, err := os.ReadFile("testdata/breakdown_1.json")
	if err != nil {
		t.Fatal(err)
	}
	var read target.Breakdown
	if err := json.Unmarshal(golden, &read); err != nil {
		t.Fatal(err)
	}
	want := storedQuarter(t)
	if !read.Equal(want) {
		t.Error("another breakdown was read")
	}
	written, err := json.MarshalIndent(want, "", "\t")
	if err != nil || !bytes.Equal(append(written, '\n'), golden) {
		t.Errorf("%v\n%s", err, written)
	}
}

func TestTamperedDocument(t *testing.T) {
	golden, err := os.ReadFile("testdata/breakdown_1.json")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		why    string
		old    []string
		new    []string
		expect []string
	}{
		"a cell": {
			"a cent more in a seller's March shows in the seller's total and in the March above",
			[]string{`"22.96"`}, []string{`"22.97"`},
			[]string{"rows[1].total not_the_sum", "rows[0].cells[2] not_the_sum"},
		},
		"a cell and its total": {
			"then what stands above is not their sum",
			[]string{`"22.96"`, `"66.67"`}, []string{`"22.97"`, `"66.68"`},
			[]string{"rows[0].cells[2] not_the_sum"},
		},
		"up to the top": {
			"then the goal is not the sum",
			[]string{`"22.96"`, `"66.67"`, `"34.07"`, "\"total\": {\n\t\t\t\t\"value\": \"100\""}, []string{`"22.97"`, `"66.68"`, `"34.08"`, "\"total\": {\n\t\t\t\t\"value\": \"100.01\""},
			[]string{"goal.target not_the_sum"},
		},
		"the goal": {
			"the cells no longer add up to it",
			[]string{`"value": "100"`}, []string{`"value": "101"`},
			[]string{"goal.target not_the_sum"},
		},
		"another schema": {
			"a document of another kind or time",
			[]string{`breakdown/1`}, []string{`breakdown/2`},
			[]string{"schema unknown_schema"},
		},
		"an unknown field": {
			"nothing is passed over",
			[]string{`"grain"`}, []string{`"grains"`},
			[]string{"grains unknown_field"},
		},
		"a finer cell": {
			"cells are whole units of the metric's scale",
			[]string{`"22.96"`}, []string{`"22.961"`},
			[]string{"rows[1].cells[2] too_many_places", "rows[1].total not_the_sum", "rows[0].cells[2] not_the_sum"},
		},
		"another owner": {
			"rows belong to the tree",
			[]string{`"owner": "b"`}, []string{`"owner": "c"`},
			[]string{"rows[2].owner unknown_owner", "rows missing_row"},
		},
		"an owner twice": {
			"each has one row",
			[]string{`"owner": "b"`}, []string{`"owner": "a"`},
			[]string{"rows[2].owner duplicate_owner", "rows missing_row"},
		},
		"the period": {
			"another number of months has no cells",
			[]string{`"end": "2026-04-01"`}, []string{`"end": "2026-03-01"`},
			[]string{"owners.children[1].phasing.weights wrong_number"},
		},
		"a wrong tree": {
			"weights are checked as in BreakDown",
			[]string{`"value": "2"`}, []string{`"value": "-2"`},
			[]string{"owners.children[0].weight negative_weight"},
		},
		"a wrong metric": {
			"only what adds up can be stored so",
			[]string{`"additive"`}, []string{`"ratio"`},
			[]string{"metric.additivity not_additive"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			text := string(golden)
			for i, old := range test.old {
				if !strings.Contains(text, old) {
					t.Fatal("the document has no", old)
				}
				text = strings.Replace(text, old, test.new[i], 1)
			}
			read := *storedQuarter(t)
			err := json.Unmarshal([]byte(text), &read)
			if got := problems(err); !slices.Equal(got, test.expect) {
				t.Errorf("%s; want %s", got, test.expect)
			}
			if !read.Equal(storedQuarter(t)) {
				t.Error("a document that was refused has changed the receiver")
			}
		})
	}
}

func TestDocumentInsideRecord(t *testing.T) {
	var plan struct {
		One  *target.Breakdown
		None target.Breakdown
	}
	plan.One = storedQuarter(t)
	text, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	plan.One = nil
	if err := json.Unmarshal(text, &plan); err != nil || !plan.One.Equal(storedQuarter(t)) {
		t.Error(err)
	}
	if !plan.None.Equal(&target.Breakdown{}) {
		t.Error("null is no breakdown")
	}
}

func FuzzBreakdownJSON(f *testing.F) {
	golden, _ := os.ReadFile("testdata/breakdown_1.json")
	f.Add(golden)
	f.Add([]byte(`{"schema":"saleskpi/breakdown/1","rows":[{"cells":[]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var b, again target.Breakdown
		if json.Unmarshal(data, &b) != nil {
			return
		}
		text, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &again); err != nil || !again.Equal(&b) {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}
