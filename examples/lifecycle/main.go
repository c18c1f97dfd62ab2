// Lifecycle shows one plan of sales through a year: what was known before it,
// what was promised and signed, how it stood at the end of each quarter, what
// was said and decided then, the two revisions that came of it, what it all
// came to, and what to aim at next.
//
//	go run ./examples/lifecycle
//	go run ./examples/lifecycle -lang zh
//	go run ./examples/lifecycle -format csv
//	go run ./examples/lifecycle -format csv -table alerts
//	go run ./examples/lifecycle -format json
//
// The company is made up; its deals are those of deals.csv and moves.csv,
// which the program generate beside this one writes. The exit status is 0, or
// 1 where the plan cannot be carried through, or 2 where an option is wrong.
//
// # Tables
//
// The format csv is one flat table. That of the goals has the columns of
// plan.Columns and the rows of plan.Rows, review after review, schema
// saleskpi/rows/1. With -table it is one of those beside it, schema
// saleskpi/table/1: of all four reviews actions, milestones, progress, budget,
// coverage, landings, stages, scores, metrics, alerts or findings
// (plan.Review.Tables); of the evaluation strategies, changes, pay, evidence or
// suggestions (plan.Evaluation.Tables).
//
// # Document
//
// The format json is one document, schema saleskpi/example_lifecycle/1:
//
//	preparation  plan.Prepared: market, needs, capacity and assumptions before the year
//	promise      action.Promise: the strategies held against the goal
//	document     plan.Document (saleskpi/plan_document/1): every version, and who took which step when
//	quarters     of each quarter
//	  period     its days
//	  review     plan.Review (saleskpi/review/1): goals by owner and month; beside them actions,
//	             scorecards, and the deals with coverage, forecast, what changed, and what to clean up;
//	             the gap to what was due by sellers, and by deals decided × win rate × deal size
//	  alone      plan.Review: of the quarter as a goal of its own
//	  since      plan.Since: against the review before; left out in the first
//	  alerts     plan.Alert, raised, standing and over
//	  levers     action.LeverPlan: what it takes to reach the target still; left out in the last
//	  pipeline   stages (funnel.Bottlenecks) and lost (funnel.Reasons) of the quarter
//	  followed   plan.Followed: what became of what was decided before
//	  agenda     plan.AgendaItem
//	minutes      plan.Minutes (saleskpi/minutes/1) of all meetings
//	amendments   plan.Amendment: each revision, what it changed (saleskpi/plan_diff/1) and its sentences
//	closing      evaluation (plan.Evaluation), playbook (saleskpi/playbook/1), known (what a day
//	             knew: version, targets, landing), planned (action.Plan), proposal (target.Proposal)
package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Schema names the document of the format json.
const Schema = "saleskpi/example_lifecycle/1"

type document struct {
	Schema string `json:"schema"`
	*Life
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program with its arguments and outputs named, for tests.
func run(args []string, stdout, stderr io.Writer) (status int) {
	flags := flag.NewFlagSet("lifecycle", flag.ContinueOnError)
	flags.SetOutput(stderr)
	lang, format, table := English, "text", "goals"
	flags.Func("lang", "the language, `en|zh` (default en)", oneOf((*string)(&lang), "en", "zh"))
	flags.Func("format", "the format, `text|csv|json` (default text)", oneOf(&format, "text", "csv", "json"))
	flags.Func("table", "the table of the format csv, by its `name` (default goals)", oneOf(&table, tableNames()...))
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "unexpected argument %q: every option begins with a dash\n", flags.Arg(0))
		return 2
	case table != "goals" && format != "csv":
		fmt.Fprintln(stderr, "-table goes with -format csv")
		return 2
	}
	life, err := live()
	if err == nil {
		err = life.write(stdout, format, table, lang)
	}
	for _, problem := range check.All(err) {
		fmt.Fprintln(stderr, problem)
	}
	if err != nil {
		return 1
	}
	return 0
}

func (l *Life) write(to io.Writer, format, table string, lang Lang) (err error) {
	switch format {
	case "csv":
		return csv.NewWriter(to).WriteAll(l.records(table))
	case "json":
		encoder := json.NewEncoder(to)
		encoder.SetIndent("", " ")
		return encoder.Encode(document{Schema, l})
	}
	_, err = io.WriteString(to, l.page(lang))
	return err
}

func oneOf(into *string, words ...string) func(string) error {
	return func(s string) error {
		for _, word := range words {
			if s == word {
				*into = s
				return nil
			}
		}
		last := len(words) - 1
		return fmt.Errorf("want %s or %s", strings.Join(words[:last], ", "), words[last])
	}
}
