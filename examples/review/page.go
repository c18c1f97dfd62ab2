package main

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// page gives the review as text: the part that is asked for, or a summary, the
// contents and all parts.
func (r *Review) page() string {
	s := r.header()
	all := r.Options.Part == "" || r.Options.Part == allParts
	if all {
		s += r.brief() + r.contents() + heading(r.say("What was read", "读取情况")) + r.Reading.text(r.lang())
	}
	for _, p := range parts() {
		if all || r.Options.Part == p.word {
			s += p.page(r)
		}
	}
	return s
}

// reviewPart says how it stands on the day.
func (r *Review) reviewPart() string {
	return r.goalSection() + r.funnelSection() + r.forecastSection() + r.peopleSection() + r.attentionSection()
}

// lang is the language of the page.
func (r *Review) lang() Lang { return r.Options.Lang }

// say is Lang.say with a format.
func (r *Review) say(english, chinese string, args ...any) string {
	return fmt.Sprintf(r.lang().say(english, chinese), args...)
}

// label names a period.
func (r *Review) label(p calendar.Period) string { return r.Options.Calendar.Label(p) }

// name gives an owner as people call it.
func (r *Review) name(owner string) string { return r.Company.name(owner, r.lang()) }

func (r *Review) header() string {
	day := ""
	if r.Options.AsOf.IsZero() {
		day = r.say(", the last day in the files", "（文件中的最后一天）")
	}
	return paragraph(r.say("SALES REVIEW %s, as of %s%s", "%s 年度销售回顾，截至 %s%s", r.label(r.Year), r.AsOf, day))
}
