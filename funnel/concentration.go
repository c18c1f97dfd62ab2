package funnel

import "github.com/saleskpi/saleskpi/kpi/check"

// Concentration is how much of a value hangs on few deals, or on few people,
// by the question's ValueBy.
type Concentration struct {
	Basis
	Top  int          `json:"top"`  // how many names the top is
	Open Concentrated `json:"open"` // what is open on the as-of instant
	Live Concentrated `json:"live"` // of that what is not stale, see [Stale]
	Won  Concentrated `json:"won"`  // in the observation window

	Findings []check.Finding `json:"findings"`
}

// Concentrated is the concentration of one value. A deal without an owner is
// in no spread by owner, and in Unowned.
type Concentrated struct {
	ByDeal  Spread `json:"by_deal"`
	ByOwner Spread `json:"by_owner"`
	Unowned Stock  `json:"unowned"`
}

// Concentration gives how open and won value spread over deals and over
// owners, with the top names; a closed deal belongs to the owner on its
// closing. A top below 1 is check.ErrRange.
func (a *Analysis) Concentration(top int) (Concentration, error) {
	if top < 1 {
		return Concentration{}, check.New("funnel.Concentration", check.ErrRange, "top", "below_one", top)
	}
	c := Concentration{Basis: a.basis(), Top: top}
	c.Open = a.concentrated(top, func(l *life) bool { return l.outcome == Open })
	c.Live = a.concentrated(top, func(l *life) bool { return l.outcome == Open && !a.stale(l) })
	c.Won = a.concentrated(top, func(l *life) bool { return l.outcome == Won && a.inside(l) })
	found := notes{}
	open, won := c.Open.ByDeal, c.Won.ByDeal
	found.some(open.Negative+won.Negative, "negative_value", check.Warning)
	found.some(int64(open.Value.Of-open.Value.N), "open_without_value", check.Info, "open", open.Value.Of, "by", a.q.ValueBy)
	found.some(int64(won.Value.Of-won.Value.N), "won_without_value", check.Info)
	c.Findings = found
	return c, nil
}

func (a *Analysis) concentrated(top int, counts func(*life) bool) Concentrated {
	deals, owners := newSpreading(), newSpreading()
	var unowned Stock
	for _, l := range a.lives {
		if !counts(l) {
			continue
		}
		worth := a.worth(l)
		deals.add(a.ids[l.deal], worth)
		if l.owner == none {
			unowned.add(worth)
		} else {
			owners.add(a.word(l.owner), worth)
		}
	}
	return Concentrated{deals.done(top), owners.done(top), unowned}
}
