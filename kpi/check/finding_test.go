package check_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/check"
)

var (
	_ error                    = (*check.Error)(nil)
	_ json.Marshaler           = (*check.Error)(nil)
	_ json.Unmarshaler         = (*check.Error)(nil)
	_ fmt.Stringer             = check.Info
	_ encoding.TextMarshaler   = check.Info
	_ encoding.TextUnmarshaler = (*check.Severity)(nil)
)

func TestSeverity(t *testing.T) {
	if check.Severity(0) != check.Info {
		t.Error("the zero severity is info")
	}
	for s, word := range map[check.Severity]string{check.Info: "info", check.Warning: "warning", check.Critical: "critical"} {
		text, err := s.MarshalText()
		if err != nil || string(text) != word || s.String() != word {
			t.Errorf("%d gives %q, %q, %v", s, s, text, err)
		}
		var back check.Severity
		if err := back.UnmarshalText(text); err != nil || back != s {
			t.Errorf("%s comes back as %v, %v", word, back, err)
		}
	}
	if _, err := check.Severity(3).MarshalText(); err == nil || check.Severity(3).String() != "unknown" {
		t.Error("a severity outside the constants was written")
	}
	s := check.Critical
	for _, word := range []string{"", "Info", "fatal", "unknown"} {
		if err := s.UnmarshalText([]byte(word)); err == nil || s != check.Critical {
			t.Errorf("%q was read as %v", word, s)
		}
	}
}

func TestFindingJSON(t *testing.T) {
	for want, f := range map[string]check.Finding{
		`{"code":"gap","severity":"info"}`:                                        {Code: "gap"},
		`{"code":"gap","severity":"warning","subject":"ann","args":{"days":"3"}}`: {Code: "gap", Severity: check.Warning, Subject: "ann", Args: check.Args("days", 3)},
	} {
		got, err := json.Marshal(f)
		if err != nil || string(got) != want {
			t.Errorf("got %s, want %s, %v", got, want, err)
		}
		var back check.Finding
		if err := check.Decode("x", got, &back); err != nil || back.Code != f.Code || back.Severity != f.Severity {
			t.Errorf("came back as %+v, %v", back, err)
		}
	}
}

// The first of the alternatives that there is; an argument that is empty is
// there.
func TestAlternatives(t *testing.T) {
	texts := check.Templates{{Code: "a", English: "{name|subject}", Chinese: "{name_zh|name|subject}|{x|y}"}}
	for _, c := range []struct{ lang, name, zh, want string }{
		{"en", "", "", "q1"}, {"en", "Goal", "目标", "Goal"}, {"zh", "Goal", "目标", "目标|{x|y}"}, {"zh", "Goal", "", "Goal|{x|y}"}, {"zh", "", "", "q1|{x|y}"},
	} {
		f := check.Finding{Code: "a", Subject: "q1", Args: map[string]string{}}
		if c.name != "" {
			f.Args["name"] = c.name
		}
		if c.zh != "" {
			f.Args["name_zh"] = c.zh
		}
		if got := texts.Text(f, c.lang); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestTemplatesText(t *testing.T) {
	table := check.Templates{
		{Code: "plain", English: "Plain.", Chinese: "普通。"},
		{Code: "args", English: "{subject}: {n} of {m}", Chinese: "{subject}：{m} 中的 {n}"},
		{Code: "broken", English: "open {n", Chinese: ""},
	}
	for name, test := range map[string]struct {
		why  string
		f    check.Finding
		lang string
		want string
	}{
		"plain":            {"nothing to fill in", check.Finding{Code: "plain"}, "en", "Plain."},
		"chinese":          {"the order of arguments is the sentence's own", check.Finding{Code: "args", Subject: "王", Args: check.Args("n", 1, "m", 2)}, "zh", "王：2 中的 1"},
		"argument missing": {"the hole stays visible", check.Finding{Code: "args", Subject: "Ann", Args: check.Args("n", 1)}, "en", "Ann: 1 of {m}"},
		"no recursion":     {"an argument is not a template", check.Finding{Code: "args", Subject: "{n}", Args: check.Args("n", "{m}", "m", 2)}, "en", "{n}: {m} of 2"},
		"subject argument": {"an argument named subject wins", check.Finding{Code: "args", Subject: "a", Args: check.Args("subject", "b")}, "en", "b: {n} of {m}"},
		"open brace":       {"a broken template prints as it is", check.Finding{Code: "broken"}, "en", "open {n"},
		"unknown code":     {"nothing is lost in print", check.Finding{Code: "other", Subject: "Ann"}, "en", "other Ann"},
		"unknown language": {"nothing is lost in print", check.Finding{Code: "plain"}, "de", "plain"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := table.Text(test.f, test.lang); got != test.want {
				t.Errorf("%s: got %q, want %q", test.why, got, test.want)
			}
		})
	}
}
