package kpi

import (
	"cmp"
	"encoding/json"
	"slices"
	"sort"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Rate is an exchange rate: one unit of From is Rate units of To. It is
// either of a day or of a named plan, never of both.
type Rate struct {
	From string       `json:"from"` // ISO 4217, such as EUR
	To   string       `json:"to"`
	Day  calendar.Day `json:"day,omitzero"`
	Plan string       `json:"plan,omitzero"` // "budget 2026": one rate however the days go
	Rate Value        `json:"rate"`
}

// Validate reports a currency that is not three capital letters, two equal
// ones, a rate that is missing, zero or below, and a rate that has both a
// day and a plan or neither.
func (r Rate) Validate() error {
	problems := check.List{Op: "kpi.Rate"}
	for _, c := range []struct{ path, code string }{{"from", r.From}, {"to", r.To}} {
		if !validCurrency(c.code) {
			problems.Add(check.ErrInvalid, c.path, "malformed_currency", c.code, "form", "[A-Z]{3}")
		}
	}
	if r.From == r.To && validCurrency(r.To) {
		problems.Add(check.ErrInvalid, "to", "same_currency", r.To)
	}
	switch {
	case r.Day.IsZero() && r.Plan == "":
		problems.Add(check.ErrMissing, "day", "neither_day_nor_plan", nil)
	case !r.Day.IsZero() && r.Plan != "":
		problems.Add(check.ErrInvalid, "plan", "both_day_and_plan", r.Plan, "day", r.Day)
	case !r.Day.IsZero() && !r.Day.Valid():
		problems.Add(check.ErrRange, "day", "year_out_of_range", r.Day)
	}
	if r.Plan != "" {
		problems.ID("plan", "missing_plan", r.Plan)
	}
	switch {
	case !r.Rate.Defined():
		problems.Add(check.ErrMissing, "rate", "missing_rate", nil)
	case r.Rate.Sign() <= 0:
		problems.Add(check.ErrRange, "rate", "not_above_zero", r.Rate)
	}
	return problems.Err()
}

// FX is a table of exchange rates. It is immutable, shares nothing with what
// it was made of and is safe for concurrent use; a [Converter] answers from
// it by a stated policy. The zero FX has no rates.
type FX struct {
	days  map[pair]daily
	plans map[pair]map[string]Value
}

type pair struct{ from, to string }

// daily holds the rates of one pair in order of days.
type daily struct {
	days  []calendar.Day
	rates []Value
}

// NewFX checks rates and makes a table of them, in any order. Every problem
// is reported: those of [Rate.Validate] at rates[i], and a second rate of
// one pair for one day or plan (check.ErrDuplicate), also where both are
// equal. A rate of EUR to USD says nothing of USD to EUR: see
// [Conversion].Inverse.
func NewFX(rates []Rate) (FX, error) { return newFX("kpi.NewFX", rates) }

func newFX(op string, rates []Rate) (FX, error) {
	problems := check.List{Op: op}
	type key struct {
		pair
		day  calendar.Day
		plan string
	}
	first := make(map[key]int, len(rates))
	for i, r := range rates {
		problems.Nest(check.At("rates", i), r.Validate())
		k := key{pair{r.From, r.To}, r.Day, r.Plan}
		if before, double := first[k]; double {
			problems.Add(check.ErrDuplicate, check.At("rates", i), "duplicate_rate", r.From+" "+r.To, "first", check.At("rates", before))
			continue
		}
		first[k] = i
	}
	if err := problems.Err(); err != nil {
		return FX{}, err
	}
	return index(rates), nil
}

func index(rates []Rate) FX {
	x := FX{days: map[pair]daily{}, plans: map[pair]map[string]Value{}}
	for _, r := range slices.SortedFunc(slices.Values(rates), compareRates) {
		p := pair{r.From, r.To}
		if r.Plan != "" {
			if x.plans[p] == nil {
				x.plans[p] = map[string]Value{}
			}
			x.plans[p][r.Plan] = r.Rate
			continue
		}
		d := x.days[p]
		d.days, d.rates = append(d.days, r.Day), append(d.rates, r.Rate)
		x.days[p] = d
	}
	return x
}

func compareRates(a, b Rate) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Plan, b.Plan), a.Day.Compare(b.Day))
}

// Rates gives the table in order of from, to, plan and day, those of days
// first. The slice belongs to the caller.
func (x FX) Rates() []Rate {
	rates := []Rate{}
	for p, d := range x.days {
		for i, day := range d.days {
			rates = append(rates, Rate{From: p.from, To: p.to, Day: day, Rate: d.rates[i]})
		}
	}
	for p, plans := range x.plans {
		for plan, rate := range plans {
			rates = append(rates, Rate{From: p.from, To: p.to, Plan: plan, Rate: rate})
		}
	}
	slices.SortFunc(rates, compareRates)
	return rates
}

// Equal reports whether both hold the same rates.
func (x FX) Equal(y FX) bool { return slices.Equal(x.Rates(), y.Rates()) }

// before gives how many rates are of days before the day.
func (d daily) before(day calendar.Day) int {
	return sort.Search(len(d.days), func(i int) bool { return d.days[i] >= day })
}

const schemaFX = "saleskpi/fx/1"

type fxJSON struct {
	Schema string `json:"schema"`
	Rates  []Rate `json:"rates"`
}

// MarshalJSON gives {"schema":"saleskpi/fx/1","rates":[…]} in the order of
// [FX.Rates].
func (x FX) MarshalJSON() ([]byte, error) {
	return json.Marshal(fxJSON{Schema: schemaFX, Rates: x.Rates()})
}

// UnmarshalJSON reads what MarshalJSON writes, in any order, with the checks
// of [NewFX]; null leaves the table as it is.
func (x *FX) UnmarshalJSON(data []byte) error {
	const op = "kpi.FX"
	if string(data) == "null" {
		return nil
	}
	var j fxJSON
	if err := check.Decode(op, data, &j); err != nil {
		return err
	}
	if j.Schema != schemaFX {
		return check.New(op, check.ErrUnknown, "schema", "unknown_schema", j.Schema, "known", schemaFX)
	}
	read, err := newFX(op, j.Rates)
	if err == nil {
		*x = read
	}
	return err
}
