package forecast

import (
	"slices"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// experience is what earlier periods teach about the rest of a period, each
// seen on the same day and judged by the age at which a deal is stale as that
// was known on the day of the forecast.
type experience struct {
	periods int64
	agesTo  []int

	due, fromDue             tally // what was open and expected, and won of it
	elsewhere, fromElsewhere tally // what existed besides
	fromNew                  tally // won of what was created later
	newWins                  []kpi.Value

	cells  map[cell]odds
	prior  odds
	weight kpi.Value // m of the shrinkage; undefined: every cell is as the whole
}

// cell is where a deal stands: its stage, and its age as the index of a bucket, −1
// where that is not known.
type cell struct {
	stage string
	age   int
}

// odds is how many deals stood somewhere and how many were won.
type odds struct{ n, won int64 }

// before gives the looks of a list, the latest first, that were over on a
// day: what could be known on it.
func before(past []*look, day calendar.Day) []*look {
	var known []*look
	for _, p := range past {
		if p.over && p.period.Last() <= day {
			known = append(known, p)
		}
	}
	return known
}

// learn puts earlier periods together for a forecast of the deals at.
func learn(at *look, past []*look, agesTo []int) *experience {
	e := &experience{agesTo: agesTo, cells: map[cell]odds{}}
	for _, p := range before(past, at.day) {
		e.periods++
		e.look(p, at.staleAge)
	}
	e.prior = odds{e.due.deals, e.fromDue.deals}
	e.weight = shrinkage(e.cells, e.prior)
	return e
}

func (e *experience) look(p *look, staleAge kpi.Value) {
	due := map[key]bool{}
	for _, d := range p.deals {
		if d.Outcome != funnel.Open {
			continue
		}
		k := keyOf(d)
		worth, won := p.wins[k]
		if !p.due(d, staleAge) {
			e.elsewhere.add(p.worth(d))
			continue
		}
		due[k] = true
		e.due.add(p.worth(d))
		c := e.cells[e.cell(d)]
		c.n++
		if won {
			c.won++
			e.fromDue.add(worth)
		}
		e.cells[e.cell(d)] = c
	}
	for _, d := range p.after {
		worth, won := p.wins[keyOf(d)]
		switch {
		case !won || due[keyOf(d)]:
		case p.existed[keyOf(d)]:
			e.fromElsewhere.add(worth)
		default:
			e.fromNew.add(worth)
			e.newWins = append(e.newWins, worth)
		}
	}
}

func (e *experience) cell(d funnel.Deal) cell {
	c := cell{stage: d.Stage, age: -1}
	if d.Age >= 0 {
		c.age, _ = slices.BinarySearch(e.agesTo, d.Age)
	}
	return c
}

// millionths rounds a learned share to six decimals, half to even, so that
// sums of many stay short and exact.
func millionths(v kpi.Value) kpi.Value {
	n, ok := v.Minor(6, kpi.HalfEven)
	if !ok {
		return v
	}
	return kpi.Minor(n, 6)
}

// share gives won of n, undefined (TooFew) where there is nothing to learn
// from.
func (o odds) share() kpi.Value {
	if o.n == 0 {
		return kpi.Undefined(kpi.TooFew)
	}
	return kpi.Frac(o.won, o.n)
}

// yield gives the share that was won of what was open, by value.
func yield(won, open tally) kpi.Value {
	switch {
	case open.deals == 0:
		return kpi.Undefined(kpi.TooFew)
	case open.sum().Sign() == 0 && open.sum().Defined():
		return kpi.Undefined(kpi.NoAmount)
	}
	return won.sum().Div(open.sum())
}

// stageAge gives the chance of a deal by its cell:
//
//	(won + m·P) / (n + m)
func (e *experience) stageAge(d funnel.Deal) kpi.Value {
	p := e.prior.share()
	if !e.weight.Defined() || !p.Defined() {
		return millionths(p)
	}
	c := e.cells[e.cell(d)]
	return millionths(kpi.Int(c.won).Add(e.weight.Mul(p)).Div(kpi.Int(c.n).Add(e.weight)))
}

// shrinkage gives the weight m, in deals, with which a cell is drawn toward
// the whole. The spread between cells beyond chance is, by the method of
// moments (DerSimonian and Laird, Controlled Clinical Trials 7, 1986),
//
//	τ² = (Σ n(p − P)² − (k − 1)·P(1 − P)) / (N − Σn²/N)
//	m  = P(1 − P) / τ²
//
// rounded to whole deals, 1 at least. It is undefined where the cells do not
// differ by more than chance: then all are as the whole.
func shrinkage(cells map[cell]odds, all odds) kpi.Value {
	p := all.share()
	if !p.Defined() || len(cells) < 2 {
		return kpi.Undefined(kpi.TooFew)
	}
	var squares, sizes kpi.Value = kpi.Int(0), kpi.Int(0)
	for _, c := range cells { // exact sums: their order does not matter
		// n(p − P)² with p = won/n and P = W/N is (won·N − n·W)² / (n·N²)
		off := kpi.Int(c.won).Mul(kpi.Int(all.n)).Sub(kpi.Int(c.n).Mul(kpi.Int(all.won)))
		squares = squares.Add(off.Mul(off).Div(kpi.Int(c.n)))
		sizes = sizes.Add(kpi.Int(c.n).Mul(kpi.Int(c.n)))
	}
	total := kpi.Int(all.n)
	squares = squares.Div(total.Mul(total))
	chance := p.Mul(kpi.Int(1).Sub(p))
	excess := squares.Sub(kpi.Int(int64(len(cells) - 1)).Mul(chance))
	if excess.Sign() <= 0 {
		return kpi.Undefined(kpi.TooFew)
	}
	between := excess.Div(total.Sub(sizes.Div(total)))
	m, ok := chance.Div(between).Minor(0, kpi.HalfEven)
	if !ok {
		return kpi.Undefined(kpi.TooFew)
	}
	return kpi.Int(max(m, 1))
}
