package action

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Aim is the goal that strategies are held against, and what it is made of.
type Aim struct {
	Goal      string          `json:"goal"` // its ID; strategies of other goals are left out
	Period    calendar.Period `json:"period"`
	Target    kpi.Value       `json:"target"`
	Direction kpi.Direction   `json:"direction"`
	Unit      kpi.Unit        `json:"unit,omitzero"` // in which findings write the amounts; none: as plain numbers

	// Formula is how the goal comes about, such as leads * conversion *
	// deal_size, and Drivers what it names, each as it is expected over the
	// whole period without any of the strategies.
	Formula kpi.Formula `json:"formula"`
	Drivers []Driver    `json:"drivers"`

	// LeadTimes says how many days pass until what moves a lever shows in the
	// goal: of leads the median sales cycle. Every lever that a strategy moves
	// has one; 0 is at once.
	LeadTimes []LeadTime            `json:"lead_times"`
	Work      calendar.WorkCalendar `json:"work,omitzero"` // none: every day counts alike
}

// Driver is what a formula names: a lever that strategies move, or, without
// lever, something that stays as it is.
type Driver struct {
	ID    string    `json:"id"` // as the formula has it
	Lever Lever     `json:"lever,omitzero"`
	Value kpi.Value `json:"value"`
}

// LeadTime is the days from the work on a lever to its effect on the goal.
type LeadTime struct {
	Lever Lever `json:"lever"`
	Days  int   `json:"days"`
}

// ValidateFor reports every problem of the aim at once: what is missing, a
// formula that names what is no driver (check.ErrUnknown), drivers and lead
// times that stand twice, and a lever that a strategy moves and that has no
// lead time (check.ErrMissing).
func (a Aim) ValidateFor(p Plan) error {
	problems := check.List{Op: "action.Aim"}
	c := checker{&problems, p, index(p)}
	problems.ID("goal", "missing_goal", a.Goal)
	if a.Period.IsZero() {
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	} else {
		clock{a.Work}.cover(&problems, "period", a.Period.Start(), a.Period.Last())
	}
	problems.Nest("unit", a.Unit.Validate())
	checkNumber(&problems, "target", a.Target, true)
	c.direction(a.Direction)
	c.formula(a.Formula, "drivers", a.Drivers)
	c.leadTimes(a.LeadTimes)
	for _, s := range p.Strategies {
		for _, e := range s.Effects {
			if _, stated := leadTime(a.LeadTimes, e.Lever); !stated && s.serves(a.Goal) && a.moves(e.Lever) {
				problems.Add(check.ErrMissing, "lead_times", "missing_lead_time", e.Lever, "strategy", s.ID)
			}
		}
	}
	return problems.Err()
}

func (c checker) direction(d kpi.Direction) {
	c.word("direction", uint8(d), uint8(kpi.InBand))
	if d == kpi.InBand {
		c.problems.Add(check.ErrUnit, "direction", "no_direction", d)
	}
}

func (c checker) formula(f kpi.Formula, list string, drivers []Driver) {
	if f.IsZero() {
		c.problems.Add(check.ErrMissing, "formula", "missing_formula", nil)
	}
	known := make(map[string]int, len(drivers))
	for i, d := range drivers {
		at := check.At(list, i) + "."
		c.id(list, i, d.ID, known)
		c.word(at+"lever", uint8(d.Lever), levers-1)
		checkNumber(c.problems, at+"value", d.Value, true)
	}
	for _, id := range f.References() {
		if _, there := known[id]; !there {
			c.problems.Add(check.ErrUnknown, "formula", "unknown_driver", id)
		}
	}
}

func (c checker) leadTimes(times []LeadTime) {
	const longest = 3660
	var stated [levers]bool
	for i, t := range times {
		at := check.At("lead_times", i) + "."
		c.lever(at+"lever", t.Lever)
		if t.Days < 0 || t.Days > longest {
			c.problems.Add(check.ErrRange, at+"days", "out_of_range", t.Days, "least", 0, "most", longest)
		}
		if t.Lever < levers {
			if stated[t.Lever] {
				c.problems.Add(check.ErrDuplicate, at+"lever", "duplicate_lever", t.Lever)
			}
			stated[t.Lever] = true
		}
	}
}

func leadTime(times []LeadTime, l Lever) (days int, stated bool) {
	for _, t := range times {
		if t.Lever == l {
			return t.Days, true
		}
	}
	return 0, false
}

// moves reports whether the formula has the lever.
func (a Aim) moves(l Lever) bool { return moves(a.Formula, a.Drivers, l) }

func moves(f kpi.Formula, drivers []Driver, l Lever) bool {
	named := f.References()
	return slices.ContainsFunc(drivers, func(d Driver) bool { return d.Lever == l && slices.Contains(named, d.ID) })
}

// Promise is what strategies promise for a goal, held against it.
type Promise struct {
	Goal      string          `json:"goal"`
	Period    calendar.Period `json:"period"`
	Direction kpi.Direction   `json:"direction"`
	Stacking  Stacking        `json:"stacking"` // the rule for several on one lever
	Target    kpi.Value       `json:"target"`

	Baseline kpi.Value   `json:"baseline"` // without any of the strategies
	Full     kpi.Value   `json:"full"`     // were every effect there from the first day to the last
	Landing  kpi.Value   `json:"landing"`  // with start, end and lead time
	Beyond   kpi.Value   `json:"beyond"`   // full − landing: what cannot land inside the period
	Gap      kpi.Value   `json:"gap"`      // target − baseline
	Left     kpi.Value   `json:"left"`     // target − landing
	Outcome  kpi.Outcome `json:"outcome"`  // of the landing

	Strategies []StrategyPromise `json:"strategies"` // rising by ID
	Spans      []Span            `json:"spans"`      // the period, cut where effects begin and end
	Findings   []check.Finding   `json:"findings"`
}

// StrategyPromise is what one strategy promises. Effects work on one another,
// so what it gives alone and what it adds to the others differ, and neither
// sums to the whole.
type StrategyPromise struct {
	Strategy string          `json:"strategy"`
	Effects  []EffectPromise `json:"effects"` // in the order of levers
	Full     kpi.Value       `json:"full"`    // alone, from the first day to the last, above the baseline
	Alone    kpi.Value       `json:"alone"`   // alone, as it lands, above the baseline
	Adds     kpi.Value       `json:"adds"`    // what the landing would lack without it
}

// EffectPromise is when one effect shows in the goal.
type EffectPromise struct {
	Lever   Lever           `json:"lever"`
	Change  kpi.Value       `json:"change"`
	Begins  calendar.Day    `json:"begins,omitzero"`  // start + lead time; no day after 2200
	Ends    calendar.Day    `json:"ends,omitzero"`    // end + lead time; no day where it goes on
	Landing calendar.Period `json:"landing,omitzero"` // the days of the goal's period on which it shows
	Share   kpi.Value       `json:"share"`            // of the working days of the period
	Counted bool            `json:"counted"`          // the formula has the lever
}

// Span is a part of the period in which the same effects show.
//
//	value = share × formula(drivers, each × the change of its lever)
type Span struct {
	Period  calendar.Period `json:"period"`
	Share   kpi.Value       `json:"share"` // of the working days of the period
	Changes []LeverChange   `json:"changes"`
	Value   kpi.Value       `json:"value"`
}

// LeverChange is the relative change of a lever by all strategies together.
type LeverChange struct {
	Lever  Lever     `json:"lever"`
	Change kpi.Value `json:"change"`
}

// Promise composes the effects of the strategies that serve a goal through
// its formula, and holds what lands inside the period against the target.
//
//	effect of a lever  its changes by the plan's [Stacking] rule
//	full               formula(every driver × the change of its lever)
//	begins             start of the strategy + lead time of the lever
//	landing            Σ over spans of share of working days × formula(…)
//
// so leads +10 % and conversion +10 % promise +21 %, and half of it where
// both begin in the middle of the period. A share such as conversion or
// retention does not rise above 1, and a finding says where it would.
//
// Errors are those of [Plan.Validate] and [Aim.ValidateFor].
func (p Plan) Promise(aim Aim) (Promise, error) {
	if err := p.valid("action.Promise", aim.ValidateFor); err != nil {
		return Promise{}, err
	}
	c := p.composer(aim)
	all := c.every()
	r := Promise{Goal: aim.Goal, Period: aim.Period, Direction: aim.Direction, Stacking: p.Stacking, Target: aim.Target,
		Strategies: []StrategyPromise{}, Spans: c.spans(all)}
	r.Baseline = c.value(none())
	r.Full = c.full(all)
	r.Landing = c.landing(all)
	r.Beyond, r.Gap, r.Left = r.Full.Sub(r.Landing), aim.Target.Sub(r.Baseline), aim.Target.Sub(r.Landing)
	if met, ok := kpi.Met(aim.Direction, r.Landing, aim.Target); ok {
		r.Outcome = kpi.TargetMissed
		if met {
			r.Outcome = kpi.TargetMet
		}
	}
	for i, s := range c.strategies {
		only := []int{i}
		others := slices.DeleteFunc(slices.Clone(all), func(k int) bool { return k == i })
		r.Strategies = append(r.Strategies, StrategyPromise{Strategy: s.ID, Effects: c.effects[i],
			Full: c.full(only).Sub(r.Baseline), Alone: c.landing(only).Sub(r.Baseline), Adds: r.Landing.Sub(c.landing(others))})
	}
	r.Findings = c.findings(&p, &r)
	return r, nil
}

// Gains gives what each strategy promised alone as it lands, for better or
// worse, to be tracked beside what it costs: [Input].Gains, with Seen to be
// filled in at the end. The goal is one of money in the currency of the plan,
// of the promise that [Plan.Promise] made before the work began.
func (r Promise) Gains() []Gain {
	gains := make([]Gain, 0, len(r.Strategies))
	for _, s := range r.Strategies {
		gains = append(gains, Gain{Strategy: s.Strategy, Promised: kpi.Favourable(r.Direction, s.Alone, kpi.Int(0))})
	}
	return gains
}
