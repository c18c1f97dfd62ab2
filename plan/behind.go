package plan

import (
	"cmp"
	"iter"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Source says where a record counts: enough to find it behind a figure. The
// rest of the record stays with the caller.
type Source struct {
	ID     string       `json:"id"`
	Metric string       `json:"metric"`
	Owner  string       `json:"owner"`
	Day    calendar.Day `json:"day"`
}

// Behind asks for the records behind the actual of an owner in a goal. It is a
// record.
type Behind struct {
	Goal   string          `json:"goal"`
	Owner  string          `json:"owner"`
	Period calendar.Period `json:"period,omitzero"` // a part of the goal's; none: all of it
	After  string          `json:"after,omitzero"`  // the last ID of the page before
	Limit  int             `json:"limit"`           // IDs of a page, 1 to 10,000
}

// Page is some of the records behind a figure, rising by ID. A caller who
// filters by permissions of its own asks for pages until it has enough.
type Page struct {
	IDs   []string `json:"ids"`
	Next  string   `json:"next,omitzero"` // After of the next page; none: this is the last one
	Total int      `json:"total"`         // records behind the figure, on all pages
}

// Behind gives the IDs of the records behind an actual, page by page. The
// records are handed in again, for the review keeps none: all of them or those
// of the metric, in any order. A record counts once, and where the review
// counts a figure of its owner and day; the days after the as-of day, and
// those that are not known, do not.
//
// Errors are those of [Plan.Validate] and Input.Validate, an unknown goal or
// owner, and a limit outside 1 to 10,000.
func (p Plan) Behind(in Input, b Behind, records iter.Seq[Source]) (Page, error) {
	problems := check.List{Op: "plan.Behind"}
	problems.Nest("plan", p.Validate())
	problems.Nest("input", in.Validate())
	if b.Limit < 1 || b.Limit > 10_000 {
		problems.Add(check.ErrRange, "limit", "not_a_page", b.Limit, "most", 10_000)
	}
	if err := problems.Err(); err != nil {
		return Page{}, err
	}
	s, people, known := p.peopleBehind(in, b)
	if !known {
		problems.Add(check.ErrUnknown, "owner", "unknown_line", b.Owner, "goal", b.Goal)
		return Page{}, problems.Err()
	}
	ids := []string{}
	for r := range records {
		if r.Metric == s.goal.Metric && people[r.Owner] && s.counts(in, r.Day) && (b.Period.IsZero() || b.Period.Contains(r.Day)) {
			ids = append(ids, r.ID)
		}
	}
	return b.page(ids), nil
}

func (p Plan) peopleBehind(in Input, b Behind) (s scope, people map[string]bool, known bool) {
	for _, s := range p.Sorted().scopes(in) {
		if s.goal.ID != b.Goal || !slices.Contains(s.owners(), b.Owner) {
			continue
		}
		people := map[string]bool{}
		for _, id := range s.people[b.Owner] {
			people[id] = true
		}
		if !s.adds() {
			people[b.Owner] = true
		}
		return s, people, true
	}
	return scope{}, nil, false
}

// counts reports whether what happened on a day is in the actual.
func (s scope) counts(in Input, d calendar.Day) bool {
	if s.adds() {
		return s.window.Contains(d)
	}
	return s.goal.Period.Contains(d) && d <= in.AsOf
}

func (b Behind) page(ids []string) Page {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	page := Page{Total: len(ids)}
	from, found := slices.BinarySearch(ids, b.After)
	if found {
		from++
	}
	if b.After == "" {
		from = 0
	}
	to := min(from+b.Limit, len(ids))
	page.IDs = append([]string{}, ids[from:to]...)
	if to < len(ids) {
		page.Next = cmp.Or(ids[to-1], b.After)
	}
	return page
}
