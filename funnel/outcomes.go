package funnel

import "github.com/saleskpi/saleskpi/kpi"

// closedTally fills one Closed.
type closedTally struct {
	closed  Closed
	amounts []kpi.Value
	cycles  []int
	missing int64
}

func (t *closedTally) add(l *life, amount, listPrice kpi.Value) {
	t.closed.Deals++
	count(&t.closed.Amount, amount)
	count(&t.closed.ListPrice, listPrice)
	if amount.Defined() {
		t.amounts = append(t.amounts, amount)
	}
	if l.cycle < 0 {
		t.missing++
	} else {
		t.cycles = append(t.cycles, l.cycle)
	}
}

func (t *closedTally) done() Closed {
	if n := len(t.amounts); n > 0 {
		t.closed.Average = t.closed.Amount.Sum.Div(kpi.Int(int64(n)))
	}
	t.closed.Median = median(t.amounts)
	sortDays(t.cycles)
	t.closed.Cycle = describe(t.cycles, t.missing)
	return t.closed
}

// outcomes describes the deals that closed in the window.
func (a *Analysis) outcomes(r *Report) {
	var ends [Disqualified + 1]closedTally
	var all closedTally
	var amount, list kpi.Value
	for _, l := range a.lives {
		if l.outcome == Open || !a.inside(l) {
			continue
		}
		paid, asked := a.value(l.amount), a.value(l.listPrice)
		ends[l.outcome].add(l, paid, asked)
		all.add(l, paid, asked)
		if l.outcome == Won && paid.Defined() && asked.Defined() {
			amount, list = amount.Or(kpi.Int(0)).Add(paid), list.Or(kpi.Int(0)).Add(asked)
		}
	}
	r.Won, r.Lost, r.Disqualified = ends[Won].done(), ends[Lost].done(), ends[Disqualified].done()
	sortDays(all.cycles)
	r.CycleClosed = describe(all.cycles, all.missing)
	r.WinRate = kpi.RatioOf(r.Won.Deals, r.Won.Deals+r.Lost.Deals)
	r.WinRateByValue, _ = a.byValue()
	r.RealisedPrice = kpi.NewRatio(amount, list)
}

// byValue gives the win rate by value:
//
//	value of won / (value of won + value of lost)
//
// It is undefined where fewer than 95 % of the lost deals have a value other
// than 0, since systems that clear the amount of a lost deal would show 100 %,
// and where a value is below zero, since 700/(700 − 500) is no share.
func (a *Analysis) byValue() (rate kpi.Ratio, negative int64) {
	var won, lost kpi.Partial
	valued := int64(0)
	for _, l := range a.lives {
		if l.outcome != Won && l.outcome != Lost || !a.inside(l) {
			continue
		}
		worth := a.worth(l)
		if worth.Sign() < 0 {
			negative++
		}
		if l.outcome == Won {
			count(&won, worth)
			continue
		}
		count(&lost, worth)
		if worth.Sign() != 0 {
			valued++
		}
	}
	return valueShare(won, lost, valued, negative), negative
}

func valueShare(won, lost kpi.Partial, lostValued, negative int64) kpi.Ratio {
	switch {
	case negative > 0:
		return kpi.NewRatio(won.Sum, kpi.Undefined(kpi.NotApplicable))
	case won.N == 0 && won.Of > 0, lostValued*100 < int64(lost.Of)*95:
		return kpi.NewRatio(won.Sum, kpi.Undefined(kpi.NoAmount))
	case won.Of == 0 && lost.Of == 0:
		return kpi.RatioOf(0, 0)
	}
	wonSum := won.Sum.Or(kpi.Int(0))
	return kpi.NewRatio(wonSum, wonSum.Add(lost.Sum.Or(kpi.Int(0))))
}
