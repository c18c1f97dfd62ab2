package guard

import (
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"
	"testing"
)

// floors says how high each room stands; a room imports only rooms below it.
// kpi/… imports only kpi/…, and target and funnel not each other.
func floors() map[string]int {
	return map[string]int{
		"kpi/check":       0,
		"internal/enum":   1,
		"internal/stat":   1,
		"internal/wire":   1,
		"kpi/calendar":    2,
		"kpi/apportion":   2,
		"kpi/org":         3,
		"kpi":             4,
		"kpi/cube":        5,
		"kpi/scorecard":   5,
		"kpi/bridge":      5,
		"target":          5,
		"funnel":          5,
		"funnel/steps":    5,
		"funnel/forecast": 6,
		"plan/incentive":  6,
		"plan/action":     6,
		"plan":            7,
		"internal/guard":  9,
	}
}

func TestNoImportRunsUp(t *testing.T) {
	each(t, false, func(t *testing.T, r room) {
		if strings.HasPrefix(r.Path, "examples/") {
			return
		}
		floor, known := floors()[r.Path]
		if !known {
			t.Errorf("%s stands on no floor: add it to the table", r.Path)
		}
		for _, path := range r.Imports {
			inner, ours := strings.CutPrefix(path, module+"/")
			if !ours {
				continue
			}
			if below, known := floors()[inner]; !known || below >= floor {
				t.Errorf("%s imports %s, which is not below it", r.Path, inner)
			}
			if strings.HasPrefix(r.Path, "kpi/") && !strings.HasPrefix(inner, "kpi") && !strings.HasPrefix(inner, "internal/") {
				t.Errorf("%s imports %s from outside kpi", r.Path, inner)
			}
		}
	})
}

func TestOnlyFourRequirements(t *testing.T) {
	allowed := []string{"github.com/shopspring/decimal", "github.com/rickb777/date/v2"}
	each(t, true, func(t *testing.T, r room) {
		for _, path := range r.Imports {
			host, _, _ := strings.Cut(path, "/")
			if strings.Contains(host, ".") && !strings.HasPrefix(path, module+"/") && !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s", r.Path, path)
			}
		}
	})
}

func TestTopLevel(t *testing.T) {
	allowed := []string{"kpi", "funnel", "target", "plan", "examples", "internal", "go.mod", "go.sum", "README.md",
		"LICENSE", "CHANGELOG.md", ".gitignore", ".git", ".ci", ".github"}
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(allowed, e.Name()) {
			t.Errorf("%s stands at the top level", e.Name())
		}
	}
}

func TestPureImports(t *testing.T) {
	forbidden := []string{"os", "io/fs", "net", "log", "database/sql", "math/rand", "syscall", "embed", "plugin", "runtime/debug", "unsafe", "time/tzdata"}
	each(t, true, func(t *testing.T, r room) {
		for _, path := range r.Imports {
			for _, f := range forbidden {
				if path == f || strings.HasPrefix(path, f+"/") {
					t.Errorf("%s imports %s", r.Path, path)
				}
			}
		}
	})
}

// forbidden names what reads the clock, the machine's zone, or standard
// output.
func forbidden() []string {
	return []string{"time.Now", "time.Since", "time.Until", "time.Local", "time.LoadLocation", "time.After", "time.Tick", "time.Sleep",
		"time.NewTimer", "time.NewTicker", "time.AfterFunc", "fmt.Print", "fmt.Println", "fmt.Printf",
		date + ".Today", date + ".TodayUTC", date + ".TodayIn"}
}

const date = "github.com/rickb777/date/v2"

func TestPureCalls(t *testing.T) {
	each(t, true, func(t *testing.T, r room) {
		for id, obj := range r.Info.Uses {
			if obj.Pkg() == nil {
				continue
			}
			name := obj.Pkg().Path() + "." + obj.Name()
			if slices.Contains(forbidden(), name) && obj.Parent() == obj.Pkg().Scope() {
				t.Errorf("%s: %s", fset.Position(id.Pos()), name)
			}
		}
	})
}

// decimalMethods are those that read no variable of their package; every
// other one may depend on a setting that belongs to the caller.
func decimalMethods() []string {
	return []string{"Coefficient", "CoefficientInt64", "Exponent", "NumDigits", "Add", "Sub", "Mul", "Neg", "Cmp", "Sign",
		"New", "NewFromInt", "NewFromBigInt", "DivRound", "QuoRem", "Decimal"}
}

func TestDecimalMethods(t *testing.T) {
	seen := 0
	each(t, true, func(t *testing.T, r room) {
		for id, obj := range r.Info.Uses {
			if obj.Pkg() == nil || obj.Pkg().Path() != "github.com/shopspring/decimal" {
				continue
			}
			seen++
			if !slices.Contains(decimalMethods(), obj.Name()) {
				t.Errorf("%s: decimal's %s", fset.Position(id.Pos()), obj.Name())
			}
		}
	})
	if seen == 0 {
		t.Error("no use of decimal was seen")
	}
}

func TestNoGlobalState(t *testing.T) {
	each(t, true, func(t *testing.T, r room) {
		scope := r.Types.Scope()
		for _, name := range scope.Names() {
			if v, ok := scope.Lookup(name).(*types.Var); ok && !strings.HasPrefix(name, "Err") {
				t.Errorf("%s: variable %s", fset.Position(v.Pos()), name)
			}
		}
		for _, f := range r.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GoStmt:
					t.Errorf("%s: a goroutine", fset.Position(n.Pos()))
				case *ast.FuncDecl:
					if n.Recv == nil && n.Name.Name == "init" {
						t.Errorf("%s: init", fset.Position(n.Pos()))
					}
				}
				return true
			})
		}
	})
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	each(t, true, func(t *testing.T, r room) {
		packageDoc := false
		for _, f := range r.Files {
			packageDoc = packageDoc || f.Doc != nil
			for _, decl := range f.Decls {
				for _, name := range undocumented(decl) {
					t.Errorf("%s: %s has no doc comment", fset.Position(name.Pos()), name.Name)
				}
			}
		}
		if !packageDoc {
			t.Errorf("package %s has no doc comment", r.Path)
		}
	})
}

func undocumented(decl ast.Decl) []*ast.Ident {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		var names []*ast.Ident
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
					names = append(names, s.Name)
				}
			case *ast.ValueSpec:
				for _, name := range s.Names {
					if name.IsExported() && s.Doc == nil && s.Comment == nil && (d.Doc == nil || d.Tok == token.VAR) {
						names = append(names, name)
					}
				}
			}
		}
		return names
	}
	return nil
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	kind := d.Recv.List[0].Type
	for {
		switch k := kind.(type) {
		case *ast.StarExpr:
			kind = k.X
		case *ast.IndexExpr:
			kind = k.X
		case *ast.Ident:
			return k.IsExported()
		default:
			return true
		}
	}
}
