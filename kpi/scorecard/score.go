package scorecard

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Result is the actual and the target of one metric. Either may be
// undefined, with its reason; a target that is no data counts as NoTarget.
type Result struct {
	Metric string    `json:"metric"`
	Actual kpi.Value `json:"actual"`
	Target kpi.Value `json:"target"`
}

// input is what came in for one item of one owner.
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
// metric is not of this scorecard or stands twice.
func (s *Scorecard) Score(owner string, period calendar.Period, results []Result) (Card, error) {
	problems := check.List{Op: "scorecard.Score"}
	if owner == "" {
		problems.Add(check.ErrMissing, "owner", "missing_id", nil)
	}
	validatePeriod(&problems, period)
	inputs := make([]input, len(s.def.Items))
	for n, r := range results {
		path := check.At("results", n, "metric")
		i, known := s.index[r.Metric]
		switch {
		case !known:
			problems.Add(check.ErrUnknown, path, "unknown_metric", r.Metric)
		case inputs[i].actual.in:
			problems.Add(check.ErrDuplicate, path, "duplicate_metric", r.Metric)
		default:
			inputs[i] = input{given{r.Actual, true}, given{r.Target, true}}
		}
	}
	if err := problems.Err(); err != nil {
		return Card{}, err
	}
	return s.card(owner, period, inputs), nil
}

// ScoreAll makes the card of every owner who has a figure, in order of owner
// (as bytes). The figures may stand in any order; where an owner has none of
// an item, there is no data, or no target.
//
// It returns an error if the period is missing, or a figure is invalid, of a
// metric that is not of this scorecard, of another period, or the second of
// its owner and metric. Hand in the figures of the period alone, so that
// none is left aside unseen.
func (s *Scorecard) ScoreAll(period calendar.Period, actuals, targets []kpi.Figure) ([]Card, error) {
	t := table{s: s, problems: check.List{Op: "scorecard.ScoreAll"}, period: period, rows: map[string][]input{}}
	validatePeriod(&t.problems, period)
	if t.problems.Empty() {
		t.fill("actuals", actuals, func(in *input) *given { return &in.actual })
		t.fill("targets", targets, func(in *input) *given { return &in.target })
	}
	if err := t.problems.Err(); err != nil {
		return nil, err
	}
	cards := make([]Card, 0, len(t.rows))
	for _, owner := range slices.Sorted(maps.Keys(t.rows)) {
		cards = append(cards, s.card(owner, period, t.rows[owner]))
	}
	return cards, nil
}

// table sorts figures to owners and items.
type table struct {
	s        *Scorecard
	problems check.List
	period   calendar.Period
	rows     map[string][]input // by owner, the items in order
}

func (t *table) fill(name string, figures []kpi.Figure, side func(*input) *given) {
	for n, f := range figures {
		path := check.At(name, n)
		i, ok := t.item(path, f)
		if !ok {
			continue
		}
		if t.rows[f.Owner] == nil {
			t.rows[f.Owner] = make([]input, len(t.s.def.Items))
		}
		place := side(&t.rows[f.Owner][i])
		if place.in {
			t.problems.Add(check.ErrDuplicate, path, "duplicate_figure", f.Metric, "owner", f.Owner)
			continue
		}
		*place = given{f.Value, true}
	}
}

// item gives the place of the item that a figure is for.
func (t *table) item(path string, f kpi.Figure) (i int, ok bool) {
	if err := f.Validate(); err != nil {
		t.problems.Nest(path, err)
		return 0, false
	}
	if f.Period != t.period {
		t.problems.Add(check.ErrInvalid, path+".period", "other_period", f.Period, "want", t.period)
		return 0, false
	}
	i, ok = t.s.index[f.Metric]
	if !ok {
		t.problems.Add(check.ErrUnknown, path+".metric", "unknown_metric", f.Metric)
	}
	return i, ok
}

func validatePeriod(problems *check.List, period calendar.Period) {
	if period.IsZero() {
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	}
}
