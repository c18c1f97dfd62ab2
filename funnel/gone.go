package funnel

import "slices"

// gone is a deal that counts no more on the as-of instant and did before: it
// was removed, or moved to another pipeline. Snapshots leave it out; a
// comparison of two instants needs it, or what it took away would be missing
// without a word.
type gone struct {
	life  life   // the last one, as it stood when it last counted
	facts []fact // all of the deal, up to the as-of instant
	why   Exclusion
}

// leave notes an excluded deal where it counted before.
func (a *Analysis) leave(deal int, facts []fact, why Exclusion) {
	ours := func(f fact) bool {
		return (f.kind == isFrom || f.kind == isStage) && a.spots[f.code].rank >= 0
	}
	if why != WasRemoved && (why != OtherPipeline || !slices.ContainsFunc(facts, ours)) {
		return
	}
	r := a.reading
	r.visits, r.dated, r.undated, r.merged = nil, nil, nil, nil // its own
	for before := facts; len(before) > 0 && before[len(before)-1].at != undated; {
		r.asOf = before[len(before)-1].at - 1
		before = until(before, r.asOf)
		r.day = r.dayOf(r.asOf)
		if lives, _, counted := r.read(facts, deal, nil); counted {
			a.gone = append(a.gone, gone{lives[len(lives)-1], facts[:len(facts):len(facts)], why})
			return
		}
	}
}
