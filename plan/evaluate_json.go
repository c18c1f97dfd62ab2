package plan

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// EvaluationSchema names the JSON form of an [Evaluation].
const EvaluationSchema = "saleskpi/evaluation/1"

type plainEvaluation Evaluation

type evaluationDocument struct {
	Schema string `json:"schema"`
	plainEvaluation
}

// MarshalJSON gives the document, with "schema":"saleskpi/evaluation/1".
func (e Evaluation) MarshalJSON() ([]byte, error) {
	return json.Marshal(evaluationDocument{EvaluationSchema, plainEvaluation(e)})
}

// UnmarshalJSON reads what MarshalJSON writes. Another schema and unknown
// fields are errors, each with its path; null leaves the evaluation as it is.
func (e *Evaluation) UnmarshalJSON(data []byte) error {
	var doc evaluationDocument
	if ok, err := check.DecodeStored("plan.Evaluation", EvaluationSchema, data, &doc); !ok {
		return err
	}
	*e = Evaluation(doc.plainEvaluation)
	return nil
}
