package target

import "github.com/saleskpi/saleskpi/kpi"

// drivers gives which way each measure moves a metric that is computed from
// it, as far as its formula says for amounts above zero: +1 up, −1 down, 0
// both ways or unclear.
func drivers(c kpi.Catalog, metric string) map[string]int {
	found := map[string]int{}
	follow(c, metric, 1, found)
	return found
}

func follow(c kpi.Catalog, id string, way int, found map[string]int) {
	m, known := c.Lookup(id)
	if !known {
		return
	}
	if m.Formula.IsZero() {
		if before, seen := found[id]; seen && before != way {
			way = 0
		}
		found[id] = way
		return
	}
	walkDrivers(c, m.Formula.Tree(), way, found)
}

func walkDrivers(c kpi.Catalog, n kpi.Node, way int, found map[string]int) {
	if n.Op == kpi.OpRef {
		follow(c, n.Ref, way, found)
	}
	for i, arg := range n.Args {
		down := n.Op == kpi.OpNeg || i == 1 && (n.Op == kpi.OpSub || n.Op == kpi.OpDiv || n.Op == kpi.OpGrowth)
		if down {
			walkDrivers(c, arg, -way, found)
		} else {
			walkDrivers(c, arg, way, found)
		}
	}
}

// wanted gives which way a goal on a metric wants a driver that moves it one
// way to go.
func wanted(d kpi.Direction, way int) int {
	switch d {
	case kpi.HigherIsBetter:
		return way
	case kpi.LowerIsBetter:
		return -way
	}
	return 0
}

// opposed gives the measures that two goals want to go opposite ways, in the
// order of the catalog.
func opposed(c kpi.Catalog, a, b kpi.Metric) []string {
	one, other := drivers(c, a.ID), drivers(c, b.ID)
	var found []string
	for m := range c.Metrics() {
		if wanted(a.Direction, one[m.ID])*wanted(b.Direction, other[m.ID]) < 0 {
			found = append(found, m.ID)
		}
	}
	return found
}
