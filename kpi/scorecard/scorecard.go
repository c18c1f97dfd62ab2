package scorecard

import "github.com/saleskpi/saleskpi/kpi"

// Scorecard is a checked [Definition], ready to score. It is immutable and
// safe for concurrent use. The zero Scorecard has no items, so its scores are no
// data; a nil one is not usable.
type Scorecard struct {
	def     Definition
	weights []kpi.Value // of the items in order; those that are no bonus add up to one
	bands   []Band      // the highest first

	// Figures come in by metric: first those of the items in order, then
	// those that only a gate or a base asks for.
	slots map[string]int
	bases []int // of the items: the slot of the base, −1 for none
	gates []int // of the gates: the slot of the metric
}

// New checks a definition and gives its scorecard. The errors are those of
// [Definition.Validate].
func New(def Definition) (*Scorecard, error) {
	if err := def.Validate(); err != nil {
		return nil, err
	}
	s := &Scorecard{def: def.clone(), weights: def.weights(), bands: descending(def.Bands), slots: map[string]int{}}
	for i, item := range s.def.Items {
		s.slots[item.Metric] = i
	}
	for _, item := range s.def.Items {
		base := -1
		if item.Base != "" {
			base = s.slot(item.Base)
		}
		s.bases = append(s.bases, base)
	}
	for _, g := range s.def.Gates {
		s.gates = append(s.gates, s.slot(g.Metric))
	}
	return s, nil
}

// slot gives the place of a metric, a new one where it has none.
func (s *Scorecard) slot(metric string) int {
	at, known := s.slots[metric]
	if !known {
		at = len(s.slots)
		s.slots[metric] = at
	}
	return at
}

// Definition gives a copy of the definition.
func (s *Scorecard) Definition() Definition { return s.def.clone() }
