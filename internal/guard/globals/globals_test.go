// Package globals proves, in a test binary of its own, that no setting of
// shopspring/decimal changes a result of this module: its variables belong to
// the caller, who may have turned any of them.
package globals

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"github.com/shopspring/decimal"
)

type order struct {
	owner  string
	day    calendar.Day
	amount decimal.Decimal
}

func orders() []order {
	day := calendar.MustDay("2026-01-05")
	return []order{
		{"ann", day, decimal.New(123456, -2)},
		{"bo", day.Add(31), decimal.New(1, 3)},
		{"ann", day.Add(40), decimal.New(-55, -1)},
		{"bo", day.Add(41), decimal.New(123456789123456789, -12)},
	}
}

// everything gives the results of every room that touches a decimal, as JSON
// and as binary state.
func everything(t *testing.T) []string {
	r := results{t: t}
	q1 := calendar.Calendar{}.MustParse("2026-Q1")

	parts, err := apportion.Decimal(decimal.New(10000001, -2), 2, []decimal.Decimal{decimal.New(1, 0), decimal.New(25, -1), decimal.New(3, 5)})
	r.check(err)
	for _, p := range parts {
		v, err := kpi.FromDecimal(p)
		r.check(err)
		r.json(v)
		back, ok := v.Div(kpi.Int(7)).Decimal(6, kpi.HalfEven)
		r.text(back.Coefficient(), back.Exponent(), ok)
	}
	var nodes []apportion.Node
	r.check(json.Unmarshal([]byte(`[{"key":"a","weight":"1.500"},{"key":"b","weight":2,"children":[{"key":"c","weight":"70000000000000000000"}]}]`), &nodes))
	tree, err := apportion.Nested(decimal.New(99, 0), 1, nodes)
	r.check(err)
	r.json(tree)

	metric := kpi.Metric{ID: "won_value", Unit: kpi.Money("USD", 2)}
	sales, err := cube.New(cube.Definition{ID: "sales", Window: q1, Grain: calendar.Monthly, Dimensions: []string{"owner"},
		Measures: []cube.Measure{{ID: "won_value", Kind: cube.Sum, Unit: metric.Unit}}})
	r.check(err)
	loader, err := cube.Load(sales, cube.Reader[order]{
		Day:        func(o *order) (calendar.Day, bool) { return o.day, true },
		Dimensions: map[string]func(*order) (string, bool){"owner": func(o *order) (string, bool) { return o.owner, true }},
		Measures:   map[string]cube.Feed[order]{"won_value": {Decimal: func(o *order) (decimal.Decimal, bool) { return o.amount, true }}},
	})
	r.check(err)
	loader.AddSeq(slices.Values(orders()))
	r.binary(sales.MarshalBinary())
	won, err := sales.Query(cube.Query{By: []string{"owner"}, Grain: calendar.Monthly})
	r.check(err)
	r.json(won)
	actuals, err := won.Figures("won_value", "unassigned")
	r.check(err)

	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "team", Period: q1, Target: kpi.MustParse("9999.99")}
	months, err := target.BreakDown(goal, metric, target.Split{Grain: calendar.Monthly,
		Owners: target.Node{ID: "team", Children: []target.Node{{ID: "ann"}, {ID: "bo"}}}})
	r.check(err)
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{metric}, Goals: []target.Goal{goal}, Breakdowns: []*target.Breakdown{months}}
	r.json(p)
	review, err := p.Review(plan.Input{AsOf: calendar.MustDay("2026-02-14"), Known: q1, Actuals: actuals})
	r.check(err)
	r.json(review)

	card, err := scorecard.New(scorecard.Definition{ID: "q1", Items: []scorecard.Item{{Metric: "won_value", Weight: kpi.Int(1)}}, Bands: []scorecard.Band{{Name: "A"}}})
	r.check(err)
	score, err := card.Score("ann", q1, []scorecard.Result{{Metric: "won_value", Actual: kpi.Frac(1, 3), Target: kpi.Int(1)}})
	r.check(err)
	r.json(score)

	histories, err := funnel.New(funnel.Pipeline{ID: "direct", Stages: []funnel.Stage{
		{ID: "open", Probability: kpi.Frac(1, 3)}, {ID: "won", Outcome: funnel.Won}, {ID: "lost", Outcome: funnel.Lost}}})
	r.check(err)
	for i, o := range orders() {
		amount, err := kpi.FromDecimal(o.amount)
		r.check(err)
		at := funnel.StartOf(o.day, time.UTC)
		histories.Add(funnel.Event{Deal: fmt.Sprint(i), At: at, Stage: "open", Amount: amount})
		if i > 1 {
			histories.Add(funnel.Event{Deal: fmt.Sprint(i), At: at.AddDate(0, 0, 9), Stage: "won"})
		}
	}
	r.binary(histories.MarshalBinary())
	deals, err := funnel.Analyze(histories, funnel.Question{AsOf: funnel.EndOf(calendar.MustDay("2026-03-31"), time.UTC), Location: time.UTC})
	r.check(err)
	r.json(deals.Report())
	return r.all
}

type results struct {
	t   *testing.T
	all []string
}

func (r *results) check(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *results) text(values ...any) { r.all = append(r.all, fmt.Sprintln(values...)) }

func (r *results) json(v any) {
	r.t.Helper()
	text, err := json.Marshal(v)
	r.check(err)
	r.all = append(r.all, string(text))
}

func (r *results) binary(state []byte, err error) {
	r.t.Helper()
	r.check(err)
	r.all = append(r.all, fmt.Sprintf("%x", state))
}

func TestNoSettingOfDecimalChangesAResult(t *testing.T) {
	before := everything(t)
	if len(before) < 12 {
		t.Fatalf("only %d results", len(before))
	}
	for _, turn := range []struct {
		name string
		to   func()
	}{
		{"coarse", func() {
			decimal.DivisionPrecision = 1
			decimal.PowPrecisionNegativeExponent = 1
			decimal.MarshalJSONWithoutQuotes = true
			decimal.TrimTrailingZeros = false
			decimal.UseScientificNotation = true
			decimal.ExpMaxIterations = 1
			decimal.MaxDecodeExponent = 1
			decimal.Zero = decimal.New(7, 0)
		}},
		{"fine", func() {
			decimal.DivisionPrecision = 60
			decimal.PowPrecisionNegativeExponent = 60
			decimal.MarshalJSONWithoutQuotes = false
			decimal.TrimTrailingZeros = true
			decimal.UseScientificNotation = false
			decimal.ExpMaxIterations = 100000
			decimal.MaxDecodeExponent = 1 << 30
			decimal.Zero = decimal.New(-1, 30)
		}},
	} {
		turn.to()
		after := everything(t)
		for i := range before {
			if before[i] != after[i] {
				t.Errorf("%s settings: result %d is\n%s\nand was\n%s", turn.name, i, after[i], before[i])
			}
		}
	}
}
