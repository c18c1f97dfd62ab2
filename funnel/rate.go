package funnel

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Rate is a share of deals, or of their value, with what chance makes of it.
// Its interval is drawn by deal and by groups of deals that go together: the
// owner's always, others where they are named (see [Cluster]). Where deals of
// a group go together the interval by deal is too narrow.
type Rate struct {
	Ratio kpi.Ratio `json:"ratio"`

	// Interval is the widest of By: the one to show.
	Interval kpi.Interval    `json:"interval"`
	By       []kpi.Clustered `json:"by"` // owner first, then as named
}

// Cluster names groups of deals that may go together, such as accounts or
// months of closing. An empty key is a group like any other.
type Cluster struct {
	By  string            `json:"by"`
	Key func(Deal) string `json:"-"`
}

// Sampling says how the intervals of rates are drawn.
type Sampling struct {
	Confidence kpi.Confidence `json:"confidence,omitzero"`
	Clusters   []Cluster      `json:"clusters,omitempty"` // besides the owner
}

func (s Sampling) validate(problems *check.List) {
	problems.Nest("confidence", s.Confidence.Validate())
	for i, c := range s.Clusters {
		if c.By == "" {
			problems.Add(check.ErrMissing, check.At("clusters", i, "by"), "missing_name", nil)
		}
		if c.Key == nil {
			problems.Add(check.ErrMissing, check.At("clusters", i, "key"), "missing_key", nil)
		}
	}
}

// rateTally counts one rate, of all deals and of each group of each cluster.
type rateTally struct {
	a        *Analysis
	sampling Sampling
	total    kpi.Ratio
	records  []kpi.Ratio            // of a rate that is no share of counts: each deal
	groups   []map[string]kpi.Ratio // the owner's, then the named ones
}

func (a *Analysis) newRate(s Sampling) *rateTally {
	t := &rateTally{a: a, sampling: s, total: kpi.RatioOf(0, 0), groups: make([]map[string]kpi.Ratio, 1+len(s.Clusters))}
	for i := range t.groups {
		t.groups[i] = map[string]kpi.Ratio{}
	}
	return t
}

// count takes a deal into the rate, as a hit or not.
func (t *rateTally) count(l *life, hit bool) {
	num := int64(0)
	if hit {
		num = 1
	}
	t.add(l, kpi.RatioOf(num, 1))
}

// weigh takes a deal into a rate of money.
func (t *rateTally) weigh(l *life, worth kpi.Value, hit bool) {
	part := kpi.NewRatio(kpi.Int(0), worth)
	if hit {
		part = kpi.NewRatio(worth, worth)
	}
	t.sum(l, part)
}

// sum takes what a deal adds to a ratio of sums.
func (t *rateTally) sum(l *life, part kpi.Ratio) {
	t.records = append(t.records, part)
	t.add(l, part)
}

func (t *rateTally) add(l *life, part kpi.Ratio) {
	t.total = t.total.Add(part)
	for i := range t.groups {
		key := t.a.word(l.owner)
		if i > 0 {
			key = t.sampling.Clusters[i-1].Key(t.a.deal(l))
		}
		group := part
		if sum, known := t.groups[i][key]; known {
			group = sum.Add(part)
		}
		t.groups[i][key] = group
	}
}

// among gives the share that the counted deals are of others, which they
// belong to.
func (t *rateTally) among(all *rateTally) *rateTally {
	share := *t
	share.total = kpi.NewRatio(t.total.Num(), all.total.Den())
	share.groups = make([]map[string]kpi.Ratio, len(all.groups))
	for i, groups := range all.groups {
		share.groups[i] = map[string]kpi.Ratio{}
		for key, of := range groups {
			share.groups[i][key] = kpi.NewRatio(t.groups[i][key].Num().Or(kpi.Int(0)), of.Den())
		}
	}
	return &share
}

// done gives the rate; where it is undefined for a reason, so is its interval.
func (t *rateTally) done(why kpi.Reason) Rate {
	r := Rate{Ratio: t.total, By: make([]kpi.Clustered, len(t.groups))}
	if why != 0 {
		r.Ratio = without(t.total, why)
	}
	for i, groups := range t.groups {
		name := "owner"
		if i > 0 {
			name = t.sampling.Clusters[i-1].By
		}
		r.By[i] = t.interval(name, groups, why)
		if i == 0 || wider(r.By[i].Interval, r.Interval) {
			r.Interval = r.By[i].Interval
		}
	}
	return r
}

func (t *rateTally) interval(by string, groups map[string]kpi.Ratio, why kpi.Reason) kpi.Clustered {
	parts := make([]kpi.Ratio, 0, len(groups))
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		parts = append(parts, groups[key])
	}
	switch {
	case why != 0:
		return t.sampling.Confidence.ClusteredShare(by, []kpi.Ratio{without(t.total, why)})
	case t.records != nil:
		return t.sampling.Confidence.ClusteredRatio(by, t.records, parts)
	}
	return t.sampling.Confidence.ClusteredShare(by, parts)
}

// wider compares two intervals of the same rate; one that is undefined is not
// wider.
func wider(a, b kpi.Interval) bool {
	return width(a).Compare(width(b)) > 0
}

func width(i kpi.Interval) kpi.Estimate {
	low, ok := i.Low.Float64()
	high, also := i.High.Float64()
	if !ok || !also {
		return i.Low
	}
	return kpi.NewEstimate(high - low)
}

// findings gives what the groups of a rate tell, under the name of the rate.
func (r Rate) findings(rate string) []check.Finding {
	var found []check.Finding
	for _, c := range r.By {
		for _, f := range c.Findings {
			found = append(found, check.Finding{Code: "rate_clustered", Severity: f.Severity, Subject: rate,
				Args: check.Args("by", c.By, "factor", f.Args["factor"], "n", f.Args["n"], "groups", f.Args["groups"])})
		}
	}
	return found
}
