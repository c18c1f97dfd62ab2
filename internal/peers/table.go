package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// table is printed as Markdown with its columns aligned, to be read in a
// terminal and pasted into a document.
type table struct {
	head []string
	rows [][]string
}

func (t *table) add(row ...string) { t.rows = append(t.rows, row) }

func (t *table) print(w io.Writer) {
	width := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, s := range row {
			width[i] = max(width[i], utf8.RuneCountInString(s))
		}
	}
	line := func(row []string) {
		for i, s := range row {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(s))
			if i < 2 { // words to the left, numbers to the right
				fmt.Fprintf(w, "| %s%s ", s, pad)
			} else {
				fmt.Fprintf(w, "| %s%s ", pad, s)
			}
		}
		fmt.Fprintln(w, "|")
	}
	line(t.head)
	for i, n := range width {
		if i < 2 {
			fmt.Fprintf(w, "|%s", strings.Repeat("-", n+2))
		} else {
			fmt.Fprintf(w, "|%s:", strings.Repeat("-", n+1))
		}
	}
	fmt.Fprintln(w, "|")
	for _, row := range t.rows {
		line(row)
	}
	fmt.Fprintln(w)
}

// addPeers adds a line for each contender of a case: beside the map and beside
// DuckDB, where the case has them.
func (t *table) addPeers(name string, times []timing) {
	t.addBesides(name, times, nameMap, nameDuckDB)
}

// addBesides adds a line for each contender, beside some of them.
func (t *table) addBesides(name string, times []timing, others ...string) {
	for _, one := range times {
		row := []string{name, one.name, nanoseconds(median(one.rounds))}
		for _, other := range others {
			row = append(row, beside(one, times, other))
		}
		t.add(append(row, fmt.Sprintf("%.2f", one.allocs))...)
	}
}

func beside(one timing, times []timing, other string) string {
	i := slices.IndexFunc(times, func(t timing) bool { return t.name == other })
	if i < 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", one.times(times[i]))
}

func nanoseconds(ns float64) string {
	if ns < 100 {
		return fmt.Sprintf("%.1f", ns)
	}
	return fmt.Sprintf("%.0f", ns)
}
