package scorecard

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Pool is people who are compared with one another: a ranking, which says who
// is eligible, and the pool that takes them in where they are too few.
type Pool struct {
	ID      string  `json:"id"`
	Parent  string  `json:"parent,omitzero"`
	Ranking Ranking `json:"ranking"`
}

// Distributed is the classes of everybody in some pools.
type Distributed struct {
	Pools   []DistributedPool `json:"pools"`   // those that were divided, in the order given
	Outside []Unranked        `json:"outside"` // in no class, with the reason; in order of pools, then of the rankings
}

// DistributedPool is one pool and what became of it.
type DistributedPool struct {
	ID         string     `json:"id"`
	Joined     []string   `json:"joined"` // smaller pools that it took in
	People     int        `json:"people"`
	Classes    []Members  `json:"classes"`    // the best first
	Boundaries []Boundary `json:"boundaries"` // between one class and the next
}

// Members is one class of a pool.
type Members struct {
	Name   string    `json:"name"`
	Share  kpi.Value `json:"share"`
	Heads  int       `json:"heads"`  // by the share
	Wider  int       `json:"wider"`  // how many more it has because equal scores are not parted; below zero how many fewer
	Owners []string  `json:"owners"` // the best first
}

// Boundary is who stands nearest to the line between two classes, and how far
// apart they are. The classes hang on that distance, however small it is.
type Boundary struct {
	Above    []string  `json:"above"`    // the last of the better class; more than one where equal
	Below    []string  `json:"below"`    // the first of the next class that has anybody
	Distance kpi.Value `json:"distance"` // not applicable where there is nobody on one side
	// Verdict is within chance where the intervals of the two sides overlap, so
	// that they might as well stand the other way round, and unknown where the
	// ranking has no evidence.
	Verdict kpi.Chance `json:"verdict"`
}

// Apply divides pools by the distribution. Only those who are ranked get a
// class; who is on ramp or on leave, has no score or a short tenure stays
// outside with that reason.
//
// A pool with fewer people than LeastPool is refused and its people stay
// outside, or with Upward joins its parent; where that is not enough they join
// the next one above. The heads of each class come by largest remainder, equal
// remainders to the better class, and the places are cut there from the top.
// Equal scores are never parted: all of them go to the class of the first, and
// Wider says by how many that changes a class. Ties that a ranking parts by
// further items are equal here too.
//
// It returns an error if the distribution is invalid, a pool has no ID, stands
// twice, leads nowhere or in a circle, if rankings are of different scorecards
// or periods, of rates, or if somebody is in two pools.
func (d Distribution) Apply(pools []Pool) (Distributed, error) {
	problems := check.List{Op: "scorecard.Distribution"}
	problems.Nest("", d.Validate())
	validatePools(&problems, pools)
	if err := problems.Err(); err != nil {
		return Distributed{}, err
	}
	places, joined := d.join(pools)
	out := Distributed{Pools: []DistributedPool{}, Outside: []Unranked{}}
	for i, pool := range pools {
		out.Outside = append(out.Outside, pool.Ranking.Unranked...)
		switch n := len(places[i]); {
		case n == 0:
		case n < d.leastPool():
			for _, p := range places[i] {
				out.Outside = append(out.Outside, Unranked{p.Owner, p.Value, SmallPool})
			}
		default:
			divided, err := d.divide(places[i])
			if err != nil {
				return Distributed{}, err
			}
			divided.ID, divided.Joined = pool.ID, joined[i]
			out.Pools = append(out.Pools, divided)
		}
	}
	return out, nil
}

// join gives the places of each pool, those of smaller pools moved to their
// parents: from the leaves up, so that each is looked at when all that join it
// have come.
func (d Distribution) join(pools []Pool) (places [][]Place, joined [][]string) {
	at, depth := map[string]int{}, make([]int, len(pools))
	for i, p := range pools {
		at[p.ID] = i
	}
	places, joined = make([][]Place, len(pools)), make([][]string, len(pools))
	order := make([]int, len(pools))
	for i, p := range pools {
		order[i], places[i], joined[i] = i, slices.Clone(p.Ranking.Places), []string{}
		for up := p.Parent; up != ""; up = pools[at[up]].Parent {
			depth[i]++
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return depth[b] - depth[a] })
	for _, i := range order {
		parent := pools[i].Parent
		if !d.Upward || parent == "" || len(places[i]) == 0 || len(places[i]) >= d.leastPool() {
			continue
		}
		to := at[parent]
		places[to] = append(places[to], places[i]...)
		joined[to] = append(append(joined[to], joined[i]...), pools[i].ID)
		places[i] = nil
	}
	for _, names := range joined {
		slices.Sort(names)
	}
	return places, joined
}

// divide cuts the people of one pool into classes.
func (d Distribution) divide(places []Place) (DistributedPool, error) {
	heads, err := d.heads(len(places))
	if err != nil {
		return DistributedPool{}, err
	}
	slices.SortFunc(places, comparePlaces)
	out := DistributedPool{People: len(places), Classes: make([]Members, len(d.Classes)), Boundaries: []Boundary{}}
	ends, end := make([]int, len(heads)), 0
	for i, c := range d.Classes {
		end += heads[i]
		ends[i] = end
		out.Classes[i] = Members{Name: c.Name, Share: c.Share, Heads: heads[i], Owners: []string{}}
	}
	first := 0 // of the equal ones that the place belongs to
	var class []int
	for i := range places {
		if i > 0 && !places[i].equal(&places[first]) {
			first = i
		}
		at := slices.IndexFunc(ends, func(end int) bool { return first < end })
		class = append(class, at)
		out.Classes[at].Owners = append(out.Classes[at].Owners, places[i].Owner)
	}
	for i := range out.Classes {
		out.Classes[i].Wider = len(out.Classes[i].Owners) - heads[i]
		if i > 0 {
			out.Boundaries = append(out.Boundaries, boundary(places, class, i))
		}
	}
	return out, nil
}

// heads gives how many people each class has, by largest remainder.
func (d Distribution) heads(n int) ([]int, error) {
	weights, heads := make([]*big.Rat, len(d.Classes)), make([]int, len(d.Classes))
	for i, c := range d.Classes {
		weights[i], _ = new(big.Rat).SetString(c.Share.Exact())
	}
	parts, err := apportion.BigRat(big.NewInt(int64(n)), weights)
	if err != nil {
		return nil, err
	}
	for i, p := range parts {
		heads[i] = int(p.Int64())
	}
	return heads, nil
}

// boundary gives who stands on either side of a class and the better ones.
func boundary(places []Place, class []int, at int) Boundary {
	b := Boundary{Above: []string{}, Below: []string{}, Distance: kpi.Undefined(kpi.NotApplicable)}
	split := slices.IndexFunc(class, func(c int) bool { return c >= at })
	if split <= 0 {
		return b
	}
	above, below := &places[split-1], &places[split]
	b.Distance = above.level().Sub(below.level())
	for i := range places {
		switch p := &places[i]; {
		case i < split && p.equal(above):
			b.Above = append(b.Above, p.Owner)
		case i >= split && p.equal(below):
			b.Below = append(b.Below, p.Owner)
		}
	}
	if above.Evidence != nil && below.Evidence != nil {
		b.Verdict = kpi.WithinChance
		if above.Evidence.Interval.Above(below.Evidence.Interval) {
			b.Verdict = kpi.Distinguishable
		}
	}
	return b
}

// comparePlaces orders places of different rankings of one scorecard.
func comparePlaces(a, b Place) int {
	x, y := entry{Place: a, sign: 1}, entry{Place: b, sign: 1}
	if order := x.before(&y); order != 0 {
		return order
	}
	return cmp.Compare(a.Owner, b.Owner)
}

// equal reports whether two places have the same score under the same ceiling.
func (p *Place) equal(q *Place) bool {
	return p.Value == q.Value && p.held() == q.held() && p.level() == q.level()
}
