package plan

import (
	"encoding/json"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// plain is a Plan without its methods, for the JSON form.
type plain Plan

type document struct {
	Schema string `json:"schema"`
	plain
}

// MarshalJSON gives the document, with "schema":"saleskpi/plan/1".
func (p Plan) MarshalJSON() ([]byte, error) {
	return json.Marshal(document{Schema, p.plain()})
}

// plain gives the stored form, in which a list without entries is [].
func (p Plan) plain() plain {
	p.Metrics, p.Goals = orEmpty(p.Metrics), orEmpty(p.Goals)
	if h := &p.Preparation.History; h.Grain != 0 || !h.Known.IsZero() {
		h.Figures = orEmpty(h.Figures)
	}
	if p.Actions != nil {
		own := *p.Actions
		own.Actions = orEmpty(own.Actions)
		p.Actions = &own
	}
	for i := range p.Commitments {
		if p.Commitments[i].Commitments == nil {
			p.Commitments = slices.Clone(p.Commitments)
			p.Commitments[i].Commitments = []target.Commitment{}
		}
	}
	return plain(p)
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
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
