package plan

import (
	"maps"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Signature says who decided something, when, and why. It is a record.
type Signature struct {
	By     string       `json:"by"`
	Day    calendar.Day `json:"day"`
	Reason string       `json:"reason,omitzero"`
}

// Validate reports a missing name or day.
func (s Signature) Validate() error {
	problems := check.List{Op: "plan.Signature"}
	problems.ID("by", "missing_name", s.By)
	checkDay(&problems, "day", s.Day)
	return problems.Err()
}

// SignOff says that somebody answers for a warning: the plan may stand with
// it. It holds for exactly this finding; with other figures in it, it has to
// be given again. It is a record.
type SignOff struct {
	Finding check.Finding `json:"finding"`
	Signature
}

// covers reports whether it answers for a finding.
func (s SignOff) covers(f check.Finding) bool {
	return s.Finding.Code == f.Code && s.Finding.Subject == f.Subject && maps.Equal(s.Finding.Args, f.Args)
}

// SignAll signs every one of the findings by one name, where somebody has read
// them all.
func SignAll(by Signature, findings []check.Finding) []SignOff {
	all := make([]SignOff, len(findings))
	for i, f := range findings {
		all[i] = SignOff{ownFinding(f), by}
	}
	return all
}

func ownSignOffs(signed []SignOff) []SignOff {
	all := make([]SignOff, len(signed))
	for i, s := range signed {
		all[i] = SignOff{ownFinding(s.Finding), s.Signature}
	}
	return all
}

func checkDay(problems *check.List, path string, d calendar.Day) {
	switch {
	case d.IsZero():
		problems.Add(check.ErrMissing, path, "missing_day", nil)
	case !d.Valid():
		problems.Add(check.ErrRange, path, "year_out_of_range", d)
	}
}
