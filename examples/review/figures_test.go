package main

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// float gives a cell as a float, for figures that are printed rounded.
func float(t *testing.T, cell string) float64 {
	t.Helper()
	if cell == "" {
		return 0
	}
	f, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// workdaysIn counts Mondays to Fridays.
func workdaysIn(t *testing.T, first, last string) (n float64) {
	t.Helper()
	day, err := time.Parse(time.DateOnly, first)
	if err != nil {
		t.Fatal(err)
	}
	for ; day.Format(time.DateOnly) <= last; day = day.AddDate(0, 0, 1) {
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			n++
		}
	}
	return n
}

func mean(all []float64) (m float64) {
	for _, f := range all {
		m += f / float64(len(all))
	}
	return m
}

// student13 gives the chance of a number up to t, above zero, by Student's
// distribution with 13 degrees of freedom: half and the area from 0 under
// Γ(7) ÷ (√(13π) Γ(6.5)) × (1 + x²/13)^−7, in small steps.
func student13(t float64) float64 {
	const steps = 10_000
	area := 0.0
	for i := range steps {
		x := t * (float64(i) + 0.5) / steps
		area += math.Pow(1+x*x/13, -7) * t / steps
	}
	return 0.5 + area*math.Gamma(7)/(math.Sqrt(13*math.Pi)*math.Gamma(6.5))
}

// Work: the days of all actions that somebody does, against the working days
// of the year.
func TestWorkloadOfTheSample(t *testing.T) {
	t.Parallel()
	expect, days := printed(t, "plan"), map[string]float64{}
	for _, r := range rowsOf(t, actionsFile) {
		for _, who := range strings.Split(r["responsible"], ";") {
			days[strings.TrimSpace(who)] += float(t, r["effort"])
		}
	}
	year := workdaysIn(t, "2026-01-01", "2026-12-31")
	for _, who := range []string{"Daniel Okafor", "Tomás Rey"} {
		share := strconv.FormatFloat(100*days[who]/year, 'f', 1, 64) + " %"
		expect("%s", "  "+strconv.FormatFloat(days[who], 'f', 1, 64)+padLeft(share, 17)+"\n")
	}
}

// The levers: the best quarter of closed deals over their pace, and what that
// reaches from 28 November on, a median cycle of 58 days after 1 October; of the
// worth of fewer discounts that of four sellers, 5 % from 28 November on, 30
// days and half a cycle after 30 September.
func TestLeversOfTheSample(t *testing.T) {
	t.Parallel()
	expect := printed(t, "improvement")
	var closed, won float64
	quarters, by := map[string]float64{}, map[string]float64{}
	for _, r := range rowsOf(t, dealsFile) {
		switch isWon := r["deal_stage"] == "Won"; {
		case !isWon && r["deal_stage"] != "Lost":
		case r["close_date"] >= "2026-01-01":
			closed++
			quarters["2026-Q"+strconv.Itoa(int(r["close_date"][6]-'1')/3+1)]++
			if isWon {
				won += float(t, r["close_value"])
				by[r["sales_agent"]] += float(t, r["close_value"])
			}
		case r["close_date"] >= "2025-10-01":
			quarters["2025-Q4"]++
		}
	}
	most := 0.0
	for _, n := range quarters {
		most = max(most, n)
	}
	best := most/(closed*365/4/273) - 1
	late := workdaysIn(t, "2026-11-28", "2026-12-31") / workdaysIn(t, "2026-10-01", "2026-12-31")
	rest := 92.0 / 273
	expect("More deals        2026-11-28            +%.1f %%  more than that    %s", 100*best, whole(int64(math.Round(won+won*rest*(1+best*late)))))
	worth := (by["Marta Kowalska"] + by["王伟"] + by["李娜"] + by["张敏"]) * rest * 0.05 * late
	expect("That would bring %s more by the end of the year.", whole(int64(math.Round(worth))))
}

// The proposal: last year's quarter × e^(mean ln of the 15 growths of like
// quarters), less the bias of that rule on the past, each growth foretold from
// those before it; of its 14 errors with mean m and deviation s the chance is
// Student's with 13 degrees of freedom at (ln(asked ÷ projection) − m) ÷
// (s × √(1 + 1/14)). The open deals at the price of all that were won.
func TestChanceOfTheSample(t *testing.T) {
	t.Parallel()
	expect := printed(t, "proposal")
	sums := map[int]float64{} // by quarters since the year 0
	add := func(day string, amount float64) {
		year, month := int(float(t, day[:4])), int(float(t, day[5:7]))
		sums[4*year+(month-1)/3] += amount
	}
	for _, r := range rowsOf(t, historyFile) {
		add(r["month"], float(t, r["amount"]))
	}
	prices, list, amount := map[string]float64{}, 0.0, 0.0
	fold := func(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "")) }
	for _, r := range rowsOf(t, productsFile) {
		prices[fold(r["product"])] = float(t, r["sales_price"])
	}
	for _, r := range rowsOf(t, dealsFile) {
		if r["deal_stage"] == "Won" {
			list, amount = list+prices[fold(r["product"])], amount+float(t, r["close_value"])
			if r["close_date"] >= "2026-01-01" {
				add(r["close_date"], float(t, r["close_value"]))
			}
		}
	}
	asked := 0.0
	for _, r := range rowsOf(t, targetsFile) {
		if r["period"] >= "2026-10" {
			asked += float(t, r["amount"])
		}
	}
	var growths, errors []float64
	for _, q := range slices.Sorted(maps.Keys(sums)) {
		if before := sums[q-4]; before > 0 {
			if growth := math.Log(sums[q] / before); len(growths) > 0 {
				errors = append(errors, growth-mean(growths))
			}
			growths = append(growths, math.Log(sums[q]/before))
		}
	}
	bias, squares := mean(errors), 0.0
	for _, e := range errors {
		squares += (e - bias) * (e - bias)
	}
	if len(errors) != 14 {
		t.Fatalf("%d errors", len(errors))
	}
	middle := sums[4*2025+3] * math.Exp(mean(growths)+bias)
	at := math.Log(middle/asked) / math.Sqrt(squares/13*(1+1.0/14))
	expect("the middle of the outlook is %s.", whole(int64(math.Round(middle))))
	expect("The plan asks %s of it; earlier years give that a chance of %.0f %%.", whole(int64(math.Round(asked))), 100*student13(at))
	expect("bring %s,", whole(int64(math.Round(526541*amount/list)))) // 526,541 at list price: part 3
}
