// Package guard holds the contracts of the module as tests: what imports
// what, what no package may call, and that everything exported is
// documented. It has no code of its own.
package guard

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/saleskpi/saleskpi"

// room is one package of the module, parsed and type-checked without its
// tests.
type room struct {
	Path    string // within the module: kpi/cube
	Imports []string
	Files   []*ast.File
	Types   *types.Package
	Info    *types.Info
}

// pure reports whether the contracts of the library bind the room; programs
// and these tests may do what they like.
func (r room) pure() bool {
	top, _, _ := strings.Cut(r.Path, "/")
	return top == "kpi" || top == "funnel" || top == "target" || top == "plan" || top == "internal"
}

type listed struct {
	ImportPath, Dir, Export string
	GoFiles, Imports        []string
}

var fset = token.NewFileSet()

var rooms = sync.OnceValues(load)

func load() ([]room, error) {
	cmd := exec.Command("go", "list", "-deps", "-export", "-json=ImportPath,Dir,Export,GoFiles,Imports", module+"/...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	var ours []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		exports[p.ImportPath] = p.Export
		if strings.HasPrefix(p.ImportPath, module) && len(p.GoFiles) > 0 {
			ours = append(ours, p)
		}
	}
	compiled := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	var all []room
	for _, p := range ours {
		r, err := read(p, compiled)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

func read(p listed, imp types.Importer) (room, error) {
	r := room{Path: strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/"), Imports: p.Imports}
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments)
		if err != nil {
			return r, err
		}
		r.Files = append(r.Files, f)
	}
	r.Info = &types.Info{Uses: map[*ast.Ident]types.Object{}}
	var err error
	r.Types, err = (&types.Config{Importer: imp}).Check(p.ImportPath, fset, r.Files, r.Info)
	return r, err
}

// each runs a check over the pure rooms, or over all.
func each(t *testing.T, pureOnly bool, check func(t *testing.T, r room)) {
	t.Helper()
	all, err := rooms()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range all {
		if pureOnly && !r.pure() {
			continue
		}
		n++
		check(t, r)
	}
	if n < 5 {
		t.Fatalf("only %d packages were seen", n)
	}
}
