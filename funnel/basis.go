package funnel

import "time"

// Basis is what a figure was asked of: the parts of the [Question] that give
// it its meaning.
type Basis struct {
	Pipeline string    `json:"pipeline"`
	AsOf     time.Time `json:"as_of"` // in UTC, to the microsecond
	Start    string    `json:"start,omitzero"`
	ValueBy  ValueBy   `json:"value_by"`
	Policy   Policy    `json:"policy"`
}

func (a *Analysis) basis() Basis {
	return Basis{a.route.pipeline.ID, time.UnixMicro(a.asOf).UTC(), a.q.Start, a.q.ValueBy, a.q.Policy}
}
