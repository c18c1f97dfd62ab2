package main

import (
	"encoding/json"
	"strings"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
)

// Summary is a group of deals in figures, as a table would have them.
type Summary struct {
	Total       int64 `json:"total"`
	Won         int64 `json:"won"`
	Lost        int64 `json:"lost"`
	Engaging    int64 `json:"engaging"`
	Prospecting int64 `json:"prospecting"`

	WinRate            pair   `json:"win_rate"`
	WonValue           amount `json:"won_value"`
	AvgWonDeal         pair   `json:"avg_won_deal"`
	MedianWonDeal      text   `json:"median_won_deal"`
	ListValueWon       amount `json:"list_value_won"`
	RealisedPriceRatio pair   `json:"realised_price_ratio"`

	CycleWon    Cycle `json:"cycle_won"`
	CycleLost   Cycle `json:"cycle_lost"`
	CycleClosed Cycle `json:"cycle_closed"`

	OpenCount     int64  `json:"open_count"`
	OpenListValue amount `json:"open_list_value"`
}

// Cycle is days from engagement to closing.
type Cycle struct {
	N       int64  `json:"n"`
	SumDays int64  `json:"sum_days"`
	Mean    text   `json:"mean"`
	Median  text   `json:"median"`
	Min     amount `json:"min"`
	Max     amount `json:"max"`
	P25     text   `json:"p25_linear"`
	P75     text   `json:"p75_linear"`
	P90     text   `json:"p90_linear"`
	P90Rank text   `json:"p90_nearest_rank"`
}

// newSummary takes the figures from a report in which deals are worth their
// list price.
func newSummary(r funnel.Report) Summary {
	s := Summary{
		Total: r.Counts.Counted, Won: r.Counts.Won, Lost: r.Counts.Lost,
		WinRate:            pair(r.WinRate),
		WonValue:           amount(whole0(r.Won.Amount)),
		AvgWonDeal:         pair(kpi.NewRatio(whole0(r.Won.Amount), kpi.Int(int64(r.Won.Amount.N)))),
		MedianWonDeal:      text{r.Won.Median, 1},
		ListValueWon:       amount(whole0(r.Won.ListPrice)),
		RealisedPriceRatio: pair(r.RealisedPrice),
		CycleWon:           newCycle(r.Won.Cycle), CycleLost: newCycle(r.Lost.Cycle), CycleClosed: newCycle(r.CycleClosed),
		OpenCount: r.Counts.Open, OpenListValue: amount(whole0(r.Open.Total().Value)),
	}
	for _, stage := range r.Open.Stages {
		switch deals := stage.Total().Deals; stage.Stage {
		case Engaging:
			s.Engaging = deals
		case Prospecting:
			s.Prospecting = deals
		}
	}
	return s
}

// whole0 gives a sum, and 0 for the sum over no deals: they were all counted,
// and there are none. A sum over deals without amounts stays undefined.
func whole0(p kpi.Partial) kpi.Value {
	if p.Of == 0 {
		return kpi.Int(0)
	}
	return p.Sum
}

func newCycle(d funnel.Durations) Cycle {
	days, _ := d.Sum.Or(kpi.Int(0)).Int64()
	return Cycle{
		N: d.N, SumDays: days, Mean: text{d.Mean, 12}, Median: text{d.Median, 1}, Min: amount(d.Min), Max: amount(d.Max),
		P25: text{d.P25, 2}, P75: text{d.P75, 2}, P90: text{d.P90, 2}, P90Rank: text{d.P90Rank, 0},
	}
}

// amount is a number in JSON, exactly: 10005534 or 99.5.
type amount kpi.Value

// MarshalJSON gives the number, or why there is none.
func (a amount) MarshalJSON() ([]byte, error) {
	if v := kpi.Value(a); !v.Defined() {
		return json.Marshal(v)
	}
	return []byte(kpi.Value(a).Exact()), nil
}

// text is a number in JSON as a string with a number of places, and with more
// where it has a few more exactly: 57.0, 1821.595.
type text struct {
	value  kpi.Value
	places int
}

// MarshalJSON gives the string, or why there is none.
func (t text) MarshalJSON() ([]byte, error) {
	if !t.value.Defined() {
		return json.Marshal(t.value)
	}
	places := t.places
	if exact := t.value.Exact(); !strings.Contains(exact, "/") {
		places = max(places, decimals(t.value))
	}
	return json.Marshal(t.value.Text(places, kpi.HalfEven))
}

// pair is a ratio in JSON with its parts, its value with twelve places:
// {"num":"3","den":"4","value":"0.750000000000"}.
type pair kpi.Ratio

// MarshalJSON gives the parts and the value, or why there is none.
func (p pair) MarshalJSON() ([]byte, error) {
	ratio := kpi.Ratio(p)
	value := ratio.Value()
	if !value.Defined() {
		return json.Marshal(ratio)
	}
	return json.Marshal(struct {
		Num   string `json:"num"`
		Den   string `json:"den"`
		Value string `json:"value"`
	}{ratio.Num().Exact(), ratio.Den().Exact(), value.Text(12, kpi.HalfEven)})
}
