package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// bestRate gives the best rate per counted day that was ever held for n of
// them on end, in the known days of the history.
func (in Input) bestRate(n int) kpi.Value {
	if in.History == nil || n <= 0 {
		return kpi.Value{}
	}
	days, best := in.History.amounts(), kpi.Undefined(kpi.TooFew)
	for _, span := range in.History.spans(in.AsOf) {
		if found := bestOf(cumulative(days, span, counter{in.WorkDays}), n, in.Metric.Direction); found.Defined() {
			best = better(in.Metric.Direction, best, found)
		}
	}
	return best.Div(kpi.Int(int64(n)))
}

// spans gives the days that are known on end: the window, or where there is
// none the periods, joined where they touch.
func (h History) spans(asOf calendar.Day) []calendar.Period {
	if !h.Known.IsZero() {
		known, err := calendar.Through(h.Known.Start(), min(h.Known.Last(), asOf))
		if err != nil {
			return nil
		}
		return []calendar.Period{known}
	}
	var spans []calendar.Period
	for _, p := range h.complete(asOf) {
		if n := len(spans); n > 0 && spans[n-1].End() == p.Start() {
			spans[n-1], _ = calendar.NewPeriod(spans[n-1].Start(), p.End())
			continue
		}
		spans = append(spans, p)
	}
	return spans
}

// bestOf gives the best sum of n days on end.
func bestOf(sums []kpi.Value, n int, d kpi.Direction) kpi.Value {
	best := kpi.Value{}
	for i := n; i < len(sums); i++ {
		best = better(d, best, sums[i].Sub(sums[i-n]))
	}
	return best
}

// better gives the better of two values, and the defined one of a pair.
func better(d kpi.Direction, a, b kpi.Value) kpi.Value {
	if !a.Defined() {
		return b
	}
	if d == kpi.LowerIsBetter {
		return a.Min(b)
	}
	return a.Max(b)
}
