package scorecard

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Treatment says what an item without points does to the score. The zero
// Treatment is MakeUndefined.
type Treatment uint8

const (
	MakeUndefined Treatment = iota // there is no score, for the item's reason
	LeaveOut                       // the item does not count, and the others share its weight in proportion to theirs
	CountLeast                     // the item counts with the floor of its curve, 0 points unless stated
)

func treatmentWords() []string { return []string{"make_undefined", "leave_out", "count_least"} }

// String gives make_undefined, leave_out or count_least.
func (t Treatment) String() string { return enum.String(treatmentWords(), t) }

// MarshalText gives the word.
func (t Treatment) MarshalText() ([]byte, error) {
	return enum.Marshal("scorecard.Treatment", treatmentWords(), t)
}

// UnmarshalText reads the word.
func (t *Treatment) UnmarshalText(text []byte) error {
	return enum.Unmarshal("scorecard.Treatment", treatmentWords(), text, t)
}

// MissingPolicy says what happens to items that have no points, by the
// reason of their attainment. The zero MissingPolicy is the default:
//
//	not_yet_due, too_few     left out
//	every other reason       the score is undefined
//	over 1/4 of the weight   the score is undefined, whatever the reasons
//
// ByReason changes the treatment of the reasons it names. The weight that
// may be missing counts every item without points, CountLeast too; Most
// changes that share.
type MissingPolicy struct {
	ByReason map[kpi.Reason]Treatment `json:"by_reason,omitzero"`
	Most     kpi.Value                `json:"most,omitzero"` // share of the weight, 0 to 1; 1/4 where left out
}

func (m MissingPolicy) treatment(r kpi.Reason) Treatment {
	if t, named := m.ByReason[r]; named {
		return t
	}
	switch r {
	case kpi.NotYetDue, kpi.TooFew:
		return LeaveOut
	}
	return MakeUndefined
}

func (m MissingPolicy) most() kpi.Value { return m.Most.Or(kpi.Frac(1, 4)) }

// Validate reports a reason or treatment that is none of the constants, and
// a share outside 0 to 1.
func (m MissingPolicy) Validate() error {
	problems := check.List{Op: "scorecard.MissingPolicy"}
	for _, r := range slices.Sorted(maps.Keys(m.ByReason)) {
		if r < kpi.Unpriced || r > kpi.NoData {
			problems.Add(check.ErrUnknown, "by_reason", "unknown_reason", uint8(r))
		}
		if t := m.ByReason[r]; t > CountLeast {
			problems.Add(check.ErrUnknown, check.At("by_reason", r), "unknown_word", uint8(t))
		}
	}
	validateShare(&problems, "most", m.Most)
	return problems.Err()
}

// validateShare reports what is neither left out nor between 0 and 1.
func validateShare(problems *check.List, path string, v kpi.Value) {
	validateOptional(problems, path, v)
	if v.Sign() < 0 || kpi.Int(1).Less(v) {
		problems.Add(check.ErrRange, path, "not_a_share", v, "least", 0, "most", 1)
	}
}
