package incentive

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

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
