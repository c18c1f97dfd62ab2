package kpi_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func problems(err error) []string {
	var list []string
	for _, e := range check.All(err) {
		list = append(list, strings.TrimSpace(e.Path+" "+e.Code+" "+e.Args["column"]))
	}
	return list
}

func TestCatalogReportsEverything(t *testing.T) {
	usd, ratio := kpi.Money("USD", 2), kpi.Share(1)
	_, err := kpi.NewCatalog(
		kpi.Metric{ID: "won", Unit: usd},
		kpi.Metric{ID: "won", Unit: usd},
		kpi.Metric{ID: "Bad ID"},
		kpi.Metric{ID: "lost", Unit: usd, Formula: parse(t, "gone + won - nowhere")},
		kpi.Metric{ID: "rate", Unit: usd, Formula: parse(t, "won / won")},
		kpi.Metric{ID: "share", Unit: ratio, Formula: parse(t, "won / (won + 1)"), Additivity: kpi.RatioOfSums},
		kpi.Metric{ID: "a", Formula: parse(t, "b + 1"), Additivity: kpi.RatioOfSums},
		kpi.Metric{ID: "b", Formula: parse(t, "2 * c"), Additivity: kpi.RatioOfSums},
		kpi.Metric{ID: "c", Formula: parse(t, "a"), Additivity: kpi.RatioOfSums},
		kpi.Metric{ID: "self", Formula: parse(t, "self"), Kind: 9},
	)
	want := []string{
		"metrics[1].id duplicate_id", "metrics[2].id malformed_id", "metrics[9].kind unknown_word",
		"metrics[3].formula unknown_reference 1", "metrics[3].formula unknown_reference 14",
		"metrics[4].formula not_the_unit_of_the_metric", "metrics[4].formula not_the_additivity_of_the_metric",
		"metrics[5].formula units_differ 12", "metrics[6].formula cycle", "metrics[9].formula cycle",
	}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	var cycles []string
	for _, e := range check.All(err) {
		if errors.Is(e, check.ErrCycle) {
			cycles = append(cycles, e.Args["cycle"])
		}
	}
	if !slices.Equal(cycles, []string{"a → b → c → a", "self → self"}) {
		t.Errorf("%q", cycles)
	}
}

func TestWithLeavesTheCatalogAlone(t *testing.T) {
	base, err := kpi.NewCatalog(kpi.Metric{ID: "a"}, kpi.Metric{ID: "b"})
	if err != nil {
		t.Fatal(err)
	}
	given := []kpi.Metric{{ID: "c", Formula: parse(t, "a + b")}}
	one, err1 := base.With(given...)
	two, err2 := base.With(kpi.Metric{ID: "d"})
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	given[0].ID, one.All()[0].ID = "changed", "changed"
	ids := func(c kpi.Catalog) (ids string) {
		for m := range c.Metrics() {
			ids += m.ID
		}
		return ids
	}
	if ids(base) != "ab" || ids(one) != "abc" || ids(two) != "abd" || base.Len() != 2 {
		t.Errorf("%s, %s, %s", ids(base), ids(one), ids(two))
	}
	if _, known := two.Lookup("c"); known {
		t.Error("two catalogs share what was added to one")
	}
	if _, err := one.With(kpi.Metric{ID: "c"}); !errors.Is(err, check.ErrDuplicate) {
		t.Errorf("a second c: %v", err)
	}
	if m, known := (kpi.Catalog{}).Lookup("a"); known || m != (kpi.Metric{}) || (kpi.Catalog{}).Len() != 0 || (kpi.Catalog{}).All() == nil {
		t.Error("the zero Catalog is not empty")
	}
}

// Formulas that name one another may double with every step; what they come
// to is bounded.
func TestCatalogBounds(t *testing.T) {
	metrics := []kpi.Metric{{ID: "m0"}}
	for i := 1; i < 60; i++ {
		before := "m" + strconv.Itoa(i-1)
		metrics = append(metrics, kpi.Metric{ID: "m" + strconv.Itoa(i), Formula: parse(t, before+" + "+before)})
	}
	if _, err := kpi.NewCatalog(metrics...); !errors.Is(err, check.ErrRange) {
		t.Errorf("2^59 nodes: %v", err)
	}
	if _, err := kpi.NewCatalog(make([]kpi.Metric, kpi.MaxMetrics+1)...); len(check.All(err)) != 1 || !errors.Is(err, check.ErrRange) {
		t.Errorf("too many metrics: %v", err)
	}
}

func standard(t testing.TB) kpi.Catalog {
	t.Helper()
	c, err := kpi.Standard("USD", 2)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Every metric that DESIGN.md and DOMAIN.md name, and that its definition is
// whole: formulas parse, resolve, and agree with unit and additivity, or
// Standard would be an error.
func TestStandardIsWhole(t *testing.T) {
	c := standard(t)
	names, namesZH := map[string]string{}, map[string]string{}
	for m := range c.Metrics() {
		for what, text := range map[string]string{"name": m.Name, "Chinese name": m.NameZH, "meaning": m.Meaning, "population": m.Population, "source": m.Source} {
			if text == "" {
				t.Errorf("%s has no %s", m.ID, what)
			}
		}
		if other, double := names[m.Name]; double {
			t.Errorf("%s and %s are both called %s", m.ID, other, m.Name)
		}
		if other, double := namesZH[m.NameZH]; double {
			t.Errorf("%s and %s are both called %s", m.ID, other, m.NameZH)
		}
		names[m.Name], namesZH[m.NameZH] = m.ID, m.ID
		if !strings.ContainsFunc(m.NameZH, func(r rune) bool { return r > 0x4E00 }) {
			t.Errorf("%s: %q is not Chinese", m.ID, m.NameZH)
		}
		if err := m.Validate(); err != nil {
			t.Error(err)
		}
		if again, err := kpi.ParseFormula(m.Formula.String()); !m.Formula.IsZero() && (err != nil || again != m.Formula) {
			t.Errorf("%s: %v", m.ID, err)
		}
		measures, err := c.Measures(m.ID)
		if err != nil || len(measures) == 0 || m.Formula.IsZero() != slices.Equal(measures, []string{m.ID}) {
			t.Errorf("%s is computed from %q, %v", m.ID, measures, err)
		}
	}
	for _, id := range strings.Fields(`
		won_value won_count lost_count lost_value created_count created_value open_count open_value invoiced_value collected_value due_value
		cost_value list_value new_customer_count active_customer_count lost_customer_count cycle_days_won activity_call_count
		activity_meeting_count response_hours lead_count campaign_cost headcount market_value survey_score promoters detractors respondents
		revenue bookings collections gross_margin win_rate average_deal_size sales_cycle velocity coverage quota_attainment won_growth
		market_share customers_per_seller gross_retention net_retention customer_churn cac lead_response_time discount_rate csat nps forecast_accuracy
		receivable_value collection_rate overdue_share overdue_30_share overdue_60_share overdue_90_share dso future_coverage share_at_quota
		last_week_share last_month_share stale_share push_count cost_per_lead campaign_return new_share expansion_share renewal_share
		acv_value arr_value tcv_value average_term return_rate median_sales_cycle median_deal_size win_rate_by_value`) {
		if _, known := c.Lookup(id); !known {
			t.Errorf("%s is missing", id)
		}
	}
	for _, kind := range []kpi.Kind{kpi.Result, kpi.Leading, kpi.Hygiene} {
		if !slices.ContainsFunc(c.All(), func(m kpi.Metric) bool { return m.Kind == kind }) {
			t.Errorf("no metric is of kind %s", kind)
		}
	}
}

func TestStandardCurrency(t *testing.T) {
	yen, err := kpi.Standard("JPY", 0)
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := yen.Lookup("velocity"); m.Unit.String() != "JPY/days" || m.Unit.Scale != 0 {
		t.Errorf("%+v", m.Unit)
	}
	if _, err := kpi.Standard("usd", 19); !slices.Equal(problems(err), []string{"currency malformed_currency", "scale scale_out_of_range"}) {
		t.Error(err)
	}
	// A metric of one currency cannot be built on measures of another.
	_, err = yen.With(kpi.Metric{ID: "net", Unit: kpi.Money("USD", 2), Formula: parse(t, "won_value - lost_value")})
	if !errors.Is(err, check.ErrUnit) {
		t.Error(err)
	}
}

// Figures worked by hand unless a source stands beside them.
func TestStandardFigures(t *testing.T) {
	n := kpi.Int
	for _, c := range []struct {
		why, id  string
		measures map[string]kpi.Value
		want     kpi.Value
	}{
		{"overall win rate of data/crm_opportunities/reference.json", "win_rate", map[string]kpi.Value{"won_count": n(4238), "lost_count": n(2473)}, kpi.Frac(4238, 6711)},
		{"average won amount of the same data", "average_deal_size", map[string]kpi.Value{"won_value": n(10005534), "won_valued_count": n(4238)}, kpi.Frac(5002767, 2119)},
		{"win rate by value: every lost deal there has amount 0", "win_rate_by_value", map[string]kpi.Value{"won_value": n(10005534), "lost_value": kpi.Undefined(kpi.NoAmount)}, kpi.Undefined(kpi.NoAmount)},
		{"a published velocity: 50 × 10,000 × 20 % ÷ 30 days = 3,333.33 a day", "velocity",
			map[string]kpi.Value{"open_qualified_count": n(50), "won_count": n(2), "lost_count": n(8), "won_value": n(20000), "won_valued_count": n(2), "cycle_days_won": n(60)}, kpi.Frac(10000, 3)},
		{"Infor: quota −50, won 0", "quota_attainment", map[string]kpi.Value{"won_value": n(0), "quota_value": n(-50)}, n(2)},
		{"no quota", "quota_attainment", map[string]kpi.Value{"won_value": n(5), "quota_value": kpi.Undefined(kpi.NoTarget)}, kpi.Undefined(kpi.NoTarget)},
		{"quarter_growth 2017-Q2 of the same reference", "won_growth", map[string]kpi.Value{"won_value": n(3086111), "won_value_before": n(1134672)}, kpi.Frac(1951439, 1134672)},
		{"growth from nothing", "won_growth", map[string]kpi.Value{"won_value": n(5), "won_value_before": n(0)}, kpi.Undefined(kpi.BaseNotPositive)},
		{"600 open for 200 still to win", "coverage", map[string]kpi.Value{"pipeline_value": n(600), "quota_value": n(1000), "won_value": n(800)}, n(3)},
		{"quota met: nothing left to cover", "coverage", map[string]kpi.Value{"pipeline_value": n(600), "quota_value": n(1000), "won_value": n(1200)}, kpi.Undefined(kpi.ZeroDenominator)},
		{"300 owed, 900 sold in 90 days", "dso", map[string]kpi.Value{"receivable_value": n(300), "invoiced_value": n(900), "period_days": n(90)}, n(30)},
		{"50 % promoters, 20 % detractors", "nps", map[string]kpi.Value{"promoters": n(50), "detractors": n(20), "respondents": n(100)}, n(30)},
		{"too few answers", "nps", map[string]kpi.Value{"promoters": n(5), "detractors": n(2), "respondents": kpi.Undefined(kpi.TooFew)}, kpi.Undefined(kpi.TooFew)},
		{"100 − 5 − 10 of 100", "gross_retention", map[string]kpi.Value{"start_recurring_value": n(100), "contraction_recurring_value": n(5), "churned_recurring_value": n(10)}, kpi.Frac(85, 100)},
		{"100 + 25 − 5 − 10 of 100", "net_retention", map[string]kpi.Value{"start_recurring_value": n(100), "expansion_recurring_value": n(25), "contraction_recurring_value": n(5), "churned_recurring_value": n(10)}, kpi.Frac(11, 10)},
		{"forecast 120, came 100", "forecast_accuracy", map[string]kpi.Value{"forecast_value": n(120), "won_value": n(100)}, kpi.Frac(8, 10)},
		{"sold for 90 at a list of 100", "discount_rate", map[string]kpi.Value{"won_value": n(90), "list_value": n(100)}, kpi.Frac(1, 10)},
		{"10 returned of 100, net 90", "return_rate", map[string]kpi.Value{"returned_value": n(10), "invoiced_value": n(90)}, kpi.Frac(1, 10)},
		{"through another metric", "gross_margin", map[string]kpi.Value{"invoiced_value": n(200), "cost_value": n(150)}, kpi.Frac(1, 4)},
		{"another name", "revenue", map[string]kpi.Value{"invoiced_value": n(200)}, n(200)},
		{"a measure", "won_count", map[string]kpi.Value{"won_count": n(7)}, n(7)},
	} {
		catalog := standard(t)
		got, err := catalog.Eval(c.id, from(c.measures))
		if err != nil || got != c.want {
			t.Errorf("%s: %s = %v, %v, want %v", c.why, c.id, got, err, c.want)
		}
		if e, err := catalog.Explain(c.id, from(c.measures)); err != nil || e.Value != c.want {
			t.Errorf("%s: explained as %v, %v", c.why, e.Value, err)
		}
		if r, ok := catalog.EvalRatio(c.id, from(c.measures)); ok && r.Value() != c.want {
			t.Errorf("%s: as a ratio %v", c.why, r)
		}
	}
}

func TestCatalogUnknown(t *testing.T) {
	c := standard(t)
	if _, err := c.Eval("nowhere", nil); !errors.Is(err, check.ErrUnknown) {
		t.Error(err)
	}
	if _, err := c.Explain("nowhere", nil); !errors.Is(err, check.ErrUnknown) {
		t.Error(err)
	}
	if _, ok := c.EvalRatio("nowhere", nil); ok {
		t.Error("a ratio of nothing")
	}
	if _, err := c.Measures("won_count", "x", "y"); !slices.Equal(problems(err), []string{"ids[1] unknown_metric", "ids[2] unknown_metric"}) {
		t.Error(err)
	}
}

func TestMetricJSONRoundTrip(t *testing.T) {
	for m := range standard(t).Metrics() {
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var back kpi.Metric
		if err := check.Decode("test", text, &back); err != nil || back != m {
			t.Errorf("%s comes back as %+v, %v", text, back, err)
		}
	}
}

func TestAdditivityOfFormulas(t *testing.T) {
	all := []kpi.Additivity{kpi.Additive, kpi.Level, kpi.RatioOfSums, kpi.Distinct} // from the strongest
	for _, c := range []struct {
		why, formula string
		strongest    kpi.Additivity
	}{
		{"a sum of sums", "won + lost", kpi.Additive},
		{"a difference, turned round and halved", "-(won - lost) * 0.5 / 2", kpi.Additive},
		{"no data counts as nothing", "coalesce(won, 0) + 2 * lost", kpi.Additive},
		{"a level and a sum", "open + won", kpi.Level},
		{"a constant is not a sum", "won + 1", kpi.RatioOfSums},
		{"only a constant", "2 * 3", kpi.RatioOfSums},
		{"a quotient", "won / lost", kpi.RatioOfSums},
		{"a number by a sum", "1 / won", kpi.RatioOfSums},
		{"a product", "won * lost", kpi.RatioOfSums},
		{"a bound", "max(won - lost, 0)", kpi.RatioOfSums},
		{"without sign", "abs(won)", kpi.RatioOfSums},
		{"growth", "growth(won, lost)", kpi.RatioOfSums},
		{"a ratio of ratios", "rate / won", kpi.RatioOfSums},
		{"what counts each once", "customers + won", kpi.Distinct},
		{"by what counts each once", "won / customers", kpi.Distinct},
	} {
		for i, a := range all {
			_, err := kpi.NewCatalog(kpi.Metric{ID: "won"}, kpi.Metric{ID: "lost"}, kpi.Metric{ID: "open", Additivity: kpi.Level},
				kpi.Metric{ID: "rate", Additivity: kpi.RatioOfSums}, kpi.Metric{ID: "customers", Additivity: kpi.Distinct},
				kpi.Metric{ID: "f", Formula: parse(t, c.formula), Additivity: a})
			if promised := i < slices.Index(all, c.strongest); promised != errors.Is(err, check.ErrInvalid) {
				t.Errorf("%s: %s as %s: %v", c.why, c.formula, a, err)
			}
		}
	}
}

// A metric that the catalog accepts as additive is the sum of its parts.
func TestAdditiveMeansAdditive(t *testing.T) {
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		f := formulas().Draw(t, "f")
		u, err := f.Unit(units)
		if err != nil {
			return
		}
		metrics := []kpi.Metric{}
		for _, id := range f.References() {
			unit, _ := units(id)
			metrics = append(metrics, kpi.Metric{ID: id, Unit: unit})
		}
		if _, err := kpi.NewCatalog(append(metrics, kpi.Metric{ID: "f", Unit: u, Formula: f})...); err != nil {
			return
		}
		accepted++
		a, b, both := map[string]kpi.Value{}, map[string]kpi.Value{}, map[string]kpi.Value{}
		for _, id := range f.References() {
			a[id], b[id] = kpi.Int(rapid.Int64Range(-9, 9).Draw(t, id)), kpi.Int(rapid.Int64Range(-9, 9).Draw(t, id+" of b"))
			both[id] = a[id].Add(b[id])
		}
		if sum := f.Eval(from(a)).Add(f.Eval(from(b))); sum != f.Eval(from(both)) {
			t.Fatalf("%s: %v of the parts, %v of the whole", f, sum, f.Eval(from(both)))
		}
	})
	if accepted == 0 {
		t.Error("no formula was additive")
	}
}
