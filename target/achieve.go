package target

import (
	"math"
	"slices"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Past is what an owner reached in earlier periods, from which an [Outlook]
// is drawn. It is a record.
type Past struct {
	Calendar calendar.Calendar `json:"calendar"`
	Grain    calendar.Grain    `json:"grain"`          // of the actuals; a goal's period is made of whole ones
	Actuals  []kpi.Figure      `json:"actuals"`        // complete periods, in any order; no data is not zero
	Known    calendar.Period   `json:"known,omitzero"` // what is not wholly inside it is left out; none: all is known

	LeastPairs     int `json:"least_pairs,omitzero"`     // of comparable periods, under which nothing is said; left out: 8
	LeastQuantiles int `json:"least_quantiles,omitzero"` // errors from which their quantiles are taken, and not Student's t; left out: 20
}

func (p Past) orDefault() Past {
	if p.LeastPairs == 0 {
		p.LeastPairs = 8
	}
	if p.LeastQuantiles == 0 {
		p.LeastQuantiles = 20
	}
	return p
}

// Validate reports a grain that is missing; figures that are wrong in
// themselves, are no period of the grain, of several owners or metrics, or
// stand twice; and limits too low to tell anything: three pairs give two
// errors, which is the least that has a spread.
func (p Past) Validate() error {
	problems := check.List{Op: "target.Past"}
	if p.Grain == calendar.NoGrain || p.Grain > calendar.Yearly {
		problems.Add(check.ErrMissing, "grain", "missing_grain", nil)
	}
	if limits := p.orDefault(); limits.LeastPairs < 3 || limits.LeastQuantiles < 2 {
		problems.Add(check.ErrRange, "least_pairs", "too_few_to_judge", limits.LeastPairs, "least_quantiles", limits.LeastQuantiles)
	}
	seen := map[calendar.Period]bool{}
	for i, f := range p.Actuals {
		at := check.At("actuals", i)
		problems.Nest(at, f.Validate())
		switch {
		case f.Period.IsZero():
			continue
		case p.Calendar.PeriodOf(p.Grain, f.Period.Start()) != f.Period:
			problems.Add(check.ErrInvalid, at+".period", "off_boundary", f.Period, "grain", p.Grain)
		case seen[f.Period]:
			problems.Add(check.ErrDuplicate, at+".period", "duplicate_period", f.Period)
		}
		seen[f.Period] = true
		if f.Owner != p.Actuals[0].Owner || f.Metric != p.Actuals[0].Metric {
			problems.Add(check.ErrInvalid, at+".owner", "other_owner", f.Owner, "owner", p.Actuals[0].Owner)
		}
	}
	return problems.Err()
}

// Outlook says what history lets expect of a period, had nothing changed but
// what changes every year:
//
//	projection  what was reached in the same period a year before × mean growth
//	growth      e^(mean of ln(actual ÷ actual of the same period a year before)) − 1
//	error       ln(actual ÷ projection) of that same rule on the past, each
//	            projected from the pairs before it alone
//
// A period made of several, a year of quarters, is the sum of their
// projections; their errors are taken as wholly dependent, the wide side, so
// they add up as if they were one.
//
// Quantiles of the period are the projection × e^(quantile of the errors):
// from [Past.LeastQuantiles] errors on those of the errors themselves (type 7), and
// below that, of n errors with mean m and standard deviation s,
//
//	m + t(n − 1) × s × √(1 + 1/n)
//
// by Student's t, which holds the error of the mean. So the middle of the
// outlook is the projection less the bias that the rule has shown.
//
// Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice
// (seasonal naïve method with drift, evaluation on a rolling origin,
// prediction intervals from residuals).
type Outlook struct {
	Period      calendar.Period `json:"period"`
	Base        kpi.Value       `json:"base"`                  // what was reached in the same period a year before
	Needed      int             `json:"needed"`                // pairs under which nothing is said
	Pairs       int             `json:"pairs"`                 // pairs of a period and the same a year before
	NotPositive int             `json:"not_positive,omitzero"` // pairs left out: growth needs both above zero
	Growth      kpi.Estimate    `json:"growth"`                // mean growth of the pairs
	Projection  kpi.Estimate    `json:"projection"`
	Errors      []kpi.Estimate  `json:"errors"`           // on the log scale, smallest first
	Student     bool            `json:"student,omitzero"` // the quantiles are Student's, for want of errors

	P10 kpi.Estimate `json:"p10"` // reached with a chance of 90 %
	P50 kpi.Estimate `json:"p50"`
	P90 kpi.Estimate `json:"p90"`
}

// Outlook draws the outlook of a period from what was over before it began.
// A period of several is their sum, which is for metrics that add up.
//
// Special cases are:
//
//	under [Past.LeastPairs] pairs              growth, projection and quantiles undefined, TooFew
//	nothing known of the same period before    projection and quantiles undefined, NoData
//	what was reached then is zero or less      projection and quantiles undefined, BaseNotPositive
//
// Errors are those of [Past.Validate], a missing period, and a period that is
// not made of whole ones of the grain (check.ErrInvalid).
func (p Past) Outlook(period calendar.Period) (Outlook, error) {
	if err := p.Validate(); err != nil {
		return Outlook{}, err
	}
	parts, err := p.Calendar.Split(period, p.Grain)
	if err != nil {
		return Outlook{}, err
	}
	p = p.orDefault()
	h := p.before(period.Start())
	o := Outlook{Period: period, Needed: p.LeastPairs, Base: h.base(parts), Errors: []kpi.Estimate{}}
	growths := h.growths(&o)
	o.project(growths)
	o.Student = len(o.Errors) < p.LeastQuantiles
	o.P10, o.P50, o.P90 = o.Quantile(kpi.Frac(1, 10)), o.Quantile(kpi.Frac(1, 2)), o.Quantile(kpi.Frac(9, 10))
	return o, nil
}

// past is a Past that can be asked.
type past struct {
	year    calendar.LikeForLike
	periods []calendar.Period // by time
	actuals map[calendar.Period]kpi.Value
}

func (p Past) before(day calendar.Day) past {
	h := past{year: calendar.LikeForLike{Calendar: p.Calendar, Against: calendar.YearBefore}, actuals: map[calendar.Period]kpi.Value{}}
	for _, f := range p.Actuals {
		known := p.Known.IsZero() || p.Known.Covers(f.Period)
		if known && f.Value.Defined() && f.Period.End() <= day {
			h.periods, h.actuals[f.Period] = append(h.periods, f.Period), f.Value
		}
	}
	slices.SortFunc(h.periods, calendar.Period.Compare)
	return h
}

// yearBefore gives what was reached in the same period a year before.
func (h past) yearBefore(p calendar.Period) kpi.Value {
	same, err := h.year.Base(p)
	if err != nil {
		return kpi.Value{}
	}
	return h.actuals[same]
}

// base is undefined where any part is: half a year is no year.
func (h past) base(parts []calendar.Period) kpi.Value {
	sum := kpi.Int(0)
	for _, p := range parts {
		sum = sum.Add(h.yearBefore(p))
	}
	return sum
}

// growths gives the growth of each pair on the log scale, by time.
func (h past) growths(o *Outlook) []float64 {
	var logs []float64
	for _, p := range h.periods {
		before := h.yearBefore(p)
		if !before.Defined() {
			continue
		}
		if before.Sign() <= 0 || h.actuals[p].Sign() <= 0 {
			o.NotPositive++
			continue
		}
		if ratio, ok := h.actuals[p].Div(before).Float64(); ok {
			logs = append(logs, math.Log(ratio))
		}
	}
	o.Pairs = len(logs)
	return logs
}

func (o *Outlook) project(growths []float64) {
	if len(growths) < o.Needed {
		o.Growth, o.Projection = kpi.NoEstimate(kpi.TooFew), kpi.NoEstimate(kpi.TooFew)
		return
	}
	mean := 0.0
	for i, g := range growths {
		if i > 0 {
			o.Errors = append(o.Errors, kpi.NewEstimate(g-mean))
		}
		mean += (g - mean) / float64(i+1)
	}
	slices.SortFunc(o.Errors, kpi.Estimate.Compare)
	o.Growth = kpi.NewEstimate(math.Expm1(mean))
	switch base, ok := o.Base.Float64(); {
	case !o.Base.Defined():
		o.Projection = kpi.NoEstimate(o.Base.Reason())
	case o.Base.Sign() <= 0:
		o.Projection = kpi.NoEstimate(kpi.BaseNotPositive)
	case ok:
		o.Projection = kpi.NewEstimate(base * math.Exp(mean))
	}
}

// Quantile gives the amount below which the period ends with a probability
// inside 0 and 1, such as kpi.Frac(9, 10). Another probability is undefined,
// NotApplicable.
func (o Outlook) Quantile(p kpi.Value) kpi.Estimate {
	at, ok := p.Float64()
	projection, defined := o.Projection.Float64()
	switch {
	case !defined:
		return o.Projection
	case len(o.Errors) < 2:
		return kpi.NoEstimate(kpi.TooFew)
	case !ok || !(at > 0 && at < 1):
		return kpi.NoEstimate(kpi.NotApplicable)
	}
	return kpi.NewEstimate(projection * math.Exp(o.errorAt(at)))
}

// Chance gives the probability, rounded to four places, that the target is
// met: that the actual is at least the target, at most where lower is better.
// What the rule projects is above zero, so a target of zero or less is always
// exceeded. It is undefined where the outlook or the target is, and for a
// band.
func (o Outlook) Chance(d kpi.Direction, target kpi.Value) kpi.Estimate {
	projection, defined := o.Projection.Float64()
	amount, ok := target.Float64()
	switch {
	case !defined:
		return o.Projection
	case !target.Defined():
		return kpi.NoEstimate(target.Reason())
	case len(o.Errors) < 2:
		return kpi.NoEstimate(kpi.TooFew)
	case !ok || d > kpi.LowerIsBetter:
		return kpi.NoEstimate(kpi.NotApplicable)
	}
	above := 1.0 // what the rule projects is above zero
	if amount > 0 {
		above = o.above(math.Log(amount / projection))
	}
	if d == kpi.LowerIsBetter {
		above = 1 - above
	}
	return kpi.NewEstimate(math.Round(above*10000) / 10000)
}

// spread gives the errors, their mean, and the scale of Student's t.
func (o Outlook) spread() (errors []float64, mean, scale float64) {
	for i, e := range o.Errors {
		f, _ := e.Float64()
		errors = append(errors, f)
		mean += (f - mean) / float64(i+1)
	}
	squares, n := 0.0, float64(len(errors))
	for _, f := range errors {
		squares += float64((f - mean) * (f - mean))
	}
	return errors, mean, math.Sqrt(squares / (n - 1) * (1 + 1/n))
}

// errorAt gives the quantile of the errors.
func (o Outlook) errorAt(p float64) float64 {
	errors, mean, scale := o.spread()
	if n := len(errors); o.Student {
		return mean + float64(scale*stat.StudentQuantile(p, float64(n-1)))
	}
	place := float64(p * float64(len(errors)-1))
	i := min(int(place), len(errors)-2)
	return errors[i] + float64((place-float64(i))*(errors[i+1]-errors[i]))
}

// same is what amounts may differ by, on the log scale, and still count as
// equal: a billionth is lost in logarithms and matters to nobody.
const same = 1e-9

// above gives the probability of an error of at least x: the inverse of
// errorAt.
func (o Outlook) above(x float64) float64 {
	errors, mean, scale := o.spread()
	n := len(errors)
	switch {
	case o.Student && scale > 0:
		return 1 - stat.StudentCDF((x-mean)/scale, float64(n-1))
	case x <= errors[0]+same:
		return 1
	case x > errors[n-1]+same:
		return 0
	}
	i := 0
	x = min(x, errors[n-1])
	for errors[i+1] < x {
		i++
	}
	return 1 - (float64(i)+(x-errors[i])/(errors[i+1]-errors[i]))/float64(n-1)
}
