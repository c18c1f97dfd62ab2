package funnel_test

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"pgregory.net/rapid"
)

// shown is a number of deals as a result shows it, with the figure that names
// it, and what the deals are worth where the result says that too.
type shown struct {
	figure funnel.Figure
	deals  int64
	value  *kpi.Partial
}

type figures []shown

func (f *figures) deals(figure funnel.Figure, n int64) { *f = append(*f, shown{figure, n, nil}) }

func (f *figures) worth(figure funnel.Figure, n int64, value kpi.Partial) {
	*f = append(*f, shown{figure, n, &value})
}

func (f *figures) line(figure funnel.Figure, l funnel.OpenLine) {
	for which, h := range map[funnel.Which]funnel.Holding{funnel.LiveOnes: l.Live, funnel.StaleOnes: l.Stale} {
		figure.Which = which
		f.worth(figure, h.Deals, h.Value)
	}
}

func all(which funnel.Which) funnel.Figure { return funnel.Figure{Which: which} }

// ofReport gives every number of deals in a report, as the doc of Figure says.
func (f *figures) ofReport(r funnel.Report) {
	c := r.Counts
	for which, n := range map[funnel.Which]int64{
		funnel.EveryOne: c.Lives, funnel.OpenOnes: c.Open, funnel.WonOnes: c.Won, funnel.LostOnes: c.Lost, funnel.DisqualifiedOnes: c.Disqualified,
		funnel.ClosedOnes: c.Won + c.Lost + c.Disqualified, funnel.DecidedOnes: c.Won + c.Lost, funnel.OutsideWindow: c.OutsideWindow,
		funnel.WonInWindow: r.Won.Deals, funnel.LostInWindow: r.Lost.Deals, funnel.DisqualifiedInWindow: r.Disqualified.Deals, funnel.DecidedInWindow: r.Won.Deals + r.Lost.Deals,
		funnel.TimedOnes: r.CycleClosed.N, funnel.UntimedOnes: r.CycleClosed.Missing, funnel.WonTimedOnes: r.Won.Cycle.N,
		funnel.NoStartOnes: r.CohortUnknown, funnel.AncientOnes: r.Open.OlderThanAnyClosed,
		funnel.UnvaluedOnes: r.Open.Total().Deals - int64(r.Open.Total().Value.N),
	} {
		f.deals(all(which), n)
	}
	for which, closed := range map[funnel.Which]funnel.Closed{funnel.WonInWindow: r.Won, funnel.LostInWindow: r.Lost, funnel.DisqualifiedInWindow: r.Disqualified} {
		value := closed.Amount
		if r.ValueBy == funnel.ByListPrice {
			value = closed.ListPrice
		}
		f.worth(all(which), closed.Deals, value)
	}
	f.ofGroup(funnel.Figure{}, r.Open.OpenGroup)
	for i, s := range r.Stages {
		f.ofStage(s)
		f.ofGroup(funnel.Figure{Last: s.Stage}, r.Open.Stages[i].OpenGroup)
	}
	for _, c := range r.Cohorts {
		in := func(which funnel.Which) funnel.Figure { return funnel.Figure{Which: which, Started: c.Period} }
		f.deals(in(funnel.EveryOne), c.Deals)
		f.deals(in(funnel.OpenOnes), c.Open)
		f.deals(in(funnel.WonOnes), c.Won)
		f.deals(in(funnel.LostOnes), c.Lost)
		f.deals(in(funnel.DisqualifiedOnes), c.Disqualified)
		if c.Conversion.Num().Defined() {
			f.deals(in(funnel.WonInTime), whole(c.Conversion.Num()))
		}
	}
}

func (f *figures) ofGroup(of funnel.Figure, g funnel.OpenGroup) {
	f.line(of, g.OpenLine)
	of.Ages = funnel.Ages{Unknown: true}
	f.line(of, g.NoAge)
	for _, b := range g.Buckets {
		of.Ages = b.Ages()
		f.line(of, b.OpenLine)
	}
}

func (f *figures) ofStage(s funnel.StageFlow) {
	for which, n := range map[funnel.Which]int64{
		funnel.EveryOne: s.Reached, funnel.EnteredOnes: s.Entered, funnel.ImpliedOnes: s.Implied, funnel.SkippedOnes: s.Skipped,
		funnel.OpenOnes: s.Open, funnel.WonOnes: s.Won, funnel.LostOnes: s.Lost, funnel.DisqualifiedOnes: s.Disqualified,
		funnel.ClosedOnes: whole(s.ToClosed.Num()), funnel.PassedOnes: whole(s.ToNext.Num()),
	} {
		f.deals(funnel.Figure{Which: which, Stage: s.Stage}, n)
	}
	for which, n := range map[funnel.Which]int64{funnel.OpenOnes: s.OpenHere, funnel.LostOnes: s.LostHere, funnel.DisqualifiedOnes: s.DisqualifiedHere} {
		f.deals(funnel.Figure{Which: which, Last: s.Stage}, n)
	}
}

// ofMovement gives those of Created, CreateAndClose and Slippage.
func (f *figures) ofMovement(t *rapid.T, a *funnel.Analysis, in calendar.Period) {
	if in.Start() <= a.Report().Day {
		c, err := a.Created(in)
		must(t, err)
		f.worth(funnel.Figure{Started: in}, c.Deals, c.Now)
		f.deals(funnel.Figure{Which: funnel.GoneOnes, Started: in}, c.SinceGone)
		f.deals(all(funnel.NoStartOnes), c.StartUnknown)
		for _, d := range c.ByDay {
			f.worth(funnel.Figure{Started: dayOf(d.Day)}, d.Deals, d.Now)
		}
		cc, err := a.CreateAndClose(in)
		must(t, err)
		f.worth(funnel.Figure{Which: funnel.WonInWindow, Closed: in}, cc.Won.Deals, cc.Won.Value)
		f.worth(funnel.Figure{Which: funnel.WonInWindow, Closed: in, Started: in}, cc.Inside.Deals, cc.Inside.Value)
		f.worth(funnel.Figure{Which: funnel.WonInWindow, Closed: in, And: funnel.NoStartOnes}, cc.Unknown.Deals, cc.Unknown.Value)
	}
	for _, grain := range []calendar.Grain{calendar.NoGrain, calendar.Weekly} {
		s, err := a.Slippage(funnel.SlipRule{Grain: grain})
		must(t, err)
		for and, slips := range map[funnel.Which]funnel.Slips{funnel.EveryOne: s.All, funnel.OpenOnes: s.Open, funnel.WonOnes: s.Won, funnel.LostOnes: s.Lost} {
			f.deals(all(and), slips.Deals)
			f.deals(funnel.Figure{Which: funnel.DatedOnes, And: and}, slips.Dated)
			f.worth(funnel.Figure{Which: funnel.PushedOnes, And: and}, slips.Pushed, slips.Value)
			f.deals(funnel.Figure{Which: funnel.PulledOnes, And: and}, slips.Pulled)
			f.deals(funnel.Figure{Which: funnel.CrossedOnes, And: and, Grain: grain}, slips.Crossed)
		}
		for _, p := range s.Distribution {
			figure := funnel.Figure{Which: funnel.PushedOnes, Pushes: int(p.Pushes)}
			if p.Pushes == 0 {
				figure = all(funnel.UnpushedOnes)
			}
			f.worth(figure, p.Deals, p.Value)
		}
	}
}

// ofReasons gives those of Reasons and Rework.
func (f *figures) ofReasons(t *rapid.T, a *funnel.Analysis) {
	for end, which := range map[funnel.Outcome]funnel.Which{funnel.Won: funnel.WonInWindow, funnel.Lost: funnel.LostInWindow, funnel.Disqualified: funnel.DisqualifiedInWindow} {
		r, err := a.Reasons(end)
		must(t, err)
		f.deals(all(which), r.Deals)
		f.worth(funnel.Figure{Which: which, And: funnel.UnstatedOnes}, r.Unstated.Named, r.Unstated.Value)
		for _, c := range r.Reasons {
			f.deals(funnel.Figure{Which: which, Reason: c.Reason}, c.Named)
		}
	}
	w := a.Rework()
	f.deals(all(funnel.EveryOne), w.Deals)
	f.deals(all(funnel.MovedBackOnes), w.Moved)
	for _, s := range w.Stages {
		f.deals(funnel.Figure{Which: funnel.VisitedOnes, Stage: s.Stage}, s.Deals)
	}
}

// ofWork gives those of Stalled, Velocity, Coverage and WinRates.
func (f *figures) ofWork(t *rapid.T, a *funnel.Analysis, in calendar.Period) {
	rule := &funnel.StallRule{Limits: map[string]kpi.Value{"lead": kpi.Int(rapid.Int64Range(0, 9).Draw(t, "limit"))}, AtLeast: 1, ActivityCounts: true}
	s, err := a.Stalled(*rule)
	must(t, err)
	for _, stage := range s.Stages {
		at := func(which funnel.Which) funnel.Figure {
			return funnel.Figure{Which: which, Last: stage.Stage, Stall: rule}
		}
		f.deals(at(funnel.MovingOnes), stage.Moving)
		f.deals(at(funnel.UnmeasuredOnes), stage.Unknown)
		stalled := at(funnel.StalledOnes)
		stalled.And = funnel.LiveOnes
		f.worth(stalled, stage.Stalled.Live.Deals, stage.Stalled.Live.Value)
		stalled.And = funnel.StaleOnes
		f.worth(stalled, stage.Stalled.Stale.Deals, stage.Stalled.Stale.Value)
	}
	if in.Start() <= a.Report().Day {
		v, err := a.Velocity(funnel.VelocityRule{Reference: in, Qualified: "demo"})
		must(t, err)
		f.deals(funnel.Figure{Which: funnel.LiveOnes, From: "demo"}, v.Open)
		f.deals(funnel.Figure{Which: funnel.StaleOnes, From: "demo"}, v.Stale)
		f.deals(funnel.Figure{Which: funnel.WonOnes, Closed: in}, whole(v.WinRate.Num()))
		f.deals(funnel.Figure{Which: funnel.DecidedOnes, Closed: in}, whole(v.WinRate.Den()))
	}
	f.ofCoverage(t, a, in)
	rates, err := a.WinRates(funnel.WinRateRule{Period: in, Within: 5})
	must(t, err)
	for which, rate := range map[funnel.Figure]funnel.Rate{{Closed: in, And: funnel.DecidedOnes}: rates.Closed, {Started: in}: rates.Created, {Started: in, And: funnel.DecidedOnes}: rates.Cohort} {
		if rate.Ratio.Num().Defined() && rate.Ratio.Den().Defined() {
			f.deals(which, whole(rate.Ratio.Den()))
			which.Which = funnel.WonOnes
			f.deals(which, whole(rate.Ratio.Num()))
		}
	}
}

func (f *figures) ofCoverage(t *rapid.T, a *funnel.Analysis, in calendar.Period) {
	c, err := a.Coverage(funnel.CoverageRule{Period: in})
	must(t, err)
	f.worth(funnel.Figure{Which: funnel.WonOnes, Closed: in}, int64(c.Won.Of), c.Won)
	for figure, h := range map[funnel.Figure]funnel.Holding{
		{Which: funnel.DueOnes, Due: in}: c.Open, {Which: funnel.ElsewhereOnes, Due: in}: c.Elsewhere, all(funnel.StaleOnes): c.Stale,
		all(funnel.OmittedOnes): c.Omitted, all(funnel.NoCloseOnes): c.NoClose, all(funnel.PastCloseOnes): c.PastClose,
	} {
		f.worth(figure, h.Deals, h.Value)
	}
	c, err = a.Coverage(funnel.CoverageRule{Period: in, AnyClose: true})
	must(t, err)
	f.worth(all(funnel.InPlayOnes), c.Open.Deals, c.Open.Value)
}

// ofWays gives those of Conversion, CohortAges, Reverse and Concentration.
func (f *figures) ofWays(t *rapid.T, a *funnel.Analysis, in calendar.Period) {
	rule := &funnel.ConversionRule{From: rapid.SampledFrom([]string{"", "lead", "demo"}).Draw(t, "from"),
		To: rapid.SampledFrom([]string{"", "offer"}).Draw(t, "to"), Within: 4}
	if rapid.Bool().Draw(t, "all") {
		rule.Entered = in
	}
	if c, err := a.Conversion(*rule); err == nil { // else it starts at offer, and offer is not after that
		is := func(which, and funnel.Which) funnel.Figure {
			return funnel.Figure{Which: which, And: and, Conversion: rule}
		}
		f.deals(is(funnel.ComingOnes, 0), c.Deals)
		f.deals(is(funnel.UntrackedOnes, 0), c.Unknown)
		f.deals(is(funnel.TruncatedOnes, 0), c.Truncated)
		f.deals(is(funnel.ObservedOnes, 0), whole(c.Observed.Ratio.Den()))
		f.deals(is(funnel.ConvertedOnes, 0), whole(c.Observed.Ratio.Num()))
		f.deals(is(funnel.MatureOnes, 0), whole(c.Mature.Ratio.Den()))
		f.deals(is(funnel.ConvertedOnes, funnel.MatureOnes), whole(c.Mature.Ratio.Num()))
		f.deals(is(funnel.ComingOnes, funnel.StaleOnes), c.Stale)
	}
	ages := []int{0, 3, 9}
	cohorts, err := a.CohortAges(ages...)
	must(t, err)
	for _, c := range cohorts.Cohorts {
		for j, won := range c.Won {
			if won.Num().Defined() && won.Den().Defined() {
				f.deals(funnel.Figure{Which: funnel.WonOnes, Started: c.Period, Ages: funnel.Ages{Below: ages[j] + 1}}, whole(won.Num()))
			}
		}
	}
	day := a.Report().Day
	r, err := a.Reverse(funnel.Aim{Amount: kpi.Int(9), Period: dayOf(day)})
	must(t, err)
	for _, s := range r.Stages {
		f.deals(funnel.Figure{Which: funnel.InPlayOnes, Last: s.Stage}, s.Have)
	}
	c, err := a.Concentration(1)
	must(t, err)
	for which, of := range map[funnel.Which]funnel.Concentrated{funnel.OpenOnes: c.Open, funnel.LiveOnes: c.Live, funnel.WonInWindow: c.Won} {
		f.deals(all(which), int64(of.ByDeal.Value.Of))
	}
}

func whole(v kpi.Value) int64 {
	n, _ := v.Int64()
	return n
}
