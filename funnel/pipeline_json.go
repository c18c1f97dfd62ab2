package funnel

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/check"
)

const pipelineSchema = "saleskpi/pipeline/1"

type pipelineJSON struct {
	Schema string  `json:"schema"`
	ID     string  `json:"id"`
	Name   string  `json:"name,omitzero"`
	Stages []Stage `json:"stages"`
}

// MarshalJSON gives the stored form, with "schema":"saleskpi/pipeline/1".
func (p Pipeline) MarshalJSON() ([]byte, error) {
	stages := p.Stages
	if stages == nil {
		stages = []Stage{}
	}
	return json.Marshal(pipelineJSON{pipelineSchema, p.ID, p.Name, stages})
}

// UnmarshalJSON reads what MarshalJSON writes; the schema is required and an
// unknown field is an error. null leaves the pipeline as it is. What it reads
// is not yet validated.
func (p *Pipeline) UnmarshalJSON(data []byte) error {
	const op = "funnel.Pipeline"
	var j pipelineJSON
	if ok, err := check.DecodeStored(op, pipelineSchema, data, &j); !ok {
		return err
	}
	*p = Pipeline{ID: j.ID, Name: j.Name, Stages: j.Stages}
	return nil
}
