package apportion

import (
	"math/big"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// level is one list of siblings to be divided, in units of 10^-scale, sorted
// by key. Limits are nil where there is none.
type level struct {
	*run
	parts                []Part
	weights              []*big.Int
	floors, caps, locked []*big.Int
	isNegative           bool
}

// divide gives the amounts, or none where limits cannot be met. For a total
// below zero every sign is turned, and turned back at the end.
func (l *level) divide(total *big.Int) []*big.Int {
	amounts, left := l.locks(total)
	open, fits := l.open(), l.zeroFits()
	switch {
	case left.Sign() != 0 && left.Sign() != total.Sign():
		l.refuse("locked", l.largestLock(), "locks_beyond_total", left)
		return nil
	case len(open) == 0 && left.Sign() != 0:
		l.refuse("locked", l.largestLock(), "locks_short_of_total", left)
		return nil
	case !fits || len(open) > 0 && !l.fill(amounts, open, left.Abs(left)):
		return nil
	}
	return amounts
}

// locks gives the locked amounts, zero elsewhere, and what they leave.
func (l *level) locks(total *big.Int) (amounts []*big.Int, left *big.Int) {
	amounts, left = make([]*big.Int, len(l.parts)), new(big.Int).Set(total)
	for i, lock := range l.locked {
		amounts[i] = new(big.Int)
		if lock != nil {
			amounts[i].Set(lock)
			left.Sub(left, lock)
		}
	}
	return amounts, left
}

// largestLock gives the position of the lock furthest from zero, the first
// of equal ones, or of the first part where nothing is locked.
func (l *level) largestLock() int {
	at := 0
	for i, lock := range l.locked {
		if lock != nil && (l.locked[at] == nil || lock.CmpAbs(l.locked[at]) > 0) {
			at = i
		}
	}
	return at
}

// open gives the positions that divide what is left.
func (l *level) open() []int {
	var open []int
	for i, w := range l.weights {
		if l.locked[i] == nil && w.Sign() > 0 {
			open = append(open, i)
		}
	}
	return open
}

// low and high are the limits of a part with the signs turned; high is nil
// where there is none.
func (l *level) low(i int) *big.Int {
	limit := l.floors[i]
	if l.isNegative {
		limit = l.caps[i]
	}
	switch {
	case limit == nil:
		return new(big.Int)
	case l.isNegative:
		return new(big.Int).Neg(limit)
	}
	return limit
}

func (l *level) high(i int) *big.Int {
	limit := l.caps[i]
	if l.isNegative {
		limit = l.floors[i]
	}
	if limit == nil || !l.isNegative {
		return limit
	}
	return new(big.Int).Neg(limit)
}

// names gives the fields in which low and high stand.
func (l *level) names() (low, high string) {
	if l.isNegative {
		return "caps", "floors"
	}
	return "floors", "caps"
}

// zeroFits reports the limits that exclude what a part can get at all: a
// floor where the weight is zero, a cap on the other side of zero.
func (l *level) zeroFits() bool {
	low, high := l.names()
	fits := true
	for i, w := range l.weights {
		if l.locked[i] != nil {
			continue
		}
		if least := l.low(i); w.Sign() == 0 && least.Sign() > 0 {
			l.refuse(low, i, "limit_without_weight", least)
			fits = false
		}
		if most := l.high(i); most != nil && most.Sign() < 0 {
			l.refuse(high, i, "limit_beyond_zero", most)
			fits = false
		}
	}
	return fits
}

// fill divides a size over the open positions.
func (l *level) fill(amounts []*big.Int, open []int, size *big.Int) bool {
	steps, rest := new(big.Int).QuoRem(size, l.step, new(big.Int))
	last := open[len(open)-1]
	if l.Method == FloorSeparate {
		rest = new(big.Int)
	}
	c, fits := l.claims(open, steps, rest)
	if !fits || !l.sumsFit(c, open) {
		return false
	}
	for k, part := range c.divide(l.Method) {
		amounts[open[k]].Mul(part, l.step)
	}
	amounts[last].Add(amounts[last], rest)
	if rest.Sign() != 0 {
		l.findings = append(l.findings, check.Finding{Code: findRestOfStep, Severity: check.Info,
			Subject: l.parts[last].Key, Args: check.Args("rest", l.text(l.turned(rest)), "step", l.text(l.step))})
	}
	for _, i := range open {
		amounts[i].Set(l.turned(amounts[i]))
	}
	return true
}

// turned gives back the sign of the total.
func (l *level) turned(n *big.Int) *big.Int {
	if l.isNegative {
		return new(big.Int).Neg(n)
	}
	return n
}

// claims gives the open parts and their limits in steps; the last of them
// keeps room for the rest.
func (l *level) claims(open []int, steps, rest *big.Int) (c claims, fits bool) {
	c = claims{total: steps, isNegative: l.isNegative}
	fits = true
	for k, i := range open {
		room := new(big.Int)
		if k == len(open)-1 {
			room = rest
		}
		low, high := l.inSteps(i, room)
		c.isLimited = c.isLimited || l.floors[i] != nil || l.caps[i] != nil
		switch {
		case high == nil:
			high = steps
		case high.Sign() < 0 || low.Cmp(high) > 0:
			l.noMultiple(i, low, room)
			fits = false
		}
		c.weights = append(c.weights, l.weights[i])
		c.lows = append(c.lows, low)
		c.highs = append(c.highs, least(high, steps))
	}
	return c, fits
}

// inSteps brings the limits of a part that also gets room to whole steps:
// the low up, the high down.
func (l *level) inSteps(i int, room *big.Int) (low, high *big.Int) {
	low = most(new(big.Int).Sub(l.low(i), room), new(big.Int))
	low.Add(low, l.step).Sub(low, big.NewInt(1)).Quo(low, l.step)
	if limit := l.high(i); limit != nil {
		high = new(big.Int).Sub(limit, room)
		high.Div(high, l.step) // down, below zero too
	}
	return low, high
}

// noMultiple reports a part whose limits have no multiple of the step, with
// what it must get, between them.
func (l *level) noMultiple(i int, low, room *big.Int) {
	_, name := l.names()
	least := new(big.Int).Mul(low, l.step)
	least.Add(least, room)
	l.refuse(name, i, "no_step_within_limits", least.Sub(least, l.high(i)))
}

// sumsFit reports where the floors together are above the total, or the
// caps below, at the part whose limit is furthest from its share.
func (l *level) sumsFit(c claims, open []int) bool {
	low, high := l.names()
	if over := total(c.lows); over.Cmp(c.total) > 0 {
		at := open[furthest(c, c.lows, 1)]
		l.refuse(low, at, "limits_beyond_total", over.Sub(over, c.total).Mul(over, l.step))
		return false
	}
	if short := total(c.highs); short.Cmp(c.total) < 0 {
		at := open[furthest(c, c.highs, -1)]
		l.refuse(high, at, "limits_short_of_total", short.Sub(c.total, short).Mul(short, l.step))
		return false
	}
	return true
}

// furthest gives the position with the largest sign × (limit − share), the
// first of equal ones.
func furthest(c claims, limits []*big.Int, sign int64) int {
	at, largest := 0, (*big.Int)(nil)
	sum := total(c.weights)
	for i, limit := range limits {
		distance := new(big.Int).Mul(limit, sum)
		distance.Sub(distance, new(big.Int).Mul(c.total, c.weights[i]))
		distance.Mul(distance, big.NewInt(sign))
		if largest == nil || distance.Cmp(largest) > 0 {
			at, largest = i, distance
		}
	}
	return at
}

// refuse reports what cannot be met at the limit of one part, and by how
// much.
func (l *level) refuse(field string, i int, code string, by *big.Int) {
	key := l.parts[i].Key
	l.problems.Add(check.ErrInfeasible, check.At(field, key), code, l.value(field, key),
		"part", key, "by", l.text(new(big.Int).Abs(by)))
}

// value gives the limit as it came in, if there is one.
func (l *level) value(field, key string) any {
	limits := l.Floors
	switch field {
	case "caps":
		limits = l.Caps
	case "locked":
		limits = l.Locked
	}
	if d, found := limits[key]; found {
		return text(d)
	}
	return nil
}

func (l *level) text(n *big.Int) string { return text(l.amount(n)) }
