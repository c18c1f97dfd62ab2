package cube

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Report accounts for every record that was read:
//
//	read     = counted + excluded
//	excluded = skipped + no day + outside window + wrong shares
//
// An excluded record stands under the first of these that applies to it. The
// lines of Dimensions and Measures are about counted records; they may overlap
// and do not sum.
//
// A record that two readers feed into a cube is read twice, once by each.
type Report struct {
	Read          int64             `json:"read"`
	Counted       int64             `json:"counted"`
	Excluded      int64             `json:"excluded"`
	Skipped       int64             `json:"skipped"`               // Skip said so
	NoDay         int64             `json:"no_day"`                // the day is missing
	OutsideWindow int64             `json:"outside_window"`        // the day lies outside the definition's window
	WrongShares   int64             `json:"wrong_shares,omitzero"` // the shares of its hard credit do not add up to one
	Dimensions    []DimensionReport `json:"dimensions"`            // in the definition's order
	Measures      []MeasureReport   `json:"measures"`              // in the definition's order
}

// DimensionReport says how many counted records had no value for a
// dimension; for the credit dimension, how many credits had no member. They stand under the member "".
type DimensionReport struct {
	Dimension string `json:"dimension"`
	Missing   int64  `json:"missing"`
}

// MeasureReport says what became of the counted records in a measure: each
// one that a reader brought to it is used, not meant, or lacks an amount.
type MeasureReport struct {
	Measure  string `json:"measure"`
	Used     int64  `json:"used"`      // fed the measure
	NotMeant int64  `json:"not_meant"` // When said no
	Missing  int64  `json:"missing"`   // the amount or the key is missing
	TooLarge int64  `json:"too_large"` // the amount has more than 64 digits, or an exponent outside −18…18
}

func newReport(def Definition) *Report {
	r := &Report{Dimensions: []DimensionReport{}, Measures: []MeasureReport{}}
	for _, name := range def.read() {
		r.Dimensions = append(r.Dimensions, DimensionReport{Dimension: name})
	}
	for _, m := range def.Measures {
		r.Measures = append(r.Measures, MeasureReport{Measure: m.ID})
	}
	return r
}

// clone shares nothing with r, and has the totals.
func (r *Report) clone() Report {
	c := *r
	c.Dimensions, c.Measures = slices.Clone(r.Dimensions), slices.Clone(r.Measures)
	c.sum()
	return c
}

// add adds what o accounts for; both are of the same definition.
func (r *Report) add(o *Report) {
	r.Counted += o.Counted
	r.Skipped += o.Skipped
	r.NoDay += o.NoDay
	r.OutsideWindow += o.OutsideWindow
	r.WrongShares += o.WrongShares
	for i, d := range o.Dimensions {
		r.Dimensions[i].Missing += d.Missing
	}
	for i, m := range o.Measures {
		r.Measures[i].Used += m.Used
		r.Measures[i].NotMeant += m.NotMeant
		r.Measures[i].Missing += m.Missing
		r.Measures[i].TooLarge += m.TooLarge
	}
	r.sum()
}

// sum works out the totals.
func (r *Report) sum() {
	r.Excluded = r.Skipped + r.NoDay + r.OutsideWindow + r.WrongShares
	r.Read = r.Counted + r.Excluded
}

// The codes of this package's findings.
const (
	codeMissingMember = "missing_member"
	codeMissingAmount = "missing_amount"
	codeAmountTooLong = "amount_too_large"
	codeWrongShares   = "wrong_shares"
	codeNoDay         = "no_day"
	codeOutside       = "outside_window"
)

// Findings says in a stable order what the reader of a result should know:
// records that are left out because they have no day, a day outside the
// window, or shares that do not add up; records without a value for a
// dimension; and records without a usable amount. For the sentences see
// [Findings].
func (r Report) Findings() []check.Finding {
	found := []check.Finding{}
	add := func(code string, severity check.Severity, subject string, n int64) {
		if n > 0 {
			found = append(found, check.Finding{Code: code, Severity: severity, Subject: subject, Args: check.Args("n", n)})
		}
	}
	add(codeNoDay, check.Info, "", r.NoDay)
	add(codeOutside, check.Info, "", r.OutsideWindow)
	add(codeWrongShares, check.Warning, "", r.WrongShares)
	for _, d := range r.Dimensions {
		add(codeMissingMember, check.Info, d.Dimension, d.Missing)
	}
	for _, m := range r.Measures {
		add(codeMissingAmount, check.Warning, m.Measure, m.Missing)
		add(codeAmountTooLong, check.Warning, m.Measure, m.TooLarge)
	}
	return found
}

// Findings gives the sentences of this package's findings.
func Findings() check.Templates {
	return check.Templates{{
		Code:    codeNoDay,
		English: "Records without a day: {n}. They are left out: right for deals still open, wrong for dates that could not be read.",
		Chinese: "没有日期的记录：{n} 条，未纳入统计。未关闭的商机属正常情况；如日期无法读取则应更正。",
	}, {
		Code:    codeOutside,
		English: "Records on days outside the window: {n}. They are left out.",
		Chinese: "日期在统计区间之外的记录：{n} 条，未纳入统计。",
	}, {
		Code:    codeWrongShares,
		English: "Records whose credit shares do not add up to one: {n}. They are left out.",
		Chinese: "业绩分摊比例之和不等于 1 的记录：{n} 条，未纳入统计。",
	}, {
		Code:    codeMissingMember,
		English: "Records without {subject}: {n}. They stand together as a member of their own, in every total.",
		Chinese: "{subject} 为空的记录：{n} 条，单独归为一组，计入各项合计。",
	}, {
		Code:    codeMissingAmount,
		English: "Records without an amount for {subject}: {n}. They add nothing to it.",
		Chinese: "缺少 {subject} 金额的记录：{n} 条，未计入合计。",
	}, {
		Code:    codeAmountTooLong,
		English: "Records whose amount for {subject} is beyond 64 digits or 18 places: {n}. They add nothing to it.",
		Chinese: "{subject} 金额超出 64 位数字或 18 位小数的记录：{n} 条，未计入合计。",
	}}
}
