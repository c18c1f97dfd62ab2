package scorecard_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

func scored(owner, points string) scorecard.Card {
	return scorecard.Card{Scorecard: "team", Owner: owner, Period: q1(), Score: num(points)}
}

func ranked(t *testing.T, cards ...scorecard.Card) scorecard.Ranking {
	t.Helper()
	r, err := scorecard.Rank(cards, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRank(t *testing.T) {
	type place struct {
		rank       int
		owner, gap string
	}
	const top = "undefined: not_applicable"
	for name, test := range map[string]struct {
		why   string
		cards []scorecard.Card
		want  []place
	}{
		"nobody":            {"an empty list, not nil", nil, []place{}},
		"alone":             {"first of one", []scorecard.Card{scored("a", "50")}, []place{{1, "a", top}}},
		"tie in the middle": {"1, 2, 2, 4", []scorecard.Card{scored("a", "70"), scored("d", "80"), scored("b", "80"), scored("c", "90")}, []place{{1, "c", top}, {2, "b", "10"}, {2, "d", "0"}, {4, "a", "10"}}},
		"tie at the top":    {"1, 1, 3", []scorecard.Card{scored("b", "9"), scored("c", "1"), scored("a", "9")}, []place{{1, "a", top}, {1, "b", "0"}, {3, "c", "8"}}},
		"all tied":          {"1, 1, 1", []scorecard.Card{scored("c", "5"), scored("a", "5"), scored("b", "5")}, []place{{1, "a", top}, {1, "b", "0"}, {1, "c", "0"}}},
		"same when rounded": {"33.333333333333 and 100/3 print alike and are not equal", []scorecard.Card{scored("a", "33.333333333333"), scored("b", "100/3")}, []place{{1, "b", top}, {2, "a", "0"}}},
		"bytes, not words":  {"Z comes before a, and both before 李", []scorecard.Card{scored("李", "5"), scored("a", "5"), scored("Z", "5")}, []place{{1, "Z", top}, {1, "a", "0"}, {1, "李", "0"}}},
		"below zero":        {"a number like any other", []scorecard.Card{scored("a", "-5"), scored("b", "0")}, []place{{1, "b", top}, {2, "a", "5"}}},
	} {
		t.Run(name, func(t *testing.T) {
			got := []place{}
			for _, p := range ranked(t, test.cards...).Places {
				got = append(got, place{p.Rank, p.Owner, p.Gap.String()})
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%s: got %v, want %v", test.why, got, test.want)
			}
		})
	}
}

func TestRankApart(t *testing.T) {
	none := scored("b", "0")
	none.Score = kpi.Undefined(kpi.NoData)
	late := scored("e", "0")
	late.Score = kpi.Undefined(kpi.NoTarget)
	cards := []scorecard.Card{late, scored("d", "99"), none, scored("c", "10"), scored("a", "20")}
	ineligible := map[string]string{"d": "on leave", "e": "new", "x": "left"}
	r, err := scorecard.Rank(cards, ineligible)
	want := []scorecard.Unranked{
		{Owner: "b", Score: kpi.Undefined(kpi.NoData)},
		{Owner: "d", Score: kpi.Int(99), Ineligible: "on leave"},
		{Owner: "e", Score: kpi.Undefined(kpi.NoTarget), Ineligible: "new"},
		{Owner: "x", Ineligible: "left"},
	}
	if err != nil || !reflect.DeepEqual(r.Unranked, want) {
		t.Errorf("got %+v, %v", r.Unranked, err)
	}
	if len(r.Places) != 2 || r.Places[0].Owner != "a" || r.Places[1].Rank != 2 {
		t.Errorf("places %+v", r.Places)
	}
	if !maps.Equal(ineligible, map[string]string{"d": "on leave", "e": "new", "x": "left"}) || cards[0].Owner != "e" {
		t.Error("the input was changed")
	}
	if got := codes(r.Findings); !slices.Equal(got, []string{"order_not_tested"}) {
		t.Errorf("findings %q", got)
	}
}

func TestRankErrors(t *testing.T) {
	other := scored("d", "1")
	other.Scorecard = "other"
	later := scored("e", "1")
	later.Period = calendar.Calendar{}.MustParse("2026-Q2")
	timeless := scored("f", "1")
	timeless.Period = calendar.Period{}
	_, err := scorecard.Rank([]scorecard.Card{scored("a", "1"), scored("", "1"), scored("a", "2"), other, later, timeless}, map[string]string{"a": "", "z": ""})
	want := []string{
		"cards[1].owner missing_id", "cards[2].owner duplicate_owner", "cards[3].scorecard other_scorecard",
		"cards[4].period other_period", "cards[5].period missing_period", "ineligible.a missing_reason", "ineligible.z missing_reason",
	}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRankJSON(t *testing.T) {
	empty, err := json.Marshal(ranked(t))
	if want := `{"places":[],"unranked":[],"findings":[]}`; err != nil || string(empty) != want {
		t.Errorf("got %s, %v, want %s", empty, err, want)
	}
	r := ranked(t, scored("a", "100/3"), scored("b", "7"))
	text, err := json.Marshal(r)
	var back scorecard.Ranking
	if err != nil || json.Unmarshal(text, &back) != nil || !reflect.DeepEqual(back, r) {
		t.Errorf("%s came back as %+v, %v", text, back, err)
	}
}
