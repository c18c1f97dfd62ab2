package funnel

import (
	"cmp"
	"slices"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Move is one deal going from one place to another: what a [Flow] counts.
type Move struct {
	At    time.Time `json:"at"` // in UTC
	Deal  string    `json:"deal"`
	Life  int       `json:"life"` // that it is in then
	From  Place     `json:"from"`
	To    Place     `json:"to"`
	Value kpi.Value `json:"value"` // what it is worth at that instant
}

// Moves gives every move of the days of a period, in order of time and then
// of deals: the deals behind the lines of [Analysis.Flow], with its errors.
func (a *Analysis) Moves(days calendar.Period) ([]Move, error) {
	from, to, err := a.daySpan("funnel.Moves", days)
	if err != nil {
		return nil, err
	}
	return a.moves(from, to), nil
}

// MovesBetween gives every move after one instant up to another, which is
// included: the deals behind the lines of [Analysis.FlowBetween], with its
// errors.
func (a *Analysis) MovesBetween(after, until time.Time) ([]Move, error) {
	from, to, err := a.span("funnel.MovesBetween", after, until)
	if err != nil {
		return nil, err
	}
	return a.moves(from, to), nil
}

func (a *Analysis) moves(from, to int64) []Move {
	moves, w := []Move{}, a.newWalk(from, to)
	a.eachTrack(func(t track) {
		w.follow(t)
		for _, turn := range w.turns {
			if !turn.from.samePlace(turn.to) && t.holds(turn.to.number) {
				moves = append(moves, Move{time.UnixMicro(turn.at).UTC(), w.ids[t.deal], int(turn.to.number),
					turn.from.place(&w.route), turn.to.place(&w.route), w.value(turn.is)})
			}
		}
	})
	slices.SortStableFunc(moves, func(m, n Move) int { return cmp.Or(m.At.Compare(n.At), cmp.Compare(m.Deal, n.Deal)) })
	return moves
}
