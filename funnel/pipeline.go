package funnel

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// MostStages is how many stages a pipeline may have, its ends included.
const MostStages = 64

// Stage is one step of a pipeline, or one of its ends.
type Stage struct {
	ID      string  `json:"id"`
	Name    string  `json:"name,omitzero"`
	Outcome Outcome `json:"outcome"`

	// Probability is the share of deals in this stage that will be won, from
	// 0 to 1 (0.33, not 33), for the weighted pipeline. It may be left out;
	// of an end it goes without saying.
	Probability kpi.Value `json:"probability,omitzero"`

	// Category is the forecast category of deals in this stage that state
	// none themselves. An end has none.
	Category Category `json:"category,omitzero"`
}

// Pipeline is the way of a deal: open stages in the order in which they are
// passed, and the ends. Ends may stand anywhere in the list. It is a record:
// write it as a literal and check it with Validate, which [New] does too.
type Pipeline struct {
	ID     string  `json:"id"`
	Name   string  `json:"name,omitzero"`
	Stages []Stage `json:"stages"`
}

// Validate reports every problem with its path:
//
//	id, stages[i].id             missing, twice, or with a NUL byte in it
//	stages                       none, more than 64, none open, none won
//	stages[i].outcome            outside the constants
//	stages[i].probability        outside 0…1; undefined for a reason; an end
//	                             that contradicts itself (won is 1, other ends are 0)
//	stages[i].category           outside the constants; that of an end
func (p Pipeline) Validate() error {
	problems := check.List{Op: "funnel.Pipeline"}
	checkID(&problems, "id", p.ID)
	seen, has := map[string]bool{}, map[Outcome]bool{}
	for i, s := range p.Stages {
		at := check.At("stages", i)
		checkID(&problems, at+".id", s.ID)
		if s.ID != "" && seen[s.ID] {
			problems.Add(check.ErrDuplicate, at+".id", "duplicate_id", s.ID)
		}
		seen[s.ID], has[s.Outcome] = true, true
		if s.Outcome > Disqualified {
			problems.Add(check.ErrUnknown, at+".outcome", "unknown_word", uint8(s.Outcome))
		}
		s.checkProbability(&problems, at+".probability")
		switch {
		case s.Category >= categories:
			problems.Add(check.ErrUnknown, at+".category", "unknown_word", uint8(s.Category))
		case s.Category != NoCategory && s.Outcome != Open:
			problems.Add(check.ErrInvalid, at+".category", "category_of_an_end", s.Category, "outcome", s.Outcome)
		}
	}
	switch {
	case len(p.Stages) == 0:
		problems.Add(check.ErrMissing, "stages", "missing_stages", nil)
		return problems.Err()
	case len(p.Stages) > MostStages:
		problems.Add(check.ErrRange, "stages", "too_many_stages", len(p.Stages), "most", MostStages)
	}
	if !has[Open] {
		problems.Add(check.ErrMissing, "stages", "no_open_stage", nil)
	}
	if !has[Won] {
		problems.Add(check.ErrMissing, "stages", "no_won_end", nil)
	}
	return problems.Err()
}

func checkID(problems *check.List, path, id string) {
	switch {
	case id == "":
		problems.Add(check.ErrMissing, path, "missing_id", nil)
	case strings.ContainsRune(id, 0):
		problems.Add(check.ErrInvalid, path, "malformed_id", id)
	}
}

func (s Stage) checkProbability(problems *check.List, path string) {
	p := s.Probability
	switch {
	case p == kpi.Value{}:
	case !p.Defined():
		problems.Add(check.ErrInvalid, path, "undefined_probability", p)
	case !isShare(p):
		problems.Add(check.ErrRange, path, "not_a_share", p, "least", 0, "most", 1)
	case s.Outcome == Won && p != kpi.Int(1), (s.Outcome == Lost || s.Outcome == Disqualified) && p != kpi.Int(0):
		problems.Add(check.ErrInvalid, path, "probability_of_an_end", p, "outcome", s.Outcome)
	}
}

// isShare reports whether v is a number from 0 to 1.
func isShare(v kpi.Value) bool {
	return v.Defined() && v.Sign() >= 0 && v.Compare(kpi.Int(1)) <= 0
}
