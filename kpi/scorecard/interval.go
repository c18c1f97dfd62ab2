package scorecard

import (
	"math"
	"slices"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Interval gives what chance makes of a pooled score, from the cards that it
// is put together of: the months of one seller, or the sellers of a team. It
// leaves out one at a time. With θ the score of all g, θᵢ that of all but card
// i, and m the mean of the θᵢ:
//
//	θ ± t·√((g − 1)/g · Σ (θᵢ − m)²)    t of g − 1 degrees of freedom
//
// It takes the cards as independent draws: months of one seller share a market
// and a season, so it is rather too narrow. On curves with steps, and for
// levels, of which the last alone counts, it is rough. The ends are undefined
// where a score is, with its reason, under c.Fewest cards (ten, unless named)
// and where leaving out any changes nothing (TooFew).
//
// It returns an error if there are no cards, a card is of another scorecard,
// those of one owner overlap, those of several are not of one period or not
// one each, or the confidence is not valid.
//
// Source: B. Efron, C. Stein, The Jackknife Estimate of Variance, Annals of
// Statistics 9 (1981).
func (s *Scorecard) Interval(cards []Card, c kpi.Confidence) (kpi.Interval, error) {
	problems := check.List{Op: "scorecard.Interval"}
	s.validateParts(&problems, cards)
	problems.Nest("confidence", c.Validate())
	sorted := slices.Clone(cards)
	slices.SortStableFunc(sorted, func(a, b Card) int { return a.Period.Compare(b.Period) })
	span := !slices.ContainsFunc(cards, func(c Card) bool { return c.Owner != cards[0].Owner })
	if span {
		validateApart(&problems, sorted)
	} else {
		validateOwners(&problems, cards)
	}
	if err := problems.Err(); err != nil {
		return kpi.Interval{}, err
	}
	score := s.pool(Card{}, sorted, false, span).Score
	i := kpi.Interval{Method: kpi.Jackknife, Level: c.Level.Or(kpi.Frac(95, 100)), Rate: score, N: kpi.Int(int64(len(cards))), Groups: int64(len(cards))}
	fewest := int64(10)
	if c.Fewest > 0 {
		fewest = c.Fewest
	}
	none := score.Reason()
	if none == 0 && i.Groups < max(fewest, 2) {
		none = kpi.TooFew
	}
	var half float64
	if none == 0 {
		half, none = s.half(sorted, span, i.Level)
	}
	if none != 0 {
		i.Low, i.High = kpi.NoEstimate(none), kpi.NoEstimate(none)
		return i, nil
	}
	x, _ := score.Float64()
	i.Low, i.High = kpi.NewEstimate(x-half), kpi.NewEstimate(x+half)
	return i, nil
}

// validateApart reports parts of a span that overlap.
func validateApart(problems *check.List, sorted []Card) {
	for i := 1; i < len(sorted); i++ {
		if before, next := sorted[i-1].Period, sorted[i].Period; next.Start() < before.End() {
			problems.Add(check.ErrOverlap, "cards", "overlap", next, "with", before)
		}
	}
}

// half gives half the width of the interval, or the reason why there is none.
func (s *Scorecard) half(cards []Card, span bool, level kpi.Value) (half float64, none kpi.Reason) {
	without, rest := make([]float64, len(cards)), make([]Card, len(cards)-1)
	for i := range cards {
		copy(rest, cards[:i])
		copy(rest[i:], cards[i+1:])
		score := s.pool(Card{}, rest, false, span).Score
		if !score.Defined() {
			return 0, score.Reason()
		}
		without[i], _ = score.Float64()
	}
	g := float64(len(cards))
	squares := make([]float64, len(cards))
	mean := sum(slices.Clone(without)) / g
	for i, x := range without {
		squares[i] = float64((x - mean) * (x - mean))
	}
	conf, _ := level.Float64()
	half = float64(stat.StudentQuantile((1+conf)/2, g-1) * math.Sqrt((g-1)/g*sum(squares)))
	if ten(mean+half) == ten(mean) { // what is left is the last bits of the scores
		return 0, kpi.TooFew
	}
	return half, 0
}

// samples gives the places that have an interval, and notes it beside them.
func (r *Ranking) samples(by Contest) []sample {
	var all []sample
	for i := range r.Places {
		p := &r.Places[i]
		interval := by.Intervals[p.Owner]
		if r.Metric != "" {
			interval = by.Confidence.Share(p.Rate)
		}
		s := sample{place: p}
		if s.read(interval) && p.held() == 0 {
			p.Evidence = &Evidence{Interval: interval}
			all = append(all, s)
		}
	}
	return all
}

// read takes an interval and what it says of the spread; ok is false where it
// has no ends.
func (s *sample) read(i kpi.Interval) (ok bool) {
	low, known := i.Low.Float64()
	high, both := i.High.Float64()
	level, _ := i.Level.Float64()
	s.x, _ = s.place.Value.Float64()
	s.low, s.high, s.free = ten(low), ten(high), math.Inf(1)
	if i.Method == kpi.Jackknife && i.Groups > 1 {
		s.free = float64(i.Groups - 1)
	}
	if level > 0 && level < 1 {
		s.error = (high - low) / 2 / stat.StudentQuantile((1+level)/2, s.free)
	}
	return known && both
}
