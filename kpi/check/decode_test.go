package check_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// even decodes itself and refuses odd lengths with an error of this package.
type even string

func (e *even) UnmarshalText(text []byte) error {
	if len(text)%2 != 0 {
		return check.New("check_test.even", check.ErrInvalid, "inner", "odd", string(text))
	}
	*e = even(text)
	return nil
}

// plain decodes itself and refuses with an error of another package.
type plain string

func (p *plain) UnmarshalText([]byte) error { return errors.New("never") }

type base struct {
	ID string `json:"id"`
}

type leaf struct {
	base
	Count uint8  `json:"count"`
	Even  even   `json:"even"`
	Plain *plain `json:"plain"`
	Skip  string `json:"-"`
	Bare  bool
}

type tree struct {
	Name   string          `json:"name"`
	One    leaf            `json:"one"`
	Ptr    *leaf           `json:"ptr"`
	Many   []leaf          `json:"many"`
	Pair   [2]float64      `json:"pair"`
	ByName map[string]leaf `json:"by_name"`
	ByEven map[even]int    `json:"by_even"`
	Any    any             `json:"any"`
}

func TestDecodePaths(t *testing.T) {
	for name, test := range map[string]struct {
		why, data string
		want      []string // path, code, value, want of each problem
	}{
		"nested":          {"a record in a record", `{"one":{"count":"x"}}`, []string{"one.count wrong_type string uint8"}},
		"pointer":         {"a pointer adds nothing to the path", `{"ptr":{"count":true}}`, []string{"ptr.count wrong_type bool uint8"}},
		"slice":           {"indices count from 0", `{"many":[{},{"even":"abc"}]}`, []string{"many[1].even.inner odd abc "}},
		"map":             {"a key is a name", `{"by_name":{"x":{"id":1}}}`, []string{"by_name.x.id wrong_type number string"}},
		"map key":         {"a key may be refused too", `{"by_even":{"abc":1}}`, []string{"by_even.abc.inner odd abc "}},
		"embedded":        {"names of an embedded record are the outer's", `{"one":{"id":false}}`, []string{"one.id wrong_type bool string"}},
		"unknown":         {"at the top", `{"nmae":"x"}`, []string{"nmae unknown_field  "}},
		"unknown deep":    {"in a slice in a record", `{"many":[{"x":{"y":1}}]}`, []string{"many[0].x unknown_field  "}},
		"not a field":     {"json:\"-\" is no name", `{"one":{"Skip":"x"}}`, []string{"one.Skip unknown_field  "}},
		"several":         {"all at once, names in byte order", `{"name":1,"one":{"count":-1},"many":[{"zz":1},{"count":256}]}`, []string{"many[0].zz unknown_field  ", "many[1].count wrong_type number 256 uint8", "name wrong_type number string", "one.count wrong_type number -1 uint8"}},
		"foreign error":   {"an error of another package keeps its text", `{"one":{"plain":"x"}}`, []string{"one.plain not_decodable  never"}},
		"object wanted":   {"a list is no record", `{"one":[]}`, []string{"one wrong_type array object"}},
		"list wanted":     {"a record is no list", `{"many":{}}`, []string{"many wrong_type object array"}},
		"map wanted":      {"a text is no map", `{"by_name":"x"}`, []string{"by_name wrong_type string object"}},
		"number in array": {"items of a fixed array have paths too", `{"pair":[1,"x"]}`, []string{"pair[1] wrong_type string number"}},
		"text wanted":     {"a type read from text", `{"one":{"even":5}}`, []string{"one.even wrong_type number string"}},
		"top":             {"the whole is of a wrong type", ` [] `, []string{" wrong_type array object"}},
		"syntax":          {"the offset says where", `{"name":"x",}`, []string{" not_json  13"}},
		"cut short":       {"data ends early", `{"name":"x"`, []string{" not_json  11"}},
		"empty":           {"nothing is no JSON", ``, []string{" not_json  0"}},
		"trailing value":  {"one value and no more", `{"name":"x"} {}`, []string{" trailing_data  12"}},
		"trailing bytes":  {"one value and no more", `{"name":"x"}x`, []string{" trailing_data  12"}},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Error("no why")
			}
			into := tree{Name: "before"}
			err := check.Decode("check_test.Decode", []byte(test.data), &into)
			var got []string
			for _, e := range check.All(err) {
				detail := e.Args["want"] + e.Args["offset"]
				if e.Args["offset"] == "" {
					detail += e.Args["problem"]
				}
				got = append(got, e.Path+" "+e.Code+" "+e.Value+" "+detail)
				if e.Op != "check_test.Decode" {
					t.Errorf("op %q", e.Op)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.why, diff)
			}
			if into.Name != "before" {
				t.Error("changed although there was a problem")
			}
		})
	}
}

func TestDecodeReplaces(t *testing.T) {
	list := []leaf{{Count: 1}, {Count: 2}}
	byName := map[string]leaf{"x": {Count: 1}}
	into := tree{Name: "before", Many: list, ByName: byName}
	if err := check.Decode("x", []byte(`{"many":[{"count":9}],"by_name":{"y":{}},"any":{"free":[1]}}`), &into); err != nil {
		t.Fatal(err)
	}
	if list[0].Count != 1 || len(byName) != 1 {
		t.Error("wrote into what the record held before")
	}
	if into.Name != "" || len(into.Many) != 1 || into.Many[0].Count != 9 || len(into.ByName) != 1 {
		t.Errorf("not replaced as a whole: %+v", into)
	}
}

func TestDecodeNeedsPointer(t *testing.T) {
	for _, into := range []any{nil, tree{}, (*tree)(nil)} {
		if err := check.Decode("x", []byte(`{}`), into); !errors.Is(err, check.ErrInvalid) {
			t.Errorf("%T: %v", into, err)
		}
	}
}

func TestDecodeReportsAtMostAHundred(t *testing.T) {
	data := []byte(`{"many":[`)
	for range 250 {
		data = append(data, `{"x":1},`...)
	}
	data = append(data[:len(data)-1], "]}"...)
	all := check.All(check.Decode("x", data, new(tree)))
	if len(all) != 101 || all[99].Path != "many[99].x" || all[100].Args["count"] != "150" {
		t.Errorf("%d problems, last %v", len(all), all[len(all)-1])
	}
}

// Every unknown name that is put somewhere is found there.
func TestDecodeFindsEveryUnknownName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bad := rapid.SliceOfN(rapid.Bool(), 0, 20).Draw(t, "bad")
		data, want := []byte(`{"many":[`), []string{}
		for i, b := range bad {
			item := `{"count":1}`
			if b {
				item = `{"count":1,"other":1}`
				want = append(want, check.At("many", i, "other"))
			}
			if i > 0 {
				data = append(data, ',')
			}
			data = append(data, item...)
		}
		data = append(data, "]}"...)
		got := []string{}
		for _, e := range check.All(check.Decode("x", data, new(tree))) {
			got = append(got, e.Path)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"name":"x","many":[{"count":3}],"by_even":{"ab":1}}`))
	f.Add([]byte(`{"by_even":{"a":"x"},"pair":[1,2,3]}`))
	f.Add([]byte(`{"one":null,"ptr":{"plain":1}}x`))
	f.Fuzz(func(t *testing.T, data []byte) {
		into := tree{Name: "before"}
		before := slices.Clone(data)
		err := check.Decode("fuzz", data, &into)
		if !slices.Equal(before, data) {
			t.Fatal("changed its input")
		}
		if err == nil {
			return
		}
		if into.Name != "before" {
			t.Fatal("changed although there was a problem")
		}
		for _, e := range check.All(err) {
			if e.Op != "fuzz" || e.Code == "" || e.Err == nil {
				t.Fatalf("bare problem %+v", e)
			}
		}
	})
}

func TestArgs(t *testing.T) {
	for name, test := range map[string]struct {
		why   string
		pairs []any
		want  map[string]string
	}{
		"none":     {"no arguments are nil, and left out of JSON", nil, nil},
		"half":     {"a name alone says nothing", []any{"n"}, nil},
		"odd":      {"the last name has no value", []any{"n", 1, "m"}, map[string]string{"n": "1"}},
		"nil":      {"nil is an empty value", []any{"n", nil}, map[string]string{"n": ""}},
		"not text": {"anything that prints", []any{7, check.Warning}, map[string]string{"7": "warning"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := check.Args(test.pairs...); !maps.Equal(got, test.want) || (got == nil) != (test.want == nil) {
				t.Errorf("%s: got %v, want %v", test.why, got, test.want)
			}
		})
	}
}
