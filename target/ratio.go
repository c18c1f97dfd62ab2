package target

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// StateFlat states the goal's target in every period:
//
//	ratio      for every owner without children the target itself
//	level      split over the owners by their weights, exactly, as in [BreakDown]
//	distinct   for the root alone, each period and the whole; the rest has to be stated
//
// Expected are the expected denominators of a ratio, for owners without
// children and periods of the grain; without them only single cells have a
// target, for nothing says how to roll them up.
//
// Errors are those of [State]; and, of an expected denominator, an owner that
// is unknown or has children, a period off the grain or outside the goal's,
// one that stands twice, one that is missing or below zero, and any where the
// goal is no ratio.
func StateFlat(goal Goal, metric kpi.Metric, split Split, expected []kpi.Figure) (*Stated, error) {
	return statePath(&check.List{Op: "target.StateFlat"}, goal, metric, split, expected, func(int, int) kpi.Value { return goal.Target })
}

// StatePath states a straight path from the goal's baseline to its target,
// which the last period has:
//
//	value of period k of n = baseline + (target − baseline) × k ÷ n
//
// rounded half-even to the unit's places: of a share shown with one, to a
// tenth of a percent. Over the owners it is laid as by
// [StateFlat]. Errors are those of [State], and a baseline that is missing.
func StatePath(goal Goal, metric kpi.Metric, split Split, expected []kpi.Figure) (*Stated, error) {
	step := func(k, n int) kpi.Value {
		if k == n {
			return goal.Target
		}
		v := goal.Baseline.Add(goal.Target.Sub(goal.Baseline).Mul(kpi.Frac(int64(k), int64(n))))
		return roundTo(v, metric.Unit.Places())
	}
	problems := check.List{Op: "target.StatePath"}
	if !goal.Baseline.Defined() {
		problems.Add(check.ErrMissing, "goal.baseline", "missing_amount", nil)
	}
	return statePath(&problems, goal, metric, split, expected, step)
}

func statePath(problems *check.List, goal Goal, metric kpi.Metric, split Split, expected []kpi.Figure, step func(k, n int) kpi.Value) (*Stated, error) {
	goal.checkAmounts(problems, "goal.")
	tree := layKind(problems, goal, metric, split, false)
	weights := map[statedKey]kpi.Value{}
	if tree != nil {
		tree.noModes(problems)
		weights = tree.denominators(problems, expected)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	var cells []StatedCell
	for k, p := range tree.periods {
		value := step(k+1, len(tree.periods))
		amounts := tree.alike(value)
		switch metric.Additivity {
		case kpi.Level:
			checkPlaces(problems, "goal.target", value, metric.Unit.Places())
			if problems.Empty() {
				var err error
				amounts, err = tree.over(value)
				problems.Nest("owners", err)
			}
		case kpi.Distinct:
			cells = append(cells, StatedCell{Owner: tree.nodes[0].id, Period: p, Value: value})
			continue
		}
		for i, n := range tree.nodes {
			if len(n.children) == 0 && i < len(amounts) {
				cells = append(cells, StatedCell{n.id, p, amounts[i], weights[statedKey{n.id, p}]})
			}
		}
	}
	if metric.Additivity == kpi.Distinct && len(tree.periods) > 1 {
		cells = append(cells, StatedCell{Owner: tree.nodes[0].id, Period: goal.Period, Value: goal.Target})
	}
	s := state(problems, goal, metric, split, cells)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// denominators gives the expected ones by owner and period, and reports those
// that would be lost. Their metric is another than the goal's.
func (b *Breakdown) denominators(problems *check.List, expected []kpi.Figure) map[statedKey]kpi.Value {
	weights := map[statedKey]kpi.Value{}
	for i, f := range expected {
		at := check.At("expected", i)
		switch owner, known := b.index[f.Owner]; {
		case !known:
			problems.Add(check.ErrUnknown, at+".owner", "unknown_owner", f.Owner)
		case len(b.nodes[owner].children) > 0:
			problems.Add(check.ErrInvalid, at+".owner", "has_children", f.Owner)
		}
		switch from, to, whole := b.span(f.Period); {
		case !b.goal.Period.Covers(f.Period):
			problems.Add(check.ErrRange, at+".period", "outside_the_goal", f.Period, "period", b.goal.Period)
		case !whole || to-from > 1:
			problems.Add(check.ErrInvalid, at+".period", "off_boundary", f.Period, "grain", b.split.Grain)
		}
		if b.metric.Additivity != kpi.RatioOfSums {
			problems.Add(check.ErrInvalid, at, "weight_not_used", f.Value, "kind", b.metric.Additivity)
		}
		checkWeight(problems, at+".value", f.Value)
		key := statedKey{f.Owner, f.Period}
		if _, twice := weights[key]; twice {
			problems.Add(check.ErrDuplicate, at+".period", "duplicate_period", f.Period, "owner", f.Owner)
		}
		weights[key] = f.Value
	}
	return weights
}

// alike gives every owner the same.
func (b *Breakdown) alike(value kpi.Value) []kpi.Value {
	amounts := make([]kpi.Value, len(b.nodes))
	for i := range amounts {
		amounts[i] = value
	}
	return amounts
}

// over splits an amount over the tree by weights.
func (b *Breakdown) over(value kpi.Value) ([]kpi.Value, error) {
	amounts := b.alike(value)
	for i, n := range b.nodes {
		if len(n.children) == 0 {
			continue
		}
		parts, err := b.divide(amounts[i], n.weights)
		if err != nil {
			return nil, err
		}
		for k, child := range n.children {
			amounts[child] = parts[k]
		}
	}
	return amounts, nil
}

const statedSchema = "saleskpi/stated/1"

type statedDocument struct {
	Schema   string            `json:"schema"`
	Goal     Goal              `json:"goal"`
	Metric   kpi.Metric        `json:"metric"`
	Calendar calendar.Calendar `json:"calendar"`
	Grain    calendar.Grain    `json:"grain"`
	Owners   Node              `json:"owners"`
	Cells    []StatedCell      `json:"cells"`
}

// MarshalJSON gives the stored document, which carries
// "schema":"saleskpi/stated/1". A Stated that nobody made is null.
func (s Stated) MarshalJSON() ([]byte, error) {
	if s.tree == nil {
		return []byte("null"), nil
	}
	return json.Marshal(statedDocument{
		Schema: statedSchema, Goal: s.tree.goal, Metric: s.tree.metric, Calendar: s.tree.split.Calendar,
		Grain: s.tree.split.Grain, Owners: s.tree.split.Owners, Cells: s.Cells(),
	})
}

// UnmarshalJSON reads what MarshalJSON writes and checks it as State does;
// null leaves it as it is.
func (s *Stated) UnmarshalJSON(data []byte) error {
	const op = "target.Stated"
	var doc statedDocument
	if ok, err := check.DecodeStored(op, statedSchema, data, &doc); !ok {
		return err
	}
	problems := check.List{Op: op}
	read := state(&problems, doc.Goal, doc.Metric, Split{Calendar: doc.Calendar, Grain: doc.Grain, Owners: doc.Owners}, doc.Cells)
	if err := problems.Err(); err != nil {
		return err
	}
	*s = *read
	return nil
}
