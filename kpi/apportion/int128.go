package apportion

import (
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"
)

// int128 is a whole number of up to 127 bits and its sign, in two's
// complement. Tables compute with it, because sums and differences of
// remainders of totals near 10^36 fit and need no memory of their own.
type int128 struct {
	hi int64
	lo uint64
}

func from64(n int64) int128 { return int128{n >> 63, uint64(n)} }

// from128 is int128 of what is not below zero and has at most 127 bits.
func from128(n *big.Int) int128 {
	high := new(big.Int).Rsh(n, 64).Uint64()
	low := new(big.Int).And(n, new(big.Int).SetUint64(1<<64-1)).Uint64()
	return int128{int64(high), low}
}

func (a int128) add(b int128) int128 {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	return int128{a.hi + b.hi + int64(carry), lo}
}

func (a int128) sub(b int128) int128 {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	return int128{a.hi - b.hi - int64(borrow), lo}
}

func (a int128) less(b int128) bool {
	return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo
}

func (a int128) big() *big.Int {
	n := new(big.Int).Lsh(big.NewInt(a.hi), 64)
	return n.Add(n, new(big.Int).SetUint64(a.lo))
}

// fits64 tells whether the number is an int64.
func (a int128) fits64() bool { return a.hi == int64(a.lo)>>63 }

// amount gives the number in units of 10^-scale.
func (a int128) amount(scale int) decimal.Decimal {
	if a.fits64() {
		return decimal.New(int64(a.lo), int32(-scale))
	}
	return decimal.NewFromBigInt(a.big(), int32(-scale))
}

// mulDiv divides a × b by c. None is below zero, and neither a nor b is above
// c, so that the quotient is not either.
func mulDiv(a, b, c int128) (quotient, rest int128) {
	if c.hi == 0 && b.hi == 0 {
		high, low := bits.Mul64(a.lo, b.lo)
		whole, left := bits.Div64(high, low, c.lo)
		return int128{0, whole}, int128{0, left}
	}
	product := new(big.Int).Mul(a.big(), b.big())
	product, left := product.QuoRem(product, c.big(), new(big.Int))
	return from128(product), from128(left)
}
