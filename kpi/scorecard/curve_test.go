package scorecard_test

import (
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

// knotted writes a curve as people do: "50:0 90:80 120:120", in percent over
// an attainment.
func knotted(kind scorecard.CurveKind, over scorecard.Axis, text string) scorecard.Curve {
	c := scorecard.Curve{Kind: kind, Over: over}
	for _, pair := range strings.Fields(text) {
		at, points, _ := strings.Cut(pair, ":")
		k := scorecard.Knot{At: num(at), Points: num(points)}
		if over == scorecard.OverAttainment {
			k.At = k.At.Div(kpi.Int(100))
		}
		c.Knots = append(c.Knots, k)
	}
	return c
}

func TestCurves(t *testing.T) {
	const higher, lower, band = kpi.HigherIsBetter, kpi.LowerIsBetter, kpi.InBand
	lines := knotted(scorecard.Piecewise, scorecard.OverAttainment, "50:0 90:80 120:120")
	steps := knotted(scorecard.Steps, scorecard.OverAttainment, "80:60 100:100 120:130")
	complaints := knotted(scorecard.Steps, scorecard.OverActual, "0:100 2:80 5:40")
	hours := knotted(scorecard.Piecewise, scorecard.OverActual, "1:120 4:100 24:0")
	answers := knotted(scorecard.Piecewise, scorecard.OverActual, "70:0 85:100 95:120")
	stock := knotted(scorecard.Piecewise, scorecard.OverActual, "0:0 20:100 30:100 60:0")
	stockSteps := knotted(scorecard.Steps, scorecard.OverActual, "10:50 20:100 30:100 60:40")
	passFail := scorecard.Curve{Kind: scorecard.PassFail}
	discount := kpi.Band{Low: num("5"), High: num("12")}
	none := kpi.Value{}
	for name, test := range map[string]struct {
		why       string
		direction kpi.Direction
		curve     scorecard.Curve
		within    kpi.Band
		actual    string
		target    kpi.Value
		want      string
	}{
		// Worked by hand, each with its target of 100 as the attainment in percent.
		"lines, before the first":   {"level", higher, lines, kpi.Band{}, "20", kpi.Int(100), "0"},
		"lines, at the first":       {"a knot is on the line", higher, lines, kpi.Band{}, "50", kpi.Int(100), "0"},
		"lines, first part":         {"80 × (70 − 50)/40", higher, lines, kpi.Band{}, "70", kpi.Int(100), "40"},
		"lines, second part":        {"80 + 40 × (100 − 90)/30", higher, lines, kpi.Band{}, "100", kpi.Int(100), "280/3"},
		"lines, behind the last":    {"level", higher, lines, kpi.Band{}, "300", kpi.Int(100), "120"},
		"steps, under the lowest":   {"the floor", higher, steps, kpi.Band{}, "79.99", kpi.Int(100), "0"},
		"steps, at a knot":          {"to reach it is enough", higher, steps, kpi.Band{}, "80", kpi.Int(100), "60"},
		"steps, just under":         {"no rounding up to the next", higher, steps, kpi.Band{}, "99.999", kpi.Int(100), "60"},
		"steps, over the last":      {"the last", higher, steps, kpi.Band{}, "500", kpi.Int(100), "130"},
		"no complaint":              {"the best knot", lower, complaints, kpi.Band{}, "0", none, "100"},
		"under no complaint":        {"better than the best knot", lower, complaints, kpi.Band{}, "-1", none, "100"},
		"one complaint":             {"0 is not reached, 2 is", lower, complaints, kpi.Band{}, "1", none, "80"},
		"two complaints":            {"a step belongs to the better side", lower, complaints, kpi.Band{}, "2", none, "80"},
		"five and a bit":            {"no knot is reached", lower, complaints, kpi.Band{}, "5.01", none, "0"},
		"a target does not matter":  {"points come from the actual", lower, complaints, kpi.Band{}, "2", kpi.Int(50), "80"},
		"answer within the hour":    {"level before the first", lower, hours, kpi.Band{}, "0.5", none, "120"},
		"answer in 14 hours":        {"100 × (24 − 14)/20", lower, hours, kpi.Band{}, "14", none, "50"},
		"satisfaction of 88":        {"100 + 20 × 3/10", higher, answers, kpi.Band{}, "88", none, "106"},
		"band, on the rise":         {"100 × 5/20", band, stock, kpi.Band{}, "5", none, "25"},
		"band, on top":              {"level between equal knots", band, stock, kpi.Band{}, "25", none, "100"},
		"band, on the fall":         {"100 × (60 − 45)/30", band, stock, kpi.Band{}, "45", none, "50"},
		"band steps, under":         {"no knot is reached from below", band, stockSteps, kpi.Band{}, "9", none, "0"},
		"band steps, rising":        {"10 is reached, 20 is not", band, stockSteps, kpi.Band{}, "19", none, "50"},
		"band steps, top":           {"both edges included", band, stockSteps, kpi.Band{}, "30", none, "100"},
		"band steps, falling":       {"past 30, up to 60", band, stockSteps, kpi.Band{}, "31", none, "40"},
		"band steps, over":          {"past the last", band, stockSteps, kpi.Band{}, "61", none, "0"},
		"in the band":               {"100 % inside", band, scorecard.Curve{}, discount, "12", none, "100"},
		"over the band":             {"1 − (15 − 12)/12", band, scorecard.Curve{}, discount, "15", none, "75"},
		"under the band":            {"1 − (5 − 4)/5", band, scorecard.Curve{}, discount, "4", none, "80"},
		"pass":                      {"100 at the target", higher, passFail, kpi.Band{}, "100", kpi.Int(100), "100"},
		"pass by far":               {"and no more beyond it", higher, passFail, kpi.Band{}, "300", kpi.Int(100), "100"},
		"fail":                      {"the floor", higher, passFail, kpi.Band{}, "99.99", kpi.Int(100), "0"},
		"pass, lower":               {"60 days of 60", lower, passFail, kpi.Band{}, "60", kpi.Int(60), "100"},
		"pass of a zero target":     {"no complaint of none allowed", lower, passFail, kpi.Band{}, "0", kpi.Int(0), "100"},
		"fail of a zero target":     {"one of none allowed", lower, passFail, kpi.Band{}, "1", kpi.Int(0), "0"},
		"pass in the band":          {"inside", band, passFail, discount, "5", none, "100"},
		"fail outside":              {"outside, however little", band, passFail, discount, "4.9", none, "0"},
		"steps of a zero target":    {"met is an attainment of 100 %", lower, steps, kpi.Band{}, "0", kpi.Int(0), "100"},
		"steps, zero target missed": {"the least of the curve", lower, steps, kpi.Band{}, "2", kpi.Int(0), "0"},
		"lines, zero target missed": {"the least of the curve", lower, lines, kpi.Band{}, "2", kpi.Int(0), "0"},
		// Table of Infor CPM, target 50 and −50; see TestInfor for the attainments.
		"Infor, 0 of −50": {"200 % is past the last knot", higher, lines, kpi.Band{}, "0", kpi.Int(-50), "120"},
		"Infor, 75 of 50": {"lower is better: 50 %", lower, lines, kpi.Band{}, "75", kpi.Int(50), "0"},
	} {
		t.Run(name, func(t *testing.T) {
			i := scorecard.Item{Metric: "m", Weight: kpi.Int(1), Direction: test.direction, Curve: test.curve, Within: test.within}
			if err := i.Validate(); err != nil {
				t.Fatal(err)
			}
			if got := i.Points(num(test.actual), test.target); got != num(test.want) {
				t.Errorf("%s: got %s, want %s", test.why, got.Exact(), test.want)
			}
		})
	}
}

// The points of the two targets of Infor CPM's tables of attainment, by its
// formulas 1 ± (a − t)/|t|, worked out by hand at steps of 25.
func TestInfor(t *testing.T) {
	for _, test := range []struct {
		target         int64
		actual         []int64
		higher, lesser []int64 // attainment in percent
	}{
		{50, []int64{-50, -25, 0, 25, 50, 75, 100}, []int64{-100, -50, 0, 50, 100, 150, 200}, []int64{300, 250, 200, 150, 100, 50, 0}},
		{-50, []int64{-100, -75, -50, -25, 0, 25, 50}, []int64{0, 50, 100, 150, 200, 250, 300}, []int64{200, 150, 100, 50, 0, -50, -100}},
	} {
		for n, a := range test.actual {
			for d, want := range map[kpi.Direction]int64{kpi.HigherIsBetter: test.higher[n], kpi.LowerIsBetter: test.lesser[n]} {
				i := scorecard.Item{Metric: "m", Weight: kpi.Int(1), Direction: d, Curve: scorecard.Curve{Floor: kpi.Int(-1000)}}
				if got := i.Points(kpi.Int(a), kpi.Int(test.target)); got != kpi.Int(want) {
					t.Errorf("%s, %d of %d: got %s, want %d", d, a, test.target, got, want)
				}
			}
		}
	}
}

func TestPointsUndefined(t *testing.T) {
	curve := scorecard.Item{Metric: "m", Weight: kpi.Int(1), Curve: knotted(scorecard.Steps, scorecard.OverActual, "1:10")}
	if got := curve.Points(kpi.Undefined(kpi.TooFew), kpi.Int(1)); got != kpi.Undefined(kpi.TooFew) {
		t.Errorf("points of nothing: %s", got)
	}
	given := scorecard.Item{Metric: "m", Weight: kpi.Int(1), Target: kpi.Int(50)}
	if got := given.Points(kpi.Int(40), kpi.Value{}); got != kpi.Int(80) {
		t.Errorf("against the target that holds for everybody: %s", got)
	}
	if got := given.Points(kpi.Int(40), kpi.Int(80)); got != kpi.Int(50) {
		t.Errorf("against a target of one's own: %s", got)
	}
	if got := given.Points(kpi.Int(40), kpi.Undefined(kpi.Unpriced)); got != kpi.Undefined(kpi.Unpriced) {
		t.Errorf("against a target that has no rate: %s", got)
	}
	if got := (scorecard.Item{Curve: scorecard.Curve{Kind: scorecard.Piecewise}}).Points(kpi.Int(1), kpi.Int(1)); got.Defined() {
		t.Errorf("an item that no definition lets in: %s", got)
	}
}
