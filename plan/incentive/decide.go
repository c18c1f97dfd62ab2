package incentive

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Decision says who earns a reward, who is nearest to it, and why. Everybody
// with a mark or in the list of the ineligible stands in it once.
type Decision struct {
	Reward     string          `json:"reward"`
	Candidates []Candidate     `json:"candidates"` // those who qualify by owner, or by place; then the others, the nearest first
	Ineligible []Ineligible    `json:"ineligible"` // by owner
	Findings   []check.Finding `json:"findings"`
}

// Candidate is how one eligible person stands.
type Candidate struct {
	Owner      string     `json:"owner"`
	Qualifies  bool       `json:"qualifies"`
	CanStill   bool       `json:"can_still"`      // qualifies, or may with the marks that have not come
	Missing    int        `json:"missing"`        // good marks that are lacking, over all conditions
	Place      int        `json:"place,omitzero"` // among those who meet the conditions, where places are counted
	Conditions []Progress `json:"conditions"`     // in the order of the rule
}

// Progress is how far somebody is on one condition.
type Progress struct {
	Condition Condition `json:"condition"`
	Met       bool      `json:"met"`
	Times     int       `json:"times"` // good marks
	Need      int       `json:"need"`
	Open      int       `json:"open"` // periods without a mark yet
	Marks     []Judged  `json:"marks"`

	// Gap is how far the marks are that come nearest, as many as are lacking,
	// added up: to the level, or to the value at the last of the first places.
	// It is 0 where the condition is met and undefined (NotApplicable) for
	// grades, which have no distance.
	Gap kpi.Value `json:"gap"`
}

// Judged is the mark of one period and what became of it.
type Judged struct {
	Period calendar.Period `json:"period"`
	Value  kpi.Value       `json:"value"`
	Grade  string          `json:"grade,omitzero"`
	Place  int             `json:"place,omitzero"` // among the eligible, for conditions that ask for it
	Good   bool            `json:"good"`
	Open   bool            `json:"open,omitzero"` // there is no mark yet
	Gap    kpi.Value       `json:"gap"`           // to be good; 0 where it is
}

// Ineligible is somebody who is left out, and the caller's reason.
type Ineligible struct {
	Owner  string `json:"owner"`
	Reason string `json:"reason"`
}

// Decide applies the rule to marks, in any order. Places are counted among
// the eligible alone: everybody with a mark who is not in ineligible, which
// gives the caller's reason by owner ("new in March"). A mark without value
// is never among the first and reaches no level; a mark without grade has
// none.
//
// The others are ordered by the good marks that they lack, then by their
// gaps, condition by condition, then by owner.
//
// It returns an error if the rule is not valid, if a mark has no owner, score
// or period or stands twice, or if a reason is empty.
func (r Reward) Decide(marks []Mark, ineligible map[string]string) (Decision, error) {
	if err := r.checkMarks(marks, ineligible); err != nil {
		return Decision{}, err
	}
	j := newJudge(marks, ineligible)
	d := Decision{Reward: r.ID, Candidates: []Candidate{}, Ineligible: []Ineligible{}}
	for _, owner := range j.owners {
		d.Candidates = append(d.Candidates, j.judge(owner, r.Conditions))
	}
	for _, owner := range slices.Sorted(maps.Keys(ineligible)) {
		d.Ineligible = append(d.Ineligible, Ineligible{owner, ineligible[owner]})
	}
	tied := r.place(d.Candidates, j)
	slices.SortStableFunc(d.Candidates, Candidate.compare)
	d.Findings = r.tell(d.Candidates, tied)
	return d, nil
}

func (r Reward) checkMarks(marks []Mark, ineligible map[string]string) error {
	problems := check.List{Op: "incentive.Decide"}
	problems.Nest("reward", r.Validate())
	seen := map[markKey]bool{}
	for i, m := range marks {
		at := check.At("marks", i)
		problems.ID(at+".owner", "missing_id", m.Owner)
		problems.ID(at+".score", "missing_id", m.Score)
		if m.Period.IsZero() {
			problems.Add(check.ErrMissing, at+".period", "missing_period", nil)
		}
		if seen[m.key()] {
			problems.Add(check.ErrDuplicate, at, "duplicate_mark", m.Owner, "score", m.Score, "period", m.Period)
		}
		seen[m.key()] = true
	}
	for _, owner := range slices.Sorted(maps.Keys(ineligible)) {
		problems.ID("ineligible", "missing_id", owner)
		if ineligible[owner] == "" {
			problems.Add(check.ErrMissing, check.At("ineligible", owner), "missing_reason", nil)
		}
	}
	return problems.Err()
}

// place counts the places of those who meet the conditions, and gives how
// many share the last one beyond what the rule has.
func (r Reward) place(all []Candidate, j judge) (tied int) {
	if r.Places == 0 {
		return 0
	}
	meet := judge{marks: j.marks, lines: map[Order][]kpi.Value{}}
	for i := range all {
		if all[i].Qualifies {
			meet.owners = append(meet.owners, all[i].Owner)
		}
	}
	line, n := meet.line(r.By), 0
	for i := range all {
		c := &all[i]
		if !c.Qualifies {
			continue
		}
		c.Place = placeIn(line, j.marks[markKey{c.Owner, r.By.Score, r.By.Period}].Value)
		c.Qualifies = c.Place > 0 && c.Place <= r.Places
		c.CanStill = c.Qualifies || c.Place == 0
		if c.Qualifies {
			n++
		}
	}
	return max(n-r.Places, 0)
}

func (c Candidate) compare(o Candidate) int {
	if c.Qualifies != o.Qualifies {
		return compareBool(o.Qualifies, c.Qualifies)
	}
	if by := cmp.Or(cmp.Compare(c.Missing, o.Missing), comparePlaces(c.Place, o.Place)); by != 0 {
		return by
	}
	for i := range c.Conditions {
		a, b := c.Conditions[i].Gap, o.Conditions[i].Gap
		if a.Defined() != b.Defined() {
			return compareBool(b.Defined(), a.Defined())
		}
		if by := a.Compare(b); by != 0 {
			return by
		}
	}
	return cmp.Compare(c.Owner, o.Owner)
}

// comparePlaces puts no place last.
func comparePlaces(a, b int) int {
	if (a == 0) != (b == 0) {
		return compareBool(a == 0, b == 0)
	}
	return cmp.Compare(a, b)
}
