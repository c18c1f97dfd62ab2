package plan

import (
	"math"
	"slices"

	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// RiskLimits say what of the deals is a risk, and who has to clean up. They
// are practice and carry no evidence of their own. What is left out has its
// default:
//
//	Reach       0.5    least chance to reach the target            reach_unlikely
//	Landing     0.95   least landing against the target            landing_below
//	Fall        0.05   most by which the landing may fall          landing_fell
//	LastMonth   0.5    most of the wins of a period that may come  late_wins
//	                   in its last month, over earlier periods
//	OneDeal     0.3    most of what is expected that may hang on   hangs_on_one_deal
//	                   one deal
//	OneCustomer 0.3    likewise on one customer                    hangs_on_one_customer
//	Untidy      0.3    most of an owner's open deals that may be   deals_untidy
//	                   untidy, of LeastDeals or more
//	LeastDeals  5
//
// A figure on the limit is none beyond it. A chance is rounded to four places
// before it is judged.
type RiskLimits struct {
	Reach       kpi.Value `json:"reach,omitzero"`
	Landing     kpi.Value `json:"landing,omitzero"`
	Fall        kpi.Value `json:"fall,omitzero"`
	LastMonth   kpi.Value `json:"last_month,omitzero"`
	OneDeal     kpi.Value `json:"one_deal,omitzero"`
	OneCustomer kpi.Value `json:"one_customer,omitzero"`
	Untidy      kpi.Value `json:"untidy,omitzero"`
	LeastDeals  int64     `json:"least_deals,omitzero"`
}

// DefaultRiskLimits gives the defaults, written out.
func DefaultRiskLimits() RiskLimits { return RiskLimits{}.orDefault() }

func (l RiskLimits) orDefault() RiskLimits {
	if l.LeastDeals == 0 {
		l.LeastDeals = 5
	}
	return RiskLimits{
		Reach: l.Reach.Or(kpi.Frac(1, 2)), Landing: l.Landing.Or(kpi.Frac(95, 100)), Fall: l.Fall.Or(kpi.Frac(5, 100)),
		LastMonth: l.LastMonth.Or(kpi.Frac(1, 2)), OneDeal: l.OneDeal.Or(kpi.Frac(3, 10)), OneCustomer: l.OneCustomer.Or(kpi.Frac(3, 10)),
		Untidy: l.Untidy.Or(kpi.Frac(3, 10)), LeastDeals: l.LeastDeals,
	}
}

// Validate reports a share outside 0…1 and one that is undefined for another
// reason than being left out, and a number of deals below zero.
func (l RiskLimits) Validate() error {
	problems := check.List{Op: "plan.RiskLimits"}
	share := func(path string, v kpi.Value) {
		switch {
		case v == kpi.Value{}:
		case !v.Defined():
			problems.Add(check.ErrInvalid, path, "undefined_limit", v.Reason())
		case v.Sign() < 0 || kpi.Int(1).Less(v):
			problems.Add(check.ErrRange, path, "not_a_share", v)
		}
	}
	share("reach", l.Reach)
	share("landing", l.Landing)
	share("fall", l.Fall)
	share("last_month", l.LastMonth)
	share("one_deal", l.OneDeal)
	share("one_customer", l.OneCustomer)
	share("untidy", l.Untidy)
	if l.LeastDeals < 0 {
		problems.Add(check.ErrRange, "least_deals", "below_zero", l.LeastDeals)
	}
	return problems.Err()
}

// risks says what of the deals of an owner is one, by these limits.
func (f FunnelView) risks(p Plan, l RiskLimits) []check.Finding {
	var found []check.Finding
	add := func(code string, args ...any) { found = append(found, warning(code, f.Owner, args...)) }
	if f.Landing != nil && f.Landing.Day < f.Landing.Period.Last() { // later it is a result, and no landing
		f.landingRisks(l, add, p.Calendar.Text(f.Landing.Period))
	}
	if c := f.Change; c != nil {
		if change := kpi.Growth(c.After.Total, c.Before.Total); change.Defined() && change.Less(l.Fall.Neg()) {
			add("landing_fell", "period", p.Calendar.Text(c.Period), "before", plainly(c.Before.Total), "after", plainly(c.After.Total), "by", percentOf(change.Neg()), "since", c.From)
		}
	}
	if d := f.Linearity; d != nil {
		if late := d.UsualMonth.Value(); l.LastMonth.Less(late) {
			add("late_wins", "share", percentOf(late), "periods", len(d.Past))
		}
	}
	if f.Decisive != nil {
		f.dealRisk(l, add)
	}
	f.customerRisk(l, add)
	if f.Cover != nil {
		if made := f.Cover.Creation; made.Pace.Value().Less(kpi.Int(1)) {
			add("created_slowly", "per_day", plainly(made.PerDay), "needed", plainly(made.Needed))
		}
	}
	return found
}

func (f FunnelView) landingRisks(l RiskLimits, add func(string, ...any), period string) {
	total, aim := f.Landing.Total.Value, f.Landing.Target
	if chance := chance(f.Landing.Spread.Reach); chance.Less(l.Reach) {
		add("reach_unlikely", "period", period, "target", plainly(aim), "chance", kpi.Share(0).Text(floor(chance)), "least", percentOf(l.Reach))
	}
	if share := kpi.Attainment(kpi.HigherIsBetter, total, aim); share.Less(l.Landing) {
		add("landing_below", "period", period, "landing", plainly(total), "target", plainly(aim), "share", percentOf(share))
	}
}

// dealRisk looks for the one deal that the period hangs on.
func (f FunnelView) dealRisk(l RiskLimits, add func(string, ...any)) {
	for _, top := range f.Decisive.Top {
		if share := top.Share.Value(); top.Deals == 1 && l.OneDeal.Less(share) {
			deal := largest(f.Decisive.Deals)
			add("hangs_on_one_deal", "share", percentOf(share), "deal", deal.ID, "owner", deal.Owner)
		}
	}
}

// largest gives the deal of which most is expected, by ID where several are;
// none where the deals that were kept are not the largest.
func largest(deals []forecast.DecisiveDeal) forecast.DecisiveDeal {
	most := forecast.DecisiveDeal{}
	for _, d := range deals {
		if most.ID == "" || most.Expected.Less(d.Expected) || most.Expected == d.Expected && d.ID < most.ID {
			most = d
		}
	}
	return most
}

func (f FunnelView) customerRisk(l RiskLimits, add func(string, ...any)) {
	total, most := kpi.Int(0), CustomerPart{Expected: kpi.Int(0)}
	for _, c := range f.Customers {
		total = total.Add(c.Expected)
		if most.Expected.Less(c.Expected) || most.Expected == c.Expected && c.Customer < most.Customer {
			most = c
		}
	}
	if share := kpi.PartOf(most.Expected, total); l.OneCustomer.Less(share) {
		add("hangs_on_one_customer", "share", percentOf(share), "customer", most.Customer)
	}
}

// untidy names the owners who have to clean up.
func (f FunnelView) untidy(l RiskLimits) []check.Finding {
	if f.Hygiene == nil {
		return nil
	}
	var found []check.Finding
	for _, line := range f.Hygiene.Owners {
		share := kpi.Frac(line.Untidy.Deals, max(line.Open.Deals, 1))
		if line.Owner != "" && line.Open.Deals >= l.LeastDeals && l.Untidy.Less(share) {
			found = append(found, warning("deals_untidy", line.Owner, "n", line.Untidy.Deals, "of", line.Open.Deals, "share", percentOf(share)))
		}
	}
	return found
}

// uncovered names the periods that the open deals do not cover, each once.
func (f FunnelView) uncovered(p Plan) []check.Finding {
	var found []check.Finding
	short := func(c, needed kpi.Value, period string) {
		if c.Less(needed) {
			found = append(found, warning("coverage_short", f.Owner, "period", period, "coverage", c.Text(2, kpi.HalfEven), "needed", needed.Text(2, kpi.HalfEven)))
		}
	}
	seen := map[string]bool{}
	if c := f.Coverage; c != nil && f.Needed.Defined() {
		label := p.Calendar.Text(c.Period)
		seen[label] = true
		short(c.Ratio.Value(), f.Needed, label)
	}
	if f.Cover == nil {
		return found
	}
	for _, c := range f.Cover.Periods {
		if label := p.Calendar.Text(c.Period); !seen[label] {
			short(c.Ratio.Value(), c.Needed, label)
		}
	}
	return found
}

// failed names the goals that rest on an assumption that failed.
func (p Plan) failed() []check.Finding {
	var found []check.Finding
	for _, a := range p.Preparation.Assumptions {
		if a.State != Fails {
			continue
		}
		for _, id := range slices.Sorted(slices.Values(a.Goals)) {
			g, _ := p.goal(id)
			found = append(found, warning("goal_on_failed_assumption", g.Owner, slices.Concat([]any{"goal", id, "assumption", a.ID, "owner", a.Owner}, a.says(), p.goalCalled(id))...))
		}
	}
	return found
}

// chance gives an estimate as it is judged: to four places.
func chance(e kpi.Estimate) kpi.Value {
	f, ok := e.Float64()
	if !ok {
		return kpi.Undefined(e.Reason())
	}
	return kpi.Frac(int64(math.Round(f*10000)), 10000)
}

// floor cuts to whole hundredths, so that what lies under a limit never reads
// as the limit.
func floor(v kpi.Value) kpi.Value {
	whole, ok := v.Mul(kpi.Int(100)).Minor(0, kpi.Down)
	if !ok {
		return v
	}
	return kpi.Minor(whole, 2)
}

func plainly(v kpi.Value) string   { return v.Text(0, kpi.HalfEven) }
func percentOf(v kpi.Value) string { return kpi.Share(0).Text(v) }
