package apportion

import (
	"maps"
	"math/big"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// Validate checks what needs no parts: method, scale, step, and each limit
// by itself.
func (s Split) Validate() error {
	problems := check.List{Op: "apportion.Split"}
	checkScale(&problems, s.Scale)
	s.check(&problems, nil)
	return problems.Err()
}

// check reports the problems of a Split but for its scale. Where there are
// keys, every limit must have one of them.
func (s Split) check(problems *check.List, keys []string) {
	if int(s.Method) >= len(methodWords()) {
		problems.Add(check.ErrUnknown, "method", "unknown_method", uint8(s.Method))
	}
	if s.Step.Sign() < 0 {
		problems.Add(check.ErrRange, "step", "negative_step", text(s.Step))
	}
	s.checkAmount(problems, s.Step, "step")
	known := make(map[string]bool, len(keys))
	for _, key := range keys {
		known[key] = true
	}
	for _, field := range []struct {
		name   string
		limits map[string]decimal.Decimal
	}{{"floors", s.Floors}, {"caps", s.Caps}, {"locked", s.Locked}} {
		for _, key := range sortedKeys(field.limits) {
			path := check.At(field.name, key)
			if keys != nil && !known[key] {
				problems.Add(check.ErrUnknown, path, "unknown_key", key)
			}
			s.checkAmount(problems, field.limits[key], path)
		}
	}
	s.checkOrder(problems)
}

// checkOrder reports limits of one part that exclude each other. Numbers
// beyond the limits, which are reported, are not computed with.
func (s Split) checkOrder(problems *check.List) {
	for _, c := range []struct {
		name, code string
		low, high  map[string]decimal.Decimal
	}{
		{"floors", "floor_above_cap", s.Floors, s.Caps},
		{"locked", "lock_below_floor", s.Floors, s.Locked},
		{"locked", "lock_above_cap", s.Locked, s.Caps},
	} {
		for _, key := range sortedKeys(c.low) {
			high, found := c.high[key]
			low := c.low[key]
			if found && within(low, MaxScale) && within(high, MaxScale) && low.Cmp(high) > 0 {
				value := low
				if c.code == "lock_below_floor" {
					value = high
				}
				problems.Add(check.ErrInfeasible, check.At(c.name, key), c.code, text(value),
					"part", key, "by", text(low.Sub(high)))
			}
		}
	}
}

// checkAmount reports an amount beyond the limits or that is no whole
// number of units. Of a scale beyond the limits, which is reported, nothing is
// a multiple.
func (s Split) checkAmount(problems *check.List, d decimal.Decimal, path string) {
	switch fits := -MaxScale <= s.Scale && s.Scale <= MaxScale; {
	case !within(d, MaxScale):
		addTooLarge(problems, path, d, MaxScale)
	case fits && !isWhole(d, s.Scale):
		addNoMultiple(problems, path, d, s.Scale)
	}
}

// checkTree refuses a tree where rests are left apart, for a part could not
// say what it and not its children has.
func (s Split) checkTree(problems *check.List, nodes []Node) {
	for i, n := range nodes {
		if s.Method == FloorSeparate && len(n.Children) > 0 {
			problems.Add(check.ErrInvalid, check.At("children", i, "children"), "rest_in_tree", nil)
		}
	}
}

func checkFractions(problems *check.List, keys []string, weights map[string]*big.Rat) {
	isZero := func(key string) bool { return weights[key] != nil && weights[key].Sign() == 0 }
	if !slices.ContainsFunc(keys, func(key string) bool { return !isZero(key) }) {
		addNobody(problems, "weights", len(keys))
	}
	for _, key := range keys {
		path := check.At("weights", key)
		switch w := weights[key]; {
		case w == nil:
			problems.Add(check.ErrMissing, path, "missing_weight", nil)
		case w.Sign() < 0:
			problems.Add(check.ErrRange, path, codeNegative, w.RatString())
		}
		if key == "" {
			problems.Add(check.ErrMissing, path, "missing_key", nil)
		}
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// keysOf is never nil, so that without parts every limit is unknown.
func keysOf(nodes []Node) []string {
	keys := make([]string, len(nodes))
	for i, n := range nodes {
		keys[i] = n.Key
	}
	return keys
}
