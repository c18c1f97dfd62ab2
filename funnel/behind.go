package funnel

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Behind is the deals behind a figure, one page of them.
type Behind struct {
	kpi.Behind
	Deals []Deal `json:"deals"` // of this page, in the order of IDs; where the policy is [NewLife], each life of them that counts

	Count int64       `json:"count"` // the figure: deals on all pages, or lives where the policy is [NewLife]
	Value kpi.Partial `json:"value"` // of all pages, by the question's ValueBy
}

// Behind gives the deals behind a figure, page by page. Of a part (see
// [Analysis.By]) they are those of the part. Every page looks at all deals
// again.
//
// A figure that contradicts itself or the pipeline is an error with every
// problem: an unknown Which, a stage that is missing or not an open stage, a
// horizon that is asked for and not known (no_horizon), a rule for stalled
// deals that is missing or wrong; and so is a page that is negative.
func (a *Analysis) Behind(f Figure, page kpi.Page) (Behind, error) {
	problems := check.List{Op: "funnel.Behind"}
	problems.Nest("page", page.Validate())
	is := a.figure(f, &problems)
	if err := problems.Err(); err != nil {
		return Behind{}, err
	}
	b := Behind{Deals: []Deal{}}
	var lives []*life
	for _, l := range a.among(&is) {
		if a.misses(l, &is).code == "" {
			lives = append(lives, l)
			count(&b.Value, a.worth(l))
		}
	}
	b.Count = int64(len(lives))
	a.sortByID(lives)
	b.Behind = page.Of(a.idsOf(lives))
	for _, l := range lives {
		if b.Has(a.ids[l.deal]) {
			b.Deals = append(b.Deals, a.deal(l))
		}
	}
	return b, nil
}

// among gives the lives that a figure is of: those that count, or those that
// count no more.
func (a *Analysis) among(f *figure) []*life {
	if f.Which != GoneOnes {
		return a.lives
	}
	lives := make([]*life, len(a.gone))
	for i := range a.gone {
		lives[i] = &a.gone[i].life
	}
	return lives
}

func (a *Analysis) idsOf(lives []*life) []string {
	ids := make([]string, len(lives))
	for i, l := range lives {
		ids[i] = a.ids[l.deal]
	}
	return ids
}

func (a *Analysis) sortByID(lives []*life) {
	slices.SortFunc(lives, func(l, m *life) int {
		return cmp.Or(cmp.Compare(a.ids[l.deal], a.ids[m.deal]), cmp.Compare(l.number, m.number))
	})
}
