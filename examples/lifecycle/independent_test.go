package main

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// record is a row of deals.csv as it stands there, days as text.
type record struct {
	id, seller, proposal, negotiation, closed, outcome, reason string
	qualified                                                  string
	amount                                                     int64
	expected                                                   map[string]string // by the day on which it was said
}

// independent reads the files with no more than encoding/csv.
func independent(t *testing.T) (all []record) {
	t.Helper()
	table := func(file string) [][]string {
		rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	for _, r := range table(dealsFile) {
		amount, err := strconv.ParseInt(r[3], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, record{id: r[0], seller: r[1], amount: amount, qualified: r[4], proposal: r[5], negotiation: r[6], closed: r[7], outcome: r[8], reason: r[9],
			expected: map[string]string{r[4]: r[10]}})
	}
	for _, r := range table(movesFile) {
		for i := range all {
			if all[i].id == r[0] {
				all[i].expected[r[1]] = r[2]
			}
		}
	}
	return all
}

func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// tenths writes a share of per cent to one place, half to even.
func tenths(part, whole int64) string {
	n, rest := 1000*part/whole, 1000*part%whole
	if 2*rest > whole || 2*rest == whole && n%2 == 1 {
		n++
	}
	return fmt.Sprintf("%d.%d %%", n/10, n%10)
}

func inside(day, first, last string) bool { return first <= day && day <= last }

// quarters are the days of those of 2026.
func quarters() [4][2]string {
	return [4][2]string{{"2026-01-01", "2026-03-31"}, {"2026-04-01", "2026-06-30"}, {"2026-07-01", "2026-09-30"}, {"2026-10-01", "2026-12-31"}}
}

// reviews cuts the page into the sections of the quarters.
func reviews(t *testing.T) (sections []string) {
	t.Helper()
	for _, section := range strings.Split(output(t), "\n── ") {
		if strings.HasPrefix(section, "Review of ") {
			sections = append(sections, strings.Join(strings.Fields(section), " "))
		}
	}
	if len(sections) != 4 {
		t.Fatalf("%d reviews", len(sections))
	}
	return sections
}

// What the reviews say of the deals is computed here again, by loops over the
// rows and in whole numbers.
func TestFiguresOfTheDeals(t *testing.T) {
	all := independent(t)
	for q, section := range reviews(t) {
		first, last := quarters()[q][0], quarters()[q][1]
		t.Run(first, func(t *testing.T) {
			expect := func(format string, args ...any) {
				t.Helper()
				if want := fmt.Sprintf(format, args...); !strings.Contains(section, want) {
					t.Errorf("%q is missing in\n%s", want, section)
				}
			}
			soFar, inQuarter, bySeller := int64(0), int64(0), map[string]int64{}
			wins, losses, lost := int64(0), int64(0), int64(0)
			for _, r := range all {
				if r.outcome == "won" && inside(r.closed, "2026-01-01", last) {
					soFar, bySeller[r.seller], wins = soFar+r.amount, bySeller[r.seller]+r.amount, wins+1
				}
				if r.outcome == "won" && inside(r.closed, first, last) {
					inQuarter += r.amount
				}
				if r.outcome == "lost" && inside(r.closed, "2026-01-01", last) {
					losses++
				}
				if r.outcome == "lost" && inside(r.closed, first, last) {
					lost++
				}
			}
			target := []string{"2,360,000", "2,400,000", "2,400,000", "2,320,000"}[q]
			expect("Harbour Ltd %s %s ", target, grouped(soFar))
			expect(" %s ", grouped(bySeller["ann"]+bySeller["bo"]+bySeller["eva"]))
			expect(" %s ", grouped(bySeller["cy"]+bySeller["di"]+bySeller["gus"]))
			expect("The quarter alone: %s of its target of ", grouped(inQuarter))
			expect("(%d, not ", wins+losses)
			expect("(%s, not ", tenths(wins, wins+losses))
			expect("Lost %d deals: ", lost)
			expectFunnel(expect, all, first, last)
			expectOpen(expect, all, last)
		})
	}
}

// expectFunnel counts what was decided in each stage in a quarter and in the
// four before it, and why deals were lost.
func expectFunnel(expect func(string, ...any), all []record, first, last string) {
	on, ended := passed(all, first, last)
	before, endedBefore := passed(all, "2025"+first[4:], dayBefore(first))
	for i, name := range []string{"qualified → proposal", "proposal → negotiation", "negotiation → won"} {
		expect("%s %d %d %s %s ", name, on[i]+ended[i], on[i], tenths(on[i], on[i]+ended[i]), tenths(before[i], before[i]+endedBefore[i]))
	}
	reasons := map[string]int64{}
	for _, r := range all {
		if r.outcome == "lost" && inside(r.closed, first, last) {
			reasons[r.reason]++
		}
	}
	for reason, n := range reasons {
		expect("%s %d", reason, n)
	}
}

func dayBefore(first string) string {
	return map[string]string{"2026-01-01": "2025-12-31", "2026-04-01": "2026-03-31", "2026-07-01": "2026-06-30", "2026-10-01": "2026-09-30"}[first]
}

// passed counts, stage by stage, what went on from it and what ended there.
func passed(all []record, first, last string) (on, ended [3]int64) {
	for _, r := range all {
		for i, day := range []string{r.proposal, r.negotiation, r.closed} {
			if inside(day, first, last) && (i < 2 || r.outcome == "won") {
				on[i]++
			}
		}
		switch {
		case r.outcome != "lost" || !inside(r.closed, first, last):
		case r.negotiation != "":
			ended[2]++
		case r.proposal != "":
			ended[1]++
		default:
			ended[0]++
		}
	}
	return on, ended
}

// expectOpen counts the deals that were open on the evening of a day, and
// those that were past the day of their close as it was said by then, and
// sums those that are to close in the next quarter.
func expectOpen(expect func(string, ...any), all []record, asOf string) {
	open, late, lateOf, due := 0, 0, map[string]int{}, int64(0)
	next := map[string][2]string{"2026-03-31": quarters()[1], "2026-06-30": quarters()[2], "2026-09-30": quarters()[3], "2026-12-31": {"2027-01-01", "2027-03-31"}}[asOf]
	for _, r := range all {
		if r.qualified > asOf || r.closed != "" && r.closed <= asOf {
			continue
		}
		open++
		said, expected := "", ""
		for day, when := range r.expected {
			if said < day && day <= asOf {
				said, expected = day, when
			}
		}
		if inside(expected, next[0], next[1]) {
			due += r.amount
		}
		if expected < asOf {
			late, lateOf[r.seller] = late+1, lateOf[r.seller]+1
		}
	}
	switch asOf {
	case "2026-03-31": // 26 hundredths of 2,360,000
		expect("cover %.2f times the target", float64(due)/613_600)
	case "2026-12-31":
		expect("Open deals for it: %s.", grouped(due))
	}
	expect("of %d open deals; past the day of their close: %d (", open, late)
	for seller, n := range lateOf {
		expect("%s %d", English.name(seller), n)
	}
}

// The year as a whole: the share of both targets, cut to one place; how the
// gap of the year is 2,320,000 less what was won; and the win rates around the
// course, each seller's half-years first and then the mean over sellers.
func TestFiguresOfTheYear(t *testing.T) {
	all, text := independent(t), strings.Join(strings.Fields(output(t)), " ")
	expect := func(format string, args ...any) {
		t.Helper()
		if want := fmt.Sprintf(format, args...); !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	won := func(year string) (sum int64) {
		for _, r := range all {
			if r.outcome == "won" && strings.HasPrefix(r.closed, year) {
				sum += r.amount
			}
		}
		return sum
	}
	cut := func(part, whole int64) string {
		n := 1000 * part / whole
		return fmt.Sprintf("%d.%d %%", n/10, n%10)
	}
	expect("2025 brought %s.", grouped(won("2025")))
	expect("Won %s: %s of the original target of 2,360,000, %s of the revised one of 2,320,000.", grouped(won("2026")), cut(won("2026"), 2_360_000), cut(won("2026"), 2_320_000))
	expect("Gap to what was due: -%s,", grouped(2_320_000-won("2026")))

	rate := func(seller, first, last string) *big.Rat {
		wins, decided := int64(0), int64(0)
		for _, r := range all {
			if r.seller == seller && r.outcome != "" && inside(r.closed, first, last) {
				decided++
				if r.outcome == "won" {
					wins++
				}
			}
		}
		return big.NewRat(wins, decided)
	}
	with := []string{"bo", "cy", "gus"}
	for _, had := range []bool{true, false} {
		before, after := new(big.Rat), new(big.Rat)
		for _, seller := range []string{"ann", "bo", "eva", "cy", "di", "gus"} {
			if slices.Contains(with, seller) == had {
				before.Add(before, rate(seller, "2025-01-01", "2025-06-30")).Add(before, rate(seller, "2025-07-01", "2025-12-31"))
				after.Add(after, rate(seller, "2026-07-01", "2026-12-31"))
			}
		}
		before.Mul(before, big.NewRat(100, 6))
		after.Mul(after, big.NewRat(100, 3))
		change := new(big.Rat).Sub(after, before)
		sign := ""
		if change.Sign() > 0 {
			sign = "+"
		}
		expect("%s %% %s %% %s%s points", before.FloatString(1), after.FloatString(1), sign, change.FloatString(1))
	}
}
