package target

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Evidence is what a goal is assessed against. It is a record, and what is
// left out is not judged, or counts as missing where a goal needs it: see
// [Assess].
type Evidence struct {
	Catalog  kpi.Catalog `json:"-"`        // what metrics mean
	Measures []string    `json:"measures"` // the measures that are counted: the data at hand; nil: nobody says

	Past     Past       `json:"past,omitzero"`     // of the goal's owner and metric; its calendar says on which boundaries a period may begin and end
	Capacity *Capacity  `json:"capacity,omitzero"` // who is to do it
	Market   *Market    `json:"market,omitzero"`   // how much there is to win
	Pipeline *Available `json:"pipeline,omitzero"` // what is under way

	// Sellers is the chance of each seller of a team to reach the own target,
	// from an [Outlook.Chance] of each.
	Sellers []kpi.Estimate `json:"sellers,omitempty"`

	Weight   kpi.Value `json:"weight,omitzero"`    // of the goal among those of its owner
	Siblings []Sibling `json:"siblings,omitempty"` // the other goals of the owner; those of others or of other days are not looked at

	Breakdown   *Breakdown   `json:"breakdown,omitzero"`    // how the goal is split
	Stated      *Stated      `json:"stated,omitzero"`       // or, where it does not add up, stated
	Checkpoints []Checkpoint `json:"checkpoints,omitempty"` // when it is looked at

	Standards Standards `json:"standards,omitzero"`
}

// Sibling is another goal of the same owner.
type Sibling struct {
	Goal   Goal      `json:"goal"`
	Weight kpi.Value `json:"weight,omitzero"`
}

// Capacity is what people can do:
//
//	people × ramp × productivity × working days × (1 − loss)
type Capacity struct {
	People       kpi.Value `json:"people"`
	Ramp         kpi.Value `json:"ramp,omitzero"` // mean share of full productivity; left out: 1
	Productivity kpi.Value `json:"productivity"`  // of one person on one working day, in the goal's unit
	WorkDays     kpi.Value `json:"work_days"`     // of the goal's period
	Loss         kpi.Value `json:"loss,omitzero"` // expected attrition and vacancy, as a share; left out: 0
}

// check reports what is missing or below zero, and shares outside 0…1.
func (c Capacity) check(problems *check.List) {
	amount := func(at string, v kpi.Value) {
		switch {
		case !v.Defined():
			problems.Add(check.ErrMissing, "capacity."+at, "missing_amount", nil, "reason", v.Reason())
		case v.Sign() < 0:
			problems.Add(check.ErrRange, "capacity."+at, "negative_number", v)
		}
	}
	share := func(at string, v kpi.Value) {
		if v.Sign() < 0 || kpi.Int(1).Less(v) {
			problems.Add(check.ErrRange, "capacity."+at, "not_a_share", v)
		}
	}
	amount("people", c.People)
	share("ramp", c.Ramp)
	amount("productivity", c.Productivity)
	amount("work_days", c.WorkDays)
	share("loss", c.Loss)
}

// Amount gives the capacity in the goal's unit.
func (c Capacity) Amount() kpi.Value {
	one := kpi.Int(1)
	return c.People.Mul(c.Ramp.Or(one)).Mul(c.Productivity).Mul(c.WorkDays).Mul(one.Sub(c.Loss.Or(kpi.Int(0))))
}

// Market is how much there is to win, in the goal's unit. A goal that is a
// ratio is taken for the share of it: hand one in for a market share, and not
// for a win rate.
type Market struct {
	Size       kpi.Value `json:"size"`                 // expected in the goal's period
	SizeBefore kpi.Value `json:"size_before,omitzero"` // in the period of the baseline
	Reachable  kpi.Value `json:"reachable,omitzero"`   // the most of Size that could be ours; left out: all of it
}

// shares gives the share of the market that a goal asks for, and that of its
// baseline.
func (k Market) shares(g Goal, m kpi.Metric) (asked, before kpi.Value) {
	if m.Additivity == kpi.RatioOfSums {
		return g.Target, g.Baseline
	}
	return g.Target.Div(k.Size), kpi.PartOf(g.Baseline, k.SizeBefore)
}

// show writes a share of the market as an amount of the goal.
func (k Market) show(m kpi.Metric, share kpi.Value) string {
	if m.Additivity == kpi.RatioOfSums {
		return m.Unit.Text(share)
	}
	return m.Unit.Text(share.Mul(k.Size))
}

// Available is what is under way for the goal's period.
type Available struct {
	Won    kpi.Value `json:"won,omitzero"`    // already; left out: nothing
	Open   kpi.Value `json:"open"`            // expected to close in the period, unweighted
	Needed kpi.Value `json:"needed,omitzero"` // coverage that earlier periods show to be needed: open ÷ what is missing
}

// Standards say what passes. What is left out has its default, that of a
// seller's goal; [CompanyStandards] are those of a company.
//
//	                        seller  company
//	TooHigh                   0.40     0.50   least chance of the target
//	TooLow                    0.80     0.90   greatest chance of the target
//	Base                      0.75     0.75   least chance of the base
//	StretchLow, StretchHigh   0.10 – 0.30     chance of the stretch
//	SellersLow, SellersHigh   0.55 – 0.70     expected share of a team's sellers at or above target
//	ShareGain                 0.25     0.25   greatest growth of the share of the market
//
// They are practice and carry no evidence of their own.
type Standards struct {
	TooHigh     kpi.Value `json:"too_high,omitzero"`
	TooLow      kpi.Value `json:"too_low,omitzero"`
	Base        kpi.Value `json:"base,omitzero"`
	StretchLow  kpi.Value `json:"stretch_low,omitzero"`
	StretchHigh kpi.Value `json:"stretch_high,omitzero"`
	SellersLow  kpi.Value `json:"sellers_low,omitzero"`
	SellersHigh kpi.Value `json:"sellers_high,omitzero"`
	ShareGain   kpi.Value `json:"share_gain,omitzero"`
}

// SellerStandards gives the defaults, written out.
func SellerStandards() Standards { return Standards{}.orDefault() }

// CompanyStandards gives those of a company's goal, written out.
func CompanyStandards() Standards {
	return Standards{TooHigh: kpi.Frac(1, 2), TooLow: kpi.Frac(9, 10)}.orDefault()
}

func (s Standards) orDefault() Standards {
	return Standards{
		TooHigh: s.TooHigh.Or(kpi.Frac(2, 5)), TooLow: s.TooLow.Or(kpi.Frac(4, 5)),
		Base:       s.Base.Or(kpi.Frac(3, 4)),
		StretchLow: s.StretchLow.Or(kpi.Frac(1, 10)), StretchHigh: s.StretchHigh.Or(kpi.Frac(3, 10)),
		SellersLow: s.SellersLow.Or(kpi.Frac(55, 100)), SellersHigh: s.SellersHigh.Or(kpi.Frac(7, 10)),
		ShareGain: s.ShareGain.Or(kpi.Frac(1, 4)),
	}
}

// Validate reports figures of the past that are wrong in themselves, measures
// that the catalog does not know, standards whose lower end lies above the
// upper, weights and capacities below zero, shares outside 0…1, more in reach
// than there is, and numbers that are undefined though they are given.
func (e Evidence) Validate() error {
	problems := check.List{Op: "target.Evidence"}
	for i, id := range e.Measures {
		if _, known := e.Catalog.Lookup(id); !known {
			problems.Add(check.ErrUnknown, check.At("measures", i), "unknown_metric", id)
		}
	}
	if len(e.Past.Actuals) > 0 {
		problems.Nest("past", e.Past.Validate())
	}
	if e.Capacity != nil {
		e.Capacity.check(&problems)
	}
	if e.Market != nil && e.Market.Size.Sign() <= 0 {
		problems.Add(check.ErrRange, "market.size", "not_positive", e.Market.Size)
	}
	if e.Market != nil && (e.Market.Reachable.Sign() < 0 || e.Market.Size.Less(e.Market.Reachable)) {
		problems.Add(check.ErrRange, "market.reachable", "not_a_part", e.Market.Reachable, "size", e.Market.Size)
	}
	if e.Pipeline != nil && !e.Pipeline.Open.Defined() {
		problems.Add(check.ErrMissing, "pipeline.open", "missing_amount", nil, "reason", e.Pipeline.Open.Reason())
	}
	weight := func(at string, v kpi.Value) {
		if v.Sign() < 0 {
			checkWeight(&problems, at, v)
		}
	}
	weight("weight", e.Weight)
	for i, s := range e.Siblings {
		weight(check.At("siblings", i, "weight"), s.Weight)
	}
	e.Standards.check(&problems)
	return problems.Err()
}

func (s Standards) check(problems *check.List) {
	s = s.orDefault()
	ordered := func(path string, low, high kpi.Value) {
		if low.Sign() < 0 || high.Less(low) || kpi.Int(1).Less(high) {
			problems.Add(check.ErrInvalid, "standards."+path, "not_in_order", low, "high", high)
		}
	}
	ordered("too_high", s.TooHigh, s.TooLow)
	ordered("base", s.Base, s.Base)
	ordered("stretch_low", s.StretchLow, s.StretchHigh)
	ordered("sellers_low", s.SellersLow, s.SellersHigh)
	if s.ShareGain.Sign() < 0 {
		problems.Add(check.ErrRange, "standards.share_gain", "negative_limit", s.ShareGain)
	}
}

// siblings gives the other goals of the goal's owner that share days with it.
func (e Evidence) siblings(g Goal) []Sibling {
	return slices.DeleteFunc(slices.Clone(e.Siblings), func(s Sibling) bool {
		_, both := g.Period.Intersect(s.Goal.Period)
		return !both || s.Goal.Owner != g.Owner || s.Goal.ID == g.ID
	})
}

// metric gives the goal's metric as the catalog defines it.
func (e Evidence) metric(g Goal) (kpi.Metric, bool) { return e.Catalog.Lookup(g.Metric) }

// show writes an amount of the goal in the unit of its metric, and as it is
// where nobody knows the metric.
func (e Evidence) show(g Goal, v kpi.Value) string {
	if m, known := e.metric(g); known {
		return m.Unit.Text(v)
	}
	if !v.Defined() {
		return v.Reason().Title("en")
	}
	return v.String()
}

// titles gives what measures are called, their IDs where nobody knows them.
func (e Evidence) titles(ids []string, lang, between string) string {
	all := slices.Clone(ids)
	for i, id := range ids {
		if m, known := e.Catalog.Lookup(id); known {
			all[i] = m.Title(lang)
		}
	}
	return strings.Join(all, between)
}

// showZH is show for a Chinese sentence: what is undefined in Chinese words.
func (e Evidence) showZH(g Goal, v kpi.Value) string {
	if _, known := e.metric(g); known || v.Defined() {
		return e.show(g, v)
	}
	return v.Reason().Title("zh")
}

// aim shows what a goal aims at: its target or its band.
func (e Evidence) aim(g Goal) string {
	if g.banded() {
		return e.show(g, g.Within.Low) + " – " + e.show(g, g.Within.High)
	}
	return e.show(g, g.Target)
}

// measured reports whether the past has figures of the goal's metric, which
// somebody must have counted.
func (e Evidence) measured(g Goal) bool {
	return len(e.Past.Actuals) > 0 && e.Past.Actuals[0].Metric == g.Metric
}

// missing gives the measures that the goal's metric is computed from and
// that are not at hand.
func (e Evidence) missing(g Goal) []string {
	needed, _ := e.Catalog.Measures(g.Metric)
	return slices.DeleteFunc(needed, func(id string) bool { return slices.Contains(e.Measures, id) })
}
