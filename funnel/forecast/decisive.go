package forecast

import (
	"cmp"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Decisive is the open deals of a period by what they decide.
type Decisive struct {
	Target  kpi.Value    `json:"target"`
	Reach   kpi.Estimate `json:"reach"`   // as in the spread that is named
	Assumes Assumption   `json:"assumes"` // PastErrors; DealsIndependent where that is undefined (too few periods)

	// Deals are the due deals with the greatest effect on the chance to reach
	// the target, those of equal effect by value and then by ID. Without a
	// target they stand by value.
	Deals []DecisiveDeal `json:"deals"`
	Due   int64          `json:"due"` // how many due deals there are

	LargestLost LargestLost        `json:"largest_lost"`
	Top         []ConcentrationTop `json:"top"` // how much of what is expected hangs on the 1, 5 and 10 largest

	Findings []check.Finding `json:"findings"`
}

// DecisiveDeal is one open deal.
type DecisiveDeal struct {
	funnel.Deal
	Value    kpi.Value    `json:"value"`
	Chance   kpi.Value    `json:"chance"`
	Expected kpi.Value    `json:"expected"` // value × chance
	IfWon    kpi.Estimate `json:"if_won"`   // chance to reach the target then
	IfLost   kpi.Estimate `json:"if_lost"`
	Effect   kpi.Estimate `json:"effect"` // if won − if lost
}

// LargestLost says what must be won if the largest due deal is lost.
type LargestLost struct {
	Deal  string    `json:"deal,omitzero"` // empty: there is none
	Value kpi.Value `json:"value"`

	Missing kpi.Value `json:"missing"` // target − won to date; 0 where it is reached
	Rest    kpi.Value `json:"rest"`    // value of the other due deals

	// Share is Missing of Rest: what part of the other deals' value must be
	// won, if nothing comes from elsewhere or new. Over 1 it cannot be done
	// without them.
	Share kpi.Ratio `json:"share"`
}

// ConcentrationTop is the largest due deals by what is expected of them.
type ConcentrationTop struct {
	Deals    int       `json:"deals"`
	Expected kpi.Value `json:"expected"`
	Share    kpi.Ratio `json:"share"` // of what is expected of all due deals
}

// Decisive gives the open deals that decide the period, at most top of them. The effect of a
// deal is what it does to the chance to reach the target: that chance if the
// deal is won less that if it is lost. By past errors a deal of value x and
// chance p moves the landing to + x(1 − p) or − x·p and takes its own variance
// out; with deals independent the distribution without it is computed
// exactly. A top below 1 is check.ErrRange.
func (f *Forecast) Decisive(top int) (Decisive, error) {
	if top < 1 {
		return Decisive{}, check.New("forecast.Decisive", check.ErrRange, "top", "below_one", top)
	}
	e := learn(f.look, f.past, f.agesTo)
	p := f.projectAll(f.look, f.aim.Method, e)
	d := Decisive{Target: f.target(), Deals: []DecisiveDeal{}, Top: []ConcentrationTop{}, Findings: []check.Finding{}}
	past := f.trials(f.aim.Method)
	spread := f.spread(p, past)
	if !spread.Reach.Defined() && spread.P10.Reason() == kpi.TooFew {
		spread = f.independent(p)
	}
	d.Reach, d.Assumes = spread.Reach, spread.Assumes
	effect := f.effects(p, spread, past)
	for i, c := range p.chances {
		if !c.due {
			continue
		}
		given := p.given[i]
		one := DecisiveDeal{Deal: c.deal, Value: c.worth, Chance: given.paid, Expected: given.expected()}
		one.IfWon, one.IfLost, one.Effect = effect(c)
		d.Deals = append(d.Deals, one)
	}
	d.Due = int64(len(d.Deals))
	slices.SortFunc(d.Deals, DecisiveDeal.compare)
	d.LargestLost = f.largestLost(p, d.Deals)
	d.concentrate()
	d.Deals = slices.Clip(d.Deals[:min(top, len(d.Deals))])
	d.Findings = append(d.Findings, d.findings()...)
	return d, nil
}

func (d DecisiveDeal) compare(o DecisiveDeal) int {
	a, _ := d.Effect.Float64()
	b, _ := o.Effect.Float64()
	return cmp.Or(cmp.Compare(tenDigits(b), tenDigits(a)), o.Value.Compare(d.Value), strings.Compare(d.ID, o.ID), cmp.Compare(d.Life, o.Life))
}

// largestLost needs the deals in no order.
func (f *Forecast) largestLost(p *projection, deals []DecisiveDeal) LargestLost {
	missing := f.target().Sub(known(p.Won.Value)).Max(kpi.Int(0))
	l := LargestLost{Missing: missing, Rest: kpi.Int(0), Value: kpi.Undefined(kpi.NoData)}
	for _, d := range deals {
		if d.Value.Defined() && (l.Deal == "" || l.Value.Less(d.Value) || l.Value == d.Value && d.ID < l.Deal) {
			l.Deal, l.Value = d.ID, d.Value
		}
		l.Rest = l.Rest.Add(known(d.Value))
	}
	if l.Deal != "" {
		l.Rest = l.Rest.Sub(l.Value)
	}
	l.Share = kpi.NewRatio(l.Missing, l.Rest)
	return l
}

// concentrate says how much is expected of the largest deals.
func (d *Decisive) concentrate() {
	all, total := []kpi.Value{}, kpi.Int(0)
	for _, one := range d.Deals {
		if one.Expected.Defined() {
			all, total = append(all, one.Expected), total.Add(one.Expected)
		}
	}
	slices.SortFunc(all, func(a, b kpi.Value) int { return b.Compare(a) })
	for _, n := range []int{1, 5, 10} {
		sum := kpi.Int(0)
		for _, v := range all[:min(n, len(all))] {
			sum = sum.Add(v)
		}
		d.Top = append(d.Top, ConcentrationTop{n, sum, kpi.NewRatio(sum, total)})
	}
}

func (d *Decisive) findings() []check.Finding {
	found := notes{}
	if d.Assumes == DealsIndependent && d.Reach.Defined() {
		found.add("effects_independent", check.Warning, "least", FewestPast)
	}
	for _, one := range d.Deals {
		if one.Effect.Defined() {
			found = append(found, check.Finding{Code: "deal_decides", Severity: check.Info, Subject: one.ID,
				Args: check.Args("value", whole(one.Value), "owner", one.Owner, "if_won", percent(one.IfWon), "if_lost", percent(one.IfLost))})
		}
	}
	if l := d.LargestLost; l.Deal != "" && l.Missing.Sign() > 0 {
		found = append(found, check.Finding{Code: "largest_lost", Severity: check.Info, Subject: l.Deal,
			Args: check.Args("value", whole(l.Value), "missing", whole(l.Missing), "rest", whole(l.Rest), "percent", l.Share.Value().Mul(kpi.Int(100)).Text(0, kpi.HalfEven))})
	}
	return found
}
