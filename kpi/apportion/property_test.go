package apportion_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// drawWeights gives small weights, where ties are common, or any weights; at
// least one is above zero.
func drawWeights(t *rapid.T) []int64 {
	most := rapid.SampledFrom([]int64{5, 1e6, math.MaxInt64}).Draw(t, "most")
	weights := rapid.SliceOfN(rapid.Int64Range(0, most), 1, 80).Draw(t, "weights")
	weights[rapid.IntRange(0, len(weights)-1).Draw(t, "receiver")] |= 1
	return weights
}

func drawTotal(t *rapid.T) int64 {
	return rapid.OneOf(rapid.Int64Range(-50, 50), rapid.Int64()).Draw(t, "total")
}

// model is the method word for word in fractions: whole units of each share,
// then again and again one unit to the largest fraction left, the first of
// equal ones.
func model(total *big.Int, weights []*big.Int) []*big.Int {
	sum := new(big.Int)
	for _, w := range weights {
		sum.Add(sum, w)
	}
	left := new(big.Int).Abs(total)
	parts, fractions := make([]*big.Int, len(weights)), make([]*big.Rat, len(weights))
	for i, w := range weights {
		share := new(big.Rat).SetFrac(new(big.Int).Mul(new(big.Int).Abs(total), w), sum)
		parts[i] = new(big.Int).Quo(share.Num(), share.Denom())
		fractions[i] = share.Sub(share, new(big.Rat).SetInt(parts[i]))
		left.Sub(left, parts[i])
	}
	for range left.Int64() {
		largest := 0
		for i := range fractions {
			if fractions[i].Cmp(fractions[largest]) > 0 {
				largest = i
			}
		}
		parts[largest].Add(parts[largest], big.NewInt(1))
		fractions[largest] = big.NewRat(-1, 1)
	}
	for _, part := range parts {
		if total.Sign() < 0 {
			part.Neg(part)
		}
	}
	return parts
}

func TestModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, weights := drawTotal(t), drawWeights(t)
		before := slices.Clone(weights)
		want := model(big.NewInt(total), wide(weights))
		ints, err := apportion.Int64(total, weights)
		if err != nil || !slices.EqualFunc(wide(ints), want, sameInt) {
			t.Fatalf("Int64 = %v, %v; want %v", ints, err, want)
		}
		bigs, err := apportion.BigInt(big.NewInt(total), wide(weights))
		if err != nil || !slices.EqualFunc(bigs, want, sameInt) {
			t.Fatalf("BigInt = %v, %v; want %v", bigs, err, want)
		}
		parts, err := apportion.Decimal(decimal.New(total, -2), 2, cents(weights))
		if err != nil || !slices.EqualFunc(parts, cents(ints), same) {
			t.Fatalf("Decimal = %v, %v; want %v", parts, err, want)
		}
		if !slices.Equal(weights, before) {
			t.Fatal("the weights were changed")
		}
	})
}

// TestModelOfAnySize draws numbers of up to 64 digits and weights of any
// scale, near 64 bits and far above.
func TestModelOfAnySize(t *testing.T) {
	digits := rapid.StringMatching(`[1-9][0-9]{0,63}|[1-9][0-9]{15,19}|0`)
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.IntRange(-apportion.MaxScale, apportion.MaxScale).Draw(t, "scale")
		units := number(digits.Draw(t, "total"))
		if rapid.Bool().Draw(t, "below zero") {
			units.Neg(units)
		}
		spread := rapid.SampledFrom([]int32{0, 2, apportion.MaxDigits}).Draw(t, "spread")
		n := rapid.IntRange(1, 12).Draw(t, "n")
		weights, whole := make([]decimal.Decimal, n), make([]*big.Int, n)
		for i := range n {
			coefficient, places := number(digits.Draw(t, "weight")), rapid.Int32Range(-spread, spread).Draw(t, "places")
			if i == 0 {
				coefficient.SetBit(coefficient, 0, 1)
			}
			weights[i] = decimal.NewFromBigInt(coefficient, -places)
			whole[i] = coefficient.Mul(coefficient, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(spread-places)), nil))
		}
		before := fmt.Sprint(weights)
		parts, err := apportion.Decimal(decimal.NewFromBigInt(units, int32(-scale)), scale, weights)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range model(units, whole) {
			if !same(parts[i], decimal.NewFromBigInt(want, int32(-scale))) {
				t.Fatalf("part %d = %v; want %v × 10^%d", i, parts[i], want, -scale)
			}
		}
		if fmt.Sprint(weights) != before {
			t.Fatal("the weights were changed")
		}
	})
}

func number(digits string) *big.Int {
	n, _ := new(big.Int).SetString(digits, 10)
	return n
}

func TestFlatProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, weights := drawTotal(t), drawWeights(t)
		parts, err := apportion.Int64(total, weights)
		if err != nil {
			t.Fatal(err)
		}
		sum, all := new(big.Int), new(big.Int)
		for i := range parts {
			sum.Add(sum, big.NewInt(parts[i]))
			all.Add(all, big.NewInt(weights[i]))
		}
		if sum.Cmp(big.NewInt(total)) != 0 {
			t.Fatalf("%v add up to %v", parts, sum)
		}
		for i, part := range parts {
			off := new(big.Int).Mul(big.NewInt(part), all) // part×sum − total×weight, in units of 1/sum
			off.Sub(off, new(big.Int).Mul(big.NewInt(total), big.NewInt(weights[i])))
			if off.CmpAbs(all) >= 0 {
				t.Fatalf("part %d = %d is a unit or more from its share", i, part)
			}
			if weights[i] == 0 && part != 0 {
				t.Fatalf("part %d = %d of a weight of zero", i, part)
			}
			for j := range i {
				if bigger, smaller := weights[i] > weights[j], abs(part).Cmp(abs(parts[j])) < 0; bigger && smaller {
					t.Fatalf("weight %d > %d got %d and %d", weights[i], weights[j], part, parts[j])
				}
			}
		}
	})
}

func abs(n int64) *big.Int { return new(big.Int).Abs(big.NewInt(n)) }

func TestScalingAndSign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := drawWeights(t)
		total := rapid.Int64Range(-1e15, 1e15).Draw(t, "total")
		parts, err := apportion.Int64(total, weights)
		if err != nil {
			t.Fatal(err)
		}
		factor := big.NewRat(rapid.Int64Range(1, 1e12).Draw(t, "num"), rapid.Int64Range(1, 1e12).Draw(t, "den"))
		scaled := make([]*big.Rat, len(weights))
		for i, w := range weights {
			scaled[i] = new(big.Rat).Mul(factor, new(big.Rat).SetInt64(w))
		}
		before := fmt.Sprint(scaled)
		bigs, err := apportion.BigRat(big.NewInt(total), scaled)
		if err != nil || !slices.EqualFunc(bigs, wide(parts), sameInt) {
			t.Fatalf("by weights × %v: %v, %v; want %v", factor, bigs, err, parts)
		}
		if fmt.Sprint(scaled) != before {
			t.Fatal("the weights were changed")
		}
		turned, err := apportion.Int64(-total, weights)
		for i := range turned {
			if err != nil || turned[i] != -parts[i] {
				t.Fatalf("split of %d: %v, %v; want the opposite of %v", -total, turned, err, parts)
			}
		}
	})
}

func drawNodes(t *rapid.T, levels int) []apportion.Node {
	keys := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-cA-C]{1,3}`), 1, 6, rapid.ID[string]).Draw(t, "keys")
	nodes := make([]apportion.Node, len(keys))
	for i, key := range keys {
		nodes[i] = apportion.Node{Key: key, Weight: decimal.New(rapid.Int64Range(0, 9).Draw(t, "weight"), rapid.Int32Range(-2, 1).Draw(t, "exponent"))}
		if levels > 1 && rapid.Bool().Draw(t, "has children") {
			nodes[i].Children = drawNodes(t, levels-1)
		}
	}
	nodes[0].Weight = decimal.NewFromInt(1)
	return nodes
}

// shuffled gives the same tree in another order of siblings.
func shuffled(nodes []apportion.Node, r *rand.Rand) []apportion.Node {
	mixed := slices.Clone(nodes)
	r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	for i := range mixed {
		mixed[i].Children = shuffled(mixed[i].Children, r)
	}
	return mixed
}

func conserves(parts []apportion.Part, total decimal.Decimal) bool {
	sum := decimal.Decimal{}
	sorted := slices.IsSortedFunc(parts, func(a, b apportion.Part) int {
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
	for _, p := range parts {
		sum = sum.Add(p.Amount)
		if len(p.Children) > 0 && !conserves(p.Children, p.Amount) {
			return false
		}
	}
	return sorted && sum.Cmp(total) == 0
}

func TestNestedProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := drawNodes(t, 4)
		total := decimal.New(rapid.Int64Range(-1e4, 1e4).Draw(t, "total"), -2)
		before := asJSON(t, nodes)
		parts, err := apportion.Nested(total, 2, nodes)
		if err != nil {
			t.Fatal(err)
		}
		if !conserves(parts, total) {
			t.Fatalf("%s of %s", lines(parts), total)
		}
		if asJSON(t, nodes) != before {
			t.Fatal("the tree was changed")
		}
		mixed := shuffled(nodes, rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)))
		again, err := apportion.Nested(total, 2, mixed)
		if got, want := asJSON(t, again), asJSON(t, parts); err != nil || got != want {
			t.Fatalf("in another order %s, %v; want %s", got, err, want)
		}
		var back []apportion.Part
		if err := json.Unmarshal([]byte(asJSON(t, parts)), &back); err != nil || !sameParts(back, parts) {
			t.Fatalf("read back %v, %v; want %v", back, err, parts)
		}
	})
}

func asJSON(t *rapid.T, v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func sameParts(a, b []apportion.Part) bool {
	return slices.EqualFunc(a, b, func(a, b apportion.Part) bool {
		return a.Key == b.Key && same(a.Amount, b.Amount) && sameParts(a.Children, b.Children)
	})
}
