package kpi_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// float gives the number of an estimate, and fails where there is none.
func float(t *testing.T, e kpi.Estimate) float64 {
	t.Helper()
	f, ok := e.Float64()
	if !ok {
		t.Fatalf("undefined: %s", e.Reason())
	}
	return f
}

func close(got, want float64) bool { return math.Abs(got-want) <= 1e-12*max(1, math.Abs(want)) }

// Every figure names where it comes from; R is 4.2.2 with digits = 15.
func TestIntervals(t *testing.T) {
	c := kpi.Confidence{}
	months := []kpi.Ratio{
		kpi.RatioOf(531, 647), kpi.RatioOf(285, 586), kpi.RatioOf(438, 805), kpi.RatioOf(531, 641), kpi.RatioOf(308, 627),
		kpi.RatioOf(446, 785), kpi.RatioOf(503, 635), kpi.RatioOf(279, 566), kpi.RatioOf(406, 768), kpi.RatioOf(511, 651),
	}
	for name, test := range map[string]struct {
		from      string
		got       kpi.Interval
		method    kpi.IntervalMethod
		rate, n   kpi.Value
		low, high float64
	}{
		"wilson": {"statsmodels, test_confint_proportion_wilson_clip", c.Share(kpi.RatioOf(19, 38)), kpi.Wilson,
			kpi.Frac(1, 2), kpi.Int(38), 0.348499283643951, 0.651500716356049},
		"clopper pearson": {"R: binom.test(19, 38, conf.level = 0.9)", kpi.Confidence{Method: kpi.ClopperPearson, Level: kpi.Frac(9, 10)}.Share(kpi.RatioOf(19, 38)),
			kpi.ClopperPearson, kpi.Frac(1, 2), kpi.Int(38), 0.357361068207555, 0.642638931792445},
		"jeffreys": {"R: qbeta(c(0.025, 0.975), 0.5, 30.5)", kpi.Confidence{Method: kpi.Jeffreys}.Share(kpi.RatioOf(0, 30)),
			kpi.Jeffreys, kpi.Int(0), kpi.Int(30), 1.62318612234643e-05, 0.0796781738172599},
		"csat": {"R: prop.test(84, 100, correct = FALSE)", c.CSAT(84, 100), kpi.Wilson, kpi.Frac(84, 100), kpi.Int(100), 0.755797306107298, 0.899047115111952},
		"nps": {"by hand: 45 ± 195.9963984540054·√((0.75 − 0.45²)/100)", c.NPS(60, 15, 100), kpi.NormalInterval,
			kpi.Int(45), kpi.Int(100), 45 - 195.9963984540054*math.Sqrt(0.005475), 45 + 195.9963984540054*math.Sqrt(0.005475)},
		"product": {"by hand: ln 0.06 ± 1.959963984540054·√(1/24 − 1/400), the stages between cancel",
			c.Product([]kpi.Ratio{kpi.RatioOf(120, 400), kpi.RatioOf(60, 120), kpi.RatioOf(24, 60)}), kpi.LogDelta,
			kpi.Frac(6, 100), kpi.Int(60), 0.06 * math.Exp(-1.959963984540054*math.Sqrt(1.0/24-1.0/400)), 0.06 * math.Exp(1.959963984540054*math.Sqrt(1.0/24-1.0/400))},
		"jackknife": {"R: the definition, with qt(0.975, 4)",
			c.Jackknife(48, []kpi.Ratio{kpi.RatioOf(120, 400), kpi.RatioOf(90, 350), kpi.RatioOf(200, 500), kpi.RatioOf(75, 300), kpi.RatioOf(160, 450)}),
			kpi.Jackknife, kpi.Frac(645, 2000), kpi.Int(48), 0.238469211113424, 0.406530788886576},
		"months plain": {"R: the formula at 4238 of 6711", c.ClusteredShare("month", months).Plain, kpi.Wilson,
			kpi.Frac(4238, 6711), kpi.Int(6711), 0.619886914783114, 0.642963669377957},
		"months grouped": {"R: the formula at k/f of n/f, f = 60.9186832385043", c.ClusteredShare("month", months).Interval, kpi.Wilson,
			kpi.Frac(4238, 6711), kpi.Int(6711), 0.538408039093086, 0.715731021809661},
		"split counts": {"by hand: ½ ± z·√(1/4n + z²/4n²)/(1 + z²/n)", c.Share(kpi.NewRatio(kpi.Frac(15, 2), kpi.Int(15))), kpi.Wilson, kpi.Frac(1, 2), kpi.Int(15), 0.5 - halfOfWilson(15), 0.5 + halfOfWilson(15)},
	} {
		low, high := float(t, test.got.Low), float(t, test.got.High)
		if test.from == "" || test.got.Method != test.method || test.got.Rate != test.rate || test.got.N != test.n || !close(low, test.low) || !close(high, test.high) {
			t.Errorf("%s: %+v; want %v to %v (%s)", name, test.got, test.low, test.high, test.from)
		}
	}
}

// halfOfWilson is the half width of Wilson's interval of n/2 of n.
func halfOfWilson(n float64) float64 {
	const z = 1.959963984540054 // R: qnorm(0.975)
	return z * math.Sqrt(1/(4*n)+z*z/(4*n*n)) / (1 + z*z/n)
}

// What tells too little, or is no rate, has no interval and says why.
func TestNoInterval(t *testing.T) {
	c, none := kpi.Confidence{}, kpi.Ratio{}
	even := func(n int64) kpi.Ratio { return kpi.RatioOf(n, 2*n) }
	mixed := []kpi.Ratio{kpi.RatioOf(1, 2), kpi.RatioOf(4, 5)}
	for name, test := range map[string]struct {
		why  string
		got  kpi.Interval
		want kpi.Reason
	}{
		"nine":                   {"under ten only counts are shown", c.Share(kpi.RatioOf(3, 9)), kpi.TooFew},
		"none":                   {"0 of 0 has no rate", c.Share(kpi.RatioOf(0, 0)), kpi.ZeroDenominator},
		"no data":                {"nothing is known", c.Share(none), kpi.NoData},
		"unpriced":               {"the rate's own reason", c.Share(kpi.NewRatio(kpi.Undefined(kpi.Unpriced), kpi.Int(20))), kpi.Unpriced},
		"more than all":          {"no share", c.Share(kpi.RatioOf(21, 20)), kpi.NotApplicable},
		"below zero":             {"no share", c.Share(kpi.RatioOf(-1, 20)), kpi.NotApplicable},
		"money":                  {"no count", c.Share(kpi.RatioOf(1, 2_000_000_000_000)), kpi.NotApplicable},
		"no level":               {"the record is not valid", kpi.Confidence{Level: kpi.Int(95)}.Share(even(50)), kpi.NotApplicable},
		"csat":                   {"29 answers", c.CSAT(20, 29), kpi.TooFew},
		"nps":                    {"29 answers", c.NPS(20, 5, 29), kpi.TooFew},
		"nps of nobody":          {"no score", c.NPS(0, 0, 0), kpi.ZeroDenominator},
		"nps of one mind":        {"no spread, so nothing to measure chance by", c.NPS(40, 0, 40), kpi.TooFew},
		"nps of too many":        {"more answers than people", c.NPS(40, 10, 45), kpi.NotApplicable},
		"nps below zero":         {"less than nobody", c.NPS(-1, 10, 45), kpi.NotApplicable},
		"product of none":        {"no rates", c.Product(nil), kpi.NoData},
		"product with a zero":    {"nobody arrived, the logarithm has no error", c.Product([]kpi.Ratio{even(50), kpi.RatioOf(0, 50)}), kpi.TooFew},
		"product of all":         {"everybody arrived", c.Product([]kpi.Ratio{kpi.RatioOf(50, 50), kpi.RatioOf(50, 50)}), kpi.TooFew},
		"product of few":         {"one stage has nine", c.Product([]kpi.Ratio{even(50), kpi.RatioOf(3, 9)}), kpi.TooFew},
		"product of 0 of 0":      {"a stage nobody reached", c.Product([]kpi.Ratio{even(50), kpi.RatioOf(0, 0)}), kpi.ZeroDenominator},
		"product of no share":    {"more than all", c.Product([]kpi.Ratio{even(50), kpi.RatioOf(12, 10)}), kpi.NotApplicable},
		"jackknife of one":       {"one group has no spread", c.Jackknife(50, mixed[:1]), kpi.TooFew},
		"jackknife of none":      {"nothing", c.Jackknife(50, nil), kpi.ZeroDenominator},
		"jackknife of nine":      {"under ten records", c.Jackknife(9, mixed), kpi.TooFew},
		"jackknife of empty":     {"groups of no data add nothing", c.Jackknife(50, []kpi.Ratio{mixed[0], none, kpi.RatioOf(0, 0)}), kpi.TooFew},
		"jackknife of one whole": {"all of it in one group", c.Jackknife(50, []kpi.Ratio{kpi.RatioOf(1, 5), kpi.RatioOf(1, 0)}), kpi.TooFew},
		"jackknife alike":        {"no spread", c.Jackknife(50, []kpi.Ratio{even(1), even(2)}), kpi.TooFew},
		"jackknife below zero":   {"a whole below zero", c.Jackknife(50, []kpi.Ratio{kpi.RatioOf(1, -5), kpi.RatioOf(2, -3)}), kpi.NotApplicable},
		"jackknife unpriced":     {"the reason of a group", c.Jackknife(50, []kpi.Ratio{mixed[0], kpi.NewRatio(kpi.Undefined(kpi.Unpriced), kpi.Int(1))}), kpi.Unpriced},
	} {
		if test.why == "" || test.got.Low.Reason() != test.want || test.got.High.Reason() != test.want {
			t.Errorf("%s: %+v; want %s: %s", name, test.got, test.want, test.why)
		}
		if inside, ok := test.got.Contains(kpi.Frac(1, 2)); inside || ok || test.got.Above(test.got) {
			t.Errorf("%s: it contains something, or lies above", name)
		}
	}
}

func TestClustered(t *testing.T) {
	c := kpi.Confidence{}
	for name, test := range map[string]struct {
		why    string
		groups []kpi.Ratio
		factor kpi.Reason // of its absence
		found  bool
	}{
		"apart":      {"groups far apart", []kpi.Ratio{kpi.RatioOf(90, 100), kpi.RatioOf(50, 100), kpi.RatioOf(20, 100)}, 0, true},
		"alike":      {"groups nearly alike", []kpi.Ratio{kpi.RatioOf(51, 100), kpi.RatioOf(50, 100), kpi.RatioOf(49, 100)}, 0, false},
		"one":        {"one group tells nothing of others", []kpi.Ratio{kpi.RatioOf(90, 100)}, kpi.TooFew, false},
		"all won":    {"no binomial variance", []kpi.Ratio{kpi.RatioOf(90, 90), kpi.RatioOf(50, 50)}, kpi.TooFew, false},
		"few":        {"under ten in all", []kpi.Ratio{kpi.RatioOf(3, 4), kpi.RatioOf(1, 4)}, kpi.TooFew, false},
		"no share":   {"a group of more than all", []kpi.Ratio{kpi.RatioOf(30, 20), kpi.RatioOf(1, 40)}, kpi.NotApplicable, false},
		"unpriced":   {"its reason wins", []kpi.Ratio{kpi.NewRatio(kpi.Undefined(kpi.Unpriced), kpi.Int(20)), kpi.RatioOf(1, 40)}, kpi.Unpriced, false},
		"none":       {"nothing at all", nil, kpi.ZeroDenominator, false},
		"only empty": {"nothing in any", []kpi.Ratio{{}, kpi.RatioOf(0, 0)}, kpi.ZeroDenominator, false},
	} {
		got := c.ClusteredShare("owner", test.groups)
		if test.why == "" || got.Factor.Reason() != test.factor || (len(got.Findings) == 1) != test.found || got.Findings == nil {
			t.Errorf("%s: %+v; %s", name, got, test.why)
		}
		if !test.found && got.Interval != got.Plain {
			t.Errorf("%s: not the plain interval: %+v", name, got)
		}
		if test.found && (got.Findings[0].Code != "clustered" || got.Findings[0].Subject != "owner" || got.Interval.Groups != 3 || float(t, got.Interval.Low) >= float(t, got.Plain.Low)) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// The threshold itself counts. Of two groups of n with s won in all and d more
// in one, both θᵢ are the other group's rate: variance d²/4n², binomial
// s(2n − s)/8n³, factor 2n·d²/(s(2n − s)), here 48·36/(24·24) = 3.
func TestClusteredThreshold(t *testing.T) {
	at := []kpi.Ratio{kpi.RatioOf(15, 24), kpi.RatioOf(9, 24)}
	got := kpi.Confidence{Clustered: kpi.Int(3)}.ClusteredShare("owner", at)
	if f := float(t, got.Factor); !close(f, 3) || len(got.Findings) != 1 {
		t.Errorf("at the threshold: %v, %v", f, got.Findings)
	}
	got = kpi.Confidence{Clustered: kpi.MustParse("3.000001")}.ClusteredShare("owner", at)
	if len(got.Findings) != 0 {
		t.Errorf("below the threshold: %v", got.Findings)
	}
}

// R: the definition over records and over groups; factor 3.2989083292493.
func TestClusteredRatio(t *testing.T) {
	c := kpi.Confidence{}
	deals := []kpi.Ratio{
		kpi.RatioOf(50, 500), kpi.RatioOf(80, 700), kpi.RatioOf(60, 640), kpi.RatioOf(10, 400), kpi.RatioOf(0, 520), kpi.RatioOf(20, 610),
		kpi.RatioOf(70, 690), kpi.RatioOf(90, 840), kpi.RatioOf(65, 600), kpi.RatioOf(5, 480), kpi.RatioOf(15, 650), kpi.RatioOf(10, 500),
		kpi.RatioOf(40, 520), kpi.RatioOf(45, 470), kpi.RatioOf(55, 610),
	}
	owners := []kpi.Ratio{kpi.RatioOf(190, 1840), kpi.RatioOf(30, 1530), kpi.RatioOf(225, 2130), kpi.RatioOf(30, 1630), kpi.RatioOf(140, 1600)}
	got := c.ClusteredRatio("owner", deals, owners)
	for name, pair := range map[string][2]float64{
		"factor":    {float(t, got.Factor), 3.2989083292493},
		"plain low": {float(t, got.Plain.Low), 0.0473172113850336}, "plain high": {float(t, got.Plain.High), 0.0935762594053444},
		"low": {float(t, got.Interval.Low), 0.0160645313735966}, "high": {float(t, got.Interval.High), 0.124828939416781},
	} {
		if !close(pair[0], pair[1]) {
			t.Errorf("%s: %v; want %v", name, pair[0], pair[1])
		}
	}
	if got.Groups != 5 || got.Plain.Groups != 15 || got.Interval.Groups != 5 || got.Interval.N != kpi.Int(15) || len(got.Findings) != 1 {
		t.Errorf("%+v", got)
	}
	if same := c.ClusteredRatio("deal", deals, deals); same.Interval != same.Plain || !close(float(t, same.Factor), 1) || len(same.Findings) != 0 {
		t.Errorf("records against themselves: %+v", same)
	}
	for name, test := range map[string]struct {
		records, groups []kpi.Ratio
		want            kpi.Reason
	}{
		"other records": {deals, owners[1:], kpi.NotApplicable},
		"few":           {deals[:6], owners[:2], kpi.TooFew},
		"one owner":     {deals, []kpi.Ratio{kpi.RatioOf(615, 8730)}, kpi.TooFew},
		"nothing":       {nil, nil, kpi.ZeroDenominator},
	} {
		got := c.ClusteredRatio("owner", test.records, test.groups)
		if got.Factor.Reason() != test.want || got.Interval != got.Plain || got.Findings == nil {
			t.Errorf("%s: %+v; want %s", name, got, test.want)
		}
		if name != "one owner" && got.Interval.Low.Reason() != test.want {
			t.Errorf("%s: interval %+v; want %s", name, got.Interval, test.want)
		}
	}
}

func TestDifference(t *testing.T) {
	// Newcombe's example, 0.0524 to 0.3339; R: prop.test(c(56, 48), c(70, 80), correct = FALSE)
	got := kpi.Confidence{}.Difference(kpi.RatioOf(56, 70), kpi.RatioOf(48, 80))
	if got.Difference != kpi.Frac(1, 5) || math.Abs(float(t, got.Low)-0.0524) > 5e-5 || math.Abs(float(t, got.High)-0.3339) > 5e-5 || !close(float(t, got.P), 0.00804508136819656) {
		t.Errorf("%+v", got)
	}
	for name, test := range map[string]struct {
		a, b kpi.Ratio
		want kpi.Reason
	}{
		"few":      {kpi.RatioOf(5, 9), kpi.RatioOf(48, 80), kpi.TooFew},
		"few too":  {kpi.RatioOf(48, 80), kpi.RatioOf(5, 9), kpi.TooFew},
		"no share": {kpi.RatioOf(12, 11), kpi.RatioOf(48, 80), kpi.NotApplicable},
		"none":     {kpi.RatioOf(0, 0), kpi.RatioOf(48, 80), kpi.ZeroDenominator},
	} {
		if d := (kpi.Confidence{}).Difference(test.a, test.b); d.Low.Reason() != test.want || d.High.Reason() != test.want || d.P.Reason() != test.want {
			t.Errorf("%s: %+v; want %s", name, d, test.want)
		}
	}
}

func TestAdjust(t *testing.T) {
	// R: p.adjust(c(0.004, 0.07, 0.31, 0.8, 0.5), "BH")
	p := []kpi.Estimate{kpi.NewEstimate(0.004), kpi.NewEstimate(0.07), kpi.NoEstimate(kpi.TooFew), kpi.NewEstimate(0.31), kpi.NewEstimate(1.5), kpi.NewEstimate(0.8), kpi.NewEstimate(0.5)}
	got := kpi.Confidence{}.Adjust(p)
	want := []float64{0.02, 0.175, 0, 0.516666666666667, 0, 0.8, 0.625}
	for i, a := range got {
		if want[i] != 0 && !close(float(t, a.Q), want[i]) || a.P != p[i] {
			t.Errorf("%d: %+v; want %v", i, a, want[i])
		}
	}
	if got[2].Q.Reason() != kpi.TooFew || got[4].Q.Reason() != kpi.NotApplicable || got[2].Verdict != kpi.ChanceUnknown || got[4].Verdict != kpi.ChanceUnknown {
		t.Errorf("undefined ones: %+v, %+v", got[2], got[4])
	}
	// 0.1 itself counts, though 3·(0.1/3) need not be 0.1 to the last bit
	if at := (kpi.Confidence{}).Adjust([]kpi.Estimate{kpi.NewEstimate(0.1 / 3), kpi.NewEstimate(0.9), kpi.NewEstimate(0.9)}); at[0].Verdict != kpi.Distinguishable || at[1].Verdict != kpi.WithinChance {
		t.Errorf("at the limit: %+v", at)
	}
	if strict := (kpi.Confidence{FalseAlarms: kpi.Frac(1, 100)}).Adjust(p); strict[0].Verdict != kpi.WithinChance {
		t.Errorf("at 1 %%: %+v", strict[0])
	}
	if bad := (kpi.Confidence{FalseAlarms: kpi.Int(10)}).Adjust(p); bad[0].Q.Reason() != kpi.NotApplicable {
		t.Errorf("a share of 10: %+v", bad[0])
	}
	if none := (kpi.Confidence{}).Adjust(nil); none == nil || len(none) != 0 {
		t.Errorf("of none: %v", none)
	}
}

// R: prop.test(c(34, 41, 30, 38), c(60, 60, 55, 58)).
func TestHomogeneity(t *testing.T) {
	rates := []kpi.Ratio{kpi.RatioOf(34, 60), {}, kpi.RatioOf(41, 60), kpi.RatioOf(30, 55), kpi.RatioOf(0, 0), kpi.RatioOf(38, 58)}
	got := kpi.Confidence{}.Homogeneity(rates)
	if !close(float(t, got.ChiSquare), 3.28844090369169) || got.Freedom != 3 || !close(float(t, got.P), 0.349254698701163) ||
		!close(float(t, got.ByChance), 3/3.28844090369169) || got.Verdict != kpi.WithinChance {
		t.Errorf("%+v", got)
	}
	apart := kpi.Confidence{}.Homogeneity([]kpi.Ratio{kpi.RatioOf(50, 60), kpi.RatioOf(10, 60)})
	if apart.Verdict != kpi.Distinguishable || float(t, apart.ByChance) > 0.05 {
		t.Errorf("apart: %+v", apart)
	}
	for name, test := range map[string]struct {
		rates []kpi.Ratio
		want  kpi.Reason
	}{
		"one":      {rates[:2], kpi.TooFew},
		"none":     {nil, kpi.TooFew},
		"no share": {[]kpi.Ratio{kpi.RatioOf(3, 2), kpi.RatioOf(1, 2)}, kpi.NotApplicable},
		"unpriced": {[]kpi.Ratio{kpi.NewRatio(kpi.Undefined(kpi.Unpriced), kpi.Int(2)), kpi.RatioOf(1, 2)}, kpi.Unpriced},
	} {
		if got := (kpi.Confidence{}).Homogeneity(test.rates); got.ChiSquare.Reason() != test.want || got.P.Reason() != test.want || got.Verdict != kpi.ChanceUnknown {
			t.Errorf("%s: %+v; want %s", name, got, test.want)
		}
	}
}

func TestConfidenceRecord(t *testing.T) {
	want := kpi.Confidence{Method: kpi.Wilson, Level: kpi.Frac(95, 100), Fewest: 10, FewestAnswers: 30, Clustered: kpi.Frac(3, 2), FalseAlarms: kpi.Frac(1, 10)}
	if got := kpi.DefaultConfidence(); got != want || got.Validate() != nil || (kpi.Confidence{}).Validate() != nil {
		t.Errorf("%+v", got)
	}
	bad := kpi.Confidence{Method: kpi.Jackknife, Level: kpi.Int(95), Fewest: -1, FewestAnswers: -1, Clustered: kpi.Frac(1, 2), FalseAlarms: kpi.Int(1)}
	var paths []string
	for _, e := range check.All(bad.Validate()) {
		paths = append(paths, e.Path)
	}
	if got := strings.Join(paths, " "); got != "method level fewest fewest_answers clustered false_alarms" {
		t.Error(got)
	}
	unknown := kpi.Undefined(kpi.Unpriced)
	undefined := kpi.Confidence{Level: unknown, Clustered: unknown, FalseAlarms: unknown}
	if got := check.All(undefined.Validate()); len(got) != 3 || undefined.Share(kpi.RatioOf(20, 40)).Low.Reason() != kpi.NotApplicable {
		t.Errorf("undefined numbers: %v", got)
	}
	text, err := json.Marshal(want)
	var back kpi.Confidence
	if err != nil || json.Unmarshal(text, &back) != nil || back != want {
		t.Errorf("%s comes back as %+v", text, back)
	}
	if text, _ := json.Marshal(kpi.Confidence{}); string(text) != `{}` {
		t.Errorf("nothing stated is %s", text)
	}
}

func TestIntervalWords(t *testing.T) {
	for want, word := range map[string]interface {
		encoding.TextMarshaler
		String() string
	}{
		"wilson": kpi.Wilson, "clopper_pearson": kpi.ClopperPearson, "jeffreys": kpi.Jeffreys, "jackknife": kpi.Jackknife,
		"normal": kpi.NormalInterval, "log_delta": kpi.LogDelta, "newcombe": kpi.Newcombe,
		"unknown": kpi.ChanceUnknown, "within_chance": kpi.WithinChance, "distinguishable": kpi.Distinguishable,
	} {
		if text, err := word.MarshalText(); err != nil || string(text) != want || word.String() != want {
			t.Errorf("%s: %s, %v", want, text, err)
		}
	}
	var m kpi.IntervalMethod
	var c kpi.Chance
	if m.UnmarshalText([]byte("newcombe")) != nil || m != kpi.Newcombe || c.UnmarshalText([]byte("distinguishable")) != nil || c != kpi.Distinguishable {
		t.Errorf("read %s and %s", m, c)
	}
	for _, e := range []error{m.UnmarshalText([]byte("perhaps")), c.UnmarshalText([]byte("perhaps"))} {
		if !errors.Is(e, check.ErrUnknown) {
			t.Error(e)
		}
	}
	if _, err := kpi.IntervalMethod(7).MarshalText(); !errors.Is(err, check.ErrUnknown) {
		t.Error(err)
	}
	if _, err := kpi.Chance(3).MarshalText(); !errors.Is(err, check.ErrUnknown) {
		t.Error(err)
	}
	seen := map[string]bool{}
	for _, c := range []kpi.Chance{kpi.ChanceUnknown, kpi.WithinChance, kpi.Distinguishable} {
		for _, lang := range []string{"en", "zh"} {
			if title := c.Title(lang); title == "" || seen[title] {
				t.Errorf("%s in %s is %q", c, lang, title)
			}
			seen[c.Title(lang)] = true
		}
	}
}

func counts() *rapid.Generator[kpi.Ratio] {
	return rapid.Custom(func(t *rapid.T) kpi.Ratio {
		n := rapid.Int64Range(0, 400).Draw(t, "n")
		return kpi.RatioOf(rapid.Int64Range(0, n).Draw(t, "k"), n)
	})
}

// Results are records: what they marshal to reads back and marshals to the
// same, in any order of groups, and inputs stay as they were.
func TestIntervalLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := kpi.Confidence{Method: rapid.SampledFrom([]kpi.IntervalMethod{kpi.Wilson, kpi.ClopperPearson, kpi.Jeffreys}).Draw(t, "method")}
		groups := rapid.SliceOfN(counts(), 0, 12).Draw(t, "groups")
		order := rapid.Permutation(groups).Draw(t, "order")
		before, _ := json.Marshal(groups)
		got, again := c.ClusteredShare("owner", groups), c.ClusteredShare("owner", order)
		if got.Interval != again.Interval || got.Plain != again.Plain || got.Factor != again.Factor {
			t.Fatalf("another order gives %+v and not %+v", again, got)
		}
		if c.Homogeneity(groups) != c.Homogeneity(order) || c.Jackknife(100, groups) != c.Jackknife(100, order) {
			t.Fatal("another order gives another spread")
		}
		if after, _ := json.Marshal(groups); string(before) != string(after) {
			t.Fatal("the groups were changed")
		}
		text, err := json.Marshal(got)
		var back kpi.Clustered
		if err != nil || json.Unmarshal(text, &back) != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if second, _ := json.Marshal(back); string(second) != string(text) {
			t.Fatalf("%s comes back as %s", text, second)
		}
		if low, ok := got.Interval.Low.Float64(); ok {
			high, _ := got.Interval.High.Float64()
			if !(0 <= low && low <= high && high <= 1) || got.Interval.Above(got.Interval) {
				t.Fatalf("%+v", got.Interval)
			}
			if f, known := got.Factor.Float64(); known && f >= 1.5 && c.Method == kpi.Wilson {
				plain, _ := got.Plain.Low.Float64()
				if low > plain {
					t.Fatalf("grouping narrows it: %+v", got)
				}
			}
		}
	})
}
