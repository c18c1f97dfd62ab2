package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// mean takes the weighted mean of the scores, and of all that they are made
// of, so that contributions still add up.
func (s *Scorecard) mean(whole Card, cards []Card, by RollUp) Card {
	shares, none, left := by.shares(cards)
	whole.Scorecard, whole.Findings = s.def.ID, []check.Finding{}
	whole.Lines = make([]Line, len(s.def.Items))
	whole.MissingWeight = kpi.Int(0)
	for i := range whole.Lines {
		s.meanLine(&whole.Lines[i], i, cards, shares)
	}
	whole.Score = kpi.Int(0)
	for _, line := range whole.Lines {
		whole.Score = whole.Score.Add(line.Contribution)
	}
	for n, share := range shares {
		if share.Sign() > 0 {
			whole.MissingWeight = whole.MissingWeight.Add(share.Mul(cards[n].MissingWeight))
		}
	}
	if none != 0 {
		whole.MissingWeight = kpi.Undefined(none)
		whole.withhold(kpi.Undefined(none))
	}
	if left > 0 && by.Partial {
		whole.find(codePartial, check.Warning, whole.Owner, "left", left, "of", len(cards))
	}
	s.place(&whole)
	whole.Perspectives = s.subtotals(whole.Lines)
	return whole
}

// shares gives what each card counts, adding up to one; and why there is no
// mean, zero where there is one.
func (by RollUp) shares(cards []Card) (shares []kpi.Value, none kpi.Reason, left int) {
	shares, sum := make([]kpi.Value, len(cards)), kpi.Int(0)
	for n, c := range cards {
		shares[n] = kpi.Int(1)
		if by.Rule == WeightedMean {
			shares[n] = by.Weights[c.Owner]
		}
		if why := c.Score.Reason(); why != 0 && shares[n].Sign() > 0 {
			shares[n] = kpi.Int(0)
			if left++; !by.Partial {
				none = kpi.Stronger(none, why)
			}
		}
		sum = sum.Add(shares[n])
	}
	if sum == kpi.Int(0) {
		if none == 0 {
			none = kpi.NoData
		}
		return shares, none, left
	}
	for n := range shares {
		shares[n] = shares[n].Div(sum)
	}
	return shares, none, left
}

func (s *Scorecard) meanLine(line *Line, i int, cards []Card, shares []kpi.Value) {
	foreign := kpi.Undefined(kpi.NotApplicable) // a mean of scores has no actual of its own
	*line = Line{Metric: s.def.Items[i].Metric, Bonus: s.def.Items[i].Bonus, Stated: s.weights[i],
		Actual: foreign, Target: foreign, Attainment: foreign, Weight: kpi.Int(0), Contribution: kpi.Int(0)}
	var missing kpi.Reason
	for n, share := range shares {
		if share.Sign() == 0 {
			continue
		}
		of := &cards[n].Lines[i]
		missing = kpi.Stronger(missing, of.Missing)
		line.Weight = line.Weight.Add(share.Mul(of.Weight))
		line.Contribution = line.Contribution.Add(share.Mul(of.Contribution))
	}
	line.Points = line.Contribution.Div(line.Weight)
	if line.Weight.Sign() == 0 {
		line.Points, line.Missing = kpi.Undefined(missing), missing
	}
}
