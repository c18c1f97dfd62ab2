package cube

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/org"
)

// Credit gives a part of a record to one member of the definition's credit
// dimension.
//
// Hard credit, the usual, splits a record: the shares of its credits add up
// to one, exactly, and every measure that adds up is multiplied by the share:
// sums, counts, balances, and both sides of a mean. So totals over the
// members are those of the records. Least, greatest, first, last and distinct
// take the record whole for each member, and once in their total; a quantile
// cannot be split.
//
// Overlay credit goes to somebody beside them, such as a specialist, in
// shares of any sum. It is kept apart, never enters a total, and is asked for
// by [Query].
type Credit struct {
	Member  string    // empty is the missing member
	Share   org.Share // the zero Share is all
	Overlay bool
}

// overlay is the member of overlay credit in the dimension, beyond those of
// the definition, that keeps it apart. Hard credit has code 0 there.
const overlay = "overlay"

// target is a cell and the share of the record that it gets.
type target struct {
	cell     int
	num, den int64
}

// sumToOne reports whether the hard shares do. There may be none: the record
// is then the missing member's.
func sumToOne(credits []Credit) (sum, any bool) {
	total := kpi.Int(0)
	num, den := int64(0), int64(1) // those of one denominator, which are most
	for _, c := range credits {
		if c.Overlay {
			continue
		}
		n, d := c.Share.Frac()
		if d != den {
			total = total.Add(kpi.Frac(num, den))
			num, den = 0, d
		}
		num, any = num+n, true
	}
	return !any || total.Add(kpi.Frac(num, den)) == kpi.Int(1), any
}

func (d Definition) checkCredit(problems *check.List) {
	if d.Credit == "" {
		return
	}
	if !slices.Contains(d.Dimensions, d.Credit) {
		problems.Add(check.ErrUnknown, "credit", "unknown_dimension", d.Credit)
	}
	for i, m := range d.Measures {
		if m.Kind == Quantile {
			problems.Add(check.ErrInvalid, check.At("measures", i, "kind"), "quantile_under_credit", m.Kind)
		}
	}
}

// addCredits reads a record that is split. Its key is filled but for the
// credit dimension.
func (l *Loader[T]) addCredits(record *T, on calendar.Day, day int64) {
	l.targets = l.targets[:0]
	for _, credit := range l.splits {
		code := uint32(0)
		if credit.Member != "" {
			code = l.credited.members.code(credit.Member)
		} else {
			l.credited.report.Missing++
		}
		l.key[l.creditAt] = code
		l.key[len(l.key)-2] = 0
		if credit.Overlay {
			l.key[len(l.key)-2] = l.kinds.code(overlay)
		}
		for _, up := range l.climbers {
			up.climb(l.key, on)
		}
		num, den := credit.Share.Frac()
		l.targets = append(l.targets, target{l.cells.find(l.key), num, den})
	}
	for i := range l.feeds {
		l.feeds[i].addShares(record, l.cells, l.targets, day)
	}
	clear(l.splits) // keep nothing of the caller's
}

// split fills splits with the credits of a record; ok is false where their
// shares do not add up.
func (l *Loader[T]) split(record *T) (ok bool) {
	l.splits = l.credits(record, l.splits[:0])
	ok, any := sumToOne(l.splits)
	switch {
	case !ok:
		clear(l.splits)
	case !any:
		l.splits = append(l.splits, Credit{})
	}
	return ok
}

// addShares is add for a record that goes to several cells.
func (f *feed[T]) addShares(record *T, cells *cells, targets []target, day int64) {
	if f.when != nil && !f.when(record) {
		f.report.NotMeant++
		return
	}
	name, ok := f.name(record)
	if !ok {
		return
	}
	a, ok := f.amount(record)
	if !ok {
		return
	}
	for _, to := range targets {
		f.putShare(cells, to, name, a, day)
		cells.words[to.cell*cells.width+f.at]++
	}
	f.report.Used++
}

func (f *feed[T]) putShare(cells *cells, to target, key string, a amount, day int64) {
	at := to.cell*cells.width + f.at
	switch f.kind {
	case Count:
		cells.addShare(at+1, amount{small: 1}, to.num, to.den)
	case Sum:
		cells.addShare(at+1, a, to.num, to.den)
	case Mean:
		cells.addShare(at+1, a, to.num, to.den)
		cells.addShare(at+f.word(1), amount{small: 1}, to.num, to.den)
	case Balance:
		share := a.value(f.scale).Mul(kpi.Frac(to.num, to.den))
		cells.readings(to.cell, f.column).add(reading{f.keys.code(key), int32(day), share})
	default:
		f.put(cells, to.cell, at, key, a, day)
	}
}
