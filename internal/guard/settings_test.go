package guard

import (
	"go/types"
	"os"
	"strings"
	"testing"
)

// A setting that decimal gains must be turned by the test in globals too.
func TestEverySettingOfDecimalIsTurned(t *testing.T) {
	source, err := os.ReadFile("globals/globals_test.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	each(t, true, func(t *testing.T, r room) {
		for _, imported := range r.Types.Imports() {
			if imported.Path() != "github.com/shopspring/decimal" {
				continue
			}
			for _, name := range imported.Scope().Names() {
				if _, isVar := imported.Scope().Lookup(name).(*types.Var); !isVar || !types.NewVar(0, nil, name, nil).Exported() {
					continue
				}
				seen++
				if strings.Count(string(source), "decimal."+name+" = ") != 2 {
					t.Errorf("decimal.%s is not turned both ways", name)
				}
			}
		}
	})
	if seen == 0 {
		t.Error("no setting was seen")
	}
}
