package main

import (
	"fmt"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Reading says how many deals were read and what became of them:
// read = counted + excluded. Findings may overlap and do not sum.
type Reading struct {
	Read     int             `json:"read"`
	Counted  int             `json:"counted"`
	Excluded int             `json:"excluded"`
	Findings []check.Finding `json:"findings"`
}

// newReading accounts for the records: reading alone excludes nothing.
func newReading(records *Records) Reading {
	n := len(records.Deals)
	return Reading{Read: n, Counted: n, Findings: records.Findings}
}

func (r Reading) text(l Lang) string {
	var b strings.Builder
	fmt.Fprintf(&b, l.say("%s read = %s counted + %s excluded\n", "读取 %s 条 = 计入 %s 条 + 排除 %s 条\n"),
		whole(r.Read), whole(r.Counted), whole(r.Excluded))
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "  %s%s\n", l.sentence(f, readingTemplates()), l.source(f))
	}
	return b.String()
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
