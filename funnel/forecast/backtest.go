package forecast

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Backtest is what every method would have said on some days of the periods
// that are over, from what was known on each of them, and what came.
type Backtest struct {
	Periods []calendar.Period `json:"periods"` // that are over and on record, the latest first
	Days    []int             `json:"days"`    // of a period: 1 is its first day, 0 the day before
	Trials  []Trial           `json:"trials"`  // by method, day of the period, and period, the latest first

	Findings []check.Finding `json:"findings"`

	all []trial
}

// BacktestOn forecasts the aim's period, if it is over on the as-of day, and
// the earlier ones on each of the days: 1 is the first day of a period, 0 the
// eve of it, and a day that a period does not have its last one. A trial
// learns from periods that were over on its day, so that of the earliest
// period nothing is known but what is won.
//
// Errors are those of [New], but that the period may be over; no day, and one
// outside −366…366.
func BacktestOn(h *funnel.Histories, q funnel.Question, aim Aim, days ...int) (Backtest, error) {
	problems := check.List{Op: "forecast.BacktestOn"}
	grain := aim.validate(q, &problems)
	if len(days) == 0 {
		problems.Add(check.ErrMissing, "days", "missing_days", nil)
	}
	for i, day := range days {
		if day < -366 || day > 366 {
			problems.Add(check.ErrRange, check.At("days", i), "out_of_range", day, "least", -366, "most", 366)
		}
	}
	now, err := funnel.Analyze(h, q)
	problems.Nest("", err)
	if err := problems.Err(); err != nil {
		return Backtest{}, err
	}
	f := &Forecast{question: q, aim: aim.withDefaults(), grain: grain, now: now, report: now.Report(), agesTo: agesOf(q)}
	b := Backtest{Periods: []calendar.Period{}, Days: append([]int{}, days...), Trials: []Trial{}, Findings: []check.Finding{}}
	looks, err := f.backtestLooks(h, days, &b)
	if err != nil {
		return Backtest{}, err
	}
	b.try(f, looks)
	return b, nil
}

// backtestLooks looks at every period on every day.
func (f *Forecast) backtestLooks(h *funnel.Histories, days []int, b *Backtest) ([][]*look, error) {
	looks := make([][]*look, len(days))
	for n := 0; n <= f.aim.Past; n++ {
		p, err := f.question.Calendar.Shift(f.aim.Period, f.grain, -n)
		if err != nil || p.Start() < f.report.Window.Begin() {
			break
		}
		if funnel.EndOf(p.Last(), f.question.Location).After(f.question.AsOf) {
			continue
		}
		b.Periods = append(b.Periods, p)
		for i, day := range days {
			on := min(p.Start().Add(day-1), p.Last())
			if on.Add(1) < f.report.Window.Begin() {
				continue
			}
			l, err := f.lookAt(h, p, on)
			if err != nil {
				return nil, err
			}
			looks[i] = append(looks[i], l)
		}
	}
	return looks, nil
}

func (b *Backtest) try(f *Forecast, looks [][]*look) {
	for m := range Method(methods) {
		for _, sameDay := range looks {
			at := *f
			at.past = sameDay
			trials := at.trials(m)
			for i := range trials {
				trials[i].Trial = at.spreads(trials[i], trials[i+1:])
				b.Trials = append(b.Trials, trials[i].Trial)
			}
			b.all = append(b.all, trials...)
		}
	}
	failed := map[Method]int{}
	for _, t := range b.Trials {
		if t.IndependentHeld == HeldOut {
			failed[t.Method]++
		}
	}
	found := notes{}
	for m := range Method(methods) {
		if failed[m] > 0 {
			rec := b.Record(m)
			found = append(found, check.Finding{Code: "independent_range_failed", Severity: check.Warning, Subject: m.String(),
				Args: check.Args("failed", failed[m], "ranges", rec.Independent)})
		}
	}
	b.Findings = append(b.Findings, found...)
}

// Record gives how a method did in all trials together.
func (b Backtest) Record(m Method) Record {
	trials := []Trial{}
	for _, t := range b.Trials {
		if t.Method == m {
			trials = append(trials, t)
		}
	}
	return recordOf(m, trials)
}

// Calibration sets the chances that a method gave in all trials against what
// came of the deals. A Backtest that was read back from JSON knows its trials
// and not the deals behind them; its calibration is empty.
func (b Backtest) Calibration(m Method) Calibration { return calibrate(m, b.all) }

// String gives one line of a trial: where the words "deals independent"
// stand, the range of independent deals did not hold what came.
func (t Trial) String() string {
	text := t.Period.String() + " day " + t.Day.String() + " " + t.Method.String() + ": "
	text += "landing " + whole(t.Landing) + ", actual " + whole(t.Actual)
	if !t.Error.Defined() {
		return text
	}
	text += ", error " + whole(t.Error)
	if t.Relative.Defined() {
		text += " (" + t.Relative.Mul(kpi.Int(100)).Text(1, kpi.HalfEven) + " %)"
	}
	text += ", 80 % range " +
		figure(t.Independent.P10) + " to " + figure(t.Independent.P90) + " " + t.IndependentHeld.String()
	if t.IndependentHeld == HeldOut {
		text += " (" + DealsIndependent.Title("en") + ")"
	}
	if t.SpreadHeld != HeldUnknown {
		text += ", by " + PastErrors.Title("en") + " " + figure(t.Spread.P10) + " to " + figure(t.Spread.P90) + " " + t.SpreadHeld.String()
	}
	return text
}
