package cube_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"pgregory.net/rapid"
)

func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def := rowDefinition(calendar.Monthly)
		q := cube.Query{By: []string{"b"}, Grain: calendar.Quarterly, Window: period("2026-H1"), Where: map[string][]string{"a": {"", "x"}},
			Standing: cube.Average, Over: cube.Over{Rolling: 2}, Offset: cube.Offset{N: -1, Grain: calendar.Yearly},
			Fill: cube.Fill{Rows: true}, Top: cube.Top{N: 1, Measure: "n"}}
		rows := slices.DeleteFunc(drawRows(t, "rows"), func(r row) bool { return r.amount.NumDigits() > 30 }) // a sum of longer ones has more digits than are read
		r := query(t, load(t, def, rows), q)
		sameAfterJSON(t, def, new(cube.Definition))
		sameAfterJSON(t, q, new(cube.Query))
		sameAfterJSON(t, *r, new(cube.Result))
		sameAfterJSON(t, r.Report, new(cube.Report))
	})
}

func sameAfterJSON[V any](t *rapid.T, want V, got *V) {
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if err := check.Decode("test", data, got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(want, *got) {
		t.Fatalf("%s comes back as %+v", data, *got)
	}
}

// An empty answer has lists, not nulls.
func TestEmptyResultJSON(t *testing.T) {
	r := query(t, load(t, rowDefinition(calendar.Monthly), nil), cube.Query{})
	data, err := json.Marshal(struct{ By, Rows any }{r.By, r.Rows})
	if err != nil || string(data) != `{"By":[],"Rows":[]}` {
		t.Errorf("got %s, %v", data, err)
	}
}
