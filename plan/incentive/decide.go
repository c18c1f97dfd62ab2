package incentive

import (
	"cmp"
	"maps"
	"slices"
	"strings"

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

type markKey struct {
	owner, score string
	period       calendar.Period
}

func (m Mark) key() markKey { return markKey{m.Owner, m.Score, m.Period} }

// judge knows the marks of the eligible.
type judge struct {
	owners []string // in order
	marks  map[markKey]Mark
	lines  map[Order][]kpi.Value // those asked for so far
}

func newJudge(marks []Mark, ineligible map[string]string) judge {
	j := judge{marks: map[markKey]Mark{}, lines: map[Order][]kpi.Value{}}
	known := map[string]bool{}
	for _, m := range marks {
		if _, out := ineligible[m.Owner]; !out {
			j.marks[m.key()] = m
			known[m.Owner] = true
		}
	}
	j.owners = slices.Sorted(maps.Keys(known))
	return j
}

// line gives the values of all eligible who have one, the best first.
func (j judge) line(o Order) []kpi.Value {
	values, known := j.lines[o]
	if known {
		return values
	}
	for _, owner := range j.owners {
		if m := j.marks[markKey{owner, o.Score, o.Period}]; m.Value.Defined() {
			values = append(values, m.Value)
		}
	}
	slices.SortFunc(values, func(a, b kpi.Value) int {
		if o.Direction == kpi.LowerIsBetter {
			a, b = b, a
		}
		return b.Compare(a)
	})
	j.lines[o] = values
	return values
}

// placeIn gives 1 + how many stand better, 0 without a value.
func placeIn(line []kpi.Value, v kpi.Value) int { return slices.Index(line, v) + 1 }

func (j judge) judge(owner string, conditions []Condition) Candidate {
	c := Candidate{Owner: owner, Qualifies: true, CanStill: true, Conditions: []Progress{}}
	for _, condition := range conditions {
		p := j.progress(owner, condition)
		c.Qualifies = c.Qualifies && p.Met
		c.CanStill = c.CanStill && p.Times+p.Open >= p.Need
		c.Missing += max(p.Need-p.Times, 0)
		c.Conditions = append(c.Conditions, p)
	}
	return c
}

func (j judge) progress(owner string, c Condition) Progress {
	c.Periods, c.Grades = slices.Clone(c.Periods), slices.Clone(c.Grades)
	p := Progress{Condition: c, Need: c.need(), Marks: []Judged{}}
	for _, period := range c.Periods {
		mark := j.mark(owner, period, c)
		p.Marks = append(p.Marks, mark)
		if mark.Good {
			p.Times++
		}
		if mark.Open {
			p.Open++
		}
	}
	p.Met = p.Times >= p.Need
	p.Gap = p.gap()
	return p
}

// gap adds up the nearest marks, as many as are lacking.
func (p Progress) gap() kpi.Value {
	lacking := p.Need - p.Times
	if lacking <= 0 {
		return kpi.Int(0)
	}
	var gaps []kpi.Value
	for _, m := range p.Marks {
		if !m.Good && m.Gap.Defined() {
			gaps = append(gaps, m.Gap)
		}
	}
	switch {
	case len(p.Condition.Grades) > 0:
		return kpi.Undefined(kpi.NotApplicable)
	case len(gaps) < lacking:
		return kpi.Value{}
	}
	slices.SortFunc(gaps, kpi.Value.Compare)
	sum := kpi.Int(0)
	for _, g := range gaps[:lacking] {
		sum = sum.Add(g)
	}
	return sum
}

// mark judges one period.
func (j judge) mark(owner string, period calendar.Period, c Condition) Judged {
	m, there := j.marks[markKey{owner, c.Score, period}]
	judged := Judged{Period: period, Value: m.Value, Grade: m.Grade, Open: !there}
	level := c.Level
	switch {
	case len(c.Grades) > 0:
		judged.Good = m.Grade != "" && slices.Contains(c.Grades, m.Grade)
		judged.Gap = kpi.Undefined(kpi.NotApplicable)
	case c.First > 0:
		line := j.line(Order{c.Score, period, c.Direction})
		judged.Place = placeIn(line, m.Value)
		judged.Good = judged.Place > 0 && judged.Place <= c.First
		if len(line) > 0 {
			level = line[min(c.First, len(line))-1]
		}
		judged.Gap = kpi.Favourable(c.Direction, level, m.Value)
	default:
		judged.Good, _ = kpi.Met(c.Direction, m.Value, level)
		judged.Gap = kpi.Favourable(c.Direction, level, m.Value)
	}
	if judged.Good {
		judged.Gap = kpi.Int(0)
	}
	return judged
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

// Why says of each condition how somebody stands, in the order of the rule:
// one finding each, whose sentences [Findings] has. Periods are named by the
// calendar.
func (c Candidate) Why(cal calendar.Calendar) []check.Finding {
	w := &scribe{found: []check.Finding{}}
	for _, p := range c.Conditions {
		code, severity := "condition_unmet", check.Warning
		if p.Met {
			code, severity = "condition_met", check.Info
		}
		switch {
		case len(p.Condition.Grades) > 0:
			code += "_grade"
		case p.Condition.First > 0:
			code += "_place"
		default:
			code += "_level"
		}
		w.add(code, severity, c.Owner, "score", p.Condition.Score, "grades", strings.Join(p.Condition.Grades, "/"), "first", p.Condition.First,
			"level", number(p.Condition.Level, 4), "times", p.Times, "need", p.Need, "of", len(p.Marks), "open", p.Open, "marks", p.list(cal))
	}
	return w.found
}

// list writes the marks: 2026-Q1 A ✓, 2026-Q2 B.
func (p Progress) list(cal calendar.Calendar) string {
	words := make([]string, len(p.Marks))
	for i, m := range p.Marks {
		var s string
		switch {
		case m.Open:
			s = "…"
		case len(p.Condition.Grades) > 0:
			s = cmp.Or(m.Grade, kpi.NoNumber)
		default:
			s = number(m.Value, 4)
			if m.Place > 0 {
				s += " (#" + number(kpi.Int(int64(m.Place)), 0) + ")"
			}
		}
		words[i] = cal.Label(m.Period) + " " + s
		if m.Good {
			words[i] += " ✓"
		}
	}
	return strings.Join(words, ", ")
}

// tell says who earns the reward, and who is nearest.
func (r Reward) tell(all []Candidate, tied int) []check.Finding {
	w := &scribe{found: []check.Finding{}}
	told := false
	for i, c := range all {
		switch {
		case c.Qualifies:
			w.add("reward_earned", check.Info, c.Owner, "reward", r.ID)
		case c.Missing == 0 && c.Place > 0:
			w.add("reward_behind", check.Info, c.Owner, "reward", r.ID, "place", c.Place, "places", r.Places)
		case c.Missing == 0:
			w.add("reward_unordered", check.Warning, c.Owner, "reward", r.ID, "score", r.By.Score)
		case !told || c.Missing == all[i-1].Missing && all[i-1].Missing > 0 && c.nearAs(all[i-1]):
			told = true
			code := "reward_nearest"
			if !c.CanStill {
				code = "reward_nearest_closed"
			}
			w.add(code, check.Info, c.Owner, "reward", r.ID, "missing", c.Missing)
		}
	}
	if tied > 0 {
		w.add("places_tied", check.Warning, r.ID, "places", r.Places, "more", tied)
	}
	return w.found
}

// nearAs reports whether two are told apart by their names alone.
func (c Candidate) nearAs(o Candidate) bool {
	c.Owner = o.Owner
	return c.compare(o) == 0
}

func rewardTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "reward_earned",
			English: "{subject} earns {reward}.",
			Chinese: "{subject}获得{reward}。",
		}, {
			Code:    "reward_behind",
			English: "{subject} meets every condition of {reward} and stands at place {place} of {places}.",
			Chinese: "{subject}满足{reward}的全部条件，但排名第 {place}，名额 {places} 个。",
		}, {
			Code:    "reward_unordered",
			English: "{subject} meets every condition of {reward} but has no {score} to be ordered by.",
			Chinese: "{subject}满足{reward}的全部条件，但缺少用于排序的{score}。",
		}, {
			Code:    "reward_nearest",
			English: "{subject} is nearest to {reward}; good marks lacking: {missing}, and they may still come.",
			Chinese: "{subject}最接近{reward}：还差 {missing} 次达标，仍有机会。",
		}, {
			Code:    "reward_nearest_closed",
			English: "{subject} came nearest to {reward}; good marks lacking: {missing}, and none are to come.",
			Chinese: "{subject}最接近{reward}：差 {missing} 次达标，本轮已无机会。",
		}, {
			Code:    "places_tied",
			English: "{subject} has {places} places; a tie at the last one lets in {more} more.",
			Chinese: "{subject}名额 {places} 个，末位并列，增加 {more} 人。",
		}, {
			Code:    "condition_met_grade",
			English: "{score} {grades} in {times} of {of} periods, {need} needed: {marks}.",
			Chinese: "{score} 在 {of} 期中有 {times} 期为 {grades}（需 {need} 期）：{marks}。",
		}, {
			Code:    "condition_unmet_grade",
			English: "{score} {grades} in {times} of {of} periods only, {need} needed, {open} still to come: {marks}.",
			Chinese: "{score} 在 {of} 期中仅 {times} 期为 {grades}（需 {need} 期，尚有 {open} 期未评）：{marks}。",
		}, {
			Code:    "condition_met_place",
			English: "Among the first {first} by {score} in {times} of {of} periods, {need} needed: {marks}.",
			Chinese: "{score} 在 {of} 期中有 {times} 期排名前 {first}（需 {need} 期）：{marks}。",
		}, {
			Code:    "condition_unmet_place",
			English: "Among the first {first} by {score} in {times} of {of} periods only, {need} needed, {open} still to come: {marks}.",
			Chinese: "{score} 在 {of} 期中仅 {times} 期排名前 {first}（需 {need} 期，尚有 {open} 期未评）：{marks}。",
		}, {
			Code:    "condition_met_level",
			English: "{score} reached {level} in {times} of {of} periods, {need} needed: {marks}.",
			Chinese: "{score} 在 {of} 期中有 {times} 期达到 {level}（需 {need} 期）：{marks}。",
		}, {
			Code:    "condition_unmet_level",
			English: "{score} reached {level} in {times} of {of} periods only, {need} needed, {open} still to come: {marks}.",
			Chinese: "{score} 在 {of} 期中仅 {times} 期达到 {level}（需 {need} 期，尚有 {open} 期未评）：{marks}。",
		},
	}
}
