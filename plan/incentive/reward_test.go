package incentive_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"pgregory.net/rapid"
)

func fourQuarters() []calendar.Period {
	return []calendar.Period{period("2026-Q1"), period("2026-Q2"), period("2026-Q3"), period("2026-Q4")}
}

// grades gives the marks of somebody's quarters; . is none yet.
func grades(owner, word string) []incentive.Mark {
	var marks []incentive.Mark
	for i, g := range word {
		if g != '.' {
			marks = append(marks, incentive.Mark{Owner: owner, Score: "card", Period: fourQuarters()[i], Grade: string(g)})
		}
	}
	return marks
}

func value(owner, label, v string) incentive.Mark {
	m := incentive.Mark{Owner: owner, Score: "won_value", Period: period(label)}
	if v != "" {
		m.Value = num(v)
	}
	return m
}

func decide(t tester, r incentive.Reward, marks []incentive.Mark, out map[string]string) incentive.Decision {
	t.Helper()
	d, err := r.Decide(marks, out)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// standing writes candidates as owner, q for those who qualify, what is
// lacking, and ! where it can no longer come.
func standing(d incentive.Decision) []string {
	var all []string
	for _, c := range d.Candidates {
		s := fmt.Sprint(c.Owner, " ", c.Missing)
		if c.Qualifies {
			s = c.Owner + " q"
		} else if !c.CanStill {
			s += "!"
		}
		all = append(all, s)
	}
	return all
}

// A in two quarters of four.
func TestGradesInSomeQuarters(t *testing.T) {
	r := incentive.Reward{ID: "promotion", Conditions: []incentive.Condition{{Score: "card", Periods: fourQuarters(), Grades: []string{"A"}, Times: 2}}}
	marks := slices.Concat(grades("li", "ABA."), grades("wang", "BBA."), grades("zhao", "BBB."), grades("chen", "AABB"), grades("new", "A..."))
	d := decide(t, r, marks, map[string]string{"new": "new in March"})
	if got, want := standing(d), []string{"chen q", "li q", "wang 1", "zhao 2!"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if !slices.Equal(d.Ineligible, []incentive.Ineligible{{Owner: "new", Reason: "new in March"}}) {
		t.Errorf("ineligible %v", d.Ineligible)
	}
	if got, want := codes(d.Findings), []string{"reward_earned chen", "reward_earned li", "reward_nearest wang"}; !slices.Equal(got, want) {
		t.Errorf("findings %q", got)
	}
	why := incentive.Findings().Text(d.Candidates[2].Why(calendar.Calendar{})[0], "en")
	if want := "card A in 1 of 4 periods only, 2 needed, 1 still to come: 2026-Q1 B, 2026-Q2 B, 2026-Q3 A ✓, 2026-Q4 …."; why != want {
		t.Errorf("got %q, want %q", why, want)
	}
}

// The first three of the eligible: a tie shares the place, and somebody who
// is not eligible takes none.
func TestFirstOfTheEligible(t *testing.T) {
	year := []calendar.Period{period("2026")}
	r := incentive.Reward{ID: "club", Conditions: []incentive.Condition{{Score: "won_value", Periods: year, First: 3}}}
	marks := []incentive.Mark{value("a", "2026", "900"), value("b", "2026", "800"), value("c", "2026", "700"), value("d", "2026", "700"), value("e", "2026", "650"), value("f", "2026", ""), value("boss", "2026", "9000")}
	d := decide(t, r, marks, map[string]string{"boss": "manages the team"})
	if got, want := standing(d), []string{"a q", "b q", "c q", "d q", "e 1!", "f 1!"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	e := d.Candidates[4].Conditions[0]
	if e.Gap != kpi.Int(50) || e.Marks[0].Place != 5 {
		t.Errorf("e is %+v", e)
	}
	if f := d.Candidates[5].Conditions[0]; f.Gap.Defined() || f.Marks[0].Place != 0 || f.Open != 0 {
		t.Errorf("f is %+v", f)
	}
}

// Several conditions, then the first two in line; where lower is better the
// level is a ceiling.
func TestPlaces(t *testing.T) {
	q := []calendar.Period{period("2026-Q1")}
	r := incentive.Reward{ID: "trip", Places: 2, By: incentive.Order{Score: "won_value", Period: period("2026-Q1")}, Conditions: []incentive.Condition{
		{Score: "won_value", Periods: q, Level: num("500")},
		{Score: "overdue", Periods: q, Level: num("10"), Direction: kpi.LowerIsBetter},
	}}
	var marks []incentive.Mark
	for _, m := range []struct{ owner, won, overdue string }{{"a", "900", "11"}, {"b", "800", "10"}, {"c", "600", "0"}, {"d", "600", "3"}, {"e", "500", "9"}, {"f", "490", "9"}, {"g", "480", "12"}} {
		marks = append(marks, value(m.owner, "2026-Q1", m.won), incentive.Mark{Owner: m.owner, Score: "overdue", Period: q[0], Value: num(m.overdue)})
	}
	d := decide(t, r, marks, nil)
	if got, want := standing(d), []string{"b q", "c q", "d q", "e 0!", "a 1!", "f 1!", "g 2!"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := codes(d.Findings), []string{"reward_earned b", "reward_earned c", "reward_earned d", "reward_behind e", "reward_nearest_closed a", "places_tied trip"}; !slices.Equal(got, want) {
		t.Errorf("findings %q", got)
	}
	back(t, d)
}

func TestRewardErrors(t *testing.T) {
	q := []calendar.Period{period("2026-Q1"), period("2026-Q1"), {}}
	r := incentive.Reward{Places: -1, Conditions: []incentive.Condition{
		{}, {Score: "s", Periods: q, Times: 4, Grades: []string{""}, First: -1, Direction: kpi.InBand}, {Score: "s", Periods: q[:1], Level: kpi.Undefined(kpi.TooFew), Direction: 9}}}
	want := []string{"id missing_id", "conditions[0].score missing_id", "conditions[0].periods no_periods", "conditions[0] not_one_of_grades_level_first",
		"conditions[1].periods[1] duplicate_period", "conditions[1].periods[2] missing_period", "conditions[1].times not_within_periods", "conditions[1].direction direction_without_order",
		"conditions[1] not_one_of_grades_level_first", "conditions[1].first below_zero", "conditions[1].grades[0] missing_grade",
		"conditions[2].direction unknown_word", "conditions[2].level undefined_number", "places below_zero"}
	if got := problems(r.Validate()); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	good := incentive.Reward{ID: "r", Conditions: []incentive.Condition{{Score: "s", Periods: q[:1], First: 1}}, By: incentive.Order{Score: "s"}}
	_, err := good.Decide([]incentive.Mark{{}, value("a", "2026-Q1", "1"), value("a", "2026-Q1", "2")}, map[string]string{"": "x", "b": ""})
	want = []string{"reward.places missing_places", "marks[0].owner missing_id", "marks[0].score missing_id", "marks[0].period missing_period", "marks[2] duplicate_mark", "ineligible missing_id", "ineligible.b missing_reason"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Marks in any order give the same decision; everybody stands in it once;
// and nobody who qualifies stands behind somebody who does not.
func TestDecisions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := incentive.Reward{ID: "r", Conditions: []incentive.Condition{
			{Score: "card", Periods: fourQuarters(), Grades: []string{"A"}, Times: rapid.IntRange(0, 4).Draw(t, "times")},
			{Score: "won_value", Periods: fourQuarters()[:2], First: rapid.IntRange(1, 3).Draw(t, "first"), Times: 1}}}
		if rapid.Bool().Draw(t, "places") {
			r.Places, r.By = rapid.IntRange(1, 3).Draw(t, "n"), incentive.Order{Score: "won_value", Period: period("2026-Q1")}
		}
		var marks []incentive.Mark
		owners := map[string]bool{}
		for i := range rapid.IntRange(0, 6).Draw(t, "people") {
			owner := string(rune('a' + i))
			marks = append(marks, grades(owner, rapid.StringMatching("[AB.]{4}").Draw(t, "grades"))...)
			for _, q := range []string{"2026-Q1", "2026-Q2"} {
				if rapid.Bool().Draw(t, "sold") {
					marks = append(marks, value(owner, q, fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "won"))))
				}
			}
		}
		out := map[string]string{"a": "on leave"}
		for _, m := range marks {
			owners[m.Owner] = true
		}
		maps.Copy(owners, map[string]bool{"a": true})
		d := decide(t, r, marks, out)
		if again := decide(t, r, mix(t, marks), out); !bytes.Equal(encode(t, d), encode(t, again)) {
			t.Errorf("another order: %s\n%s", encode(t, d), encode(t, again))
		}
		if len(d.Candidates)+len(d.Ineligible) != len(owners) {
			t.Errorf("%d and %d of %d", len(d.Candidates), len(d.Ineligible), len(owners))
		}
		for i, c := range d.Candidates {
			if i > 0 && c.Qualifies && !d.Candidates[i-1].Qualifies {
				t.Errorf("%q", standing(d))
			}
			if c.Qualifies && (c.Missing > 0 || !c.CanStill) {
				t.Errorf("%+v", c)
			}
		}
	})
}
