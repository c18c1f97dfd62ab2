package apportion_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// splitCase is a Split in whole numbers, small enough for ties, limits that
// bind and limits that cannot be met to be common.
type splitCase struct {
	method               apportion.Method
	total, step          int64
	weights              []int64
	floors, caps, locked amounts
}

func drawSplit(t *rapid.T) splitCase {
	c := splitCase{
		method: apportion.Method(rapid.IntRange(0, int(apportion.FloorSeparate)).Draw(t, "method")),
		total:  rapid.Int64Range(-60, 60).Draw(t, "total"),
		step:   rapid.SampledFrom([]int64{1, 1, 1, 2, 5, 7}).Draw(t, "step"),
		floors: amounts{}, caps: amounts{}, locked: amounts{},
	}
	c.weights = rapid.SliceOfN(rapid.Int64Range(0, 6), 1, 6).Draw(t, "weights")
	c.weights[rapid.IntRange(0, len(c.weights)-1).Draw(t, "receiver")] |= 1
	sign := int64(1)
	if c.total < 0 {
		sign = -1
	}
	for i := range c.weights {
		key := string(rune('a' + i))
		switch rapid.SampledFrom([]string{"", "", "", "low", "high", "high", "lock"}).Draw(t, "limit") {
		case "low":
			c.set(key, sign, true, rapid.Int64Range(0, 20).Draw(t, "low"))
		case "high":
			c.set(key, sign, false, rapid.Int64Range(0, 25).Draw(t, "high"))
		case "lock":
			c.locked[key] = rapid.Int64Range(-8, 20).Draw(t, "lock")
		}
	}
	return c
}

// set puts a limit on the side that sign means by low and high.
func (c splitCase) set(key string, sign int64, isLow bool, n int64) {
	if isLow == (sign > 0) {
		c.floors[key] = sign * n
	} else {
		c.caps[key] = sign * n
	}
}

func (c splitCase) split() apportion.Split {
	return apportion.Split{Method: c.method, Step: decimal.NewFromInt(c.step),
		Floors: c.floors.decimals(), Caps: c.caps.decimals(), Locked: c.locked.decimals()}
}

func (c splitCase) divide() ([]int64, int64, error) {
	division, err := c.split().Divide(decimal.NewFromInt(c.total), abc(c.weights...))
	parts := make([]int64, len(division.Parts))
	for i, p := range division.Parts {
		parts[i] = p.Amount.IntPart()
	}
	return parts, division.Rest.IntPart(), err
}

// turned is the same case with every sign turned.
func (c splitCase) turned() splitCase {
	opposite := func(a amounts) amounts {
		b := amounts{}
		for key, n := range a {
			b[key] = -n
		}
		return b
	}
	c.total, c.floors, c.caps, c.locked = -c.total, opposite(c.caps), opposite(c.floors), opposite(c.locked)
	return c
}

// splitModel is the meaning of limits word for word, for totals not below
// zero, in fractions: what may be given to each, the level that adds up, and
// the share of each in steps. It answers no where limits cannot be met.
type splitModel struct {
	open      []int
	low, high []int64 // in steps, by place in open
	steps     int64
	rest      int64
	shares    []*big.Rat // in steps, by place in open
}

func (c splitCase) model() (m splitModel, ok bool) {
	left := c.total
	for i, w := range c.weights {
		key := string(rune('a' + i))
		lock, isLocked := c.locked[key]
		left -= lock
		high, isCapped := c.caps[key]
		switch {
		case isLocked:
		case isCapped && high < 0 || w == 0 && c.floors[key] > 0:
			return m, false
		case w > 0:
			m.open = append(m.open, i)
		}
	}
	if left < 0 || left > 0 && (c.total == 0 || len(m.open) == 0) {
		return m, false
	}
	m.steps, m.rest = left/c.step, left%c.step
	if c.method == apportion.FloorSeparate {
		m.rest = 0
	}
	lows, highs := int64(0), int64(0)
	for k, i := range m.open {
		extra := int64(0)
		if k == len(m.open)-1 {
			extra = m.rest
		}
		first, last := int64(-1), int64(-1) // every number of steps is tried
		key := string(rune('a' + i))
		for n := range m.steps + 30 {
			if amount := n*c.step + extra; amount >= c.floors[key] && amount <= capOf(c.caps, key) {
				if last = n; first < 0 {
					first = n
				}
			}
		}
		if first < 0 {
			return m, false
		}
		m.low, m.high = append(m.low, first), append(m.high, min(last, m.steps))
		lows, highs = lows+first, highs+min(last, m.steps)
	}
	if len(m.open) > 0 && (lows > m.steps || highs < m.steps) {
		return m, false
	}
	m.level(c.weights)
	return m, true
}

func capOf(caps amounts, key string) int64 {
	if n, found := caps[key]; found {
		return n
	}
	return 1 << 40
}

// level finds the shares by freezing: all parts that are open share what is
// left; if keeping them within their limits gives too much in sum, those on
// their low stay there, if too little, those on their high, and the others
// share anew.
func (m *splitModel) level(weights []int64) {
	m.shares = make([]*big.Rat, len(m.open))
	for {
		left, sum := big.NewRat(m.steps, 1), new(big.Rat)
		for k, i := range m.open {
			if m.shares[k] != nil {
				left.Sub(left, m.shares[k])
			} else {
				sum.Add(sum, big.NewRat(weights[i], 1))
			}
		}
		if sum.Sign() == 0 {
			return
		}
		excess, kept, at := new(big.Rat), make([]*big.Rat, len(m.open)), make([]int, len(m.open))
		for k, i := range m.open {
			if m.shares[k] == nil {
				share := new(big.Rat).Mul(left, big.NewRat(weights[i], 1))
				share.Quo(share, sum)
				kept[k] = share
				if low := big.NewRat(m.low[k], 1); share.Cmp(low) < 0 {
					kept[k], at[k] = low, -1
				} else if high := big.NewRat(m.high[k], 1); share.Cmp(high) > 0 {
					kept[k], at[k] = high, 1
				}
				excess.Add(excess, kept[k]).Sub(excess, share)
			}
		}
		for k := range m.open {
			if kept[k] != nil && (excess.Sign() == 0 || at[k] == -excess.Sign()) {
				m.shares[k] = kept[k]
			}
		}
	}
}

func TestSplitProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSplit(t)
		parts, apart, err := c.divide()
		mirror := c
		if c.total < 0 {
			mirror = c.turned()
		}
		m, feasible := mirror.model()
		if feasible != (err == nil) {
			t.Fatalf("%+v: %v; can be met: %v", c, err, feasible)
		}
		if err != nil {
			return
		}
		if got := total(parts) + apart; got != c.total || apart != 0 && c.method != apportion.FloorSeparate {
			t.Fatalf("%+v: %v and %d apart add up to %d", c, parts, apart, got)
		}
		for i, part := range parts {
			key := string(rune('a' + i))
			if lock, found := c.locked[key]; found {
				if part != lock {
					t.Fatalf("%+v: %s is locked: %v", c, key, parts)
				}
				continue
			}
			if floor, found := c.floors[key]; found && part < floor || part > capOf(c.caps, key) {
				t.Fatalf("%+v: %s is out of its limits: %v", c, key, parts)
			}
			if c.weights[i] == 0 && part != 0 || part*c.total < 0 {
				t.Fatalf("%+v: %s has no weight or another sign: %v", c, key, parts)
			}
		}
		c.checkShares(t, m, parts)
	})
}

// checkShares holds the open parts against their exact shares.
func (c splitCase) checkShares(t *rapid.T, m splitModel, parts []int64) {
	inside, sum := []int{}, new(big.Rat)
	steps := make([]int64, len(m.open))
	for k, i := range m.open {
		size := max(parts[i], -parts[i])
		if k == len(m.open)-1 {
			size -= m.rest
		}
		if size%c.step != 0 {
			t.Fatalf("%+v: part %d is no multiple of the step: %v", c, i, parts)
		}
		steps[k] = size / c.step
		off := new(big.Rat).Sub(big.NewRat(steps[k], 1), m.shares[k])
		isOn := m.shares[k].Cmp(big.NewRat(m.low[k], 1)) == 0 || m.shares[k].Cmp(big.NewRat(m.high[k], 1)) == 0
		limited := len(c.floors)+len(c.caps) > 0
		switch {
		case isOn && limited && off.Sign() != 0:
			t.Fatalf("%+v: part %d leaves the limit that its share is on: %v, shares %v", c, i, parts, m.shares)
		case c.method == apportion.CarryFromLast:
		case off.Cmp(big.NewRat(-1, 1)) <= 0 || off.Cmp(big.NewRat(1, 1)) > 0 || c.method == apportion.LargestRemainder && off.Cmp(big.NewRat(1, 1)) == 0:
			t.Fatalf("%+v: part %d is a unit from its share: %v, shares %v", c, i, parts, m.shares)
		}
		if !isOn || !limited {
			inside = append(inside, k)
			sum.Add(sum, m.shares[k])
		}
	}
	if c.method == apportion.LargestRemainder && len(inside) > 0 {
		weights := make([]*big.Int, len(inside))
		for n, k := range inside {
			weights[n] = big.NewInt(c.weights[m.open[k]])
		}
		for n, want := range model(sum.Num(), weights) {
			if steps[inside[n]] != want.Int64() {
				t.Fatalf("%+v: %v; part %d should have %v steps", c, parts, m.open[inside[n]], want)
			}
		}
	}
}

// TestSplitLaws: order of the input, one factor on all weights, all signs
// turned, and a bigger weight never less where the method has it.
func TestSplitLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawSplit(t)
		parts, _, err := c.divide()
		nodes := abc(c.weights...)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)).Shuffle(len(nodes), func(i, j int) { nodes[i], nodes[j] = nodes[j], nodes[i] })
		division, again := c.split().Divide(decimal.NewFromInt(c.total), nodes)
		if (again == nil) != (err == nil) || err == nil && lines(division.Parts) != text(parts) {
			t.Fatalf("%+v: in another order %v, %v", c, lines(division.Parts), again)
		}
		factor := big.NewRat(rapid.Int64Range(1, 1e9).Draw(t, "num"), rapid.Int64Range(1, 1e9).Draw(t, "den"))
		fractions := map[string]*big.Rat{}
		for i, w := range c.weights {
			fractions[string(rune('a'+i))] = new(big.Rat).Mul(factor, big.NewRat(w, 1))
		}
		division, again = c.split().Fractions(decimal.NewFromInt(c.total), fractions)
		if (again == nil) != (err == nil) || err == nil && lines(division.Parts) != text(parts) {
			t.Fatalf("%+v: by weights × %v: %v, %v", c, factor, lines(division.Parts), again)
		}
		if err != nil {
			return
		}
		if c.method != apportion.LargestRemainderFloorNegative && c.total != 0 {
			opposite, _, err := c.turned().divide()
			for i := range opposite {
				opposite[i] = -opposite[i]
			}
			if err != nil || !slices.Equal(opposite, parts) {
				t.Fatalf("%+v: the opposite gives %v, %v; not %v", c, opposite, err, parts)
			}
		}
		if c.method != apportion.FloorToFirst && c.method != apportion.CarryFromLast {
			c.checkMonotone(t, parts)
		}
	})
}

func text(parts []int64) string {
	all := make([]apportion.Part, len(parts))
	for i, n := range parts {
		all[i] = apportion.Part{Key: string(rune('a' + i)), Amount: decimal.NewFromInt(n)}
	}
	return lines(all)
}

// checkMonotone looks at parts without limits; the rest of a step is on top
// of what the last one gets by weight.
func (c splitCase) checkMonotone(t *rapid.T, parts []int64) {
	for i := range parts {
		for j := range parts {
			if c.isFree(i) && c.isFree(j) && c.weights[i] > c.weights[j] &&
				max(parts[i], -parts[i])/c.step < max(parts[j], -parts[j])/c.step {
				t.Fatalf("%+v: weight %d > %d got %d and %d", c, c.weights[i], c.weights[j], parts[i], parts[j])
			}
		}
	}
}

func (c splitCase) isFree(i int) bool {
	key := string(rune('a' + i))
	_, hasFloor := c.floors[key]
	_, hasCap := c.caps[key]
	_, isLocked := c.locked[key]
	return !hasFloor && !hasCap && !isLocked
}

// TestSplitIsNested: without limits and at a step of one unit a Split is
// Nested, at every level.
func TestSplitIsNested(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := drawNodes(t, 3)
		total := decimal.New(rapid.Int64Range(-1e4, 1e4).Draw(t, "total"), -2)
		before := asJSON(t, nodes)
		want, err := apportion.Nested(total, 2, nodes)
		if err != nil {
			t.Fatal(err)
		}
		division, err := apportion.Split{Scale: 2}.Divide(total, nodes)
		if err != nil || !sameParts(division.Parts, want) || len(division.Findings) != 0 {
			t.Fatalf("%v, %v; want %v", lines(division.Parts), err, lines(want))
		}
		idle := map[string]decimal.Decimal{nodes[0].Key: decimal.NewFromInt(-100)}
		division, err = apportion.Split{Scale: 2, Floors: idle}.Divide(total, nodes)
		if err != nil || !sameParts(division.Parts, want) {
			t.Fatalf("with a floor that is idle %v, %v; want %v", lines(division.Parts), err, lines(want))
		}
		if asJSON(t, nodes) != before {
			t.Fatal("the tree was changed")
		}
		split := apportion.Split{Scale: 2, Step: decimal.New(int64(rapid.IntRange(1, 500).Draw(t, "step")), -2)}
		division, err = split.Divide(total, nodes)
		if err != nil || !conserves(division.Parts, total) {
			t.Fatalf("in steps %v, %v", lines(division.Parts), err)
		}
	})
}

// FuzzSplit reads splits from anywhere: what is accepted adds up.
func FuzzSplit(f *testing.F) {
	f.Add(`{"method":"carry_from_last","scale":2,"step":"0.05","floors":{"a":"1"},"caps":{"b":"3.05"},"locked":{"c":-2}}`,
		`[{"key":"a","weight":"1.5"},{"key":"b","weight":2},{"key":"c","weight":0}]`, int64(1001))
	f.Add(`{"caps":{"a":"1e99"}}`, `[{"key":"a","weight":"1"}]`, int64(-1))
	f.Fuzz(func(t *testing.T, text, list string, units int64) {
		var split apportion.Split
		var nodes []apportion.Node
		if split.UnmarshalJSON([]byte(text)) != nil || jsonNodes(list, &nodes) != nil {
			return
		}
		total := decimal.New(units, -2)
		if division, err := split.Divide(total, nodes); err == nil && !conserves(division.Parts, total.Sub(division.Rest)) {
			t.Errorf("%s and %s of %s", lines(division.Parts), division.Rest, total)
		}
	})
}

func jsonNodes(list string, nodes *[]apportion.Node) error {
	return check.Decode("fuzz", []byte(list), nodes)
}
