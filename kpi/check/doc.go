// Package check holds the one error and the one finding that every package
// of this module returns.
//
// An [Error] says what is wrong with an input: which operation, where in the
// record (a path in JSON names, such as stages[2].probability), a stable
// word for the kind of problem, the value, and a sentinel for its class.
// Validation reports every problem at once, in input order, joined with
// [errors.Join]; [All] walks them. An Error marshals to JSON, so a web
// handler can answer with json.Marshal(check.All(err)).
//
// A [Finding] does not stop a calculation: it comes with the result and says
// what its reader should know (few deals, history cut off, a sign that
// changed). It carries a code and arguments and no sentence; each package
// exports the [Templates] of its codes in English and Chinese.
//
// Bad input is an error. Nothing in this module panics on data.
package check
