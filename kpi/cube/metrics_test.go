package cube_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
)

// rates knows the measures of minorDefinition, and their quotient.
func rates(t fataler) kpi.Catalog {
	size, err := kpi.ParseFormula("minor / n")
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := kpi.NewCatalog(
		kpi.Metric{ID: "minor", Unit: kpi.Money("USD", 2)},
		kpi.Metric{ID: "n"},
		kpi.Metric{ID: "euro", Unit: kpi.Money("EUR", 2)},
		kpi.Metric{ID: "size", Formula: size, Unit: kpi.Money("USD", 2), Additivity: kpi.RatioOfSums},
	)
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

// Figures worked by hand from sixRows: x 0.70 of 2 in January, 0.07 of 1 in
// February; together 0.77 of 3, not the mean of 0.35 and 0.07.
func TestMetrics(t *testing.T) {
	c := loadWith(t, minorDefinition(), minorReader(), sixRows())
	months := query(t, c, cube.Query{By: []string{"a"}, Grain: calendar.Monthly, Window: period("2026-H1")})
	year := query(t, c, cube.Query{By: []string{"a"}, Top: cube.Top{N: 1, Measure: "minor"}})
	ofMonths, err := months.Metrics(rates(t), "size", "n")
	if err != nil {
		t.Fatal(err)
	}
	ofYear, err := year.Metrics(rates(t), "size")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		why       string
		got, want kpi.Value
	}{
		"January":       {"0.70 of 2", ofMonths.Value("size", period("2026-01"), "x"), kpi.Frac(35, 100)},
		"the year":      {"0.77 of 3", ofYear.Value("size", period("2026"), "x"), kpi.Frac(77, 300)},
		"the rest":      {"y and X: 0.06 of 2", ofYear.Of("size", year.Rest[0]), kpi.Frac(3, 100)},
		"a measure":     {"is a metric too", ofMonths.Value("n", period("2026-01"), "x"), kpi.Int(2)},
		"of none":       {"0.01 of 0", ofMonths.Value("size", period("2026-04"), "y"), kpi.Undefined(kpi.ZeroDenominator)},
		"no row":        {"no data of 0: the stronger reason", ofMonths.Value("size", period("2026-05"), "y"), kpi.Value{}.Div(kpi.Int(0))},
		"not bound":     {"n was not asked for", ofYear.Value("n", period("2026"), "x"), kpi.Undefined(kpi.NotApplicable)},
		"foreign row":   {"has not the result's columns", ofYear.Of("size", cube.Row{}), kpi.Undefined(kpi.NotApplicable)},
		"of other keys": {"y is in the rest", ofYear.Value("size", period("2026"), "y"), kpi.Undefined(kpi.NotApplicable)},
	} {
		if test.got != test.want {
			t.Errorf("%s: %s: got %v, want %v", name, test.why, test.got, test.want)
		}
	}
	if r, ok := ofYear.Ratio("size", period("2026"), "x"); !ok || r.Num() != kpi.Minor(77, 2) || r.Den() != kpi.Int(3) {
		t.Errorf("0.77 of 3: %v", r)
	}
	if e, err := ofYear.Explain("size", period("2026"), "x"); err != nil || e.Value != kpi.Frac(77, 300) {
		t.Errorf("%v, %v", e, err)
	}
	if figures, err := ofYear.Figures("size", ""); err != nil || !slices.Equal(figures, []kpi.Figure{{Metric: "size", Owner: "x", Period: period("2026"), Value: kpi.Frac(77, 300)}}) {
		t.Errorf("%v, %v", figures, err)
	}
}

func TestMetricsErrors(t *testing.T) {
	r := query(t, loadEvery(t, calendar.Monthly, nil), cube.Query{})
	_, err := r.Metrics(rates(t), "size", "profit")
	if got := problems(err); !slices.Equal(got, []string{"metrics[0] unknown_measure", "metrics[0] unknown_measure", "metrics[1] unknown_metric"}) {
		t.Errorf("got %v", got)
	}
	def := minorDefinition()
	def.Measures[0].Unit = kpi.Money("EUR", 2)
	euros := query(t, loadWith(t, def, minorReader(), nil), cube.Query{})
	_, err = euros.Metrics(rates(t), "size")
	if got := problems(err); !slices.Equal(got, []string{"metrics[0] measure_of_other_unit"}) {
		t.Errorf("got %v", got)
	}
	bound, err := euros.Metrics(rates(t), "n")
	if err != nil {
		t.Fatal(err)
	}
	_, err = bound.Figures("size", "")
	if got := problems(err); !slices.Equal(got, []string{"metric unknown_metric", "by not_by_owner"}) {
		t.Errorf("got %v", got)
	}
	if _, err := bound.Explain("size", period("2026")); err == nil {
		t.Error("a metric that is not bound was explained")
	}
	if _, ok := bound.Ratio("size", period("2026")); ok {
		t.Error("a metric that is not bound has a ratio")
	}
}
