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
	var doc document
	if ok, err := check.DecodeStored(op, Schema, data, &doc); !ok {
		return err
	}
	if err := Plan(doc.plainPlan).Validate(); err != nil {
		return err
	}
	*p = Plan(doc.plainPlan)
	return nil
}
