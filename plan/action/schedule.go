package action

import (
	"math/bits"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Chain is the critical chain: the open actions, each waiting for the one
// before, that decide when the last action of the plan is done. To be done
// sooner one of these must take less time; any other helps nothing.
type Chain struct {
	Actions []string     `json:"actions"`          // in the order in which they must be done
	End     calendar.Day `json:"end,omitzero"`     // when the last one is done at the earliest
	Planned calendar.Day `json:"planned,omitzero"` // the last day on which an action of the plan is due
	Days    int64        `json:"days"`             // working days from the as-of day to the end
	Later   int64        `json:"later"`            // working days that the end lies after the planned one
}

// schedule is when everything will be done, as things stand.
type schedule struct {
	graph
	clock
	asOf    calendar.Day
	status  []ActionStatus // by number
	planned []int64        // working days that each was to take
	start   []calendar.Day // of what is not begun: when it can begin
	known   bool           // the calendar reaches to the end of everything
}

// forward finds the earliest end of every open action.
func (s *schedule) forward() {
	s.known = true
	s.start = make([]calendar.Day, len(s.actions))
	for _, i := range s.order() {
		if !s.status[i].Status.open() {
			continue
		}
		end, ok := s.end(i)
		if !ok {
			s.known = false
			end = calendar.Day(0)
		}
		s.status[i].Expected = end
	}
}

func (s *schedule) end(i int) (calendar.Day, bool) {
	st := &s.status[i]
	if !st.Started.IsZero() {
		if st.Status == Overdue {
			return s.add(s.asOf, 1)
		}
		return st.Due, true
	}
	ready := s.asOf
	for _, j := range s.before[i] {
		before := &s.status[j]
		switch {
		case !before.Status.open():
		case before.Expected.IsZero():
			return before.Expected, false
		case before.Expected > ready:
			ready = before.Expected
		}
	}
	if st.Start > ready {
		s.start[i] = st.Start
		return st.Due, true
	}
	first, ok := s.add(ready, 1)
	if !ok {
		return first, false
	}
	s.start[i] = first
	return s.add(ready, max(s.planned[i], 1))
}

// backward finds the slack of every open action: how many working days it
// may end later without moving the end of the last one.
func (s *schedule) backward() {
	if !s.known {
		return
	}
	last := int64(0)
	for i := range s.status {
		if s.status[i].Status.open() {
			last = max(last, s.count(s.asOf+1, s.status[i].Expected))
		}
	}
	order := s.order()
	latest := make([]int64, len(s.actions)) // the latest end, in working days after the as-of day
	for k := len(order) - 1; k >= 0; k-- {
		i := order[k]
		if !s.status[i].Status.open() {
			continue
		}
		latest[i] = last
		for _, j := range s.after[i] {
			if s.status[j].Status.open() && s.status[j].Started.IsZero() {
				latest[i] = min(latest[i], latest[j]-s.count(s.start[j], s.status[j].Expected))
			}
		}
		s.status[i].Slack = kpi.Int(latest[i] - s.count(s.asOf+1, s.status[i].Expected))
	}
}

// chain walks back from what is done last to what decides it.
func (s *schedule) chain() Chain {
	c := Chain{Actions: []string{}}
	last := -1
	for i := range s.status {
		st := &s.status[i]
		if st.Status != Dropped && st.Due > c.Planned {
			c.Planned = st.Due
		}
		if st.Status.open() && (last < 0 || st.Expected > s.status[last].Expected) {
			last = i
		}
	}
	if last < 0 || !s.known {
		return c
	}
	c.End = s.status[last].Expected
	c.Days, c.Later = s.count(s.asOf+1, c.End), s.count(c.Planned+1, c.End)
	members := []string{}
	for i := last; i >= 0; i = s.binding(i) {
		members = append(members, s.actions[i].ID)
	}
	for k := len(members) - 1; k >= 0; k-- {
		c.Actions = append(c.Actions, members[k])
	}
	return c
}

// binding gives the open action that decides when another can begin, or −1.
func (s *schedule) binding(i int) int {
	latest := -1
	for _, j := range s.before[i] {
		if s.status[j].Status.open() && (latest < 0 || s.status[j].Expected > s.status[latest].Expected) {
			latest = j
		}
	}
	if latest < 0 || !s.status[i].Started.IsZero() || s.count(s.status[latest].Expected+1, s.start[i]-1) > 0 {
		return -1
	}
	return latest
}

// set is a set of actions by their numbers.
type set []uint64

func (b set) add(i int) { b[i>>6] |= 1 << (i & 63) }

func (b set) union(o set) {
	for w := range b {
		b[w] |= o[w]
	}
}

func (b set) len() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// first gives the first members, at most so many.
func (b set) first(most int) []int {
	members := []int{}
	for w, word := range b {
		for ; word != 0 && len(members) < most; word &= word - 1 {
			members = append(members, w<<6+bits.TrailingZeros64(word))
		}
	}
	return members
}

func (b set) has(i int) bool { return b[i>>6]>>(i&63)&1 == 1 }

// blocked gives, of every open action, those that wait for it or for what
// waits for it.
func (s *schedule) blocked() []set {
	words := (len(s.actions) + 63) / 64
	all := make([]uint64, words*len(s.actions))
	sets := make([]set, len(s.actions))
	order := s.order()
	for k := len(order) - 1; k >= 0; k-- {
		i := order[k]
		sets[i] = all[words*i : words*(i+1)]
		if !s.status[i].Status.open() {
			continue
		}
		for _, j := range s.after[i] {
			if s.status[j].Status.open() {
				sets[i].add(j)
				sets[i].union(sets[j])
			}
		}
	}
	return sets
}
