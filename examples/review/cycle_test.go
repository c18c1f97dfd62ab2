package main

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"
)

// rowsOf gives the rows of a file of the sample, by column.
func rowsOf(t *testing.T, name string) []map[string]string {
	t.Helper()
	file, err := embedded.Open("sample/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// rat gives a cell as an exact number, 0 for an empty one.
func rat(t *testing.T, cell string) *big.Rat {
	t.Helper()
	if cell == "" {
		return new(big.Rat)
	}
	r, ok := new(big.Rat).SetString(cell)
	if !ok {
		t.Fatalf("%q is no number", cell)
	}
	return r
}

// places writes a number as the page does, its thousands apart; whole cents
// are rounded to even units.
func places(r *big.Rat, n int) string {
	if cents := new(big.Rat).Mul(r, big.NewRat(100, 1)); n == 0 && cents.IsInt() && r.Sign() >= 0 {
		return money(cents.Num().Int64())
	}
	return grouped(r.FloatString(n))
}

// printed gives a function that looks for a line in the text of a part.
func printed(t *testing.T, part string, args ...string) func(format string, args ...any) {
	text := output(t, append([]string{"-part", part}, args...)...)
	return func(format string, args ...any) {
		t.Helper()
		if line := fmt.Sprintf(format, args...); !strings.Contains(text, line) {
			t.Errorf("%s: %q is missing", part, line)
		}
	}
}

// The plan: last year is the sum of the books; the room of a segment is its
// size × the reachable share − ours; a need's score is importance + what
// satisfaction lacks to it; commitments are added up over the sellers.
func TestPlanOfTheSample(t *testing.T) {
	expect := printed(t, "plan")
	year, target, committed := new(big.Rat), new(big.Rat), new(big.Rat)
	for _, r := range rowsOf(t, historyFile) {
		if strings.HasPrefix(r["month"], "2025-") {
			year.Add(year, rat(t, r["amount"]))
		}
	}
	for _, r := range rowsOf(t, targetsFile) {
		target.Add(target, rat(t, r["amount"]))
	}
	growth := new(big.Rat).Sub(new(big.Rat).Quo(target, year), big.NewRat(1, 1))
	expect("The year before brought %s; the target asks for %s %% more.", places(year, 0), places(growth.Mul(growth, big.NewRat(100, 1)), 1))
	for _, r := range rowsOf(t, marketFile) {
		room := new(big.Rat).Sub(new(big.Rat).Mul(rat(t, r["size"]), rat(t, r["reachable"])), rat(t, r["ours"]))
		expect("%%  %7s\n", places(room, 0))
	}
	for _, r := range rowsOf(t, needsFile) {
		score := new(big.Rat).Sub(new(big.Rat).Add(rat(t, r["importance"]), rat(t, r["importance"])), rat(t, r["satisfaction"])) // all lack something
		expect("%s", padLeft(r["rated_satisfaction"], 7)+padLeft(places(score, 1), 7))
	}
	for _, r := range rowsOf(t, commitmentsFile) {
		committed.Add(committed, rat(t, r["amount"]))
	}
	expect("%s", padLeft(places(committed, 0), 12)+"  "+places(new(big.Rat).Sub(committed, target), 0))
}

// Execution, as of the last day of the files: what is done, what of it on
// time, what was spent; and the calls of one seller by the way back from his
// target.
func TestExecutionOfTheSample(t *testing.T) {
	expect := printed(t, "execution")
	done, spent, planned := map[string]string{}, new(big.Rat), new(big.Rat)
	for _, r := range rowsOf(t, progressFile) {
		switch r["what"] {
		case "done":
			done[r["action"]] = r["day"]
		case "spent":
			spent.Add(spent, rat(t, r["amount"]))
		}
	}
	onTime, judged := 0, 0
	actions := rowsOf(t, actionsFile)
	for _, r := range actions {
		planned.Add(planned, rat(t, r["budget"]))
		day, isDone := done[r["action"]]
		if isDone || r["due"] <= "2026-09-30" {
			judged++
		}
		if isDone && day <= r["due"] {
			onTime++
		}
	}
	expect("%d of %d actions are done; of the %d that were done or due %d were on time.", len(done), len(actions), judged, onTime)
	expect("all                            99,000   %s    6,000  %s", places(planned, 0), places(spent, 0))

	// Jonas Weber must begin 9 deals by Saturday 7 November: 22 working days in
	// October and 5 in November. Through October that is ⌈9 × 22/27⌉ = 8 of them.
	// A deal takes his calls on record ÷ the deals that he engaged since September
	// 2025; of the whole number of calls for 9 deals, again 22/27 rounded up.
	calls, deals := 0, 0
	for _, r := range rowsOf(t, activitiesFile) {
		if r["seller"] == "Jonas Weber" {
			n, err := strconv.Atoi(r["calls"])
			if err != nil {
				t.Fatal(err)
			}
			calls += n
		}
	}
	for _, r := range rowsOf(t, dealsFile) {
		if r["sales_agent"] == "Jonas Weber" && r["engage_date"] != "" {
			deals++
		}
	}
	up := func(n, d int) int { return (n + d - 1) / d }
	expect("Jonas Weber      1 · 1 · %d     4 · 7 · %d ", up(9*22, 27), up(up(9*calls, deals)*22, 27))
}

// The evaluation of the third quarter: what each seller won against the sum of
// his three targets, and what was closed and won in the two quarters.
func TestEvaluationOfTheSample(t *testing.T) {
	expect := printed(t, "evaluation")
	in := func(day, quarter string) bool {
		return quarter == "Q3" && day >= "2026-07-01" && day <= "2026-09-30" || quarter == "Q2" && day >= "2026-04-01" && day <= "2026-06-30"
	}
	target, won := map[string]*big.Rat{}, map[string]*big.Rat{}
	for _, r := range rowsOf(t, targetsFile) {
		if r["period"] >= "2026-07" && r["period"] <= "2026-09" {
			if target[r["owner"]] == nil {
				target[r["owner"]], won[r["owner"]] = new(big.Rat), new(big.Rat)
			}
			target[r["owner"]].Add(target[r["owner"]], rat(t, r["amount"]))
		}
	}
	closed, wins := map[string]int{}, map[string]int{}
	for _, r := range rowsOf(t, dealsFile) {
		for _, quarter := range []string{"Q2", "Q3"} {
			if (r["deal_stage"] == "Won" || r["deal_stage"] == "Lost") && in(r["close_date"], quarter) {
				closed[quarter]++
				if r["deal_stage"] == "Won" {
					wins[quarter]++
				}
			}
		}
		if r["deal_stage"] == "Won" && in(r["close_date"], "Q3") {
			won[r["sales_agent"]].Add(won[r["sales_agent"]], rat(t, r["close_value"]))
		}
	}
	met := 0
	for seller := range target {
		expect("%s", padRight(seller, 14)+"  "+padLeft(places(target[seller], 0), 6)+"  "+padLeft(places(won[seller], 0), 7))
		if won[seller].Cmp(target[seller]) >= 0 {
			met++
		}
	}
	expect("%d of %d reached their targets", met, len(target))
	expect("Deals closed      %d      %d", closed["Q2"], closed["Q3"])
	expect("Win rate       %.1f %%   %.1f %%", 100*float64(wins["Q2"])/float64(closed["Q2"]), 100*float64(wins["Q3"])/float64(closed["Q3"]))
}

// The gap to close: what was won is carried on over the 92 days left as in the
// 273 days so far, which makes target − won × 365 ÷ 273.
func TestGapOfTheSample(t *testing.T) {
	expect := printed(t, "improvement")
	target, won := new(big.Rat), new(big.Rat)
	for _, r := range rowsOf(t, targetsFile) {
		target.Add(target, rat(t, r["amount"]))
	}
	for _, r := range rowsOf(t, dealsFile) {
		if r["deal_stage"] == "Won" && r["close_date"] >= "2026-01-01" {
			won.Add(won, rat(t, r["close_value"]))
		}
	}
	gap := target.Sub(target, won.Mul(won, big.NewRat(365, 273)))
	expect("As so far, %s is missing on the last day,", places(gap, 0))
}

// The proposal for the fourth quarter: last year's is the sum of the books; a
// seller weighs half what was won in the last four quarters, one of them by the
// books and three by the deals, and half the mean of all.
func TestProposalOfTheSample(t *testing.T) {
	expect := printed(t, "proposal")
	before, own, all := new(big.Rat), map[string]*big.Rat{}, new(big.Rat)
	for _, r := range rowsOf(t, teamsFile) {
		own[r["sales_agent"]] = new(big.Rat)
	}
	for _, r := range rowsOf(t, historyFile) {
		if r["month"] >= "2025-10" {
			before.Add(before, rat(t, r["amount"]))
			own[r["seller"]].Add(own[r["seller"]], rat(t, r["amount"]))
		}
	}
	for _, r := range rowsOf(t, dealsFile) {
		if r["deal_stage"] == "Won" && r["close_date"] >= "2026-01-01" {
			own[r["sales_agent"]].Add(own[r["sales_agent"]], rat(t, r["close_value"]))
		}
	}
	for _, sum := range own {
		all.Add(all, sum)
	}
	expect("The same period a year before brought %s;", places(before, 0))
	eighth := new(big.Rat).Quo(all, big.NewRat(8, 1))
	for seller, sum := range own {
		share := new(big.Rat).Quo(new(big.Rat).Add(sum, eighth), new(big.Rat).Mul(big.NewRat(2, 1), all))
		expect("%s", padRight("    "+seller, 18)+padLeft(places(share.Mul(share, big.NewRat(100, 1)), 1)+" %", 9))
	}
}
