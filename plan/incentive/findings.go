package incentive

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Findings gives the sentences of the findings of statements, of their lines
// ([Statement.Notes]), of the lint and of rewards, in English and Chinese.
func Findings() check.Templates {
	all := append(statementTemplates(), noteTemplates()...)
	all = append(all, lintTemplates()...)
	return append(all, rewardTemplates()...)
}

// scribe collects findings.
type scribe struct{ found []check.Finding }

func (w *scribe) add(code string, severity check.Severity, subject string, args ...any) {
	w.found = append(w.found, check.Finding{Code: code, Severity: severity, Subject: subject, Args: check.Args(args...)})
}

// findings says what the reader of a statement should know: component by
// component, then what is about the whole.
func (s *Statement) findings(accounts []account, cut kpi.Value) []check.Finding {
	w := &scribe{found: []check.Finding{}}
	for i := range accounts {
		s.noteComponent(w, &accounts[i])
	}
	if cut.Sign() > 0 {
		w.add("capped", check.Info, s.Plan, "amount", s.Unit.Text(cut))
	}
	s.noteReversals(w, accounts)
	s.noteMoney(w)
	s.noteExcluded(w)
	return w.found
}

func (s *Statement) noteComponent(w *scribe, a *account) {
	id := a.c.ID
	if a.undefined != 0 {
		w.add("pay_undefined", check.Critical, id, "reason", a.undefined.Title("en"), "reason_zh", a.undefined.Title("zh"))
		for _, e := range a.entries {
			if e.credit != nil && !e.base.Defined() {
				w.add("credit_undefined", check.Critical, e.credit.ID, "component", id, "reason", e.base.Reason().Title("en"), "reason_zh", e.base.Reason().Title("zh"))
			}
		}
		return
	}
	if !a.open {
		w.add("gate_closed", check.Warning, id, "attainment", about(a.gated), "at_least", percent(a.c.Gate.AtLeast))
	}
	if a.factor != kpi.Int(1) {
		w.add("accelerated", check.Info, id, "factor", number(a.factor, 4))
	}
	if a.cut.Sign() > 0 {
		w.add("capped", check.Info, id, "amount", s.Unit.Text(a.cut))
	}
	if kpi.SignChange(a.position, a.quota) {
		w.add("sign_change", check.Warning, id)
	}
	for i := range a.lines {
		if a.lines[i].Kind == Floor {
			w.add("topped_up", check.Info, id, "amount", s.Unit.Text(a.lines[i].Amount))
		}
	}
}

// noteReversals says where a reversal found less to take back than it names.
func (s *Statement) noteReversals(w *scribe, accounts []account) {
	for i := range accounts {
		a := &accounts[i]
		for _, e := range a.earlier {
			c, base := e.credit, kpi.Int(0)
			for j := range s.Lines {
				if l := &s.Lines[j]; l.Kind == Clawback && l.Component == a.c.ID && l.Credit == c.ID {
					base = base.Add(l.Base)
				}
			}
			switch {
			case base.Sign() == 0 && e.base.Sign() != 0:
				w.add("nothing_posted", check.Critical, c.ID, "original", c.Reverses, "component", a.c.ID)
			case e.over:
				w.add("reversed_more", check.Critical, c.ID, "original", c.Reverses)
			}
		}
	}
}

func (s *Statement) noteMoney(w *scribe) {
	text := func(v kpi.Value) string { return s.Unit.Text(v.Abs()) }
	waiting := kpi.Int(0)
	for _, h := range s.Closing.Held {
		waiting = waiting.Add(h.Left)
	}
	if waiting.Sign() > 0 {
		w.add("held", check.Info, s.Payee, "amount", text(waiting), "new", text(s.Totals.Held))
	}
	if s.Totals.TakenBack.Sign() < 0 {
		w.add("taken_back", check.Warning, s.Payee, "amount", text(s.Totals.TakenBack))
	}
	switch s.Totals.Drawn.Sign() {
	case 1:
		w.add("advanced", check.Info, s.Payee, "amount", text(s.Totals.Drawn), "owed", text(s.Closing.Draw))
	case -1:
		w.add("recovered", check.Info, s.Payee, "amount", text(s.Totals.Drawn), "owed", text(s.Closing.Draw))
	}
	if s.Totals.Corrected.Sign() != 0 {
		w.add("corrected", check.Info, s.Payee, "amount", s.Unit.Text(s.Totals.Corrected))
	}
	if s.Payout.Sign() < 0 {
		w.add("payout_negative", check.Warning, s.Payee, "amount", s.Unit.Text(s.Payout))
	}
}

func (s *Statement) noteExcluded(w *scribe) {
	var of [RestatesEarlier + 1][]string
	for _, e := range s.Excluded {
		of[e.Reason] = append(of[e.Reason], e.Credit)
	}
	severities := [RestatesEarlier + 1]check.Severity{
		NoComponent: check.Warning, NoAmount: check.Critical, OriginalUnknown: check.Critical, RestatesEarlier: check.Warning}
	for why, credits := range of {
		if len(credits) > 0 {
			w.add("excluded_"+Why(why).String(), severities[why], s.Payee, "n", len(credits), "credits", strings.Join(credits, ", "))
		}
	}
}
