package main

import (
	"slices"
	"time"
)

// sortScan is what people write today: changes by deal in a map, each deal
// sorted by time and scanned for one stage after the other.
func sortScan(log []Change) reached {
	type entry struct {
		stage string
		at    time.Time
	}
	rank := map[string]int{}
	for i, stage := range openStages() {
		rank[stage] = i
	}
	deals := map[string][]entry{}
	for i := range log {
		c := &log[i]
		deals[c.Deal] = append(deals[c.Deal], entry{c.Stage, c.At})
	}
	all := make(reached, len(openStages()))
	for _, entries := range deals {
		slices.SortFunc(entries, func(e, f entry) int {
			if c := e.at.Compare(f.at); c != 0 {
				return c
			}
			return rank[e.stage] - rank[f.stage]
		})
		next := 0
		for _, e := range entries {
			if next < len(all) && e.stage == openStages()[next] {
				all[next]++
				next++
			}
		}
	}
	return all
}
