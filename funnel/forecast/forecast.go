package forecast

import (
	"slices"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Forecast is a period seen on an as-of day, beside earlier periods on their
// same day: ready for every question of a weekly review. It is immutable and
// may be used by many goroutines. Make one with New; a nil or zero one is not
// usable.
type Forecast struct {
	question funnel.Question
	aim      Aim
	grain    calendar.Grain
	now      *funnel.Analysis
	report   funnel.Report
	agesTo   []int

	look *look
	past []*look // the latest first
}

// New reads the histories as of the question's instant and, for each earlier
// period, as of the same day of it and as of its end: about 2 × [Aim].Past
// + 1 times [funnel.Analyze]. The same day is as many days after the start
// of the period, or before it, and the last one where a period is shorter.
//
// Whatever is learned for a day of a period is taken from periods that were
// over on that day and from what was known on it, so that past errors are
// what they would have been. Periods that do not lie wholly inside the
// observation window are not looked at.
//
// Errors are those of [funnel.Analyze] and of the aim, with the path in it: a
// period that is none of the question's calendar or over before the as-of
// day, a target or step that is no number, a number of periods outside
// 0…40, a call that is not valid.
func New(h *funnel.Histories, q funnel.Question, aim Aim) (*Forecast, error) {
	const op = "forecast.New"
	problems := check.List{Op: op}
	grain := aim.validate(q, &problems)
	now, err := funnel.Analyze(h, q)
	problems.Nest("", err)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	f := &Forecast{question: q, aim: aim.withDefaults(), grain: grain, now: now, report: now.Report(), agesTo: agesOf(q)}
	if f.report.Day > aim.Period.Last() {
		return nil, check.New(op, check.ErrRange, "period", "period_is_over", aim.Period, "day", f.report.Day)
	}
	f.look = f.looking(aim.Period, f.report.Day, now, f.report)
	if err := f.lookBack(h); err != nil {
		return nil, err
	}
	return f, nil
}

func agesOf(q funnel.Question) []int {
	if len(q.AgesTo) == 0 {
		return []int{30, 60, 90, 120, 180}
	}
	return slices.Clone(q.AgesTo)
}

// looking gives the deals of an analysis as a look at a period.
func (f *Forecast) looking(p calendar.Period, day calendar.Day, a *funnel.Analysis, r funnel.Report) *look {
	l := &look{period: p, day: day, anyClose: f.aim.AnyClose, worth: worthBy(f.question.ValueBy),
		existed: map[key]bool{}, staleAge: r.Open.StaleAge, oldestClosed: r.Open.OldestClosed}
	for _, d := range a.Deals() {
		l.existed[keyOf(d)] = true
		if l.matters(d) && f.aim.Of(d) {
			l.deals = append(l.deals, d)
		}
	}
	return l
}

func worthBy(v funnel.ValueBy) func(funnel.Deal) kpi.Value {
	if v == funnel.ByListPrice {
		return func(d funnel.Deal) kpi.Value { return d.ListPrice }
	}
	return func(d funnel.Deal) kpi.Value { return d.Amount }
}

// lookBack looks at the earlier periods on the same day.
func (f *Forecast) lookBack(h *funnel.Histories) error {
	lead := f.report.Day.Sub(f.aim.Period.Start())
	for n := 1; n <= f.aim.Past; n++ {
		p, err := f.question.Calendar.Shift(f.aim.Period, f.grain, -n)
		if err != nil {
			break
		}
		day := min(p.Start().Add(lead), p.Last())
		if min(day.Add(1), p.Start()) < f.report.Window.Begin() {
			break
		}
		if funnel.EndOf(p.Last(), f.question.Location).After(f.question.AsOf) {
			continue // it is not over: nothing can be learned from it
		}
		l, err := f.lookAt(h, p, day)
		if err != nil {
			return err
		}
		f.past = append(f.past, l)
	}
	return nil
}

// lookAt looks at a period that is over as of the end of one of its days.
func (f *Forecast) lookAt(h *funnel.Histories, p calendar.Period, day calendar.Day) (*look, error) {
	then, err := f.asOf(h, day)
	if err != nil {
		return nil, err
	}
	after, err := f.asOf(h, p.Last())
	if err != nil {
		return nil, err
	}
	l := f.looking(p, day, then, then.Report())
	l.finish(kept(after.Deals(), func(d funnel.Deal) bool { return l.matters(d) && f.aim.Of(d) }))
	return l, nil
}

func (f *Forecast) asOf(h *funnel.Histories, day calendar.Day) (*funnel.Analysis, error) {
	q := f.question
	q.AsOf = funnel.EndOf(day, q.Location)
	return funnel.Analyze(h, q)
}

// Period gives the period that is forecast.
func (f *Forecast) Period() calendar.Period { return f.aim.Period }

// Day gives the as-of day.
func (f *Forecast) Day() calendar.Day { return f.report.Day }

// Past gives the earlier periods that the forecast learns from, the latest
// first.
func (f *Forecast) Past() []calendar.Period {
	periods := []calendar.Period{}
	for _, l := range f.past {
		periods = append(periods, l.period)
	}
	return periods
}
