package cube_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/saleskpi/saleskpi/kpi/org"
	"pgregory.net/rapid"
)

// company has x in south until the end of June and in north after, y in
// north, z in both with the larger share in south, and X nowhere until
// September.
func company(t fataler) *org.Org {
	most, less := credit("", "0.6").Share, credit("", "0.4").Share
	o, err := org.New(org.Structure{
		Units: []org.Unit{{ID: "all", Kind: "company"}, {ID: "north", Kind: "team", Parent: "all"}, {ID: "south", Kind: "team", Parent: "all"}, {ID: "cell", Kind: "squad", Parent: "north"}},
		Assignments: []org.Assignment{
			{Member: "x", Unit: "south", To: day("2026-07-01")}, {Member: "x", Unit: "cell", From: day("2026-07-01")},
			{Member: "y", Unit: "north"}, {Member: "z", Unit: "north", Share: less}, {Member: "z", Unit: "south", Share: most},
			{Member: "X", Unit: "south", From: day("2026-09-01")},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func teams() cube.Level     { return cube.Level{Dimension: "team", Of: "a", Kind: "team"} }
func companies() cube.Level { return cube.Level{Dimension: "company", Of: "a", Kind: "company"} }

// leveled adds levels to a definition.
func leveled(def cube.Definition, levels ...cube.Level) cube.Definition {
	for _, l := range levels {
		def.Dimensions = append(slices.Clone(def.Dimensions), l.Dimension)
		def.Levels = append(slices.Clone(def.Levels), l)
	}
	return def
}

func leveledReader(t fataler) cube.Reader[row] {
	r := minorReader()
	r.Org = company(t)
	return r
}

func movedRows() []row {
	return []row{
		{a: "x", day: day("2026-06-30"), minor: 100, feeds: true},
		{a: "x", day: day("2026-07-01"), minor: 20, feeds: true},
		{a: "y", day: day("2026-02-01"), minor: 3, feeds: true},
		{a: "z", day: day("2026-02-01"), minor: 4, feeds: true},
		{a: "X", day: day("2026-08-31"), minor: 500, feeds: true},
		{a: "", day: day("2026-08-31"), minor: 6000, feeds: true},
		{a: "stranger", day: day("2026-08-31"), minor: 70000, feeds: true},
	}
}

// Every figure is worked by hand from movedRows and company.
func TestLevels(t *testing.T) {
	was := loadWith(t, leveled(minorDefinition(), teams(), companies()), leveledReader(t), movedRows())
	plain := loadWith(t, minorDefinition(), minorReader(), movedRows())
	june, err := plain.AsIs(company(t), day("2026-06-30"), teams())
	if err != nil {
		t.Fatal(err)
	}
	december, err := plain.AsIs(company(t), day("2026-12-31"), teams(), companies())
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		why  string
		c    *cube.Cube
		by   []string
		want []string
	}{
		"as was":       {"x changes on 1 July; z counts whole for south; X is nowhere yet", was, []string{"team"}, []string{"|2026 765 3", "north|2026 0.23 2", "south|2026 1.04 2"}},
		"company":      {"everybody in a team once", was, []string{"company"}, []string{"|2026 765 3", "all|2026 1.27 4"}},
		"in June":      {"x in south for all the year", june, []string{"team"}, []string{"|2026 765 3", "north|2026 0.03 1", "south|2026 1.24 3"}},
		"in December":  {"x in north, below its squad, and X in south", december, []string{"team"}, []string{"|2026 760 2", "north|2026 1.23 3", "south|2026 5.04 2"}},
		"both levels":  {"teams within the company", december, []string{"company", "team"}, []string{"||2026 760 2", "all|north|2026 1.23 3", "all|south|2026 5.04 2"}},
		"total stands": {"765 + 1.27", december, nil, []string{"2026 766.27 7"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, lines(query(t, test.c, cube.Query{By: test.by}))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.why, diff)
			}
		})
	}
	if got := query(t, december, cube.Query{}).Levels; len(got) != 2 || got[0].AsIs != day("2026-12-31") {
		t.Errorf("the result says as is of which day: %+v", got)
	}
	if got := query(t, was, cube.Query{}).Levels; !got[0].AsIs.IsZero() {
		t.Errorf("the result says as was: %+v", got)
	}
}

// A tree laid over a cube is the cube filled with that tree, credit or not.
func TestAsIsIsFillingAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		asIs := day("2026-01-01").Add(rapid.IntRange(0, 364).Draw(t, "day"))
		level := teams()
		level.AsIs = asIs
		rows := drawShared(t, "rows")
		reader := creditReader()
		laid, err := loadShared(t, calendar.Monthly, rows).AsIs(company(t), asIs, teams())
		if err != nil {
			t.Fatal(err)
		}
		reader.Org = company(t)
		anew := loadWith(t, leveled(creditDefinition(calendar.Monthly), level), reader, rows)
		if !bytes.Equal(state(t, laid), state(t, anew)) {
			t.Fatal("other bytes")
		}
		if want, got := query(t, laid, cube.Query{}), query(t, loadShared(t, calendar.Monthly, rows), cube.Query{}); !slices.Equal(exactLines(want), exactLines(got)) {
			t.Fatal("the total changed")
		}
	})
}

func TestLevelLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, "rows")
		fill := func(rows []row) *cube.Cube {
			r := everyReader()
			r.Org = company(t)
			return loadWith(t, leveled(everyKind(calendar.Monthly), teams()), r, rows)
		}
		cut := rapid.IntRange(0, len(rows)).Draw(t, "cut")
		whole := fill(rows)
		if !bytes.Equal(state(t, whole), state(t, merge(t, fill(rows[cut:]), fill(rows[:cut])))) {
			t.Fatal("merged parts differ from the whole")
		}
		var back cube.Cube
		if err := back.UnmarshalBinary(state(t, whole)); err != nil || !bytes.Equal(state(t, whole), state(t, &back)) {
			t.Fatal("does not come back", err)
		}
		tree := company(t)
		r := query(t, whole, cube.Query{By: []string{"team"}})
		for _, team := range []string{"north", "south"} {
			want := obvious(rows, func(r row) bool {
				path := tree.At(r.day).PathOf(r.a)
				return !r.skip && slices.Contains(path, team)
			}, period("2026"))
			for i, m := range r.Columns {
				if got := r.Value(m.ID, period("2026"), team); got != want[i] {
					t.Fatalf("%s of %s: got %v, want %v", m.ID, team, got, want[i])
				}
			}
		}
	})
}

func TestLevelErrors(t *testing.T) {
	def := minorDefinition()
	def.Levels = []cube.Level{{Dimension: "team", Of: "c"}, {Dimension: "b", Of: "b"}, {Dimension: "b", Of: "a"}}
	want := []string{"levels[0].dimension unknown_dimension", "levels[0].of unknown_dimension", "levels[1].of unknown_dimension", "levels[2].dimension duplicate_dimension"}
	if diff := cmp.Diff(want, problems(def.Validate())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	c, err := cube.New(leveled(minorDefinition(), teams()))
	if err != nil {
		t.Fatal(err)
	}
	reader := minorReader()
	reader.Dimensions["team"] = reader.Dimensions["a"]
	if _, err := cube.Load(c, reader); !slices.Equal(problems(err), []string{"dimensions.team derived_dimension", "org not_bound"}) {
		t.Errorf("got %v", problems(err))
	}
	plain := loadWith(t, minorDefinition(), minorReader(), nil)
	if _, err := plain.AsIs(nil, day("2026-01-01"), teams()); !errors.Is(err, check.ErrMissing) {
		t.Errorf("got %v", err)
	}
	if _, err := plain.AsIs(company(t), day("2026-01-01"), cube.Level{Dimension: "b", Of: "a"}); !errors.Is(err, check.ErrDuplicate) {
		t.Errorf("got %v", err)
	}
	if v := query(t, plain, cube.Query{}); len(v.Rows) != 0 || v.Value("n", period("2026")) != kpi.Int(0) {
		t.Errorf("got %v", v.Rows)
	}
}
