package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func output(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if status := run(args, &stdout, &stderr); status != 0 || stderr.Len() > 0 {
		t.Fatalf("status %d, %s", status, stderr.String())
	}
	return stdout.String()
}

func TestGolden(t *testing.T) {
	for name, args := range map[string]string{"year-en.txt": "", "year-zh.txt": "-lang zh", "year.csv": "-format csv", "year.json": "-format json"} {
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

// No section is longer than a page, no line is wider, ends in spaces, or has
// what no reader should see: placeholders, code words, formats gone wrong, numbers that are
// not grouped; and the Chinese page has no English words but USD and SMART.
func TestPages(t *testing.T) {
	wrong := regexp.MustCompile(`\{[a-z_]+\}|%!|\bD\d{3}\b|\b(ann|bo|eva|cy|di|gus|mo|harbour)\b|undefined|[a-z]+_[a-z]+|(^|[^\d-])\d{5,}|no_|\.00\b`)
	english := regexp.MustCompile(`[A-Za-z]{2,}`)
	for _, lang := range []string{"en", "zh"} {
		text := output(t, "-lang", lang)
		for _, section := range strings.Split(text, "\n── ") {
			if n := strings.Count(section, "\n"); n > 45 {
				t.Errorf("%d lines: %.30s", n, section)
			}
		}
		for _, line := range strings.Split(text, "\n") {
			if width(line) > pageWidth || strings.HasSuffix(line, " ") {
				t.Errorf("%d columns: %q", width(line), line)
			}
			if found := wrong.FindString(line); found != "" {
				t.Errorf("%q in %s", found, line)
			}
			for _, word := range english.FindAllString(line, -1) {
				if lang == "zh" && word != "USD" && word != "SMART" {
					t.Errorf("%q in %s", word, line)
				}
			}
		}
	}
}
