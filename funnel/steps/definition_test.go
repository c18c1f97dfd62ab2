package steps_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func TestDefinitionValidate(t *testing.T) {
	type problems map[string]error
	missing, invalid, outside, unknown, twice := check.ErrMissing, check.ErrInvalid, check.ErrRange, check.ErrUnknown, check.ErrDuplicate
	for name, test := range map[string]struct {
		why    string
		change func(*steps.Definition)
		want   problems // by path and code
	}{
		"good":            {"the funnel of the examples", func(d *steps.Definition) {}, nil},
		"no id":           {"reports name it", func(d *steps.Definition) { d.ID = "" }, problems{"id missing_id": missing}},
		"no utf-8":        {"JSON would turn it into another one", func(d *steps.Definition) { d.ID = "\xff" }, problems{"id not_utf8": invalid}},
		"no window":       {"no limit has to be said", func(d *steps.Definition) { d.Window = 0 }, problems{"window missing_window": missing}},
		"negative window": {"nothing ends before it starts", func(d *steps.Definition) { d.Window = -steps.Days(1) }, problems{"window negative_span": outside}},
		"fine window":     {"instants are kept to the microsecond", func(d *steps.Definition) { d.Window = 1 }, problems{"window not_whole_microseconds": invalid}},
		"unlimited":       {"said", func(d *steps.Definition) { d.Window = steps.Unlimited }, nil},
		"no steps":        {"one problem says it all", func(d *steps.Definition) { d.Steps, d.Exclusions = nil, nil }, problems{"steps missing_steps": missing}},
		"one step":        {"a count of entries", func(d *steps.Definition) { d.Steps, d.Exclusions = d.Steps[:1], nil }, nil},
		"step id":         {"empty", func(d *steps.Definition) { d.Steps[1].ID = "" }, problems{"steps[1].id missing_id": missing}},
		"step twice":      {"From and To could not name it", func(d *steps.Definition) { d.Steps[1].ID = "visit" }, problems{"steps[1].id duplicate_id": twice}},
		"event empty":     {"no event has no name", func(d *steps.Definition) { d.Steps[3].Events[1] = "" }, problems{"steps[3].events[1] missing_event": missing}},
		"event twice":     {"in one step", func(d *steps.Definition) { d.Steps[3].Events[1] = "invoice paid" }, problems{"steps[3].events[1] duplicate_event": twice}},
		"same event":      {"two steps of one name take two events", func(d *steps.Definition) { d.Steps[2].Events = []string{"visit"} }, nil},
		"first optional":  {"nothing would open an attempt", func(d *steps.Definition) { d.Steps[0].Optional = true }, problems{"steps[0].optional first_step_optional": invalid}},
		"gap first":       {"there is nothing before", func(d *steps.Definition) { d.Steps[0].MinGap = 1000 }, problems{"steps[0].min_gap gap_before_first_step": invalid}},
		"gap negative":    {"a bound is at least 0", func(d *steps.Definition) { d.Steps[2].MaxGap = -1000 }, problems{"steps[2].max_gap negative_span": outside}},
		"gaps crossed":    {"the least above the most", func(d *steps.Definition) { d.Steps[3].MinGap = steps.Days(31) }, problems{"steps[3].min_gap least_above_most": invalid}},
		"gap unlimited":   {"at least for ever is never", func(d *steps.Definition) { d.Steps[2].MinGap = steps.Unlimited }, problems{"steps[2].min_gap least_above_most": invalid}},
		"condition empty": {"no attribute, no value", func(d *steps.Definition) { d.Steps[0].Where = []steps.Condition{{}} }, problems{"steps[0].where[0].attribute missing_attribute": missing, "steps[0].where[0].is missing_values": missing}},
		"condition both": {"a value or none", func(d *steps.Definition) {
			d.Steps[0].Where = []steps.Condition{{Attribute: "a", Is: []string{"1"}, Missing: true}}
		}, problems{"steps[0].where[0].missing values_and_missing": invalid}},
		"condition text": {"an empty text is a value", func(d *steps.Definition) {
			d.Steps[0].Where = []steps.Condition{{Attribute: "a", Is: []string{"", "\xff"}}}
		}, problems{"steps[0].where[0].is[1] not_utf8": invalid}},
		"words":             {"outside the constants", func(d *steps.Definition) { d.Order, d.Edge, d.Ties, d.Clock = 3, 2, 3, 3 }, problems{"order unknown_word": unknown, "edge unknown_word": unknown, "ties unknown_word": unknown, "clock unknown_word": unknown}},
		"exclusion events":  {"of nothing", func(d *steps.Definition) { d.Exclusions[0].Events = nil }, problems{"exclusions[0].events missing_events": missing}},
		"exclusion unknown": {"a step that is none", func(d *steps.Definition) { d.Exclusions[0].From = "offer" }, problems{"exclusions[0].from unknown_step": unknown}},
		"exclusion option":  {"nobody needs to come there", func(d *steps.Definition) { d.Exclusions[0].From = "demo" }, problems{"exclusions[0].from optional_step": invalid}},
		"exclusion turned": {"from after to", func(d *steps.Definition) {
			d.Exclusions[0] = steps.Exclusion{Events: []string{"x"}, From: "paid", To: "trial"}
		}, problems{"exclusions[0].to to_not_after_from": invalid}},
		"exclusion whole": {"from the first to the last", func(d *steps.Definition) { d.Exclusions[0] = steps.Exclusion{Events: []string{"x"}} }, nil},
		"without order": {"gaps, options, ties and parts need an order", func(d *steps.Definition) { d.Order, d.Ties = steps.Unordered, steps.BySequence }, problems{
			"ties ties_without_order": invalid, "steps[1].optional optional_without_order": invalid, "steps[3].max_gap gap_without_order": invalid, "exclusions[0] part_without_order": invalid}},
		"many steps": {"33 of at most 32", func(d *steps.Definition) {
			for i := range 29 {
				d.Steps = append(d.Steps, steps.Step{ID: fmt.Sprint(i)})
			}
		}, problems{"steps too_many_steps": outside}},
		"many exclusions": {"33 of at most 32", func(d *steps.Definition) {
			for range 32 {
				d.Exclusions = append(d.Exclusions, steps.Exclusion{Events: []string{"x"}})
			}
		}, problems{"exclusions too_many_exclusions": outside}},
		"many events": {"257 of at most 256", func(d *steps.Definition) { d.Steps[0].Events = make([]string, 257) }, problems{"steps[0].events too_many_events": outside}},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Error("no why")
			}
			d := funnelOfSignups()
			test.change(&d)
			err := d.Validate()
			got := problems{}
			for _, e := range check.All(err) {
				got[e.Path+" "+e.Code] = e.Err
			}
			if test.want == nil {
				test.want = problems{}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("%s: got %v, want %v", test.why, got, test.want)
			}
			if _, err := d.Hash(); (err == nil) != (len(test.want) == 0) {
				t.Errorf("hash: %v", err)
			}
		})
	}
}

const signupJSON = `{"schema":"saleskpi/steps/1","id":"signup","steps":[{"id":"visit"},{"id":"demo","optional":true},{"id":"trial"},` +
	`{"id":"paid","events":["invoice paid","card charged"],"max_gap":"30d"}],` +
	`"order":"ordered","window":"60d","edge":"inclusive","ties":"any_order","clock":"first_entry",` +
	`"exclusions":[{"events":["cancelled"],"from":"trial","to":"paid"}]}`

func TestDefinitionJSON(t *testing.T) {
	text, err := json.Marshal(funnelOfSignups())
	if err != nil || string(text) != signupJSON {
		t.Errorf("%v\n%s", err, text)
	}
	var d steps.Definition
	if err := json.Unmarshal([]byte(signupJSON), &d); err != nil || !reflect.DeepEqual(d, funnelOfSignups()) {
		t.Errorf("%v %+v", err, d)
	}
	if err := json.Unmarshal([]byte("null"), &d); err != nil || d.ID != "signup" {
		t.Error("null changed it", err)
	}
	short := `{"schema":"saleskpi/steps/1","id":"a","steps":[{"id":"x"}],"window":"unlimited"}`
	if err := json.Unmarshal([]byte(short), &d); err != nil || d.Window != steps.Unlimited || d.Validate() != nil {
		t.Error("the words may be left out", err)
	}
	if text, _ := json.Marshal(steps.Definition{}); !strings.Contains(string(text), `"steps":[]`) {
		t.Errorf("no steps are %s", text)
	}
	for name, test := range map[string]struct {
		why, text, want string
	}{
		"no schema":    {"what is it", `{"id":"a"}`, "schema missing_schema"},
		"other schema": {"something else", `{"schema":"saleskpi/plan/1"}`, "schema unknown_schema"},
		"unknown":      {"a field of nothing", `{"schema":"saleskpi/steps/1","windows":"1d"}`, "windows unknown_field"},
		"deep":         {"in a step", `{"schema":"saleskpi/steps/1","steps":[{"id":"a","max_gap":"1 day"}]}`, "steps[0].max_gap not_a_span"},
		"word":         {"no such order", `{"schema":"saleskpi/steps/1","order":"loose"}`, "order unknown_word"},
	} {
		before := d
		all := check.All(json.Unmarshal([]byte(test.text), &d))
		if len(all) != 1 || all[0].Path+" "+all[0].Code != test.want {
			t.Errorf("%s: %s: %v", name, test.why, all)
		}
		if !reflect.DeepEqual(before, d) {
			t.Errorf("%s: changed", name)
		}
	}
}

// The hash covers all but the name for people.
func TestHash(t *testing.T) {
	hash := func(change func(*steps.Definition)) string {
		d := funnelOfSignups()
		change(&d)
		h, err := d.Hash()
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	same := hash(func(*steps.Definition) {})
	if same != hash(func(d *steps.Definition) { d.Name = "Sign-up" }) {
		t.Error("the name is for people")
	}
	if want := fmt.Sprintf("%x", sha256.Sum256([]byte(signupJSON))); same != want {
		t.Errorf("%s, and the stored form has %s", same, want)
	}
	seen := map[string]string{same: "nothing"}
	for what, change := range map[string]func(*steps.Definition){
		"id":        func(d *steps.Definition) { d.ID = "other" },
		"steps":     func(d *steps.Definition) { d.Steps[0].Events = []string{"view"} },
		"where":     func(d *steps.Definition) { d.Steps[0].Where = []steps.Condition{{Attribute: "a", Missing: true}} },
		"optional":  func(d *steps.Definition) { d.Steps[1].Optional = false },
		"gap":       func(d *steps.Definition) { d.Steps[3].MaxGap = steps.Days(29) },
		"least gap": func(d *steps.Definition) { d.Steps[3].MinGap = 1000 },
		"order":     func(d *steps.Definition) { d.Order = steps.Strict },
		"window":    func(d *steps.Definition) { d.Window = steps.Unlimited },
		"edge":      func(d *steps.Definition) { d.Edge = steps.Exclusive },
		"ties":      func(d *steps.Definition) { d.Ties = steps.LaterInstants },
		"clock":     func(d *steps.Definition) { d.Clock = steps.EachVisit },
		"exclusion": func(d *steps.Definition) { d.Exclusions = nil },
	} {
		h := hash(change)
		if other, known := seen[h]; known {
			t.Errorf("%s has the hash of %s", what, other)
		}
		seen[h] = what
	}
}

func TestSpanText(t *testing.T) {
	for text, span := range map[string]steps.Span{
		"0s":           0,
		"14d":          steps.Days(14),
		"1d12h":        steps.Span(36 * time.Hour),
		"1h30m":        steps.Span(90 * time.Minute),
		"1m30s":        steps.Span(90 * time.Second),
		"0.25s":        steps.Span(250 * time.Millisecond),
		"0.000001s":    steps.Span(time.Microsecond),
		"1d0.5s":       steps.Days(1) + steps.Span(500*time.Millisecond),
		"106751d":      steps.Days(106751),
		"106751d23h":   steps.Days(106751) + steps.Span(23*time.Hour),
		"unlimited":    steps.Unlimited,
		"36134d5h0.1s": steps.Days(36134) + steps.Span(5*time.Hour+100*time.Millisecond),
	} {
		if got := span.String(); got != text {
			t.Errorf("%d prints %s, want %s", span, got, text)
		}
		var read steps.Span
		if err := read.UnmarshalText([]byte(text)); err != nil || read != span {
			t.Errorf("%s reads as %s, %v", text, read, err)
		}
	}
	for text, span := range map[string]steps.Span{ // other ways to write it
		"36h": steps.Span(36 * time.Hour), "120m": steps.Span(2 * time.Hour), "1.500000s": steps.Span(1500 * time.Millisecond), "0d": 0,
	} {
		var read steps.Span
		if err := read.UnmarshalText([]byte(text)); err != nil || read != span {
			t.Errorf("%s reads as %s, %v", text, read, err)
		}
	}
	for text, class := range map[string]error{
		"": check.ErrInvalid, "14": check.ErrInvalid, "d": check.ErrInvalid, "-1d": check.ErrInvalid, "+1d": check.ErrInvalid, "1h1d": check.ErrInvalid,
		"1d1d": check.ErrInvalid, "1.5d": check.ErrInvalid, "1.s": check.ErrInvalid, ".5s": check.ErrInvalid, "0.1234567s": check.ErrInvalid,
		"1w": check.ErrInvalid, "1d ": check.ErrInvalid, "1e3s": check.ErrInvalid, "1_0s": check.ErrInvalid, "Unlimited": check.ErrInvalid,
		"106752d": check.ErrRange, "99999999999999999999d": check.ErrRange, "106751d24h": check.ErrRange, "9223372037s": check.ErrRange,
	} {
		read := steps.Span(7)
		if err := read.UnmarshalText([]byte(text)); !errors.Is(err, class) || read != 7 {
			t.Errorf("%q reads as %s, %v", text, read, err)
		}
	}
	if steps.Days(math.MaxInt) != steps.Unlimited || steps.Days(106752) != steps.Unlimited || steps.Days(-106752) >= 0 {
		t.Error("days beyond a time.Duration")
	}
	if s := steps.Span(-90 * time.Second).String(); s != "-1m30s" {
		t.Errorf("a negative span prints %s", s)
	}
}

func FuzzSpan(f *testing.F) {
	for _, text := range []string{"14d", "1d12h", "0.25s", "unlimited", "99999999999d", "1h1d"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s, again steps.Span
		if s.UnmarshalText([]byte(text)) != nil {
			return
		}
		if err := again.UnmarshalText([]byte(s.String())); err != nil || again != s || s < 0 {
			t.Fatalf("%q is %d, prints %s, reads as %d, %v", text, s, s, again, err)
		}
	})
}

func FuzzDefinitionJSON(f *testing.F) {
	f.Add([]byte(signupJSON))
	f.Add([]byte(`{"schema":"saleskpi/steps/1","id":"a","steps":[{"id":"x","where":[{"attribute":"p","is":[""]}]}],"order":"unordered","window":"1s"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var d, again steps.Definition
		if json.Unmarshal(text, &d) != nil {
			return
		}
		out, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out, &again); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if second, err := json.Marshal(again); err != nil || !bytes.Equal(second, out) {
			t.Fatalf("%v\n%s\n%s", err, out, second)
		}
		var j steps.Journeys
		j.Add(steps.Event{Entity: "e", Name: "x", At: clockStart()})
		_, err = steps.Analyze(&j, d, steps.Question{AsOf: clockStart()})
		if (err == nil) != (d.Validate() == nil) {
			t.Fatal("valid and refused, or the reverse", err)
		}
	})
}

func TestWords(t *testing.T) {
	holdsWords[steps.Order](t, "ordered strict unordered")
	holdsWords[steps.Edge](t, "inclusive exclusive")
	holdsWords[steps.Ties](t, "any_order by_sequence later_instants")
	holdsWords[steps.Clock](t, "first_entry last_entry each_visit")
	holdsWords[steps.Attribution](t, "first_touch last_touch all_events at_step")
	holdsWords[steps.Fate](t, "converted not_converted still_open dropped no_entry not_begun no_time no_id")
}

// holdsWords holds that the constants of a type, from 0 on, are these words.
func holdsWords[W interface {
	~uint8
	MarshalText() ([]byte, error)
}, P interface {
	*W
	UnmarshalText(text []byte) error
}](t *testing.T, texts string) {
	words := strings.Fields(texts)
	for i, text := range words {
		got, err := W(i).MarshalText()
		if err != nil || string(got) != text || fmt.Sprint(W(i)) != text {
			t.Errorf("%d of %s: %q, %v", i, texts, got, err)
		}
		var read W
		if err := P(&read).UnmarshalText(got); err != nil || read != W(i) {
			t.Errorf("%s reads as %d, %v", text, read, err)
		}
	}
	above, read := W(len(words)), W(1)
	if _, err := above.MarshalText(); !errors.Is(err, check.ErrUnknown) {
		t.Errorf("%T above its constants: %v", above, err)
	}
	if err := P(&read).UnmarshalText([]byte("other")); !errors.Is(err, check.ErrUnknown) || read != 1 {
		t.Errorf("%T reads another word: %v", read, err)
	}
}
