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
	if string(data) == "null" {
		return nil
	}
	problems := check.List{Op: "scorecard.Definition"}
	var head struct {
		Schema string `json:"schema"`
	}
	_ = json.Unmarshal(data, &head) // what is wrong with the rest is reported below
	switch head.Schema {
	case schema:
	case "":
		problems.Add(check.ErrMissing, "schema", "missing_schema", nil, "known", schema)
	default: // the fields of another document would only be noise
		problems.Add(check.ErrUnknown, "schema", "unknown_schema", head.Schema, "known", schema)
		return problems.Err()
	}
	var read definitionJSON
	problems.Nest("", check.Decode(problems.Op, data, &read))
	if err := problems.Err(); err != nil {
		return err
	}
	*d = Definition(read.fields)
	return nil
}
