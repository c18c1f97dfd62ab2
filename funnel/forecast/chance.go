package forecast

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
)

// chance is how likely one open deal is to be won in the period: as one win
// and, for money, as a share of its value.
type chance struct {
	deal       funnel.Deal
	worth      kpi.Value
	due        bool // expected in the period; else it stands elsewhere
	wins, paid kpi.Value
}

// chances gives the open deals of a look with what a method expects of each.
// When no day is left, nothing is expected of any.
func (e *experience) chances(l *look, m Method) []chance {
	all := []chance{}
	elsewhereWins, elsewherePaid := e.elsewhereChance()
	yieldWins, yieldPaid := millionths(e.prior.share()), millionths(yield(e.fromDue, e.due))
	for _, d := range l.deals {
		if d.Outcome != funnel.Open {
			continue
		}
		c := chance{deal: d, worth: l.worth(d), due: l.due(d, l.staleAge)}
		switch {
		case l.daysLeft() == 0:
			c.wins, c.paid = kpi.Int(0), kpi.Int(0)
		case !c.due:
			c.wins, c.paid = elsewhereWins, elsewherePaid
		case m == SnapshotYield:
			c.wins, c.paid = yieldWins, yieldPaid
		default:
			c.wins = e.chance(d, m)
			c.paid = c.wins
		}
		all = append(all, c)
	}
	return all
}

// chance gives the chance of a deal that is due, by the methods that know one
// deal from another.
func (e *experience) chance(d funnel.Deal, m Method) kpi.Value {
	switch m {
	case DealProbability:
		return d.Probability
	case Categories:
		if d.Category == funnel.Commit {
			return kpi.Int(1)
		}
		return kpi.Int(0)
	default:
		return e.stageAge(d)
	}
}

// elsewhereChance gives the chance of a deal that is not due. Where nothing ever
// stood elsewhere, nothing was won of it.
func (e *experience) elsewhereChance() (wins, paid kpi.Value) {
	if e.periods > 0 && e.elsewhere.deals == 0 {
		return kpi.Int(0), kpi.Int(0)
	}
	won := min(e.fromElsewhere.deals, e.elsewhere.deals) // a deal that was opened again stood nowhere
	return millionths(odds{e.elsewhere.deals, won}.share()), millionths(yield(e.fromElsewhere, e.elsewhere))
}

// expect gives what is expected of the deals that are due, or of those that
// are not.
func expect(all []chance, due bool) Part {
	var wins, value adding
	for _, c := range all {
		if c.due == due {
			wins.add(c.wins)
			value.add(c.expected())
		}
	}
	return Part{Deals: wins.of, Wins: wins.sum(), Value: value.sum(), Missing: value.missing}
}

// expected gives what a deal is expected to bring: NoAmount where only its
// amount is missing.
func (c chance) expected() kpi.Value {
	if c.paid.Defined() && !c.worth.Defined() {
		return kpi.Undefined(kpi.NoAmount)
	}
	return c.worth.Or(kpi.Int(0)).Mul(c.paid)
}

// adding sums what is known. What has no amount or no probability adds
// nothing and is counted; any other reason leaves the sum undefined.
type adding struct {
	total       kpi.Value
	of, missing int64
	nothing     kpi.Reason // why what is missing is
	why         kpi.Reason
}

func (a *adding) add(v kpi.Value) {
	a.of++
	switch r := v.Reason(); r {
	case 0:
		a.total = a.total.Or(kpi.Int(0)).Add(v)
	case kpi.NoData, kpi.NoAmount:
		a.missing++
		a.nothing = max(a.nothing, r) // NoData is the greater
	default:
		a.why = kpi.Stronger(a.why, r)
	}
}

// sum gives 0 of nothing. Where nothing of it is known it is undefined:
// NoData where a chance is missing, NoAmount where only amounts are.
func (a *adding) sum() kpi.Value {
	switch {
	case a.why != 0:
		return kpi.Undefined(a.why)
	case a.of == 0:
		return kpi.Int(0)
	case !a.total.Defined():
		return kpi.Undefined(a.nothing)
	}
	return a.total
}
