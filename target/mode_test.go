package target_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// cushioned is a company of 1,000 with a cushion of 10 % over two regions, of
// which the east has 5 % more over its sellers.
func cushioned() target.Split {
	return target.Split{Grain: calendar.HalfYearly, Owners: target.Node{ID: "all", Mode: target.Carried, Cushion: kpi.Frac(1, 10),
		Children: []target.Node{
			{ID: "east", Weight: kpi.Int(3), Mode: target.Carried, Cushion: kpi.Frac(1, 20), Children: []target.Node{{ID: "amy"}, {ID: "bo"}}},
			{ID: "west", Weight: kpi.Int(2), Mode: target.DirectPlusTeam, Direct: kpi.Int(1), Children: []target.Node{{ID: "cy", Weight: kpi.Int(3)}}},
		}}}
}

func TestModes(t *testing.T) {
	b, err := target.BreakDown(goalOf("all", "2026", "1000"), money(0), cushioned())
	if err != nil {
		t.Fatal(err)
	}
	for owner, want := range map[string]string{ // 1000 × 1.1 = 1100: 660 and 440; 660 × 1.05 = 693: 347 and 346; 440: 110 and 330
		"all": "500 500", "east": "330 330", "amy": "174 173", "bo": "173 173", "west": "220 220", "cy": "165 165",
	} {
		if got := cells(b, owner); got != want {
			t.Errorf("%s: %s; want %s", owner, got, want)
		}
	}
	text, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	var read target.Breakdown
	if err := json.Unmarshal(text, &read); err != nil || !read.Equal(b) {
		t.Error(err)
	}
	table, err := target.FromFigures(b.Goal(), b.Metric(), cushioned(), b.Stated())
	if err != nil || !slices.Equal(table.Stated(), b.Stated()) || cells(table, "west") != "220 220" {
		t.Error(table, err)
	}
}

// Twice 64 nines are 65 digits, more than an amount may have.
func TestCushionBeyondTheDigits(t *testing.T) {
	s := target.Split{Grain: calendar.Yearly, Owners: target.Node{ID: "all", Mode: target.Carried, Cushion: kpi.Int(1), Children: []target.Node{{ID: "amy"}}}}
	_, err := target.BreakDown(goalOf("all", "2026", strings.Repeat("9", 64)), money(0), s)
	if !errors.Is(err, check.ErrRange) || !slices.Equal(problems(err), []string{"owners number_too_large"}) {
		t.Errorf("%q", problems(err))
	}
}

func TestModeErrors(t *testing.T) {
	s := target.Split{Grain: calendar.Yearly, Owners: target.Node{ID: "all", Mode: 9, Children: []target.Node{
		{ID: "a", Mode: target.Carried, Direct: kpi.Int(1), Children: []target.Node{{ID: "x"}}},
		{ID: "b", Cushion: kpi.Int(1)},
		{ID: "c", Mode: target.Carried, Cushion: kpi.Int(10), Children: []target.Node{{ID: "y"}}},
		{ID: "d", Mode: target.DirectPlusTeam},
		{ID: "e", Mode: target.DirectPlusTeam, Children: []target.Node{{ID: "z", Weight: kpi.Int(1)}}},
	}}}
	_, err := target.BreakDown(goalOf("all", "2026", "1"), money(0), s)
	want := []string{
		"owners.mode unknown_word",
		"owners.children[0].cushion missing_cushion", "owners.children[0].direct direct_not_used", "owners.children[0].children[0].weight missing_weight",
		"owners.children[1].cushion cushion_not_used", "owners.children[2].cushion not_a_share",
		"owners.children[3].mode no_children", "owners.children[4].direct missing_weight",
	}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	s.Owners = target.Node{ID: "all", Mode: target.Independent, Children: []target.Node{{ID: "a"}}}
	if b, err := target.BreakDown(goalOf("all", "2026", "1"), money(0), s); b != nil || !errors.Is(err, check.ErrInvalid) {
		t.Error(err)
	}
}
