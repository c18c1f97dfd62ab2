package forecast

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Cover is whether this period and the next ones are covered, and whether
// pipeline is created fast enough for them.
type Cover struct {
	Periods  []PeriodCover   `json:"periods"` // this one first
	Creation Creation        `json:"creation"`
	Findings []check.Finding `json:"findings"`
}

// PeriodCover is the coverage of one period.
type PeriodCover struct {
	funnel.Coverage

	// Needed is the coverage that was enough in earlier periods, as many days
	// before their end:
	//
	//	(1 − share of what was won later that did not exist) / yield of what was open and due
	//
	// Undefined (TooFew) under two such periods.
	Needed kpi.Value `json:"needed"`
	Past   int       `json:"past"` // periods that it was learned from

	// Short is the pipeline that is missing today: Needed × what remains to
	// the target − what is open and due; 0 where there is enough.
	Short kpi.Value `json:"short"`
}

// Creation is the pipeline that is created against the pace that the next
// periods need.
type Creation struct {
	Days    calendar.Period `json:"days"`    // of the running period to date, or none where it has not begun
	Created funnel.Stock    `json:"created"` // in these days
	PerDay  kpi.Value       `json:"per_day"`

	// WonPerCreated is what earlier periods won by the pipeline that was
	// created in them: Σ won ÷ Σ created, both by value.
	WonPerCreated kpi.Ratio `json:"won_per_created"`

	// Needed is the pace at which pipeline must be created, by this ratio,
	// for the mean target of the next periods, in a day:
	//
	//	mean of target ÷ days, of the next periods / WonPerCreated
	//
	// Undefined (TooFew) under two earlier periods, (NoTarget) where a next
	// period has none.
	Needed kpi.Value `json:"needed"`
	Pace   kpi.Ratio `json:"pace"` // PerDay ÷ Needed: 1 keeps up
}

// fewestCovered is how many earlier periods it takes to say what is enough.
const fewestCovered = 2

// Cover gives the coverage of the aim's period, by the aim's target, and of
// the periods after it, by the targets that are passed. Where every close date is
// taken ([Aim].AnyClose) no deal belongs to a later period, which is an error
// (check.ErrInvalid) if any are asked for; so are more than 12 of them
// (check.ErrRange).
func (f *Forecast) Cover(next ...kpi.Value) (Cover, error) {
	problems := check.List{Op: "forecast.Cover"}
	if f.aim.AnyClose && len(next) > 0 {
		problems.Add(check.ErrInvalid, "next", "any_close", len(next))
	}
	if len(next) > 12 {
		problems.Add(check.ErrRange, "next", "too_many_periods", len(next), "most", 12)
	}
	if err := problems.Err(); err != nil {
		return Cover{}, err
	}
	c := Cover{Periods: []PeriodCover{}, Findings: []check.Finding{}}
	for k, target := range append([]kpi.Value{f.target()}, next...) {
		p, err := f.question.Calendar.Shift(f.aim.Period, f.grain, k)
		if err != nil {
			return Cover{}, err
		}
		covered, err := f.cover(p, k, target)
		if err != nil {
			return Cover{}, err
		}
		c.Periods = append(c.Periods, covered)
	}
	var err error
	if c.Creation, err = f.creation(c.Periods[1:]); err != nil {
		return Cover{}, err
	}
	c.Findings = append(c.Findings, c.findings(f)...)
	return c, nil
}

// part gives the analysis of the aim's deals; ok is false where there are
// none.
func (f *Forecast) part() (part *funnel.Analysis, ok bool) {
	parts, _, err := f.now.By(func(d funnel.Deal) (string, bool) { return "", f.aim.Of(d) })
	if err != nil || len(parts) == 0 {
		return nil, false
	}
	return parts[0].Analysis, true
}

func (f *Forecast) cover(p calendar.Period, ahead int, target kpi.Value) (PeriodCover, error) {
	if !target.Defined() {
		target = kpi.Undefined(kpi.NoTarget)
	}
	c := PeriodCover{Coverage: funnel.Coverage{Period: p, Target: target, Remaining: target, Findings: []check.Finding{},
		Ratio: kpi.NewRatio(kpi.Int(0), target), OfTarget: kpi.NewRatio(kpi.Int(0), target)}}
	if part, ok := f.part(); ok {
		var err error
		if c.Coverage, err = part.Coverage(funnel.CoverageRule{Period: p, Target: target, AnyClose: f.aim.AnyClose}); err != nil {
			return PeriodCover{}, err
		}
	}
	c.Needed, c.Past = f.needed(ahead)
	open := c.Open.Value.Sum.Or(kpi.Int(0))
	c.Short = c.Needed.Mul(c.Remaining.Max(kpi.Int(0))).Sub(open).Max(kpi.Int(0))
	if c.Met {
		c.Short = kpi.Int(0)
	}
	return c, nil
}

// needed gives the coverage that was enough, so many periods ahead: what was
// open on the same day of an earlier period and due so many periods later,
// against what that later one brought.
func (f *Forecast) needed(ahead int) (kpi.Value, int) {
	var due, fromDue, fromNew, all tally
	n := 0
	for i := ahead; i < len(f.past); i++ {
		then, over := f.past[i], f.past[i-ahead]
		at := *then
		at.period = over.period
		at.finish(over.after)
		e := learn(&look{day: f.look.day, staleAge: f.look.staleAge}, []*look{&at}, f.agesTo)
		due, fromDue, fromNew = due.plus(e.due), fromDue.plus(e.fromDue), fromNew.plus(e.fromNew)
		all = all.plus(e.fromDue).plus(e.fromElsewhere).plus(e.fromNew)
		n++
	}
	if n < fewestCovered {
		return kpi.Undefined(kpi.TooFew), n
	}
	created := kpi.NewRatio(fromNew.sum(), all.sum()).Value()
	return kpi.Int(1).Sub(created).Div(yield(fromDue, due)), n
}

func (t tally) plus(o tally) tally {
	value := t.value
	value.N, value.Of = value.N+o.value.N, value.Of+o.value.Of
	if o.value.N > 0 {
		value.Sum = value.Sum.Or(kpi.Int(0)).Add(o.value.Sum)
	}
	return tally{t.deals + o.deals, value}
}

// creation sets the pipeline created in the running period against what the
// next ones need.
func (f *Forecast) creation(next []PeriodCover) (Creation, error) {
	c := Creation{Created: funnel.Stock{}, PerDay: kpi.Undefined(kpi.NotYetDue)}
	if f.look.day >= f.aim.Period.Start() {
		days, err := calendar.Through(f.aim.Period.Start(), f.look.day)
		if err != nil {
			return Creation{}, err
		}
		created := startedIn(f.look.deals, days, f.look.worth)
		c.Days, c.Created = days, created.sums()
		c.PerDay = created.sum().Div(kpi.Int(int64(days.Days())))
	}
	var won, created tally
	for _, l := range f.past {
		won, created = won.plus(l.actual()), created.plus(startedIn(l.after, l.period, l.worth))
	}
	c.WonPerCreated = kpi.NewRatio(won.sum(), created.sum())
	if len(f.past) < fewestCovered {
		c.WonPerCreated = kpi.NewRatio(kpi.Undefined(kpi.TooFew), kpi.Undefined(kpi.TooFew))
	}
	c.Needed = perDay(next).Div(c.WonPerCreated.Value())
	c.Pace = kpi.NewRatio(c.PerDay, c.Needed)
	return c, nil
}

// startedIn gives the deals that started in a period, won and lost ones too.
func startedIn(deals []funnel.Deal, p calendar.Period, worth func(funnel.Deal) kpi.Value) tally {
	var t tally
	for _, d := range deals {
		if p.Contains(d.Started) {
			t.add(worth(d))
		}
	}
	return t
}

// perDay gives the mean of what the next periods must bring in a day.
func perDay(next []PeriodCover) kpi.Value {
	if len(next) == 0 {
		return kpi.Undefined(kpi.NoTarget)
	}
	sum := kpi.Int(0)
	for _, p := range next {
		sum = sum.Add(p.Target.Div(kpi.Int(int64(p.Period.Days()))))
	}
	return sum.Div(kpi.Int(int64(len(next))))
}

func (c *Cover) findings(f *Forecast) []check.Finding {
	found := notes{}
	label := f.question.Calendar.Label
	for _, p := range c.Periods {
		switch ratio := p.Ratio.Value(); {
		case p.Met:
			found.add("covered_met", check.Info, "period", label(p.Period))
		case !ratio.Defined():
		case !p.Needed.Defined():
			found.add("covered", check.Info, "period", label(p.Period), "times", ratio.Text(1, kpi.HalfEven))
		case p.Short.Sign() > 0:
			found.add("not_covered", check.Warning, "period", label(p.Period), "times", ratio.Text(1, kpi.HalfEven), "needed", p.Needed.Text(1, kpi.HalfEven), "short", whole(p.Short))
		default:
			found.add("covered_enough", check.Info, "period", label(p.Period), "times", ratio.Text(1, kpi.HalfEven), "needed", p.Needed.Text(1, kpi.HalfEven))
		}
	}
	if n := c.Creation; n.PerDay.Defined() && n.Needed.Defined() {
		code, severity := "creation_keeps_up", check.Info
		if n.PerDay.Less(n.Needed) {
			code, severity = "creation_too_slow", check.Warning
		}
		found.add(code, severity, "per_day", whole(n.PerDay), "needed", whole(n.Needed))
	}
	return found
}
