package forecast

import "github.com/saleskpi/saleskpi/internal/enum"

// Which says which deals a [Figure] counts. The zero Which is OpenOnes.
type Which uint8

const (
	OpenOnes        Which = iota // every open deal
	WonOnes                      // won in the period by the as-of day
	DueOnes                      // open, and expected to close in what is left of the period
	ElsewhereOnes                // open and not due: what follows, together
	StaleOnes                    // open and stale
	OmittedOnes                  // of the others, those omitted by their category
	NoCloseOnes                  // of the others, those without a close date
	PastCloseOnes                // of the others, those whose close date is past
	OtherPeriodOnes              // of the others, those due in another period
	CreatedOnes                  // started in the period by the as-of day, whatever became of them
	PulledInOnes                 // won in the aim's period, and expected later as it began
	PushedOutOnes                // open, expected in the aim's period as it began, and later now
	BelievableOnes               // open, of an age at which deals have closed, or of unknown age
	OlderOnes                    // open and older than any deal was that closed
	CleanOnes                    // open and untidy in no way
	UntidyOnes                   // open and untidy in any way
	UntidyInOnes                 // open and untidy in the figure's way
	whiches         = iota
)

func whichWords() []string {
	return []string{"open", "won", "due", "elsewhere", "stale", "omitted", "no_close", "past_close", "other_period", "created",
		"pulled_in", "pushed_out",
		"believable", "older", "clean", "untidy", "untidy_in"}
}

// String gives the word, such as past_close.
func (w Which) String() string { return enum.String(whichWords(), w) }

// MarshalText gives the word; a number outside the constants is an error.
func (w Which) MarshalText() ([]byte, error) { return enum.Marshal("forecast.Which", whichWords(), w) }

// UnmarshalText reads the word.
func (w *Which) UnmarshalText(text []byte) error {
	return enum.Unmarshal("forecast.Which", whichWords(), text, w)
}
