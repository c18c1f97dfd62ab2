package org

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

const (
	codeGap        = "assignment_gap"
	codeUnassigned = "member_unassigned"
)

// Findings gives the sentences of the findings of this package.
func Findings() check.Templates {
	return check.Templates{
		{
			Code:    codeGap,
			English: "{subject} belongs to no unit from {first} to {last} ({days} days): what falls on these days counts for no team.",
			Chinese: "{subject} 在 {first} 至 {last}（共 {days} 天）未归属任何部门，这段时间的业绩不会计入任何团队。",
		},
		{
			Code:    codeUnassigned,
			English: "{subject} is listed and has never been assigned to a unit.",
			Chinese: "{subject} 已登记，但从未分配到任何部门。",
		},
	}
}

func findings(o *Org) []check.Finding {
	found := []check.Finding{}
	for _, id := range slices.Sorted(maps.Keys(o.members)) {
		assignments := o.byMember[id]
		if len(assignments) == 0 {
			found = append(found, check.Finding{Code: codeUnassigned, Severity: check.Info, Subject: id})
		}
		found = append(found, gaps(id, assignments)...)
	}
	return found
}

// gaps finds the days between assignments, which come from the earliest on.
func gaps(member string, assignments []Assignment) []check.Finding {
	var found []check.Finding
	covered := calendar.Day(0) // the first day that is not; no day before the first assignment
	for i, a := range assignments {
		if i > 0 && a.From > covered {
			found = append(found, check.Finding{Code: codeGap, Severity: check.Warning, Subject: member,
				Args: check.Args("first", covered, "last", a.From-1, "days", a.From.Sub(covered))})
		}
		if a.To.IsZero() {
			return found
		}
		covered = max(covered, a.To)
	}
	return found
}
