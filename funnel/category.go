package funnel

import "github.com/saleskpi/saleskpi/internal/enum"

// Category is the forecast category of an open deal: how sure its owner is
// that it closes in the period of its expected close. A stage names one for
// its deals, and a deal may state its own. The zero Category names none, and
// counts as Pipeline.
type Category uint8

const (
	NoCategory Category = iota // none is named
	InPipeline                 // may be won, promised by nobody
	BestCase                   // won if all goes well
	Commit                     // promised
	Omitted                    // counts in no coverage and no forecast
	categories = iota
)

func categoryWords() []string {
	return []string{"none", "pipeline", "best_case", "commit", "omitted"}
}

// String gives none, pipeline, best_case, commit or omitted.
func (c Category) String() string { return enum.String(categoryWords(), c) }

// MarshalText gives the word; a category outside the constants is an error.
func (c Category) MarshalText() ([]byte, error) {
	return enum.Marshal("funnel.Category", categoryWords(), c)
}

// UnmarshalText reads the word.
func (c *Category) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.Category", categoryWords(), text, c)
}
