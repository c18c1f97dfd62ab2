package kpi

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Tally converts as its [Converter] does, and counts. It belongs to one
// goroutine; what several have counted adds up by [ConversionReport.Add].
type Tally struct {
	converter Converter
	report    ConversionReport
	unpriced  map[string]UnpricedAmounts
}

// ConversionReport says what became of the amounts that were converted:
// read = converted + undefined + unpriced.
type ConversionReport struct {
	To         string            `json:"to"`
	Read       int64             `json:"read"`
	Converted  int64             `json:"converted"`
	Undefined  int64             `json:"undefined"` // had no amount to convert
	Unpriced   int64             `json:"unpriced"`  // had an amount and no rate
	Currencies []UnpricedAmounts `json:"currencies"`
}

// UnpricedAmounts counts the amounts of one currency that had no rate, in
// order of currencies.
type UnpricedAmounts struct {
	From  string       `json:"from"`
	Count int64        `json:"count"`
	First calendar.Day `json:"first"` // the earliest day of an amount without a rate
	Last  calendar.Day `json:"last"`
}

// Tally begins a count.
func (c Converter) Tally() *Tally {
	return &Tally{converter: c, unpriced: make(map[string]UnpricedAmounts)}
}

// Convert is [Converter.Convert], and counts what came of it.
func (t *Tally) Convert(amount Value, currency string, day calendar.Day) Value {
	converted := t.converter.Convert(amount, currency, day)
	t.report.Read++
	switch {
	case converted.Defined():
		t.report.Converted++
	case !amount.Defined():
		t.report.Undefined++
	default:
		t.report.Unpriced++
		t.unpriced[currency] = t.unpriced[currency].add(UnpricedAmounts{From: currency, Count: 1, First: day, Last: day})
	}
	return converted
}

// Report gives the count so far. It shares nothing with the Tally.
func (t *Tally) Report() ConversionReport {
	r := t.report
	r.To = t.converter.conversion.To
	r.Currencies = sorted(t.unpriced)
	return r
}

// Add gives the count of both, which are of one target currency; of two it
// is check.ErrUnit.
func (r ConversionReport) Add(o ConversionReport) (ConversionReport, error) {
	if r.To != o.To {
		return ConversionReport{}, check.New("kpi.ConversionReport.Add", check.ErrUnit, "to", "currencies_differ", o.To, "left", r.To, "right", o.To)
	}
	unpriced := make(map[string]UnpricedAmounts)
	for _, u := range slices.Concat(r.Currencies, o.Currencies) {
		unpriced[u.From] = unpriced[u.From].add(u)
	}
	r.Read, r.Converted = r.Read+o.Read, r.Converted+o.Converted
	r.Undefined, r.Unpriced = r.Undefined+o.Undefined, r.Unpriced+o.Unpriced
	r.Currencies = sorted(unpriced)
	return r, nil
}

// Findings gives one finding unpriced for every currency that lacked rates,
// in order of currencies.
func (r ConversionReport) Findings() []check.Finding {
	findings := []check.Finding{}
	for _, u := range r.Currencies {
		findings = append(findings, check.Finding{Code: findUnpriced, Severity: check.Warning, Subject: u.From,
			Args: check.Args("count", u.Count, "to", r.To, "first", u.First, "last", u.Last)})
	}
	return findings
}

func (u UnpricedAmounts) add(o UnpricedAmounts) UnpricedAmounts {
	if u.Count == 0 {
		return o
	}
	return UnpricedAmounts{From: u.From, Count: u.Count + o.Count, First: min(u.First, o.First), Last: max(u.Last, o.Last)}
}

func sorted(unpriced map[string]UnpricedAmounts) []UnpricedAmounts {
	list := slices.AppendSeq([]UnpricedAmounts{}, maps.Values(unpriced)) // not nil: [] in JSON
	slices.SortFunc(list, func(a, b UnpricedAmounts) int { return cmp.Compare(a.From, b.From) })
	return list
}
