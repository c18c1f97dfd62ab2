package main

import (
	"fmt"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// The company's books are older than its CRM. They hold what was won in each
// month by each seller, also with deals that had begun before the CRM and were
// never entered: until November 2025 they hold more than the deals do, in
// December 2025 just as much. From 2026 on the deals alone say it.

// yearsOfBooks gives what the company won, in whole units, before chance.
func yearsOfBooks() []struct{ year, won int } {
	return []struct{ year, won int }{{2022, 1_770_000}, {2023, 1_930_000}, {2024, 2_080_000}, {2025, 2_270_000}}
}

// booked is what a seller won in a month, in cents.
type booked struct {
	seller, month string
	cents         int
}

// joined is the month of the books with which somebody's record begins.
func joined() map[string]string {
	return map[string]string{"Priya Nair": "2024-07"}
}

// books makes the history: every year's sum over the months by season and over
// the sellers by their share, each with some chance, and never less than what
// the deals say.
func books(d *dice, pipeline []deal) []booked {
	var all []booked
	entered := wonByMonth(pipeline)
	for _, y := range yearsOfBooks() {
		for i, weight := range season() {
			month := fmt.Sprintf("%d-%02d", y.year, i+1)
			market, shares := 92+d.below(17), 0 // a good month or a bad one, for all
			for _, s := range sellers() {
				if month >= joined()[s.name] {
					shares += s.share
				}
			}
			for _, s := range sellers() {
				cents := y.won * 100 / 1000 * weight * s.share / shares * (82 + d.below(37)) / 100 * market / 100
				cents += d.below(100)
				if month < joined()[s.name] {
					continue // others had the customers then
				}
				known := entered[booked{seller: s.name, month: month}]
				if month == "2025-12" {
					cents = known // by now every deal that closes is in the CRM
				}
				all = append(all, booked{s.name, month, max(cents, known)})
			}
		}
	}
	return all
}

// season gives how much of a year falls on each month: the weights of the
// targets.
func season() (weights []int) {
	for _, m := range months() {
		if m.target > 0 {
			weights = append(weights, m.target)
		}
	}
	return weights
}

// wonByMonth sums up the deals.
func wonByMonth(pipeline []deal) map[booked]int {
	sums := map[booked]int{}
	for _, one := range pipeline {
		if one.stage == "Won" {
			sums[booked{seller: one.seller, month: one.closed.String()[:7]}] += one.value
		}
	}
	return sums
}

func historyRows(all []booked) [][]string {
	rows := [][]string{{"seller", "month", "amount"}}
	for _, b := range all {
		rows = append(rows, []string{b.seller, b.month, cents(b.cents)})
	}
	return rows
}

// marketRows gives the market of each region as a study sees it, and beside it
// what the books say of us in the two years before the plan.
func marketRows(all []booked) [][]string {
	rows := [][]string{{"segment", "segment_zh", "size", "size_before", "ours", "ours_before", "reachable", "source"}}
	for _, m := range []struct{ region, name, zh, size, before, reachable, source string }{
		{"Shanghai", "Plants in East China", "华东工厂", "7900000", "7350000", "0.20", "market study, October 2025"},
		{"Hamburg", "Food in Northern Europe", "北欧食品", "8400000", "8600000", "0.18", "market study, October 2025"},
		{"Singapore", "Cold chain in Southeast Asia", "东南亚冷链", "6300000", "5500000", "0.16", "market study, October 2025"},
	} {
		rows = append(rows, []string{m.name, m.zh, m.size, m.before, cents(wonIn(all, m.region, "2025")), cents(wonIn(all, m.region, "2024")), m.reachable, m.source})
	}
	return rows
}

func wonIn(all []booked, region, year string) (sum int) {
	regions := map[string]string{}
	for _, s := range sellers() {
		regions[s.name] = s.region
	}
	for _, b := range all {
		if regions[b.seller] == region && strings.HasPrefix(b.month, year) {
			sum += b.cents
		}
	}
	return sum
}

// activityRows counts calls and meetings by seller and month, from the first
// month of the CRM through the last. Priya Nair makes fewer than the others.
func activityRows(d *dice, asOf calendar.Day) [][]string {
	rows := [][]string{{"seller", "month", "calls", "meetings"}}
	for _, m := range months() {
		month := fmt.Sprintf("%d-%02d", m.year, m.month)
		if month > asOf.String()[:7] {
			break
		}
		for _, s := range sellers() {
			calls, meetings := 52+d.below(20), 13+d.below(7)
			if s.name == "Priya Nair" {
				calls, meetings = calls*7/10, meetings*7/10
			}
			rows = append(rows, []string{s.name, month, fmt.Sprint(calls), fmt.Sprint(meetings)})
		}
	}
	return rows
}
