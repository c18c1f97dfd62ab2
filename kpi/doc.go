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
// # Metrics
//
// A [Metric] is a measure, counted from records, or a [Formula] over measures
// and other metrics: won_value / won_count, read from text by [ParseFormula].
// A [Catalog] holds metrics that fit together: references lead somewhere and
// not in a circle, units and additivity agree, all checked before anything
// is computed. [Standard] is the catalog of sales. [Catalog.Explain] gives
// the tree of a metric with the value of each part.
//
// # Comparison
//
//	Attainment      actual against target, of either sign, see [Attainment]
//	Band            an actual that should lie between two edges
//	Variance        actual − target; Favourable has good positive
//	Growth, Index   against a base above zero; ChangeFrom shows the difference too
//	PartOf          share of a total above zero
//	WeightedMean    exact; PartialMean leaves out what is undefined, and says how much
//
// [Compare], [CompareBand] and [ChangeFrom] give all that a report shows of
// a pair, with the findings that its reader should know of.
//
// # Chance
//
// Every rate of counted or summed records is a sample. [Confidence] says how
// sure one may be of it:
//
//	Share            k of n counted records: Wilson, Clopper–Pearson or Jeffreys
//	Jackknife        a share of money or any ratio of sums
//	ClusteredShare, ClusteredRatio
//	                 both, where records of one owner or month go together
//	NPS, CSAT        answers of a survey
//	Product          a product of rates, from lead to win; ClusteredProduct likewise
//	Difference, Adjust, Homogeneity
//	                 is a difference, one of many, or any at all, more than chance
//
// Under 10 records, or 30 answers, an interval is undefined, reason TooFew.
//
// # Behind a figure
//
// No result keeps records, and each can be asked for the IDs of those behind
// it, a [Page] at a time, so that an application filters by permissions of its
// own. Every package answers alike, with a [Behind]:
//
//	metrics and measures    [Catalog.Behind], the records handed in as [Source]s
//	cards                   scorecard: Card.Figures, then [Catalog.Behind]
//	bridges                 bridge: Bridge.Figures and Holds, then [Catalog.Behind]
//	deals                   funnel: Analysis.Behind, of whatever its Figure names
//	forecasts               forecast: Forecast.Behind, likewise
//	steps                   steps: Behind, likewise
//	goals and reviews       plan: Plan.Behind, likewise
//
// # Currencies
//
// A Value carries no unit; metrics and result columns do, and money of two
// currencies never mixes. [FX] is a table of dated and named rates, a
// [Converter] answers from it by a stated policy: no rate of another day, of
// the other direction or through a third currency unless that is asked for.
// What has no rate is undefined, reason Unpriced, and a [Tally] counts it.
//
// # Limits
//
//	digits of an amount that comes in    64
//	scale                                −18 to 18
//	text of a number                     4,096 bytes
//	text of a formula                    4,096 bytes
//	nesting of a formula                 64 levels
//	formula                              1,000 nodes, also with the formulas it names
//	ID of a metric or measure            64 bytes
//	metrics of a catalog                 10,000
//	age of a last known rate             3,660 days
//	records of a rate with an interval   1,000,000,000,000
//
// Beyond them is an error (check.ErrRange) before any work. Nothing here
// panics on data; MustParse is for constants in tests and examples.
package kpi
