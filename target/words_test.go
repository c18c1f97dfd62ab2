package target_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

type textual interface {
	MarshalText() ([]byte, error)
	String() string
}

// Every word of what changes a breakdown reads back as its constant.
func TestWordsOfChanges(t *testing.T) {
	var (
		mode   target.Mode
		follow target.Follow
		spread target.Spread
		bounds target.Bounds
		row    target.Row
		answer target.Answer
	)
	for words, read := range map[string]struct {
		unmarshal func([]byte) error
		value     func() textual
	}{
		"sum carried independent direct_team":                    {mode.UnmarshalText, func() textual { return mode }},
		"parent siblings uncovered children":                     {follow.UnmarshalText, func() textual { return follow }},
		"keep move":                                              {bounds.UnmarshalText, func() textual { return bounds }},
		"none rest even":                                         {spread.UnmarshalText, func() textual { return spread }},
		"cell direct relief uncovered":                           {row.UnmarshalText, func() textual { return row }},
		"not_committed accepted too_low too_high without_target": {answer.UnmarshalText, func() textual { return answer }},
	} {
		for _, w := range strings.Fields(words) {
			if err := read.unmarshal([]byte(w)); err != nil || read.value().String() != w {
				t.Error(w, read.value(), err)
			}
			if text, err := read.value().MarshalText(); err != nil || string(text) != w {
				t.Error(w, string(text), err)
			}
		}
		if read.unmarshal([]byte("Sum")) == nil {
			t.Error("an unknown word was read beside", words)
		}
	}
}

func TestRecordsRoundTrip(t *testing.T) {
	revision := target.Revision{
		Effective: day("2026-02-01"), Known: day("2026-01-20"), Author: "cfo", Reason: "new product", Target: kpi.Int(5),
		Base: kpi.Int(4), Stretch: kpi.Int(6), Bounds: target.MoveBounds,
		Edits:  []target.Edit{{Owner: "amy", Period: period("2026-02"), Value: kpi.Frac(1, 3), Follow: target.SiblingsAbsorb, Locks: []target.Lock{{Owner: "bo"}, {Period: period("2026-03")}}}},
		Spread: target.OverTheRest, Actuals: []kpi.Figure{figure("amy", "2026-01", "3")},
	}
	presence := target.Presence{Owner: "bo", Active: []calendar.Period{period("2026-02")}, Ramp: rampUp("2026-02-01")}
	season := target.Season{Grain: calendar.Monthly, Years: 2, Known: period("2025"), Work: weekdays(t, "2025"), History: []kpi.Figure{figure("a", "2025-01", "1")}}
	seller := target.SellerHistory{Own: target.Weights{"amy": kpi.Int(3)}, OwnShare: kpi.Frac(1, 3)}
	standing := target.Versions{}.Attainment("amy", period("2026"), kpi.Int(1), day("2026-01-01"), day("2026-01-01"))
	quota := threeTeams(t).Quota("east", period("2026"))
	levels := threeTeams(t).Levels(period("2026"))
	owners := []target.Owner{{ID: "amy", Parent: "all", Mode: target.Carried, Cushion: kpi.Frac(1, 10)}}
	for _, record := range []any{&revision, &presence, &season, &seller, &standing, &quota, &levels, &owners} {
		text, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		read := reflect.New(reflect.TypeOf(record).Elem())
		if err := check.Decode("test", text, read.Interface()); err != nil {
			t.Errorf("%v\n%s", err, text)
			continue
		}
		if again, err := json.Marshal(read.Interface()); err != nil || string(again) != string(text) {
			t.Errorf("%v\n%s\n%s", err, text, again)
		}
	}
}

// Rows that few owners have are checked like the others.
func TestTamperedRows(t *testing.T) {
	stored, err := json.Marshal(storedVersions(t).All()[0].Breakdown)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		why, old, new string
		want          []string
	}{
		"uncovered":  {"own quotas do not add up, so nothing is verified there", `"uncovered":[{"value":"43"}`, `"uncovered":[{"value":"43.5"}`, []string{"rows[1].uncovered[0] too_many_places"}},
		"direct":     {"own selling is part of the sum", `"direct":[{"value":"28"}`, `"direct":[{"value":"29"}`, []string{"rows[4].cells[0] not_the_sum"}},
		"no direct":  {"own selling needs a row", `"direct":[`, `"relief":[`, []string{"rows[4].direct missing_row"}},
		"no seller":  {"nothing is taken away from who sells nothing", `"uncovered":[`, `"relief":[`, []string{"rows[1].relief not_used"}},
		"another":    {"a seller has nothing uncovered", `"relief":[`, `"uncovered":[`, []string{"rows[3].uncovered not_used"}},
		"a cushion":  {"cushions are shares", `"cushion":{"value":"0.1"}`, `"cushion":{"value":"10"}`, []string{"owners.cushion not_a_share"}},
		"short":      {"each row has a cell for every period", `"relief":[{"value":"43"},`, `"relief":[`, []string{"rows[3].relief wrong_number"}},
		"a sad cell": {"only no data is left out", `"relief":[{"value":"43"}`, `"relief":[{"undefined":"too_few"}`, []string{"rows[3].relief[0] undefined_amount"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			if !strings.Contains(string(stored), test.old) {
				t.Fatalf("the document has no %s\n%s", test.old, stored)
			}
			var read target.Breakdown
			err := json.Unmarshal([]byte(strings.Replace(string(stored), test.old, test.new, 1)), &read)
			if got := problems(err); !slices.Equal(got, test.want) {
				t.Errorf("%q; want %q", got, test.want)
			}
		})
	}
}

func TestDocumentsRefused(t *testing.T) {
	read, d := storedStated(t), storedDiff(t)
	for _, wrong := range []string{`[]`, `{"schema":"saleskpi/x/1"}`, `{"unknown":1}`, `{"schema":"saleskpi/stated/1"}`} {
		if json.Unmarshal([]byte(wrong), read) == nil || !read.Equal(storedStated(t)) {
			t.Error(wrong)
		}
	}
	for _, wrong := range []string{`[]`, `{"schema":"saleskpi/x/1"}`, `{"unknown":1}`} {
		if json.Unmarshal([]byte(wrong), &d) == nil || len(d.Changes) == 0 {
			t.Error(wrong)
		}
	}
	if read.Metric().ID != "win_rate" || len(read.Periods()) != 2 || len(read.Owners()) != 3 || read.Split().Grain != calendar.HalfYearly {
		t.Error(read.Metric(), read.Periods(), read.Owners())
	}
	if none, err := json.Marshal(target.Stated{}); err != nil || string(none) != "null" {
		t.Error(string(none), err)
	}
}
