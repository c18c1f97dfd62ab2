package scorecard

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Shrinkage says how the numbers of people with little history are drawn to
// those of their group.
type Shrinkage struct {
	// Rates names the items that count things out of things (won of closed
	// deals) and have a base: they are drawn by their counts, see
	// [ShrunkRates].
	Rates []string `json:"rates,omitzero"`
	// Months is how many months each owner has been in the role; all other
	// items are drawn by months / (months + Prior).
	Months map[string]kpi.Value `json:"months"`
	Prior  kpi.Value            `json:"prior,omitzero"` // months that the group counts; 3 where left out
}

// Shrunk is the cards of a group with every number drawn to the group's, raw
// and shrunk side by side.
type Shrunk struct {
	Scorecard string          `json:"scorecard"`
	Period    calendar.Period `json:"period"`
	Cards     []ShrunkCard    `json:"cards"` // in order of owner
}

// ShrunkCard is a score as it is and drawn to the group.
type ShrunkCard struct {
	Owner  string       `json:"owner"`
	Raw    kpi.Value    `json:"raw"`
	Score  kpi.Value    `json:"score"`
	Band   string       `json:"band,omitzero"` // of the shrunk score
	Months kpi.Value    `json:"months"`
	Lines  []ShrunkLine `json:"lines"`
}

// ShrunkLine is one number as it is and drawn to the group: the attainment, or
// the actual where points come from that or the item is a rate.
//
//	shrunk  own × raw + (1 − own) × group
//
// Own is 1 where there is nothing to draw to or by: an item that is met or
// not, or a group without a number.
type ShrunkLine struct {
	Metric       string    `json:"metric"`
	Raw          kpi.Value `json:"raw"`
	Group        kpi.Value `json:"group"`
	Own          kpi.Value `json:"own"`
	Shrunk       kpi.Value `json:"shrunk"`
	Points       kpi.Value `json:"points"`
	Contribution kpi.Value `json:"contribution"`
}

// Shrink gives what the scores of a group would be if little history counted
// little: every number is drawn to that of the group, the less the more it
// rests on. Nothing else in this package does so by itself. It is for looking
// at people fairly, and never for pay without being asked.
//
// The group's numbers are those of [Scorecard.Team], of the members who have
// any. Weights and missing items stay as they are on the card.
//
// It returns an error if there are no cards, a card is of another scorecard or
// period, the second of its owner or a mean of scores, months are missing or
// below zero, the prior is not above zero, or a rate is no item, has no base
// or no whole counts.
func (s *Scorecard) Shrink(cards []Card, by Shrinkage) (Shrunk, error) {
	problems := check.List{Op: "scorecard.Shrink"}
	s.validateParts(&problems, cards)
	validateOwners(&problems, cards)
	by.validate(&problems, s, cards)
	if err := problems.Err(); err != nil {
		return Shrunk{}, err
	}
	group := s.pool(Card{}, cards, true, false)
	drawn := map[int]ShrunkRates{}
	for _, metric := range by.Rates {
		i := s.slots[metric]
		rates, err := ShrinkRates(ratesOf(cards, i))
		problems.Nest(check.At("rates", metric), err)
		drawn[i] = rates
	}
	if err := problems.Err(); err != nil {
		return Shrunk{}, err
	}
	out := Shrunk{Scorecard: s.def.ID, Period: cards[0].Period, Cards: make([]ShrunkCard, len(cards))}
	for n := range cards {
		out.Cards[n] = s.shrink(&cards[n], &group, drawn, by)
	}
	slices.SortFunc(out.Cards, func(a, b ShrunkCard) int { return cmp.Compare(a.Owner, b.Owner) })
	return out, nil
}

func (by Shrinkage) validate(problems *check.List, s *Scorecard, cards []Card) {
	for i, metric := range by.Rates {
		switch at, known := s.slots[metric]; {
		case !known || at >= len(s.def.Items):
			problems.Add(check.ErrUnknown, check.At("rates", i), "unknown_metric", metric)
		case s.bases[at] < 0:
			problems.Add(check.ErrMissing, check.At("rates", i), "rate_without_base", metric)
		}
	}
	owners := map[string]bool{}
	for i, c := range cards {
		owners[c.Owner] = true
		if c.Rule > Pooled {
			problems.Add(check.ErrInvalid, check.At("cards", i, "rule"), "mean_of_scores", c.Rule)
		}
		switch months, stated := by.Months[c.Owner]; {
		case !stated:
			problems.Add(check.ErrMissing, check.At("months", c.Owner), "missing_number", nil, "card", check.At("cards", i))
		case !months.Defined() || months.Sign() < 0:
			problems.Add(check.ErrRange, check.At("months", c.Owner), "below_zero", months)
		}
	}
	for _, owner := range slices.Sorted(maps.Keys(by.Months)) {
		if !owners[owner] {
			problems.Add(check.ErrUnknown, check.At("months", owner), "unknown_owner", owner)
		}
	}
	validateOptional(problems, "prior", by.Prior)
	if by.Prior.Defined() && by.Prior.Sign() <= 0 {
		problems.Add(check.ErrRange, "prior", "not_above_zero", by.Prior)
	}
}

// ratesOf gives the counts of a rate of all who have any.
func ratesOf(cards []Card, i int) []OwnerRate {
	var rates []OwnerRate
	for _, c := range cards {
		if r, ok := rateOf(&c.Lines[i]); ok {
			rates = append(rates, OwnerRate{c.Owner, r})
		}
	}
	return rates
}

func rateOf(line *Line) (r kpi.Ratio, ok bool) {
	k := line.Actual.Mul(line.Base)
	return kpi.NewRatio(k, line.Base), k.Defined()
}

func (s *Scorecard) shrink(c, group *Card, drawn map[int]ShrunkRates, by Shrinkage) ShrunkCard {
	out := ShrunkCard{Owner: c.Owner, Raw: c.Score, Score: kpi.Int(0), Months: by.Months[c.Owner], Lines: make([]ShrunkLine, len(c.Lines))}
	own := out.Months.Div(out.Months.Add(by.Prior.Or(kpi.Int(3))))
	for i := range c.Lines {
		item, line := &s.def.Items[i], &c.Lines[i]
		rates, rate := drawn[i]
		switch {
		case line.Missing != 0:
			out.Lines[i] = ShrunkLine{Metric: line.Metric, Raw: line.Actual, Own: kpi.Int(1), Shrunk: line.Actual, Points: line.Points}
		case rate:
			out.Lines[i] = item.shrinkRate(line, &rates)
		default:
			out.Lines[i] = item.shrinkBy(own, line, &group.Lines[i])
		}
		l := &out.Lines[i]
		if l.Contribution = line.Contribution; line.Weight.Sign() > 0 {
			l.Contribution = line.Weight.Mul(l.Points)
		}
		out.Score = out.Score.Add(l.Contribution)
	}
	placed := Card{Score: out.Score, Ceiling: c.Ceiling}
	s.place(&placed)
	out.Band = placed.Band
	return out
}

func (i *Item) shrinkRate(line *Line, rates *ShrunkRates) ShrunkLine {
	r, _ := rateOf(line)
	l := ShrunkLine{Metric: line.Metric, Raw: line.Actual, Group: rates.Group.Value(), Own: rates.own(r), Shrunk: rates.draw(r)}
	l.Points, _ = i.score(l.Shrunk, line.Target)
	return l
}

func (i *Item) shrinkBy(own kpi.Value, line, group *Line) ShrunkLine {
	l := ShrunkLine{Metric: line.Metric, Raw: line.Attainment, Group: group.Attainment, Own: own}
	if i.Curve.Over == OverActual {
		l.Raw, l.Group = line.Actual, group.Actual
	}
	if !l.Raw.Defined() || !l.Group.Defined() {
		l.Own, l.Shrunk, l.Points = kpi.Int(1), l.Raw, line.Points
		return l
	}
	l.Shrunk = own.Mul(l.Raw).Add(kpi.Int(1).Sub(own).Mul(l.Group))
	l.Points = i.Curve.points(l.Shrunk, i.shape())
	return l
}
