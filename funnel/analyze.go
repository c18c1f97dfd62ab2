package funnel

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Analyze answers a question about all deals of its pipeline. The histories
// are not changed, and the report shares nothing with them. Time and memory
// grow with the number of events.
//
// A question that contradicts itself or the pipelines is an error with every
// problem; whatever the deals hold is not.
func Analyze(h *Histories, q Question) (Report, error) {
	a, err := prepare("funnel.Analyze", h, q)
	if err != nil {
		return Report{}, err
	}
	return a.report(a.lives, a.all), nil
}

// Groups is a report of everything and one of each group.
type Groups struct {
	All       Report  `json:"all"`
	Groups    []Group `json:"groups"`    // in the order of the keys' bytes
	Ungrouped int64   `json:"ungrouped"` // counted deals for which the key gave none
}

// Group is the deals of one key.
type Group struct {
	Key    string `json:"key"`
	Report Report `json:"report"`
}

// AnalyzeBy answers a question about all deals and about each group of them:
// by owner, team, product, month of closing. The key is asked once for every
// counted deal and gives the group, or false for none; it must depend on the
// deal alone. The window, the horizon and the age at which a deal is stale
// are learned from the whole set, so a deal is judged alike in every group.
func AnalyzeBy(h *Histories, q Question, key func(Deal) (group string, ok bool)) (Groups, error) {
	if key == nil {
		return Groups{}, check.New("funnel.AnalyzeBy", check.ErrMissing, "key", "missing_key", nil)
	}
	a, err := prepare("funnel.AnalyzeBy", h, q)
	if err != nil {
		return Groups{}, err
	}
	by := Groups{All: a.report(a.lives, a.all), Groups: []Group{}}
	members := map[string][]*life{}
	for _, l := range a.lives {
		if group, ok := key(l.Deal); ok {
			members[group] = append(members[group], l)
		} else {
			by.Ungrouped++
		}
	}
	for _, group := range slices.Sorted(maps.Keys(members)) {
		n := int64(len(members[group]))
		report := a.report(members[group], Counts{Read: n, Excluded: []Excluded{}})
		by.Groups = append(by.Groups, Group{group, report})
	}
	return by, nil
}

// Group gives the report of a key, and whether there is one.
func (g Groups) Group(key string) (report Report, ok bool) {
	i, ok := slices.BinarySearchFunc(g.Groups, key, func(g Group, key string) int { return strings.Compare(g.Key, key) })
	if !ok {
		return Report{}, false
	}
	return g.Groups[i].Report, true
}

// Deals gives every counted deal as it stands on the as-of instant, in the
// order of their IDs: what a caller needs to feed won deals to another package
// where only a log of stages is kept. Errors are those of Analyze.
func Deals(h *Histories, q Question) ([]Deal, error) {
	a, err := prepare("funnel.Deals", h, q)
	if err != nil {
		return nil, err
	}
	deals := make([]Deal, len(a.lives))
	for i, l := range a.lives {
		deals[i] = l.Deal
	}
	slices.SortFunc(deals, func(d, e Deal) int { return strings.Compare(d.ID, e.ID) })
	return deals, nil
}

// analysis is a question with the deals that it counts.
type analysis struct {
	reading
	learned
	q     Question
	lives []*life
	all   Counts // of the whole set: what was read and excluded

	strangers map[string]int64 // deals without any stage of the pipeline, by the stages they had
}

func prepare(op string, h *Histories, q Question) (*analysis, error) {
	a := &analysis{q: q.withDefaults(), strangers: map[string]int64{}}
	if err := a.reading.begin(op, h, a.q); err != nil {
		return nil, err
	}
	excluded := make([]int64, exclusions)
	for i := range h.ids {
		if l, why, counted := a.read(i); counted {
			a.lives = append(a.lives, l)
		} else {
			excluded[why]++
			if why == UnknownStage {
				a.meet()
			}
		}
	}
	a.all = Counts{Read: int64(len(h.ids)), Excluded: []Excluded{}}
	for why, n := range excluded {
		if n > 0 {
			a.all.Excluded = append(a.all.Excluded, Excluded{Exclusion(why), n})
		}
	}
	a.learned = a.q.learn(a.lives, a.day)
	return a, nil
}

// meet counts the stages of the deal just read, of which the pipeline has
// none.
func (a *analysis) meet() {
	stages := map[string]bool{}
	for _, f := range a.facts {
		if f.kind == isStage && f.at <= a.asOf {
			stages[a.h.places.items[f.code].stage] = true
		}
	}
	for stage := range stages {
		a.strangers[stage]++
	}
}

// begin checks the question against the pipelines and makes ready to read.
func (r *reading) begin(op string, h *Histories, q Question) error {
	problems := check.List{Op: op}
	if h == nil || len(h.pipelines) == 0 {
		problems.Add(check.ErrMissing, "histories", "missing_pipelines", nil)
		return problems.Err()
	}
	q.validate(&problems)
	p := h.find(q.Pipeline, &problems)
	*r = reading{h: h, route: newRoute(p), loc: q.Location, start: -1}
	if q.Start != "" && p.ID != "" {
		r.start = r.route.rank(q.Start)
		if r.start < 0 {
			problems.Add(check.ErrUnknown, "start", "unknown_stage", q.Start, "pipeline", p.ID)
		} else if r.start >= r.route.open {
			problems.Add(check.ErrInvalid, "start", "not_an_open_stage", q.Start)
		}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	r.asOf, _ = micro(q.AsOf)
	r.day = r.dayOf(r.asOf)
	r.spots = h.spots(&r.route)
	return nil
}

// find gives the pipeline of an ID; without an ID, the only one.
func (h *Histories) find(id string, problems *check.List) Pipeline {
	i := slices.IndexFunc(h.pipelines, func(p Pipeline) bool { return p.ID == id })
	switch {
	case i >= 0:
		return h.pipelines[i]
	case id != "":
		problems.Add(check.ErrUnknown, "pipeline", "unknown_pipeline", id)
	case len(h.pipelines) == 1:
		return h.pipelines[0]
	default:
		problems.Add(check.ErrMissing, "pipeline", "missing_pipeline", nil, "pipelines", len(h.pipelines))
	}
	return Pipeline{}
}

// report describes some of the counted deals.
func (a *analysis) report(lives []*life, counts Counts) Report {
	r := Report{
		Pipeline: a.route.pipeline.ID,
		AsOf:     time.UnixMicro(a.asOf).UTC(),
		Day:      a.day,
		Start:    a.q.Start,
		ValueBy:  a.q.ValueBy,
		Window:   a.window,
		Horizon:  a.horizon,
		Counts:   counts,
		Stages:   a.flow(lives),
	}
	a.count(&r.Counts, lives)
	a.outcomes(&r, lives)
	r.Cohorts, r.CohortUnknown = a.cohorts(lives)
	r.Open = a.open(lives)
	r.Findings = a.findings(&r, lives)
	return r
}

// count adds the counted deals by their state.
func (a *analysis) count(c *Counts, lives []*life) {
	c.Counted = int64(len(lives))
	for _, l := range lives {
		switch l.Outcome {
		case Open:
			c.Open++
			continue
		case Won:
			c.Won++
		case Lost:
			c.Lost++
		case Disqualified:
			c.Disqualified++
		}
		if !a.inside(l) {
			c.OutsideWindow++
		}
	}
}

// worth gives what a deal counts in figures by value.
func (a *analysis) worth(l *life) kpi.Value {
	if a.q.ValueBy == ByListPrice {
		return l.ListPrice
	}
	return l.Amount
}
