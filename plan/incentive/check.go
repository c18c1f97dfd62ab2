package incentive

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Validate reports every problem of the plan at once: IDs that are missing or
// stand twice, a unit that is no money, words and limits outside their range,
// a component with neither tiers nor curve or with both, tiers that overlap
// (check.ErrOverlap), a tier with neither rate nor flat or with both, points
// that stand twice, gates of a component that is not in the plan
// (check.ErrUnknown), and the kinds that lower is better cannot have. What is
// allowed and unwise is up to [Lint].
func (p Plan) Validate() error {
	problems := check.List{Op: "incentive.Plan"}
	p.check(&problems, true)
	return problems.Err()
}

// check collects the problems; overlaps may be left to the lint.
func (p Plan) check(problems *check.List, overlaps bool) {
	problems.ID("id", "missing_id", p.ID)
	problems.Nest("unit", p.Unit.Validate())
	if p.Unit.Money != 1 || p.Unit.Days != 0 {
		problems.Add(check.ErrUnit, "unit", "not_money", p.Unit)
	}
	if p.Rounding > kpi.Ceiling {
		problems.Add(check.ErrUnknown, "rounding", "unknown_word", uint8(p.Rounding))
	}
	p.checkComponents(problems, overlaps)
	p.Limit.check(problems, "limit")
	optional(problems, "draw.amount", p.Draw.Amount)
	notNegative(problems, "draw.amount", p.Draw.Amount)
	if p.Draw.none() && p.Draw.Recoverable {
		problems.Add(check.ErrMissing, "draw.amount", "missing_amount", nil)
	}
	if p.Reversal.Policy > Restate {
		problems.Add(check.ErrUnknown, "reversal.policy", "unknown_word", uint8(p.Reversal.Policy))
	}
	if p.Reversal.Days < 0 {
		problems.Add(check.ErrRange, "reversal.days", "below_zero", p.Reversal.Days)
	}
}

func (p Plan) checkComponents(problems *check.List, overlaps bool) {
	count(problems, "components", len(p.Components), MaxComponents)
	if len(p.Components) == 0 {
		problems.Add(check.ErrMissing, "components", "no_components", nil)
	}
	seen := map[string]int{}
	for i, c := range p.Components {
		at := check.At("components", i)
		if first, twice := seen[c.ID]; twice && c.ID != "" {
			problems.Add(check.ErrDuplicate, at+".id", "duplicate_component", c.ID, "first", check.At("components", first))
			continue
		}
		seen[c.ID] = i
	}
	for i, c := range p.Components {
		part := check.List{Op: problems.Op}
		c.check(&part, seen, overlaps)
		problems.Nest(check.At("components", i), part.Err())
	}
}

func (c Component) check(problems *check.List, known map[string]int, overlaps bool) {
	problems.ID("id", "missing_id", c.ID)
	c.checkWords(problems)
	c.checkKind(problems)
	c.checkTiers(problems, known, overlaps)
	c.checkCurve(problems)
	c.checkWeights(problems)
	optional(problems, "target_pay", c.TargetPay)
	notNegative(problems, "target_pay", c.TargetPay)
	c.Gate.check(problems, "gate", known)
	c.checkAccelerators(problems, known)
	c.Limit.check(problems, "limit")
	c.checkHold(problems)
}

func (c Component) checkWords(problems *check.List) {
	for _, word := range []struct {
		path        string
		value, most uint8
	}{
		{"basis", uint8(c.Basis), uint8(OnMargin)},
		{"direction", uint8(c.Direction), uint8(kpi.InBand)},
		{"by", uint8(c.By), uint8(ByAttainment)},
		{"mode", uint8(c.Mode), uint8(Whole)},
	} {
		if word.value > word.most {
			problems.Add(check.ErrUnknown, word.path, "unknown_word", word.value)
		}
	}
}

func (c Component) checkKind(problems *check.List) {
	switch {
	case len(c.Tiers) == 0 && len(c.Curve) == 0:
		problems.Add(check.ErrMissing, "tiers", "neither_tiers_nor_curve", nil)
	case len(c.Tiers) > 0 && len(c.Curve) > 0:
		problems.Add(check.ErrInvalid, "curve", "tiers_and_curve", nil)
	}
	switch {
	case c.Direction == kpi.InBand:
		problems.Add(check.ErrInvalid, "direction", "direction_not_paid", c.Direction)
	case c.Direction == kpi.LowerIsBetter && c.By == ByAmount:
		problems.Add(check.ErrInvalid, "by", "lower_is_paid_by_attainment", c.By)
	case c.Direction == kpi.LowerIsBetter && c.Mode == Marginal && len(c.Tiers) > 0:
		problems.Add(check.ErrInvalid, "mode", "lower_has_no_marginal_tiers", c.Mode)
	}
}

func (c Component) checkTiers(problems *check.List, known map[string]int, overlaps bool) {
	count(problems, "tiers", len(c.Tiers), MaxTiers)
	labels := map[string]bool{}
	for _, t := range sortedTiers(c.Tiers) {
		if label := t.label(c.By); labels[label] && t.Name != "" {
			problems.Add(check.ErrDuplicate, "tiers", "duplicate_tier_name", label)
		} else {
			labels[label] = true
		}
	}
	for i, t := range c.Tiers {
		t.check(problems, check.At("tiers", i), known)
		if overlaps {
			c.checkOverlap(problems, i)
		}
	}
}

func (t Tier) check(problems *check.List, at string, known map[string]int) {
	required(problems, at+".from", t.From)
	for _, v := range []struct {
		path string
		v    kpi.Value
	}{{".to", t.To}, {".rate", t.Rate}, {".flat", t.Flat}, {".min", t.Min}, {".max", t.Max}} {
		optional(problems, at+v.path, v.v)
	}
	if t.To.Defined() && !t.From.Less(t.To) && t.From.Defined() {
		problems.Add(check.ErrInvalid, at+".to", "end_not_above_start", t.To, "from", t.From)
	}
	switch noRate := t.Rate == (kpi.Value{}); {
	case noRate && !t.flat():
		problems.Add(check.ErrMissing, at+".rate", "neither_rate_nor_flat", nil)
	case !noRate && t.flat():
		problems.Add(check.ErrInvalid, at+".flat", "rate_and_flat", t.Flat)
	case t.flat() && (t.Min.Defined() || t.Max.Defined()):
		problems.Add(check.ErrInvalid, at+".flat", "flat_with_min_or_max", t.Flat)
	}
	if t.Max.Less(t.Min) {
		problems.Add(check.ErrInvalid, at+".max", "max_below_min", t.Max, "min", t.Min)
	}
	t.Gate.check(problems, at+".gate", known)
}

// checkOverlap looks at the tiers before the i-th alone, so that a pair is
// reported once.
func (c Component) checkOverlap(problems *check.List, i int) {
	for j, other := range c.Tiers[:i] {
		if overlap(c.Tiers[i], other) {
			problems.Add(check.ErrOverlap, check.At("tiers", i, "from"), "tiers_overlap", c.Tiers[i].From, "with", check.At("tiers", j))
		}
	}
}

// overlap reports whether two tiers share a part. A tier without To ends
// where the next begins, so it overlaps only one that begins with it or
// around it.
func overlap(a, b Tier) bool {
	if b.From.Less(a.From) {
		a, b = b, a
	}
	return a.From.Defined() && b.From.Defined() && (a.From == b.From || b.From.Less(a.To))
}

func (c Component) checkCurve(problems *check.List) {
	count(problems, "curve", len(c.Curve), MaxTiers)
	seen := map[kpi.Value]bool{}
	for i, point := range c.Curve {
		at := check.At("curve", i)
		required(problems, at+".at", point.At)
		required(problems, at+".pay", point.Pay)
		if seen[point.At] && point.At.Defined() {
			problems.Add(check.ErrDuplicate, at+".at", "duplicate_point", point.At)
		}
		seen[point.At] = true
	}
}

func (c Component) checkWeights(problems *check.List) {
	count(problems, "weights", len(c.Weights), MaxTiers)
	for i, w := range c.Weights {
		at := check.At("weights", i, "factor")
		required(problems, at, w.Factor)
		notNegative(problems, at, w.Factor)
	}
}

func (c Component) checkAccelerators(problems *check.List, known map[string]int) {
	count(problems, "accelerators", len(c.Accelerators), MaxTiers)
	seen := map[kpi.Value]bool{}
	for i, a := range c.Accelerators {
		at := check.At("accelerators", i)
		if a.Gate.none() {
			problems.Add(check.ErrMissing, at+".gate", "missing_gate", nil)
		}
		a.Gate.check(problems, at+".gate", known)
		required(problems, at+".factor", a.Factor)
		notNegative(problems, at+".factor", a.Factor)
		if seen[a.Gate.AtLeast] && a.Gate.AtLeast.Defined() {
			problems.Add(check.ErrDuplicate, at+".gate.at_least", "duplicate_accelerator", a.Gate.AtLeast)
		}
		seen[a.Gate.AtLeast] = true
	}
}

func (c Component) checkHold(problems *check.List) {
	h := c.Hold
	optional(problems, "hold.share", h.Share)
	switch {
	case h.none() && h.Whole:
		problems.Add(check.ErrMissing, "hold.share", "missing_share", nil)
	case h.Share.Defined() && (h.Share.Sign() <= 0 || kpi.Int(1).Less(h.Share)):
		problems.Add(check.ErrRange, "hold.share", "not_a_share", h.Share, "most", 1)
	}
}

func (g Gate) check(problems *check.List, at string, known map[string]int) {
	if g.none() {
		return
	}
	required(problems, at+".at_least", g.AtLeast)
	if _, there := known[g.Component]; g.Component != "" && !there {
		problems.Add(check.ErrUnknown, at+".component", "unknown_component", g.Component)
	}
}

func (l Limit) check(problems *check.List, at string) {
	optional(problems, at+".floor", l.Floor)
	optional(problems, at+".cap", l.Cap)
	optional(problems, at+".cap_to_date", l.CapToDate)
	notNegative(problems, at+".cap", l.Cap)
	notNegative(problems, at+".cap_to_date", l.CapToDate)
	if l.Cap.Less(l.Floor) {
		problems.Add(check.ErrInvalid, at+".cap", "cap_below_floor", l.Cap, "floor", l.Floor)
	}
}

// required reports a number that is not there.
func required(problems *check.List, path string, v kpi.Value) {
	if !v.Defined() {
		problems.Add(check.ErrMissing, path, "missing_number", nil)
	}
}

// optional reports a number that is stated and undefined: it would count as
// left out.
func optional(problems *check.List, path string, v kpi.Value) {
	if !v.Defined() && v != (kpi.Value{}) {
		problems.Add(check.ErrInvalid, path, "undefined_number", v.Reason())
	}
}

func notNegative(problems *check.List, path string, v kpi.Value) {
	if v.Sign() < 0 {
		problems.Add(check.ErrRange, path, "below_zero", v)
	}
}

func count(problems *check.List, path string, n, most int) {
	if n > most {
		problems.Add(check.ErrRange, path, "too_many", n, "most", most)
	}
}
