package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Card is the score of one owner for one period, with everything it is made
// of: the contributions of its lines add up to Score exactly. It is a record
// that goes through JSON and comes back equal.
type Card struct {
	Scorecard     string          `json:"scorecard"` // the definition's ID
	Owner         string          `json:"owner"`
	Period        calendar.Period `json:"period"`
	Score         kpi.Value       `json:"score"`          // 100 where every target is reached exactly; or the reason why there is none
	Band          string          `json:"band,omitzero"`  // none without a score or without bands
	MissingWeight kpi.Value       `json:"missing_weight"` // share of the weight that has no points of its own
	Lines         []Line          `json:"lines"`          // in the order of the items
	Findings      []check.Finding `json:"findings"`       // in the order of the lines; what is about the whole card last
}

// Line is what one item adds to a card.
//
// Missing says why the item has no points of its own, and a finding of the
// card what became of it. An item that is left out keeps undefined points,
// and has weight and contribution 0. On a card without a score, Weight and
// Contribution are undefined with the reason of the score.
type Line struct {
	Metric       string     `json:"metric"`
	Actual       kpi.Value  `json:"actual"`
	Target       kpi.Value  `json:"target"`
	Attainment   kpi.Value  `json:"attainment"` // 1 is 100 %, without floor and cap
	Points       kpi.Value  `json:"points"`     // by the curve
	Stated       kpi.Value  `json:"stated"`     // weight by the definition, of a total of one
	Weight       kpi.Value  `json:"weight"`     // weight as used, with a share of what was left out
	Contribution kpi.Value  `json:"contribution"`
	Missing      kpi.Reason `json:"missing,omitzero"` // zero where the item has points of its own
}

func (s *Scorecard) card(owner string, period calendar.Period, inputs []input) Card {
	c := Card{
		Scorecard: s.def.ID, Owner: owner, Period: period,
		Lines: make([]Line, len(inputs)), Findings: []check.Finding{},
	}
	for i, in := range inputs {
		c.Lines[i] = newLine(s.def.Items[i], s.weights[i], in)
	}
	counted, none := s.treatMissing(&c)
	s.note(&c)
	if len(c.Lines) == 0 {
		none = kpi.NoData
	}
	if none != 0 {
		c.withhold(kpi.Undefined(none))
		return c
	}
	c.add(counted)
	c.Band = s.bandOf(c.Score)
	return c
}

// newLine computes what an item says by itself; its weight is the stated one
// until the missing are known.
func newLine(item Item, weight kpi.Value, in input) Line {
	line := Line{
		Metric: item.Metric, Actual: in.actual.value, Target: in.target.value,
		Attainment: kpi.Attainment(item.Direction, in.actual.value, in.target.value),
		Stated:     weight, Weight: weight,
	}
	line.Points = item.Curve.Points(line.Attainment)
	if line.metOrNot(item.Direction) {
		met, _ := kpi.Met(item.Direction, line.Actual, line.Target)
		line.Points = item.Curve.met(met)
	}
	line.Missing = line.Points.Reason()
	return line
}

// metOrNot reports whether the item has points without an attainment.
func (l Line) metOrNot(d kpi.Direction) bool {
	return d == kpi.LowerIsBetter && l.Actual.Defined() && l.Target == kpi.Int(0)
}

// treatMissing applies the policy to the lines without points. It gives the
// weight of the lines that count, and the reason why there can be no score,
// zero where there can be one.
func (s *Scorecard) treatMissing(c *Card) (counted kpi.Value, none kpi.Reason) {
	// Adding undefined values keeps the stronger reason, so these two collect
	// reasons: of the items that forbid a score, and of all that are missing.
	forbids, missing := kpi.Int(0), kpi.Int(0)
	counted, c.MissingWeight = kpi.Int(0), kpi.Int(0)
	for i, item := range s.def.Items {
		line := &c.Lines[i]
		if line.Missing != 0 {
			why := kpi.Undefined(line.Missing)
			missing, c.MissingWeight = missing.Add(why), c.MissingWeight.Add(line.Stated)
			switch s.def.Missing.treatment(line.Missing) {
			case LeaveOut:
				line.Weight = kpi.Int(0)
			case CountLeast:
				line.Points = item.Curve.least()
			default:
				forbids = forbids.Add(why)
			}
		}
		counted = counted.Add(line.Weight)
	}
	if s.tooMuchMissing(*c) || counted.Sign() == 0 {
		return counted, missing.Reason()
	}
	return counted, forbids.Reason()
}

func (s *Scorecard) tooMuchMissing(c Card) bool {
	return s.def.Missing.most().Less(c.MissingWeight)
}

// withhold makes a card without a score.
func (c *Card) withhold(none kpi.Value) {
	c.Score = none
	for i := range c.Lines {
		c.Lines[i].Weight, c.Lines[i].Contribution = none, none
	}
}

// add shares the weight of what was left out among the lines that count, in
// proportion to theirs, and adds the contributions up.
func (c *Card) add(counted kpi.Value) {
	c.Score = kpi.Int(0)
	for i := range c.Lines {
		line := &c.Lines[i]
		line.Weight = line.Weight.Div(counted)
		line.Contribution = kpi.Int(0)
		if line.Weight.Sign() > 0 {
			line.Contribution = line.Weight.Mul(line.Points)
		}
		c.Score = c.Score.Add(line.Contribution)
	}
}
