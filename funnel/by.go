package funnel

import (
	"maps"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Part is the deals of one key, to be asked like the whole.
type Part struct {
	Key      string
	Analysis *Analysis
}

// By parts the deals: by owner, team, product, month of closing. The key is
// asked once for every counted deal and gives the part, or false for none; it
// must depend on the deal alone. Parts come in the order of their keys' bytes,
// with the number of deals for which the key gave none. The window, the
// horizon and the age at which a deal is stale are those of the whole, so a
// deal is judged alike in every part. A nil key is check.ErrMissing.
//
// The key is also asked for a deal that was removed or moved to another
// pipeline, as it stood when it last counted: its part counts it among the
// excluded and knows it in [Analysis.Flow].
func (a *Analysis) By(key func(Deal) (part string, ok bool)) (parts []Part, without int64, err error) {
	if key == nil {
		return nil, 0, check.New("funnel.By", check.ErrMissing, "key", "missing_key", nil)
	}
	groups := map[string]*members{}
	in := func(part string) *members {
		if groups[part] == nil {
			groups[part] = &members{}
		}
		return groups[part]
	}
	for _, l := range a.lives {
		if part, ok := key(a.deal(l)); ok {
			m := in(part)
			m.lives = append(m.lives, l)
		} else {
			without++
		}
	}
	for _, g := range a.gone {
		if part, ok := key(a.deal(&g.life)); ok {
			m := in(part)
			m.gone = append(m.gone, g)
		}
	}
	parts = make([]Part, 0, len(groups))
	for _, part := range slices.Sorted(maps.Keys(groups)) {
		parts = append(parts, Part{part, a.partOf(groups[part])})
	}
	return parts, without, nil
}

// members is the deals of one part.
type members struct {
	lives []*life
	gone  []gone
}

// partOf gives the analysis of some of the deals.
func (a *Analysis) partOf(m *members) *Analysis {
	part := *a
	part.lives, part.gone, part.strangers, part.excluded, part.isPart = m.lives, m.gone, nil, nil, true
	deals := int64(0)
	for i, l := range m.lives {
		if i == 0 || l.deal != m.lives[i-1].deal {
			deals++
		}
	}
	excluded := make([]int64, exclusions)
	for _, g := range m.gone {
		excluded[g.why]++
	}
	part.all = Counts{Read: deals + int64(len(m.gone)), Counted: deals, Excluded: excludedOf(excluded)}
	return &part
}

// Groups is a report of everything and one of each group.
type Groups struct {
	All       Report  `json:"all"`
	Groups    []Group `json:"groups"`    // in the order of the keys' bytes
	Ungrouped int64   `json:"ungrouped"` // counted deals for which the key gave none
}

// Group is the report of one key.
type Group struct {
	Key    string `json:"key"`
	Report Report `json:"report"`
}

// ReportBy gives the report of all deals and of each part, see [Analysis.By].
func (a *Analysis) ReportBy(key func(Deal) (group string, ok bool)) (Groups, error) {
	parts, without, err := a.By(key)
	if err != nil {
		return Groups{}, err
	}
	by := Groups{All: a.Report(), Groups: make([]Group, len(parts)), Ungrouped: without}
	for i, p := range parts {
		by.Groups[i] = Group{p.Key, p.Analysis.Report()}
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
