package kpi

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Page asks for some of the records behind a figure: up to Limit IDs, those
// that come next after After. The zero Page is all of them. Every package
// that has figures is asked so, and answers with a [Behind]:
//
//	page := kpi.Page{Limit: 50}
//	for {
//		behind, err := analysis.Behind(figure, page)
//		… // behind.IDs
//		if behind.Next == "" {
//			break
//		}
//		page.After = behind.Next
//	}
//
// An application with permissions of its own asks for pages until it has
// enough records that its user may see.
type Page struct {
	After string `json:"after,omitzero"` // Next of the page before; none: from the first ID on
	Limit int    `json:"limit,omitzero"` // IDs of a page; 0: all that come after
}

// Validate reports a limit below zero.
func (p Page) Validate() error {
	problems := check.List{Op: "kpi.Page"}
	if p.Limit < 0 {
		problems.Add(check.ErrRange, "limit", "negative_count", p.Limit)
	}
	return problems.Err()
}

// Behind is one page of the records behind a figure. Pages are disjoint, and
// together they are all of them, however many go on one.
type Behind struct {
	IDs   []string `json:"ids"`           // rising, in the order of their bytes, each once
	Next  string   `json:"next,omitzero"` // After of the next page; none: this is the last one
	Total int      `json:"total"`         // IDs on all pages
}

// Has reports whether an ID is on the page.
func (b Behind) Has(id string) bool {
	_, found := slices.BinarySearch(b.IDs, id)
	return found
}

// Of gives the page of a list of IDs in any order, which is not changed; one
// that is there twice counts once. An ID without a character comes with the
// first page, beyond its limit.
func (p Page) Of(ids []string) Behind {
	all := slices.Compact(slices.Sorted(slices.Values(ids)))
	b := Behind{Total: len(all)}
	from, found := slices.BinarySearch(all, p.After)
	if found && p.After != "" {
		from++
	}
	rest := all[from:]
	b.IDs = append([]string{}, rest[:p.length(rest)]...)
	if len(b.IDs) < len(rest) {
		b.Next = b.IDs[len(b.IDs)-1]
	}
	return b
}

// length gives how many of the rest are on the page.
func (p Page) length(rest []string) int {
	if p.Limit <= 0 || p.Limit >= len(rest) {
		return len(rest)
	}
	if rest[0] == "" {
		return p.Limit + 1
	}
	return p.Limit
}
