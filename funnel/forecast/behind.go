package forecast

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Behind is the deals behind a figure, one page of them.
type Behind struct {
	kpi.Behind
	Deals []BehindDeal `json:"deals"` // of this page, in the order of IDs; where the policy is [funnel.NewLife], each life of them that counts

	Count    int64       `json:"count"`    // the figure: deals on all pages, or lives
	Value    kpi.Partial `json:"value"`    // of all pages, in full
	Expected kpi.Value   `json:"expected"` // of all pages; where nothing is known of any it is undefined
}

// BehindDeal is one deal with what it adds to a landing.
type BehindDeal struct {
	funnel.Deal

	// Expected is what a won deal was won at, what is expected of an open one
	// by the aim's method, and 0 of one that closed otherwise.
	Expected kpi.Value `json:"expected"`
}

// Behind gives the deals behind a figure, page by page. Every page looks at
// all deals again.
//
// Count is the number that the figure shows, Value the amount of a
// [funnel.Stock], a [funnel.Holding] or [funnel.Coverage], and Expected that of
// a [Part] of [Forecast.Landing], unless a call stands in place of the deals
// (see [Call]).
//
// Errors are those of [Figure.Validate] and of the page.
func (f *Forecast) Behind(figure Figure, page kpi.Page) (Behind, error) {
	problems := check.List{Op: "forecast.Behind"}
	figure.validate(&problems)
	problems.Nest("page", page.Validate())
	if err := problems.Err(); err != nil {
		return Behind{}, err
	}
	j, err := f.judge(figure)
	if err != nil {
		return Behind{}, err
	}
	deals := f.behind(&j)
	b := Behind{Deals: []BehindDeal{}, Count: int64(len(deals))}
	ids, expected, value := make([]string, len(deals)), adding{}, tally{}
	for i, d := range deals {
		ids[i] = d.ID
		expected.add(d.Expected)
		value.add(f.look.worth(d.Deal))
	}
	b.Behind, b.Value, b.Expected = page.Of(ids), value.value, expected.sum()
	for _, d := range deals {
		if b.Has(d.ID) {
			b.Deals = append(b.Deals, d)
		}
	}
	return b, nil
}

// behind gives all deals of a figure with what they add.
func (f *Forecast) behind(j *judge) []BehindDeal {
	expected := map[key]kpi.Value{}
	for _, c := range learn(f.look, f.past, f.agesTo).chances(f.look, f.aim.Method) {
		expected[keyOf(c.deal)] = c.expected()
	}
	var deals []BehindDeal
	for _, d := range f.look.deals {
		if !j.has(d) {
			continue
		}
		adds := kpi.Int(0)
		switch d.Outcome {
		case funnel.Open:
			adds = expected[keyOf(d)]
		case funnel.Won:
			if adds = f.look.worth(d); !adds.Defined() {
				adds = kpi.Undefined(kpi.NoAmount)
			}
		}
		if !j.Missing || missing(adds) {
			deals = append(deals, BehindDeal{d, adds})
		}
	}
	return deals
}

// missing reports whether a deal adds no value, as a [Part] counts it.
func missing(adds kpi.Value) bool {
	return adds.Reason() == kpi.NoData || adds.Reason() == kpi.NoAmount
}

// Behind gives the deals of the line, page by page; errors are those of the
// page.
func (l ChangeLine) Behind(page kpi.Page) (kpi.Behind, error) {
	problems := check.List{Op: "forecast.ChangeLine.Behind"}
	problems.Nest("page", page.Validate())
	ids := make([]string, len(l.Deals))
	for i, d := range l.Deals {
		ids[i] = d.Deal
	}
	return page.Of(ids), problems.Err()
}
