package main

import (
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/saleskpi/saleskpi/plan"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, args := range map[string]string{
		"sample-en.txt":  "",
		"sample-zh.txt":  "-lang zh",
		"sample.json":    "-format json",
		"sample.csv":     "-format csv",
		"running-en.txt": "-asof 2026-06-17",
	} {
		t.Run(name, func(t *testing.T) {
			got, path := output(t, strings.Fields(args)...), filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("run go test -update where this is meant:\n%s", diff)
			}
		})
	}
}

// The documents of the library come out of the JSON as they went in, and no
// list in it is null.
func TestDocumentsReadBack(t *testing.T) {
	t.Parallel()
	text := output(t, "-format", "json")
	var got struct {
		Schema string `json:"schema"`
		Plan   struct {
			Document plan.Document `json:"document"`
		} `json:"plan"`
		Review plan.Review `json:"plan_review"`
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	r, err := compose(Options{}, sample(t))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(*r.Goals.Review, got.Review); diff != "" {
		t.Error(diff)
	}
	read := got.Plan.Document.Plan()
	if err := read.Validate(); err != nil || !read.Breakdowns[0].Equal(r.Goals.Plan.Breakdowns[0]) || got.Plan.Document.Phase() != plan.Active {
		t.Errorf("the plan came back as another: %v", err)
	}
	if got.Schema != schema {
		t.Errorf("schema %q", got.Schema)
	}
	for _, line := range strings.Split(text, "\n") {
		name, _, _ := strings.Cut(strings.TrimSpace(line), ":")
		optionalDay := slices.Contains([]string{`"closings_from"`, `"by"`, `"created"`, `"started"`, `"closed"`, `"expected_close"`, `"next_step"`, `"effective"`}, name)
		if strings.Contains(line, "null") && !optionalDay {
			t.Errorf("%s", line)
		}
	}
}

// The same files, whatever is asked of them, give text that fits the page.
func TestPages(t *testing.T) {
	t.Parallel()
	records := sample(t)
	for name, args := range map[string]string{
		"sample":         "",
		"running":        "-asof 2026-05-05",
		"first days":     "-asof 2025-09-02 -target 5000",
		"nothing closed": "-asof 2025-09-20",
		"fiscal":         "-fiscal-start 7 -target 999999.99",
		"other year":     "-asof 2025-12-31 -target 1000000",
		"before it all":  "-asof 2020-02-29",
		"long after":     "-asof 2031-01-01",
	} {
		t.Run(name, func(t *testing.T) {
			o, err := ParseOptions(strings.Fields(args), io.Discard)
			if err != nil {
				t.Fatal(err)
			}
			r, err := compose(o, records)
			if err != nil {
				t.Fatal(err)
			}
			checkLines(t, page(r, English))
			checkLines(t, page(r, Chinese))
		})
	}
}

// checkLines looks for what no reader should see: lines beyond the page,
// placeholders, code words, formats gone wrong.
func checkLines(t *testing.T, text string) {
	t.Helper()
	wrong := regexp.MustCompile(`\{[a-z_]+\}|%!|undefined:|[a-z]+_[a-z]+`)
	for _, line := range strings.Split(text, "\n") {
		if width(line) > pageWidth {
			t.Errorf("%d columns: %s", width(line), line)
		}
		if strings.HasSuffix(line, " ") {
			t.Errorf("spaces at the end: %q", line)
		}
		if found := wrong.FindString(line); found != "" && !strings.Contains(line, ".csv") {
			t.Errorf("%q in %s", found, line)
		}
	}
}
