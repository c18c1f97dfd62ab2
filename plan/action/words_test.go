package action_test

import (
	"encoding"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
	"pgregory.net/rapid"
)

// Every word is read back, and a number beyond them is none.
func TestWords(t *testing.T) {
	words(t, action.Channel)
	words(t, action.Informed)
	words(t, action.Larger)
	words(t, action.Retention)
	words(t, action.Spent)
	words(t, action.Dropped)
	words(t, action.DoRoutine)
	words(t, action.ByOthers)
}

func words[E interface {
	~uint8
	encoding.TextMarshaler
	fmt.Stringer
}](t *testing.T, last E) {
	t.Helper()
	for e := E(0); e <= last; e++ {
		text, err := e.MarshalText()
		if err != nil || string(text) != e.String() {
			t.Errorf("%T %d: %s, %v", e, e, text, err)
		}
		got := new(E)
		if err := any(got).(encoding.TextUnmarshaler).UnmarshalText(text); err != nil || *got != e {
			t.Errorf("%s was read as %v, %v", text, *got, err)
		}
	}
	if _, err := (last + 1).MarshalText(); err == nil || (last+1).String() != "unknown" {
		t.Errorf("%T %d has a word", last, last+1)
	}
}

func TestTitles(t *testing.T) {
	for l := action.NoLever; l <= action.Retention; l++ {
		if l.Title("en") == "" || l.Title("zh") == l.Title("en") || l.Title("fr") != l.Title("en") {
			t.Errorf("%v", l)
		}
	}
	for s := action.ToCome; s <= action.Dropped; s++ {
		if s.Title("en") == "" || s.Title("zh") == s.Title("en") {
			t.Errorf("%v", s)
		}
	}
	if action.Lever(9).Title("zh") != "unknown" || action.Status(9).Title("en") != "unknown" {
		t.Error("a number that is none has a title")
	}
}

// plain leaves of alternatives the last one, which is what all findings have.
func plain(holes []string) {
	for i, h := range holes {
		holes[i] = "{" + h[strings.LastIndexAny(h, "{|")+1:]
	}
}

// Both languages say the same: the same arguments but for their own names,
// and no code twice.
func TestTemplates(t *testing.T) {
	hole := regexp.MustCompile(`\{[\w|]+\}`)
	seen := map[string]bool{}
	for _, f := range action.Findings() {
		en, zh := hole.FindAllString(f.English, -1), hole.FindAllString(strings.ReplaceAll(f.Chinese, "_zh}", "}"), -1)
		plain(en)
		plain(zh)
		slices.Sort(en)
		slices.Sort(zh)
		if !slices.Equal(en, zh) || seen[f.Code] {
			t.Errorf("%s: %v and %v", f.Code, en, zh)
		}
		seen[f.Code] = true
	}
}

// Whatever comes out has a sentence in both languages, with every hole
// filled.
func TestEverythingHasASentence(t *testing.T) {
	said := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		in, needs := drawInput(t, p), drawNeeds(t, p)
		sentences(t, said, track(t, p, in).Findings)
		load, err := p.Workload(action.LoadQuestion{Period: p.Period, Grain: calendar.Weekly, Work: in.Work, AsOf: min(in.AsOf, day("2026-06-29")), Records: in.Records, Needs: needs})
		if err != nil {
			t.Fatal(err)
		}
		sentences(t, said, load.Findings)
		promise, err := p.Promise(aimOf(t, p, in.Work))
		if err != nil {
			t.Fatal(err)
		}
		sentences(t, said, promise.Findings)
	})
	for _, c := range []action.Case{weak(), {ID: "x", Units: weak().Units, Others: weak().Others}, {ID: "x", Chosen: true, Units: weak().Units}} {
		c.Promised = kpi.Frac(1, 2)
		sentences(t, said, evaluate(t, c)[0].Findings)
	}
	for _, code := range []string{"overdue", "overdue_blocks", "late_to_start", "ends_late", "milestone_missed", "over_budget", "over_frame", "overloaded", "left_unknown",
		"rate_unknown", "lands_after", "lands_partly", "same_lever_compound", "same_lever_larger", "changed_after", "regression_taken_off", "regression_unknown", "looks_chosen"} {
		if !said[code] {
			t.Errorf("%s never came", code)
		}
	}
}

func sentences(t tester, said map[string]bool, findings []check.Finding) {
	t.Helper()
	for _, f := range findings {
		said[f.Code] = true
		for _, lang := range []string{"en", "zh"} {
			text := action.Findings().Text(f, lang)
			if strings.Contains(text, "{") || strings.HasPrefix(text, f.Code) || strings.Contains(text, "undefined") {
				t.Errorf("%s: %q", f.Code, text)
			}
		}
	}
}
