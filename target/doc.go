// Package target holds what is aimed at: a [Goal], its [Breakdown] over
// owners and months, and how an actual stands against it on a day ([Track]).
//
// It does not read records, does not know deals and does not forecast: an
// actual comes in as a number, and a landing is arithmetic on it, named by
// its method.
//
// # Breakdown
//
// [BreakDown] splits an additive goal (revenue, deals won) over a tree of
// owners and then each owner without children over the periods of a grain,
// every time by the method of largest remainder at the places of the metric's unit.
// Those cells are the truth: the month of a team is the sum of its members'
// months, and a quarter or a year is the sum of its months, so every level
// and every period adds up to the goal to the last unit. [FromFigures] takes
// the cells from a table instead. Equal remainders go to the smaller owner
// ID, compared as bytes, and to the earlier period.
//
// A goal for a ratio, a level or a distinct count does not add up and cannot
// be split by weights: that is an error (check.ErrUnit) that names its kind.
// It is stated cell by cell and rolled up by its own rule: [State],
// [StateFlat], [StatePath]. A goal stated as growth is resolved once, by
// [Goal.Resolve]; weeks are slices of months, see [Breakdown.Weeks].
//
// An owner may have a floor and a cap at whatever level it stands. What weighs
// how much is data: [Weights] by hand, by days or working days,
// of a [Season], of a [SellerHistory], and their [Blend] and [Product].
// [TreeOf] makes the tree of rows that name their parent.
//
// A parent is the sum of its children unless its [Mode] says otherwise: own
// quotas with a cushion, independent ones, own selling beside the team.
// [Breakdown.Levels] shows what is handed on beyond what is carried. Who is
// hired, on leave or ramping carries what is due on the days when they are
// there ([Breakdown.Prorate]), a manager's own selling included; what that
// takes away is uncovered plan, shown and handed to nobody.
//
// # Changes
//
// [Breakdown.Edit] changes one target and says how the rest follows,
// [Breakdown.Reconcile] sets targets against what people commit to, and
// [Breakdown.Lint] finds what to look at before a plan is published.
// [Versions] hold every breakdown of a goal with the day from which it holds
// and the day on which it was known; closed periods are locked, and
// [Versions.Attainment] sets an actual against the original, the revised and
// the prorated target at once. [Breakdown.Diff] is exact: applied to the one
// it gives the other.
//
// # Tracking
//
// [Track] compares like with like. Where actuals are known only for a part
// of the period ([Input.Known]), target, expected and every comparison are
// those of that part, and what is not known is no data, never a missed
// target. The as-of day is over and counts as elapsed.
//
// How much is due by a day is the [Curve]: along the plan's own periods, by
// days or working days ([Input.WorkDays]), along any cumulative shares
// ([SeasonalShares]), or learned from earlier periods ([History]), six
// at least. A [Landing] has the name of its method, and a status keeps
// still while it rises only a little ([Stood]). [RollUp] adds up children,
// [Distribute] says how their attainments lie, [Tracking.Crossed] which
// milestones are new and [DueCheckpoints] what is to be looked at.
//
// Only what adds up runs along a curve. A ratio or a level follows the path on
// which it is stated, and [Stated.Track] says what of that is due by a day.
//
// Where lower is better, attainment is against the whole target and so far
// above 1 while a period runs: half of what may be used is an attainment of
// 150 % and a pace of 100 %. The pace tells, and the finding attainment_falls
// says so.
//
// # Assessment
//
// [Assess] tests a goal by the letters of SMART against [Evidence]. Whether
// it can be achieved is a chance, drawn from what the same owner did in
// earlier periods ([Past.Outlook]); [Outlook.Propose] turns it round and
// gives base, target and stretch. These are estimates (kpi.Estimate): no
// verdict hangs on digits beyond those that are shown.
//
// # Currency
//
// Targets and actuals are amounts in the one currency of the metric's unit.
// Where records or a quota are in another, convert both by one plan rate
// (kpi.PlanRate) before they come here: with the rates of the days, the
// attainment would move with the exchange rate. An amount without a rate is
// undefined (unpriced), and so is what hangs on it.
//
// # Undefined
//
// An actual that is not there is not zero: the comparison is undefined and
// the status is [NoData]. [Track] and [Breakdown.Cell] list their special cases.
//
// # Limits
//
//	levels of an owner tree        64
//	cells, owners × periods        16,777,216
//
// Beyond them, and for any other bad input, is a [check.Error] with its path;
// all problems of an input are reported at once. Inputs are neither changed
// nor kept; results are safe for concurrent use.
package target
