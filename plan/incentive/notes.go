package incentive

import (
	"cmp"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Notes explains every line: one finding for each, in their order, whose
// sentences [Findings] has in English and Chinese. They are made when they are
// asked for, as most statements are only summed.
func (s Statement) Notes() []check.Finding {
	notes := make([]check.Finding, len(s.Lines))
	for i := range s.Lines {
		notes[i] = s.note(&s.Lines[i])
	}
	return notes
}

func (s *Statement) note(l *Line) check.Finding {
	return check.Finding{Code: "line_" + l.story(), Severity: check.Info, Subject: cmp.Or(l.Credit, l.Component, s.Payee),
		Args: check.Args("component", l.Component, "deal", l.Deal, "day", l.Day, "of", span(l.Of), "tier", l.Tier,
			"original", l.Reverses, "base", number(l.Base.Abs(), 2), "rate", rateText(l.Rate), "kept", about(l.Kept), "reason", l.Amount.Reason().Title("en"), "reason_zh", l.Amount.Reason().Title("zh"),
			"amount", s.Unit.Text(l.Amount), "size", s.Unit.Text(l.Amount.Abs()), "paid", s.Unit.Text(l.Paid),
			"held", s.Unit.Text(l.Held.Abs()), "cash", s.Unit.Text(l.Paid.Abs()), "collected", about(l.Collected))}
}

// rateText writes a rate.
func rateText(v kpi.Value) string {
	return number(cents(v, 6, kpi.HalfEven).Mul(kpi.Int(100)), 4) + " %"
}

// story names what happened to a line.
func (l *Line) story() string {
	switch {
	case l.Kind != Commission && l.Kind != Flat:
		return l.Kind.String()
	case !l.Amount.Defined():
		return "undefined"
	case l.Kept == kpi.Int(0):
		return "shut"
	case l.Tier == "" && l.Kind == Commission:
		return "outside"
	}
	words := []string{l.Kind.String()}
	if l.Kept.Defined() && l.Amount.Sign() >= 0 {
		words = append(words, "capped")
	}
	switch {
	case l.Amount.Sign() < 0 && l.Reverses != "":
		words = []string{"reversal"}
	case l.Amount.Sign() < 0 && l.Kind == Commission:
		words = []string{"deduction"}
	case l.Held.Sign() > 0:
		words = append(words, "held")
	}
	return strings.Join(words, "_")
}
