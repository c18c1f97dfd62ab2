package funnel

// Place is where a deal is: in a stage or end of the pipeline, or outside it.
// The zero Place is none.
type Place struct {
	Stage   string    `json:"stage,omitzero"`   // an open stage or an end
	Outside Exclusion `json:"outside,omitzero"` // where Stage is empty: NotBegun, OtherPipeline or WasRemoved
}

// String gives the stage, or why the deal is outside the pipeline.
func (p Place) String() string {
	if p.Stage == "" {
		return p.Outside.String()
	}
	return p.Stage
}

// standing is where a deal is at an instant, by rank.
type standing struct {
	rank   int       // of its stage or end, −1 outside
	why    Exclusion // why it is outside: NotBegun, OtherPipeline or WasRemoved
	number int32     // of its life
}

// outside gives the standing of a deal that is excluded. Whatever else keeps
// it out, it has not begun as far as this pipeline knows.
func outside(why Exclusion) standing {
	if why != OtherPipeline && why != WasRemoved {
		why = NotBegun
	}
	return standing{rank: -1, why: why}
}

func (s standing) samePlace(t standing) bool {
	return s.rank == t.rank && (s.rank >= 0 || s.why == t.why)
}

func (s standing) open(r *route) bool { return s.rank >= 0 && s.rank < r.open }

func (s standing) place(r *route) Place {
	if s.rank < 0 {
		return Place{Outside: s.why}
	}
	return Place{Stage: r.stages[s.rank].ID}
}
