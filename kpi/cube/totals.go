package cube

import (
	"math/big"

	"github.com/saleskpi/saleskpi/kpi"
)

// extra is what of a total does not fit its word. It costs nothing as long
// as it is not there: over counts the times that the word went beyond 64
// bits, wide holds amounts with more places than the unit, or more digits
// than 64 bits, at the finest scale, and parts what shares of records leave
// below one unit. So a total is exactly
//
//	(word + millionths + over × 2^64 + parts) × 10^−scale + (wide + finer parts) × 10^−18 + rest
//
// where rest comes out of a stored cube alone.
type extra struct {
	over  int64
	wide  *big.Int
	parts []part
	rest  *big.Rat
}

// part is num/den of a unit of the total's scale, or of the finest; below
// one.
type part struct {
	num, den int64
	finest   bool
}

func (c *cells) extra(at int) *extra {
	x := c.extras[at]
	if x == nil {
		x = &extra{}
		c.extras[at] = x
	}
	return x
}

// add adds an amount to the total at a word.
func (c *cells) add(at int, a amount) {
	if a.wide == nil {
		c.addSmall(at, a.small)
	} else {
		c.addWide(at, a.wide)
	}
}

func (c *cells) addSmall(at int, n int64) {
	before := c.words[at]
	after := before + n
	c.words[at] = after
	if (before^after)&(n^after) < 0 {
		c.carry(at, after)
	}
}

// carry notes that a word went beyond 64 bits: what is negative now went
// above, what is not went below.
func (c *cells) carry(at int, after int64) {
	if after < 0 {
		c.extra(at).over++
	} else {
		c.extra(at).over--
	}
}

func (c *cells) addWide(at int, n *big.Int) {
	x := c.extra(at)
	if x.wide == nil {
		x.wide = new(big.Int)
	}
	x.wide.Add(x.wide, n)
}

// millionths is what the word behind a total of shares counts: the parts of
// most shares that people agree on.
const millionths = 1_000_000

// addShare adds num/den of an amount to a total of shares.
func (c *cells) addShare(at int, a amount, num, den int64) {
	switch {
	case num == den:
		c.add(at, a)
	case a.wide != nil:
		rest := new(big.Int)
		whole := new(big.Int).Mul(a.wide, big.NewInt(num))
		whole.DivMod(whole, big.NewInt(den), rest)
		c.addWide(at, whole)
		c.addPart(at, part{rest.Int64(), den, true})
	default:
		whole, rest := portion(a.small, num, den)
		c.addSmall(at, whole)
		if millionths%den == 0 {
			c.addMillionths(at, rest*(millionths/den))
		} else {
			c.addPart(at, part{rest, den, false})
		}
	}
}

// addMillionths adds less than one to a total of shares.
func (c *cells) addMillionths(at int, n int64) {
	n += c.words[at+1]
	if n >= millionths {
		n -= millionths
		c.addSmall(at, 1)
	}
	c.words[at+1] = n
}

// addPart adds a part; what it fills up to one goes to the word.
func (c *cells) addPart(at int, p part) {
	if p.num == 0 {
		return
	}
	x := c.extra(at)
	for i := range x.parts {
		q := &x.parts[i]
		if q.den != p.den || q.finest != p.finest {
			continue
		}
		q.num += p.num
		if q.num >= q.den {
			q.num -= q.den
			c.addOne(at, q.finest)
		}
		return
	}
	x.parts = append(x.parts, p)
}

func (c *cells) addOne(at int, finest bool) {
	if finest {
		c.addWide(at, big.NewInt(1))
	} else {
		c.addSmall(at, 1)
	}
}

// absorbTotal adds the total that o holds at a word of its own.
func (c *cells) absorbTotal(at int, o *cells, of int) {
	c.addSmall(at, o.words[of])
	from := o.extras[of]
	if from == nil {
		return
	}
	c.extra(at).over += from.over
	if from.wide != nil {
		c.addWide(at, from.wide)
	}
	for _, p := range from.parts {
		c.addPart(at, p)
	}
	if from.rest != nil {
		c.addRest(at, from.rest)
	}
}

func (c *cells) addRest(at int, n *big.Rat) {
	x := c.extra(at)
	if x.rest == nil {
		x.rest = new(big.Rat)
	}
	x.rest.Add(x.rest, n)
}

// addValue adds a number that need not be whole at the scale.
func (c *cells) addValue(at int, v kpi.Value, scale int) {
	if n, fits := v.Minor(scale, kpi.Down); fits && kpi.Minor(n, scale) == v {
		c.addSmall(at, n)
		return
	}
	c.addRest(at, toRat(v))
}

// setRat makes a number the total at a word.
func (c *cells) setRat(at int, n *big.Rat, scale int) {
	if small, fits := whole(n, scale); fits && small.IsInt64() {
		c.words[at] = small.Int64()
	} else if wide, fits := whole(n, kpi.MaxScale); fits {
		c.words[at] = 0
		c.extra(at).wide = wide
	} else {
		c.words[at] = 0
		c.extra(at).rest = n
	}
}

// whole gives a number as whole units of a scale.
func whole(n *big.Rat, scale int) (units *big.Int, fits bool) {
	units, rest := new(big.Int).QuoRem(new(big.Int).Mul(n.Num(), pow10(scale)), n.Denom(), new(big.Int))
	return units, rest.Sign() == 0
}

// rat gives a total or amount, whose word is at, in lowest terms.
func (c *cells) rat(col column, at, nth int) *big.Rat {
	scale := col.scaleOf(nth)
	total := new(big.Rat).SetInt64(c.words[at])
	if col.parted() {
		total.Add(total, big.NewRat(c.words[at+1], millionths))
	}
	x := c.extras[at]
	if x == nil {
		return total.Mul(total, unitOf(scale))
	}
	over := big.NewInt(x.over)
	total.Add(total, new(big.Rat).SetInt(over.Lsh(over, 64)))
	finest := new(big.Rat)
	if x.wide != nil {
		finest.SetInt(x.wide)
	}
	for _, p := range x.parts {
		into := total
		if p.finest {
			into = finest
		}
		into.Add(into, big.NewRat(p.num, p.den))
	}
	total.Mul(total, unitOf(scale))
	total.Add(total, finest.Mul(finest, unitOf(kpi.MaxScale)))
	if x.rest != nil {
		total.Add(total, x.rest)
	}
	return total
}

// unitOf gives 10^−scale.
func unitOf(scale int) *big.Rat { return new(big.Rat).SetFrac(big.NewInt(1), pow10(scale)) }

// toRat gives a defined number.
func toRat(v kpi.Value) *big.Rat {
	r, _ := new(big.Rat).SetString(v.Exact())
	return r
}

func fromRat(r *big.Rat) kpi.Value {
	return kpi.FromBig(r.Num(), 0).Div(kpi.FromBig(r.Denom(), 0))
}

// size gives about how many bytes it takes.
func (x *extra) size() int64 {
	size := int64(96 + 24*cap(x.parts))
	if x.wide != nil {
		size += int64(x.wide.BitLen() / 8)
	}
	if x.rest != nil {
		size += int64((x.rest.Num().BitLen() + x.rest.Denom().BitLen()) / 8)
	}
	return size
}
