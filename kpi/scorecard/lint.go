package scorecard

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Limits say from when on [Definition.Lint] speaks, and which metrics of the
// caller's own keep others honest. What is left out has its default.
type Limits struct {
	Activities kpi.Value `json:"activities,omitzero"` // most weight on activities; 1/2
	Item       kpi.Value `json:"item,omitzero"`       // most weight of one item; 0.6
	// Quality names further metrics that stop volume from being bought, beside
	// margin, discount, collection and returns of the standard catalog.
	Quality []string `json:"quality,omitzero"`
	// Stale names further metrics that show deals left open so that they are
	// not lost, beside stale_share.
	Stale []string `json:"stale,omitzero"`
}

// Validate reports a limit outside 0 to 1.
func (l Limits) Validate() error {
	problems := check.List{Op: "scorecard.Limits"}
	validateShare(&problems, "activities", l.Activities)
	validateShare(&problems, "item", l.Item)
	return problems.Err()
}

// Lint gives what invites people to serve the number instead of the purpose
// (Goodhart's law: when a measure becomes a target, it ceases to be a good
// measure). A definition with such findings is valid; the reader should know.
//
//	activities_overweight     over half of the weight on activities
//	win_rate_without_stale    a win rate, and nothing that shows deals left open
//	volume_without_quality    money won or invoiced, and no margin, discount,
//	                          collection or return beside it
//	item_overweight           over 60 % of the weight on one item
//	bonus_without_limit       a bonus whose curve has no cap
//	metric_unknown            the catalog does not know it, so it is not judged
//
// Items and gates both count as standing beside. The catalog says what a
// metric is; use [kpi.Standard] with the caller's own. Findings come in the
// order of this list, then of the items.
//
// It returns an error if the definition or a limit is invalid.
func (d Definition) Lint(catalog kpi.Catalog, limits Limits) ([]check.Finding, error) {
	problems := check.List{Op: "scorecard.Lint"}
	problems.Nest("", d.Validate())
	problems.Nest("limits", limits.Validate())
	if err := problems.Err(); err != nil {
		return nil, err
	}
	l := linter{d: &d, weights: d.weights(), catalog: catalog, limits: limits, findings: []check.Finding{}}
	l.activities()
	l.winRate()
	l.volume()
	l.items()
	return l.findings, nil
}

type linter struct {
	d        *Definition
	weights  []kpi.Value
	catalog  kpi.Catalog
	limits   Limits
	findings []check.Finding
}

func (l *linter) find(code string, severity check.Severity, subject string, args ...any) {
	l.findings = append(l.findings, check.Finding{Code: code, Severity: severity, Subject: subject, Args: check.Args(args...)})
}

func (l *linter) activities() {
	sum, most := kpi.Int(0), l.limits.Activities.Or(kpi.Frac(1, 2))
	for i, item := range l.d.Items {
		if m, known := l.catalog.Lookup(item.Metric); known && !item.Bonus && m.Kind == kpi.Leading {
			sum = sum.Add(l.weights[i])
		}
	}
	if most.Less(sum) {
		l.find(codeActivities, check.Warning, l.d.ID, "weight", percent(sum), "most", percent(most))
	}
}

func (l *linter) winRate() {
	if l.has("stale_share") || l.has(l.limits.Stale...) {
		return
	}
	for _, item := range l.d.Items {
		if item.Metric == "win_rate" || item.Metric == "win_rate_by_value" {
			l.find(codeWinRate, check.Warning, item.Metric)
		}
	}
}

func (l *linter) volume() {
	if l.has(quality()...) || l.has(l.limits.Quality...) {
		return
	}
	for _, item := range l.d.Items {
		if l.isVolume(item.Metric) {
			l.find(codeVolume, check.Warning, item.Metric)
		}
	}
}

// quality names the standard metrics and measures that stop volume from being
// bought.
func quality() []string {
	return []string{
		"gross_profit", "gross_margin", "discount_rate", "collections", "collection_rate", "collected_value",
		"overdue_share", "overdue_30_share", "overdue_60_share", "overdue_90_share", "dso", "return_rate", "returned_value",
	}
}

// isVolume reports whether a metric is money that came in, or a rate of it
// against a quota, a base or heads.
func (l *linter) isVolume(metric string) bool {
	switch metric {
	case "quota_attainment", "won_growth", "won_per_seller":
		return true
	}
	m, known := l.catalog.Lookup(metric)
	return known && m.Kind == kpi.Result && m.Additivity == kpi.Additive && m.Direction == kpi.HigherIsBetter &&
		m.Unit.Money == 1 && m.Unit.Days == 0
}

// has reports whether one of the metrics stands in an item or a gate.
func (l *linter) has(metrics ...string) bool {
	return slices.ContainsFunc(l.d.Items, func(i Item) bool { return slices.Contains(metrics, i.Metric) }) ||
		slices.ContainsFunc(l.d.Gates, func(g Gate) bool { return slices.Contains(metrics, g.Metric) })
}

func (l *linter) items() {
	most := l.limits.Item.Or(kpi.Frac(60, 100))
	for i, item := range l.d.Items {
		if !item.Bonus && most.Less(l.weights[i]) {
			l.find(codeOverweight, check.Warning, item.Metric, "weight", percent(l.weights[i]), "most", percent(most))
		}
	}
	for _, item := range l.d.Items {
		if item.Bonus && !item.best(&Line{}).Defined() {
			l.find(codeEndless, check.Warning, item.Metric)
		}
	}
	for _, item := range l.d.Items {
		if _, known := l.catalog.Lookup(item.Metric); !known {
			l.find(codeUnknown, check.Info, item.Metric)
		}
	}
}
