package funnel

import "github.com/saleskpi/saleskpi/kpi"

// Revaluation is what the value of deals did while they stayed where they
// were. Times are the instants of a change.
type Revaluation struct {
	Raised    Tally `json:"raised"`    // by how much
	Lowered   Tally `json:"lowered"`   // by how much, as an amount above zero
	Stated    Tally `json:"stated"`    // there was no value, and now there is
	Withdrawn Tally `json:"withdrawn"` // the value that was taken back
}

// Net gives Raised + Stated − Lowered − Withdrawn, 0 where nothing changed.
func (r Revaluation) Net() kpi.Value {
	return sumOf(r.Raised.Value).Add(sumOf(r.Stated.Value)).Sub(sumOf(r.Lowered.Value)).Sub(sumOf(r.Withdrawn.Value))
}

// sumOf gives the sum of a partial, 0 where there is nothing to add.
func sumOf(p kpi.Partial) kpi.Value { return p.Sum.Or(kpi.Int(0)) }

// add counts a change of value, where it is one.
func (r *Revaluation) add(o *once, life int32, was, is kpi.Value) {
	switch {
	case !was.Defined() && !is.Defined():
	case !was.Defined():
		o.add(&r.Stated, life, is)
	case !is.Defined():
		o.add(&r.Withdrawn, life, was)
	case was.Less(is):
		o.add(&r.Raised, life, is.Sub(was))
	case is.Less(was):
		o.add(&r.Lowered, life, was.Sub(is))
	}
}
