package funnel

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Page says which part of a list to give: Most items after the first From.
// The zero Page is the whole list.
type Page struct {
	From int `json:"from"`
	Most int `json:"most"` // 0: all
}

func (p Page) validate(problems *check.List) {
	if p.From < 0 {
		problems.Add(check.ErrRange, "page.from", "negative_count", p.From)
	}
	if p.Most < 0 {
		problems.Add(check.ErrRange, "page.most", "negative_count", p.Most)
	}
}

// of gives where the page of a list of n begins and ends.
func (p Page) of(n int) (begin, end int) {
	begin = min(p.From, n)
	if p.Most == 0 || p.Most > n-begin {
		return begin, n
	}
	return begin, begin + p.Most
}

// Behind is the deals behind a figure, one page of them.
type Behind struct {
	Figure Figure `json:"figure"`
	Page   Page   `json:"page"`

	// Total is the figure: how many deals there are on all pages. Where the
	// policy is [NewLife] it counts lives.
	Total int64       `json:"total"`
	Value kpi.Partial `json:"value"` // of all pages, by the question's ValueBy
	Deals []Deal      `json:"deals"` // of this page, in the order of their IDs' bytes and of their lives
}

// Behind gives the deals behind a figure, page by page. Of a part (see
// [Analysis.By]) they are those of the part. Every page looks at all deals
// again.
//
// A figure that contradicts itself or the pipeline is an error with every
// problem: an unknown Which, a stage that is missing or not an open stage, a
// horizon that is asked for and not known (no_horizon); and so is a page that
// is negative.
func (a *Analysis) Behind(f Figure, page Page) (Behind, error) {
	problems := check.List{Op: "funnel.Behind"}
	page.validate(&problems)
	is := a.figure(f, &problems)
	if err := problems.Err(); err != nil {
		return Behind{}, err
	}
	b := Behind{Figure: f, Page: page, Deals: []Deal{}}
	var lives []*life
	for _, l := range a.lives {
		if a.misses(l, &is).code == "" {
			lives = append(lives, l)
			count(&b.Value, a.worth(l))
		}
	}
	b.Total = int64(len(lives))
	begin, end := page.of(len(lives))
	a.sortByID(lives)
	for _, l := range lives[begin:end] {
		b.Deals = append(b.Deals, a.deal(l))
	}
	return b, nil
}

func (a *Analysis) sortByID(lives []*life) {
	slices.SortFunc(lives, func(l, m *life) int {
		return cmp.Or(cmp.Compare(a.ids[l.deal], a.ids[m.deal]), cmp.Compare(l.number, m.number))
	})
}
