// Package steps counts who goes through a funnel of steps: visit, demo, trial,
// paid, over the events of any entities (people, accounts, deals), how long
// that takes, who is still on the way, and why somebody is not at a step.
//
// [Journeys] collect events, one at a time and in any order. A [Definition]
// says what the steps are and what counts as going through them; it is data.
// [Analyze] answers a [Question] with a [Report], [Explain] tells the way of
// one entity, and [Behind] gives those behind a figure, page by page.
//
// It knows no pipeline with stages that a deal is in and leaves, no amounts
// and no won or lost, which is what package funnel is for; it does not
// forecast, and reads no clock and no database.
//
// # The definition
//
// Every event that may be the first step opens an attempt. An attempt takes,
// step by step, the earliest event that may be the next one, is no step of it
// yet, lies not before the step before and within the gaps since that step,
// and within the window since the start. It reaches as many mandatory steps as
// it can so take. Events of one instant stand in whatever order takes the
// attempt further, unless [Ties] says otherwise.
//
//	gap           runs from the mandatory step before, from its first chance:
//	              an attempt never goes back to try a later one
//	strict        the next step must be the entity's very next event; optional
//	              steps may be left out, in their order; what else stands in
//	              the instant of the entry came before it
//	optional      reached if it happens between the mandatory steps around it,
//	              with an event that they do not need; changes nothing else
//	exclusion     see [Exclusion]
//	entity        gets as far as its furthest attempts. If all of these are
//	              excluded it is dropped; else it counts at every mandatory
//	              step they reached, and at each optional one that any of them
//	              reached
//	times         are those of one of these attempts, by the [Clock]
//	unordered     an attempt takes as many different steps as there are events
//	              for within the window of its start, each as early as it can;
//	              any step opens one, but an event that an earlier attempt took
//	              only if that gets further; an exclusion ends it
//
// A test evaluates these sentences word by word, trying all events, and
// compares; its long run is
//
//	STEPS_HISTORIES=1000000 go test -run TestAgainstTheDefinition ./funnel/steps
//
// # Attempts, entities, events
//
// Each step has three counts that are never mixed: the entities that reached
// it, the attempts that did, and the events that may be it, part of an attempt
// or not. Rates are shares of entities or of attempts; events have none.
//
// # Maturity
//
// Whoever has not converted either had all the time or is still open, and the
// two are counted apart. Observed rates are of everybody; mature rates are of
// those attempts alone whose time was over by the as-of instant, whether they
// converted or not, so that young and old periods can be compared. Events
// after the as-of instant are not known yet; those at it are.
//
// # Undefined
//
// 0 of n is 0, and 0 of 0 is undefined (zero denominator). A mature rate
// without a window is undefined (not applicable); times of nobody are no data;
// an interval of fewer than ten is not drawn (too few).
//
// # Time
//
// Instants are kept to the microsecond, windows and gaps are elapsed time, and
// days matter only where entries and trends cut by the days of a location. An
// end of a window is in time, unless [Edge] says otherwise.
//
// # Errors and limits
//
// A definition or question that makes no sense is an error that lists every
// problem. Data never are: what cannot be used is counted under its reason
// (Read = Counted + Excluded). Nothing panics on data.
//
//	steps, exclusions of a definition   32 each
//	event names of a step               256
//	bins of a histogram                 1,000
//	instants                            1900–2200
//	events and entities                 2³² each
//
// # State
//
// Journeys are a set of events and merge as sets: commutative, associative,
// with nothing as identity, and the same twice is the same once. MarshalBinary
// writes the same bytes for the same events, whatever way they came. No
// definition is part of them.
package steps
