package apportion

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
	"slices"
)

// hamilton fills parts with the split of total by weights, whose sum is
// above zero. While the largest remainders are looked for, parts holds the
// remainders, so that nothing else is allocated: each division is done
// twice, which is cheaper than a slice.
func hamilton(parts []int64, total int64, weights []int64, sum uint64) {
	size := uint64(total)
	if total < 0 {
		size = -size
	}
	left := size
	for i, w := range weights {
		whole, rest := share(size, w, sum)
		left -= whole
		parts[i] = int64(rest)
	}
	last, ties := cutoff(parts, int(left))
	for i, w := range weights {
		whole, rest := share(size, w, sum)
		switch {
		case rest > last:
			whole++
		case rest == last && ties > 0:
			whole++
			ties--
		}
		if total < 0 {
			whole = -whole
		}
		parts[i] = int64(whole)
	}
}

// share divides size × weight by sum. The product has up to 128 bits; the
// quotient fits because no weight is above the sum.
func share(size uint64, weight int64, sum uint64) (whole, rest uint64) {
	high, low := bits.Mul64(size, uint64(weight))
	return bits.Div64(high, low, sum)
}

// cutoff tells who receives the units left over: every remainder above
// last, and the first ties of those equal to it. The remainders, which are
// uint64 in the bits of int64, are reordered.
//
// It is a radix selection from the highest bit in which they differ: linear
// whatever the order, and one round where all are equal. The last remainder
// that receives is never zero, for the units left are the sum of the
// remainders divided by something greater than each: more of them are above
// zero than there are units.
func cutoff(rests []int64, left int) (last uint64, ties int) {
	if left == 0 {
		return math.MaxUint64, 0
	}
	for {
		common, any := uint64(math.MaxUint64), uint64(0)
		for _, r := range rests {
			common &= uint64(r)
			any |= uint64(r)
		}
		if common == any {
			return any, left
		}
		high := partition(rests, uint64(1)<<(bits.Len64(common^any)-1))
		if left <= high {
			rests = rests[:high]
		} else {
			rests = rests[high:]
			left -= high
		}
	}
}

// partition moves the numbers that have the bit to the front and counts
// them.
func partition(numbers []int64, bit uint64) (count int) {
	for i, n := range numbers {
		if uint64(n)&bit != 0 {
			numbers[i], numbers[count] = numbers[count], n
			count++
		}
	}
	return count
}

// hamiltonBig is hamilton without limits. The weights are not below zero
// and not all zero.
func hamiltonBig(total *big.Int, weights []*big.Int) []*big.Int {
	size, sum := new(big.Int).Abs(total), new(big.Int)
	for _, w := range weights {
		sum.Add(sum, w)
	}
	parts, rests := make([]*big.Int, len(weights)), make([]*big.Int, len(weights))
	left := new(big.Int).Set(size)
	for i, w := range weights {
		product := new(big.Int).Mul(size, w)
		parts[i], rests[i] = product.QuoRem(product, sum, new(big.Int))
		left.Sub(left, parts[i])
	}
	one := big.NewInt(1)
	for _, i := range descending(rests)[:left.Int64()] {
		parts[i].Add(parts[i], one)
	}
	if total.Sign() < 0 {
		for _, part := range parts {
			part.Neg(part)
		}
	}
	return parts
}

// descending gives positions from the largest number to the smallest, and
// equal ones in their order.
func descending(numbers []*big.Int) []int {
	order := make([]int, len(numbers))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(numbers[j].Cmp(numbers[i]), cmp.Compare(i, j))
	})
	return order
}
