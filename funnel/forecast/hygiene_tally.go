package forecast

import (
	"cmp"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// hygieneTally fills one HygieneLine.
type hygieneTally struct {
	owner               string
	open, clean, untidy tally
	ways                [untidies]tally
}

func newHygieneTally(owner string) *hygieneTally { return &hygieneTally{owner: owner} }

func (t *hygieneTally) add(worth kpi.Value, why []Untidy) {
	t.open.add(worth)
	if len(why) == 0 {
		t.clean.add(worth)
	} else {
		t.untidy.add(worth)
	}
	for _, u := range why {
		t.ways[u].add(worth)
	}
}

func (t *hygieneTally) done() HygieneLine {
	l := HygieneLine{Owner: t.owner, Open: t.open.sums(), Clean: t.clean.sums(), Untidy: t.untidy.sums(), Counts: []UntidyCount{}}
	for u, deals := range t.ways {
		l.Counts = append(l.Counts, UntidyCount{Untidy(u), deals.sums()})
	}
	return l
}

// Count gives the deals that are untidy in one way.
func (l HygieneLine) Count(u Untidy) int64 {
	for _, c := range l.Counts {
		if c.Untidy == u {
			return c.Deals.Deals
		}
	}
	return 0
}

func (h *Hygiene) sort() {
	slices.SortStableFunc(h.Owners, func(a, b HygieneLine) int {
		return cmp.Or(b.Untidy.Value.Sum.Or(kpi.Int(0)).Compare(a.Untidy.Value.Sum.Or(kpi.Int(0))),
			cmp.Compare(b.Untidy.Deals, a.Untidy.Deals), strings.Compare(a.Owner, b.Owner))
	})
	slices.SortStableFunc(h.Deals, func(a, b UntidyDeal) int { return strings.Compare(a.Owner, b.Owner) })
}

func (h *Hygiene) findings(unknown int64) []check.Finding {
	found := notes{}
	for _, l := range h.Owners {
		if l.Untidy.Deals > 0 {
			found = append(found, check.Finding{Code: "not_cleaned_up", Severity: check.Warning, Subject: l.Owner,
				Args: check.Args("deals", l.Untidy.Deals, "open", l.Open.Deals, "value", whole(l.Untidy.Value.Sum.Or(kpi.Int(0))),
					"past", l.Count(CloseDatePast), "old", l.Count(OlderThanAnyClosed), "step", l.Count(NoNextStep),
					"quiet", l.Count(NoActivity), "amount", l.Count(AmountMissing), "pushed", l.Count(PushedOften))})
		}
	}
	found.some(unknown, "activity_unknown", check.Info)
	return found
}
