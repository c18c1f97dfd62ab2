package steps

import (
	"strconv"
	"time"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Question says what [Analyze] is to answer. AsOf is required, and Location
// where days are asked for; the zero of every other field is a documented
// default.
type Question struct {
	AsOf     time.Time      // events at this instant are included
	Location *time.Location // where instants become days; needed for Entries and Trend

	// From and To are the steps that conversion, time and trend are about:
	// mandatory steps, To the later one, which may be optional too. Empty: the
	// first and the last mandatory step. In an unordered funnel they are numbers
	// of different steps, such as "1" and "3".
	From, To string

	// Entries limits the attempts to those that start in the period; what
	// comes of them may lie later. No period: no limit.
	Entries calendar.Period

	Trend    calendar.Grain    // the periods of the trend; no grain: no trend
	Calendar calendar.Calendar // whose periods they are

	Breakdown  Breakdown
	Confidence kpi.Confidence // how intervals are drawn

	// Bins is how many bins the histogram of times has, at most 1,000; 0: the
	// cube root of their number, rounded up. Bounds, if given, are the lower
	// bounds of the bins instead: whole seconds, rising, see [Bounds].
	Bins   int
	Bounds []Span
}

// Breakdown asks for the funnel by the values of an attribute; no attribute
// asks for none.
type Breakdown struct {
	Attribute string      `json:"attribute"`
	By        Attribution `json:"by"`
	Step      string      `json:"step,omitzero"` // whose event carries the value, for AtStep
}

// Attribution says which value of an attribute an entity has. The zero
// Attribution is FirstTouch.
type Attribution uint8

const (
	FirstTouch Attribution = iota // the first of all its events that has the attribute
	LastTouch                     // the last one by the as-of instant
	AllEvents                     // for each value the funnel of those events alone that have it
	AtStep                        // for each value the funnel in which events without it are not the step
)

func attributionWords() []string {
	return []string{"first_touch", "last_touch", "all_events", "at_step"}
}

// String gives first_touch, last_touch, all_events or at_step.
func (a Attribution) String() string { return enum.String(attributionWords(), a) }

// MarshalText gives the word; an attribution outside the constants is an
// error.
func (a Attribution) MarshalText() ([]byte, error) {
	return enum.Marshal("steps.Attribution", attributionWords(), a)
}

// UnmarshalText reads the word.
func (a *Attribution) UnmarshalText(text []byte) error {
	return enum.Unmarshal("steps.Attribution", attributionWords(), text, a)
}

// mostBins is how many bins a histogram may have.
const mostBins = 1000

func (q Question) check(problems *check.List, d Definition) {
	switch micro(q.AsOf) {
	case undated:
		problems.Add(check.ErrMissing, "as_of", "missing_instant", nil)
	case strange:
		problems.Add(check.ErrRange, "as_of", "year_out_of_range", q.AsOf.Year(), "first", calendar.FirstYear, "last", calendar.LastYear)
	}
	if q.Location == nil && (q.Trend != calendar.NoGrain || !q.Entries.IsZero()) {
		problems.Add(check.ErrMissing, "location", "missing_location", nil)
	}
	if q.Trend > calendar.Yearly {
		problems.Add(check.ErrUnknown, "trend", "unknown_grain", uint8(q.Trend))
	}
	d.between(problems, q.From, q.To)
	q.Breakdown.check(problems, d)
	problems.Nest("confidence", q.Confidence.Validate())
	q.checkBins(problems)
}

// between gives the places of two steps, the first and the last mandatory one
// where they are empty. The definition must be valid.
func (d Definition) between(problems *check.List, fromID, toID string) (from, to int) {
	main := d.main()
	from, to = main[0], main[len(main)-1]
	if fromID != "" {
		from = d.find(problems, "from", fromID)
	}
	if toID != "" {
		to = d.find(problems, "to", toID)
	}
	switch {
	case from < 0 || to < 0:
	case d.Steps[from].Optional:
		problems.Add(check.ErrInvalid, "from", "optional_step", fromID)
	case to < from || to == from && from > 0:
		problems.Add(check.ErrInvalid, "to", "to_not_after_from", d.Steps[to].ID, "from", d.Steps[from].ID)
	}
	return from, to
}

// find gives the place of a step by its name in results.
func (d Definition) find(problems *check.List, path, id string) int {
	for i := range d.Steps {
		if d.label(i) == id {
			return i
		}
	}
	problems.Add(check.ErrUnknown, path, "unknown_step", id)
	return -1
}

// label gives the name of a step in results: its ID, or where steps have no
// order how many there are.
func (d Definition) label(step int) string {
	if d.Order == Unordered {
		return strconv.Itoa(step + 1)
	}
	return d.Steps[step].ID
}

func (b Breakdown) check(problems *check.List, d Definition) {
	switch {
	case b.By > AtStep:
		problems.Add(check.ErrUnknown, "breakdown.by", "unknown_word", uint8(b.By))
	case b.Attribute == "" && b != Breakdown{}:
		problems.Add(check.ErrMissing, "breakdown.attribute", "missing_attribute", nil)
	case b.By != AtStep && b.Step != "":
		problems.Add(check.ErrInvalid, "breakdown.step", "step_without_use", b.Step, "by", b.By)
	case b.By == AtStep && d.Order == Unordered:
		problems.Add(check.ErrInvalid, "breakdown.by", "step_without_order", b.By)
	case b.By == AtStep && b.Step == "":
		problems.Add(check.ErrMissing, "breakdown.step", "missing_step", nil)
	case b.By == AtStep:
		d.find(problems, "breakdown.step", b.Step)
	}
}

func (q Question) checkBins(problems *check.List) {
	if q.Bins < 0 || q.Bins > mostBins {
		problems.Add(check.ErrRange, "bins", "bins_out_of_range", q.Bins, "least", 0, "most", mostBins)
	}
	if n := len(q.Bounds); n > mostBins {
		problems.Add(check.ErrRange, "bounds", "too_many_bounds", n, "most", mostBins)
		return
	}
	for i, b := range q.Bounds {
		switch {
		case b < 0 || b%Span(time.Second) != 0:
			problems.Add(check.ErrInvalid, check.At("bounds", i), "not_whole_seconds", b)
		case i > 0 && b <= q.Bounds[i-1]:
			problems.Add(check.ErrInvalid, check.At("bounds", i), "not_rising", b)
		}
	}
}
