package scorecard_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

// problems gives path and code of every problem inside err.
func problems(err error) []string {
	var all []string
	for _, e := range check.All(err) {
		all = append(all, strings.TrimSpace(e.Path+" "+e.Code))
	}
	return all
}

func TestDefinitionErrors(t *testing.T) {
	for name, test := range map[string]struct {
		why    string
		change func(*scorecard.Definition)
		want   []string
		class  error
	}{
		"no id":             {"cards name their scorecard", func(d *scorecard.Definition) { d.ID = "" }, []string{"id missing_id"}, check.ErrMissing},
		"malformed id":      {"one form for all IDs", func(d *scorecard.Definition) { d.ID = "Sales Rep" }, []string{"id malformed_id"}, check.ErrInvalid},
		"no items":          {"nothing to score", func(d *scorecard.Definition) { d.Items = nil }, []string{"items no_items"}, check.ErrMissing},
		"metric missing":    {"an item is a metric", func(d *scorecard.Definition) { d.Items[1].Metric = "" }, []string{"items[1].metric missing_id"}, check.ErrMissing},
		"metric malformed":  {"one form for all IDs", func(d *scorecard.Definition) { d.Items[1].Metric = "1st" }, []string{"items[1].metric malformed_id"}, check.ErrInvalid},
		"metric twice":      {"a figure would count twice", func(d *scorecard.Definition) { d.Items[2].Metric = "revenue" }, []string{"items[2].metric duplicate_metric"}, check.ErrDuplicate},
		"weight missing":    {"a weight of nothing is a mistake, and the sum is not reported on top", func(d *scorecard.Definition) { d.Items[0].Weight = kpi.Value{} }, []string{"items[0].weight missing_weight"}, check.ErrMissing},
		"weight undefined":  {"as above", func(d *scorecard.Definition) { d.Items[0].Weight = kpi.Undefined(kpi.TooFew) }, []string{"items[0].weight weight_not_positive"}, check.ErrRange},
		"weight zero":       {"an item that counts nothing does not belong in", func(d *scorecard.Definition) { d.Items[0].Weight = kpi.Int(0); d.Normalise = true }, []string{"items[0].weight weight_not_positive"}, check.ErrRange},
		"weight negative":   {"sums to one and is wrong all the same", func(d *scorecard.Definition) { d.Items[0].Weight = kpi.Frac(-15, 100); d.Items[1].Weight = kpi.Int(1) }, []string{"items[0].weight weight_not_positive"}, check.ErrRange},
		"sum below one":     {"0.99999 is not one", func(d *scorecard.Definition) { d.Items[0].Weight = kpi.MustParse("0.59999") }, []string{"items weights_not_one"}, check.ErrInvalid},
		"direction in band": {"without edges there is nothing to score", func(d *scorecard.Definition) { d.Items[0].Direction = kpi.InBand }, []string{"items[0].within missing_band"}, check.ErrMissing},
		"direction unknown": {"outside the constants", func(d *scorecard.Definition) { d.Items[0].Direction = 9 }, []string{"items[0].direction unknown_word"}, check.ErrUnknown},
		"cap at the floor": {"a curve without a slope", func(d *scorecard.Definition) {
			d.Items[1].Curve = scorecard.Curve{Floor: kpi.Int(50), Cap: kpi.Int(50)}
		}, []string{"items[1].curve.cap cap_not_above_floor"}, check.ErrInvalid},
		"cap below zero":       {"the floor that is left out is 0", func(d *scorecard.Definition) { d.Items[1].Curve.Cap = kpi.Int(-1) }, []string{"items[1].curve.cap cap_not_above_floor"}, check.ErrInvalid},
		"floor undefined":      {"a number that is not there is not a floor", func(d *scorecard.Definition) { d.Items[1].Curve.Floor = kpi.Undefined(kpi.TooFew) }, []string{"items[1].curve.floor undefined_number"}, check.ErrInvalid},
		"band without name":    {"a card could not say it", func(d *scorecard.Definition) { d.Bands[1].Name = "" }, []string{"bands[1].name missing_name"}, check.ErrMissing},
		"band name twice":      {"two classes, one word", func(d *scorecard.Definition) { d.Bands[1].Name = "A" }, []string{"bands[1].name duplicate_name"}, check.ErrDuplicate},
		"band edge twice":      {"which of the two", func(d *scorecard.Definition) { d.Bands[1].From = kpi.MustParse("100.0") }, []string{"bands[1].from duplicate_edge"}, check.ErrDuplicate},
		"two open below":       {"which of the two", func(d *scorecard.Definition) { d.Bands[1].From = kpi.Value{} }, []string{"bands[2].from two_bands_open_below"}, check.ErrDuplicate},
		"none open below":      {"a low score would have no band", func(d *scorecard.Definition) { d.Bands[2].From = kpi.Int(0) }, []string{"bands no_band_open_below"}, check.ErrMissing},
		"band edge unknown":    {"neither a number nor left out", func(d *scorecard.Definition) { d.Bands[1].From = kpi.Undefined(kpi.TooFew) }, []string{"bands[1].from undefined_number"}, check.ErrInvalid},
		"share above one":      {"more than all the weight", func(d *scorecard.Definition) { d.Missing.Most = kpi.Frac(11, 10) }, []string{"missing.most not_a_share"}, check.ErrRange},
		"share below zero":     {"less than none", func(d *scorecard.Definition) { d.Missing.Most = kpi.Frac(-1, 10) }, []string{"missing.most not_a_share"}, check.ErrRange},
		"share undefined":      {"neither a number nor left out", func(d *scorecard.Definition) { d.Missing.Most = kpi.Undefined(kpi.TooFew) }, []string{"missing.most undefined_number"}, check.ErrInvalid},
		"treatment unknown":    {"outside the constants", func(d *scorecard.Definition) { policy(d, kpi.NoData, 7) }, []string{"missing.by_reason.no_data unknown_word"}, check.ErrUnknown},
		"reason unknown":       {"outside the constants", func(d *scorecard.Definition) { policy(d, 0, scorecard.LeaveOut) }, []string{"missing.by_reason unknown_reason"}, check.ErrUnknown},
		"curve kind unknown":   {"outside the constants", func(d *scorecard.Definition) { d.Items[0].Curve = scorecard.Curve{Kind: 7, Over: 7} }, []string{"items[0].curve.kind unknown_word", "items[0].curve.over unknown_word"}, check.ErrUnknown},
		"line over the actual": {"100 points of what", func(d *scorecard.Definition) { d.Items[1].Curve = scorecard.Curve{Over: scorecard.OverActual} }, []string{"items[1].curve.over needs_knots"}, check.ErrInvalid},
		"knots of a line": {"they would be left aside unseen", func(d *scorecard.Definition) {
			d.Items[1].Curve = scorecard.Curve{Knots: []scorecard.Knot{{At: kpi.Int(1), Points: kpi.Int(1)}}}
		}, []string{"items[1].curve.knots not_of_this_curve"}, check.ErrInvalid},
		"one knot of a line":  {"no line goes through one", func(d *scorecard.Definition) { d.Items[1].Curve = knotted(scorecard.Piecewise, 0, "1:1") }, []string{"items[1].curve.knots too_few_knots"}, check.ErrMissing},
		"steps without knots": {"nothing can be reached", func(d *scorecard.Definition) { d.Items[1].Curve.Kind = scorecard.Steps }, []string{"items[1].curve.knots too_few_knots"}, check.ErrMissing},
		"knots out of order":  {"which of the two", func(d *scorecard.Definition) { d.Items[1].Curve = knotted(scorecard.Steps, 0, "80:1 80:2 70:3") }, []string{"items[1].curve.knots[1].at knots_not_ascending", "items[1].curve.knots[2].at knots_not_ascending"}, check.ErrInvalid},
		"knots of nothing": {"a knot is two numbers", func(d *scorecard.Definition) {
			d.Items[1].Curve = scorecard.Curve{Kind: scorecard.Steps, Knots: []scorecard.Knot{{}, {At: kpi.Undefined(kpi.TooFew), Points: kpi.Int(1)}}}
		}, []string{"items[1].curve.knots[0].at missing_number", "items[1].curve.knots[0].points missing_number", "items[1].curve.knots[1].at undefined_number"}, check.ErrMissing},
		"points fall": {"doing better would cost points", func(d *scorecard.Definition) { d.Items[1].Curve = knotted(scorecard.Piecewise, 0, "0:10 50:5 90:7") }, []string{"items[1].curve.knots[1].points points_against_direction"}, check.ErrInvalid},
		"points rise, lower": {"likewise over the actual of days", func(d *scorecard.Definition) {
			d.Items[2].Curve = knotted(scorecard.Steps, scorecard.OverActual, "10:5 20:6")
		}, []string{"items[2].curve.knots[1].points points_against_direction"}, check.ErrInvalid},
		"two tops of a band": {"between them closer would be worse", func(d *scorecard.Definition) {
			d.Items[1].Direction = kpi.InBand
			d.Items[1].Curve = knotted(scorecard.Steps, scorecard.OverActual, "1:5 2:4 3:5")
		}, []string{"items[1].curve.knots[2].points points_against_direction"}, check.ErrInvalid},
		"points below floor": {"missing the step would be better", func(d *scorecard.Definition) {
			d.Items[1].Curve = knotted(scorecard.Steps, 0, "80:10")
			d.Items[1].Curve.Floor = kpi.Int(20)
		}, []string{"items[1].curve.knots[0].points points_below_floor"}, check.ErrInvalid},
		"floor of lines": {"the first knot is the floor", func(d *scorecard.Definition) {
			d.Items[1].Curve = knotted(scorecard.Piecewise, 0, "1:1 2:2")
			d.Items[1].Curve.Floor = kpi.Int(1)
			d.Items[1].Curve.Cap = kpi.Int(9)
		}, []string{"items[1].curve.floor not_of_this_curve", "items[1].curve.cap not_of_this_curve"}, check.ErrInvalid},
		"fail as good as pass": {"no difference", func(d *scorecard.Definition) {
			d.Items[1].Curve = scorecard.Curve{Kind: scorecard.PassFail, Floor: kpi.Int(100)}
		}, []string{"items[1].curve.floor floor_not_below_pass"}, check.ErrInvalid},
		"edges without band": {"they would be left aside unseen", func(d *scorecard.Definition) { d.Items[1].Within = kpi.Band{Low: kpi.Int(1), High: kpi.Int(2)} }, []string{"items[1].within not_of_this_direction"}, check.ErrInvalid},
		"band with target":   {"its edges are its target", func(d *scorecard.Definition) { d.Items[1].Direction = kpi.InBand; d.Items[1].Target = kpi.Int(1) }, []string{"items[1].target not_of_this_direction"}, check.ErrInvalid},
		"band reversed": {"nothing lies in it", func(d *scorecard.Definition) {
			d.Items[1].Direction = kpi.InBand
			d.Items[1].Within = kpi.Band{Low: kpi.Int(2), High: kpi.Int(1)}
		}, []string{"items[1].within.high high_below_low"}, check.ErrInvalid},
		"target undefined":     {"neither a number nor left out", func(d *scorecard.Definition) { d.Items[1].Target = kpi.Undefined(kpi.TooFew) }, []string{"items[1].target undefined_number"}, check.ErrInvalid},
		"base of a sum":        {"a sum is out of nothing", func(d *scorecard.Definition) { d.Items[1].Base = "n" }, []string{"items[1].base not_of_this_additivity"}, check.ErrInvalid},
		"base malformed":       {"one form for all IDs", func(d *scorecard.Definition) { d.Items[1].Additivity = kpi.RatioOfSums; d.Items[1].Base = "N" }, []string{"items[1].base malformed_id"}, check.ErrInvalid},
		"additivity unknown":   {"outside the constants", func(d *scorecard.Definition) { d.Items[1].Additivity = 9 }, []string{"items[1].additivity unknown_word"}, check.ErrUnknown},
		"only bonus":           {"a bonus to nothing", func(d *scorecard.Definition) { d.Items = d.Items[:1]; d.Items[0].Bonus = true }, []string{"items only_bonus"}, check.ErrInvalid},
		"perspective unknown":  {"there is none", func(d *scorecard.Definition) { d.Items[1].Perspective = "x" }, []string{"items[1].perspective unknown_perspective"}, check.ErrUnknown},
		"perspective missing":  {"where there are some, each item has one", func(d *scorecard.Definition) { d.Perspectives = []scorecard.Perspective{{ID: "a"}} }, []string{"items[0].perspective missing_id", "items[1].perspective missing_id", "items[2].perspective missing_id"}, check.ErrMissing},
		"perspectives of some": {"weights of all or of none", func(d *scorecard.Definition) { perspectives(d, "0.5", "") }, []string{"perspectives[1].weight weights_of_some", "perspectives[0].items weights_not_one", "perspectives[1].items weights_not_one"}, check.ErrInvalid},
		"perspectives not one": {"on both levels", func(d *scorecard.Definition) { perspectives(d, "0.5", "0.4") }, []string{"perspectives weights_not_one", "perspectives[0].items weights_not_one", "perspectives[1].items weights_not_one"}, check.ErrInvalid},
		"perspective twice": {"which of the two", func(d *scorecard.Definition) {
			perspectives(d, "", "")
			d.Perspectives[1].ID = "a"
			d.Items[1].Perspective = "a"
		}, []string{"perspectives[1].id duplicate_id"}, check.ErrDuplicate},
		"perspective of nobody": {"its weight would be lost", func(d *scorecard.Definition) { perspectives(d, "0.5", "0.5"); d.Items[1].Perspective = "a" }, []string{"perspectives[1] no_items"}, check.ErrMissing},
		"perspective of bonus": {"a bonus has its own weight, the perspective's would be lost", func(d *scorecard.Definition) {
			perspectives(d, "0.5", "0.5")
			d.Items[1].Bonus = true
			d.Items[2].Weight = num("0.5")
		}, []string{"perspectives[1] no_items"}, check.ErrMissing},
		"gate of nothing":    {"every part is missing", func(d *scorecard.Definition) { d.Gates = []scorecard.Gate{{}} }, []string{"gates[0].metric missing_id", "gates[0].limit missing_number", "gates[0].band missing_name"}, check.ErrMissing},
		"gate leads nowhere": {"no such item, no such band", func(d *scorecard.Definition) { d.Gates = []scorecard.Gate{{Metric: "x", Limit: kpi.Int(1), Band: "Z"}} }, []string{"gates[0].metric unknown_metric", "gates[0].band unknown_band"}, check.ErrUnknown},
		"gate forbids nothing": {"the best band is no cap", func(d *scorecard.Definition) {
			d.Gates = []scorecard.Gate{{Metric: "revenue", Limit: kpi.Int(1), Band: "A"}}
		}, []string{"gates[0].band best_band"}, check.ErrInvalid},
		"gate downwards": {"an attainment is better higher", func(d *scorecard.Definition) {
			d.Gates = []scorecard.Gate{{Metric: "revenue", Direction: kpi.LowerIsBetter, Limit: kpi.Int(1), Band: "B"}}
		}, []string{"gates[0].direction direction_not_of_gates"}, check.ErrInvalid},
		"gate words": {"outside the constants", func(d *scorecard.Definition) {
			d.Gates = []scorecard.Gate{{Metric: "revenue", Over: 5, Direction: 5, Limit: kpi.Int(1), Band: "B"}}
		}, []string{"gates[0].over unknown_word", "gates[0].direction unknown_word"}, check.ErrUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			def := rep()
			test.change(&def)
			_, err := scorecard.New(def)
			if got := problems(err); !slices.Equal(got, test.want) || !errors.Is(err, test.class) {
				t.Errorf("%s: got %q (%v), want %q", test.why, got, err, test.want)
			}
		})
	}
}

// perspectives puts the items of rep into two, a and b.
func perspectives(d *scorecard.Definition, a, b string) {
	d.Perspectives = []scorecard.Perspective{{ID: "a"}, {ID: "b"}}
	for i, w := range []string{a, b} {
		if w != "" {
			d.Perspectives[i].Weight = num(w)
		}
	}
	d.Items[0].Perspective, d.Items[1].Perspective, d.Items[2].Perspective = "a", "b", "a"
	if a != "" && b == "0.5" { // weights of one on both levels
		d.Items[0].Weight, d.Items[1].Weight, d.Items[2].Weight = num("0.5"), num("0.25"), num("0.25")
	}
}

func policy(d *scorecard.Definition, r kpi.Reason, t scorecard.Treatment) {
	d.Missing.ByReason = map[kpi.Reason]scorecard.Treatment{r: t}
}

func TestDefinitionLimits(t *testing.T) {
	def := scorecard.Definition{ID: "wide", Normalise: true}
	for i := range scorecard.MaxItems {
		def.Items = append(def.Items, scorecard.Item{Metric: fmt.Sprintf("m%d", i), Weight: kpi.Int(1)})
	}
	for i := range scorecard.MaxBands - 1 {
		def.Bands = append(def.Bands, scorecard.Band{Name: fmt.Sprint(i), From: kpi.Int(int64(i))})
	}
	def.Bands = append(def.Bands, scorecard.Band{Name: "rest"})
	if err := def.Validate(); err != nil {
		t.Fatal("at the limits:", err)
	}
	def.Items = append(def.Items, scorecard.Item{Metric: "one_more", Weight: kpi.Int(1)})
	def.Bands = append(def.Bands, scorecard.Band{Name: "one more", From: kpi.Int(-1)})
	if got, want := problems(def.Validate()), []string{"items too_many_items", "bands too_many_bands"}; !slices.Equal(got, want) {
		t.Errorf("beyond the limits: got %q, want %q", got, want)
	}
}

func TestNewKeepsNothing(t *testing.T) {
	full := func() scorecard.Definition {
		def := rep()
		policy(&def, kpi.NoData, scorecard.LeaveOut)
		perspectives(&def, "", "")
		def.Items[1].Curve = knotted(scorecard.Steps, scorecard.OverAttainment, "80:100")
		def.Gates = []scorecard.Gate{{Metric: "revenue", Limit: kpi.Int(1), Band: "B"}}
		return def
	}
	def, before := full(), full()
	s := mustNew(t, def)
	if !reflect.DeepEqual(def, before) {
		t.Error("New changed its input")
	}
	spoil := func(d scorecard.Definition) {
		d.Items[0].Metric, d.Bands[0].Name = "spoiled", "spoiled"
		d.Items[1].Curve.Knots[0].At, d.Gates[0].Band, d.Perspectives[0].ID = kpi.Int(-7), "spoiled", "spoiled"
		d.Missing.ByReason[kpi.NoData] = scorecard.CountLeast
	}
	spoil(def)
	spoil(s.Definition())
	if !reflect.DeepEqual(s.Definition(), before) {
		t.Error("the scorecard shares memory with its caller")
	}
}

func TestTreatment(t *testing.T) {
	if scorecard.Treatment(0) != scorecard.MakeUndefined {
		t.Error("the zero treatment is make_undefined")
	}
	for x, word := range map[scorecard.Treatment]string{
		scorecard.MakeUndefined: "make_undefined", scorecard.LeaveOut: "leave_out", scorecard.CountLeast: "count_least",
	} {
		text, err := x.MarshalText()
		var back scorecard.Treatment
		if err != nil || string(text) != word || x.String() != word || back.UnmarshalText(text) != nil || back != x {
			t.Errorf("%d: %q, %v, back as %v", x, text, err, back)
		}
	}
	if _, err := scorecard.Treatment(3).MarshalText(); !errors.Is(err, check.ErrUnknown) {
		t.Errorf("outside the constants: %v", err)
	}
}

func mustNew(t interface {
	Helper()
	Fatal(...any)
}, def scorecard.Definition) *scorecard.Scorecard {
	t.Helper()
	s, err := scorecard.New(def)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
