package funnel_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func period(t *testing.T, first, last string) calendar.Period {
	t.Helper()
	p, err := calendar.Through(calendar.MustDay(first), calendar.MustDay(last))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// many gives so many deals of one history each: from lead on a day of 2026 to
// an end so many days later, or still open.
func many(prefix string, n int, from string, days int, end string, amount kpi.Value) (events []funnel.Event) {
	start := calendar.MustDay(from)
	for i := range n {
		deal := fmt.Sprint(prefix, i)
		events = append(events, funnel.Event{Deal: deal, Stage: "lead", At: funnel.StartOf(start, time.UTC), Amount: amount})
		if end != "" {
			events = append(events, funnel.Event{Deal: deal, Stage: end, At: funnel.StartOf(start.Add(days), time.UTC)})
		}
	}
	return events
}

func seenOn(day string) func(*funnel.Question) {
	return func(q *funnel.Question) { q.AsOf = funnel.EndOf(calendar.MustDay(day), time.UTC) }
}

// Case SA01 of the published figures: 50 open, 10,000 each, a win rate of 20 %
// and a cycle of 30 days are 3,333.33 a day. SA02: a tenth more of three
// levers and a tenth less of the cycle is 1.1³/0.9 = 1.47888…, where the page
// it comes from claims 52 %. A tenth off the cycle alone is 1/0.9.
func TestVelocity(t *testing.T) {
	events := append(many("W", 10, "2026-01-05", 30, "won", kpi.Int(10_000)), many("L", 40, "2026-01-05", 20, "lost", kpi.Int(1))...)
	events = append(events, many("O", 50, "2026-03-01", 0, "", kpi.Int(7))...)
	rule := funnel.VelocityRule{Reference: period(t, "2026-01-01", "2026-02-28")}
	v, err := deals(t, 1, seenOn("2026-03-10"), events...).Velocity(rule)
	if err != nil {
		t.Fatal(err)
	}
	if v.Open != 50 || v.WinRate != kpi.RatioOf(10, 50) || v.PerDay != kpi.Frac(10_000, 3) || v.ThroughputPerCycle != kpi.Frac(100_000, 30) {
		t.Errorf("%+v", v)
	}
	one, tenth := kpi.Int(1), kpi.Frac(11, 10)
	if got, want := v.With(tenth, tenth, tenth, kpi.Frac(9, 10)).Div(v.PerDay), kpi.MustParse("1.331").Div(kpi.Frac(9, 10)); got != want {
		t.Errorf("every lever by a tenth: %s, want %s", got, want)
	}
	if got := v.With(one, one, one, kpi.Frac(9, 10)).Div(v.PerDay); got != kpi.Frac(10, 9) {
		t.Errorf("the cycle alone: %s", got)
	}
}

// Where nothing was won there is no velocity; where the reference begins before
// closings were on record it is no data; an unqualified or stale deal is not
// open.
func TestVelocityUndefined(t *testing.T) {
	won := many("W", 1, "2026-01-05", 30, "won", kpi.Int(100))
	rule := funnel.VelocityRule{Reference: period(t, "2026-01-01", "2026-01-31")}
	v, err := deals(t, 1, seenOn("2026-03-10"), won...).Velocity(rule)
	if err != nil || v.PerDay.Defined() {
		t.Errorf("nothing closed in the reference: %+v, %v", v, err)
	}
	rule.Reference = period(t, "2026-01-01", "2026-02-28")
	v, err = deals(t, 1, func(q *funnel.Question) { seenOn("2026-03-10")(q); q.ClosingsFrom = calendar.MustDay("2026-02-01") }, won...).Velocity(rule)
	if err != nil || v.PerDay.Reason() != kpi.NoData || v.Findings[0].Code != "reference_before_window" {
		t.Errorf("before the window: %+v, %v", v, err)
	}
	events := append(many("L", 1, "2026-03-01", 0, "", kpi.Int(5)), funnel.Event{Deal: "X", Stage: "offer", At: on(9), ExpectedClose: january(20)})
	v, err = deals(t, 1, seenOn("2026-03-10"), append(events, won...)...).Velocity(funnel.VelocityRule{Reference: rule.Reference, Qualified: "demo"})
	if err != nil || v.Open != 0 || v.Stale != 1 || v.PerDay != kpi.Int(0) {
		t.Errorf("a lead and a deal 49 days past its close: %+v, %v", v, err)
	}
	for _, bad := range []funnel.VelocityRule{{}, {Reference: period(t, "2027-01-01", "2027-01-31")}, {Reference: rule.Reference, Qualified: "won"}, {Reference: rule.Reference, Qualified: "?"}} {
		if _, err := deals(t, 1, seenOn("2026-03-10")).Velocity(bad); len(check.All(err)) != 1 {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// Case SA12: 2.4 M open in the period, a target of 1 M of which 200,000 are
// won: 2.4 times the target and 3 times what remains. The other lines are
// worked by hand.
func TestCoverage(t *testing.T) {
	day := func(text string) calendar.Day { return calendar.MustDay(text) }
	open := func(deal string, value int64, expected calendar.Day) funnel.Event {
		return funnel.Event{Deal: deal, Stage: "offer", At: funnel.StartOf(day("2026-07-01"), time.UTC), Amount: kpi.Int(value), ExpectedClose: expected}
	}
	events := append(many("W", 2, "2026-06-01", 40, "won", kpi.Int(100_000)),
		open("A", 2_000_000, day("2026-09-30")), open("B", 400_000, day("2026-08-15")), open("past", 1, day("2026-08-01")),
		open("later", 2, day("2026-10-01")), open("never", 3, 0), open("dead", 4, day("2026-07-02")), open("left out", 5, day("2026-09-01")),
		funnel.Event{Deal: "left out", Category: funnel.Omitted, At: funnel.StartOf(day("2026-07-02"), time.UTC)})
	a := deals(t, 1, seenOn("2026-08-15"), events...)
	quarter := period(t, "2026-07-01", "2026-09-30")
	c, err := a.Coverage(funnel.CoverageRule{Period: quarter, Target: kpi.Int(1_000_000)})
	if err != nil {
		t.Fatal(err)
	}
	if c.Ratio.Value() != kpi.Int(3) || c.OfTarget.Value() != kpi.Frac(24, 10) || c.Won.Sum != kpi.Int(200_000) {
		t.Errorf("%+v", c)
	}
	for name, line := range map[string]struct {
		got  funnel.Holding
		want int64
	}{"past": {c.PastClose, 1}, "elsewhere": {c.Elsewhere, 2}, "no close": {c.NoClose, 3}, "stale": {c.Stale, 4}, "omitted": {c.Omitted, 5}} {
		if line.got.Deals != 1 || line.got.Value.Sum != kpi.Int(line.want) {
			t.Errorf("%s: %+v", name, line.got)
		}
	}
	for name, test := range map[string]struct {
		rule funnel.CoverageRule
		want kpi.Reason
	}{
		"met":       {funnel.CoverageRule{Period: quarter, Target: kpi.Int(200_000)}, kpi.NotApplicable},
		"no target": {funnel.CoverageRule{Period: quarter}, kpi.NoTarget},
		"over":      {funnel.CoverageRule{Period: period(t, "2026-04-01", "2026-06-30"), Target: kpi.Int(9)}, kpi.NoTimeLeft},
	} {
		c, err := a.Coverage(test.rule)
		if err != nil || c.Ratio.Value().Reason() != test.want {
			t.Errorf("%s: %s, %v", name, c.Ratio, err)
		}
	}
	next, err := a.Coverage(funnel.CoverageRule{Period: period(t, "2026-10-01", "2026-12-31"), Target: kpi.Int(4)})
	if err != nil || next.Ratio.Value() != kpi.Frac(1, 2) {
		t.Errorf("the next quarter: %+v, %v", next, err)
	}
	if _, err := a.Coverage(funnel.CoverageRule{}); err == nil {
		t.Error("no period, no error")
	}
}

// Two quarters, each seen on its 15th day, worked by hand. Q1: A and B are
// open (100 each), A is won in February; N is created on 1 February and won in
// March for 200. Q2: B was lost in March and counts no more; C (300) is open on
// 15 April and won in June. In all 600 are won, 200 of it new: 1/3 is created
// and closed; 400 of 500 that were open are won: 4/5. So (1 − 1/3)/(4/5) = 5/6
// is needed. As of 15 July.
func TestYields(t *testing.T) {
	events := append(many("A", 1, "2026-01-05", 40, "won", kpi.Int(100)), many("B", 1, "2026-01-06", 60, "lost", kpi.Int(100))...)
	events = append(events, many("N", 1, "2026-02-01", 40, "won", kpi.Int(200))...)
	events = append(events, many("C", 1, "2026-04-02", 70, "won", kpi.Int(300))...)
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		h.Add(e)
	}
	q := funnel.Question{AsOf: funnel.EndOf(calendar.MustDay("2026-07-15"), time.UTC), Location: time.UTC, ClosingsFrom: calendar.MustDay("2026-01-01")}
	past, err := funnel.LookBack(h, q, calendar.Quarterly, 8)
	if err != nil || len(past) != 2 {
		t.Fatalf("%d periods, %v", len(past), err)
	}
	if p := past[1].Period; p.Start() != calendar.MustDay("2026-01-01") || past[1].Then.Report().Day != calendar.MustDay("2026-01-15") {
		t.Errorf("%s on %s", p, past[1].Then.Report().Day)
	}
	y := funnel.Yields(past, true)
	if y.CreatedAndClosed != kpi.NewRatio(kpi.Int(200), kpi.Int(600)) || y.Yield != kpi.NewRatio(kpi.Int(400), kpi.Int(500)) || y.Needed != kpi.Frac(5, 6) {
		t.Errorf("created and closed %s, yield %s, needed %s", y.CreatedAndClosed, y.Yield, y.Needed)
	}
	if y = funnel.Yields(past[:1], true); y.Needed.Reason() != kpi.TooFew || len(y.Findings) != 1 {
		t.Errorf("of one period: %+v", y)
	}
	if y = funnel.Yields(past, false); y.Open.Deals != 0 || y.FromOther.Deals != 2 || y.Yield.Value().Reason() != kpi.ZeroDenominator {
		t.Errorf("without close dates: %+v", y)
	}
	if _, err := funnel.LookBack(h, q, calendar.NoGrain, 0); len(check.All(err)) != 2 {
		t.Errorf("%v", err)
	}
}

// Worked by hand. A of 100 is open on 10 February and won on the 20th; it is
// opened again and won again on the 25th: with one life one win of what was
// open, with a new life also one that did not exist. B was won in January
// already and comes again in March.
func TestYieldsOfDealsOpenedAgain(t *testing.T) {
	h := histories(t, opened("A", "2026-01-02", "2026-02-20", "2026-02-22", "2026-02-25"), opened("B", "2026-01-02", "2026-01-20", "2026-03-19", "2026-03-25"))
	for lives, want := range map[funnel.Lives]string{funnel.OneLife: "1 1 0, 1/1 = 1, 0/200 = 0", funnel.NewLife: "1 0 2, 1/1 = 1, 200/300 = 0.666666666667"} {
		q := funnel.Question{AsOf: funnel.EndOf(calendar.MustDay("2026-04-10"), time.UTC), Location: time.UTC, Policy: funnel.Policy{Lives: lives}}
		past, err := funnel.LookBack(h, q, calendar.Monthly, 2)
		if err != nil {
			t.Fatal(err)
		}
		y := funnel.Yields(append(past, funnel.Past{}), true)
		if got := fmt.Sprintf("%d %d %d, %s, %s", y.FromOpen.Deals, y.FromOther.Deals, y.FromNew.Deals, y.Count, y.CreatedAndClosed); got != want {
			t.Errorf("%s: %s, want %s", lives, got, want)
		}
	}
}

func opened(deal, lead, won, again, wonAgain string) (events []funnel.Event) {
	for i, day := range []string{lead, won, again, wonAgain} {
		events = append(events, funnel.Event{Deal: deal, Stage: []string{"lead", "won"}[i%2], At: funnel.StartOf(calendar.MustDay(day), time.UTC), Amount: kpi.Int(100)})
	}
	return events
}

func histories(t *testing.T, events ...[]funnel.Event) *funnel.Histories {
	t.Helper()
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range slices.Concat(events...) {
		h.Add(e)
	}
	return h
}

// Values below zero, such as a credit, are no parts of a whole: 700 of 700 −
// 500 would be a share of 3.5. What is left is undefined and said; deals are
// counted as ever, and a sum stays a sum.
func TestValuesBelowZero(t *testing.T) {
	events := slices.Concat(many("W", 1, "2026-01-05", 20, "won", kpi.Int(700)), many("C", 1, "2025-12-05", 40, "won", kpi.Int(-500)), many("L", 1, "2026-01-05", 20, "lost", kpi.Int(-500)))
	a := deals(t, 1, func(q *funnel.Question) {
		seenOn("2026-02-28")(q)
		q.ClosingsFrom = calendar.MustDay("2025-12-01")
	}, events...)
	w, err := a.WinRates(funnel.WinRateRule{})
	if err != nil {
		t.Fatal(err)
	}
	r := a.Report()
	if w.ByValue.Ratio.Value().Reason() != kpi.NotApplicable || r.WinRateByValue.Value().Reason() != kpi.NotApplicable || w.Closed.Ratio != kpi.RatioOf(2, 3) {
		t.Errorf("%s and %s, by count %s", w.ByValue.Ratio, r.WinRateByValue, w.Closed.Ratio)
	}
	if !strings.Contains(findingCodes(w.Findings), "negative_value") || !strings.Contains(findingCodes(r.Findings), "negative_value") {
		t.Errorf("%s; %s", findingCodes(w.Findings), findingCodes(r.Findings))
	}
	c, err := a.CreateAndClose(period(t, "2026-01-01", "2026-01-31"))
	if err != nil || c.ByValue.Value().Reason() != kpi.NotApplicable || c.ByCount != kpi.RatioOf(1, 2) || c.Won.Value.Sum != kpi.Int(200) || !strings.Contains(findingCodes(c.Findings), "negative_value") {
		t.Errorf("%+v, %v", c, err)
	}
	back, err := deals(t, 1, seenOn("2026-02-28"), many("C", 1, "2025-12-05", 40, "won", kpi.Int(-500))...).Reverse(funnel.Aim{Amount: kpi.Int(1000), Period: period(t, "2026-02-01", "2026-12-31")})
	if err != nil || back.Wins.Reason() != kpi.BaseNotPositive || back.New.Defined() {
		t.Errorf("%s wins, %s new, %v", back.Wins, back.New, err)
	}
	cover, err := a.Coverage(funnel.CoverageRule{Period: period(t, "2026-02-01", "2026-03-31"), Target: kpi.Int(-100)})
	if err != nil || cover.OfTarget.Value().Reason() != kpi.BaseNotPositive {
		t.Errorf("%s, %v", cover.OfTarget, err)
	}
}
