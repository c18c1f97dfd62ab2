package target

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// Distribution says how the attainments of many owners lie. Those without an
// attainment, because nothing is known, nothing is due or there is no
// target, are left out and counted.
type Distribution struct {
	Owners    int         `json:"owners"`            // with an attainment
	LeftOut   int         `json:"left_out,omitzero"` // without one
	Met       int         `json:"met"`               // of 1 or more
	MetShare  kpi.Value   `json:"met_share"`         // met ÷ owners
	Mean      kpi.Value   `json:"mean"`              // of the attainments, each counting alike
	Median    kpi.Value   `json:"median"`            // mean of the middle two
	Pooled    kpi.Value   `json:"pooled"`            // of the sums: all actuals against all targets
	Edges     []kpi.Value `json:"edges"`             // of the bands, smallest first
	Bands     []int       `json:"bands"`             // owners from one edge to below the next
	BestFirst []string    `json:"best_first"`        // the owners by attainment, equal ones by ID
}

// DefaultEdges gives 50, 80, 100 and 120 %, and so five bands.
func DefaultEdges() []kpi.Value {
	return []kpi.Value{kpi.Frac(1, 2), kpi.Frac(4, 5), kpi.Int(1), kpi.Frac(6, 5)}
}

// Distribute gives the distribution of trackings of one metric, over bands
// below the first edge, from each edge to below the next, and from the last
// on. Where there is no owner every share and mean is undefined, no data.
//
// Whoever sorts people by a ratio of one period ranks much chance: among few
// deals the order of one quarter says little of the next.
func Distribute(d kpi.Direction, trackings []Tracking, edges []kpi.Value) Distribution {
	result := Distribution{Edges: slices.SortedFunc(slices.Values(edges), kpi.Value.Compare)}
	result.Bands, result.BestFirst = make([]int, len(edges)+1), []string{}
	counted := slices.DeleteFunc(slices.Clone(trackings), func(t Tracking) bool { return !t.Attainment.Defined() })
	result.Owners, result.LeftOut = len(counted), len(trackings)-len(counted)
	if len(counted) == 0 {
		return result
	}
	slices.SortFunc(counted, func(a, b Tracking) int {
		return cmp.Or(b.Attainment.Compare(a.Attainment), cmp.Compare(a.Owner, b.Owner))
	})
	sum, actual, target := kpi.Int(0), kpi.Int(0), kpi.Int(0)
	values := make([]kpi.Value, len(counted))
	for i, t := range counted {
		values[i] = t.Attainment
		result.count(t)
		sum, actual, target = sum.Add(t.Attainment), actual.Add(t.Actual), target.Add(t.Target)
	}
	result.MetShare = share(result.Met, result.Owners)
	result.Mean, result.Median = sum.Div(kpi.Int(int64(len(counted)))), quartile(values, 2)
	result.Pooled = kpi.Attainment(d, actual, target)
	return result
}

func (r *Distribution) count(t Tracking) {
	if !t.Attainment.Less(kpi.Int(1)) {
		r.Met++
	}
	band := 0
	for band < len(r.Edges) && !t.Attainment.Less(r.Edges[band]) {
		band++
	}
	r.Bands[band]++
	r.BestFirst = append(r.BestFirst, t.Owner)
}
