package funnel

import (
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Times says how long deals are in the open stages.
type Times struct {
	By       TimeBy          `json:"by"`
	Stages   []StageTimes    `json:"stages"` // the open stages in order
	Findings []check.Finding `json:"findings"`
}

// StageTimes is the time in one open stage, counted in four ways. A deal that
// comes back makes a further visit.
type StageTimes struct {
	Stage  string    `json:"stage"`
	Visits VisitTime `json:"visits"` // each visit on its own
	First  VisitTime `json:"first"`  // of each deal its first visit
	Last   VisitTime `json:"last"`   // of each deal its latest visit
	Total  VisitTime `json:"total"`  // of each deal all its visits together
}

// VisitTime is how long something lasted. What is still running is a lower
// bound and is never averaged with what has ended: that would call young deals
// fast.
type VisitTime struct {
	Ended   Durations `json:"ended"`
	Running Durations `json:"running"` // so far, up to the as-of instant

	// Negative is how many would have ended before they began. They are
	// reported and left out.
	Negative int64 `json:"negative"`

	// Survival is the time by which a share of all visits has ended, the
	// running ones taken in as far as they have come.
	Survival Survival `json:"survival"`
}

// Times measures the time in each open stage. A visit lasts from its entry to
// the next entry into another stage or an end, and is running where there is
// none by the as-of instant; one whose begin or end is not known is missing.
// Only the measure can be wrong.
func (a *Analysis) Times(m Measure) (Times, error) {
	problems := check.List{Op: "funnel.Times"}
	m.validate(&problems)
	if err := problems.Err(); err != nil {
		return Times{}, err
	}
	tallies := make([]stageTally, a.route.open)
	for _, l := range a.lives {
		a.stays(l, m, tallies)
	}
	times := Times{By: m.By, Stages: make([]StageTimes, a.route.open), Findings: []check.Finding{}}
	for i := range tallies {
		times.Stages[i] = tallies[i].done(a.route.stages[i].ID, m.perDay())
	}
	times.note()
	return times, nil
}

// stay is the time in a stage.
type stay struct {
	units          int64
	known, running bool
}

// add puts a later stay to what is there; what is not known stays so.
func (s stay) add(later stay) stay {
	return stay{s.units + later.units, s.known && later.known, later.running}
}

// stays gives the visits of one life to the tallies of its stages.
func (a *Analysis) stays(l *life, m Measure, tallies []stageTally) {
	var seen uint64
	var first, last, total [MostStages]stay
	for i, v := range l.visits {
		if int(v.rank) >= a.route.open {
			continue
		}
		s := stay{running: i == len(l.visits)-1}
		until := a.asOf
		if !s.running {
			until = l.visits[i+1].at
		}
		s.units, s.known = a.between(v.at, until, m)
		tallies[v.rank].visits.add(s)
		if seen>>v.rank&1 == 0 {
			first[v.rank], total[v.rank] = s, s
		} else {
			total[v.rank] = total[v.rank].add(s)
		}
		last[v.rank] = s
		seen |= 1 << v.rank
	}
	for rank := range tallies {
		if seen>>rank&1 == 1 {
			tallies[rank].first.add(first[rank])
			tallies[rank].last.add(last[rank])
			tallies[rank].total.add(total[rank])
		}
	}
}

type stageTally struct{ visits, first, last, total stayTally }

func (t *stageTally) done(stage string, perDay int64) StageTimes {
	return StageTimes{stage, t.visits.done(perDay), t.first.done(perDay), t.last.done(perDay), t.total.done(perDay)}
}

// stayTally fills one VisitTime.
type stayTally struct {
	ended, running                        []int64
	endedUnknown, runningUnknown, reverse int64
}

func (t *stayTally) add(s stay) {
	switch {
	case !s.known && s.running:
		t.runningUnknown++
	case !s.known:
		t.endedUnknown++
	case s.units < 0:
		t.reverse++
	case s.running:
		t.running = append(t.running, s.units)
	default:
		t.ended = append(t.ended, s.units)
	}
}

func (t *stayTally) done(perDay int64) VisitTime {
	v := VisitTime{
		Ended: describeIn(t.ended, perDay, t.endedUnknown), Running: describeIn(t.running, perDay, t.runningUnknown),
		Negative: t.reverse,
	}
	v.Survival = survivalOf(t.ended, t.running, perDay)
	return v
}

func (t *Times) note() {
	found := notes{}
	for _, s := range t.Stages {
		v := s.Visits
		found.about(s.Stage, v.Negative, "negative_time")
		found.about(s.Stage, v.Ended.Missing+v.Running.Missing, "time_unknown", "of", v.Ended.Missing+v.Ended.N+v.Running.Missing+v.Running.N+v.Negative)
	}
	t.Findings = append(t.Findings, found...)
}

// about adds a warning about a number of things of one stage where there are
// any.
func (n *notes) about(stage string, visits int64, code string, args ...any) {
	if visits > 0 {
		*n = append(*n, check.Finding{Code: code, Severity: check.Warning, Subject: stage,
			Args: check.Args(append(args, "visits", visits)...)})
	}
}
