package org

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// View is one of the two ways to look at history, to be asked for and named
// in a result. It is a value: comparable, == is equality. The zero View is
// as was.
//
//	as was   each record by the tree of its own day (credit, pay, attainment)
//	as is    every record by the tree of one stated day (growth after a re-organisation)
type View struct{ day calendar.Day }

// AsWas gives the view by the day of each record.
func AsWas() View { return View{} }

// AsIs gives the view by the tree of one day. No day and a day outside
// 1900–2200 are check.ErrMissing and check.ErrRange.
func AsIs(day calendar.Day) (View, error) {
	const op = "org.AsIs"
	switch {
	case day.IsZero():
		return View{}, check.New(op, check.ErrMissing, "day", "missing_day", nil)
	case !day.Valid():
		return View{}, check.New(op, check.ErrRange, "day", "year_out_of_range", day.Year(), "first", calendar.FirstYear, "last", calendar.LastYear)
	default:
		return View{day}, nil
	}
}

// Day gives the stated day of a view as is, and false for as was.
func (v View) Day() (calendar.Day, bool) { return v.day, !v.day.IsZero() }

// Tree gives the tree by which a record of a day is to be placed.
func (v View) Tree(o *Org, record calendar.Day) Tree {
	if day, asIs := v.Day(); asIs {
		return o.At(day)
	}
	return o.At(record)
}

// The words of the views; a day follows the second.
const (
	wordAsWas = "as_was"
	wordAsIs  = "as_is:"
)

// Equal reports whether both are the same view. It is ==.
func (v View) Equal(w View) bool { return v == w }

// String gives as_was, or as_is:2026-10-01.
func (v View) String() string {
	if day, asIs := v.Day(); asIs {
		return wordAsIs + day.String()
	}
	return wordAsWas
}

// MarshalText gives what String gives.
func (v View) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (v *View) UnmarshalText(text []byte) error {
	const op = "org.View"
	s := string(text)
	if s == wordAsWas {
		*v = View{}
		return nil
	}
	word, isDay := strings.CutPrefix(s, wordAsIs)
	if !isDay {
		return check.New(op, check.ErrUnknown, "", "unknown_view", s, "known", wordAsWas+" "+wordAsIs+"YYYY-MM-DD")
	}
	day, err := calendar.ParseDay(word)
	if err != nil {
		problems := check.List{Op: op}
		problems.Nest("", err)
		return problems.Err()
	}
	*v = View{day}
	return nil
}
