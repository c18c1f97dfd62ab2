package target_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// headcount grows from 12 to 24 in 2026, one a month: 13 at the end of
// January, 14, 15, … Amy has three parts of it and Bo one.
func headcount(t testing.TB) *target.Stated {
	s, err := target.StatePath(goalFor("headcount", "12", "24"), kind("headcount", kpi.Level, kpi.Count()), monthly(two()), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func monthly(s target.Split) target.Split {
	s.Grain = calendar.Monthly
	return s
}

// said makes figures of lines such as "amy 2026-01 10".
func said(metric string, lines ...string) []kpi.Figure {
	var figures []kpi.Figure
	for _, line := range lines {
		f := strings.Fields(line)
		figures = append(figures, kpi.Figure{Metric: metric, Owner: f[0], Period: period(f[1]), Value: kpi.MustParse(f[2])})
	}
	return figures
}

func trackStated(t testing.TB, s *target.Stated, owner, asOf string, lines ...string) target.Tracking {
	reached, err := target.ReachedIn(s.Metric().ID, said(s.Metric().ID, lines...))
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Track(owner, reached, target.Input{AsOf: calendar.MustDay(asOf)})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func findingCodes(found []check.Finding) string {
	var codes []string
	for _, f := range found {
		codes = append(codes, f.Code)
	}
	return strings.Join(codes, " ")
}

// A level is judged by the cell of the last period that is over, and its year
// is its last month. Worked by hand.
func TestTrackLevelAlongItsPath(t *testing.T) {
	for _, test := range []struct {
		why, owner, asOf     string
		lines                []string
		actual, expected     string // "" is none
		status               target.Status
		pace, whole, landing kpi.Value
		found                string
	}{
		{"each month on its path", "all", "2026-03-31", []string{"all 2026-01 13", "all 2026-02 14", "all 2026-03 15"}, "15", "15", target.OnTrack,
			kpi.Int(1), kpi.Frac(15, 24), kpi.Int(24), ""},
		{"the year's own reading is as good", "all", "2026-03-31", []string{"all 2026 15"}, "15", "15", target.OnTrack, kpi.Int(1), kpi.Frac(15, 24), kpi.Int(24), ""},
		{"12 of 15", "all", "2026-03-31", []string{"all 2026-03 12"}, "12", "15", target.Behind, kpi.Frac(4, 5), kpi.Frac(1, 2), kpi.Int(21), ""},
		{"inside April it is still March that is over", "all", "2026-04-20", []string{"all 2026-03 15"}, "15", "15", target.OnTrack, kpi.Int(1), kpi.Frac(15, 24), kpi.Int(24), ""},
		{"what April reads so far is newer", "all", "2026-04-20", []string{"all 2026-03 15", "all 2026-04 18"}, "18", "15", target.OnTrack, kpi.Frac(6, 5), kpi.Frac(3, 4), kpi.Int(27), ""},
		{"a reading of January says nothing of March", "all", "2026-03-31", []string{"all 2026-01 13"}, "", "15", target.NoData, kpi.Value{}, kpi.Value{}, kpi.Value{}, ""},
		{"no month is over", "all", "2026-01-30", []string{"all 2026-01 13"}, "13", "", target.TooEarly, kpi.Undefined(kpi.NotYetDue), kpi.Frac(13, 24), kpi.Undefined(kpi.NotYetDue), ""},
		{"13 are ¾ and ¼: 10 and 3 by the larger remainder; 15 are 11 and 4", "all", "2026-03-31", []string{"amy 2026-03 11", "bo 2026-03 4"}, "15", "15", target.OnTrack,
			kpi.Int(1), kpi.Frac(15, 24), kpi.Int(24), ""},
		{"a team that says nothing adds nothing, and that is said", "all", "2026-03-31", []string{"amy 2026-03 11"}, "11", "15", target.Behind,
			kpi.Frac(11, 15), kpi.Frac(11, 24), kpi.Int(20), "no_data_below"},
		{"Amy alone", "amy", "2026-03-31", []string{"amy 2026-03 11"}, "11", "11", target.OnTrack, kpi.Int(1), kpi.Frac(11, 18), kpi.Int(18), ""},
		{"met at the end", "all", "2026-12-31", []string{"amy 2026-12 18", "bo 2026-12 6"}, "24", "24", target.Met, kpi.Int(1), kpi.Int(1), kpi.Int(24), ""},
		{"not begun", "all", "2025-12-31", []string{"all 2026 13"}, "", "", target.NotStarted, kpi.Undefined(kpi.NotYetDue), kpi.Undefined(kpi.NotYetDue), kpi.Undefined(kpi.NotYetDue), ""},
	} {
		got := trackStated(t, headcount(t), test.owner, test.asOf, test.lines...)
		if got.Status != test.status || got.Pace != test.pace || got.Attainment != test.whole || got.Landing.RestOfPlan != test.landing || findingCodes(got.Findings) != test.found {
			t.Errorf("%s: %v, pace %v, of the whole %v, landing %v, %v", test.why, got.Status, got.Pace, got.Attainment, got.Landing.RestOfPlan, got.Findings)
		}
		for name, pair := range map[string][2]string{"actual": {got.Actual.String(), test.actual}, "expected": {got.Expected.String(), test.expected}} {
			if pair[1] != "" && pair[0] != pair[1] || pair[1] == "" && !strings.HasPrefix(pair[0], "undefined") {
				t.Errorf("%s: %s %s; want %q", test.why, name, pair[0], pair[1])
			}
		}
	}
}

// deals are those that are expected to close: 100, 50 and 50 in the months of
// the first quarter, on a path from 24 to 30 %: 26, 28 and 30 %.
func winRate(t testing.TB, expected ...string) *target.Stated {
	g := goalFor("win_rate", "0.24", "0.30")
	g.Period = period("2026-Q1")
	s, err := target.StatePath(g, kind("win_rate", kpi.RatioOfSums, kpi.Share(1)), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "all"}}, said("closed_count", expected...))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTrackRatioAlongItsPath(t *testing.T) {
	deals := []string{"all 2026-01 100", "all 2026-02 50", "all 2026-03 50"}
	for _, test := range []struct {
		why, asOf      string
		deals, lines   []string
		expected, pace kpi.Value
		status         target.Status
		target         kpi.Value
		found          string
	}{
		{"26 of 100 and 14 of 50 are 40 of 150", "2026-02-28", deals, []string{"all 2026-Q1 0.27"}, kpi.Frac(40, 150), kpi.Frac(27*150, 4000), target.OnTrack, kpi.MustParse("0.275"), "path_mean"},
		{"and 15 of the 31 days of March: 293 of 1080", "2026-03-15", deals, []string{"all 2026-Q1 0.2"}, kpi.Frac(293, 1080), kpi.Frac(216, 293), target.Behind, kpi.MustParse("0.275"), "path_mean"},
		{"55 of 200 is what the path makes of the quarter", "2026-03-31", deals, []string{"all 2026-Q1 0.275"}, kpi.MustParse("0.275"), kpi.Int(1), target.Met, kpi.MustParse("0.275"), "path_mean"},
		{"January's figure is that of the days so far", "2026-01-20", deals, []string{"all 2026-01 0.26"}, kpi.MustParse("0.26"), kpi.Int(1), target.OnTrack, kpi.MustParse("0.275"), "path_mean"},
		{"rates of months make no rate of the quarter", "2026-02-28", deals, []string{"all 2026-01 0.26", "all 2026-02 0.28"}, kpi.Frac(40, 150), kpi.Value{}, target.NoData, kpi.MustParse("0.275"), "path_mean"},
		{"without weights nothing says what is due", "2026-02-28", nil, []string{"all 2026-Q1 0.27"}, kpi.Value{}, kpi.Undefined(kpi.NoTarget), target.NoData, kpi.MustParse("0.3"), "weights_missing"},
		{"in January there is but one cell", "2026-01-31", nil, []string{"all 2026-Q1 0.26"}, kpi.MustParse("0.26"), kpi.Int(1), target.OnTrack, kpi.MustParse("0.3"), ""},
	} {
		got := trackStated(t, winRate(t, test.deals...), "all", test.asOf, test.lines...)
		if got.Expected != test.expected || got.Pace != test.pace || got.Status != test.status || got.Target != test.target || got.PeriodTarget != kpi.MustParse("0.3") || findingCodes(got.Findings) != test.found {
			t.Errorf("%s: due %v, pace %v, %v, target %v of %v, %v", test.why, got.Expected, got.Pace, got.Status, got.Target, got.PeriodTarget, got.Findings)
		}
	}
}

// A team whose targets do not roll up has figures and no target: that is
// another thing than no figures.
func TestTrackStatedWithoutTarget(t *testing.T) {
	h1 := period("2026-H1")
	rate := kind("win_rate", kpi.RatioOfSums, kpi.Share(1))
	s, err := target.State(goalFor("win_rate", "", "0.5"), rate, two(), []target.StatedCell{{Owner: "amy", Period: h1, Value: kpi.Frac(1, 2)}, {Owner: "amy", Period: period("2026-H2"), Value: kpi.Frac(3, 5)}})
	if err != nil {
		t.Fatal(err)
	}
	for owner, want := range map[string]string{"bo": "owner_without_target", "amy": "weights_missing"} {
		got := trackStated(t, s, owner, "2026-09-30", owner+" 2026 0.4")
		if got.Actual != kpi.Frac(2, 5) || got.Attainment.Reason() != kpi.NoTarget || got.Status != target.NoData || findingCodes(got.Findings) != want {
			t.Errorf("%s: %v, %v, %v, %v", owner, got.Actual, got.Attainment, got.Status, got.Findings)
		}
	}
}

func TestTrackDistinctCount(t *testing.T) {
	s, err := target.StateFlat(goalFor("active_customer_count", "", "40"), kind("active_customer_count", kpi.Distinct, kpi.Count()), two(), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := trackStated(t, s, "all", "2026-07-31", "all 2026 38", "all 2026-H1 30")
	if got.Actual != kpi.Int(38) || got.Expected != kpi.Int(40) || got.Pace != kpi.Frac(38, 40) {
		t.Errorf("%v of %v", got.Actual, got.Expected)
	}
	if got := trackStated(t, s, "amy", "2026-07-31", "amy 2026 38"); got.Attainment.Reason() != kpi.NoTarget || findingCodes(got.Findings) != "owner_without_target" {
		t.Error(got.Attainment, got.Findings)
	}
}

func TestTrackStatedErrors(t *testing.T) {
	if _, err := headcount(t).Track("zoe", nil, target.Input{AsOf: calendar.MustDay("2026-03-31")}); !errors.Is(err, check.ErrUnknown) {
		t.Error(err)
	}
	if _, err := (&target.Stated{}).Track("all", nil, target.Input{}); !errors.Is(err, check.ErrUnknown) {
		t.Error("nobody is an owner of nothing:", err)
	}
	if _, err := headcount(t).Track("all", nil, target.Input{}); !slices.Equal(problems(err), []string{"as_of missing_day"}) {
		t.Errorf("%q", problems(err))
	}
	if got, err := headcount(t).Track("all", nil, target.Input{AsOf: calendar.MustDay("2026-03-31")}); err != nil || got.Status != target.NoData {
		t.Error(got.Status, err)
	}
	if _, err := target.ReachedIn("headcount", said("headcount", "all 2026 1", "all 2026 2")); !slices.Equal(problems(err), []string{"figures[1].period duplicate_period"}) {
		t.Errorf("%q", problems(err))
	}
}

// Whoever walks the path is never behind it, whatever the kind, the weights
// and the day.
func TestOnThePathIsOnTrack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := calendar.MustDay("2026-01-01").Add(rapid.IntRange(0, 364).Draw(t, "day"))
		from, to := rapid.Int64Range(1, 50).Draw(t, "from"), rapid.Int64Range(1, 50).Draw(t, "to")
		var expected []string
		for m := 1; m <= 12; m++ {
			expected = append(expected, fmt.Sprintf("all 2026-%02d %d", m, rapid.IntRange(1, 9).Draw(t, "deals")))
		}
		ratio, err := target.StatePath(goalFor("rate", kpi.Frac(from, 100).String(), kpi.Frac(to, 100).String()), kind("rate", kpi.RatioOfSums, kpi.Share(1)),
			target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "all"}}, said("deals", expected...))
		if err != nil {
			t.Fatal(err)
		}
		// The slow way: the deals of each day at the rate of their month.
		num, den := kpi.Int(0), kpi.Int(0)
		for i, p := range ratio.Periods() {
			deals := said("deals", expected[i])[0].Value.Mul(kpi.Frac(int64(p.Elapsed(day)), int64(p.Days())))
			num, den = num.Add(ratio.Cell("all", p).Mul(deals)), den.Add(deals)
		}
		got, err := ratio.Track("all", func(string, calendar.Period) kpi.Value { return num.Div(den) }, target.Input{AsOf: day})
		if err != nil || got.Pace != kpi.Int(1) || got.Status != target.OnTrack && got.Status != target.TooEarly && got.Status != target.Met {
			t.Fatal(got.Expected, got.Actual, got.Status, err)
		}
		level, err := target.StatePath(goalFor("level", kpi.Int(from).String(), kpi.Int(to).String()), kind("level", kpi.Level, kpi.Count()), monthly(two()), nil)
		if err != nil {
			t.Fatal(err)
		}
		walk := func(owner string, p calendar.Period) kpi.Value {
			if owner == "all" || p.Last() > day || p.Days() > 31 {
				return kpi.Value{}
			}
			return level.Cell(owner, p)
		}
		got, err = level.Track("all", walk, target.Input{AsOf: day})
		if err != nil || got.Expected.Defined() && got.Pace != kpi.Int(1) {
			t.Fatal(got.Expected, got.Actual, got.Status, err)
		}
	})
}

func ExampleStated_Track() {
	goal := target.Goal{ID: "people", Metric: "headcount", Owner: "company", Period: calendar.Calendar{}.MustParse("2026"),
		Baseline: kpi.Int(12), Target: kpi.Int(24)}
	people := kpi.Metric{ID: "headcount", Additivity: kpi.Level}
	teams := target.Node{ID: "company", Children: []target.Node{{ID: "east"}, {ID: "west"}}}
	path, err := target.StatePath(goal, people, target.Split{Grain: calendar.Monthly, Owners: teams}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	march := calendar.Calendar{}.MustParse("2026-03")
	reached, err := target.ReachedIn("headcount", []kpi.Figure{
		{Metric: "headcount", Owner: "east", Period: march, Value: kpi.Int(8)},
		{Metric: "headcount", Owner: "west", Period: march, Value: kpi.Int(7)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	t, err := path.Track("company", reached, target.Input{AsOf: march.Last()})
	fmt.Println(t.Actual, "of", t.Expected, "due by now,", t.Status, err)
	fmt.Println(kpi.Share(1).Text(t.Attainment), "of", t.Target)
	// Output:
	// 15 of 15 due by now, on_track <nil>
	// 62.5 % of 24
}
