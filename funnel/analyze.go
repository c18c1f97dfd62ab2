package funnel

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Analysis is the deals of a pipeline as they stand on an as-of instant, ready
// for any number of questions: the whole [Report], or one figure alone. It
// is immutable and may be used by many goroutines; it shares nothing with the
// histories that changes when more is added to them.
type Analysis struct {
	reading
	learned
	q      Question
	lives  []*life
	gone   []gone
	all    Counts // of the whole set: what was read and excluded
	isPart bool   // of another, see By

	strangers map[string]int64     // deals without any stage of the pipeline, by the stages they had
	excluded  map[string]Exclusion // the deals that do not count, by ID
}

// Analyze reads the histories of a question's pipeline as of an instant. The
// histories are not changed. Time grows with the number of events and so does
// memory: 200 bytes for each deal and 16 for each stage that it was in, and
// where events did not come deal by deal 24 for each thing that they state.
// Five stage events take 280 bytes, or 400.
//
// A question that contradicts itself or the pipelines is an error with every
// problem; whatever the deals hold is not.
func Analyze(h *Histories, q Question) (*Analysis, error) {
	a := &Analysis{q: q.withDefaults(), strangers: map[string]int64{}, excluded: map[string]Exclusion{}}
	if err := a.reading.begin("funnel.Analyze", h, a.q); err != nil {
		return nil, err
	}
	a.readAll(h)
	return a, nil
}

func (a *Analysis) readAll(h *Histories) {
	lives := make([]life, 0, h.Len())
	excluded := make([]int64, exclusions)
	learning := a.q.learning(a.day)
	deals := h.journal.byDeal(h.Len())
	for i := range a.ids {
		facts := h.ordered(&deals)
		more, why, counted := a.read(facts, i, lives)
		if counted {
			for k := len(lives); k < len(more); k++ {
				learning.add(&more[k])
			}
			lives = more
			a.all.Counted++
			continue
		}
		excluded[why]++
		a.excluded[a.ids[i]] = why
		a.leave(i, until(facts, a.asOf), why)
		if why == UnknownStage {
			a.meet(until(facts, a.asOf))
		}
	}
	a.learned = learning.done(a.q)
	a.lives = make([]*life, len(lives))
	for i := range lives {
		a.lives[i] = &lives[i]
	}
	a.all.Read, a.all.Excluded = int64(h.Len()), excludedOf(excluded)
}

// excludedOf lists the reasons that occur.
func excludedOf(counts []int64) []Excluded {
	list := []Excluded{}
	for why, n := range counts {
		if n > 0 {
			list = append(list, Excluded{Exclusion(why), n})
		}
	}
	return list
}

// meet counts the stages of a deal of which the pipeline has none.
func (a *Analysis) meet(facts []fact) {
	stages := map[string]bool{}
	for _, f := range facts {
		if f.kind == isStage {
			stages[a.places[f.code].stage] = true
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
	*r = reading{
		pipelines: len(h.pipelines), ids: h.deals.ids, places: h.places.items, words: h.words.items, values: h.values.items,
		route: newRoute(p), start: -1, policy: q.Policy,
	}
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
	r.days = newDays(q.Location, h.journal.first, r.asOf)
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
