package steps

import "math/bits"

// first gives the lowest bit that is set.
func first(mask uint32) int { return bits.TrailingZeros32(mask) }

// matching gives events to steps, each event to one step it may be and each
// step to one event. It takes events one by one, and moves earlier ones to
// other steps where that makes room (augmenting paths), so that it always
// holds as many as can be held.
type matching struct {
	n     int
	masks [MostSteps + 1]uint32 // what each event that is held may be
	owner [MostSteps]uint8      // by step: the event, counted from 1
	seen  uint32
}

// add takes an event that may be the steps of the mask, if there is room.
func (m *matching) add(mask uint32) bool {
	m.masks[m.n], m.seen = mask, 0
	if !m.seat(m.n) {
		return false
	}
	m.n++
	return true
}

func (m *matching) seat(event int) bool {
	for {
		free := m.masks[event] &^ m.seen
		if free == 0 {
			return false
		}
		step := first(free)
		m.seen |= 1 << step
		if m.owner[step] == 0 || m.seat(int(m.owner[step])-1) {
			m.owner[step] = uint8(event + 1)
			return true
		}
	}
}
