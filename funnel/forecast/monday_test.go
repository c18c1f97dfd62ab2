package forecast_test

import (
	"reflect"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
)

// The deals of the case weighted_pipeline, whose chance to bring 30,000 is
// 0.604 by enumeration. Taken out one by one, by hand:
//
//	B 20,000 at 0.5   won: 1 − 0.8·0.1·0.9 = 0.928   lost: 1 − 0.8·0.9 = 0.28
//	A 50,000 at 0.2   won: 1                         lost: 1 − 0.9·(1 − 0.5·0.9) = 0.505
//	D 80,000 at 0.1   won: 1                         lost: 1 − 0.8·(1 − 0.5·0.9) = 0.56
//	C 10,000 at 0.9   won: 1 − 0.8·0.5·0.9 = 0.64    lost: 1 − 0.8·0.9 = 0.28
func TestDecisiveByHand(t *testing.T) {
	deal := func(id string, amount int64, tenths int64) funnel.Event {
		return funnel.Event{Deal: id, At: start("2026-03-01"), Stage: "lead", Amount: kpi.Int(amount), Probability: kpi.Minor(tenths, 1), ExpectedClose: day("2026-03-20")}
	}
	h := collect(t, deal("A", 50_000, 2), deal("B", 20_000, 5), deal("C", 10_000, 9), deal("D", 80_000, 1))
	f, err := forecast.New(h, asOf("2026-03-10"), forecast.Aim{Period: month("2026-03"), Target: kpi.Int(30_000), Method: forecast.DealProbability})
	if err != nil {
		t.Fatal(err)
	}
	l := f.Landing()
	near(t, "reach", l.Independent.Reach, 0.604, 1e-12)
	for what, pair := range map[string][2]kpi.Estimate{"P10": {l.Independent.P10, kpi.NewEstimate(10_000)}, "P50": {l.Independent.P50, kpi.NewEstimate(30_000)}, "P90": {l.Independent.P90, kpi.NewEstimate(80_000)}} {
		if pair[0] != pair[1] {
			t.Errorf("%s %s, want %s", what, pair[0], pair[1])
		}
	}
	d, err := f.Decisive(10)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		id                  string
		ifWon, ifLost, both float64
	}{{"B", 0.928, 0.28, 0.648}, {"A", 1, 0.505, 0.495}, {"D", 1, 0.56, 0.44}, {"C", 0.64, 0.28, 0.36}}
	if len(d.Deals) != 4 || d.Due != 4 || d.Assumes != forecast.DealsIndependent || d.Findings[0].Code != "effects_independent" {
		t.Fatalf("%+v", d)
	}
	for i, w := range want {
		got := d.Deals[i]
		if got.ID != w.id {
			t.Errorf("deal %d is %s, want %s", i, got.ID, w.id)
		}
		near(t, w.id+" won", got.IfWon, w.ifWon, 1e-12)
		near(t, w.id+" lost", got.IfLost, w.ifLost, 1e-12)
		near(t, w.id+" effect", got.Effect, w.both, 1e-12)
	}
	if l := d.LargestLost; l.Deal != "D" || l.Missing != kpi.Int(30_000) || l.Rest != kpi.Int(80_000) || l.Share != kpi.NewRatio(kpi.Int(30_000), kpi.Int(80_000)) {
		t.Errorf("largest lost %+v", l)
	}
	if top := d.Top[0]; top.Deals != 1 || top.Share != kpi.NewRatio(kpi.Int(10_000), kpi.Int(37_000)) {
		t.Errorf("the largest expected is 10,000 of 37,000: %+v", top)
	}
	if two, err := f.Decisive(2); err != nil || len(two.Deals) != 2 || two.Due != 4 || two.LargestLost != d.LargestLost {
		t.Error("the top two of four:", two, err)
	}
}

// From the table of threeMonths: later on came 500 of 1,200 that were due,
// 100 from elsewhere and 240 new, so needed is (1 − 240/840)/(500/1200) = 12/7.
// Of March 300 are missing and 400 due: short of 12/7·300 − 400 = 800/7. In
// ten days of March seven deals of 100 began; earlier months won 580 + 360 of
// 980 + 960 that began in them, so April's 300 in 30 days need 10·1940/940.
func TestCoverByHand(t *testing.T) {
	f, err := forecast.New(threeMonths(t), asOf("2026-03-10"), forecast.Aim{Period: month("2026-03"), Target: kpi.Int(500)})
	if err != nil {
		t.Fatal(err)
	}
	c, err := f.Cover(kpi.Int(300))
	if err != nil {
		t.Fatal(err)
	}
	march, april := c.Periods[0], c.Periods[1]
	if march.Ratio != kpi.NewRatio(kpi.Int(400), kpi.Int(300)) || march.Needed != kpi.Frac(12, 7) || march.Past != 2 || march.Short != kpi.Frac(800, 7) {
		t.Errorf("march %+v", march)
	}
	if april.Ratio != kpi.NewRatio(kpi.Int(100), kpi.Int(300)) || april.Needed.Reason() != kpi.TooFew || april.Past != 1 || april.Short.Reason() != kpi.TooFew {
		t.Errorf("of a month ahead only one example is on record: %+v", april)
	}
	if n := c.Creation; n.Created.Deals != 7 || n.PerDay != kpi.Int(70) || n.WonPerCreated != kpi.NewRatio(kpi.Int(940), kpi.Int(1940)) ||
		n.Needed != kpi.Frac(970, 47) || n.Pace != kpi.NewRatio(kpi.Int(70), kpi.Frac(970, 47)) {
		t.Errorf("creation %+v", n)
	}
	if codes := []string{c.Findings[0].Code, c.Findings[1].Code, c.Findings[2].Code}; !reflect.DeepEqual(codes, []string{"not_covered", "covered", "creation_keeps_up"}) {
		t.Error(codes)
	}
}

// January won 80 of 580 in its last week, February 160 of 360. Of March one
// win had been expected in April, and one deal went from March to April.
func TestLinearityByHand(t *testing.T) {
	h := threeMonths(t)
	for _, e := range []funnel.Event{
		{Deal: "P", At: start("2026-02-20"), Stage: "lead", Amount: kpi.Int(70), ExpectedClose: day("2026-04-10")},
		{Deal: "P", At: start("2026-03-05"), Stage: "won"},
		{Deal: "Q", At: start("2026-02-20"), Stage: "lead", Amount: kpi.Int(40), ExpectedClose: day("2026-03-20")},
		{Deal: "Q", At: start("2026-03-08"), ExpectedClose: day("2026-04-15")},
		{Deal: "R", At: start("2026-02-20"), Stage: "lead", Amount: kpi.Int(30), ExpectedClose: day("2026-03-20")},
		{Deal: "R", At: start("2026-03-06"), Stage: "won"}, // in the month it was expected in
	} {
		h.Add(e)
	}
	f, err := forecast.New(h, asOf("2026-03-10"), forecast.Aim{Period: month("2026-03")})
	if err != nil {
		t.Fatal(err)
	}
	l, err := f.Linearity()
	if err != nil {
		t.Fatal(err)
	}
	if l.UsualWeek != kpi.NewRatio(kpi.Int(240), kpi.Int(940)) || l.UsualMonth.Value().Reason() != kpi.NotApplicable {
		t.Errorf("usual %s, %s", l.UsualWeek, l.UsualMonth)
	}
	feb := l.Past[0]
	if feb.LastWeek.ByValue != kpi.NewRatio(kpi.Int(160), kpi.Int(360)) || feb.LastWeek.ByCount != kpi.RatioOf(2, 4) || !feb.Eve || l.Past[1].Eve {
		t.Errorf("february %+v", feb)
	}
	if m := l.This; m.PulledIn.Deals != 1 || m.PulledIn.Value.Sum != kpi.Int(70) || m.PushedOut.Deals != 1 || m.PushedOut.Value.Sum != kpi.Int(40) ||
		m.LastWeek.ByValue.Value().Reason() != kpi.NotYetDue || m.Won.Deals != 4 {
		t.Errorf("march %+v", m)
	}

	q, err := forecast.New(h, asOf("2026-03-31"), forecast.Aim{Period: month("2026-03"), Past: 2})
	if err != nil {
		t.Fatal(err)
	}
	over, err := q.Linearity()
	if err != nil {
		t.Fatal(err)
	}
	if m := over.This; m.LastWeek.ByValue != kpi.NewRatio(kpi.Int(0), kpi.Int(300)) {
		t.Errorf("on its last day March is over: %+v", m.LastWeek)
	}
}

// One deal for each way to be untidy, one that is clean, and one that is
// untidy in every way that does not exclude another.
func TestHygieneByHand(t *testing.T) {
	deal := func(id, owner string) funnel.Event {
		return funnel.Event{Deal: id, At: start("2026-03-05"), Stage: "lead", Owner: owner, Amount: kpi.Int(100), ExpectedClose: day("2026-03-20"), NextStep: day("2026-03-12")}
	}
	clean, past, old, step, quiet, amount, pushed := deal("clean", "Ann"), deal("past", "Ann"), deal("old", "Bob"), deal("step", "Bob"), deal("quiet", "Bob"), deal("amount", "Bob"), deal("pushed", "Ann")
	past.ExpectedClose = day("2026-03-09")
	old.At = start("2026-01-10")
	step.NextStep = day("2026-03-09")
	quiet.At = start("2026-02-08")
	amount.Amount = kpi.Int(0)
	events := []funnel.Event{clean, past, old, step, quiet, amount, pushed,
		{Deal: "old", At: start("2026-03-09"), Activity: "call"},
		{Deal: "closed", At: start("2026-01-20"), Stage: "lead", Owner: "Ann"}, {Deal: "closed", At: start("2026-03-01"), Stage: "lost"},
	}
	for n, on := range []string{"2026-03-06", "2026-03-07", "2026-03-08"} {
		events = append(events, funnel.Event{Deal: "pushed", At: start(on), ExpectedClose: day("2026-03-21").Add(n)})
	}
	f, err := forecast.New(collect(t, events...), asOf("2026-03-10"), forecast.Aim{Period: month("2026-03")})
	if err != nil {
		t.Fatal(err)
	}
	h, err := f.Hygiene(forecast.HygieneRule{})
	if err != nil {
		t.Fatal(err)
	}
	why := map[string][]forecast.Untidy{}
	for _, d := range h.Deals {
		why[d.ID] = d.Why
	}
	want := map[string][]forecast.Untidy{
		"past": {forecast.CloseDatePast}, "old": {forecast.OlderThanAnyClosed}, // 59 days, and the oldest that closed was 40
		"step": {forecast.NoNextStep}, "quiet": {forecast.NoActivity}, // for 30 days
		"amount": {forecast.AmountMissing}, "pushed": {forecast.PushedOften},
	}
	if !reflect.DeepEqual(why, want) {
		t.Errorf("got %v, want %v", why, want)
	}
	if h.Oldest != kpi.Int(40) || h.All.Open.Deals != 7 || h.All.Clean.Deals != 1 || h.All.Untidy.Deals != 6 || h.QuietDays != 30 || h.Pushes != 3 {
		t.Errorf("%+v", h.All)
	}
	if bob := h.Owners[0]; bob.Owner != "Bob" || bob.Untidy.Deals != 4 || bob.Untidy.Value.Sum != kpi.Int(300) || bob.Count(forecast.NoActivity) != 1 || h.Owners[1].Untidy.Value.Sum != kpi.Int(200) {
		t.Errorf("the most untidy value first: %+v", h.Owners)
	}
	if strict, err := f.Hygiene(forecast.HygieneRule{QuietDays: 5, Pushes: 4}); err != nil || strict.All.Count(forecast.NoActivity) != 6 || strict.All.Count(forecast.PushedOften) != 0 {
		t.Errorf("since the fifth nothing was done but the call, and nobody pushed four times: %+v %v", strict.All, err)
	}
}

// Two sellers with deals in every category and calls of all kinds.
func TestCategoriesByHand(t *testing.T) {
	deal := func(id, owner, stage string, amount int64, c funnel.Category) funnel.Event {
		return funnel.Event{Deal: id, At: start("2026-03-01"), Stage: stage, Owner: owner, Amount: kpi.Int(amount), ExpectedClose: day("2026-03-20"), Category: c}
	}
	h := collect(t,
		deal("A1", "Ann", "won", 1000, 0), deal("A2", "Ann", "offer", 200, 0), deal("A3", "Ann", "demo", 30, 0), deal("A4", "Ann", "lead", 4, 0),
		deal("B1", "Bob", "won", 5000, 0), deal("B2", "Bob", "lead", 600, funnel.Commit), deal("B3", "Bob", "offer", 70, funnel.Omitted), deal("B4", "Bob", "offer", 8, funnel.InPipeline))
	march := month("2026-03")
	say := func(owner string, by forecast.Caller, value kpi.Value, on string) forecast.Call {
		return forecast.Call{Period: march, Owner: owner, By: by, Category: funnel.Commit, Value: value, Day: day(on)}
	}
	bob, boss := say("Bob", forecast.OwnerCalls, kpi.Int(5500), "2026-03-04"), say("Bob", forecast.ManagerCalls, kpi.Int(5300), "2026-03-05")
	for name, test := range map[string]struct {
		why            string
		calls          []forecast.Call
		force, landing int64 // of all, in commit
	}{
		"none":        {"won and commit: 6,000 + 200 + 600", nil, 6800, 6800},
		"owner":       {"Bob's 5,500 in place of 5,600", []forecast.Call{bob}, 6700, 6700},
		"manager":     {"his manager goes before him", []forecast.Call{boss, bob}, 6500, 6500},
		"taken back":  {"no amount ends a call", []forecast.Call{bob, boss, say("Bob", forecast.ManagerCalls, kpi.Undefined(kpi.NoAmount), "2026-03-06")}, 6700, 6700},
		"later":       {"a call of the 11th is not known on the 10th", []forecast.Call{say("Bob", forecast.OwnerCalls, kpi.Int(1), "2026-03-11")}, 6800, 6800},
		"replaced":    {"the latest counts, however they stand", []forecast.Call{say("Bob", forecast.OwnerCalls, kpi.Int(5700), "2026-03-07"), bob}, 6900, 6900},
		"about all":   {"one number for the team", []forecast.Call{bob, say("", forecast.ManagerCalls, kpi.Int(7000), "2026-03-08")}, 7000, 7000},
		"other month": {"of February", []forecast.Call{{Period: month("2026-02"), Owner: "Bob", Category: funnel.Commit, Value: kpi.Int(1), Day: day("2026-02-04")}}, 6800, 6800},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Error("no why")
			}
			f, err := forecast.New(h, asOf("2026-03-10"), forecast.Aim{Period: march, Method: forecast.Categories, Calls: test.calls})
			if err != nil {
				t.Fatal(err)
			}
			c := f.Categories()
			single, cumulative := []string{}, []string{}
			for _, l := range c.Lines {
				single, cumulative = append(single, l.Single.Value.Sum.String()), append(cumulative, l.Cumulative.String())
			}
			if !reflect.DeepEqual(single, []string{"800", "30", "12"}) || !reflect.DeepEqual(cumulative, []string{"6800", "6830", "6842"}) {
				t.Error("the deals are as they are:", single, cumulative)
			}
			if c.Won.Value.Sum != kpi.Int(6000) || c.Omitted.Deals != 1 || c.Omitted.Value.Sum != kpi.Int(70) || len(c.Owners) != 2 {
				t.Errorf("%+v", c)
			}
			if c.Lines[0].InForce != kpi.Int(test.force) || f.Landing().Total.Value != kpi.Int(test.landing) {
				t.Errorf("in force %s, landing %s, want %d, %d", c.Lines[0].InForce, f.Landing().Total.Value, test.force, test.landing)
			}
		})
	}
}

// Three days of a week, by the deals' own probabilities: a lead (0.2) is won
// at 150, another is raised from 100 to 200, a third becomes a demo (0.4), one is
// lost, one goes to April, and one is new.
func TestChangeByHand(t *testing.T) {
	lead := func(id, on string, amount int64) funnel.Event {
		return funnel.Event{Deal: id, At: start(on), Stage: "lead", Amount: kpi.Int(amount), ExpectedClose: day("2026-03-20")}
	}
	h := collect(t, lead("win", "2026-03-01", 100), lead("raise", "2026-03-01", 100), lead("move", "2026-03-01", 100), lead("lose", "2026-03-01", 100), lead("push", "2026-03-01", 100),
		lead("new", "2026-03-11", 300),
		funnel.Event{Deal: "win", At: start("2026-03-11"), Stage: "won", Amount: kpi.Int(150)}, funnel.Event{Deal: "raise", At: start("2026-03-11"), Amount: kpi.Int(200)},
		funnel.Event{Deal: "move", At: start("2026-03-11"), Stage: "demo"}, funnel.Event{Deal: "lose", At: start("2026-03-11"), Stage: "lost"},
		funnel.Event{Deal: "push", At: start("2026-03-11"), ExpectedClose: day("2026-04-02")})
	aim := forecast.Aim{Period: month("2026-03"), Method: forecast.DealProbability}
	before, err := forecast.New(h, asOf("2026-03-10"), aim)
	if err != nil {
		t.Fatal(err)
	}
	after, err := forecast.New(h, asOf("2026-03-12"), aim)
	if err != nil {
		t.Fatal(err)
	}
	c, err := forecast.Changed(before, after)
	if err != nil {
		t.Fatal(err)
	}
	if c.Before.Total != kpi.Int(100) || c.After.Total != kpi.Int(150+40+40+60) {
		t.Errorf("from %s to %s", c.Before.Total, c.After.Total)
	}
	for _, want := range []struct {
		line      forecast.ChangeLine
		won, open int64
	}{
		{c.Line(funnel.DealCreated), 0, 60}, {c.Line(funnel.ValueRaised), 0, 20}, {c.Line(funnel.PushedOut), 0, -20},
		{c.Line(funnel.DealWon), 150, -20}, {c.Line(funnel.DealLost), 0, -20}, {c.OtherLine(forecast.ChanceMoved), 0, 20},
		{c.OtherLine(forecast.NewDeals), 0, 0}, {c.Line(funnel.DealRemoved), 0, 0},
	} {
		if want.line.Adds.Won != kpi.Int(want.won) || want.line.Adds.Open != kpi.Int(want.open) {
			t.Errorf("%s %s: %+v, want %d won, %d open", want.line.Cause, want.line.Other, want.line.Adds, want.won, want.open)
		}
	}
	if len(c.Lines) != 6 || c.Line(funnel.DealWon).Deals[0].Deal != "win" || c.Line(funnel.DealWon).Deals[0].Was != kpi.Int(20) || c.Line(funnel.DealWon).Deals[0].Is != kpi.Int(150) {
		t.Errorf("%+v", c.Lines)
	}
	same, err := forecast.Changed(after, after)
	if err != nil || len(same.Lines) != 0 || same.Before != same.After {
		t.Error("nothing changed:", same, err)
	}
}

// Of threeMonths eight leads were given 0.2 and four demos 0.4, and two and
// three of them were won:
//
//	Brier (2·0.8² + 6·0.2² + 3·0.6² + 1·0.4²)/12 = 2.76/12
//	plain 5/12 · 7/12, skill 1 − 0.23·144/35 = 0.0537…
func TestCalibrationByHand(t *testing.T) {
	f, err := forecast.New(threeMonths(t), asOf("2026-03-10"), forecast.Aim{Period: month("2026-03")})
	if err != nil {
		t.Fatal(err)
	}
	c := f.Calibration(forecast.DealProbability)
	if c.Predictions != 12 || c.Won != 5 || c.Expected != kpi.Minor(32, 1) || c.Bias != kpi.NewRatio(kpi.Minor(-18, 1), kpi.Int(12)) ||
		c.Brier != kpi.Minor(23, 2) || c.Plain != kpi.Frac(35, 144) || c.Skill != kpi.Int(1).Sub(kpi.Minor(23, 2).Mul(kpi.Frac(144, 35))) {
		t.Errorf("%+v", c)
	}
	if len(c.Bins) != 2 || c.Bins[0].Key != "0.2-0.3" || c.Bins[0].Won != kpi.RatioOf(2, 8) || c.Bins[1].Key != "0.4-0.5" || c.Bins[1].Won != kpi.RatioOf(3, 4) {
		t.Errorf("bins %+v", c.Bins)
	}
	if len(c.Categories) != 2 || c.Categories[0].Key != "best_case" || c.Categories[0].Predictions != 4 || c.Categories[1].Key != "pipeline" ||
		len(c.Owners) != 1 || c.Owners[0].Key != "Ann" || len(c.Horizons) != 1 || c.Horizons[0].Key != "1-30" {
		t.Errorf("groups %+v %+v %+v", c.Categories, c.Owners, c.Horizons)
	}
	young, err := forecast.New(collect(t), asOf("2026-01-10"), forecast.Aim{Period: month("2026-01")})
	if err != nil {
		t.Fatal(err)
	}
	if c := young.Calibration(forecast.StageAge); c.Predictions != 0 || c.Brier.Reason() != kpi.TooFew || c.Bias.Value().Reason() != kpi.ZeroDenominator {
		t.Errorf("of nothing %+v", c)
	}
	// January's chances by stage and age could not be learned, February's could.
	if c := f.Calibration(forecast.StageAge); c.Predictions != 6 || c.Unknown != 6 {
		t.Errorf("%d given, %d not", c.Predictions, c.Unknown)
	}
}

// Of the owner Ann all landings of threeMonths are hers; by deal probability
// February's was 4·20 + 2·40 due, 100 elsewhere and 80 new, against 360.
func TestOwnersByHand(t *testing.T) {
	f, err := forecast.New(threeMonths(t), asOf("2026-03-10"), forecast.Aim{Period: month("2026-03")})
	if err != nil {
		t.Fatal(err)
	}
	all := f.Owners(forecast.DealProbability)
	if len(all) != 1 || all[0].Owner != "Ann" || all[0].Total.Value != kpi.Int(445) || all[0].Periods != 1 ||
		all[0].Bias != kpi.NewRatio(kpi.Int(-20), kpi.Int(360)) || all[0].Accuracy != kpi.Frac(17, 18) {
		t.Errorf("%+v", all)
	}
}

// On the tenth of March April is forecast as February was on the tenth of
// January: two deals were due in it then, and none of them was won in it.
// March is not over, and teaches nothing yet.
func TestNextPeriodByHand(t *testing.T) {
	q := asOf("2026-03-10")
	f, err := forecast.New(threeMonths(t), q, forecast.Aim{Period: month("2026-04")})
	if err != nil {
		t.Fatal(err)
	}
	l := f.Landing()
	// Nothing else that was open then was won in February; new were all of its
	// wins, 100 + 100 + 160.
	if l.Past != 1 || f.Past()[0] != month("2026-02") || l.DaysLeft != 30 || l.Due.Deals != 1 || l.Due.Value != kpi.Int(0) ||
		l.Elsewhere.Deals != 4 || l.Elsewhere.Value != kpi.Int(0) || l.New.Value != kpi.Int(360) || l.Won.Value != kpi.Int(0) {
		t.Errorf("past %v, %+v", f.Past(), l)
	}
}
