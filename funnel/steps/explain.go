package steps

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Explain tells how far an entity came in the funnel of a question, attempt by
// attempt, and why no further. Errors are those of [Analyze]; an entity that
// the journeys do not know is check.ErrUnknown.
func Explain(j *Journeys, d Definition, q Question, entity string) (Explanation, error) {
	const op = "steps.Explain"
	a, err := newAnalysis(op, j, d, q)
	if err != nil {
		return Explanation{}, err
	}
	code, known := j.find(entity)
	if !known {
		return Explanation{}, check.New(op, check.ErrUnknown, "entity", "unknown_entity", entity)
	}
	x := explainer{analysis: a}
	return x.explain(code, entity), nil
}

// explainer is an analysis of one entity that keeps what lies after the as-of
// instant too.
type explainer struct {
	*analysis
	later []fact
}

func (x *explainer) explain(entity uint32, id string) Explanation {
	facts := x.j.of(entity)
	for i, f := range facts {
		if f.at > x.asOf {
			x.later = slices.Clone(facts[i:])
			break
		}
	}
	e := Explanation{Entity: id, Attempts: []Attempt{}, Stands: -1}
	visits, fate := x.visitsOf(entity, facts, &eventCounter{})
	if len(visits) == 0 {
		e.Fate, e.Why = fate, x.whyNone(fate)
		return e
	}
	v := x.judge(visits)
	for i := range visits {
		a := x.attempt(&visits[i])
		a.Furthest = visits[i].level == v.level && !visits[i].excluded()
		e.Attempts = append(e.Attempts, a)
		if &visits[i] == v.stands {
			e.Stands = i
		}
	}
	e.Fate = NoEntry
	if x.entered(&v, x.from) {
		e.Fate = x.fate(&v, x.to)
	}
	return e
}

func (x *explainer) finding(code, subject string, args ...any) check.Finding {
	return check.Finding{Code: code, Subject: subject, Args: check.Args(args...)}
}

func (x *explainer) moment(at int64) string { return moment(at, x.q.Location) }

// whyNone says why an entity has no attempts.
func (x *explainer) whyNone(fate Fate) check.Finding {
	entry := x.def.label(0)
	switch {
	case fate == NoID:
		return x.finding("no_id", "")
	case fate == NoTime:
		return x.finding("no_time", "")
	case fate == NotBegun:
		return x.finding("not_begun", "", "at", x.moment(x.later[0].at), "as_of", x.moment(x.asOf))
	case len(x.attempts) > 0:
		return x.finding("entry_outside", entry, "at", x.moment(x.attempts[0].start))
	}
	return x.finding("no_entry", entry)
}

func (x *explainer) attempt(a *attempt) Attempt {
	e := Attempt{Start: in(a.start, x.q.Location), Steps: []Passage{}}
	if a.excluded() {
		e.Excluded = x.excludedBy(a)
	}
	for step, block := range x.row(a) {
		p := Passage{Step: x.def.label(step), Reached: block != none}
		if p.Reached {
			p.At = in(x.at(a, step), x.q.Location)
			p.Why = x.finding("reached", p.Step, "at", x.moment(x.at(a, step)))
		} else if x.def.Order == Unordered {
			p.Why = x.whyFewer(a, step)
		} else {
			p.Why = x.whyNot(a, step)
		}
		e.Steps = append(e.Steps, p)
	}
	return e
}

// excludedBy names the event that excludes an attempt, and the step behind
// which it lies.
func (x *explainer) excludedBy(a *attempt) check.Finding {
	after := 0
	for _, step := range x.main[:a.level] {
		if x.row(a)[step] < a.barAt {
			after = step
		}
	}
	return x.finding("excluded_by", x.barName(a.barAt, 1<<a.bar), "at", x.moment(x.instants[a.barAt].at), "after", x.def.label(after))
}

// barName gives the name of an event that is one of the exclusions.
func (x *explainer) barName(block int32, bars uint32) string {
	in := x.instants[block]
	for i := in.from; i < in.to; i++ {
		if x.may[i].bars&bars != 0 {
			return x.j.name(x.facts[i])
		}
	}
	return ""
}

// whyFewer says why an attempt of an unordered funnel has no more steps.
func (x *explainer) whyFewer(a *attempt, step int) check.Finding {
	name := x.def.label(step)
	for _, list := range x.byBar {
		for _, block := range list {
			if at := x.instants[block].at; at == a.end && block > x.row(a)[0] {
				return x.finding("exclusion_ended_it", name, "event", x.barName(block, ^uint32(0)), "at", x.moment(at))
			}
		}
	}
	if x.couldReach(a, step, x.asOf) {
		return x.finding("open_until", name, "ended", x.end(until(a.start, x.window)))
	}
	return x.finding("never_came", name, "ended", x.end(until(a.start, x.window)))
}

// end writes the end of a time.
func (x *explainer) end(at int64) string {
	if at == unbounded {
		return Unlimited.String()
	}
	return x.moment(at)
}

// whyNot says why an attempt did not reach a step.
func (x *explainer) whyNot(a *attempt, step int) check.Finding {
	place, name := x.place[step], x.def.Steps[step].ID
	if a.level < place {
		return x.finding("not_so_far", name, "missing", x.def.Steps[x.main[a.level]].ID)
	}
	m := miss{explainer: x, a: a, step: step, name: name, before: x.main[place-1], behind: int32(len(x.instants))}
	m.from = x.row(a)[m.before]
	if a.level > place {
		m.next = x.main[place]
		m.behind = x.row(a)[m.next] + 1
	}
	return m.why()
}
