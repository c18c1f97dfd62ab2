package plan_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// life is a document beside what it must be: a model that remembers every
// version as text.
type life struct {
	document plan.Document
	phase    plan.Phase
	versions []string // as they were decided
	steps    int
	last     calendar.Day
}

func text(t rapid.TB, v any) string {
	s, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}

// try makes a transition. Whether it succeeds is the document's to say; when
// it must not, the model says.
func (l *life) try(t *rapid.T, name string, d plan.Document, err error, from []plan.Phase, to plan.Phase, on calendar.Day, version *plan.Plan) {
	before := text(t, l.document)
	switch {
	case err != nil:
		if text(t, l.document) != before || len(check.All(err)) == 0 {
			t.Fatalf("%s failed and left something: %v", name, err)
		}
		return
	case !slices.Contains(from, l.phase):
		t.Fatalf("%s in phase %v", name, l.phase)
	case l.steps > 0 && on < l.last:
		t.Fatalf("%s on %v, before %v", name, on, l.last)
	}
	l.document, l.phase, l.last = d, to, on
	if to != plan.Drafted {
		l.steps++
	}
	if version != nil {
		l.versions = append(l.versions, stored(t, *version))
	}
}

// holds compares the document with the model, and again after it has been
// stored and read.
func (l *life) holds(t *rapid.T) {
	var read plan.Document
	if err := json.Unmarshal([]byte(text(t, l.document)), &read); err != nil {
		t.Fatalf("what was made is not read: %v", err)
	}
	if text(t, read) != text(t, l.document) {
		t.Fatal("what was read is not what was stored")
	}
	d, got := l.document, []string{}
	for _, v := range d.Versions() {
		got = append(got, stored(t, v.Plan))
	}
	if d.Phase() != l.phase || !slices.Equal(got, append([]string{}, l.versions...)) || len(d.Log()) != l.steps {
		t.Fatalf("phase %v of %v, %d versions of %d, %d steps of %d", d.Phase(), l.phase, len(got), len(l.versions), len(d.Log()), l.steps)
	}
	if b, ok := d.Baseline(); ok != (len(l.versions) > 0) || ok && stored(t, b.Plan) != l.versions[0] {
		t.Fatal("the baseline is not what was committed")
	}
	if latest := d.Plan(); len(l.versions) > 0 && stored(t, latest) != l.versions[len(l.versions)-1] {
		t.Fatal("the plan is not the last version")
	}
	l.document = read
}

// Whatever is done in whatever order, allowed or not, nothing that was decided
// is lost or changed, and what is stored is read as it was.
func TestLifeOfADocument(t *testing.T) {
	reached := map[plan.Phase]int{}
	rapid.Check(t, func(t *rapid.T) {
		l := &life{document: draft(t, quarter(t)), last: day("2025-12-01")}
		on := func(t *rapid.T) calendar.Day { return l.last.Add(rapid.IntRange(-1, 35).Draw(t, "days")) }
		signed := func(t *rapid.T) plan.Signature {
			return plan.Signature{By: rapid.SampledFrom([]string{"mo", "mo", "mo", "zoe", "zoe", ""}).Draw(t, "by"), Day: on(t), Reason: rapid.SampledFrom([]string{"", "because"}).Draw(t, "reason")}
		}
		steps := map[string]func(*rapid.T){
			"edit": func(t *rapid.T) {
				p := quarter(t)
				p.Name = rapid.SampledFrom([]string{"", "again"}).Draw(t, "name")
				if rapid.IntRange(0, 3).Draw(t, "wrong") == 0 {
					p.Goals[0].Owner = ""
				}
				d, err := l.document.Edit(p)
				l.try(t, "edit", d, err, []plan.Phase{plan.Drafted}, plan.Drafted, l.last, nil)
			},
			"commit": func(t *rapid.T) {
				by, p := signed(t), l.document.Plan()
				warnings, _ := p.Ready()
				d, err := l.document.Commit(by, plan.SignAll(by, warnings)...)
				l.try(t, "commit", d, err, []plan.Phase{plan.Drafted}, plan.Committed, by.Day, &p)
			},
			"commit unsigned": func(t *rapid.T) {
				if _, err := l.document.Commit(signed(t)); err == nil {
					t.Fatal("nobody signed that the goal was not assessed")
				}
			},
			"activate": func(t *rapid.T) {
				by := signed(t)
				d, err := l.document.Activate(by)
				l.try(t, "activate", d, err, []plan.Phase{plan.Committed}, plan.Active, by.Day, nil)
			},
			"close": func(t *rapid.T) {
				by := signed(t)
				d, err := l.document.Close(by)
				l.try(t, "close", d, err, []plan.Phase{plan.Active}, plan.Closed, by.Day, nil)
			},
			"revise": func(t *rapid.T) {
				by, effective := signed(t), on(t)
				p := l.document.Plan()
				next, err := p.Revised("q1", target.Revision{Effective: effective, Known: by.Day, Edits: []target.Edit{{Owner: "bo",
					Period: period(rapid.SampledFrom([]string{"2026-01", "2026-02", "2026-03"}).Draw(t, "month")), Value: kpi.Int(rapid.Int64Range(9000, 11000).Draw(t, "amount"))}}})
				if err != nil {
					next = p
					next.Name += "!"
				}
				warnings, _ := next.Ready()
				d, err := l.document.Revise(next, plan.Revision{Effective: effective, Signature: by}, plan.SignAll(by, warnings)...)
				l.try(t, "revise", d, err, []plan.Phase{plan.Committed, plan.Active}, l.phase, by.Day, &next)
			},
		}
		steps["on"] = func(t *rapid.T) {
			steps[[]string{"commit", "activate", "close", "close"}[l.phase]](t)
		}
		often := append(slices.Sorted(maps.Keys(steps)), "on", "on", "on", "on", "revise")
		for range rapid.IntRange(6, 14).Draw(t, "steps") {
			steps[rapid.SampledFrom(often).Draw(t, "step")](t)
			l.holds(t)
		}
		reached[l.phase]++
	})
	t.Log(reached)
	for _, phase := range []plan.Phase{plan.Drafted, plan.Committed, plan.Active, plan.Closed} {
		if reached[phase] == 0 {
			t.Errorf("no life got to %v: %v", phase, reached)
		}
	}
}

// Who is in north is said in two ways, and a goal of north needs one.
func TestBreakdownsThatDiffer(t *testing.T) {
	p := quarter(t)
	p.Goals, p.Breakdowns = nil, nil
	for owner, seller := range map[string]string{"eu": "bob", "us": "cy"} {
		g := target.Goal{ID: owner, Metric: "won_value", Owner: owner, Period: period("2026-Q1"), Target: kpi.Int(900)}
		b, err := target.BreakDown(g, metric(), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: owner, Children: []target.Node{{ID: "north", Children: []target.Node{{ID: "ann"}, {ID: seller}}}}}})
		if err != nil {
			t.Fatal(err)
		}
		p.Goals, p.Breakdowns = append(p.Goals, g), append(p.Breakdowns, b)
	}
	p.Goals = append(p.Goals, target.Goal{ID: "north", Metric: "won_value", Owner: "north", Period: period("2026-Q1"), Target: kpi.Int(100)})
	if got := paths(p.Validate()); !slices.Equal(got, []string{"goals[2].owner breakdowns_differ"}) {
		t.Error(got)
	}
}
