package scorecard_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"pgregory.net/rapid"
)

// Every score has the one band whose edge is the highest not above it.
func TestBandsCover(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def := single(kpi.HigherIsBetter, scorecard.Curve{Floor: kpi.Int(-1000)})
		def.Bands = definitions().Draw(t, "bands").Bands
		points := kpi.Frac(rapid.Int64Range(-900, 900).Draw(t, "points"), rapid.Int64Range(1, 4).Draw(t, "part"))
		card := cardOf(t, def, []scorecard.Result{{Metric: "m", Actual: points, Target: kpi.Int(100)}})
		want, edge := "rest", kpi.Value{}
		for _, b := range def.Bands {
			if b.From.Defined() && !points.Less(b.From) && (!edge.Defined() || edge.Less(b.From)) {
				want, edge = b.Name, b.From
			}
		}
		if card.Band != want {
			t.Errorf("%s is in %q, want %q", points, card.Band, want)
		}
	})
}

// A rank is one more than how many have a higher score, for any order of the
// cards, which stay as they are; and everybody stands somewhere once.
func TestRankModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var cards []scorecard.Card
		ineligible := map[string]string{}
		for i := range rapid.IntRange(0, 12).Draw(t, "cards") {
			card := scorecard.Card{Owner: fmt.Sprint(i), Period: q1(), Score: kpi.Frac(rapid.Int64Range(0, 5).Draw(t, "score"), 3)}
			switch rapid.IntRange(0, 5).Draw(t, "kind") {
			case 0:
				card.Score = kpi.Undefined(reasons().Draw(t, "score"))
			case 1:
				ineligible[card.Owner] = "new"
			}
			cards = append(cards, card)
		}
		got, err := scorecard.Rank(cards, scorecard.Contest{Ineligible: ineligible})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Places)+len(got.Unranked) != len(cards) {
			t.Errorf("%d cards, %d ranked, %d not", len(cards), len(got.Places), len(got.Unranked))
		}
		for _, p := range got.Places {
			higher := 0
			for _, c := range cards {
				if ineligible[c.Owner] == "" && p.Value.Less(c.Score) {
					higher++
				}
			}
			if p.Rank != 1+higher {
				t.Errorf("%s has rank %d, and %d have a higher score", p.Owner, p.Rank, higher)
			}
		}
		before := fmt.Sprint(cards)
		again, err := scorecard.Rank(rapid.Permutation(cards).Draw(t, "order"), scorecard.Contest{Ineligible: ineligible})
		if err != nil || !reflect.DeepEqual(again, got) || fmt.Sprint(cards) != before {
			t.Errorf("another order: %+v, want %+v", again, got)
		}
	})
}
