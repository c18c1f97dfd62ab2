package funnel

import (
	"math/bits"

	"github.com/saleskpi/saleskpi/kpi"
)

// Stages counts how deals pass the open stages, in order: the conversion
// alone of what [Analysis.Report] gives.
func (a *Analysis) Stages() []StageFlow {
	stages := make([]StageFlow, a.route.open)
	next := make([]int64, a.route.open) // reached the next stage too
	for i := range stages {
		stages[i].Stage = a.route.stages[i].ID
	}
	for _, l := range a.lives {
		skipped := l.skipped()
		for rest := l.reached; rest != 0; rest &= rest - 1 {
			i := bits.TrailingZeros64(rest)
			stages[i].pass(l.outcome, l.entered>>i&1, skipped>>i&1)
			next[i] += int64(l.reached >> (i + 1) & 1)
		}
		stages[l.here].stay(l)
	}
	for i := range stages {
		s := &stages[i]
		if i+1 == len(stages) {
			next[i] = s.Won
		}
		s.ToNext = kpi.RatioOf(next[i], s.Reached)
		s.ToClosed = kpi.RatioOf(s.Won+s.Lost+s.Disqualified, s.Reached)
		s.ToWon = kpi.RatioOf(s.Won, s.Reached)
	}
	return stages
}

// skipped gives the stages that a life reached without an entry though its
// history shows an earlier one or the creation, a bit for each.
func (l *life) skipped() uint64 {
	first := l.entered & -l.entered
	if l.born {
		first = 1
	}
	return l.reached &^ l.entered & -first
}

// pass counts a deal that reached the stage, and entered or skipped it (1) or
// not (0).
func (s *StageFlow) pass(outcome Outcome, entered, skipped uint64) {
	s.Reached++
	s.Entered += int64(entered)
	s.Implied += int64(1 - entered)
	s.Skipped += int64(skipped)
	switch outcome {
	case Open:
		s.Open++
	case Won:
		s.Won++
	case Lost:
		s.Lost++
	case Disqualified:
		s.Disqualified++
	}
}

// stay counts a deal that was in the stage last.
func (s *StageFlow) stay(l *life) {
	switch l.outcome {
	case Open:
		s.OpenHere++
	case Lost:
		s.LostHere++
	case Disqualified:
		s.DisqualifiedHere++
	}
}
