package funnel

import (
	"math/bits"

	"github.com/saleskpi/saleskpi/kpi"
)

// flow counts how deals pass the open stages.
func (a *analysis) flow(lives []*life) []StageFlow {
	stages := make([]StageFlow, a.route.open)
	for i := range stages {
		stages[i].Stage = a.route.stages[i].ID
	}
	for _, l := range lives {
		for i := range l.level + 1 {
			stages[i].pass(l, i)
		}
		stages[l.here].stay(l)
	}
	for i := range stages {
		s := &stages[i]
		next := s.Won
		if i+1 < len(stages) {
			next = stages[i+1].Reached
		}
		s.ToNext = kpi.RatioOf(next, s.Reached)
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
	switch l.Outcome {
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
	switch l.Outcome {
	case Open:
		s.OpenHere++
	case Lost:
		s.LostHere++
	case Disqualified:
		s.DisqualifiedHere++
	}
}
