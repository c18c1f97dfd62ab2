package apportion

import (
	"math/big"
	"slices"
)

// claims are the parts that receive by weight, in whole steps. No weight is
// zero. Each part is from low to high, the lows add up to no more than total
// and the highs to no less.
type claims struct {
	total      *big.Int
	weights    []*big.Int
	lows       []*big.Int
	highs      []*big.Int
	isNegative bool // the total was below zero before its sign was turned
	isLimited  bool // there is a floor or a cap
}

// divide gives the parts. First comes the level at which shares, kept
// between their limits, add up to the total; parts that stand on a limit
// there get it, and the rest is divided among the others by the method.
// Their shares lie strictly between whole limits, so no method that gives
// the floor of a share or one unit more can break a limit.
func (c claims) divide(method Method) []*big.Int {
	if !c.isLimited {
		return c.round(method)
	}
	parts, inside := c.settled()
	free := c.only(inside, parts)
	if len(inside) > 0 {
		for k, part := range free.round(method) {
			parts[inside[k]] = part
		}
	}
	return parts
}

// only gives the claims at some positions, over what the others leave.
func (c claims) only(inside []int, parts []*big.Int) claims {
	free := claims{total: new(big.Int).Set(c.total), isNegative: c.isNegative}
	for _, part := range parts {
		if part != nil {
			free.total.Sub(free.total, part)
		}
	}
	for _, i := range inside {
		free.weights = append(free.weights, c.weights[i])
		free.lows = append(free.lows, c.lows[i])
		free.highs = append(free.highs, c.highs[i])
	}
	return free
}

// settled gives the parts that stand on a limit, and the positions of the
// others.
func (c claims) settled() (parts []*big.Int, inside []int) {
	num, den := c.waterLevel()
	parts = make([]*big.Int, len(c.weights))
	share, limit := new(big.Int), new(big.Int)
	for i, w := range c.weights {
		share.Mul(num, w)
		switch {
		case share.Cmp(limit.Mul(c.lows[i], den)) <= 0:
			parts[i] = new(big.Int).Set(c.lows[i])
		case share.Cmp(limit.Mul(c.highs[i], den)) >= 0:
			parts[i] = new(big.Int).Set(c.highs[i])
		default:
			inside = append(inside, i)
		}
	}
	return parts, inside
}

// bend is where a part leaves its low or reaches its high, as the level
// rises: the level amount / weight.
type bend struct {
	amount, weight *big.Int
	leaves         bool
}

// waterLevel gives the level num / den at which the shares level × weight,
// kept between low and high, add up to the total. Between two bends the sum
// rises in a line.
func (c claims) waterLevel() (num, den *big.Int) {
	fixed, moving := new(big.Int), new(big.Int) // sum = fixed + level × moving
	bends := make([]bend, 0, 2*len(c.weights))
	for i, w := range c.weights {
		fixed.Add(fixed, c.lows[i])
		bends = append(bends, bend{c.lows[i], w, true}, bend{c.highs[i], w, false})
	}
	left, right := new(big.Int), new(big.Int)
	slices.SortFunc(bends, func(a, b bend) int {
		return left.Mul(a.amount, b.weight).Cmp(right.Mul(b.amount, a.weight))
	})
	for _, b := range bends {
		left.Mul(right.Sub(c.total, fixed), b.weight)
		if right.Mul(b.amount, moving).Cmp(left) >= 0 {
			if moving.Sign() == 0 {
				return b.amount, b.weight
			}
			break
		}
		if b.leaves {
			moving.Add(moving, b.weight)
			fixed.Sub(fixed, b.amount)
		} else {
			moving.Sub(moving, b.weight)
			fixed.Add(fixed, b.amount)
		}
	}
	return left.Sub(c.total, fixed), moving
}

// round gives the parts by the method, without regard to limits but for
// carry_from_last, which alone could pass one.
func (c claims) round(method Method) []*big.Int {
	if method == CarryFromLast {
		return c.carry()
	}
	sum, left := total(c.weights), new(big.Int).Set(c.total)
	parts, rests := make([]*big.Int, len(c.weights)), make([]*big.Int, len(c.weights))
	for i, w := range c.weights {
		product := new(big.Int).Mul(c.total, w)
		parts[i], rests[i] = product.QuoRem(product, sum, new(big.Int))
		left.Sub(left, parts[i])
	}
	if method == FloorSeparate {
		return parts
	}
	one := big.NewInt(1)
	for _, i := range c.order(method, rests)[:left.Int64()] {
		parts[i].Add(parts[i], one)
	}
	return parts
}

// order gives the positions in the order in which they receive.
func (c claims) order(method Method, rests []*big.Int) []int {
	order := make([]int, len(rests))
	for i := range order {
		order[i] = i
	}
	switch {
	case method == FloorToFirst:
		return order
	case method == LargestRatio:
		rests = c.weights
	case method == LargestRemainderFloorNegative && c.isNegative:
		slices.Reverse(order)
	}
	slices.SortStableFunc(order, func(i, j int) int { return rests[j].Cmp(rests[i]) })
	return order
}

// carry goes from the last part to the first. A part takes no less than
// what the earlier ones cannot take, and no more than they can spare.
func (c claims) carry() []*big.Int {
	parts := make([]*big.Int, len(c.weights))
	remains, weight := new(big.Int).Set(c.total), total(c.weights)
	lows, highs := total(c.lows), total(c.highs)
	bound := new(big.Int)
	for i := len(parts) - 1; i >= 0; i-- {
		lows.Sub(lows, c.lows[i])
		highs.Sub(highs, c.highs[i])
		part := new(big.Int).Mul(remains, c.weights[i])
		part.Quo(part, weight)
		part = least(part, c.highs[i], bound.Sub(remains, lows))
		part = most(part, c.lows[i], bound.Sub(remains, highs))
		parts[i] = part
		remains.Sub(remains, part)
		weight.Sub(weight, c.weights[i])
	}
	return parts
}

func total(numbers []*big.Int) *big.Int {
	sum := new(big.Int)
	for _, n := range numbers {
		sum.Add(sum, n)
	}
	return sum
}

// least and most give a copy of one of the numbers.
func least(numbers ...*big.Int) *big.Int {
	return new(big.Int).Set(slices.MinFunc(numbers, (*big.Int).Cmp))
}

func most(numbers ...*big.Int) *big.Int {
	return new(big.Int).Set(slices.MaxFunc(numbers, (*big.Int).Cmp))
}
