package scorecard_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

var (
	_ json.Marshaler           = scorecard.Definition{}
	_ json.Unmarshaler         = (*scorecard.Definition)(nil)
	_ encoding.TextMarshaler   = scorecard.LeaveOut
	_ encoding.TextUnmarshaler = (*scorecard.Treatment)(nil)
	_ fmt.Stringer             = scorecard.LeaveOut
	_ encoding.TextMarshaler   = scorecard.Steps
	_ encoding.TextUnmarshaler = (*scorecard.CurveKind)(nil)
	_ encoding.TextMarshaler   = scorecard.OverActual
	_ encoding.TextUnmarshaler = (*scorecard.Axis)(nil)
	_ encoding.TextMarshaler   = scorecard.Pooled
	_ encoding.TextUnmarshaler = (*scorecard.Rule)(nil)
	_ encoding.TextMarshaler   = scorecard.Dense
	_ encoding.TextUnmarshaler = (*scorecard.Ties)(nil)
)

// document is the stored form of a whole definition, written by hand.
const document = `{"schema":"saleskpi/scorecard/1","id":"sales_rep","name":"Sales rep","name_zh":"销售代表",` +
	`"items":[{"metric":"revenue","name":"Revenue","name_zh":"销售额","weight":{"value":"3"},"direction":"higher","curve":{"cap":{"value":"150"}}},` +
	`{"metric":"cycle_days","weight":{"value":"0.333333333333","exact":"1/3"},"direction":"lower","curve":{"floor":{"value":"-20"}}}],` +
	`"normalise":true,"bands":[{"name":"A","from":{"value":"89.5"}},{"name":"B"}],` +
	`"missing":{"by_reason":{"no_data":"count_least","too_few":"make_undefined"},"most":{"value":"0.3"}}}`

func whole() scorecard.Definition {
	return scorecard.Definition{
		ID: "sales_rep", Name: "Sales rep", NameZH: "销售代表", Normalise: true,
		Items: []scorecard.Item{
			{Metric: "revenue", Name: "Revenue", NameZH: "销售额", Weight: kpi.Int(3), Curve: scorecard.Curve{Cap: kpi.Int(150)}},
			{Metric: "cycle_days", Weight: kpi.Frac(1, 3), Direction: kpi.LowerIsBetter, Curve: scorecard.Curve{Floor: kpi.Int(-20)}},
		},
		Bands: []scorecard.Band{{Name: "A", From: num("89.5")}, {Name: "B"}},
		Missing: scorecard.MissingPolicy{
			ByReason: map[kpi.Reason]scorecard.Treatment{kpi.NoData: scorecard.CountLeast, kpi.TooFew: scorecard.MakeUndefined},
			Most:     num("0.3"),
		},
	}
}

// everything is the stored form of a definition with every part, written by
// hand.
const everything = `{"schema":"saleskpi/scorecard/1","id":"full","perspectives":[{"id":"financial","name_zh":"财务","weight":{"value":"0.6"}},{"id":"customer","weight":{"value":"0.4"}}],` +
	`"items":[{"metric":"revenue","perspective":"financial","weight":{"value":"1"},"direction":"higher","target":{"value":"500"},"curve":{"kind":"piecewise","knots":[{"at":{"value":"0.5"},"points":{"value":"0"}},{"at":{"value":"1.2"},"points":{"value":"120"}}]}},` +
	`{"metric":"win_rate","perspective":"customer","weight":{"value":"0.5"},"direction":"higher","curve":{"kind":"pass_fail"},"additivity":"ratio","base":"closed_count"},` +
	`{"metric":"discount_rate","perspective":"customer","weight":{"value":"0.5"},"direction":"band","within":{"low":{"value":"0.05"},"high":{"value":"0.1"}}},` +
	`{"metric":"complaints","perspective":"customer","weight":{"value":"0.1"},"bonus":true,"direction":"lower","curve":{"kind":"steps","over":"actual","knots":[{"at":{"value":"0"},"points":{"value":"0"}}],"floor":{"value":"-50"}}}],` +
	`"bands":[{"name":"A","from":{"value":"90"}},{"name":"B"}],"gates":[{"metric":"breaches","over":"actual","direction":"lower","limit":{"value":"0"},"band":"B"}]}`

func TestDefinitionJSONWhole(t *testing.T) {
	var def scorecard.Definition
	if err := check.Decode("test", []byte(everything), &def); err != nil {
		t.Fatal(err)
	}
	if err := def.Validate(); err != nil {
		t.Error(err)
	}
	if text, err := json.Marshal(def); err != nil || string(text) != everything {
		t.Errorf("got  %s, %v\nwant %s", text, err, everything)
	}
	card := score(t, def, scorecard.Result{Metric: "revenue", Actual: kpi.Int(400)}, scorecard.Result{Metric: "win_rate", Actual: num("0.3"), Target: num("0.25")},
		scorecard.Result{Metric: "closed_count", Actual: kpi.Int(20)}, scorecard.Result{Metric: "discount_rate", Actual: num("0.12")},
		scorecard.Result{Metric: "complaints", Actual: kpi.Int(1)}, scorecard.Result{Metric: "breaches", Actual: kpi.Int(1)})
	text, err := json.Marshal(card)
	var back scorecard.Card
	if err != nil || check.Decode("test", text, &back) != nil || !reflect.DeepEqual(back, card) {
		t.Errorf("%s came back as %+v, %v", text, back, err)
	}
}

func TestDefinitionJSON(t *testing.T) {
	text, err := json.Marshal(whole())
	if err != nil || string(text) != document {
		t.Errorf("got  %s, %v\nwant %s", text, err, document)
	}
	var back scorecard.Definition
	if err := check.Decode("test", []byte(document), &back); err != nil || !reflect.DeepEqual(back, whole()) {
		t.Errorf("came back as %+v, %v", back, err)
	}
	text, err = json.Marshal(scorecard.Definition{})
	if want := `{"schema":"saleskpi/scorecard/1","id":"","items":[]}`; err != nil || string(text) != want {
		t.Errorf("the zero definition: got %s, %v, want %s", text, err, want)
	}
}

func TestDefinitionJSONErrors(t *testing.T) {
	for name, test := range map[string]struct {
		why, text string
		want      []string
		class     error
	}{
		"no schema": {"reported with all the rest", `{"id":7,"items":[{"weight":"x"}]}`,
			[]string{"schema missing_schema", "id wrong_type", "items[0].weight not_a_number"}, check.ErrMissing},
		"a later schema": {"its other fields are not reported one by one", `{"schema":"saleskpi/scorecard/2","tiers":[]}`,
			[]string{"schema unknown_schema"}, check.ErrUnknown},
		"another document": {"a plan is not a scorecard", `{"schema":"saleskpi/plan/1"}`, []string{"schema unknown_schema"}, check.ErrUnknown},
		"unknown fields": {"a typing error in a curve would change scores unseen", `{"schema":"saleskpi/scorecard/1","item":[],"items":[{"curve":{"cup":1}}]}`,
			[]string{"item unknown_field", "items[0].curve.cup unknown_field"}, check.ErrUnknown},
		"unknown words": {"enumerations are words", `{"schema":"saleskpi/scorecard/1","items":[{"direction":"up"}],"missing":{"by_reason":{"no_data":"zero","none":"leave_out"}}}`,
			[]string{"items[0].direction unknown_word", "missing.by_reason.no_data unknown_word", "missing.by_reason.none unknown_word"}, check.ErrUnknown},
		"not an object": {"a list is no definition", `[]`, []string{"wrong_type"}, check.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			def := whole()
			err := check.Decode("test", []byte(test.text), &def)
			if got := problems(err); !slices.Equal(got, test.want) || !errors.Is(err, test.class) {
				t.Errorf("%s: got %q (%v), want %q", test.why, got, err, test.want)
			}
			if !reflect.DeepEqual(def, whole()) {
				t.Error("the definition was written to")
			}
		})
	}
}

func TestDefinitionNull(t *testing.T) {
	def := whole()
	if err := json.Unmarshal([]byte("null"), &def); err != nil || !reflect.DeepEqual(def, whole()) {
		t.Errorf("null: %+v, %v", def, err)
	}
}

func TestCardJSON(t *testing.T) {
	for name, card := range map[string]scorecard.Card{
		"score":    score(t, four(), of100("a", 90), of100("b", 110), without("c", kpi.TooFew), of100("d", 200)),
		"no score": score(t, four(), of100("a", 90)),
		"plain":    score(t, four(), of100("a", 90), of100("b", 90), of100("c", 90), of100("d", 90)),
	} {
		text, err := json.Marshal(card)
		var back scorecard.Card
		if err != nil || check.Decode("test", text, &back) != nil || !reflect.DeepEqual(back, card) {
			t.Errorf("%s: %s came back as %+v, %v", name, text, back, err)
		}
	}
	text, err := json.Marshal(score(t, single(kpi.HigherIsBetter, scorecard.Curve{}), scorecard.Result{Metric: "m", Actual: kpi.Int(1), Target: kpi.Int(2)}))
	const want = `{"scorecard":"single","owner":"li","period":{"start":"2026-01-01","end":"2026-04-01"},"score":{"value":"50"},"missing_weight":{"value":"0"},` +
		`"lines":[{"metric":"m","actual":{"value":"1"},"target":{"value":"2"},"attainment":{"value":"0.5"},"points":{"value":"50"},"stated":{"value":"1"},` +
		`"weight":{"value":"1"},"contribution":{"value":"50"}}],"findings":[]}`
	if err != nil || string(text) != want {
		t.Errorf("got  %s, %v\nwant %s", text, err, want)
	}
}

// Whatever is decoded can be checked, scored and written without a panic, and
// comes back the same.
func FuzzDefinition(f *testing.F) {
	f.Add([]byte(document))
	f.Add([]byte(everything))
	f.Add([]byte(`{"schema":"saleskpi/scorecard/1","id":"a","items":[{"metric":"a","weight":1}]}`))
	f.Add([]byte(`{"schema":"saleskpi/scorecard/1","items":[{"weight":"1/0"}],"bands":[{}],"missing":{"by_reason":{"":"leave_out"}}}`))
	f.Add([]byte(`{"schema":"saleskpi/scorecard/2"}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var def scorecard.Definition
		if check.Decode("fuzz", data, &def) != nil {
			return
		}
		text, err := json.Marshal(def)
		if err != nil {
			t.Fatal("read and not written:", err)
		}
		var back scorecard.Definition
		if err := check.Decode("fuzz", text, &back); err != nil {
			t.Fatalf("written and not read: %s: %v", text, err)
		}
		if again, _ := json.Marshal(back); string(again) != string(text) {
			t.Fatalf("%s came back as %s", text, again)
		}
		s, err := scorecard.New(def)
		if err != nil {
			return
		}
		card, err := s.Score("li", q1(), []scorecard.Result{{Metric: def.Items[0].Metric, Actual: kpi.Int(3)}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Explain(card); err != nil {
			t.Fatal(err)
		}
		if sum := contributions(card); card.Score.Defined() && sum != card.Score {
			t.Fatalf("contributions add up to %s, score %s", sum, card.Score)
		}
	})
}

func contributions(c scorecard.Card) kpi.Value {
	sum := kpi.Int(0)
	for _, line := range c.Lines {
		sum = sum.Add(line.Contribution)
	}
	return sum
}

// words checks that every constant goes out as its word and comes back, and
// that what is none of them does not.
func words[E interface {
	~uint8
	encoding.TextMarshaler
	fmt.Stringer
}](t *testing.T, unmarshal func([]byte) (E, error), want ...string) {
	t.Helper()
	for n, word := range want {
		text, err := E(n).MarshalText()
		back, failed := unmarshal([]byte(word))
		if err != nil || failed != nil || string(text) != word || E(n).String() != word || back != E(n) {
			t.Errorf("%d: %q, %v, back as %v, %v", n, text, err, back, failed)
		}
	}
	if _, err := E(len(want)).MarshalText(); !errors.Is(err, check.ErrUnknown) {
		t.Errorf("outside the constants: %v", err)
	}
	if _, err := unmarshal([]byte("x")); !errors.Is(err, check.ErrUnknown) {
		t.Errorf("another word: %v", err)
	}
}

func TestWords(t *testing.T) {
	words(t, func(b []byte) (x scorecard.CurveKind, err error) { err = x.UnmarshalText(b); return x, err }, "linear", "piecewise", "steps", "pass_fail")
	words(t, func(b []byte) (x scorecard.Axis, err error) { err = x.UnmarshalText(b); return x, err }, "attainment", "actual")
	words(t, func(b []byte) (x scorecard.Rule, err error) { err = x.UnmarshalText(b); return x, err }, "scored", "pooled", "weighted_mean", "headcount_mean", "mean_of_periods")
	words(t, func(b []byte) (x scorecard.Ties, err error) { err = x.UnmarshalText(b); return x, err }, "competition", "dense", "modified")
}
