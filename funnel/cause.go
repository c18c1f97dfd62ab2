package funnel

import "github.com/saleskpi/saleskpi/internal/enum"

// Cause is why the pipeline of a scope is another one at a later instant.
type Cause uint8

// The causes in the order in which a change lists them. Where several apply
// to a deal, the rules of [Between] say which one counts.
const (
	NoCause Cause = iota

	DealCreated   // was not known at the earlier instant
	DealReopened  // had been closed
	DealRestored  // had been removed
	MovedIn       // was in another pipeline
	TransferredIn // is in the scope now: another owner, another team
	PulledIn      // its close date lay after the period, and lies in it now
	PushedIn      // its close date lay before the period, and lies in it now
	DateSet       // had no close date, and has one in the period now

	ValueRaised    // stayed, with a higher value
	ValueStated    // stayed, and has a value now
	ValueLowered   // stayed, with a lower value
	ValueWithdrawn // stayed, and has no value now

	PushedOut        // its close date lies after the period now
	PulledOut        // its close date lies before the period now
	DateCleared      // has no close date now
	TransferredOut   // is out of the scope now: another owner, another team
	MovedOut         // is in another pipeline now
	DealWon          // was won since
	DealLost         // was lost since
	DealDisqualified // came to a disqualified end since
	DealRemoved      // is removed, or unknown to the later histories

	causes = iota
)

func causeWords() []string {
	return []string{"none", "created", "reopened", "restored", "moved_in", "transferred_in", "pulled_in", "pushed_in", "date_set",
		"raised", "value_stated", "lowered", "value_withdrawn",
		"pushed_out", "pulled_out", "date_cleared", "transferred_out", "moved_out", "won", "lost", "disqualified", "removed"}
}

// String gives the word, such as created, pulled_in or won.
func (c Cause) String() string { return enum.String(causeWords(), c) }

// MarshalText gives the word; a cause outside the constants is an error.
func (c Cause) MarshalText() ([]byte, error) { return enum.Marshal("funnel.Cause", causeWords(), c) }

// UnmarshalText reads the word.
func (c *Cause) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.Cause", causeWords(), text, c)
}

// Deals gives what one deal of the cause does to the number of deals: +1 where
// it comes, −1 where it leaves, 0 where it stays and only its value changed.
func (c Cause) Deals() int {
	switch {
	case c >= DealCreated && c <= DateSet:
		return 1
	case c >= PushedOut && c < causes:
		return -1
	default:
		return 0
	}
}

// Sign gives how the value of the cause counts: +1 adds, −1 takes away.
func (c Cause) Sign() int {
	switch {
	case c >= DealCreated && c <= ValueStated:
		return 1
	case c >= ValueLowered && c < causes:
		return -1
	default:
		return 0
	}
}
