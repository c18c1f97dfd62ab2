// Package plan ties the rooms of the module together: a [Plan] is a document
// with metrics, goals and their breakdowns, and [Plan.Review] says as of a
// day how each goal stands.
//
// It reads no records and computes nothing twice: actuals come in as figures
// (from kpi/cube, or from anywhere), targets are those of the plan's goals
// and breakdowns, and the comparison is that of [target.Track].
//
// # Whose actuals
//
// In a goal with a breakdown, actuals belong to the owners without children;
// what a team or region reached is the sum of its children, so that nobody is
// counted twice. In a goal without a breakdown they belong to its owner, or
// to those below it where another goal's breakdown says who they are.
//
// # Undefined and no data
//
// Inside [Input.Known] records are complete, so an owner without figures
// reached 0. Where Known is left out, an owner without figures is no data:
// neither 0 nor a missed target, and findings name the owners and periods. A
// figure that is no data (all its records lack an amount) stays no data. Days
// before Known are no data as well, and goals are compared over the known
// days alone.
//
// # Errors and findings
//
// [Plan.Validate] and [Input.Validate] report every problem at once, each
// with its path. What does not stop a review comes with it as findings;
// [Findings] has their sentences in English and Chinese.
package plan
