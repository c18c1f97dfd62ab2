package plan

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// plain is a Plan without its methods, for the JSON form.
type plain Plan

type document struct {
	Schema string `json:"schema"`
	plain
}

// MarshalJSON gives the document, with "schema":"saleskpi/plan/1".
func (p Plan) MarshalJSON() ([]byte, error) {
	return json.Marshal(document{Schema, plain(p)})
}

// UnmarshalJSON reads what MarshalJSON writes. Another schema, an unknown
// field and a plan that Validate would report are errors, each with its
// path; null leaves the plan as it is.
func (p *Plan) UnmarshalJSON(data []byte) error {
	const op = "plan.Plan"
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
