package funnel

import "github.com/saleskpi/saleskpi/kpi"

// Tally is how often something happened, to how many lives and deals, and
// for how much. Visits of a stage count each time; a deal that came twice is
// two times and one deal. Lives are deals unless the policy is [NewLife].
type Tally struct {
	Times int64       `json:"times"`
	Lives int64       `json:"lives"`
	Deals int64       `json:"deals"`
	Value kpi.Partial `json:"value"` // as of each time, of the times that have one
}

// Stock is deals at an instant and what they are worth there.
type Stock struct {
	Deals int64       `json:"deals"`
	Value kpi.Partial `json:"value"` // by the question's ValueBy, with how many deals have one
}

func (s *Stock) add(worth kpi.Value) {
	s.Deals++
	count(&s.Value, worth)
}

// once tells what has been counted already of the deal being followed.
type once struct {
	tallies []*Tally
	lives   []int32 // the latest counted
}

func (o *once) begin() { o.tallies, o.lives = o.tallies[:0], o.lives[:0] }

func (o *once) add(t *Tally, life int32, worth kpi.Value) {
	t.Times++
	count(&t.Value, worth)
	for i, seen := range o.tallies {
		if seen == t {
			if o.lives[i] != life {
				t.Lives++
				o.lives[i] = life
			}
			return
		}
	}
	t.Lives++
	t.Deals++
	o.tallies, o.lives = append(o.tallies, t), append(o.lives, life)
}
