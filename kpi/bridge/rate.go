package bridge

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// RateMix explains a gap in a rate over segments: did win rates change, or
// was it which regions the deals came from? It is a record and a document to
// be stored: its JSON carries "schema":"saleskpi/rate_mix/1".
type RateMix struct {
	Dimension string `json:"dimension"` // what segments are, such as region
}

// Segment is the rate of one segment: 30 won of 80 closed.
type Segment struct {
	Key  string    `json:"key"`
	Rate kpi.Ratio `json:"rate"`
}

// Validate reports a dimension without a name.
func (r RateMix) Validate() error {
	problems := check.List{Op: "bridge.RateMix"}
	problems.ID("dimension", "missing_id", r.Dimension)
	return problems.Err()
}

// Bridge splits the gap between two rates, each the sum of the segments'
// numerators over the sum of their denominators. With s a segment's share of
// the denominators, r its rate and R the rate of all:
//
//	rate  (s₀ + s₁)/2 × (r₁ − r₀)
//	mix   (s₁ − s₀) × ((r₀ + r₁)/2 − (R₀ + R₁)/2)
//
// which does not depend on which side is called the base, but for the sign.
// A segment on one side alone is all mix: its rate is taken as that of the
// other side. The part other is what a numerator without a denominator does
// to the total, and 0 in clean data. Nodes are the segments, with their rates
// as values and their shares as weights.
//
// The finding simpson is given where every segment that has a rate on both
// sides went one way and the total the other. A ratio with a part of
// no data adds nothing; any other undefined part, and denominators that add up
// to zero, make the gap undefined.
//
// With more than 1,000 segments, or where 1,024 bits are not enough for a
// common denominator, the numerators that a segment would have at the other
// side's rate are rounded to six places, and the finding rounded says so; all
// parts add up exactly all the same.
//
// Errors are those of Validate and of [Question.Validate], a key that is not
// UTF-8 (check.ErrInvalid), and a segment that stands twice on a side
// (check.ErrDuplicate). The key may be empty: that is what is missing.
func (r RateMix) Bridge(q Question, base, current []Segment) (Bridge, error) {
	problems := check.List{Op: "bridge.RateMix"}
	problems.Nest("question", q.Validate())
	problems.Nest("", r.Validate())
	segments, dropped := joinSegments(&problems, base, current)
	if err := problems.Err(); err != nil {
		return Bridge{}, err
	}
	b := Bridge{Kind: ByRateAndMix, Question: q, RateMix: &r, Nodes: []Node{},
		Parts: []Part{{ID: Rate}, {ID: Mix}, {ID: Other}}}
	s := newSegments(segments)
	b.Values, b.Counts = s.rates(), s.counts()
	for side, name := range []string{q.Base.Name, q.Current.Name} {
		b.findDropped(codeNoAmount, check.Warning, dropped[side], name)
	}
	if !b.Values.Change().Defined() {
		b.findSides()
		b.withhold()
		b.finish()
		return b, nil
	}
	if s.shorten() {
		b.find(codeRounded, check.Info, b.Question.Metric, "places", morePlaces)
	}
	s.parts(&b)
	b.finish()
	s.findAll(&b)
	b.explainGap()
	return b, nil
}

// joint is a segment on both sides.
type joint struct {
	key  string
	rate [2]kpi.Ratio
	// crossed is what the numerator of each side would be at the other
	// side's rate: d₀·n₁/d₁ and d₁·n₀/d₀.
	crossed [2]kpi.Value
}

// dropped counts what a side has and what could not be used of it.
type dropped struct {
	n      int
	first  string
	reason kpi.Reason
}

func (d *dropped) add(key string, why kpi.Reason) {
	if d.n++; d.n == 1 || key < d.first {
		d.first = key
	}
	d.reason = kpi.Stronger(d.reason, why)
}

func (b *Bridge) findDropped(code string, severity check.Severity, d dropped, side string) {
	if d.n > 0 {
		b.find(code, severity, d.first, "n", d.n, "side", side, "reason", d.reason.Title("en"), "reason_zh", d.reason.Title("zh"))
	}
}

// joinSegments puts the sides together, by key.
func joinSegments(problems *check.List, base, current []Segment) ([]joint, [2]dropped) {
	places := make(map[string]int, len(current))
	var joined []joint
	var none [2]dropped
	for side, segments := range [2][]Segment{base, current} {
		seen := make(map[string]bool, len(segments))
		for i, s := range segments {
			at := check.At(sideName(side), i, "key")
			checkText(problems, at, s.Key)
			if seen[s.Key] {
				problems.Add(check.ErrDuplicate, at, "duplicate_segment", s.Key)
			}
			seen[s.Key] = true
			place, known := places[s.Key]
			if !known {
				place = len(joined)
				places[s.Key] = place
				joined = append(joined, joint{key: s.Key})
			}
			if partial := s.Rate.Num() == (kpi.Value{}) || s.Rate.Den() == (kpi.Value{}); !partial {
				joined[place].rate[side] = s.Rate
			} else if s.Rate != (kpi.Ratio{}) {
				none[side].add(s.Key, kpi.NoData)
			}
		}
	}
	slices.SortFunc(joined, func(a, b joint) int { return cmp.Compare(a.key, b.key) })
	return joined, none
}
