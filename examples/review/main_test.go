package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

func TestOptions(t *testing.T) {
	o, err := ParseOptions(strings.Fields("-data d -target 1200000.50 -asof 2026-06-30 -fiscal-start 4 -lang zh -format text -part plan -table goals"), &bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	fiscal, err := calendar.Fiscal(4, calendar.NamedByStart)
	want := Options{"d", kpi.MustParse("1200000.50"), calendar.MustDay("2026-06-30"), fiscal, Chinese, "text", "plan", "goals"}
	if o != want || err != nil {
		t.Errorf("got %+v, %v", o, err)
	}
	o, err = ParseOptions(nil, &bytes.Buffer{})
	if (o != Options{Lang: English, Format: "text", Part: allParts, Table: goalRows}) || err != nil {
		t.Errorf("by default %+v, %v", o, err)
	}
}

func TestWrongOptions(t *testing.T) {
	for name, test := range map[string]struct{ why, args, want string }{
		"day":           {"February has 28 days in 2026", "-asof 2026-02-31", `invalid value "2026-02-31" for flag -asof: not a day`},
		"month":         {"there are twelve", "-fiscal-start 13", `invalid value "13" for flag -fiscal-start: not a month`},
		"month by name": {"a number is meant", "-fiscal-start April", "not a month"},
		"amount":        {"separators differ between countries", "-target 1,200,000", "not an amount"},
		"fraction":      {"no amount either", "-target 1/2", "not an amount"},
		"zero":          {"there is no attainment of it", "-target 0", "above zero"},
		"negative":      {"nor of that", "-target=-5", "above zero"},
		"language":      {"there are two", "-lang de", "want en or zh"},
		"format":        {"there are three", "-format xml", "want text, json or csv"},
		"year":          {"the years around it are looked at too", "-asof 1900-06-30", "1901 to 2199"},
		"part":          {"there are six", "-part summary", "want plan, execution, review, evaluation, improvement, proposal or all"},
		"part of JSON":  {"a document has all of them", "-part plan -format json", "-part is of the text"},
		"table":         {"there are others", "-format csv -table deals", "want goals, actions"},
		"table of text": {"a page has its own", "-table actions", "-table is of -format csv"},
		"argument":      {"a folder goes behind -data", "../data", `unexpected argument "../data"`},
		"unknown":       {"a typing error", "-asoff 2026-01-01", "not defined"},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			status := run(strings.Fields(test.args), &stdout, &stderr)
			if status != 2 || !strings.Contains(stderr.String(), test.want) || stdout.Len() > 0 {
				t.Errorf("%s: status %d, %s", test.why, status, stderr.String())
			}
		})
	}
	if status := run([]string{"-h"}, &bytes.Buffer{}, &bytes.Buffer{}); status != 0 {
		t.Errorf("who asks for help gets it with status %d", status)
	}
}

func TestBrokenFileIsNamed(t *testing.T) {
	dir := t.TempDir()
	for name, file := range folder(dealsFile, dealsHead+"1,Ann,MG,,Won,2026-01-05,2026-02-31,50\n2,Ann,MG,,\x1b,2026-01-05,,\n") {
		if err := os.WriteFile(filepath.Join(dir, name), file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	status := run([]string{"-data", dir}, &stdout, &stderr)
	first, second, _ := strings.Cut(stderr.String(), "\n")
	if status != 1 || stdout.Len() > 0 || first != `review: sales_pipeline.csv:2:close_date: not a day "2026-02-31" (form YYYY-MM-DD): invalid` || strings.Contains(second, "\x1b") {
		t.Errorf("status %d, %s", status, stderr.String())
	}
}

func TestFolderIsNamed(t *testing.T) {
	for _, dir := range []string{filepath.Join(t.TempDir(), "nowhere"), "main.go"} {
		var stderr bytes.Buffer
		if status := run([]string{"-data", dir}, &bytes.Buffer{}, &stderr); status != 1 || !strings.Contains(stderr.String(), dir) {
			t.Errorf("status %d, %s", status, stderr.String())
		}
	}
}

func TestReading(t *testing.T) {
	for name, test := range map[string]struct{ why, args, want string }{
		"sample":  {"610 deals are in the sample", "", "610 read = 610 counted + 0 excluded\n"},
		"Chinese": {"the same", "-lang zh", "读取 610 条 = 计入 610 条 + 排除 0 条\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if status := run(strings.Fields(test.args), &stdout, &stderr); status != 0 || !strings.Contains(stdout.String(), "\n"+test.want) {
				t.Errorf("%s: status %d\n%s%s", test.why, status, stdout.String(), stderr.String())
			}
		})
	}
	var stdout bytes.Buffer
	if status := run([]string{"-format", "json"}, &stdout, &bytes.Buffer{}); status != 0 {
		t.Fatal(status)
	}
	var got Reading
	if err := json.Unmarshal(stdout.Bytes(), &got); err != nil || got.Read != 610 || got.Read != got.Counted+got.Excluded {
		t.Errorf("got %+v, %v", got, err)
	}
}
