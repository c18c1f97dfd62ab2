// Package bridge says why a number moved: the gap between two values, split
// into contributions that add up to it to the last digit.
//
// It does not read records (kpi/cube does), does not set targets, and does
// not say who is to blame: a contribution is arithmetic on two sets of
// figures, not a cause. It imports kpi, kpi/calendar and kpi/check.
//
// A [Question] says which number has moved and names its two sides: actual
// against target, last year or forecast is the same call. A definition says
// how to answer, takes the figures of both sides, and gives a [Bridge]:
//
//	Drivers         leads × conversion × deal size, by Shapley or in sequence
//	PriceVolumeMix  price, mix, quantity, new, lost, currency, other; by family and product
//	RateMix         did the segments become better, or were it other segments
//	MarketShare     did the market shrink, or did we lose share
//	Members         which rep, which product: top and rest, gross and net
//
// [DriversOf] takes the drivers from a catalog. [Bridge.Waterfall] is ready
// to draw, [Bridge.Minor] rounds so that the parts still add up,
// [Bridge.Explain] gives the tree behind every part, and [Bridge.At] zooms
// into a family or a product, and [Bridge.Figures] leads to the records behind
// a part. [Findings] has the sentences of what a reader should know.
//
// # Exactness
//
// Every part is a [kpi.Value], and the parts add up to the gap exactly; there
// is no residual. A sum of very many different fractions would have a
// denominator of thousands of digits. So where 1,024 bits are not enough for a
// common one, or more than 1,000 products or segments have fractions of their
// own, these are first rounded by HalfEven, as each definition says. The
// finding rounded tells. The parts add up exactly all the same, because each split takes
// from one what it gives to the other.
//
// # Which side is the base
//
// If base and current change places, the gap turns its sign. So do all parts
// by Shapley, of rate and mix, and of members, and those of a reversed
// sequence. Price–volume–mix and market and share are read in one direction,
// as finance does: prices at new quantities, quantities at old prices.
//
// # Undefined
//
// The gap is undefined where one of its values is, with that reason, and so
// are its parts. Where both values are known and the gap cannot be split, the
// parts are undefined with reason UndefinedMix, and a finding names what it
// depends on. A driver that is undefined on one side takes the value of the
// other. Each definition lists its own special cases.
//
// # Errors and limits
//
//	drivers by Shapley          12
//	levels of products          16
//	fractions kept              1,000 products or segments, 1,024 bits of common denominator
//
// A question, a definition or a figure that cannot be used is an error of
// kpi/check with its path (current[3].owner), every problem at once. Inputs
// are neither changed nor kept. The order of figures, lines and segments does
// not matter. Nothing panics on data; everything is safe for concurrent use.
package bridge
