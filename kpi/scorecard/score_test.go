package scorecard_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

func q1() calendar.Period { return calendar.Calendar{}.MustParse("2026-Q1") }

func num(s string) kpi.Value { return kpi.MustParse(s) }

// single is a scorecard of one item, whose score is that item's points.
func single(d kpi.Direction, c scorecard.Curve) scorecard.Definition {
	return scorecard.Definition{ID: "single", Items: []scorecard.Item{{Metric: "m", Weight: kpi.Int(1), Direction: d, Curve: c}}}
}

func TestPoints(t *testing.T) {
	const higher, lower = kpi.HigherIsBetter, kpi.LowerIsBetter
	bounded := scorecard.Curve{Floor: kpi.Int(40), Cap: kpi.Int(120)}
	plain := scorecard.Curve{}
	for name, test := range map[string]struct {
		why            string
		direction      kpi.Direction
		curve          scorecard.Curve
		actual, target string
		want           string
		findings       []string
	}{
		// Worked by hand: attainment 1 + (a − t)/|t| or 1 − (a − t)/|t|, times
		// 100, between floor and cap. The targets of 50 and −50 are those of
		// the attainment tables of Infor CPM.
		"target reached":          {"100 points at equality", higher, plain, "50", "50", "100", nil},
		"half":                    {"25/50", higher, plain, "25", "50", "50", nil},
		"no cap":                  {"200/50", higher, plain, "200", "50", "400", nil},
		"nothing":                 {"0 at 0", higher, plain, "0", "50", "0", nil},
		"below zero":              {"−10/50 is −20 %, and the floor is 0", higher, plain, "-10", "50", "0", []string{"sign_change"}},
		"floor below zero":        {"a floor of −30 lets −20 through", higher, scorecard.Curve{Floor: kpi.Int(-30)}, "-10", "50", "-20", []string{"sign_change"}},
		"target below zero":       {"Infor: target −50, actual 0 is 200 %", higher, plain, "0", "-50", "200", nil},
		"below a negative target": {"1 + (−75 + 50)/50 = 50 %", higher, plain, "-75", "-50", "50", nil},
		"just under the floor":    {"39.99 %", higher, bounded, "39.99", "100", "40", nil},
		"at the floor":            {"40 %", higher, bounded, "40", "100", "40", nil},
		"just over the floor":     {"40.01 %", higher, bounded, "40.01", "100", "40.01", nil},
		"just under the cap":      {"119.99 %", higher, bounded, "119.99", "100", "119.99", nil},
		"at the cap":              {"120 %", higher, bounded, "120", "100", "120", nil},
		"over the cap":            {"120.01 %", higher, bounded, "120.01", "100", "120", nil},
		"third":                   {"exact, not 33.3", higher, plain, "1", "3", "100/3", nil},
		"lower reached":           {"60 of 60 days", lower, plain, "60", "60", "100", nil},
		"lower, better":           {"2 − 45/60", lower, plain, "45", "60", "125", nil},
		"lower, worse":            {"2 − 66/60", lower, plain, "66", "60", "90", nil},
		"lower, twice":            {"2 − 120/60 = 0", lower, plain, "120", "60", "0", nil},
		"lower, thrice":           {"2 − 180/60 = −1, and the floor is 0", lower, plain, "180", "60", "0", nil},
		"none of none":            {"target zero, met: no complaint was made", lower, plain, "0", "0", "100", []string{"met_or_not"}},
		"under none":              {"met by more is met", lower, plain, "-3", "0", "100", []string{"met_or_not"}},
		"one of none":             {"target zero, not met: the floor", lower, plain, "1", "0", "0", []string{"met_or_not"}},
		"one of none, floor":      {"the floor is the curve's", lower, bounded, "1", "0", "40", []string{"met_or_not"}},
		"none of none, cap":       {"a cap under 100 holds here too", lower, scorecard.Curve{Cap: kpi.Int(80)}, "0", "0", "80", []string{"met_or_not"}},
		"none of none, floor":     {"a floor over 100 holds here too", lower, scorecard.Curve{Floor: kpi.Int(110)}, "0", "0", "110", []string{"met_or_not"}},
	} {
		t.Run(name, func(t *testing.T) {
			card := score(t, single(test.direction, test.curve), scorecard.Result{Metric: "m", Actual: num(test.actual), Target: num(test.target)})
			if card.Score != num(test.want) || card.Lines[0].Points != num(test.want) {
				t.Errorf("%s: score %s, points %s, want %s", test.why, card.Score, card.Lines[0].Points, test.want)
			}
			if got := codes(card.Findings); !slices.Equal(got, test.findings) {
				t.Errorf("%s: findings %q, want %q", test.why, got, test.findings)
			}
			if wantNone := slices.Contains(test.findings, "met_or_not"); card.Lines[0].Attainment.Defined() == wantNone {
				t.Errorf("%s: attainment %s", test.why, card.Lines[0].Attainment)
			}
		})
	}
}

func TestZeroTargetHigherIsMissing(t *testing.T) {
	card := score(t, single(kpi.HigherIsBetter, scorecard.Curve{}), scorecard.Result{Metric: "m", Actual: kpi.Int(5), Target: kpi.Int(0)})
	if card.Score != kpi.Undefined(kpi.ZeroDenominator) || card.Lines[0].Missing != kpi.ZeroDenominator {
		t.Errorf("5 of a target of 0 scored %s", card.Score)
	}
}

func TestBands(t *testing.T) {
	def := single(kpi.HigherIsBetter, scorecard.Curve{Floor: kpi.Int(-1000)})
	// In no particular order: the order of bands says nothing.
	def.Bands = []scorecard.Band{{Name: "C", From: kpi.Int(70)}, {Name: "A", From: kpi.Int(90)}, {Name: "D"}, {Name: "B", From: kpi.Int(80)}}
	for points, test := range map[string]struct{ why, want string }{
		"1000":                 {"the highest is open above", "A"},
		"90":                   {"From belongs to its band", "A"},
		"89.999999999999999":   {"never rounded up", "B"},
		"89.5":                 {"between 80–89 and 90+ of a table of whole points there is a hole; not here", "B"},
		"80":                   {"From belongs to its band", "B"},
		"79.5":                 {"as 89.5", "C"},
		"70":                   {"From belongs to its band", "C"},
		"69.99":                {"below all edges", "D"},
		"0":                    {"below all edges", "D"},
		"-500":                 {"the lowest is open below", "D"},
		"269999999999999999/3": {"exact fractions too", "A"},
	} {
		card := score(t, def, scorecard.Result{Metric: "m", Actual: num(points), Target: kpi.Int(100)})
		if card.Band != test.want || card.Score != num(points) {
			t.Errorf("%s: %s gives %s, want %s", test.why, card.Score, card.Band, test.want)
		}
	}
	card := score(t, def, scorecard.Result{Metric: "m"})
	if card.Band != "" {
		t.Errorf("no score and band %s", card.Band)
	}
}

// four has weights of 40, 35, 20 and 5 %. With every target 100, the actual
// is the points.
func four() scorecard.Definition {
	return scorecard.Definition{ID: "four", Items: []scorecard.Item{
		{Metric: "a", Weight: num("0.4")}, {Metric: "b", Weight: num("0.35")},
		{Metric: "c", Weight: num("0.2"), Curve: scorecard.Curve{Floor: kpi.Int(10)}}, {Metric: "d", Weight: num("0.05")},
	}}
}

func of100(metric string, points int64) scorecard.Result {
	return scorecard.Result{Metric: metric, Actual: kpi.Int(points), Target: kpi.Int(100)}
}

func without(metric string, r kpi.Reason) scorecard.Result {
	return scorecard.Result{Metric: metric, Actual: kpi.Undefined(r), Target: kpi.Int(100)}
}

func TestMissing(t *testing.T) {
	treat := func(r kpi.Reason, x scorecard.Treatment) scorecard.MissingPolicy {
		return scorecard.MissingPolicy{ByReason: map[kpi.Reason]scorecard.Treatment{r: x}}
	}
	a, b, c, d := of100("a", 90), of100("b", 110), of100("c", 60), of100("d", 200)
	none := func(r kpi.Reason) kpi.Value { return kpi.Undefined(r) }
	for name, test := range map[string]struct {
		why      string
		policy   scorecard.MissingPolicy
		results  []scorecard.Result
		want     kpi.Value
		missing  string
		findings []string
	}{
		// Worked by hand. All there: 36 + 38.5 + 12 + 10 = 96.5.
		"all there":    {"nothing is missing", scorecard.MissingPolicy{}, []scorecard.Result{a, b, c, d}, num("96.5"), "0", nil},
		"too few":      {"(36 + 38.5 + 10)/0.8", scorecard.MissingPolicy{}, []scorecard.Result{a, b, without("c", kpi.TooFew), d}, num("105.625"), "0.2", []string{"item_left_out"}},
		"not yet due":  {"(36 + 38.5 + 12)/0.95", scorecard.MissingPolicy{}, []scorecard.Result{a, b, c, without("d", kpi.NotYetDue)}, num("1730/19"), "0.05", []string{"item_left_out"}},
		"two left out": {"exactly a quarter may be missing: (36 + 38.5)/0.75", scorecard.MissingPolicy{}, []scorecard.Result{a, b, without("c", kpi.TooFew), without("d", kpi.NotYetDue)}, num("298/3"), "0.25", []string{"item_left_out", "item_left_out"}},
		"over a quarter": {"35 % is too much, whatever the reason", scorecard.MissingPolicy{}, []scorecard.Result{a, without("b", kpi.TooFew), c, d}, none(kpi.TooFew), "0.35",
			[]string{"item_left_out", "too_much_missing"}},
		"over a quarter, two reasons": {"the stronger reason is told", scorecard.MissingPolicy{}, []scorecard.Result{a, without("b", kpi.TooFew), c, without("d", kpi.NotYetDue)}, none(kpi.NotYetDue), "0.4",
			[]string{"item_left_out", "item_left_out", "too_much_missing"}},
		"another limit": {"(36 + 12 + 10)/0.65", scorecard.MissingPolicy{Most: num("0.35")}, []scorecard.Result{a, without("b", kpi.TooFew), c, d}, num("1160/13"), "0.35", []string{"item_left_out"}},
		"no limit to speak of": {"only the smallest is there: 10/0.05", scorecard.MissingPolicy{Most: kpi.Int(1)},
			[]scorecard.Result{without("a", kpi.TooFew), without("b", kpi.TooFew), without("c", kpi.TooFew), d}, kpi.Int(200), "0.95",
			[]string{"item_left_out", "item_left_out", "item_left_out"}},
		"all left out": {"nothing is left to score", scorecard.MissingPolicy{Most: kpi.Int(1)},
			[]scorecard.Result{without("a", kpi.TooFew), without("b", kpi.TooFew), without("c", kpi.TooFew), without("d", kpi.NotYetDue)}, none(kpi.NotYetDue), "1",
			[]string{"item_left_out", "item_left_out", "item_left_out", "item_left_out"}},
		"no limit at all": {"with a limit of 0 not even 5 %", scorecard.MissingPolicy{Most: kpi.Int(0)}, []scorecard.Result{a, b, c, without("d", kpi.TooFew)}, none(kpi.TooFew), "0.05",
			[]string{"item_left_out", "too_much_missing"}},
		"no data":       {"one item without data, however light, forbids a score", scorecard.MissingPolicy{}, []scorecard.Result{a, b, c, without("d", kpi.NoData)}, none(kpi.NoData), "0.05", []string{"item_without_number"}},
		"no result":     {"neither actual nor target: no target is the stronger reason", scorecard.MissingPolicy{}, []scorecard.Result{a, b, c}, none(kpi.NoTarget), "0.05", []string{"item_without_number"}},
		"no target":     {"an actual alone has nothing to be compared with", scorecard.MissingPolicy{}, []scorecard.Result{a, b, c, {Metric: "d", Actual: kpi.Int(9)}}, none(kpi.NoTarget), "0.05", []string{"item_without_number"}},
		"two of a kind": {"the stronger of two that forbid a score", scorecard.MissingPolicy{}, []scorecard.Result{a, b, without("c", kpi.NoData), without("d", kpi.Unpriced)}, none(kpi.Unpriced), "0.25", []string{"item_without_number", "item_without_number"}},
		"forbids and left out": {"what is left out does not give the reason", scorecard.MissingPolicy{}, []scorecard.Result{a, b, without("c", kpi.NoData), without("d", kpi.TooFew)}, none(kpi.NoData), "0.25",
			[]string{"item_without_number", "item_left_out"}},
		"no data counts least": {"36 + 38.5 + 0.2 × 10 + 10", treat(kpi.NoData, scorecard.CountLeast), []scorecard.Result{a, b, without("c", kpi.NoData), d}, num("86.5"), "0.2", []string{"item_counts_least"}},
		"least without floor":  {"36 + 38.5 + 12 + 0", treat(kpi.NoData, scorecard.CountLeast), []scorecard.Result{a, b, c, without("d", kpi.NoData)}, num("86.5"), "0.05", []string{"item_counts_least"}},
		"least of too much":    {"the limit counts every missing item", treat(kpi.NoData, scorecard.CountLeast), []scorecard.Result{a, without("b", kpi.NoData), c, d}, none(kpi.NoData), "0.35", []string{"item_counts_least", "too_much_missing"}},
		"no data left out":     {"(36 + 38.5 + 12)/0.95", treat(kpi.NoData, scorecard.LeaveOut), []scorecard.Result{a, b, c, without("d", kpi.NoData)}, num("1730/19"), "0.05", []string{"item_left_out"}},
		"too few forbids":      {"the default is changed", treat(kpi.TooFew, scorecard.MakeUndefined), []scorecard.Result{a, b, c, without("d", kpi.TooFew)}, none(kpi.TooFew), "0.05", []string{"item_without_number"}},
	} {
		t.Run(name, func(t *testing.T) {
			def := four()
			def.Missing = test.policy
			card := score(t, def, test.results...)
			if card.Score != test.want || card.MissingWeight != num(test.missing) {
				t.Errorf("%s: got %s without %s of the weight, want %s without %s", test.why, card.Score.Exact(), card.MissingWeight, test.want.Exact(), test.missing)
			}
			if got := codes(card.Findings); !slices.Equal(got, test.findings) {
				t.Errorf("%s: findings %q, want %q", test.why, got, test.findings)
			}
		})
	}
}

// The table of the default policy: two reasons are left out, all others
// forbid a score.
func TestMissingEveryReason(t *testing.T) {
	for r := kpi.Unpriced; r <= kpi.NoData; r++ {
		want := kpi.Undefined(r)
		if r == kpi.NotYetDue || r == kpi.TooFew {
			want = kpi.Int(90) // the other three all have 90
		}
		card := score(t, four(), of100("a", 90), of100("b", 90), of100("c", 90), without("d", r))
		if card.Score != want || card.Lines[3].Missing != r {
			t.Errorf("%s: score %s, want %s; line says %q", r, card.Score, want, card.Lines[3].Missing)
		}
	}
}

func TestLines(t *testing.T) {
	card := score(t, four(), of100("a", 90), of100("b", 110), without("c", kpi.TooFew), of100("d", 200))
	// Worked by hand: 0.4, 0.35 and 0.05 of 0.8 are 1/2, 7/16 and 1/16.
	want := []scorecard.Line{
		{Metric: "a", Actual: kpi.Int(90), Target: kpi.Int(100), Attainment: num("0.9"), Points: kpi.Int(90),
			Stated: num("0.4"), Weight: num("1/2"), Contribution: kpi.Int(45)},
		{Metric: "b", Actual: kpi.Int(110), Target: kpi.Int(100), Attainment: num("1.1"), Points: kpi.Int(110),
			Stated: num("0.35"), Weight: num("7/16"), Contribution: num("48.125")},
		{Metric: "c", Actual: kpi.Undefined(kpi.TooFew), Target: kpi.Int(100), Attainment: kpi.Undefined(kpi.TooFew), Points: kpi.Undefined(kpi.TooFew),
			Stated: num("0.2"), Weight: kpi.Int(0), Contribution: kpi.Int(0), Missing: kpi.TooFew},
		{Metric: "d", Actual: kpi.Int(200), Target: kpi.Int(100), Attainment: kpi.Int(2), Points: kpi.Int(200),
			Stated: num("0.05"), Weight: num("1/16"), Contribution: num("12.5")},
	}
	if !reflect.DeepEqual(card.Lines, want) || card.Score != num("105.625") {
		t.Errorf("got %+v\nwant %+v", card.Lines, want)
	}
	undefined := score(t, four(), of100("a", 90), of100("b", 110), of100("c", 60), without("d", kpi.Unpriced))
	for _, line := range undefined.Lines {
		if none := kpi.Undefined(kpi.Unpriced); line.Weight != none || line.Contribution != none || !line.Stated.Defined() {
			t.Errorf("without a score %s has weight %s and contribution %s", line.Metric, line.Weight, line.Contribution)
		}
	}
	if undefined.Lines[0].Points != kpi.Int(90) {
		t.Error("points of an item are lost with the score")
	}
}

// Eleven months of 100 on 100 and one of 10 on 1: the year's score is that of
// its sums, 1110/1101, and not the mean of the months' scores, 175.
func TestYearIsPooled(t *testing.T) {
	card := score(t, single(kpi.HigherIsBetter, scorecard.Curve{}), scorecard.Result{Metric: "m", Actual: kpi.Int(1110), Target: kpi.Int(1101)})
	if got := card.Score.Text(1, kpi.HalfEven); got != "100.8" {
		t.Errorf("the year scores %s", got)
	}
}

func TestScoreErrors(t *testing.T) {
	s := mustNew(t, four())
	_, err := s.Score("", calendar.Period{}, []scorecard.Result{of100("a", 1), of100("x", 1), of100("a", 1)})
	want := []string{"owner missing_id", "period missing_period", "results[1].metric unknown_metric", "results[2].metric duplicate_metric"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, class := range []error{check.ErrMissing, check.ErrUnknown, check.ErrDuplicate} {
		if !errors.Is(err, class) {
			t.Errorf("no %v in %v", class, err)
		}
	}
}

func TestScoreAllErrors(t *testing.T) {
	s := mustNew(t, four())
	figure := func(owner, metric string, p calendar.Period) kpi.Figure {
		return kpi.Figure{Metric: metric, Owner: owner, Period: p, Value: kpi.Int(1)}
	}
	_, err := s.ScoreAll(q1(),
		[]kpi.Figure{figure("li", "a", q1()), figure("li", "a", q1()), figure("", "a", q1()), figure("li", "x", q1())},
		[]kpi.Figure{figure("li", "a", q1()), figure("li", "b", calendar.Calendar{}.MustParse("2026-01"))})
	want := []string{"actuals[1] duplicate_figure", "actuals[2].owner missing_id", "actuals[3].metric unknown_metric", "targets[1].period other_period"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	_, err = s.ScoreAll(calendar.Period{}, []kpi.Figure{figure("li", "a", q1())}, nil)
	if got := problems(err); !slices.Equal(got, []string{"period missing_period"}) {
		t.Errorf("without a period: %q", got)
	}
}

// A target of what has none would be left aside unseen.
func TestTargetWithoutUse(t *testing.T) {
	def := gated()
	def.Items[0] = scorecard.Item{Metric: "discount", Weight: num("0.8"), Direction: kpi.InBand, Within: kpi.Band{Low: kpi.Int(5), High: kpi.Int(10)}}
	s := mustNew(t, def)
	_, err := s.Score("li", q1(), []scorecard.Result{of100("discount", 7), of100("collections", 90), of100("breaches", 0)})
	if got, want := problems(err), []string{"results[0].target metric_without_target", "results[2].target metric_without_target"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	target := func(metric string) kpi.Figure {
		return kpi.Figure{Metric: metric, Owner: "li", Period: q1(), Value: kpi.Int(1)}
	}
	_, err = s.ScoreAll(q1(), nil, []kpi.Figure{target("discount"), target("collections"), target("breaches")})
	if got, want := problems(err), []string{"targets[0].metric metric_without_target", "targets[2].metric metric_without_target"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestScoreAllOfNothing(t *testing.T) {
	cards, err := mustNew(t, four()).ScoreAll(q1(), nil, nil)
	text, _ := json.Marshal(cards)
	if err != nil || string(text) != "[]" {
		t.Errorf("got %s, %v", text, err)
	}
}

func TestZeroScorecard(t *testing.T) {
	card, err := new(scorecard.Scorecard).Score("li", q1(), nil)
	if err != nil || card.Score != (kpi.Value{}) || len(card.Findings) != 0 {
		t.Errorf("a score of no items: %s, %v, %v", card.Score, card.Findings, err)
	}
}

func TestFindingsHaveSentences(t *testing.T) {
	card := func(results ...scorecard.Result) []check.Finding {
		def := four()
		def.Items[1].Direction = kpi.LowerIsBetter
		def.Missing.ByReason = map[kpi.Reason]scorecard.Treatment{kpi.NoAmount: scorecard.CountLeast}
		return score(t, def, results...).Findings
	}
	all := card(without("a", kpi.NoData), scorecard.Result{Metric: "b", Actual: kpi.Int(0), Target: kpi.Int(0)}, without("c", kpi.NoAmount), without("d", kpi.TooFew))
	all = append(all, card(scorecard.Result{Metric: "a", Actual: kpi.Int(-1), Target: kpi.Int(1)})...)
	all = append(all, lintFindings(t)...)
	for _, why := range []string{scorecard.OnRamp, scorecard.OnLeave, scorecard.ShortTenure, scorecard.WithoutTarget, scorecard.WithoutScore, scorecard.SmallPool} {
		all = append(all, check.Finding{Code: why, Subject: "li"}) // reasons of Unranked
	}
	all = append(all, gateFindings(t)...)
	all = append(all, evidenceFindings(t)...)
	ranking, err := scorecard.Rank([]scorecard.Card{{Owner: "li", Period: q1()}, {Owner: "wu", Period: q1()}}, scorecard.Contest{})
	if err != nil || len(ranking.Findings) != 0 {
		t.Errorf("nobody is ranked: %v, %v", ranking.Findings, err)
	}
	all = append(all, ranked(t, scored("li", "1"), scored("wu", "2")).Findings...)
	seen := map[string]bool{}
	for _, f := range all {
		seen[f.Code] = true
		for _, lang := range []string{"en", "zh"} {
			if text := scorecard.Findings().Text(f, lang); strings.ContainsAny(text, "{}") || text == f.Code+" "+f.Subject {
				t.Errorf("%s in %s: %q", f.Code, lang, text)
			}
		}
	}
	for _, template := range scorecard.Findings() {
		if !seen[template.Code] {
			t.Errorf("no case gives %s", template.Code)
		}
	}
}

func score(t *testing.T, def scorecard.Definition, results ...scorecard.Result) scorecard.Card {
	t.Helper()
	card, err := mustNew(t, def).Score("li", q1(), results)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func codes(findings []check.Finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Code)
	}
	return all
}
