// Review is the main job of this module as a program: it takes a sales team
// through the whole cycle of its plan, from CSV files.
//
//	go run ./examples/review
//	go run ./examples/review -part review -lang zh
//	go run ./examples/review -data DIR -asof 2026-06-30
//	go run ./examples/review -format json
//	go run ./examples/review -format csv -table actions
//
// The text begins with a summary and has six parts: the plan, its execution,
// the review as of the day, the evaluation of the last closed quarter, what to
// improve, and the proposal for the next period. Without -data it is about the
// sample company in sample/, whose files the program in generate/ makes.
//
// # Files
//
// The first three are required. The others may be left out; what they would
// say is then left out too, and a line says so.
//
//	sales_pipeline.csv  opportunity_id, sales_agent, product, account, deal_stage, engage_date, close_date, close_value
//	sales_teams.csv     sales_agent, manager, regional_office
//	products.csv        product, series, sales_price
//
//	targets.csv      owner, period, amount: of sellers, managers or offices, by month or longer
//	goal.csv         from, through, objective, base, stretch, led_by, committed_on: one row
//	history.csv      seller, month, amount: won by the books of earlier years
//	market.csv       segment, size, size_before, ours, ours_before, reachable, source
//	needs.csv        need, importance, satisfaction (0 to 10), rated_importance, rated_satisfaction, evidence
//	assumptions.csv  assumption, owner, made, review, state: unproven, holds, fails
//	commitments.csv  owner, amount, given_on: what somebody says to his target
//	strategies.csv   strategy, kind, lever, change, evidence, start, owner, budget, sellers, chosen_low
//	actions.csv      action, strategy, accountable, responsible, effort, start, due, after, budget
//	progress.csv     day, action, what, amount: started, done, dropped, left, spent, committed
//	activities.csv   seller, month, calls, meetings
//
// A deal_stage is Prospecting, Engaging, Won or Lost. Names have a column for
// Chinese beside them (strategy_zh). Several names in a cell are separated by
// semicolons; effort is in days of each who does it.
//
// # Formats
//
// JSON is one document, "schema":"saleskpi/example_review/1": see Document. CSV
// is one table: by default, or with -table goals, the review of the targets, a
// row for each owner and period, with the columns of plan.Columns. The other
// tables are those of plan.Review.Tables (actions, milestones, progress,
// budget, coverage, landings, stages, scores, metrics, alerts, findings) and of
// plan.Evaluation.Tables, for the last closed quarter (strategies, changes, pay,
// evidence, suggestions). What nobody handed in has no rows.
//
// -part plan, execution, review, evaluation, improvement or proposal prints one
// part of the text, -lang zh all of it in Chinese. -target sets the year's
// target where there is no targets.csv, -fiscal-start the month in which the
// year begins, -asof the day.
//
// The exit status is 0, or 1 where a file is broken, or 2 where an option is
// wrong.
package main

import (
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/saleskpi/saleskpi/kpi/check"
)

//go:embed sample/*.csv
var embedded embed.FS

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program with its arguments and outputs named, for tests.
func run(args []string, stdout, stderr io.Writer) (status int) {
	options, err := ParseOptions(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	files, err := options.files()
	if err != nil {
		fmt.Fprintln(stderr, "review:", err)
		return 1
	}
	records, err := Read(files, options.Calendar)
	if err == nil {
		err = review(stdout, options, records)
	}
	for _, problem := range check.All(err) {
		fmt.Fprintln(stderr, plain(problem.Error()))
	}
	if err != nil {
		return 1
	}
	return 0
}

// files gives the folder to read: the user's, or the embedded sample.
func (o Options) files() (fs.FS, error) {
	if o.Dir == "" {
		return fs.Sub(embedded, "sample")
	}
	info, err := os.Stat(o.Dir)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a folder", o.Dir)
	}
	return os.DirFS(o.Dir), err
}

// review composes the review and writes it in the format that is asked for.
func review(w io.Writer, o Options, records *Records) error {
	r, err := compose(o, records)
	if err != nil {
		return err
	}
	switch o.Format {
	case "json":
		return newDocument(r).write(w)
	case "csv":
		return r.writeTable(w, o.Table)
	}
	_, err = io.WriteString(w, r.page())
	return err
}
