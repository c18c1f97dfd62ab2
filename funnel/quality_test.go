package funnel_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func issueCodes(q funnel.Quality) string {
	var codes []string
	for _, i := range q.Issues {
		codes = append(codes, i.Code)
	}
	return strings.Join(codes, " ")
}

// One deal with one thing the matter each, as of 20 January; worked by hand.
// A deal that is born, valued and started has no issue.
func TestIssues(t *testing.T) {
	type events = []funnel.Event
	born := funnel.Event{Birth: true, Stage: "lead", At: on(1), Amount: kpi.Int(9)}
	after := func(more ...funnel.Event) events { return append(events{born}, more...) }
	seen := map[string]bool{}
	for name, test := range map[string]struct {
		events events
		codes  string
		why    string
	}{
		"clean":             {after(), "", "born in lead, with an amount"},
		"clean and won":     {after(funnel.Event{Stage: "demo", At: on(2)}, funnel.Event{Stage: "offer", At: on(3)}, funnel.Event{Stage: "won", At: on(4)}), "", "straight through"},
		"clean log of both": {after(funnel.Event{From: "lead", Stage: "demo", At: on(2)}, funnel.Event{From: "demo", Stage: "offer", At: on(3)}), "", "each row comes from where the deal was"},
		"no stage":          {events{{Owner: "ann", At: on(1)}}, "no_stage", "nothing about stages"},
		"not begun":         {events{{Stage: "lead", At: on(21)}}, "not_begun", "the 21st is after the 20th"},
		"unknown stage":     {events{{Stage: "Lead", At: on(1)}}, "unknown_stage", "Lead is not lead"},
		"removed":           {after(funnel.Event{Removed: true, At: on(2)}), "removed", "deleted on the 2nd"},
		"closed before":     {events{{Birth: true, Stage: "lead", At: on(9), Amount: kpi.Int(9)}, {Stage: "lost", At: on(3)}}, "closed_before_created", "lost on the 3rd, created on the 9th"},
		"event before":      {events{{Birth: true, Stage: "lead", At: on(9), Amount: kpi.Int(9)}, {Stage: "demo", At: on(3)}}, "event_before_created", "in demo on the 3rd, created on the 9th"},
		"reopened":          {after(funnel.Event{Stage: "lost", At: on(2)}, funnel.Event{Stage: "demo", At: on(3)}), "reopened", "lost and in demo again"},
		"conflict":          {after(funnel.Event{Amount: kpi.Int(8), At: on(1)}), "conflicting_values", "8 and 9 at one instant"},
		"percent":           {after(funnel.Event{Probability: kpi.Int(33), At: on(2)}), "probability_out_of_range", "33 is no share"},
		"sentinel":          {after(funnel.Event{Owner: "ann", At: time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}), "time_out_of_range", "the last day of all"},
		"unix zero":         {after(funnel.Event{Owner: "ann", At: time.Unix(0, 0)}), "time_out_of_range", "1970-01-01 stands for no date"},
		"stray":             {after(funnel.Event{Stage: "legal", At: on(2)}), "in_unknown_stage", "the pipeline has no legal"},
		"ahead":             {after(funnel.Event{Stage: "demo", At: on(25)}), "after_as_of", "demo on the 25th"},
		"back":              {after(funnel.Event{Stage: "offer", At: on(2)}, funnel.Event{Stage: "demo", At: on(3)}), "moved_back", "offer, then demo"},
		"lost is not back":  {after(funnel.Event{Stage: "lost", At: on(2)}), "", "an end is no step back"},
		"sequence":          {after(funnel.Event{Stage: "demo", At: on(2), Seq: 7}, funnel.Event{Stage: "offer", At: on(3), Seq: 5}), "sequence_against_time", "row 5 is later than row 7"},
		"no start":          {events{{Stage: "lead", Amount: kpi.Int(9)}}, "no_start_time", "a lead since nobody knows when"},
		"no close":          {after(funnel.Event{Stage: "lost"}), "no_close_time", "lost without a date"},
		"begins late":       {events{{Stage: "demo", At: on(2), Amount: kpi.Int(9)}}, "history_begins_late creation_assumed", "first seen in demo"},
		"open, no value":    {events{{Birth: true, Stage: "lead", At: on(1)}}, "open_without_value", "no amount"},
		"won, no value":     {events{{Birth: true, Stage: "lead", At: on(1)}, {Stage: "won", At: on(2)}}, "won_without_value", "no amount"},
		"lost, no value":    {events{{Birth: true, Stage: "lead", At: on(1)}, {Stage: "lost", At: on(2)}}, "lost_without_value", "no amount"},
		"taken back":        {after(funnel.Event{Amount: kpi.Undefined(kpi.NoAmount), At: on(2)}), "open_without_value", "the amount was taken back"},
		"negative":          {after(funnel.Event{Amount: kpi.Int(-9), At: on(2)}), "negative_value", "minus 9"},
		"past close":        {after(funnel.Event{ExpectedClose: january(5), At: on(2)}), "stale_past_close", "15 days past, 10 are the limit"},
		"due before":        {after(funnel.Event{ExpectedClose: january(-2), At: on(2)}), "stale_past_close expected_before_created", "expected in December, created in January"},
		"assumed":           {events{{Stage: "lead", At: on(1), Amount: kpi.Int(9)}}, "creation_assumed", "no row is marked as birth"},
		"born nowhere":      {events{{Birth: true, At: on(1), Amount: kpi.Int(9)}, {From: "lead", Stage: "demo", At: on(2)}}, "creation_without_stage stage_from_next_row", "the birth names no stage, the next row comes from lead"},
		"repeated":          {after(funnel.Event{Stage: "demo", At: on(2)}, funnel.Event{Stage: "demo", At: on(4)}), "stage_repeated", "demo twice"},
		"same event twice":  {after(born), "", "the same statement twice is one"},
		"placed":            {after(funnel.Event{Stage: "demo"}, funnel.Event{Stage: "offer", At: on(4)}), "undated_stage_placed", "demo before offer"},
		"left out":          {after(funnel.Event{Stage: "lead"}), "undated_stage_left_out", "lead is dated too"},
		"from":              {after(funnel.Event{From: "demo", Stage: "offer", At: on(4)}), "stage_from_next_row", "nothing says when it came to demo"},
		"tied":              {after(funnel.Event{Stage: "demo", At: on(2)}, funnel.Event{Stage: "offer", At: on(2)}), "ordered_by_stage", "demo and offer at one instant"},
		"in sequence":       {after(funnel.Event{Stage: "demo", At: on(2), Seq: 1}, funnel.Event{Stage: "offer", At: on(2), Seq: 2}), "", "the sequence says which came first"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("no why")
			}
			for i := range test.events {
				test.events[i].Deal = "D"
			}
			a := deals(t, 20, func(q *funnel.Question) { q.Stale.PastClose = 10 }, test.events...)
			q := a.Quality()
			if got := issueCodes(q); got != test.codes {
				t.Errorf("%q, want %q: %s", got, test.codes, test.why)
			}
			if clean := q.Clean == 1; clean != (test.codes == "") && q.Counted == 1 {
				t.Errorf("%+v: %s", q, test.why)
			}
		})
		for _, code := range strings.Fields(test.codes) {
			seen[code] = true
		}
	}
	for _, code := range []string{"no_id", "other_pipeline", "moved_pipeline", "started_before_window", "stale_age"} {
		seen[code] = true // in the tests below
	}
	for _, template := range funnel.Findings() {
		if code, ours := strings.CutPrefix(template.Code, "quality_"); ours && !seen[code] {
			t.Errorf("no case of %s", code)
		}
	}
}

// The issues that take more than one deal or pipeline.
func TestMoreIssues(t *testing.T) {
	service := funnel.Pipeline{ID: "service", Stages: []funnel.Stage{{ID: "ticket"}, {ID: "solved", Outcome: funnel.Won}}}
	h, err := funnel.New(hardware(), service)
	if err != nil {
		t.Fatal(err)
	}
	amount := kpi.Int(9)
	for _, e := range []funnel.Event{
		{Stage: "lead", At: on(1)}, // no ID
		{Deal: "T", Stage: "ticket", At: on(1)},
		{Deal: "M", Stage: "ticket", At: on(1)}, {Deal: "M", Birth: true, Stage: "lead", At: on(12), Amount: amount},
		{Deal: "O", Birth: true, Stage: "lead", At: on(1), Amount: amount},
		{Deal: "C", Birth: true, Stage: "lead", At: on(11), Amount: amount}, {Deal: "C", Stage: "lost", At: on(15)},
	} {
		h.Add(e)
	}
	a, err := funnel.Analyze(h, funnel.Question{AsOf: on(20), Location: time.UTC, Pipeline: "hardware", ClosingsFrom: january(10), Stale: funnel.Stale{AtLeast: 1}})
	if err != nil {
		t.Fatal(err)
	}
	// C closed after 4 days; M is open for 8 and O for 19, which began before the 10th.
	for code, want := range map[string]string{"no_id": "", "other_pipeline": "T", "moved_pipeline": "M", "started_before_window": "O", "stale_age": "M O"} {
		got, err := a.Affected(code, kpi.Page{})
		var ids []string
		for _, d := range got.Deals {
			ids = append(ids, d.Deal)
		}
		if err != nil || strings.Join(ids, " ") != want || got.Total != len(ids) || got.Total == 0 {
			t.Errorf("%s: %+v, %v", code, got, err)
		}
	}
	if q := a.Quality(); q.Read != 5 || q.Counted != 3 || q.Excluded != 2 || q.Clean != 1 {
		t.Errorf("%+v", q)
	}
}

// Read = Counted + Excluded, of the whole and of every part; the deals of each
// issue are as many as it counts, page by page; and issues that the report
// has a finding for count the same.
func TestQualityReconciles(t *testing.T) {
	templates := funnel.Findings()
	rapid.Check(t, func(t *rapid.T) {
		h := filled(t, rapid.SliceOfN(anyEvent(), 0, 40).Draw(t, "events"))
		a, err := funnel.Analyze(h, anyQuestion(t))
		if err != nil {
			t.Fatal(err)
		}
		parts, _, err := a.By(func(d funnel.Deal) (string, bool) { return d.Owner, d.Owner != "" })
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range append(parts, funnel.Part{Analysis: a}) {
			qualityReconciles(t, part.Analysis, templates)
		}
	})
}

func qualityReconciles(t *rapid.T, a *funnel.Analysis, templates check.Templates) {
	q, r := a.Quality(), a.Report()
	if q.Read != r.Counts.Read || q.Counted != r.Counts.Counted || q.Read != q.Counted+q.Excluded || q.Lives != r.Counts.Lives {
		t.Fatalf("%+v\n%+v", q, r.Counts)
	}
	if q.Clean > q.Lives || q.Suspicious+q.Repaired+q.Clean < q.Lives {
		t.Fatalf("%+v", q)
	}
	suspicious, leftOut := map[funnel.DealLife]bool{}, int64(0)
	for _, issue := range q.Issues {
		all, err := a.Affected(issue.Code, kpi.Page{})
		if err != nil || all.Count != issue.Deals || len(all.Deals) != int(issue.Deals) || issue.Deals == 0 {
			t.Fatalf("%+v: %+v, %v", issue, all, err)
		}
		first, err := a.Affected(issue.Code, kpi.Page{Limit: 1})
		rest, err2 := a.Affected(issue.Code, kpi.Page{After: first.Next})
		whole := slices.Concat(first.Deals, rest.Deals)
		if first.Next == "" {
			whole = first.Deals
		}
		if errors.Join(err, err2) != nil || !slices.Equal(whole, all.Deals) {
			t.Fatalf("pages of %s", issue.Code)
		}
		for _, d := range all.Deals {
			if (d.Life == 0) != (issue.Kind == funnel.LeftOut) {
				t.Fatalf("%+v of %+v", d, issue)
			}
			suspicious[d] = suspicious[d] || issue.Kind == funnel.Suspicious
		}
		if issue.Kind == funnel.LeftOut {
			leftOut += issue.Deals
		}
		for _, lang := range []string{"en", "zh"} {
			if text := templates.Text(issue.Finding(), lang); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, "quality_") {
				t.Fatalf("no sentence: %s", text)
			}
		}
	}
	n := int64(0)
	for _, is := range suspicious {
		if is {
			n++
		}
	}
	if n != q.Suspicious || leftOut != q.Excluded {
		t.Fatalf("%d suspicious, %d left out: %+v", n, leftOut, q)
	}
	for _, f := range r.Findings {
		i := slices.IndexFunc(q.Issues, func(i funnel.Issue) bool { return i.Code == f.Code })
		if shared(f.Code) && (i < 0 || q.Issues[i].Finding().Args["deals"] != f.Args["deals"]) {
			t.Fatalf("%+v is not among %+v", f, q.Issues)
		}
	}
}

// shared tells which issues the report has a finding for, of the same deals.
func shared(code string) bool {
	return slices.Contains([]string{"closed_before_created", "event_before_created", "reopened", "moved_pipeline", "conflicting_values",
		"probability_out_of_range", "time_out_of_range", "no_close_time", "open_without_value", "stale_age", "stale_past_close"}, code)
}

func TestAffectedErrors(t *testing.T) {
	a := deals(t, 20, nil, in("D", "lead", 1))
	if _, err := a.Affected("bad_luck", kpi.Page{Limit: -1}); !errors.Is(err, check.ErrUnknown) || !errors.Is(err, check.ErrRange) || len(check.All(err)) != 2 {
		t.Error(err)
	}
	none, err := a.Affected("removed", kpi.Page{})
	if err != nil || none.Total != 0 || none.Deals == nil {
		t.Errorf("%+v, %v", none, err)
	}
}

func TestQualityJSON(t *testing.T) {
	want := deals(t, 20, nil, in("D", "lead", 1), in("E", "legal", 1)).Quality()
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got funnel.Quality
	if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%s", err, text)
	}
	if text, err := json.Marshal(deals(t, 20, nil).Quality()); err != nil || !strings.Contains(string(text), `"issues":[]`) {
		t.Errorf("%s, %v", text, err)
	}
}
