package incentive

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Schema names the JSON form of a [Plan].
const Schema = "saleskpi/incentive/1"

// plainPlan is a Plan without its methods, for the JSON form.
type plainPlan Plan

type document struct {
	Schema string `json:"schema"`
	plainPlan
}

// MarshalJSON gives the document, with "schema":"saleskpi/incentive/1" first.
func (p Plan) MarshalJSON() ([]byte, error) {
	if p.Components == nil {
		p.Components = []Component{}
	}
	return json.Marshal(document{Schema, plainPlan(p)})
}

// UnmarshalJSON reads what MarshalJSON writes. Another schema and unknown
// fields are errors with their path, and so is a plan that Validate would
// report. null leaves the Plan as it is.
func (p *Plan) UnmarshalJSON(data []byte) error {
	const op = "incentive.Plan"
	if string(data) == "null" {
		return nil
	}
	var doc document
	err := readDocument(op, data, Schema, &doc, func() error { return Plan(doc.plainPlan).Validate() })
	if err != nil {
		return err
	}
	*p = Plan(doc.plainPlan)
	return nil
}

// readDocument decodes a document of a schema strictly, and validates it.
// The fields of a document of another schema would only be noise.
func readDocument(op string, data []byte, schema string, into any, validate func() error) error {
	var head struct {
		Schema string `json:"schema"`
	}
	_ = json.Unmarshal(data, &head) // what is wrong with the rest is reported below
	problems := check.List{Op: op}
	switch head.Schema {
	case schema:
	case "":
		problems.Add(check.ErrMissing, "schema", "missing_schema", nil, "known", schema)
	default:
		return check.New(op, check.ErrUnknown, "schema", "unknown_schema", head.Schema, "known", schema)
	}
	if err := check.Decode(op, data, into); err != nil {
		problems.Nest("", err)
	} else {
		problems.Nest("", validate())
	}
	return problems.Err()
}
