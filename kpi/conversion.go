package kpi

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// RatePolicy says which rate an amount of a day is converted at. The zero
// RatePolicy is RateOfDay.
type RatePolicy uint8

const (
	RateOfDay     RatePolicy = iota // the rate of that very day
	LastKnownRate                   // of that day or the last before it, not older than MaxAge days
	PeriodAverage                   // the mean of the daily rates known in the period that holds the day, over or not
	PlanRate                        // one fixed rate by name, whatever the day
)

func ratePolicyWords() []string { return []string{"day", "last_known", "period_average", "plan"} }

// String gives day, last_known, period_average or plan.
func (p RatePolicy) String() string { return enum.String(ratePolicyWords(), p) }

// MarshalText gives the word.
func (p RatePolicy) MarshalText() ([]byte, error) {
	return enum.Marshal("kpi.RatePolicy", ratePolicyWords(), p)
}

// UnmarshalText reads the word.
func (p *RatePolicy) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kpi.RatePolicy", ratePolicyWords(), text, p)
}

// MaxRateAge is the largest age in days that a last known rate may be
// allowed: ten years.
const MaxRateAge = 3660

// Conversion says how amounts are brought into one currency. For reporting
// that is the rate of each amount's day; against a target it is one plan
// rate for target and actual alike. It is a record and data: what it does
// not ask for is not done.
type Conversion struct {
	To     string     `json:"to"` // the currency of the result
	Policy RatePolicy `json:"policy"`

	MaxAge   int               `json:"max_age,omitzero"`  // of LastKnownRate: days, at least 1
	Grain    calendar.Grain    `json:"grain,omitzero"`    // of PeriodAverage: the kind of period
	Calendar calendar.Calendar `json:"calendar,omitzero"` // of PeriodAverage: whose periods
	Plan     string            `json:"plan,omitzero"`     // of PlanRate: its name

	// Inverse allows 1 / rate of the other direction where a pair has no
	// rate of its own.
	Inverse bool `json:"inverse,omitzero"`
	// Via names a currency to go through where a pair has no rate of its
	// own: CHF to USD as CHF to EUR to USD.
	Via string `json:"via,omitzero"`
}

// Validate reports a malformed currency, a policy outside its constants,
// what a policy needs and does not have, what belongs to another policy, and
// a currency to go through that is the one to arrive at.
func (c Conversion) Validate() error {
	problems := check.List{Op: "kpi.Conversion"}
	if !validCurrency(c.To) {
		problems.Add(check.ErrInvalid, "to", "malformed_currency", c.To, "form", "[A-Z]{3}")
	}
	if c.Policy > PlanRate {
		problems.Add(check.ErrUnknown, "policy", "unknown_word", uint8(c.Policy))
	}
	switch lastKnown := c.Policy == LastKnownRate; {
	case lastKnown && (c.MaxAge < 1 || c.MaxAge > MaxRateAge):
		problems.Add(check.ErrRange, "max_age", "max_age_out_of_range", c.MaxAge, "least", 1, "most", MaxRateAge)
	case !lastKnown && c.MaxAge != 0:
		problems.Add(check.ErrInvalid, "max_age", "not_of_this_policy", c.MaxAge, "policy", c.Policy)
	}
	c.validatePeriod(&problems)
	switch plan := c.Policy == PlanRate; {
	case plan && c.Plan == "":
		problems.Add(check.ErrMissing, "plan", "missing_plan", nil)
	case !plan && c.Plan != "":
		problems.Add(check.ErrInvalid, "plan", "not_of_this_policy", c.Plan, "policy", c.Policy)
	}
	switch {
	case c.Via == "":
	case !validCurrency(c.Via):
		problems.Add(check.ErrInvalid, "via", "malformed_currency", c.Via, "form", "[A-Z]{3}")
	case c.Via == c.To:
		problems.Add(check.ErrInvalid, "via", "same_currency", c.Via)
	}
	return problems.Err()
}

func (c Conversion) validatePeriod(problems *check.List) {
	average := c.Policy == PeriodAverage
	_, err := c.Grain.MarshalText()
	switch {
	case average && c.Grain == calendar.NoGrain:
		problems.Add(check.ErrMissing, "grain", "missing_grain", nil)
	case average && err != nil:
		problems.Nest("grain", err)
	case !average && c.Grain != calendar.NoGrain:
		problems.Add(check.ErrInvalid, "grain", "not_of_this_policy", c.Grain, "policy", c.Policy)
	case !average && c.Calendar != calendar.Calendar{}:
		problems.Add(check.ErrInvalid, "calendar", "not_of_this_policy", nil, "policy", c.Policy)
	}
}
