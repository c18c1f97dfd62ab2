package main

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func TestNumbers(t *testing.T) {
	v, noTarget := kpi.MustParse, kpi.Undefined(kpi.NoTarget)
	for name, test := range map[string]struct{ why, got, want string }{
		"grouped":        {"thousands", number(v("10005534"), 0), "10,005,534"},
		"cents":          {"decimals are not grouped", number(v("-1234567.8912"), 4), "-1,234,567.8912"},
		"negative":       {"no comma after the sign", number(v("-123"), 0), "-123"},
		"zero":           {"a zero is a number", number(v("0"), 2), "0.00"},
		"undefined":      {"and what is missing is none", number(kpi.Value{}, 2), "–"},
		"count":          {"a count", whole(8800), "8,800"},
		"percent":        {"4238 of 6711, reference.json", percent(kpi.Frac(4238, 6711)), "63.2 %"},
		"above thousand": {"growth may be large", percent(v("12.345")), "1,234.5 %"},
		"no percent":     {"0 of 0", percent(kpi.Frac(0, 0)), "–"},
		"almost":         {"99.96 % is not 100 %", attained(v("0.9996")), "99.9 %"},
		"rounded":        {"nor is it by rounding", percent(v("0.9996")), "99.96 %"},
		"just above":     {"10,005,534 of 10,000,000 is more than reached", attained(v("1.0005534")), "100.05 %"},
		"reached":        {"equality", attained(v("1")), "100.0 %"},
		"no target":      {"none", attained(noTarget), "–"},
		"why":            {"the reason in words", English.orWhy(noTarget, "x"), "– (no target)"},
		"why, Chinese":   {"with its own brackets", Chinese.orWhy(noTarget, "x"), "–（未设目标）"},
		"defined":        {"a number needs no reason", English.orWhy(v("1"), "1"), "1"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("%s: %q, want %q", test.why, test.got, test.want)
			}
		})
	}
}

func TestReasonsHaveWords(t *testing.T) {
	for r := kpi.Unpriced; r <= kpi.NoData; r++ {
		if English.reason(r) == "" || Chinese.reason(r) == "" || English.reason(r) == Chinese.reason(r) {
			t.Errorf("%v: %q and %q", r, English.reason(r), Chinese.reason(r))
		}
	}
	if English.reason(0) != "" {
		t.Error("a number needs no reason")
	}
}

func TestSentence(t *testing.T) {
	templates := check.Templates{{Code: "x", English: "{subject}: {n} since {year}", Chinese: "{subject}：{n}"}}
	f := check.Finding{Code: "x", Subject: "A\x1b", Args: map[string]string{"n": "1291", "year": "2026"}}
	if got := English.sentence(f, templates); got != "A\uFFFD: 1,291 since 2026" {
		t.Errorf("got %q", got)
	}
	if got := Chinese.sentence(f, templates); got != "A\uFFFD：1,291" {
		t.Errorf("got %q", got)
	}
	if f.Args["n"] != "1291" || f.Subject != "A\x1b" {
		t.Errorf("the finding was changed: %v", f)
	}
}

func TestBars(t *testing.T) {
	v, undefined := kpi.MustParse, kpi.Value{}
	for name, test := range map[string]struct{ why, got, want string }{
		"whole":             {"half of the scale", bar(4, v("5"), v("10")), "██  "},
		"eighths":           {"5/8 of one column", bar(1, v("5"), v("8")), "▋"},
		"full":              {"as long as the scale", bar(3, v("7"), v("7")), "███"},
		"beyond":            {"and never longer", bar(3, v("9"), v("7")), "███"},
		"sliver":            {"what is there shows", bar(4, v("0.01"), v("999")), "▏   "},
		"zero":              {"what is not there does not", bar(2, v("0"), v("10")), "  "},
		"negative":          {"nothing to draw", bar(2, v("-3"), v("10")), "  "},
		"undefined":         {"the number beside it says why", bar(2, undefined, v("10")), "  "},
		"no scale":          {"nothing to draw on", bar(2, v("1"), v("0")), "  "},
		"below":             {"target 8 of 10, actual 5", barWithTarget(10, v("5"), v("8"), v("10")), "█████   |  "},
		"rounded":           {"nor is it by rounding", percent(v("0.9996")), "99.96 %"},
		"just above":        {"10,005,534 of 10,000,000 is more than reached", attained(v("1.0005534")), "100.05 %"},
		"reached":           {"touches the mark", barWithTarget(10, v("8"), v("8"), v("10")), "████████|  "},
		"above":             {"goes on behind the mark", barWithTarget(10, v("10"), v("8"), v("10")), "████████|██"},
		"just below":        {"a cent under does not touch it", barWithTarget(10, v("7.99"), v("8"), v("10")), "███████▉|  "},
		"target in a cell":  {"the mark is at the end of the target's column", barWithTarget(4, v("3"), v("3"), v("8")), "██|  "},
		"just below in it":  {"and is not touched there either", barWithTarget(4, v("2.9"), v("3"), v("8")), "█▍|  "},
		"no target":         {"as wide without a mark", barWithTarget(4, v("8"), undefined, v("8")), "████ "},
		"no actual":         {"the mark alone", barWithTarget(4, undefined, v("4"), v("8")), "  |  "},
		"target zero":       {"the mark stands first", barWithTarget(4, v("2"), v("0"), v("8")), "|█   "},
		"target over scale": {"the mark stands last", barWithTarget(4, v("2"), v("9"), v("8")), "█   |"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("%s: %q, want %q", test.why, test.got, test.want)
			}
		})
	}
}

// A bar touches the mark exactly where the target is reached, and is always
// as wide.
func TestBarTellsTheTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 30).Draw(t, "columns")
		actual := rapid.Int64Range(0, 1000).Draw(t, "actual")
		target := rapid.Int64Range(1, 1000).Draw(t, "target")
		full := max(actual, target) + rapid.Int64Range(0, 500).Draw(t, "more")
		s := barWithTarget(columns, kpi.Int(actual), kpi.Int(target), kpi.Int(full))
		if width(s) != columns+1 {
			t.Fatalf("%q is %d wide, want %d", s, width(s), columns+1)
		}
		before := []rune(s)
		for i, r := range before {
			if r == '|' {
				before = before[:i]
				break
			}
		}
		if touches := before[len(before)-1] == '█'; touches != (actual >= target) {
			t.Fatalf("%d of %d draws %q", actual, target, s)
		}
	})
}
