package plan

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// Preparation is what was known, and believed, when the goals were set. It is
// a record, and [Plan.Prepare] draws conclusions from it.
type Preparation struct {
	Segments []Segment `json:"segments,omitempty"`
	Needs    []Need    `json:"needs,omitempty"`

	// Scale is the end of the scale, from 0, on which needs are rated; left
	// out: 10.
	Scale kpi.Value `json:"scale,omitzero"`

	// Ranking is the score by which needs are ranked.
	Ranking Ranking `json:"ranking,omitzero"`

	Teams   []Team  `json:"teams,omitempty"`
	History History `json:"history,omitzero"`

	Assumptions []Assumption `json:"assumptions,omitempty"`

	// WorkDays says which days are worked: with it elapsed and remaining days,
	// required rates and curves of goals that add up are those of working days.
	// It covers every goal's period, and the history of a review.
	WorkDays calendar.WorkCalendar `json:"work_days,omitzero"`

	// Season is how much usually falls on each part of the plan's time, such as
	// its months, for the curve target.ByShares: a goal is due by the parts that
	// make up its period. Parts follow one another without gap.
	Season []target.SeasonPart `json:"season,omitempty"`

	// Shares is any other curve of that kind, the same for every goal: what is
	// due of a goal when shares of its days have passed, rising. A plan by
	// shares has one of the two.
	Shares []target.SharePoint `json:"shares,omitempty"`
}

// Segment is a part of the market. It is a record.
type Segment struct {
	ID     string          `json:"id"`
	Name   string          `json:"name,omitzero"`
	NameZH string          `json:"name_zh,omitzero"`
	Metric string          `json:"metric"` // in whose unit the amounts are, and of whose goals it is the market
	Owner  string          `json:"owner"`  // whose market it is
	Period calendar.Period `json:"period"`

	Size       kpi.Value `json:"size"`                 // expected in the period
	SizeBefore kpi.Value `json:"size_before,omitzero"` // in the same period a year before
	Ours       kpi.Value `json:"ours,omitzero"`        // what of Size is ours as things are
	OursBefore kpi.Value `json:"ours_before,omitzero"` // what of SizeBefore was
	Reachable  kpi.Value `json:"reachable,omitzero"`   // the largest share that could be ours, up to 1; left out: 1
	Source     string    `json:"source,omitzero"`      // where the sizes are from
}

// Need is something that customers want, as they rated it. It is a record.
type Need struct {
	ID      string `json:"id"`
	Name    string `json:"name,omitzero"`
	NameZH  string `json:"name_zh,omitzero"`
	Segment string `json:"segment,omitzero"` // whose need it is; none: everybody's

	Importance   kpi.Value `json:"importance"`            // mean rating
	Satisfaction kpi.Value `json:"satisfaction,omitzero"` // mean rating of what there is today; no data where nobody was asked
	Important    int       `json:"important_n"`           // how many rated the importance
	Satisfied    int       `json:"satisfied_n,omitzero"`  // how many rated the satisfaction
	Evidence     []string  `json:"evidence,omitempty"`    // interviews, tickets, surveys, by their IDs
}

// Team is what an owner's people can do in a period. It is a record.
type Team struct {
	Owner  string          `json:"owner"`
	Metric string          `json:"metric"`
	Period calendar.Period `json:"period"`
	target.Capacity
}

// History is what owners reached in earlier periods, for the outlook of their
// goals. It is a record.
type History struct {
	Grain   calendar.Grain  `json:"grain"`          // of the figures
	Figures []kpi.Figure    `json:"figures"`        // of complete periods, in any order
	Known   calendar.Period `json:"known,omitzero"` // as in target.Past
}

// Assumption is something that is believed and on which goals rest. Somebody
// answers for it, and looks at it again by a day. It is a record.
type Assumption struct {
	ID     string       `json:"id"`
	Text   string       `json:"text"`
	TextZH string       `json:"text_zh,omitzero"`
	Owner  string       `json:"owner"`
	Made   calendar.Day `json:"made"`
	Review calendar.Day `json:"review"`          // by when it is looked at again
	Goals  []string     `json:"goals,omitempty"` // that rest on it, by ID
	State  Belief       `json:"state"`
	Source string       `json:"source,omitzero"`
}

// Belief is what has become of an assumption. The zero Belief is Unproven.
type Belief uint8

const (
	Unproven Belief = iota // nobody knows yet
	Holds                  // it was looked at and is true
	Fails                  // it was looked at and is not
)

func beliefWords() []string { return []string{"unproven", "holds", "fails"} }

// String gives unproven, holds or fails.
func (b Belief) String() string { return enum.String(beliefWords(), b) }

// MarshalText gives the word.
func (b Belief) MarshalText() ([]byte, error) { return enum.Marshal("plan.Belief", beliefWords(), b) }

// UnmarshalText reads the word.
func (b *Belief) UnmarshalText(text []byte) error {
	return enum.Unmarshal("plan.Belief", beliefWords(), text, b)
}

// Ranking is a score of needs, of their importance I and satisfaction S. The
// zero Ranking is ByOpportunity.
type Ranking uint8

const (
	ByOpportunity Ranking = iota // I + max(I − S, 0): what matters and is missed
	ByGap                        // I − S: what is missed, however little it matters
	ByImportance                 // I, whatever there is today
)

func rankingWords() []string { return []string{"opportunity", "gap", "importance"} }

// String gives opportunity, gap or importance.
func (r Ranking) String() string { return enum.String(rankingWords(), r) }

// MarshalText gives the word.
func (r Ranking) MarshalText() ([]byte, error) {
	return enum.Marshal("plan.Ranking", rankingWords(), r)
}

// UnmarshalText reads the word.
func (r *Ranking) UnmarshalText(text []byte) error {
	return enum.Unmarshal("plan.Ranking", rankingWords(), text, r)
}

func (r Ranking) score(n Need) kpi.Value {
	missing := n.Importance.Sub(n.Satisfaction)
	switch r {
	case ByGap:
		return missing
	case ByImportance:
		return n.Importance
	}
	return n.Importance.Add(missing.Max(kpi.Int(0)))
}

// ratings gives how many ratings stand behind a score.
func (r Ranking) ratings(n Need) int {
	if r == ByImportance {
		return n.Important
	}
	return min(n.Important, n.Satisfied)
}
