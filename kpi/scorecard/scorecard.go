package scorecard

import "github.com/saleskpi/saleskpi/kpi"

// Scorecard is a checked [Definition], ready to score. It is immutable and
// safe for concurrent use. The zero Scorecard has no items, so its scores are no
// data; a nil one is not usable.
type Scorecard struct {
	def     Definition
	weights []kpi.Value    // of the items in order, adding up to one
	bands   []Band         // the highest first
	index   map[string]int // of the items, by metric
}

// New checks a definition and gives its scorecard. The errors are those of
// [Definition.Validate].
func New(def Definition) (*Scorecard, error) {
	if err := def.Validate(); err != nil {
		return nil, err
	}
	s := &Scorecard{def: def.clone(), bands: descending(def.Bands), index: map[string]int{}}
	sum := def.weightSum()
	for i, item := range def.Items {
		s.weights = append(s.weights, item.Weight.Div(sum))
		s.index[item.Metric] = i
	}
	return s, nil
}

// Definition gives a copy of the definition.
func (s *Scorecard) Definition() Definition { return s.def.clone() }
