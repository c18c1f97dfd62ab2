package plan_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// stored is a plan as it is stored, in the order of its IDs.
func stored(t rapid.TB, p plan.Plan) string {
	text, err := json.MarshalIndent(p.Sorted(), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestDiffLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPlan(t, "a"), anyPlan(t, "b")
		d, err := plan.DiffOf(a, b)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var read plan.Diff
		if err := json.Unmarshal(text, &read); err != nil {
			t.Fatal(err)
		}
		for why, diff := range map[string]plan.Diff{"made": d, "read": read} {
			got, err := a.Apply(diff)
			if err != nil {
				t.Fatalf("%s: %v", why, err)
			}
			if diff := cmp.Diff(stored(t, b), stored(t, got)); diff != "" {
				t.Fatalf("%s: %s", why, diff)
			}
		}
		if self, err := plan.DiffOf(a, shuffled(t, a)); err != nil || !self.Empty() {
			t.Fatalf("a plan differs from itself in another order: %+v, %v", self, err)
		}
		// A diff does not fit a plan that it is not of.
		if _, err := b.Apply(d); err == nil && !d.Empty() {
			t.Fatal("applied twice")
		}
		elsewhere(t, a, anyPlan(t, "c"), d)
		back, err := plan.DiffOf(b, a)
		if err != nil {
			t.Fatal(err)
		}
		mirrored(t, "diff", reflect.ValueOf(d), reflect.ValueOf(back))
		if undone, err := b.Apply(back); err != nil || stored(t, undone) != stored(t, a) {
			t.Fatalf("there and back again: %v", err)
		}
	})
}

// elsewhere applies a diff to a plan that has one part of another. Either it
// says where the diff does not fit, and leaves the plan as it was, or it does
// exactly what the diff says.
func elsewhere(t *rapid.T, a, other plan.Plan, d plan.Diff) {
	switch rapid.IntRange(0, 3).Draw(t, "part") {
	case 0:
		a.Preparation = other.Preparation
	case 1:
		a.Actions = other.Actions
	case 2:
		a.Owners, a.Cadences = other.Owners, other.Cadences
	default:
		a.Objectives, a.Name = other.Objectives, other.Name
	}
	if a.Validate() != nil {
		return // what stays names what is no more there
	}
	before := stored(t, a)
	got, err := a.Apply(d)
	if stored(t, a) != before {
		t.Fatal("the plan was changed")
	}
	if err != nil {
		for _, e := range check.All(err) {
			if e.Path == "" {
				t.Fatalf("without a path: %v", e)
			}
		}
		if !reflect.DeepEqual(got, plan.Plan{}) {
			t.Fatal("an error and a plan")
		}
		return
	}
	made, err := plan.DiffOf(a, got)
	if x, y := text(t, made), text(t, d); err != nil || x != y {
		t.Fatalf("did %s, asked for %s, %v", x, y, err)
	}
}

// shuffled is the plan with its lists in another order.
func shuffled(t *rapid.T, p plan.Plan) plan.Plan {
	p = p.Sorted()
	slices.Reverse(p.Metrics)
	slices.Reverse(p.Goals)
	slices.Reverse(p.Breakdowns)
	slices.Reverse(p.Owners.Children)
	p.Preparation.Segments = rapid.Permutation(p.Preparation.Segments).Draw(t, "segments")
	p.Preparation.History.Figures = rapid.Permutation(p.Preparation.History.Figures).Draw(t, "figures")
	for i := range p.Preparation.Needs {
		slices.Reverse(p.Preparation.Needs[i].Evidence)
	}
	for i := range p.Cadences {
		slices.Reverse(p.Cadences[i].Owners)
	}
	for i := range p.Commitments {
		slices.Reverse(p.Commitments[i].Commitments)
	}
	if p.Actions != nil {
		slices.Reverse(p.Actions.Actions)
		for i := range p.Actions.Actions {
			slices.Reverse(p.Actions.Actions[i].Roles)
		}
	}
	return p
}

// mirrored looks at two diffs: what one adds the other removes, and both sides
// of what changed stand the other way round. Differences of breakdowns have no
// sides for goal, owners and phasing, and are looked at by their cells.
func mirrored(t *rapid.T, path string, d, back reflect.Value) {
	field := func(v reflect.Value, name string) reflect.Value { return v.FieldByName(name) }
	alike := func(name string, a, b reflect.Value) {
		x, _ := json.Marshal(a.Interface())
		y, _ := json.Marshal(b.Interface())
		if string(x) != string(y) {
			t.Fatalf("%s.%s: %s, the other way %s", path, name, x, y)
		}
	}
	switch {
	case d.Kind() == reflect.Pointer:
		if d.IsNil() != back.IsNil() {
			t.Fatalf("%s: one way alone", path)
		}
		if !d.IsNil() {
			mirrored(t, path, d.Elem(), back.Elem())
		}
	case d.Kind() == reflect.Slice:
		if d.Len() != back.Len() {
			t.Fatalf("%s: %d and %d", path, d.Len(), back.Len())
		}
		for i := range d.Len() {
			mirrored(t, check.At(path, i), d.Index(i), back.Index(i))
		}
	case d.Kind() != reflect.Struct:
		alike("", d, back)
	case d.Type() == reflect.TypeFor[target.Diff]():
		a, b := d.Interface().(target.Diff), back.Interface().(target.Diff)
		alike("added", reflect.ValueOf(a.Added), reflect.ValueOf(b.Removed))
		for i, c := range b.Changes {
			b.Changes[i].From, b.Changes[i].To = c.To, c.From
		}
		alike("changes", reflect.ValueOf(a.Changes), reflect.ValueOf(b.Changes))
	case field(d, "Added").IsValid():
		alike("added", field(d, "Added"), field(back, "Removed"))
		alike("removed", field(d, "Removed"), field(back, "Added"))
		mirrored(t, path+".changed", field(d, "Changed"), field(back, "Changed"))
	case field(d, "From").IsValid():
		alike("from", field(d, "From"), field(back, "To"))
		alike("to", field(d, "To"), field(back, "From"))
	default:
		for i := range d.NumField() {
			mirrored(t, path+"."+d.Type().Field(i).Name, d.Field(i), back.Field(i))
		}
	}
}

// Worked by hand: bo's March + 6,000, and so the team's March.
func TestDiffGoesDownToCells(t *testing.T) {
	d, err := plan.DiffOf(quarter(t), raised(t, quarter(t)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range d.Cells[0].Diff.Changes {
		got = append(got, fmt.Sprint(c.Owner, " ", c.Period.Start(), " ", c.From, " ", c.To))
	}
	if want := []string{"bo 2026-03-01 10000 16000", "team 2026-03-01 30000 36000"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if len(d.Goals.Changed) != 1 || d.Goals.Changed[0].To.Target != kpi.Int(96000) {
		t.Errorf("goals: %+v", d.Goals)
	}
	moved := quarter(t)
	moved.Name = "another"
	d.Settings = &plan.Pair[plan.Settings]{From: plan.Settings{ID: "x"}, To: plan.Settings{ID: "2026"}}
	d.Objectives.Removed = []plan.Objective{{ID: "none", Name: "None"}}
	d.Metrics.Added = []kpi.Metric{metric()}
	_, err = moved.Apply(d)
	if want := []string{"settings.from not_the_same", "metrics.added[0] there_already", "objectives.removed[0] not_there"}; !slices.Equal(paths(err), want) {
		t.Errorf("%v, want %v", paths(err), want)
	}
}

// East's February goes from 80 % to 85 %, by 34 of 40 answers: one cell, and
// nothing else. Elsewhere the diff says where it does not fit.
func TestStatedGoalsAndNeedsByTheirParts(t *testing.T) {
	from := satisfaction(t)
	from.Preparation = prepared()
	s := from.Stated[0]
	cells := s.Cells()
	for i, c := range cells {
		if c.Owner == "east" && c.Period == period("2026-02") {
			cells[i] = target.Pair("east", c.Period, kpi.Int(34), kpi.Int(40))
		}
	}
	after, err := target.State(s.Goal(), s.Metric(), s.Split(), cells)
	if err != nil {
		t.Fatal(err)
	}
	to := from.Sorted()
	to.Stated = []*target.Stated{after}
	to.Preparation.Needs[0].Important++
	d, err := plan.DiffOf(from, to)
	if err != nil {
		t.Fatal(err)
	}
	if got := d.StatedCells[0].Cells; len(d.Stated.Changed) != 0 || len(got.Changed) != 1 || len(got.Added)+len(got.Removed) != 0 || got.Changed[0].To.Weight != kpi.Int(40) || got.Changed[0].From.Value != kpi.Frac(4, 5) {
		t.Errorf("%+v", d.StatedCells)
	}
	if len(d.Preparation.Needs.Changed) != 1 || d.Goals.Changed == nil || len(d.Goals.Changed) != 0 || len(d.Cells) != 0 {
		t.Errorf("%+v", d.Preparation)
	}
	found, err := plan.Changed(from, to)
	if want := []string{"east, csat: new targets from 2026-02 to 2026-02, 1 in all; the last one is 85.0 % and was 80.0 %.", "The customer need advice changed: ratings of importance."}; err != nil || !slices.Equal(sentences(found, "en"), want) {
		t.Errorf("%q, %v", sentences(found, "en"), err)
	}
	_, err = to.Apply(d)
	if want := []string{"preparation.needs.changed[0].from not_the_same", "stated_cells[0].cells.changed[0].from not_the_same"}; !slices.Equal(paths(err), want) {
		t.Errorf("%q", paths(err))
	}
	to.Stated, to.Preparation.Needs = nil, nil
	_, err = to.Apply(d)
	if want := []string{"preparation.needs.changed[0].from not_there", "stated_cells[0].goal not_there"}; !slices.Equal(paths(err), want) {
		t.Errorf("%q", paths(err))
	}
}
