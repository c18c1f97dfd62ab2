package plan_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/plan"
)

// Every code that is written down in this package as a finding's has its
// sentence in both languages, whether a test gives it or not.
func TestEveryCodeHasItsSentence(t *testing.T) {
	known := map[string]bool{}
	for _, template := range plan.Findings() {
		known[template.Code] = template.English != "" && template.Chinese != ""
	}
	// What each function makes of the code that it is given: the position of
	// the code, and what it puts behind it.
	makers := map[string]struct {
		at   int
		ends []string
	}{
		"info": {0, []string{""}}, "warning": {0, []string{""}}, "add": {0, []string{""}}, "told": {0, []string{""}},
		"step": {0, []string{"_up", "_down"}}, "listed": {1, []string{"_new", "_gone", "_changed"}},
	}
	n := 0
	eachCall(t, func(name string, args []ast.Expr) {
		maker, ok := makers[name]
		if !ok || len(args) <= maker.at {
			return
		}
		literal, ok := args[maker.at].(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return
		}
		code, _ := strconv.Unquote(literal.Value)
		for _, end := range maker.ends {
			if n++; !known[code+end] {
				t.Errorf("%s%s has no sentence", code, end)
			}
		}
	})
	if n < 100 {
		t.Errorf("only %d codes were looked at", n)
	}
}

// eachCall visits the calls of functions and methods in this package's files.
func eachCall(t *testing.T, visit func(name string, args []ast.Expr)) {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			switch f := call.Fun.(type) {
			case *ast.Ident:
				visit(f.Name, call.Args)
			case *ast.SelectorExpr:
				visit(f.Sel.Name, call.Args)
			}
			return true
		})
	}
}
