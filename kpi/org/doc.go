// Package org knows who belonged where on a day: units in trees, people, and
// dated assignments of people to units.
//
// A [Structure] is the record that a backend fills and stores. [New] checks
// it as a whole and gives an immutable [Org]; [Org.At] gives the [Tree] of a
// day, which answers paths, children and members. This is the only package
// that knows a hierarchy; everything that rolls up asks it.
//
// # As was and as is
//
// The two ways to look at history are two ways to call At. As was: ask for
// the day of each record, so a deal counts for the team that its owner was in
// when it closed. As is: ask for one stated day, say today, and lay that tree
// over all records, so a year before a re-organisation compares with a year
// after it. A result should name which of the two it is: a [View] does.
//
// # Rolling up without counting twice
//
// A record counts for one unit of a kind: [Tree.AncestorOf]. Who is shared out
// counts on each of his paths with the share of it: [Tree.PathsOf]. The total
// of a unit is the sum of what stands directly at each of the units that
// [Tree.Below] gives, and a total over units that somebody has picked the sum
// of the totals of those that [Tree.Topmost] keeps.
//
// # What is checked
//
// Errors, all at once and with paths: an ID that is missing or stands twice, a
// unit given two parents, a parent, unit or member that does not exist, a
// cycle (named in full), an assignment that ends before it has begun, a member
// twice in one unit on a day, and shares of one member that exceed one on a
// day. Findings, which stop nothing because they happen in real life: days
// between the assignments of a member on which nobody has him (a leave, or a
// missing row), and a member without any assignment.
//
// Several roots are allowed: not every company keeps its regions under one
// node. Units have no dates; what belongs to whom among units is the same on
// every day, and a unit that moves elsewhere is a new unit. Shares below one
// that add up to less than one are allowed: part of a person may work
// elsewhere.
//
// IDs are compared as bytes, nothing is trimmed or folded, and every list
// comes in the order of the bytes of its IDs.
package org
