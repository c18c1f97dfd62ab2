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

// circles names actions that wait for one another, each circle once, from
// its first ID and back to it. What waits for a circle without being part of
// one is not named.
func circles(p Plan) [][]string {
	g := newGraph(&p)
	free := make([]bool, len(g.actions))
	for _, i := range g.order() {
		free[i] = true
	}
	found := [][]string{}
	walk := make([]int, len(g.actions)) // in which walk an action was passed
	for start := range g.actions {
		if free[start] || walk[start] != 0 {
			continue
		}
		i := start
		for walk[i] == 0 {
			walk[i] = start + 1
			i = g.next(i, free)
		}
		if walk[i] == start+1 {
			found = append(found, g.circle(i, free))
		}
	}
	slices.SortFunc(found, slices.Compare)
	return found
}

// next gives the first of those that an action waits for that is not free:
// where the action is not free there is one.
func (g graph) next(i int, free []bool) int {
	for _, j := range g.before[i] {
		if !free[j] {
			return j
		}
	}
	return i
}

// circle writes down the circle that an action is part of.
func (g graph) circle(i int, free []bool) []string {
	members := []int{i}
	for j := g.next(i, free); j != i; j = g.next(j, free) {
		members = append(members, j)
	}
	least := slices.Index(members, slices.Min(members))
	members = append(members[least:], members[:least]...)
	ids := make([]string, 0, len(members)+1)
	for _, m := range members {
		ids = append(ids, g.actions[m].ID)
	}
	return append(ids, ids[0])
}
