// Generate writes the sample year that the program review embeds: the same
// bytes on every run, every platform and every version of Go.
//
//	go run ./examples/review/generate
//
// It is run from the root of the repository; -out names another folder.
package main

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// seed is the year that was drawn: one that ends a little behind its target,
// with one seller far above and one far below. Another seed gives another year
// of the same company.
const seed dice = 1553

// booksSeed draws what the CRM does not hold, so that the deals stay as they
// are.
const booksSeed dice = 2022

func main() {
	out := flag.String("out", filepath.Join("examples", "review", "sample"), "the `folder` to write to")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(folder string) error {
	files, err := generate()
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := os.WriteFile(filepath.Join(folder, name), files[name], 0o644); err != nil {
			return err
		}
	}
	return nil
}

// generate gives the files by name.
func generate() (map[string][]byte, error) {
	asOf, err := calendar.NewDay(2026, 9, 30)
	if err != nil {
		return nil, err
	}
	d := seed
	pipeline, err := deals(&d, asOf)
	if err != nil {
		return nil, err
	}
	b := booksSeed
	inBooks := books(&b, pipeline)
	files := map[string][]byte{}
	for name, rows := range map[string][][]string{
		"goal.csv":           goalRows(),
		"market.csv":         marketRows(inBooks),
		"needs.csv":          needRows(),
		"assumptions.csv":    assumptionRows(),
		"commitments.csv":    commitmentRows(),
		"strategies.csv":     strategyRows(),
		"actions.csv":        actionRows(),
		"progress.csv":       progressRows(),
		"history.csv":        historyRows(inBooks),
		"activities.csv":     activityRows(&b, asOf),
		"sales_pipeline.csv": pipelineRows(pipeline),
		"sales_teams.csv":    teamRows(),
		"products.csv":       productRows(),
		"targets.csv":        targetRows(),
	} {
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			return nil, err
		}
		files[name] = b.Bytes()
	}
	return files, nil
}

func pipelineRows(pipeline []deal) [][]string {
	rows := [][]string{{"opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_date", "close_value"}}
	for _, d := range pipeline {
		value := ""
		if d.value > 0 {
			value = cents(d.value)
		}
		rows = append(rows, []string{d.id, d.seller, d.product, d.account, d.stage, d.engaged.String(), d.closed.String(), value})
	}
	return rows
}

func teamRows() [][]string {
	rows := [][]string{{"sales_agent", "manager", "regional_office"}}
	for _, s := range sellers() {
		rows = append(rows, []string{s.name, s.manager, s.region})
	}
	return rows
}

func productRows() [][]string {
	rows := [][]string{{"product", "series", "sales_price"}}
	for _, p := range products() {
		rows = append(rows, []string{p.name, p.series, cents(p.price)})
	}
	return rows
}

// targetRows gives each seller's months; they add up to the year to the cent,
// because the last month takes what rounding left.
func targetRows() [][]string {
	rows := [][]string{{"owner", "period", "amount"}}
	for _, s := range sellers() {
		left, weights := s.target, 0
		for _, m := range months() {
			weights += m.target
		}
		for _, m := range months() {
			if m.target == 0 {
				continue
			}
			// cut, and the rest cut anew: the weights left and the money left shrink together
			amount := left / weights * m.target
			amount += left % weights * m.target / weights
			left, weights = left-amount, weights-m.target
			rows = append(rows, []string{s.name, fmt.Sprintf("%d-%02d", m.year, m.month), cents(amount)})
		}
	}
	return rows
}

func cents(n int) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }
