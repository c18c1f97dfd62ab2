package scorecard

import "github.com/saleskpi/saleskpi/kpi/check"

// validatePools reports pools that are missing their ID, stand twice, lead
// nowhere or in a circle, rankings that cannot be compared, and people who
// stand in two pools.
func validatePools(problems *check.List, pools []Pool) {
	at := map[string]int{}
	for i, p := range pools {
		first, twice := at[p.ID]
		switch {
		case p.ID == "":
			problems.Add(check.ErrMissing, check.At("pools", i, "id"), "missing_id", nil)
		case twice:
			problems.Add(check.ErrDuplicate, check.At("pools", i, "id"), "duplicate_id", p.ID, "first", check.At("pools", first))
		default:
			at[p.ID] = i
		}
	}
	for i, p := range pools {
		if _, known := at[p.Parent]; p.Parent != "" && !known {
			problems.Add(check.ErrUnknown, check.At("pools", i, "parent"), "unknown_pool", p.Parent)
		}
		if circular(pools, at, i) {
			problems.Add(check.ErrCycle, check.At("pools", i, "parent"), "cycle", p.Parent)
		}
	}
	validateRankings(problems, pools)
}

// circular reports whether the way up from a pool comes back to it.
func circular(pools []Pool, at map[string]int, i int) bool {
	next, known := at[pools[i].Parent]
	for range pools {
		switch {
		case !known:
			return false
		case next == i:
			return true
		}
		next, known = at[pools[next].Parent]
	}
	return false
}

func validateRankings(problems *check.List, pools []Pool) {
	var first *Ranking
	owners := map[string]int{}
	for i := range pools {
		r, path := &pools[i].Ranking, check.At("pools", i, "ranking")
		for n, p := range r.Places {
			if pool, twice := owners[p.Owner]; twice {
				problems.Add(check.ErrDuplicate, check.At("pools", i, "ranking", "places", n, "owner"), "duplicate_owner", p.Owner, "first", check.At("pools", pool))
			}
			owners[p.Owner] = i
			if !p.Value.Defined() {
				problems.Add(check.ErrMissing, check.At("pools", i, "ranking", "places", n, "value"), "missing_number", p.Value.Reason())
			}
		}
		switch {
		case len(r.Places) == 0:
		case r.Metric != "":
			problems.Add(check.ErrUnit, path, "not_scores", r.Metric)
		case first == nil:
			first = r
		case r.Scorecard != first.Scorecard:
			problems.Add(check.ErrDefinition, path, "other_scorecard", r.Scorecard, "first", first.Scorecard)
		case r.Period != first.Period:
			problems.Add(check.ErrInvalid, path, "other_period", r.Period, "first", first.Period)
		}
	}
}
