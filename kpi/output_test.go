package kpi_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"pgregory.net/rapid"
)

// Text puts a point into the rounded whole number that the model gives.
func TestTextAgreesWithItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rationals().Draw(t, "r")
		scale := rapid.IntRange(0, 18).Draw(t, "scale")
		mode := rapid.SampledFrom([]kpi.Rounding{kpi.HalfEven, kpi.HalfUp, kpi.Down, kpi.Up, kpi.Floor, kpi.Ceiling}).Draw(t, "mode")
		n := roundModel(r, scale, mode)
		want := new(big.Rat).SetFrac(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).FloatString(scale)
		if got := fromRat(t, r).Text(scale, mode); got != want {
			t.Fatalf("%v at %d by %v: %s, want %s", r, scale, mode, got, want)
		}
	})
}

func TestExactAndStringAgreeWithBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rationals().Draw(t, "r")
		if rapid.Bool().Draw(t, "decimal") {
			r.SetFrac(r.Num(), new(big.Int).Exp(big.NewInt(10), big.NewInt(rapid.Int64Range(0, 19).Draw(t, "scale")), nil))
		}
		v := fromRat(t, r)
		exact := v.Exact()
		if back, err := kpi.Parse(exact); err == nil && back != v {
			t.Fatalf("%v is printed as %s", r, exact)
		}
		if places, isDecimal := r.FloatPrec(); isDecimal && places <= 18 {
			if want := r.FloatString(places); exact != want {
				t.Fatalf("%v is %s, want %s", r, exact, want)
			}
		} else if exact != r.String() {
			t.Fatalf("%v is %s", r, exact)
		}
		if want := roundModel(r, 12, kpi.HalfEven); v.String() != trimmed(want) {
			t.Fatalf("%v is %s, want %s", r, v, trimmed(want))
		}
		f, _ := v.Float64()
		if want, _ := r.Float64(); f != want {
			t.Fatalf("%v is %v, want %v", r, f, want)
		}
	})
}

// trimmed writes twelve places without their closing zeros.
func trimmed(n *big.Int) string {
	s := new(big.Rat).SetFrac(n, big.NewInt(1e12)).FloatString(12)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
