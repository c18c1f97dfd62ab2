package kpi

import "github.com/saleskpi/saleskpi/kpi/check"

// Change is a number beside the same number of an earlier period.
type Change struct {
	Current    Value           `json:"current"`
	Base       Value           `json:"base"`
	Difference Value           `json:"difference"` // current − base, also where there is no growth
	Growth     Value           `json:"growth"`     // see [Growth]
	Index      Value           `json:"index"`      // see [Index]
	Findings   []check.Finding `json:"findings"`
}

// ChangeFrom sets a number beside its base. Findings are base_not_positive,
// where there is no growth and the difference says it all, and sign_change,
// where a number above zero has fallen below it.
//
// Whether the two periods may be compared (equal length, both over) is for
// the caller to see to.
func ChangeFrom(base, current Value) Change {
	c := Change{
		Current: current, Base: base, Findings: []check.Finding{},
		Difference: current.Sub(base), Growth: Growth(current, base), Index: Index(current, base),
	}
	switch {
	case !base.Defined() || !current.Defined():
	case base.Sign() <= 0:
		c.find(findBaseNotPositive, check.Info, "base", base, "difference", c.Difference)
	case current.Sign() < 0:
		c.find(findSignChange, check.Warning, "actual", current, "target", base)
	}
	return c
}

func (c *Change) find(code string, severity check.Severity, args ...any) {
	c.Findings = append(c.Findings, check.Finding{Code: code, Severity: severity, Args: check.Args(args...)})
}
