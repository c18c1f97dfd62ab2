package funnel_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func TestPipelineValidate(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*funnel.Pipeline)
		want   string // paths and codes
		why    string
	}{
		"good":        {func(p *funnel.Pipeline) {}, "", "the pipeline of the examples"},
		"no id":       {func(p *funnel.Pipeline) { p.ID = "" }, "id missing_id", "reports name it"},
		"NUL":         {func(p *funnel.Pipeline) { p.ID = "a\x00b" }, "id malformed_id", "no ID has one"},
		"nothing":     {func(p *funnel.Pipeline) { p.Stages = nil }, "stages missing_stages", "one problem says it all"},
		"no open":     {func(p *funnel.Pipeline) { p.Stages = p.Stages[3:] }, "stages no_open_stage", "a deal has to be somewhere first"},
		"no won":      {func(p *funnel.Pipeline) { p.Stages = p.Stages[:3] }, "stages no_won_end", "nothing could succeed"},
		"outcome":     {func(p *funnel.Pipeline) { p.Stages[0].Outcome = 9 }, "stages[0].outcome unknown_word", "outside the constants"},
		"percent":     {func(p *funnel.Pipeline) { p.Stages[1].Probability = kpi.Int(33) }, "stages[1].probability not_a_share", "33 for 0.33"},
		"negative":    {func(p *funnel.Pipeline) { p.Stages[1].Probability = kpi.Frac(-1, 3) }, "stages[1].probability not_a_share", "below 0"},
		"undefined":   {func(p *funnel.Pipeline) { p.Stages[1].Probability = kpi.Undefined(kpi.TooFew) }, "stages[1].probability undefined_probability", "left out is the zero Value"},
		"won half":    {func(p *funnel.Pipeline) { p.Stages[3].Probability = kpi.Frac(1, 2) }, "stages[3].probability probability_of_an_end", "won is 1"},
		"lost half":   {func(p *funnel.Pipeline) { p.Stages[4].Probability = kpi.Frac(1, 2) }, "stages[4].probability probability_of_an_end", "lost is 0"},
		"ends stated": {func(p *funnel.Pipeline) { p.Stages[3].Probability, p.Stages[4].Probability = kpi.Int(1), kpi.Int(0) }, "", "as some systems store it"},
		"several": {func(p *funnel.Pipeline) { p.Stages[0].ID, p.Stages[2].ID = "", "demo" },
			"stages[0].id missing_id, stages[2].id duplicate_id", "all at once, in order"},
		"many": {func(p *funnel.Pipeline) {
			for i := range 60 {
				p.Stages = append(p.Stages, funnel.Stage{ID: fmt.Sprint(i)})
			}
		}, "stages too_many_stages", "66 of at most 64"},
	} {
		if test.why == "" {
			t.Fatal(name, "has no reason")
		}
		p := hardware()
		test.change(&p)
		var got []string
		for _, e := range check.All(p.Validate()) {
			got = append(got, e.Path+" "+e.Code)
		}
		if s := strings.Join(got, ", "); s != test.want {
			t.Errorf("%s: got %q, want %q", name, s, test.want)
		}
	}
	_, err := funnel.New(hardware(), hardware())
	if all := check.All(err); len(all) != 1 || all[0].Path != "pipelines[1].id" {
		t.Error(err)
	}
	if _, err := funnel.New(); !errors.Is(err, check.ErrMissing) {
		t.Error(err)
	}
}

func TestPipelineJSON(t *testing.T) {
	text, err := json.Marshal(hardware())
	if err != nil {
		t.Fatal(err)
	}
	var p funnel.Pipeline
	if err := json.Unmarshal(text, &p); err != nil || p.ID != "hardware" || !slices.Equal(p.Stages, hardware().Stages) {
		t.Error(p, err)
	}
	for text, path := range map[string]string{
		`{"id":"p","stages":[]}`:                                                      "schema",
		`{"schema":"saleskpi/plan/1","id":"p","stages":[]}`:                           "schema",
		`{"schema":"saleskpi/pipeline/1","id":"p","stages":[{"id":"a","kind":"b"}]}`:  "stages[0].kind",
		`{"schema":"saleskpi/pipeline/1","stages":[{"id":"a","outcome":"gone"}]}`:     "stages[0].outcome",
		`{"schema":"saleskpi/pipeline/1","stages":[{"id":"a","probability":"1e-2"}]}`: "stages[0].probability",
	} {
		before := p
		err := p.UnmarshalJSON([]byte(text))
		if all := check.All(err); len(all) != 1 || all[0].Path != path || p.ID != before.ID {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestEnums(t *testing.T) {
	for i := range 5 {
		o := funnel.Outcome(i)
		text, err := o.MarshalText()
		var read funnel.Outcome
		if i < 4 && (err != nil || read.UnmarshalText(text) != nil || read != o) || i == 4 && err == nil {
			t.Error(i, string(text), err)
		}
		e := funnel.Exclusion(i)
		text, err = e.MarshalText()
		var readE funnel.Exclusion
		if err != nil || readE.UnmarshalText(text) != nil || readE != e || e.String() != string(text) {
			t.Error(i, string(text), err)
		}
	}
	var by funnel.ValueBy
	if by.UnmarshalText([]byte("list_price")) != nil || by != funnel.ByListPrice || by.UnmarshalText([]byte("price")) == nil {
		t.Error(by)
	}
}

// In São Paulo the clock jumped from 00:00 to 01:00 on 2018-11-04, and in
// Apia the whole of 2011-12-30 was left out.
func TestStartOfAndEndOf(t *testing.T) {
	for _, test := range []struct{ zone, day, start, end, why string }{
		{"UTC", "2026-02-28", "2026-02-28T00:00:00Z", "2026-02-28T23:59:59.999999Z", "plain"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T01:59:59.999999Z", "no midnight"},
		{"America/Sao_Paulo", "2018-11-03", "2018-11-03T03:00:00Z", "2018-11-04T02:59:59.999999Z", "the day before"},
		{"America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T02:59:59.999999Z", "23:00 twice"},
		{"Asia/Shanghai", "2026-01-01", "2025-12-31T16:00:00Z", "2026-01-01T15:59:59.999999Z", "east"},
	} {
		loc, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		day := calendar.MustDay(test.day)
		for _, side := range []struct {
			got  time.Time
			want string
		}{{funnel.StartOf(day, loc), test.start}, {funnel.EndOf(day, loc), test.end}} {
			if got := side.got.UTC().Format(time.RFC3339Nano); got != side.want {
				t.Errorf("%s: got %s, want %s", test.why, got, side.want)
			}
			if back, ok := calendar.DayIn(side.got, loc); !ok || back != day {
				t.Errorf("%s: falls on %s", test.why, back)
			}
		}
	}
	if !funnel.StartOf(0, time.UTC).IsZero() || !funnel.EndOf(january(1), nil).IsZero() {
		t.Error("what is not known is the zero time")
	}
}

// The bounds of instants are 1900–2200. The first days of the clocks of
// programs stand for no date, in any time zone: midnight in Shanghai is
// 16:00 UTC of the day before.
func TestBoundsOfTime(t *testing.T) {
	for text, codes := range map[string]string{
		"1899-12-31T23:59:59Z": "time_out_of_range no_close_time",
		"1900-01-01T00:00:00Z": "time_out_of_range no_close_time",
		"1900-01-03T00:00:00Z": "",
		"1969-12-31T16:00:00Z": "time_out_of_range no_close_time",
		"1970-01-01T00:00:00Z": "time_out_of_range no_close_time",
		"1969-12-31T09:59:59Z": "",
		"1970-01-03T00:00:00Z": "",
		"2200-12-31T23:59:59Z": "",
		"2201-01-01T00:00:00Z": "time_out_of_range no_close_time",
	} {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		h, err := funnel.New(hardware())
		if err != nil {
			t.Fatal(err)
		}
		h.Add(funnel.Event{Deal: "D", Stage: "lost", At: at})
		r, err := report(h, funnel.Question{AsOf: time.Date(2200, 12, 31, 23, 59, 59, 0, time.UTC), Location: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		got, want := strings.Fields(dataCodes(r)), strings.Fields(codes)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// Every code that the package gives has a sentence, and every argument of a
// sentence is there.
func TestTemplates(t *testing.T) {
	seen := map[string]bool{}
	for _, template := range funnel.Findings() {
		if seen[template.Code] || template.English == "" || template.Chinese == "" {
			t.Error(template.Code, "twice or without a sentence")
		}
		seen[template.Code] = true
	}
}
