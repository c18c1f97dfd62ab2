package action_test

import (
	"encoding/json"
	"fmt"
	"log"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// spring is the action plan of a small team for the second quarter: a trade
// fair for more leads, and a training for more of them won.
func spring() action.Plan {
	d := calendar.MustDay
	raci := func(owner, doer string, effort int64, told ...string) []action.Role {
		roles := []action.Role{{Person: owner, Part: action.Accountable}, {Person: doer, Part: action.Responsible, Effort: kpi.Int(effort)}}
		for _, person := range told {
			roles = append(roles, action.Role{Person: person, Part: action.Informed})
		}
		return roles
	}
	return action.Plan{
		ID: "spring", Name: "Spring plan", NameZH: "春季行动方案",
		Period: calendar.Calendar{}.MustParse("2026-Q2"), Unit: kpi.Money("CNY", 2),
		Strategies: []action.Strategy{
			{ID: "fair", Name: "Trade fair", NameZH: "行业展会", Kind: action.Promotion, Goal: "q2", Start: d("2026-04-20"), Budget: kpi.Int(60_000),
				Effects: []action.Effect{{Lever: action.Leads, Change: kpi.Frac(1, 10), Evidence: "last year's fair"}}},
			{ID: "training", Name: "Sales training", NameZH: "销售培训", Kind: action.CustomerRelationship, Goal: "q2", Start: d("2026-04-01"),
				Effects: []action.Effect{{Lever: action.Conversion, Change: kpi.Frac(1, 10)}}},
		},
		Actions: []action.Action{
			{ID: "stand", Name: "Book the stand", NameZH: "预订展位", Strategy: "fair", Roles: raci("li", "wang", 2, "chen"),
				Start: d("2026-04-01"), Due: d("2026-04-03"), Budget: kpi.Int(30_000)},
			{ID: "material", Name: "Print the material", NameZH: "印制资料", Strategy: "fair", Roles: raci("li", "wang", 5),
				Start: d("2026-04-07"), Due: d("2026-04-10"), After: []string{"stand"}, Budget: kpi.Int(12_000)},
			{ID: "fair_days", Name: "Three days at the fair", NameZH: "参展三天", Strategy: "fair", Roles: raci("li", "chen", 3),
				Start: d("2026-04-20"), Due: d("2026-04-22"), After: []string{"material"}},
			{ID: "follow_up", Name: "Call every visitor", NameZH: "回访全部来访客户", Strategy: "fair", Roles: raci("li", "chen", 8),
				Start: d("2026-04-23"), Due: d("2026-04-30"), After: []string{"fair_days"}},
			{ID: "course", Name: "Two days of training", NameZH: "两天培训", Strategy: "training", Roles: raci("zhao", "chen", 2),
				Start: d("2026-04-13"), Due: d("2026-04-14"), Budget: kpi.Int(8_000)},
		},
		Milestones: []action.Milestone{{ID: "fair_done", Name: "Fair followed up", NameZH: "展会线索跟进完毕", Due: d("2026-04-30"), Actions: []string{"fair_days", "follow_up"}}},
		People:     []action.Person{{ID: "li", Name: "Li Na"}, {ID: "wang", Name: "Wang Wei"}, {ID: "chen", Name: "Chen Jie"}, {ID: "zhao", Name: "Zhao Min"}},
		Routines:   []action.Routine{{ID: "clean_up", Name: "Clean up the pipeline", NameZH: "清理商机", Every: calendar.Weekly, People: []string{"chen", "wang"}, Effort: kpi.Frac(1, 4)}},
		Activities: []action.Activity{{ID: "call", Name: "Call", NameZH: "电话", Effort: kpi.Frac(1, 32)}, {ID: "meeting", Name: "Meeting", NameZH: "拜访", Effort: kpi.Frac(1, 4)}},
	}
}

// work is Mondays to Fridays without the holidays of spring.
func work() calendar.WorkCalendar {
	d := calendar.MustDay
	covers, _ := calendar.NewPeriod(d("2026-01-01"), d("2027-01-01"))
	c, err := calendar.NewWorkCalendar(calendar.WorkDays{Covers: covers, Weekend: calendar.WeekdaysOf(0, 6),
		Holidays: []calendar.Day{d("2026-04-06"), d("2026-05-01"), d("2026-05-04"), d("2026-05-05")}})
	if err != nil {
		log.Fatal(err)
	}
	return c
}

func say(findings []check.Finding, lang string) {
	for _, f := range findings {
		fmt.Println(action.Findings().Text(f, lang))
	}
}

// How the execution stands on the evening of 15 April: what is late, what
// that holds up, and what was spent.
func ExamplePlan_Track() {
	d := calendar.MustDay
	report, err := spring().Track(action.Input{
		AsOf: d("2026-04-15"), Work: work(),
		Records: []action.Record{
			{Action: "stand", Started: d("2026-04-01"), Done: d("2026-04-03")},
			{Action: "material", Started: d("2026-04-09")},
			{Action: "course", Started: d("2026-04-13"), Done: d("2026-04-15")},
		},
		Costs: []action.Cost{
			{Action: "stand", Day: d("2026-04-02"), Kind: action.Spent, Amount: kpi.Int(30_000)},
			{Action: "material", Day: d("2026-04-09"), Kind: action.Committed, Amount: kpi.Int(14_500)},
			{Action: "course", Day: d("2026-04-15"), Kind: action.Spent, Amount: kpi.Int(8_000)},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	p := report.Progress
	fmt.Printf("%d planned: %d done, %d of them on time, %d overdue, %d to come\n", p.Planned, p.Done, p.OnTime, p.Overdue, p.ToCome)
	fmt.Println("critical chain", report.Chain.Actions, "ends", report.Chain.End)
	for _, l := range report.Budget.Strategies {
		fmt.Println(l.Strategy, "planned", l.Planned, "committed", l.Committed, "spent", l.Spent, "available", l.Available)
	}
	say(report.Findings, "en")
	say(report.Findings, "zh")
	// Output:
	// 5 planned: 2 done, 1 of them on time, 1 overdue, 2 to come
	// critical chain [fair_days follow_up] ends 2026-04-30
	// fair planned 42000 committed 14500 spent 30000 available -2500
	// training planned 8000 committed 0 spent 8000 available 0
	// Print the material was due on 2026-04-10 and is not done, 3 working days later; Li Na answers for it. Actions that wait for it (2): Three days at the fair, Call every visitor.
	// Print the material: 0.00 CNY spent and 14,500.00 CNY committed, 2,500.00 CNY more than the budget of 12,000.00 CNY.
	// “印制资料”应于2026-04-10完成，至今未完成，已逾期3个工作日，负责人Li Na；受其影响的后续行动有2项：参展三天、回访全部来访客户。
	// “印制资料”：已支出0.00 CNY，已承诺14,500.00 CNY，超出预算12,000.00 CNY共2,500.00 CNY。
}

// What the two strategies promise: +10 % leads and +10 % conversion are
// +21 %, but the fair's leads take a sales cycle of 45 days to become
// revenue, and the quarter has 61 working days.
func ExamplePlan_Promise() {
	formula, err := kpi.ParseFormula("leads * conversion * deal_size")
	if err != nil {
		log.Fatal(err)
	}
	promise, err := spring().Promise(action.Aim{
		Goal: "q2", Period: calendar.Calendar{}.MustParse("2026-Q2"), Target: kpi.Int(4_700_000), Unit: kpi.Money("CNY", 0), Formula: formula,
		Drivers: []action.Driver{
			{ID: "leads", Lever: action.Leads, Value: kpi.Int(400)},
			{ID: "conversion", Lever: action.Conversion, Value: kpi.Frac(1, 4)},
			{ID: "deal_size", Lever: action.DealSize, Value: kpi.Int(40_000)},
		},
		LeadTimes: []action.LeadTime{{Lever: action.Leads, Days: 45}, {Lever: action.Conversion, Days: 14}},
		Work:      work(),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("without", promise.Baseline, "full", promise.Full, "landing", promise.Landing, "beyond", promise.Beyond)
	for _, s := range promise.Spans {
		fmt.Println(s.Period, "share", s.Share, "value", s.Value)
	}
	say(promise.Findings, "en")
	say(promise.Findings, "zh")
	// Output:
	// without 4000000 full 4840000 landing 4478032.786885245902 beyond 361967.213114754098
	// 2026-04-01/2026-04-15 share 0.147540983607 value 590163.934426229508
	// 2026-04-15/2026-06-04 share 0.540983606557 value 2380327.868852459016
	// 2026-06-04/2026-07-01 share 0.311475409836 value 1507540.983606557377
	// The strategies promise 4,478,033 CNY in the period against a target of 4,700,000 CNY, 221,967 CNY off; without them it would be 4,000,000 CNY.
	// Trade fair: what it does to the goal (leads +10 %) shows from 2026-06-04 on, in 31 % of the working days of the period.
	// Sales training: what it does to the goal (conversion +10 %) shows from 2026-04-15 on, in 85 % of the working days of the period.
	// 各项策略在本期内预计实现4,478,033 CNY，距目标4,700,000 CNY尚差221,967 CNY；若无策略则为4,000,000 CNY。
	// “行业展会”的效果（线索+10 %）自2026-06-04起见效，仅覆盖本期31 %的工作日。
	// “销售培训”的效果（转化率+10 %）自2026-04-15起见效，仅覆盖本期85 %的工作日。
}

// Who has too much to do, week by week.
func ExamplePlan_Workload() {
	load, err := spring().Workload(action.LoadQuestion{Period: calendar.Calendar{}.MustParse("2026-04"), Grain: calendar.Weekly, Work: work()})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range load.People[:1] {
		for i, l := range p.Periods {
			fmt.Println(p.Person, load.Periods[i], "actions", l.Actions, "routines", l.Routines, "of", l.Capacity)
		}
	}
	say(load.Findings, "en")
	say(load.Findings, "zh")
	// Output:
	// chen 2026-04-01/2026-04-06 actions 0 routines 0.25 of 3
	// chen 2026-04-06/2026-04-13 actions 0 routines 0.25 of 4
	// chen 2026-04-13/2026-04-20 actions 2 routines 0.25 of 5
	// chen 2026-04-20/2026-04-27 actions 5.67 routines 0.25 of 5
	// chen 2026-04-27/2026-05-01 actions 5.33 routines 0.25 of 4
	// Chen Jie has work of 5.58 days for 4 working days in 2026-04-27 – 2026-04-30, 1.58 too many. Overloaded in 2 of 5 periods. What takes most: Call every visitor.
	// Wang Wei has work of 5.25 days for 4 working days in 2026-W15, 1.25 too many. Overloaded in 1 of 5 periods. What takes most: Print the material.
	// Chen Jie在2026-04-27 – 2026-04-30有5.58天工作量，而可用时间为4个工作日，超出1.58天；5个期间中有2个超负荷。占用最多的是：回访全部来访客户。
	// Wang Wei在2026-W15有5.25天工作量，而可用时间为4个工作日，超出1.25天；5个期间中有1个超负荷。占用最多的是：印制资料。
}

// What Chen has to do tomorrow, this week and this month. The deals to bring
// in come from the way back from the target: package funnel's Reverse.
func ExamplePlan_Agenda() {
	d := calendar.MustDay
	agenda, err := spring().Agenda(action.AgendaQuestion{
		AsOf: d("2026-04-15"), Work: work(),
		Records: []action.Record{
			{Action: "stand", Started: d("2026-04-01"), Done: d("2026-04-03")},
			{Action: "material", Started: d("2026-04-09")},
			{Action: "course", Started: d("2026-04-13"), Done: d("2026-04-14")},
		},
		Needs: []action.Need{{Person: "chen", Deals: kpi.Int(12), Until: d("2026-05-15"),
			Activities: []action.ActivityRate{{Activity: "call", PerDeal: kpi.RatioOf(300, 40)}, {Activity: "meeting", PerDeal: kpi.RatioOf(60, 40)}}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	chen := agenda.People[0] // people come in the order of their IDs
	for _, list := range []struct {
		name  string
		tasks []action.Task
	}{{"day", chen.Day}, {"week", chen.Week}, {"month", chen.Month}} {
		for _, t := range list.tasks {
			fmt.Println(list.name, t.Kind, t.ID, t.Count, "by", t.Due, t.Waits)
		}
	}
	// Output:
	// day new_deals  1 by 2026-04-16 []
	// day activity call 5 by 2026-04-16 []
	// day activity meeting 1 by 2026-04-16 []
	// week new_deals  2 by 2026-04-19 []
	// week activity call 10 by 2026-04-19 []
	// week activity meeting 2 by 2026-04-19 []
	// week routine clean_up 1 by 2026-04-19 []
	// month finish fair_days 1 by 2026-04-22 [material]
	// month finish follow_up 1 by 2026-04-30 [fair_days]
	// month new_deals  7 by 2026-04-30 []
	// month activity call 53 by 2026-04-30 []
	// month activity meeting 11 by 2026-04-30 []
}

// What would have to change to close a gap in the last two months of a
// quarter.
func ExampleLevers() {
	d := calendar.MustDay
	formula, err := kpi.ParseFormula("leads * conversion * deal_size")
	if err != nil {
		log.Fatal(err)
	}
	quarters := func(values ...int64) []kpi.Value {
		all := []kpi.Value{}
		for _, v := range values {
			all = append(all, kpi.Int(v))
		}
		return all
	}
	rates := []kpi.Value{kpi.Frac(22, 100), kpi.Frac(24, 100), kpi.Frac(25, 100), kpi.Frac(23, 100), kpi.Frac(25, 100), kpi.Frac(29, 100), kpi.Frac(24, 100), kpi.Frac(25, 100)}
	plan, err := action.Levers(action.LeverQuestion{
		Goal: "q2", Period: calendar.Calendar{}.MustParse("2026-Q2"), AsOf: d("2026-04-30"), Work: work(),
		Target: kpi.Int(4_400_000), Actual: kpi.Int(1_400_000), Formula: formula,
		Levers: []action.LeverDriver{ // as expected in May and June
			{Driver: action.Driver{ID: "leads", Lever: action.Leads, Value: kpi.Int(270)}, Recent: kpi.Int(400), Quarters: quarters(380, 360, 395, 410, 370, 430, 440, 400)},
			{Driver: action.Driver{ID: "conversion", Lever: action.Conversion, Value: kpi.Frac(1, 4)}, Quarters: rates},
			{Driver: action.Driver{ID: "deal_size", Lever: action.DealSize, Value: kpi.Int(40_000)}, Quarters: quarters(39_000, 41_000, 38_000, 40_500, 42_000, 40_000, 39_500, 40_000)},
		},
		LeadTimes: []action.LeadTime{{Lever: action.Leads, Days: 45}, {Lever: action.Conversion, Days: 14}, {Lever: action.DealSize, Days: 0}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("expected", plan.Expected, "gap", plan.Gap, "closed", plan.Closed)
	say(plan.Findings, "en")
	say(plan.Findings, "zh")
	// Output:
	// expected 4100000 gap 300000 closed true
	// leads: even +10 %, as in the best of the last 8 quarters, leaves 219,000 of the gap of 300,000.
	// conversion: +13.47 % from 2026-05-15 on closes the gap of 300,000; the best of the last 8 quarters was +16 %.
	// deal size: even +5 %, as in the best of the last 8 quarters, leaves 165,000 of the gap of 300,000.
	// All levers together: +5.11 % of each closes the gap of 300,000.
	// 线索：即使达到最近8个季度中最好的+10 %，缺口300,000仍剩219,000。
	// 转化率：自2026-05-15起变动+13.47 %即可弥补缺口300,000；最近8个季度中最好的一季为+16 %。
	// 客单价：即使达到最近8个季度中最好的+5 %，缺口300,000仍剩165,000。
	// 全部杠杆同时调整：各变动+5.11 %即可弥补缺口300,000。
}

// The four weakest of fourteen sellers were sent to a training. Their mean
// rose by 12, and as sellers who stand so low come back by themselves, nothing
// of that remains.
func ExampleEvaluate() {
	unit := func(id string, before, after int64) action.Unit {
		return action.Unit{ID: id, Before: []kpi.Value{kpi.Int(before)}, After: []kpi.Value{kpi.Int(after)}}
	}
	all, err := action.Evaluate([]action.Case{{
		ID: "training", Name: "the training", NameZH: "销售培训", Promised: kpi.Frac(1, 5), Chosen: true, Unit: kpi.Unit{Scale: 1},
		Units: []action.Unit{unit("a", 60, 75), unit("b", 62, 70), unit("c", 65, 82), unit("d", 57, 65)},
		Others: []action.Unit{unit("e", 80, 88), unit("f", 85, 79), unit("g", 90, 95), unit("h", 95, 86), unit("i", 100, 92),
			unit("j", 105, 101), unit("k", 110, 96), unit("l", 78, 84), unit("m", 120, 103), unit("n", 98, 99)},
	}}, kpi.Confidence{})
	if err != nil {
		log.Fatal(err)
	}
	e := all[0]
	fmt.Println("changed", e.Units.Changed, "others", e.Others.Changed)
	fmt.Println("difference in differences", e.Compared.Net, "without regression to the mean", e.Net)
	fmt.Println(e.Verdict, e.Low, e.High)
	say(e.Findings, "en")
	say(e.Findings, "zh")
	// Output:
	// changed 12 others -3.8
	// difference in differences 15.8 without regression to the mean -2.877583959277
	// within_chance -15.19234556 9.437177643
	// After the training the mean of 4 units changed from 61.0 to 73.0, by +12.0. Without it +14.9 was to be expected, as the units without it changed; -2.9 remains, with 95 % confidence -15.2 … +9.4: within chance.
	// The units were chosen because of where they stood, -35.1 from the others: +18.7 of the change was to be expected by that alone and is taken off.
	// +12.2 was promised of the training; -2.9 remains after it, less than that.
	// “销售培训”之后，4个单位的均值由61.0变为73.0，变动+12.0。若无该行动，预期变动+14.9（按未采取该行动的单位）；其余-2.9，95 %置信区间-15.2 … +9.4：在随机波动范围内。
	// 这些单位因其原有水平而被选中，与其他单位相差-35.1：仅此一项就预期变动+18.7，已予扣除。
	// “销售培训”承诺变动+12.2，之后的其余变动仅为-2.9，低于承诺。
}

// The responsibility matrix, person by person.
func ExamplePlan_Matrix() {
	for _, line := range spring().Matrix() {
		fmt.Println(line.Person, "answers for", line.Accountable, "does", line.Responsible, "is told of", line.Informed)
	}
	// Output:
	// chen answers for [] does [course fair_days follow_up] is told of [stand]
	// li answers for [fair_days follow_up material stand] does [] is told of []
	// wang answers for [] does [material stand] is told of []
	// zhao answers for [course] does [] is told of []
}

// Two things are wrong, and both are said: a circle, and nobody who answers
// for an action.
func ExamplePlan_Validate() {
	p := spring()
	p.Actions[0].After = []string{"follow_up"}
	p.Actions[4].Roles = p.Actions[4].Roles[1:]
	for _, e := range check.All(p.Validate()) {
		fmt.Println(e.Path, e.Code, e.Value)
	}
	// Output:
	// actions[0].start starts_before_dependency 2026-04-01
	// actions[4].roles not_one_accountable 0
	// actions[2].after cycle fair_days → material → stand → follow_up → fair_days
}

// A plan is stored as JSON and read strictly.
func ExamplePlan_UnmarshalJSON() {
	var p action.Plan
	err := json.Unmarshal([]byte(`{"schema":"saleskpi/actions/1","id":"p","period":{"start":"2026-04-01","end":"2026-07-01"},
		"unit":{"money":1,"currency":"CNY","scale":2},"stacking":"compound",
		"actions":[{"id":"call","start":"2026-04-01","due":"2026-04-31","owner":"li"}]}`), &p)
	for _, e := range check.All(err) {
		fmt.Println(e)
	}
	// Output:
	// action.Plan: actions[0].due: not a day "2026-04-31" (form YYYY-MM-DD): invalid
	// action.Plan: actions[0].owner: unknown field
}

// Where one action stands.
func ExampleReport_Status() {
	report, err := spring().Track(action.Input{AsOf: calendar.MustDay("2026-04-15"), Work: work()})
	if err != nil {
		log.Fatal(err)
	}
	s, _ := report.Status("follow_up")
	fmt.Println(s.Status, "waits for", s.BlockedBy, "and will be done on", s.Expected, "with", s.Slack, "working days to spare")
	// Output:
	// to_come waits for [fair_days] and will be done on 2026-05-12 with 0 working days to spare
}

// What a rule of thumb is worth to the goal: 10 % more leads from 6 May on,
// which take 45 days to become revenue, and 10 % better conversion, which takes 14.
func ExampleLeverQuestion_Worth() {
	formula, err := kpi.ParseFormula("leads * conversion * deal_size")
	if err != nil {
		log.Fatal(err)
	}
	driver := func(id string, l action.Lever, v kpi.Value) action.LeverDriver {
		return action.LeverDriver{Driver: action.Driver{ID: id, Lever: l, Value: v}}
	}
	q := action.LeverQuestion{
		Goal: "q2", Period: calendar.Calendar{}.MustParse("2026-Q2"), AsOf: calendar.MustDay("2026-04-30"), Work: work(),
		Target: kpi.Int(4_400_000), Actual: kpi.Int(1_400_000), Formula: formula,
		Levers: []action.LeverDriver{driver("leads", action.Leads, kpi.Int(270)), driver("conversion", action.Conversion, kpi.Frac(1, 4)),
			driver("deal_size", action.DealSize, kpi.Int(40_000))},
		LeadTimes: []action.LeadTime{{Lever: action.Leads, Days: 45}, {Lever: action.Conversion, Days: 14}, {Lever: action.DealSize, Days: 0}},
	}
	for _, l := range []action.Lever{action.Leads, action.Conversion, action.Retention} {
		worth, err := q.Worth(l, kpi.Frac(1, 10), calendar.MustDay("2026-05-06"))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(l.Title("en"), kpi.Money("CNY", 0).Text(worth))
	}
	// Output:
	// leads 47,250 CNY
	// conversion 202,500 CNY
	// retention –
}
