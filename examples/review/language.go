package main

import (
	"maps"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Lang is a language of the report.
type Lang string

const (
	English Lang = "en"
	Chinese Lang = "zh"
)

// say gives the words in this language.
func (l Lang) say(english, chinese string) string {
	if l == Chinese {
		return chinese
	}
	return english
}

// sentence gives a finding as a sentence, its numbers grouped and whatever
// came out of a file made harmless.
func (l Lang) sentence(f check.Finding, templates check.Templates) string {
	f.Args = maps.Clone(f.Args)
	for name, value := range f.Args {
		f.Args[name] = plain(value)
		if digits, minus := strings.CutPrefix(value, "-"); isWhole(digits) && name != "line" && name != "year" {
			f.Args[name] = grouped(digits)
			if minus {
				f.Args[name] = "-" + f.Args[name]
			}
		}
	}
	f.Subject = plain(f.Subject)
	return templates.Text(f, string(l))
}

func isWhole(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// reason says why there is no number.
func (l Lang) reason(r kpi.Reason) string {
	switch r {
	case kpi.Unpriced:
		return l.say("no exchange rate", "缺少汇率")
	case kpi.NoTarget:
		return l.say("no target", "未设目标")
	case kpi.ZeroDenominator:
		return l.say("nothing to divide by", "分母为零")
	case kpi.BaseNotPositive:
		return l.say("no positive base", "基期不为正")
	case kpi.UndefinedMix:
		return l.say("no mixed case", "无法拆分")
	case kpi.NotYetDue:
		return l.say("not yet due", "尚未到期")
	case kpi.NoTimeLeft:
		return l.say("no time left", "期间已结束")
	case kpi.Immature:
		return l.say("too early", "为时尚早")
	case kpi.TooFew:
		return l.say("too few", "样本太少")
	case kpi.NotApplicable:
		return l.say("not applicable", "不适用")
	case kpi.NoAmount:
		return l.say("no amounts", "没有金额")
	case kpi.NoData:
		return l.say("no data", "无数据")
	}
	return ""
}
