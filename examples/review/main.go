// Review is the main job of this module as a program: it reads a sales year
// from CSV files and reviews it.
//
//	go run ./examples/review
//	go run ./examples/review -data DIR -asof 2026-06-30 -lang zh
//	go run ./examples/review -format csv
//
// Without -data it reviews the sample year in sample/, which the program in
// generate/ makes. DIR holds sales_pipeline.csv, sales_teams.csv,
// products.csv and, where there are targets, targets.csv.
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
		return r.Goals.writeRows(w)
	}
	_, err = io.WriteString(w, r.page())
	return err
}
