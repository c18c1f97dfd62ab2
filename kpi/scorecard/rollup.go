package scorecard

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// RollUp says how cards become one. The zero RollUp pools their numbers and
// leaves nobody out.
type RollUp struct {
	Rule    Rule                 `json:"rule,omitzero"`    // Pooled where left out
	Weights map[string]kpi.Value `json:"weights,omitzero"` // of a weighted mean: by owner, zero or more
	// Partial leaves out what has no number and says in a finding how much
	// that is. Without it one card that lacks a number makes the whole lack it.
	Partial bool `json:"partial,omitzero"`
}

// Team makes the card of a team from those of its members for one period.
//
// Pooled, every item is scored once, on the numbers put together:
//
//	additive and level  Σ actual against Σ target
//	a rate              Σ actual × base / Σ base against Σ target × base / Σ base
//	distinct            not applicable: the team has a number of its own
//
// and a rate without base is not applicable either. An item that is scored
// over the actual or within a band has edges of one person: pooled, its actual
// is the mean per card. A member who has neither actual nor target of an item
// adds nothing to it; one who lacks a side makes it undefined, unless Partial
// is asked for. A gate over an attainment looks at the pooled one; a gate over
// the actual is failed where one of the members failed it.
//
// HeadcountMean and WeightedMean take the mean of the scores instead. Points
// and contributions are means too, and still add up; there is no actual and no
// target, and gates, which are each member's own, are not applied again.
//
// A team whose own figures are known (a share of customers, say) needs none of
// this: Score it under its own name.
//
// It returns an error if there are no cards, a card is of another scorecard or
// period or the second of its owner, the rule is none of the three, or weights
// are missing, below zero, all zero, of nobody or of another rule.
func (s *Scorecard) Team(team string, cards []Card, by RollUp) (Card, error) {
	problems := check.List{Op: "scorecard.Team"}
	if team == "" {
		problems.Add(check.ErrMissing, "team", "missing_id", nil)
	}
	rule := by.rule(&problems, Pooled, WeightedMean, HeadcountMean)
	s.validateParts(&problems, cards)
	validateOwners(&problems, cards)
	by.validateWeights(&problems, cards)
	if err := problems.Err(); err != nil {
		return Card{}, err
	}
	whole := Card{Owner: team, Period: cards[0].Period, Rule: rule, Cards: len(cards)}
	return s.rollUp(whole, cards, by, false), nil
}

// Span makes the card of one owner for a period from those of its parts: the
// year from its months. The parts may stand in any order and must cover the
// period without gap or overlap; hand in the year to date for a year that
// runs.
//
// Pooled, the items are put together as [Scorecard.Team] does, but that a
// level has the numbers of the last part. Eleven months of 100 on 100 and one
// of 10 on 1 are 1110 on 1101, or 100.8 points. MeanOfPeriods, by name only,
// takes the mean of the scores, which here is 175.
//
// It returns an error if there are no cards, a card is of another scorecard or
// owner, the parts do not cover the period, or the rule is neither of the two.
func (s *Scorecard) Span(period calendar.Period, cards []Card, by RollUp) (Card, error) {
	problems := check.List{Op: "scorecard.Span"}
	rule := by.rule(&problems, Pooled, MeanOfPeriods)
	s.validateParts(&problems, cards)
	sorted := slices.Clone(cards)
	slices.SortStableFunc(sorted, func(a, b Card) int { return a.Period.Compare(b.Period) })
	validatePeriods(&problems, period, cards, sorted)
	by.validateWeights(&problems, cards)
	if err := problems.Err(); err != nil {
		return Card{}, err
	}
	whole := Card{Owner: cards[0].Owner, Period: period, Rule: rule, Cards: len(cards)}
	return s.rollUp(whole, sorted, by, true), nil
}

func (s *Scorecard) rollUp(whole Card, cards []Card, by RollUp, span bool) Card {
	if whole.Rule == Pooled {
		return s.pool(whole, cards, by.Partial, span)
	}
	return s.mean(whole, cards, by)
}

func (by RollUp) rule(problems *check.List, allowed ...Rule) Rule {
	rule := by.Rule
	if rule == Scored {
		rule = Pooled
	}
	if !slices.Contains(allowed, rule) {
		problems.Add(check.ErrInvalid, "rule", "not_a_rule_here", by.Rule)
	}
	return rule
}

func (by RollUp) validateWeights(problems *check.List, cards []Card) {
	if by.Rule != WeightedMean {
		if len(by.Weights) > 0 {
			problems.Add(check.ErrInvalid, "weights", "not_of_this_rule", by.Rule)
		}
		return
	}
	owners, sum := map[string]bool{}, kpi.Int(0)
	for i, c := range cards {
		owners[c.Owner] = true
		w, stated := by.Weights[c.Owner]
		switch {
		case !stated:
			problems.Add(check.ErrMissing, check.At("weights", c.Owner), "missing_weight", nil, "card", check.At("cards", i))
		case !w.Defined() || w.Sign() < 0:
			problems.Add(check.ErrRange, check.At("weights", c.Owner), "weight_below_zero", w)
		}
		sum = sum.Add(w)
	}
	for _, owner := range slices.Sorted(maps.Keys(by.Weights)) {
		if !owners[owner] {
			problems.Add(check.ErrUnknown, check.At("weights", owner), "unknown_owner", owner)
		}
	}
	if len(cards) > 0 && sum == kpi.Int(0) {
		problems.Add(check.ErrInvalid, "weights", "all_zero", nil)
	}
}

// validateParts reports cards that this scorecard did not make.
func (s *Scorecard) validateParts(problems *check.List, cards []Card) {
	if len(cards) == 0 {
		problems.Add(check.ErrMissing, "cards", "no_cards", nil)
	}
	for i := range cards {
		if !s.made(&cards[i]) {
			problems.Add(check.ErrDefinition, check.At("cards", i), "other_scorecard", cards[i].Scorecard, "want", s.def.ID)
		}
	}
}

// made reports whether a card has the form of this scorecard.
func (s *Scorecard) made(c *Card) bool {
	if c.Scorecard != s.def.ID || len(c.Lines) != len(s.def.Items) {
		return false
	}
	for i := range c.Lines {
		if c.Lines[i].Metric != s.def.Items[i].Metric {
			return false
		}
	}
	return len(c.Gates) == len(s.def.Gates) || c.Rule > Pooled
}

func validateOwners(problems *check.List, cards []Card) {
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
		switch {
		case c.Period.IsZero():
			problems.Add(check.ErrMissing, check.At("cards", i, "period"), "missing_period", nil)
		case c.Period != cards[0].Period:
			problems.Add(check.ErrInvalid, check.At("cards", i, "period"), "other_period", c.Period, "first", cards[0].Period)
		}
	}
}

// validatePeriods reports parts of another owner, and the first place where
// the parts in order do not follow one another from end to end.
func validatePeriods(problems *check.List, period calendar.Period, cards, sorted []Card) {
	validatePeriod(problems, period)
	for i, c := range cards {
		if c.Owner != cards[0].Owner {
			problems.Add(check.ErrInvalid, check.At("cards", i, "owner"), "other_owner", c.Owner, "first", cards[0].Owner)
		}
	}
	if !problems.Empty() {
		return
	}
	next, follows := period.Start(), true
	for _, c := range sorted {
		if follows = c.Period.Start() == next; !follows {
			break
		}
		next = c.Period.End()
	}
	if !follows || next != period.End() {
		problems.Add(check.ErrInvalid, "cards", "period_not_covered", period, "until", next)
	}
}
