package funnel_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Sundays 1 and 8 February 2026, and the quarter that they lie in.
func firstSunday() time.Time { return funnel.EndOf(january(32), time.UTC) }

func secondSunday() time.Time { return funnel.EndOf(january(39), time.UTC) }

func firstQuarter() calendar.Period { return calendar.Calendar{}.MustParse("2026-Q1") }

// Every cause once: ann's deals that are expected to close in the first
// quarter, from one Sunday to the next. Each deal has a value of its own, so
// that each line can be told by it.
func TestEveryCause(t *testing.T) {
	march, april, december := calendar.MustDay("2026-03-20"), calendar.MustDay("2026-04-10"), calendar.MustDay("2025-12-30")
	type events = []funnel.Event
	stands := func(value int64, close calendar.Day) funnel.Event {
		return funnel.Event{At: on(2), Stage: "demo", Owner: "ann", Amount: kpi.Int(value), ExpectedClose: close}
	}
	for name, test := range map[string]struct {
		events  events
		cause   funnel.Cause
		through bool
		value   int64 // of the line
		was, is string
		why     string
	}{
		"created": {events{{At: on(34), Stage: "lead", Owner: "ann", Amount: kpi.Int(100), ExpectedClose: march}},
			funnel.DealCreated, false, 100, "", "100", "begins in between"},
		"reopened": {events{stands(110, march), {At: on(9), Stage: "lost"}, {At: on(35), Stage: "offer"}},
			funnel.DealReopened, false, 110, "110", "110", "was lost on the first Sunday"},
		"reopened by another": {events{stands(111, march), {At: on(8), Owner: "bob"}, {At: on(9), Stage: "lost"}, {At: on(35), Stage: "offer", Owner: "ann"}},
			funnel.DealReopened, false, 111, "111", "111", "being closed comes first: nobody's pipeline held it"},
		"restored": {events{stands(120, march), {At: on(9), Removed: true}, {At: on(35), Stage: "demo"}},
			funnel.DealRestored, false, 120, "", "120", "was removed on the first Sunday"},
		"moved in": {events{{At: on(2), Pipeline: "renewals", Stage: "due", Owner: "ann", Amount: kpi.Int(130), ExpectedClose: march}, {At: on(35), Pipeline: "hardware", Stage: "demo"}},
			funnel.MovedIn, false, 130, "", "130", "was in the other pipeline"},
		"transferred in": {events{stands(140, march), {At: on(3), Owner: "bob"}, {At: on(36), Owner: "ann"}},
			funnel.TransferredIn, false, 140, "140", "140", "bob had it"},
		"transferred in and pulled in": {events{stands(141, april), {At: on(3), Owner: "bob"}, {At: on(36), Owner: "ann", ExpectedClose: march}},
			funnel.TransferredIn, false, 141, "141", "141", "the owner comes before the date"},
		"pulled in": {events{stands(150, april), {At: on(36), ExpectedClose: march}},
			funnel.PulledIn, false, 150, "150", "150", "was expected in the second quarter"},
		"pushed in": {events{stands(160, december), {At: on(36), ExpectedClose: march}},
			funnel.PushedIn, false, 160, "160", "160", "should have closed in December"},
		"date set": {events{stands(170, 0), {At: on(36), ExpectedClose: march}},
			funnel.DateSet, false, 170, "170", "170", "without a date it was in no period"},
		"raised": {events{stands(180, march), {At: on(36), Amount: kpi.Int(200)}},
			funnel.ValueRaised, false, 20, "180", "200", "200 − 180"},
		"value stated": {events{{At: on(2), Stage: "demo", Owner: "ann", ExpectedClose: march}, {At: on(36), Amount: kpi.Int(210)}},
			funnel.ValueStated, false, 210, "", "210", "had none"},
		"lowered": {events{stands(230, march), {At: on(36), Amount: kpi.Int(201)}},
			funnel.ValueLowered, false, 29, "230", "201", "230 − 201"},
		"value withdrawn": {events{stands(220, march), {At: on(36), Amount: kpi.Undefined(kpi.NoAmount)}},
			funnel.ValueWithdrawn, false, 220, "220", "", "has none any more"},
		"pushed out": {events{stands(240, march), {At: on(36), ExpectedClose: april, Amount: kpi.Int(241)}},
			funnel.PushedOut, false, 240, "240", "241", "leaves at what it was worth before"},
		"pulled out": {events{stands(250, march), {At: on(36), ExpectedClose: december}},
			funnel.PulledOut, false, 250, "250", "250", "the date lies before the quarter"},
		"transferred out": {events{stands(260, march), {At: on(36), Owner: "bob"}},
			funnel.TransferredOut, false, 260, "260", "260", "bob has it"},
		"transferred out and won": {events{stands(261, march), {At: on(36), Owner: "bob"}, {At: on(37), Stage: "won"}},
			funnel.TransferredOut, false, 261, "261", "261", "it was not ann's win"},
		"moved out": {events{stands(270, march), {At: on(36), Pipeline: "renewals", Stage: "due"}},
			funnel.MovedOut, false, 270, "270", "", "counts in the other pipeline"},
		"won": {events{stands(280, march), {At: on(36), Stage: "won", Amount: kpi.Int(300)}},
			funnel.DealWon, false, 280, "280", "300", "280 of the pipeline was won, at 300"},
		"won and dated out": {events{stands(281, march), {At: on(36), Stage: "won", ExpectedClose: april}},
			funnel.DealWon, false, 281, "281", "281", "a closed deal has no expected close"},
		"lost": {events{stands(290, march), {At: on(36), Stage: "lost"}},
			funnel.DealLost, false, 290, "290", "290", "lost in between"},
		"disqualified": {events{stands(301, march), {At: on(36), Stage: "duplicate"}},
			funnel.DealDisqualified, false, 301, "301", "301", "an end of its own"},
		"removed": {events{stands(310, march), {At: on(36), Removed: true}},
			funnel.DealRemoved, false, 310, "310", "", "deleted in between"},
		"came and won": {events{{At: on(34), Stage: "lead", Owner: "ann", Amount: kpi.Int(330), ExpectedClose: march}, {At: on(37), Stage: "won"}},
			funnel.DealWon, true, 330, "", "330", "neither Sunday knows it as open"},
		"pulled ahead and won": {events{stands(340, april), {At: on(37), Stage: "won", Amount: kpi.Int(341)}},
			funnel.DealWon, true, 341, "340", "341", "expected in April, won in February"},
		"taken over and lost": {events{stands(350, march), {At: on(3), Owner: "bob"}, {At: on(36), Owner: "ann"}, {At: on(37), Stage: "lost"}},
			funnel.DealLost, true, 350, "350", "350", "ann lost what was bob's"},
		"opened again and won again": {events{stands(360, march), {At: on(9), Stage: "won"}, {At: on(35), Stage: "demo"}, {At: on(37), Stage: "won"}},
			funnel.DealWon, true, 360, "360", "360", "closed on both Sundays, and open in between"},
		"unchanged":         {events{stands(320, march), {At: on(36), Stage: "offer"}}, funnel.NoCause, false, 320, "", "", "a stage is no change of value"},
		"closed before":     {events{stands(370, march), {At: on(9), Stage: "won"}, {At: on(36), Amount: kpi.Int(1)}}, funnel.NoCause, false, 0, "", "", "was not open, and is not"},
		"never in the team": {events{stands(380, march), {At: on(3), Owner: "bob"}}, funnel.NoCause, false, 0, "", "", "bob's all the time"},
		"won elsewhere":     {events{stands(390, march), {At: on(3), Owner: "bob"}, {At: on(36), Stage: "won"}}, funnel.NoCause, false, 0, "", "", "bob's win"},
		"came and removed":  {events{{At: on(34), Stage: "lead", Owner: "ann", ExpectedClose: march}, {At: on(36), Removed: true}}, funnel.NoCause, false, 0, "", "", "no snapshot knows it"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("no why")
			}
			h := twoPipelines(t)
			for _, e := range test.events {
				e.Deal = "D"
				h.Add(e)
			}
			c := changed(t, h, funnel.Question{Location: time.UTC, Pipeline: "hardware"}, funnel.Scope{
				Of: func(d funnel.Deal) bool { return d.Owner == "ann" }, ExpectedIn: firstQuarter()})
			lines := c.Lines
			if test.through {
				lines = c.Through
			}
			if test.cause == funnel.NoCause {
				if len(c.Lines)+len(c.Through) > 0 || zeroed(c.Unchanged.Value) != kpi.Int(test.value) {
					t.Fatalf("%s: %+v", test.why, c)
				}
				return
			}
			if len(c.Lines)+len(c.Through) != 1 || len(lines) != 1 {
				t.Fatalf("%s: %+v, through %+v", test.why, c.Lines, c.Through)
			}
			l := lines[0]
			if l.Cause != test.cause || l.Count != 1 || l.Value.Sum != kpi.Int(test.value) || len(l.Deals) != 1 || l.Deals[0].Deal != "D" {
				t.Errorf("%s: %+v", test.why, l)
			}
			worth := func(want string, v kpi.Value) {
				if want == "" && v.Defined() || want != "" && v != kpi.MustParse(want) {
					t.Errorf("%s: %s, want %q", test.why, v, want)
				}
			}
			worth(test.was, l.Deals[0].Was)
			worth(test.is, l.Deals[0].Is)
		})
	}
}

func zeroed(p kpi.Partial) kpi.Value { return p.Sum.Or(kpi.Int(0)) }

// changed compares the two Sundays.
func changed(t *testing.T, h *funnel.Histories, q funnel.Question, in funnel.Scope) funnel.PipelineChange {
	t.Helper()
	q.AsOf = firstSunday()
	before, err := funnel.Analyze(h, q)
	if err != nil {
		t.Fatal(err)
	}
	q.AsOf = secondSunday()
	after, err := funnel.Analyze(h, q)
	if err != nil {
		t.Fatal(err)
	}
	c, err := funnel.Between(before, after, in)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Last week's record and today's are two histories: a deal that was entered
// late, one whose date is gone and one that the new record lacks.
func TestChangeOfTwoRecords(t *testing.T) {
	record := func(asOf time.Time, events ...funnel.Event) *funnel.Analysis {
		h, err := funnel.New(hardware())
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			h.Add(e)
		}
		a, err := funnel.Analyze(h, funnel.Question{AsOf: asOf, Location: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	march := calendar.MustDay("2026-03-20")
	was := record(firstSunday(),
		funnel.Event{Deal: "dated", At: on(2), Stage: "demo", Amount: kpi.Int(10), ExpectedClose: march},
		funnel.Event{Deal: "vanished", At: on(2), Stage: "demo", Amount: kpi.Int(20), ExpectedClose: march})
	is := record(secondSunday(),
		funnel.Event{Deal: "dated", At: on(2), Stage: "demo", Amount: kpi.Int(10)},
		funnel.Event{Deal: "late", At: on(3), Stage: "demo", ExpectedClose: march})
	c, err := funnel.Between(was, is, funnel.Scope{ExpectedIn: firstQuarter()})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range c.Lines {
		got = append(got, fmt.Sprint(l.Cause, " ", l.Count, " ", zeroed(l.Value)))
	}
	for _, f := range c.Findings {
		got = append(got, funnel.Findings().Text(f, "en"))
	}
	want := "created 1 0\ndate_cleared 1 10\nremoved 1 20\n" +
		"Deals that are new since 2026-02-01 and began earlier: 1. They were recorded late, or the earlier record was not whole.\n" +
		"1 of 1 open deals have no value and add nothing to the pipeline value."
	if strings.Join(got, "\n") != want {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

func TestChangeErrors(t *testing.T) {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	h.Add(funnel.Event{Deal: "D", At: on(2), Stage: "demo"})
	analysis := func(change func(*funnel.Question)) *funnel.Analysis {
		q := funnel.Question{AsOf: on(9), Location: time.UTC}
		if change != nil {
			change(&q)
		}
		a, err := funnel.Analyze(h, q)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	plain := analysis(nil)
	parts, _, err := plain.By(func(funnel.Deal) (string, bool) { return "all", true })
	if err != nil {
		t.Fatal(err)
	}
	fiscal, err := calendar.Fiscal(time.April, calendar.NamedByEnd)
	if err != nil {
		t.Fatal(err)
	}
	other, err := funnel.New(funnel.Pipeline{ID: "hardware", Stages: []funnel.Stage{{ID: "lead"}, {ID: "won", Outcome: funnel.Won}}})
	if err != nil {
		t.Fatal(err)
	}
	short, err := funnel.Analyze(other, funnel.Question{AsOf: on(9), Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		before, after *funnel.Analysis
		class         error
		paths         string
		why           string
	}{
		"none":     {nil, nil, check.ErrMissing, "before after", "nothing to compare"},
		"a part":   {plain, parts[0].Analysis, check.ErrDefinition, "after", "a part does not know what left it"},
		"reversed": {plain, analysis(func(q *funnel.Question) { q.AsOf = on(8) }), check.ErrInvalid, "after", "time runs forward"},
		"pipeline": {plain, short, check.ErrDefinition, "after.pipeline", "other stages"},
		"policy":   {plain, analysis(func(q *funnel.Question) { q.Policy.Lives = funnel.NewLife }), check.ErrDefinition, "after.policy", "lives are no deals"},
		"value":    {plain, analysis(func(q *funnel.Question) { q.ValueBy = funnel.ByListPrice }), check.ErrDefinition, "after.value_by", "another value"},
		"everything": {plain, analysis(func(q *funnel.Question) {
			q.Location, q.Start, q.ClosingsFrom, q.Calendar, q.Cohorts = time.FixedZone("Asia/Shanghai", 8*3600), "demo", january(1), fiscal, calendar.Monthly
			q.Horizon, q.AgesTo, q.Stale.AtLeast = 5, []int{1}, 5
		}), check.ErrDefinition, "after.location after.start after.closings_from after.calendar after.cohorts after.horizon after.ages_to after.stale", "every problem at once"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := funnel.Between(test.before, test.after, funnel.Scope{})
			var paths []string
			for _, e := range check.All(err) {
				paths = append(paths, e.Path)
			}
			if test.why == "" || !errors.Is(err, test.class) || strings.Join(paths, " ") != test.paths {
				t.Errorf("%s: %v", test.why, err)
			}
		})
	}
	if c, err := funnel.Between(plain, plain, funnel.Scope{}); err != nil || len(c.Lines) > 0 || c.Unchanged.Deals != 1 {
		t.Errorf("with itself: %+v, %v", c, err)
	}
}
