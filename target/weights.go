package target

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Weights say how much each key counts beside the others: owners by ID, or
// periods by the label that [calendar.Calendar.Label] gives. Potential, such
// as accounts or market, and weights by hand are literals; [OwnersOf] takes
// Weights of owners, and Phasing makes those of periods one.
type Weights map[string]kpi.Value

// EvenWeights gives every key the same.
func EvenWeights(keys ...string) Weights {
	w := Weights{}
	for _, key := range keys {
		w[key] = kpi.Int(1)
	}
	return w
}

// DayWeights gives every period its days.
func DayWeights(cal calendar.Calendar, periods []calendar.Period) Weights {
	w := Weights{}
	for _, p := range periods {
		w[cal.Label(p)] = kpi.Int(int64(p.Days()))
	}
	return w
}

// WorkDayWeights gives every period its working days. A period that the work
// calendar does not cover is an error (check.ErrRange).
func WorkDayWeights(cal calendar.Calendar, work calendar.WorkCalendar, periods []calendar.Period) (Weights, error) {
	problems := check.List{Op: "target.WorkDayWeights"}
	w := Weights{}
	for i, p := range periods {
		n, err := work.Count(p)
		problems.Nest(check.At("periods", i), err)
		w[cal.Label(p)] = kpi.Int(n)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return w, nil
}

// Validate reports weights that are missing, undefined or below zero, in the
// order of their keys, and weights that are all zero.
func (w Weights) Validate() error {
	problems := check.List{Op: "target.Weights"}
	w.check(&problems, "")
	return problems.Err()
}

func (w Weights) check(problems *check.List, at string) {
	receives := false
	for _, key := range w.keys() {
		checkWeight(problems, at+key, w[key])
		receives = receives || w[key].Sign() != 0 || !w[key].Defined()
	}
	if !receives {
		problems.Add(check.ErrInfeasible, at, "all_weights_zero", nil)
	}
}

func (w Weights) keys() []string { return slices.Sorted(maps.Keys(w)) }

func (w Weights) total() kpi.Value { return kpi.Sum(maps.Values(w)) }

// Shares gives the same weights brought to a sum of one; those that have no
// sum above zero are undefined.
func (w Weights) Shares() Weights {
	total, shares := w.total(), Weights{}
	for key, v := range w {
		shares[key] = kpi.PartOf(v, total)
	}
	return shares
}

// Phasing gives the weights of periods in their order. A period without a
// weight is an error (check.ErrMissing), as are the problems of
// [Phasing.Validate].
func (w Weights) Phasing(cal calendar.Calendar, periods []calendar.Period) (Phasing, error) {
	p := Phasing{By: ByWeights}
	for _, period := range periods {
		p.Weights = append(p.Weights, w[cal.Label(period)])
	}
	return p, p.Validate()
}

// Part is one of the weights of a [Blend]: half of it history, half
// potential. What is counted does not matter, for each part is brought to a
// sum of one first.
type Part struct {
	Weights Weights   `json:"weights"`
	Share   kpi.Value `json:"share"` // how much the part counts
}

// Blend adds weights up:
//
//	weight of a key = Σ share × weight of the key ÷ sum of the part's weights
//
// Every part must have the same keys (check.ErrMissing names those that one
// lacks); shares and weights must not be below zero nor all be zero.
func Blend(parts ...Part) (Weights, error) {
	problems := check.List{Op: "target.Blend"}
	shares, all := make([]kpi.Value, len(parts)), make([]Weights, len(parts))
	for i, part := range parts {
		shares[i], all[i] = part.Share, part.Weights
	}
	for i, share := range shares {
		checkWeight(&problems, check.At("parts", i, "share"), share)
	}
	keys := sameKeys(&problems, "parts", all)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	blended := Weights{}
	for i, w := range all {
		part := w.Shares()
		for _, key := range keys {
			blended[key] = blended[key].Or(kpi.Int(0)).Add(shares[i].Mul(part[key]))
		}
	}
	return blended, blended.Validate()
}

// Product multiplies weights key by key, such as accounts times potential of
// an account. Every factor must have the same keys.
func Product(factors ...Weights) (Weights, error) {
	problems := check.List{Op: "target.Product"}
	keys := sameKeys(&problems, "factors", factors)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	product := EvenWeights(keys...)
	for _, w := range factors {
		for _, key := range keys {
			product[key] = product[key].Mul(w[key])
		}
	}
	return product, product.Validate()
}

// sameKeys gives the keys of all weights and reports where one lacks some.
func sameKeys(problems *check.List, name string, all []Weights) []string {
	union := Weights{}
	for i, w := range all {
		w.check(problems, check.At(name, i)+".")
		maps.Copy(union, w)
	}
	keys := union.keys()
	for i, w := range all {
		for _, key := range keys {
			if _, known := w[key]; !known {
				problems.Add(check.ErrMissing, check.At(name, i)+"."+key, "missing_weight", nil)
			}
		}
	}
	return keys
}
