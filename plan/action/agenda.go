package action

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// AgendaQuestion asks what everybody has to do next: on the next working
// day, in the week and in the month that it belongs to.
type AgendaQuestion struct {
	AsOf     calendar.Day          `json:"as_of"` // the last day that is over
	Calendar calendar.Calendar     `json:"calendar"`
	Work     calendar.WorkCalendar `json:"work,omitzero"` // none: every day is a working day
	Records  []Record              `json:"records,omitempty"`
	Needs    []Need                `json:"needs,omitempty"`
}

// ValidateFor reports every problem of the question at once.
func (q AgendaQuestion) ValidateFor(p Plan) error {
	problems := check.List{Op: "action.AgendaQuestion"}
	c := checker{&problems, p, index(p)}
	c.day("as_of", q.AsOf, false)
	c.records(q.Records)
	c.needs(q.Needs, q.AsOf)
	c.coverPlan(q.Work, q.AsOf, q.Records, q.Needs)
	return problems.Err()
}

// TaskKind says what sort of thing is to be done.
type TaskKind uint8

const (
	CatchUp    TaskKind = iota // an action that is overdue, or late to start
	Finish                     // an action whose last day lies in the period
	Begin                      // an action whose first day lies in it, and whose last does not
	GoOn                       // an action that runs through it
	NewDeals                   // deals to be brought in
	DoActivity                 // calls, meetings, quotations
	DoRoutine                  // what comes round every day, week or month
)

func taskWords() []string {
	return []string{"catch_up", "finish", "begin", "go_on", "new_deals", "activity", "routine"}
}

// String gives catch_up, finish, begin, go_on, new_deals, activity or
// routine.
func (k TaskKind) String() string { return enum.String(taskWords(), k) }

// MarshalText gives the word.
func (k TaskKind) MarshalText() ([]byte, error) {
	return enum.Marshal("action.TaskKind", taskWords(), k)
}

// UnmarshalText reads the word.
func (k *TaskKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("action.TaskKind", taskWords(), text, k)
}

// Task is one thing that somebody has to do in a period.
type Task struct {
	Kind  TaskKind     `json:"kind"`
	ID    string       `json:"id,omitzero"` // of the action, activity or routine
	Count kpi.Value    `json:"count"`       // how many, where it is counted: whole numbers; 1 of an action
	Due   calendar.Day `json:"due"`         // the day of the action, or the last one of the period
	Waits []string     `json:"waits"`       // what an action waits for and is not done
}

// Agenda is what everybody has to do next.
type Agenda struct {
	AsOf   calendar.Day    `json:"as_of"`
	Day    calendar.Period `json:"day,omitzero"`   // the next working day; no period where the work calendar ends
	Week   calendar.Period `json:"week,omitzero"`  // what is left of its week
	Month  calendar.Period `json:"month,omitzero"` // what is left of its month
	People []PersonAgenda  `json:"people"`

	Findings []check.Finding `json:"findings"`
}

// PersonAgenda is what one person has to do: each list in the order of kinds,
// then by day and ID.
type PersonAgenda struct {
	Person string `json:"person"`
	Day    []Task `json:"day"`
	Week   []Task `json:"week"`
	Month  []Task `json:"month"`
}

// Agenda gives the tasks of every person for the next working day, the rest
// of its week and the rest of its month.
//
//	actions     those that the person does (responsible), by where they stand
//	deals       what must still be brought in, ⌈deals × k ÷ n⌉ of it by the k-th of the n
//	activities  working days of the person to the last day that counts, and so
//	            ⌈⌈deals × activities per deal⌉ × k ÷ n⌉ of each activity
//	routines    the daily ones on the day, the weekly in the week, the monthly in the month
//
// Counts are whole, and those of the day are part of those of the week and
// the month. On a day on which somebody is away there is nothing to do for
// that person but what falls in the rest of the week and month.
//
// Errors are those of [Plan.Validate] and [AgendaQuestion.ValidateFor].
func (p Plan) Agenda(q AgendaQuestion) (Agenda, error) {
	if err := p.valid("action.Agenda", q.ValidateFor); err != nil {
		return Agenda{}, err
	}
	a := Agenda{AsOf: q.AsOf, People: []PersonAgenda{}, Findings: []check.Finding{}}
	if next, ok := (clock{q.Work}).add(q.AsOf, 1); ok {
		a.Day = ahead(q, calendar.Daily, next)
		a.Week = ahead(q, calendar.Weekly, next)
		a.Month = ahead(q, calendar.Monthly, next)
	}
	w := p.planner(q)
	for i, person := range w.people {
		d := w.clock.diary(person)
		pa := PersonAgenda{Person: person.ID, Day: []Task{}, Week: w.tasks(i, d, a.Week, calendar.Weekly), Month: w.tasks(i, d, a.Month, calendar.Monthly)}
		if !a.Day.IsZero() && d.count(a.Day.Start(), a.Day.Last()) > 0 {
			pa.Day = w.tasks(i, d, a.Day, calendar.Daily)
		}
		a.People = append(a.People, pa)
	}
	a.Findings = w.findings(&p)
	return a, nil
}

// ahead gives what of the period around the next working day is not over.
func ahead(q AgendaQuestion, g calendar.Grain, next calendar.Day) calendar.Period {
	whole := q.Calendar.PeriodOf(g, next)
	rest, err := calendar.NewPeriod(max(q.AsOf+1, whole.Start()), whole.End())
	if err != nil {
		return whole
	}
	return rest
}

// planner holds what is needed to write one agenda after the other.
type planner struct {
	*schedule
	plan     *Plan
	people   []*Person   // rising by ID
	actions  [][]int     // of each person: the open actions that the person does
	routines [][]Routine // rising by ID
	needs    []Need
}

func (p *Plan) planner(q AgendaQuestion) *planner {
	w := &planner{schedule: p.schedule(q.AsOf, q.Records, q.Work), plan: p}
	people, number := p.byID()
	w.people = people
	w.actions, w.routines, w.needs = make([][]int, len(w.people)), make([][]Routine, len(w.people)), make([]Need, len(w.people))
	for i, a := range w.schedule.actions {
		for _, r := range a.Roles {
			if r.Part == Responsible && w.status[i].Status.open() {
				w.actions[number[r.Person]] = append(w.actions[number[r.Person]], i)
			}
		}
	}
	for _, r := range p.Routines {
		for _, id := range r.People {
			w.routines[number[id]] = append(w.routines[number[id]], r)
		}
	}
	for _, n := range q.Needs {
		w.needs[number[n.Person]] = n
	}
	return w
}

// tasks gives what one person has to do in a period.
func (w *planner) tasks(i int, d diary, period calendar.Period, g calendar.Grain) []Task {
	all := []Task{}
	if period.IsZero() {
		return all
	}
	for _, k := range w.actions[i] {
		if t, there := w.actionTask(k, period); there {
			all = append(all, t)
		}
	}
	if n := w.needs[i]; n.Person != "" {
		for _, q := range n.quotas(d, w.asOf) {
			t := Task{Kind: DoActivity, ID: q.activity, Count: q.in(period.Start(), period.Last()), Due: period.Last(), Waits: []string{}}
			if q.activity == "" {
				t.Kind = NewDeals
			}
			if t.Count.Sign() > 0 || !t.Count.Defined() {
				all = append(all, t)
			}
		}
	}
	for _, r := range w.routines[i] {
		if _, within := period.Intersect(w.plan.Period); within && r.Every == g && d.count(period.Start(), period.Last()) > 0 {
			all = append(all, Task{DoRoutine, r.ID, kpi.Int(1), period.Last(), []string{}})
		}
	}
	slices.SortStableFunc(all, func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// actionTask says what an open action asks for in a period, if anything.
func (w *planner) actionTask(k int, period calendar.Period) (Task, bool) {
	st := &w.status[k]
	t := Task{ID: st.Action, Count: kpi.Int(1), Due: st.Due, Waits: w.waitsFor(k)}
	switch {
	case st.Status == Overdue || st.Status == LateToStart:
		t.Kind = CatchUp
	case period.Contains(st.Due):
		t.Kind = Finish
	case period.Contains(st.Start):
		t.Kind = Begin
	case st.Start < period.Start() && st.Due > period.Last():
		t.Kind = GoOn
	default:
		return Task{}, false
	}
	return t, true
}

// findings names what of the needs could not be planned.
func (w *planner) findings(p *Plan) []check.Finding {
	f, n := &scribe{found: []check.Finding{}}, index(*p)
	for i, need := range w.needs {
		if need.Person == "" {
			continue
		}
		if d := w.clock.diary(w.people[i]); need.Deals.Sign() > 0 && d.count(w.asOf+1, need.Until) == 0 {
			f.add("no_days_left", check.Critical, need.Person, "name", p.person(n, need.Person), "deals", ceil(need.Deals), "until", need.Until)
		}
		findRates(f, p, n, need)
	}
	return f.found
}
