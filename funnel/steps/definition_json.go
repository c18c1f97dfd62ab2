package steps

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/check"
)

const definitionSchema = "saleskpi/steps/1"

type definitionJSON struct {
	Schema     string      `json:"schema"`
	ID         string      `json:"id"`
	Name       string      `json:"name,omitzero"`
	Steps      []Step      `json:"steps"`
	Order      Order       `json:"order"`
	Window     Span        `json:"window"`
	Edge       Edge        `json:"edge"`
	Ties       Ties        `json:"ties"`
	Clock      Clock       `json:"clock"`
	Exclusions []Exclusion `json:"exclusions,omitempty"`
}

// MarshalJSON gives the stored form, with "schema":"saleskpi/steps/1".
func (d Definition) MarshalJSON() ([]byte, error) {
	j := definitionJSON{definitionSchema, d.ID, d.Name, d.Steps, d.Order, d.Window, d.Edge, d.Ties, d.Clock, d.Exclusions}
	if j.Steps == nil {
		j.Steps = []Step{}
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON writes; the schema is required and an
// unknown field is an error; order, edge, ties and clock may be left out.
// null leaves the definition as it is. What it reads is not yet validated.
func (d *Definition) UnmarshalJSON(data []byte) error {
	const op = "steps.Definition"
	var j definitionJSON
	if ok, err := check.DecodeStored(op, definitionSchema, data, &j); !ok {
		return err
	}
	*d = Definition{j.ID, j.Name, j.Steps, j.Order, j.Window, j.Edge, j.Ties, j.Clock, j.Exclusions}
	return nil
}
