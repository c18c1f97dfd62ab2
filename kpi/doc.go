// Package kpi holds the words of sales performance: exact values and why
// they may be undefined, units, metrics, figures, and how an actual compares
// with a target or an earlier period.
//
// It does not read records (that is kpi/cube), does not know deals (funnel)
// and does not plan (target, plan).
//
// # Numbers
//
// A [Value] is an exact rational or a [Reason]. Amounts come in as whole
// minor units ([Minor]), decimals ([FromDecimal], [FromBig], [Parse]) or
// fractions ([Frac]) and stay exact through every sum, product and quotient;
// they are rounded only on the way out, by a named [Rounding]. A [Ratio]
// keeps its numerator and denominator and combines by them. What has no
// exact form is an [Estimate].
//
// # Undefined
//
// Undefined is a value, not zero and not an error: 0 won of 0 closed has no
// win rate, and says so. An undefined operand makes a result undefined; of
// two reasons the one that stands first in the list of constants wins. A
// roll-up ([Sum]) lets no data add nothing; any other reason makes the total
// undefined unless [PartialSum] is asked for. NaN and infinities never come
// in and never leave.
//
// # Limits
//
//	digits of an amount that comes in    64
//	scale                                −18 to 18
//	text of a number                     4,096 bytes
//
// Beyond them is an error (check.ErrRange) before any work. Nothing here
// panics on data; MustParse is for constants in tests and examples.
package kpi
