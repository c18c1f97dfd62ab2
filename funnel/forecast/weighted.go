package forecast

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
)

// Weighted is the weighted pipeline: the sum over all open deals, whenever
// they are expected to close, of value × probability, each deal's own or that
// of its stage. The part of deals that are older than any deal ever was when
// it closed stands apart: nothing of the kind has ever come in.
//
//	All = Believable + Older
type Weighted struct {
	All        funnel.Holding `json:"all"`
	Believable funnel.Holding `json:"believable"` // of an age at which deals have closed, or of unknown age
	Older      funnel.Holding `json:"older"`

	OldestClosed kpi.Value `json:"oldest_closed"` // the greatest age, in days, at which any deal closed
	Share        kpi.Ratio `json:"share"`         // of Older in All, weighted
}

// Weighted gives the weighted pipeline.
func (f *Forecast) Weighted() Weighted {
	var believable, older, all holding
	for _, d := range f.look.deals {
		if d.Outcome != funnel.Open {
			continue
		}
		worth := f.look.worth(d)
		all.add(worth, d.Probability)
		if f.look.older(d) {
			older.add(worth, d.Probability)
		} else {
			believable.add(worth, d.Probability)
		}
	}
	return Weighted{All: all.done(), Believable: believable.done(), Older: older.done(), OldestClosed: f.look.oldestClosed,
		Share: kpi.NewRatio(older.weighted.sum(), all.weighted.sum())}
}

// holding fills a funnel.Holding.
type holding struct{ value, weighted tally }

func (h *holding) add(worth, probability kpi.Value) {
	h.value.add(worth)
	h.weighted.add(worth.Mul(probability))
}

func (h holding) done() funnel.Holding {
	return funnel.Holding{Deals: h.value.deals, Value: h.value.value, Weighted: h.weighted.value}
}
