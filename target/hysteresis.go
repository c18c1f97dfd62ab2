package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Stood is how a target stood at an earlier review: [Tracking.Stood] gives
// it, to be kept until the next one. With the earlier ones at hand a status
// does not flicker: it falls at once, and rises only where the threshold is
// passed by a margin ([Thresholds.Margin]) or was passed at the review before
// too. A review without data says nothing and is passed over. Those of
// another Version, from before the period, of the as-of day or of a later one
// are not looked at, so a new target starts afresh.
type Stood struct {
	AsOf    calendar.Day `json:"as_of"`
	Version string       `json:"version,omitzero"`
	Status  Status       `json:"status"` // what was shown
	Plain   Status       `json:"plain"`  // what the thresholds alone said
}

// Stood gives what the next review needs to know of this one.
func (t Tracking) Stood() Stood { return Stood{t.AsOf, t.Version, t.Status, t.Plain} }

// latest gives the last review of the same target before the as-of day that
// had data.
func (t *Tracking) latest(earlier []Stood) (last Stood, ok bool) {
	for _, s := range earlier {
		same := s.Version == t.Version && s.AsOf >= t.Period.Start() && s.AsOf < t.AsOf
		if same && s.Status != NoData && (!ok || s.AsOf > last.AsOf) {
			last, ok = s, true
		}
	}
	return last, ok
}

// rank orders the statuses that a running target rises and falls between.
func (s Status) rank() int {
	switch s {
	case OnTrack:
		return 3
	case AtRisk:
		return 2
	case Behind:
		return 1
	}
	return 0
}

// damp holds a status that would rise back, unless it rises by the margin or
// for the second time. firm is the status with every threshold raised by the
// margin.
func damp(plain, firm Status, last Stood) Status {
	if last.Status.rank() == 0 || plain.rank() <= last.Status.rank() {
		return plain
	}
	best := last.Status
	for _, s := range []Status{firm, lower(plain, last.Plain)} {
		if s.rank() > best.rank() {
			best = s
		}
	}
	return best
}

func lower(a, b Status) Status {
	if a.rank() < b.rank() {
		return a
	}
	return b
}

// settle fills the status, from what the thresholds alone say.
func (t *Tracking) settle(d kpi.Direction, earlier []Stood) {
	t.Plain = t.status(d, kpi.Int(0))
	t.Status = t.Plain
	if last, ok := t.latest(earlier); ok && t.Plain.rank() > 0 {
		t.Status = damp(t.Plain, t.status(d, t.Thresholds.Margin), last)
	}
}

func checkEarlier(problems *check.List, earlier []Stood) {
	type key struct {
		asOf    calendar.Day
		version string
	}
	seen := map[key]bool{}
	for i, s := range earlier {
		at := check.At("earlier", i)
		if checkDay(problems, at+".as_of", s.AsOf); s.AsOf.IsZero() {
			continue
		}
		if s.Status > Missed {
			problems.Add(check.ErrUnknown, at+".status", "unknown_word", uint8(s.Status))
		}
		if s.Plain > Missed {
			problems.Add(check.ErrUnknown, at+".plain", "unknown_word", uint8(s.Plain))
		}
		if k := (key{s.AsOf, s.Version}); seen[k] {
			problems.Add(check.ErrDuplicate, at+".as_of", "duplicate_review", s.AsOf)
		} else {
			seen[k] = true
		}
	}
}
