package check_test

import (
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/check"
)

type branch struct {
	ID       string            `json:"id"`
	Words    map[string]string `json:"words"`
	Children []branch          `json:"children"`
}

func problemsOf(err error) string {
	var lines []string
	for _, e := range check.All(err) {
		lines = append(lines, e.Path+" "+e.Code)
	}
	return strings.Join(lines, ", ")
}

func TestDecodeRefusesWhatWouldBeMixed(t *testing.T) {
	for _, c := range []struct{ why, data, want string }{
		{"a field twice", `{"id":"a","id":"b"}`, "id duplicate_field"},
		{"a list twice", `{"children":[{"id":"ghost"}],"children":[{}]}`, "children duplicate_field"},
		{"at depth, and more than one", `{"children":[{},{"id":"a","children":[{"id":"x","id":"y"}],"id":"b"}]}`,
			"children[1].children[0].id duplicate_field, children[1].id duplicate_field"},
		{"a key of a map twice", `{"words":{"w":"7","w":null}}`, "words.w duplicate_field"},
		{"the same name in two objects", `{"id":"a","children":[{"id":"a"},{"id":"a"}]}`, ""},
		{"keys of a map that differ in case", `{"words":{"w":"7","W":"8"}}`, ""},
		{"a wrong value under a name in another case", `{"ID":7}`, "ID wrong_type"},
	} {
		into := branch{ID: "before"}
		err := check.Decode("op", []byte(c.data), &into)
		if got := problemsOf(err); got != c.want || err != nil && into.ID != "before" {
			t.Errorf("%s: %q, want %q; left %+v", c.why, got, c.want, into)
		}
	}
}

// A document with an error far below is refused by its depth, not searched
// level by level.
func TestDecodeRefusesDepth(t *testing.T) {
	nested := func(levels int, leaf string) []byte {
		return []byte(strings.Repeat(`{"children":[`, levels) + leaf + strings.Repeat(`]}`, levels))
	}
	var into branch
	if err := check.Decode("op", nested(127, `{"id":"leaf"}`), &into); err != nil {
		t.Errorf("255 levels: %v", err)
	}
	for why, data := range map[string][]byte{"257 levels": nested(128, `{}`), "9,800 levels": nested(4900, `{"id":5}`), "cut short": nested(9000, `{}`)[:20000]} {
		if got := problemsOf(check.Decode("op", data, &into)); got != " too_deep" {
			t.Errorf("%s: %q", why, got)
		}
	}
}
