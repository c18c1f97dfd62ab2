package scorecard

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Ranking orders cards of one scorecard and period. Everybody handed in
// stands in Places or in Unranked, and in one of them only.
//
// It orders the scores and tests nothing; see the package comment on chance.
// Of two or more places the finding order_not_tested says so.
type Ranking struct {
	Scorecard string          `json:"scorecard,omitzero"` // the definition's ID; none without cards
	Period    calendar.Period `json:"period,omitzero"`    // none without cards
	Places    []Place         `json:"places"`             // the best first, ties in order of owner
	Unranked  []Unranked      `json:"unranked"`           // in order of owner
	Findings  []check.Finding `json:"findings"`
}

// Place is the place of one owner, by competition ranking: equal scores share
// the better rank and the ranks after them are skipped (1, 2, 2, 4).
//
//	rank  1 + how many have a higher score
type Place struct {
	Rank  int       `json:"rank"`
	Owner string    `json:"owner"`
	Score kpi.Value `json:"score"`
	Band  string    `json:"band,omitzero"`
	Gap   kpi.Value `json:"gap"` // points behind the place above: 0 in a tie, not applicable at the top
}

// Unranked is an owner who is not ranked: Ineligible gives the reason that
// the caller stated, and where there is none, Score is undefined and says
// why.
type Unranked struct {
	Owner      string    `json:"owner"`
	Score      kpi.Value `json:"score"`
	Ineligible string    `json:"ineligible,omitzero"`
}

// Rank orders the cards of one scorecard and period by score, the highest
// first. Scores are compared exactly: what looks the same after rounding is
// no tie.
//
// Two kinds of owner are listed apart and never last: those without a score,
// and those in ineligible, which gives the caller's reason by owner ("new in
// March", "on leave"). Somebody there who has no card is listed too. Who may
// be ranked is the caller's rule; a usual one asks for a target and at least
// half of the period in the role.
//
// It returns an error if a card has no owner or period, is the second of its
// owner, or is of another scorecard or period than the first, or if a reason
// in ineligible is empty.
func Rank(cards []Card, ineligible map[string]string) (Ranking, error) {
	if err := validateCards(cards, ineligible); err != nil {
		return Ranking{}, err
	}
	r := Ranking{Places: []Place{}, Unranked: []Unranked{}, Findings: []check.Finding{}}
	left := maps.Clone(ineligible)
	for _, c := range cards {
		r.Scorecard, r.Period = c.Scorecard, c.Period
		why := ineligible[c.Owner]
		delete(left, c.Owner)
		if why != "" || !c.Score.Defined() {
			r.Unranked = append(r.Unranked, Unranked{c.Owner, c.Score, why})
			continue
		}
		r.Places = append(r.Places, Place{Owner: c.Owner, Score: c.Score, Band: c.Band})
	}
	for owner, why := range left {
		r.Unranked = append(r.Unranked, Unranked{Owner: owner, Ineligible: why})
	}
	slices.SortFunc(r.Unranked, func(a, b Unranked) int { return cmp.Compare(a.Owner, b.Owner) })
	place(r.Places)
	if n := len(r.Places); n > 1 {
		r.Findings = append(r.Findings, check.Finding{Code: codeNotTested, Subject: r.Period.String(), Args: check.Args("ranked", n)})
	}
	return r, nil
}

// place sorts the places and numbers them.
func place(places []Place) {
	slices.SortFunc(places, func(a, b Place) int {
		return cmp.Or(b.Score.Compare(a.Score), cmp.Compare(a.Owner, b.Owner))
	})
	for i := range places {
		p := &places[i]
		if i == 0 {
			p.Rank, p.Gap = 1, kpi.Undefined(kpi.NotApplicable)
			continue
		}
		above := places[i-1]
		p.Rank, p.Gap = i+1, above.Score.Sub(p.Score)
		if p.Score == above.Score {
			p.Rank = above.Rank
		}
	}
}

func validateCards(cards []Card, ineligible map[string]string) error {
	problems := check.List{Op: "scorecard.Rank"}
	first := map[string]int{}
	for i, c := range cards {
		at, twice := first[c.Owner]
		switch {
		case c.Owner == "":
			problems.Add(check.ErrMissing, check.At("cards", i, "owner"), "missing_id", nil)
		case twice:
			problems.Add(check.ErrDuplicate, check.At("cards", i, "owner"), "duplicate_owner", c.Owner,
				"first", check.At("cards", at))
		default:
			first[c.Owner] = i
		}
		if c.Scorecard != cards[0].Scorecard {
			problems.Add(check.ErrDefinition, check.At("cards", i, "scorecard"), "other_scorecard", c.Scorecard,
				"first", cards[0].Scorecard)
		}
		switch {
		case c.Period.IsZero():
			problems.Add(check.ErrMissing, check.At("cards", i, "period"), "missing_period", nil)
		case c.Period != cards[0].Period:
			problems.Add(check.ErrInvalid, check.At("cards", i, "period"), "other_period", c.Period, "first", cards[0].Period)
		}
	}
	for _, owner := range slices.Sorted(maps.Keys(ineligible)) {
		if ineligible[owner] == "" {
			problems.Add(check.ErrMissing, check.At("ineligible", owner), "missing_reason", nil)
		}
	}
	return problems.Err()
}
