package incentive

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// book keeps what is held and what is owed while a statement is settled.
type book struct {
	p         Plan
	in        *Input
	held      []Held
	collected map[string]kpi.Value // by deal, through the period
	draw      kpi.Value
}

// settle says of every line what is paid and what is held, and adds the
// lines of what is taken back, released, corrected and drawn.
func (p Plan) settle(s *Statement, in *Input, accounts []account) *book {
	b := &book{p: p, in: in, held: slices.Clone(in.Opening.Held)}
	b.collect()
	slices.SortFunc(b.held, Held.compare)
	b.hold(s.Lines, accounts)
	b.cancel(s.Lines)
	for i := range accounts {
		s.Lines = append(s.Lines, b.clawBack(&accounts[i])...)
	}
	b.lowerDue(accounts)
	s.Lines = append(s.Lines, b.release()...)
	payable := kpi.Int(0)
	for i := range s.Lines {
		payable = payable.Add(s.Lines[i].Paid)
	}
	s.Lines = append(s.Lines, b.advance(payable)...)
	corrections := slices.Clone(in.Corrections)
	slices.SortStableFunc(corrections, func(a, b Line) int { return a.key().compare(b.key()) })
	s.Lines = append(s.Lines, corrections...)
	return b
}

// compare orders held pay as statements make it, by day and ID in each
// component, so that most of it is in order already.
func (h Held) compare(o Held) int {
	return cmp.Or(h.Of.Compare(o.Of), cmp.Compare(h.Component, o.Component), cmp.Compare(h.Day, o.Day), cmp.Compare(h.Credit, o.Credit),
		cmp.Compare(h.Tier, o.Tier), cmp.Compare(h.Deal, o.Deal), h.Due.Compare(o.Due), h.Earned.Compare(o.Earned), h.Left.Compare(o.Left))
}

// collect adds up the cash of each deal through the period.
func (b *book) collect() {
	b.collected = map[string]kpi.Value{}
	for _, pay := range b.in.Payments {
		if pay.Day < b.in.Period.End() {
			b.collected[pay.Deal] = b.collected[pay.Deal].Or(kpi.Int(0)).Add(pay.Amount)
		}
	}
}

// share gives what part of the cash due for a deal has come in, between 0
// and 1. Where nothing is due nothing is missing.
func (b *book) share(deal string, due kpi.Value) kpi.Value {
	if due.Sign() <= 0 {
		return kpi.Int(1)
	}
	return b.collected[deal].Or(kpi.Int(0)).Div(due).Max(kpi.Int(0)).Min(kpi.Int(1))
}

func (b *book) cents(v kpi.Value) kpi.Value { return cents(v, int(b.p.Unit.Scale), b.p.Rounding) }

// hold splits what is earned into paid and held.
func (b *book) hold(lines []Line, accounts []account) {
	i := 0
	for k := range accounts {
		a := &accounts[k]
		dues := a.dues()
		for range a.lines {
			l := &lines[i]
			i++
			l.Paid, l.Held = l.Amount, kpi.Int(0)
			if a.c.Hold.none() || l.Credit == "" || l.Amount.Sign() <= 0 {
				continue
			}
			due := dues[l.Credit]
			l.Collected = b.share(l.Deal, due)
			l.Held = b.cents(l.Amount.Mul(a.c.Hold.kept(l.Collected)))
			l.Paid = l.Amount.Sub(l.Held)
			if l.Held.Sign() > 0 {
				b.held = append(b.held, Held{b.in.Period, a.c.ID, l.Credit, l.Deal, l.Day, l.Tier, due, l.Amount, l.Held})
			}
		}
	}
	for ; i < len(lines); i++ { // the floor of the whole plan
		lines[i].Paid, lines[i].Held = lines[i].Amount, kpi.Int(0)
	}
}

// dues gives the cash that each credit's deal will bring, where any is held.
func (a *account) dues() map[string]kpi.Value {
	if a.c.Hold.none() {
		return nil
	}
	dues := make(map[string]kpi.Value, len(a.entries))
	for _, e := range a.entries {
		if e.credit != nil {
			dues[e.credit.ID] = e.credit.due()
		}
	}
	return dues
}

// cancel lets what reversals of this period take back first take what is
// still held for the same deal.
func (b *book) cancel(lines []Line) {
	for i := range lines {
		l := &lines[i]
		if l.Reverses == "" || l.Amount.Sign() >= 0 {
			continue
		}
		taken := b.take(l.Component, l.Reverses, "", l.Amount.Neg())
		l.Held = taken.Neg()
		l.Paid = l.Amount.Sub(l.Held)
	}
}

// take takes up to an amount from what is held for a credit, in a tier where
// one is named, and gives what it found.
func (b *book) take(component, credit, tier string, amount kpi.Value) kpi.Value {
	taken := kpi.Int(0)
	for i := range b.held {
		h := &b.held[i]
		if h.Component != component || h.Credit != credit || tier != "" && h.Tier != tier {
			continue
		}
		part := h.Left.Min(amount.Sub(taken))
		h.Left, h.Earned = h.Left.Sub(part), h.Earned.Sub(part)
		taken = taken.Add(part)
	}
	return taken
}

// lowerDue takes the cash that a reversed deal will no longer bring from what
// is waited for.
func (b *book) lowerDue(accounts []account) {
	for i := range accounts {
		a := &accounts[i]
		for _, entries := range [][]entry{a.entries, a.earlier} {
			for _, e := range entries {
				if e.credit == nil || e.credit.Reverses == "" || !e.credit.due().Defined() {
					continue
				}
				for j := range b.held {
					if h := &b.held[j]; h.Component == a.c.ID && h.Credit == e.credit.Reverses {
						h.Due = h.Due.Add(e.credit.due().Abs().Neg())
					}
				}
			}
		}
	}
}

// release pays what is held and whose cash has come in.
func (b *book) release() []Line {
	var lines []Line
	for i := range b.held {
		h := &b.held[i]
		hold := b.p.Components[b.p.index(h.Component)].Hold
		collected := b.share(h.Deal, h.Due)
		keep := kpi.Int(0)
		if !hold.none() {
			keep = b.cents(h.Earned.Mul(hold.kept(collected)))
		}
		if !keep.Less(h.Left) {
			continue
		}
		paid := h.Left.Sub(keep)
		h.Left = keep
		lines = append(lines, Line{Kind: Release, Of: h.Of, Component: h.Component, Credit: h.Credit, Deal: h.Deal, Day: h.Day, Tier: h.Tier,
			Amount: kpi.Int(0), Paid: paid, Held: paid.Neg(), Collected: collected})
	}
	return lines
}

// left gives what is still held, in order.
func (b *book) left() []Held {
	left := []Held{}
	for _, h := range b.held {
		if h.Left.Sign() > 0 {
			left = append(left, h)
		}
	}
	slices.SortFunc(left, Held.compare)
	return left
}

// advance tops pay up to the draw, or takes back what earlier draws
// advanced.
func (b *book) advance(payable kpi.Value) []Line {
	owed := b.in.Opening.Draw.Or(kpi.Int(0))
	b.draw = owed
	if !payable.Defined() {
		b.draw = payable
		return nil
	}
	draw := b.p.Draw
	least := kpi.Int(0)
	if !draw.none() {
		least = b.cents(draw.Amount.Mul(prorationOf(b.in)))
	}
	over := payable.Sub(least)
	switch {
	case !draw.none() && over.Sign() < 0:
		if draw.Recoverable {
			b.draw = owed.Sub(over)
		}
		return []Line{moneyLine(Advance, b.in.Period, over.Neg())}
	case owed.Sign() > 0 && over.Sign() > 0:
		back := owed.Min(over)
		b.draw = owed.Sub(back)
		return []Line{moneyLine(Recovery, b.in.Period, back.Neg())}
	}
	return nil
}

func moneyLine(kind Kind, of calendar.Period, amount kpi.Value) Line {
	return Line{Kind: kind, Of: of, Amount: amount, Paid: amount, Held: kpi.Int(0)}
}
