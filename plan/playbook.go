package plan

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// PlaybookSchema names the JSON form of a [Playbook].
const PlaybookSchema = "saleskpi/playbook/1"

// Playbook is what to do about what is found: rules as data, for a company to
// write its own. It is a record and a stored document. A suggestion is no
// diagnosis: it says which rule applied, and on what it rested.
type Playbook struct {
	ID    string `json:"id"`
	Rules []Rule `json:"rules"`
}

// Rule suggests something where its condition holds for an owner.
type Rule struct {
	ID   string    `json:"id"`
	When Condition `json:"when"`
	Do   Template  `json:"do"`
}

// Template is an action to be planned: what sort of thing, which lever it is
// to move and by how much, and how far that can be trusted.
type Template struct {
	Kind       Measure      `json:"kind"`
	Name       string       `json:"name"`
	NameZH     string       `json:"name_zh,omitzero"`
	Lever      action.Lever `json:"lever"`              // none: it moves no driver of the goal
	Effect     kpi.Value    `json:"effect,omitzero"`    // relative change of the lever, as [action.Effect]
	Confidence Confidence   `json:"confidence"`         // in the effect
	Source     string       `json:"source,omitzero"`    // where the effect is from
	LeadDays   int          `json:"lead_days,omitzero"` // from its first day until the lever moves
}

// Measure is the sort of an action. The zero Measure is OtherMeasure.
type Measure uint8

const (
	OtherMeasure Measure = iota // none of those below
	Training                    // learn something: product, selling, talking with customers (培训)
	Coaching                    // somebody goes along and gives feedback (辅导)
	Pricing                     // prices, discounts and who may give them (定价)
	Process                     // how work is done and recorded (流程)
	Incentives                  // what is paid and praised (激励)
	Coverage                    // who looks after which customers, and how many (覆盖)
	Marketing                   // bring in demand (市场推广)
	Care                        // keep the customers one has (客户关系)
)

func measureWords() []string {
	return []string{"other", "training", "coaching", "pricing", "process", "incentives", "coverage", "marketing", "care"}
}

// String gives the word, such as training.
func (m Measure) String() string { return enum.String(measureWords(), m) }

// MarshalText gives the word.
func (m Measure) MarshalText() ([]byte, error) {
	return enum.Marshal("plan.Measure", measureWords(), m)
}

// UnmarshalText reads the word.
func (m *Measure) UnmarshalText(text []byte) error {
	return enum.Unmarshal("plan.Measure", measureWords(), text, m)
}

// Confidence is how far an expected effect can be trusted. The zero Confidence
// is Assumed.
type Confidence uint8

const (
	Assumed   Confidence = iota // somebody's rule of thumb
	Published                   // seen elsewhere, with a source
	Measured                    // changed so after the same thing here, see action.Evaluate
)

func confidenceWords() []string { return []string{"assumed", "published", "measured"} }

// String gives assumed, published or measured.
func (c Confidence) String() string { return enum.String(confidenceWords(), c) }

// MarshalText gives the word.
func (c Confidence) MarshalText() ([]byte, error) {
	return enum.Marshal("plan.Confidence", confidenceWords(), c)
}

// UnmarshalText reads the word.
func (c *Confidence) UnmarshalText(text []byte) error {
	return enum.Unmarshal("plan.Confidence", confidenceWords(), text, c)
}

// Validate reports IDs that are missing or stand twice, conditions of which
// not exactly one field is set or that are nested too deep, and templates
// without a name, with an unknown word, a lever without effect or an effect
// without lever, or one of −1 or less, and published or measured effects
// without a source.
func (p Playbook) Validate() error {
	problems := check.List{Op: "plan.Playbook"}
	problems.ID("id", "missing_id", p.ID)
	ids := once{}
	for i, r := range p.Rules {
		at := check.At("rules", i)
		ids.add(&problems, at+".id", r.ID)
		r.When.check(&problems, at+".when", 1)
		r.Do.check(&problems, at+".do")
	}
	return problems.Err()
}

func (t Template) check(problems *check.List, at string) {
	problems.ID(at+".name", "missing_name", t.Name)
	if t.Kind > Care {
		problems.Add(check.ErrUnknown, at+".kind", "unknown_word", uint8(t.Kind))
	}
	if t.Lever > action.Retention {
		problems.Add(check.ErrUnknown, at+".lever", "unknown_word", uint8(t.Lever))
	}
	if t.Confidence > Measured {
		problems.Add(check.ErrUnknown, at+".confidence", "unknown_word", uint8(t.Confidence))
	}
	if t.Confidence != Assumed && t.Source == "" {
		problems.Add(check.ErrMissing, at+".source", "missing_source", nil)
	}
	switch moves := t.Lever != action.NoLever; {
	case moves != t.Effect.Defined():
		problems.Add(check.ErrInvalid, at+".effect", "lever_and_effect", t.Effect, "lever", t.Lever)
	case moves && !kpi.Int(-1).Less(t.Effect):
		problems.Add(check.ErrRange, at+".effect", "not_a_change", t.Effect)
	}
	if t.LeadDays < 0 {
		problems.Add(check.ErrRange, at+".lead_days", "below_zero", t.LeadDays)
	}
}

type plainPlaybook Playbook

type playbookDocument struct {
	Schema string `json:"schema"`
	plainPlaybook
}

// MarshalJSON gives the document, with "schema":"saleskpi/playbook/1".
func (p Playbook) MarshalJSON() ([]byte, error) {
	p.Rules = append([]Rule{}, p.Rules...)
	return json.Marshal(playbookDocument{PlaybookSchema, plainPlaybook(p)})
}

// UnmarshalJSON reads what MarshalJSON writes. Another schema, an unknown
// field and a playbook that Validate would report are errors with their path;
// null leaves the playbook as it is.
func (p *Playbook) UnmarshalJSON(data []byte) error {
	var doc playbookDocument
	if ok, err := check.DecodeStored("plan.Playbook", PlaybookSchema, data, &doc); !ok {
		return err
	}
	if err := Playbook(doc.plainPlaybook).Validate(); err != nil {
		return err
	}
	*p = Playbook(doc.plainPlaybook)
	return nil
}
