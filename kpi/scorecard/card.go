package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Card is the score of one owner for one period, with everything it is made
// of: the contributions of its lines add up to Score exactly. It is a record
// that goes through JSON and comes back equal.
//
// A failed gate lays a Ceiling over the card, the edge of a band: it stands
// below every card that reaches that edge, and Band is the gate's, while Score
// stays what the numbers give.
type Card struct {
	Scorecard     string             `json:"scorecard"` // the definition's ID
	Owner         string             `json:"owner"`
	Period        calendar.Period    `json:"period"`
	Rule          Rule               `json:"rule,omitzero"`    // of a roll-up: how its numbers came together
	Cards         int                `json:"cards,omitzero"`   // of a roll-up: how many cards are in it
	Score         kpi.Value          `json:"score"`            // 100 where every target is reached exactly; or the reason why there is none
	Band          string             `json:"band,omitzero"`    // none without a score or without bands
	Ceiling       kpi.Value          `json:"ceiling,omitzero"` // of a card that failed a gate
	MissingWeight kpi.Value          `json:"missing_weight"`   // share of the weight that has no points of its own
	Perspectives  []PerspectiveScore `json:"perspectives,omitzero"`
	Lines         []Line             `json:"lines"` // in the order of the items
	Gates         []GateResult       `json:"gates,omitzero"`
	Findings      []check.Finding    `json:"findings"` // in the order of the lines and gates; what is about the whole card last
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
	Target       kpi.Value  `json:"target"`         // not applicable where a band is better
	Base         kpi.Value  `json:"base,omitzero"`  // of a rate: what it is out of
	Bonus        bool       `json:"bonus,omitzero"` // its weight is beyond the one of the others
	Attainment   kpi.Value  `json:"attainment"`     // 1 is 100 %, without floor and cap
	Points       kpi.Value  `json:"points"`         // by the curve
	Stated       kpi.Value  `json:"stated"`         // weight by the definition, of a total of one
	Weight       kpi.Value  `json:"weight"`         // weight as used, with a share of what was left out
	Contribution kpi.Value  `json:"contribution"`
	Missing      kpi.Reason `json:"missing,omitzero"` // zero where the item has points of its own
}

// PerspectiveScore is the subtotal of a perspective's lines. Score is that of
// its items alone, bonus apart, as if they were the whole card; it is no data
// where none of them counts.
type PerspectiveScore struct {
	Perspective  string    `json:"perspective"`
	Weight       kpi.Value `json:"weight"`       // as used
	Contribution kpi.Value `json:"contribution"` // to the score of the card, bonus included
	Score        kpi.Value `json:"score"`
}

// card makes the card of what came in. Where of is given, it is a roll-up of
// those cards, which decide the gates over actuals.
func (s *Scorecard) card(c Card, inputs []input, of []Card) Card {
	c.Scorecard, c.Findings = s.def.ID, []check.Finding{}
	c.Lines = make([]Line, len(s.def.Items))
	for i := range c.Lines {
		s.line(&c.Lines[i], i, inputs)
	}
	counted, none := s.treatMissing(&c)
	s.note(&c)
	none = kpi.Stronger(none, s.judge(&c, inputs, of))
	if len(c.Lines) == 0 {
		none = kpi.NoData
	}
	if none != 0 {
		c.withhold(kpi.Undefined(none))
	} else {
		c.add(counted)
	}
	s.place(&c)
	c.Perspectives = s.subtotals(c.Lines)
	return c
}

// line computes what an item says by itself; its weight is the stated one
// until the missing are known.
func (s *Scorecard) line(line *Line, i int, inputs []input) {
	item, in := &s.def.Items[i], &inputs[i]
	line.Metric, line.Bonus, line.Stated, line.Weight = item.Metric, item.Bonus, s.weights[i], s.weights[i]
	line.Actual, line.Target = in.actual.value, item.target(in.target.value)
	if base := s.bases[i]; base >= 0 {
		line.Base = inputs[base].actual.value
	}
	line.Points, line.Attainment = item.score(line.Actual, line.Target)
	line.Missing = line.Points.Reason()
}

// treatMissing applies the policy to the lines without points. It gives the
// weight of the lines that count, bonus apart, and the reason why there can be
// no score, zero where there can be one.
func (s *Scorecard) treatMissing(c *Card) (counted kpi.Value, none kpi.Reason) {
	var missing kpi.Reason // the strongest of all; none is that of those that forbid a score
	counted, c.MissingWeight = kpi.Int(1), kpi.Int(0)
	for i := range c.Lines {
		line := &c.Lines[i]
		if line.Missing == 0 {
			continue
		}
		treatment := s.def.Missing.treatment(line.Missing)
		if line.Bonus && treatment == MakeUndefined {
			treatment = LeaveOut
		}
		if !line.Bonus {
			missing = kpi.Stronger(missing, line.Missing)
			c.MissingWeight = c.MissingWeight.Add(line.Stated)
		}
		switch treatment {
		case MakeUndefined:
			none = kpi.Stronger(none, line.Missing)
		case CountLeast:
			line.Points = s.def.Items[i].Curve.least()
		case LeaveOut:
			line.Weight = kpi.Int(0)
			if !line.Bonus {
				counted = counted.Sub(line.Stated)
			}
		}
	}
	if s.tooMuchMissing(c) || counted.Sign() == 0 {
		none = missing
	}
	return counted, none
}

func (s *Scorecard) tooMuchMissing(c *Card) bool {
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
// proportion to theirs, and adds the contributions up. A bonus is beyond that.
func (c *Card) add(counted kpi.Value) {
	c.Score = kpi.Int(0)
	for i := range c.Lines {
		line := &c.Lines[i]
		line.Contribution = kpi.Int(0)
		if line.Weight.Sign() == 0 {
			continue
		}
		if !line.Bonus && counted != kpi.Int(1) {
			line.Weight = line.Weight.Div(counted)
		}
		line.Contribution = line.Weight.Mul(line.Points)
		c.Score = c.Score.Add(line.Contribution)
	}
}

// judge applies the gates and gives the reason why one of them forbids a
// score, zero where none does.
func (s *Scorecard) judge(c *Card, inputs []input, of []Card) (none kpi.Reason) {
	for n := range s.def.Gates {
		gate := &s.def.Gates[n]
		var r GateResult
		switch slot := s.gates[n]; {
		case gate.Over == OverAttainment:
			r = gate.test(c.Lines[slot].Attainment)
		case of != nil:
			r = gate.any(n, of)
		default:
			r = gate.test(inputs[slot].actual.value)
		}
		if r.Outcome == kpi.Undecided {
			switch s.def.Missing.treatment(r.Value.Reason()) {
			case MakeUndefined:
				none = kpi.Stronger(none, r.Value.Reason())
			case CountLeast:
				r.Outcome = kpi.TargetMissed
			}
		}
		c.Gates = append(c.Gates, r)
		s.noteGate(c, r)
		if r.Outcome == kpi.TargetMissed {
			c.lower(s.bands[position(s.bands, gate.Band)-1].From)
		}
	}
	return none
}

func (c *Card) lower(ceiling kpi.Value) {
	if !c.Ceiling.Defined() || ceiling.Less(c.Ceiling) {
		c.Ceiling = ceiling
	}
}

// place puts the score into its band, under the ceiling.
func (s *Scorecard) place(c *Card) {
	at := s.bandOf(c.Score)
	if at < 0 {
		return
	}
	for c.Ceiling.Defined() && s.bands[at].From.Defined() && !s.bands[at].From.Less(c.Ceiling) {
		at++
	}
	c.Band = s.bands[at].Name
}

func (s *Scorecard) subtotals(lines []Line) []PerspectiveScore {
	var all []PerspectiveScore
	for _, p := range s.def.Perspectives {
		sum := PerspectiveScore{Perspective: p.ID, Weight: kpi.Int(0), Contribution: kpi.Int(0)}
		own := kpi.Int(0)
		for i, line := range lines {
			if s.def.Items[i].Perspective != p.ID {
				continue
			}
			sum.Contribution = sum.Contribution.Add(line.Contribution)
			if !line.Bonus {
				sum.Weight, own = sum.Weight.Add(line.Weight), own.Add(line.Contribution)
			}
		}
		sum.Score = own.Div(sum.Weight)
		if sum.Weight == kpi.Int(0) {
			sum.Score = kpi.Value{}
		}
		all = append(all, sum)
	}
	return all
}
