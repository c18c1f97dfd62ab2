package funnel

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
)

// Spread is how a value spreads over names: deals, or owners.
//
//	Herfindahl = Σ share²    from 1/N, all alike, to 1, one name has it all
//	Effective  = 1 / Herfindahl
//
// Effective is the number of names of equal value that would be as
// concentrated. Shares are undefined where a name has a value below zero
// (NotApplicable), where no deal has any (NoAmount) and where all are zero
// (ZeroDenominator).
//
// Source: Hirschman, "The Paternity of an Index", 1964; its inverse is the
// effective number of Laakso and Taagepera, 1979.
type Spread struct {
	N        int64       `json:"n"`        // names with a value
	Negative int64       `json:"negative"` // of them below zero
	Value    kpi.Partial `json:"value"`    // of all deals, with how many have one

	Largest    kpi.Ratio `json:"largest"` // of the whole value
	Top        kpi.Ratio `json:"top"`     // likewise
	Herfindahl kpi.Value `json:"herfindahl"`
	Effective  kpi.Value `json:"effective"`

	Names []NameShare `json:"names"` // the top: by value, then by the bytes of the name
}

// NameShare is one name's part of a value.
type NameShare struct {
	Rank       int       `json:"rank"` // 1, 2, 2, 4
	Name       string    `json:"name"`
	Value      kpi.Value `json:"value"`
	Share      kpi.Ratio `json:"share"`
	Cumulative kpi.Ratio `json:"cumulative"` // this name and those before it
}

// spreading fills a Spread.
type spreading struct {
	values map[string]kpi.Value
	all    kpi.Partial
}

func newSpreading() spreading { return spreading{values: map[string]kpi.Value{}} }

func (s *spreading) add(name string, worth kpi.Value) {
	count(&s.all, worth)
	if worth.Defined() {
		s.values[name] = s.values[name].Or(kpi.Int(0)).Add(worth)
	}
}

func (s *spreading) done(top int) Spread {
	spread := Spread{N: int64(len(s.values)), Value: s.all, Names: []NameShare{}}
	names, squares := s.ranked(), kpi.Int(0)
	for _, n := range names {
		squares = squares.Add(n.Value.Mul(n.Value))
		if n.Value.Sign() < 0 {
			spread.Negative++
		}
	}
	whole := s.whole(spread.Negative)
	sum := kpi.Int(0)
	for i := range min(top, len(names)) {
		sum = sum.Add(names[i].Value)
		names[i].Share, names[i].Cumulative = kpi.NewRatio(names[i].Value, whole), kpi.NewRatio(sum, whole)
		spread.Names = append(spread.Names, names[i])
	}
	spread.Top = kpi.NewRatio(sum, whole)
	spread.Largest = kpi.NewRatio(kpi.Int(0), whole)
	if len(names) > 0 {
		spread.Largest = names[0].Share
	}
	spread.Herfindahl = squares.Div(whole.Mul(whole))
	spread.Effective = whole.Mul(whole).Div(squares)
	return spread
}

// whole gives what the shares are of, or why there are none.
func (s *spreading) whole(negative int64) kpi.Value {
	switch {
	case negative > 0:
		return kpi.Undefined(kpi.NotApplicable)
	case s.all.Of > 0 && s.all.N == 0:
		return kpi.Undefined(kpi.NoAmount)
	}
	return s.all.Sum
}

// ranked gives the names by value, equal values with one rank.
func (s *spreading) ranked() []NameShare {
	names := make([]NameShare, 0, len(s.values))
	for _, name := range slices.Sorted(maps.Keys(s.values)) {
		names = append(names, NameShare{Name: name, Value: s.values[name]})
	}
	slices.SortStableFunc(names, func(n, m NameShare) int {
		return cmp.Or(m.Value.Compare(n.Value), strings.Compare(n.Name, m.Name))
	})
	for i := range names {
		names[i].Rank = i + 1
		if i > 0 && names[i].Value == names[i-1].Value {
			names[i].Rank = names[i-1].Rank
		}
	}
	return names
}
