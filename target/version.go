package target

import (
	"encoding/json"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Version is a breakdown as it was decided, with the two days that matter:
// from when on it holds, and since when that is known.
type Version struct {
	Breakdown *Breakdown   `json:"breakdown"`
	Effective calendar.Day `json:"effective"` // the first day on which it holds; no day: from the beginning
	Known     calendar.Day `json:"known"`     // the day on which it was decided
	Author    string       `json:"author,omitzero"`
	Reason    string       `json:"reason,omitzero"`
}

// Versions are the breakdowns of one goal in the order in which they were
// decided. It is immutable and safe for concurrent use; [Publish] and JSON
// make one. The zero Versions has none.
type Versions struct {
	list []Version
}

// Publish gives the versions that begin with a first one, the original.
// Errors are a missing breakdown or known day, and days outside the years
// that exist.
func Publish(first Version) (Versions, error) { return Versions{}.Add(first) }

// Add gives the versions with one more, decided last.
//
// Closed periods, those whose last day lies before the effective day, are
// locked: what an owner carries itself must be as in the version before
// (check.ErrInvalid, closed_cell_changed, with owner, row and period), and so
// must what proration took away and what is uncovered. An owner may leave the
// tree or come into it where it has nothing in closed periods, and a seller
// may come to lead a team, whose closed cells then are own selling. Owners may
// change parents; uncovered plan may move with them, but all of it together
// stays (closed_uncovered_changed). Other errors are those of [Publish], a
// known day before that of the version before (check.ErrRange), and a
// breakdown of another goal, metric, calendar, grain or period
// (check.ErrDefinition).
func (v Versions) Add(next Version) (Versions, error) {
	problems := check.List{Op: "target.Versions"}
	v.checkNext(&problems, "", next)
	if err := problems.Err(); err != nil {
		return Versions{}, err
	}
	return Versions{append(slices.Clone(v.list), next)}, nil
}

func (v Versions) checkNext(problems *check.List, at string, next Version) {
	checkDay(problems, at+"known", next.Known)
	checkOptionalDay(problems, at+"effective", next.Effective)
	if next.Breakdown == nil || len(next.Breakdown.nodes) == 0 {
		problems.Add(check.ErrMissing, at+"breakdown", "missing_breakdown", nil)
		return
	}
	if len(v.list) == 0 {
		return
	}
	last := v.list[len(v.list)-1]
	checkKnown(problems, at, next.Known, last)
	if goal := next.Breakdown.goal.ID; goal != last.Breakdown.goal.ID {
		problems.Add(check.ErrDefinition, at+"breakdown.goal.id", "other_goal", goal, "goal", last.Breakdown.goal.ID)
	}
	var found check.List
	last.Breakdown.checkSameGrid(&found, next.Breakdown)
	if found.Empty() {
		last.Breakdown.checkClosed(&found, next.Breakdown, next.Effective)
	}
	problems.Nest(at+"breakdown", found.Err())
}

// checkKnown reports a day before the one on which the last was decided.
func checkKnown(problems *check.List, at string, known calendar.Day, last Version) {
	if !known.IsZero() && known < last.Known {
		problems.Add(check.ErrRange, at+"known", "before_the_last", known, "last", last.Known)
	}
}

// All gives the versions in the order in which they were decided.
func (v Versions) All() []Version { return slices.Clone(v.list) }

// Len gives how many there are.
func (v Versions) Len() int { return len(v.list) }

// InForce gives the version that holds on a day, as far as it was known on
// another: of those known by then and effective by the as-of day, the one
// that was decided last. At is its position in All; ok is false where there
// is none.
func (v Versions) InForce(asOf, knownAt calendar.Day) (version Version, at int, ok bool) {
	for i, candidate := range slices.Backward(v.list) {
		if candidate.Known <= knownAt && candidate.Effective <= asOf {
			return candidate, i, true
		}
	}
	return Version{}, -1, false
}

// Standing is an actual against every target that might be meant.
type Standing struct {
	Owner   string          `json:"owner"`
	Period  calendar.Period `json:"period"`
	AsOf    calendar.Day    `json:"as_of"`
	KnownAt calendar.Day    `json:"known_at"`
	Actual  kpi.Value       `json:"actual"`

	Original kpi.Value `json:"original"` // of the first version, before proration and ramp
	InForce  kpi.Value `json:"in_force"` // as revised, before proration and ramp
	Prorated kpi.Value `json:"prorated"` // as revised, prorated and ramped: the one that counts
	Street   kpi.Value `json:"street"`   // what the sellers below carry in all

	AgainstOriginal kpi.Value `json:"against_original"`
	AgainstInForce  kpi.Value `json:"against_in_force"`
	AgainstProrated kpi.Value `json:"against_prorated"`
	AgainstStreet   kpi.Value `json:"against_street"`

	Versions []int `json:"versions"` // which versions the cells are from, by position in All
}

// Attainment sets the actual of an owner over a period against its original,
// in-force and prorated target, as of a day and as known on another.
//
// Each period of the grain counts with the version that was in force on the
// as-of day, and a closed one with that on its last day: what was attained
// keeps the target it was closed with. The original is that of the first
// version, whatever is known.
//
// Targets are undefined as those of [Breakdown.Cell], and NoTarget where no
// version was in force. Somebody who came with a later version has no target
// in the periods before: they add nothing to the others. Attainments are
// undefined as those of [kpi.Attainment], and NotYetDue where the period
// begins after the as-of day, as in [Track].
func (v Versions) Attainment(owner string, period calendar.Period, actual kpi.Value, asOf, knownAt calendar.Day) Standing {
	s := Standing{Owner: owner, Period: period, AsOf: asOf, KnownAt: knownAt, Actual: actual, Versions: []int{}}
	missing := kpi.Undefined(kpi.NoTarget)
	s.Original, s.InForce, s.Prorated, s.Street = missing, missing, missing, missing
	if len(v.list) == 0 {
		return s.against(kpi.HigherIsBetter)
	}
	first := v.list[0].Breakdown
	s.Original = first.Quota(owner, period).Full
	from, to, whole := first.span(period)
	if !whole || !first.goal.Period.Covers(period) {
		s.InForce, s.Prorated, s.Street = s.Original, s.Original, s.Original
		return s.against(first.metric.Direction)
	}
	var full, prorated, street []kpi.Value
	for _, p := range first.periods[from:to] {
		q, at := v.quota(owner, p, min(asOf, p.Last()), knownAt)
		full, prorated, street = append(full, q.Full), append(prorated, q.Carried), append(street, q.Street)
		if at >= 0 {
			s.Versions = append(s.Versions, at)
		}
	}
	slices.Sort(s.Versions)
	s.Versions = slices.Compact(s.Versions)
	s.InForce, s.Prorated, s.Street = missing, missing, missing
	if slices.ContainsFunc(s.Versions, func(at int) bool { return v.list[at].Breakdown.has(owner) }) {
		s.InForce, s.Prorated, s.Street = sumOfValues(full...), sumOfValues(prorated...), sumOfValues(street...)
	}
	return s.against(first.metric.Direction)
}

// quota gives what an owner has for one period, and the version that says so,
// -1 where none does. No data stands for an owner that the version does not
// know.
func (v Versions) quota(owner string, p calendar.Period, asOf, knownAt calendar.Day) (q Quota, at int) {
	version, at, ok := v.InForce(asOf, knownAt)
	switch missing := kpi.Undefined(kpi.NoTarget); {
	case !ok:
		return Quota{Full: missing, Carried: missing, Street: missing}, at
	case !version.Breakdown.has(owner):
		return Quota{}, at
	}
	return version.Breakdown.Quota(owner, p), at
}

func (s Standing) against(d kpi.Direction) Standing {
	actual := s.Actual
	if s.AsOf < s.Period.Start() {
		actual = kpi.Undefined(kpi.NotYetDue)
	}
	s.AgainstOriginal = kpi.Attainment(d, actual, s.Original)
	s.AgainstInForce = kpi.Attainment(d, actual, s.InForce)
	s.AgainstProrated = kpi.Attainment(d, actual, s.Prorated)
	s.AgainstStreet = kpi.Attainment(d, actual, s.Street)
	return s
}

// Plan gives what an owner aims at in a period, as of a day and as known on
// another: the plan of a [Track]. Each period has the target that Attainment
// gives as prorated. It is empty where that of [Breakdown.Plan] would be in
// every version.
func (v Versions) Plan(owner string, period calendar.Period, asOf, knownAt calendar.Day) []kpi.Figure {
	plan := []kpi.Figure{}
	known := slices.IndexFunc(v.list, func(version Version) bool { return version.Breakdown.has(owner) })
	if known < 0 {
		return plan
	}
	for _, f := range v.list[known].Breakdown.Plan(owner, period) {
		f.Value = v.Attainment(owner, f.Period, kpi.Value{}, asOf, knownAt).Prorated
		plan = append(plan, f)
	}
	return plan
}

const versionsSchema = "saleskpi/versions/1"

type versionsDocument struct {
	Schema   string    `json:"schema"`
	Versions []Version `json:"versions"`
}

// MarshalJSON gives the stored form, which carries
// "schema":"saleskpi/versions/1".
func (v Versions) MarshalJSON() ([]byte, error) {
	return json.Marshal(versionsDocument{versionsSchema, append([]Version{}, v.list...)})
}

// UnmarshalJSON reads what MarshalJSON writes and checks it as Add does; null
// leaves the versions as they are.
func (v *Versions) UnmarshalJSON(data []byte) error {
	const op = "target.Versions"
	var doc versionsDocument
	if ok, err := check.DecodeStored(op, versionsSchema, data, &doc); !ok {
		return err
	}
	problems := check.List{Op: op}
	read := Versions{}
	for i, next := range doc.Versions {
		read.checkNext(&problems, check.At("versions", i)+".", next)
		if problems.Empty() {
			read.list = append(read.list, next)
		}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	*v = read
	return nil
}
