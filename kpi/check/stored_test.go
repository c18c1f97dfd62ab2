package check_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/check"
)

type document struct {
	Schema string `json:"schema"`
	Name   string `json:"name"`
}

func TestDecodeStored(t *testing.T) {
	const schema = "saleskpi/test/1"
	for name, test := range map[string]struct {
		why, data string
		want      []string
		class     error
	}{
		"the document":    {"schema and fields are there", `{"schema":"saleskpi/test/1","name":"x"}`, nil, nil},
		"schema last":     {"names have no order", `{"name":"x","schema":"saleskpi/test/1"}`, nil, nil},
		"no schema":       {"what is wrong besides is told too", `{"name":1}`, []string{"schema missing_schema", "name wrong_type"}, check.ErrMissing},
		"empty schema":    {"an empty name is no name", `{"schema":"","name":"x"}`, []string{"schema missing_schema"}, check.ErrMissing},
		"a later one":     {"a later major is not guessed at, and its fields are none of ours", `{"schema":"saleskpi/test/2","title":1}`, []string{"schema unknown_schema"}, check.ErrUnknown},
		"no text":         {"the schema is a text", `{"schema":1}`, []string{"schema wrong_type"}, check.ErrInvalid},
		"unknown field":   {"as for Decode", `{"schema":"saleskpi/test/1","nmae":"x"}`, []string{"nmae unknown_field"}, check.ErrUnknown},
		"twice":           {"a name may not stand twice, the schema neither", `{"schema":"saleskpi/test/1","schema":"saleskpi/test/1"}`, []string{"schema duplicate_field"}, check.ErrDuplicate},
		"a list":          {"a list is no document", `[]`, []string{" wrong_type"}, check.ErrInvalid},
		"not JSON":        {"nothing is no document", ``, []string{" not_json"}, check.ErrInvalid},
		"what comes then": {"one value and no more", `{"schema":"saleskpi/test/1"}x`, []string{" trailing_data"}, check.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			doc := document{Name: "before"}
			ok, err := check.DecodeStored("test", schema, []byte(test.data), &doc)
			var got []string
			for _, e := range check.All(err) {
				got = append(got, e.Path+" "+e.Code)
			}
			if !slices.Equal(got, test.want) || ok != (err == nil) || test.class != nil && !errors.Is(err, test.class) {
				t.Errorf("%v %q; want %q", ok, got, test.want)
			}
			if want := map[bool]string{true: "x", false: "before"}[ok]; doc.Name != want {
				t.Errorf("name %q; want %q", doc.Name, want)
			}
		})
	}
	doc := document{Name: "before"}
	if ok, err := check.DecodeStored("test", schema, []byte(" null\n"), &doc); ok || err != nil || doc.Name != "before" {
		t.Error("null leaves all as it is:", ok, err, doc)
	}
	if _, err := check.DecodeStored("test", schema, []byte(`{"schema":"saleskpi/test/1"}`), doc); err == nil {
		t.Error("there is nowhere to write to")
	}
}
