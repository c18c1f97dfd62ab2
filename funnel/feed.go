package funnel

import "iter"

// feed takes the events of one deal after another through one function value,
// where a range statement would allocate one for each deal.
type feed struct {
	h    *Histories
	deal uint32
	take func(Event) bool
}

func newFeed(h *Histories) *feed {
	f := &feed{h: h}
	f.take = func(e Event) bool {
		f.h.note(f.deal, &e)
		return true
	}
	return f
}

// from takes the events of a deal; they may themselves add another one.
func (f *feed) from(deal uint32, events iter.Seq[Event]) {
	outer := f.deal
	f.deal = deal
	events(f.take)
	f.deal = outer
}
