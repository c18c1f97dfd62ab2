package scorecard_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

// explained is a scorecard whose next band is reached in four ways: on a line,
// on a step, in a band, and by more of what has no limit.
func explained() scorecard.Definition {
	return scorecard.Definition{
		ID: "explained",
		Items: []scorecard.Item{
			{Metric: "revenue", Weight: num("0.5"), Curve: scorecard.Curve{Cap: kpi.Int(120)}},
			{Metric: "cycle_days", Weight: num("0.2"), Direction: kpi.LowerIsBetter},
			{Metric: "complaints", Weight: num("0.1"), Direction: kpi.LowerIsBetter, Curve: knotted(scorecard.Steps, scorecard.OverActual, "0:100 2:80 5:40")},
			{Metric: "discount", Weight: num("0.2"), Direction: kpi.InBand, Within: kpi.Band{Low: kpi.Int(5), High: kpi.Int(10)}},
		},
		Bands: []scorecard.Band{{Name: "A", From: kpi.Int(90)}, {Name: "B", From: kpi.Int(80)}, {Name: "C"}},
	}
}

func TestExplain(t *testing.T) {
	// Worked by hand: 0.5 × 80 + 0.2 × (200 − 100 × 72/60) + 0.1 × 40 + 0.2 × 80 = 40 + 16 + 4 + 16 = 76.
	card := score(t, explained(), of100("revenue", 80),
		scorecard.Result{Metric: "cycle_days", Actual: kpi.Int(72), Target: kpi.Int(60)},
		scorecard.Result{Metric: "complaints", Actual: kpi.Int(3)},
		scorecard.Result{Metric: "discount", Actual: kpi.Int(12)})
	got := explain(t, explained(), card)
	if card.Score != kpi.Int(76) || got.Score != card.Score || got.Band != "C" {
		t.Fatalf("score %s in %s", card.Score, got.Band)
	}
	for n, want := range [][2]string{{"40", "10"}, {"16", "4"}, {"4", "6"}, {"16", "4"}} {
		if p := got.Parts[n]; p.Contribution != num(want[0]) || p.Short != num(want[1]) {
			t.Errorf("%s gives %s and falls short by %s, want %s", p.Metric, p.Contribution, p.Short, want)
		}
	}
	none := kpi.Undefined(kpi.NotApplicable)
	wantLifts := []scorecard.Lift{
		// To 100 of 100 and by 10 of 100: 0.5 × 20 and 0.5 × 10; to the cap 0.5 × 40.
		{Metric: "revenue", ToTarget: kpi.Int(10), ByTenth: kpi.Int(5), Room: kpi.Int(20)},
		// To 60 days: 0.2 × 20; by 6 days: 0.2 × 10; no limit.
		{Metric: "cycle_days", ToTarget: kpi.Int(4), ByTenth: kpi.Int(2), Room: none},
		// To 10 %: 0.2 × 20; by a tenth of that edge, to 11 %: 0.2 × 10.
		{Metric: "discount", ToTarget: kpi.Int(4), ByTenth: kpi.Int(2), Room: kpi.Int(4)},
		// No target; a tenth of 3 complaints reaches no step; to none: 0.1 × 60.
		{Metric: "complaints", ToTarget: none, ByTenth: kpi.Int(0), Room: kpi.Int(6)},
	}
	if !slices.Equal(got.Lifts, wantLifts) {
		t.Errorf("lifts\n%+v\nwant\n%+v", got.Lifts, wantLifts)
	}
	wantNext := &scorecard.NextBand{Band: "B", From: kpi.Int(80), Gap: kpi.Int(4), Blocked: []string{}, Ways: []scorecard.Way{
		// 4/0.5 = 8 points more; 4/0.2 = 20 points more, twice; 4/0.1 = 40 points more.
		{Metric: "revenue", Actual: kpi.Int(88), Change: kpi.Int(8), Relative: num("0.08")},
		{Metric: "cycle_days", Actual: kpi.Int(60), Change: kpi.Int(-12), Relative: num("0.2")},
		{Metric: "discount", Actual: kpi.Int(10), Change: kpi.Int(-2), Relative: num("0.2")},
		{Metric: "complaints", Actual: kpi.Int(2), Change: kpi.Int(-1), Relative: num("1/3")},
	}}
	if !reflect.DeepEqual(got.Next, wantNext) {
		t.Errorf("next\n%+v\nwant\n%+v", got.Next, wantNext)
	}
}

// A change from nothing has no size to be measured by, and comes last.
func TestWaysFromNothing(t *testing.T) {
	def := scorecard.Definition{ID: "nothing", Normalise: true, Bands: []scorecard.Band{{Name: "A", From: kpi.Int(60)}, {Name: "B"}}, Items: []scorecard.Item{
		{Metric: "visits", Weight: kpi.Int(1), Curve: knotted(scorecard.Steps, scorecard.OverActual, "1:50 5:100")}, {Metric: "revenue", Weight: kpi.Int(1)},
	}}
	got := explain(t, def, score(t, def, scorecard.Result{Metric: "visits", Actual: kpi.Int(0)}, of100("revenue", 50))).Next
	want := []scorecard.Way{
		{Metric: "revenue", Actual: kpi.Int(120), Change: kpi.Int(70), Relative: num("0.7")},
		{Metric: "visits", Actual: kpi.Int(5), Change: kpi.Int(5), Relative: kpi.Undefined(kpi.ZeroDenominator)},
	}
	if !slices.Equal(got.Ways, want) {
		t.Errorf("got %+v", got.Ways)
	}
}

func TestExplainMissing(t *testing.T) {
	def := explained()
	def.Missing = scorecard.MissingPolicy{ByReason: map[kpi.Reason]scorecard.Treatment{kpi.NoData: scorecard.CountLeast}, Most: num("0.5")}
	def.Items = append(def.Items, scorecard.Item{Metric: "extra", Weight: num("0.1"), Bonus: true})
	card := score(t, def, of100("revenue", 200),
		scorecard.Result{Metric: "cycle_days", Actual: kpi.Undefined(kpi.TooFew), Target: kpi.Int(60)},
		scorecard.Result{Metric: "discount", Actual: kpi.Int(7)},
		scorecard.Result{Metric: "extra", Actual: kpi.Undefined(kpi.Unpriced), Target: kpi.Int(1)})
	got := explain(t, def, card)
	want := []scorecard.MissingItem{
		{Metric: "cycle_days", Reason: kpi.TooFew, Treatment: scorecard.LeaveOut, Weight: num("0.2")},
		{Metric: "complaints", Reason: kpi.NoData, Treatment: scorecard.CountLeast, Weight: num("0.1")},
		{Metric: "extra", Reason: kpi.Unpriced, Treatment: scorecard.LeaveOut, Weight: num("0.1")},
	}
	if !slices.Equal(got.Missing, want) {
		t.Errorf("missing %+v", got.Missing)
	}
	// (0.5 × 120 + 0.2 × 100 + 0)/0.8 = 100: in the highest band nothing comes next.
	if card.Score != kpi.Int(100) || got.Next != nil || len(got.Lifts) != 2 {
		t.Errorf("score %s, next %+v, %d lifts", card.Score, got.Next, len(got.Lifts))
	}
}

func TestExplainWithoutScore(t *testing.T) {
	got := explain(t, explained(), score(t, explained(), of100("revenue", 80)))
	if got.Score.Defined() || got.Next != nil || len(got.Lifts) != 0 || len(got.Missing) != 3 || got.Parts[0].Contribution.Defined() {
		t.Errorf("got %+v", got)
	}
}

// A gate that keeps a card down is named; no change of an item helps.
func TestExplainGates(t *testing.T) {
	card := score(t, gated(), of100("revenue", 120), of100("collections", 60), scorecard.Result{Metric: "breaches", Actual: kpi.Int(1)})
	got := explain(t, gated(), card).Next // the score of 108 is an A
	want := &scorecard.NextBand{Band: "B", From: kpi.Int(80), Gap: kpi.Int(-28), Blocked: []string{"breaches"}, Ways: []scorecard.Way{}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	card = score(t, gated(), of100("revenue", 100), of100("collections", 60), scorecard.Result{Metric: "breaches", Actual: kpi.Int(0)})
	if got = explain(t, gated(), card).Next; !slices.Equal(got.Blocked, []string{"collections"}) || len(got.Ways) != 2 {
		t.Errorf("from B, with a gate that holds at B: %+v", got)
	}
}

func TestExplainOther(t *testing.T) {
	_, err := mustNew(t, explained()).Explain(score(t, four(), of100("a", 1)))
	if !errors.Is(err, check.ErrDefinition) {
		t.Errorf("a card of another scorecard: %v", err)
	}
}
