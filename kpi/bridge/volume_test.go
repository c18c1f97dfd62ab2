package bridge_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func flat() bridge.PriceVolumeMix { return bridge.PriceVolumeMix{Levels: []string{"product"}} }

// in gives a line in another unit of measure.
func in(unit string, l bridge.Line) bridge.Line {
	l.UnitOfMeasure = unit
	return l
}

func amountOf(v kpi.Value, l bridge.Line) bridge.Line {
	l.Amount = v
	return l
}

func quantityOf(v kpi.Value, l bridge.Line) bridge.Line {
	l.Quantity = v
	return l
}

func constant(n int64, l bridge.Line) bridge.Line {
	l.ConstantAmount = kpi.Int(n)
	return l
}

func TestPriceVolumeMix(t *testing.T) {
	type lines []bridge.Line
	undefined := kpi.Undefined(kpi.NoData)
	for name, test := range map[string]struct {
		why           string
		base, current lines
		want          []string // price, mix, quantity, new, lost, currency, other
		codes         []string
	}{
		"two products at the same prices": {"check of the sales mix question (opentuition.com): 7000@30 and 3000@40 to 8000 and 7000 has mix +25,000 and quantity +165,000",
			lines{line(7000, 210_000, "A"), line(3000, 120_000, "B")}, lines{line(8000, 240_000, "A"), line(7000, 280_000, "B")},
			[]string{"price 0", "mix 25000", "quantity 165000", "new 0", "lost 0", "currency 0", "other 0"}, []string{"largest_effect"}},
		"the same by contribution": {"the published answer: contribution of 30 %, 9 and 12, has mix +7,500, quantity +49,500, volume +57,000",
			lines{line(7000, 63_000, "A"), line(3000, 36_000, "B")}, lines{line(8000, 72_000, "A"), line(7000, 84_000, "B")},
			[]string{"price 0", "mix 7500", "quantity 49500", "new 0", "lost 0", "currency 0", "other 0"}, []string{"largest_effect"}},
		"one product": {"worked by hand: 100@10 to 120@11: price 1×120, quantity 20×10, and no mix of one",
			lines{line(100, 1000, "A")}, lines{line(120, 1320, "A")},
			[]string{"price 120", "mix 0", "quantity 200", "new 0", "lost 0", "currency 0", "other 0"}, []string{"largest_effect"}},
		"an average price of thirds": {"worked by hand: 3@100/3 to 7@40: price 280 − 700/3, quantity 4×100/3",
			lines{line(3, 100, "A")}, lines{line(7, 280, "A")},
			[]string{"price 140/3", "mix 0", "quantity 400/3", "new 0", "lost 0", "currency 0", "other 0"}, []string{"largest_effect"}},
		"new and lost stay whole": {"they have no price on the other side, and no place in mix",
			lines{line(10, 100, "A"), line(5, 500, "old")}, lines{line(10, 110, "A"), line(2, 60, "young")},
			[]string{"price 10", "mix 0", "quantity 0", "new 60", "lost -500", "currency 0", "other 0"}, []string{"largest_effect"}},
		"a quantity of zero is none": {"listed and not sold is new once sold, and lost once not",
			lines{line(0, 0, "A"), line(4, 40, "B")}, lines{line(3, 30, "A"), line(0, 0, "B")},
			[]string{"price 0", "mix 0", "quantity 0", "new 30", "lost -40", "currency 0", "other 0"}, []string{"largest_effect", "offsetting"}},
		"amounts without quantity": {"a rebate of −20 is no price of the product that it names; freight rises by 5",
			lines{line(10, 100, "A"), line(0, 15, "freight")}, lines{line(0, -20, "A"), line(0, 20, "freight")},
			[]string{"price 0", "mix 0", "quantity 0", "new 0", "lost -100", "currency 0", "other -15"}, []string{"without_quantity", "without_quantity", "largest_effect"}},
		"a quantity that is not known": {"its amount is no price either",
			lines{quantityOf(undefined, line(0, 70, "A"))}, lines{line(7, 80, "A")},
			[]string{"price 0", "mix 0", "quantity 0", "new 80", "lost 0", "currency 0", "other -70"}, []string{"without_quantity", "largest_effect", "offsetting"}},
		"currency": {"130 at today's rate are 120 at the old one: price 20 and currency 10; of what is new 4 of 44 is currency",
			lines{line(10, 100, "A")}, lines{constant(120, line(10, 130, "A")), constant(40, line(1, 44, "B"))},
			[]string{"price 20", "mix 0", "quantity 0", "new 40", "lost 0", "currency 14", "other 0"}, []string{"largest_effect"}},
		"units of measure are kept apart": {"pieces swap: Q 30 to 30, P₀ 200/30: A 10→20@10, B 20→10@5; kilograms double at one price, and there is no mix across",
			lines{line(10, 100, "A"), line(20, 100, "B"), in("kg", line(1000, 50, "C"))},
			lines{line(20, 200, "A"), line(10, 50, "B"), in("kg", line(2000, 100, "C"))},
			[]string{"price 0", "mix 50", "quantity 50", "new 0", "lost 0", "currency 0", "other 0"}, []string{"largest_effect"}},
		"a product that changed its unit": {"pieces are lost and kilograms new",
			lines{line(10, 100, "A")}, lines{in("kg", line(5, 120, "A"))},
			[]string{"price 0", "mix 0", "quantity 0", "new 120", "lost -100", "currency 0", "other 0"}, []string{"unit_changed", "largest_effect", "offsetting"}},
		"returns": {"worked by hand: −2@10 beside 12@10: Q₀ 10 to 10; A 12→9, R −2→1: price 0, volume 0, P₀ 10 everywhere, so no mix",
			lines{line(12, 120, "A"), line(-2, -20, "R")}, lines{line(9, 90, "A"), line(1, 10, "R")},
			[]string{"price 0", "mix 0", "quantity 0", "new 0", "lost 0", "currency 0", "other 0"}, []string{"negative_quantity"}},
		"returns that cancel": {"no average base price: volume cannot be split, prices can: 2×(6−5) of A, −1×(8−4)… = 2 − 4",
			lines{line(3, 15, "A"), line(-3, -12, "R")}, lines{line(2, 12, "A"), line(-1, -8, "R")},
			[]string{"price -2", "mix undefined: undefined_mix", "quantity undefined: undefined_mix", "new 0", "lost 0", "currency 0", "other 0"}, []string{"negative_quantity", "quantities_cancel"}},
		"no amount": {"it adds nothing, with its quantity, and is said",
			lines{line(3, 15, "A"), amountOf(undefined, line(9, 0, "B"))}, lines{line(3, 18, "A"), line(9, 90, "B")},
			[]string{"price 3", "mix 0", "quantity 0", "new 90", "lost 0", "currency 0", "other 0"}, []string{"without_amount", "largest_effect"}},
		"an unpriced amount": {"it might be anything, so there is no gap",
			lines{line(3, 15, "A")}, lines{line(3, 18, "A"), amountOf(kpi.Undefined(kpi.Unpriced), line(1, 0, "B"))},
			unknown("unpriced"), []string{"undefined_amount"}},
		"an unpriced constant amount": {"nor would there be a currency part",
			lines{line(3, 15, "A")}, lines{{Key: []string{"A"}, Quantity: kpi.Int(3), Amount: kpi.Int(18), ConstantAmount: kpi.Undefined(kpi.Unpriced)}},
			unknown("unpriced"), []string{"undefined_amount"}},
		"nothing before": {"a sum over nothing is no data, not 0", nil, lines{line(3, 15, "A")}, unknown("no_data"), []string{"side_undefined"}},
		"nothing at all": {"and both sides are named", nil, nil, unknown("no_data"), []string{"side_undefined", "side_undefined"}},
		"the missing product": {"empty text is a key like any other",
			lines{line(1, 10, "")}, lines{line(1, 12, "")},
			[]string{"price 2", "mix 0", "quantity 0", "new 0", "lost 0", "currency 0", "other 0"}, []string{"largest_effect"}},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := flat().Bridge(budgetAgainstActual(), test.base, test.current)
			if err != nil || test.why == "" {
				t.Fatal(err, test.why)
			}
			same(t, test.why, parts(b), test.want)
			same(t, "findings", codes(b), test.codes)
			addsUp(t, b)
		})
	}
}

func unknown(reason string) []string {
	var all []string
	for _, id := range []string{"price", "mix", "quantity", "new", "lost", "currency", "other"} {
		all = append(all, id+" undefined: "+reason)
	}
	return all
}

// The rows of the sales mix question: A +7,500 and +22,500, B +17,500 and
// +142,500.
func TestProductsOfTheSalesMixQuestion(t *testing.T) {
	b, err := flat().Bridge(budgetAgainstActual(),
		[]bridge.Line{line(7000, 210_000, "A"), line(3000, 120_000, "B")}, []bridge.Line{line(7000, 280_000, "B"), line(8000, 240_000, "A")})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]int64{{7500, 22_500}, {17_500, 142_500}} {
		if got := b.Nodes[i].Amounts[1:3]; got[0] != kpi.Int(want[0]) || got[1] != kpi.Int(want[1]) {
			t.Errorf("%s: %v, want %v", b.Nodes[i].Key, got, want)
		}
	}
	if n := b.Nodes[1]; n.Values != (bridge.Pair{Base: kpi.Int(120_000), Current: kpi.Int(280_000)}) || n.Weights != (bridge.Pair{Base: kpi.Int(3000), Current: kpi.Int(7000)}) {
		t.Errorf("B shows %+v", n)
	}
}

// Margins, worked by hand. Saw: 10@20 costing 12 to 15@22 costing 13: price
// 2×15, cost −1×15, volume 5×8. Drill: 10@30 costing 28 to 5@30 costing 25:
// price 0, cost +3×5, volume −5×2. P₀ is a margin of 5, growth of quantity 1:
// mix 5×(8−5) − 5×(2−5) = 30, quantity 40 − 10 − 30 = 0.
func TestMargins(t *testing.T) {
	sold := func(name string, quantity, amount, cost int64) bridge.Line {
		l := line(quantity, amount, name)
		l.Cost = kpi.Int(cost)
		return l
	}
	def := flat()
	def.Basis = bridge.Margins
	b, err := def.Bridge(budgetAgainstActual(), []bridge.Line{sold("saw", 10, 200, 120), sold("drill", 10, 300, 280)},
		[]bridge.Line{sold("saw", 15, 330, 195), sold("drill", 5, 150, 125)})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "margins", parts(b), []string{"price 30", "cost 0", "mix 30", "quantity 0", "new 0", "lost 0", "currency 0", "other 0"})
	addsUp(t, b)

	foreign := sold("saw", 15, 330, 195)
	foreign.ConstantAmount, foreign.ConstantCost = kpi.Int(300), kpi.Int(180)
	b, err = def.Bridge(budgetAgainstActual(), []bridge.Line{sold("saw", 10, 200, 120)}, []bridge.Line{foreign, line(1, 40, "no cost")})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "currency is 135 − 120 of the margin; a line without its cost has no margin", parts(b),
		[]string{"price 0", "cost 0", "mix 0", "quantity 40", "new 0", "lost 0", "currency 15", "other 0"})
	same(t, "findings", codes(b), []string{"without_amount", "largest_effect"})
	addsUp(t, b)
}

// Two families of two products, all at their old prices, worked by hand. X:
// 10@10, 10@20 to 10, 30; Y: 20@40, 20@50 to 10, 10. Q 60 to 60, P₀ 35. The
// families: X 20→40 at 15, Y 40→20 at 45: 20×15 − 20×45 = −600. Within X: 700
// against 40×15 = +100; within Y 900 against 20×45 = 0. Sum −500 = 1600 − 2100.
func TestMixByLevel(t *testing.T) {
	def := bridge.PriceVolumeMix{Levels: []string{"family", "product"}}
	b, err := def.Bridge(budgetAgainstActual(),
		[]bridge.Line{line(10, 100, "X", "a"), line(10, 200, "X", "b"), line(20, 800, "Y", "a"), line(20, 1000, "Y", "b")},
		[]bridge.Line{line(10, 100, "X", "a"), line(30, 600, "X", "b"), line(10, 400, "Y", "a"), line(10, 500, "Y", "b")})
	if err != nil {
		t.Fatal(err)
	}
	if want := []bridge.Level{{Name: "family", Mix: kpi.Int(-600)}, {Name: "product", Mix: kpi.Int(100)}}; !reflect.DeepEqual(b.Levels, want) {
		t.Errorf("levels %v, want %v", b.Levels, want)
	}
	same(t, "parts", parts(b)[1:3], []string{"mix -500", "quantity 0"})
	addsUp(t, b)
	x, ok := b.At("X", "b")
	if !ok || !slices.Equal(x.Key, []string{"X", "b"}) || x.Gap != kpi.Int(400) {
		t.Errorf("At: %v, %+v", ok, x)
	}
	for _, key := range [][]string{{}, {"Z"}, {"X", "c"}, {"X", "a", "b"}} {
		if _, ok := b.At(key...); ok {
			t.Errorf("there is a node %q", key)
		}
	}
}

func TestPriceVolumeMixErrors(t *testing.T) {
	bad := bridge.PriceVolumeMix{Levels: []string{"family", "", "family"}, Basis: 5}
	foreign := line(1, 1, "a", "b", "c")
	foreign.ConstantAmount, foreign.ConstantCost = kpi.Int(1), kpi.Int(1)
	_, err := bad.Bridge(bridge.Question{Metric: "m"}, []bridge.Line{line(1, 1, "a"), foreign, line(1, 1, "a", "b", "c")},
		[]bridge.Line{line(1, 1, "\xff", "b", "c"), in("\xff", line(1, 1))})
	same(t, "all at once", problems(err), []string{
		"question.base.name missing_name", "question.current.name missing_name",
		"levels[1] missing_name", "levels[2] duplicate_level", "basis unknown_word",
		"base[0].key wrong_depth", "base[1].constant_amount constant_on_base", "base[1].constant_cost constant_on_base", "base[2].key duplicate_line",
		"current[0].key[0] not_utf8", "current[1].key wrong_depth", "current[1].unit_of_measure not_utf8",
	})
	for _, class := range []error{check.ErrMissing, check.ErrDuplicate, check.ErrInvalid, check.ErrUnknown} {
		if !errors.Is(err, class) {
			t.Errorf("not %v", class)
		}
	}
	same(t, "no level", problems(bridge.PriceVolumeMix{}.Validate()), []string{"levels missing_level"})
	deep := bridge.PriceVolumeMix{}
	for i := range 17 {
		deep.Levels = append(deep.Levels, fmt.Sprint("level ", i))
	}
	same(t, "too deep", problems(deep.Validate()), []string{"levels too_many_levels"})
}

// drawLines draws lines of a few families and products, with zeros,
// negatives, missing numbers and several units of measure.
func drawLines(t *rapid.T, side string) []bridge.Line {
	var lines []bridge.Line
	for _, family := range []string{"X", "Y"} {
		for _, product := range []string{"a", "b", "c"} {
			for _, unit := range []string{"pcs", "kg"} {
				if !rapid.Bool().Draw(t, side+" sold") {
					continue
				}
				l := bridge.Line{Key: []string{family, product}, UnitOfMeasure: unit,
					Quantity: kpi.Frac(rapid.Int64Range(-3, 20).Draw(t, "quantity"), rapid.Int64Range(1, 2).Draw(t, "quantity den")),
					Amount:   kpi.Minor(rapid.Int64Range(-500, 90_000).Draw(t, "amount"), 2),
					Cost:     kpi.Minor(rapid.Int64Range(0, 50_000).Draw(t, "cost"), 2)}
				if side == "current" && rapid.Bool().Draw(t, "foreign") {
					l.ConstantAmount = kpi.Minor(rapid.Int64Range(-500, 90_000).Draw(t, "constant"), 2)
				}
				switch rapid.IntRange(0, 12).Draw(t, "missing") {
				case 0:
					l.Quantity = kpi.Value{}
				case 1:
					l.Amount = kpi.Value{}
				}
				lines = append(lines, l)
			}
		}
	}
	return lines
}

func drawVolume(t *rapid.T) bridge.PriceVolumeMix {
	return bridge.PriceVolumeMix{Levels: []string{"family", "product"}, Basis: rapid.SampledFrom([]bridge.Basis{bridge.Amounts, bridge.Margins}).Draw(t, "basis")}
}

func TestPriceVolumeMixLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, base, current := drawVolume(t), drawLines(t, "base"), drawLines(t, "current")
		kept := [2][]bridge.Line{slices.Clone(base), slices.Clone(current)}
		b, err := def.Bridge(budgetAgainstActual(), base, current)
		if err != nil {
			t.Fatal(err)
		}
		addsUp(t, b)
		if !reflect.DeepEqual(kept, [2][]bridge.Line{base, current}) {
			t.Errorf("the lines were changed")
		}
		shuffle := func(lines []bridge.Line) []bridge.Line {
			return rapid.Permutation(lines).Draw(t, "order")
		}
		again, _ := def.Bridge(budgetAgainstActual(), shuffle(base), shuffle(current))
		if !reflect.DeepEqual(again, b) {
			t.Errorf("another order gives another bridge:\n%+v\n%+v", again, b)
		}
		grams, _ := def.Bridge(budgetAgainstActual(), scaled(base, 1000, 1), scaled(current, 1000, 1))
		cents, _ := def.Bridge(budgetAgainstActual(), scaled(base, 1, 100), scaled(current, 1, 100))
		for i, p := range b.Parts {
			if grams.Parts[i].Amount != p.Amount {
				t.Errorf("in thousandths of the unit of measure %s has %s, not %s", p.ID, grams.Parts[i].Amount, p.Amount)
			}
			if want := p.Amount.Mul(kpi.Int(100)); cents.Parts[i].Amount != want {
				t.Errorf("in cents %s has %s, want %s", p.ID, cents.Parts[i].Amount, want)
			}
		}
		levels := kpi.Int(0)
		for _, l := range b.Levels {
			levels = levels.Add(l.Mix)
		}
		if mix, _ := b.Part(bridge.Mix); mix.Amount.Defined() && levels.Defined() && levels != mix.Amount {
			t.Errorf("levels add up to %s, mix %s", levels, mix.Amount)
		}
		text, err := json.Marshal(b)
		var back bridge.Bridge
		if err != nil || check.Decode("test", text, &back) != nil || !reflect.DeepEqual(back, b) {
			t.Errorf("%s came back as\n%+v\nnot\n%+v, %v", text, back, b, err)
		}
	})
}

func scaled(lines []bridge.Line, quantity, amount int64) []bridge.Line {
	all := slices.Clone(lines)
	for i := range all {
		l := &all[i]
		l.Quantity = l.Quantity.Mul(kpi.Int(quantity))
		l.Amount, l.Cost, l.ConstantAmount = l.Amount.Mul(kpi.Int(amount)), l.Cost.Mul(kpi.Int(amount)), l.ConstantAmount.Mul(kpi.Int(amount))
	}
	return all
}

// slowMix is the textbook: Q₁ × (s₁ − s₀) × (p₀ − P₀) of every product in
// math/big, for lines of one unit of measure.
func slowMix(base, current []bridge.Line) map[string]*big.Rat {
	rat := func(v kpi.Value) *big.Rat {
		r, _ := new(big.Rat).SetString(v.Exact())
		return r
	}
	q, a := [2]*big.Rat{new(big.Rat), new(big.Rat)}, new(big.Rat)
	now := map[string]*big.Rat{}
	for _, l := range current {
		now[l.Key[0]] = rat(l.Quantity)
	}
	for _, l := range base {
		if now[l.Key[0]] != nil {
			q[0].Add(q[0], rat(l.Quantity))
			q[1].Add(q[1], now[l.Key[0]])
			a.Add(a, rat(l.Amount))
		}
	}
	mixes := map[string]*big.Rat{}
	for _, l := range base {
		quantity := now[l.Key[0]]
		if quantity == nil {
			continue
		}
		share := new(big.Rat).Sub(new(big.Rat).Quo(quantity, q[1]), new(big.Rat).Quo(rat(l.Quantity), q[0]))
		price := new(big.Rat).Sub(new(big.Rat).Quo(rat(l.Amount), rat(l.Quantity)), new(big.Rat).Quo(a, q[0]))
		mixes[l.Key[0]] = share.Mul(share, q[1]).Mul(share, price)
	}
	return mixes
}

func drawFlat(t *rapid.T, side string) []bridge.Line {
	var lines []bridge.Line
	for product := range 8 {
		if rapid.IntRange(0, 4).Draw(t, side+" sold") > 0 {
			lines = append(lines, bridge.Line{Key: []string{fmt.Sprint(product)},
				Quantity: kpi.Int(rapid.Int64Range(1, 500).Draw(t, "quantity")), Amount: kpi.Minor(rapid.Int64Range(1, 900_000).Draw(t, "amount"), 2)})
		}
	}
	return lines
}

func TestMixIsTheTextbookFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, current := drawFlat(t, "base"), drawFlat(t, "current")
		b, err := flat().Bridge(budgetAgainstActual(), base, current)
		if err != nil {
			t.Fatal(err)
		}
		if !b.Gap.Defined() {
			return
		}
		for key, want := range slowMix(base, current) {
			n := b.Nodes[slices.IndexFunc(b.Nodes, func(n bridge.Node) bool { return n.Key == key })]
			if got, _ := new(big.Rat).SetString(n.Amounts[1].Exact()); got.Cmp(want) != 0 {
				t.Errorf("%s: mix %s, want %s", key, got, want)
			}
		}
	})
}

// Above a thousand products parts are rounded, each to its nearest
// hundred-millionth, and still add up on every level.
func TestManyProducts(t *testing.T) {
	base, current := sales(1, 60, 500), sales(2, 60, 500)
	def := bridge.PriceVolumeMix{Levels: []string{"product", "region"}}
	b, err := def.Bridge(bridge.Question{Metric: "revenue", Unit: kpi.Money("EUR", 2), Base: bridge.Side{Name: "a"}, Current: bridge.Side{Name: "b"}}, base, current)
	if err != nil || !slices.Contains(codes(b), "rounded") {
		t.Fatal(codes(b), err)
	}
	addsUp(t, b)
	levels := kpi.Int(0)
	for _, l := range b.Levels {
		levels = levels.Add(l.Mix)
	}
	if mix, _ := b.Part(bridge.Mix); levels != mix.Amount {
		t.Errorf("levels add up to %s, mix %s", levels, mix.Amount)
	}
	join := func(lines []bridge.Line) []bridge.Line {
		all := slices.Clone(lines)
		for i := range all {
			all[i].Key = []string{all[i].Key[0] + "/" + all[i].Key[1]}
		}
		return all
	}
	slow, near := slowMix(join(base), join(current)), new(big.Rat).SetFrac64(1, 100_000_000)
	checked := 0
	for _, product := range b.Nodes {
		for _, region := range product.Nodes {
			want := slow[product.Key+"/"+region.Key]
			if want == nil {
				continue
			}
			checked++
			got, _ := new(big.Rat).SetString(region.Amounts[1].Exact())
			if off := new(big.Rat).Sub(got, want); off.Abs(off).Cmp(near) > 0 {
				t.Errorf("%s in %s: mix %s is %s off", product.Key, region.Key, region.Amounts[1], off.FloatString(12))
			}
		}
	}
	if checked < 1000 {
		t.Errorf("only %d products checked", checked)
	}
}

// Numbers beyond 64 bits go the slow way and come out the same.
func TestManyLargeProducts(t *testing.T) {
	wide := kpi.MustParse("100000000000000000000")
	base, current := sales(1, 60, 500), sales(2, 60, 500)
	def := bridge.PriceVolumeMix{Levels: []string{"product", "region"}}
	small, _ := def.Bridge(budgetAgainstActual(), base, current)
	for _, lines := range [][]bridge.Line{base, current} {
		for i := range lines {
			lines[i].Quantity = lines[i].Quantity.Mul(wide)
		}
	}
	large, err := def.Bridge(budgetAgainstActual(), base, current)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "quantities in other units", parts(large), parts(small))
	addsUp(t, large)
}

// The time that one item takes does not grow with their number: what is
// allocated for it does not.
func TestAllocationsAreLinear(t *testing.T) {
	def := bridge.PriceVolumeMix{Levels: []string{"product", "region"}}
	perItem := func(products int) float64 {
		base, current := sales(1, products, 5000), sales(2, products, 5000)
		return testing.AllocsPerRun(1, func() {
			if _, err := def.Bridge(budgetAgainstActual(), base, current); err != nil {
				t.Fatal(err)
			}
		}) / float64(20*products)
	}
	few, many := perItem(100), perItem(1000)
	if many > 1.2*few+0.1 {
		t.Errorf("%.2f allocations an item for 2,000, %.2f for 20,000", few, many)
	}
}

func TestShuffledSalesGiveTheSameBytes(t *testing.T) {
	def := bridge.PriceVolumeMix{Levels: []string{"product", "region"}}
	base, current := sales(1, 60, 500), sales(2, 60, 500)
	first, _ := def.Bridge(budgetAgainstActual(), base, current)
	rand.New(rand.NewPCG(5, 5)).Shuffle(len(base), func(i, j int) { base[i], base[j] = base[j], base[i] })
	second, _ := def.Bridge(budgetAgainstActual(), base, current)
	one, _ := json.Marshal(first)
	if other, _ := json.Marshal(second); string(one) != string(other) {
		t.Error("another order gives other bytes")
	}
}

func TestManyMargins(t *testing.T) {
	base, current := sales(1, 60, 500), sales(2, 60, 500)
	for _, lines := range [][]bridge.Line{base, current} {
		for i := range lines {
			lines[i].Cost = lines[i].Amount.Mul(kpi.Frac(int64(i%7), 10))
		}
	}
	def := bridge.PriceVolumeMix{Levels: []string{"product", "region"}, Basis: bridge.Margins}
	b, err := def.Bridge(budgetAgainstActual(), base, current)
	if err != nil || !slices.Contains(codes(b), "rounded") {
		t.Fatal(codes(b), err)
	}
	addsUp(t, b)
}
