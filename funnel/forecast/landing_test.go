package forecast_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

func day(text string) calendar.Day      { return calendar.MustDay(text) }
func start(text string) time.Time       { return funnel.StartOf(day(text), time.UTC) }
func month(text string) calendar.Period { return calendar.Calendar{}.MustParse(text) }

// asOf asks at the end of a day, with the observation window stated.
func asOf(text string) funnel.Question {
	return funnel.Question{AsOf: funnel.EndOf(day(text), time.UTC), Location: time.UTC, ClosingsFrom: day("2026-01-01"),
		Stale: funnel.Stale{PastClose: -1}}
}

func collect(t testing.TB, events ...funnel.Event) *funnel.Histories {
	t.Helper()
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		h.Add(e)
	}
	return h
}

// threeMonths holds January and February, and March on its tenth day. On the
// tenth of each month there stand, worth 100 each:
//
//	             leads  of them won  demos  of them won  won before  created later and won  due elsewhere, of them won
//	January        4        1          2        2            1              1 (80)               2, 1
//	February       4        1          2        1            0              2 (80)               2, 0
//	March          3                   1                     2                                   1
//
// No deal is old enough for a second age: every cell is a stage.
func threeMonths(t testing.TB) *funnel.Histories {
	var events []funnel.Event
	add := func(id, on, stage string, amount int64, expected string) {
		e := funnel.Event{Deal: id, At: start(on), Stage: stage, Owner: "Ann"}
		if amount > 0 {
			e.Amount = kpi.Int(amount)
		}
		if expected != "" {
			e.ExpectedClose = day(expected)
		}
		events = append(events, e)
	}
	n := 0
	open := func(m string, stage string, count, won int, expected string) {
		for i := range count {
			n++
			id := fmt.Sprint("D", n)
			add(id, m+"-05", "lead", 100, expected)
			if stage != "lead" {
				add(id, m+"-06", stage, 0, "")
			}
			switch {
			case i < won:
				add(id, m+"-20", "won", 0, "")
			case m != "2026-03":
				add(id, m+"-21", "lost", 0, "")
			}
		}
	}
	closed := func(m, from, to string, count int, amount int64) {
		for range count {
			n++
			id := fmt.Sprint("D", n)
			add(id, m+from, "lead", amount, m+"-28")
			add(id, m+to, "won", 0, "")
		}
	}
	open("2026-01", "lead", 4, 1, "2026-01-25")
	open("2026-01", "demo", 2, 2, "2026-01-25")
	open("2026-01", "lead", 2, 1, "2026-02-25")
	closed("2026-01", "-02", "-08", 1, 100)
	closed("2026-01", "-15", "-30", 1, 80)
	open("2026-02", "lead", 4, 1, "2026-02-25")
	open("2026-02", "demo", 2, 1, "2026-02-25")
	open("2026-02", "lead", 2, 0, "2026-03-25")
	closed("2026-02", "-15", "-27", 2, 80)
	open("2026-03", "lead", 3, 0, "2026-03-25")
	open("2026-03", "demo", 1, 0, "2026-03-25")
	open("2026-03", "lead", 1, 0, "2026-04-25")
	closed("2026-03", "-02", "-08", 2, 100)
	return collect(t, events...)
}

// Worked by hand from the table of threeMonths. Learned from January and
// February together: due 12 deals worth 1,200, won 5 worth 500, so P = 5/12;
// leads 2 of 8, demos 3 of 4. The spread between the two cells, by the
// formula in the doc, with N = 12, Σn² = 80:
//
//	Σ n(p − P)² = 8·(1/4 − 5/12)² + 4·(3/4 − 5/12)² = 2/9 + 4/9 = 2/3
//	τ² = (2/3 − 35/144) / (12 − 80/12) = (61/144)/(16/3) = 61·3/(144·16) = 183/2304
//	m  = (35/144) / (183/2304) = 560/183 = 3.06 → 3
//	lead (2 + 3·5/12)/(8 + 3) = 3.25/11 = 0.295455
//	demo (3 + 3·5/12)/(4 + 3) = 4.25/7  = 0.607143
//
// Elsewhere 1 of 4 deals, 100 of 400. New: 1 + 2 wins of 80 in two months.
func TestLandingByHand(t *testing.T) {
	h := threeMonths(t)
	for name, test := range map[string]struct {
		why                              string
		method                           forecast.Method
		due, elsewhere, fresh, total     string
		dueWins, elsewhereWins, newsWins string
	}{
		"stage_age":        {"3 × 29.5455 + 60.7143", forecast.StageAge, "149.3508", "25", "120", "494.3508", "1.493508", "0.25", "1.5"},
		"snapshot_yield":   {"400 × 500/1200, in millionths", forecast.SnapshotYield, "166.6668", "25", "120", "511.6668", "1.666668", "0.25", "1.5"},
		"deal_probability": {"3 × 20 + 40", forecast.DealProbability, "100", "25", "120", "445", "1", "0.25", "1.5"},
		"categories":       {"no deal is in commit", forecast.Categories, "0", "25", "120", "345", "0", "0.25", "1.5"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Error("no why")
			}
			f, err := forecast.New(h, asOf("2026-03-10"), forecast.Aim{Period: month("2026-03"), Target: kpi.Int(500), Method: test.method})
			if err != nil {
				t.Fatal(err)
			}
			l := f.Landing()
			for what, pair := range map[string][2]string{
				"won": {l.Won.Value.String(), "200"}, "due": {l.Due.Value.String(), test.due},
				"elsewhere": {l.Elsewhere.Value.String(), test.elsewhere}, "new": {l.New.Value.String(), test.fresh},
				"total": {l.Total.Value.String(), test.total}, "due wins": {l.Due.Wins.String(), test.dueWins},
				"elsewhere wins": {l.Elsewhere.Wins.String(), test.elsewhereWins}, "new wins": {l.New.Wins.String(), test.newsWins},
				"open": {l.Open.Value.String(), l.Due.Value.Add(l.Elsewhere.Value).String()},
				"gap":  {l.Gap.String(), kpi.Int(500).Sub(l.Total.Value).String()},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s: %s, want %s", what, pair[0], pair[1])
				}
			}
			if l.Past != 2 || l.DaysLeft != 21 || l.Due.Deals != 4 || l.Elsewhere.Deals != 1 || l.Won.Deals != 2 || l.New.Deals != 0 || l.Method != test.method {
				t.Errorf("counts %+v", l)
			}
			if s := l.Spread; s.P10.Reason() != kpi.TooFew || s.Reach.Reason() != kpi.TooFew || s.Periods != 1 || s.Assumes != forecast.PastErrors {
				t.Error("one month can be compared, four are needed:", s)
			}
		})
	}
}

// February's landing on its tenth, from January alone: due 600 at 3 of 6
// (both cells shrunk or not, see below), elsewhere 200 at 1 of 2, new 80; won
// later 200 of the due, 0 elsewhere and 160 new: actual 360.
func TestTrialsByHand(t *testing.T) {
	f, err := forecast.New(threeMonths(t), asOf("2026-03-10"), forecast.Aim{Period: month("2026-03")})
	if err != nil {
		t.Fatal(err)
	}
	r := f.Record(forecast.SnapshotYield)
	if len(r.Trials) != 2 || r.Periods != 1 {
		t.Fatalf("%d trials, %d compared", len(r.Trials), r.Periods)
	}
	february, january := r.Trials[0], r.Trials[1]
	if february.Landing != kpi.Int(300+100+80) || february.Actual != kpi.Int(360) || february.Error != kpi.Int(120) ||
		february.Relative != kpi.Frac(1, 3) || february.Accuracy != kpi.Frac(2, 3) || february.Wins != kpi.Int(5) || february.ActualWins != kpi.Int(4) {
		t.Errorf("february %+v", february)
	}
	if january.Landing.Reason() != kpi.TooFew || january.Actual != kpi.Int(100+300+100+80) || january.Past != 0 || january.IndependentHeld != forecast.HeldUnknown {
		t.Errorf("january knows nothing before it: %+v", january)
	}
	if r.Bias != kpi.NewRatio(kpi.Int(120), kpi.Int(360)) || r.Absolute != r.Bias || r.Accuracy != kpi.Frac(2, 3) {
		t.Errorf("record %+v", r)
	}
}

// Six months of one due deal worth 100 each, won in months 1, 3 and 5, so that the
// errors of months 2 to 6 are known by hand with the yields 1, 1/2, 2/3, 1/2
// and 3/5 of the months before: 100, −50, 66.6667, −50, 60. The independent
// variances are 100² × y(1 − y): 0 (left out), 2500, 2222.2, 2500, 2400. Of
// month 7 the yield is 1/2 and the variance 2500.
//
//	ratio = (2500 + 4444.4 + 2500 + 3600) / (2500 + 2222.2 + 2500 + 2400) = 13044.4/9622.2 = 1.35566
//
// with the yields rounded to millionths; t(0.9; 4) = 1.533206 (any table).
func TestSpreadByHand(t *testing.T) {
	var events []funnel.Event
	for m := 1; m <= 7; m++ {
		id, first := fmt.Sprint("D", m), fmt.Sprintf("2026-%02d-01", m)
		events = append(events, funnel.Event{Deal: id, At: start(first), Stage: "lead", Amount: kpi.Int(100), ExpectedClose: day(first).Add(20)})
		if m < 7 {
			events = append(events, funnel.Event{Deal: id, At: start(first).AddDate(0, 0, 20), Stage: []string{"lost", "won"}[m%2]})
		}
	}
	f, err := forecast.New(collect(t, events...), asOf("2026-07-10"), forecast.Aim{Period: month("2026-07"), Target: kpi.Int(80), Method: forecast.SnapshotYield})
	if err != nil {
		t.Fatal(err)
	}
	l := f.Landing()
	if l.Total.Value != kpi.Int(50) || l.Spread.Periods != 4 {
		t.Fatalf("landing %s, compared %d", l.Total.Value, l.Spread.Periods)
	}
	ratio := 13044.4444 / 9622.2222
	deviation := math.Sqrt(2500 * ratio)
	near(t, "ratio", l.Spread.Ratio, ratio, 1e-5)
	near(t, "deviation", l.Spread.Deviation, deviation, 1e-3)
	near(t, "P90", l.Spread.P90, 50+1.533206*deviation, 1e-2)
	near(t, "P50", l.Spread.P50, 50, 1e-12)
	near(t, "P10 is no less than what is won", l.Spread.P10, 0, 1e-12)
	// t = −30/58.22 on 4 df: P = 1/2 + y(1 − y²/3)·3/4 with
	// y = t/√(4 + t²), the closed form for 4 df (Abramowitz and Stegun 26.7.3)
	y := -30 / deviation / math.Sqrt(4+900/(deviation*deviation))
	near(t, "reach", l.Spread.Reach, 0.5+0.75*y*(1-y*y/3), 1e-6)
	near(t, "independent reach: the one deal is won", l.Independent.Reach, 0.5, 1e-12)
	near(t, "independent P10", l.Independent.P10, 0, 1e-12)
	near(t, "independent P90", l.Independent.P90, 100, 1e-12)
	near(t, "independent deviation", l.Independent.Deviation, 50, 1e-12)
	if l.Independent.Assumes.Title("en") != "deals independent" || l.Spread.Assumes != forecast.PastErrors {
		t.Error("labels", l.Independent.Assumes, l.Spread.Assumes)
	}

	d, err := f.Decisive(3)
	if err != nil || len(d.Deals) != 1 || d.Assumes != forecast.PastErrors {
		t.Fatal(err, d)
	}
	// Without the deal nothing is uncertain: won it brings 100, lost 0.
	if one := d.Deals[0]; one.ID != "D7" || one.IfWon != kpi.NewEstimate(1) || one.IfLost != kpi.NewEstimate(0) || one.Effect != kpi.NewEstimate(1) {
		t.Errorf("%+v", one)
	}
	if l := d.LargestLost; l.Deal != "D7" || l.Missing != kpi.Int(80) || l.Rest != kpi.Int(0) || l.Share.Value().Reason() != kpi.ZeroDenominator {
		t.Errorf("%+v", l)
	}
}

// With a target that is won already, no days left, or no deals at all.
func TestLandingAtTheEnds(t *testing.T) {
	h := threeMonths(t)
	met, err := forecast.New(h, asOf("2026-03-10"), forecast.Aim{Period: month("2026-03"), Target: kpi.Int(200)})
	if err != nil {
		t.Fatal(err)
	}
	if l := met.Landing(); l.Independent.Reach != kpi.NewEstimate(1) {
		t.Error("200 of 200 is won:", l.Independent.Reach)
	}
	over, err := forecast.New(h, asOf("2026-02-28"), forecast.Aim{Period: month("2026-02"), Target: kpi.Int(361), Method: forecast.DealProbability})
	if err != nil {
		t.Fatal(err)
	}
	l := over.Landing()
	if l.Total.Value != kpi.Int(360) || l.DaysLeft != 0 || l.Open.Value != kpi.Int(0) || l.New.Value != kpi.Int(0) ||
		l.Spread.Reach != kpi.NewEstimate(0) || l.Spread.P10 != kpi.NewEstimate(360) || l.Independent.P90 != kpi.NewEstimate(360) {
		t.Errorf("on the last day the landing is what is won: %+v", l)
	}
	none, err := forecast.New(collect(t), asOf("2026-03-10"), forecast.Aim{Period: month("2026-03")})
	if err != nil {
		t.Fatal(err)
	}
	l = none.Landing()
	if l.Won.Value != kpi.Int(0) || l.Total.Value != kpi.Int(0) || l.Gap.Reason() != kpi.NoTarget || l.Independent.Reach.Reason() != kpi.NoTarget {
		t.Errorf("no deals in two months on record, and none expected: %+v", l)
	}
	q := asOf("2026-03-10")
	q.ClosingsFrom = day("2026-02-15")
	young, err := forecast.New(h, q, forecast.Aim{Period: month("2026-03")})
	if err != nil {
		t.Fatal(err)
	}
	if l := young.Landing(); l.Past != 0 || l.Won.Value != kpi.Int(200) || l.Open.Value.Reason() != kpi.TooFew || l.Total.Value.Reason() != kpi.TooFew ||
		l.Findings[0].Code != "no_past_periods" {
		t.Errorf("no whole month is on record: %+v", l)
	}
}

// A deal without an amount adds nothing and is counted; where none has a
// probability nothing is known.
func TestMissing(t *testing.T) {
	bare := funnel.Pipeline{ID: "bare", Stages: []funnel.Stage{{ID: "lead"}, {ID: "won", Outcome: funnel.Won}}}
	h, err := funnel.New(bare)
	if err != nil {
		t.Fatal(err)
	}
	h.Add(funnel.Event{Deal: "A", At: start("2026-03-01"), Stage: "lead", Amount: kpi.Int(100), Probability: kpi.Frac(1, 2), ExpectedClose: day("2026-03-20")})
	h.Add(funnel.Event{Deal: "B", At: start("2026-03-01"), Stage: "lead", Probability: kpi.Frac(1, 2), ExpectedClose: day("2026-03-20")})
	h.Add(funnel.Event{Deal: "C", At: start("2026-03-01"), Stage: "lead", Amount: kpi.Int(70), ExpectedClose: day("2026-03-20")})
	f, err := forecast.New(h, asOf("2026-03-10"), forecast.Aim{Period: month("2026-03"), Method: forecast.DealProbability})
	if err != nil {
		t.Fatal(err)
	}
	l := f.Landing()
	if l.Due.Value != kpi.Int(50) || l.Due.Missing != 2 || l.Due.Wins != kpi.Int(1) || l.Due.Deals != 3 || l.Total.Value != kpi.Int(50) {
		t.Errorf("%+v", l.Due)
	}
	for _, id := range []string{"A", "B"} { // only C is left
		h.Add(funnel.Event{Deal: id, At: start("2026-03-02"), Stage: "won"})
	}
	if f, err = forecast.New(h, asOf("2026-03-10"), forecast.Aim{Period: month("2026-03"), Method: forecast.DealProbability}); err != nil {
		t.Fatal(err)
	}
	if l := f.Landing(); l.Due.Value.Reason() != kpi.NoData || l.Total.Value.Reason() != kpi.NoData {
		t.Errorf("C has no probability, and nothing is known of it: %+v", l.Due)
	}
}

// Two deals are won and nobody knows their amounts: the landing is not 0. With a
// third of 500 it is 500, and a finding says that it is too low.
func TestLandingOfUnknownAmounts(t *testing.T) {
	h := collect(t)
	for _, id := range []string{"A", "B"} {
		h.Add(funnel.Event{Deal: id, At: start("2026-03-01"), Stage: "lead"})
		h.Add(funnel.Event{Deal: id, At: start("2026-03-02"), Stage: "won"})
	}
	last := asOf("2026-03-31") // nothing is expected any more
	landing := func() (*forecast.Forecast, forecast.Landing) {
		f, err := forecast.New(h, last, forecast.Aim{Period: month("2026-03"), Target: kpi.Int(1000)})
		if err != nil {
			t.Fatal(err)
		}
		return f, f.Landing()
	}
	f, l := landing()
	if l.Won.Wins != kpi.Int(2) || l.Total.Wins != kpi.Int(2) || l.Total.Value != kpi.Undefined(kpi.NoAmount) || l.Gap.Defined() {
		t.Errorf("total %v, gap %v", l.Total, l.Gap)
	}
	for _, line := range f.Categories().Lines {
		if line.Cumulative != kpi.Undefined(kpi.NoAmount) || line.InForce != line.Cumulative {
			t.Errorf("%+v", line)
		}
	}
	if c, err := forecast.Changed(f, f); err != nil || c.Before.Won.Defined() || c.Before.Total.Defined() || len(c.Lines) != 0 {
		t.Errorf("%+v, %v", c, err)
	}
	h.Add(funnel.Event{Deal: "C", At: start("2026-03-01"), Stage: "lead", Amount: kpi.Int(500)})
	h.Add(funnel.Event{Deal: "C", At: start("2026-03-02"), Stage: "won"})
	if _, l = landing(); l.Total.Value != kpi.Int(500) || l.Gap != kpi.Int(500) {
		t.Errorf("total %v, gap %v", l.Total, l.Gap)
	}
	said := ""
	for _, x := range l.Findings {
		said += forecast.Findings().Text(x, "en") + "\n"
	}
	if want := "2 of 3 deals won in the period have no value and add nothing: the landing is too low."; !strings.Contains(said, want) {
		t.Errorf("not said: %s\n%s", want, said)
	}
}
