package scorecard

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Result is the actual and the target of one metric. Either may be
// undefined, with its reason; a target that is no data gives way to the one
// that the definition holds for everybody, and counts as NoTarget where it
// holds none. What only a gate or the base of a rate asks for has an actual
// alone.
type Result struct {
	Metric string    `json:"metric"`
	Actual kpi.Value `json:"actual"`
	Target kpi.Value `json:"target,omitzero"`
}

// input is what came in for one metric of one owner.
type input struct{ actual, target given }

// given is a number that may not have come in; then it is no data.
type given struct {
	value kpi.Value
	in    bool
}

// Score makes the card of one owner for one period. The results may stand in
// any order; an item without a result has no target and no data.
//
// It returns an error if the owner or the period is missing, or a result's
// metric is not of this scorecard, stands twice, or has a target where it is
// scored without one (a band, a gate, a base).
func (s *Scorecard) Score(owner string, period calendar.Period, results []Result) (Card, error) {
	problems := check.List{Op: "scorecard.Score"}
	if owner == "" {
		problems.Add(check.ErrMissing, "owner", "missing_id", nil)
	}
	validatePeriod(&problems, period)
	inputs := make([]input, len(s.slots))
	for n, r := range results {
		path := check.At("results", n, "metric")
		i, known := s.slots[r.Metric]
		switch {
		case !known:
			problems.Add(check.ErrUnknown, path, "unknown_metric", r.Metric)
		case r.Target != (kpi.Value{}) && !s.aims(i):
			problems.Add(check.ErrInvalid, check.At("results", n, "target"), "metric_without_target", r.Target)
		case inputs[i].actual.in:
			problems.Add(check.ErrDuplicate, path, "duplicate_metric", r.Metric)
		default:
			inputs[i] = input{given{r.Actual, true}, given{r.Target, true}}
		}
	}
	if err := problems.Err(); err != nil {
		return Card{}, err
	}
	return s.card(Card{Owner: owner, Period: period}, inputs, nil), nil
}

// ScoreAll makes the card of every owner who has a figure, in order of owner
// (as bytes). The figures may stand in any order; where an owner has none of
// an item, there is no data, or no target but the definition's. Targets are
// what a breakdown gives.
//
// It returns an error if the period is missing, or a figure is invalid, of a
// metric that is not of this scorecard, of another period, the second of its
// owner and metric, or a target of what is scored without one. Hand in the
// figures of the period alone, so that none is left aside unseen. The work is
// linear in the figures.
func (s *Scorecard) ScoreAll(period calendar.Period, actuals, targets []kpi.Figure) ([]Card, error) {
	t := table{s: s, problems: check.List{Op: "scorecard.ScoreAll"}, period: period, rows: map[string][]input{}}
	validatePeriod(&t.problems, period)
	if t.problems.Empty() {
		t.fill("actuals", actuals, false)
		t.fill("targets", targets, true)
	}
	if err := t.problems.Err(); err != nil {
		return nil, err
	}
	cards := make([]Card, 0, len(t.rows))
	for _, owner := range slices.Sorted(maps.Keys(t.rows)) {
		cards = append(cards, s.card(Card{Owner: owner, Period: period}, t.rows[owner], nil))
	}
	return cards, nil
}

// table sorts figures to owners and items.
type table struct {
	s        *Scorecard
	problems check.List
	period   calendar.Period
	rows     map[string][]input // by owner, the metrics in order of their slots
}

func (t *table) fill(name string, figures []kpi.Figure, targets bool) {
	for n, f := range figures {
		i, ok := t.slot(name, n, f)
		if ok && targets && !t.s.aims(i) {
			t.problems.Add(check.ErrInvalid, check.At(name, n, "metric"), "metric_without_target", f.Metric)
			ok = false
		}
		if !ok {
			continue
		}
		row := t.rows[f.Owner]
		if row == nil {
			row = make([]input, len(t.s.slots))
			t.rows[f.Owner] = row
		}
		place := &row[i].actual
		if targets {
			place = &row[i].target
		}
		if place.in {
			t.problems.Add(check.ErrDuplicate, check.At(name, n), "duplicate_figure", f.Metric, "owner", f.Owner)
			continue
		}
		*place = given{f.Value, true}
	}
}

// slot gives the place of the metric that a figure is for.
func (t *table) slot(name string, n int, f kpi.Figure) (i int, ok bool) {
	if err := f.Validate(); err != nil {
		t.problems.Nest(check.At(name, n), err)
		return 0, false
	}
	if f.Period != t.period {
		t.problems.Add(check.ErrInvalid, check.At(name, n, "period"), "other_period", f.Period, "want", t.period)
		return 0, false
	}
	i, ok = t.s.slots[f.Metric]
	if !ok {
		t.problems.Add(check.ErrUnknown, check.At(name, n, "metric"), "unknown_metric", f.Metric)
	}
	return i, ok
}

// aims reports whether the metric at a slot is scored against a target.
func (s *Scorecard) aims(slot int) bool {
	return slot < len(s.def.Items) && s.def.Items[slot].Direction != kpi.InBand
}

func validatePeriod(problems *check.List, period calendar.Period) {
	if period.IsZero() {
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	}
}
