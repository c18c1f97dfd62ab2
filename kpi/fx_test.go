package kpi_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func rate(from, to, day, rate string) kpi.Rate {
	return kpi.Rate{From: from, To: to, Day: calendar.MustDay(day), Rate: kpi.MustParse(rate)}
}

func table(t rapid.TB, rates ...kpi.Rate) kpi.FX {
	t.Helper()
	fx, err := kpi.NewFX(rates)
	if err != nil {
		t.Fatal(err)
	}
	return fx
}

func converter(t rapid.TB, fx kpi.FX, c kpi.Conversion) kpi.Converter {
	t.Helper()
	converter, err := fx.Converter(c)
	if err != nil {
		t.Fatal(err)
	}
	return converter
}

func TestConverter(t *testing.T) {
	fx := table(t,
		rate("EUR", "USD", "2026-01-30", "1.10"), rate("EUR", "USD", "2026-02-02", "1.20"), rate("EUR", "USD", "2026-02-03", "1.26"),
		rate("CHF", "EUR", "2026-02-02", "1.05"), rate("USD", "JPY", "2026-02-02", "150"),
		kpi.Rate{From: "EUR", To: "USD", Plan: "2026", Rate: kpi.MustParse("1.15")},
	)
	unpriced := kpi.Undefined(kpi.Unpriced)
	for _, c := range []struct {
		why           string
		conversion    kpi.Conversion
		currency, day string
		want          kpi.Value // of 100 units, worked by hand
	}{
		{"rate of the day", kpi.Conversion{To: "USD"}, "EUR", "2026-02-02", kpi.Int(120)},
		{"own currency needs no rate", kpi.Conversion{To: "USD"}, "USD", "2026-02-01", kpi.Int(100)},
		{"a Sunday has no rate of the day", kpi.Conversion{To: "USD"}, "EUR", "2026-02-01", unpriced},
		{"last known of that Sunday", kpi.Conversion{To: "USD", Policy: kpi.LastKnownRate, MaxAge: 3}, "EUR", "2026-02-01", kpi.Int(110)},
		{"last known of a day with a rate is its own", kpi.Conversion{To: "USD", Policy: kpi.LastKnownRate, MaxAge: 3}, "EUR", "2026-02-02", kpi.Int(120)},
		{"too old by a day", kpi.Conversion{To: "USD", Policy: kpi.LastKnownRate, MaxAge: 3}, "EUR", "2026-02-07", unpriced},
		{"just not too old", kpi.Conversion{To: "USD", Policy: kpi.LastKnownRate, MaxAge: 3}, "EUR", "2026-02-06", kpi.Int(126)},
		{"before the first rate", kpi.Conversion{To: "USD", Policy: kpi.LastKnownRate, MaxAge: 3}, "EUR", "2026-01-29", unpriced},
		{"mean of 1.20 and 1.26", kpi.Conversion{To: "USD", Policy: kpi.PeriodAverage, Grain: calendar.Monthly}, "EUR", "2026-02-28", kpi.Int(123)},
		{"mean of the quarter: 3.56/3", kpi.Conversion{To: "USD", Policy: kpi.PeriodAverage, Grain: calendar.Quarterly}, "EUR", "2026-03-31", kpi.Frac(356, 3)},
		{"a month without rates", kpi.Conversion{To: "USD", Policy: kpi.PeriodAverage, Grain: calendar.Monthly}, "EUR", "2026-03-01", unpriced},
		{"plan rate, whatever the day", kpi.Conversion{To: "USD", Policy: kpi.PlanRate, Plan: "2026"}, "EUR", "1999-12-31", kpi.Int(115)},
		{"another plan", kpi.Conversion{To: "USD", Policy: kpi.PlanRate, Plan: "2027"}, "EUR", "2026-02-02", unpriced},
		{"the other direction is not asked for", kpi.Conversion{To: "EUR"}, "USD", "2026-02-02", unpriced},
		{"the other direction", kpi.Conversion{To: "EUR", Inverse: true}, "USD", "2026-02-02", kpi.Frac(250, 3)},
		{"through EUR is not asked for", kpi.Conversion{To: "USD"}, "CHF", "2026-02-02", unpriced},
		{"through EUR: 1.05 × 1.20", kpi.Conversion{To: "USD", Via: "EUR"}, "CHF", "2026-02-02", kpi.Int(126)},
		{"a rate of its own goes before the way", kpi.Conversion{To: "USD", Via: "JPY", Inverse: true}, "EUR", "2026-02-02", kpi.Int(120)},
		{"one leg is missing", kpi.Conversion{To: "USD", Via: "EUR"}, "CHF", "2026-02-03", unpriced},
		{"two legs, both turned round: 1 / (1.2 × 1.05)", kpi.Conversion{To: "CHF", Via: "EUR", Inverse: true}, "USD", "2026-02-02", kpi.Frac(5000, 63)},
		{"no currency", kpi.Conversion{To: "USD"}, "", "2026-02-02", unpriced},
		{"no day", kpi.Conversion{To: "USD"}, "EUR", "", unpriced},
	} {
		var day calendar.Day
		if c.day != "" {
			day = calendar.MustDay(c.day)
		}
		if got := converter(t, fx, c.conversion).Convert(kpi.Int(100), c.currency, day); got != c.want {
			t.Errorf("%s: %v, want %v", c.why, got, c.want)
		}
	}
	if got := (kpi.Converter{}).Convert(kpi.Int(1), "", calendar.MustDay("2026-01-01")); got != unpriced {
		t.Errorf("the zero Converter prices %v", got)
	}
	if got := converter(t, fx, kpi.Conversion{To: "USD"}).Convert(kpi.Undefined(kpi.NoAmount), "CHF", 0); got != kpi.Undefined(kpi.NoAmount) {
		t.Errorf("no amount needs no rate: %v", got)
	}
}

// The rates at which currencies became the euro, from Council Regulation
// (EC) 2866/98: 1 EUR = 1.95583 DEM = 6.55957 FRF. Between two of them
// Regulation 1103/97 has amounts go through the euro, never by a rate of
// their own, and forbids rounded inverse rates.
func TestEuroConversion(t *testing.T) {
	plan := func(to, r string) kpi.Rate {
		return kpi.Rate{From: "EUR", To: to, Plan: "euro", Rate: kpi.MustParse(r)}
	}
	fx := table(t, plan("DEM", "1.95583"), plan("FRF", "6.55957"))
	francs := converter(t, fx, kpi.Conversion{To: "FRF", Policy: kpi.PlanRate, Plan: "euro", Inverse: true, Via: "EUR"})
	got := francs.Convert(kpi.Int(195583), "DEM", calendar.MustDay("1999-01-04"))
	if got != kpi.Int(655957) { // 195,583 DEM are 100,000 EUR, and those 655,957 FRF
		t.Errorf("%v francs", got)
	}
}

func TestNewFXReportsEverything(t *testing.T) {
	day := calendar.MustDay("2026-01-05")
	_, err := kpi.NewFX([]kpi.Rate{
		rate("EUR", "USD", "2026-01-05", "1.1"),
		{From: "euro", To: "US", Day: day, Rate: kpi.Int(1)},
		{From: "EUR", To: "EUR", Day: day, Rate: kpi.Int(0)},
		{From: "EUR", To: "USD", Rate: kpi.Int(-1)},
		{From: "EUR", To: "CHF", Day: day, Plan: "x"},
		rate("EUR", "USD", "2026-01-05", "1.1"),
		{From: "EUR", To: "JPY", Day: day + 1000000, Rate: kpi.Int(1)},
		{From: "EUR", To: "SEK", Plan: "\xff", Rate: kpi.Int(1)},
	})
	want := []string{
		"rates[1].from malformed_currency", "rates[1].to malformed_currency", "rates[2].to same_currency", "rates[2].rate not_above_zero",
		"rates[3].day neither_day_nor_plan", "rates[3].rate not_above_zero", "rates[4].plan both_day_and_plan", "rates[4].rate missing_rate",
		"rates[5] duplicate_rate", "rates[6].day year_out_of_range", "rates[7].plan not_utf8",
	}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestConversionValidate(t *testing.T) {
	for _, c := range []struct {
		why        string
		conversion kpi.Conversion
		want       []string
	}{
		{"the least", kpi.Conversion{To: "USD"}, nil},
		{"nothing", kpi.Conversion{}, []string{"to malformed_currency"}},
		{"last known needs an age", kpi.Conversion{To: "USD", Policy: kpi.LastKnownRate}, []string{"max_age max_age_out_of_range"}},
		{"average needs a grain", kpi.Conversion{To: "USD", Policy: kpi.PeriodAverage}, []string{"grain missing_grain"}},
		{"average needs a known grain", kpi.Conversion{To: "USD", Policy: kpi.PeriodAverage, Grain: 99}, []string{"grain unknown_grain"}},
		{"plan needs a name", kpi.Conversion{To: "USD", Policy: kpi.PlanRate}, []string{"plan missing_plan"}},
		{"what belongs to others", kpi.Conversion{To: "USD", MaxAge: 1, Grain: calendar.Monthly, Plan: "x", Via: "USD"},
			[]string{"max_age not_of_this_policy", "grain not_of_this_policy", "plan not_of_this_policy", "via same_currency"}},
		{"unknown", kpi.Conversion{To: "USD", Policy: 9, Via: "x"}, []string{"policy unknown_word", "via malformed_currency"}},
	} {
		if got := problems(c.conversion.Validate()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", c.why, got)
		}
		if _, err := (kpi.FX{}).Converter(c.conversion); !slices.Equal(problems(err), c.want) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
}

func TestTally(t *testing.T) {
	fx := table(t, rate("EUR", "USD", "2026-02-02", "1.20"))
	usd := converter(t, fx, kpi.Conversion{To: "USD"})
	type amount struct {
		value         kpi.Value
		currency, day string
	}
	amounts := []amount{
		{kpi.Int(1), "EUR", "2026-02-02"}, {kpi.Int(1), "USD", "2026-02-05"}, {kpi.Int(1), "CHF", "2026-02-05"},
		{kpi.Int(1), "EUR", "2026-02-04"}, {kpi.Value{}, "CHF", "2026-02-05"}, {kpi.Int(0), "CHF", "2026-02-01"},
	}
	fill := func(amounts []amount) kpi.ConversionReport {
		tally := usd.Tally()
		for _, a := range amounts {
			day := calendar.MustDay(a.day)
			if got := tally.Convert(a.value, a.currency, day); got != usd.Convert(a.value, a.currency, day) {
				t.Errorf("counted: %v", got)
			}
		}
		return tally.Report()
	}
	want := kpi.ConversionReport{To: "USD", Read: 6, Converted: 2, Undefined: 1, Unpriced: 3, Currencies: []kpi.UnpricedAmounts{
		{From: "CHF", Count: 2, First: calendar.MustDay("2026-02-01"), Last: calendar.MustDay("2026-02-05")},
		{From: "EUR", Count: 1, First: calendar.MustDay("2026-02-04"), Last: calendar.MustDay("2026-02-04")},
	}}
	if diff := cmp.Diff(want, fill(amounts)); diff != "" {
		t.Error(diff)
	}
	for cut := range amounts {
		sum, err := fill(amounts[cut:]).Add(fill(amounts[:cut]))
		if diff := cmp.Diff(want, sum); diff != "" || err != nil {
			t.Errorf("cut at %d: %v %s", cut, err, diff)
		}
	}
	if _, err := want.Add(kpi.ConversionReport{To: "EUR"}); !errors.Is(err, check.ErrUnit) {
		t.Error(err)
	}
	text, err := json.Marshal(fill(nil))
	if err != nil || string(text) != `{"to":"USD","read":0,"converted":0,"undefined":0,"unpriced":0,"currencies":[]}` {
		t.Errorf("%s, %v", text, err)
	}
}

// drawRates draws a table without duplicates, in any order.
func drawRates(t *rapid.T) []kpi.Rate {
	rates := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) kpi.Rate {
		currencies := rapid.Permutation([]string{"USD", "EUR", "CHF"}).Draw(t, "currencies")
		r := kpi.Rate{From: currencies[0], To: currencies[1], Rate: kpi.Frac(rapid.Int64Range(1, 99).Draw(t, "num"), rapid.Int64Range(1, 99).Draw(t, "den"))}
		if rapid.IntRange(0, 4).Draw(t, "plan") == 0 {
			r.Plan = "2026"
		} else {
			r.Day = calendar.MustDay("2026-01-01").Add(rapid.IntRange(0, 40).Draw(t, "day"))
		}
		return r
	}), 0, 30, func(r kpi.Rate) kpi.Rate { r.Rate = kpi.Value{}; return r }).Draw(t, "rates")
	return rates
}

func TestFXRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rates := drawRates(t)
		before := slices.Clone(rates)
		fx := table(t, rates...)
		if !slices.Equal(rates, before) {
			t.Fatal("input was changed")
		}
		slices.Reverse(rates)
		if turned := table(t, rates...); !turned.Equal(fx) {
			t.Fatal("the order of rates matters")
		}
		text, err := json.Marshal(fx)
		if err != nil {
			t.Fatal(err)
		}
		var back kpi.FX
		if err := json.Unmarshal(text, &back); err != nil || !back.Equal(fx) || len(back.Rates()) != len(rates) {
			t.Fatalf("%s: %v", text, err)
		}
		if again, _ := json.Marshal(back); string(again) != string(text) {
			t.Fatalf("%s, then %s", text, again)
		}
	})
}

// There and back by the inverse rate is where it began, and means lie where
// a plain loop over the rates has them.
func TestFXLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rates := drawRates(t)
		fx := table(t, rates...)
		day := calendar.MustDay("2026-01-01").Add(rapid.IntRange(0, 59).Draw(t, "day"))
		amount := kpi.Int(rapid.Int64Range(-999, 999).Draw(t, "amount"))
		there := converter(t, fx, kpi.Conversion{To: "USD"}).Convert(amount, "EUR", day)
		if !slices.ContainsFunc(rates, func(r kpi.Rate) bool { return r.From == "USD" && r.To == "EUR" && r.Day == day }) && there.Defined() {
			if back := converter(t, fx, kpi.Conversion{To: "EUR", Inverse: true}).Convert(there, "USD", day); back != amount {
				t.Fatalf("%v EUR are %v USD are %v EUR", amount, there, back)
			}
		}
		sum, n, last := kpi.Int(0), int64(0), kpi.Rate{}
		for _, r := range rates {
			if r.From != "EUR" || r.To != "USD" || r.Plan != "" {
				continue
			}
			if r.Day.Month() == day.Month() {
				sum, n = sum.Add(r.Rate), n+1
			}
			if r.Day <= day && day.Sub(r.Day) <= 5 && r.Day > last.Day {
				last = r
			}
		}
		mean := sum.Div(kpi.Int(n))
		if n == 0 {
			mean = kpi.Undefined(kpi.Unpriced)
		}
		if got := converter(t, fx, kpi.Conversion{To: "USD", Policy: kpi.PeriodAverage, Grain: calendar.Monthly}).Rate("EUR", day); got != mean {
			t.Fatalf("mean %v, want %v", got, mean)
		}
		known := last.Rate
		if last.Day.IsZero() {
			known = kpi.Undefined(kpi.Unpriced)
		}
		if got := converter(t, fx, kpi.Conversion{To: "USD", Policy: kpi.LastKnownRate, MaxAge: 5}).Rate("EUR", day); got != known {
			t.Fatalf("last known %v, want %v", got, known)
		}
	})
}

func FuzzFXJSON(f *testing.F) {
	f.Add([]byte(`{"schema":"saleskpi/fx/1","rates":[{"from":"EUR","to":"USD","day":"2026-01-05","rate":{"value":"1.1"}}]}`))
	f.Add([]byte(`{"schema":"saleskpi/fx/1","rates":[{"from":"EUR","to":"USD","plan":"a","rate":"2"},{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var fx kpi.FX
		if err := json.Unmarshal(data, &fx); err != nil {
			if !fx.Equal(kpi.FX{}) {
				t.Fatal("changed although there was a problem")
			}
			return
		}
		text, err := json.Marshal(fx)
		if err != nil {
			t.Fatal(err)
		}
		var back kpi.FX
		if err := json.Unmarshal(text, &back); err != nil || !back.Equal(fx) {
			t.Fatalf("%s: %v", text, err)
		}
	})
}
