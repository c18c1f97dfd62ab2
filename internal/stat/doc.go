// Package stat holds the statistics that several rooms share: quantiles of
// distributions, intervals of proportions and of ratios, comparisons of
// many, and survival with competing ends. It is plain float64 mathematics
// over the standard library; it knows no money, and of deals only that they
// are won or lost.
//
// # What holds for every function
//
//   - The same input in any order gives the same bits: what is summed is
//     sorted first, and products are kept from fusing with sums.
//   - No result is NaN. An argument that is NaN counts as the lowest there
//     is, unless a function says otherwise. A quantile at 0 or 1 of a distribution without that bound is
//     infinite, and an interval that nothing is known of is the widest one,
//     or ok is false, as each function says.
//   - Inputs are neither changed nor kept.
//
// # What is where
//
//	NormalCDF, NormalQuantile, StudentCDF, StudentQuantile,
//	BetaCDF, BetaQuantile, ChiSquareSurvival, PoissonBinomial
//	                       distributions
//	Wilson, ClopperPearson, Jeffreys
//	                       intervals of a proportion
//	Jackknife              a ratio of sums over groups
//	CompareProportions, Homogeneity, BenjaminiHochberg
//	                       is it more than chance
//	Table                  counts by age, which merge by adding
//	KaplanMeier, AalenJohansen, LogRank, CompareIncidence
//	                       what the counts say, with late entry
package stat
