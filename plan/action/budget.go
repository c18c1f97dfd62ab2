package action

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// Spending is what was planned for an action and what its books say by the
// as-of day.
type Spending struct {
	Planned   kpi.Value `json:"planned"`   // the budget; no data where none is stated
	Committed kpi.Value `json:"committed"` // ordered and not paid
	Spent     kpi.Value `json:"spent"`
}

func (s Spending) add(o Spending) Spending {
	return Spending{addKnown(s.Planned, o.Planned), s.Committed.Add(o.Committed), s.Spent.Add(o.Spent)}
}

// addKnown lets no data add nothing.
func addKnown(a, b kpi.Value) kpi.Value {
	return kpi.Sum(slices.Values([]kpi.Value{a, b}))
}

// Budget is the money of the plan: strategy by strategy, and all together.
// The lines add up to the total, and the spending of a strategy's actions and
// its own entries to its line.
type Budget struct {
	Unit       kpi.Unit     `json:"unit"`
	Total      BudgetLine   `json:"total"`
	Strategies []BudgetLine `json:"strategies"` // rising by ID; "" is what belongs to none
	Later      int64        `json:"later"`      // entries after the as-of day, which count nowhere
}

// BudgetLine is the money of one strategy.
//
//	available        planned − committed − spent
//	return           (seen − spent) ÷ spent
//	promised return  (promised − planned) ÷ planned
//
// The return is undefined where nothing was spent (kpi.ZeroDenominator),
// where more came back than was spent (kpi.BaseNotPositive), and where
// nobody said what was seen (kpi.NoData); that of the total where it is
// undefined for one of those that spent.
type BudgetLine struct {
	Strategy  string    `json:"strategy,omitzero"`
	Frame     kpi.Value `json:"frame"` // the strategy's own budget; no data where none is stated
	Planned   kpi.Value `json:"planned"`
	Committed kpi.Value `json:"committed"`
	Spent     kpi.Value `json:"spent"`
	Available kpi.Value `json:"available"`

	Promised       kpi.Value `json:"promised"`
	Seen           kpi.Value `json:"seen"`
	PromisedReturn kpi.Value `json:"promised_return"`
	Return         kpi.Value `json:"return"`
}

func (l *BudgetLine) add(s Spending) {
	sum := Spending{l.Planned, l.Committed, l.Spent}.add(s)
	l.Planned, l.Committed, l.Spent = sum.Planned, sum.Committed, sum.Spent
}

func (l *BudgetLine) finish() {
	l.Available = l.Planned.Sub(l.Committed).Sub(l.Spent)
	l.Return = returnOn(l.Seen, l.Spent)
	l.PromisedReturn = returnOn(l.Promised, l.Planned)
}

func returnOn(gain, cost kpi.Value) kpi.Value {
	switch {
	case cost == kpi.Int(0):
		return kpi.Undefined(kpi.ZeroDenominator)
	case cost.Sign() < 0:
		return kpi.Undefined(kpi.BaseNotPositive)
	}
	return gain.Sub(cost).Div(cost)
}

// book gives each action its spending and the strategies their lines.
func (p *Plan) book(in Input, s *schedule) Budget {
	b := Budget{Unit: p.Unit, Total: emptyLine(""), Strategies: []BudgetLine{}}
	lines := map[string]*BudgetLine{}
	line := func(id string) *BudgetLine {
		if lines[id] == nil {
			l := emptyLine(id)
			lines[id] = &l
		}
		return lines[id]
	}
	for _, st := range p.Strategies {
		line(st.ID).Frame = st.Budget
	}
	b.Later = post(in, s, line)
	for i := range s.status {
		st := &s.status[i]
		line(st.Strategy).add(st.Spending)
	}
	for _, g := range in.Gains {
		line(g.Strategy).Promised, line(g.Strategy).Seen = g.Promised, g.Seen
	}
	for _, id := range slices.Sorted(maps.Keys(lines)) {
		lines[id].finish()
		b.Strategies = append(b.Strategies, *lines[id])
	}
	b.total()
	return b
}

func emptyLine(id string) BudgetLine {
	return BudgetLine{Strategy: id, Committed: kpi.Int(0), Spent: kpi.Int(0)}
}

// post books the entries through the as-of day on actions, and those of
// strategies on their lines; it gives the number of later ones. A dropped
// action has no budget any more, but what was spent on it stays spent.
func post(in Input, s *schedule, line func(string) *BudgetLine) (later int64) {
	for i := range s.status {
		st := &s.status[i]
		st.Spending = Spending{s.actions[i].Budget, kpi.Int(0), kpi.Int(0)}
		if st.Status == Dropped {
			st.Spending.Planned = kpi.Value{}
		}
	}
	costs := slices.Clone(in.Costs)
	slices.SortFunc(costs, Cost.compare)
	for _, c := range costs {
		entry := Spending{Committed: c.Amount, Spent: kpi.Int(0)}
		if c.Kind == Spent {
			entry = Spending{Committed: kpi.Int(0), Spent: c.Amount}
		}
		switch {
		case c.Day > in.AsOf:
			later++
		case c.Action == "":
			line(c.Strategy).add(entry)
		default:
			st := &s.status[s.number[c.Action]]
			st.Spending = st.Spending.add(entry)
		}
	}
	return later
}

func (c Cost) compare(d Cost) int {
	return cmp.Or(cmp.Compare(c.Action, d.Action), cmp.Compare(c.Strategy, d.Strategy), c.Day.Compare(d.Day), cmp.Compare(c.Kind, d.Kind), c.Amount.Compare(d.Amount))
}

// total adds the lines up.
func (b *Budget) total() {
	t := &b.Total
	seen, promised := kpi.Int(0), kpi.Int(0)
	for _, l := range b.Strategies {
		t.add(Spending{l.Planned, l.Committed, l.Spent})
		t.Frame = addKnown(t.Frame, l.Frame)
		t.Promised, t.Seen = addKnown(t.Promised, l.Promised), addKnown(t.Seen, l.Seen)
		if l.Spent.Sign() != 0 {
			seen = seen.Add(l.Seen)
		}
		if l.Planned.Sign() != 0 {
			promised = promised.Add(l.Promised)
		}
	}
	t.finish()
	t.Return, t.PromisedReturn = returnOn(seen, t.Spent), returnOn(promised, t.Planned)
}
