package plan

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// DocumentSchema names the JSON form of a [Document].
const DocumentSchema = "saleskpi/plan_document/1"

type storedDocument struct {
	Schema   string          `json:"schema"`
	Phase    Phase           `json:"phase"`
	Draft    *plain          `json:"draft,omitempty"`
	Versions []storedVersion `json:"versions"`
	Log      []Step          `json:"log"`
}

// storedVersion has the plan without a schema of its own.
type storedVersion struct {
	Plan      plain        `json:"plan"`
	Effective calendar.Day `json:"effective"`
	Signed    Signature    `json:"signed"`
	Accepted  []SignOff    `json:"accepted"`
}

// MarshalJSON gives the stored form, with
// "schema":"saleskpi/plan_document/1". The zero Document is null.
func (d Document) MarshalJSON() ([]byte, error) {
	doc := storedDocument{DocumentSchema, d.phase, nil, []storedVersion{}, d.Log()}
	switch {
	case len(d.versions) > 0:
		for _, v := range d.versions {
			doc.Versions = append(doc.Versions, storedVersion{v.Plan.plain(), v.Effective, v.Signed, v.Accepted})
		}
	case d.draft.ID == "":
		return []byte("null"), nil
	default:
		draft := d.draft.plain()
		doc.Draft = &draft
	}
	return json.Marshal(doc)
}

// UnmarshalJSON reads what MarshalJSON writes by going through every
// transition again, so that what could not have come about is not read: the
// errors are those of [Draft], Commit, Activate, Revise and Close, with the
// path log[i] or versions[i]. Signatures under warnings are taken as they
// stand. null leaves the document as it is.
func (d *Document) UnmarshalJSON(data []byte) error {
	const op = "plan.Document"
	var doc storedDocument
	if ok, err := check.DecodeStored(op, DocumentSchema, data, &doc); !ok {
		return err
	}
	problems := check.List{Op: op}
	read := doc.replay(&problems)
	if problems.Empty() && read.phase != doc.Phase {
		problems.Add(check.ErrInvalid, "phase", "wrong_phase", doc.Phase, "log", read.phase)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	*d = read
	return nil
}

func (doc storedDocument) replay(problems *check.List) Document {
	if len(doc.Log) == 0 {
		if doc.Draft == nil {
			problems.Add(check.ErrMissing, "draft", "missing_plan", nil)
			return Document{}
		}
		d, err := Draft(Plan(*doc.Draft))
		problems.Nest("draft", err)
		return d
	}
	d, used := Document{}, 0
	for i, step := range doc.Log {
		d = doc.transition(problems, i, d, step, &used)
		if !problems.Empty() {
			return d
		}
	}
	if used != len(doc.Versions) || doc.Draft != nil {
		problems.Add(check.ErrInvalid, "versions", "versions_without_step", len(doc.Versions), "steps", used)
	}
	return d
}

// transition makes one step of the log again. A commitment and a revision,
// which stay in their phase, use the next version.
func (doc storedDocument) transition(problems *check.List, i int, d Document, step Step, used *int) Document {
	var err error
	switch {
	case step.To == Active && d.phase == Committed:
		d, err = d.Activate(step.Signature)
	case step.To == Closed:
		d, err = d.Close(step.Signature)
	case *used == len(doc.Versions):
		problems.Add(check.ErrMissing, "versions", "missing_version", nil, "step", check.At("log", i))
		return d
	default:
		v := doc.Versions[*used]
		d, err = doc.again(d, step, v)
		problems.Nest(check.At("versions", *used), err)
		*used++
		return d
	}
	problems.Nest(check.At("log", i), err)
	return d
}

// again commits or revises as a stored version says. Its warnings were judged
// when it was signed; what a later release would warn of as well does not make
// it unreadable.
func (doc storedDocument) again(d Document, step Step, stored storedVersion) (Document, error) {
	problems := check.List{Op: "plan.Document"}
	v := newVersion(Plan(stored.Plan), Revision{stored.Effective, stored.Signed})
	v.Accepted = append(v.Accepted, stored.Accepted...)
	switch {
	case step.Signature != v.Signed:
		problems.Add(check.ErrInvalid, "signed", "not_the_signature_of_the_log", v.Signed.By, "log", step.By)
	case step.To == Committed && d.phase == Drafted:
		return d.commit(&problems, v)
	case step.To != d.phase || d.phase == Drafted:
		problems.Add(check.ErrInvalid, "phase", "wrong_phase", step.To)
	default:
		return d.revise(&problems, v)
	}
	return Document{}, problems.Err()
}
