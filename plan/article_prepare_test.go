package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// The article's customer: a survey says that buyers want green products, which
// the market has room for, and the product line is changed.
//
//	green    9 + (9 − 3) = 15     price  7 + 0 = 7, satisfied beyond its importance
//	market   green 300,000, a half more than 200,000; ours 15,000 is 5 %; room 300,000 ÷ 3 − 15,000 = 85,000
//	         plain 400,000, a fifth less than 500,000; ours 80,000 is 20 %; room 400,000 ÷ 4 − 80,000 = 20,000
//	line     100 leads × 10 % × 100 = 1,000; a green line brings 25 % more leads: 1,250 of 1,200
func greenProducts(t *testing.T) {
	p := quarter(t)
	market := plan.Segment{ID: "plain", Metric: "won_value", Owner: "team", Period: period("2026-Q1"), Size: kpi.Int(400000), SizeBefore: kpi.Int(500000),
		Ours: kpi.Int(80000), OursBefore: kpi.Int(75000), Reachable: kpi.Frac(1, 4)}
	green := plan.Segment{ID: "green", Metric: "won_value", Owner: "team", Period: period("2026-Q1"), Size: kpi.Int(300000), SizeBefore: kpi.Int(200000),
		Ours: kpi.Int(15000), OursBefore: kpi.Int(20000), Reachable: kpi.Frac(1, 3)}
	p.Preparation = plan.Preparation{Segments: []plan.Segment{market, green}, Needs: []plan.Need{
		{ID: "price", Importance: kpi.Int(7), Satisfaction: kpi.Int(8), Important: 120, Satisfied: 118, Evidence: []string{"survey-25"}},
		{ID: "recycled", Segment: "green", Importance: kpi.Int(9), Satisfaction: kpi.Int(3), Important: 60, Satisfied: 55, Evidence: []string{"survey-25"}}}}
	r, err := p.Prepare(day("2026-01-01"))
	must(t, err)
	var needs, segments []string
	for _, n := range r.Needs {
		needs = append(needs, fmt.Sprint(n.Rank, " ", n.Need, " ", n.Score, " of ", n.N))
	}
	for _, s := range r.Segments {
		segments = append(segments, fmt.Sprint(s.Segment, " grows ", s.Growth, ", share ", s.Share, " after ", s.ShareBefore, ", room ", s.Headroom))
	}
	same(t, "needs", needs, []string{"1 recycled 15 of 55", "2 price 7 of 118"})
	same(t, "segments", segments, []string{"green grows 0.5, share 0.05 after 0.1, room 85000", "plain grows -0.2, share 0.2 after 0.15, room 20000"})

	do := doing()
	do.Strategies = []action.Strategy{{ID: "green_line", Kind: action.Product, Goal: "q1", Start: day("2026-01-01"),
		Effects: []action.Effect{{Lever: action.Leads, Change: kpi.Frac(1, 4), Evidence: "survey-25"}}}}
	do.Actions[0].Strategy = "green_line"
	promise, err := do.Promise(aim(t, 1200))
	must(t, err)
	amount(t, "with the green line", promise.Landing, kpi.Int(1250))
	if promise.Outcome != kpi.TargetMet {
		t.Errorf("%v of %v: %v", promise.Landing, promise.Target, promise.Outcome)
	}
}

// aim is a goal of 100 leads × 10 % × 100, all effects at once.
func aim(t *testing.T, amount int64) action.Aim {
	t.Helper()
	formula, err := kpi.ParseFormula("leads * conversion * size")
	must(t, err)
	return action.Aim{Goal: "q1", Period: period("2026-Q1"), Target: kpi.Int(amount), Formula: formula,
		Drivers:   []action.Driver{{ID: "leads", Lever: action.Leads, Value: kpi.Int(100)}, {ID: "conversion", Lever: action.Conversion, Value: kpi.Frac(1, 10)}, {ID: "size", Lever: action.DealSize, Value: kpi.Int(100)}},
		LeadTimes: []action.LeadTime{{Lever: action.Leads}, {Lever: action.Conversion}, {Lever: action.DealSize}}}
}

// fiveYears is the history of the team, twenty quarters that grow by 20 % a
// year with an even error: the growths of the sixteen pairs are, by time,
// 26 % and 1/7 in turn, which are 1.2 × 1.05 and 1.2 ÷ 1.05. The first quarter
// of 2025 brought 75,000. With d = ln 1.05 = 0.048790:
//
//	projection  75,000 × 1.2 = 90,000, for the mean of the sixteen logarithms is ln 1.2
//	errors      each pair against the mean of those before it: the second, fourth … sixteenth
//	            −(1 + 1/k)·d for k = 1, 3 … 15, the seven between +d
//	mean        (7 − 8 − (1 + 1/3 + 1/5 + … + 1/15))·d ÷ 15 = −3.02180·d ÷ 15 = −0.201453·d
//	deviation   √((20.246092 − 15 × 0.201453²) ÷ 14)·d = 1.184342·d
//	scale       deviation × √(1 + 1/15) = 1.223184·d
//
// So an amount is reached with a chance of q where Student's t of 14 degrees
// says so: 90,000 × e^((−0.201453 + t(1 − q)·1.223184)·d). Its quantiles are
// those of the printed tables, their further digits of the density integrated by
// Simpson's rule in a program of its own: t(0.6) = 0.258213, t(0.9) = 1.345030.
func fiveYears() plan.History {
	h := plan.History{Grain: calendar.Quarterly}
	for q, last := range []int64{75000, 80000, 90000, 110000} {
		growth := []kpi.Value{kpi.Frac(126, 100), kpi.Frac(8, 7)}[q%2]
		v := kpi.Int(last)
		for year := 2025; year > 2020; year-- {
			h.Figures = append(h.Figures, figure("won_value", "team", fmt.Sprintf("%d-Q%d", year, q+1), v))
			v = v.Div(growth)
		}
	}
	return h
}

// The same 90,000 held against the market, the team and its history.
//
//	market    of 450,000 that is 20 %
//	history   20 % more than 75,000; 16 pairs
//	team      2 people × 800 × 63 days = 100,800; after one has left 50,400
func marketTeamAndHistory(t *testing.T) {
	p := quarter(t)
	p.Preparation = plan.Preparation{History: fiveYears(),
		Segments: []plan.Segment{{ID: "all", Metric: "won_value", Owner: "team", Period: period("2026-Q1"), Size: kpi.Int(450000)}},
		Teams: []plan.Team{{Owner: "team", Metric: "won_value", Period: period("2026-Q1"),
			Capacity: target.Capacity{People: kpi.Int(2), Productivity: kpi.Int(800), WorkDays: kpi.Int(63)}}}}
	two, err := p.Assess(nil)
	must(t, err)
	a := two.Assessments[0]
	amount(t, "share of the market", a.MarketShare, kpi.Frac(1, 5))
	amount(t, "growth asked for", a.Needed, kpi.Frac(1, 5))
	amount(t, "the year before", a.Outlook.Base, kpi.Int(75000))
	near(t, "projection", a.Outlook.Projection, 90000, 0.01)
	if a.Outlook.Pairs != 16 || slices.Contains(codes(a.Achievable.Findings), "above_capacity") {
		t.Errorf("%d pairs, %v", a.Outlook.Pairs, codes(a.Achievable.Findings))
	}
	p.Preparation.Teams[0].People = kpi.Int(1)
	one, err := p.Assess(nil)
	must(t, err)
	f := found(t, one.Assessments[0].Achievable.Findings, "above_capacity")
	if f.Args["passes"] != "50,400.00 USD" || f.Args["target"] != "90,000.00 USD" {
		t.Errorf("%v", f.Args)
	}
}

// A target is a number for each month: revenue adds up, a share does not.
//
//	revenue   90,000 ÷ 3 = 30,000 a month, of which ann has 2/3
//	share     20 % in each month and in the quarter
//
// In January 28,500 of a market of 150,000 are 19 %: 95 % of both targets.
func monthlyRevenueAndShare(t *testing.T) {
	months, err := target.BreakDown(goal(), metric(), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "team",
		Children: []target.Node{{ID: "ann", Weight: kpi.Int(2)}, {ID: "bo", Weight: kpi.Int(1)}}}})
	must(t, err)
	for _, c := range []struct {
		owner, period string
		want          int64
	}{{"ann", "2026-02", 20000}, {"bo", "2026-02", 10000}, {"team", "2026-02", 30000}, {"ann", "2026-Q1", 60000}, {"team", "2026-Q1", 90000}} {
		amount(t, c.owner+" in "+c.period, months.Cell(c.owner, period(c.period)), kpi.Int(c.want))
	}
	share := kpi.Metric{ID: "market_share", Unit: kpi.Share(1), Additivity: kpi.RatioOfSums}
	g := target.Goal{ID: "share", Metric: "market_share", Owner: "team", Period: period("2026-Q1"), Target: kpi.Frac(1, 5)}
	var market []kpi.Figure
	for _, month := range []string{"2026-01", "2026-02", "2026-03"} {
		market = append(market, figure("market_share", "team", month, kpi.Int(150000)))
	}
	stated, err := target.StateFlat(g, share, target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "team"}}, market)
	must(t, err)
	amount(t, "share of February", stated.Cell("team", period("2026-02")), kpi.Frac(1, 5))
	amount(t, "share of the quarter", stated.Cell("team", period("2026-Q1")), kpi.Frac(1, 5))

	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{metric(), share}, Goals: []target.Goal{goal(), g}, Breakdowns: []*target.Breakdown{months}, Stated: []*target.Stated{stated}}
	r := review(t, p, plan.Input{AsOf: day("2026-01-31"), Known: period("2026-01"), Actuals: []kpi.Figure{won("ann", "2026-01", 20000), won("bo", "2026-01", 8500),
		figure("market_share", "team", "2026-01", kpi.Frac(28500, 150000))}})
	for _, id := range []string{"q1", "share"} {
		of, _ := r.Goal(id)
		amount(t, id+" in January", of.Owners[0].Periods[0].Attainment, kpi.Frac(95, 100))
	}
}

// Who does what by when, with which time and money. January has 22 working
// days from Thursday the 1st; the 5th is a Monday.
//
//	list    bo, 5 days, 5 – 9 January
//	stand   ann, 10 days, 12 – 23 January, after the list, 3,000
//	calls   ann 5 and bo 5 days, 26 – 30 January, after the stand
//
// ann has 10 + 5 = 15 and bo 5 + 5 = 10 of 22 days; mo, who answers for it,
// none. Of 3,000 there are 2,000 ordered and 500 paid: 500 are left.
func taskAndTimeOfEverySeller(t *testing.T) {
	do, work := fair(), workdays(t, "2026")
	agenda, err := do.Agenda(action.AgendaQuestion{AsOf: day("2026-01-04"), Work: work})
	must(t, err)
	var tasks []string
	for _, person := range agenda.People {
		for _, task := range person.Month {
			tasks = append(tasks, fmt.Sprint(person.Person, " ", task.ID, " by ", task.Due))
		}
	}
	same(t, "tasks of January", tasks, []string{"ann stand by 2026-01-23", "ann calls by 2026-01-30", "bo list by 2026-01-09", "bo calls by 2026-01-30"})

	load, err := do.Workload(action.LoadQuestion{Period: period("2026-01"), Grain: calendar.Monthly, Work: work})
	must(t, err)
	var loads []string
	for _, person := range load.People {
		loads = append(loads, fmt.Sprint(person.Person, " ", person.Total.Actions, " of ", person.Total.Capacity))
	}
	same(t, "days of January", loads, []string{"ann 15 of 22", "bo 10 of 22", "mo 0 of 22"})
	amount(t, "effort", load.Effort, kpi.Int(25))

	report, err := do.Track(action.Input{AsOf: day("2026-01-16"), Work: work, Costs: []action.Cost{
		{Action: "stand", Day: day("2026-01-12"), Kind: action.Committed, Amount: kpi.Int(2000)}, {Action: "stand", Day: day("2026-01-15"), Kind: action.Spent, Amount: kpi.Int(500)}}})
	must(t, err)
	for _, b := range []action.BudgetLine{report.Budget.Total, report.Budget.Strategies[0]} {
		same(t, "budget", []kpi.Value{b.Planned, b.Committed, b.Spent, b.Available}, []kpi.Value{kpi.Int(3000), kpi.Int(2000), kpi.Int(500), kpi.Int(500)})
	}
}

// fair is the plan of a fair: bo makes the list, ann has the stand, both call.
func fair() action.Plan {
	role := func(days int64, people ...string) []action.Role {
		roles := []action.Role{{Person: "mo", Part: action.Accountable}}
		for _, person := range people {
			roles = append(roles, action.Role{Person: person, Part: action.Responsible, Effort: kpi.Int(days)})
		}
		return roles
	}
	return action.Plan{ID: "do", Period: period("2026-Q1"), Unit: kpi.Money("USD", 2), People: []action.Person{{ID: "mo"}, {ID: "ann"}, {ID: "bo"}},
		Strategies: []action.Strategy{{ID: "fair", Kind: action.Promotion, Goal: "q1", Start: day("2026-01-05"), Effects: []action.Effect{{Lever: action.Leads, Change: kpi.Frac(1, 10)}}}},
		Actions: []action.Action{
			{ID: "list", Strategy: "fair", Roles: role(5, "bo"), Start: day("2026-01-05"), Due: day("2026-01-09")},
			{ID: "stand", Strategy: "fair", Roles: role(10, "ann"), Start: day("2026-01-12"), Due: day("2026-01-23"), After: []string{"list"}, Budget: kpi.Int(3000)},
			{ID: "calls", Strategy: "fair", Roles: role(5, "ann", "bo"), Start: day("2026-01-26"), Due: day("2026-01-30"), After: []string{"stand"}}}}
}
