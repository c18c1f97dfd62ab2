package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Verdict is the outcome of a test. The zero Verdict is Fail: what was not
// looked at has not passed.
type Verdict uint8

const (
	Fail Verdict = iota // must be changed
	Warn                // may stand where somebody answers for it
	Pass                // nothing is against it
)

func verdictWords() []string { return []string{"fail", "warn", "pass"} }

// String gives fail, warn or pass.
func (v Verdict) String() string { return enum.String(verdictWords(), v) }

// MarshalText gives the word.
func (v Verdict) MarshalText() ([]byte, error) {
	return enum.Marshal("target.Verdict", verdictWords(), v)
}

// UnmarshalText reads the word.
func (v *Verdict) UnmarshalText(text []byte) error {
	return enum.Unmarshal("target.Verdict", verdictWords(), text, v)
}

// Criterion is the outcome of one letter of SMART. Its findings say what was
// found, with the figures and, under "passes", what would pass, made to be read
// (the findings of the outlook have the plain number under "value"); the
// verdict is that of the gravest: critical fails, a warning warns.
type Criterion struct {
	Verdict  Verdict         `json:"verdict"`
	Findings []check.Finding `json:"findings"`
}

// criterion gives the verdict of findings; ok stands where there are none.
func criterion(found []check.Finding, ok check.Finding) Criterion {
	c := Criterion{Verdict: Pass, Findings: found}
	grave := func(s check.Severity) func(check.Finding) bool {
		return func(f check.Finding) bool { return f.Severity == s }
	}
	switch {
	case slices.ContainsFunc(found, grave(check.Critical)):
		c.Verdict = Fail
	case slices.ContainsFunc(found, grave(check.Warning)):
		c.Verdict = Warn
	default:
		c.Findings = append([]check.Finding{ok}, found...)
	}
	return c
}

func critical(code, subject string, args ...any) check.Finding {
	return check.Finding{Code: code, Severity: check.Critical, Subject: subject, Args: check.Args(args...)}
}
