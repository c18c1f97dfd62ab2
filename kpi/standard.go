package kpi

import "github.com/saleskpi/saleskpi/kpi/check"

// Standard gives the catalog of base measures and standard metrics of sales,
// in a currency (three letters as in ISO 4217) whose minor units have a
// scale: Standard("USD", 2), Standard("JPY", 0). Make it once and keep it; a
// currency of another form is check.ErrInvalid, a scale outside 0…18
// check.ErrRange.
//
// The measures come from records, by a cube or any other source; the metrics
// are formulas over them. Population says which records are counted, Source
// where the definition is published, or that it is common practice: there is
// no standard of sales metrics, and the same word means different things
// elsewhere. What a formula cannot say stands in the population. Where a
// window or a level must be cut off first (stale deals, deals of the window)
// it is the measure that does so.
func Standard(currency string, scale int8) (Catalog, error) {
	problems := check.List{Op: "kpi.Standard"}
	if !validCurrency(currency) {
		problems.Add(check.ErrInvalid, "currency", "malformed_currency", currency, "form", "[A-Z]{3}")
	}
	if scale < 0 || scale > MaxScale {
		problems.Add(check.ErrRange, "scale", "scale_out_of_range", scale, "most", MaxScale)
	}
	if err := problems.Err(); err != nil {
		return Catalog{}, err
	}
	s := standard{
		money: Money(currency, scale), count: Count(), share: Share(1), days: InDays(1),
		problems: &problems,
	}
	s.dealMeasures()
	s.pipelineMeasures()
	s.moneyMeasures()
	s.customerMeasures()
	s.activityMeasures()
	s.resultMetrics()
	s.dealMetrics()
	s.pipelineMetrics()
	s.collectionMetrics()
	s.customerMetrics()
	s.activityMetrics()
	if err := problems.Err(); err != nil {
		return Catalog{}, err
	}
	return NewCatalog(s.metrics...)
}

// standard collects the metrics in the order in which a catalog lists them.
type standard struct {
	money, count, share, days Unit
	metrics                   []Metric
	problems                  *check.List
}

// measure adds what is counted from records.
func (s *standard) measure(m Metric) { s.metrics = append(s.metrics, m) }

// metric adds what is computed.
func (s *standard) metric(formula string, m Metric) {
	f, err := ParseFormula(formula)
	s.problems.Nest(m.ID, err)
	m.Formula = f
	s.metrics = append(s.metrics, m)
}

// Sources that more than one metric has.
const (
	practice   = "common practice; no published standard"
	farris     = "Farris, Bendle, Pfeifer, Reibstein: Marketing Metrics"
	receivable = "Credit Research Foundation: measures of receivables; the ratio is common practice"
	saas       = "SaaS Metrics Standards Board"
)

// validCurrency reports whether s has the form of an ISO 4217 code.
func validCurrency(s string) bool {
	if len(s) != 3 {
		return false
	}
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}
