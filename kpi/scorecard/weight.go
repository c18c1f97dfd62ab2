package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// weights gives the weights of the items in the card: of those that are no
// bonus they add up to one.
func (d *Definition) weights() []kpi.Value {
	all, total := make([]kpi.Value, len(d.Items)), d.total()
	for i, item := range d.Items {
		all[i] = item.Weight.Div(total)
		if d.weighted() && !item.Bonus {
			all[i] = item.Weight.Div(d.sumOf(item.Perspective)).Mul(d.share(item.Perspective))
		}
	}
	return all
}

// total gives what the weights of the card are out of.
func (d *Definition) total() kpi.Value {
	sum := kpi.Int(0)
	if !d.weighted() {
		return d.sumOf("")
	}
	for _, p := range d.Perspectives {
		sum = sum.Add(p.Weight)
	}
	return sum
}

// sumOf gives the weights of a perspective's items, bonus apart; of all items
// where the perspectives have no weights.
func (d *Definition) sumOf(perspective string) kpi.Value {
	sum := kpi.Int(0)
	for _, item := range d.Items {
		if !item.Bonus && (!d.weighted() || item.Perspective == perspective) {
			sum = sum.Add(item.Weight)
		}
	}
	return sum
}

func (d *Definition) share(perspective string) kpi.Value {
	for _, p := range d.Perspectives {
		if p.ID == perspective {
			return p.Weight.Div(d.total())
		}
	}
	return kpi.Int(0)
}

// validateWeights checks a sum only where every weight in it is a number, so
// that one mistake is reported once.
func (d *Definition) validateWeights(problems *check.List) {
	if len(d.Items) == 0 || d.Normalise {
		return
	}
	if !d.weighted() {
		d.validateSum(problems, "", "items")
		return
	}
	for i, p := range d.Perspectives {
		d.validateSum(problems, p.ID, check.At("perspectives", i, "items"))
	}
}

func (d *Definition) validateSum(problems *check.List, perspective, path string) {
	sum := d.sumOf(perspective)
	if sum.Defined() && sum != kpi.Int(1) && sum.Sign() != 0 { // no items at all is reported as such
		problems.Add(check.ErrInvalid, path, "weights_not_one", sum.Exact())
	}
}
