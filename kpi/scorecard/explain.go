package scorecard

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Explanation says where a score comes from and what would change it.
type Explanation struct {
	Owner   string        `json:"owner"`
	Score   kpi.Value     `json:"score"`
	Band    string        `json:"band,omitzero"`
	Parts   []Part        `json:"parts"`   // in the order of the items
	Missing []MissingItem `json:"missing"` // in the order of the items
	Lifts   []Lift        `json:"lifts"`   // the largest gain to the target first
	Next    *NextBand     `json:"next,omitzero"`
}

// Part is what one item gave. Contributions add up to the score. Short is what
// it fell short of 100 points, below zero where it gave more, so that
//
//	score = 100 − Σ short + Σ contribution of bonus items
type Part struct {
	Metric       string    `json:"metric"`
	Contribution kpi.Value `json:"contribution"`
	Short        kpi.Value `json:"short"` // not applicable to a bonus
}

// MissingItem is an item without points of its own, why, and what the policy
// makes of it. A bonus is left out whatever the policy says but count_least.
type MissingItem struct {
	Metric    string     `json:"metric"`
	Reason    kpi.Reason `json:"reason"`
	Treatment Treatment  `json:"treatment"`
	Weight    kpi.Value  `json:"weight"` // by the definition
}

// Lift says what an item would add to the score, all others staying as they
// are.
type Lift struct {
	Metric   string    `json:"metric"`
	ToTarget kpi.Value `json:"to_target"` // by reaching its target or band; 0 where it has, not applicable where there is none
	ByTenth  kpi.Value `json:"by_tenth"`  // by moving the better way by a tenth of the target, or of the actual where there is none
	Room     kpi.Value `json:"room"`      // by the best its curve gives; not applicable where there is no limit
}

// NextBand is the band above that of the card, and the ways there.
//
// Ways change one item each and are exact: the score then is the edge or, on
// steps, the least above it. Where there are none no single item is enough.
// Blocked names the gates that must be passed first; without a gap they are
// all that stands in the way.
type NextBand struct {
	Band    string    `json:"band"`
	From    kpi.Value `json:"from"`
	Gap     kpi.Value `json:"gap"` // points to go; zero or less where only a gate keeps the card down
	Blocked []string  `json:"blocked"`
	Ways    []Way     `json:"ways"` // the smallest change first
}

// Way is the smallest change of one item that reaches the next band. Whether
// half a customer can be won is for the reader to see.
type Way struct {
	Metric   string    `json:"metric"`
	Actual   kpi.Value `json:"actual"`   // what is needed
	Change   kpi.Value `json:"change"`   // from what there is
	Relative kpi.Value `json:"relative"` // size of the change against the target's, or the actual's where there is none
}

// Explain says what each item of a card contributes, what is missing and why,
// what would lift the score most, and the smallest change of each item that
// reaches the next band. A mean of scores has no actuals, so no lifts and no
// ways.
//
// It returns an error if the card is of another scorecard.
func (s *Scorecard) Explain(c Card) (Explanation, error) {
	if !s.made(&c) {
		return Explanation{}, check.New("scorecard.Explain", check.ErrDefinition, "card", "other_scorecard", c.Scorecard, "want", s.def.ID)
	}
	e := Explanation{Owner: c.Owner, Score: c.Score, Band: c.Band, Parts: make([]Part, len(c.Lines)), Missing: []MissingItem{}, Lifts: []Lift{}}
	for i := range c.Lines {
		line := &c.Lines[i]
		e.Parts[i] = part(line)
		if line.Missing != 0 {
			e.Missing = append(e.Missing, s.missing(line))
		}
		if line.moves() {
			e.Lifts = append(e.Lifts, s.def.Items[i].lift(line))
		}
	}
	slices.SortStableFunc(e.Lifts, func(a, b Lift) int {
		return cmp.Or(b.ToTarget.Compare(a.ToTarget), b.ByTenth.Compare(a.ByTenth))
	})
	e.Next = s.next(&c)
	return e, nil
}

func part(line *Line) Part {
	p := Part{Metric: line.Metric, Contribution: line.Contribution, Short: kpi.Undefined(kpi.NotApplicable)}
	if !line.Bonus {
		p.Short = line.Weight.Mul(kpi.Int(fullPoints)).Sub(line.Contribution)
	}
	return p
}

func (s *Scorecard) missing(line *Line) MissingItem {
	m := MissingItem{Metric: line.Metric, Reason: line.Missing, Treatment: s.def.Missing.treatment(line.Missing), Weight: line.Stated}
	if line.Bonus && m.Treatment == MakeUndefined {
		m.Treatment = LeaveOut
	}
	return m
}

// moves reports whether a change of the item's actual changes the score.
func (l *Line) moves() bool {
	return l.Missing == 0 && l.Weight.Sign() > 0 && l.Actual.Defined()
}

func (i *Item) lift(line *Line) Lift {
	gain := func(actual kpi.Value) kpi.Value {
		points, _ := i.score(actual, line.Target)
		return line.Weight.Mul(points.Sub(line.Points)).Max(kpi.Int(0))
	}
	return Lift{
		Metric:   line.Metric,
		ToTarget: gain(i.goal(line)),
		ByTenth:  gain(i.better(line.Actual, i.size(line).Mul(kpi.Frac(1, 10)))),
		Room:     line.Weight.Mul(i.best(line).Sub(line.Points)),
	}
}

// goal gives the actual that reaches the target, or the nearest in the band.
func (i *Item) goal(line *Line) kpi.Value {
	switch {
	case i.Direction != kpi.InBand && line.Target.Defined():
		return line.Target
	case i.Direction == kpi.InBand && i.Within != kpi.Band{}:
		return span{lo: i.Within.Low, hi: i.Within.High}.nearest(line.Actual)
	}
	return kpi.Undefined(kpi.NotApplicable)
}

// size gives what a change is measured by: the target, the edge of the band
// that is nearer, or the actual where there is neither or it is zero.
func (i *Item) size(line *Line) kpi.Value {
	size := line.Target
	if i.Direction == kpi.InBand {
		size = i.goal(line)
	}
	if !size.Defined() || size.Sign() == 0 {
		size = line.Actual
	}
	return size.Abs()
}

// better moves an actual the better way by a step, in a band not beyond its
// best.
func (i *Item) better(actual, step kpi.Value) kpi.Value {
	switch i.Direction {
	case kpi.HigherIsBetter:
		return actual.Add(step)
	case kpi.LowerIsBetter:
		return actual.Sub(step)
	}
	best := i.reach(i.best(&Line{}), kpi.Value{}).nearest(actual)
	return span{lo: actual.Sub(step), hi: actual.Add(step)}.nearest(best)
}

// best gives the most points that the item can have: in a band and where it
// is met or not, those of an attainment of 100 %.
func (i *Item) best(line *Line) kpi.Value {
	if i.Curve.Over == OverAttainment && (i.Direction == kpi.InBand || i.metOrNot(line.Actual, line.Target)) {
		return i.metPoints(true)
	}
	return i.Curve.most()
}
