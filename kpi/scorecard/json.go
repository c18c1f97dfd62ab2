package scorecard

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// schema names the form of a stored definition.
const schema = "saleskpi/scorecard/1"

// fields is a Definition without its methods.
type fields Definition

type definitionJSON struct {
	Schema string `json:"schema"`
	fields
}

// MarshalJSON gives the document, with "schema":"saleskpi/scorecard/1"
// first.
func (d Definition) MarshalJSON() ([]byte, error) {
	if d.Items == nil {
		d.Items = []Item{}
	}
	return json.Marshal(definitionJSON{schema, fields(d)})
}

// UnmarshalJSON reads what MarshalJSON writes. A schema that is missing or
// another, an unknown field and a malformed value are errors with their
// path; whether the definition makes sense is up to Validate. null leaves
// the Definition as it is.
func (d *Definition) UnmarshalJSON(data []byte) error {
	var read definitionJSON
	if ok, err := check.DecodeStored("scorecard.Definition", schema, data, &read); !ok {
		return err
	}
	*d = Definition(read.fields)
	return nil
}
