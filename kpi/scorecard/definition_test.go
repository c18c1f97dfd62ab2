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
		"cap below zero":    {"the floor that is left out is 0", func(d *scorecard.Definition) { d.Items[1].Curve.Cap = kpi.Int(-1) }, []string{"items[1].curve.cap cap_not_above_floor"}, check.ErrInvalid},
		"floor undefined":   {"a number that is not there is not a floor", func(d *scorecard.Definition) { d.Items[1].Curve.Floor = kpi.Undefined(kpi.TooFew) }, []string{"items[1].curve.floor undefined_number"}, check.ErrInvalid},
		"band without name": {"a card could not say it", func(d *scorecard.Definition) { d.Bands[1].Name = "" }, []string{"bands[1].name missing_name"}, check.ErrMissing},
		"band name twice":   {"two classes, one word", func(d *scorecard.Definition) { d.Bands[1].Name = "A" }, []string{"bands[1].name duplicate_name"}, check.ErrDuplicate},
		"band edge twice":   {"which of the two", func(d *scorecard.Definition) { d.Bands[1].From = kpi.MustParse("100.0") }, []string{"bands[1].from duplicate_edge"}, check.ErrDuplicate},
		"two open below":    {"which of the two", func(d *scorecard.Definition) { d.Bands[1].From = kpi.Value{} }, []string{"bands[2].from two_bands_open_below"}, check.ErrDuplicate},
		"none open below":   {"a low score would have no band", func(d *scorecard.Definition) { d.Bands[2].From = kpi.Int(0) }, []string{"bands no_band_open_below"}, check.ErrMissing},
		"band edge unknown": {"neither a number nor left out", func(d *scorecard.Definition) { d.Bands[1].From = kpi.Undefined(kpi.TooFew) }, []string{"bands[1].from undefined_number"}, check.ErrInvalid},
		"share above one":   {"more than all the weight", func(d *scorecard.Definition) { d.Missing.Most = kpi.Frac(11, 10) }, []string{"missing.most not_a_share"}, check.ErrRange},
		"share below zero":  {"less than none", func(d *scorecard.Definition) { d.Missing.Most = kpi.Frac(-1, 10) }, []string{"missing.most not_a_share"}, check.ErrRange},
		"share undefined":   {"neither a number nor left out", func(d *scorecard.Definition) { d.Missing.Most = kpi.Undefined(kpi.TooFew) }, []string{"missing.most undefined_number"}, check.ErrInvalid},
		"treatment unknown": {"outside the constants", func(d *scorecard.Definition) { policy(d, kpi.NoData, 7) }, []string{"missing.by_reason.no_data unknown_word"}, check.ErrUnknown},
		"reason unknown":    {"outside the constants", func(d *scorecard.Definition) { policy(d, 0, scorecard.LeaveOut) }, []string{"missing.by_reason unknown_reason"}, check.ErrUnknown},
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
	def := rep()
	policy(&def, kpi.NoData, scorecard.LeaveOut)
	before := rep()
	policy(&before, kpi.NoData, scorecard.LeaveOut)
	s := mustNew(t, def)
	if !reflect.DeepEqual(def, before) {
		t.Error("New changed its input")
	}
	spoil := func(d scorecard.Definition) {
		d.Items[0].Metric, d.Bands[0].Name = "spoiled", "spoiled"
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
