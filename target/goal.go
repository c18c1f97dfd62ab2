package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Goal is one number that somebody aims at in a period. It is a record:
// write it as a literal and check it with Validate or ValidateFor.
//
// Base, Stretch and Baseline are optional; what is left out is no data.
type Goal struct {
	ID        string          `json:"id"`
	Name      string          `json:"name,omitzero"`
	NameZH    string          `json:"name_zh,omitzero"`
	Metric    string          `json:"metric"` // the metric's ID
	Owner     string          `json:"owner"`  // who answers for it: a company, team or person, by its ID
	Period    calendar.Period `json:"period"`
	Base      kpi.Value       `json:"base,omitzero"`      // the least that is acceptable 保底
	Target    kpi.Value       `json:"target"`             // what is aimed at 目标
	Stretch   kpi.Value       `json:"stretch,omitzero"`   // what would be outstanding 冲刺
	Baseline  kpi.Value       `json:"baseline,omitzero"`  // what it was before, on the same terms
	Objective string          `json:"objective,omitzero"` // what it serves

	// Within is what a metric in a band (kpi.InBand), such as a discount rate,
	// should stay in: it takes the place of base, target and stretch.
	Within kpi.Band `json:"within,omitzero"`

	// Growth says that the target was stated as growth over the baseline;
	// [Goal.Resolve] makes the target of it, once.
	Growth Growth `json:"growth,omitzero"`
}

// Validate reports an ID, metric, owner, period or target that is missing,
// amounts that are undefined, a growth without name, rate or baseline, a
// target that does not lie between base and stretch, a band that is none, and
// one beside a target (target_and_band).
func (g Goal) Validate() error {
	problems := check.List{Op: "target.Goal"}
	g.checkKeys(&problems, "")
	g.checkAmounts(&problems, "")
	return problems.Err()
}

// ValidateFor is Validate with the metric at hand: it must be the goal's
// own, base, target and stretch must not get worse in its direction, and a
// band is for metrics in a band alone (check.ErrUnit, not_in_a_band).
func (g Goal) ValidateFor(m kpi.Metric) error {
	problems := check.List{Op: "target.Goal"}
	g.checkKeys(&problems, "")
	g.checkAmounts(&problems, "")
	g.checkMetric(&problems, "", m)
	return problems.Err()
}

// Plan gives the goal as one figure, the plan of a [Track] without months. A
// goal in a band has no one value (NotApplicable).
func (g Goal) Plan() []kpi.Figure {
	f := kpi.Figure{Metric: g.Metric, Owner: g.Owner, Period: g.Period, Value: g.Target}
	if g.banded() {
		f.Value = kpi.Undefined(kpi.NotApplicable)
	}
	return []kpi.Figure{f}
}

// called gives the arguments of a finding that names the goal.
func (g Goal) called() []any {
	args := []any{"goal", g.ID}
	if g.Name != "" {
		args = append(args, "name", g.Name)
	}
	if g.NameZH != "" {
		args = append(args, "name_zh", g.NameZH)
	}
	return args
}

func (g Goal) banded() bool { return g.Within != kpi.Band{} }

// checkBand wants a band alone.
func (g Goal) checkBand(problems *check.List, at string) {
	problems.Nest(at+"within", g.Within.Validate())
	none := func(name string, v kpi.Value) {
		if v != (kpi.Value{}) {
			problems.Add(check.ErrInvalid, at+name, "target_and_band", v)
		}
	}
	none("base", g.Base)
	none("target", g.Target)
	none("stretch", g.Stretch)
	if g.Growth != (Growth{}) {
		problems.Add(check.ErrInvalid, at+"growth", "target_and_band", g.Growth.Over)
	}
}

func (g Goal) checkKeys(problems *check.List, at string) {
	problems.ID(at+"id", "missing_id", g.ID)
	switch {
	case g.Metric == "":
		problems.Add(check.ErrMissing, at+"metric", "missing_metric", nil)
	case !kpi.ValidID(g.Metric):
		problems.Add(check.ErrInvalid, at+"metric", "malformed_id", g.Metric, "form", "[a-z][a-z0-9_]*")
	}
	problems.ID(at+"owner", "missing_owner", g.Owner)
	if g.Period.IsZero() {
		problems.Add(check.ErrMissing, at+"period", "missing_period", nil)
	}
}

func (g Goal) checkAmounts(problems *check.List, at string) {
	if g.banded() {
		g.checkBand(problems, at)
		return
	}
	if g.Target == (kpi.Value{}) {
		problems.Add(check.ErrMissing, at+"target", "missing_target", nil)
	}
	optional := func(name string, v kpi.Value) {
		if v != (kpi.Value{}) && !v.Defined() {
			problems.Add(check.ErrInvalid, at+name, "undefined_amount", v.Reason())
		}
	}
	optional("base", g.Base)
	optional("target", g.Target)
	optional("stretch", g.Stretch)
	optional("baseline", g.Baseline)
	g.Growth.check(problems, at, g.Baseline)
	low, high := g.Base.Min(g.Stretch), g.Base.Max(g.Stretch)
	if g.Target.Less(low) || high.Less(g.Target) {
		problems.Add(check.ErrInvalid, at+"target", "not_between", g.Target, "base", g.Base, "stretch", g.Stretch)
	}
}

func (g Goal) checkMetric(problems *check.List, at string, m kpi.Metric) {
	if g.Metric != "" && g.Metric != m.ID {
		problems.Add(check.ErrInvalid, at+"metric", "other_metric", g.Metric, "metric", m.ID)
	}
	if g.banded() && m.Direction != kpi.InBand {
		problems.Add(check.ErrUnit, at+"within", "not_in_a_band", m.Direction, "metric", m.ID)
	}
	worse := func(a, b kpi.Value) bool { return kpi.Favourable(m.Direction, a, b).Sign() < 0 }
	if worse(g.Target, g.Base) {
		problems.Add(check.ErrInvalid, at+"base", "better_than_target", g.Base, "target", g.Target)
	}
	if worse(g.Stretch, g.Target) {
		problems.Add(check.ErrInvalid, at+"stretch", "worse_than_target", g.Stretch, "target", g.Target)
	}
}
