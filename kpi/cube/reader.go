package cube

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/org"
	"github.com/shopspring/decimal"
)

// Reader binds the names of a definition to the caller's own record type
// with small functions. Where one of them reports false, the value is
// missing (SQL NULL), which is counted and never taken for zero.
//
// The functions get a pointer to the caller's record, must not change or
// keep it, and must depend on nothing else.
//
// A record that has two dates (created, closed) is fed by two readers into
// the same cube: each binds its own day, all dimensions, and the measures
// that belong to that day.
type Reader[T any] struct {
	// Skip takes records out, such as deleted ones. Optional.
	Skip func(*T) bool
	// Day gives the day on which the record counts; false leaves the record out
	// and counts it. Read dates from text before, where a broken one is an error.
	Day func(*T) (calendar.Day, bool)
	// Dimensions has a function for every dimension of the definition that is
	// read: neither that of credit nor those of levels. An
	// empty value is a missing one.
	Dimensions map[string]func(*T) (string, bool)
	// Org is the organisation of the definition's levels, whose dimensions are
	// not among Dimensions.
	Org *org.Org
	// Credits appends the credits of a record to those given, which are
	// empty, and returns them: for a definition that has a credit dimension,
	// which is then not one of Dimensions. A record without hard credit is
	// the missing member's.
	Credits func(*T, []Credit) []Credit
	// Measures says how the measures are fed, by their ID; at least one of
	// them.
	Measures map[string]Feed[T]
}

// Feed says what a record adds to a measure. Most kinds take an amount,
// either Minor or Decimal. A count takes nothing, so the zero Feed counts
// every record; a distinct count takes a key, and a balance a key and an
// amount.
type Feed[T any] struct {
	// Minor gives whole minor units, at the Scale of the measure's unit:
	// cents where it is 2.
	Minor func(*T) (int64, bool)
	// Decimal gives the amount itself. It is summed exactly whatever its
	// places; places beyond the unit's Scale cost some time.
	Decimal func(*T) (decimal.Decimal, bool)
	// Key tells what is counted once, or what a reading is of: the customer,
	// the deal. An empty key is a missing one.
	Key func(*T) (string, bool)
	// When says whether the record feeds the measure at all: won deals only.
	// Optional.
	When func(*T) bool
}

// check reports all that is wrong with a reader for a cube.
func (r Reader[T]) check(s *shape) error {
	problems := check.List{Op: "cube.Load"}
	if r.Day == nil {
		problems.Add(check.ErrMissing, "day", "not_bound", nil)
	}
	for _, name := range s.def.read() {
		if r.Dimensions[name] == nil && name != s.def.Credit {
			problems.Add(check.ErrMissing, check.At("dimensions", name), "not_bound", nil)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Dimensions)) {
		if s.dimension(name) < 0 {
			problems.Add(check.ErrUnknown, check.At("dimensions", name), "unknown_dimension", name)
		} else if name == s.def.Credit {
			problems.Add(check.ErrInvalid, check.At("dimensions", name), "bound_by_credits", name)
		} else if s.def.level(name) {
			problems.Add(check.ErrInvalid, check.At("dimensions", name), "derived_dimension", name)
		}
	}
	if len(s.def.Levels) > 0 && r.Org == nil {
		problems.Add(check.ErrMissing, "org", "not_bound", nil)
	}
	switch {
	case s.def.Credit != "" && r.Credits == nil:
		problems.Add(check.ErrMissing, "credits", "not_bound", nil)
	case s.def.Credit == "" && r.Credits != nil:
		problems.Add(check.ErrInvalid, "credits", "no_credit_dimension", nil)
	}
	if len(r.Measures) == 0 {
		problems.Add(check.ErrMissing, "measures", "not_bound", nil)
	}
	for _, id := range slices.Sorted(maps.Keys(r.Measures)) {
		if i := s.measure(id); i < 0 {
			problems.Add(check.ErrUnknown, check.At("measures", id), "unknown_measure", id)
		} else {
			r.Measures[id].check(&problems, check.At("measures", id), s.def.Measures[i].Kind)
		}
	}
	return problems.Err()
}

func (f Feed[T]) check(problems *check.List, path string, kind Kind) {
	amounts := 0
	for _, bound := range []bool{f.Minor != nil, f.Decimal != nil} {
		if bound {
			amounts++
		}
	}
	switch {
	case kind.counts() && amounts > 0:
		problems.Add(check.ErrUnit, path, "amount_for_count", nil)
	case !kind.counts() && amounts == 0:
		problems.Add(check.ErrMissing, path, "no_amount", nil)
	case amounts > 1:
		problems.Add(check.ErrInvalid, path, "two_amounts", nil)
	}
	switch {
	case kind.keyed() && f.Key == nil:
		problems.Add(check.ErrMissing, path, "no_key", nil)
	case !kind.keyed() && f.Key != nil:
		problems.Add(check.ErrInvalid, path, "key_without_use", nil)
	}
}
