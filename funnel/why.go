package funnel

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Answer says whether a deal is in a figure, and why or why not. [Findings]
// has the sentence of Why.
type Answer struct {
	Deal string        `json:"deal"`
	Life int           `json:"life"` // which of its lives is meant, from 1; 0 where it does not count at all
	In   bool          `json:"in"`
	Why  check.Finding `json:"why"`
}

// Why tells of any deal whether it is in a figure and, where it is not, the
// first reason that applies: it was never read, it does not count and why, it
// is of another part, or which condition of the figure it fails. A deal that
// was opened again gets an answer for each of its lives where the question's
// policy is [NewLife]. Errors are those of [Analysis.Behind].
func (a *Analysis) Why(deal string, f Figure) ([]Answer, error) {
	problems := check.List{Op: "funnel.Why"}
	is := a.figure(f, &problems)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	var answers []Answer
	for _, l := range a.among(&is) {
		if a.ids[l.deal] != deal {
			continue
		}
		m := a.misses(l, &is)
		if m.code == "" {
			m = miss{code: "why_in"}
		}
		answers = append(answers, answer(deal, int(l.number), m))
	}
	if answers == nil {
		answers = []Answer{answer(deal, 0, a.missing(deal))}
		if slices.ContainsFunc(a.lives, func(l *life) bool { return a.ids[l.deal] == deal }) {
			answers[0] = answer(deal, 0, miss{code: "why_counts"}) // the figure is of deals that do not
		}
	}
	return answers, nil
}

func answer(deal string, life int, m miss) Answer {
	return Answer{deal, life, m.code == "why_in",
		check.Finding{Code: m.code, Severity: check.Info, Subject: deal, Args: check.Args(m.args...)}}
}

// missing says why a deal does not count.
func (a *Analysis) missing(deal string) miss {
	for _, g := range a.gone {
		if a.ids[g.life.deal] == deal {
			return miss{"why_excluded_" + g.why.String(), []any{"pipeline", a.route.pipeline.ID}}
		}
	}
	why, excluded := a.excluded[deal]
	switch {
	case excluded:
		return miss{"why_excluded_" + why.String(), []any{"pipeline", a.route.pipeline.ID}}
	case a.isPart && slices.Contains(a.ids, deal):
		return miss{code: "why_other_part"}
	}
	return miss{code: "why_not_read"}
}
