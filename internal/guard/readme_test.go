package guard

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash("../../" + path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// blocks gives the fenced blocks of the README in a language.
func blocks(t *testing.T, lang string) []string {
	t.Helper()
	var found []string
	for _, part := range strings.Split(content(t, "README.md"), "```"+lang+"\n")[1:] {
		block, _, _ := strings.Cut(part, "```")
		found = append(found, block)
	}
	return found
}

// cut gives the lines between "README begins" and "README ends", one tab
// less.
func cut(t *testing.T, path string) string {
	t.Helper()
	_, rest, begins := strings.Cut(content(t, path), "// README begins")
	_, rest, _ = strings.Cut(rest, "\n")
	lines, _, ends := strings.Cut(rest, "\t// README ends")
	if !begins || !ends {
		t.Fatalf("%s has no part for the README", path)
	}
	return strings.ReplaceAll("\n"+lines, "\n\t", "\n")[1:]
}

func TestReadmeShowsTheQuickstart(t *testing.T) {
	want := cut(t, "examples/quickstart/main.go")
	if got := blocks(t, "go")[0]; got != want {
		t.Errorf("the README shows\n%s\nand the program is\n%s", got, want)
	}
	_, rest, _ := strings.Cut(content(t, "README.md"), "It prints\n\n```\n")
	printed, _, _ := strings.Cut(rest, "```")
	if printed == "" || !strings.Contains(content(t, "examples/quickstart/main_test.go"), printed) {
		t.Errorf("the README prints\n%s", printed)
	}
	if n := strings.Count(want, "\n"); n > 20 {
		t.Errorf("%d lines are no short example", n)
	}
}

// A new module beside the checkout, made with the commands of the README,
// compiles the README's blocks on a plan's life and on a database, and runs.
func TestReadmeImport(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a module")
	}
	checkout, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	all := blocks(t, "go")
	files := map[string]string{
		"life.go": "package main\n\nimport (\n\t\"fmt\"\n\n\t\"github.com/saleskpi/saleskpi/kpi\"\n\t\"github.com/saleskpi/saleskpi/kpi/calendar\"\n\t\"github.com/saleskpi/saleskpi/plan\"\n\t\"github.com/saleskpi/saleskpi/target\"\n)\n\n" +
			"func life(p plan.Plan, evidence map[string]target.Evidence, mo plan.Signature, january, june, today, asOf calendar.Day, year calendar.Period, won []kpi.Figure, lastAlerts []plan.Alert, in plan.Input) error {\n" +
			all[1] + "\n_, _, _, _ = items, page, ok, closing\nreturn err\n}\n",
		"main.go": "package main\n\n" + all[2] + "\nfunc main() { _, _ = wonByDay, life }\n",
	}
	var commands []string
	for _, block := range strings.Split(content(t, "README.md"), "```\n") {
		if strings.HasPrefix(block, "go mod ") {
			commands = append(commands, strings.Split(strings.TrimSpace(block), "\n")...)
		}
	}
	if len(commands) != 4 {
		t.Fatalf("the README has the commands %q to import the module", commands)
	}
	for i, line := range append(commands, "go vet .") {
		if i == 2 { // the program is written between the two blocks
			for name, program := range files {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(program), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		args := strings.Fields(strings.Replace(line, "=../saleskpi", "="+checkout, 1))
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", line, err, out)
		}
	}
}
