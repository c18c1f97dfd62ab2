package action

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// LoadQuestion asks who has how much to do in which period.
type LoadQuestion struct {
	Period   calendar.Period       `json:"period"` // the days that are looked at
	Grain    calendar.Grain        `json:"grain"`  // that they are cut by: week, month
	Calendar calendar.Calendar     `json:"calendar"`
	Work     calendar.WorkCalendar `json:"work,omitzero"` // none: every day is a working day

	// AsOf asks for what is left after that day; without it the plan as it was
	// made is shown. Records and Needs belong to it.
	AsOf    calendar.Day `json:"as_of,omitzero"`
	Records []Record     `json:"records,omitempty"`
	Needs   []Need       `json:"needs,omitempty"`
}

// ValidateFor reports every problem of the question at once.
func (q LoadQuestion) ValidateFor(p Plan) error {
	problems := check.List{Op: "action.LoadQuestion"}
	c := checker{&problems, p, index(p)}
	c.day("as_of", q.AsOf, true)
	switch {
	case q.Period.IsZero():
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	case !q.AsOf.IsZero() && q.Period.Last() <= q.AsOf:
		problems.Add(check.ErrRange, "period", "period_over", q.Period, "day", q.AsOf)
	}
	if q.Grain == calendar.NoGrain || q.Grain > calendar.Yearly {
		problems.Add(check.ErrInvalid, "grain", "no_grain", q.Grain)
	}
	if q.AsOf.IsZero() && len(q.Records) > 0 {
		problems.Add(check.ErrMissing, "as_of", "missing_day", nil)
	}
	c.records(q.Records)
	c.needs(q.Needs, q.AsOf)
	k := clock{q.Work}
	if !q.Period.IsZero() {
		k.cover(&problems, "period", q.Period.Start(), q.Period.Last())
	}
	c.coverPlan(q.Work, q.AsOf, q.Records, q.Needs)
	return problems.Err()
}

// coverPlan is cover with the days that routines and needs ask about.
func (c checker) coverPlan(work calendar.WorkCalendar, asOf calendar.Day, records []Record, needs []Need) {
	c.cover(work, asOf, records)
	k := clock{work}
	if len(c.plan.Routines) > 0 {
		k.cover(c.problems, "plan.period", c.plan.Period.Start(), c.plan.Period.Last())
	}
	for i, n := range needs {
		k.cover(c.problems, check.At("needs", i, "until"), n.Until)
	}
}

// Load is what somebody has to do in a period, in working days.
type Load struct {
	Actions    kpi.Value `json:"actions"`
	Routines   kpi.Value `json:"routines"`
	Activities kpi.Value `json:"activities"`
	Total      kpi.Value `json:"total"`
	Capacity   kpi.Value `json:"capacity"`
	Over       bool      `json:"over"` // more to do than there is time for
}

func noLoad() Load {
	zero := kpi.Int(0)
	return Load{zero, zero, zero, zero, zero, false}
}

// Free gives capacity − total, below zero where there is too much to do.
func (l Load) Free() kpi.Value { return l.Capacity.Sub(l.Total) }

// Use gives total of capacity.
func (l Load) Use() kpi.Ratio { return kpi.NewRatio(l.Total, l.Capacity) }

func (l Load) add(o Load) Load {
	return Load{l.Actions.Add(o.Actions), l.Routines.Add(o.Routines), l.Activities.Add(o.Activities),
		l.Total.Add(o.Total), l.Capacity.Add(o.Capacity), false}.judged()
}

func (l Load) judged() Load {
	l.Over = l.Capacity.Less(l.Total)
	return l
}

// PersonLoad is the load of one person, period by period.
type PersonLoad struct {
	Person  string `json:"person"`
	Periods []Load `json:"periods"` // one for each period of the Workload
	Total   Load   `json:"total"`
}

// Workload is the work of everybody against the time that there is. Periods
// add up to each person's total, and people to the totals.
type Workload struct {
	Periods []calendar.Period `json:"periods"`
	People  []PersonLoad      `json:"people"` // rising by ID
	Totals  []Load            `json:"totals"` // of everybody, by period
	Total   Load              `json:"total"`

	// Effort is all that the actions take, or still take after the as-of day,
	// and Outside what of it falls on days that are not looked at:
	//
	//	effort = total of the actions + outside
	Effort   kpi.Value       `json:"effort"`
	Outside  kpi.Value       `json:"outside"`
	Findings []check.Finding `json:"findings"`
}

// Workload sets what people have to do against the working days that they
// have.
//
//	actions     each role's effort, evenly over the working days from start to due
//	routines    their effort, evenly over the person's working days of each week or month
//	activities  whole numbers of them, evenly to the last day that counts (see [Need]), × effort
//	capacity    working days that the person is not away × share
//
// After an as-of day only what is left counts. What was not begun is left
// whole, and falls from the next day to the day it is due; of what was begun
// what the plan has for the days to come, or what its record says is left.
// What is overdue falls on the next working day. Of what is overdue and
// begun nobody knows what is left unless its record says so: it counts as
// nothing, and a finding names it.
//
// Errors are those of [Plan.Validate] and [LoadQuestion.ValidateFor].
func (p Plan) Workload(q LoadQuestion) (Workload, error) {
	if err := p.valid("action.Workload", q.ValidateFor); err != nil {
		return Workload{}, err
	}
	periods, err := q.periods()
	if err != nil {
		problems := check.List{Op: "action.Workload"}
		problems.Nest("period", err)
		return Workload{}, problems.Err()
	}
	w := Workload{Periods: periods, People: []PersonLoad{}, Totals: make([]Load, len(periods)), Total: noLoad()}
	for i := range w.Totals {
		w.Totals[i] = noLoad()
	}
	l := p.loader(q, periods)
	w.Effort, w.Outside = l.effort, l.effort
	for i, person := range l.people {
		load := l.load(i, person)
		w.People = append(w.People, load)
		for k := range load.Periods {
			w.Totals[k] = w.Totals[k].add(load.Periods[k])
		}
		w.Total = w.Total.add(load.Total)
	}
	w.Outside = w.Effort.Sub(w.Total.Actions)
	w.Findings = l.findings(&p, &w)
	return w, nil
}

// periods cuts what is looked at, after the as-of day.
func (q LoadQuestion) periods() ([]calendar.Period, error) {
	p := q.Period
	if !q.AsOf.IsZero() && p.Start() <= q.AsOf {
		rest, err := calendar.NewPeriod(q.AsOf+1, p.End())
		if err != nil {
			return nil, err
		}
		p = rest
	}
	return q.Calendar.Cut(p, q.Grain)
}

// loader holds what is needed to load one person after the other.
type loader struct {
	clock
	question LoadQuestion
	periods  []calendar.Period
	people   []*Person // rising by ID
	number   map[string]int
	slots    [][]slot // of each person
	routines [][]round
	needs    []Need // of each person; the zero Need where there is none
	efforts  map[string]kpi.Value
	effort   kpi.Value
	unknown  []string // begun and overdue, and nobody said what is left
	unplaced []string // people with a need and no working day left for it
}

// slot is the work of one person on one action.
type slot struct {
	action string
	effort kpi.Value
	over   window
	after  calendar.Day // what lies before has been done
}

// round is a routine with the weeks or months in which it comes round, or
// the days on each of which it does.
type round struct {
	effort kpi.Value
	daily  bool
	turns  []calendar.Period
}

func (p *Plan) loader(q LoadQuestion, periods []calendar.Period) *loader {
	l := &loader{clock: clock{q.Work}, question: q, periods: periods, effort: kpi.Int(0)}
	l.people, l.number = p.byID()
	l.slots, l.routines = make([][]slot, len(l.people)), make([][]round, len(l.people))
	l.needs = make([]Need, len(l.people))
	for _, n := range q.Needs {
		l.needs[l.number[n.Person]] = n
	}
	l.efforts = map[string]kpi.Value{}
	for _, a := range p.Activities {
		l.efforts[a.ID] = a.Effort.Or(kpi.Int(0))
	}
	l.addActions(p)
	l.addRoutines(p)
	return l
}

func (l *loader) addRoutines(p *Plan) {
	routines := slices.Clone(p.Routines)
	slices.SortFunc(routines, func(a, b Routine) int { return cmp.Compare(a.ID, b.ID) })
	for _, r := range routines {
		turn := round{r.Effort.Or(kpi.Int(0)), r.Every == calendar.Daily, []calendar.Period{p.Period}}
		if !turn.daily {
			turn.turns, _ = l.question.Calendar.Cut(p.Period, r.Every) // no grain and no period are errors of the plan
		}
		for _, id := range r.People {
			l.routines[l.number[id]] = append(l.routines[l.number[id]], turn)
		}
	}
}

// load adds up the work of one person.
func (l *loader) load(i int, p *Person) PersonLoad {
	result := PersonLoad{Person: p.ID, Periods: make([]Load, len(l.periods)), Total: noLoad()}
	d := l.diary(p)
	for k, period := range l.periods {
		load := noLoad()
		load.Capacity = kpi.Int(d.count(period.Start(), period.Last())).Mul(p.share())
		result.Periods[k] = load
	}
	for _, s := range l.slots[i] {
		l.each(max(s.over.first, s.after), s.over.last, func(k int, first, last calendar.Day) {
			result.Periods[k].Actions = result.Periods[k].Actions.Add(s.over.share(s.effort, first, last))
		})
	}
	for _, r := range l.routines[i] {
		l.addRound(&result, d, r)
	}
	l.addNeed(&result, d, l.needs[i])
	for k := range result.Periods {
		load := &result.Periods[k]
		load.Total = load.Actions.Add(load.Routines).Add(load.Activities)
		*load = load.judged()
		result.Total = result.Total.add(*load)
	}
	return result
}

// each walks the periods that share days with a range.
func (l *loader) each(first, last calendar.Day, visit func(k int, first, last calendar.Day)) {
	from, _ := slices.BinarySearchFunc(l.periods, first, func(p calendar.Period, d calendar.Day) int { return p.Last().Compare(d) })
	for k := from; k < len(l.periods) && l.periods[k].Start() <= last; k++ {
		visit(k, max(first, l.periods[k].Start()), min(last, l.periods[k].Last()))
	}
}

func (l *loader) addRound(result *PersonLoad, d diary, r round) {
	for _, turn := range r.turns {
		over := d.window(turn.Start(), turn.Last())
		if over.n == 0 {
			continue // away all the time: it does not come round
		}
		l.each(turn.Start(), turn.Last(), func(k int, first, last calendar.Day) {
			part := over.share(r.effort, first, last)
			if r.daily {
				part = r.effort.Mul(kpi.Int(d.count(first, last)))
			}
			result.Periods[k].Routines = result.Periods[k].Routines.Add(part)
		})
	}
}

func (l *loader) addNeed(result *PersonLoad, d diary, n Need) {
	if n.Person == "" {
		return
	}
	for _, q := range n.quotas(d, l.question.AsOf) {
		switch {
		case q.activity == "":
			if q.over.n == 0 && q.total.Sign() > 0 {
				l.unplaced = append(l.unplaced, n.Person)
			}
			continue
		case q.over.n == 0:
			continue
		}
		each := l.efforts[q.activity]
		l.each(q.over.first, q.over.last, func(k int, first, last calendar.Day) {
			result.Periods[k].Activities = result.Periods[k].Activities.Add(q.in(first, last).Mul(each))
		})
	}
}
