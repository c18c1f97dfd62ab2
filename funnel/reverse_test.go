package funnel_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func line3(r funnel.Reverse, of func(funnel.ReverseStage) any) string {
	text := ""
	for _, s := range r.Stages {
		text += fmt.Sprint(of(s), " ")
	}
	return text
}

// Case SA11 of the published figures: a target of 1,000,000, 100,000 won, an
// average deal of 30,000 and stage rates of 40, 50 and 25 % take 30 wins, 120,
// 240 and 600 deals, rounded up at each stage from the end.
func TestReverse(t *testing.T) {
	won := many("W", 1, "2026-01-05", 20, "won", kpi.Int(100_000))
	aim := funnel.Aim{
		Amount: kpi.Int(1_000_000), Period: period(t, "2026-01-01", "2026-12-31"), AverageWon: kpi.Int(30_000),
		Rates: map[string]kpi.Ratio{"lead": kpi.RatioOf(4, 10), "demo": kpi.RatioOf(5, 10), "offer": kpi.RatioOf(1, 4)},
	}
	r, err := deals(t, 1, seenOn("2026-02-01"), won...).Reverse(aim)
	if err != nil {
		t.Fatal(err)
	}
	needed := line3(r, func(s funnel.ReverseStage) any { return s.Needed })
	if r.Wins != kpi.Int(30) || needed != "600 240 120 " || r.New != kpi.Int(600) || r.Stages[0].WinShare != kpi.Frac(1, 20) {
		t.Errorf("%s wins, %s deals, %s new", r.Wins, needed, r.New)
	}
	// 10 open leads and 20 demos at hand: 120 offers take 240 demos, 20 are
	// there, so 220 must come out of 550 leads, of which 10 are there.
	open := append(many("O", 10, "2026-01-20", 0, "", kpi.Int(1)), won...)
	for i := range 20 {
		open = append(open, funnel.Event{Deal: fmt.Sprint("demo", i), Stage: "demo", At: on(25)})
	}
	r, err = deals(t, 1, seenOn("2026-02-01"), open...).Reverse(aim)
	if got := line3(r, func(s funnel.ReverseStage) any { return fmt.Sprint(s.Needed, "-", s.Have, "=", s.Enter) }); err != nil || got != "550-10=540 240-20=220 120-0=120 " {
		t.Errorf("%s, %v", got, err)
	}
	// Half a deal cannot be won: 1 win at a rate of 2/3 takes 2 offers, those
	// 3 demos at 2/3, and those 5 leads, where 27/8 unrounded would say 4.
	two := kpi.RatioOf(2, 3)
	r, err = deals(t, 1, seenOn("2026-02-01")).Reverse(funnel.Aim{Amount: kpi.Int(1), AverageWon: kpi.Int(1), Period: aim.Period,
		Rates: map[string]kpi.Ratio{"lead": two, "demo": two, "offer": two}})
	if got := line3(r, func(s funnel.ReverseStage) any { return s.Needed }); err != nil || got != "5 3 2 " {
		t.Errorf("%s, %v", got, err)
	}
}

// Worked by hand. Ten deals went lead, demo 10 days later, offer 10 days later,
// won 10 days later; ten more were lost as leads. So a lead takes 30 days and
// goes on with 10/20, and a plan for 31 March needs its leads by the 1st.
// There were two calls for each of the 20 deals.
func TestReverseLearns(t *testing.T) {
	var events []funnel.Event
	at := func(deal, stage string, day int) {
		events = append(events, funnel.Event{Deal: deal, Stage: stage, At: on(day), Amount: kpi.Int(50)})
	}
	for i := range 10 {
		deal := fmt.Sprint("W", i)
		at(deal, "lead", 1)
		at(deal, "demo", 11)
		at(deal, "offer", 21)
		at(deal, "won", 31)
		at(fmt.Sprint("L", i), "lead", 1)
		at(fmt.Sprint("L", i), "lost", 5)
	}
	for i := range 40 {
		deal := fmt.Sprint([]string{"W", "L"}[i%2], i/2%10)
		events = append(events, funnel.Event{Deal: deal, Activity: "call", At: on(1), Seq: int64(i)})
	}
	aim := funnel.Aim{Amount: kpi.Int(120), Period: period(t, "2026-02-01", "2026-03-31")}
	r, err := deals(t, 1, seenOn("2026-02-09"), events...).Reverse(aim)
	if err != nil {
		t.Fatal(err)
	}
	got := line3(r, func(s funnel.ReverseStage) any { return fmt.Sprint(s.Rate, ",", s.Days, ",", s.By, ",", s.Needed, ";") })
	want := "10/20 = 0.5,30,2026-03-01,6; 10/10 = 1,20,2026-03-11,3; 10/10 = 1,10,2026-03-21,3; "
	if got != want || r.Wins != kpi.Int(3) || r.DaysLeft != 20 || r.PerDay != kpi.Frac(6, 20) {
		t.Errorf("%s\nwant %s\n%s wins, %d days, %s a day", got, want, r.Wins, r.DaysLeft, r.PerDay)
	}
	if len(r.Activities) != 1 || r.Activities[0].Activity != "call" || r.Activities[0].Total != kpi.Int(12) || r.Activities[0].PerDay != kpi.Frac(12, 20) {
		t.Errorf("%+v", r.Activities)
	}
	// The only rate with chance in it is 10/20: exp(ln ½ ± 1.95996·√(1/10 − 1/20))
	// is 0.322579 to 0.775005, so 3 wins take 3.870943 to 9.300059 leads. With a
	// demo open, which will be won like all of them, 2 wins take 2.580629 to
	// 6.200039, and with a lead at hand one less.
	within := func(r funnel.Reverse, needed, most, newLow, newHigh float64) {
		t.Helper()
		for i, e := range []kpi.Estimate{r.Stages[0].NeededLow, r.Stages[0].NeededHigh, r.NewLow, r.NewHigh} {
			if got, ok := e.Float64(); !ok || math.Abs(got-[]float64{needed, most, newLow, newHigh}[i]) > 1e-6 {
				t.Errorf("%s of %s–%s, new %s–%s", e, r.Stages[0].NeededLow, r.Stages[0].NeededHigh, r.NewLow, r.NewHigh)
			}
		}
	}
	within(r, 3.870943, 9.300059, 3.870943, 9.300059)
	at("OD", "lead", 30)
	at("OD", "demo", 35)
	at("OL", "lead", 35)
	if r, err = deals(t, 1, seenOn("2026-02-09"), events...).Reverse(aim); err != nil || r.New != kpi.Int(3) {
		t.Errorf("%s new, %v", r.New, err)
	}
	within(r, 2.580629, 6.200039, 1.580629, 5.200039)
	events = events[:len(events)-3]
	// 1 March is a Sunday: of the 20 days from 10 February on 14 are weekdays.
	aim.Work = weekdays(t, "2026-01-01", "2026-04-01")
	if r, err = deals(t, 1, seenOn("2026-02-09"), events...).Reverse(aim); err != nil || r.DaysLeft != 14 {
		t.Errorf("%d working days, %v", r.DaysLeft, err)
	}
	// As of 10 March it is too late for leads, and nothing can be done a day.
	aim.Work = calendar.WorkCalendar{}
	r, err = deals(t, 1, seenOn("2026-03-10"), events...).Reverse(aim)
	if err != nil || !r.Stages[0].Late || r.Stages[1].Late || r.PerDay.Reason() != kpi.NoTimeLeft {
		t.Errorf("%+v, %v", r, err)
	}
	// Once the amount is won nothing is needed.
	aim.Amount, aim.Period = kpi.Int(500), period(t, "2026-01-01", "2026-03-31")
	r, err = deals(t, 1, seenOn("2026-02-09"), events...).Reverse(aim)
	if err != nil || r.New != kpi.Int(0) || r.PerDay != kpi.Int(0) || r.Stages[0].Late || !slices.ContainsFunc(r.Findings, func(f check.Finding) bool { return f.Code == "aim_reached" }) {
		t.Errorf("%+v, %v", r, err)
	}
}

// Of ten won deals five jump over demo: whichever stages count as reached,
// every lead was won, so one win takes one lead.
func TestReverseOfDealsThatJump(t *testing.T) {
	var events []funnel.Event
	for i := range 10 {
		for day, stage := range []string{"lead", "demo", "offer", "won"} {
			if stage != "demo" || i%2 == 0 {
				events = append(events, funnel.Event{Deal: fmt.Sprint("W", i), Stage: stage, At: on(1 + 5*day), Amount: kpi.Int(50)})
			}
		}
	}
	for _, skips := range []funnel.Skips{funnel.Implied, funnel.Entered, funnel.Strict} {
		a := deals(t, 1, func(q *funnel.Question) { seenOn("2026-02-09")(q); q.Policy.Skips = skips }, events...)
		r, err := a.Reverse(funnel.Aim{Amount: kpi.Int(50), Period: period(t, "2026-02-10", "2026-03-31")})
		if err != nil || r.Stages[0].WinShare != kpi.Int(1) || r.New != kpi.Int(1) {
			t.Errorf("%s: win share %s, %s new, %v", skips, r.Stages[0].WinShare, r.New, err)
		}
	}
}

func TestReverseRefuses(t *testing.T) {
	a := deals(t, 1, seenOn("2026-02-09"))
	_, err := a.Reverse(funnel.Aim{
		Amount: kpi.Int(-1), Period: period(t, "2026-01-01", "2026-01-31"), AverageWon: kpi.Int(0), LeadTime: kpi.Int(2), Confidence: kpi.Confidence{Level: kpi.Int(95)},
		Rates: map[string]kpi.Ratio{"won": kpi.RatioOf(1, 2), "lead": kpi.RatioOf(3, 2), "demo": kpi.RatioOf(0, 2)},
	})
	paths := ""
	for _, e := range check.All(err) {
		paths += e.Path + " "
	}
	if want := "amount period average_won rates.demo rates.lead rates.won lead_time confidence.level "; paths != want {
		t.Errorf("%s, want %s", paths, want)
	}
	// With no experience there is no way, but no error either.
	r, err := a.Reverse(funnel.Aim{Amount: kpi.Int(9), Period: period(t, "2026-02-01", "2026-02-28")})
	if err != nil || r.Wins.Defined() || r.New.Defined() || len(r.Findings) == 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// More is never needed of fewer: a greater amount, a smaller deal or fewer
// deals at hand never take fewer new ones, and what enters each stage suffices
// for the wins.
func TestReverseIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := func(name string) kpi.Ratio {
			n := rapid.Int64Range(1, 9).Draw(t, name)
			return kpi.RatioOf(rapid.Int64Range(1, n).Draw(t, name+" num"), n)
		}
		q := anyQuestion(t)
		a, err := funnel.Analyze(filled(t, rapid.SliceOfN(anyEvent(), 0, 30).Draw(t, "events")), q)
		if err != nil {
			t.Fatal(err)
		}
		year, _ := calendar.Through(calendar.MustDay("2026-01-01"), calendar.MustDay("2026-12-31"))
		aim := funnel.Aim{Amount: kpi.Int(rapid.Int64Range(1, 10_000).Draw(t, "amount")), Period: year, AverageWon: kpi.Int(7),
			Rates: map[string]kpi.Ratio{"lead": rate("lead"), "demo": rate("demo"), "offer": rate("offer")}}
		r, err := a.Reverse(aim)
		if err != nil {
			t.Fatal(err)
		}
		out := r.Wins
		for _, s := range slices.Backward(r.Stages) {
			if s.Enter.Add(kpi.Int(s.Have)).Mul(s.Rate.Value()).Less(out) {
				t.Fatalf("%s: %s and %d at hand at %s do not give %s", s.Stage, s.Enter, s.Have, s.Rate, out)
			}
			out = s.Enter
		}
		more := aim
		more.Amount = aim.Amount.Add(kpi.Int(rapid.Int64Range(0, 100).Draw(t, "more")))
		if m, err := a.Reverse(more); err != nil || m.New.Less(r.New) {
			t.Fatalf("%s new for %s, %s for %s", r.New, aim.Amount, m.New, more.Amount)
		}
	})
}
