package target_test

import (
	"encoding/json"
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/org"
	"github.com/saleskpi/saleskpi/target"
)

// quarter2026 is 360,000 of Q1 over Amy and Bo, by months.
func quarter2026() *target.Breakdown {
	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "east", Period: calendar.Calendar{}.MustParse("2026-Q1"), Target: kpi.Int(360_000)}
	b, err := target.BreakDown(goal, wonValue(), target.Split{Grain: calendar.Monthly, Owners: target.Node{
		ID: "east", Children: []target.Node{{ID: "Amy"}, {ID: "Bo"}},
	}})
	if err != nil {
		fmt.Println(err)
	}
	return b
}

func months(b *target.Breakdown, owner string) string {
	text := owner + ":"
	for _, f := range b.Plan(owner, b.Goal().Period) {
		text += " " + f.Value.String()
	}
	return text
}

// A database holds the tree as rows that name their parent; all that is wrong
// with it comes at once.
func ExampleTreeOf() {
	tree, err := target.TreeOf([]target.Owner{
		{ID: "Amy", Parent: "east"}, {ID: "Bo", Parent: "east"}, {ID: "east", Parent: "company"}, {ID: "company"},
	})
	fmt.Println(tree.ID, tree.Children[0].ID, tree.Children[0].Children[1].ID, err)

	_, err = target.TreeOf([]target.Owner{
		{ID: "company"}, {ID: "east", Parent: "west"}, {ID: "west", Parent: "east"}, {ID: "Amy", Parent: "north"}, {ID: "Amy", Parent: "east"},
	})
	for _, e := range check.All(err) {
		fmt.Println(e.Path, e.Code, e.Value)
	}
	// Output:
	// company east Bo <nil>
	// owners[4].parent two_parents east
	// owners[3].parent unknown_owner north
	// owners[1].parent cycle east → west → east
}

// Last year's wins count half and the accounts half; Chen is new and gets a
// half of the peers' mean.
func ExampleSellerHistory() {
	history := target.SellerHistory{
		Own:       target.Weights{"Amy": kpi.Int(600_000), "Bo": kpi.Int(200_000)},
		Potential: target.Weights{"Amy": kpi.Int(50), "Bo": kpi.Int(50)},
		Ramp:      target.Weights{"Chen": kpi.Frac(1, 2)},
	}
	weights, found, err := history.Weights("Amy", "Bo", "Chen")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(weights["Amy"], weights["Bo"], weights["Chen"])
	fmt.Println(target.Findings().Text(found[0], "en"))
	// Output:
	// 500000 300000 200000
	// Chen has no history and weighs the peers' mean times ramp, 200000.
}

func ExampleBlend() {
	weights, err := target.Blend(
		target.Part{Weights: target.EvenWeights("Amy", "Bo"), Share: kpi.Frac(1, 4)},
		target.Part{Weights: target.Weights{"Amy": kpi.Int(30), "Bo": kpi.Int(10)}, Share: kpi.Frac(3, 4)},
	)
	fmt.Println(weights["Amy"], weights["Bo"], err)
	// Output: 0.6875 0.3125 <nil>
}

func ExampleProduct() {
	weights, err := target.Product(
		target.Weights{"Amy": kpi.Int(40), "Bo": kpi.Int(10)},        // accounts
		target.Weights{"Amy": kpi.Int(5_000), "Bo": kpi.Int(30_000)}, // potential of one
		target.Weights{"Amy": kpi.Frac(9, 10), "Bo": kpi.Frac(1, 2)}, // presence
	)
	fmt.Println(weights["Amy"], weights["Bo"], err)
	// Output: 180000 150000 <nil>
}

// The first half of 2025 brought 181, the second 552; 2024 is not known.
func ExampleSeason() {
	cal := calendar.Calendar{}
	half := func(label string, amount int64) kpi.Figure {
		return kpi.Figure{Metric: "won_value", Owner: "company", Period: cal.MustParse(label), Value: kpi.Int(amount)}
	}
	season := target.Season{
		Grain: calendar.HalfYearly, Years: 2, Known: cal.MustParse("2025"),
		History: []kpi.Figure{half("2025-H1", 181), half("2025-H2", 552)},
	}
	halves, _ := cal.Split(cal.MustParse("2026"), calendar.HalfYearly)
	weights, _, err := season.Weights(halves)
	if err != nil {
		fmt.Println(err)
		return
	}
	phasing, err := weights.Phasing(cal, halves)
	fmt.Println(weights.Shares()["2026-H2"].Text(4, kpi.HalfEven), phasing.By, err)
	// Output: 0.7531 weights <nil>
}

func ExampleWorkDayWeights() {
	work, err := calendar.NewWorkCalendar(calendar.WorkDays{
		Covers: calendar.Calendar{}.MustParse("2026-Q1"), Weekend: calendar.WeekdaysOf(6, 0),
		Holidays: []calendar.Day{calendar.MustDay("2026-01-01")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	cal := calendar.Calendar{}
	q1, _ := cal.Split(cal.MustParse("2026-Q1"), calendar.Monthly)
	weights, err := target.WorkDayWeights(cal, work, q1)
	fmt.Println(weights["2026-01"], weights["2026-02"], weights["2026-03"], err)
	// Output: 21 20 22 <nil>
}

// Bo is hired on 16 February with a ramp of 25, 50 and 75 %. What he does
// not carry is nobody's until somebody assigns it.
func ExampleBreakdown_Prorate() {
	ramp := target.Ramp{Hired: calendar.MustDay("2026-02-16"), Steps: []kpi.Value{kpi.Frac(1, 4), kpi.Frac(1, 2), kpi.Frac(3, 4)}}
	b, err := quarter2026().Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "Bo", Ramp: ramp})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(months(b, "Bo"))
	fmt.Println(months(b, "east"))
	for _, f := range b.Findings() {
		fmt.Println(target.Findings().Text(f, "en"))
	}
	b, err = b.Edit(target.Edit{Owner: "Amy", Period: calendar.Calendar{}.MustParse("2026-01"), Value: kpi.Int(100_000), Follow: target.UncoveredAbsorbs})
	if err != nil {
		fmt.Println(err)
		return
	}
	quota := b.Quota("east", b.Goal().Period)
	fmt.Println("carried", quota.Carried, "street", quota.Street, "uncovered", quota.Uncovered)
	// Output:
	// Bo: 0 6964 15000
	// east: 120000 120000 120000
	// 158,036 USD of the 360,000 USD of east is carried by nobody: proration, ramp, leave or a vacancy took it away.
	// carried 360000 street 241964 uncovered 118036
}

func ExamplePresenceOf() {
	o, err := org.New(org.Structure{
		Units:       []org.Unit{{ID: "east"}},
		Assignments: []org.Assignment{{Member: "Bo", Unit: "east", From: calendar.MustDay("2026-02-16")}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	presence := target.PresenceOf(o, "Bo", "east", calendar.Calendar{}.MustParse("2026-Q1"))
	fmt.Println(presence.Active, presence.Vacant)
	// Output: [2026-02-16/2026-04-01] false
}

func ExampleRamp_Factor() {
	ramp := target.Ramp{Hired: calendar.MustDay("2026-02-16"), Steps: []kpi.Value{kpi.Frac(1, 4), kpi.Frac(1, 2)}}
	cal := calendar.Calendar{}
	for _, label := range []string{"2026-01", "2026-02", "2026-03", "2026-04", "2026-05"} {
		fmt.Print(ramp.Factor(cal, cal.MustParse(label)), " ")
	}
	fmt.Println()
	// Output: 0 0.25 0.25 0.5 1
}

// The company carries 1,000,000 and hands on 10 % more, each region 15 %
// more again.
func ExampleBreakdown_Levels() {
	goal := target.Goal{ID: "2026", Metric: "won_value", Owner: "company", Period: calendar.Calendar{}.MustParse("2026"), Target: kpi.Int(1_000_000)}
	b, err := target.BreakDown(goal, wonValue(), target.Split{Grain: calendar.Quarterly, Owners: target.Node{
		ID: "company", Mode: target.Carried, Cushion: kpi.Frac(10, 100), Children: []target.Node{
			{ID: "east", Mode: target.Carried, Cushion: kpi.Frac(15, 100), Children: []target.Node{{ID: "Amy"}, {ID: "Bo"}}},
			{ID: "west", Mode: target.DirectPlusTeam, Children: []target.Node{{ID: "Dana"}}},
		}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range b.Levels(goal.Period) {
		fmt.Println(l.Owner, "carries", l.Carried, "hands on", l.HandedOn, "street", l.Street, "compounded", l.Compounded)
	}
	fmt.Println("own selling of west:", b.Quota("west", goal.Period).Direct)
	for _, f := range b.Findings() {
		fmt.Println(target.Findings().Text(f, "en"))
	}
	// Output:
	// company carries 1000000 hands on 1100000 street 1182500 compounded 1.1
	// east carries 550000 hands on 632500 street 632500 compounded 1.265
	// west carries 550000 hands on 550000 street 550000 compounded 1.1
	// own selling of west: 275000
	// The cushions down to east compound to 1.265 times: company ×1.100, east ×1.150.
}

func ExampleBreakdown_Edit() {
	b := quarter2026()
	march := calendar.Calendar{}.MustParse("2026-03")
	for _, follow := range []target.Follow{target.ParentChanges, target.SiblingsAbsorb} {
		edited, err := b.Edit(target.Edit{Owner: "Amy", Period: march, Value: kpi.Int(70_000), Follow: follow})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(follow, "|", months(edited, "Amy"), "|", months(edited, "Bo"), "|", months(edited, "east"))
	}
	_, err := b.Edit(target.Edit{
		Owner: "Amy", Period: march, Value: kpi.Int(70_000), Follow: target.SiblingsAbsorb,
		Locks: []target.Lock{{Owner: "Bo"}},
	})
	fmt.Println(err)
	// Output:
	// parent | Amy: 60000 60000 70000 | Bo: 60000 60000 60000 | east: 120000 120000 130000
	// siblings | Amy: 60000 60000 70000 | Bo: 60000 60000 50000 | east: 120000 120000 120000
	// target.Edit: value: locked "-10000" (owner Amy, period 2026-03): infeasible
}

// Decided on 5 February: from 10 February on the quarter is 400,000, and what
// January left open is caught up.
func ExampleVersions_Revise() {
	cal := calendar.Calendar{}
	versions, err := target.Publish(target.Version{Breakdown: quarter2026(), Known: calendar.MustDay("2025-12-10"), Author: "cfo"})
	if err != nil {
		fmt.Println(err)
		return
	}
	actual := func(owner string, amount int64) kpi.Figure {
		return kpi.Figure{Metric: "won_value", Owner: owner, Period: cal.MustParse("2026-01"), Value: kpi.Int(amount)}
	}
	versions, err = versions.Revise(target.Revision{
		Effective: calendar.MustDay("2026-02-10"), Known: calendar.MustDay("2026-02-05"), Reason: "new product",
		Target: kpi.Int(400_000),
		Spread: target.OverTheRest, Actuals: []kpi.Figure{actual("Amy", 50_000), actual("Bo", 60_000)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	before, after := versions.All()[0].Breakdown, versions.All()[1].Breakdown
	fmt.Println(months(after, "Amy"))
	fmt.Println(months(after, "Bo"))
	diff, err := before.Diff(after)
	fmt.Println(len(diff.Changes), diff.Changes[0].Owner, diff.Changes[0].Period, diff.Changes[0].From, diff.Changes[0].To, err)
	// Output:
	// Amy: 60000 75000 75000
	// Bo: 60000 70000 70000
	// 6 Amy 2026-02-01/2026-03-01 60000 75000 <nil>
}

func ExampleVersions_Attainment() {
	q1, end := calendar.Calendar{}.MustParse("2026-Q1"), calendar.MustDay("2026-03-31")
	ramp := target.Ramp{Hired: calendar.MustDay("2026-01-01"), Steps: []kpi.Value{kpi.Frac(1, 4), kpi.Frac(1, 2), kpi.Frac(3, 4)}}
	ramped, err := quarter2026().Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "Bo", Ramp: ramp})
	if err != nil {
		fmt.Println(err)
		return
	}
	versions, err := target.Publish(target.Version{Breakdown: ramped, Known: calendar.MustDay("2025-12-10")})
	if err != nil {
		fmt.Println(err)
		return
	}
	versions, err = versions.Revise(target.Revision{
		Effective: calendar.MustDay("2026-03-01"), Known: calendar.MustDay("2026-03-01"),
		Edits: []target.Edit{{Owner: "Bo", Period: calendar.Calendar{}.MustParse("2026-03"), Value: kpi.Int(65_000)}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	bo := versions.Attainment("Bo", q1, kpi.Int(110_000), end, end)
	fmt.Println("original", bo.Original, "in force", bo.InForce, "prorated", bo.Prorated)
	fmt.Println(bo.AgainstOriginal.Text(3, kpi.HalfEven), bo.AgainstInForce.Text(3, kpi.HalfEven), bo.AgainstProrated)
	// Output:
	// original 180000 in force 200000 prorated 110000
	// 0.611 0.550 1
}

func ExampleBreakdown_Reconcile() {
	b := quarter2026()
	q1 := b.Goal().Period
	r, err := b.Reconcile(q1, []target.Commitment{
		{Owner: "Amy", Period: q1, Amount: kpi.Int(175_000), Day: calendar.MustDay("2026-01-08"), Author: "Amy"},
		{Owner: "Bo", Period: q1, Amount: kpi.Int(140_000), Day: calendar.MustDay("2026-01-09"), Author: "Bo"},
	}, target.Acceptance{Below: kpi.Frac(5, 100), Above: kpi.Frac(5, 100)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range r.Gaps {
		fmt.Println(g.Owner, g.Target, g.Committed, g.Gap, g.Answer)
	}
	accepted, err := b.Accept(r)
	fmt.Println(months(accepted, "Amy"), err)
	// Output:
	// east 360000 315000 -45000 too_low
	// Amy 180000 175000 -5000 accepted
	// Bo 180000 140000 -40000 too_low
	// Amy: 58334 58333 58333 <nil>
}

func ExampleBreakdown_Lint() {
	year := calendar.Calendar{}.MustParse("2025-Q1")
	last := func(amount int64) []kpi.Figure {
		return []kpi.Figure{{Metric: "won_value", Owner: "Amy", Period: year, Value: kpi.Int(amount)}}
	}
	found, err := quarter2026().Lint(target.Facts{
		Sellers: []string{"Amy", "Bo", "Chen"}, Actuals: last(150_000), Targets: last(140_000),
		Capacity: target.Weights{"Bo": kpi.Int(150_000)},
	}, target.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range found {
		fmt.Println(target.Findings().Text(f, "en"))
	}
	// Output:
	// The target of Amy, 180,000 USD, is above the best ever reached, 150,000 USD.
	// Amy was 10,000 USD above the last target; the new one takes 400.0 % of that back.
	// The target of Bo, 180,000 USD, is above the capacity of 150,000 USD.
	// Chen has no target in q1.
}

func ExampleLintFigures() {
	cal := calendar.Calendar{}
	quota := func(period string) kpi.Figure {
		return kpi.Figure{Metric: "won_value", Owner: "Amy", Period: cal.MustParse(period), Value: kpi.Int(1)}
	}
	for _, f := range target.LintFigures(cal, calendar.Monthly, []kpi.Figure{quota("2026-01-02/2026-02-01"), quota("2026-Q1")}) {
		fmt.Println(target.Findings().Text(f, "en"))
	}
	// Output:
	// The target of Amy for 2026-01-02/2026-02-01 does not begin and end on a month; no report would show it.
	// Two targets of Amy share days: 2026-Q1 and 2026-01-02/2026-02-01.
}

func ExampleBreakdown_Weeks() {
	b := quarter2026()
	weeks, err := b.Weeks("Amy", calendar.Calendar{}.MustParse("2026-Q1"), calendar.WorkCalendar{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, w := range weeks[3:6] { // the middle one lies in January and February
		fmt.Println(calendar.Calendar{}.Label(w.Period), w.Value)
	}
	// Output:
	// 2026-W04 13548
	// 2026-W05 13756
	// 2026-W06 15000
}

func ExampleGoal_Resolve() {
	goal := revenue2026()
	goal.Base, goal.Target, goal.Stretch = kpi.Value{}, kpi.Value{}, kpi.Value{}
	goal.Baseline = kpi.Int(10_434_783)
	goal.Growth = target.Growth{Over: "won in 2025", Rate: kpi.Frac(15, 100)}
	goal, err := goal.Resolve(wonValue(), calendar.MustDay("2026-01-10"))
	fmt.Println(goal.Target, goal.Growth.Resolved, err)
	// Output: 12000000 2026-01-10 <nil>
}

// A win rate is stated as pairs: the year is weighted by the deals that are
// expected to close, not the mean of its halves.
func ExampleState() {
	cal := calendar.Calendar{}
	rate := kpi.Metric{ID: "win_rate", Unit: kpi.Share(4), Additivity: kpi.RatioOfSums}
	goal := target.Goal{ID: "rate", Metric: "win_rate", Owner: "team", Period: cal.MustParse("2026"), Target: kpi.Frac(1, 4)}
	s, err := target.State(goal, rate, target.Split{Grain: calendar.HalfYearly, Owners: target.Node{ID: "team"}}, []target.StatedCell{
		target.Pair("team", cal.MustParse("2026-H1"), kpi.Int(10), kpi.Int(50)),
		target.Pair("team", cal.MustParse("2026-H2"), kpi.Int(60), kpi.Int(200)),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Cell("team", cal.MustParse("2026-H1")), s.Cell("team", cal.MustParse("2026-H2")), s.Cell("team", cal.MustParse("2026")))
	stored, err := json.Marshal(s)
	fmt.Println(string(stored[:30]), err)
	// Output:
	// 0.2 0.3 0.28
	// {"schema":"saleskpi/stated/1", <nil>
}

// Open pipeline is a level: it is split over people, and a year is its end.
func ExampleStatePath() {
	cal := calendar.Calendar{}
	pipeline := kpi.Metric{ID: "open_value", Unit: kpi.Money("USD", 0), Additivity: kpi.Level}
	goal := target.Goal{ID: "pipe", Metric: "open_value", Owner: "team", Period: cal.MustParse("2026"), Baseline: kpi.Int(200_000), Target: kpi.Int(400_000)}
	s, err := target.StatePath(goal, pipeline, target.Split{Grain: calendar.Quarterly, Owners: target.Node{ID: "team", Children: []target.Node{{ID: "Amy"}, {ID: "Bo"}}}}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	year := cal.MustParse("2026")
	fmt.Println(s.Cell("Amy", cal.MustParse("2026-Q1")), s.Cell("team", year), s.Average("team", year))
	// Output: 125000 400000 325000
}

// Two versions of a plan, decided in December and in February.
func ExampleVersions_InForce() {
	first := quarter2026()
	second, err := first.Edit(target.Edit{Owner: "Amy", Period: calendar.Calendar{}.MustParse("2026-03"), Value: kpi.Int(70_000)})
	if err != nil {
		fmt.Println(err)
		return
	}
	versions, err := target.Publish(target.Version{Breakdown: first, Known: calendar.MustDay("2025-12-10"), Reason: "budget"})
	if err != nil {
		fmt.Println(err)
		return
	}
	versions, err = versions.Add(target.Version{Breakdown: second, Effective: calendar.MustDay("2026-03-01"), Known: calendar.MustDay("2026-02-20"), Reason: "fair in March"})
	if err != nil {
		fmt.Println(err)
		return
	}
	march := calendar.MustDay("2026-03-15")
	before, _, _ := versions.InForce(march, calendar.MustDay("2026-02-01"))
	after, at, ok := versions.InForce(march, march)
	fmt.Println(before.Reason, "|", after.Reason, at, ok)
	// Output: budget | fair in March 1 true
}

func ExampleBreakdown_Diff() {
	a := quarter2026()
	b, err := a.Edit(target.Edit{Owner: "Amy", Period: calendar.Calendar{}.MustParse("2026-03"), Value: kpi.Int(70_000), Follow: target.SiblingsAbsorb})
	if err != nil {
		fmt.Println(err)
		return
	}
	diff, err := a.Diff(b)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range diff.Changes {
		fmt.Println(c.Owner, calendar.Calendar{}.Label(c.Period), c.From, "→", c.To)
	}
	again, err := a.Apply(diff)
	fmt.Println(again.Equal(b), err)
	// Output:
	// Amy 2026-03 60000 → 70000
	// Bo 2026-03 60000 → 50000
	// true <nil>
}

func ExampleStateFlat() {
	cal := calendar.Calendar{}
	customers := kpi.Metric{ID: "active_customer_count", Additivity: kpi.Distinct}
	goal := target.Goal{ID: "active", Metric: customers.ID, Owner: "company", Period: cal.MustParse("2026"), Target: kpi.Int(400)}
	s, err := target.StateFlat(goal, customers, target.Split{Grain: calendar.Quarterly, Owners: target.Node{
		ID: "company", Children: []target.Node{{ID: "Amy"}},
	}}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Cell("company", cal.MustParse("2026-Q1")), s.Cell("company", cal.MustParse("2026")), s.Cell("Amy", cal.MustParse("2026")))
	// Output: 400 400 undefined: no_target
}

func ExampleBreakdown_Stated() {
	b := quarter2026()
	table, err := target.FromFigures(b.Goal(), b.Metric(), b.Split(), b.Stated())
	fmt.Println(len(b.Stated()), table.Equal(b), err)
	// Output: 6 true <nil>
}
