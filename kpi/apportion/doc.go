// Package apportion splits a total by weights so that the parts add up to
// it exactly: a quota over sellers, a year over months, a bonus pool over a
// team. Nothing is lost or made by rounding.
//
// [Int64] splits minor units (cents), [Decimal] an amount at a scale,
// [BigInt] and [BigRat] whole units of any size by weights of any size, and
// [Nested] a tree of regions, teams and sellers in which every level adds up
// to the one above. A [Split] does the same with another [Method], in steps,
// between floors and caps, and around locked amounts. A [Table], or [TwoWay]
// in minor units, splits by rows and columns at once.
//
// # Method
//
// All use largest remainder, but for a Split that names another method. It is
// also named after Hamilton (M. L. Balinski and H. P. Young, Fair
// Representation, 2nd edition 2001). Each part is first the whole units of its
// exact share
//
//	share = total × weight / sum of weights
//
// and the units still left, always fewer than there are parts, go one each
// to the largest remainders of those divisions. 10,000 by 30, 20, 40 and 40:
//
//	weight   share      whole   remainder   part
//	30       2307.69…    2307      0.69…    2308
//	20       1538.46…    1538      0.46…    1538
//	40       3076.92…    3076      0.92…    3077
//	40       3076.92…    3076      0.92…    3077
//	                     9997               10000
//
// Every part is less than one unit away from its share. In one split a bigger
// weight never gets less than a smaller one, and multiplying all weights by
// one number changes nothing. Between two splits it is not promised that a
// part never shrinks when the total grows or other weights change (the Alabama
// and population paradoxes); no method that stays within one unit of every
// share is free of the second.
//
// Limits change the shares and not the method: parts that stand on a floor or
// a cap get it, and the others divide the rest. What cannot be met is an
// error that names the part, or row and column, and by how much; nothing is
// dropped and nothing bent.
//
// # Special cases
//
//   - Equal remainders go to the earlier part in a plain list, and to the
//     smaller key, compared as bytes, in a keyed tree.
//   - A weight of zero never receives a unit.
//   - Weights that are all zero, or no weights, are an error, whatever the
//     total: nothing says who should receive it. Only below a weight of zero
//     in a tree, where nothing arrives, they give zeros.
//   - A total below zero is split like its opposite, with the signs turned.
//   - A total of zero gives zeros.
//
// # Limits and errors
//
// A decimal total has at most [MaxDigits] digits and a scale from -[MaxScale]
// to [MaxScale], and so has a floor, a cap, a lock, a step and a margin. A
// decimal weight has at most MaxDigits digits and a scale from -MaxDigits to
// MaxDigits, and a tree at most [MaxDepth] levels. The shorter side of a table
// has at most 64 keys, enough for the weeks of a year or the months of five,
// because time and memory grow with its square; its total has at most 36
// digits in units. What lies outside is refused before any work. Integers and
// fractions of math/big have no limit. Every problem of an input is reported
// at once, each a [check.Error] with its path (weights[3],
// children[2].children[0].key).
//
// Inputs are neither changed nor kept, and all functions are safe for
// concurrent use.
package apportion
