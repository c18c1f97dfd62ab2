package action

import (
	"cmp"
	"slices"
)

// Late is an action that is overdue or late to start, with what it holds
// up.
type Late struct {
	Action     string   `json:"action"`
	Owner      string   `json:"owner"`           // the accountable person; of a [Report.Of] none where that is somebody else's
	Doing      []string `json:"doing,omitempty"` // the responsible persons, rising by ID
	Status     Status   `json:"status"`
	DaysLate   int64    `json:"days_late"`
	Blocks     int      `json:"blocks"`  // actions that wait for it, or for what waits for it
	Blocked    []string `json:"blocked"` // the first [MaxBlocked] of them, rising by ID
	Milestones []string `json:"milestones"`
	Critical   bool     `json:"critical"` // it is part of the critical chain
}

// late lists what is late, first what holds up most, then what is latest.
func (s *schedule) late(plan *Plan, blocked []set, chain Chain) []Late {
	all := []Late{}
	holders, critical := s.holders(plan), map[string]bool{}
	for _, id := range chain.Actions {
		critical[id] = true
	}
	for i := range s.status {
		st := &s.status[i]
		if st.Status != Overdue && st.Status != LateToStart {
			continue
		}
		l := Late{Action: st.Action, Owner: st.Owner, Status: st.Status, DaysLate: st.DaysLate, Blocks: st.Blocks,
			Blocked: []string{}, Milestones: []string{}, Critical: critical[st.Action]}
		for _, r := range s.actions[i].Roles {
			if r.Part == Responsible {
				l.Doing = append(l.Doing, r.Person)
			}
		}
		slices.Sort(l.Doing)
		for _, j := range blocked[i].first(MaxBlocked) {
			l.Blocked = append(l.Blocked, s.actions[j].ID)
		}
		for _, m := range holders {
			if m.actions.has(i) || m.actions.meets(blocked[i]) {
				l.Milestones = append(l.Milestones, m.id)
			}
		}
		all = append(all, l)
	}
	slices.SortStableFunc(all, func(a, b Late) int {
		return cmp.Or(cmp.Compare(b.Blocks, a.Blocks), cmp.Compare(b.DaysLate, a.DaysLate), cmp.Compare(a.Action, b.Action))
	})
	return all
}

// holder is a milestone with the set of its actions.
type holder struct {
	id      string
	actions set
}

// holders gives the milestones rising by ID.
func (s *schedule) holders(plan *Plan) []holder {
	all := make([]holder, 0, len(plan.Milestones))
	for _, m := range plan.Milestones {
		h := holder{m.ID, make(set, (len(s.actions)+63)/64)}
		for _, id := range m.Actions {
			h.actions.add(s.number[id])
		}
		all = append(all, h)
	}
	slices.SortFunc(all, func(a, b holder) int { return cmp.Compare(a.id, b.id) })
	return all
}

func (b set) meets(o set) bool {
	for w := range b {
		if b[w]&o[w] != 0 {
			return true
		}
	}
	return false
}
