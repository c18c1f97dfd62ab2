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

// on gives noon of a day of January 2026.
func on(day int) time.Time { return time.Date(2026, time.January, day, 12, 0, 0, 0, time.UTC) }

func january(day int) calendar.Day { return calendar.MustDay("2026-01-01").Add(day - 1) }

// ask analyses events of one pipeline as of the end of a day of January.
func ask(t *testing.T, day int, change func(*funnel.Question), events ...funnel.Event) funnel.Report {
	t.Helper()
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	h.AddSeq(slices.Values(events))
	q := funnel.Question{AsOf: funnel.EndOf(january(day), time.UTC), Location: time.UTC}
	if change != nil {
		change(&q)
	}
	r, err := report(h, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func dataCodes(r funnel.Report) string {
	about := []string{"closed_before_created", "event_before_created", "reopened", "moved_pipeline", "conflicting_values",
		"probability_out_of_range", "time_out_of_range", "unknown_stage", "no_close_time", "no_entry_time"}
	var codes []string
	for _, f := range r.Findings {
		if slices.Contains(about, f.Code) {
			codes = append(codes, f.Code)
		}
	}
	return strings.Join(codes, " ")
}

// One deal told in many ways. state is outcome, stage, entered/implied/skipped
// of lead, demo and offer, and age or cycle; every line is worked by hand.
func TestOneDeal(t *testing.T) {
	type events = []funnel.Event
	for name, test := range map[string]struct {
		events   events
		state    string
		findings string
		why      string
	}{
		"step by step": {
			events{{Stage: "lead", At: on(1)}, {Stage: "demo", At: on(3)}, {Stage: "offer", At: on(6)}, {Stage: "won", At: on(10)}},
			"won offer 100 100 100 cycle 9", "", "all entered; 1 to 10 January are 9 days"},
		"any order": {
			events{{Stage: "won", At: on(10)}, {Stage: "offer", At: on(6)}, {Stage: "lead", At: on(1)}, {Stage: "demo", At: on(3)}},
			"won offer 100 100 100 cycle 9", "", "events are ordered by instant"},
		"twice": {
			events{{Stage: "lead", At: on(1)}, {Stage: "lead", At: on(1)}, {Stage: "lead", At: on(4)}, {Stage: "won", At: on(10)}},
			"won lead 100 011 011 cycle 9", "", "a repeat collapses into the first; won has passed every stage"},
		"after the as-of instant": {
			events{{Stage: "lead", At: on(1)}, {Stage: "demo", At: on(21)}},
			"open lead 100 000 000 age 19", "", "as of 20 January"},
		"jumps over demo": {
			events{{Stage: "lead", At: on(1)}, {Stage: "offer", At: on(5)}},
			"open offer 100 011 100 age 19", "", "demo is implied, and skipped as lead is on record"},
		"history begins late": {
			events{{Stage: "offer", At: on(5)}},
			"open offer 010 010 100 age 15", "", "lead and demo are implied, but nothing says they were skipped"},
		"lost where it was lost": {
			events{{Stage: "lead", At: on(1)}, {Stage: "offer", At: on(5)}, {Stage: "demo", At: on(7)}, {Stage: "lost", At: on(9)}},
			"lost demo 100 100 100 cycle 8", "", "back in demo, lost there; offer stays reached"},
		"only the end": {
			events{{Stage: "lost", At: on(9)}},
			"lost lead 010 000 000 cycle -1", "", "it existed, so the first stage is implied; nobody knows since when"},
		"birth without stage": {
			events{{Birth: true, At: on(2)}},
			"open lead 011 000 000 age 18", "", "created, so in the first stage by implication"},
		"birth row missing, from known": {
			events{{From: "lead", Stage: "demo", At: on(4)}, {From: "demo", Stage: "won", At: on(8)}},
			"won demo 100 100 011 cycle -1", "", "lead is on record without an instant, so the creation is not known; offer was jumped over"},
		"birth time with from": {
			events{{Birth: true, At: on(2)}, {From: "lead", Stage: "demo", At: on(4)}, {Stage: "won", At: on(8)}},
			"won demo 100 100 011 cycle 6", "", "created in lead on the 2nd"},
		"undated stage": {
			events{{Stage: "lead"}, {Stage: "demo", At: on(4)}},
			"open demo 100 100 000 age -1", "no_entry_time", "was a lead, nobody knows since when"},
		"undated and dated": {
			events{{Stage: "lead"}, {Stage: "lead", At: on(2)}, {Stage: "demo", At: on(4)}},
			"open demo 100 100 000 age 18", "", "the undated row adds nothing"},
		"undated between": {
			events{{Stage: "demo"}, {Stage: "lead", At: on(2)}, {Stage: "offer", At: on(4)}},
			"open offer 100 100 100 age 18", "", "demo takes its place before offer"},
		"undated end": {
			events{{Stage: "won"}, {Stage: "lead", At: on(2)}},
			"won lead 100 011 011 cycle -1", "no_close_time", "an end comes last"},
		"closed before created": {
			events{{Birth: true, Stage: "lead", At: on(9)}, {Stage: "lost", At: on(3)}},
			"lost lead 100 000 000 cycle -1", "closed_before_created", "the birth comes first whatever its instant; case SA18 has a real one"},
		"stage before created": {
			events{{Birth: true, Stage: "lead", At: on(9)}, {Stage: "demo", At: on(3)}, {Stage: "won", At: on(12)}},
			"won demo 100 100 011 cycle -1", "event_before_created", "left out of the cycle"},
		"reopened": {
			events{{Stage: "lead", At: on(1)}, {Stage: "lost", At: on(3)}, {Stage: "demo", At: on(5)}, {Stage: "won", At: on(9)}},
			"won demo 100 100 011 cycle 8", "reopened", "one life, closed the last time"},
		"reopened and open": {
			events{{Stage: "lead", At: on(1)}, {Stage: "won", At: on(3)}, {Stage: "lead", At: on(5)}},
			"open lead 100 000 000 age 19", "reopened", "where it stands now"},
		"unknown stage": {
			events{{Stage: "lead", At: on(1)}, {Stage: "legal", At: on(3)}, {Stage: "won", At: on(5)}},
			"won lead 100 011 011 cycle -1", "unknown_stage", "deleted stage: the entry is ignored, the cycle left out"},
		"same instant by sequence": {
			events{{Stage: "offer", At: on(1), Seq: 1}, {Stage: "demo", At: on(1), Seq: 2}},
			"open demo 010 100 100 age 19", "", "demo is the later row"},
		"same instant without sequence": {
			events{{Stage: "won", At: on(1)}, {Stage: "demo", At: on(1)}, {Stage: "lead", At: on(1)}},
			"won demo 100 100 011 cycle 0", "", "the order of the stages decides"},
		"disqualified": {
			events{{Stage: "lead", At: on(1)}, {Stage: "duplicate", At: on(3)}},
			"disqualified lead 100 000 000 cycle 2", "", "an end of its own"},
		"two amounts at once": {
			events{{Stage: "lead", At: on(1), Amount: kpi.Int(1)}, {At: on(1), Amount: kpi.Int(2)}},
			"open lead 100 000 000 age 19", "conflicting_values", "nothing says which is right"},
		"percent for a share": {
			events{{Stage: "lead", At: on(1), Probability: kpi.Int(33)}},
			"open lead 100 000 000 age 19", "probability_out_of_range", "33 instead of 0.33"},
		"sentinel date": {
			events{{Stage: "lead", At: time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}},
			"open lead 100 000 000 age -1", "time_out_of_range no_entry_time", "counts as not known"},
		"an edit is no move": {
			events{{Stage: "lead", At: on(1), Amount: kpi.Int(5)}, {At: on(8), Amount: kpi.Int(7)}, {At: on(9), Owner: "ann"}},
			"open lead 100 000 000 age 19", "", "amount and owner change, the stage does not"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("no reason given")
			}
			for i := range test.events {
				test.events[i].Deal = "D"
			}
			r := ask(t, 20, nil, test.events...)
			if got := stateOf(t, test.events); got != test.state {
				t.Errorf("%s\n got %s\nwant %s", test.why, got, test.state)
			}
			got := strings.Fields(dataCodes(r))
			slices.Sort(got)
			want := strings.Fields(test.findings)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("findings %v, want %v", got, want)
			}
		})
	}
}

func stateOf(t *testing.T, events []funnel.Event) string {
	t.Helper()
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	h.AddSeq(slices.Values(events))
	var deal funnel.Deal
	by, err := reportBy(h, funnel.Question{AsOf: funnel.EndOf(january(20), time.UTC), Location: time.UTC},
		func(d funnel.Deal) (string, bool) { deal = d; return "", true })
	if err != nil {
		t.Fatal(err)
	}
	s := fmt.Sprint(deal.Outcome, " ", deal.Stage)
	for _, f := range by.All.Stages {
		s += fmt.Sprintf(" %d%d%d", f.Entered, f.Implied, f.Skipped)
	}
	days, what := by.All.CycleClosed, " cycle "
	if deal.Outcome == funnel.Open {
		days, what = by.All.Open.Ages, " age "
	}
	return s + what + days.Max.Or(kpi.Int(-1)).String()
}

func TestExclusions(t *testing.T) {
	h, err := funnel.New(hardware(), funnel.Pipeline{ID: "renewals", Stages: []funnel.Stage{{ID: "due"}, {ID: "kept", Outcome: funnel.Won}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []funnel.Event{
		{Deal: "counted", Stage: "lead", At: on(1)},
		{Deal: "moved", Stage: "due", At: on(1)}, {Deal: "moved", Stage: "demo", At: on(2)},
		{Deal: "", Stage: "lead", At: on(1)}, {Deal: "", Stage: "demo", At: on(2)},
		{Deal: "no stage", At: on(1), Amount: kpi.Int(7)},
		{Deal: "later", Stage: "lead"}, {Deal: "later", Stage: "demo", At: on(25)},
		{Deal: "unknown", Stage: "legal", At: on(1)},
		{Deal: "other", Stage: "due", At: on(1)},
	} {
		h.Add(e)
	}
	q := funnel.Question{AsOf: on(20), Location: time.UTC, Pipeline: "hardware"}
	r, err := report(h, q)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(r.Counts.Read, r.Counts.Counted, r.Counts.Excluded)
	if want := "7 2 [{no_id 1} {no_stage 1} {not_begun 1} {unknown_stage 1} {other_pipeline 1}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if codes := dataCodes(r); codes != "moved_pipeline" {
		t.Error("findings", codes)
	}
	q.Pipeline = ""
	if _, err := report(h, q); !errors.Is(err, check.ErrMissing) {
		t.Error("of several pipelines one has to be named:", err)
	}
}

// Three deals closed in the window, one before it, one nobody knows when.
func TestStatedWindow(t *testing.T) {
	events := []funnel.Event{
		{Deal: "a", Stage: "lead", At: on(1)}, {Deal: "a", Stage: "won", At: on(4)},
		{Deal: "b", Stage: "lead", At: on(1)}, {Deal: "b", Stage: "won", At: on(10)},
		{Deal: "c", Stage: "lead", At: on(2)}, {Deal: "c", Stage: "lost", At: on(12)},
		{Deal: "d", Stage: "lead", At: on(11)}, {Deal: "d", Stage: "lost", At: on(13)},
		{Deal: "e", Stage: "lead", At: on(11)}, {Deal: "e", Stage: "won"},
	}
	r := ask(t, 31, func(q *funnel.Question) { q.ClosingsFrom, q.Cohorts = january(10), calendar.Daily }, events...)
	if r.WinRate != kpi.RatioOf(1, 3) || r.Counts.OutsideWindow != 2 || r.Counts.Won != 3 {
		t.Error(r.WinRate, r.Counts)
	}
	for i, truncated := range []bool{true, true, false} { // the 1st, 2nd and 11th
		if r.Cohorts[i].LeftTruncated != truncated {
			t.Error(r.Cohorts[i])
		}
	}
	all := ask(t, 31, nil, events...)
	if all.WinRate != kpi.RatioOf(3, 5) || all.Counts.OutsideWindow != 0 {
		t.Error(all.WinRate, all.Counts)
	}
}

// Of 20 lost deals 19 with a value are 95 %, 18 are 90 %.
func TestWinRateByValue(t *testing.T) {
	for zeros, want := range map[int]string{0: "0.333333333333", 1: "0.344827586207", 2: "undefined: no_amount"} {
		events := []funnel.Event{{Deal: "won", Stage: "lead", At: on(1)}, {Deal: "won", Stage: "won", At: on(2), Amount: kpi.Int(1000)}}
		for i := range 20 {
			id, amount := fmt.Sprint("lost ", i), kpi.Int(100)
			if i < zeros {
				amount = kpi.Int(0)
			}
			events = append(events, funnel.Event{Deal: id, Stage: "lost", At: on(3), Amount: amount})
		}
		// 1000/3000, 1000/2900
		if got := ask(t, 31, nil, events...).WinRateByValue.Value().String(); got != want {
			t.Errorf("%d without a value: %s, want %s", zeros, got, want)
		}
	}
}

// A hundred deals closed at ages 0 to 99 make the 99th percentile (type 7)
// 98.01 days: of open deals of 98 and 99 days the second is stale.
func TestStale(t *testing.T) {
	end := calendar.MustDay("2026-12-31")
	at := func(age int) time.Time { return funnel.StartOf(end.Add(-age), time.UTC) }
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	for age := range 100 {
		id := fmt.Sprint("closed ", age)
		h.Add(funnel.Event{Deal: id, Stage: "lead", At: at(200)})
		h.Add(funnel.Event{Deal: id, Stage: "lost", At: at(200 - age)})
	}
	h.Add(funnel.Event{Deal: "98", Stage: "lead", At: at(98), Amount: kpi.Int(10)})
	h.Add(funnel.Event{Deal: "99", Stage: "lead", At: at(99), Amount: kpi.Int(20)})
	h.Add(funnel.Event{Deal: "due", Stage: "lead", At: at(90), Amount: kpi.Int(40), ExpectedClose: end.Add(-30)})
	h.Add(funnel.Event{Deal: "overdue", Stage: "demo", At: at(90), Amount: kpi.Int(80), ExpectedClose: end.Add(-31)})
	q := funnel.Question{AsOf: funnel.EndOf(end, time.UTC), Location: time.UTC}
	r, err := report(h, q)
	if err != nil {
		t.Fatal(err)
	}
	if r.Open.StaleAge != kpi.MustParse("98.01") || r.Open.Stale.Deals != 2 || r.Open.Stale.Value.Sum != kpi.Int(100) || r.Open.Live.Value.Sum != kpi.Int(50) {
		t.Error(r.Open.StaleAge, r.Open.Stale, r.Open.Live)
	}
	if w := r.Open.Stale.Weighted.Sum; w != kpi.Int(26) { // 20 × 0.1 + 80 × 0.3
		t.Error("weighted", w)
	}
	q.Stale = funnel.Stale{AtLeast: 101, PastClose: -1}
	if r, err = report(h, q); err != nil || r.Open.Stale.Deals != 0 || r.Open.StaleAge.Reason() != kpi.TooFew {
		t.Error("nothing to learn from:", r.Open.StaleAge, r.Open.Stale, err)
	}
}

// The owner changes on the 5th and, after the closing, on the 15th; the
// amount after the closing too.
func TestAttributes(t *testing.T) {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []funnel.Event{
		{Stage: "lead", At: on(1), Owner: "ann", Amount: kpi.Int(5)},
		{At: on(5), Owner: "bob"}, {Stage: "won", At: on(10)}, {At: on(15), Owner: "cid", Amount: kpi.Int(6)},
	} {
		e.Deal = "D"
		h.Add(e)
	}
	for day, want := range map[int]string{4: "ann ann 5 0", 9: "bob ann 5 0", 20: "bob ann 6 10"} {
		_, err := reportBy(h, funnel.Question{AsOf: funnel.EndOf(january(day), time.UTC), Location: time.UTC},
			func(d funnel.Deal) (string, bool) {
				if got := fmt.Sprint(d.Owner, " ", d.OwnerAtEntry, " ", d.Amount, " ", d.Closed.DayOfMonth()*min(int(d.Closed), 1)); got != want {
					t.Errorf("as of %d: %s, want %s", day, got, want)
				}
				return "", true
			})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestQuestionErrors(t *testing.T) {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	_, err = report(h, funnel.Question{
		Pipeline: "x", ValueBy: 9, Cohorts: 9, Horizon: -1, AgesTo: []int{5, 5},
		Stale: funnel.Stale{Quantile: kpi.Int(99), AtLeast: -1},
	})
	var paths []string
	for _, e := range check.All(err) {
		paths = append(paths, e.Path)
	}
	want := "as_of location value_by cohorts horizon ages_to[1] stale.quantile stale.at_least pipeline"
	if got := strings.Join(paths, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, start := range []string{"won", "legal"} {
		if _, err := report(h, funnel.Question{AsOf: on(1), Location: time.UTC, Start: start}); len(check.All(err)) != 1 || check.All(err)[0].Path != "start" {
			t.Error(start, err)
		}
	}
	if _, err := report(nil, funnel.Question{}); !errors.Is(err, check.ErrMissing) {
		t.Error(err)
	}
	var zero funnel.Histories
	zero.Add(funnel.Event{Deal: "D", Stage: "lead"})
	if _, err := reportBy(&zero, funnel.Question{}, nil); !errors.Is(err, check.ErrMissing) {
		t.Error(err)
	}
}

// No events are none: nothing to read, and a deal that counts as read.
func TestNoEvents(t *testing.T) {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	h.AddSeq(nil)
	h.AddDeal("D1", nil)
	if r, err := report(h, funnel.Question{AsOf: on(9), Location: time.UTC}); err != nil || r.Counts.Read != 1 || r.Counts.Counted != 0 {
		t.Errorf("%+v, %v", r.Counts, err)
	}
}
