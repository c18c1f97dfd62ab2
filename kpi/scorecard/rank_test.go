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
	r, err := scorecard.Rank(cards, scorecard.Contest{})
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
	r, err := scorecard.Rank(cards, scorecard.Contest{Ineligible: ineligible})
	want := []scorecard.Unranked{
		{Owner: "b", Value: kpi.Undefined(kpi.NoData), Reason: "without_score"},
		{Owner: "d", Value: kpi.Int(99), Reason: "on leave"},
		{Owner: "e", Value: kpi.Undefined(kpi.NoTarget), Reason: "new"},
		{Owner: "x", Reason: "left"},
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
	if got := codes(r.Findings); !slices.Equal(got, []string{"tenure_not_checked", "order_not_tested"}) {
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
	_, err := scorecard.Rank([]scorecard.Card{scored("a", "1"), scored("", "1"), scored("a", "2"), other, later, timeless}, scorecard.Contest{Ineligible: map[string]string{"a": "", "z": ""}})
	want := []string{
		"cards[1].owner missing_id", "cards[2].owner duplicate_owner", "cards[4].period other_period", "cards[5].period missing_period",
		"cards[3].scorecard other_scorecard", "ineligible.a missing_reason", "ineligible.z missing_reason",
	}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRankJSON(t *testing.T) {
	empty, err := json.Marshal(ranked(t))
	if want := `{"ties":"competition","places":[],"unranked":[],"findings":[]}`; err != nil || string(empty) != want {
		t.Errorf("got %s, %v, want %s", empty, err, want)
	}
	r := ranked(t, scored("a", "100/3"), scored("b", "7"))
	text, err := json.Marshal(r)
	var back scorecard.Ranking
	if err != nil || json.Unmarshal(text, &back) != nil || !reflect.DeepEqual(back, r) {
		t.Errorf("%s came back as %+v, %v", text, back, err)
	}
}

func TestTies(t *testing.T) {
	cards := []scorecard.Card{scored("a", "90"), scored("b", "80"), scored("c", "80"), scored("d", "70"), scored("e", "70"), scored("f", "60")}
	for ties, want := range map[scorecard.Ties][]int{
		scorecard.Competition: {1, 2, 2, 4, 4, 6},
		scorecard.Dense:       {1, 2, 2, 3, 3, 4},
		scorecard.Modified:    {1, 3, 3, 5, 5, 6},
	} {
		r, err := scorecard.Rank(cards, scorecard.Contest{Ties: ties})
		var got []int
		for _, p := range r.Places {
			got = append(got, p.Rank)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %v, %v, want %v", ties, got, err, want)
		}
	}
	// Worked by hand, of five others: 5, 3 and a half, 1 and a half, 0.
	r := ranked(t, cards...)
	for n, want := range []string{"1", "0.7", "0.7", "0.3", "0.3", "0"} {
		if got := r.Places[n].Percentile; got != num(want) {
			t.Errorf("%s is at %s, want %s", r.Places[n].Owner, got, want)
		}
	}
	if got := ranked(t, cards[0]).Places[0].Percentile; got != kpi.Undefined(kpi.TooFew) {
		t.Errorf("alone at %s", got)
	}
}

func TestTieBreak(t *testing.T) {
	with := func(owner string, a, b int64) scorecard.Card {
		card, err := mustNew(t, scorecard.Definition{ID: "two", Normalise: true, Items: []scorecard.Item{{Metric: "a", Weight: kpi.Int(1)}, {Metric: "b", Weight: kpi.Int(1)}}}).
			Score(owner, q1(), []scorecard.Result{of100("a", a), of100("b", b)})
		if err != nil {
			t.Fatal(err)
		}
		return card
	}
	cards := []scorecard.Card{with("x", 80, 100), with("y", 100, 80), with("z", 100, 80)}
	r, err := scorecard.Rank(cards, scorecard.Contest{TieBreak: []string{"a"}})
	if err != nil || r.Places[0].Owner != "y" || r.Places[1].Rank != 1 || r.Places[2].Rank != 3 || r.Places[2].Gap != kpi.Int(0) {
		t.Errorf("got %+v, %v", r.Places, err)
	}
	_, err = scorecard.Rank(cards[:1], scorecard.Contest{TieBreak: []string{"a", "q"}})
	if got := problems(err); !slices.Equal(got, []string{"tie_break[1] unknown_metric"}) {
		t.Errorf("an item that is not there: %q", got)
	}
}

// The first quarter of 2026 has 90 days: half are 45.
func TestTenure(t *testing.T) {
	cards := []scorecard.Card{scored("a", "9"), scored("b", "8"), scored("c", "7"), scored("d", "6")}
	for least, want := range map[string]string{"0.5": "b", "0.6": "bc", "0": ""} {
		r, err := scorecard.Rank(cards, scorecard.Contest{Days: map[string]int{"a": 90, "b": 44, "c": 45}, Least: num(least), Ineligible: map[string]string{"d": scorecard.OnLeave}})
		got := ""
		for _, u := range r.Unranked {
			if u.Reason == scorecard.ShortTenure {
				got += u.Owner
			}
		}
		if err != nil || got != want || slices.Contains(codes(r.Findings), "tenure_not_checked") {
			t.Errorf("at least %s: %q, %v, want %q", least, got, err, want)
		}
	}
	_, err := scorecard.Rank(cards, scorecard.Contest{Ties: 9, Days: map[string]int{"a": -1, "z": 5, "d": 9}, Least: kpi.Int(2)})
	want := []string{"ties unknown_word", "days.a below_zero", "least not_a_share", "days.b missing_number", "days.c missing_number", "days.z unknown_owner"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWithoutTarget(t *testing.T) {
	def := four()
	def.Missing = scorecard.MissingPolicy{ByReason: map[kpi.Reason]scorecard.Treatment{kpi.NoTarget: scorecard.CountLeast}, Most: kpi.Int(1)}
	r := ranked(t, score(t, def, scorecard.Result{Metric: "a", Actual: kpi.Int(50)}))
	if len(r.Places) != 0 || r.Unranked[0].Reason != scorecard.WithoutTarget || !r.Unranked[0].Value.Defined() {
		t.Errorf("a score of points for nothing: %+v", r)
	}
}

// A card under a ceiling stands below all that reach it, and above the rest.
func TestRankUnderCeiling(t *testing.T) {
	vetoed, worse := scored("v", "120"), scored("w", "95")
	vetoed.Ceiling, worse.Ceiling = kpi.Int(80), kpi.Int(80)
	low := scored("x", "50")
	low.Ceiling = kpi.Int(80)
	r := ranked(t, scored("a", "80"), vetoed, worse, scored("b", "79"), low)
	got := ""
	for _, p := range r.Places {
		got += p.Owner
		if p.Gap.Sign() < 0 {
			t.Errorf("%s is %s behind", p.Owner, p.Gap)
		}
	}
	if got != "avwbx" {
		t.Errorf("got %s", got)
	}
}
