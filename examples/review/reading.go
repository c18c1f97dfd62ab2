package main

import (
	"fmt"
	"strings"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Reading says how many deals were read and what became of them:
// read = counted + excluded, each excluded deal under one reason. Findings
// may overlap and do not sum.
type Reading struct {
	Read     int64             `json:"read"`
	Counted  int64             `json:"counted"`
	Excluded int64             `json:"excluded"`
	Reasons  []funnel.Excluded `json:"excluded_by_reason"`
	Findings []check.Finding   `json:"findings"`
}

// newReading accounts for the deals as the funnel counted them.
func newReading(r *Review) Reading {
	counts := r.Funnel.ByList.Counts
	all := Reading{Read: counts.Read, Counted: counts.Counted, Reasons: counts.Excluded}
	for _, e := range counts.Excluded {
		all.Excluded += e.Deals
	}
	all.Findings = append(append([]check.Finding{}, r.Records.Findings...), r.Goals.Findings...)
	return all
}

func (r Reading) text(l Lang) string {
	var b strings.Builder
	fmt.Fprintf(&b, l.say("%s read = %s counted + %s excluded\n", "读取 %s 条 = 计入 %s 条 + 排除 %s 条\n"),
		whole(r.Read), whole(r.Counted), whole(r.Excluded))
	for _, e := range r.Reasons {
		b.WriteString(item(l.exclusion(e)))
	}
	for _, f := range r.Findings {
		b.WriteString(item(l.sentence(f, readingTemplates()) + l.source(f)))
	}
	return b.String()
}

// exclusion says why deals were left out. The other reasons of the funnel do
// not arise: reading gives every deal an ID and a known stage.
func (l Lang) exclusion(e funnel.Excluded) string {
	if e.Reason == funnel.NotBegun {
		return fmt.Sprintf(l.say("%s excluded: they begin after the day of the review", "%s 条在回顾日之后才开始，已排除"), whole(e.Deals))
	}
	return fmt.Sprintf(l.say("%s excluded: they cannot be placed in the funnel", "%s 条无法归入漏斗，已排除"), whole(e.Deals))
}

// source says where a finding can be looked up: file, first line, column.
func (l Lang) source(f check.Finding) string {
	file, line, column := f.Args["file"], f.Args["line"], f.Args["column"]
	switch {
	case file == "":
		return ""
	case line == "":
		return "  [" + file + "]"
	}
	return fmt.Sprintf(l.say("  [%s:%s, first on line %s]", "  [%s:%s，首见第 %s 行]"), file, column, line)
}
