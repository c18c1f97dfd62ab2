package target_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// mondayToFriday works from Monday to Friday but for 1 January 2026.
func mondayToFriday(from, last string) calendar.WorkCalendar {
	c, err := calendar.NewWorkCalendar(calendar.WorkDays{
		Covers: through(from, last), Weekend: calendar.WeekdaysOf(time.Saturday, time.Sunday),
		Holidays: []calendar.Day{calendar.MustDay("2026-01-01")},
	})
	if err != nil {
		panic(err)
	}
	return c
}

// tenDays is the period of the small examples: Thursday 1 to Saturday 10
// January 2026; 2, 5, 6, 7, 8 and 9 January are working days.
func tenDays(amount string) []kpi.Figure {
	return []kpi.Figure{figure("amy", "2026-01-01/2026-01-11", amount)}
}

func TestWorkingDays(t *testing.T) {
	work := mondayToFriday("2026-01-01", "2026-01-31")
	tests := map[string]struct {
		why    string
		curve  target.Curve
		actual int64
		asOf   string
		expect string // worked by hand
	}{
		"half way":         {"3 of 6 working days are over on Tuesday the 6th: 60 × 3/6; 24 left in 3 days", target.Linear, 36, "2026-01-06", "on_track 3/6 target 60 expected 30 actual 36 attained 0.6 pace 1.2 required 8 landing 72 66"},
		"along the plan":   {"one period of the plan is a line too", target.ByPlan, 36, "2026-01-06", "on_track 3/6 target 60 expected 30 actual 36 attained 0.6 pace 1.2 required 8 landing 72 66"},
		"only a day off":   {"nothing is due on New Year, and no rate is known", target.Linear, 0, "2026-01-01", "too_early 0/6 target 60 expected 0 actual 0 attained 0 pace zero_denominator required 10 landing zero_denominator 60"},
		"before the start": {"60 in 6 working days", target.Linear, 0, "2025-12-31", "not_started 0/6 target 60 expected 0 actual not_yet_due attained not_yet_due pace not_yet_due required 10 landing not_yet_due not_yet_due"},
		"only a day to come": {"Friday is over: all is due, Saturday is a day off, and there is no verdict before it is over", target.Linear, 54, "2026-01-09",
			"at_risk 6/6 target 60 expected 60 actual 54 attained 0.9 pace 0.9 required no_time_left landing 54 54"},
		"over": {"Saturday is over", target.Linear, 54, "2026-01-10", "missed 6/6 target 60 expected 60 actual 54 attained 0.9 pace 0.9 required no_time_left landing 54 54"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := target.Track(target.Input{
				Metric: money(0), Plan: tenDays("60"), Actual: kpi.Int(test.actual), AsOf: calendar.MustDay(test.asOf), Curve: test.curve, WorkDays: work,
			})
			if err != nil || summary(got) != test.expect || !got.WorkingDays {
				t.Errorf("%s %v\n got %s\nwant %s", test.why, err, summary(got), test.expect)
			}
			roundTrip(t, got)
		})
	}
}

// A period of the plan without a working day is due by its days.
func TestWeekendPlan(t *testing.T) {
	plan := append(tenDays("60"), figure("amy", "2026-01-11/2026-01-12", "5"))
	got, err := target.Track(target.Input{
		Metric: money(0), Plan: plan, Actual: kpi.Int(60), AsOf: calendar.MustDay("2026-01-11"), WorkDays: mondayToFriday("2026-01-01", "2026-01-31"),
	})
	if err != nil || got.Expected != kpi.Int(65) || got.Status != target.Missed {
		t.Error(err, summary(got))
	}
}

func TestShares(t *testing.T) {
	late := []target.SharePoint{{At: kpi.Frac(1, 2), Share: kpi.Frac(1, 10)}, {At: kpi.Frac(9, 10), Share: kpi.Frac(1, 2)}}
	tests := map[string]struct {
		why          string
		shares       []target.SharePoint
		asOf         string
		expect, next string
	}{
		"on a point":   {"half of the days, a tenth of 100", late, "2026-01-05", "10", ""},
		"between":      {"0.7 lies half way from 0.5 to 0.9: 10 + 40/2", late, "2026-01-07", "30", ""},
		"before":       {"0.2 of the days is 0.4 of the way to the first point", late, "2026-01-02", "4", ""},
		"over":         {"all of it at the end, whatever the last point says", late, "2026-01-10", "100", ""},
		"a step":       {"two points at one place: 0.2 at once when half has passed", []target.SharePoint{{At: kpi.Frac(1, 2), Share: kpi.Int(0)}, {At: kpi.Frac(1, 2), Share: kpi.Frac(2, 10)}}, "2026-01-05", "20", ""},
		"ends early":   {"all is due half way", []target.SharePoint{{At: kpi.Frac(1, 2), Share: kpi.Int(1)}}, "2026-01-08", "100", ""},
		"ends in time": {"a last point at 1 is the end itself", []target.SharePoint{{At: kpi.Frac(1, 2), Share: kpi.Frac(1, 2)}, {At: kpi.Int(1), Share: kpi.Int(1)}}, "2026-01-08", "80", ""},
	}
	for name, test := range tests {
		got, err := target.Track(target.Input{Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(1), AsOf: calendar.MustDay(test.asOf), Curve: target.ByShares, Shares: test.shares})
		if err != nil || got.Expected != kpi.MustParse(test.expect) {
			t.Errorf("%s: %v %v; want %s: %s", name, err, got.Expected, test.expect, test.why)
		}
	}
	part, err := target.Track(target.Input{
		Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(20), AsOf: calendar.MustDay("2026-01-07"), Curve: target.ByShares, Shares: late, Known: through("2026-01-06", "2026-01-10"),
	})
	if err != nil || part.Target != kpi.Int(90) || part.Expected != kpi.Int(20) {
		t.Error("known from the 6th on: the other half with its 90, of which 30 − 10 are due; not", err, part.Target, part.Expected)
	}
}

// What is required along a curve: 42 are missing and the curve holds 70 more
// of 100, of which 10 tomorrow: 42 × 10/70.
func TestRequiredNext(t *testing.T) {
	got, err := target.Track(target.Input{
		Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(58), AsOf: calendar.MustDay("2026-01-07"), Curve: target.ByShares,
		Shares: []target.SharePoint{{At: kpi.Frac(1, 2), Share: kpi.Frac(1, 10)}, {At: kpi.Frac(9, 10), Share: kpi.Frac(1, 2)}},
	})
	if err != nil || got.RequiredNext != kpi.Int(6) || got.Required != kpi.Int(14) {
		t.Error(err, got.RequiredNext, got.Required)
	}
	if want := kpi.Int(58).Div(kpi.Frac(30, 100)); got.Landing.Curve != want {
		t.Error("58 at 30 % is 193.3, not", got.Landing.Curve)
	}
	early, err := target.Track(target.Input{Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(58), AsOf: calendar.MustDay("2026-01-01"), Forecast: kpi.Int(99)})
	if err != nil || early.Landing.Curve.Reason() != kpi.Immature || early.Landing.Forecast != kpi.Int(99) {
		t.Error("10 % of the curve is under 15 %:", err, early.Landing)
	}
}

func TestSeasonalShares(t *testing.T) {
	// January has 21 working days without New Year, February 20.
	season := []target.SeasonPart{{Period: period("2026-01"), Weight: kpi.Int(1)}, {Period: period("2026-02"), Weight: kpi.Int(3)}}
	got, err := target.SeasonalShares(season, mondayToFriday("2026-01-01", "2026-12-31"))
	want := []target.SharePoint{{At: kpi.Frac(21, 41), Share: kpi.Frac(1, 4)}, {At: kpi.Int(1), Share: kpi.Int(1)}}
	if err != nil || !slices.Equal(got, want) {
		t.Error(got, err)
	}
	got, err = target.SeasonalShares(season, calendar.WorkCalendar{})
	if err != nil || got[0].At != kpi.Frac(31, 59) {
		t.Error(got, err)
	}
	_, err = target.SeasonalShares([]target.SeasonPart{{}, {Period: period("2027-01"), Weight: kpi.Int(-1)}, {Period: period("2027-03"), Weight: kpi.Int(1)}}, mondayToFriday("2026-01-01", "2026-12-31"))
	wrong := []string{"season[0].period missing_period", "season[1].period not_the_next", "work_days outside_covers",
		"season[2].period not_the_next", "work_days outside_covers", "season[0] missing_weight", "season[1] negative_weight"}
	if got := problems(err); !slices.Equal(got, wrong) {
		t.Error(strings.Join(got, "\n"))
	}
}

func TestCurveErrors(t *testing.T) {
	frac := kpi.Frac(1, 2)
	in := target.Input{
		Metric: money(0), Plan: tenDays("1"), AsOf: calendar.MustDay("2026-01-05"), Curve: target.ByShares, WorkDays: mondayToFriday("2026-01-01", "2026-01-05"),
		History: &target.History{
			Periods: []calendar.Period{{}, period("2025-02"), through("2025-01-15", "2025-02-01")},
			Days:    []target.DayAmount{{}, {Day: 1 << 30, Value: kpi.Int(1)}},
		},
		Earlier: []target.Stood{{}, {AsOf: calendar.MustDay("2026-01-02"), Status: 99, Plain: 99}, {AsOf: calendar.MustDay("2026-01-02")}},
	}
	_, err := target.Track(in)
	want := []string{
		"shares missing_shares",
		"history.periods[0] missing_period", "history.periods overlap",
		"history.days[0].day missing_day", "history.days[0].value missing_amount", "history.days[1].day year_out_of_range",
		"work_days outside_covers", "work_days outside_covers", "work_days outside_covers",
		"earlier[0].as_of missing_day", "earlier[1].status unknown_word", "earlier[1].plain unknown_word", "earlier[2].as_of duplicate_review",
	}
	if got := problems(err); !slices.Equal(got, want) {
		t.Error(strings.Join(got, "\n"))
	}
	in = target.Input{Metric: money(0), Plan: tenDays("1"), AsOf: in.AsOf, Curve: target.Learned,
		Shares:     []target.SharePoint{{At: frac, Share: frac}, {At: kpi.Frac(1, 3), Share: kpi.Int(2)}, {}},
		Thresholds: target.Thresholds{Margin: kpi.Int(-1), Landing: kpi.Int(15)}}
	_, err = target.Track(in)
	want = []string{"history missing_history", "shares[1].at not_rising", "shares[1].share not_a_share", "shares[2].at missing_share", "shares[2].share missing_share",
		"thresholds.margin not_a_share", "thresholds.landing not_a_share"}
	if got := problems(err); !slices.Equal(got, want) || !errors.Is(err, check.ErrRange) {
		t.Error(strings.Join(got, "\n"))
	}
}

// seven gives a history of periods of ten days in 2025, from 1 January on:
// in each, all of its 100 but a rest comes on day five, the rest at the end.
func history(onFive ...int64) *target.History {
	h := &target.History{}
	first := calendar.MustDay("2025-01-01")
	for i, amount := range onFive {
		start := first.Add(10 * i)
		p, _ := calendar.NewPeriod(start, start.Add(10))
		h.Periods = append(h.Periods, p)
		h.Days = append(h.Days, target.DayAmount{Day: start.Add(4), Value: kpi.Int(amount)}, target.DayAmount{Day: start.Add(9), Value: kpi.Int(100 - amount)})
	}
	return h
}

func TestLearned(t *testing.T) {
	seven := history(10, 20, 30, 40, 50, 60, 70)
	five, less := history(10, 20, 30, 40, 50), history(10, 20, 30, 40, 50, 60, 70)
	less.Days[0].Value, less.Known = kpi.Int(-90), through("2025-01-01", "2025-03-10") // a total of zero
	tests := map[string]struct {
		why     string
		history *target.History
		actual  int64
		asOf    string
		status  target.Status
		learned string
	}{
		"at the median":    {"median of seven is the fourth", seven, 40, "2026-01-05", target.OnTrack, "7 0 0 0.25 0.4 0.55"},
		"below the median": {"above the lower quartile, (n − 1)/4 = 1.5: half way from the second to the third", seven, 39, "2026-01-06", target.AtRisk, "7 0 0 0.25 0.4 0.55"},
		"at the quartile":  {"which is not below it", seven, 25, "2026-01-05", target.AtRisk, "7 0 0 0.25 0.4 0.55"},
		"below":            {"under a quarter of past shapes", seven, 24, "2026-01-09", target.Behind, "7 0 0 0.25 0.4 0.55"},
		"too early":        {"no share has passed before day five", seven, 0, "2026-01-04", target.TooEarly, "7 0 0 0 0 0"},
		"too few":          {"five are not six", five, 24, "2026-01-05", target.NoData, "5 0 0 too_few too_few too_few"},
		"over":             {"the end needs no curve", five, 100, "2026-01-10", target.Met, "5 0 0 too_few too_few too_few"},
		"left out":         {"the first has a total of zero, the last is not wholly known", less, 24, "2026-01-05", target.NoData, "5 1 1 too_few too_few too_few"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := target.Track(target.Input{
				Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(test.actual), AsOf: calendar.MustDay(test.asOf), Curve: target.Learned, History: test.history,
			})
			if err != nil {
				t.Fatal(err)
			}
			l := got.Learned
			learned := fmt.Sprint(l.Periods, l.Incomplete, l.NotPositive, " ", word(l.Low), " ", word(l.Median), " ", word(l.High))
			if got.Status != test.status || learned != test.learned {
				t.Errorf("%s: %v %s", test.why, got.Status, learned)
			}
			if l.Median.Defined() && got.Expected != l.Median.Mul(kpi.Int(100)) {
				t.Error(got.Expected)
			}
			roundTrip(t, got)
		})
	}
}

func word(v kpi.Value) string {
	if !v.Defined() {
		return v.Reason().String()
	}
	return v.Exact()
}

// Where lower is better, nothing may be used faster than in the upper half
// of the past.
func TestLearnedLower(t *testing.T) {
	metric := money(0)
	metric.Direction = kpi.LowerIsBetter
	for actual, want := range map[int64]target.Status{40: target.OnTrack, 41: target.AtRisk, 55: target.AtRisk, 56: target.Behind} {
		got, err := target.Track(target.Input{
			Metric: metric, Plan: tenDays("100"), Actual: kpi.Int(actual), AsOf: calendar.MustDay("2026-01-05"), Curve: target.Learned, History: history(10, 20, 30, 40, 50, 60, 70),
		})
		if err != nil || got.Status != want {
			t.Error(actual, got.Status, err)
		}
	}
}

// Periods of other lengths, and working days: each counts by its own days.
// In the past, working days 1 to 4 are 6 to 9 October 2025, sales on Sunday
// the 5th count with Monday, and on Saturday the 11th with the last day.
func TestLearnedByWorkingDays(t *testing.T) {
	h := &target.History{}
	for i := range 6 {
		start := calendar.MustDay("2025-10-05").Add(-7 * i)
		p, _ := calendar.NewPeriod(start, start.Add(7))
		h.Periods = append(h.Periods, p)
		for day, amount := range []int64{1, 2, 3, 4, 5, 6, 7} {
			h.Days = append(h.Days, target.DayAmount{Day: start.Add(day), Value: kpi.Int(amount)})
		}
	}
	for asOf, want := range map[string]kpi.Value{
		"2026-01-02": kpi.Int(0),         // 1 of 6 is less than 1 of 5
		"2026-01-05": kpi.Frac(300, 28),  // 2 of 6 is 1 whole day of 5: 1 + 2
		"2026-01-09": kpi.Int(100),       // all working days
		"2026-01-08": kpi.Frac(1500, 28), // 5 of 6 is 4 of 5: 1 + … + 5
	} {
		got, err := target.Track(target.Input{
			Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(1), AsOf: calendar.MustDay(asOf), Curve: target.Learned, History: h, WorkDays: mondayToFriday("2025-08-01", "2026-01-31"),
		})
		if err != nil || got.Expected != want {
			t.Error(asOf, got.Expected, want, err)
		}
	}
}

func TestBestRate(t *testing.T) {
	h := history(10, 90) // 10 on day 5, 90 on day 10; 90 on day 15, 10 on day 20
	tests := map[string]struct {
		why    string
		asOf   string
		known  calendar.Period
		expect string
	}{
		"six days":      {"days 10 to 15: 180 in six", "2026-01-04", calendar.Period{}, "30"},
		"one day":       {"90", "2026-01-09", calendar.Period{}, "90"},
		"known in part": {"days 1 to 10 alone: days 5 to 10", "2026-01-04", through("2025-01-01", "2025-01-10"), "50/3"},
		"too short":     {"five known days never held six", "2026-01-04", through("2025-01-01", "2025-01-05"), "too_few"},
		"none left":     {"nothing is required for no day", "2026-01-10", calendar.Period{}, "no_data"},
	}
	for name, test := range tests {
		with := *h
		with.Known = test.known
		got, err := target.Track(target.Input{Metric: money(0), Plan: tenDays("1000"), Actual: kpi.Int(1), AsOf: calendar.MustDay(test.asOf), History: &with})
		if err != nil || word(got.BestRate) != test.expect {
			t.Errorf("%s: %v %v; want %s: %s", name, got.BestRate, err, test.expect, test.why)
		}
	}
}

// A median of rising curves rises, the band encloses it, neither hangs on
// the order of days and periods, and nothing that was handed in is changed.
func TestLearnedRises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := &target.History{}
		start := calendar.MustDay("2024-01-01")
		for range rapid.IntRange(6, 9).Draw(t, "periods") {
			p, _ := calendar.NewPeriod(start, start.Add(rapid.IntRange(5, 12).Draw(t, "days")))
			for d := p.Start(); d < p.End(); d = d.Add(1) {
				h.Days = append(h.Days, target.DayAmount{Day: d, Value: kpi.Int(rapid.Int64Range(0, 20).Draw(t, "amount"))})
			}
			h.Days = append(h.Days, target.DayAmount{Day: p.Last(), Value: kpi.Int(1)})
			h.Periods, start = append(h.Periods, p), p.End()
		}
		other := &target.History{Periods: rapid.Permutation(h.Periods).Draw(t, "order"), Days: rapid.Permutation(h.Days).Draw(t, "order of days")}
		before := slices.Clone(other.Days)
		last := kpi.Int(0)
		for day := calendar.MustDay("2026-01-01"); day <= calendar.MustDay("2026-01-10"); day = day.Add(1) {
			in := target.Input{Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(1), AsOf: day, Curve: target.Learned, History: h}
			got, err := target.Track(in)
			in.History = other
			same, _ := target.Track(in)
			if err != nil || got.Expected.Less(last) || *got.Learned != *same.Learned || got.BestRate != same.BestRate {
				t.Fatal(err, got.Expected, last)
			}
			if l := got.Learned; l.Median.Less(l.Low) || l.High.Less(l.Median) {
				t.Fatal(l)
			}
			last = got.Expected
		}
		if last != kpi.Int(100) || !slices.Equal(before, other.Days) {
			t.Fatal(last)
		}
	})
}

// trackingFindings shows the findings of curves and roll-ups.
func trackingFindings(t *testing.T) []check.Finding {
	in := target.Input{
		Metric: money(0), Plan: tenDays("1000"), Actual: kpi.Int(1), AsOf: calendar.MustDay("2026-01-05"), Curve: target.Learned, History: history(10, 20),
	}
	one, err := target.Track(in)
	if err != nil {
		t.Fatal(err)
	}
	in.Actual = kpi.Value{}
	other, _ := target.Track(in)
	other.Owner += "'"
	all, err := target.RollUp(money(0), "team", []target.Tracking{one, other}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(one.Findings, all.Findings, assessFindings(t))
}

// Where every day is a working day, a work calendar changes nothing but the
// word.
func TestEveryDayWorked(t *testing.T) {
	work, err := calendar.NewWorkCalendar(calendar.WorkDays{Covers: through("2025-01-01", "2027-12-31"), Weekend: calendar.WeekdaysOf()})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		in := target.Input{
			Metric: d.metric, Plan: d.breakDown(t).Plan("n", period("2026")), Actual: kpi.Int(rapid.Int64Range(0, 1000).Draw(t, "actual")),
			AsOf:    calendar.MustDay("2025-12-01").Add(rapid.IntRange(0, 450).Draw(t, "as of")),
			Curve:   rapid.SampledFrom([]target.Curve{target.ByPlan, target.Linear, target.ByShares, target.Learned}).Draw(t, "curve"),
			Shares:  []target.SharePoint{{At: kpi.Frac(1, 3), Share: kpi.Frac(1, 7)}},
			History: history(10, 20, 30, 40, 50, 60),
		}
		plain, err := target.Track(in)
		in.WorkDays = work
		worked, other := target.Track(in)
		if err != nil || other != nil {
			t.Fatal(err, other)
		}
		worked.WorkingDays = false
		if !reflect.DeepEqual(plain, worked) {
			t.Fatalf("\n%+v\n%+v", plain, worked)
		}
		along(t, in, plain)
	})
}

// along holds what is true of every curve: what is due never falls, and what
// is required of each day to come along it adds up to what is missing.
func along(t *rapid.T, in target.Input, got target.Tracking) {
	in.AsOf = in.AsOf.Add(1)
	next, err := target.Track(in)
	if err != nil {
		t.Fatal(err)
	}
	if got.Target.Sign() > 0 && next.Expected.Less(got.Expected) {
		t.Fatalf("%v is due, and %v the day after", got.Expected, next.Expected)
	}
	if got.Status == target.NotStarted || !got.RequiredNext.Defined() || got.RequiredNext == kpi.Int(0) || got.Days == got.Elapsed {
		return
	}
	missing := got.Target.Sub(got.Actual)
	if want := missing.Mul(next.Expected.Sub(got.Expected)).Div(got.Target.Sub(got.Expected)); got.RequiredNext != want {
		t.Fatalf("%v; want %v", got.RequiredNext, want)
	}
}

func TestInputRoundTrip(t *testing.T) {
	in := target.Input{
		Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(40), AsOf: calendar.MustDay("2026-01-05"), Curve: target.Learned, History: history(10, 20),
		Shares: []target.SharePoint{{At: kpi.Frac(1, 2), Share: kpi.Frac(1, 10)}}, WorkDays: mondayToFriday("2024-12-01", "2026-01-31"),
		Forecast: kpi.Int(90), Version: "2", Earlier: []target.Stood{stood("2026-01-04", "2", target.Behind, target.AtRisk)},
	}
	text, err := json.Marshal(in)
	var read target.Input
	if err != nil || check.Decode("test", text, &read) != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if again, _ := json.Marshal(read); string(again) != string(text) {
		t.Errorf("%s\n%s", again, text)
	}
}

// How many periods are enough is data too.
func TestLeastPeriods(t *testing.T) {
	h := history(10, 30)
	h.Least = 2
	in := target.Input{Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(20), AsOf: calendar.MustDay("2026-01-05"), Curve: target.Learned, History: h}
	got, err := target.Track(in)
	if err != nil || got.Expected != kpi.Int(20) || got.Learned.Needed != 2 || got.Status != target.OnTrack {
		t.Error(got.Expected, got.Status, err)
	}
	h.Least = -1
	if _, err := target.Track(in); !slices.Equal(problems(err), []string{"history.least negative_number"}) {
		t.Error(err)
	}
}
