package action

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Report says how the execution of a plan stands on the evening of a day.
type Report struct {
	AsOf       calendar.Day      `json:"as_of"`
	Progress   Progress          `json:"progress"`
	Strategies []ProgressOf      `json:"strategies"` // rising by ID, "" for actions of none
	Owners     []ProgressOf      `json:"owners"`     // by the accountable person
	Milestones []MilestoneStatus `json:"milestones"` // by their day, then ID
	Late       []Late            `json:"late"`       // what holds up most comes first
	Chain      Chain             `json:"chain"`
	Budget     Budget            `json:"budget"`
	Actions    []ActionStatus    `json:"actions"` // rising by ID
	Findings   []check.Finding   `json:"findings"`
}

// Track says how the execution stands: what is done and what is late, what
// that holds up, which chain of actions decides the end, and what it costs.
//
// # When things will be done
//
// Expected is the earliest day, as things stand on the as-of day:
//
//	done in time so far   begun, or not to begin yet and held up by nothing: the day it is due
//	begun and overdue     the next working day: it may be later, it cannot be sooner
//	not begun             from its first day, but not before the next working day nor
//	                      before what it waits for is done; it takes as many working
//	                      days as planned
//
// What waits for a dropped action does not wait for it any more. Nobody's
// workload is looked at: see [Plan.Workload].
//
// Errors are those of [Plan.Validate] and [Input.ValidateFor].
func (p Plan) Track(in Input) (Report, error) {
	if err := p.valid("action.Track", in.ValidateFor); err != nil {
		return Report{}, err
	}
	s := p.schedule(in.AsOf, in.Records, in.Work)
	s.forward()
	s.backward()
	blocked := s.blocked()
	r := Report{AsOf: in.AsOf, Chain: s.chain(), Findings: []check.Finding{}}
	for i := range s.status {
		st := &s.status[i]
		st.DaysLate = s.clock.late(st, in.AsOf)
		st.BlockedBy = s.waitsFor(i)
		st.Blocks = blocked[i].len()
		r.Progress.add(st, in.AsOf)
	}
	r.Progress.share()
	r.Strategies = progressBy(s.status, in.AsOf, func(st *ActionStatus) string { return st.Strategy })
	r.Owners = progressBy(s.status, in.AsOf, func(st *ActionStatus) string { return st.Owner })
	r.Milestones = s.milestones(&p)
	r.Late = s.late(&p, blocked, r.Chain)
	r.Budget = p.book(in, s)
	r.Actions = s.status
	r.find(&p, s)
	return r, nil
}

// valid checks the plan, and what is asked of it where the plan is fit to be
// asked.
func (p Plan) valid(op string, ask func(Plan) error) error {
	problems := check.List{Op: op}
	problems.Nest("plan", p.Validate())
	if problems.Empty() {
		problems.Nest("", ask(p))
	}
	return problems.Err()
}

// schedule lines the actions up with their records and status.
func (p *Plan) schedule(asOf calendar.Day, records []Record, work calendar.WorkCalendar) *schedule {
	s := &schedule{graph: newGraph(p), clock: clock{work}, asOf: asOf}
	s.status = make([]ActionStatus, len(s.actions))
	s.planned = make([]int64, len(s.actions))
	of := make([]Record, len(s.actions))
	for _, r := range records {
		of[s.number[r.Action]] = r
	}
	for i, a := range s.actions {
		st := ActionStatus{Action: a.ID, Strategy: a.Strategy, Owner: a.Owner(), Start: a.Start, Due: a.Due, Status: judge(a, of[i], asOf)}
		st.Started = begun(of[i], asOf)
		if st.Status == Done {
			st.Done = of[i].Done
		}
		s.status[i] = st
		s.planned[i] = s.count(a.Start, a.Due)
	}
	return s
}

// waitsFor gives the actions that an open one waits for and that are not
// done.
func (s *schedule) waitsFor(i int) []string {
	ids := []string{}
	if s.status[i].Status.open() {
		for _, j := range s.before[i] {
			if s.status[j].Status.open() {
				ids = append(ids, s.actions[j].ID)
			}
		}
	}
	return ids
}

func (s *schedule) milestones(p *Plan) []MilestoneStatus {
	all := make([]MilestoneStatus, 0, len(p.Milestones))
	for i := range p.Milestones {
		all = append(all, s.milestone(&p.Milestones[i]))
	}
	slices.SortFunc(all, func(a, b MilestoneStatus) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Milestone, b.Milestone))
	})
	return all
}

// Status gives where one action stands, and whether the plan has it.
func (r Report) Status(action string) (status ActionStatus, known bool) {
	i, known := slices.BinarySearchFunc(r.Actions, action, func(s ActionStatus, id string) int { return cmp.Compare(s.Action, id) })
	if !known {
		return ActionStatus{}, false
	}
	return r.Actions[i], true
}

// money writes an amount of the plan for people.
func (p *Plan) money(v kpi.Value) string { return p.Unit.Text(v) }
