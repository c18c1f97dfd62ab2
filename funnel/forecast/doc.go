// Package forecast says where a period will land, how sure that is, and what
// to do about it: the questions of a Monday review.
//
// [New] reads histories of deals (package funnel) as of an instant and looks
// at a period beside earlier ones. The [Forecast] is then asked:
//
//	where will we land               [Forecast.Landing], by four methods [Forecast.Methods]
//	how sure                         [Landing].Spread, [Forecast.Record], [Forecast.Calibration], [BacktestOn]
//	what changed since last week     [Changed]
//	which deals decide               [Forecast.Decisive]
//	what do people say               [Forecast.Categories], [Call]
//	who is always too hopeful        [Forecast.Owners]
//	is next quarter covered          [Forecast.Cover]
//	who has not cleaned up           [Forecast.Hygiene], [Forecast.Weighted]
//	does it all come at the end      [Forecast.Linearity]
//	which deals are behind a figure  [Forecast.Behind]; [Figure] says how each is named
//
// It reads no clock and no database, sets no target, and does not decide
// which number a company commits to. It imports funnel and kpi/….
//
// # Three parts
//
// A landing is what is won, what is expected of open deals, and what is
// expected of deals that do not exist yet, never one number for the three.
// Half of a quarter may be created and closed inside it, so a forecast of
// open deals alone sees half.
//
// # Methods
//
// With n deals of a cell (stage × age) that were due on the same day of
// earlier periods, of which w were won by the end, and P the same share of all
// cells:
//
//	stage_age          (w + m·P) / (n + m), m from the spread between cells beyond chance
//	snapshot_yield     Σ value won of what was due / Σ value of what was due
//	deal_probability   the deal's own, or that of its stage
//	categories         1 in Commit, else 0; a call takes the place of the sum
//
// A learned share is rounded to six decimals, half to even, and everything
// that is summed with it is exact. A deal is due that is open, neither stale
// nor omitted, and whose close date lies in what is left of the period. What
// other open deals and new ones bring is learned alike by every method, see
// [Landing].
//
// # How sure
//
// Deals of one period share a market and a quarter end. A distribution that
// takes them as independent (Poisson binomial for wins, exact convolution for
// money) carries that name, [DealsIndependent], wherever it stands. The
// spread to trust is widened by what past landings showed beyond it, and
// there is none under four of those, see [Spread].
//
// # No hindsight
//
// Whatever is said of an earlier day uses what was known on it and periods
// that were over on it. Which periods are wholly on record is judged by the
// observation window as it is known now. A statement without an instant
// holds at every instant, here as everywhere in funnel.
//
// # Undefined
//
// What must be learned from earlier periods is undefined (TooFew) where there
// are none, and so is a total that contains it. A deal without amount or
// probability adds nothing and is counted as missing. Sums, shares and errors
// are exact ([kpi.Value], [kpi.Ratio]); deviations, ranges and chances to reach a
// target are [kpi.Estimate]s, and no verdict hangs on their digits beyond ten.
//
// # Limits
//
//	earlier periods                          40
//	deals of one exact distribution       4,096
//	sums that [Money] tells apart     1,048,576
//	steps of a landing's value           16,384; coarser values are rounded to them
//
// Beyond them is a [check.Error] with its path, or what is said above; all
// problems of an input are reported at once. Inputs are neither changed nor
// kept; results are records, and a Forecast may be used by many goroutines.
package forecast
