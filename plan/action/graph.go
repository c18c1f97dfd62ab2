package action

import (
	"cmp"
	"slices"
)

// graph is what waits for what. Actions are numbered by the order of their
// IDs, so that nothing depends on the order in which they came in.
type graph struct {
	actions []*Action
	number  map[string]int
	before  [][]int // of each action: those that it waits for, rising
	after   [][]int // those that wait for it, rising
}

func newGraph(p *Plan) graph {
	g := graph{actions: make([]*Action, len(p.Actions)), number: make(map[string]int, len(p.Actions))}
	for i := range p.Actions {
		g.actions[i] = &p.Actions[i]
	}
	slices.SortStableFunc(g.actions, func(a, b *Action) int { return cmp.Compare(a.ID, b.ID) })
	for i, a := range g.actions {
		if _, twice := g.number[a.ID]; !twice {
			g.number[a.ID] = i
		}
	}
	g.before, g.after = make([][]int, len(g.actions)), make([][]int, len(g.actions))
	for i, a := range g.actions {
		for _, id := range a.After {
			if j, there := g.number[id]; there {
				g.before[i] = append(g.before[i], j)
			}
		}
		slices.Sort(g.before[i])
		for _, j := range g.before[i] {
			g.after[j] = append(g.after[j], i)
		}
	}
	return g
}

// order gives the actions so that each comes after those that it waits for.
// What is part of a circle, or waits for one, is not in it.
func (g graph) order() []int {
	order := make([]int, 0, len(g.actions))
	waits := make([]int, len(g.actions))
	for i := range g.actions {
		if waits[i] = len(g.before[i]); waits[i] == 0 {
			order = append(order, i)
		}
	}
	for k := 0; k < len(order); k++ {
		for _, next := range g.after[order[k]] {
			if waits[next]--; waits[next] == 0 {
				order = append(order, next)
			}
		}
	}
	return order
}

// mostCircles is how many circles are named: more problems are not reported.
const mostCircles = 100

// circles names actions that wait for one another, each circle from its first
// ID and back to it. Every action that is part of a circle is in one of those
// that are named, the shortest through the first such action that is in none
// before; what waits for a circle without being part of one is not named.
func circles(p Plan) [][]string {
	g := newGraph(&p)
	found, knot := [][]string{}, g.knots()
	named := make([]bool, len(g.actions))
	for i := range g.actions {
		if named[i] || len(found) == mostCircles {
			continue
		}
		circle := g.circle(i, knot)
		ids := make([]string, 0, len(circle)+1)
		for _, m := range circle {
			named[m] = true
			ids = append(ids, g.actions[m].ID)
		}
		if len(circle) > 0 {
			found = append(found, append(ids, ids[0]))
		}
	}
	return found
}

// knots numbers the knots of actions that all wait for one another (Tarjan,
// SIAM Journal on Computing 1, 1972): two actions are in one knot where each
// waits for the other, directly or not. An action of no circle is a knot alone.
func (g graph) knots() []int {
	knot, low, order := make([]int, len(g.actions)), make([]int, len(g.actions)), make([]int, len(g.actions))
	open, n := []int{}, 0
	var visit func(i int)
	visit = func(i int) {
		n++
		order[i], low[i] = n, n
		open = append(open, i)
		for _, j := range g.before[i] {
			if order[j] == 0 {
				visit(j)
				low[i] = min(low[i], low[j])
			} else if knot[j] == 0 {
				low[i] = min(low[i], order[j])
			}
		}
		if low[i] < order[i] {
			return
		}
		for {
			last := open[len(open)-1]
			open = open[:len(open)-1]
			knot[last] = order[i]
			if last == i {
				return
			}
		}
	}
	for i := range g.actions {
		if order[i] == 0 {
			visit(i)
		}
	}
	return knot
}

// circle gives the shortest way from an action back to itself, from its least
// member on; none where it is part of no circle.
func (g graph) circle(start int, knot []int) []int {
	from, queue := map[int]int{}, []int{start}
	for k := 0; k < len(queue); k++ {
		for _, j := range g.before[queue[k]] {
			if _, seen := from[j]; seen || knot[j] != knot[start] {
				continue
			}
			from[j] = queue[k]
			if j != start {
				queue = append(queue, j)
				continue
			}
			members := []int{}
			for at := from[start]; at != start; at = from[at] {
				members = append(members, at)
			}
			members = append(members, start)
			slices.Reverse(members)
			least := slices.Index(members, slices.Min(members))
			return slices.Concat(members[least:], members[:least])
		}
	}
	return nil
}
