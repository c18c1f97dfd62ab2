package action_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Monday 2026-06-01 to Friday 2026-06-05 and the week after.
func TestStatus(t *testing.T) {
	for _, tc := range []struct {
		name, why, asOf string
		record          action.Record
		want            action.Status
		late            int64
	}{
		{"before", "nothing need be done yet", "2026-06-02", action.Record{}, action.ToCome, 0},
		{"first day over", "the as-of day is over, so it should have begun on it", "2026-06-03", action.Record{}, action.LateToStart, 0},
		{"a day after", "one working day later", "2026-06-04", action.Record{}, action.LateToStart, 1},
		{"begun", "begun and not due", "2026-06-04", action.Record{Started: day("2026-06-03")}, action.Running, 0},
		{"begun later", "what begins after the as-of day has not begun", "2026-06-04", action.Record{Started: day("2026-06-05")}, action.LateToStart, 1},
		{"last day over", "on the evening of its last day it is not done", "2026-06-05", action.Record{Started: day("2026-06-03")}, action.Overdue, 0},
		{"weekend", "Saturday and Sunday are no working days", "2026-06-07", action.Record{}, action.Overdue, 0},
		{"next week", "Monday and Tuesday", "2026-06-09", action.Record{}, action.Overdue, 2},
		{"done in time", "on its last day", "2026-06-09", action.Record{Started: day("2026-06-03"), Done: day("2026-06-05")}, action.Done, 0},
		{"done early and not begun on record", "what is done was begun", "2026-06-09", action.Record{Done: day("2026-06-04")}, action.Done, 0},
		{"done late", "Monday is one working day after Friday", "2026-06-30", action.Record{Done: day("2026-06-08")}, action.Done, 1},
		{"done later than now", "it is not done yet", "2026-06-06", action.Record{Done: day("2026-06-08")}, action.Overdue, 0},
		{"dropped", "nothing is late that was given up", "2026-06-30", action.Record{Dropped: day("2026-06-08")}, action.Dropped, 0},
		{"dropped later", "not yet", "2026-06-05", action.Record{Dropped: day("2026-06-08")}, action.Overdue, 0},
	} {
		needWhy(t, tc.why)
		in := action.Input{AsOf: day(tc.asOf), Work: weekdays(t)}
		if tc.record != (action.Record{}) {
			tc.record.Action = "a"
			in.Records = []action.Record{tc.record}
		}
		s, known := track(t, planOf(did("a", "li", "2026-06-03", "2026-06-05", "")), in).Status("a")
		if !known || s.Status != tc.want || s.DaysLate != tc.late {
			t.Errorf("%s: %v, %d days late", tc.name, s.Status, s.DaysLate)
		}
	}
}

// Three chains over two weeks from Monday 2026-06-01, looked at on the
// evening of Wednesday the 3rd, worked by hand:
//
//	a 1–2, overdue, begun: done on Thursday 4 at the earliest
//	b 3–4 after a, late to start (its first day is over): 5 and Monday 8
//	c 5–9 after b (three working days): 9, 10, 11
//	d 8–8 after a: not held up beyond its own day, Monday 8
//	e 1–12, begun: 12, the end of everything
//	f 15–15 after c: Monday 15, the last of all
//
// c may end on Friday 12 without moving f: one day of slack, and so may b and
// a; d six working days (8 to 15 are 6 working days, it takes one of them);
// e one, from the 12th to the 15th.
func TestExpectedByHand(t *testing.T) {
	p := planOf(did("a", "li", "2026-06-01", "2026-06-02", ""), did("b", "li", "2026-06-03", "2026-06-04", "", "a"), did("c", "li", "2026-06-05", "2026-06-09", "", "b"),
		did("d", "li", "2026-06-08", "2026-06-08", "", "a"), did("e", "li", "2026-06-01", "2026-06-12", ""), did("f", "li", "2026-06-15", "2026-06-15", "", "c"))
	p.Milestones = []action.Milestone{{ID: "m", Due: day("2026-06-10"), Actions: []string{"c", "d"}}, {ID: "n", Due: day("2026-06-03"), Actions: []string{"a"}}}
	r := track(t, p, action.Input{AsOf: day("2026-06-03"), Work: weekdays(t), Records: []action.Record{
		{Action: "a", Started: day("2026-06-01")}, {Action: "e", Started: day("2026-06-01")}}})
	want := map[string]struct {
		expected string
		slack    int64
		blocks   int
	}{"a": {"2026-06-04", 1, 4}, "b": {"2026-06-08", 1, 2}, "c": {"2026-06-11", 1, 1}, "d": {"2026-06-08", 5, 0}, "e": {"2026-06-12", 1, 0}, "f": {"2026-06-15", 0, 0}}
	for _, s := range r.Actions {
		w := want[s.Action]
		if s.Expected != day(w.expected) || s.Slack != kpi.Int(w.slack) || s.Blocks != w.blocks {
			t.Errorf("%s: %v, slack %v, blocks %d", s.Action, s.Expected, s.Slack, s.Blocks)
		}
	}
	if len(r.Late) != 2 || r.Late[0].Action != "a" || !slices.Equal(r.Late[0].Blocked, []string{"b", "c", "d", "f"}) || !slices.Equal(r.Late[0].Milestones, []string{"m", "n"}) {
		t.Errorf("%+v", r.Late)
	}
	if !slices.Equal(r.Chain.Actions, []string{"f"}) || r.Chain.End != day("2026-06-15") || r.Chain.Later != 0 || r.Chain.Days != 8 {
		t.Errorf("%+v", r.Chain)
	}
	n, m := r.Milestones[0], r.Milestones[1]
	if n.Milestone != "n" || n.Status != action.Overdue || n.DaysLate != 0 || m.Status != action.ToCome || m.Expected != day("2026-06-11") {
		t.Errorf("%+v", r.Milestones)
	}
	if got := codes(r.Findings); !slices.Equal(got, []string{"overdue_blocks a", "late_to_start_blocks b", "milestone_missed n", "milestone_at_risk m"}) {
		t.Errorf("%v", got)
	}
}

// Where a chain is what ends last it is named from its first open action to
// its last one.
func TestCriticalChain(t *testing.T) {
	p := planOf(did("a", "li", "2026-06-01", "2026-06-02", ""), did("b", "li", "2026-06-03", "2026-06-05", "", "a"), did("x", "li", "2026-06-03", "2026-06-04", "", "a"))
	r := track(t, p, action.Input{AsOf: day("2026-06-08"), Work: weekdays(t)})
	// Tuesday 9 and Wednesday 10; then three days to Monday 15, eight working
	// days... of which six (8, 9, 10, 11, 12, 15) lie after Friday 5.
	if !slices.Equal(r.Chain.Actions, []string{"a", "b"}) || r.Chain.End != day("2026-06-15") || r.Chain.Planned != day("2026-06-05") || r.Chain.Later != 6 {
		t.Errorf("%+v", r.Chain)
	}
	if x, _ := r.Status("x"); x.Slack != kpi.Int(1) {
		t.Errorf("%+v", x)
	}
}

// What a dropped action held up is free, and a finding asks whether it is
// still right.
func TestDroppedHoldsUpNothing(t *testing.T) {
	p := planOf(did("a", "li", "2026-06-01", "2026-06-02", ""), did("b", "li", "2026-06-03", "2026-06-05", "", "a"))
	r := track(t, p, action.Input{AsOf: day("2026-06-02"), Work: weekdays(t), Records: []action.Record{{Action: "a", Dropped: day("2026-06-02")}}})
	b, _ := r.Status("b")
	if len(b.BlockedBy) != 0 || b.Expected != day("2026-06-05") || r.Progress.Dropped != 1 || r.Progress.Planned != 1 {
		t.Errorf("%+v %+v", b, r.Progress)
	}
	if got := codes(r.Findings); !slices.Equal(got, []string{"waits_for_dropped b"}) {
		t.Errorf("%v", got)
	}
	early := track(t, p, action.Input{AsOf: day("2026-06-02"), Work: weekdays(t), Records: []action.Record{{Action: "b", Started: day("2026-06-01")}}})
	if got := codes(early.Findings); !slices.Contains(got, "started_early b") {
		t.Errorf("%v", got)
	}
}

// Beyond the work calendar nobody knows the working days: no day, no slack.
func TestTheCalendarEnds(t *testing.T) {
	p := planOf(did("a", "li", "2027-12-20", "2027-12-24", ""), did("b", "li", "2027-12-27", "2027-12-31", "", "a"))
	r := track(t, p, action.Input{AsOf: day("2027-12-28"), Work: weekdays(t)})
	b, _ := r.Status("b")
	if !b.Expected.IsZero() || b.Slack.Defined() || len(r.Chain.Actions) != 0 || !slices.Contains(codes(r.Findings), "end_unknown p") {
		t.Errorf("%+v %+v", b, codes(r.Findings))
	}
	back(t, r)
}

func TestBudgetByHand(t *testing.T) {
	a, b, c := did("a", "li", "2026-06-01", "2026-06-02", ""), did("b", "li", "2026-06-01", "2026-06-02", ""), did("c", "li", "2026-06-01", "2026-06-02", "")
	a.Strategy, a.Budget, b.Strategy, b.Budget, c.Budget = "s", num("1000"), "s", num("500"), num("70")
	p := planOf(a, b, c)
	effect := []action.Effect{{Lever: action.Leads, Change: num("0.1")}}
	p.Strategies = []action.Strategy{{ID: "s", Kind: action.Promotion, Start: day("2026-04-01"), Effects: effect, Budget: num("1200")},
		{ID: "u", Kind: action.Channel, Start: day("2026-04-01"), Effects: effect}}
	cost := func(of, on string, kind action.CostKind, amount string) action.Cost {
		return action.Cost{Action: of, Day: day(on), Kind: kind, Amount: num(amount)}
	}
	own := action.Cost{Strategy: "s", Day: day("2026-06-01"), Kind: action.Spent, Amount: num("50.5")}
	r := track(t, p, action.Input{AsOf: day("2026-06-03"), Costs: []action.Cost{own,
		cost("a", "2026-06-01", action.Committed, "800"), cost("a", "2026-06-02", action.Committed, "-300"), cost("a", "2026-06-02", action.Spent, "300"),
		cost("a", "2026-06-04", action.Spent, "500"), cost("c", "2026-06-01", action.Spent, "100")},
		Gains: []action.Gain{{Strategy: "s", Promised: num("3000"), Seen: num("701")}, {Strategy: "u", Promised: num("10")}}})
	none, s, u := r.Budget.Strategies[0], r.Budget.Strategies[1], r.Budget.Strategies[2]
	// s: 1000 + 500 planned; 800 − 300 committed; 300 + 50.50 spent
	if s.Planned != num("1500") || s.Committed != num("500") || s.Spent != num("350.5") || s.Available != num("649.5") {
		t.Errorf("%+v", s)
	}
	if s.Return != num("350.5").Div(num("350.5")) || s.PromisedReturn != num("1") {
		t.Errorf("return %v of %v", s.Return, s.PromisedReturn)
	}
	if u.Return.Reason() != kpi.ZeroDenominator || u.Planned.Defined() || none.Return.Reason() != kpi.NoData || none.Spent != num("100") {
		t.Errorf("%+v %+v", u, none)
	}
	if total := r.Budget.Total; total.Planned != num("1570") || total.Spent != num("450.5") || total.Return.Defined() || r.Budget.Later != 1 {
		t.Errorf("%+v later %d", total, r.Budget.Later)
	}
	got := codes(r.Findings)
	for _, want := range []string{"over_frame s", "over_budget c"} {
		if !slices.Contains(got, want) {
			t.Errorf("%v lacks %s", got, want)
		}
	}
}

func TestProgressByHand(t *testing.T) {
	p := planOf(did("a", "li", "2026-06-01", "2026-06-02", ""), did("b", "li", "2026-06-01", "2026-06-03", ""), did("c", "wu", "2026-06-03", "2026-06-10", ""),
		did("d", "wu", "2026-06-03", "2026-06-04", ""), did("e", "wu", "2026-06-08", "2026-06-10", ""), did("f", "wu", "2026-06-08", "2026-06-10", ""))
	r := track(t, p, action.Input{AsOf: day("2026-06-03"), Records: []action.Record{
		{Action: "a", Started: day("2026-06-01"), Done: day("2026-06-03")}, {Action: "c", Started: day("2026-06-02")}, {Action: "e", Done: day("2026-06-02")}, {Action: "f", Dropped: day("2026-06-01")}}})
	want := action.Progress{Planned: 5, LateToStart: 1, Running: 1, Overdue: 1, Done: 2, Dropped: 1,
		ToStart: 4, Started: 3, Due: 2, OnTime: 1, DoneShare: kpi.RatioOf(2, 5), OnTimeShare: kpi.RatioOf(1, 3)}
	if r.Progress != want {
		t.Errorf("%+v", r.Progress)
	}
	if r.Owners[0].ID != "li" || r.Owners[0].Progress.Planned != 2 || r.Owners[1].Progress.DoneShare != kpi.RatioOf(1, 3) {
		t.Errorf("%+v", r.Owners)
	}
}

func TestNothingToDo(t *testing.T) {
	r := track(t, planOf(), action.Input{AsOf: day("2026-06-03")})
	if r.Progress.DoneShare.Value().Reason() != kpi.ZeroDenominator || len(r.Chain.Actions) != 0 {
		t.Errorf("%+v", r)
	}
	back(t, r)
}

func TestInputMistakes(t *testing.T) {
	p := planOf(did("a", "li", "2026-06-01", "2026-06-02", ""))
	_, err := p.Track(action.Input{Work: weekdays(t),
		Records: []action.Record{{Action: "a", Started: day("2026-06-03"), Done: day("2026-06-02"), Dropped: day("2026-06-02"), Left: num("-1")}, {Action: "a"}, {Action: "z", Started: calendar.Day(9)}, {}},
		Costs:   []action.Cost{{}, {Action: "a", Strategy: "s", Day: day("2026-06-02"), Kind: 9, Amount: num("1")}},
		Gains:   []action.Gain{{Strategy: "s"}, {Strategy: "s"}}})
	want := []string{"as_of missing_day", "records[0].done end_before_start", "records[0].dropped done_and_dropped", "records[0].dropped end_before_start", "records[0].left below_zero",
		"records[1].action duplicate_action", "records[2].action unknown_action", "records[2].started year_out_of_range", "records[3].action missing_action",
		"costs[0].action missing_action", "costs[0].day missing_day", "costs[0].kind missing_kind", "costs[0].amount missing_number",
		"costs[1].strategy action_and_strategy", "costs[1].strategy unknown_strategy", "costs[1].kind unknown_word", "gains[0].strategy unknown_strategy", "gains[1].strategy unknown_strategy", "gains[1].strategy duplicate_strategy", "records[2] outside_covers"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}
