package target

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// RollUp tracks a parent as the sum of its children: target, actual,
// expected and each landing are sums, and everything else is computed from
// these as [Track] does. It serves where children follow curves of their
// own, so that no one plan of the parent gives their sum.
//
// A child without data adds nothing to the actual, as in every sum; the
// finding no_data_below says how many there are. Every other reason makes the
// sum undefined. Curve, thresholds and the version are those of the child with
// the smallest ID, so that their order never shows, and the status goes by pace, since bands do not add up. RequiredNext and BestRate
// are not given (kpi.NotApplicable, no data).
//
// Errors are no child (check.ErrMissing), a metric as in [Input.Validate], a
// child without owner or of an owner that an earlier one has
// (check.ErrDuplicate), and one of another metric, as-of day, period or known days
// (check.ErrInvalid): what was not seen on the same days does not add up.
func RollUp(metric kpi.Metric, owner string, children []Tracking, earlier []Stood) (Tracking, error) {
	problems := check.List{Op: "target.RollUp"}
	Input{Metric: metric}.checkMetric(&problems)
	problems.ID("owner", "missing_owner", owner)
	checkChildren(&problems, metric, children)
	checkEarlier(&problems, earlier)
	if err := problems.Err(); err != nil {
		return Tracking{}, err
	}
	t := slices.MinFunc(children, func(a, b Tracking) int { return cmp.Compare(a.Owner, b.Owner) })
	t.Owner, t.Learned = owner, nil
	t.BestRate, t.RequiredNext = kpi.Value{}, kpi.Undefined(kpi.NotApplicable)
	t.addUp(children)
	t.compare(metric.Direction)
	t.settle(metric.Direction, earlier)
	t.Findings = t.findings(metric)
	if n := silent(children); n > 0 && n < len(children) {
		t.Findings = append(t.Findings, warning("no_data_below", owner, "n", n, "of", len(children)))
	}
	return t, nil
}

func checkChildren(problems *check.List, metric kpi.Metric, children []Tracking) {
	if len(children) == 0 {
		problems.Add(check.ErrMissing, "children", "no_children", nil)
		return
	}
	first, seen := children[0], map[string]int{}
	for i, c := range children {
		at := check.At("children", i)
		problems.ID(at+".owner", "missing_owner", c.Owner)
		if earlier, twice := seen[c.Owner]; twice {
			problems.Add(check.ErrDuplicate, at+".owner", "duplicate_owner", c.Owner, "first", check.At("children", earlier))
		} else {
			seen[c.Owner] = i
		}
		if c.Metric != metric.ID {
			problems.Add(check.ErrInvalid, at+".metric", "other_metric", c.Metric, "metric", metric.ID)
		}
		if c.AsOf != first.AsOf || c.Through != first.Through {
			problems.Add(check.ErrInvalid, at+".through", "other_day", c.Through, "as_of", c.AsOf)
		}
		if c.Period != first.Period || c.Observed != first.Observed || c.Days != first.Days || c.Elapsed != first.Elapsed {
			problems.Add(check.ErrInvalid, at+".observed", "other_days", c.Observed, "observed", first.Observed)
		}
	}
}

func (t *Tracking) addUp(children []Tracking) {
	sum := func(of func(Tracking) kpi.Value) kpi.Value {
		return kpi.Sum(func(yield func(kpi.Value) bool) {
			for _, c := range children {
				if !yield(of(c)) {
					return
				}
			}
		})
	}
	t.PeriodTarget = sum(func(c Tracking) kpi.Value { return c.PeriodTarget })
	t.Target = sum(func(c Tracking) kpi.Value { return c.Target })
	t.Actual = sum(func(c Tracking) kpi.Value { return c.Actual })
	t.Expected = sum(func(c Tracking) kpi.Value { return c.Expected })
	size := sum(func(c Tracking) kpi.Value { return c.Target.Abs() })
	if size.Sign() > 0 {
		t.Passed = sum(func(c Tracking) kpi.Value { return c.Passed.Mul(c.Target.Abs()) }).Div(size)
	}
	t.Landing = Landing{
		RunRate:    sum(func(c Tracking) kpi.Value { return c.Landing.RunRate }),
		RestOfPlan: sum(func(c Tracking) kpi.Value { return c.Landing.RestOfPlan }),
		Curve:      sum(func(c Tracking) kpi.Value { return c.Landing.Curve }),
		Forecast:   sum(func(c Tracking) kpi.Value { return c.Landing.Forecast }),
	}
}

func silent(children []Tracking) int {
	n := 0
	for _, c := range children {
		if c.Actual == (kpi.Value{}) {
			n++
		}
	}
	return n
}
