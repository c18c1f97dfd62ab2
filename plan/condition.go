package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Condition is the if of a playbook's rule: data, for an administrator to
// edit. Exactly one of its fields is set, but for Of. It is a record.
type Condition struct {
	Finding string      `json:"finding,omitzero"` // a code that was found of the owner
	Metric  *Limit      `json:"metric,omitempty"`
	All     []Condition `json:"all,omitempty"` // each of them
	Any     []Condition `json:"any,omitempty"` // one of them
	Not     *Condition  `json:"not,omitempty"`

	// Of narrows Finding to those about one of these metrics, which is their
	// argument metric; one that names none is not among them. None: any.
	Of []string `json:"of,omitempty"`
}

// Limit holds where a metric of the owner lies beyond a bound: a number, or a
// multiple of what is usual. With both bounds it lies below the one or above
// the other. A metric or a usual value that is undefined lies beyond nothing.
type Limit struct {
	Metric  string    `json:"metric"`
	Below   kpi.Value `json:"below,omitzero"`
	Above   kpi.Value `json:"above,omitzero"`
	OfUsual bool      `json:"of_usual,omitzero"` // bounds are multiples of the usual value: 0.8 is a fifth less
}

// MaxConditions is how deep conditions can be nested.
const MaxConditions = 64

func (c Condition) check(problems *check.List, at string, depth int) {
	set := 0
	for _, is := range []bool{c.Finding != "", c.Metric != nil, len(c.All) > 0, len(c.Any) > 0, c.Not != nil} {
		if is {
			set++
		}
	}
	if set != 1 {
		problems.Add(check.ErrInvalid, at, "not_one_condition", set)
	}
	if len(c.Of) > 0 && c.Finding == "" {
		problems.Add(check.ErrInvalid, at+".of", "of_no_finding", len(c.Of))
	}
	for i, metric := range c.Of {
		problems.ID(at+check.At(".of", i), "missing_metric", metric)
	}
	if depth > MaxConditions {
		problems.Add(check.ErrRange, at, "too_deep", depth, "most", MaxConditions)
		return
	}
	if c.Metric != nil {
		c.Metric.check(problems, at+".metric")
	}
	for i, part := range c.All {
		part.check(problems, at+check.At(".all", i), depth+1)
	}
	for i, part := range c.Any {
		part.check(problems, at+check.At(".any", i), depth+1)
	}
	if c.Not != nil {
		c.Not.check(problems, at+".not", depth+1)
	}
}

func (l Limit) check(problems *check.List, at string) {
	problems.ID(at+".metric", "missing_metric", l.Metric)
	if l.Below == (kpi.Value{}) && l.Above == (kpi.Value{}) {
		problems.Add(check.ErrMissing, at, "missing_bound", nil)
	}
	defined := func(path string, v kpi.Value) {
		if v != (kpi.Value{}) && !v.Defined() {
			problems.Add(check.ErrInvalid, at+path, "undefined_bound", v.Reason())
		}
	}
	defined(".below", l.Below)
	defined(".above", l.Above)
}

// observed is what is known of one owner when rules are tried.
type observed struct {
	owner    string
	findings []check.Finding
	metrics  []kpi.Figure
	usual    func(metric, owner string) (kpi.Figure, bool)
}

func (o observed) metric(id string) kpi.Value {
	for i := range o.metrics {
		if o.metrics[i].Metric == id {
			return o.metrics[i].Value
		}
	}
	return kpi.Value{}
}

// holds tries the condition, and gives what it rests on where it holds.
func (c Condition) holds(o observed) (because []Because, ok bool) {
	switch {
	case c.Finding != "":
		i := slices.IndexFunc(o.findings, func(f check.Finding) bool {
			return f.Code == c.Finding && (len(c.Of) == 0 || slices.Contains(c.Of, f.Args["metric"]))
		})
		if i < 0 {
			return nil, false
		}
		return []Because{{Finding: &o.findings[i]}}, true
	case c.Metric != nil:
		return c.Metric.holds(o)
	case c.Not != nil:
		_, held := c.Not.holds(o)
		return nil, !held
	case len(c.Any) > 0:
		for _, part := range c.Any {
			if because, ok := part.holds(o); ok {
				return because, true
			}
		}
		return nil, false
	}
	for _, part := range c.All {
		more, ok := part.holds(o)
		if !ok {
			return nil, false
		}
		because = append(because, more...)
	}
	return because, len(c.All) > 0
}

func (l Limit) holds(o observed) ([]Because, bool) {
	beside, _ := o.usual(l.Metric, o.owner)
	v, usual := o.metric(l.Metric), beside.Value
	below, above := l.Below, l.Above
	if l.OfUsual {
		below, above = below.Mul(usual), above.Mul(usual)
	}
	if !v.Defined() || !(below.Defined() && v.Less(below)) && !(above.Defined() && above.Less(v)) {
		return nil, false
	}
	return []Because{{Metric: l.Metric, Value: v, Usual: usual}}, true
}

// clone gives a copy that shares nothing with c.
func (c Condition) clone() Condition {
	if c.Metric != nil {
		limit := *c.Metric
		c.Metric = &limit
	}
	if c.Not != nil {
		not := c.Not.clone()
		c.Not = &not
	}
	c.Of = slices.Clone(c.Of)
	c.All, c.Any = cloned(c.All), cloned(c.Any)
	return c
}

func cloned(parts []Condition) []Condition {
	var all []Condition
	for _, part := range parts {
		all = append(all, part.clone())
	}
	return all
}
