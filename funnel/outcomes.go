package funnel

import "github.com/saleskpi/saleskpi/kpi"

// closedTally fills one Closed.
type closedTally struct {
	closed  Closed
	amounts []kpi.Value
	cycles  []int
	missing int64
}

func (t *closedTally) add(l *life) {
	t.closed.Deals++
	count(&t.closed.Amount, l.Amount)
	count(&t.closed.ListPrice, l.ListPrice)
	if l.Amount.Defined() {
		t.amounts = append(t.amounts, l.Amount)
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
	t.closed.Cycle = describe(t.cycles, t.missing)
	return t.closed
}

// outcomes describes the deals that closed in the window.
func (a *analysis) outcomes(r *Report, lives []*life) {
	var ends [Disqualified + 1]closedTally
	var all closedTally
	var amount, list kpi.Value
	for _, l := range lives {
		if l.Outcome == Open || !a.inside(l) {
			continue
		}
		ends[l.Outcome].add(l)
		all.add(l)
		if l.Outcome == Won && l.Amount.Defined() && l.ListPrice.Defined() {
			amount = amount.Or(kpi.Int(0)).Add(l.Amount)
			list = list.Or(kpi.Int(0)).Add(l.ListPrice)
		}
	}
	r.Won, r.Lost, r.Disqualified = ends[Won].done(), ends[Lost].done(), ends[Disqualified].done()
	r.CycleClosed = describe(all.cycles, all.missing)
	r.WinRate = kpi.RatioOf(r.Won.Deals, r.Won.Deals+r.Lost.Deals)
	r.WinRateByValue = a.byValue(lives)
	r.RealisedPrice = kpi.NewRatio(amount, list)
}

// byValue gives the win rate by value:
//
//	value of won / (value of won + value of lost)
//
// It is undefined where fewer than 95 % of the lost deals have a value other
// than 0: systems that clear the amount of a lost deal would show 100 %.
func (a *analysis) byValue(lives []*life) kpi.Ratio {
	var won, lost kpi.Partial
	valued := int64(0)
	for _, l := range lives {
		switch {
		case l.Outcome == Open || !a.inside(l):
		case l.Outcome == Won:
			count(&won, a.worth(l))
		case l.Outcome == Lost:
			count(&lost, a.worth(l))
			if a.worth(l).Sign() != 0 {
				valued++
			}
		}
	}
	switch {
	case won.N == 0 && won.Of > 0, valued*100 < int64(lost.Of)*95:
		return kpi.NewRatio(won.Sum, kpi.Undefined(kpi.NoAmount))
	case won.Of == 0 && lost.Of == 0:
		return kpi.RatioOf(0, 0)
	}
	wonSum := won.Sum.Or(kpi.Int(0))
	return kpi.NewRatio(wonSum, wonSum.Add(lost.Sum.Or(kpi.Int(0))))
}
