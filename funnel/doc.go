// Package funnel tells how deals move through the stages of a pipeline:
// how many reach each stage and how many are won, how long that takes, what
// is open and how old it is, and what may not be concluded from the data.
//
// A [Pipeline] names the stages in order and the ends: won, lost,
// disqualified. [Histories] collect what is known of many deals, one [Event]
// at a time and in any order; a stage log, a table with a few date columns
// and a nested change list all come in as events. [Analyze] reads them as of
// an instant; the [Analysis] gives the whole [Report] or one figure, and
// [Analysis.By] parts it by owner, team or product, each part to be asked
// alike.
//
// It does not forecast (that is funnel/forecast), does not set targets, and
// does not read a clock or a database. Step funnels over events of anything
// are funnel/steps.
//
// # Three lenses
//
// They answer different questions and are never mixed:
//
//	snapshot   what is open on an instant: [Analysis.Report], Open
//	flow       what came and went in a window: [Analysis.Flow]; between two
//	           snapshots, deal by deal: [Between]
//	cohort     what became of those that began together: Report.Cohorts,
//	           [Analysis.CohortAges], [Analysis.Conversion]
//
// # What to ask
//
//	how many reach each stage            [Analysis.Stages], [Analysis.StageConversions]
//	which win rate, and how sure         [Analysis.WinRates], [Analysis.Curve]
//	do sellers differ                    [Compare]
//	where is it stuck                    [Analysis.Bottleneck], [BottlenecksOf]
//	how long does it take                [Analysis.Times], [Analysis.Rework]
//	who stands still, what is dead       [Analysis.Stalled], [Stale]
//	why were deals lost                  [Analysis.Reasons]
//	what changed since last week         [Between], [Analysis.Slippage]
//	how much is created, how much of it
//	is closed in the same period         [Analysis.Created], [Analysis.CreateAndClose]
//	what does it win in a day            [Analysis.Velocity]
//	is the period covered, how much
//	is enough                            [Analysis.Coverage], [LookBack], [Yields]
//	how many deals does a target take    [Analysis.Reverse]
//	on how few does it hang              [Analysis.Concentration]
//	which deals are behind a figure,
//	and why is one not                   [Analysis.Behind], [Analysis.Why]
//	what is the matter with the data     [Analysis.Quality], [Analysis.Affected]
//
// # Instants and days
//
// Events carry instants, kept to the microsecond. Ages and cycles are counted
// in whole days, from the day of one instant to the day of the other in the
// location of the question: a deal that opens at noon and closes at eight the
// next morning took one day. The as-of instant is included; [EndOf] makes one
// from a day. An event without an instant says that something happened and
// not when: it counts wherever no time is needed, and where one is needed the
// deal is counted as unknown, never guessed. 1970-01-01 and 1900-01-01 stand
// for no date.
//
// # Rates
//
// Every rate says what was sampled and carries an interval, by deal and by
// owner; where deals of an owner go together the wider one is shown. A rate of
// deals that are still young is given three times: observed, of the mature
// alone, and adjusted (Aalen–Johansen with delayed entry). Many of one call
// are judged together, and most differences turn out to be within chance.
//
// # The order of a history
//
// The events of a deal are put in order by instant, then Seq, then the order
// of the stages. The row marked Birth comes first whatever its instant.
// An entry without an instant stands before the first dated entry into a
// later stage, and is left out where the same stage has a dated entry. What
// has no instant holds at every as-of instant, unless all dated entries of
// the deal lie later. Entries into the stage where the deal already is
// collapse into the first. Whether a deal that jumps over a stage has reached
// it, whether one that moves back keeps what it reached, whether one that
// leaves an end again begins a new life, and which entry starts its clock is
// the question's [Policy]. A deal that was removed counts nowhere.
//
// # What changed
//
// A report is a snapshot. [Analysis.Flow] tells what came to every stage and
// what left it in a window, and balances between the snapshots of its ends;
// [Analysis.Moves] lists the deals behind it. [Between] compares the open
// pipeline of a [Scope] (an owner, a team, a quarter) at two instants and puts
// every deal that changed it under one [Cause]. [Analysis.Slippage] counts
// edits of close dates, [Analysis.Created] what was created in a period, and
// [Analysis.CreateAndClose] what was won of it in the same period. A deal that
// was removed or moved to another pipeline counts in no snapshot, and is
// seen leaving here.
//
// # Undefined
//
// A rate of nothing, a value rate where lost deals carry no amount or a value
// lies below zero, a rate of a cohort that is too young or whose early closings
// are not on record are undefined with a reason, never 0 and never 100 %. Deals
// without an amount, a probability or a date are counted beside each figure.
//
// # Errors
//
// A pipeline or question that contradicts itself is an error that lists every
// problem. Deals never are: what cannot be used is counted under its reason
// (Read = Counted + Excluded), what looks wrong is a finding. Nothing panics
// on data.
//
// # Speed
//
// A million stage events of 200,000 deals in no order are filled, analysed and
// counted in about a quarter of a second on one core; events that come deal by
// deal ([Histories.AddDeal]) in half of that. Deals that are parted beforehand,
// half of them to each of two Histories, can be analysed on two cores, and
// counts add. internal/peers measures it beside others, and the benchmarks here
// one by one:
//
//	go test -run '^$' -bench . ./funnel
//
// # Proof
//
// What a deal has reached is tested against the definition of each [Policy],
// evaluated without any of this code, on random histories with ties, repeats,
// unknown stages and removals; the longer run, of a quarter of an hour, is
//
//	SALESKPI_HISTORIES=1000000 go test -run TestPoliciesByDefinition -timeout 60m ./funnel
package funnel
