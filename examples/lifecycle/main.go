// Lifecycle shows one plan of sales through a year: what was known before it,
// what was promised and signed, how it stood at the end of each quarter, two
// revisions, what it all came to, and what to aim at next.
//
//	go run ./examples/lifecycle
//	go run ./examples/lifecycle -lang zh
//	go run ./examples/lifecycle -format csv
//
// The company is made up; its deals are those of deals.csv. The exit status
// is 0, or 1 where the plan cannot be carried through, or 2 where an option
// is wrong.
package main

import (
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/saleskpi/saleskpi/kpi/check"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program with its arguments and outputs named, for tests.
func run(args []string, stdout, stderr io.Writer) (status int) {
	flags := flag.NewFlagSet("lifecycle", flag.ContinueOnError)
	flags.SetOutput(stderr)
	lang, format := English, "text"
	flags.Func("lang", "the language, `en|zh` (default en)", oneOf((*string)(&lang), "en", "zh"))
	flags.Func("format", "the format, `text|csv` (default text); csv has a row for each review, owner and period", oneOf(&format, "text", "csv"))
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "unexpected argument %q: every option begins with a dash\n", flags.Arg(0))
		return 2
	}
	life, err := live()
	if err == nil && format == "csv" {
		err = csv.NewWriter(stdout).WriteAll(life.rows())
	} else if err == nil {
		_, err = io.WriteString(stdout, life.page(lang))
	}
	for _, problem := range check.All(err) {
		fmt.Fprintln(stderr, problem)
	}
	if err != nil {
		return 1
	}
	return 0
}

func oneOf(into *string, words ...string) func(string) error {
	return func(s string) error {
		for _, word := range words {
			if s == word {
				*into = s
				return nil
			}
		}
		return fmt.Errorf("want %s or %s", words[0], words[1])
	}
}
