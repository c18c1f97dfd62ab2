package scorecard

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Ranking orders people of one period by score or by a rate. Everybody handed
// in stands in Places or in Unranked, and in one of them only.
//
// The order is one of exact numbers. What it is worth stands beside it: the
// range of ranks that the intervals leave open, whether somebody differs from
// the others by more than chance, and how much of the whole spread chance
// alone would give. Without intervals the finding order_not_tested says that
// nothing of this is known.
type Ranking struct {
	Scorecard string          `json:"scorecard,omitzero"` // the definition's ID; none without cards
	Metric    string          `json:"metric,omitzero"`    // of a ranking of rates
	Period    calendar.Period `json:"period,omitzero"`    // none without cards
	Ties      Ties            `json:"ties"`
	Places    []Place         `json:"places"`   // the best first, ties in order of owner
	Unranked  []Unranked      `json:"unranked"` // in order of owner
	// Spread says whether the numbers differ at all by more than chance, and how
	// much of their spread chance alone would give. It is left out without
	// intervals. Of rates it is Pearson's, of scores Q of Cochran,
	//
	//	χ² = Σ (xᵢ − x̄)² / errorᵢ²    x̄ the mean weighted by 1/error²
	//
	// by which 1 − ByChance is I² of J. P. T. Higgins, S. G. Thompson,
	// Quantifying Heterogeneity in a Meta-Analysis, Statistics in Medicine 21
	// (2002).
	Spread   *kpi.Homogeneity `json:"spread,omitzero"`
	Findings []check.Finding  `json:"findings"`
}

// Place is the place of one owner.
type Place struct {
	Rank       int       `json:"rank"`
	Percentile kpi.Value `json:"percentile"` // share of the others who are worse, equal ones counting half; too few alone
	Owner      string    `json:"owner"`
	Value      kpi.Value `json:"value"`             // the score of a card, or the rate
	Rate       kpi.Ratio `json:"rate,omitzero"`     // of a ranking of rates: its counts
	Band       string    `json:"band,omitzero"`     // of a card
	Ceiling    kpi.Value `json:"ceiling,omitzero"`  // of a card that failed a gate: it stands below this
	Gap        kpi.Value `json:"gap"`               // behind the place above: 0 in a tie, not applicable at the top
	Evidence   *Evidence `json:"evidence,omitzero"` // none without intervals
	Movement   *Movement `json:"movement,omitzero"` // since the last period; none without evidence of both
}

// Rank orders the cards of one scorecard and period by score, the highest
// first. Scores are compared exactly: what looks the same after rounding is
// no tie. A card that failed a gate stands below every card that reaches its
// ceiling, and above those that do not.
//
// It returns an error if a card has no owner or period, is the second of its
// owner, or is of another scorecard or period than the first, if the contest
// contradicts itself (see [Contest.Validate]) or leads to nobody, or if an
// item that parts ties is not on the cards. A last ranking must be of the same
// scorecard and of a period before.
func Rank(cards []Card, by Contest) (Ranking, error) {
	problems := check.List{Op: "scorecard.Rank"}
	validateOwners(&problems, cards)
	for i, c := range cards {
		if c.Scorecard != cards[0].Scorecard {
			problems.Add(check.ErrDefinition, check.At("cards", i, "scorecard"), "other_scorecard", c.Scorecard, "first", cards[0].Scorecard)
		}
	}
	by.validate(&problems, func(yield func(string) bool) {
		for _, c := range cards {
			if !yield(c.Owner) {
				return
			}
		}
	})
	entries := make([]entry, len(cards))
	for i := range cards {
		entries[i] = by.entry(&problems, &cards[i], i)
	}
	r := Ranking{Ties: by.Ties}
	if len(cards) > 0 {
		r.Scorecard, r.Period = cards[0].Scorecard, cards[0].Period
		r.follows(&problems, by.Last)
	}
	if err := problems.Err(); err != nil {
		return Ranking{}, err
	}
	r.order(entries, by, 1)
	return r, nil
}

// entry is one who may be ranked.
type entry struct {
	Place
	aimed bool        // has a target
	sign  int         // 1 where higher is better, −1 where lower is
	tie   []kpi.Value // what parts equal values: points of the items named
}

func (by Contest) entry(problems *check.List, c *Card, at int) entry {
	e := entry{Place: Place{Owner: c.Owner, Value: c.Score, Band: c.Band, Ceiling: c.Ceiling}, aimed: c.aimed()}
	for i, metric := range by.TieBreak {
		n := slices.IndexFunc(c.Lines, func(l Line) bool { return l.Metric == metric })
		if n < 0 {
			problems.Add(check.ErrUnknown, check.At("tie_break", i), "unknown_metric", metric, "card", check.At("cards", at))
			continue
		}
		e.tie = append(e.tie, c.Lines[n].Points)
	}
	return e
}

// aimed reports whether a card has a target, or points without one. A mean of
// scores has what its members have.
func (c *Card) aimed() bool {
	if len(c.Lines) == 0 || c.Rule > Pooled {
		return true
	}
	return slices.ContainsFunc(c.Lines, func(l Line) bool { return l.Target.Defined() || l.Missing == 0 })
}

// order sorts the eligible into places and lists the others. sign is 1 where
// higher is better, −1 where lower is.
func (r *Ranking) order(entries []entry, by Contest, sign int) {
	r.Places, r.Unranked, r.Findings = []Place{}, []Unranked{}, []check.Finding{}
	var ranked []entry
	for _, e := range entries {
		if why := by.excludes(&e, r.Period); why != "" {
			r.Unranked = append(r.Unranked, Unranked{e.Owner, e.Value, why})
			continue
		}
		e.sign = sign
		ranked = append(ranked, e)
	}
	r.listAbsent(entries, by)
	slices.SortFunc(ranked, func(a, b entry) int { return cmp.Or(a.before(&b), cmp.Compare(a.Owner, b.Owner)) })
	r.number(ranked)
	r.weigh(by, sign)
	r.move(by.Last)
	r.note(by)
}

// before orders two: below zero where e is the better one, 0 where they are
// tied. At one level, who is held down by a ceiling stands below.
func (e *entry) before(o *entry) int {
	order := cmp.Or(e.sign*o.level().Compare(e.level()), cmp.Compare(e.held(), o.held()), e.sign*o.Value.Compare(e.Value))
	for i := 0; order == 0 && i < len(e.tie); i++ {
		order = o.tie[i].Compare(e.tie[i])
	}
	return order
}

// level is the number that a place is ordered by: the value, or the ceiling
// over it.
func (p *Place) level() kpi.Value {
	if p.held() == 1 {
		return p.Ceiling
	}
	return p.Value
}

func (p *Place) held() int {
	if p.Ceiling.Defined() && !p.Value.Less(p.Ceiling) {
		return 1
	}
	return 0
}

// number gives ranks, percentiles and gaps to entries in order.
func (r *Ranking) number(ranked []entry) {
	n := len(ranked)
	for from, group := 0, 1; from < n; group++ {
		to := from + 1
		for to < n && ranked[to].before(&ranked[from]) == 0 {
			to++
		}
		for i := from; i < to; i++ {
			p := ranked[i].Place
			p.Rank, p.Percentile, p.Gap = r.Ties.rank(from, group, to), percentile(n, n-to, to-from-1), kpi.Undefined(kpi.NotApplicable)
			if i > 0 {
				p.Gap = ranked[i-1].level().Sub(p.level()).Mul(kpi.Int(int64(ranked[i].sign)))
			}
			r.Places = append(r.Places, p)
		}
		from = to
	}
}

// percentile gives (worse + ½·equal) / others.
func percentile(n, worse, equal int) kpi.Value {
	if n < 2 {
		return kpi.Undefined(kpi.TooFew)
	}
	return kpi.Frac(int64(2*worse+equal), int64(2*(n-1)))
}
