package main

import "slices"

// sortScan is what people write today: changes by deal in a map, each deal
// sorted by time and scanned for one stage after the other.
func sortScan(log []Change) reached {
	stages := openStages()
	rank := map[string]int{}
	for i, stage := range stages {
		rank[stage] = i
	}
	deals := map[string][]Change{}
	for _, c := range log {
		deals[c.Deal] = append(deals[c.Deal], c)
	}
	all := make(reached, len(stages))
	for _, changes := range deals {
		slices.SortFunc(changes, func(c, d Change) int {
			if order := c.At.Compare(d.At); order != 0 {
				return order
			}
			return rank[c.Stage] - rank[d.Stage]
		})
		next := 0
		for _, c := range changes {
			if next < len(stages) && c.Stage == stages[next] {
				all[next]++
				next++
			}
		}
	}
	return all
}
