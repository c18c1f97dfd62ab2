// Command peers measures kpi/cube, kpi/apportion and funnel beside what people
// would use in their place, in one process and on the same records:
//
//   - the loop that is written by hand today, a map by owner and month of
//     decimals;
//   - DuckDB through its Go driver, on one thread;
//   - a loop over arrays of codes and whole cents, which is the limit: nothing
//     is left to look up;
//   - Allocate of github.com/Rhymond/go-money, and a split by Mul and DivRound.
//
// Beside that it prints what splits of many parts take by themselves: a table
// of 1,000 sellers by twelve months, and trees of up to a million leaves.
//
// It is a module of its own so that none of these becomes a dependency of the
// library.
//
// Before anything is timed every contender's sums and counts are compared with
// those of the others. Contenders then take turns, round after round, so that
// a busy machine hits all of them; a ratio is taken within each round, and the
// median of the rounds is printed.
package main
