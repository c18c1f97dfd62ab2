package plan

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Diagnosis is what a playbook is tried on: what was found, and how owners
// stand to what is usual. It is a record.
type Diagnosis struct {
	// Findings are those of any package; the subject of one that is about
	// somebody is the ID of an owner: the whole, one of Owners, or one with
	// metrics. One without subject, or about something else, is of the whole.
	Findings []check.Finding `json:"findings"`
	Owner    string          `json:"owner"`            // the whole: a company or team
	Owners   []string        `json:"owners,omitempty"` // everybody else; those with metrics need not be named

	// Metrics are what owners have, and Usual what is usual for each of them.
	// That of the whole is for the whole alone: a company of twelve sellers has
	// 1,200 activities, of whom nobody is to have as many. UsualEach is what is
	// usual for one owner, as figures of the whole: a rate of the company, a
	// mean per head. It holds for everybody but the whole where Usual has
	// nothing of their own. All are of one period.
	Metrics   []kpi.Figure `json:"metrics"`
	Usual     []kpi.Figure `json:"usual"`
	UsualEach []kpi.Figure `json:"usual_each,omitempty"`

	// Levers asks what would close the gap of a coming goal, one for each goal
	// and owner, of Owner where none is stated. Its drivers say what a
	// suggestion for that owner is worth, and [action.Levers] how far the lever
	// alone would have to change.
	Levers []action.LeverQuestion `json:"levers,omitempty"`
}

// Because is one thing on which a suggestion rests: a finding, or a metric
// beside what is usual.
type Because struct {
	Finding *check.Finding `json:"finding,omitempty"`
	Metric  string         `json:"metric,omitzero"`
	Value   kpi.Value      `json:"value,omitzero"`
	Usual   kpi.Value      `json:"usual,omitzero"`
}

// Suggestion is a rule that applies to an owner.
type Suggestion struct {
	Owner   string    `json:"owner"`
	Rule    string    `json:"rule"`
	Do      Template  `json:"do"`
	Because []Because `json:"because"`

	// Goal is the one of Diagnosis.Levers that the suggestion is held against:
	// the first of the owner by ID whose formula has the lever. Worth is what
	// the expected effect brings to it in the time left, begun on the day after
	// the as-of day and LeadDays later on the lever ([action.LeverQuestion.Worth]).
	// Needed is how far that lever alone would have to change to close its gap;
	// not applicable where it cannot. Both are no data where nobody asked.
	Goal   string    `json:"goal,omitzero"`
	Worth  kpi.Value `json:"worth,omitzero"`
	Needed kpi.Value `json:"needed,omitzero"`
}

// Validate reports an owner that is missing or stands twice, figures that are
// wrong in themselves or of another period than the first, a metric or a goal
// of one owner that stands twice (check.ErrDuplicate), figures of UsualEach
// that are not of the whole (check.ErrInvalid), and what is wrong with the lever
// questions.
func (d Diagnosis) Validate() error {
	problems := check.List{Op: "plan.Diagnosis"}
	problems.ID("owner", "missing_owner", d.Owner)
	checkTable(&problems, "metrics", d.Metrics)
	checkTable(&problems, "usual", d.Usual)
	checkTable(&problems, "usual_each", d.UsualEach)
	for i, f := range d.UsualEach {
		if f.Owner != d.Owner {
			problems.Add(check.ErrInvalid, check.At("usual_each", i, "owner"), "not_of_the_whole", f.Owner, "owner", d.Owner)
		}
	}
	named := once{}
	for i, id := range d.Owners {
		named.add(&problems, check.At("owners", i), id)
	}
	asked := map[goalOwner]bool{}
	for i, q := range d.Levers {
		problems.Nest(check.At("levers", i), q.Validate())
		k := goalOwner{q.Goal, cmp.Or(q.Owner, d.Owner)}
		if asked[k] {
			problems.Add(check.ErrDuplicate, check.At("levers", i), "goal_twice", q.Goal, "owner", k.owner)
		}
		asked[k] = true
	}
	return problems.Err()
}

// checkTable wants one figure for each metric and owner.
func checkTable(problems *check.List, name string, figures []kpi.Figure) {
	seen := map[key]bool{}
	for i, f := range figures {
		at := check.At(name, i)
		problems.Nest(at, f.Validate())
		if f.Period != figures[0].Period {
			problems.Add(check.ErrInvalid, at+".period", "other_period", f.Period, "period", figures[0].Period)
		}
		if seen[keyOf(f)] {
			problems.Add(check.ErrDuplicate, at, "figure_twice", f.Metric, "owner", f.Owner)
		}
		seen[keyOf(f)] = true
	}
}

// Suggest tries every rule on every owner that has a metric or a finding, and
// on the whole. Suggestions come by owner and, for each, in the order of the
// rules; nothing is suggested where nothing applies. Errors are those of
// Playbook.Validate and Diagnosis.Validate, with the path playbook or
// diagnosis.
func (p Playbook) Suggest(d Diagnosis) ([]Suggestion, error) {
	problems := check.List{Op: "plan.Suggest"}
	problems.Nest("playbook", p.Validate())
	problems.Nest("diagnosis", d.Validate())
	if err := problems.Err(); err != nil {
		return nil, err
	}
	suggestions, aims := []Suggestion{}, d.aims()
	for _, seen := range d.observe() {
		for _, r := range p.Rules {
			because, ok := r.When.holds(seen)
			if ok {
				s := Suggestion{Owner: seen.owner, Rule: r.ID, Do: r.Do, Because: append([]Because{}, because...)}
				s.aim(aims[seen.owner])
				suggestions = append(suggestions, s)
			}
		}
	}
	return suggestions, nil
}

// observe gives what is known of everybody who has a metric or a finding, by
// ID, and of the whole. The order of findings and figures does not show.
func (d Diagnosis) observe() []observed {
	all := map[string]*observed{d.Owner: {owner: d.Owner}}
	of := func(owner string) *observed {
		if all[owner] == nil {
			all[owner] = &observed{owner: owner}
		}
		return all[owner]
	}
	for _, f := range d.Metrics {
		o := of(f.Owner)
		o.metrics = append(o.metrics, f)
	}
	owners := once{}
	for _, id := range d.Owners {
		owners[id] = true
	}
	found := slices.Clone(d.Findings)
	slices.SortStableFunc(found, compareFindings)
	for _, f := range found {
		o := all[d.Owner]
		if all[f.Subject] != nil || owners[f.Subject] {
			o = of(f.Subject)
		}
		o.findings = append(o.findings, f)
	}
	usual := d.usual()
	seen := make([]observed, 0, len(all))
	for _, owner := range slices.Sorted(maps.Keys(all)) {
		o := *all[owner]
		o.usual = usual.of
		seen = append(seen, o)
	}
	return seen
}

// usually looks up what is usual.
type usually struct {
	whole string
	own   map[key]kpi.Figure
	each  map[string]kpi.Figure
}

func (d Diagnosis) usual() usually {
	u := usually{d.Owner, make(map[key]kpi.Figure, len(d.Usual)), make(map[string]kpi.Figure, len(d.UsualEach))}
	for _, f := range d.Usual {
		u.own[keyOf(f)] = f
	}
	for _, f := range d.UsualEach {
		u.each[f.Metric] = f
	}
	return u
}

// of gives what is usual for an owner: its own, else that of each.
func (u usually) of(metric, owner string) (f kpi.Figure, known bool) {
	if f, known = u.own[key{metric, owner}]; !known && owner != u.whole {
		f, known = u.each[metric]
	}
	return f, known
}

func compareFindings(a, b check.Finding) int {
	if c := cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Subject, b.Subject)); c != 0 {
		return c
	}
	return compareArgs(a.Args, b.Args)
}

// compareArgs orders the arguments of findings by the first name, in order of
// names, at which they differ: none is before any.
func compareArgs(a, b map[string]string) int {
	first, order := "", 0
	differ := func(name string, c int) {
		if order == 0 || name < first {
			first, order = name, c
		}
	}
	for name, v := range a {
		if w, known := b[name]; !known {
			differ(name, 1)
		} else if v != w {
			differ(name, cmp.Compare(v, w))
		}
	}
	for name := range b {
		if _, known := a[name]; !known {
			differ(name, -1)
		}
	}
	return order
}
