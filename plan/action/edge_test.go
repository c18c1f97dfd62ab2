package action_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// What an evaluation says where there is little to say it of.
func TestSentencesOfFewUnits(t *testing.T) {
	same := func(n int, v int64) []int64 { return slices.Repeat([]int64{v}, n) }
	unknown := weak()
	for i := range unknown.Units {
		unknown.Units[i].After = []kpi.Value{kpi.Undefined(kpi.ZeroDenominator)}
	}
	for _, tc := range []struct {
		name, why, code string
		c               action.Case
		en, zh          string
	}{
		{"one unit", "the mean of one is its own number", "changed_unjudged",
			action.Case{ID: "x", Units: units("t", []int64{5}, []int64{8}), Others: units("o", []int64{5, 6, 7}, []int64{5, 7, 7})},
			"After x the one unit changed from 5.00 to 8.00, by +3.00. Whether that is more than would have come without it cannot be said: too few, 1 with it and 3 without.",
			"“x”之后，该单位由5.00变为8.00，变动+3.00。是否超出没有该行动时的变动，无法判断：样本太少，有该行动的1个，无该行动的3个。"},
		{"no others", "two periods make no trend", "changed_unjudged",
			action.Case{ID: "x", Units: []action.Unit{{ID: "a", Before: []kpi.Value{num("1"), num("2")}, After: []kpi.Value{num("4")}}}},
			"After x the one unit changed from 1.5 to 4.0, by +2.5. Whether that is more than would have come without it cannot be said: too few, nobody without it and a trend of 2 periods before.",
			"“x”之后，该单位由1.5变为4.0，变动+2.5。是否超出没有该行动时的变动，无法判断：样本太少，没有可比单位，且之前仅有2期。"},
		{"all alike", "twelve are enough; that they moved as one is what is missing", "changed_unjudged",
			action.Case{ID: "x", Units: units("t", same(6, 10), same(6, 12)), Others: units("o", same(6, 10), same(6, 11))},
			"After x the mean of 6 units changed from 10 to 12, by +2. Whether that is more than would have come without it cannot be said: all of them moved alike, which says nothing of chance.",
			"“x”之后，6个单位的均值由10变为12，变动+2。是否超出没有该行动时的变动，无法判断：各单位变动完全一致，无从判断随机波动。"},
		{"nobody counts", "no mean of nothing", "changed_unknown", unknown,
			"What changed after training is not known: of 4 units none has all its numbers (division by zero).",
			"“training”之后的变动无法得知：4个单位中没有一个数据齐全（分母为零）。"},
	} {
		needWhy(t, tc.why)
		e := evaluate(t, tc.c)[0]
		if e.Findings[0].Code != tc.code {
			t.Errorf("%s: %v", tc.name, codes(e.Findings))
		}
		if got := action.Findings().Text(e.Findings[0], "en"); got != tc.en {
			t.Errorf("%s: %s", tc.name, got)
		}
		if got := action.Findings().Text(e.Findings[0], "zh"); got != tc.zh {
			t.Errorf("%s: %s", tc.name, got)
		}
	}
}

// Units are left out on either side, and both are counted.
func TestUnitsLeftOut(t *testing.T) {
	c := weak()
	c.Others[2].Before = []kpi.Value{{}}
	if f := evaluate(t, c)[0].Findings; f[len(f)-1].Code != "units_left_out" || f[len(f)-1].Args["n"] != "1" || f[len(f)-1].Args["of"] != "14" {
		t.Errorf("%+v", f[len(f)-1])
	}
	c.Units[0].After = []kpi.Value{kpi.Undefined(kpi.TooFew)}
	if f := evaluate(t, c)[0].Findings; f[len(f)-1].Args["n"] != "2" {
		t.Errorf("%+v", f[len(f)-1])
	}
}

// The amounts of one text have one form: cents beside whole numbers read as
// two different things.
func TestAmountsAreWrittenAlike(t *testing.T) {
	aim := product(t)
	aim.Target = num("115.5")
	for _, tc := range []struct {
		why  string
		unit kpi.Unit
		want string
	}{
		{"as many decimals as one of them needs", kpi.Unit{}, "The strategies promise 110.0 in the period against a target of 115.5, 5.5 off; without them it would be 100.0."},
		{"in the goal's unit", kpi.Money("USD", 2), "The strategies promise 110.00 USD in the period against a target of 115.50 USD, 5.50 USD off; without them it would be 100.00 USD."},
	} {
		aim.Unit = tc.unit
		r := promise(t, moving(action.Leads, "0.1"), aim)
		if got := action.Findings().Text(r.Findings[0], "en"); got != tc.want {
			t.Errorf("%s: %s", tc.why, got)
		}
	}
	q := rest(t, "300.25")
	q.Unit = kpi.Money("USD", 2)
	p := levers(t, q)
	if got := action.Findings().Text(p.Findings[len(p.Findings)-1], "en"); got != "No lever closes the gap of 200.25 USD, nor do all together: at their best quarters 172.80 USD would be reached, 127.45 USD short of 300.25 USD." {
		t.Error(got) // 100 × 1.2 × 1.2 × 1.2 = 172.8
	}
	q.Unit.Scale = 99
	aim.Unit = kpi.Unit{Scale: 99}
	c := weak()
	c.Unit = aim.Unit
	_, worth := q.Worth(action.Leads, num("1"), q.AsOf)
	for _, err := range []error{q.Validate(), aim.ValidateFor(planOf()), c.Validate(), worth} {
		if got := problems(err); len(got) != 1 || !strings.HasPrefix(got[0], "unit") {
			t.Errorf("%v", got)
		}
	}
}

// One of each kind of number that the world has and a formula may trip over.
func TestPromiseOfOddNumbers(t *testing.T) {
	huge := strings.Repeat("9", 64)
	with := func(id, v string) action.Aim {
		a := product(t)
		a.Drivers = slices.Clone(a.Drivers)
		for i := range a.Drivers {
			if a.Drivers[i].ID == id {
				a.Drivers[i].Value = num(v)
			}
		}
		return a
	}
	leap := product(t)
	leap.Period = period("2028-02")
	for _, tc := range []struct {
		name, why string
		plan      action.Plan
		aim       action.Aim
		full      kpi.Value
	}{
		{"no leads", "10 % more of nothing is nothing", moving(action.Leads, "0.1"), with("leads", "0"), num("0")},
		{"below zero", "−100 leads, 10 % more of them", moving(action.Leads, "0.1"), with("leads", "-100"), num("-110")},
		{"64 digits", "exact: no float is near", moving(action.Leads, "0.1"), with("leads", huge), num(huge).Mul(num("1.1"))},
		{"conversion above 1", "what was above 1 before is no share, and is not cut", moving(action.Conversion, "0.1"), with("conversion", "1.5"), num("330")},
		{"conversion of 1", "a full share does not rise", moving(action.Conversion, "0.1"), with("conversion", "1"), num("200")},
		{"almost nothing left", "−99.99 %", moving(action.Leads, "-0.9999"), product(t), num("0.01")},
		{"leap year", " February of 2028 has 29 days, all with the effect", moving(action.Leads, "0.1"), leap, num("110")},
	} {
		needWhy(t, tc.why)
		plan := tc.plan
		for i := range plan.Strategies {
			plan.Strategies[i].Start = day("2020-01-01")
		}
		r := promise(t, plan, tc.aim)
		if r.Full != tc.full || r.Landing != tc.full {
			t.Errorf("%s: full %v, landing %v, want %v", tc.name, r.Full, r.Landing, tc.full)
		}
		back(t, r)
	}
	all := moving(action.Leads, "-1", "-2", "0")
	if got := problems(all.Validate()); !slices.Equal(got, []string{"strategies[0].effects[0].change not_above", "strategies[1].effects[0].change not_above", "strategies[2].effects[0].change no_change"}) {
		t.Errorf("−100 %% and none: %v", got)
	}
	aim := with("leads", "100")
	aim.Drivers[0].Value = kpi.Undefined(kpi.TooFew)
	if got := problems(second(moving(action.Leads, "0.1").Promise(aim))); !slices.Equal(got, []string{"drivers[0].value undefined_number"}) {
		t.Errorf("a driver that nobody knows: %v", got)
	}
}

// The slopes of regression to the mean that have names.
func TestSlopesWithNames(t *testing.T) {
	stated := func(s string) action.Evaluation {
		c := weak()
		c.Slope = num(s)
		return evaluate(t, c)[0]
	}
	// Far −35.1: all of it stays, nothing of it does.
	if e := stated("1"); e.Regression.Expected != num("0") || e.Net != e.Compared.Net {
		t.Errorf("slope 1: %+v", e.Regression)
	}
	if e := stated("0"); e.Regression.Expected != num("35.1") || e.Net != num("15.8").Sub(num("35.1")) {
		t.Errorf("slope 0: %+v, net %v", e.Regression, e.Net)
	}
	flat := weak()
	for i := range flat.Others {
		flat.Others[i].Before = []kpi.Value{num("90")}
	}
	if e := evaluate(t, flat)[0]; e.Net.Defined() || e.Regression.Slope != kpi.Undefined(kpi.ZeroDenominator) || e.Findings[1].Code != "regression_unknown" {
		t.Errorf("others that do not differ have no slope: %+v", e.Regression)
	}
}

// 10,000 actions that wait for one another: the last one moves by what the
// first is late, and nothing takes long.
func TestLongestChain(t *testing.T) {
	var all []action.Action
	first := day("2000-01-03")
	for i := range action.MaxActions {
		a := did(fmt.Sprintf("a%05d", i), "p", "2000-01-03", "2000-01-03", "1")
		a.Start, a.Due = first.Add(i), first.Add(i)
		if i > 0 {
			a.After = []string{all[i-1].ID}
		}
		all = append(all, a)
	}
	p := planOf(all...)
	r := track(t, p, action.Input{AsOf: first.Add(9)})
	// Ten days are over and nothing is done: all that follows is ten days later.
	if r.Chain.Later != 10 || len(r.Chain.Actions) != action.MaxActions || r.Actions[9999].Expected != first.Add(10009) || r.Late[0].Blocks != 9999 {
		t.Errorf("later %d, chain of %d, last %v, %d blocked", r.Chain.Later, len(r.Chain.Actions), r.Actions[9999].Expected, r.Late[0].Blocks)
	}
	p.Actions[0].After = []string{all[9999].ID}
	if got := problems(p.Validate()); len(got) != 2 || got[1] != "actions[0].after cycle" {
		t.Errorf("a circle of 10,000: %v", got)
	}
	p.Actions = append(p.Actions, did("one more", "p", "2026-04-01", "2026-04-01", ""))
	if got := problems(p.Validate()); got[0] != "actions too_many" {
		t.Errorf("10,001 actions: %v", got)
	}
}

// IDs are bytes: Call and call are two actions, one waits for the other.
func TestIDsByCase(t *testing.T) {
	p := planOf(did("Call", "Ann", "2026-04-01", "2026-04-02", "1"), did("call", "ann", "2026-04-03", "2026-04-06", "2", "Call"))
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	r := track(t, p, action.Input{AsOf: day("2026-04-03"), Records: []action.Record{{Action: "call", Started: day("2026-04-03")}}})
	upper, _ := r.Status("Call")
	lower, _ := r.Status("call")
	if upper.Status != action.Overdue || lower.Status != action.Running || lower.Owner != "ann" || !slices.Equal(lower.BlockedBy, []string{"Call"}) {
		t.Errorf("%v and %v", upper, lower)
	}
}

// What is looked at long before or long after the plan, and on days that some
// years do not have.
func TestAsOfBeforeAndAfter(t *testing.T) {
	p := planOf(did("a", "p", "2028-02-28", "2028-02-29", "2"), did("b", "p", "2028-03-01", "2028-03-01", "1", "a"))
	p.Period = period("2028-Q1")
	before := track(t, p, action.Input{AsOf: day("2020-12-31")}) // of the 53rd week of 2020
	if before.Progress.ToCome != 2 || before.Chain.End != day("2028-03-01") || before.Chain.Later != 0 || len(before.Late) != 0 {
		t.Errorf("before: %+v, %+v", before.Progress, before.Chain)
	}
	leap := track(t, p, action.Input{AsOf: day("2028-02-29")})
	if s, _ := leap.Status("a"); s.Status != action.Overdue || s.DaysLate != 0 || s.Expected != day("2028-03-02") {
		t.Errorf("leap day: %+v", s)
	}
	after := track(t, p, action.Input{AsOf: day("2100-02-28"), Records: []action.Record{{Action: "a", Done: day("2028-02-29")}}})
	if s, _ := after.Status("b"); after.Progress.OnTime != 1 || s.Status != action.Overdue || s.DaysLate != int64(day("2100-02-28").Sub(day("2028-03-01"))) {
		t.Errorf("after: %+v, %+v", after.Progress, s)
	}
	last := track(t, p, action.Input{AsOf: day("2200-12-31")})
	if last.Actions[0].Expected != 0 || last.Chain.End != 0 || !slices.Contains(codes(last.Findings), "end_unknown p") {
		t.Errorf("there is no day after 2200: %+v", last.Chain)
	}
}

// A dropped action holds nobody up, and no milestone.
func TestDependencyOfDropped(t *testing.T) {
	p := planOf(did("a", "p", "2026-04-01", "2026-04-02", "1"), did("b", "p", "2026-04-03", "2026-04-10", "2", "a"), did("c", "p", "2026-04-13", "2026-04-14", "2", "b"))
	p.Milestones = []action.Milestone{{ID: "m", Due: day("2026-04-14"), Actions: []string{"a", "c"}}}
	r := track(t, p, action.Input{AsOf: day("2026-04-08"), Records: []action.Record{{Action: "a", Dropped: day("2026-04-02")}, {Action: "b", Started: day("2026-04-03")}}})
	b, _ := r.Status("b")
	if len(b.BlockedBy) != 0 || b.Expected != day("2026-04-10") || r.Milestones[0].Done != kpi.RatioOf(0, 1) || r.Progress.Planned != 2 || r.Progress.Dropped != 1 {
		t.Errorf("%+v, %+v", b, r.Milestones[0])
	}
	if !slices.Contains(codes(r.Findings), "waits_for_dropped b") {
		t.Errorf("%v", codes(r.Findings))
	}
	later := track(t, p, action.Input{AsOf: day("2026-04-01"), Records: []action.Record{{Action: "a", Dropped: day("2026-04-02")}}})
	if later.Progress.Dropped != 0 {
		t.Error("dropped tomorrow counts today")
	}
}

// Budgets with more places than the currency, of 64 digits and below zero.
func TestBudgetsOfOddNumbers(t *testing.T) {
	huge := num(strings.Repeat("9", 64))
	a, b := did("a", "p", "2026-04-01", "2026-04-02", ""), did("b", "p", "2026-04-01", "2026-04-02", "")
	a.Budget, b.Budget = num("0.005"), huge
	r := track(t, planOf(a, b), action.Input{AsOf: day("2026-04-01"), Costs: []action.Cost{{Action: "a", Day: day("2026-04-01"), Kind: action.Spent, Amount: num("-0.001")}}})
	if r.Budget.Total.Planned != huge.Add(num("0.005")) || r.Budget.Total.Spent != num("-0.001") || r.Budget.Total.Return.Defined() {
		t.Errorf("%+v", r.Budget.Total)
	}
	back(t, r)
	b.Budget = num("-1")
	if got := problems(planOf(a, b).Validate()); !slices.Equal(got, []string{"actions[1].budget below_zero"}) {
		t.Errorf("%v", got)
	}
}

// A week without a working day: work is spread over all of its days rather
// than lost, and there is no capacity for it.
func TestNoWorkingDays(t *testing.T) {
	work := weekdays(t, "2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07", "2026-05-08")
	p := planOf(did("a", "p", "2026-05-04", "2026-05-10", "7"))
	p.Routines = []action.Routine{{ID: "r", Every: calendar.Weekly, People: []string{"p"}, Effort: num("1")}}
	load, err := p.Workload(action.LoadQuestion{Period: through("2026-05-04", "2026-05-10"), Grain: calendar.Weekly, Work: work})
	if err != nil || load.Total.Actions != num("7") || load.Total.Capacity != num("0") || load.Total.Routines != num("0") || !load.Total.Over || load.Total.Use().Value().Defined() {
		t.Errorf("%+v, %v", load.Total, err)
	}
}
