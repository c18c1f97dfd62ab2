package plan

import "github.com/saleskpi/saleskpi/internal/enum"

// Phase is where a plan stands in its life. The zero Phase is Drafted.
//
//	draft      changed freely; may have errors
//	committed  agreed; changed by revisions alone
//	active     being executed; changed by revisions alone
//	closed     over; changed no more
type Phase uint8

const (
	Drafted   Phase = iota // see [Draft] and [Document.Edit]
	Committed              // see [Document.Commit]
	Active                 // see [Document.Activate]
	Closed                 // see [Document.Close]
)

func phaseWords() []string { return []string{"draft", "committed", "active", "closed"} }

// String gives draft, committed, active or closed.
func (p Phase) String() string { return enum.String(phaseWords(), p) }

// MarshalText gives the word.
func (p Phase) MarshalText() ([]byte, error) { return enum.Marshal("plan.Phase", phaseWords(), p) }

// UnmarshalText reads the word.
func (p *Phase) UnmarshalText(text []byte) error {
	return enum.Unmarshal("plan.Phase", phaseWords(), text, p)
}
