package forecast

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
)

// OwnerLanding is where one owner's deals end, and how the method did with
// them before. The chances are everybody's; new deals are the owner's own.
type OwnerLanding struct {
	Owner string `json:"owner"` // empty: deals of no owner

	Won       Part `json:"won"`
	Due       Part `json:"due"`
	Elsewhere Part `json:"elsewhere"`
	New       Part `json:"new"`
	Total     Part `json:"total"`

	Periods  int       `json:"periods"`  // earlier ones that were compared
	Bias     kpi.Ratio `json:"bias"`     // Σ (landing − actual) of Σ actual: above zero is too much
	Absolute kpi.Ratio `json:"absolute"` // Σ |landing − actual| of Σ actual
	Accuracy kpi.Value `json:"accuracy"`
}

// Owners gives the landing of each owner's deals by a method, with its bias
// on the same day of earlier periods, in the order of the owners' bytes. The
// values add up to those of [Forecast.LandingBy], one without any known amount
// adding nothing, but for Due where a call about all deals is in force.
func (f *Forecast) Owners(m Method) []OwnerLanding {
	if m >= methods {
		m = StageAge
	}
	rates := learn(f.look, f.past, f.agesTo)
	past := make([]*experience, len(f.past))
	for i, l := range f.past {
		past[i] = learn(l, f.past[i+1:], f.agesTo)
	}
	all := []OwnerLanding{}
	for _, owner := range f.owners() {
		all = append(all, f.owner(owner, m, rates, past))
	}
	return all
}

// owners names everybody with a deal now or in an earlier period.
func (f *Forecast) owners() []string {
	names := map[string]bool{}
	for _, l := range append([]*look{f.look}, f.past...) {
		for _, d := range slices.Concat(l.deals, l.after) {
			names[d.Owner] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func (f *Forecast) owner(owner string, m Method, rates *experience, past []*experience) OwnerLanding {
	own := func(d funnel.Deal) bool { return d.Owner == owner }
	at := *f
	at.look, at.past = f.look.of(own), make([]*look, len(f.past))
	for i, l := range f.past {
		at.past[i] = l.of(own)
	}
	p := at.projectOwner(owner, at.look, at.past, m, rates)
	o := OwnerLanding{Owner: owner, Won: p.Won, Due: p.Due, Elsewhere: p.Elsewhere, New: p.New, Total: p.total()}
	var sums recorder
	for i, l := range at.past {
		earlier := at.projectOwner(owner, l, at.past[i+1:], m, past[i])
		sums.add(earlier.total().Value, l.actual().sum())
	}
	o.Periods, o.Bias, o.Absolute = sums.periods, sums.ratio(sums.bias), sums.ratio(sums.absolute)
	o.Accuracy = kpi.Int(1).Sub(o.Absolute.Value())
	return o
}

func (f *Forecast) projectOwner(owner string, l *look, past []*look, m Method, rates *experience) *projection {
	p := f.project(l, m, rates, learn(l, past, f.agesTo))
	if m == Categories {
		p.callOf(f.aim.Calls, l, owner)
	}
	return p
}
