package kpi

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Converter brings amounts into one currency. It never changes, so one may
// serve all goroutines; to have it count what it could not price, ask
// through [Converter.Tally].
type Converter struct {
	fx         FX
	conversion Conversion
}

// Converter binds the table to a policy. Errors are those of
// [Conversion.Validate].
func (x FX) Converter(c Conversion) (Converter, error) {
	if err := c.Validate(); err != nil {
		problems := check.List{Op: "kpi.FX.Converter"}
		problems.Nest("", err)
		return Converter{}, problems.Err()
	}
	return Converter{x, c}, nil
}

// Conversion gives the policy.
func (c Converter) Conversion() Conversion { return c.conversion }

// Convert gives an amount of a day in the converter's currency, exactly:
// nothing is rounded but where it is shown. An amount that has no rate is
// undefined with reason Unpriced, never zero; an amount that is undefined
// stays so for its own reason and needs no rate.
func (c Converter) Convert(amount Value, currency string, day calendar.Day) Value {
	if !amount.Defined() {
		return amount
	}
	return amount.Mul(c.Rate(currency, day))
}

// Rate gives what one unit of a currency is on a day in the converter's
// currency; of that currency itself it is 1. In this order it is
//
//	the rate of the pair by the policy
//	1 / the rate of the other direction, where Inverse asks for it
//	the product of two such rates through Via, where that is named
//
// and undefined with reason Unpriced where there is none of them.
func (c Converter) Rate(currency string, day calendar.Day) Value {
	to, via := c.conversion.To, c.conversion.Via
	rate := c.leg(currency, to, day)
	if rate.Defined() || via == "" || via == currency {
		return rate
	}
	return c.leg(currency, via, day).Mul(c.leg(via, to, day))
}

// leg gives the rate of a pair without going through another currency.
func (c Converter) leg(from, to string, day calendar.Day) Value {
	if from == to {
		if to == "" { // the zero Converter
			return Undefined(Unpriced)
		}
		return Int(1)
	}
	rate, known := c.stated(pair{from, to}, day)
	if !known && c.conversion.Inverse {
		rate, known = c.stated(pair{to, from}, day)
		rate = Int(1).Div(rate)
	}
	if !known {
		return Undefined(Unpriced)
	}
	return rate
}

// stated gives the rate of a pair as the table states it.
func (c Converter) stated(p pair, day calendar.Day) (rate Value, known bool) {
	if c.conversion.Policy == PlanRate {
		rate, known = c.fx.plans[p][c.conversion.Plan]
		return rate, known
	}
	d := c.fx.days[p]
	switch c.conversion.Policy {
	case LastKnownRate:
		i := d.before(day+1) - 1
		if i < 0 || day.Sub(d.days[i]) > c.conversion.MaxAge {
			return Value{}, false
		}
		return d.rates[i], true
	case PeriodAverage:
		return d.mean(c.conversion.Calendar.PeriodOf(c.conversion.Grain, day))
	}
	i := d.before(day)
	if i == len(d.days) || d.days[i] != day {
		return Value{}, false
	}
	return d.rates[i], true
}

// mean gives the mean of the rates known in a period. A day without a rate,
// such as a Sunday, has no part in it: the European Central Bank and the
// Banca d'Italia publish monthly and annual averages of daily rates so.
func (d daily) mean(p calendar.Period) (mean Value, known bool) {
	if p.IsZero() || len(d.days) == 0 {
		return Value{}, false
	}
	first, end := d.before(p.Start()), d.before(p.End())
	if first == end {
		return Value{}, false
	}
	return Sum(slices.Values(d.rates[first:end])).Div(Int(int64(end - first))), true
}
