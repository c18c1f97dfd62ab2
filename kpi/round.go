package kpi

import (
	"math"
	"math/big"
	"math/bits"

	"github.com/saleskpi/saleskpi/internal/enum"
)

// Rounding names what happens to the digits that do not fit. The zero
// Rounding is HalfEven.
type Rounding uint8

const (
	HalfEven Rounding = iota // nearest, ties to the even digit
	HalfUp                   // nearest, ties away from zero
	Down                     // towards zero
	Up                       // away from zero
	Floor                    // towards −∞
	Ceiling                  // towards +∞
)

func roundingWords() []string {
	return []string{"half_even", "half_up", "down", "up", "floor", "ceiling"}
}

// String gives the word of the mode, such as half_even.
func (m Rounding) String() string { return enum.String(roundingWords(), m) }

// MarshalText gives the word; a mode outside the constants is an error.
func (m Rounding) MarshalText() ([]byte, error) {
	return enum.Marshal("kpi.Rounding", roundingWords(), m)
}

// UnmarshalText reads the word.
func (m *Rounding) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kpi.Rounding", roundingWords(), text, m)
}

// away reports whether a truncated quotient moves one step away from zero:
// half compares the remainder with half the divisor, odd says whether the
// truncated quotient is odd.
func (m Rounding) away(negative bool, half int, odd bool) bool {
	switch m {
	case HalfUp:
		return half >= 0
	case Down:
		return false
	case Up:
		return true
	case Floor:
		return negative
	case Ceiling:
		return !negative
	default:
		return half > 0 || half == 0 && odd
	}
}

// roundSmall gives num/den × 10^scale rounded, for 0 ≤ scale ≤ 18 and
// den > 0; ok is false where it does not fit 64 bits.
func roundSmall(num, den int64, scale int, mode Rounding) (n int64, ok bool) {
	if scale < 0 || scale > 18 {
		return 0, false
	}
	hi, lo := bits.Mul64(abs(num), uint64(pow10(scale)))
	if hi >= uint64(den) {
		return 0, false
	}
	q, r := bits.Div64(hi, lo, uint64(den))
	if q >= math.MaxInt64 {
		return 0, false // leaves room for the step away from zero
	}
	if r != 0 && mode.away(num < 0, compareHalf(r, uint64(den)), q&1 == 1) {
		q++
	}
	if num < 0 {
		return -int64(q), true
	}
	return int64(q), true
}

// compareHalf compares r with half of den, for r < den.
func compareHalf(r, den uint64) int {
	switch rest := den - r; {
	case r < rest:
		return -1
	case r > rest:
		return 1
	}
	return 0
}

// roundBig is roundSmall for any size and scale.
func roundBig(r *big.Rat, scale int, mode Rounding) *big.Int {
	num, den := new(big.Int).Set(r.Num()), new(big.Int).Set(r.Denom())
	if scale >= 0 {
		num.Mul(num, bigPow10(scale))
	} else {
		den.Mul(den, bigPow10(-scale))
	}
	q, rest := new(big.Int).QuoRem(num, den, new(big.Int))
	if rest.Sign() == 0 {
		return q
	}
	half := rest.Abs(rest).Lsh(rest, 1).CmpAbs(den)
	if !mode.away(num.Sign() < 0, half, q.Bit(0) == 1) {
		return q
	}
	return q.Add(q, big.NewInt(int64(num.Sign())))
}

func abs(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// pow10 gives 10^n for 0 ≤ n ≤ 18.
func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

func bigPow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
