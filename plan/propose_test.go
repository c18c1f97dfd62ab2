package plan_test

import (
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// Five years of quarters are sixteen pairs (see fiveYears). 2026-Q1 brought
// 90,000, which is known because it is closed: what is expected of 2027-Q1 rests
// on it, and on a seventeenth pair.
func TestOutlookKnowsWhatIsClosed(t *testing.T) {
	p := quarter(t)
	p.Preparation.History = fiveYears()
	closed := []kpi.Figure{won("team", "2026-Q1", 90000), won("ann", "2026-Q1", 60000)}
	for _, c := range []struct {
		why, known, next string
		base             kpi.Value
		pairs            int
	}{
		{"all is known", "", "2027-Q1", kpi.Int(90000), 17},
		{"the records end with 2025, before the closed quarter", "2021-01-01/2026-01-01", "2027-Q1", kpi.Int(90000), 17},
		{"2025 is not known, and the closed quarter is no reason to know it", "2021-01-01/2025-01-01", "2026-Q2", kpi.Value{}, 12},
	} {
		if c.known != "" {
			p.Preparation.History.Known = period(c.known)
		}
		o, err := p.Outlook("q1", period(c.next), closed)
		must(t, err)
		amount(t, c.why, o.Base, c.base)
		if o.Pairs != c.pairs {
			t.Errorf("%s: %d pairs, want %d", c.why, o.Pairs, c.pairs)
		}
	}
	if len(p.Preparation.History.Figures) != 20 {
		t.Errorf("%d figures of history", len(p.Preparation.History.Figures))
	}
}

// All that is known may be handed in: the grain is that of the figures, and the
// proposal that of targetsFromData.
func TestProposeWithoutHistory(t *testing.T) {
	p := quarter(t)
	figures := fiveYears().Figures
	proposal, err := p.Propose("q1", period("2026-Q1"), figures, target.Odds{}, kpi.Int(1000))
	must(t, err)
	same(t, "proposal", []kpi.Value{proposal.Base, proposal.Target, proposal.Stretch}, []kpi.Value{kpi.Int(86000), kpi.Int(88000), kpi.Int(94000)})
	o, err := p.Outlook("q1", period("2026-Q1"), figures)
	must(t, err)
	amount(t, "the year before", o.Base, kpi.Int(75000))

	// Another goal has a history, of another grain.
	p.Preparation.History = plan.History{Grain: calendar.Yearly, Figures: []kpi.Figure{won("ann", "2025", 1)}}
	again, err := p.Outlook("q1", period("2026-Q1"), figures)
	must(t, err)
	same(t, "outlook", []kpi.Value{again.Base, kpi.Int(int64(again.Pairs))}, []kpi.Value{o.Base, kpi.Int(16)})
}

func TestOutlookProblems(t *testing.T) {
	p := quarter(t)
	p.Preparation.History = fiveYears()
	for _, c := range []struct {
		why    string
		goal   string
		closed []kpi.Figure
		want   []string
	}{
		{"no such goal", "q9", nil, []string{"goal unknown_goal"}},
		{"a month among quarters, no period, and a quarter twice", "q1", []kpi.Figure{won("ann", "2026-01", 1), won("team", "2026-01", 1), {Metric: "won_value", Owner: "team"}, won("team", "2026-Q1", 1), won("team", "2026-Q1", 2)},
			[]string{"closed[1].period off_boundary", "closed[2].period missing_period", "closed[4].period duplicate_period"}},
	} {
		_, err := p.Outlook(c.goal, period("2026-Q2"), c.closed)
		same(t, c.why, paths(err), c.want)
		_, err = p.Propose(c.goal, period("2026-Q2"), c.closed, target.Odds{}, kpi.Int(1))
		same(t, c.why, paths(err), c.want)
	}
	p.Preparation.History = plan.History{}
	_, err := p.Outlook("q1", period("2026-Q2"), nil)
	same(t, "nothing is known", paths(err), []string{"history.grain missing_grain"})
	_, err = p.Outlook("q1", period("2026-Q2"), []kpi.Figure{won("team", "2026-01-05/2026-01-09", 1)})
	same(t, "four days", paths(err), []string{"closed[0].period off_boundary"})
}
