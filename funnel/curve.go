package funnel

import (
	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
)

// Curve is the share of deals that have come to where they should, by the
// number of days since they entered: a win rate is a curve and not a number.
type Curve struct {
	From   string       `json:"from,omitzero"`
	To     string       `json:"to,omitzero"`
	N      int64        `json:"n"`      // deals that it is estimated from
	Points []CurvePoint `json:"points"` // where the curve moves
}

// CurvePoint is the shares from one age on, to the next point. Won, Lost and
// Open add up to 1.
type CurvePoint struct {
	Age    int64        `json:"age"` // days
	AtRisk int64        `json:"at_risk"`
	Won    kpi.Estimate `json:"won"` // came to where they should
	Low    kpi.Estimate `json:"low"`
	High   kpi.Estimate `json:"high"`
	Lost   kpi.Estimate `json:"lost"` // ended otherwise
	Open   kpi.Estimate `json:"open"`
}

// Curve gives the Adjusted and Lost of [Conversion] at every age at which
// they move. The rule's Within does not matter, and errors are those of
// Conversion.
func (a *Analysis) Curve(rule ConversionRule) (Curve, error) {
	from, to, err := rule.validate(a, "funnel.Curve")
	if err != nil {
		return Curve{}, err
	}
	table := tableOf(a.ways(from, to, rule.Entered))
	won, lost := stat.AalenJohansen(table, stat.Won), stat.AalenJohansen(table, stat.Lost)
	c := Curve{From: rule.From, To: rule.To, N: table.Records(), Points: []CurvePoint{}}
	for _, step := range won.Steps {
		p := CurvePoint{Age: step.Age, AtRisk: step.AtRisk, Won: kpi.NewEstimate(step.Share)}
		p.Low, p.High = drawn(step, c.N, rule.Confidence)
		other, _ := lost.At(step.Age)
		p.Lost, p.Open = kpi.NewEstimate(other.Share), kpi.NewEstimate(max(1-step.Share-other.Share, 0))
		c.Points = append(c.Points, p)
	}
	return c, nil
}
