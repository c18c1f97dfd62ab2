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
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// answers asks of every deal, and of one that was never read.
func answers(t *rapid.T, a *funnel.Analysis, f funnel.Figure, b funnel.Behind, templates check.Templates) {
	in := 0
	for _, deal := range []string{"", "D0", "D1", "D2", "D3", "D4", "D5", "D6", "never read"} {
		all, err := a.Why(deal, f)
		if err != nil || len(all) == 0 {
			t.Fatalf("no answer for %q, %v", deal, err)
		}
		for _, answer := range all {
			here := slices.ContainsFunc(b.Deals, func(d funnel.Deal) bool { return d.ID == deal && d.Life == answer.Life })
			if answer.In != here || answer.In != (answer.Why.Code == "why_in") {
				t.Fatalf("%+v: %+v, behind it: %v", f, answer, here)
			}
			if answer.In {
				in++
			}
			for _, lang := range []string{"en", "zh"} {
				if text := templates.Text(answer.Why, lang); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, "why_") {
					t.Fatalf("no sentence: %s", text)
				}
			}
		}
	}
	if in != len(b.Deals) {
		t.Fatalf("%d answers say yes, %d deals", in, len(b.Deals))
	}
}

// Every reason once, worked by hand as of 20 January.
func TestWhy(t *testing.T) {
	type events = []funnel.Event
	offer := funnel.Figure{Stage: "offer"}
	lead := events{{Stage: "lead", At: on(1)}}
	won := events{{Stage: "lead", At: on(1)}, {Stage: "won", At: on(11)}}
	lost := events{{Stage: "lead", At: on(1)}, {Stage: "offer", At: on(3)}, {Stage: "lost", At: on(5), Reason: "price"}}
	double := events{{Stage: "lead", At: on(1)}, {Stage: "duplicate", At: on(2)}}
	week := weekOf(4)
	answered(t, map[string]whyTest{
		"in":               {lost, offer, "why_in", "Deal D is in this figure.", "it entered offer"},
		"not reached":      {lead, offer, "why_not_reached", "Deal D did not reach the stage offer; it is in lead, or closed there.", "it is a lead"},
		"no events":        {nil, offer, "why_excluded_no_stage", "Nothing says in which stage deal D ever was, so it counts nowhere.", "added without events"},
		"not begun":        {events{{Stage: "lead", At: on(25)}}, offer, "why_excluded_not_begun", "Everything that is dated of deal D lies after the as-of instant.", "25 January is after the 20th"},
		"unknown stage":    {events{{Stage: "Lead", At: on(1)}}, offer, "why_excluded_unknown_stage", "Deal D was only in stages that no pipeline has; stages compare as bytes, so check the spelling.", "Lead is not lead"},
		"removed":          {append(slices.Clone(lost), funnel.Event{Removed: true, At: on(9)}), offer, "why_excluded_removed", "Deal D was deleted by the as-of instant.", "deleted on the 9th"},
		"implied":          {won, funnel.Figure{Which: funnel.EnteredOnes, Stage: "demo"}, "why_implied", "No entry of deal D into this stage is on record; it reached it only because it came further.", "won implies demo"},
		"entered":          {lost, funnel.Figure{Which: funnel.ImpliedOnes, Stage: "offer"}, "why_entered", "Deal D has an entry into this stage on record.", "on the 3rd"},
		"entered, skipped": {lost, funnel.Figure{Which: funnel.SkippedOnes, Stage: "offer"}, "why_entered", "Deal D has an entry into this stage on record.", "on the 3rd"},
		"begins later":     {events{{Stage: "offer", At: on(3)}}, funnel.Figure{Which: funnel.SkippedOnes, Stage: "lead"}, "why_begins_later", "The history of deal D begins after this stage, so nothing says that it jumped over it.", "nothing before offer is on record"},
		"stayed":           {lead, funnel.Figure{Which: funnel.PassedOnes, Stage: "lead"}, "why_stayed", "Deal D did not reach the next stage, demo.", "the next is demo"},
		"last stage":       {lost, funnel.Figure{Which: funnel.PassedOnes, Stage: "offer"}, "why_lost", "Deal D was lost (lost).", "after offer comes won"},
		"elsewhere":        {lost, funnel.Figure{Which: funnel.LostOnes, Last: "demo"}, "why_elsewhere", "Deal D is not in the stage demo, nor closed there: it is in offer, or closed there.", "lost in offer"},
		"open":             {lead, funnel.Figure{Which: funnel.WonOnes}, "why_open", "Deal D is open, in the stage lead.", "not won yet"},
		"open, closed":     {lead, funnel.Figure{Which: funnel.ClosedOnes}, "why_open", "Deal D is open, in the stage lead.", "at no end"},
		"won":              {won, funnel.Figure{Which: funnel.OpenOnes}, "why_won", "Deal D was won (won).", "on the 11th"},
		"disqualified":     {double, funnel.Figure{Which: funnel.DecidedInWindow}, "why_disqualified", "Deal D was no real chance (duplicate); it counts apart.", "outside the win rate"},
		"closed before":    {lost, funnel.Figure{Which: funnel.LostInWindow}, "why_closed_before", "Deal D closed on 2026-01-05, before closings are on record (2026-01-08).", "the window begins on the 8th"},
		"no close date":    {events{{Stage: "lead", At: on(1)}, {Stage: "won"}}, funnel.Figure{Which: funnel.DecidedInWindow}, "why_close_unknown", "Nobody knows when deal D closed, so it cannot be said whether that was after 2026-01-08.", "won without a date"},
		"inside":           {won, funnel.Figure{Which: funnel.OutsideWindow}, "why_inside", "Deal D closed after closings are on record, or it is open.", "the 11th is after the 8th"},
		"timed":            {won, funnel.Figure{Which: funnel.UntimedOnes}, "why_timed", "Deal D has a cycle: 10 days.", "1 to 11 January"},
		"untimed":          {events{{Stage: "won", At: on(11)}}, funnel.Figure{Which: funnel.TimedOnes}, "why_untimed", "Deal D has no cycle: its start or its end is not known, they contradict each other, or it was in a stage that no pipeline has.", "no start"},
		"lost, won timed":  {lost, funnel.Figure{Which: funnel.WonTimedOnes}, "why_lost", "Deal D was lost (lost).", "not won"},
		"late":             {won, funnel.Figure{Which: funnel.WonInTime}, "why_late", "Deal D was won after 10 days, more than 7.", "the horizon is 7 days"},
		"young":            {events{{Stage: "lead", At: on(16)}}, funnel.Figure{Which: funnel.WonInTime}, "why_young", "Deal D is 4 days old and still open: it has 7 days.", "16 to 20 January"},
		"old and open":     {lead, funnel.Figure{Which: funnel.WonInTime}, "why_open", "Deal D is open, in the stage lead.", "19 days old"},
		"untimed, in time": {events{{Stage: "won", At: on(11)}}, funnel.Figure{Which: funnel.WonInTime}, "why_untimed", "Deal D has no cycle: its start or its end is not known, they contradict each other, or it was in a stage that no pipeline has.", "no start"},
		"no start":         {events{{Stage: "lead"}}, funnel.Figure{Started: week}, "why_no_start", "Nobody knows when deal D began, so it is in no cohort.", "undated"},
		"started":          {lead, funnel.Figure{Which: funnel.NoStartOnes}, "why_started", "Deal D began on 2026-01-01.", "1 January"},
		"other cohort":     {lead, funnel.Figure{Started: week}, "why_started_elsewhen", "Deal D began on 2026-01-01, not from 2026-01-04 to 2026-01-10.", "the week from the 4th"},
		"no closing":       {events{{Stage: "lead", At: on(1)}, {Stage: "won"}}, funnel.Figure{Closed: week}, "why_no_close", "Nobody knows when deal D closed.", "won without a date"},
		"closed then":      {won, funnel.Figure{Closed: week}, "why_closed_elsewhen", "Deal D closed on 2026-01-11, not from 2026-01-04 to 2026-01-10.", "the day after"},
		"open, closed in":  {lead, funnel.Figure{Closed: week}, "why_open", "Deal D is open, in the stage lead.", "not closed"},
		"not due":          {lead, funnel.Figure{Due: week}, "why_not_due", "Deal D has no expected close date.", "none stated"},
		"due then":         {events{{Stage: "lead", At: on(1), ExpectedClose: january(12)}}, funnel.Figure{Due: week}, "why_due_elsewhen", "Deal D is expected to close on 2026-01-12, not from 2026-01-04 to 2026-01-10.", "two days after"},
		"other reason":     {lost, funnel.Figure{Which: funnel.LostOnes, Reason: "timing"}, "why_other_reason", "Deal D does not state timing as a reason for its end.", "it states price"},
		"that reason":      {lost, funnel.Figure{Which: funnel.LostOnes, Reason: "price"}, "why_in", "Deal D is in this figure.", "it states price"},
		"stale":            {events{{Stage: "lead", At: on(1), ExpectedClose: january(2)}}, funnel.Figure{Which: funnel.LiveOnes}, "why_stale", "Deal D is stale: older than deals are when they close, or long past its own close date.", "18 days past, 10 are the limit"},
		"live":             {lead, funnel.Figure{Which: funnel.StaleOnes}, "why_live", "Deal D is not stale.", "no close date, no age to compare"},
		"valued":           {events{{Stage: "lead", At: on(1), Amount: kpi.Int(5)}}, funnel.Figure{Which: funnel.UnvaluedOnes}, "why_valued", "Deal D has a value: 5.", "an amount of 5"},
		"not ancient":      {lead, funnel.Figure{Which: funnel.AncientOnes}, "why_not_ancient", "Deal D is not known to be older than 30 days, the oldest age at which a deal closed.", "19 days old; E took 30"},
	})
}

// whyTest is a question about deal D beside deal E, see analysisOf.
type whyTest struct {
	events []funnel.Event
	figure funnel.Figure
	code   string
	text   string
	why    string
}

func answered(t *testing.T, tests map[string]whyTest) {
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("no why")
			}
			answers, err := analysisOf(t, test.events).Why("D", test.figure)
			if err != nil || len(answers) != 1 {
				t.Fatalf("%+v, %v", answers, err)
			}
			if got := answers[0]; got.Why.Code != test.code || got.In != (test.code == "why_in") {
				t.Errorf("%+v, want %s: %s", got, test.code, test.why)
			} else if text := funnel.Findings().Text(got.Why, "en"); text != test.text {
				t.Errorf("%s\nwant %s", text, test.text)
			}
		})
	}
}

// analysisOf gives the events of deal D beside deal E, which was lost on 11
// January after 30 days, as of 20 January; closings are known from the 8th on,
// the horizon is 7 days, and 10 days past its close date a deal is stale.
func analysisOf(t *testing.T, events []funnel.Event) *funnel.Analysis {
	t.Helper()
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	h.AddDeal("D", slices.Values(events))
	h.AddDeal("E", slices.Values([]funnel.Event{{Stage: "lead", At: on(-19)}, {Stage: "lost", At: on(11)}}))
	a, err := funnel.Analyze(h, funnel.Question{AsOf: on(20), Location: time.UTC, ClosingsFrom: january(8), Horizon: 7,
		Stale: funnel.Stale{PastClose: 10}})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func weekOf(day int) calendar.Period {
	p, err := calendar.NewPeriod(january(day), january(day+7))
	if err != nil {
		panic(err)
	}
	return p
}

// Deals that are nowhere to be found: of another pipeline, of another part,
// without an ID, never read.
func TestWhyNot(t *testing.T) {
	service := funnel.Pipeline{ID: "service", Stages: []funnel.Stage{{ID: "ticket"}, {ID: "solved", Outcome: funnel.Won}}}
	h, err := funnel.New(hardware(), service)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []funnel.Event{
		{Deal: "T", Stage: "ticket", At: on(1)}, {Stage: "lead", At: on(1)},
		{Deal: "D", Stage: "lead", At: on(1), Owner: "ann"}, {Deal: "E", Stage: "lead", At: on(1), Owner: "bob"},
		{Deal: "G", Stage: "lead", At: on(1), Owner: "ann"}, {Deal: "G", Removed: true, At: on(2)},
	} {
		h.Add(e)
	}
	a, err := funnel.Analyze(h, funnel.Question{AsOf: on(20), Location: time.UTC, Pipeline: "hardware"})
	if err != nil {
		t.Fatal(err)
	}
	parts, _, err := a.By(func(d funnel.Deal) (string, bool) { return d.Owner, true })
	if err != nil {
		t.Fatal(err)
	}
	ann := parts[0].Analysis
	for _, test := range []struct {
		of         *funnel.Analysis
		deal, text string
		why        string
	}{
		{a, "T", "Deal T is in another pipeline than hardware.", "a ticket"},
		{a, "", "These events have no deal ID, so they count nowhere.", "an event without one"},
		{a, "X", "No event of deal X was read.", "there is none"},
		{a, "G", "Deal G was deleted by the as-of instant.", "deleted on the 2nd"},
		{ann, "G", "Deal G was deleted by the as-of instant.", "it was ann's"},
		{ann, "D", "Deal D is in this figure.", "it is ann's"},
		{ann, "E", "Deal E is not in this part: it belongs to another one, or counts nowhere.", "it is bob's"},
		{ann, "X", "No event of deal X was read.", "there is none"},
	} {
		answers, err := test.of.Why(test.deal, funnel.Figure{})
		if err != nil || len(answers) != 1 || funnel.Findings().Text(answers[0].Why, "en") != test.text {
			t.Errorf("%+v, %v; want %s: %s", answers, err, test.text, test.why)
		}
	}
}

// Of a deal that was opened again each life has its answer.
func TestWhyOfEachLife(t *testing.T) {
	a := deals(t, 20, func(q *funnel.Question) { q.Policy.Lives = funnel.NewLife },
		in("D", "lead", 1), in("D", "lost", 3), in("D", "demo", 5), in("D", "won", 9))
	answers, err := a.Why("D", funnel.Figure{Which: funnel.WonOnes})
	if err != nil || len(answers) != 2 || answers[0].Why.Code != "why_lost" || answers[0].Life != 1 || !answers[1].In || answers[1].Life != 2 {
		t.Errorf("%+v, %v", answers, err)
	}
}

func TestFigureErrors(t *testing.T) {
	a := analysisOf(t, nil)
	young := deals(t, 20, nil, in("D", "lead", 1))
	for name, test := range map[string]struct {
		of      *funnel.Analysis
		figure  funnel.Figure
		page    kpi.Page
		problem error
		path    string
		why     string
	}{
		"which":      {a, funnel.Figure{Which: 99}, kpi.Page{}, check.ErrUnknown, "which", "outside the constants"},
		"no stage":   {a, funnel.Figure{Which: funnel.SkippedOnes}, kpi.Page{}, check.ErrMissing, "stage", "skipped what"},
		"stage":      {a, funnel.Figure{Stage: "legal"}, kpi.Page{}, check.ErrUnknown, "stage", "the pipeline has none"},
		"end":        {a, funnel.Figure{Stage: "won"}, kpi.Page{}, check.ErrInvalid, "stage", "an end is no open stage"},
		"last":       {a, funnel.Figure{Last: "legal"}, kpi.Page{}, check.ErrUnknown, "last", "the pipeline has none"},
		"no horizon": {young, funnel.Figure{Which: funnel.WonInTime}, kpi.Page{}, check.ErrInvalid, "which", "no deal was won, so there is none"},
		"limit":      {a, funnel.Figure{}, kpi.Page{Limit: -1}, check.ErrRange, "page.limit", "negative"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := test.of.Behind(test.figure, test.page)
			if !errors.Is(err, test.problem) || check.All(err)[0].Path != test.path {
				t.Errorf("%v, want %v at %s: %s", err, test.problem, test.path, test.why)
			}
			if _, err := test.of.Why("D", test.figure); test.page == (kpi.Page{}) && !errors.Is(err, test.problem) {
				t.Errorf("why: %v", err)
			}
		})
	}
	if err := (funnel.Figure{Which: funnel.PassedOnes}).Validate(); !errors.Is(err, check.ErrMissing) {
		t.Error(err)
	}
	if b, err := a.Behind(funnel.Figure{}, kpi.Page{After: "z"}); err != nil || b.Total != 1 || b.Deals == nil || len(b.Deals) > 0 {
		t.Errorf("beyond the end: %+v, %v", b, err)
	}
}

func TestBehindJSON(t *testing.T) {
	a := analysisOf(t, []funnel.Event{{Stage: "lead", At: on(1), Amount: kpi.Int(5)}})
	want, err := a.Behind(funnel.Figure{Which: funnel.OpenOnes, Stage: "lead", Started: weekOf(1)}, kpi.Page{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got funnel.Behind
	if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%s\n%+v\n%+v", err, text, got, want)
	}
	text, err = json.Marshal(funnel.Figure{Which: funnel.WonInWindow})
	if err != nil || string(text) != `{"which":"won_in_window"}` {
		t.Errorf("%s, %v", text, err)
	}
}

// Of the sample data the deals behind a number are those of reference.json,
// and those that the rows themselves name.
func TestBehindCRM(t *testing.T) {
	c := readCRM(t)
	a, err := funnel.Analyze(c.histories(t, nil), crmQuestion("2017-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	behind := func(f funnel.Figure) funnel.Behind {
		t.Helper()
		b, err := a.Behind(f, kpi.Page{})
		if err != nil || b.Total != len(b.Deals) {
			t.Fatalf("%+v: %v", f, err)
		}
		return b
	}
	var overall crmFigures
	c.section(t, "overall", &overall)
	won := behind(funnel.Figure{Which: funnel.WonInWindow})
	sameCount(t, "won", overall.Won, won.Count)
	same(t, "list value of won", overall.ListValueWon.String(), won.Value.Sum)
	sameCount(t, "engaging", overall.Engaging, behind(funnel.Figure{Which: funnel.OpenOnes, Stage: "Engaging"}).Count)
	sameCount(t, "prospecting", overall.Prospecting, behind(funnel.Figure{Which: funnel.OpenOnes, Last: "Prospecting"}).Count)
	sameCount(t, "older than any closed", 1291, behind(funnel.Figure{Which: funnel.AncientOnes}).Count) // DOMAIN, sample data

	var months map[string]crmFigures
	c.section(t, "by_close_month", &months)
	for label, month := range months {
		first := calendar.MustDay(label + "-01")
		period := calendar.Calendar{}.PeriodOf(calendar.Monthly, first)
		sameCount(t, label, month.Won, behind(funnel.Figure{Which: funnel.WonOnes, Closed: period}).Count)
		sameCount(t, label, month.Lost, behind(funnel.Figure{Which: funnel.LostOnes, Closed: period}).Count)
	}

	var early []string // engaged before closings are on record
	for _, r := range c.rows {
		if r[5] != "" && r[5] < "2017-03-01" {
			early = append(early, r[0])
		}
	}
	slices.Sort(early)
	affected, err := a.Affected("started_before_window", kpi.Page{})
	if err != nil || len(early) == 0 || len(affected.Deals) != len(early) {
		t.Fatalf("%d began before the window, want %d, %v", len(affected.Deals), len(early), err)
	}
	for i, d := range affected.Deals {
		if d.Deal != early[i] {
			t.Fatalf("%s is not %s", d.Deal, early[i])
		}
	}
}
