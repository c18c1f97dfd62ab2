package funnel_test

import (
	"errors"
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

// twoPipelines gives empty histories of the usual pipeline and another one.
func twoPipelines(t interface{ Fatal(...any) }) *funnel.Histories {
	h, err := funnel.New(hardware(), funnel.Pipeline{ID: "renewals", Stages: []funnel.Stage{{ID: "due"}, {ID: "kept", Outcome: funnel.Won}}})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// told gives the lines of a flow that are not zero: of each stage, and of the
// whole, times/value, with the deals where they differ from the times.
func told(f funnel.Flow) string {
	var all []string
	for _, s := range append(slices.Clone(f.Stages), funnel.StageMovement{Stage: "whole", Movement: f.Whole}) {
		var lines []string
		say := func(name string, times, lives, deals int64, p kpi.Partial) {
			if times > 0 {
				text := fmt.Sprint(name, " ", times, "/", zeroed(p))
				if deals != times || lives != times {
					text += fmt.Sprint(" (", lives, " lives, ", deals, " deals)")
				}
				lines = append(lines, text)
			}
		}
		tally := func(name string, t funnel.Tally) { say(name, t.Times, t.Lives, t.Deals, t.Value) }
		stock := func(name string, s funnel.Stock) { say(name, s.Deals, s.Deals, s.Deals, s.Value) }
		stock("open", s.Opening)
		tally("new", s.Entered.New)
		tally("from earlier", s.Entered.FromEarlier)
		tally("from later", s.Entered.FromLater)
		tally("reopened", s.Entered.Reopened)
		tally("restored", s.Entered.Restored)
		tally("moved in", s.Entered.MovedIn)
		tally("raised", s.Revalued.Raised)
		tally("stated", s.Revalued.Stated)
		tally("lowered", s.Revalued.Lowered)
		tally("withdrawn", s.Revalued.Withdrawn)
		tally("forward", s.Left.Forward)
		tally("back", s.Left.Back)
		tally("won", s.Left.Won)
		tally("lost", s.Left.Lost)
		tally("disqualified", s.Left.Disqualified)
		tally("removed", s.Left.Removed)
		tally("moved out", s.Left.MovedOut)
		stock("closes", s.Closing)
		if len(lines) > 0 {
			all = append(all, s.Stage+": "+strings.Join(lines, ", "))
		}
	}
	return strings.Join(all, "; ")
}

// One deal after noon of 10 January up to noon of 20 January; every line is
// worked by hand.
func TestFlowOfOneDeal(t *testing.T) {
	type events = []funnel.Event
	hundred := kpi.Int(100)
	for name, test := range map[string]struct {
		events events
		policy funnel.Policy
		want   string
		why    string
	}{
		"forward and won": {events{{Stage: "lead", At: on(5), Amount: hundred}, {Stage: "demo", At: on(12), Amount: kpi.Int(120)}, {Stage: "won", At: on(18), Amount: kpi.Int(110)}}, funnel.Policy{},
			"lead: open 1/100, raised 1/20, forward 1/120; demo: from earlier 1/120, lowered 1/10, won 1/110; whole: open 1/100, raised 1/20, lowered 1/10, won 1/110",
			"a row that moves and reprices changes the value where the deal was"},
		"skips": {events{{Stage: "lead", At: on(5)}, {Stage: "offer", At: on(12)}}, funnel.Policy{},
			"lead: open 1/0, forward 1/0; offer: from earlier 1/0, closes 1/0; whole: open 1/0, closes 1/0",
			"demo sees nothing of it, whatever the policy says it has reached"},
		"back and forth": {events{{Stage: "demo", At: on(5), Amount: hundred}, {Stage: "lead", At: on(12)}, {Stage: "demo", At: on(13)}, {Stage: "lead", At: on(14)}, {Stage: "demo", At: on(15)}}, funnel.Policy{},
			"lead: from later 2/200 (1 lives, 1 deals), forward 2/200 (1 lives, 1 deals); demo: open 1/100, from earlier 2/200 (1 lives, 1 deals), back 2/200 (1 lives, 1 deals), closes 1/100; whole: open 1/100, closes 1/100",
			"two visits of lead by one deal"},
		"comes and goes": {events{{Stage: "lead", At: on(11), Amount: hundred}, {Stage: "lost", At: on(13)}}, funnel.Policy{},
			"lead: new 1/100, lost 1/100; whole: new 1/100, lost 1/100", "in neither stock"},
		"opened again": {events{{Stage: "lead", At: on(5), Amount: hundred}, {Stage: "lost", At: on(11)}, {Stage: "demo", At: on(12)}, {Stage: "lost", At: on(13)}, {Stage: "demo", At: on(14)}}, funnel.Policy{},
			"lead: open 1/100, lost 1/100; demo: reopened 2/200 (1 lives, 1 deals), lost 1/100, closes 1/100; whole: open 1/100, reopened 2/200 (1 lives, 1 deals), lost 2/200 (1 lives, 1 deals), closes 1/100",
			"one life: lost twice, by one deal"},
		"new lives": {events{{Stage: "lead", At: on(5), Amount: hundred}, {Stage: "lost", At: on(11)}, {Stage: "demo", At: on(12)}, {Stage: "lost", At: on(13)}, {Stage: "demo", At: on(14)}}, funnel.Policy{Lives: funnel.NewLife},
			"lead: open 1/100, lost 1/100; demo: reopened 2/200 (2 lives, 1 deals), lost 1/100, closes 1/100; whole: open 1/100, reopened 2/200 (2 lives, 1 deals), lost 2/200 (2 lives, 1 deals), closes 1/100",
			"each time it is opened is a life of its own"},
		"removed": {events{{Stage: "lead", At: on(5), Amount: hundred}, {Removed: true, At: on(12)}}, funnel.Policy{},
			"lead: open 1/100, removed 1/100; whole: open 1/100, removed 1/100", "it counts nowhere on the 20th, and still its leaving shows"},
		"restored": {events{{Stage: "lead", At: on(5), Amount: hundred}, {Removed: true, At: on(8)}, {Stage: "lead", At: on(12)}}, funnel.Policy{},
			"lead: restored 1/100, closes 1/100; whole: restored 1/100, closes 1/100", "the opening does not have it"},
		"moves away and back": {events{{Stage: "lead", At: on(5), Amount: hundred}, {Pipeline: "renewals", Stage: "due", At: on(12)}, {Stage: "demo", At: on(14)}, {Pipeline: "renewals", Stage: "kept", At: on(16)}}, funnel.Policy{},
			"lead: open 1/100, moved out 1/100; demo: moved in 1/100, moved out 1/100; whole: open 1/100, moved in 1/100, moved out 2/200 (1 lives, 1 deals)", "two pipelines"},
		"disqualified": {events{{Stage: "demo", At: on(5)}, {Stage: "duplicate", At: on(12)}}, funnel.Policy{},
			"demo: open 1/0, disqualified 1/0; whole: open 1/0, disqualified 1/0", "an end of its own"},
		"within an instant": {events{{Stage: "lead", At: on(12), Seq: 1}, {Stage: "demo", At: on(12), Seq: 2}, {Stage: "offer", At: on(12), Seq: 3, Amount: hundred}}, funnel.Policy{},
			"lead: new 1/100, forward 1/100; demo: from earlier 1/100, forward 1/100; offer: from earlier 1/100, closes 1/100; whole: new 1/100, closes 1/100", "passed is passed, at the value of the instant"},
		"value found and taken back": {events{{Stage: "lead", At: on(5)}, {At: on(11), Amount: hundred}, {At: on(12), Amount: kpi.Undefined(kpi.NoAmount)}, {At: on(13), Amount: kpi.Int(70)}}, funnel.Policy{},
			"lead: open 1/0, stated 2/170 (1 lives, 1 deals), withdrawn 1/100, closes 1/70; whole: open 1/0, stated 2/170 (1 lives, 1 deals), withdrawn 1/100, closes 1/70", "100 + 70 − 100"},
		"known from where": {events{{From: "lead", Stage: "demo", At: on(12), Amount: hundred}}, funnel.Policy{},
			"lead: new 1/100, forward 1/100; demo: from earlier 1/100, closes 1/100; whole: new 1/100, closes 1/100", "the record begins with the move that it states"},
		"undated before": {events{{Stage: "lead"}, {Stage: "demo", At: on(12)}}, funnel.Policy{},
			"demo: new 1/0, closes 1/0; whole: new 1/0, closes 1/0", "nobody knows since when it was a lead: no snapshot has it before the 12th"},
		"undated alone": {events{{Stage: "lead", Amount: hundred}}, funnel.Policy{},
			"lead: open 1/100, closes 1/100; whole: open 1/100, closes 1/100", "what has no instant always holds"},
		"edges": {events{{Stage: "lead", At: on(10)}, {Stage: "demo", At: on(20)}, {Stage: "offer", At: on(20).Add(time.Microsecond)}}, funnel.Policy{},
			"lead: open 1/0, forward 1/0; demo: from earlier 1/0, closes 1/0; whole: open 1/0, closes 1/0", "the first instant is before, the last is within"},
		"corrected end": {events{{Stage: "lead", At: on(5)}, {Stage: "won", At: on(12)}, {Stage: "lost", At: on(13)}}, funnel.Policy{},
			"lead: open 1/0, won 1/0; whole: open 1/0, won 1/0", "from end to end is a transition of no stage"},
		"edits alone": {events{{Stage: "lead", At: on(5), Amount: hundred}, {At: on(12), Owner: "ann"}, {At: on(13), Amount: hundred}}, funnel.Policy{},
			"lead: open 1/100, closes 1/100; whole: open 1/100, closes 1/100", "the same amount again is no change"},
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
			a, err := funnel.Analyze(h, funnel.Question{AsOf: on(25), Location: time.UTC, Pipeline: "hardware", Policy: test.policy})
			if err != nil {
				t.Fatal(err)
			}
			f, err := a.FlowBetween(on(10), on(20))
			if err != nil {
				t.Fatal(err)
			}
			if got := told(f); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.why, got, test.want)
			}
		})
	}
}

// Days are those of the question's location: 2 February in Shanghai begins at
// 16:00 of the 1st in Greenwich.
func TestFlowByDays(t *testing.T) {
	shanghai := time.FixedZone("Asia/Shanghai", 8*3600)
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	h.Add(funnel.Event{Deal: "before", Stage: "lead", At: time.Date(2026, 2, 1, 15, 59, 59, 999_999_000, time.UTC)})
	h.Add(funnel.Event{Deal: "first", Stage: "lead", At: time.Date(2026, 2, 1, 16, 0, 0, 0, time.UTC)})
	h.Add(funnel.Event{Deal: "last", Stage: "lead", At: time.Date(2026, 2, 2, 15, 59, 59, 999_999_000, time.UTC)})
	h.Add(funnel.Event{Deal: "after", Stage: "lead", At: time.Date(2026, 2, 2, 16, 0, 0, 0, time.UTC)})
	day := calendar.MustDay("2026-02-02")
	a, err := funnel.Analyze(h, funnel.Question{AsOf: funnel.EndOf(day.Add(1), shanghai), Location: shanghai})
	if err != nil {
		t.Fatal(err)
	}
	one, err := calendar.Through(day, day)
	if err != nil {
		t.Fatal(err)
	}
	f := flowOn(t, a, one)
	if got, want := told(f), "lead: open 1/0, new 2/0, closes 3/0; whole: open 1/0, new 2/0, closes 3/0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	moves, err := a.Moves(one)
	if err != nil || len(moves) != 2 || moves[0].Deal != "first" || moves[1].Deal != "last" {
		t.Error(moves, err)
	}
}

// The bounds of days: the first and the last that the package knows.
func TestFlowOfAllTime(t *testing.T) {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	h.Add(funnel.Event{Deal: "D", Stage: "lead", At: time.Date(1900, 1, 3, 0, 0, 0, 0, time.UTC)})
	a, err := funnel.Analyze(h, funnel.Question{AsOf: funnel.EndOf(calendar.MustDay("2200-12-31"), time.UTC), Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	ever, err := calendar.Through(calendar.MustDay("1900-01-01"), calendar.MustDay("2200-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(flowOn(t, a, ever)), "lead: new 1/0, closes 1/0; whole: new 1/0, closes 1/0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestFlowErrors(t *testing.T) {
	a := twoSellers() // as of the first instant of 1 March 2026
	var none time.Time
	for name, test := range map[string]struct {
		after, until time.Time
		class        error
		paths        string
		why          string
	}{
		"missing":   {none, none, check.ErrMissing, "after until", "an instant has to be named"},
		"reversed":  {on(20), on(10), check.ErrInvalid, "until", "time runs forward"},
		"too late":  {on(20), on(61), check.ErrRange, "until", "2 March is not known on 1 March"},
		"far":       {time.Date(1, 2, 1, 0, 0, 0, 0, time.UTC), on(2), check.ErrRange, "after", "years 1900 to 2200"},
		"both late": {on(61), on(62), check.ErrRange, "after until", "every problem at once"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := a.FlowBetween(test.after, test.until)
			_, again := a.MovesBetween(test.after, test.until)
			for _, err := range []error{err, again} {
				var paths []string
				for _, e := range check.All(err) {
					paths = append(paths, e.Path)
				}
				if test.why == "" || !errors.Is(err, test.class) || strings.Join(paths, " ") != test.paths {
					t.Errorf("%s: %v", test.why, err)
				}
			}
		})
	}
	if _, err := a.Flow(calendar.Period{}); !errors.Is(err, check.ErrMissing) {
		t.Error("no period:", err)
	}
	march := calendar.Calendar{}.MustParse("2026-03")
	if _, err := a.Flow(march); !errors.Is(err, check.ErrRange) {
		t.Error("a period that is not over:", err)
	}
	if _, err := a.Moves(march); !errors.Is(err, check.ErrRange) {
		t.Error("moves of a period that is not over:", err)
	}
	if f, err := a.FlowBetween(on(9), on(9)); err != nil || f.Whole.Opening != f.Whole.Closing || f.Whole.Opening.Deals != 2 {
		t.Error("an empty window:", f.Whole, err)
	}
}

// A part knows what was removed from it or moved away: ann's deal is deleted,
// bob's moves to another pipeline, and neither counts on the 20th.
func TestPartsKnowWhatIsGone(t *testing.T) {
	h := twoPipelines(t)
	for _, e := range []funnel.Event{
		{Deal: "A", Owner: "ann", Stage: "lead", At: on(2)}, {Deal: "A", Stage: "demo", At: on(5)}, {Deal: "A", Owner: "nobody", Removed: true, At: on(12)},
		{Deal: "B", Owner: "bob", Stage: "lead", At: on(3)}, {Deal: "B", Pipeline: "renewals", Stage: "due", At: on(13)},
		{Deal: "C", Owner: "bob", Stage: "lead", At: on(4)},
		{Deal: "E", Owner: "eve", Pipeline: "renewals", Stage: "due", At: on(4)},
		{Deal: "F", Owner: "eve", Stage: "lead", At: on(4)}, {Deal: "F", Removed: true, At: on(4)},
	} {
		h.Add(e)
	}
	a, err := funnel.Analyze(h, funnel.Question{AsOf: on(20), Location: time.UTC, Pipeline: "hardware"})
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]int{}
	parts, without, err := a.By(func(d funnel.Deal) (string, bool) { asked[d.ID+" "+d.Stage]++; return d.Owner, true })
	if err != nil || without != 0 {
		t.Fatal(without, err)
	}
	got := ""
	for _, p := range parts {
		f, err := p.Analysis.FlowBetween(on(10), on(20))
		if err != nil {
			t.Fatal(err)
		}
		c := p.Analysis.Report().Counts
		got += fmt.Sprintln(p.Key, c.Read, c.Counted, c.Excluded, f.Whole.Opening.Deals, f.Whole.Left.Removed.Deals, f.Whole.Left.MovedOut.Deals, f.Whole.Closing.Deals)
	}
	// ann's one deal, in demo when it was deleted; bob's two; eve never had one
	// that counted.
	if want := "ann 1 0 [{removed 1}] 1 1 0 0\nbob 2 1 [{other_pipeline 1}] 2 0 1 1\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if len(asked) != 3 || asked["A demo"] != 1 || asked["B lead"] != 1 || asked["C lead"] != 1 {
		t.Error("asked of", asked)
	}
}

func TestPlaceWords(t *testing.T) {
	f, err := twoSellers().FlowBetween(on(1), on(40))
	if err != nil {
		t.Fatal(err)
	}
	lead, begun := funnel.Place{Stage: "lead"}, funnel.Place{Outside: funnel.NotBegun}
	if begun.String() != "not_begun" || lead.String() != "lead" {
		t.Error(begun, lead)
	}
	if f.FromTo(begun, lead).Deals != 2 || f.FromTo(lead, begun).Times != 0 || f.FromTo(lead, funnel.Place{Stage: "won"}).Times != 1 {
		t.Error(f.Transitions)
	}
}
