package action

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Schema names the JSON form of a [Plan].
const Schema = "saleskpi/actions/1"

// plain is a Plan without its methods, for the JSON form.
type plain Plan

type document struct {
	Schema string `json:"schema"`
	plain
}

// MarshalJSON gives the document, with "schema":"saleskpi/actions/1" first.
func (p Plan) MarshalJSON() ([]byte, error) {
	if p.Actions == nil {
		p.Actions = []Action{}
	}
	return json.Marshal(document{Schema, plain(p)})
}

// UnmarshalJSON reads what MarshalJSON writes. Another schema and unknown
// fields are errors with their path, and so is a plan that Validate would
// report. null leaves the Plan as it is.
func (p *Plan) UnmarshalJSON(data []byte) error {
	const op = "action.Plan"
	var doc document
	if ok, err := check.DecodeStored(op, Schema, data, &doc); !ok {
		return err
	}
	if err := Plan(doc.plain).Validate(); err != nil {
		return err
	}
	*p = Plan(doc.plain)
	return nil
}
