package incentive

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Exclusion says which record a statement left out, and why.
type Exclusion struct {
	Credit string `json:"credit"`
	Reason Why    `json:"reason"`
}

// Why says why a credit is left out. The reasons stand in the order in which
// the first that applies is given.
type Why uint8

const (
	OutsidePeriod   Why = iota // its day lies in another period
	NoComponent                // no component of the plan counts it
	NoAmount                   // it has no amount
	OriginalUnknown            // what it reverses is needed, and is in neither Credits nor Posted
	TooLate                    // reversed after the last day for it
	RestatesEarlier            // it changes an earlier period: see Plan.Restate
)

func whyWords() []string {
	return []string{"outside_period", "no_component", "no_amount", "original_unknown", "too_late", "restates_earlier"}
}

// String gives the word, such as outside_period.
func (w Why) String() string { return enum.String(whyWords(), w) }

// MarshalText gives the word.
func (w Why) MarshalText() ([]byte, error) { return enum.Marshal("incentive.Why", whyWords(), w) }

// UnmarshalText reads the word.
func (w *Why) UnmarshalText(text []byte) error {
	return enum.Unmarshal("incentive.Why", whyWords(), text, w)
}

// item is a credit in its place: after its original where a reversal counts
// on the original's day, else on its own.
type item struct {
	credit   *Credit
	original *Credit // in the same period
	earlier  *Credit // among the credits, of another period
	follows  bool
}

func (i item) anchor() *Credit {
	if i.follows {
		return i.original
	}
	return i.credit
}

// compare is the order in which marginal tiers see credits: by day, then by
// ID.
func (i item) compare(j item) int {
	a, b := i.anchor(), j.anchor()
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Metric, b.Metric), compareBool(a.Overlay, b.Overlay),
		compareBool(i.follows, j.follows), cmp.Compare(i.credit.Day, j.credit.Day), cmp.Compare(i.credit.ID, j.credit.ID))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// choose puts the credits in order and says which are left out.
func (p Plan) choose(in *Input) (items []item, excluded []Exclusion) {
	originals := reversed(in.Credits)
	items, excluded = make([]item, 0, len(in.Credits)), []Exclusion{}
	for i := range in.Credits {
		it := item{credit: &in.Credits[i]}
		if it.credit.Reverses != "" {
			it.original = originals[it.credit.original()]
			if it.original != nil && !in.Period.Contains(it.original.Day) {
				it.original, it.earlier = nil, it.original
			}
			it.follows = it.original != nil && p.Reversal.Policy != OnOwnDay
		}
		items = append(items, it)
	}
	slices.SortFunc(items, item.compare)
	kept := items[:0]
	for _, it := range items {
		if why, out := p.excludes(it, in); out {
			excluded = append(excluded, Exclusion{it.credit.ID, why})
		} else {
			kept = append(kept, it)
		}
	}
	return kept, excluded
}

// reversed finds the credits that others reverse.
func reversed(credits []Credit) map[creditKey]*Credit {
	originals := map[creditKey]*Credit{}
	for i := range credits {
		if credits[i].Reverses != "" {
			originals[credits[i].original()] = nil
		}
	}
	if len(originals) == 0 {
		return nil
	}
	for i := range credits {
		if _, wanted := originals[credits[i].key()]; wanted && credits[i].Reverses == "" {
			originals[credits[i].key()] = &credits[i]
		}
	}
	return originals
}

func (p Plan) excludes(it item, in *Input) (why Why, out bool) {
	c, policy := it.credit, p.Reversal.Policy
	counts := in.Period.Contains(c.Day) || it.follows && policy == Restate
	switch {
	case !counts:
		return OutsidePeriod, true
	case !p.counts(c, in.Results):
		return NoComponent, true
	case c.Amount == (kpi.Value{}):
		return NoAmount, true
	case c.Reverses == "":
		return 0, false
	case policy == Restate && it.original == nil:
		return RestatesEarlier, true
	case it.follows && it.original.Amount == (kpi.Value{}):
		return OriginalUnknown, true
	}
	day, known := it.reversedDay(in)
	switch {
	case !known && (policy == AsPaid || p.Reversal.Days > 0):
		return OriginalUnknown, true
	case known && p.Reversal.Days > 0 && c.Day.Sub(day) > p.Reversal.Days:
		return TooLate, true
	}
	return 0, false
}

// counts reports whether any component counts the credit.
func (p Plan) counts(c *Credit, results []Result) bool {
	for i := range p.Components {
		if p.Components[i].takes(c) && !stated(results, p.Components[i].ID) {
			return true
		}
	}
	return false
}

func stated(results []Result, component string) bool {
	for _, r := range results {
		if r.Component == component {
			return r.Actual != kpi.Value{}
		}
	}
	return false
}

func (c *Component) takes(credit *Credit) bool {
	return c.Metric == credit.Metric && c.Overlay == credit.Overlay
}

// reversedDay finds the day of what is reversed.
func (i item) reversedDay(in *Input) (day calendar.Day, known bool) {
	switch {
	case i.original != nil:
		return i.original.Day, true
	case i.earlier != nil:
		return i.earlier.Day, true
	}
	for j := range in.Posted {
		if l := &in.Posted[j]; l.Credit == i.credit.Reverses && l.Kind != Clawback && l.Kind != Release && !l.Day.IsZero() {
			return l.Day, true
		}
	}
	return 0, false
}
