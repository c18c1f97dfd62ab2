// Package scorecard turns the attainments of several metrics into one score,
// puts the score into a band, says where it comes from, and orders people by
// it as far as their numbers allow.
//
// A [Definition] says what is scored: perspectives and items with weights, a
// curve from attainment to points, bands, gates, bonus items, and what happens
// to an item that has no number. [New] checks it and gives a [Scorecard], which
// makes a [Card] for one owner ([Scorecard.Score]) or for everybody who has
// figures ([Scorecard.ScoreAll]), rolls cards up to teams and years
// ([Scorecard.Team], [Scorecard.Span]), and explains one
// ([Scorecard.Explain]); [Card.Figures] leads to the records behind it. [Rank] orders cards, and a [Distribution] divides
// them into classes. [Definition.Lint] says what a definition tempts people to.
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
//	points        the item's curve at its attainment, linear unless named:
//	              min(max(100 × attainment, floor), cap)
//	contribution  points × weight
//	score         sum of the contributions
//
// with the weights of the items that count adding up to one, and bonus items
// beyond that. Attainment is [kpi.Attainment], or that of a [kpi.Band].
// Everything is exact; nothing is rounded, neither before a score is put into
// its band nor before it is ranked. A score shown as 90.0 that is 89.96 belongs
// to the band below 90; show enough decimals.
//
// The score of a year is that of its numbers put together. A mean of monthly
// scores is another number, by name only: eleven months of 100 on 100 and one
// of 10 on 1 are 175 points as a mean of months, and 100.8 as a year.
//
// # Undefined
//
// A score is undefined, with the reason, where the policy for missing items
// says so; see [MissingPolicy]. It is never zero for want of data, and [Rank]
// never puts such a card last. A lower-is-better item whose target is zero has
// no attainment, only met or not met; see [Item].
//
// # Ranking and chance
//
// A rank is a statement about the exact scores and about nothing else: it
// does not say that one person is better than the next. Sellers' numbers move
// from period to period by chance, and the places of people close together
// change with it. Who hands in intervals gets the range of ranks that they
// leave open, who differs from the others by more than chance, and how much of
// the spread chance alone would give; who does not gets a finding that says
// that none of this is known.
//
// Nothing is drawn to the group's mean by itself: [ShrinkRates] and
// [Scorecard.Shrink] do so when asked, with the raw number beside it.
//
// # Errors and limits
//
// A definition, a result or a card that cannot be used is an error of
// kpi/check with its path (items[2].weight), every problem at once.
//
//	items of a scorecard       100
//	perspectives, bands, gates 100 each
//	knots of a curve           100
//	classes of a distribution   20
//
// A score stays exact however many digits that takes; one that takes more than
// a [kpi.Value] writes as JSON (dozens of items with amounts of 64 digits) is
// an error when it is marshalled. The work is linear in cards and items, and
// for rankings that of sorting. Nothing panics on data. Inputs are neither
// changed nor kept.
package scorecard
