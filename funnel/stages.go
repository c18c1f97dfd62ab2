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
		for rest := l.reached; rest != 0; rest &= rest - 1 {
			i := bits.TrailingZeros64(rest)
			stages[i].pass(l, i)
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

// pass counts a deal that reached the stage of a rank.
func (s *StageFlow) pass(l *life, rank int) {
	s.Reached++
	switch earlier := l.entered & (1<<rank - 1); {
	case l.entered&(1<<rank) != 0:
		s.Entered++
	case l.born || bits.OnesCount64(earlier) > 0:
		s.Implied++
		s.Skipped++
	default:
		s.Implied++
	}
	switch l.outcome {
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
