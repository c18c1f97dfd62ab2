package plan

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// MinutesSchema names the JSON form of [Minutes].
const MinutesSchema = "saleskpi/minutes/1"

// Minutes is what people said and what was decided about a plan. It is a
// record and a stored document.
type Minutes struct {
	Plan      string     `json:"plan"` // its ID
	Feedback  []Feedback `json:"feedback"`
	Decisions []Decision `json:"decisions"`
}

// Feedback is what somebody says about one thing of the plan: a problem, a
// wish, news of the market. Exactly one of the five is set, to its ID: a customer
// who asks for something speaks of a need or a segment.
type Feedback struct {
	ID     string       `json:"id"`
	Day    calendar.Day `json:"day"`
	Author string       `json:"author"`
	Goal   string       `json:"goal,omitzero"`
	Action string       `json:"action,omitzero"`

	Segment    string `json:"segment,omitzero"` // of the preparation, as are the two below
	Need       string `json:"need,omitzero"`
	Assumption string `json:"assumption,omitzero"`

	Text string `json:"text"`
}

// Decision is what was decided, and what it leads to: a revision of the plan
// that holds from a day, an action of the plan, or, stated as such, nothing.
type Decision struct {
	ID        string       `json:"id"`
	Signature              // who decided, when and why
	Answers   []string     `json:"answers,omitempty"` // the feedback that it answers
	Revision  calendar.Day `json:"revision,omitzero"` // one of the three: effective day of a revision
	Action    string       `json:"action,omitzero"`   // ID of an action
	Nothing   bool         `json:"nothing,omitzero"`  // all stays as it is
}

// Outcome is what has become of a decision. The zero Outcome is Pending.
type Outcome uint8

const (
	Pending Outcome = iota // there is no such revision or action yet
	Planned                // the action is in the plan and not done
	Done                   // the revision was made, the action done; or nothing was to be done
	Dropped                // the action was given up
)

func outcomeWords() []string { return []string{"pending", "planned", "done", "dropped"} }

// String gives pending, planned, done or dropped.
func (o Outcome) String() string { return enum.String(outcomeWords(), o) }

// MarshalText gives the word.
func (o Outcome) MarshalText() ([]byte, error) {
	return enum.Marshal("plan.Outcome", outcomeWords(), o)
}

// UnmarshalText reads the word.
func (o *Outcome) UnmarshalText(text []byte) error {
	return enum.Unmarshal("plan.Outcome", outcomeWords(), text, o)
}

// Followed is a decision with what has become of it.
type Followed struct {
	Decision Decision `json:"decision"`
	Outcome  Outcome  `json:"outcome"`
	Version  int      `json:"version,omitzero"` // of the document, from 1 on
}

// Validate reports IDs that are missing or stand twice, feedback without
// author, day or text or not about exactly one thing, and decisions without
// name or day, that lead not to exactly one thing, or that answer feedback
// that is not there.
func (m Minutes) Validate() error {
	problems := check.List{Op: "plan.Minutes"}
	problems.ID("plan", "missing_plan", m.Plan)
	said, decided := once{}, once{}
	for i, f := range m.Feedback {
		at := check.At("feedback", i)
		said.add(&problems, at+".id", f.ID)
		checkDay(&problems, at+".day", f.Day)
		problems.ID(at+".author", "missing_author", f.Author)
		problems.ID(at+".text", "missing_text", f.Text)
		about := f.about()
		if !exactlyOne(about[0].id != "", about[1].id != "", about[2].id != "", about[3].id != "", about[4].id != "") {
			problems.Add(check.ErrInvalid, at, "not_about_one_thing", f.ID)
		}
	}
	for i, d := range m.Decisions {
		at := check.At("decisions", i)
		decided.add(&problems, at+".id", d.ID)
		problems.Nest(at, d.Signature.Validate())
		d.check(&problems, at)
		for k, id := range d.Answers {
			if !said[id] {
				problems.Add(check.ErrUnknown, check.At("decisions", i, "answers", k), "unknown_feedback", id)
			}
		}
	}
	return problems.Err()
}

func (d Decision) check(problems *check.List, at string) {
	if !exactlyOne(!d.Revision.IsZero(), d.Action != "", d.Nothing) {
		problems.Add(check.ErrInvalid, at, "leads_not_to_one_thing", d.ID)
	}
}

func exactlyOne(set ...bool) bool {
	n := 0
	for _, is := range set {
		if is {
			n++
		}
	}
	return n == 1
}

// Follow says of every decision what has become of it, in the order of the
// minutes. A revision is made where the document has a version of that
// effective day that was signed on the day of the decision or later; an action
// is done or dropped as the report says, nil where nobody tracks. Errors are
// those of Validate, another plan (check.ErrDefinition), and feedback about
// something that no version of the plan has (check.ErrUnknown).
func (m Minutes) Follow(d Document, execution *action.Report) ([]Followed, error) {
	problems := check.List{Op: "plan.Follow"}
	problems.Nest("minutes", m.Validate())
	if id := d.Plan().ID; m.Plan != id {
		problems.Add(check.ErrDefinition, "minutes.plan", "other_plan", m.Plan, "plan", id)
	}
	m.checkAbout(&problems, d)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	followed := make([]Followed, len(m.Decisions))
	for i, decision := range m.Decisions {
		followed[i] = Followed{Decision: decision}
		switch {
		case decision.Nothing:
			followed[i].Outcome = Done
		case decision.Action != "":
			followed[i].Outcome = outcomeOf(decision.Action, d.Plan().Actions, execution)
		default:
			followed[i].revised(d)
		}
	}
	return followed, nil
}

func (f *Followed) revised(d Document) {
	for i, v := range d.versions {
		if v.Effective == f.Decision.Revision && v.Signed.Day >= f.Decision.Day {
			f.Outcome, f.Version = Done, i+1
			return
		}
	}
}

func outcomeOf(id string, plan *action.Plan, execution *action.Report) Outcome {
	if execution != nil {
		switch s, _ := execution.Status(id); s.Status { // of an unknown action: to come
		case action.Done:
			return Done
		case action.Dropped:
			return Dropped
		}
	}
	if plan != nil {
		for _, a := range plan.Actions {
			if a.ID == id {
				return Planned
			}
		}
	}
	return Pending
}

// Unanswered gives the feedback that no decision answers, in the order of the
// minutes.
func (m Minutes) Unanswered() []Feedback {
	answered := map[string]bool{}
	for _, d := range m.Decisions {
		for _, id := range d.Answers {
			answered[id] = true
		}
	}
	open := []Feedback{}
	for _, f := range m.Feedback {
		if !answered[f.ID] {
			open = append(open, f)
		}
	}
	return open
}

type plainMinutes Minutes

type minutesDocument struct {
	Schema string `json:"schema"`
	plainMinutes
}

// MarshalJSON gives the document, with "schema":"saleskpi/minutes/1".
func (m Minutes) MarshalJSON() ([]byte, error) {
	m.Feedback, m.Decisions = append([]Feedback{}, m.Feedback...), append([]Decision{}, m.Decisions...)
	return json.Marshal(minutesDocument{MinutesSchema, plainMinutes(m)})
}

// UnmarshalJSON reads what MarshalJSON writes. Another schema, an unknown
// field and minutes that Validate would report are errors with their path;
// null leaves the minutes as they are.
func (m *Minutes) UnmarshalJSON(data []byte) error {
	var doc minutesDocument
	if ok, err := check.DecodeStored("plan.Minutes", MinutesSchema, data, &doc); !ok {
		return err
	}
	if err := Minutes(doc.plainMinutes).Validate(); err != nil {
		return err
	}
	*m = Minutes(doc.plainMinutes)
	return nil
}
