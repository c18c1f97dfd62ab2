// Package action says who does what by when, what that is to bring, and how
// it goes: strategies, actions, tasks, workload and budget.
//
// A [Plan] is data: strategies with the levers that they move, actions with
// their responsibility matrix, days, dependencies, effort and budget,
// milestones, people and routines. It is asked:
//
//	[Plan.Promise]   what the strategies promise for a goal, and what of it lands in the period
//	[Plan.Track]     what is done, late, blocked and spent on the evening of a day
//	[Plan.Workload]  who has too much to do, against capacity in working days
//	[Plan.Agenda]    everybody's tasks of the next day, week and month
//	[Plan.Matrix]    who answers for what (RACI)
//	[Levers]         what would have to change to close a gap in the time left; [LeverQuestion.Worth] what a change brings
//	[Evaluate]       what changed after an action, beside what would have come without it
//
// # Not for
//
// It sets no goals (package target) and reads no deals (package funnel): what
// it needs of them, such as a sales cycle or the deals that must still come
// in, is handed in as numbers. It does not level workloads: it says who has
// too much, people decide who has less.
//
// # What is computed
//
//	effect          the change of a lever, begins at the strategy's start + the lever's lead time
//	several         compounded, or the largest rise and fall: the plan's [Stacking]
//	promise         Σ over the days of the period of the goal's formula ÷ days
//	status          from the days and the record of an action, as of a day
//	on time         done no later than due; share = on time ÷ (done + overdue)
//	expected        the earliest day, from what it waits for and the working days it takes
//	slack           working days that it may take longer without moving the last end
//	load            effort × k ÷ n by the k-th of n working days, in hundredths of a day
//	capacity        working days that somebody is not away × share
//	return          (gain − spent) ÷ spent
//	changed         mean after − mean before; net of what was to be expected
//
// # Days
//
// The as-of day is over: what is due on it and not done is overdue. The
// first and last day of an action, a strategy and a milestone belong to it.
// Days are working days of the work calendar that is handed in; where there
// is none every day counts.
//
// # Undefined
//
// A return on nothing spent, a promise without numbers, a number of calls
// where nobody knows how many a deal takes, an end beyond the work calendar, a
// verdict on too few units: undefined with the reason, never zero, and a
// finding names it.
//
// # Order and rounding
//
// The same plan and records in any order give the same bytes; ties are broken
// by ID. Money, promises and changes are exact. Efforts are spread in
// hundredths of a working day and counts in whole ones, so that the parts of
// any cut into periods add up to the whole. Interval and p-value of an
// evaluation are estimates; no verdict hangs on their last digits.
//
// # Errors and limits
//
// A plan or a question that cannot be used is an error of kpi/check with its
// path (actions[3].roles), every problem at once; actions that wait for one
// another are named. Nothing panics on data; inputs are neither changed nor
// kept. All types may be shared between goroutines as long as nobody writes
// to them.
//
//	strategies                             200
//	actions                                10,000
//	people                                 20,000
//	milestones, routines, activities       1,000 each
//	roles, predecessors, times away        1,000 of each action or person
//	IDs that a late action lists           100; it counts all
//	lead time                              3,660 days
//	units and others of a case             10,000 each
//	cases of a call                        1,000
//
// # Data forms
//
// A plan is stored as JSON with a schema ("saleskpi/actions/1"), read
// strictly. Questions and results go through JSON and come back equal.
package action
