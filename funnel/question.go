package funnel

import (
	"time"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// ValueBy names what a deal is worth in figures by value. The zero ValueBy is
// ByAmount.
type ValueBy uint8

const (
	ByAmount    ValueBy = iota // the deal's own amount
	ByListPrice                // its list price, which lost deals have too
)

func valueByWords() []string { return []string{"amount", "list_price"} }

// String gives amount or list_price.
func (v ValueBy) String() string { return enum.String(valueByWords(), v) }

// MarshalText gives the word; a basis outside the constants is an error.
func (v ValueBy) MarshalText() ([]byte, error) {
	return enum.Marshal("funnel.ValueBy", valueByWords(), v)
}

// UnmarshalText reads the word.
func (v *ValueBy) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.ValueBy", valueByWords(), text, v)
}

// Question says what [Analyze] is to answer. AsOf and Location are required;
// the zero of every other field is a documented default.
type Question struct {
	AsOf     time.Time      // events at this instant are included; see [EndOf]
	Location *time.Location // where instants become days
	Pipeline string         // the pipeline's ID; may be left out where there is one

	// Start is the open stage from which cycles, ages and cohorts count: the
	// first entry into it or a later open stage. Empty is the creation.
	Start string

	// ClosingsFrom begins the observation window: closings are known from
	// this day on, earlier ones are incomplete and counted apart. Without it
	// the window is looked for in the data, see [Window].
	ClosingsFrom calendar.Day

	Policy   Policy            // how histories that do not go straight are read
	ValueBy  ValueBy           // what open deals and the win rate by value are measured in
	Calendar calendar.Calendar // whose periods the cohorts are
	Cohorts  calendar.Grain    // how long they are; none given: a quarter

	// Horizon is the number of days within which a deal that is won at all
	// should be won. 0: the 90th percentile (type 7) of won cycles, undefined
	// (TooFew) under 10 of them.
	Horizon int

	AgesTo []int // last day of each age bucket, rising; none given: 30, 60, 90, 120, 180
	Stale  Stale
}

// Stale says when an open deal counts as stale: never dropped, always apart.
// Each zero field is its default.
type Stale struct {
	// Quantile is the share of closed deals that were younger when they
	// closed; older open deals are stale. None given: 0.99, type 7.
	Quantile kpi.Value `json:"quantile,omitzero"`

	// AtLeast is how many closed deals of known age it takes to learn that
	// age. 0: 100; with fewer no deal is stale by its age.
	AtLeast int `json:"at_least,omitzero"`

	// PastClose is by how many days an open deal may pass its own expected
	// close date; beyond it is stale. 0: 30; negative: no limit.
	PastClose int `json:"past_close,omitzero"`
}

// fewestWon is how many won cycles it takes to learn the horizon.
const fewestWon = 10

func (q Question) withDefaults() Question {
	if q.Cohorts == calendar.NoGrain {
		q.Cohorts = calendar.Quarterly
	}
	if len(q.AgesTo) == 0 {
		q.AgesTo = []int{30, 60, 90, 120, 180}
	}
	if q.Stale.Quantile == (kpi.Value{}) {
		q.Stale.Quantile = kpi.Frac(99, 100)
	}
	if q.Stale.AtLeast == 0 {
		q.Stale.AtLeast = 100
	}
	if q.Stale.PastClose == 0 {
		q.Stale.PastClose = 30
	}
	return q
}

func (q Question) validate(problems *check.List) {
	if _, ok := micro(q.AsOf); q.AsOf.IsZero() {
		problems.Add(check.ErrMissing, "as_of", "missing_instant", nil)
	} else if !ok {
		problems.Add(check.ErrRange, "as_of", "year_out_of_range", q.AsOf.Year(), "first", calendar.FirstYear, "last", calendar.LastYear)
	}
	if q.Location == nil {
		problems.Add(check.ErrMissing, "location", "missing_location", nil)
	}
	if !q.ClosingsFrom.IsZero() && !q.ClosingsFrom.Valid() {
		problems.Add(check.ErrRange, "closings_from", "year_out_of_range", q.ClosingsFrom.Year(), "first", calendar.FirstYear, "last", calendar.LastYear)
	}
	q.Policy.validate(problems)
	if q.ValueBy > ByListPrice {
		problems.Add(check.ErrUnknown, "value_by", "unknown_word", uint8(q.ValueBy))
	}
	if q.Cohorts > calendar.Yearly {
		problems.Add(check.ErrUnknown, "cohorts", "unknown_grain", uint8(q.Cohorts))
	}
	if q.Horizon < 0 {
		problems.Add(check.ErrRange, "horizon", "negative_days", q.Horizon)
	}
	for i, last := range q.AgesTo {
		if last < 0 || i > 0 && last <= q.AgesTo[i-1] {
			problems.Add(check.ErrInvalid, check.At("ages_to", i), "not_rising", last)
		}
	}
	if s := q.Stale; s.Quantile != (kpi.Value{}) && !isShare(s.Quantile) {
		problems.Add(check.ErrRange, "stale.quantile", "not_a_share", s.Quantile, "least", 0, "most", 1)
	}
	if q.Stale.AtLeast < 0 {
		problems.Add(check.ErrRange, "stale.at_least", "negative_count", q.Stale.AtLeast)
	}
}
