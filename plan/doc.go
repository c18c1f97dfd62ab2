// Package plan ties the rooms of the module together: a plan of sales that
// knows its market, its goals, who does what by when, how it goes, and what to
// change.
//
// It reads no records and computes nothing twice: actuals come in as figures
// (from kpi/cube, or from anywhere), goals and breakdowns are those of package
// target, deals those of funnel and funnel/forecast, actions those of
// plan/action; plan/incentive says what attainment pays. Times come in as days.
//
// # Five phases
//
//	prepare   [Preparation]           segments, needs, capacity, history, assumptions: [Plan.Prepare]
//	set       [Plan], [Document]      objectives, goals, SMART, breakdown, commitments: [Plan.Ready], [Document.Commit]
//	execute   package action          strategies, actions, tasks, workload, budget
//	monitor   [Plan.Review]           how it stands; [Review.Since], [Review.Alerts], [Meeting.Agenda], [Minutes.Follow]
//	improve   [Plan.Evaluate]         how it went, why, and what to do: [Playbook.Suggest], [Playbook.Learn], [Plan.Propose]
//
// # The life of a plan
//
// A [Plan] is content: a record that anybody may write. A [Document] is its
// life: a draft, which may have errors; then the baseline, once everybody's
// warnings are signed by name; then revisions, each with a reason, an author
// and the day from which it holds. What is closed keeps its target, and no
// transition loses the baseline. [Document.Review] looks at the version that
// was in force and known, beside the original targets.
//
// [DiffOf] is exact, down to cells, needs, assumptions, strategies and actions:
// applied to the one plan it gives the other. [Changed] says the same in
// sentences, and [Document.Amendments] does so of every revision. [Compare]
// says why two plans differ, and [Comparison] how much of what they promise
// comes from which driver, strategy and lever.
//
// # Whose actuals
//
// In a goal with a breakdown, actuals belong to the owners without children;
// what a team or region reached is the sum of its children, so that nobody is
// counted twice. In a goal without a breakdown they belong to its owner, or
// to those below it where another goal's breakdown or Plan.Owners says who they
// are. A goal of a share, a rate or a level does not add up: its actuals are
// figures of exactly the owner and days in question ([target.TrackStated]). One
// in a band (discount, share of new customers) has Goal.Within in place of a
// target and belongs to its owner alone: each of several has a goal of its own.
//
// # How goals fall due
//
// Plan.Curve says how much of a goal that adds up is due by a day: by the
// months of its breakdown, by days, by a season or any other shares
// (Preparation.Season, Preparation.Shares), or as earlier periods went
// (learned from [Input].History, by day). With Preparation.WorkDays all of them
// count working days. What is due of a parent is the sum of what is due of its
// children. A learned curve is each owner's own, so there the parent's status
// goes by pace; and where a child has too little history, or the targets of the
// children do not make up the parent's (a carried quota), the parent follows
// the curve of all that was reached below it. Who lands where is said by name:
// run rate, rest of plan, curve, and the forecast that was handed in.
//
// # Risks, hygiene and alerts
//
// A [Review] carries findings beside its lines: what the deals do not cover,
// what the period hangs on and who has to clean up, by limits that are data
// ([RiskLimits]); actions that hold others up; goals that rest on what has not
// come true. They are of one day. An [Alert] knows the reviews before: it waits
// for as many in a row as its rule wants, does not flicker, rests, and can be
// muted by name until a day. [Meeting.Agenda] puts both in order, each with
// whom to ask, and [Review.Of] makes a page for one team or seller that names
// nobody else.
//
// # Undefined and no data
//
// Inside [Input.Known] records are complete, so an owner without figures
// reached 0. Where Known is left out, an owner without figures is no data:
// neither 0 nor a missed target, and findings name the owners and periods. A
// figure that is no data (all its records lack an amount) stays no data. Days
// before Known are no data as well, and goals are compared over the known
// days alone. In [Review.Rows] an undefined number is an empty cell with its
// reason beside it.
//
// # What the article asks
//
// The module comes from an article on sales performance management (销售绩效管理:
// 从计划到执行的全面解析). For each of its sections, and for each bullet of its
// three answers (Q1 to Q3), what answers it; a test of that name holds it to
// figures worked by hand:
//
//	1.1 market and customer needs               Plan.Prepare, action.Plan.Promise
//	1.2 targets by market, team and history     Plan.Assess
//	1.2 targets by month, revenue and share     target.BreakDown, target.StateFlat
//	1.3 action plan, resources and time         action.Plan.Agenda, action.Plan.Workload, action.Plan.Track
//	1.4, 2.6, 3.4, 4.3, 5.4 a system            not computable: the caller's own, which imports this module
//	2.1 specific                                target.Assess
//	2.2 measurable                              target.Assess, Plan.Review
//	2.3 achievable                              target.Assess, target.Past.Outlook
//	2.4 relevant                                target.Assess, Plan.Ready
//	2.5 time-bound                              target.Assess
//	3.1 strategies and their effect             action.Plan.Promise
//	3.2 adjust to market and customers          Plan.Prepare, Document.Revise, Compare
//	3.3 responsibility and supervision          action.Plan.Matrix, action.Plan.Track
//	4.1 regular analysis                        Cadence.Due, Plan.Review
//	4.2 timely feedback and adjustment          Review.Alerts, Minutes.Follow
//	5.1 evaluation finds the problem            Plan.Evaluate
//	5.2 revenue, share and satisfaction         scorecard.Scorecard.Score, kpi.Catalog.Eval
//	5.3 improvement plan                        Playbook.Suggest, Suggestion.Plan
//	Q1.1 SMART: 20 % more next quarter          target.Goal.Resolve, target.Assess
//	Q1.2 targets from data                      Plan.Propose
//	Q1.3 participation of the team              Plan.Reconcile
//	Q1.4 stages of a large goal                 target.Tracking.Crossed, Meeting.Agenda
//	Q1.5 flexible adjustment                    target.Versions.Revise, target.Versions.Attainment
//	Q1.6 incentives                             incentive.Plan.Statement
//	Q2.1 gap to the target every week           Plan.Review, Review.Since
//	Q2.2 which stage of the funnel              funnel.Analysis.Report, funnel.Analysis.Bottleneck
//	Q2.3 CRM                                    not computable: the caller's own, which imports this module
//	Q2.4 meeting where everybody reports        Review.Of, Meeting.Agenda
//	Q2.5 indicators of every seller             cube.Cube.Query
//	Q2.6 feedback of sellers                    Minutes.Unanswered
//	Q2.7 BI tools                               Review.Rows, Rows.Records
//	Q3.1 tasks by day, week and month           action.Plan.Agenda
//	Q3.2 training and support                   DefaultPlaybook, Playbook.Suggest, action.Evaluate
//	Q3.3 rewards and promotion                  incentive.Reward.Decide
//	Q3.4 checks and feedback to each            Review.Of
//	Q3.5 teamwork: shared credit                incentive.Credit.SplitAmong
//	Q3.5 teamwork: atmosphere                   not computable
//	Q3.6 tools                                  not computable: the caller's own
//	Q3.7 leadership                             not computable
//
// # What a manager asks on Monday
//
//	where will we land                          forecast.Forecast.Landing, FunnelView.Forecast
//	why is it not what we said last week        forecast.Changed, Review.Since
//	which five deals decide the quarter         forecast.Forecast.Decisive
//	is next quarter covered                     forecast.Forecast.Cover
//	do we create pipeline fast enough           forecast.Forecast.Cover
//	who has not cleaned up                      forecast.Forecast.Hygiene
//	did last month's number change              Review.Since, cube.Restate
//	growth by region after the re-organisation  cube.Cube.AsIs, kpi.Growth
//	did our market shrink or did we lose share  bridge.MarketShare.Bridge
//	is this quota fair                          target.Breakdown.Lint
//	who is punished for last year               target.Breakdown.Lint
//	is the difference between two sellers real  funnel.Compare
//	did the training work                       Plan.Evaluate, action.Evaluate
//	who is owed what                            incentive.Plan.Statement
//	who is near a reward                        incentive.Reward.Decide
//	overdue receivables by seller               cube.Cube.Query
//	why is my score missing                     scorecard.Scorecard.Explain
//	linearity and pull-ins                      forecast.Forecast.Linearity
//	forecast bias per manager                   forecast.Forecast.Record, forecast.Forecast.Owners
//	share of sellers at quota                   target.Distribute
//	productivity by tenure                      cube.Cube.Query
//	win and loss reasons                        funnel.Analysis.Reasons
//	which records are behind a figure           Plan.Behind, funnel.Analysis.Behind
//
// Productivity by tenure is an Example of package cube (Query, tenure).
//
// # Errors and findings
//
// Every Validate reports every problem at once, each with its path. What does
// not stop a review comes with it as findings; [Findings] has their sentences
// in English and Chinese. Inputs are neither changed nor kept, their order has
// no meaning: a plan in another order gives the same review, byte for byte.
//
// # Documents
//
//	saleskpi/plan/1            [Plan]
//	saleskpi/plan_document/1   [Document]
//	saleskpi/plan_diff/1       [Diff]
//	saleskpi/review/1          [Review]
//	saleskpi/evaluation/1      [Evaluation]
//	saleskpi/rows/1            [Rows], and the columns of a CSV file: [Columns]
//	saleskpi/table/1           [Table]: [Review.Tables] and [Evaluation.Tables]
//	saleskpi/playbook/1        [Playbook]
//	saleskpi/minutes/1         [Minutes]
//
// Unknown fields are errors; every earlier version of this major is read.
package plan
