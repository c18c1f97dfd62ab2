package kpi_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func TestValueJSON(t *testing.T) {
	for _, c := range []struct {
		why  string
		v    kpi.Value
		want string
	}{
		{"the example of DESIGN.md", kpi.Frac(5002767, 2119), `{"value":"2360.909391222275","exact":"5002767/2119"}`},
		{"exact decimal", kpi.Minor(1250, 2), `{"value":"12.5"}`},
		{"thirteen places", kpi.Minor(1, 13), `{"value":"0","exact":"0.0000000000001"}`},
		{"undefined", kpi.Undefined(kpi.ZeroDenominator), `{"undefined":"zero_denominator"}`},
		{"zero value", kpi.Value{}, `{"undefined":"no_data"}`},
		{"zero", kpi.Int(0), `{"value":"0"}`},
	} {
		text, err := json.Marshal(c.v)
		if err != nil || string(text) != c.want {
			t.Errorf("%s: %s, %v, want %s", c.why, text, err, c.want)
		}
	}
	for why, text := range map[string]string{"string": `"12.5"`, "number": `12.5`, "object": `{"value":"12.50"}`, "exact": `{"value":"12.5","exact":"25/2"}`} {
		var v kpi.Value
		if err := json.Unmarshal([]byte(text), &v); err != nil || v != kpi.Frac(25, 2) {
			t.Errorf("%s: %v, %v", why, v, err)
		}
	}
}

func TestValueJSONErrors(t *testing.T) {
	for why, text := range map[string]string{
		"empty object": `{}`, "unknown field": `{"value":"1","unit":"USD"}`, "unknown reason": `{"undefined":"sorry"}`,
		"both": `{"value":"1","undefined":"no_data"}`, "contradiction": `{"value":"0.5","exact":"1/3"}`, "exponent": `1e400`,
		"bool": `true`, "list": `[1]`, "text": `"a lot"`, "zero denominator": `{"value":"0","exact":"1/0"}`,
	} {
		v := kpi.Int(7)
		var problem *check.Error
		if err := json.Unmarshal([]byte(text), &v); !errors.As(err, &problem) || v != kpi.Int(7) {
			t.Errorf("%s: %v, left %v", why, err, v)
		}
	}
	v := kpi.Int(7)
	if err := json.Unmarshal([]byte(`null`), &v); err != nil || v != kpi.Int(7) {
		t.Errorf("null: %v, left %v", err, v)
	}
}

func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) kpi.Value {
			if rapid.Bool().Draw(t, label+" undefined") {
				return kpi.Undefined(rapid.SampledFrom(reasons).Draw(t, label))
			}
			return fromRat(t, rationals().Draw(t, label))
		}
		type record struct {
			V kpi.Value    `json:"v"`
			R kpi.Ratio    `json:"r"`
			E kpi.Estimate `json:"e"`
		}
		in := record{V: draw("v"), R: kpi.NewRatio(draw("num"), draw("den"))}
		in.E = kpi.NoEstimate(rapid.SampledFrom(reasons).Draw(t, "reason"))
		text, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var out record
		if err := json.Unmarshal(text, &out); err != nil || out != in {
			t.Fatalf("%s comes back as %+v, %v", text, out, err)
		}
	})
}

// Sums and products of the longest amounts that come in are longer, and come
// back from JSON all the same.
func TestLongNumbersComeBack(t *testing.T) {
	longest := kpi.MustParse(strings.Repeat("9", kpi.MaxDigits))
	for why, v := range map[string]kpi.Value{
		"65 digits": longest.Add(longest), "128 digits": longest.Mul(longest).Neg(), "with places": longest.Add(kpi.Minor(1, 18)),
		"a wide fraction": longest.Div(longest.Add(kpi.Int(2))),
	} {
		var back struct {
			V kpi.Value `json:"v"`
			R kpi.Ratio `json:"r"`
		}
		before := back
		before.V, before.R = v, kpi.NewRatio(v, kpi.Int(3))
		text, err := json.Marshal(before)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &back); err != nil || back != before {
			t.Errorf("%s: %s comes back as %v, %v", why, text, back, err)
		}
	}
	huge := longest
	for range 8 {
		huge = huge.Mul(huge)
	}
	if _, err := json.Marshal(huge); err == nil {
		t.Error("a Value writes what it would not read")
	}
	if _, err := json.Marshal(kpi.NewRatio(huge, kpi.Int(1))); err == nil {
		t.Error("a Ratio writes what it would not read")
	}
}

func TestRatio(t *testing.T) {
	// won of closed, overall, of data/crm_opportunities/reference.json
	text, err := json.Marshal(kpi.RatioOf(4238, 6711))
	if err != nil || string(text) != `{"num":"4238","den":"6711","value":"0.631500521532"}` {
		t.Errorf("%s, %v", text, err)
	}
	text, err = json.Marshal(kpi.RatioOf(0, 0))
	if err != nil || string(text) != `{"num":"0","den":"0","undefined":"zero_denominator"}` {
		t.Errorf("%s, %v", text, err)
	}
	if v := kpi.RatioOf(0, 7).Value(); v != kpi.Int(0) {
		t.Errorf("0 of 7 is %v", v)
	}
	// Quarters of the same reference: 531/647 and 1254/2032 are together
	// 1785 of 2679, and not the mean of the two rates.
	both := kpi.RatioOf(531, 647).Add(kpi.RatioOf(1254, 2032))
	if both != kpi.RatioOf(1785, 2679) {
		t.Errorf("pooled: %v", both)
	}
	for why, bad := range map[string]string{
		"another value": `{"num":"1","den":"2","value":"0.6"}`, "another reason": `{"num":"1","den":"0","undefined":"no_data"}`,
		"reason for a defined one": `{"num":"1","den":"2","undefined":"no_data"}`, "not a number": `{"num":"x","den":"2"}`,
		"unknown field": `{"num":"1","den":"2","percent":"50"}`,
	} {
		r := kpi.RatioOf(1, 3)
		if err := json.Unmarshal([]byte(bad), &r); err == nil || r != kpi.RatioOf(1, 3) {
			t.Errorf("%s: %v, left %v", why, err, r)
		}
	}
}

func TestRatiosPool(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var num, den int64
		pooled := kpi.RatioOf(0, 0)
		for range rapid.IntRange(0, 10).Draw(t, "parts") {
			d := rapid.Int64Range(0, 1000).Draw(t, "den")
			n := rapid.Int64Range(0, d).Draw(t, "num")
			num, den = num+n, den+d
			pooled = pooled.Add(kpi.RatioOf(n, d))
		}
		if pooled != kpi.RatioOf(num, den) {
			t.Fatalf("%v, want %d of %d", pooled, num, den)
		}
	})
}

func TestEstimate(t *testing.T) {
	for why, f := range map[string]float64{"NaN": math.NaN(), "+Inf": math.Inf(1), "-Inf": math.Inf(-1)} {
		if e := kpi.NewEstimate(f); e.Defined() || e.Reason() != kpi.NotApplicable {
			t.Errorf("%s: %v", why, e)
		}
	}
	if kpi.NewEstimate(math.Copysign(0, -1)) != kpi.NewEstimate(0) {
		t.Error("−0 is not 0")
	}
	if (kpi.Estimate{}).Reason() != kpi.NoData || kpi.NoEstimate(kpi.NoData) != (kpi.Estimate{}) {
		t.Error("the zero Estimate is not no data")
	}
	for f, want := range map[float64]string{
		1.0 / 3: `{"estimate":0.3333333333}`, 2: `{"estimate":2}`, math.MaxFloat64: `{"estimate":1.7976931348623157e+308}`,
	} {
		text, err := json.Marshal(kpi.NewEstimate(f))
		if err != nil || string(text) != want {
			t.Errorf("%v: %s, %v, want %s", f, text, err, want)
		}
	}
	if kpi.NewEstimate(1).Compare(kpi.NewEstimate(2)) >= 0 || kpi.NoEstimate(kpi.TooFew).Compare(kpi.NewEstimate(-1)) >= 0 {
		t.Error("estimates are not ordered undefined first, then by number")
	}
	var e kpi.Estimate
	if err := json.Unmarshal([]byte(`{"estimate":1,"undefined":"too_few"}`), &e); err == nil {
		t.Error("an estimate is both defined and not")
	}
}
