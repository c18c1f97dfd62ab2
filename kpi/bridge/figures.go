package bridge

import (
	"slices"
	"unicode/utf8"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// driverValues checks the figures of one side and gives them by driver. What
// the question leaves out, owner and period, comes from the first figure.
func driverValues(problems *check.List, q *Question, side *Side, name string, figures []kpi.Figure, ids []string) map[string]kpi.Value {
	values := make(map[string]kpi.Value, len(figures))
	for i, f := range figures {
		at := check.At(name, i)
		problems.Nest(at, f.Validate())
		if q.Owner == "" {
			q.Owner = f.Owner
		}
		if f.Owner != q.Owner {
			problems.Add(check.ErrInvalid, check.At(at, "owner"), "other_owner", f.Owner, "owner", q.Owner)
		}
		side.check(problems, at, f)
		if !slices.Contains(ids, f.Metric) {
			problems.Add(check.ErrUnknown, check.At(at, "metric"), "not_a_driver", f.Metric)
		}
		if _, twice := values[f.Metric]; twice {
			problems.Add(check.ErrDuplicate, check.At(at, "metric"), "duplicate_figure", f.Metric)
		}
		values[f.Metric] = f.Value
	}
	return values
}

// memberValues checks the figures of one side of a dimension and gives where
// each member's figure stands.
func memberValues(problems *check.List, q *Question, side *Side, name string, figures []kpi.Figure) map[string]int {
	places := make(map[string]int, len(figures))
	for i, f := range figures {
		if f.Owner == "" || f.Period != side.Period || f.Metric != q.Metric || !utf8.ValidString(f.Owner) {
			checkMember(problems, q, side, check.At(name, i), f)
		}
		if _, twice := places[f.Owner]; twice {
			problems.Add(check.ErrDuplicate, check.At(name, i, "owner"), "duplicate_figure", f.Owner)
		}
		places[f.Owner] = i
	}
	return places
}

func checkMember(problems *check.List, q *Question, side *Side, at string, f kpi.Figure) {
	problems.Nest(at, f.Validate())
	if f.Metric != q.Metric && f.Metric != "" {
		problems.Add(check.ErrInvalid, check.At(at, "metric"), "other_metric", f.Metric, "metric", q.Metric)
	}
	side.check(problems, at, f)
}

// check holds a figure to the period of its side, or takes that from it.
func (s *Side) check(problems *check.List, at string, f kpi.Figure) {
	if s.Period.IsZero() {
		s.Period = f.Period
	}
	if f.Period != s.Period && !f.Period.IsZero() {
		problems.Add(check.ErrInvalid, check.At(at, "period"), "other_period", f.Period, "period", s.Period)
	}
}
