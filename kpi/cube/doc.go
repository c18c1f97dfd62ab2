// Package cube reads a backend's own records and gives measures by dimension
// and period: won value by owner and month, deals by product and quarter.
//
// A [Definition] names the measures, the dimensions, the grain and the
// window, and is data. A [Reader] binds those names to the caller's struct
// with small functions. [Load] puts both together, the [Loader] takes record
// after record, and [Cube.Query] answers with a [Result] of exact values.
//
// A [Kind] is what a measure makes of its records: sums, counts, extremes,
// means, first and last amounts, distinct keys, balances, quantiles. A query
// makes what is kept coarser, by dimensions, period and filter; it gathers
// to date, rolling or from the beginning ([Over]), looks at earlier periods
// ([Offset]), fills ([Fill]) and ranks ([Top]). [Result.Metrics] applies
// formulas last. Records may be shared by several members ([Credit]), roll up
// through an organisation as it was or as it is ([Level]), and two fillings
// of a period are compared record by record ([Restate]).
//
// A cube does not know the identity of records: the same record twice counts
// twice, and nothing can be taken out again. A changed record means filling
// anew, or one cube for each month or tenant and [Merge]. It does not store or
// convert currencies, and what belongs together is known to kpi/org alone.
//
// # What is kept
//
// Memory is proportional to the cells that have records, not to the records,
// for sum, count, min, max, mean, first and last. A distinct count keeps its
// keys, a quantile its amounts and a balance its readings; [Cube.Size] says
// how much that is. Members of dimensions become codes, days become numbers
// of periods, and sums are whole minor units in 64 bits which widen where
// they must. Reading a record allocates nothing unless it brings a new
// member, cell or key, an amount that does not fit 64 bits at the scale of
// its unit, or a measure that keeps its values has to grow.
//
// # Exactness
//
// Sums are exact and never rounded, whatever the order of the records: an
// amount with more places than its unit, or beyond 64 bits, is summed to its
// last digit. An amount of more than 64 digits, or with an exponent outside
// −18…18, adds nothing and is counted as too large. Shares of records are
// exact fractions, means and quantiles exact quotients.
//
// # What is not known
//
// A row that would gather days beyond the cube's window is no data, its
// counts too: nothing is known of them. Inside the window no record means
// nothing happened, and counts are 0.
//
// # What is missing
//
// A member that is missing (the function reports false, or gives an empty
// text) is a member of its own: it has the key "", its records stay in every
// total, and the [Report] counts them. Other members are compared as bytes;
// nothing is trimmed or folded.
//
// An amount or key that is missing adds nothing and is counted; a sum over
// nothing is no data, a count over nothing 0. Adding never fails: every
// record read is counted or excluded under one reason.
//
// # Merging and storing
//
// Cubes of one definition merge in any order and grouping, and have a
// canonical binary form, so they run inside any distributed engine's
// combiner. A definition's hash covers all of it but no code: raise Version
// when a reader's function changes its meaning.
//
// Bad input is an error; nothing here panics on data, but functions of a
// reader that do are not caught. A Cube and its Loaders belong to one
// goroutine; a Definition may be shared.
package cube
