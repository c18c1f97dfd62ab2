package action

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Status is where an action or a milestone stands on the evening of the
// as-of day.
type Status uint8

const (
	ToCome      Status = iota // not begun, and need not be yet
	LateToStart               // not begun although its first day is over
	Running                   // begun, and not due yet
	Overdue                   // not done although its last day is over
	Done                      // on a day by the as-of day
	Dropped                   // given up
)

func statusWords() []string {
	return []string{"to_come", "late_to_start", "running", "overdue", "done", "dropped"}
}

// String gives to_come, late_to_start, running, overdue, done or dropped.
func (s Status) String() string { return enum.String(statusWords(), s) }

// MarshalText gives the word.
func (s Status) MarshalText() ([]byte, error) {
	return enum.Marshal("action.Status", statusWords(), s)
}

// UnmarshalText reads the word.
func (s *Status) UnmarshalText(text []byte) error {
	return enum.Unmarshal("action.Status", statusWords(), text, s)
}

// Title gives words for people, in English ("en") or Chinese ("zh").
func (s Status) Title(lang string) string {
	titles := [Dropped + 1][2]string{{"to come", "未开始"}, {"late to start", "逾期未启动"}, {"running", "进行中"},
		{"overdue", "逾期未完成"}, {"done", "已完成"}, {"dropped", "已取消"}}
	switch {
	case s > Dropped:
		return s.String()
	case lang == "zh":
		return titles[s][1]
	}
	return titles[s][0]
}

// open reports whether something is still to be done.
func (s Status) open() bool { return s < Done }

// ActionStatus is where one action stands, and where it will.
type ActionStatus struct {
	Action   string       `json:"action"`
	Strategy string       `json:"strategy,omitzero"`
	Owner    string       `json:"owner"` // the accountable person
	Start    calendar.Day `json:"start"`
	Due      calendar.Day `json:"due"`
	Status   Status       `json:"status"`
	Started  calendar.Day `json:"started,omitzero"`
	Done     calendar.Day `json:"done,omitzero"`

	// DaysLate is the working days from the day on which it should have been
	// done, or begun where it is late to start, through the day on which it was
	// done or the as-of day: 0 on time, and 0 on the evening of the day itself.
	DaysLate int64 `json:"days_late"`

	BlockedBy []string `json:"blocked_by"` // what it waits for and is not done, rising by ID
	Blocks    int      `json:"blocks"`     // how many actions wait for it, or for what waits for it

	// Expected is the day on which it will be done at the earliest, as things
	// stand: see [Plan.Track]. Slack is the working days that it may take
	// longer without moving the end of the last action. Both are left out (no
	// day, no data) where the work calendar ends before, and of what is done
	// or dropped.
	Expected calendar.Day `json:"expected,omitzero"`
	Slack    kpi.Value    `json:"slack"`

	Spending Spending `json:"spending"`
}

// judge gives the status of an action on a day, from its dates and record.
func judge(a *Action, r Record, asOf calendar.Day) Status {
	happened := func(d calendar.Day) bool { return !d.IsZero() && d <= asOf }
	switch {
	case happened(r.Dropped):
		return Dropped
	case happened(r.Done):
		return Done
	case a.Due <= asOf:
		return Overdue
	case happened(r.Started):
		return Running
	case a.Start <= asOf:
		return LateToStart
	}
	return ToCome
}

// begun gives the day on which an action was begun by a day, or no day.
func begun(r Record, asOf calendar.Day) calendar.Day {
	switch {
	case !r.Started.IsZero() && r.Started <= asOf:
		return r.Started
	case r.Started.IsZero() && !r.Done.IsZero() && r.Done <= asOf:
		return r.Done
	}
	return calendar.Day(0)
}

// late gives the working days that an action is late.
func (c clock) late(s *ActionStatus, asOf calendar.Day) int64 {
	switch s.Status {
	case Done:
		return c.count(s.Due+1, s.Done)
	case Overdue:
		return c.count(s.Due+1, asOf)
	case LateToStart:
		return c.count(s.Start+1, asOf)
	}
	return 0
}
