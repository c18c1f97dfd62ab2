package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Options is what the command line asks for.
type Options struct {
	Dir      string            // where the user's files are; "" for the sample year
	Target   kpi.Value         // for the year; no data where none is asked for
	AsOf     calendar.Day      // included; no day for the last day in the files
	Calendar calendar.Calendar // the calendar year, unless another first month is asked for
	Lang     Lang
	Format   string // text, json or csv
	Part     string // of the text: plan, execution and so on, or all
	Table    string // of csv: goals, or a table of the library
}

// ParseOptions reads the arguments after the program's name. What is wrong
// with them is written to output, with the usage.
func ParseOptions(args []string, output io.Writer) (Options, error) {
	o := Options{Lang: English, Format: "text", Part: allParts, Table: goalRows}
	flags := flag.NewFlagSet("review", flag.ContinueOnError)
	flags.SetOutput(output)
	flags.StringVar(&o.Dir, "data", "", "read the CSV files in `DIR` instead of the sample year")
	flags.Func("target", "the year's target, to be broken down where there is no targets.csv: an `amount` such as 1200000 or 99.50", o.setTarget)
	flags.Func("asof", "review as of the end of this `day`, YYYY-MM-DD (default: the last day in the files)", o.setAsOf)
	flags.Func("fiscal-start", "the `month` in which the year begins, 1 to 12 (default 1)", o.setFiscalStart)
	flags.Func("lang", "the language, `en|zh` (default en)", o.setLang)
	flags.Func("format", "the format, `text|json|csv` (default text); csv is one table", o.setFormat)
	flags.Func("table", "the `table` of -format csv: "+strings.Join(tableNames(), "|")+" (default goals: a row for each owner and period)", o.setTable)
	flags.Func("part", "the `part` of the text: "+strings.Join(partWords(), "|")+" (default all)", o.setPart)
	if err := flags.Parse(args); err != nil {
		return Options{}, err
	}
	if o.Part != allParts && o.Format != "text" {
		err := fmt.Errorf("-part is of the text: -format %s has all parts", o.Format)
		fmt.Fprintln(output, err)
		return Options{}, err
	}
	if o.Table != goalRows && o.Format != "csv" {
		err := errors.New("-table is of -format csv")
		fmt.Fprintln(output, err)
		return Options{}, err
	}
	if flags.NArg() > 0 {
		err := fmt.Errorf("unexpected argument %q: every option begins with a dash", flags.Arg(0))
		fmt.Fprintln(output, err)
		flags.Usage()
		return Options{}, err
	}
	return o, nil
}

func (o *Options) setTarget(s string) error {
	v, err := kpi.Parse(s)
	if err != nil || strings.Contains(s, "/") {
		return errors.New("not an amount: digits and a point, without separators or currency")
	}
	if v.Sign() <= 0 {
		return errors.New("a target must be above zero")
	}
	o.Target = v
	return nil
}

func (o *Options) setAsOf(s string) (err error) {
	if o.AsOf, err = calendar.ParseDay(s); err != nil {
		return errors.New("not a day: YYYY-MM-DD, and the day must exist")
	}
	if o.AsOf.Year() < 1901 || o.AsOf.Year() > 2199 { // the years before and after are looked at too
		return errors.New("a day of the years 1901 to 2199")
	}
	return nil
}

func (o *Options) setFiscalStart(s string) error {
	month, err := strconv.Atoi(s)
	if err != nil || month < 1 || month > 12 {
		return errors.New("not a month: 1 to 12")
	}
	o.Calendar, err = calendar.Fiscal(time.Month(month), calendar.NamedByStart)
	return err
}

func (o *Options) setLang(s string) error {
	o.Lang = Lang(s)
	return oneOf(s, string(English), string(Chinese))
}

func (o *Options) setFormat(s string) error {
	o.Format = s
	return oneOf(s, "text", "json", "csv")
}

func (o *Options) setPart(s string) error {
	o.Part = s
	return oneOf(s, partWords()...)
}

func (o *Options) setTable(s string) error {
	o.Table = s
	return oneOf(s, tableNames()...)
}

func oneOf(s string, words ...string) error {
	for _, word := range words {
		if s == word {
			return nil
		}
	}
	last := len(words) - 1
	return errors.New("want " + strings.Join(words[:last], ", ") + " or " + words[last])
}
