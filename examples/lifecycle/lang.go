package main

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Lang is a language of the page.
type Lang string

const (
	English Lang = "en"
	Chinese Lang = "zh"
)

// say gives the words in this language, formatted.
func (l Lang) say(english, chinese string, args ...any) string {
	if l == Chinese {
		english = chinese
	}
	return fmt.Sprintf(english, args...)
}

// name gives what people call something by its ID, or the ID.
func (l Lang) name(id string) string {
	if both, known := words()[id]; known {
		return l.say(both[0], both[1])
	}
	return id
}

// and lists names.
func (l Lang) and(ids []string) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = l.name(id)
	}
	return strings.Join(list, l.say(", ", "、"))
}

// sentence gives a finding as a sentence, with names in place of IDs and
// large numbers grouped, to the whole.
func (l Lang) sentence(f check.Finding, templates check.Templates) string {
	f.Args = maps.Clone(f.Args)
	for key, value := range f.Args {
		f.Args[key] = l.argument(value)
	}
	f.Subject = l.name(f.Subject)
	return templates.Text(f, string(l))
}

// argument writes a word or a number of a finding.
func (l Lang) argument(value string) string {
	if plain, money := large(value); money {
		return amount(kpi.MustParse(plain))
	}
	return l.name(strings.Trim(value, `"`))
}

// large gives the number of an amount: one in the currency of the page, or of
// four digits or more before the point.
func large(s string) (plain string, ok bool) {
	plain, money := strings.CutSuffix(strings.ReplaceAll(s, ",", ""), " USD")
	form := `^-?\d{4,}(\.\d+)?$`
	if money {
		form = `^-?\d+(\.\d+)?$`
	}
	return plain, regexp.MustCompile(form).MatchString(plain)
}

func (l Lang) status(s target.Status) string {
	switch s {
	case target.OnTrack:
		return l.say("on track", "正常")
	case target.AtRisk:
		return l.say("at risk", "有风险")
	case target.Behind:
		return l.say("behind", "落后")
	case target.Met:
		return l.say("reached", "达成")
	case target.Missed:
		return l.say("missed", "未达成")
	}
	return s.String()
}

// none stands where there is no number.
const none = "–"

// amount writes money in whole units, 2360000 as 2,360,000.
func amount(v kpi.Value) string {
	if !v.Defined() {
		return none
	}
	digits, sign := v.Text(0, kpi.HalfEven), ""
	if strings.HasPrefix(digits, "-") {
		digits, sign = digits[1:], "-"
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// about writes money that nobody knows to the unit, to the thousand.
func about(v kpi.Value) string { return amount(rounded(v)) }

// rounded gives money to the thousand.
func rounded(v kpi.Value) kpi.Value {
	thousands, ok := v.Div(kpi.Int(1000)).Minor(0, kpi.HalfEven)
	if !ok {
		return v
	}
	return kpi.Int(1000 * thousands)
}

// estimate writes an estimate of money likewise.
func estimate(e kpi.Estimate) string {
	f, ok := e.Float64()
	if !ok {
		return none
	}
	return amount(kpi.Int(1000 * int64(math.Round(f/1000))))
}

// chance writes a probability in whole per cent.
func chance(e kpi.Estimate) string {
	f, ok := e.Float64()
	if !ok {
		return none
	}
	return fmt.Sprintf("%.0f %%", 100*f)
}

// signed writes a change.
func signed(v kpi.Value) string {
	if v.Sign() > 0 {
		return "+" + amount(v)
	}
	return amount(v)
}

// percent writes a share with one decimal.
func percent(v kpi.Value) string { return percentBy(v, kpi.HalfEven) }

// attained writes an attainment. It is cut and not rounded: what is not
// reached does not look so.
func attained(v kpi.Value) string { return percentBy(v, kpi.Floor) }

func percentBy(v kpi.Value, mode kpi.Rounding) string {
	if !v.Defined() {
		return none
	}
	return v.Mul(kpi.Int(100)).Text(1, mode) + " %"
}
