package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// LeastAnswers is how many ratings a need is to have before its rank says
// something.
const LeastAnswers = 30

// RankedNeed is how much a need is missed, on the scale of the ratings, by the
// [Ranking] of the preparation; unless that says otherwise
//
//	score = importance + max(importance − satisfaction, 0)
//
// Ranks are 1, 2, 2, 4; without a score there is none. Source: A. W. Ulwick,
// Turn Customer Input into Innovation, Harvard Business Review, January 2002.
type RankedNeed struct {
	Need    string    `json:"need"`
	Rank    int       `json:"rank,omitzero"`
	Score   kpi.Value `json:"score"`
	Missing kpi.Value `json:"missing"` // importance − satisfaction, in plain sign

	Importance   kpi.Value `json:"importance"`
	Satisfaction kpi.Value `json:"satisfaction"`
	Evidence     []string  `json:"evidence"` // sorted; empty where nothing that customers said stands behind it

	N        int             `json:"n"` // the smaller number of the ratings that the score is made of
	Findings []check.Finding `json:"findings"`
}

// rankNeeds gives the needs by score, the highest first.
func (p Preparation) rankNeeds() []RankedNeed {
	ranked := make([]RankedNeed, len(p.Needs))
	for i, n := range p.Needs {
		ranked[i] = RankedNeed{Need: n.ID, Score: p.Ranking.score(n), Missing: n.Importance.Sub(n.Satisfaction), N: p.Ranking.ratings(n),
			Importance: n.Importance, Satisfaction: n.Satisfaction, Evidence: orEmpty(slices.Sorted(slices.Values(n.Evidence))), Findings: []check.Finding{}}
		if ranked[i].N < LeastAnswers {
			ranked[i].Findings = append(ranked[i].Findings, warning("need_unproven", n.ID, append(called(n.Name, n.NameZH), "n", ranked[i].N, "needed", LeastAnswers)...))
		}
		if len(n.Evidence) == 0 {
			ranked[i].Findings = append(ranked[i].Findings, warning("need_without_evidence", n.ID, called(n.Name, n.NameZH)...))
		}
	}
	slices.SortFunc(ranked, func(a, b RankedNeed) int {
		return cmp.Or(b.Score.Compare(a.Score), cmp.Compare(a.Need, b.Need))
	})
	for i := range ranked {
		switch {
		case !ranked[i].Score.Defined():
		case i > 0 && ranked[i].Score == ranked[i-1].Score:
			ranked[i].Rank = ranked[i-1].Rank
		default:
			ranked[i].Rank = i + 1
		}
	}
	return ranked
}
