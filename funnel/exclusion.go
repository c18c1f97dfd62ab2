package funnel

import "github.com/saleskpi/saleskpi/internal/enum"

// Exclusion says why a deal is not counted. Where several apply the first
// does.
type Exclusion uint8

const (
	NoID          Exclusion = iota // events without the ID of a deal, together one; the zero Exclusion
	NoStage                        // nothing says in which stage the deal ever was
	NotBegun                       // everything dated lies after the as-of instant
	UnknownStage                   // none of its stages stands in any pipeline
	OtherPipeline                  // it belongs to another pipeline
	WasRemoved                     // it was deleted by the as-of instant
	exclusions    = iota
)

func exclusionWords() []string {
	return []string{"no_id", "no_stage", "not_begun", "unknown_stage", "other_pipeline", "removed"}
}

// String gives no_id, no_stage, not_begun, unknown_stage, other_pipeline or
// removed.
func (e Exclusion) String() string { return enum.String(exclusionWords(), e) }

// MarshalText gives the word; a number outside the constants is an error.
func (e Exclusion) MarshalText() ([]byte, error) {
	return enum.Marshal("funnel.Exclusion", exclusionWords(), e)
}

// UnmarshalText reads the word.
func (e *Exclusion) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.Exclusion", exclusionWords(), text, e)
}
