package plan

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
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

// Validate reports IDs that are missing or stand twice; segments without
// metric, owner, period or size, with amounts below zero or a reachable share
// outside 0…1; needs of an unknown segment, off the scale, or rated by a
// number of people below zero; teams without owner, metric or period, and
// what [target.Evidence.Validate] says of their capacity; figures of the past
// that are wrong in themselves; assumptions without text, owner or days,
// or to be looked at before they were made; and what [target.SeasonalShares]
// says of the season, in order of time, and [target.ValidateShares] of the
// shares.
func (p Preparation) Validate() error {
	problems := check.List{Op: "plan.Preparation"}
	p.checkSegments(&problems)
	p.checkNeeds(&problems)
	for i, t := range p.Teams {
		t.check(&problems, check.At("teams", i))
	}
	for i, f := range p.History.Figures {
		problems.Nest(check.At("history", "figures", i), f.Validate())
	}
	if p.History.Grain == 0 && len(p.History.Figures) > 0 {
		problems.Add(check.ErrMissing, "history.grain", "missing_grain", nil)
	}
	ids := once{}
	for i, a := range p.Assumptions {
		at := check.At("assumptions", i)
		ids.add(&problems, at+".id", a.ID)
		a.check(&problems, at)
	}
	p.checkSeason(&problems)
	return problems.Err()
}

// once refuses an ID that stands twice.
type once map[string]bool

func (o once) add(problems *check.List, path, id string) {
	problems.ID(path, "missing_id", id)
	if o[id] {
		problems.Add(check.ErrDuplicate, path, "duplicate_id", id)
	}
	o[id] = true
}

func (p Preparation) checkSegments(problems *check.List) {
	ids := once{}
	for i, s := range p.Segments {
		at := check.At("segments", i)
		ids.add(problems, at+".id", s.ID)
		problems.ID(at+".metric", "missing_metric", s.Metric)
		problems.ID(at+".owner", "missing_owner", s.Owner)
		checkPeriod(problems, at+".period", s.Period)
		if s.Size == (kpi.Value{}) {
			problems.Add(check.ErrMissing, at+".size", "missing_size", nil)
		}
		notBelowZero(problems, at+".size", s.Size)
		notBelowZero(problems, at+".size_before", s.SizeBefore)
		notBelowZero(problems, at+".ours", s.Ours)
		notBelowZero(problems, at+".ours_before", s.OursBefore)
		notBelowZero(problems, at+".reachable", s.Reachable)
		if kpi.Int(1).Less(s.Reachable.Or(kpi.Int(1))) {
			problems.Add(check.ErrRange, at+".reachable", "not_a_share", s.Reachable)
		}
	}
}

func (p Preparation) checkNeeds(problems *check.List) {
	ids, segments := once{}, map[string]bool{"": true}
	for _, s := range p.Segments {
		segments[s.ID] = true
	}
	if scale := p.scale(); scale.Sign() <= 0 {
		problems.Add(check.ErrRange, "scale", "not_above_zero", p.Scale)
	}
	for i, n := range p.Needs {
		at := check.At("needs", i)
		ids.add(problems, at+".id", n.ID)
		if !segments[n.Segment] {
			problems.Add(check.ErrUnknown, at+".segment", "unknown_segment", n.Segment)
		}
		if n.Importance == (kpi.Value{}) {
			problems.Add(check.ErrMissing, at+".importance", "missing_importance", nil)
		}
		p.checkRating(problems, at+".importance", n.Importance)
		p.checkRating(problems, at+".satisfaction", n.Satisfaction)
		if n.Important < 0 || n.Satisfied < 0 {
			problems.Add(check.ErrRange, at, "below_zero", min(n.Important, n.Satisfied))
		}
	}
}

func (p Preparation) checkRating(problems *check.List, at string, v kpi.Value) {
	notBelowZero(problems, at, v)
	if p.scale().Less(v.Or(kpi.Int(0))) {
		problems.Add(check.ErrRange, at, "off_the_scale", v, "scale", p.scale())
	}
}

func (p Preparation) scale() kpi.Value { return p.Scale.Or(kpi.Int(10)) }

func (t Team) check(problems *check.List, at string) {
	problems.ID(at+".owner", "missing_owner", t.Owner)
	problems.ID(at+".metric", "missing_metric", t.Metric)
	checkPeriod(problems, at+".period", t.Period)
	err := target.Evidence{Capacity: &t.Capacity}.Validate()
	for _, e := range check.All(err) {
		problems.Add(e.Err, at+unnested("capacity", e.Path), e.Code, e.Value)
	}
}

// unnested takes a name off the front of a path.
func unnested(name, path string) string {
	if len(path) >= len(name) && path[:len(name)] == name {
		return path[len(name):]
	}
	return "." + path
}

func (a Assumption) check(problems *check.List, at string) {
	problems.ID(at+".text", "missing_text", a.Text)
	problems.ID(at+".owner", "missing_owner", a.Owner)
	checkDay(problems, at+".made", a.Made)
	checkDay(problems, at+".review", a.Review)
	if a.Review < a.Made {
		problems.Add(check.ErrRange, at+".review", "before_it_was_made", a.Review, "made", a.Made)
	}
	if a.State > Fails {
		problems.Add(check.ErrUnknown, at+".state", "unknown_word", uint8(a.State))
	}
}

func checkPeriod(problems *check.List, at string, p calendar.Period) {
	if p.IsZero() {
		problems.Add(check.ErrMissing, at, "missing_period", nil)
	}
}

func notBelowZero(problems *check.List, at string, v kpi.Value) {
	switch {
	case v == (kpi.Value{}):
	case !v.Defined():
		problems.Add(check.ErrInvalid, at, "undefined_amount", v.Reason())
	case v.Sign() < 0:
		problems.Add(check.ErrRange, at, "below_zero", v)
	}
}
