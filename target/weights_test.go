package target_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// sentences checks that findings have the codes, in order, and that each has
// a whole sentence in both languages.
func sentences(t *testing.T, found []check.Finding, codes ...string) {
	t.Helper()
	got := []string{}
	for _, f := range found {
		got = append(got, strings.TrimSpace(f.Code+" "+f.Subject))
		for _, lang := range []string{"en", "zh"} {
			if text := target.Findings().Text(f, lang); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, f.Code) {
				t.Errorf("%s in %s: %s", f.Code, lang, text)
			}
		}
	}
	if !slices.Equal(got, codes) {
		t.Errorf("findings %q; want %q", got, codes)
	}
}

// weekdays is a work calendar without holidays.
func weekdays(t testing.TB, label string) calendar.WorkCalendar {
	t.Helper()
	work, err := calendar.NewWorkCalendar(calendar.WorkDays{Covers: period(label), Weekend: calendar.WeekdaysOf(6, 0)})
	if err != nil {
		t.Fatal(err)
	}
	return work
}

func split(t testing.TB, label string, g calendar.Grain) []calendar.Period {
	t.Helper()
	periods, err := calendar.Calendar{}.Split(period(label), g)
	if err != nil {
		t.Fatal(err)
	}
	return periods
}

func wantWeights(t *testing.T, got, want target.Weights) {
	t.Helper()
	if len(got) != len(want) {
		t.Error(got)
	}
	for key, w := range want {
		if got[key] != w {
			t.Errorf("%s: %v; want %v", key, got[key], w)
		}
	}
}

func TestWeightsOfPeriods(t *testing.T) {
	cal, months := calendar.Calendar{}, split(t, "2026-Q1", calendar.Monthly)
	wantWeights(t, target.DayWeights(cal, months), target.Weights{"2026-01": kpi.Int(31), "2026-02": kpi.Int(28), "2026-03": kpi.Int(31)})

	// 1 January 2026 is a Thursday: 22, 20 and 22 days from Monday to Friday.
	working, err := target.WorkDayWeights(cal, weekdays(t, "2026"), months)
	if err != nil {
		t.Fatal(err)
	}
	wantWeights(t, working, target.Weights{"2026-01": kpi.Int(22), "2026-02": kpi.Int(20), "2026-03": kpi.Int(22)})
	phasing, err := working.Phasing(cal, months)
	if err != nil || !slices.Equal(phasing.Weights, ints(22, 20, 22)) {
		t.Error(phasing, err)
	}
	if _, err := working.Phasing(cal, split(t, "2026", calendar.Monthly)); err == nil {
		t.Error("April has no weight")
	}
	if _, err := target.WorkDayWeights(cal, weekdays(t, "2025"), months); len(problems(err)) != 3 {
		t.Error("no month of 2026 is covered:", err)
	}
}

func TestBlendAndProduct(t *testing.T) {
	even, potential := target.EvenWeights("a", "b"), target.Weights{"a": kpi.Int(10), "b": kpi.Int(30)}
	half := kpi.Frac(1, 2)
	blend, err := target.Blend(target.Part{Weights: even, Share: half}, target.Part{Weights: potential, Share: half})
	if err != nil {
		t.Fatal(err)
	}
	wantWeights(t, blend, target.Weights{"a": kpi.Frac(3, 8), "b": kpi.Frac(5, 8)}) // ½·½ + ½·¼
	product, err := target.Product(potential, target.Weights{"a": kpi.Int(3), "b": kpi.Int(1)})
	if err != nil {
		t.Fatal(err)
	}
	wantWeights(t, product, target.Weights{"a": kpi.Int(30), "b": kpi.Int(30)})

	_, err = target.Blend(target.Part{Weights: even, Share: kpi.Int(-1)}, target.Part{Weights: target.Weights{"c": kpi.Int(1)}, Share: half})
	want := []string{"parts[0].share negative_weight", "parts[0].c missing_weight", "parts[1].a missing_weight", "parts[1].b missing_weight"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Error(got)
	}
	if _, err := target.Product(even, target.Weights{"a": kpi.Int(0), "b": kpi.Int(0)}); err == nil {
		t.Error("nobody receives")
	}
}

func TestSellerHistory(t *testing.T) {
	// 300 and 100 have a mean of 200; half of it own: 150 + 100 and 50 + 100.
	h := target.SellerHistory{Own: target.Weights{"a": kpi.Int(300), "b": kpi.Int(100)}, Ramp: target.Weights{"c": kpi.Frac(1, 2)}}
	w, found, err := h.Weights("c", "a", "b", "d")
	if err != nil {
		t.Fatal(err)
	}
	wantWeights(t, w, target.Weights{"a": kpi.Int(250), "b": kpi.Int(150), "c": kpi.Int(100), "d": kpi.Int(200)})
	sentences(t, found, "without_history c", "without_history d")

	// 400 by potential 1 to 3 is 100 and 300: 150 + 50 and 50 + 150.
	h.Potential = target.Weights{"a": kpi.Int(1), "b": kpi.Int(3)}
	if w, _, err = h.Weights("a", "b"); err != nil {
		t.Fatal(err)
	}
	wantWeights(t, w, target.Weights{"a": kpi.Int(200), "b": kpi.Int(200)})

	if w, _, err = (target.SellerHistory{}).Weights("a", "b"); err != nil || w["a"] != kpi.Int(1) {
		t.Error("nobody has a history: all alike", w, err)
	}
	if w, _, err = (target.SellerHistory{Own: target.Weights{"a": kpi.Int(0)}}).Weights("a", "b"); err != nil || w["b"] != kpi.Int(1) || w["a"] != kpi.Int(1) {
		t.Error("where nobody sold anything nothing tells them apart", w, err)
	}
	h = target.SellerHistory{Own: target.Weights{"a": kpi.Int(-1)}, Potential: target.Weights{}, OwnShare: kpi.Int(50)}
	_, _, err = h.Weights("a", "a")
	want := []string{"potential.a missing_weight", "own.a negative_weight", "owners[1] duplicate_owner",
		"potential.a missing_weight", "own.a negative_weight", "own_share not_a_share"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Error(got)
	}
}

// Where the past tells nothing, potential does.
func TestSellerHistoryTellsNothing(t *testing.T) {
	potential := target.Weights{"a": kpi.Int(100_000), "b": kpi.Int(300_000)}
	half := target.Weights{"b": kpi.Frac(1, 2), "c": kpi.Frac(1, 2)}
	tests := map[string]struct {
		why  string
		h    target.SellerHistory
		want target.Weights
	}{
		"all zero":            {"a and b by potential; c gets half of their mean of 200,000, and not half of 1", target.SellerHistory{Own: target.Weights{"a": kpi.Int(0), "b": kpi.Int(0)}, Potential: potential, Ramp: half}, target.Weights{"a": kpi.Int(100_000), "b": kpi.Int(300_000), "c": kpi.Int(100_000)}},
		"all zero, no market": {"alike, and c half of that", target.SellerHistory{Own: target.Weights{"a": kpi.Int(0), "b": kpi.Int(0)}, Ramp: half}, target.Weights{"a": kpi.Int(1), "b": kpi.Int(1), "c": kpi.Frac(1, 2)}},
		"nobody":              {"potential is all there is; b and c ramp", target.SellerHistory{Potential: target.Weights{"a": kpi.Int(10), "b": kpi.Int(30), "c": kpi.Int(4)}, Ramp: half}, target.Weights{"a": kpi.Int(10), "b": kpi.Int(15), "c": kpi.Int(2)}},
		"nobody, no market":   {"ramp is all there is", target.SellerHistory{Ramp: half}, target.Weights{"a": kpi.Int(1), "b": kpi.Frac(1, 2), "c": kpi.Frac(1, 2)}},
		"one cent":            {"the mean of 0.01 and 0 is half a cent: that is history, and c ramps to half of it", target.SellerHistory{Own: target.Weights{"a": kpi.Minor(1, 2), "b": kpi.Int(0)}, Ramp: half}, target.Weights{"a": kpi.Frac(3, 400), "b": kpi.Frac(1, 400), "c": kpi.Frac(1, 400)}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			w, _, err := test.h.Weights("c", "a", "b")
			if err != nil {
				t.Fatal(err)
			}
			wantWeights(t, w, test.want)
		})
	}
	_, _, err := target.SellerHistory{Potential: potential}.Weights("a", "c")
	if got := problems(err); !slices.Equal(got, []string{"potential.c missing_weight"}) {
		t.Errorf("nobody has a history, so c needs potential: %q", got)
	}
	_, _, err = target.SellerHistory{Own: target.Weights{"a": kpi.Int(5)}, Potential: target.Weights{"a": kpi.Int(0)}}.Weights("a", "b")
	if got := problems(err); !slices.Equal(got, []string{"potential all_weights_zero"}) {
		t.Errorf("%q", got)
	}
}

func TestSeason(t *testing.T) {
	halves := split(t, "2026", calendar.HalfYearly)
	s := target.Season{Grain: calendar.HalfYearly, Years: 2, Known: through("2024-01-01", "2025-12-31"), History: []kpi.Figure{
		figure("a", "2025-H1", "181"), figure("a", "2025-H2", "552"), // one and three a day, 733 ÷ 365 on the mean
		figure("a", "2024-H1", "364"), figure("a", "2024-H2", "368"), // two a day in both, 182 and 184 days
	}}
	w, found, err := s.Weights(halves)
	if err != nil {
		t.Fatal(err)
	}
	wantWeights(t, w, target.Weights{
		"2026-H1": kpi.Frac(181*549, 733), // (365 ÷ 733 + 1) ÷ 2 = 549 ÷ 733
		"2026-H2": kpi.Frac(184*914, 733), // (1095 ÷ 733 + 1) ÷ 2 = 914 ÷ 733
	})
	sentences(t, found)

	s.Known = through("2025-07-01", "2025-12-31") // one half of one year: its index is 1 and so is the unknown one's
	if w, found, err = s.Weights(halves); err != nil {
		t.Fatal(err)
	}
	wantWeights(t, w, target.Weights{"2026-H1": kpi.Int(181), "2026-H2": kpi.Int(184)})
	sentences(t, found, "season_incomplete")

	s.Known = calendar.Period{}
	if w, found, err = s.Weights(halves); err != nil {
		t.Fatal(err)
	}
	wantWeights(t, w, target.Weights{"2026-H1": kpi.Int(181), "2026-H2": kpi.Int(184)})
	sentences(t, found, "season_unknown")

	s.Known, s.Years, s.History = period("2025"), 1, []kpi.Figure{figure("a", "2025-H1", "-10"), figure("a", "2025-H2", "20")}
	if w, found, err = s.Weights(halves); err != nil || w["2026-H1"] != kpi.Int(0) {
		t.Error(w, err)
	}
	sentences(t, found, "season_negative 2026-H1")
}

// A season is learned by working days: the shorter month of the target year
// gets less although its history was the same.
func TestSeasonByWorkingDays(t *testing.T) {
	s := target.Season{Grain: calendar.Quarterly, Years: 1, Known: period("2025"), Work: weekdays(t, "2025-01-01/2027-01-01")}
	for i, q := range split(t, "2025", calendar.Quarterly) {
		days, _ := s.Work.Count(q)
		s.History = append(s.History, kpi.Figure{Metric: "won_value", Owner: "a", Period: q, Value: kpi.Int(days * int64(i+1))})
	}
	quarters := split(t, "2026", calendar.Quarterly)
	w, _, err := s.Weights(quarters)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := s.Work.Count(quarters[0])
	for i, q := range quarters { // rates 1, 2, 3 and 4 a day, by the days of 2026
		days, _ := s.Work.Count(q)
		label := calendar.Calendar{}.Label(q)
		if got, want := w[label].Div(w["2026-Q1"]), kpi.Frac(days*int64(i+1), first); got != want {
			t.Errorf("%s: %v; want %v", label, got, want)
		}
	}
}

func TestSeasonErrors(t *testing.T) {
	s := target.Season{Grain: calendar.Monthly, Years: 1, Known: period("2025"), History: []kpi.Figure{
		figure("a", "2025-01", "1"), figure("b", "2025-01", "1"), figure("a", "2025-Q1", "1"),
	}}
	_, _, err := s.Weights(split(t, "2026", calendar.HalfYearly))
	want := []string{"periods[0] off_boundary", "periods[1] off_boundary", "history[1] other_series", "history[1].period duplicate_period", "history[2].period off_boundary"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Error(got)
	}
	if _, _, err := (target.Season{Grain: calendar.Weekly, Years: 1}).Weights(nil); !slices.Equal(problems(err), []string{"grain not_part_of_a_year"}) {
		t.Error(err)
	}
	if _, _, err := (target.Season{Grain: calendar.Weekly}).Weights(nil); !slices.Equal(problems(err), []string{"grain not_part_of_a_year", "years not_a_number_of_years"}) {
		t.Error(err)
	}
	if _, _, err := (target.Season{Grain: calendar.Monthly}).Weights(nil); !slices.Equal(problems(err), []string{"years not_a_number_of_years"}) {
		t.Error(err)
	}
}

// Nobody is left without a target for lack of history, and who sold more
// never weighs less.
func TestSellerHistoryProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		own, owners := target.Weights{}, []string{"a", "b", "c", "d"}
		for _, owner := range owners {
			if rapid.Bool().Draw(t, owner+" known") {
				own[owner] = kpi.Int(rapid.Int64Range(0, 50).Draw(t, owner))
			}
		}
		own["a"] = kpi.Int(7)
		w, _, err := target.SellerHistory{Own: own}.Weights(rapid.Permutation(owners).Draw(t, "order")...)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range owners {
			if w[x].Sign() <= 0 {
				t.Fatalf("%s weighs %v", x, w[x])
			}
			for _, y := range owners {
				if own[x].Less(own[y]) && w[y].Less(w[x]) {
					t.Fatal(x, y, w)
				}
			}
		}
	})
}
