package forecast

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Linearity is how late in a period its wins come, against earlier periods,
// and which were pulled in from later ones or pushed out.
type Linearity struct {
	This PeriodLinearity   `json:"this"`
	Past []PeriodLinearity `json:"past"` // the latest first

	// UsualWeek and UsualMonth are the shares of all past periods together,
	// by value.
	UsualWeek  kpi.Ratio `json:"usual_week"`
	UsualMonth kpi.Ratio `json:"usual_month"`

	Findings []check.Finding `json:"findings"`
}

// PeriodLinearity is the wins of one period by when they came.
type PeriodLinearity struct {
	Period calendar.Period `json:"period"`
	Won    funnel.Stock    `json:"won"` // to date, of the running period

	LastWeek  LastDays `json:"last_week"`  // its last seven days
	LastMonth LastDays `json:"last_month"` // its last calendar month; undefined (NotApplicable) of a month or less

	// PulledIn are wins that were expected in a later period as this one
	// began, PushedOut deals that were expected in it, were not closed in it,
	// and are expected later as it ends (or on the as-of day). Known where
	// the eve of the period is: Eve says so.
	PulledIn  funnel.Stock `json:"pulled_in"`
	PushedOut funnel.Stock `json:"pushed_out"`
	Eve       bool         `json:"eve"`
}

// LastDays is what was won in the last days of a period.
type LastDays struct {
	Days    calendar.Period `json:"days"`
	Won     funnel.Stock    `json:"won"`
	ByCount kpi.Ratio       `json:"by_count"` // of the period's wins; undefined (NotYetDue) until it is over
	ByValue kpi.Ratio       `json:"by_value"`
}

// Linearity gives how late the wins of the period come. Only a period that is
// over has shares: those of a running one would be too high or nothing.
func (f *Forecast) Linearity() (Linearity, error) {
	l := Linearity{Past: []PeriodLinearity{}, Findings: []check.Finding{}}
	var week, month kpi.Ratio
	for i, p := range f.past {
		one, err := f.linear(p, p.after, f.eve(i+1), p.period.Last())
		if err != nil {
			return Linearity{}, err
		}
		l.Past = append(l.Past, one)
		if i == 0 {
			week, month = one.LastWeek.ByValue, one.LastMonth.ByValue
			continue
		}
		week, month = week.Add(one.LastWeek.ByValue), month.Add(one.LastMonth.ByValue)
	}
	l.UsualWeek, l.UsualMonth = week, month
	var err error
	if l.This, err = f.linear(f.look, f.look.deals, f.eve(0), f.look.day); err != nil {
		return Linearity{}, err
	}
	l.Findings = append(l.Findings, l.findings(f)...)
	return l, nil
}

// eve gives the deals as they were when the period before the one of an index
// in past was over: the eve of the one after it.
func (f *Forecast) eve(i int) []funnel.Deal {
	next := f.aim.Period
	if i > 0 {
		next = f.past[i-1].period
	}
	if i < len(f.past) && f.past[i].period.End() == next.Start() {
		return f.past[i].after
	}
	return nil
}

// linear describes a period by its deals as they stood on a day.
func (f *Forecast) linear(l *look, deals, eve []funnel.Deal, day calendar.Day) (PeriodLinearity, error) {
	p := PeriodLinearity{Period: l.period, Won: wonIn(deals, l.period, l.worth).sums(), Eve: eve != nil}
	over := day >= l.period.Last()
	week, err := calendar.NewPeriod(max(l.period.End().Add(-7), l.period.Start()), l.period.End())
	if err != nil {
		return PeriodLinearity{}, err
	}
	p.LastWeek = l.last(deals, week, over)
	p.LastMonth = l.last(deals, f.question.Calendar.PeriodOf(calendar.Monthly, l.period.Last()), over)
	if m := p.LastMonth.Days; !l.period.Covers(m) || m == l.period {
		no := kpi.NewRatio(kpi.Undefined(kpi.NotApplicable), kpi.Undefined(kpi.NotApplicable))
		p.LastMonth.ByCount, p.LastMonth.ByValue = no, no
	}
	p.PulledIn, p.PushedOut = l.moved(eve, deals)
	return p, nil
}

func (l *look) last(deals []funnel.Deal, days calendar.Period, over bool) LastDays {
	won, all := wonIn(deals, days, l.worth), wonIn(deals, l.period, l.worth)
	d := LastDays{Days: days, Won: won.sums(), ByCount: kpi.RatioOf(won.deals, all.deals), ByValue: kpi.NewRatio(won.sum(), all.sum())}
	if !over {
		no := kpi.NewRatio(kpi.Undefined(kpi.NotYetDue), kpi.Undefined(kpi.NotYetDue))
		d.ByCount, d.ByValue = no, no
	}
	return d
}

// moved gives the wins that were expected later as the period began, and the
// deals that were expected in it and are later now.
func (l *look) moved(eve, deals []funnel.Deal) (pulledIn, pushedOut funnel.Stock) {
	expected := expectedOn(eve)
	var in, out tally
	for _, d := range deals {
		switch was := expected[keyOf(d)]; {
		case l.pulledIn(d, was):
			in.add(l.worth(d))
		case l.pushedOut(d, was):
			out.add(l.worth(d))
		}
	}
	return in.sums(), out.sums()
}

// expectedOn gives when deals that are open on an eve are expected to close.
func expectedOn(eve []funnel.Deal) map[key]calendar.Day {
	expected := map[key]calendar.Day{}
	for _, d := range eve {
		if d.Outcome == funnel.Open && !d.ExpectedClose.IsZero() {
			expected[keyOf(d)] = d.ExpectedClose
		}
	}
	return expected
}

func (l *look) pulledIn(d funnel.Deal, was calendar.Day) bool {
	return d.Outcome == funnel.Won && l.period.Contains(d.Closed) && was > l.period.Last()
}

func (l *look) pushedOut(d funnel.Deal, was calendar.Day) bool {
	return d.Outcome == funnel.Open && l.period.Contains(was) && d.ExpectedClose > l.period.Last()
}

func (l *Linearity) findings(f *Forecast) []check.Finding {
	found := notes{}
	if v := l.UsualWeek.Value(); v.Defined() && len(l.Past) > 0 {
		month := "–"
		if m := l.UsualMonth.Value(); m.Defined() {
			month = m.Mul(kpi.Int(100)).Text(0, kpi.HalfEven)
		}
		found.add("linearity", check.Info, "periods", len(l.Past), "week", v.Mul(kpi.Int(100)).Text(0, kpi.HalfEven), "month", month)
	}
	if l.This.Eve {
		label := f.question.Calendar.Label(l.This.Period)
		found.some(l.This.PulledIn.Deals, "pulled_in", check.Info, "period", label, "value", whole(l.This.PulledIn.Value.Sum.Or(kpi.Int(0))))
		found.some(l.This.PushedOut.Deals, "pushed_out", check.Info, "period", label, "value", whole(l.This.PushedOut.Value.Sum.Or(kpi.Int(0))))
	}
	return found
}
