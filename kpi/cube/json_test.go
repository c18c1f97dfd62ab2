package cube_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"pgregory.net/rapid"
)

func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def := rowDefinition(calendar.Monthly)
		q := cube.Query{By: []string{"b"}, Grain: calendar.Quarterly, Window: period("2026-H1"), Where: map[string][]string{"a": {"", "x"}}}
		r := query(t, load(t, def, drawRows(t, "rows")), q)
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
