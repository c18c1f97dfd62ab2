// Package scorecard turns the attainments of several metrics into one score,
// puts the score into a band and ranks people by it.
//
// A [Definition] says what is scored: items with weights, a curve from
// attainment to points, bands, and what happens to an item that has no
// number. [New] checks it and gives a [Scorecard], which makes a [Card] for
// one owner ([Scorecard.Score]) or for everybody who has figures
// ([Scorecard.ScoreAll]). [Rank] orders cards.
//
// It does not compute actuals or targets, and does not know who belongs to
// whom: figures come in, and each is taken as it stands. It checks no units,
// because a figure carries none: actual and target of an item must be in the
// same one.
//
// # Points and score
//
// 100 points mean that the target was reached exactly:
//
//	points        min(max(100 × attainment, floor), cap)
//	contribution  points × weight
//	score         sum of the contributions
//
// with the weights of the items that count adding up to one. Attainment is
// [kpi.Attainment]. Everything is exact; nothing is rounded, neither before a
// score is put into its band nor before it is ranked. A score shown as 90.0
// that is 89.96 belongs to the band below 90; show enough decimals.
//
// To score a year, hand in the actual and the target of the year, which are
// sums over its months. A mean of monthly scores is another number: eleven
// months of 100 on 100 and one of 10 on 1 are 175 points as a mean of
// months, and 100.8 as a year.
//
// # Undefined
//
// A score is undefined, with the reason, where the policy for missing items
// says so; see [MissingPolicy]. It is never zero for want of data, and [Rank] never
// puts such a card last. A lower-is-better item whose target is zero has no
// attainment, only met or not met; see [Item].
//
// # Ranking and chance
//
// A rank is a statement about the exact scores and about nothing else: it
// does not say that one person is better than the next. Sellers' numbers move
// from period to period by chance, and the places of people close together
// change with it. Nothing here tests whether neighbours differ by more than
// that, so every ranking of two or more says so in a finding and gives each
// place its distance to the one above.
//
// # Errors and limits
//
// A definition, a result or a card that cannot be used is an error of
// kpi/check with its path (items[2].weight), every problem at once. A
// scorecard has at most 100 items and 100 bands. A score stays exact however
// many digits that takes; one that takes more than a [kpi.Value] writes as
// JSON (dozens of items with amounts of 64 digits) is an error when it is
// marshalled. Nothing panics on data. Inputs are neither changed nor kept.
package scorecard
