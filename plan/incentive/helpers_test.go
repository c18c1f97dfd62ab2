package incentive_test

import (
	"errors"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

func num(s string) kpi.Value { return kpi.MustParse(s) }

func usd() kpi.Unit { return kpi.Money("USD", 2) }

func period(label string) calendar.Period { return calendar.Calendar{}.MustParse(label) }

func day(s string) calendar.Day { return calendar.MustDay(s) }

// one gives a plan of a single component.
func one(c incentive.Component) incentive.Plan {
	if c.ID == "" {
		c.ID = "commission"
	}
	return incentive.Plan{ID: "p", Unit: usd(), Components: []incentive.Component{c}}
}

// flatRate pays one rate on everything, from 0 on.
func flatRate(rate string) incentive.Component {
	return incentive.Component{Tiers: []incentive.Tier{{From: kpi.Int(0), Rate: num(rate)}}}
}

func credit(id, on, amount string) incentive.Credit {
	return incentive.Credit{ID: id, Day: day(on), Amount: num(amount)}
}

func quota(amount string) []incentive.Result {
	return []incentive.Result{{Component: "commission", Quota: num(amount)}}
}

// q1 is an input of the first quarter of 2026.
func q1(credits ...incentive.Credit) incentive.Input {
	return incentive.Input{Payee: "li", Period: period("2026-Q1"), Credits: credits}
}

// tester is what *testing.T, *testing.B and *rapid.T have in common.
type tester interface {
	Helper()
	Fatal(...any)
	Errorf(string, ...any)
}

func state(t tester, p incentive.Plan, in incentive.Input) incentive.Statement {
	t.Helper()
	s, err := p.Statement(in)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func pays(t tester, s incentive.Statement, want string) {
	t.Helper()
	if s.Payout != num(want) {
		t.Errorf("payout %v, want %s; lines %s", s.Payout, want, lines(s))
	}
}

func lines(s incentive.Statement) string {
	text := ""
	for _, note := range s.Notes() {
		text += "\n  " + incentive.Findings().Text(note, "en")
	}
	return text
}

// problems writes every problem as path and code.
func problems(err error) []string {
	all := []string{}
	for _, e := range check.All(err) {
		all = append(all, e.Path+" "+e.Code)
	}
	return all
}

func codes(findings []check.Finding) []string {
	all := []string{}
	for _, f := range findings {
		all = append(all, f.Code+" "+f.Subject)
	}
	return all
}

// needWhy fails a table whose case does not say why it is there.
func needWhy(t *testing.T, why string) {
	t.Helper()
	if why == "" {
		t.Fatal(errors.New("a case without a why"))
	}
}
