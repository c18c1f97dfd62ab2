package funnel

import "github.com/saleskpi/saleskpi/kpi"

// OpenDeals is the snapshot of what is open on the as-of instant: all of it,
// and by stage.
type OpenDeals struct {
	OpenGroup
	Stages []OpenStage `json:"stages"` // every open stage in order

	// StaleAge is the age beyond which an open deal is stale, learned from
	// the whole set; undefined (TooFew) where too few deals have closed.
	StaleAge kpi.Value `json:"stale_age"`

	// OldestClosed is the greatest age at which any deal of the whole set
	// closed, and OlderThanAnyClosed how many open deals are older.
	OldestClosed       kpi.Value `json:"oldest_closed"`
	OlderThanAnyClosed int64     `json:"older_than_any_closed"`
}

// OpenStage is what is open in one stage.
type OpenStage struct {
	Stage string `json:"stage"`
	OpenGroup
}

// OpenGroup is a group of open deals, live and stale apart, and by age.
type OpenGroup struct {
	OpenLine
	Ages    Durations   `json:"ages"` // days since the start, live and stale
	Buckets []AgeBucket `json:"buckets"`
	NoAge   OpenLine    `json:"no_age"` // the deals whose start is not known
}

// AgeBucket is the open deals of an age From to To days, both included.
type AgeBucket struct {
	From int `json:"from"`
	To   int `json:"to"` // −1 in the last bucket, which has no end
	OpenLine
}

// OpenLine is open deals, those that are stale (see [Stale]) apart: they are
// counted in no coverage and trusted in no forecast.
type OpenLine struct {
	Live  Holding `json:"live"`
	Stale Holding `json:"stale"`
}

// Total gives live and stale together.
func (l OpenLine) Total() Holding {
	return Holding{
		Deals:    l.Live.Deals + l.Stale.Deals,
		Value:    addPartial(l.Live.Value, l.Stale.Value),
		Weighted: addPartial(l.Live.Weighted, l.Stale.Weighted),
	}
}

// Holding is a number of open deals and what they are worth.
type Holding struct {
	Deals int64       `json:"deals"`
	Value kpi.Partial `json:"value"` // by the question's ValueBy, with how many deals have one

	// Weighted is the sum of value × probability deal by deal, the deal's own
	// probability or else its stage's, over the deals that have both.
	Weighted kpi.Partial `json:"weighted"`
}

func addPartial(a, b kpi.Partial) kpi.Partial {
	sum := kpi.Partial{Sum: a.Sum, N: a.N + b.N, Of: a.Of + b.Of}
	switch {
	case a.N == 0:
		sum.Sum = b.Sum
	case b.N > 0:
		sum.Sum = a.Sum.Add(b.Sum)
	}
	return sum
}

// count adds one value to a partial sum.
func count(p *kpi.Partial, v kpi.Value) {
	p.Of++
	if v.Defined() {
		p.N++
		p.Sum = p.Sum.Or(kpi.Int(0)).Add(v)
	}
}

func (h *Holding) add(value, probability kpi.Value) {
	h.Deals++
	count(&h.Value, value)
	count(&h.Weighted, value.Mul(probability))
}

func (l *OpenLine) add(stale bool, value, probability kpi.Value) {
	if stale {
		l.Stale.add(value, probability)
	} else {
		l.Live.add(value, probability)
	}
}

// openTally fills one OpenGroup.
type openTally struct {
	group OpenGroup
	ages  []int
}

func newOpenTally(agesTo []int) *openTally {
	t := &openTally{}
	from := 0
	for _, to := range agesTo {
		t.group.Buckets = append(t.group.Buckets, AgeBucket{From: from, To: to})
		from = to + 1
	}
	t.group.Buckets = append(t.group.Buckets, AgeBucket{From: from, To: -1})
	return t
}

// add takes an open deal; a negative age is not known.
func (t *openTally) add(age int, stale bool, value, probability kpi.Value) {
	t.group.OpenLine.add(stale, value, probability)
	if age < 0 {
		t.group.NoAge.add(stale, value, probability)
		return
	}
	t.ages = append(t.ages, age)
	i := 0
	for to := t.group.Buckets[i].To; to >= 0 && age > to; to = t.group.Buckets[i].To {
		i++
	}
	t.group.Buckets[i].add(stale, value, probability)
}

func (t *openTally) done() OpenGroup {
	missing := t.group.Total().Deals - int64(len(t.ages))
	sortDays(t.ages)
	t.group.Ages = describe(t.ages, missing)
	return t.group
}

// open describes the deals that are open on the as-of instant.
func (a *Analysis) open() OpenDeals {
	all := newOpenTally(a.q.AgesTo)
	stages := make([]*openTally, a.route.open)
	for i := range stages {
		stages[i] = newOpenTally(a.q.AgesTo)
	}
	open := OpenDeals{StaleAge: a.staleAge, OldestClosed: a.oldestClosed, Stages: []OpenStage{}}
	for _, l := range a.lives {
		if l.outcome != Open {
			continue
		}
		stale, value, probability := a.stale(l), a.worth(l), a.probability(l)
		all.add(l.age, stale, value, probability)
		stages[l.here].add(l.age, stale, value, probability)
		if a.oldestClosed.Less(kpi.Int(int64(l.age))) {
			open.OlderThanAnyClosed++
		}
	}
	open.OpenGroup = all.done()
	for i, t := range stages {
		open.Stages = append(open.Stages, OpenStage{a.route.stages[i].ID, t.done()})
	}
	return open
}
