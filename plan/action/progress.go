package action

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Progress counts actions on the evening of the as-of day. Dropped ones
// stand apart and count nowhere else:
//
//	planned = to come + late to start + running + overdue + done
//
// Started are those that were begun, whatever became of them, Due those whose
// last day is over, and ToStart those whose first day is. OnTime are done no
// later than due.
type Progress struct {
	Planned     int64 `json:"planned"`
	ToCome      int64 `json:"to_come"`
	LateToStart int64 `json:"late_to_start"`
	Running     int64 `json:"running"`
	Overdue     int64 `json:"overdue"`
	Done        int64 `json:"done"`
	Dropped     int64 `json:"dropped"`

	ToStart int64 `json:"to_start"`
	Started int64 `json:"started"`
	Due     int64 `json:"due"`
	OnTime  int64 `json:"on_time"`

	// DoneShare is done ÷ planned, and OnTimeShare on time ÷ those of which it
	// is known, done or overdue: an action that is late counts before it is
	// done.
	DoneShare   kpi.Ratio `json:"done_share"`
	OnTimeShare kpi.Ratio `json:"on_time_share"`
}

// ProgressOf is the progress of a part of the plan: of the actions of a
// strategy, or of those that a person is accountable for. The ID of what
// belongs to no strategy is "".
type ProgressOf struct {
	ID       string   `json:"id"`
	Progress Progress `json:"progress"`
}

func (p *Progress) add(s *ActionStatus, asOf calendar.Day) {
	if s.Status == Dropped {
		p.Dropped++
		return
	}
	p.Planned++
	*[...]*int64{&p.ToCome, &p.LateToStart, &p.Running, &p.Overdue, &p.Done}[s.Status]++
	if s.Start <= asOf {
		p.ToStart++
	}
	if !s.Started.IsZero() {
		p.Started++
	}
	if s.Due <= asOf {
		p.Due++
	}
	if s.Status == Done && s.Done <= s.Due {
		p.OnTime++
	}
}

func (p *Progress) share() {
	p.DoneShare = kpi.RatioOf(p.Done, p.Planned)
	p.OnTimeShare = kpi.RatioOf(p.OnTime, p.Done+p.Overdue)
}

// progressBy gives the progress of the groups that the actions fall into,
// rising by their IDs.
func progressBy(all []ActionStatus, asOf calendar.Day, group func(*ActionStatus) string) []ProgressOf {
	groups := map[string]*Progress{}
	for i := range all {
		id := group(&all[i])
		if groups[id] == nil {
			groups[id] = &Progress{}
		}
		groups[id].add(&all[i], asOf)
	}
	parts := make([]ProgressOf, 0, len(groups))
	for _, id := range slices.Sorted(maps.Keys(groups)) {
		groups[id].share()
		parts = append(parts, ProgressOf{id, *groups[id]})
	}
	return parts
}

// MilestoneStatus is where a milestone stands. It is late to start where its
// own day has not come and one of its actions is late.
type MilestoneStatus struct {
	Milestone string       `json:"milestone"`
	Due       calendar.Day `json:"due"`
	Status    Status       `json:"status"`
	Done      kpi.Ratio    `json:"done"`              // of its actions that were not dropped
	Reached   calendar.Day `json:"reached,omitzero"`  // when the last of them was done
	Expected  calendar.Day `json:"expected,omitzero"` // when it will be at the earliest, where that is known
	DaysLate  int64        `json:"days_late"`         // working days after its day, reached or as of now
	Waiting   []string     `json:"waiting"`           // the actions that are not done, rising by ID
}

// milestone says where a milestone stands.
func (s *schedule) milestone(m *Milestone) MilestoneStatus {
	result := MilestoneStatus{Milestone: m.ID, Due: m.Due, Waiting: []string{}}
	done, of, begun, late, known := int64(0), int64(0), false, false, true
	for _, id := range slices.Sorted(slices.Values(m.Actions)) {
		st := &s.status[s.number[id]]
		switch {
		case st.Status == Dropped:
			continue
		case st.Status == Done:
			done++
			result.Reached = max(result.Reached, st.Done)
		default:
			result.Waiting = append(result.Waiting, id)
			known = known && !st.Expected.IsZero()
			result.Expected = max(result.Expected, st.Expected)
		}
		begun = begun || !st.Started.IsZero()
		late = late || st.Status == Overdue || st.Status == LateToStart
		of++
	}
	result.Done = kpi.RatioOf(done, of)
	if done < of || of == 0 {
		result.Reached = calendar.Day(0)
	}
	if !known {
		result.Expected = calendar.Day(0)
	}
	switch {
	case of == 0:
		result.Status = Dropped
	case done == of:
		result.Status = Done
		result.DaysLate = s.count(m.Due+1, result.Reached)
	case m.Due <= s.asOf:
		result.Status = Overdue
		result.DaysLate = s.count(m.Due+1, s.asOf)
	case late:
		result.Status = LateToStart
	case begun:
		result.Status = Running
	}
	return result
}
