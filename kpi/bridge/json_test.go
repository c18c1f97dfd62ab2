package bridge_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/check"
)

var (
	_ json.Marshaler           = bridge.Drivers{}
	_ json.Unmarshaler         = (*bridge.Drivers)(nil)
	_ json.Marshaler           = bridge.PriceVolumeMix{}
	_ json.Unmarshaler         = (*bridge.PriceVolumeMix)(nil)
	_ json.Marshaler           = bridge.RateMix{}
	_ json.Unmarshaler         = (*bridge.RateMix)(nil)
	_ json.Marshaler           = bridge.Members{}
	_ json.Unmarshaler         = (*bridge.Members)(nil)
	_ encoding.TextMarshaler   = bridge.Shapley
	_ encoding.TextUnmarshaler = (*bridge.Basis)(nil)
	_ fmt.Stringer             = bridge.Start
)

// documents are the stored forms, written by hand, with what they hold.
func documents() map[string]any {
	return map[string]any{
		`{"schema":"saleskpi/drivers/1","formula":"a * b","method":"sequence","sequence":["b","a"]}`: &bridge.Drivers{
			Formula: formula("a*b"), Method: bridge.InSequence, Sequence: []string{"b", "a"}},
		`{"schema":"saleskpi/drivers/1","formula":"a * b","method":"shapley"}`: &bridge.Drivers{Formula: formula("a*b")},
		`{"schema":"saleskpi/price_volume_mix/1","levels":["family","product"],"basis":"margins"}`: &bridge.PriceVolumeMix{
			Levels: []string{"family", "product"}, Basis: bridge.Margins},
		`{"schema":"saleskpi/rate_mix/1","dimension":"region"}`:                  &bridge.RateMix{Dimension: "region"},
		`{"schema":"saleskpi/members/1","dimension":"owner","top":5}`:            &bridge.Members{Dimension: "owner", Top: 5},
		`{"schema":"saleskpi/members/1","dimension":"owner"}`:                    &bridge.Members{Dimension: "owner"},
		`{"schema":"saleskpi/price_volume_mix/1","levels":[],"basis":"amounts"}`: &bridge.PriceVolumeMix{Levels: []string{}},
	}
}

func TestDocuments(t *testing.T) {
	for document, want := range documents() {
		text, err := json.Marshal(want)
		if err != nil || string(text) != document {
			t.Errorf("got  %s, %v\nwant %s", text, err, document)
		}
		back := reflect.New(reflect.TypeOf(want).Elem())
		if err := check.Decode("test", []byte(document), back.Interface()); err != nil || !reflect.DeepEqual(back.Interface(), want) {
			t.Errorf("%s came back as %+v, %v", document, back.Elem(), err)
		}
		if err := json.Unmarshal([]byte("null"), back.Interface()); err != nil || !reflect.DeepEqual(back.Interface(), want) {
			t.Errorf("null: %+v, %v", back.Elem(), err)
		}
	}
	text, err := json.Marshal(bridge.PriceVolumeMix{})
	if want := `{"schema":"saleskpi/price_volume_mix/1","levels":[],"basis":"amounts"}`; err != nil || string(text) != want {
		t.Errorf("the zero definition: %s, %v", text, err)
	}
}

func TestDocumentErrors(t *testing.T) {
	for name, test := range map[string]struct {
		why, text string
		into      any
		want      []string
		class     error
	}{
		"no schema": {"reported with all the rest", `{"formula":"a *","method":"random","top":1}`, &bridge.Drivers{Method: bridge.InSequence},
			[]string{"schema missing_schema", "formula unexpected_end", "method unknown_word", "top unknown_field"}, check.ErrMissing},
		"another schema":    {"its fields would only be noise", `{"schema":"saleskpi/members/1","dimension":"owner"}`, &bridge.RateMix{Dimension: "x"}, []string{"schema unknown_schema"}, check.ErrUnknown},
		"a later schema":    {"nobody knows what it means", `{"schema":"saleskpi/members/2"}`, &bridge.Members{Dimension: "x"}, []string{"schema unknown_schema"}, check.ErrUnknown},
		"wrong types":       {"each with its path", `{"schema":"saleskpi/price_volume_mix/1","levels":["a",7],"basis":"cash"}`, &bridge.PriceVolumeMix{Levels: []string{"x"}}, []string{"basis unknown_word", "levels[1] wrong_type"}, check.ErrInvalid},
		"a list":            {"no definition", `[]`, &bridge.Members{Dimension: "x"}, []string{" wrong_type"}, check.ErrInvalid},
		"a bridge's inside": {"a definition in a result is held to the same", `{"kind":"members","members":{"dimension":"x"}}`, &bridge.Bridge{}, []string{"members.schema missing_schema"}, check.ErrMissing},
	} {
		t.Run(name, func(t *testing.T) {
			before := fmt.Sprintf("%+v", test.into)
			err := check.Decode("test", []byte(test.text), test.into)
			same(t, test.why, problems(err), test.want)
			if !errors.Is(err, test.class) || fmt.Sprintf("%+v", test.into) != before {
				t.Errorf("%v is not %v, or the record was written to", err, test.class)
			}
		})
	}
}

const bridgeDocument = `{"kind":"price_volume_mix","question":{"metric":"revenue","unit":{"money":1,"currency":"EUR"},` +
	`"base":{"name":"budget"},"current":{"name":"actual"}},"values":{"base":{"value":"100"},"current":{"value":"132"}},"gap":{"value":"32"},` +
	`"parts":[{"id":"price","amount":{"value":"12"}},{"id":"mix","amount":{"value":"0"}},{"id":"quantity","amount":{"value":"20"}},` +
	`{"id":"new","amount":{"value":"0"}},{"id":"lost","amount":{"value":"0"}},{"id":"currency","amount":{"value":"0"}},{"id":"other","amount":{"value":"0"}}],` +
	`"up":{"value":"32"},"down":{"value":"0"},"counts":{"both":1,"base_only":0,"current_only":0,"left_out":0},"levels":[{"name":"product","mix":{"value":"0"}}],` +
	`"nodes":[{"key":"A","unit_of_measure":"pcs","values":{"base":{"value":"100"},"current":{"value":"132"}},"weights":{"base":{"value":"10"},"current":{"value":"12"}},` +
	`"amounts":[{"value":"12"},{"value":"0"},{"value":"20"},{"value":"0"},{"value":"0"},{"value":"0"},{"value":"0"}]}],` +
	`"findings":[{"code":"largest_effect","severity":"info","subject":"quantity","args":{"amount":"20 EUR","base":"budget","gap":"32 EUR","metric":"revenue","subject_zh":"数量"}}],` +
	`"price_volume_mix":{"schema":"saleskpi/price_volume_mix/1","levels":["product"],"basis":"amounts"}}`

func TestBridgeJSON(t *testing.T) {
	b, err := flat().Bridge(budgetAgainstActual(), []bridge.Line{line(10, 100, "A")}, []bridge.Line{line(12, 132, "A")})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(b)
	if err != nil || string(text) != bridgeDocument {
		t.Errorf("got  %s, %v\nwant %s", text, err, bridgeDocument)
	}
	w := b.Waterfall()
	text, err = json.Marshal(w)
	var back bridge.Waterfall
	if err != nil || check.Decode("test", text, &back) != nil || !reflect.DeepEqual(back, w) {
		t.Errorf("%s came back as %+v, %v", text, back, err)
	}
	if want := `{"metric":"revenue","unit":{"money":1,"currency":"EUR"},"steps":[{"kind":"start","id":"budget","from":{"value":"0"},"to":{"value":"100"},"amount":{"value":"100"}}`; !strings.HasPrefix(string(text), want) {
		t.Errorf("waterfall %s", text)
	}
	empty, err := flat().Bridge(budgetAgainstActual(), nil, nil)
	if text, _ := json.Marshal(empty); err != nil || !strings.Contains(string(text), `"nodes":[]`) || strings.Contains(string(text), "null") {
		t.Errorf("empty: %s, %v", text, err)
	}
}

func TestWords(t *testing.T) {
	for _, test := range []struct {
		of    any
		words []string
	}{
		{new(bridge.Kind), []string{"drivers", "price_volume_mix", "rate_mix", "market_share", "members"}},
		{new(bridge.Method), []string{"shapley", "sequence"}},
		{new(bridge.Basis), []string{"amounts", "margins"}},
		{new(bridge.StepKind), []string{"start", "change", "rest", "subtotal", "end"}},
	} {
		into := test.of.(encoding.TextUnmarshaler)
		v := reflect.ValueOf(test.of).Elem()
		for i, word := range test.words {
			if err := into.UnmarshalText([]byte(word)); err != nil || v.Uint() != uint64(i) || v.Interface().(fmt.Stringer).String() != word {
				t.Errorf("%s: %v, %v", word, v, err)
			}
			if text, err := v.Interface().(encoding.TextMarshaler).MarshalText(); err != nil || string(text) != word {
				t.Errorf("%s: %s, %v", word, text, err)
			}
		}
		v.SetUint(uint64(len(test.words)))
		if _, err := v.Interface().(encoding.TextMarshaler).MarshalText(); !errors.Is(err, check.ErrUnknown) {
			t.Errorf("%T of %d has a word: %v", test.of, len(test.words), err)
		}
		if err := into.UnmarshalText([]byte("x")); !errors.Is(err, check.ErrUnknown) {
			t.Errorf("%T reads x: %v", test.of, err)
		}
	}
}

// Every code that the package gives has a sentence in both languages.
func TestEveryCodeHasItsSentences(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "findings.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		codes++
		code := strings.Trim(spec.Values[0].(*ast.BasicLit).Value, `"`)
		i := slices.IndexFunc(bridge.Findings(), func(x check.Template) bool { return x.Code == code })
		if i < 0 || bridge.Findings()[i].English == "" || bridge.Findings()[i].Chinese == "" {
			t.Errorf("%s has no sentences", code)
		}
		return true
	})
	if codes != len(bridge.Findings()) {
		t.Errorf("%d codes, %d templates", codes, len(bridge.Findings()))
	}
}

// No sentence that a result gives has a hole in it.
func TestSentencesAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range everyFinding(t) {
		for _, f := range b.Findings {
			seen[f.Code] = true
			for _, lang := range []string{"en", "zh"} {
				if text := bridge.Findings().Text(f, lang); strings.Contains(text, "{") {
					t.Errorf("%s: %s", f.Code, text)
				}
			}
		}
	}
	for _, template := range bridge.Findings() {
		if !seen[template.Code] {
			t.Errorf("no bridge here gives %s", template.Code)
		}
	}
}

func everyFinding(t *testing.T) []bridge.Bridge {
	none, unpriced := kpi.Value{}, kpi.Undefined(kpi.Unpriced)
	must := func(b bridge.Bridge, err error) bridge.Bridge {
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	ids := []string{"a", "b", "c"}
	mix := bridge.Drivers{Formula: formula("a / (b - c)")}
	return []bridge.Bridge{
		must(mix.Bridge(question("n"), sides(ids, ints(1, 3, 1)...), sides(ids, ints(1, 5, 3)...))),
		must(mix.Bridge(question("n"), sides(ids, none, kpi.Int(1), none), sides(ids, ints(1, 5, 3)...))),
		must(mix.Bridge(question("n"), nil, sides(ids[1:], ints(1, 5)...))),
		must(byRegion().Bridge(question("n"), []bridge.Segment{segment("a", 160, 200), segment("b", 30, 100), segment("c", 1, 0)}, []bridge.Segment{segment("a", 85, 100), segment("b", 72, 200)})),
		must(bridge.Members{Dimension: "owner"}.Bridge(question("won_value"), []kpi.Figure{won("a", kpi.Int(9)), won("b", kpi.Int(1))}, []kpi.Figure{won("b", kpi.Int(9)), won("c", kpi.Int(3))})),
		must(flat().Bridge(budgetAgainstActual(),
			[]bridge.Line{line(3, 15, "A"), line(-3, -12, "R"), amountOf(none, line(1, 0, "N")), line(0, 4, "O"), line(1, 1, "U")},
			[]bridge.Line{line(2, 12, "A"), line(-1, -8, "R"), in("kg", line(1, 1, "U"))})),
		must(flat().Bridge(budgetAgainstActual(), []bridge.Line{line(3, 15, "A")}, []bridge.Line{amountOf(unpriced, line(1, 0, "A"))})),
		must(bridge.PriceVolumeMix{Levels: []string{"product", "region"}}.Bridge(budgetAgainstActual(), sales(1, 60, 500), sales(2, 60, 500))),
	}
}

// Whatever is decoded can be checked, and what it becomes can be written and
// read again.
func FuzzDefinitions(f *testing.F) {
	for document := range documents() {
		f.Add([]byte(document))
	}
	f.Add([]byte(`{"schema":"saleskpi/drivers/1","formula":"1/0 + coalesce(a, b)","method":"shapley","sequence":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var d bridge.Drivers
		if json.Unmarshal(data, &d) == nil {
			again(t, d)
			if d.Validate() == nil {
				b, err := d.Bridge(question("n"), nil, sides(d.Formula.References()[:1], kpi.Int(2)))
				if err == nil {
					addsUp(t, b)
				}
			}
		}
		var p bridge.PriceVolumeMix
		if json.Unmarshal(data, &p) == nil {
			again(t, p)
			_, _ = p.Bridge(budgetAgainstActual(), []bridge.Line{line(1, 2, "a")}, []bridge.Line{line(3, 4, "a", "b")})
		}
		var r bridge.RateMix
		if json.Unmarshal(data, &r) == nil {
			again(t, r)
		}
		var m bridge.Members
		if json.Unmarshal(data, &m) == nil {
			again(t, m)
			_, _ = m.Bridge(question("won_value"), []kpi.Figure{won("a", kpi.Int(1))}, nil)
		}
	})
}

// A stored bridge may hold anything; what is done with it must not panic.
func FuzzBridge(f *testing.F) {
	f.Add([]byte(bridgeDocument), 2)
	f.Add([]byte(`{"kind":"members","parts":[{"id":"a","amount":{"undefined":"unpriced"}},{"id":"","rest":3,"amount":{"value":"1"}}],"nodes":[{"key":"x","amounts":[]}]}`), -18)
	f.Fuzz(func(t *testing.T, data []byte, scale int) {
		var b bridge.Bridge
		if json.Unmarshal(data, &b) != nil {
			return
		}
		again(t, b)
		_ = b.Explain().String()
		_ = b.Waterfall()
		_, _ = b.Minor(scale)
		for _, n := range b.Nodes {
			_, _ = b.At(n.Key)
		}
	})
}

func again[T any](t *testing.T, v T) {
	t.Helper()
	text, err := json.Marshal(v)
	var back T
	if err != nil || check.Decode("test", text, &back) != nil {
		t.Fatalf("%s, %v", text, err)
	}
	if twice, _ := json.Marshal(back); string(twice) != string(text) {
		t.Errorf("%s came back as %s", text, twice)
	}
}
