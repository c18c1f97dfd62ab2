package scorecard

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Band is a class of scores, such as A or 优秀. It holds the scores from From,
// included, up to the From of the next higher band, not included. The lowest
// band leaves From out and is open below, the highest is open above, so that
// every score falls into exactly one: with A from 90 and B from 80, a score
// of 89.5 is a B.
type Band struct {
	Name string    `json:"name"`
	From kpi.Value `json:"from,omitzero"`
}

func validateBands(problems *check.List, bands []Band) {
	if len(bands) > MaxBands {
		problems.Add(check.ErrRange, "bands", "too_many_bands", len(bands), "most", MaxBands)
	}
	names, edges := map[string]int{}, map[kpi.Value]int{}
	for i, b := range bands {
		validateBandName(problems, names, i, b.Name)
		validateEdge(problems, edges, i, b.From)
	}
	if _, open := edges[kpi.Value{}]; len(bands) > 0 && !open {
		problems.Add(check.ErrMissing, "bands", "no_band_open_below", nil)
	}
}

func validateBandName(problems *check.List, names map[string]int, i int, name string) {
	at, twice := names[name]
	switch {
	case name == "":
		problems.Add(check.ErrMissing, check.At("bands", i, "name"), "missing_name", nil)
	case twice:
		problems.Add(check.ErrDuplicate, check.At("bands", i, "name"), "duplicate_name", name,
			"first", check.At("bands", at))
	default:
		names[name] = i
	}
}

func validateEdge(problems *check.List, edges map[kpi.Value]int, i int, from kpi.Value) {
	validateOptional(problems, check.At("bands", i, "from"), from)
	at, twice := edges[from]
	switch {
	case !twice:
		edges[from] = i
	case from == kpi.Value{}:
		problems.Add(check.ErrDuplicate, check.At("bands", i, "from"), "two_bands_open_below", nil,
			"first", check.At("bands", at))
	default:
		problems.Add(check.ErrDuplicate, check.At("bands", i, "from"), "duplicate_edge", from,
			"first", check.At("bands", at))
	}
}

// descending gives the bands from the highest down; the one open below comes
// last, because an undefined Value sorts before every number.
func descending(bands []Band) []Band {
	sorted := slices.Clone(bands)
	slices.SortFunc(sorted, func(a, b Band) int { return b.From.Compare(a.From) })
	return sorted
}

// position gives the place of a band by its name, −1 where there is none.
func position(bands []Band, name string) int {
	return slices.IndexFunc(bands, func(b Band) bool { return b.Name == name })
}

// bandOf gives the place of the band of a score, −1 where there is no score
// or no bands.
func (s *Scorecard) bandOf(score kpi.Value) int {
	if !score.Defined() {
		return -1
	}
	return slices.IndexFunc(s.bands, func(b Band) bool { return !score.Less(b.From) })
}
