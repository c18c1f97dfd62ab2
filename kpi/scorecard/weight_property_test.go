package scorecard_test

import (
	"reflect"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"pgregory.net/rapid"
)

func TestNormaliseScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		before := cardOf(t, def, rs)
		scale := kpi.Frac(rapid.Int64Range(1, 1000).Draw(t, "scale"), rapid.Int64Range(1, 1000).Draw(t, "part"))
		for i := range def.Items {
			def.Items[i].Weight = def.Items[i].Weight.Mul(scale)
		}
		for i := range def.Perspectives {
			def.Perspectives[i].Weight = def.Perspectives[i].Weight.Mul(scale)
		}
		if after := cardOf(t, def, rs); !reflect.DeepEqual(after, before) {
			t.Errorf("weights times %s: %+v became %+v", scale, before, after)
		}
	})
}

// Weights that add up to one are the same with and without Normalise.
func TestNormaliseOfOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		before := cardOf(t, def, rs)
		for i, line := range before.Lines {
			def.Items[i].Weight = line.Stated
		}
		def.Normalise = false
		for i := range def.Perspectives { // the lines have their weight in the card
			def.Perspectives[i].Weight = kpi.Value{}
		}
		if after := cardOf(t, def, rs); !reflect.DeepEqual(after, before) {
			t.Errorf("%+v became %+v", before, after)
		}
	})
}
