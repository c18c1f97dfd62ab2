package forecast

import "github.com/saleskpi/saleskpi/internal/enum"

// Other is why a landing moved where no deal came into the pipeline of its
// period, left it or changed its value. The zero Other is none.
type Other uint8

const (
	NoOther     Other = iota // the line has a cause of the funnel
	ChanceMoved              // the deal moved to another stage, grew older, or is judged by other experience
	StoodAside               // an open deal is not due any more: stale, omitted, past its close date
	CameBack                 // the reverse
	Restated                 // what was won was changed afterwards
	CallsMoved               // what people say, beyond what the deals say
	NewDeals                 // what is expected of deals that do not exist yet
)

func otherWords() []string {
	return []string{"none", "chance", "stood_aside", "came_back", "restated", "calls", "new_deals"}
}

// String gives none, chance, stood_aside, came_back, restated, calls or
// new_deals.
func (o Other) String() string { return enum.String(otherWords(), o) }

// MarshalText gives the word; a number outside the constants is an error.
func (o Other) MarshalText() ([]byte, error) { return enum.Marshal("forecast.Other", otherWords(), o) }

// UnmarshalText reads the word.
func (o *Other) UnmarshalText(text []byte) error {
	return enum.Unmarshal("forecast.Other", otherWords(), text, o)
}
