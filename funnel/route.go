package funnel

import "slices"

// route is a pipeline prepared for reading histories: stages by rank, the
// open ones in order first and then the ends, so that a higher rank is later.
type route struct {
	pipeline Pipeline
	stages   []Stage // by rank
	open     int     // how many are open
}

func newRoute(p Pipeline) route {
	r := route{pipeline: p, stages: slices.Clone(p.Stages)}
	slices.SortStableFunc(r.stages, func(s, t Stage) int { return int(s.end()) - int(t.end()) })
	for _, s := range r.stages {
		if s.Outcome == Open {
			r.open++
		}
	}
	return r
}

// end gives 0 for an open stage and 1 for an end.
func (s Stage) end() int {
	if s.Outcome == Open {
		return 0
	}
	return 1
}

// rank gives the rank of a stage, −1 where the pipeline does not have it.
func (r *route) rank(stage string) int {
	return slices.IndexFunc(r.stages, func(s Stage) bool { return s.ID == stage })
}

// spot is what a place of the histories means to a question.
type spot struct {
	known bool // in any pipeline
	rank  int8 // in the question's pipeline, −1 outside it
}

// spots gives the meaning of every place by its code.
func (h *Histories) spots(r *route) []spot {
	spots := make([]spot, len(h.places.items))
	for code, at := range h.places.items {
		spots[code].rank = -1
		for _, p := range h.pipelines {
			if p.ID != at.pipeline || !p.has(at.stage) {
				continue
			}
			spots[code].known = true
			if p.ID == r.pipeline.ID {
				spots[code].rank = int8(r.rank(at.stage))
			}
		}
	}
	return spots
}
