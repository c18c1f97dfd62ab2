package main

import (
	"maps"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// tell gives a finding as a sentence for people: with names in place of IDs,
// and amounts in whole units.
func (r *Review) tell(f check.Finding, templates check.Templates) string {
	f.Args = maps.Clone(f.Args)
	for name, value := range f.Args {
		f.Args[name] = r.readable(value)
	}
	f.Subject = r.readable(f.Subject)
	return capital(r.lang().sentence(f, templates))
}

// items tells findings as a list.
func (r *Review) items(found []check.Finding, templates check.Templates) (s string) {
	for _, f := range found {
		s += item(r.tell(f, templates))
	}
	return s
}

// readable gives what people call something that a finding names.
func (r *Review) readable(s string) string {
	switch {
	case r.Goals.Plan != nil && s == r.Goals.Plan.Goals[0].ID:
		return r.say("the goal of %s", "%s 年目标", s)
	case s == wonValue:
		return r.lang().say("won value", r.Goals.Metric.NameZH)
	}
	if p, err := calendar.ParsePeriod(s); err == nil && strings.Contains(s, "/") {
		return r.label(p)
	}
	if word, ok := strings.CutPrefix(s, "undefined: "); ok {
		var reason kpi.Reason
		if reason.UnmarshalText([]byte(word)) == nil {
			return r.lang().reason(reason)
		}
	}
	if amount, ok := amountIn(s); ok {
		return number(amount, 0)
	}
	if name := r.Plan.called(s, r.lang()); name != s {
		return name
	}
	return r.name(s)
}

// amountIn gives the amount of 1,000 or more, or of the currency, that a text
// is.
func amountIn(s string) (v kpi.Value, ok bool) {
	plain, money := strings.CutSuffix(s, " XXX")
	plain = strings.ReplaceAll(plain, ",", "")
	if !regexp.MustCompile(`^[+-]?\d+(\.\d+)?$`).MatchString(plain) {
		return v, false
	}
	v, err := kpi.Parse(strings.TrimPrefix(plain, "+"))
	return v, err == nil && (money || strings.Contains(plain, ".") && !v.Abs().Less(kpi.Int(1000)))
}

// capital begins a sentence with a capital letter.
func capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}

// chance writes a probability in whole per cent, and why there is none.
func (r *Review) likely(e kpi.Estimate) string {
	f, ok := e.Float64()
	if !ok {
		return r.lang().orWhy(kpi.Undefined(e.Reason()), "")
	}
	return kpi.Frac(int64(f*100+0.5), 1).Text(0, kpi.HalfEven) + " %"
}

// since says from when to when.
func (r *Review) from(first, last calendar.Day) string {
	return r.say("%s to %s", "%s 至 %s", first, last)
}

// without says which file is not there, and what that leaves out; "" where it
// is there. Where the files are of another year that is said once, by the
// plan.
func (r *Review) without(file, english, chinese string) string {
	if r.Plan.Has[file] || r.Other {
		return ""
	}
	return paragraph(r.say("No %s: %s.", "没有 %s：%s。", file, r.lang().say(english, chinese)))
}
