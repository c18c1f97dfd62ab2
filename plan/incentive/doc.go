// Package incentive says what attainment pays: commissions, bonuses and pay
// curves, what of them is held or taken back, and who earns a reward that is
// no money.
//
// A [Plan] is data: components with tiers or a curve, gates, accelerators,
// limits, holds, a draw. [Plan.Statement] turns the credits of one payee and
// one period into a [Statement], line by line and to the cent, and
// [Statement.Notes] explains each line in a sentence. Its Closing is the
// Opening of the next. [Plan.Restate] posts what changed in earlier periods,
// [Lint] says what of a plan is unwise and what it will cost, [Plan.Profile]
// what the next deal pays, and [Reward.Decide] who earns a promotion or a
// trip, who is nearest, and why.
//
// # Not for
//
// It does not set quotas (see package target), does not know who owns a deal
// (credits come with their payee; [Credit.SplitAmong] divides one), converts no
// currencies, knows no tax, and posts nothing. A statement is a proposal with
// its reasons: who pays decides.
//
// # What is computed
//
//	credit        amount × share × weight, or margin in place of amount
//	position      sum of the credits; to date: on top of what came before
//	attainment    of position and quota, as kpi.Attainment gives it
//	marginal      Σ rate of the tier × what lies in it
//	whole         rate of the tier reached × all
//	curve         straight lines between points
//	earned        that × accelerator, behind the gate, within the limits
//	held          earned × share held × (1 − cash collected / due)
//	payout        earned − held + released + taken back + corrected + drawn
//
// The start of a tier belongs to it, its end does not. A component that runs
// to date earns what its schedule pays for the position after the period,
// less what it pays for the position before, both by the quota, gates and
// target pay of now. Where systems disagree (whole or
// marginal tiers, at what price a return is taken back, when a commission on
// cash is due) the plan says which, and nothing is assumed.
//
// # Order
//
// The same records in any order give the same statement, to the byte.
// Attainment is that of the whole period for every credit, so no credit is
// out of step with another. Only marginal tiers ask which deal lies where:
// credits are taken by day, then by ID (bytes). A reversal that counts with
// its original follows it at once.
//
// # Rounding
//
// Everything is exact until the end. The pay of each component is rounded
// once, by the plan's mode, to the scale of its unit; its lines then get
// their floors, and the cents left go to the largest remainders, of equal
// ones to the earlier line. So lines add up to their component and components
// to the payout, and no line is a cent or more from what it is exactly. Where
// the cap of the whole plan binds, the cap is rounded and everything adds up
// to it. Held pay is rounded by the same mode, and what is paid is the rest.
//
// # Undefined
//
// A quota of zero or none, an amount that is not known (unpriced), a stated
// actual without number: the component's pay is undefined with the reason,
// the payout too, and a critical finding names it. It is never a silent zero,
// and such a statement cannot open another. A credit without amount (no data)
// counts nothing and is named. See [Statement] for what is read, counted and
// left out.
//
// # Errors and limits
//
// A plan or an input that cannot be used is an error of kpi/check with its
// path (components[0].tiers[2].max), every problem at once. A plan has at
// most [MaxComponents] components, each with at most [MaxTiers] tiers. Nothing
// panics on data; inputs are neither changed nor kept. All types may be shared
// between goroutines as long as nobody writes to them.
//
// # Data forms
//
// Plans and rewards are stored as JSON with a schema
// ("saleskpi/incentive/1"), read strictly. Statements, positions and
// decisions go through JSON and come back equal.
package incentive
