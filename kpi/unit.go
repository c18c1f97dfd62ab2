package kpi

import (
	"cmp"
	"strings"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Show says how a number of a unit is shown to people. It never changes the
// number: a share is a share, shown as a percentage.
type Show uint8

const (
	AsNumber  Show = iota // 0.42 as 0.42; the zero Show
	AsPercent             // 0.42 as 42 %
	AsScore               // points of a scorecard
)

func showWords() []string { return []string{"number", "percent", "score"} }

// String gives number, percent or score.
func (s Show) String() string { return enum.String(showWords(), s) }

// MarshalText gives the word.
func (s Show) MarshalText() ([]byte, error) { return enum.Marshal("kpi.Show", showWords(), s) }

// UnmarshalText reads the word.
func (s *Show) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kpi.Show", showWords(), text, s)
}

// Unit is what a number counts, as exponents of money and of days, so that
// products and quotients of units are units again: money per day is Money 1,
// Days −1. Counts, ratios and scores have no dimension and differ only in
// Show. Scale is how many decimals people expect to see, and the scale of
// minor units where they are used: 2 for dollars, 0 for yen. Of a percentage
// they are those of the percentage: to round the number itself, see
// [Unit.Places].
//
// The zero Unit is a plain count.
type Unit struct {
	Money    int8   `json:"money,omitzero"`
	Days     int8   `json:"days,omitzero"`
	Currency string `json:"currency,omitzero"` // ISO 4217, where Money is not 0
	Scale    int8   `json:"scale,omitzero"`
	Show     Show   `json:"show,omitzero"`
}

// Money gives the unit of an amount in a currency.
func Money(currency string, scale int8) Unit {
	return Unit{Money: 1, Currency: currency, Scale: scale}
}

// Count gives the unit of a number of things.
func Count() Unit { return Unit{} }

// Share gives the unit of a part of a whole, shown as a percentage with the
// given decimals.
func Share(scale int8) Unit { return Unit{Scale: scale, Show: AsPercent} }

// InDays gives the unit of a duration.
func InDays(scale int8) Unit { return Unit{Days: 1, Scale: scale} }

// Score gives the unit of points.
func Score(scale int8) Unit { return Unit{Scale: scale, Show: AsScore} }

// Validate reports a currency without money or money without a currency
// (both check.ErrUnit), and a scale outside 0…18 (check.ErrRange).
func (u Unit) Validate() error {
	problems := check.List{Op: "kpi.Unit"}
	if u.Money != 0 && u.Currency == "" {
		problems.Add(check.ErrUnit, "currency", "money_without_currency", nil)
	}
	if u.Money == 0 && u.Currency != "" {
		problems.Add(check.ErrUnit, "currency", "currency_without_money", u.Currency)
	}
	if u.Scale < 0 || u.Scale > MaxScale {
		problems.Add(check.ErrRange, "scale", "scale_out_of_range", u.Scale, "most", MaxScale)
	}
	if u.Show > AsScore {
		problems.Add(check.ErrUnknown, "show", "unknown_word", uint8(u.Show))
	}
	return problems.Err()
}

// Same reports whether two numbers may be added or compared: the same
// dimension in the same currency. Scale and Show do not matter.
func (u Unit) Same(w Unit) bool {
	return u.Money == w.Money && u.Days == w.Days && u.Currency == w.Currency
}

// String gives the dimension: USD, days, USD/days, or 1 for a count.
func (u Unit) String() string {
	var above, below []string
	for _, f := range []struct {
		name     string
		exponent int8
	}{{u.Currency, u.Money}, {"days", u.Days}} {
		for range f.exponent {
			above = append(above, f.name)
		}
		for range -f.exponent {
			below = append(below, f.name)
		}
	}
	s := "1"
	if len(above) > 0 {
		s = strings.Join(above, "·")
	}
	if len(below) > 0 {
		s += "/" + strings.Join(below, "·")
	}
	return s
}

// Mul gives the unit of a product: money times a share is money. Money of
// two currencies is check.ErrUnit; an exponent beyond int8 is
// check.ErrRange. Scale is the larger of the two, Show is kept where both
// agree.
func (u Unit) Mul(w Unit) (Unit, error) { return u.combine("kpi.Unit.Mul", w, 1) }

// Div gives the unit of a quotient: money by money of the same currency is a
// plain number, money by days is money per day. Errors, Scale and Show are
// those of Mul.
func (u Unit) Div(w Unit) (Unit, error) { return u.combine("kpi.Unit.Div", w, -1) }

func (u Unit) combine(op string, w Unit, sign int) (Unit, error) {
	if u.Money != 0 && w.Money != 0 && u.Currency != w.Currency {
		return Unit{}, check.New(op, check.ErrUnit, "", "currencies_differ", nil, "left", u.Currency, "right", w.Currency)
	}
	money, days := int(u.Money)+sign*int(w.Money), int(u.Days)+sign*int(w.Days)
	if money != int(int8(money)) || days != int(int8(days)) {
		return Unit{}, check.New(op, check.ErrRange, "", "exponent_too_large", nil, "money", money, "days", days)
	}
	product := Unit{Money: int8(money), Days: int8(days), Scale: max(u.Scale, w.Scale)}
	if money != 0 {
		product.Currency = cmp.Or(u.Currency, w.Currency)
	}
	if u.Show == w.Show {
		product.Show = u.Show
	}
	return product, nil
}
