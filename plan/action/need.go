package action

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Need is what one person must still bring in, worked back from a target:
// with package funnel these are New, the By of the first stage and the
// activities of its Reverse.
type Need struct {
	Person     string         `json:"person"`
	Deals      kpi.Value      `json:"deals"` // that must still come in
	Until      calendar.Day   `json:"until"` // the last day on which one still counts
	Activities []ActivityRate `json:"activities"`
}

// ActivityRate is how many of an activity one deal takes, by the person's
// own records: activities ÷ deals.
type ActivityRate struct {
	Activity string    `json:"activity"` // the ID of one of the plan
	PerDeal  kpi.Ratio `json:"per_deal"`
}

func (c checker) needs(needs []Need, asOf calendar.Day) {
	twice := make(map[string]int, len(needs))
	for i, need := range needs {
		at := check.At("needs", i) + "."
		c.ref(at+"person", "person", need.Person, c.known.people)
		c.once("needs", i, "person", need.Person, twice)
		c.amount(at+"deals", need.Deals)
		c.day(at+"until", need.Until, false)
		ids := make([]string, len(need.Activities))
		for k, a := range need.Activities {
			ids[k] = a.Activity
			if v := a.PerDeal.Value(); v.Sign() < 0 {
				c.problems.Add(check.ErrRange, check.At("needs", i, "activities", k, "per_deal"), "below_zero", v)
			}
		}
		c.refs(at+"activities", "activity", ids, c.known.activities, MaxParts)
	}
	if len(needs) > 0 && asOf.IsZero() {
		c.problems.Add(check.ErrMissing, "as_of", "missing_day", nil)
	}
}

// quota is a whole number of something to be done evenly on a person's
// working days.
type quota struct {
	activity string
	total    kpi.Value // undefined where it is not known
	over     window
}

// quotas gives what a need comes to, with the deals themselves under "":
//
//	total  ⌈deals × activities per deal⌉, on the person's working days to the last one that counts
func (n Need) quotas(d diary, asOf calendar.Day) []quota {
	over := d.window(asOf+1, n.Until)
	all := []quota{{"", ceil(n.Deals), over}}
	for _, a := range n.Activities {
		all = append(all, quota{a.Activity, ceil(n.Deals.Mul(a.PerDeal.Value())), over})
	}
	slices.SortFunc(all, func(a, b quota) int { return cmp.Compare(a.activity, b.activity) })
	return all
}

// in gives how many fall to the days from first to last. By the k-th of n
// days it is ⌈total × k ÷ n⌉ of them, so that every count is whole, no day
// waits for the last one, and days add up to weeks, months and the total.
func (q quota) in(first, last calendar.Day) kpi.Value {
	if !q.total.Defined() || q.over.n == 0 {
		return q.total.Mul(kpi.Int(0))
	}
	by := func(d calendar.Day) kpi.Value { return ceil(q.total.Mul(kpi.Frac(q.over.through(d), q.over.n))) }
	return by(last).Sub(by(first - 1))
}

// ceil gives the least whole number that is not below v.
func ceil(v kpi.Value) kpi.Value {
	if n, ok := v.Minor(0, kpi.Ceiling); ok {
		return kpi.Int(n)
	}
	if v.Defined() {
		return kpi.Undefined(kpi.NotApplicable) // beyond 64 bits there is no such number of calls
	}
	return v
}
