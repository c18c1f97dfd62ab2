package plan_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rowsOf gives the rows of a table in the package comment: what is asked, and
// what answers it.
func rowsOf(t *testing.T, heading string) [][2]string {
	t.Helper()
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "// # "+heading+"\n")
	if !ok {
		t.Fatalf("no section %q", heading)
	}
	section, _, _ := strings.Cut(rest, "\n// # ")
	var rows [][2]string
	for _, line := range strings.Split(section, "\n") {
		if row, ok := strings.CutPrefix(line, "//\t"); ok {
			parts := regexp.MustCompile(`(?U)^(.{36}) +(.*)$`).FindStringSubmatch(row + " ")
			if parts == nil {
				t.Fatalf("no row: %q", row)
			}
			rows = append(rows, [2]string{strings.TrimSpace(row[:36]), strings.TrimSpace(row[36:])})
		}
	}
	return rows
}

// run runs the test of every row, and wants one for each and no other.
func run(t *testing.T, heading string, tests map[string]func(*testing.T)) {
	declared, seen := declarations(t), map[string]bool{}
	for _, row := range rowsOf(t, heading) {
		asked, answer := row[0], row[1]
		seen[asked] = true
		if strings.HasPrefix(answer, "not computable") {
			if tests[asked] != nil {
				t.Errorf("%s is not computable and has a test", asked)
			}
			continue
		}
		for _, name := range strings.Split(answer, ", ") {
			if !declared[name] {
				t.Errorf("%s: there is no %s", asked, name)
			}
		}
		if tests[asked] == nil {
			t.Errorf("%s: no test runs %s", asked, answer)
			continue
		}
		t.Run(asked, tests[asked])
	}
	for asked := range tests {
		if !seen[asked] {
			t.Errorf("the table does not have %q", asked)
		}
	}
}

// declarations gives the functions and methods of the packages that the tables
// name: those of this one without its name.
func declarations(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for prefix, dir := range map[string]string{"": ".", "action.": "action", "incentive.": "incentive", "target.": "../target", "funnel.": "../funnel",
		"forecast.": "../funnel/forecast", "scorecard.": "../kpi/scorecard", "bridge.": "../kpi/bridge", "cube.": "../kpi/cube", "kpi.": "../kpi"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), dir+"/"+e.Name(), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && f.Name.IsExported() {
					all[prefix+receiver(f)+f.Name.Name] = true
				}
			}
		}
	}
	return all
}

func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	kind := f.Recv.List[0].Type
	if star, ok := kind.(*ast.StarExpr); ok {
		kind = star.X
	}
	if name, ok := kind.(*ast.Ident); ok {
		return name.Name + "."
	}
	return "?."
}

// The article has five phases of three or more demands each, and three
// questions.
func TestTheTablesAreWhole(t *testing.T) {
	var firsts []string
	for _, row := range rowsOf(t, "What the article asks") {
		firsts = append(firsts, row[0][:2])
	}
	slices.Sort(firsts)
	if got, want := slices.Compact(firsts), []string{"1.", "2.", "3.", "4.", "5.", "Q1", "Q2", "Q3"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
